"""When the removal of a patient from the list takes effect, and by when an immediate one is confirmed (SI 2015/1862, 2015/1879)."""

from datetime import date
from typing import Final

from models.reckonings import Reckoning
from workflows.statutory_time.days import days_later, spoken, unmoved

EFFECTIVE_ON: Final = 8
DAYS_TO_CONFIRM: Final = 7


def eighth_day(told: date, treatment_ended: date | None = None) -> Reckoning:
    """The day on which a removal takes effect (CLOCK-11): the eighth after the commissioner was told.

    Where the patient was being treated at intervals of less than seven days: the eighth after it was told that this had ended.
    """
    begins = max(told, treatment_ended or told)
    what = "was told" if begins == told else "was told that a course of treatment had ended"
    day = days_later(begins, EFFECTIVE_ON)
    steps = [
        f"The commissioner {what} on {spoken(begins)}, a day in London. The day after is the first.",
        f"The eighth day, on which the removal takes effect, is {spoken(day)}.",
    ]
    return unmoved("CLOCK-11", day, steps)


def in_writing_by(told: date) -> Reckoning:
    """By when an immediate removal that was asked for by telephone or online is confirmed in writing (CLOCK-12): seven days."""
    day = days_later(told, DAYS_TO_CONFIRM)
    steps = [
        f"The commissioner was told on {spoken(told)}, a day in London. The day after is the first.",
        f"The seventh day is {spoken(day)}.",
    ]
    return unmoved("CLOCK-12", day, steps)
