"""What the warning ledger says about one person: which warnings stand, and whether a removal may rest on one of them.

A pure reading of entries. Days are Europe/London calendar days.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from models.letter_facts.incidents import WarningExemption
from models.warnings import LedgerVerdict, PatientWarning, WarningEntry
from workflows.statutory_time import add_months

A_YEAR: Final = 12

EXEMPT: Final = {
    WarningExemption.MOVED_AWAY: "the patient has moved out of the practice's area",
    WarningExemption.HARM_OR_RISK: "a warning would harm their health, or put somebody at risk",
    WarningExemption.NOT_REASONABLE_OR_PRACTICABLE: "a warning would not be reasonable or practical",
}


def standing(entries: Iterable[PatientWarning]) -> list[PatientWarning]:
    """The warnings that were never taken back, the earliest first. What was merely upheld stands as it stood."""
    known = list(entries)
    taken_back = {each.about for each in known if each.entry == WarningEntry.RESCINDED}
    given = (each for each in known if each.entry == WarningEntry.GIVEN and each.id not in taken_back)
    return sorted(given, key=lambda each: (each.entered_on, each.id))


def verdict(entries: Iterable[PatientWarning], on: date, exemption: WarningExemption | None = None) -> LedgerVerdict:
    """Whether a removal may be requested on a day (INC-9).

    It takes a warning that stands, given within the twelve months before that day and not on the day itself, or one of the
    regulations' three exemptions (SI 2015/1879, Schedule 2, paragraph 23(3) and (4)).
    """
    known = list(entries)
    in_time = [each for each in standing(known) if add_months(on, -A_YEAR) <= each.entered_on < on]
    rests_on = in_time[-1].entered_on if in_time else None
    return LedgerVerdict(
        on=on, may_be_requested=rests_on is not None or exemption is not None, warned_on=rests_on,
        expires_on=None if rests_on is None else too_old_from(rests_on),
        reasons=tuple(why(known, on, exemption)),
    )  # fmt: skip


def too_old_from(warned_on: date) -> date:
    """The first day on which a warning of this day is more than twelve months old."""
    day = add_months(warned_on, A_YEAR)
    while add_months(day, -A_YEAR) <= warned_on:
        day += timedelta(days=1)
    return day


def why(known: list[PatientWarning], on: date, exemption: WarningExemption | None) -> Iterable[str]:
    """One sentence for each warning, and one for the exemption, or for there being nothing."""
    stands = {each.id for each in standing(known)}
    warnings = sorted((each for each in known if each.entry == WarningEntry.GIVEN), key=lambda each: each.entered_on)
    for each in warnings:
        yield sentence(each, on, stands=each.id in stands)
    if not warnings:
        yield "No warning with reasons is in the ledger."
    if exemption:
        yield f"No warning is needed where {EXEMPT[exemption]}; the reason for that is recorded with the request."


def sentence(warning: PatientWarning, on: date, *, stands: bool) -> str:
    """What one warning is worth on a day."""
    given = f"The warning of {written(warning.entered_on)}"
    if not stands:
        return f"{given} was taken back and counts for nothing."
    if warning.entered_on > on:
        return f"{given} comes after that day."
    if warning.entered_on == on:
        return f"{given} was given on that same day: a removal may be requested from the day after."
    if warning.entered_on < add_months(on, -A_YEAR):
        return f"{given} is more than twelve months old on {written(on)}."
    return f"{given} was given within the twelve months before {written(on)}."


def written(day: date) -> str:
    """A day as people write it."""
    return f"{day.day} {day:%B %Y}"
