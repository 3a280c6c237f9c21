"""Moments and days, near enough to ours to be reckoned with in every time zone."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator

EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(rf"{DAY.pattern}[Tt ].+")


def written_as_day(said: Any) -> Any:
    """The same; raise ValueError for what would be read as the day of so many seconds since 1970, or as that of a moment."""
    if isinstance(said, int | float) or (isinstance(said, str) and not DAY.fullmatch(said)):
        raise ValueError("must be a day, written YYYY-MM-DD")
    return said


def written_as_moment(said: Any) -> Any:
    """The same; raise ValueError for what would be read as so many seconds since 1970, or thousandths of them."""
    if isinstance(said, int | float) or (isinstance(said, str) and not MOMENT.fullmatch(said)):
        raise ValueError("must be a moment, written as in RFC 3339")
    return said


def near(said: date) -> date:
    """The day itself; raise ValueError for one so far away that a calendar ends there."""
    if not EARLIEST <= said <= LATEST:
        raise ValueError("must lie between the years 1900 and 2999")
    return said


def in_utc(said: datetime) -> datetime:
    """The same moment in UTC; raise ValueError for one so far away that a calendar ends there."""
    near(said.date())
    return said.astimezone(UTC)


Moment = Annotated[AwareDatetime, BeforeValidator(written_as_moment), AfterValidator(in_utc)]
Day = Annotated[date, BeforeValidator(written_as_day), AfterValidator(near)]
