"""Who is asking and where, as a workflow sees them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import cast
from uuid import UUID

from models.practices import Contacts, InForce
from models.roles import Duty, Role
from models.settings import DEFAULTS, PolicySettings
from workflows.engine import Act


class Audience(StrEnum):
    """Who hears of a transition."""

    AUTHOR = "author"
    COMMUNICATIONS = "communications"
    MANAGEMENT = "management"
    STAFF = "staff"
    PRACTICE_WEBSITE = "practice_website"
    CLINICAL_SYSTEMS = "clinical_systems"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone, with the roles that the staff directory gives them here and now."""

    id: str
    roles: frozenset[Role]


CLOCK = Person("clock", frozenset({Role.CLOCK}))
"""Whatever happens because time has passed."""


@dataclass(frozen=True, slots=True)
class PracticeInForce:
    """A practice with the policy that is in force there; without one, the service's defaults hold."""

    code: str
    contacts: Contacts
    in_force: InForce | None = None

    @property
    def settings(self) -> PolicySettings:
        """What the policy in force settles."""
        return self.in_force.settings if self.in_force else DEFAULTS

    @property
    def policy_id(self) -> UUID | None:
        """The version in force, which records pin."""
        return self.in_force.policy_id if self.in_force else None

    def holders(self, role_or_duty: StrEnum) -> frozenset[Role]:
        """A role means itself, and no policy can change that; a duty means the roles that the policy gives it to."""
        if isinstance(role_or_duty, Duty):
            return frozenset(getattr(self.settings.duties, role_or_duty).value)
        return frozenset({Role(role_or_duty)})


def here(act: Act) -> PracticeInForce:
    """The practice at which this happens, with its settings: the engine asks less of a practice than a workflow does."""
    return cast(PracticeInForce, act.practice)
