"""Text as people send it: one normal form, something in it to see, and nothing in it that can't be seen."""

import re
from typing import Annotated
from unicodedata import category, normalize

from pydantic import AfterValidator, Field

JOINERS = frozenset("\u200c\u200d")
"""Emoji are put together with one of them, and several languages are written with both."""
NON_CHARACTERS = frozenset("\ufffe\uffff")
LINE_BREAKS_AND_TABS = frozenset("\n\t")
FLAGS = re.compile("\U0001f3f4[\U000e0061-\U000e007a]{2,6}\U000e007f")
"""The flags of England, Scotland and Wales: a black one, and letters that nobody sees to say whose."""
OTHER_LINE_BREAKS = re.compile("\r\n|[\u2028\u2029]")
BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that leave no ink on the paper."""


def tidy(said: str) -> str:
    """Normalise to NFC and to one kind of line break, and trim.

    Raises ValueError for control characters, surrogates and whatever else is there unseen or moves its neighbours about,
    and for a text in which nothing can be seen.
    """
    said = normalize("NFC", OTHER_LINE_BREAKS.sub("\n", said)).strip()
    if any(hidden(character) for character in FLAGS.sub("", said)):
        raise ValueError("must not contain control, invisible or direction-changing characters")
    if said and not any(seen(character) for character in said):
        raise ValueError("must contain something that can be seen")
    return said


def hidden(character: str) -> bool:
    """Whether a reader could not see this character, or would see its neighbours in another place."""
    if character in LINE_BREAKS_AND_TABS or character in JOINERS:
        return False
    return category(character) in {"Cc", "Cf", "Cs"} or character in NON_CHARACTERS


def seen(character: str) -> bool:
    """Whether this character shows by itself: no space, joiner or mark on another one does."""
    return character not in BLANKS and category(character) not in {"Cc", "Cf", "Cs", "Mc", "Me", "Mn", "Zl", "Zp", "Zs"}


Line = Annotated[str, AfterValidator(tidy), Field(min_length=1, max_length=200, pattern=r"^[^\n\t]+$")]
Paragraph = Annotated[str, AfterValidator(tidy), Field(min_length=1, max_length=4000)]
Address = Annotated[str, Field(max_length=500, pattern=r"^https?://[!-~]+$")]
