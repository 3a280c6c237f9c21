"""Where the tries begin: a practice that was just opened, one at work, and one that works by given settings."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from models.policies import Policy
from models.practices import InForce, Practice
from models.settings import PolicySettings
from tests.laws import (
    EDITOR,
    LAWS,
    MANAGER,
    OPERATOR,
    Request,
    World,
    happen,
)
from tests.said.policies import policy_drafts
from tests.said.practices import practice_drafts
from tests.said.settings import LENIENT


def opened() -> World:
    """A practice that an operator has just opened, with its first manager."""
    return happen(World(), Request(OPERATOR, LAWS["practice.open_practice"], practice_drafts()[0]))


def at_work() -> World:
    """A practice whose own policy is in force."""
    world = happen(opened(), Request(EDITOR, LAWS["policy.create"], policy_drafts()[0]))
    for person, name in ((EDITOR, "submit"), (MANAGER, "approve"), (MANAGER, "publish")):
        world = happen(world, Request(person, LAWS[f"policy.{name}"], world.of(Policy)[0]))
    return world


def working_by(world: World, settings: PolicySettings) -> World:
    """The same practice with these settings in force, as if it had published them."""
    in_force = InForce(policy_id=UUID(int=1 + (settings is LENIENT)), number="1.0", title="Conduct", settings=settings)
    moved = [
        each.model_copy(update={"in_force": in_force}) if isinstance(each, Practice) else each for each in world.records
    ]
    return replace(world, records=tuple(moved))
