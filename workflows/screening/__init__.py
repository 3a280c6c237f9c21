"""Screening: what stands in a post's text that nobody but its author should read yet (POST-13, POST-14)."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from models.screening import FindingKind
from workflows.screening.births import dates_of_birth
from workflows.screening.colleagues import Colleague, named_colleagues
from workflows.screening.emails import emails
from workflows.screening.findings import Finding, without_overlaps
from workflows.screening.health import health
from workflows.screening.known import Known
from workflows.screening.links import links
from workflows.screening.numbers import nhs_numbers
from workflows.screening.people import people
from workflows.screening.phones import phones
from workflows.screening.postcodes import postcodes
from workflows.screening.reading import Reading, read
from workflows.screening.words import could_name_somebody

Detector = Callable[[Reading, Known], Iterator[Finding]]

REMEMBERED = 2048
"""How many texts are remembered as screened, since the same posts are shown again and again."""

SHAPES: tuple[Detector, ...] = (nhs_numbers, phones, emails, dates_of_birth, postcodes, links)
"""What is told by its shape. A stretch of text has one shape."""


@lru_cache(REMEMBERED)
def screen(text: str, known: Known) -> tuple[Finding, ...]:
    """What is found without knowing who works at the practice, first things first: everything but names."""
    reading = read(text)
    shapes = without_overlaps(each for detect in SHAPES for each in detect(reading, known))
    return tuple(sorted([*shapes, *without_overlaps(health(reading, known))]))


def screen_names(text: str, known: Known, colleagues: Iterable[Colleague]) -> list[Finding]:
    """Who is named, first things first: colleagues who did not agree to it, and people whom nobody here knows."""
    reading = read(text)
    ours = list(named_colleagues(reading, colleagues))
    agreed = [each for each, consents in ours if consents]
    others = [each for each, consents in ours if not consents]
    found = without_overlaps([*others, *people(reading, known)])
    return sorted(each for each in found if not any(is_of(each, other) for other in agreed))


def is_of(found: Finding, agreed: Finding) -> bool:
    """Whether a name is that of somebody who agreed: a family name alone agrees for nobody else of that name."""
    as_long = agreed.end - agreed.start >= found.end - found.start
    return found.overlaps(agreed) and (as_long or found.kind == FindingKind.PERSON_NAMED)


@lru_cache(REMEMBERED)
def could_need_answers(text: str, known: Known) -> bool:
    """Whether an author could be asked about a text, as far as can be told without knowing who works at the practice."""
    return could_name_somebody(read(text).text) or any(not each.is_certain for each in screen(text, known))
