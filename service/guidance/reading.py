"""The one thing that is read here for the public, without a token: a practice's name, its contacts, and its policy in force."""

from dataclasses import dataclass
from uuid import UUID

from models.policies import Policy
from models.practices import Contacts, Practice
from service.store import Store
from service.unit_of_work import NotFound
from workflows.guidance import former


@dataclass(frozen=True, slots=True)
class Edition:
    """Which guidance the public is shown: it stays the same as long as this does."""

    code: str
    practice_version: int
    policy_id: UUID


@dataclass(frozen=True, slots=True)
class PublicPolicy:
    """What the public may know: nothing about anybody, and no version that was never in force."""

    name: str
    contacts: Contacts
    policy: Policy
    before: Policy | None


async def edition(store: Store, code: str) -> tuple[Edition, Practice]:
    """The edition that is in force at a practice now. Raises NotFound where no practice has this code, or none is in force."""
    for kept in await store.find(Practice, code, {}):
        practice: Practice = kept.record
        if practice.in_force:
            return Edition(code, practice.version, practice.in_force.policy_id), practice
    raise NotFound


async def public_policy(store: Store, practice: Practice, policy_id: UUID) -> PublicPolicy:
    """The policy in force at a practice, and the version that was in force before it. Raises NotFound."""
    for kept in await store.find(Policy, practice.practice, {"id": policy_id}):
        policy: Policy = kept.record
        among = await store.find(Policy, practice.practice, {"kind": policy.kind})
        return PublicPolicy(practice.name, practice.contacts, policy, former((each.record for each in among), policy))
    raise NotFound
