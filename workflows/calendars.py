"""England's working days: every day but Saturdays, Sundays, bank holidays, and the days that an installation adds.

The bank holidays stand in a table that the package `holidays` has written; it says which release did (ADR 0003). Days are
calendar days in Europe/London.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Final

ONE_DAY: Final = timedelta(days=1)


def _written() -> tuple[str, Mapping[date, str]]:
    """What the table was made with, and the name of each bank holiday."""
    with Path(__file__).with_name("bank_holidays.csv").open(encoding="utf-8", newline="") as table:
        (made_with, _), *days = csv.reader(table)
    return made_with, MappingProxyType({date.fromisoformat(day): name for day, name in days})


MADE_WITH, BANK_HOLIDAYS = _written()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days in England; `extra` are bank holidays that were proclaimed after the table was written."""

    extra: frozenset[date] = frozenset()

    @property
    def version(self) -> str:
        """What a day was told by: the release of the package, and how many days were added to its own."""
        added = {0: "", 1: " with 1 extra day"}.get(len(self.extra), f" with {len(self.extra)} extra days")
        return f"{MADE_WITH}{added}"

    def why_not(self, day: date) -> str | None:
        """Why nobody works on this day, as the end of a sentence; None for a working day."""
        if day in BANK_HOLIDAYS:
            return f"a bank holiday ({BANK_HOLIDAYS[day]})"
        if day in self.extra:
            return "a bank holiday (added for this installation)"
        weekend = {5: "a Saturday", 6: "a Sunday"}
        return weekend.get(day.weekday())

    def is_working_day(self, day: date) -> bool:
        """Whether this is a day on which people work."""
        return self.why_not(day) is None

    def rolled(self, day: date) -> date:
        """The day itself, or the next working day."""
        return next(each for each in _from(day) if self.is_working_day(each))

    def working_days_after(self, day: date, count: int) -> date:
        """The working day that is so many after this one, which does not count itself."""
        for _ in range(count):
            day = self.rolled(day + ONE_DAY)
        return day

    def working_days_between(self, earlier: date, later: date) -> int:
        """How many working days come after the earlier day, up to and including the later one."""
        span = range(1, (later - earlier).days + 1)
        return sum(self.is_working_day(earlier + timedelta(days=each)) for each in span)


def _from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += ONE_DAY


ENGLAND: Final = Calendar()
"""The table alone, without any day that an installation adds."""
