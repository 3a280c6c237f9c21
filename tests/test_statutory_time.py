"""Every date that the law computes, against dates that were worked out by hand; and how each says it came out."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from models.reckonings import Pause, Reckoning, RightsClock
from workflows.calendars import ENGLAND, Calendar
from workflows.statutory_time import (
    add_months,
    answer_due,
    complaint_acknowledged_by,
    day_before,
    dead_persons_record_due,
    eighth_day,
    end_of,
    extension_notice_by,
    further_information_asked_by,
    in_writing_by,
    internal_target,
    london_day,
    nhs_complaint_acknowledged_by,
    older_than_five_working_days,
    section_5_notice_by,
)


def day(said: str) -> date:
    return date.fromisoformat(said)


def paused(*spans: str) -> tuple[Pause, ...]:
    """Questions and their answers, each written `asked/answered`."""
    ends = [each.split("/") for each in spans]
    return tuple(Pause(asked=day(asked), answered=day(answered) if answered else None) for asked, answered in ends)


def clock(received: str, pauses: tuple[Pause, ...] = (), **facts: Any) -> RightsClock:
    return RightsClock.model_validate({"received": received, "pauses": pauses, **facts})


ONE_WEEK = paused("2026-10-08/2026-10-14")
OVERLAPPING = paused("2026-10-08/2026-10-14", "2026-10-12/2026-10-15")

ANSWERS = {
    "received on a bank holiday": (clock("2026-01-01"), "2026-02-01", "2026-02-02", "2026-02-02"),
    "the end of January, and a Saturday": (clock("2026-01-31"), "2026-02-28", "2026-03-02", "2026-03-02"),
    "a date that February lacks, and a Sunday": (clock("2027-01-29"), "2027-02-28", "2027-03-01", "2027-03-01"),
    "received on a leap day": (clock("2028-02-29"), "2028-03-29", "2028-03-29", "2028-03-29"),
    "received on a Sunday": (clock("2026-08-30"), "2026-09-30", "2026-09-30", "2026-09-30"),
    "the last day is a Saturday": (clock("2026-09-03"), "2026-10-03", "2026-10-05", "2026-10-05"),
    "the last day is the early May holiday": (clock("2026-04-04"), "2026-05-04", "2026-05-05", "2026-05-05"),
    "the last day is Easter Sunday": (clock("2027-02-28"), "2027-03-28", "2027-03-30", "2027-03-30"),
    "an ordinary month": (clock("2026-11-21"), "2026-12-21", "2026-12-21", "2026-12-21"),
    "the last day is a substitute": (clock("2026-11-28"), "2026-12-28", "2026-12-29", "2026-12-29"),
    "a Saturday Christmas with two substitutes": (clock("2027-11-25"), "2027-12-25", "2027-12-29", "2027-12-29"),
    "extended, from the origin": (clock("2026-11-25", extended=True), "2027-02-25", "2027-02-25", "2026-12-29"),
    "extended, from a date that February lacks": (
        clock("2027-01-31", extended=True), "2027-04-30", "2027-04-30", "2027-03-01",
    ),
    "identity lets it begin afresh": (
        clock("2026-10-01", identity_received="2026-10-12"), "2026-11-12", "2026-11-12", "2026-11-12",
    ),
    "a week's pause": (clock("2026-10-01", ONE_WEEK), "2026-11-08", "2026-11-09", "2026-11-09"),
    "a week's pause, and extended": (
        clock("2026-10-01", ONE_WEEK, extended=True), "2027-01-08", "2027-01-08", "2026-11-09",
    ),
    "identity, then a pause": (
        clock("2026-10-01", paused("2026-10-15/2026-10-20"), identity_received="2026-10-12"),
        "2026-11-18", "2026-11-18", "2026-11-18",
    ),
    "pauses that overlap": (clock("2026-10-01", OVERLAPPING), "2026-11-09", "2026-11-09", "2026-11-09"),
    "asked on the day of receipt": (
        clock("2026-10-01", paused("2026-10-01/2026-10-05")), "2026-11-05", "2026-11-05", "2026-11-05",
    ),
    "asked and answered on one day": (
        clock("2026-10-01", paused("2026-10-08/2026-10-08")), "2026-11-01", "2026-11-02", "2026-11-02",
    ),
    "authority lets it begin afresh": (
        clock("2026-10-01", authority_received="2026-10-31"), "2026-11-30", "2026-11-30", "2026-11-30",
    ),
    "the latest of three decides": (
        clock("2026-10-01", identity_received="2026-10-12", authority_received="2026-10-09", fee_paid="2026-10-20"),
        "2026-11-20", "2026-11-20", "2026-11-20",
    ),
    "what came before the request changes nothing": (
        clock("2026-10-01", identity_received="2026-09-20"), "2026-11-01", "2026-11-02", "2026-11-02",
    ),
    "erasure is never paused": (clock("2026-10-01", ONE_WEEK, article=17), "2026-11-01", "2026-11-02", "2026-11-02"),
    "asked after the time had ended": (
        clock("2026-10-01", paused("2026-11-03/2026-11-10")), "2026-11-01", "2026-11-02", "2026-11-02",
    ),
    "asked on the very last day": (
        clock("2026-10-01", paused("2026-11-02/2026-11-03")), "2026-11-03", "2026-11-03", "2026-11-03",
    ),
    "asked in the second month of an extension": (
        clock("2026-10-01", paused("2026-11-10/2026-11-13"), extended=True), "2027-01-05", "2027-01-05", "2026-11-02",
    ),
    "a pause that ended before it began afresh": (
        clock("2026-10-01", paused("2026-10-05/2026-10-09"), identity_received="2026-10-12"),
        "2026-11-12", "2026-11-12", "2026-11-12",
    ),
    "a pause across a fresh beginning": (
        clock("2026-10-01", paused("2026-10-05/2026-10-14"), identity_received="2026-10-12"),
        "2026-11-14", "2026-11-16", "2026-11-16",
    ),
    "over the end of the year, extended": (clock("2026-12-31", extended=True), "2027-03-31", "2027-03-31", "2027-02-01"),
    "to a leap day": (clock("2028-01-30"), "2028-02-29", "2028-02-29", "2028-02-29"),
    "to the substitute for New Year's Day": (clock("2027-12-03"), "2028-01-03", "2028-01-04", "2028-01-04"),
    "to Good Friday": (clock("2027-02-26"), "2027-03-26", "2027-03-30", "2027-03-30"),
}  # fmt: skip
"""What happened; the end of the months with the paused days, the day that is due, and the last for notice of an extension."""


@pytest.mark.parametrize(("facts", "unrolled", "due", "notice_by"), ANSWERS.values(), ids=list(ANSWERS))
def test_a_rights_request_falls_due(facts: RightsClock, unrolled: str, due: str, notice_by: str) -> None:
    """CLOCK-1, CLOCK-2, CLOCK-3, CLOCK-4, CLOCK-5: the guidance's own examples, and dates of the same kind."""
    found, notice = answer_due(facts, ENGLAND), extension_notice_by(facts, ENGLAND)

    assert (found.unrolled, found.day) == (day(unrolled), day(due))
    assert notice.day == day(notice_by)
    assert found.at == end_of(found.day)
    assert found.law == ("CLOCK-4" if facts.extended else "CLOCK-1")
    assert notice.law == "CLOCK-4"


