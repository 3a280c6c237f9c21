"""Text as people send it: one normal form, and nothing in it that can't be seen."""

from typing import Annotated, Any
from unicodedata import category, normalize

from pydantic import AfterValidator, Field

BIDIRECTIONAL_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
NON_CHARACTERS = frozenset("\ufffe\uffff")
LINE_BREAKS_AND_TABS = frozenset("\n\t")


def tidy(said: str) -> str:
    """Normalise to NFC and trim; raise ValueError for control characters, surrogates and direction overrides."""
    said = normalize("NFC", said.replace("\r\n", "\n")).strip()
    if any(hidden(character) for character in said):
        raise ValueError("must not contain control or direction-changing characters")
    return said


def hidden(character: str) -> bool:
    """Whether a reader could not see this character, or would see it in another place."""
    if character in LINE_BREAKS_AND_TABS:
        return False
    return category(character) in {"Cc", "Cs"} or character in BIDIRECTIONAL_OVERRIDES or character in NON_CHARACTERS


def text(longest: int, shortest: int = 1) -> Any:
    """A text type of bounded length, measured after tidying."""
    return Annotated[str, AfterValidator(tidy), Field(min_length=shortest, max_length=longest)]


Line = Annotated[str, AfterValidator(tidy), Field(min_length=1, max_length=200, pattern=r"^[^\n\t]+$")]
Paragraph = Annotated[str, AfterValidator(tidy), Field(min_length=1, max_length=4000)]
Address = Annotated[str, Field(max_length=500, pattern=r"^https?://[!-~]+$")]
