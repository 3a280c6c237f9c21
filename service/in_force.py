"""Practices as judging sees them: one object each for as long as nothing about it changes, so that much is worked out once."""

from typing import Final

from models.practices import Contacts, Practice
from models.regulator import Regulator
from workflows.calendars import ENGLAND, Calendar
from workflows.roles import PracticeInForce

_seen: Final[dict[str, PracticeInForce]] = {}
"""The practice that was last seen under each code: as many as there are practices."""


def in_force(
    code: str, home: Practice | None, calendar: Calendar = ENGLAND, regulators: tuple[Regulator, ...] = ()
) -> PracticeInForce:
    """The practice with this code, with its settings; with the service's own while it is not there.

    `calendar` tells its working days, and `regulators` what the installation knows of the regulator besides.

    Contacts and settings are immutable, and read from the same text as the same objects: other objects may be other settings.
    """
    if home is None:
        return PracticeInForce(code, Contacts(), calendar=calendar, regulators=regulators)
    seen = _seen.get(code)
    if seen is None or not _still(seen, home, calendar, regulators):
        seen = _seen[code] = PracticeInForce(code, home.contacts, home.in_force, calendar, home.name, regulators)
    return seen


def _still(seen: PracticeInForce, home: Practice, calendar: Calendar, regulators: tuple[Regulator, ...]) -> bool:
    same = seen.contacts is home.contacts and seen.in_force is home.in_force and seen.name == home.name
    return same and seen.calendar is calendar and seen.regulators is regulators