EXAMPLES_OF_THE_REGULATOR = [("2024-11-25", "2024-12-27"), ("2024-09-03", "2024-10-03"), ("2025-01-31", "2025-02-28")]


@pytest.mark.parametrize(("received", "due"), EXAMPLES_OF_THE_REGULATOR)
def test_the_regulator_s_examples_come_out(received: str, due: str) -> None:
    """CLOCK-1, CLOCK-5: among them a Christmas after which two days in a row are bank holidays."""
    assert answer_due(clock(received), ENGLAND).day == day(due)


OPEN = clock("2026-10-01", paused("2026-10-08/"))


@pytest.mark.parametrize(
    ("today", "due"),
    [(None, "2026-11-02"), ("2026-10-08", "2026-11-02"), ("2026-10-09", "2026-11-03"), ("2026-10-14", "2026-11-09")],
)
def test_an_open_question_counts_up_to_today(today: str | None, due: str) -> None:
    """CLOCK-3: and the date is the one that an answer on this day would make."""
    assert answer_due(OPEN, ENGLAND, today=day(today) if today else None).day == day(due)


def test_nobody_answers_before_they_are_asked() -> None:
    with pytest.raises(ValidationError, match="nobody answers before they are asked"):
        paused("2026-10-08/2026-10-07")


ACKNOWLEDGED = {
    "2026-06-19": ("2026-07-19", "2026-07-20"),
    "2026-11-21": ("2026-12-21", "2026-12-21"),
    "2026-11-25": ("2026-12-25", "2026-12-29"),
    "2026-11-28": ("2026-12-28", "2026-12-29"),
    "2027-02-24": ("2027-03-26", "2027-03-30"),
    "2027-11-27": ("2027-12-27", "2027-12-29"),
    "2028-01-30": ("2028-02-29", "2028-02-29"),
}


