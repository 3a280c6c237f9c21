"""Who may read what is no record of its own, such as the audit trail, and who hears of what happens."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from models.roles import Duty, Role
from workflows.engine import Act, Workflow
from workflows.registry import ALL
from workflows.roles import Audience

TRAIL: Final = (Role.PRACTICE_MANAGER, Role.PARTNER, Role.INFORMATION_RIGHTS_LEAD)
"""Who may read the audit trail."""

MANAGEMENT: Final = (Role.PRACTICE_MANAGER, Role.PARTNER)
"""Who hears of everything, whomever it is meant for."""

ADDRESSED: Final[Mapping[Role | Duty, frozenset[Audience]]] = {
    Duty.BE_TOLD: frozenset({Audience.SAFETY, Audience.INCIDENTS}),
    Duty.REMOVE: frozenset({Audience.INCIDENTS}),
    Duty.CONTACT_AUTHOR: frozenset({Audience.INCIDENTS}),
    Duty.DECIDE: frozenset({Audience.DECIDERS}),
    Duty.MONITOR: frozenset({Audience.MONITORING}),
    Duty.HANDLE_COMPLAINTS: frozenset({Audience.COMPLAINTS}),
    Duty.ANSWER_REVIEWS: frozenset({Audience.REVIEWS}),
    Role.INFORMATION_RIGHTS_LEAD: frozenset({Audience.INFORMATION_RIGHTS}),
    Role.COMMUNICATIONS_MANAGER: frozenset({Audience.COMMUNICATIONS}),
    Role.STAFF: frozenset({Audience.STAFF, Audience.AUTHOR}),
    Role.PRACTICE_WEBSITE: frozenset({Audience.PRACTICE_WEBSITE}),
    Role.CLINICAL_SYSTEM: frozenset({Audience.CLINICAL_SYSTEMS}),
}
"""Who hears of what is meant for them, by each role or duty that they hold.

An event names no author: staff hear of what is meant for any author, and see whose record it is when they read it.
"""

HEARERS: Final = (*MANAGEMENT, *ADDRESSED)
"""Everybody who hears of anything."""


def sensitive_kinds() -> frozenset[str]:
    """The kinds of record of which each showing is written down."""
    return frozenset(each.name for each in ALL if each.kind.sensitive)


def seers(workflow: Workflow[Any]) -> tuple[StrEnum, ...]:
    """Whoever sees any record of a kind, in whichever state."""
    return (*workflow.seen_by, *workflow.seen_in, *workflow.seen_own)


def hears_everything(act: Act) -> bool:
    """Whether nothing is kept from this actor."""
    return act.permitted(MANAGEMENT)


def types_heard(act: Act) -> tuple[str, ...]:
    """The types of event that are meant for this actor, in the order of the alphabet."""
    audiences = {each for role, meant in ADDRESSED.items() if act.permitted([role]) for each in meant}
    laws = (law for workflow in ALL for law in workflow.laws if law.tells & audiences)
    return tuple(sorted(f"{law.workflow.name}.{law.name}" for law in laws))
