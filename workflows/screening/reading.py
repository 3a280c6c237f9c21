"""A text as detectors read it: digits of any script as ASCII, spaces and dashes plain, nothing invisible in between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category, digit, normalize

from models.screening import Certainty, FindingKind
from workflows.screening.findings import Finding

SINGLE = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2212": "-", "\u2044": "/", "\u2215": "/"}
UNREAD = frozenset({"Cf", "Me"})
"""Categories of characters that change how others look, and that nobody reads."""

SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bProf)(?<!\bRev)[.!?]+(?=\s|$)|\n+")


@dataclass(frozen=True, slots=True)
class Reading:
    """The plain text, and for each of its characters the place at which it stands in the text as it was written."""

    text: str
    places: tuple[int, ...]

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Every place where the pattern fits."""
        return pattern.finditer(self.text)

    def finding(self, kind: FindingKind, severity: Certainty, start: int, end: int) -> Finding:
        """A finding from `start` up to `end` of the plain text, in the places of the text as it was written."""
        return Finding(self.places[start], self.places[end - 1] + 1, kind, severity)


def read(text: str) -> Reading:
    """Read a text. One character is read as one or as none, so that every place is known."""
    plain = [(seen, place) for place, character in enumerate(text) if (seen := plainly(character))]
    return Reading("".join(seen for seen, _ in plain), tuple(place for _, place in plain))


def plainly(character: str) -> str:
    """A character as a reader understands it."""
    if character.isascii():
        return character
    if (value := digit(character, None)) is not None:
        return str(value)
    kind = category(character)
    if kind in UNREAD or character == "\ufe0f":
        return ""
    if kind in {"Pd", "Zs"}:
        return "-" if kind == "Pd" else " "
    simpler = normalize("NFKC", character)
    return SINGLE.get(character, simpler if len(simpler) == 1 else character)


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence or line of a text starts and ends."""
    cuts = [0, *(each.end() for each in SENTENCE_END.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if text[start:end].strip()]