@pytest.mark.parametrize(("received", "thirtieth", "by"), [(each, *ends) for each, ends in ACKNOWLEDGED.items()])
def test_a_complaint_about_data_protection_is_acknowledged(received: str, thirtieth: str, by: str) -> None:
    """CLOCK-7: thirty days, of which the day after the receipt is the first; moved once (CLOCK-5)."""
    found = complaint_acknowledged_by(day(received), ENGLAND)
    assert (found.unrolled, found.day, found.law) == (day(thirtieth), day(by), "CLOCK-7")


@pytest.mark.parametrize(
    ("received", "by"),
    [
        ("2026-11-23", "2026-11-26"), ("2026-11-20", "2026-11-25"), ("2026-11-21", "2026-11-25"),
        ("2026-12-24", "2026-12-31"), ("2027-03-25", "2027-04-01"), ("2027-12-24", "2027-12-31"),
    ],
)  # fmt: skip
def test_an_nhs_complaint_is_acknowledged(received: str, by: str) -> None:
    """CLOCK-8: three working days after it came."""
    found = nhs_complaint_acknowledged_by(day(received), ENGLAND)
    assert (found.day, found.law) == (day(by), "CLOCK-8")


@pytest.mark.parametrize(
    ("applied", "oldest", "received", "asked", "due"),
    [
        ("2026-11-21", "1999-01-01", None, None, "2026-12-30"),
        ("2026-11-21", "2026-10-12", None, None, "2026-12-11"),
        ("2026-11-21", "2026-10-11", None, None, "2026-12-30"),
        ("2026-11-21", None, None, None, "2026-12-11"),
        ("2026-11-21", "1999-01-01", "2026-12-01", None, "2027-01-09"),
        ("2026-11-21", "1999-01-01", "2026-12-10", "2026-12-04", "2027-01-18"),
        ("2026-11-21", "1999-01-01", "2026-12-10", "2026-12-05", "2026-12-30"),
        ("2026-12-05", "2026-12-01", None, None, "2026-12-25"),
    ],
)
def test_the_record_of_the_dead_is_given(
    applied: str, oldest: str | None, received: str | None, asked: str | None, due: str
) -> None:
    """CLOCK-9: 21 or 40 days, the day of the application being the first; no bank holiday moves it."""
    said = [day(each) if each else None for each in (oldest, received, asked)]
    found = dead_persons_record_due(day(applied), *said)
    assert (found.day, found.unrolled, found.law) == (day(due), day(due), "CLOCK-9")


def test_more_is_asked_for_within_fourteen_days() -> None:
    """CLOCK-9: the day of the application is the first here too."""
    assert further_information_asked_by(day("2026-11-21")).day == day("2026-12-04")


@pytest.mark.parametrize(
    ("received", "by"),
    [
        ("2026-11-23T09:30:00Z", "2026-11-25T09:30:00Z"),
        ("2026-11-19T17:00:00Z", "2026-11-23T17:00:00Z"),
        ("2026-11-21T12:00:00Z", "2026-11-25T00:00:00Z"),
        ("2026-12-24T12:00:00Z", "2026-12-30T12:00:00Z"),
        ("2027-03-25T12:00:00Z", "2027-03-31T11:00:00Z"),
        ("2026-06-30T23:30:00Z", "2026-07-02T23:30:00Z"),
    ],
)
def test_whoever_runs_a_website_has_forty_eight_hours(received: str, by: str) -> None:
    """CLOCK-10: hours of weekends and bank holidays do not count, whatever the clocks do meanwhile."""
    found = section_5_notice_by(datetime.fromisoformat(received), ENGLAND)
    assert (found.at, found.day) == (datetime.fromisoformat(by), london_day(datetime.fromisoformat(by)))
    assert found.law == "CLOCK-10"


def test_a_removal_takes_effect_on_the_eighth_day() -> None:
    """CLOCK-11: a course of treatment puts it off, and weekends do not."""
    assert eighth_day(day("2026-11-20")).day == day("2026-11-28")
    assert eighth_day(day("2026-11-20"), treatment_ended=day("2026-12-01")).day == day("2026-12-09")
    assert eighth_day(day("2026-11-20"), treatment_ended=day("2026-11-02")).day == day("2026-11-28")


def test_an_immediate_removal_is_confirmed_within_seven_days() -> None:
    """CLOCK-12."""
    found = in_writing_by(day("2026-11-20"))
    assert (found.day, found.at) == (day("2026-11-27"), datetime(2026, 11, 27, 23, 59, 59, tzinfo=UTC))


def test_targets_are_no_dates_of_the_law() -> None:
    """CLOCK-13: 28 days from the relevant day, and the day before the last."""
    facts = clock("2026-10-01", identity_received="2026-10-12", extended=True)
    target = internal_target(facts)

    assert (target.day, target.law) == (day("2026-11-09"), "CLOCK-13")
    assert "The law allows longer." in target.steps[-1]
    assert day_before(answer_due(facts, ENGLAND)) == day("2027-01-11")


