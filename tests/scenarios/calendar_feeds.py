"""Calendars of what is due: two people and a machine, each with at most one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.calendar_feeds import CalendarFeed, CalendarFeedState
from models.roles import Role
from tests.exploration import Scenario
from tests.laws import MANAGER, MOMENTS, World, laws_of, somebody
from tests.said import SAID
from tests.worlds import opened


def two_links(world: World) -> bool:
    """Worlds in which nobody opens calendars for ever."""
    return len(world.of(CalendarFeed)) <= 2


SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "calendar_feed": lambda: Scenario(
        (opened(),), (MANAGER, somebody(Role.STAFF), somebody(Role.PRACTICE_WEBSITE)), laws_of("calendar_feed"), SAID,
        moments=MOMENTS[:1], within=two_links,
    )
}  # fmt: skip
ENDS: dict[str, set[Any]] = {"calendar_feed": {CalendarFeedState.REVOKED}}
