"""Moments and days, near enough to ours to be reckoned with in every time zone."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime

EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)


def near(said: date) -> date:
    """The day itself; raise ValueError for one so far away that a calendar ends there."""
    if not EARLIEST <= said <= LATEST:
        raise ValueError("must lie between the years 1900 and 2999")
    return said


def in_utc(said: datetime) -> datetime:
    """The same moment in UTC; raise ValueError for one so far away that a calendar ends there."""
    near(said.date())
    return said.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(in_utc)]
Day = Annotated[date, AfterValidator(near)]
