"""What the warning ledger says about one person: which warnings stand, and whether a removal may rest on one of them.

A pure reading of entries. Days are Europe/London calendar days.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from models.letter_facts.facts import LetterTemplate
from models.letter_facts.incidents import WarningExemption
from models.letters import Letter, LetterState
from models.warnings import LedgerVerdict, PatientWarning, WarningEntry
from workflows.statutory_time import add_months, london_day

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


def told_on(warning: PatientWarning, letters: Iterable[Letter]) -> date | None:
    """The day (Europe/London) on which the letter of a warning went out; None as long as it has not, or has come back."""
    family = written_for(warning, letters)
    return next((london_day(each.sent.at) for each in family if each.state == LetterState.SENT and each.sent), None)


def written_for(warning: PatientWarning, letters: Iterable[Letter]) -> list[Letter]:
    """The letter of a warning, and those that were written in its place."""
    known = [each for each in letters if each.template == LetterTemplate.REMOVAL_RISK_WARNING]
    found = [each for each in known if (each.case_id, each.created_at) == (warning.incident_id, warning.created_at)]
    while instead := [each for each in known if each.supersedes in {one.id for one in found} and each not in found]:
        found += instead
    return found


def verdict(
    entries: Iterable[PatientWarning], letters: Iterable[Letter], on: date, exemption: WarningExemption | None = None
) -> LedgerVerdict:
    """Whether a removal may be requested on a day (INC-9).

    It takes a warning that stands, whose letter went out within the twelve months before that day and not on the day itself,
    or one of the regulations' three exemptions (SI 2015/1879, Schedule 2, paragraph 23(3) and (4)).
    """
    known, sent = list(entries), list(letters)
    told = sorted(day for each in standing(known) if (day := told_on(each, sent)) and day < on < too_old_from(day))
    rests_on = told[-1] if told else None
    return LedgerVerdict(
        on=on, may_be_requested=rests_on is not None or exemption is not None, warned_on=rests_on,
        expires_on=None if rests_on is None else too_old_from(rests_on),
        reasons=tuple(why(known, sent, on, exemption)),
    )  # fmt: skip


def too_old_from(warned_on: date) -> date:
    """The first day on which a warning of this day is more than twelve months old."""
    return add_months(warned_on, A_YEAR) + timedelta(days=1)


def why(
    known: list[PatientWarning], letters: list[Letter], on: date, exemption: WarningExemption | None
) -> Iterable[str]:
    """One sentence for each warning, and one for the exemption, or for there being nothing."""
    stands = {each.id for each in standing(known)}
    warnings = sorted((each for each in known if each.entry == WarningEntry.GIVEN), key=lambda each: each.entered_on)
    for each in warnings:
        yield sentence(each, told_on(each, letters), on, stands=each.id in stands)
    if not warnings:
        yield "No warning with reasons is in the ledger."
    if exemption:
        yield f"No warning is needed where {EXEMPT[exemption]}; the reason for that is recorded with the request."


def sentence(warning: PatientWarning, told: date | None, on: date, *, stands: bool) -> str:
    """What one warning is worth on a day."""
    if not stands:
        return f"The warning of {written(warning.entered_on)} was taken back and counts for nothing."
    if told is None:
        return (
            f"The letter with the warning of {written(warning.entered_on)} has not been sent, or has come back: it does not"
            " count before it is sent."
        )
    sent = f"The warning that was sent on {written(told)}"
    if told > on:
        return f"{sent} comes after that day."
    if told == on:
        return f"{sent} went out on that same day: a removal may be requested from the day after."
    if on >= too_old_from(told):
        return f"{sent} is more than twelve months old on {written(on)}."
    return f"{sent} was given within the twelve months before {written(on)}."


def written(day: date) -> str:
    """A day as people write it."""
    return f"{day.day} {day:%B %Y}"
