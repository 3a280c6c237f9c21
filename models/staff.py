"""The staff directory: who holds which role at a practice, from when to when, and for whom."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator
from sqlalchemy import Index
from sqlmodel import Field as Column

from models.moments import Moment
from models.record import Payload, Record, Row, UTCDateTime, json_of, word_of
from models.roles import GRANTED, MACHINES, Role
from models.text import Line, Paragraph

Subject = Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[!-~]+$")]
"""Who a token says that somebody is: the `sub` claim of the practice's identity provider."""


class StaffState(StrEnum):
    """Whether somebody is on the staff."""

    IN_POST = "in_post"
    LEFT = "left"


class RoleHeld(Payload):
    """A role from one moment until another (UTC), its end not included; `deputy_for` names the colleague it is held for."""

    role: Role
    starts: AwareDatetime
    ends: AwareDatetime | None = None
    deputy_for: UUID | None = None

    def at(self, moment: datetime) -> bool:
        """Whether it is held at this moment."""
        return self.starts <= moment and (self.ends is None or moment < self.ends)


class RoleGrant(Payload):
    """A role to be held: from now unless `starts` says otherwise, for good unless `ends` does."""

    role: Role
    starts: Moment | None = None
    ends: Moment | None = None
    deputy_for: UUID | None = None

    @model_validator(mode="after")
    def _can_be_held(self) -> Self:
        if self.role not in GRANTED:
            raise ValueError("this role is not one that can be granted")
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValueError("a role ends after it starts")
        if self.deputy_for and not self.ends:
            raise ValueError("a deputy holds a role for a time: say when it ends")
        return self


class RoleEnd(Payload):
    """A role to be given up, at once or at a moment to come."""

    role: Role
    ends: Moment | None = None


class Departure(Payload):
    """Why somebody leaves, and to whom their open work goes."""

    reason: Paragraph | None = None
    hands_over_to: UUID | None = None


class NewName(Payload):
    """What somebody is called now."""

    name: Line


class StaffDraft(Payload):
    """Somebody who joins the staff, or a machine that is given a credential."""

    subject: Subject
    name: Line
    roles: Annotated[list[RoleGrant], Field(max_length=20)] = []

    @model_validator(mode="after")
    def _person_or_machine(self) -> Self:
        granted = {grant.role for grant in self.roles}
        if granted & MACHINES and granted - MACHINES:
            raise ValueError("a machine holds no role of a person")
        return self


class StaffMember(Record):
    """Somebody on the staff of a practice. Everyone in post is `staff`, unless they are a machine."""

    state: StaffState = Column(default=StaffState.IN_POST, sa_type=word_of(StaffState))
    subject: str
    name: str
    roles: list[RoleHeld] = Column(default=[], sa_type=json_of(list[RoleHeld], immutable=True))
    left_at: datetime | None = Column(default=None, sa_type=UTCDateTime)
    hands_over_to: UUID | None = None
    rejoined_at: datetime | None = Column(default=None, sa_type=UTCDateTime)

    def roles_at(self, moment: datetime) -> frozenset[Role]:
        """What somebody is at this moment (UTC): nothing any more once they have left."""
        if self.state == StaffState.LEFT:
            return frozenset()
        held = frozenset(each.role for each in self.roles if each.at(moment))
        return held if self.is_machine else held | {Role.STAFF}

    @property
    def is_machine(self) -> bool:
        """Whether this is nobody's credential: what ever held a role of a machine stays one."""
        return any(each.role in MACHINES for each in self.roles)


class StaffRow(StaffMember, Row, table=True):
    """The staff directory."""

    __tablename__ = "staff_member"
    constraints: ClassVar[tuple[Any, ...]] = (Index("one_entry_per_subject", "practice", "subject", unique=True),)
