"""The time for answering a rights request: UK GDPR, Articles 4A, 12 and 12A."""

from datetime import date, timedelta
from typing import Final

from models.reckonings import ACCESS, Pause, Reckoning, RightsClock
from workflows.calendars import Calendar
from workflows.statutory_time.days import add_months, counted, days_later, rolled, spoken, unmoved

USUAL_MONTHS: Final = 1
EXTENDED_MONTHS: Final = 3
TARGET_DAYS: Final = 28
MONTHS_IN_WORDS: Final = {USUAL_MONTHS: "One month", EXTENDED_MONTHS: "Three months"}


def answer_due(clock: RightsClock, calendar: Calendar, *, today: date | None = None) -> Reckoning:
    """By when the request is answered (CLOCK-1 to CLOCK-5): months from the relevant day, paused days added, moved on once.

    A question that is still open counts up to and including `today`; without it, not at all.
    """
    months, law = (EXTENDED_MONTHS, "CLOCK-4") if clock.extended else (USUAL_MONTHS, "CLOCK-1")
    steps = _extension(clock) if clock.extended else []
    return _ends(law, clock, months, calendar, today, steps)


def extension_notice_by(clock: RightsClock, calendar: Calendar, *, today: date | None = None) -> Reckoning:
    """By when a person must be told that the answer takes longer (CLOCK-4): the end of the first month, paused days added."""
    return _ends(
        "CLOCK-4", clock, USUAL_MONTHS, calendar, today, ["Notice of an extension is given within the first month."]
    )


def internal_target(clock: RightsClock) -> Reckoning:
    """Twenty-eight days, which every month has (CLOCK-13): for a practice's own planning, and never the date that the law sets."""
    day = days_later(clock.relevant, TARGET_DAYS)
    steps = [
        *_beginning(clock),
        f"The practice's own target is {TARGET_DAYS} days later, {spoken(day)}. The law allows longer.",
    ]
    return unmoved("CLOCK-13", day, steps)


def day_before(reckoning: Reckoning) -> date:
    """The day to aim at, which holds whichever way the days of a pause are counted (CLOCK-13)."""
    return reckoning.day - timedelta(days=1)


def _ends(
    law: str, clock: RightsClock, months: int, calendar: Calendar, today: date | None, steps: list[str]
) -> Reckoning:
    raw = add_months(clock.relevant, months)
    steps = [*_beginning(clock), *steps, _months_later(clock.relevant, months, raw)]
    paused, said = _paused(clock, raw, calendar, today)
    end = days_later(raw, len(paused))
    if paused:
        said.append(f"{counted(len(paused)).capitalize()} in all added to {spoken(raw)}: {spoken(end)}.")
    return rolled(law, end, calendar, [*steps, *said])


def _beginning(clock: RightsClock) -> list[str]:
    """Where the counting begins, and what else happened that let it begin (CLOCK-2)."""
    steps = [f"The request was received on {spoken(clock.received)}, a day in London. That day is not counted."]
    for what, day in list(clock.starts.items())[1:]:
        if day is not None:
            afresh = day == clock.relevant and day > clock.received
            effect = "the time begins afresh that day" if afresh else "something later, or as late, decides"
            steps.append(f"{what.capitalize()} on {spoken(day)}: {effect}.")
    return steps


def _extension(clock: RightsClock) -> list[str]:
    return [f"The time was extended by two months, which makes three from the day it began, {spoken(clock.relevant)}."]


def _months_later(begins: date, months: int, raw: date) -> str:
    later = f"{MONTHS_IN_WORDS[months]} from {spoken(begins)}"
    if raw.day == begins.day:
        return f"{later} is the same date, {spoken(raw)}."
    return f"{later}: there is no {begins.day} {raw:%B %Y}, so it is the last day of that month, {spoken(raw)}."


def _paused(clock: RightsClock, raw: date, calendar: Calendar, today: date | None) -> tuple[set[date], list[str]]:
    """The days that do not count, each once, and what is to be said of each question (CLOCK-3)."""
    days: set[date] = set()
    steps: list[str] = []
    for pause in sorted(clock.pauses, key=lambda each: each.asked):
        ends = calendar.rolled(days_later(raw, len(days)))
        found, why = _stopped(clock, pause, ends, today)
        steps.append(_said(pause, found, found - days, why))
        days |= found
    return days, steps


def _stopped(clock: RightsClock, pause: Pause, ends: date, today: date | None) -> tuple[set[date], str]:
    """The days on which the clock stood still for one question; if there are none, why."""
    last = pause.answered or today or pause.asked
    if clock.article != ACCESS:
        return set(), "only a request for access can be paused"
    if pause.asked > ends:
        return set(), f"the time had ended on {spoken(ends)}"
    if last <= pause.asked:
        return set(), "no day lies between"
    if last <= clock.relevant:
        return set(), "the time began afresh afterwards"
    first = max(pause.asked, days_later(clock.relevant, 1))
    return {days_later(first, each) for each in range((last - first).days + 1)}, ""


def _said(pause: Pause, found: set[date], new: set[date], why: str) -> str:
    answer = f"answered on {spoken(pause.answered)}" if pause.answered else "not answered so far"
    question = f"Clarification was asked for on {spoken(pause.asked)} and {answer}"
    if not found:
        return f"{question}: no day is added, because {why}."
    both = f"from {spoken(min(found))} to {spoken(max(found))}, both included"
    overlap = "" if new == found else f", of which {counted(len(new))} had not stopped already"
    return f"{question}: the clock stood still for {counted(len(found))}, {both}{overlap}."
