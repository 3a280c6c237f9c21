"""The warning ledger decides whether a removal may be requested on a day, and says why not."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from models.letter_facts.incidents import WarningExemption
from models.record import uuid7
from models.warnings import PatientWarning, WarningEntry
from workflows.incidents.machine import same_person
from workflows.warning_ledger import standing, verdict

RUMPELSTILTSKIN, INCIDENT = UUID(int=1), UUID(int=2)


def entered(on: date, entry: WarningEntry = WarningEntry.GIVEN, about: PatientWarning | None = None) -> PatientWarning:
    """An entry of a day."""
    return PatientWarning(
        id=uuid7(), practice="ZZ0001", created_at=datetime(2026, 1, 1, tzinfo=UTC), entry=entry, person_id=RUMPELSTILTSKIN,
        incident_id=INCIDENT, entered_on=on, entered_by="snow-white", reasons=("He shouted.",), about=about.id if about else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("warned_on", "asked_on", "counts"),
    [
        (date(2026, 3, 10), date(2026, 3, 10), False),
        (date(2026, 3, 10), date(2026, 3, 11), True),
        (date(2026, 3, 10), date(2027, 3, 10), True),
        (date(2026, 3, 10), date(2027, 3, 11), False),
        (date(2026, 3, 12), date(2026, 3, 11), False),
        (date(2027, 2, 28), date(2028, 2, 29), True),
        (date(2028, 2, 29), date(2029, 2, 28), True),
        (date(2028, 2, 29), date(2029, 3, 1), False),
    ],
)
def test_a_warning_counts_in_the_twelve_months_before_a_request(warned_on: date, asked_on: date, counts: bool) -> None:
    """INC-9: not on the day itself, and not a day longer."""
    found = verdict([entered(warned_on)], asked_on)
    assert found.may_be_requested is counts
    assert found.warned_on == (warned_on if counts else None)
    assert len(found.reasons) == 1


def test_the_day_from_which_a_warning_is_too_old_is_told() -> None:
    """INC-9: on the day before it counts, and on that day it does not."""
    for warned_on in (date(2026, 3, 10), date(2028, 2, 29), date(2027, 2, 28)):
        warning = entered(warned_on)
        expires_on = verdict([warning], date.fromordinal(warned_on.toordinal() + 1)).expires_on
        assert expires_on is not None
        assert verdict([warning], date.fromordinal(expires_on.toordinal() - 1)).may_be_requested
        assert not verdict([warning], expires_on).may_be_requested


def test_a_warning_that_was_taken_back_counts_for_nothing_and_one_that_was_upheld_counts() -> None:
    """INC-20: what became of a warning is another entry."""
    first, second = entered(date(2026, 1, 1)), entered(date(2026, 2, 1))
    back = entered(date(2026, 3, 1), WarningEntry.RESCINDED, second)
    upheld = entered(date(2026, 3, 1), WarningEntry.UPHELD, first)
    assert standing([second, back, upheld, first]) == [first]
    found = verdict([first, second, back, upheld], date(2026, 4, 1))
    assert found.warned_on == date(2026, 1, 1)
    assert [each.partition(" was ")[2] for each in found.reasons] == [
        "given within the twelve months before 1 April 2026.",
        "taken back and counts for nothing.",
    ]


def test_without_a_warning_it_takes_an_exemption() -> None:
    """INC-9: one of three, and the reason for it is recorded with the request."""
    nothing = verdict([], date(2026, 4, 1))
    assert not nothing.may_be_requested
    assert nothing.reasons == ("No warning with reasons is in the ledger.",)
    for each in WarningExemption:
        exempt = verdict([], date(2026, 4, 1), each)
        assert exempt.may_be_requested
        assert exempt.warned_on is None
        assert len(exempt.reasons) == 2


def test_the_ledger_follows_a_person_through_all_their_records() -> None:
    """INC-20: whichever record a warning was given under, and however long the way that leads from one to the next."""

    class Merged:
        def __init__(self, one: int, into: int) -> None:
            self.id, self.merged_into = UUID(int=one), UUID(int=into)

    merged = [Merged(1, 2), Merged(2, 3), Merged(4, 2), Merged(8, 9)]
    for asked in (1, 2, 3, 4):
        assert same_person(UUID(int=asked), merged) == {UUID(int=each) for each in (1, 2, 3, 4)}
    assert same_person(UUID(int=7), merged) == {UUID(int=7)}
    assert same_person(None, merged) == frozenset()
