"""Acknowledgements: everybody on the staff reads the version in force, and says so for themselves."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from models.acknowledgements import Acknowledgement, AcknowledgementDraft, AcknowledgementState
from models.roles import Role
from models.staff import StaffMember
from workflows.engine import Act, Workflow, guard, lookup
from workflows.roles import here

KEEPERS = (Role.PRACTICE_MANAGER, Role.PARTNER, Role.COMMUNICATIONS_MANAGER)
"""Who sees everybody's. Everybody else sees their own."""

acknowledgements = Workflow(
    "acknowledgement", "acknowledgements", Acknowledgement, starts=AcknowledgementState.ACKNOWLEDGED, seen_by=KEEPERS,
    seen_own={Role.STAFF: "acknowledged_by"},
)  # fmt: skip


@lookup(Acknowledgement, binding=False)
def own_word(draft: AcknowledgementDraft, act: Act) -> Mapping[str, Any]:
    """What the same person has acknowledged of this version. Of two at once the table keeps one."""
    return {"policy_id": draft.policy_id, "acknowledged_by": act.actor.id}


@guard("Only the version in force is acknowledged: read that one.")
def version_in_force(draft: AcknowledgementDraft, act: Act) -> bool:
    """ACK-2, P-20: what is acknowledged is what holds."""
    return draft.policy_id == here(act).policy_id


@guard("You have acknowledged this version already.", needs=[own_word])
def not_acknowledged_yet(draft: AcknowledgementDraft, act: Act) -> bool:
    """ACK-3: once for each version is enough."""
    return not act.looked_up(own_word)


@acknowledgements.opens(by=[Role.STAFF], when=[version_in_force, not_acknowledged_yet])
def acknowledge(draft: AcknowledgementDraft, act: Act) -> Acknowledgement:
    """Say that you have read the version in force. Nobody says it for somebody else, and no machine says it (ACK-1)."""
    in_force = here(act).in_force
    return Acknowledgement(
        practice=act.practice.code, created_at=act.at, policy_id=draft.policy_id,
        policy_number=in_force.number if in_force else "", acknowledged_by=act.actor.id,
    )  # fmt: skip


def asked_to_acknowledge(members: Iterable[StaffMember]) -> list[StaffMember]:
    """Of those in post, the people: machines read nothing."""
    return [each for each in members if not each.is_machine]


def outstanding(members: Iterable[StaffMember], given: Iterable[Acknowledgement]) -> list[StaffMember]:
    """Of those in post, the people who have not acknowledged a version."""
    done = {each.acknowledged_by for each in given}
    return [each for each in asked_to_acknowledge(members) if str(each.id) not in done]


def asked_since(member: StaffMember, published_at: datetime) -> datetime:
    """From when somebody is asked to acknowledge a version (UTC): from its publication, or from joining if that was later."""
    return max(published_at, member.rejoined_at or member.created_at)
