"""Telephone numbers: whether a text message reaches one."""

import re
from typing import Final

UK_MOBILE: Final = re.compile(r"(?:(?:\+|00)?440?|0)(7(?:[1-57-9][0-9]{2}|624)[0-9]{6})")
"""A mobile number of the United Kingdom and the islands, however it is dialled.

070 are personal numbers and 076 are pagers, but for the Isle of Man's 07624 (Ofcom, National Telephone Numbering Plan).
"""


def mobile(said: str) -> str | None:
    """A number as it is dialled at home, eleven digits in one; None where no text message reaches it."""
    found = UK_MOBILE.fullmatch(said.replace(" ", ""))
    return f"0{found[1]}" if found else None
