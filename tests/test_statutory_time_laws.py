"""What holds of every date that the law computes, whatever the facts."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.reckonings import ACCESS, Pause, RightsClock
from workflows.calendars import Calendar
from workflows.statutory_time import (
    add_months,
    answer_due,
    complaint_acknowledged_by,
    extension_notice_by,
    internal_target,
    london_day,
    nhs_complaint_acknowledged_by,
    section_5_notice_by,
)

ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
SOON = st.integers(0, 60).map(lambda days: timedelta(days=days))
CALENDARS = st.sets(DAYS, max_size=4).map(lambda days: Calendar(frozenset(days)))
LONGEST_ROLL = timedelta(days=9)
"""A weekend, four bank holidays and the added days, which may stand beside them."""


@st.composite
def pauses_after(draw: st.DrawFn, received: date) -> tuple[Pause, ...]:
    spans = draw(st.lists(st.tuples(SOON, SOON), max_size=4))
    return tuple(Pause(asked=received + after, answered=received + after + lasted) for after, lasted in spans)


@st.composite
def clocks(draw: st.DrawFn) -> RightsClock:
    received = draw(DAYS)
    later = st.none() | SOON.map(lambda days: received + days)
    return RightsClock(
        received=received, article=draw(st.sampled_from([15, 16, 17, 18, 20, 21])), identity_received=draw(later),
        authority_received=draw(later), fee_paid=draw(later), pauses=draw(pauses_after(received)), extended=draw(st.booleans()),
    )  # fmt: skip


def without(clock: RightsClock, **facts: object) -> RightsClock:
    return clock.model_copy(update=facts)


@given(clocks(), CALENDARS)
def test_it_is_a_working_day_and_never_before_the_months_are_over(clock: RightsClock, calendar: Calendar) -> None:
    """CLOCK-1, CLOCK-5."""
    found = answer_due(clock, calendar)
    raw = add_months(clock.relevant, 3 if clock.extended else 1)

    assert calendar.is_working_day(found.day)
    assert raw <= found.unrolled <= found.day <= found.unrolled + LONGEST_ROLL
    assert found.day.weekday() < 5


@given(DAYS, CALENDARS)
def test_moving_twice_is_moving_once(day: date, calendar: Calendar) -> None:
    """CLOCK-5: and every day that was passed over is none on which people work."""
    moved = calendar.rolled(day)
    assert calendar.rolled(moved) == moved
    assert not any(calendar.is_working_day(day + each * ONE_DAY) for each in range((moved - day).days))


@given(DAYS, SOON, st.booleans(), CALENDARS)
def test_what_comes_later_is_due_no_sooner(
    received: date, later: timedelta, extended: bool, calendar: Calendar
) -> None:
    """CLOCK-1: in the receipt date, and in that of a complaint."""
    sooner, then = (RightsClock(received=each, extended=extended) for each in (received, received + later))

    assert answer_due(sooner, calendar).day <= answer_due(then, calendar).day
    for each in (complaint_acknowledged_by, nhs_complaint_acknowledged_by):
        assert each(received, calendar).day <= each(received + later, calendar).day


@given(clocks(), CALENDARS)
def test_a_pause_never_shortens_and_moves_access_alone(clock: RightsClock, calendar: Calendar) -> None:
    """CLOCK-3."""
    paused, bare = answer_due(clock, calendar), answer_due(without(clock, pauses=()), calendar)

    assert paused.day >= bare.day
    assert clock.article == ACCESS or paused.day == bare.day


@given(clocks(), CALENDARS)
def test_an_extension_gives_more_time_and_notice_never_depends_on_it(clock: RightsClock, calendar: Calendar) -> None:
    """CLOCK-4."""
    usual, extended = without(clock, extended=False), without(clock, extended=True)

    assert answer_due(extended, calendar).day > answer_due(usual, calendar).day
    assert extension_notice_by(extended, calendar).day == extension_notice_by(usual, calendar).day
    assert extension_notice_by(usual, calendar).day == answer_due(usual, calendar).day


@given(clocks(), st.sampled_from(["identity_received", "authority_received", "fee_paid"]), SOON, CALENDARS)
def test_what_lets_it_begin_afresh_never_brings_it_forward(
    clock: RightsClock, fact: str, after: timedelta, calendar: Calendar
) -> None:
    """CLOCK-2: where nothing is paused, since days up to the new beginning stop nothing."""
    bare = without(clock, pauses=(), identity_received=None, authority_received=None, fee_paid=None)
    afresh = without(bare, **{fact: bare.received + after})

    assert answer_due(afresh, calendar).day >= answer_due(bare, calendar).day
    assert answer_due(afresh, calendar).day == answer_due(without(bare, received=bare.received + after), calendar).day


@given(clocks(), CALENDARS)
def test_days_that_stand_still_twice_count_once(clock: RightsClock, calendar: Calendar) -> None:
    """CLOCK-3: in whatever order, and however often, the same questions are named."""
    found = answer_due(clock, calendar)

    assert answer_due(without(clock, pauses=clock.pauses * 2), calendar).day == found.day
    assert answer_due(without(clock, pauses=clock.pauses[::-1]), calendar).day == found.day


@given(DAYS, st.data(), CALENDARS)
def test_the_days_added_are_days_that_stood_still(received: date, data: st.DataObject, calendar: Calendar) -> None:
    """CLOCK-3: never more than there are between the first question and the last answer."""
    pauses = data.draw(pauses_after(received))
    found = answer_due(RightsClock(received=received, pauses=pauses), calendar)
    stood = {
        each.asked + n * ONE_DAY for each in pauses if each.answered
        for n in range((each.answered - each.asked).days + 1)
    }  # fmt: skip
    assert (found.unrolled - add_months(received, 1)).days <= len({each for each in stood if each > received})


@given(clocks(), SOON, CALENDARS)
def test_an_open_question_is_due_as_if_it_were_answered_today(
    clock: RightsClock, after: timedelta, calendar: Calendar
) -> None:
    """CLOCK-3."""
    asked, today = clock.received, clock.received + after
    still_open, answered = (without(clock, pauses=(Pause(asked=asked, answered=each),)) for each in (None, today))
    assert answer_due(still_open, calendar, today=today).day == answer_due(answered, calendar).day


@given(clocks(), CALENDARS)
def test_the_target_of_28_days_is_inside_the_month(clock: RightsClock, calendar: Calendar) -> None:
    """CLOCK-13."""
    assert internal_target(clock).day <= answer_due(clock, calendar).unrolled


@given(clocks(), CALENDARS)
def test_it_says_how(clock: RightsClock, calendar: Calendar) -> None:
    """Each step is a sentence, one for each fact; and the last names the day."""
    found = answer_due(clock, calendar)
    facts = [clock.identity_received, clock.authority_received, clock.fee_paid, *clock.pauses]

    assert all(each[0].isupper() or each[0].isdigit() for each in found.steps)
    assert all(each.endswith(".") for each in found.steps)
    assert len(found.steps) >= 3 + sum(each is not None for each in facts)
    assert f"{found.day:%A} {found.day.day} {found.day:%B %Y}" in found.steps[-1]


@given(st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)), CALENDARS)  # noqa: DTZ001 - hypothesis adds the zone
def test_forty_eight_hours_are_hours_of_working_days(received: datetime, calendar: Calendar) -> None:
    """CLOCK-10: hours between receipt and end, without those of days that do not count, are forty-eight."""
    found = section_5_notice_by(received, calendar)
    passed = timedelta()
    moment = received
    while moment < found.at:
        following = min(
            moment + timedelta(minutes=15) - (moment - datetime.min.replace(tzinfo=UTC)) % timedelta(minutes=15),
            found.at,
        )
        if calendar.is_working_day(london_day(moment)):
            passed += following - moment
        moment = following
    assert passed == timedelta(hours=48)
    assert calendar.is_working_day(london_day(found.at - timedelta(microseconds=1)))
