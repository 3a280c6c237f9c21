"""Who oversees data protection, and how anybody reaches them: a table with the day from which each line holds."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from models.regulator import Regulator

REGULATORS: Final = (
    Regulator(
        name="the Information Commissioner (ICO)", since=date(2018, 5, 25), website="https://ico.org.uk/make-a-complaint",
        phone="0303 123 1113", address=("Wycliffe House", "Water Lane", "Wilmslow", "Cheshire", "SK9 5AF"),
        source="Data Protection Act 2018, section 114",
    ),
    Regulator(
        name="the Information Commission (ICO)", since=date(2026, 9, 30), website="https://ico.org.uk/make-a-complaint",
        phone="0303 123 1113",
        source="Data (Use and Access) Act 2025, sections 117 to 119; SI 2026/1015. Its head office moves in autumn 2026, so no"
        " postal address is given until an installation states one.",
    ),
)  # fmt: skip
"""The regulator by the day from which it is named so. An installation adds lines, such as a new address, by its settings."""


def regulator_on(day: date, further: Iterable[Regulator] = ()) -> Regulator:
    """The regulator on a day (Europe/London); `further` are an installation's own lines, which count after ours.

    Raises LookupError for a day before the first line.
    """
    known = [each for each in (*REGULATORS, *further) if each.since <= day]
    if not known:
        raise LookupError(f"no regulator is known for {day}")
    return max(reversed(known), key=lambda each: each.since)
