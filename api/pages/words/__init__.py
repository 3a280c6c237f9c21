"""Every word of the forms that patients read, in one catalogue for each language.

English is there. Another language is one more file beside `en.toml`, with the same names; tests hold the two against each other.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from api.negotiation import media_range

FOLDER: Final = Path(__file__).parent
ENGLISH: Final = "en"
TAGS: Final[Mapping[str, str]] = {ENGLISH: "en-GB"}
"""What a page says of its language, where that is more than the catalogue's name."""


@dataclass(frozen=True, slots=True)
class Words:
    """One language's catalogue."""

    language: str
    said: Mapping[str, str]

    def __call__(self, name: str, **places: str) -> str:
        """The words of this name, with what belongs in their places. Raises KeyError for a name that no catalogue has."""
        return self.said[name].format_map(places)

    def __contains__(self, name: str) -> bool:
        """Whether there are words of this name."""
        return name in self.said

    @property
    def tag(self) -> str:
        """How a page names its language (RFC 5646)."""
        return TAGS.get(self.language, self.language)

    def day(self, said: date) -> str:
        """A day, as people write it."""
        month = self.said["months"].split()[said.month - 1]
        return self("date", day=str(said.day), month=month, year=str(said.year))


@cache
def catalogues() -> dict[str, Words]:
    """Every language that there is a catalogue of, English first."""
    found = {
        path.stem: Words(path.stem, flat(tomllib.loads(path.read_text("utf-8")))) for path in FOLDER.glob("*.toml")
    }
    return dict(sorted(found.items(), key=lambda each: (each[0] != ENGLISH, each[0])))


def flat(said: Mapping[str, Any], before: str = "") -> dict[str, str]:
    """A catalogue by the whole names of its words, such as `frame.back`."""
    words: dict[str, str] = {}
    for name, each in said.items():
        words |= flat(each, f"{before}{name}.") if isinstance(each, dict) else {f"{before}{name}": each}
    return words


def words_for(accepted: str) -> Words:
    """The catalogue of the language that a browser likes best (`Accept-Language`) of those that there are; English otherwise."""
    wanted = [media_range(each) for each in accepted.split(",")]
    known = catalogues()

    def liked(code: str) -> float:
        return max((how_much for tag, how_much in wanted if tag.partition("-")[0] == code), default=0.0)

    best = max(known, key=liked)
    return known[best if liked(best) else ENGLISH]
