"""What matters of a policy, of the practice that works by it, and of what the staff know of it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any
from uuid import UUID

from models.acknowledgements import Acknowledgement
from models.briefings import Briefing
from models.policies import Policy
from models.practices import Practice


def of_policy(policy: Policy, _: Mapping[UUID | None, str]) -> Hashable:
    """Number, content, people and approval."""
    return (
        policy.number, policy.content_hash, policy.change_comment is None, policy.effective_from, tuple(policy.edited_by),
        policy.approved_hash, policy.escalated_at is None,
    )  # fmt: skip


def of_practice(practice: Practice, _: Mapping[UUID | None, str]) -> Hashable:
    """The settings in force."""
    return practice.in_force and practice.in_force.settings.model_dump_json()


def of_briefing(briefing: Briefing, _: Mapping[UUID | None, str]) -> Hashable:
    """What was done to make a version known."""
    return briefing.look_again_at, len(briefing.reminders), len(briefing.sessions)


FACTS: dict[type[Any], Any] = {Policy: of_policy, Practice: of_practice, Briefing: of_briefing}
LASTING: dict[type[Any], Any] = {
    Policy: lambda policy, _: policy.number,
    Acknowledgement: lambda given, _: (given.policy_id, given.acknowledged_by),
}
