"""What becomes of policies and of the practices that work by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.policies import Policy, PolicyState
from models.practices import PracticeState
from tests.exploration import Scenario
from tests.laws import CLOCK, EDITOR, LAWS, MANAGER, MOMENTS, OPERATOR, PARTNER, Request, World, happen, laws_of
from tests.said import SAID
from tests.said.policies import policy_drafts
from tests.worlds import opened


def a_version_and_its_successor(world: World) -> bool:
    """Worlds with one version of a policy, or with one in force or just superseded and the next; drafts come and go."""
    versions: list[Any] = world.of(Policy)
    first, *others = versions or [None]
    started = first is None or first.state in {PolicyState.ACTIVE, PolicyState.SUPERSEDED}
    gone: set[Any] = {PolicyState.DRAFT, PolicyState.DISCARDED}
    return len(others) <= 1 and (started or all(each.state in gone for each in others))


def never_reviewed() -> Scenario:
    """A version in force, whose review falls due and is not seen to."""
    world = happen(opened(), Request(EDITOR, LAWS["policy.create"], policy_drafts()[3]))
    for person, name in ((EDITOR, "submit"), (PARTNER, "approve"), (MANAGER, "publish")):
        world = happen(world, Request(person, LAWS[f"policy.{name}"], world.of(Policy)[0]))
    laws = (LAWS["policy.escalate"], LAWS["policy.withdraw"])
    return Scenario((world,), (MANAGER, CLOCK), laws, SAID, moments=MOMENTS)


SCENARIOS: dict[str, Callable[[], Scenario | tuple[Scenario, ...]]] = {
    "practice": lambda: Scenario((World(),), (OPERATOR, MANAGER), laws_of("practice"), SAID),
    "policy": lambda: (
        Scenario(
            (opened(),), (MANAGER, PARTNER, EDITOR), laws_of("policy"), SAID,
            moments=MOMENTS[:2], within=a_version_and_its_successor,
        ),
        never_reviewed(),
    ),
}  # fmt: skip
ENDS: dict[str, set[Any]] = {
    "practice": set(),
    "policy": {PolicyState.SUPERSEDED, PolicyState.WITHDRAWN, PolicyState.DISCARDED},
}
RESTS: dict[str, set[Any]] = {
    # A practice stays open: it has no end.
    "practice": {PracticeState.OPEN},
    # A version in force stays in force until another takes its place.
    "policy": {PolicyState.ACTIVE},
}
