"""The warning ledger decides whether a removal may be requested on a day, and says why not."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.letter_facts.incidents import WarningExemption
from models.letters import Letter, LetterState, SentLetter
from models.record import uuid7
from models.warnings import PatientWarning, WarningEntry
from workflows.incidents.machine import same_person
from workflows.warning_ledger import standing, told_on, verdict

RUMPELSTILTSKIN, INCIDENT = UUID(int=1), UUID(int=2)


def entered(on: date, entry: WarningEntry = WarningEntry.GIVEN, about: PatientWarning | None = None) -> PatientWarning:
    """An entry of a day."""
    return PatientWarning(
        id=uuid7(), practice="ZZ0001", created_at=datetime(on.year, on.month, on.day, 9, tzinfo=UTC), entry=entry,
        person_id=RUMPELSTILTSKIN,
        incident_id=INCIDENT, entered_on=on, entered_by="snow-white", reasons=("He shouted.",), about=about.id if about else None,
    )  # fmt: skip


def letter(warning: PatientWarning, on: date | None, state: LetterState = LetterState.SENT, **more: Any) -> Letter:
    """The letter of a warning, sent on a day at noon, or not yet."""
    noon = on and datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    sent = noon and {"at": noon, "way": "post", "to": "1 Wood", "checked": "as_on_record", "by": "snow-white"}
    values: dict[str, Any] = {
        "id": uuid7(), "practice": "ZZ0001", "created_at": warning.created_at, "template": "removal_risk_warning",
        "case_id": warning.incident_id, "state": state, "sent": SentLetter.model_validate(sent) if sent else None,
    }  # fmt: skip
    return Letter.model_construct(**(values | more))


def sent(*warnings: PatientWarning) -> list[Letter]:
    """Each letter went out on the day of its warning."""
    return [letter(each, each.entered_on) for each in warnings if each.entry == WarningEntry.GIVEN]


@pytest.mark.parametrize(
    ("warned_on", "asked_on", "counts"),
    [
        (date(2026, 3, 10), date(2026, 3, 10), False),
        (date(2026, 3, 10), date(2026, 3, 11), True),
        (date(2026, 3, 10), date(2027, 3, 10), True),
        (date(2026, 3, 10), date(2027, 3, 11), False),
        (date(2026, 3, 12), date(2026, 3, 11), False),
        (date(2027, 2, 28), date(2028, 2, 28), True),
        (date(2027, 2, 28), date(2028, 2, 29), False),
        (date(2028, 2, 29), date(2029, 2, 28), True),
        (date(2028, 2, 29), date(2029, 3, 1), False),
    ],
)
def test_a_warning_counts_in_the_twelve_months_before_a_request(warned_on: date, asked_on: date, counts: bool) -> None:
    """INC-9: not on the day itself, and not a day longer."""
    warning = entered(warned_on)
    found = verdict([warning], sent(warning), asked_on)
    assert found.may_be_requested is counts
    assert found.warned_on == (warned_on if counts else None)
    assert len(found.reasons) == 1


def test_the_day_from_which_a_warning_is_too_old_is_told() -> None:
    """INC-9: on the day before it counts, and on that day it does not."""
    for warned_on in (date(2026, 3, 10), date(2028, 2, 29), date(2027, 2, 28)):
        warning = entered(warned_on)
        expires_on = verdict([warning], sent(warning), date.fromordinal(warned_on.toordinal() + 1)).expires_on
        assert expires_on is not None
        assert verdict([warning], sent(warning), date.fromordinal(expires_on.toordinal() - 1)).may_be_requested
        assert not verdict([warning], sent(warning), expires_on).may_be_requested


def test_a_warning_that_was_taken_back_counts_for_nothing_and_one_that_was_upheld_counts() -> None:
    """INC-20: what became of a warning is another entry."""
    first, second = entered(date(2026, 1, 1)), entered(date(2026, 2, 1))
    back = entered(date(2026, 3, 1), WarningEntry.RESCINDED, second)
    upheld = entered(date(2026, 3, 1), WarningEntry.UPHELD, first)
    assert standing([second, back, upheld, first]) == [first]
    found = verdict([first, second, back, upheld], sent(first, second), date(2026, 4, 1))
    assert found.warned_on == date(2026, 1, 1)
    assert found.reasons == (
        "The warning that was sent on 1 January 2026 was given within the twelve months before 1 April 2026.",
        "The warning of 1 February 2026 was taken back and counts for nothing.",
    )


def test_a_warning_counts_from_the_day_on_which_its_letter_went_out_and_not_while_it_has_not_arrived() -> None:
    """INC-9: in law the patient was warned, and nobody is by what lies in a drawer, or came back."""
    warning = entered(date(2026, 3, 10))
    nothing = [
        [],
        [letter(warning, None, LetterState.ISSUED)],
        [letter(warning, date(2026, 3, 11), LetterState.RETURNED)],
    ]
    for letters in [*nothing, [letter(warning, None, LetterState.WITHDRAWN)]]:
        found = verdict([warning], letters, date(2026, 4, 1))
        assert (found.may_be_requested, found.warned_on) == (False, None)
        assert found.reasons == (UNSENT,)
    late = [letter(warning, date(2026, 5, 2))]
    assert not verdict([warning], late, date(2026, 5, 1)).may_be_requested
    assert not verdict([warning], late, date(2026, 5, 2)).may_be_requested
    counts = verdict([warning], late, date(2027, 5, 2))
    assert (counts.may_be_requested, counts.warned_on, counts.expires_on) == (True, date(2026, 5, 2), date(2027, 5, 3))


UNSENT = "The letter with the warning of 10 March 2026 has not been sent, or has come back: it does not count before it is sent."


def test_a_letter_that_was_written_anew_counts_from_when_that_one_went_out() -> None:
    """INC-9: and a letter of another warning, or of something else, is no letter of this one."""
    warning, other = entered(date(2026, 3, 10)), entered(date(2026, 3, 12))
    first = letter(warning, date(2026, 3, 10), LetterState.SUPERSEDED)
    anew = letter(warning, date(2026, 3, 20), supersedes=first.id, created_at=datetime(2026, 3, 19, tzinfo=UTC))
    assert verdict([warning], [anew, first], date(2026, 4, 1)).warned_on == date(2026, 3, 20)
    assert not verdict([warning], [letter(other, date(2026, 3, 12))], date(2026, 4, 1)).may_be_requested
    advice = letter(warning, date(2026, 3, 10), template="advice")
    assert not verdict([warning], [advice], date(2026, 4, 1)).may_be_requested


def test_a_day_is_a_day_in_london() -> None:
    """INC-9: what is sent in summer time half an hour after midnight is sent on the new day."""
    warning = entered(date(2026, 6, 1))
    at = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
    sent_then = SentLetter.model_validate(
        {"at": at, "way": "post", "to": "1 Wood", "checked": "as_on_record", "by": "x"}
    )
    assert told_on(warning, [letter(warning, None, LetterState.SENT, sent=sent_then)]) == date(2026, 6, 2)


def test_without_a_warning_it_takes_an_exemption() -> None:
    """INC-9: one of three, and the reason for it is recorded with the request."""
    nothing = verdict([], [], date(2026, 4, 1))
    assert not nothing.may_be_requested
    assert nothing.reasons == ("No warning with reasons is in the ledger.",)
    for each in WarningExemption:
        exempt = verdict([], [], date(2026, 4, 1), each)
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


@settings(max_examples=50, deadline=None, database=None)
@given(st.data())
def test_whichever_incident_a_warning_came_of_and_in_whatever_order_it_counts_alike(data: st.DataObject) -> None:
    """INC-20: the ledger is the person's."""
    days = data.draw(st.lists(st.dates(date(2025, 1, 1), date(2026, 12, 31)), min_size=1, max_size=4))
    warnings = [entered(each) for each in days]
    taken_back = [
        entered(each.entered_on, WarningEntry.RESCINDED, each) for each in warnings if data.draw(st.booleans())
    ]
    on = data.draw(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
    said = verdict([*warnings, *taken_back], sent(*warnings), on)
    elsewhere = [each.model_copy(update={"incident_id": UUID(int=9 + place)}) for place, each in enumerate(warnings)]
    ledger = data.draw(st.permutations([*elsewhere, *taken_back]))
    found = verdict(ledger, sent(*elsewhere), on)
    assert (found.may_be_requested, found.warned_on, found.expires_on) == (
        said.may_be_requested, said.warned_on, said.expires_on,
    )  # fmt: skip
    assert sorted(found.reasons) == sorted(said.reasons)
