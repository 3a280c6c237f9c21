"""Working days: the table is the one that its package makes, and an installation adds to it."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest

from models.reckonings import RightsClock
from service.settings import Settings, SettingsRefused
from tools.bank_holidays import YEARS, write
from workflows.calendars import BANK_HOLIDAYS, ENGLAND, MADE_WITH, Calendar
from workflows.statutory_time import answer_due, complaint_acknowledged_by

TABLE = Path(__file__).parent.parent / "workflows/bank_holidays.csv"


def test_the_table_is_the_one_that_the_package_makes() -> None:
    """CLOCK-5: `make holidays` writes it anew when the package knows better."""
    made = StringIO()
    write(made)
    assert TABLE.read_text(encoding="utf-8") == made.getvalue()


@pytest.mark.parametrize(
    ("said", "why_not"),
    [
        ("2026-12-26", "a bank holiday (Boxing Day)"), ("2026-12-28", "a bank holiday (Boxing Day (observed))"),
        ("2027-12-27", "a bank holiday (Christmas Day (observed))"), ("2022-09-19", "a bank holiday"),
        ("2023-05-08", "a bank holiday"),
        ("2020-05-08", "a bank holiday"), ("2027-03-29", "a bank holiday (Easter Monday)"), ("2026-08-31", "a bank holiday"),
        ("2028-01-03", "a bank holiday"), ("2026-11-21", "a Saturday"), ("2026-11-22", "a Sunday"),
    ],
)  # fmt: skip
def test_nobody_works_on(said: str, why_not: str) -> None:
    """CLOCK-5: substitutes, one-offs, and the two days that the rest of the kingdom has otherwise."""
    assert (ENGLAND.why_not(date.fromisoformat(said)) or "").startswith(why_not)


@pytest.mark.parametrize("said", ["2026-06-15", "2026-03-17", "2026-07-13", "2026-11-30", "2027-01-04", "2020-05-04"])
def test_what_is_a_holiday_elsewhere_is_a_working_day_in_england(said: str) -> None:
    """CLOCK-5."""
    assert ENGLAND.is_working_day(date.fromisoformat(said))


def test_every_year_has_its_eight_holidays() -> None:
    """CLOCK-5: on working days alone, since substitutes are given for the others."""
    for year in YEARS:
        assert sum(each.year == year and each.weekday() < 5 for each in BANK_HOLIDAYS) >= 8, year


def test_an_installation_adds_days_of_its_own() -> None:
    """CLOCK-5: and every date says so."""
    settings = Settings(extra_bank_holidays="2026-12-21, 2026-12-22")
    calendar = Calendar(settings.extra_bank_holidays)
    found = answer_due(RightsClock(received=date(2026, 11, 21)), calendar)

    assert found.day == date(2026, 12, 23)
    assert "a bank holiday (added for this installation)" in found.steps[-1]
    assert found.calendar == f"{MADE_WITH} with 2 extra days"
    assert complaint_acknowledged_by(date(2026, 11, 21), ENGLAND).calendar == MADE_WITH
    assert Calendar(frozenset({date(2026, 12, 21)})).version == f"{MADE_WITH} with 1 extra day"


@pytest.mark.parametrize("said", ["21/12/2026", "2026-12-21;2026-12-22", "soon", "20261221"])
def test_what_is_no_day_is_refused(said: str) -> None:
    with pytest.raises(SettingsRefused, match="CHARTER_EXTRA_BANK_HOLIDAYS"):
        Settings(extra_bank_holidays=said)


def test_working_days_are_counted_between_days() -> None:
    christmas_eve = date(2026, 12, 24)
    assert ENGLAND.working_days_after(christmas_eve, 1) == date(2026, 12, 29)
    assert ENGLAND.working_days_between(christmas_eve, date(2026, 12, 29)) == 1
    assert ENGLAND.working_days_between(christmas_eve, christmas_eve - timedelta(days=9)) == 0
