"""What the staff say of a policy."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.acknowledgements import AcknowledgementDraft
from models.briefings import SessionHeld
from models.policies import Policy
from models.staff import StaffMember
from tests.laws import DAY, MOMENTS, NOON, World


def readings(world: World) -> list[AcknowledgementDraft]:
    """Versions to acknowledge: the one in force, those that are not, and one that nobody knows."""
    known = [world.practice.policy_id, *(each.id for each in world.of(Policy)), UUID(int=13)]
    return [AcknowledgementDraft(policy_id=each) for each in dict.fromkeys(known) if each]


def sessions(world: World) -> list[SessionHeld]:
    """Training sessions with everybody, with somebody unknown, one to come, and one before there was a version."""
    people = [each.id for each in world.of(StaffMember) if not each.is_machine] or [UUID(int=13)]
    machines = [each.id for each in world.of(StaffMember) if each.is_machine] or [UUID(int=13)]
    return [
        SessionHeld(held_at=NOON, attended=people),
        SessionHeld(held_at=NOON, attended=machines),
        SessionHeld(held_at=NOON, attended=[UUID(int=13)]),
        SessionHeld(held_at=MOMENTS[2] + DAY, attended=people),
        SessionHeld(held_at=NOON - DAY, attended=people),
    ]


SAID: dict[Any, Any] = {AcknowledgementDraft: readings, SessionHeld: sessions}
