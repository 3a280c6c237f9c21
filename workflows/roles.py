"""Who is asking and where, as a workflow sees them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, cast
from uuid import UUID

from models.practices import Contacts, InForce
from models.regulator import Regulator
from models.roles import Duty, Role
from models.settings import DEFAULTS, PolicySettings
from workflows.calendars import ENGLAND, Calendar
from workflows.engine import Act


class Audience(StrEnum):
    """Who hears of a transition."""

    AUTHOR = "author"
    COMMUNICATIONS = "communications"
    COMPLAINTS = "complaints"
    DECIDERS = "deciders"
    INCIDENTS = "incidents"
    INFORMATION_RIGHTS = "information_rights"
    MANAGEMENT = "management"
    MONITORING = "monitoring"
    REVIEWS = "reviews"
    SAFETY = "safety"
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


ITSELF: Final[Mapping[StrEnum, frozenset[Role]]] = {role: frozenset({role}) for role in Role}


@dataclass(frozen=True, eq=False)
class PracticeInForce:
    """A practice with the policy that is in force there; without one, the service's defaults hold.

    Equal to itself alone, so that what is worked out from its settings can be remembered by it.
    """

    code: str
    contacts: Contacts
    in_force: InForce | None = None
    calendar: Calendar = ENGLAND
    name: str = ""
    regulators: tuple[Regulator, ...] = ()

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
        return self._duties[role_or_duty] if isinstance(role_or_duty, Duty) else ITSELF[role_or_duty]

    @cached_property
    def _duties(self) -> Mapping[Duty, frozenset[Role]]:
        return {duty: frozenset(getattr(self.settings.duties, duty).value) for duty in Duty}


def here(act: Act) -> PracticeInForce:
    """The practice at which this happens, with its settings: the engine asks less of a practice than a workflow does."""
    return cast(PracticeInForce, act.practice)
