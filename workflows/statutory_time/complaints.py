"""When a complaint is acknowledged: about data protection (DPA 2018, section 164A), and as an NHS complaint (SI 2009/309)."""

from datetime import date
from typing import Final

from models.reckonings import Reckoning
from workflows.calendars import Calendar
from workflows.statutory_time.days import days_later, rolled, spoken

DAYS_TO_ACKNOWLEDGE: Final = 30
WORKING_DAYS_TO_ACKNOWLEDGE: Final = 3


def complaint_acknowledged_by(received: date, calendar: Calendar) -> Reckoning:
    """Thirty days after a data protection complaint came, moved on once to a working day (CLOCK-7)."""
    day = days_later(received, DAYS_TO_ACKNOWLEDGE)
    steps = [
        f"The complaint was received on {spoken(received)}, a day in London. The day after is the first.",
        f"The {DAYS_TO_ACKNOWLEDGE}th day is {spoken(day)}.",
    ]
    return rolled("CLOCK-7", day, calendar, steps)


def nhs_complaint_acknowledged_by(received: date, calendar: Calendar) -> Reckoning:
    """Three working days after an NHS complaint came (CLOCK-8)."""
    day = calendar.working_days_after(received, WORKING_DAYS_TO_ACKNOWLEDGE)
    steps = [
        f"The complaint was received on {spoken(received)}, a day in London. The first working day after it is the first.",
        f"The third working day is {spoken(day)}.",
    ]
    return rolled("CLOCK-8", day, calendar, steps)
