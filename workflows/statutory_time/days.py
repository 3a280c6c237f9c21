"""Days in London, months as the law counts them, and how both are said."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from models.reckonings import Reckoning
from workflows.calendars import Calendar

LONDON: Final = ZoneInfo("Europe/London")
MONTHS: Final = 12
LAST_SECOND: Final = time(23, 59, 59)
EVERY_DAY_COUNTS: Final = "none: every day counts"
"""What stands for the calendar where working days play no part."""


def london_day(moment: datetime) -> date:
    """The calendar day in London at a moment: half past midnight in summer is still the day before in UTC."""
    return moment.astimezone(LONDON).date()


def end_of(day: date) -> datetime:
    """The last second of a day in London, in UTC."""
    return datetime.combine(day, LAST_SECOND, LONDON).astimezone(UTC)


def beginning_of(day: date) -> datetime:
    """The first moment of a day in London, in UTC."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def add_months(day: date, months: int) -> date:
    """The same date so many months later, or the last day of a month that has no such date (CLOCK-1)."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def spoken(day: date) -> str:
    """A day as it is read out: Thursday 1 October 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def counted(days: int) -> str:
    """So many days, as one says it."""
    return "1 day" if days == 1 else f"{days} days"


def rolled(law: str, unrolled: date, calendar: Calendar, steps: list[str]) -> Reckoning:
    """The end of a period, moved on once to a working day if it is none (CLOCK-5)."""
    day = calendar.rolled(unrolled)
    if day == unrolled:
        steps = [*steps, f"{spoken(day)} is a working day: the period ends with it."]
    else:
        moved = f"so the period runs to the end of the next working day, {spoken(day)}."
        steps = [*steps, f"{spoken(unrolled)} is {calendar.why_not(unrolled)}, {moved}"]
    return Reckoning(day=day, at=end_of(day), unrolled=unrolled, law=law, steps=tuple(steps), calendar=calendar.version)


def unmoved(law: str, day: date, steps: list[str]) -> Reckoning:
    """The end of a period in which every day counts, working day or not."""
    return Reckoning(day=day, at=end_of(day), unrolled=day, law=law, steps=tuple(steps), calendar=EVERY_DAY_COUNTS)


def days_later(day: date, count: int) -> date:
    """So many days on; the first day does not count itself."""
    return day + timedelta(days=count)
