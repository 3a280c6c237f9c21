"""Days and moments are written out: no number is taken for one, which would be another than whoever sent it meant."""

from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from models.moments import Day, Moment

DAYS: TypeAdapter[date] = TypeAdapter(Day)
MOMENTS: TypeAdapter[datetime] = TypeAdapter(Moment)
NUMBERS = [
    "0",
    "-1",
    "1e3",
    "86400",
    "1798675200",
    "1798675200000",
    "true",
    '"0"',
    '"86400"',
    '"1798675200"',
    '"20270101"',
]


@pytest.mark.parametrize("written", [*NUMBERS, '"2027-01-01T00:00:00"', '"2027-01-01T00:00:00Z"', '"1-1-2027"'])
def test_a_day_is_written_as_one(written: str) -> None:
    with pytest.raises(ValidationError):
        DAYS.validate_json(written)


@pytest.mark.parametrize("written", [*NUMBERS, '"2027-01-01"', '"2027-01-01T00:00:00"', '"20270101T000000Z"'])
def test_a_moment_is_written_as_one(written: str) -> None:
    with pytest.raises(ValidationError):
        MOMENTS.validate_json(written)


def test_what_is_written_out_is_read() -> None:
    assert DAYS.validate_json('"2027-01-01"') == date(2027, 1, 1) == DAYS.validate_python(date(2027, 1, 1))
    midnight = datetime(2027, 1, 1, tzinfo=UTC)
    assert MOMENTS.validate_json('"2027-01-01T01:00:00.000+01:00"') == midnight == MOMENTS.validate_python(midnight)
