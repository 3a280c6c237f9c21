"""Submissions that are held: a website, and somebody who looks, perhaps much later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.held_submissions import HeldSubmission, HeldSubmissionState
from models.roles import Role
from tests.exploration import Scenario
from tests.laws import CLOCK, MOMENTS, RIGHTS, World, laws_of, somebody
from tests.said import SAID
from tests.worlds import opened


def one_submission(world: World) -> bool:
    """Worlds in which nothing comes in for ever."""
    return len(world.of(HeldSubmission)) <= 1


SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "held_submission": lambda: Scenario(
        (opened(),), (somebody(Role.PRACTICE_WEBSITE), RIGHTS, CLOCK), laws_of("held_submission"), SAID,
        moments=(MOMENTS[0], MOMENTS[2]), within=one_submission,
    )
}  # fmt: skip
ENDS: dict[str, set[Any]] = {"held_submission": {HeldSubmissionState.RELEASED, HeldSubmissionState.WITHDRAWN}}
RESTS: dict[str, set[Any]] = {
    # What was taken for junk is kept as that.
    "held_submission": {HeldSubmissionState.SET_ASIDE}
}