@pytest.mark.parametrize(
    ("moment", "there"),
    [("2026-06-30T23:30:00Z", "2026-07-01"), ("2026-06-30T22:59:59Z", "2026-06-30"), ("2026-12-31T23:30:00Z", "2026-12-31"),
     ("2026-11-22T04:00:00+05:00", "2026-11-21")],
)  # fmt: skip
def test_a_day_is_a_day_in_london(moment: str, there: str) -> None:
    """CLOCK-6: and its last second is a second in London."""
    assert london_day(datetime.fromisoformat(moment)) == day(there)


def test_a_request_late_on_a_summer_evening_came_on_the_next_day() -> None:
    """CLOCK-6: half past eleven in UTC is half past midnight in London."""
    received = london_day(datetime.fromisoformat("2026-06-30T23:30:00Z"))
    found = answer_due(RightsClock(received=received), ENGLAND)

    assert (found.unrolled, found.day) == (day("2026-08-01"), day("2026-08-03"))
    assert found.at == datetime(2026, 8, 3, 22, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("begins", "months", "ends"),
    [("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-11-30", 3, "2027-02-28"),
     ("2026-12-15", 1, "2027-01-15"), ("2026-03-31", 3, "2026-06-30"), ("2026-10-31", 14, "2027-12-31")],
)  # fmt: skip
def test_a_month_without_the_date_ends_with_its_last_day(begins: str, months: int, ends: str) -> None:
    """CLOCK-1."""
    assert add_months(day(begins), months) == day(ends)


@pytest.mark.parametrize(
    ("received", "reason_wanted"),
    [("2026-11-22", False), ("2026-11-16", False), ("2026-11-15", False), ("2026-11-13", False), ("2026-11-12", True)],
)
def test_a_receipt_is_old_after_five_working_days(received: str, reason_wanted: bool) -> None:
    assert older_than_five_working_days(day(received), day("2026-11-22"), ENGLAND) is reason_wanted


def test_every_step_is_a_sentence_that_can_be_read_out() -> None:
    """The longest way that a date can come out: begun afresh, extended, asked three times, moved on."""
    questions = paused("2026-10-15/2026-10-20", "2026-10-18/2026-10-22", "2027-03-01/2027-03-02")
    found = answer_due(clock("2026-10-01", questions, identity_received="2026-10-12", extended=True), ENGLAND)

    assert (
        "\n".join(found.steps)
        == """\
The request was received on Thursday 1 October 2026, a day in London. That day is not counted.
The proof of identity was received on Monday 12 October 2026: the time begins afresh that day.
The time was extended by two months, which makes three from the day it began, Monday 12 October 2026.
Three months from Monday 12 October 2026 is the same date, Tuesday 12 January 2027.
Clarification was asked for on Thursday 15 October 2026 and answered on Tuesday 20 October 2026: the clock stood still \
for 6 days, from Thursday 15 October 2026 to Tuesday 20 October 2026, both included.
Clarification was asked for on Sunday 18 October 2026 and answered on Thursday 22 October 2026: the clock stood still \
for 5 days, from Sunday 18 October 2026 to Thursday 22 October 2026, both included, of which 2 days had not stopped already.
Clarification was asked for on Monday 1 March 2027 and answered on Tuesday 2 March 2027: no day is added, because the time \
had ended on Wednesday 20 January 2027.
8 days in all added to Tuesday 12 January 2027: Wednesday 20 January 2027.
Wednesday 20 January 2027 is a working day: the period ends with it."""
    )


def test_a_missing_date_and_a_holiday_are_told() -> None:
    missing, moved = answer_due(clock("2026-01-31"), ENGLAND).steps[1:]
    assert missing.endswith(
        ": there is no 31 February 2026, so it is the last day of that month, Saturday 28 February 2026."
    )
    assert moved.endswith(" is a Saturday, so the period runs to the end of the next working day, Monday 2 March 2026.")
    assert "Monday 28 December 2026 is a bank holiday (Boxing Day (observed))" in answer_due(
        clock("2026-11-28"), ENGLAND
    ).steps[-1]  # fmt: skip


def test_a_reckoning_is_kept_as_it_came_out() -> None:
    """What was frozen into a record is read back whole."""
    found = section_5_notice_by(
        datetime.fromisoformat("2026-12-24T12:00:00Z"), Calendar(frozenset({day("2026-12-29")}))
    )
    assert Reckoning.model_validate_json(found.model_dump_json()) == found
