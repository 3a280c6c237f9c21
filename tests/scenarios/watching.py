"""What becomes of the monitoring log and of reviews."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.monitoring_checks import MonitoringCheck, MonitoringState
from models.reviews import Review, ReviewState
from models.roles import Role
from tests.exploration import Scenario
from tests.laws import CLOCK, LAWS, MANAGER, MOMENTS, Request, World, happen, laws_of, somebody
from tests.said import SAID
from tests.said.settings import LENIENT, USUAL
from tests.said.watching import REVIEWS_SEEN
from tests.worlds import at_work, opened, working_by


def three_looks(world: World) -> bool:
    """Worlds in which what can be repeated is not repeated for ever."""
    return len([each for each in world.of(MonitoringCheck) if each.looked_at]) <= 3


def one_review(world: World) -> bool:
    """Worlds in which there is one review, or another has just been seen."""
    return len(world.of(Review)) <= 1


SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "monitoring_check": lambda: Scenario(
        (at_work(),), (MANAGER, CLOCK), (*laws_of("monitoring_check"), LAWS["policy.withdraw"]), SAID, within=three_looks,
    ),
    "review": lambda: Scenario(
        tuple(happen(working_by(opened(), USUAL), Request(MANAGER, LAWS["review.notice"], each)) for each in REVIEWS_SEEN),
        (MANAGER, somebody(Role.COMPLAINTS_LEAD)), laws_of("review"), SAID, settings=(USUAL, LENIENT), moments=MOMENTS[:1],
        within=one_review,
    ),
}  # fmt: skip
ENDS: dict[str, set[Any]] = {
    "monitoring_check": {MonitoringState.FOLLOWED, MonitoringState.LAPSED},
    "review": {ReviewState.GONE},
}
RESTS: dict[str, set[Any]] = {
    # The last look at a page waits for the next.
    "monitoring_check": {MonitoringState.CURRENT},
    "review": {ReviewState.ANSWERED, ReviewState.LEFT},
}
