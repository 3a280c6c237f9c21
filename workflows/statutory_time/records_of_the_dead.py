"""The time for answering whoever asks for the record of somebody who has died: Access to Health Records Act 1990, section 3."""

from datetime import date
from typing import Final

from models.reckonings import Reckoning
from workflows.statutory_time.days import days_later, spoken, unmoved

RECENT: Final = 40
DAYS_FOR_A_RECENT_RECORD: Final = 21
DAYS_OTHERWISE: Final = 40
DAYS_TO_ASK: Final = 14
"""All of these begin with the day of the application, which counts as the first."""


def dead_persons_record_due(
    applied: date, oldest_entry: date | None, information_received: date | None = None,
    information_asked: date | None = None,
) -> Reckoning:  # fmt: skip
    """By when access is given (CLOCK-9): 21 days if nothing was recorded more than 40 days before, otherwise 40.

    Where it is not known what was recorded, the shorter time holds. What the practice had to ask for, within 14 days, lets it
    begin afresh on the day that it comes. Weekends and bank holidays count: nothing is moved.
    """
    begins, steps = _begins(applied, information_received, information_asked)
    days = _days(applied, oldest_entry, steps)
    day = days_later(begins, days - 1)
    steps.append(
        f"The {days}{'st' if days == DAYS_FOR_A_RECENT_RECORD else 'th'} day, {spoken(begins)} being the first, is {spoken(day)}."
    )
    return unmoved("CLOCK-9", day, steps)


def further_information_asked_by(applied: date) -> Reckoning:
    """By when the practice asks for what it needs in order to identify the record or the applicant (CLOCK-9): 14 days."""
    day = days_later(applied, DAYS_TO_ASK - 1)
    steps = [
        f"The application was made on {spoken(applied)}, a day in London, which is the first day.",
        f"The {DAYS_TO_ASK}th day is {spoken(day)}.",
    ]
    return unmoved("CLOCK-9", day, steps)


def _begins(applied: date, received: date | None, asked: date | None) -> tuple[date, list[str]]:
    steps = [f"The application was made on {spoken(applied)}, a day in London."]
    if received is None:
        return applied, steps
    if asked is not None and asked > further_information_asked_by(applied).day:
        steps.append(
            f"What was asked for on {spoken(asked)} was asked for after {DAYS_TO_ASK} days, and changes nothing."
        )
        return applied, steps
    begins = max(applied, received)
    steps.append(f"What the practice had asked for came on {spoken(received)}: the time begins with {spoken(begins)}.")
    return begins, steps


def _days(applied: date, oldest_entry: date | None, steps: list[str]) -> int:
    recent = days_later(applied, -RECENT)
    if oldest_entry is None:
        steps.append("Whether anything was recorded long before is not known, so the shorter time holds.")
        return DAYS_FOR_A_RECENT_RECORD
    if oldest_entry >= recent:
        steps.append(f"Nothing was recorded before {spoken(recent)}, {RECENT} days earlier: the shorter time holds.")
        return DAYS_FOR_A_RECENT_RECORD
    steps.append(
        f"Something was recorded on {spoken(oldest_entry)}, more than {RECENT} days earlier: the longer time holds."
    )
    return DAYS_OTHERWISE
