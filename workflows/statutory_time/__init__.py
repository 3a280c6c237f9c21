"""When the law wants something done: pure functions of dated facts, each of which says step by step how its date came out.

Days are calendar days in Europe/London, whatever the hour in UTC. Rules are named as in `docs/rules.md` (CLOCK-1 and on).
"""

from datetime import date

from workflows.calendars import ENGLAND, Calendar
from workflows.engine import Act
from workflows.roles import here
from workflows.statutory_time.complaints import complaint_acknowledged_by, nhs_complaint_acknowledged_by
from workflows.statutory_time.days import LONDON, add_months, end_of, london_day, spoken
from workflows.statutory_time.defamation import section_5_notice_by
from workflows.statutory_time.records_of_the_dead import dead_persons_record_due, further_information_asked_by
from workflows.statutory_time.removals import eighth_day, in_writing_by
from workflows.statutory_time.rights import answer_due, day_before, extension_notice_by, internal_target

MOST_DAYS_LATE = 5
"""As many working days may pass before somebody asks why a receipt was not written down."""


def calendar_of(act: Act) -> Calendar:
    """The working days where this happens, with the days that the installation adds."""
    return here(act).calendar


def today(act: Act) -> date:
    """The calendar day in London at the moment of asking."""
    return london_day(act.at)


def older_than_five_working_days(received: date, today: date, calendar: Calendar) -> bool:
    """Whether more than five working days have passed since a receipt, so that writing it down now takes a reason."""
    return calendar.working_days_between(received, today) > MOST_DAYS_LATE


__all__ = [
    "ENGLAND", "LONDON", "Calendar", "add_months", "answer_due", "calendar_of", "complaint_acknowledged_by", "day_before",
    "dead_persons_record_due", "eighth_day", "end_of", "extension_notice_by", "further_information_asked_by", "in_writing_by",
    "internal_target", "london_day", "nhs_complaint_acknowledged_by", "older_than_five_working_days", "section_5_notice_by",
    "spoken", "today",
]  # fmt: skip
