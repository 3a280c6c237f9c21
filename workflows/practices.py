"""Practices: opened by the installation's operator together with the practice manager, who then appoints everyone else."""

from collections.abc import Mapping
from typing import Any

from models.policies import Policy
from models.practices import InForce, Practice, PracticeDetails, PracticeDraft, PracticeState
from models.roles import MACHINES, Role
from models.staff import RoleGrant, StaffDraft
from workflows.engine import Act, Consequence, Workflow, guard, lookup
from workflows.roles import Audience
from workflows.staff import appoint

practices = Workflow(
    "practice", "practices", Practice, starts=PracticeState.OPEN, seen_by=(Role.STAFF, Role.OPERATOR, *sorted(MACHINES))
)


@lookup(Practice)
def own_practice(about: Any, act: Act) -> Mapping[str, Any]:
    """The practice at which this happens."""
    return {}


@guard("A practice with this code is open already.", needs=[own_practice])
def not_open_already(draft: PracticeDraft, act: Act) -> bool:
    """PRACTICE-1: one tenant for each ODS code."""
    return not act.looked_up(own_practice)


@guard("A practice is opened under its own code.")
def under_its_own_code(draft: PracticeDraft, act: Act) -> bool:
    """PRACTICE-1: one tenant for each ODS code, and nothing of it in another."""
    return draft.code == act.practice.code


@practices.opens(by=[Role.OPERATOR], when=[under_its_own_code, not_open_already], entails=[appoint])
def open_practice(draft: PracticeDraft, act: Act) -> tuple[Practice, list[Consequence]]:
    """Open a practice, with its first practice manager."""
    practice = Practice(practice=draft.code, created_at=act.at, name=draft.name, contacts=draft.contacts)
    manager = StaffDraft(
        subject=draft.manager.subject, name=draft.manager.name, roles=[RoleGrant(role=Role.PRACTICE_MANAGER)]
    )
    return practice, [appoint.on(manager)]


@practices.transition(PracticeState.OPEN, to=None, by=[Role.PRACTICE_MANAGER, Role.PARTNER])
def correct_details(practice: Practice, act: Act, details: PracticeDetails) -> None:
    """Say what the practice is called and how it is reached."""
    practice.name, practice.contacts = details.name, details.contacts


@practices.transition(PracticeState.OPEN, to=None, tells=[Audience.STAFF, Audience.PRACTICE_WEBSITE])
def adopt(practice: Practice, act: Act, policy: Policy) -> None:
    """Let a policy version rule from now on: who holds which duty, and all that it settles."""
    practice.in_force = InForce(
        policy_id=policy.id, number=policy.number, title=policy.title, settings=policy.content.settings
    )


@practices.transition(PracticeState.OPEN, to=None, tells=[Audience.STAFF, Audience.PRACTICE_WEBSITE])
def abandon(practice: Practice, act: Act) -> None:
    """Let no policy rule any more: the service's defaults hold until one is published again."""
    practice.in_force = None
