"""What is read, however it is rendered: headings, and what stands below them, in the order in which it is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Kind(StrEnum):
    """What a block is."""

    QUESTION = "question"
    ANSWER = "answer"
    TEXT = "text"
    ITEMS = "items"
    LAW = "law"
    SOURCES = "sources"
    PAIRS = "pairs"


@dataclass(frozen=True, slots=True)
class Pair:
    """A name, which may be empty, and what goes with it, perhaps with an address."""

    name: str
    value: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text, or a list of them."""

    kind: Kind
    text: str = ""
    items: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading; without a title it stands under the one before."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything that is read. `notice` is what a reader has to know first; `above` stands before the title, as in a letter:
    groups of lines, such as an address. `sign_off` ends it.
    """

    title: str
    practice: str
    notice: str | None
    introduction: tuple[str, ...]
    sections: tuple[Section, ...]
    above: tuple[tuple[str, ...], ...] = ()
    sign_off: tuple[str, ...] = ()


def listed(items: Iterable[str]) -> Iterable[Block]:
    """A list, if there is anything in it."""
    if kept := tuple(items):
        yield Block(Kind.ITEMS, items=kept)


def in_words(day: date) -> str:
    """A day as it is written in a letter."""
    return f"{day.day} {day:%B %Y}"


def moment_in_words(moment: datetime) -> str:
    """A moment as it is written in a letter, by the clocks in London."""
    local = moment.astimezone(LONDON)
    return f"{in_words(local.date())} at {local:%H:%M}"
