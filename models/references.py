"""References: the short names by which people outside the practice speak of what they sent.

One is no secret, and says nothing: neither who sent what, nor when, nor how many there were.
"""

import re
from typing import Final
from uuid import UUID

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without letters that are mistaken for others (Crockford's base 32)."""

MISREAD: Final = str.maketrans("OIL", "011")
WRITTEN: Final = re.compile(r"([A-Z]{2})([0-9A-Z]{4})([0-9A-Z]{4})")
EXAMPLE: Final = "RR-7Q4K-2M9D"
PLACES: Final = 8
BITS: Final = 5


def reference(kind: str, record_id: UUID) -> str:
    """The reference of a record of a kind (two letters), such as RR-7Q4K-2M9D: 40 of the random bits of its identifier."""
    signs = [ALPHABET[record_id.int >> BITS * place & (len(ALPHABET) - 1)] for place in range(PLACES)]
    return f"{kind}-{''.join(signs[:4])}-{''.join(signs[4:])}"


def well_formed(said: str) -> str | None:
    """A reference as it is written, out of what somebody typed in any spelling; None for what can be none."""
    found = WRITTEN.fullmatch("".join(each for each in said.upper() if each not in " -"))
    if not found:
        return None
    kind, *groups = found.groups()
    return "-".join((kind, *(each.translate(MISREAD) for each in groups)))
