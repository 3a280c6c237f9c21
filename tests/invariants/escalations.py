"""What must be so of what is overdue, on every kind that has no escalation of its own."""

from __future__ import annotations

from models.roles import Role
from tests.invariants.rule import invariant
from tests.laws import Happened, World

TOLD = tuple(f"{kind}.escalate" for kind in ("policy", "post", "restriction", "held_submission"))


@invariant("DUE-4")
def the_management_is_told_once_of_what_is_overdue_and_by_time_alone(world: World) -> bool:
    return all(
        Role.CLOCK in each.actor.roles and was_late(each) and each.record.escalated_at == each.at
        for each in world.done(*TOLD)
    )


def was_late(told: Happened) -> bool:
    """Whether something had fallen due of which the management had not been told."""
    due, before = told.was.due_at, told.was.escalated_at
    return due is not None and due <= told.at and (before is None or before < due)
