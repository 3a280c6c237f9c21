"""How long whoever runs a website has after a notice of complaint: SI 2013/3028, under section 5 of the Defamation Act 2013."""

from datetime import UTC, datetime, timedelta
from typing import Final

from models.reckonings import Reckoning
from workflows.calendars import ONE_DAY, Calendar
from workflows.statutory_time.days import LONDON, beginning_of, london_day, spoken

TIME_TO_ACT: Final = timedelta(hours=48)


def section_5_notice_by(received_at: datetime, calendar: Calendar) -> Reckoning:
    """Forty-eight hours after a notice came, of which those on weekends and bank holidays do not count (CLOCK-10)."""
    steps = [
        f"The notice was received on {_spoken(received_at)}. It leaves {int(TIME_TO_ACT.total_seconds() // 3600)} hours."
    ]
    moment, left = received_at.astimezone(UTC), TIME_TO_ACT
    while True:
        day = london_day(moment)
        midnight = beginning_of(day + ONE_DAY)
        if why_not := calendar.why_not(day):
            steps.append(f"{spoken(day)} does not count: it is {why_not}.")
        elif midnight - moment >= left:
            break
        else:
            left -= midnight - moment
        moment = midnight
    ends = moment + left
    day = london_day(ends)
    steps.append(f"The time ends on {_spoken(ends)}.")
    return Reckoning(day=day, at=ends, unrolled=day, law="CLOCK-10", steps=tuple(steps), calendar=calendar.version)


def _spoken(moment: datetime) -> str:
    there = moment.astimezone(LONDON)
    return f"{spoken(there.date())} at {there:%H:%M} in London"
