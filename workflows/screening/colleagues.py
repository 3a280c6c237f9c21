"""Colleagues in the staff directory who are named, and whether the author declared that they agreed to it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from models.roles import MACHINES
from models.screening import Certainty, FindingKind
from models.staff import StaffMember
from workflows.screening.findings import Finding
from workflows.screening.reading import Reading
from workflows.screening.words import NOT_NAMES, TITLE

SHORTEST = 3
"""A part of a name that is shorter than this is not looked for alone."""

REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on the staff, and whether they agreed to be named."""

    name: str
    consents: bool


def colleagues_of(members: Iterable[StaffMember], consenting: Iterable[UUID]) -> list[Colleague]:
    """Everybody on the staff but the machines; who agreed, the post's author declared."""
    agreed = set(consenting)
    people = (each for each in members if not any(held.role in MACHINES for held in each.roles))
    return [Colleague(each.name, each.id in agreed) for each in people]


def named_colleagues(reading: Reading, colleagues: Iterable[Colleague]) -> Iterator[tuple[Finding, bool]]:
    """Where colleagues are named, and whether they agreed: by their whole name for certain, by a part of it perhaps."""
    for each in colleagues:
        whole, part = patterns(each.name)
        for pattern, severity in ((whole, Certainty.CERTAIN), (part, Certainty.DOUBTFUL)):
            for found in reading.find(pattern) if pattern else ():
                yield reading.finding(FindingKind.STAFF_NAMED, severity, *found.span()), each.consents


@lru_cache(REMEMBERED)
def patterns(name: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
    """How somebody is named in whole, and how in part. A name of one word is no whole one: it may be any word."""
    words = [each for each in re.split(r"\s+", name) if each]
    kept = [words[0], words[-1]] if len(words) > 1 else words
    parts = [re.escape(each) for each in kept if len(each) >= SHORTEST and each.lower() not in NOT_NAMES]
    part = re.compile(rf"\b(?:{'|'.join(parts)})\b" if parts else r"(?!)")
    if len(words) == 1:
        return None, part
    whole = r"\s+".join(map(re.escape, words))
    titled = rf"|(?-i:\b{TITLE}\.? +){re.escape(words[-1])}"
    return re.compile(rf"\b{whole}\b{titled if words[-1].lower() not in NOT_NAMES else ''}\b", re.IGNORECASE), part
