"""How a letter is written: blocks of plain words, and the table of templates that write them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, TypeVar

from models.letter_elements import Element
from models.letter_facts.facts import Facts, LetterTemplate, Posted
from models.letters import LetterBlock, LetterBlockKind
from models.regulator import Regulator
from workflows.outlines import in_words
from workflows.roles import PracticeInForce

F = TypeVar("F", bound=Facts)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a letter is written: the practice as it is on the day (Europe/London), and who oversees data protection then."""

    practice: PracticeInForce
    day: date
    regulator: Regulator


Writer = Callable[[F, Desk], Iterator[LetterBlock]]


def nothing_more(facts: Any) -> frozenset[Element]:
    """No further demand."""
    return frozenset()


@dataclass(frozen=True, slots=True)
class Template(Generic[F]):
    """One letter: its title, what its rule demands (always, and with certain facts), the law that it names, and who writes it."""

    title: str
    rule: str
    demands: frozenset[Element]
    law: tuple[str, ...]
    write: Writer[F]
    edition: int = 1
    further: Callable[[F], frozenset[Element]] = nothing_more

    def demanded(self, facts: F) -> frozenset[Element]:
        """All that a letter with these facts has to hold."""
        return self.demands | self.further(facts)


TEMPLATES: Final[dict[LetterTemplate, Template[Any]]] = {}
"""Every template, by the name that its facts carry."""


def template(
    name: LetterTemplate, title: str, *, rule: str, demands: Iterable[Element], law: tuple[str, ...] = (),
    further: Callable[[Any], frozenset[Element]] = nothing_more, edition: int = 1,
) -> Callable[[Writer[F]], Writer[F]]:  # fmt: skip
    """Declare a template. The decorated function writes the letter."""

    def declare(write: Writer[F]) -> Writer[F]:
        TEMPLATES[name] = Template(title, rule, frozenset(demands), law, write, edition, further)
        return write

    return declare


def heading(said: str) -> LetterBlock:
    """What stands above the blocks that follow."""
    return LetterBlock(kind=LetterBlockKind.HEADING, text=said)


def text(said: str, holds: Element | None = None) -> LetterBlock:
    """Our own words."""
    return LetterBlock(kind=LetterBlockKind.TEXT, text=said, holds=holds)


def items(said: Iterable[str], holds: Element | None = None) -> LetterBlock:
    """A list."""
    return LetterBlock(kind=LetterBlockKind.ITEMS, items=tuple(said), holds=holds)


def posts(found: Iterable[Posted], holds: Element) -> LetterBlock:
    """Which posts a letter is about."""
    return items(map(post, found), holds)


def post(found: Posted) -> str:
    """One post: where, when it was seen, its address, and what it says."""
    where = f"On {found.site}, seen on {in_words(found.seen_on)}"
    address = f" ({found.url})" if found.url else ""
    return f"{where}{address}: {found.what}"
