"""Practices as judging sees them: one object each for as long as nothing about it changes, so that much is worked out once."""

from typing import Final

from models.practices import Contacts, Practice
from workflows.calendars import ENGLAND, Calendar
from workflows.roles import PracticeInForce

_seen: Final[dict[str, PracticeInForce]] = {}
"""The practice that was last seen under each code: as many as there are practices."""


def in_force(code: str, home: Practice | None, calendar: Calendar = ENGLAND) -> PracticeInForce:
    """The practice with this code, with its settings; with the service's own while it is not there.

    `calendar` tells its working days.

    Contacts and settings are immutable, and read from the same text as the same objects: other objects may be other settings.
    """
    if home is None:
        return PracticeInForce(code, Contacts(), calendar=calendar)
    seen = _seen.get(code)
    if seen is None or not _still(seen, home, calendar):
        seen = _seen[code] = PracticeInForce(code, home.contacts, home.in_force, calendar, home.name)
    return seen


def _still(seen: PracticeInForce, home: Practice, calendar: Calendar) -> bool:
    same = seen.contacts is home.contacts and seen.in_force is home.in_force
    return same and seen.calendar is calendar and seen.name == home.name
