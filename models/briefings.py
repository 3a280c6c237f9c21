"""Briefings: how the staff were told of a version of a policy, and how often they were reminded to acknowledge it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator
from sqlalchemy import Index
from sqlmodel import Field as Column

from models.moments import Moment
from models.record import Payload, Record, Row, UTCDateTime, json_of, word_of

MOST_ATTENDED = 200


class BriefingState(StrEnum):
    """Whether somebody in post has yet to acknowledge the version."""

    OPEN = "open"
    COMPLETE = "complete"
    CLOSED = "closed"


class BriefingDraft(Payload):
    """A version that has just been published, and after how many days the staff are reminded of it."""

    policy_id: UUID
    policy_number: str
    reminder_days: int


class SessionHeld(Payload):
    """When a training session on the version was held, and who of the staff attended."""

    held_at: Moment
    attended: Annotated[list[UUID], Field(min_length=1, max_length=MOST_ATTENDED)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.attended)) < len(self.attended):
            raise ValueError("attended names each person once")
        return self


class Session(Payload):
    """A training session as it was recorded: when it was held (UTC), who attended, who recorded it, and when."""

    held_at: AwareDatetime
    attended: list[UUID]
    recorded_by: str
    recorded_at: AwareDatetime


class Reminder(Payload):
    """When the staff were reminded (UTC), and how many had not acknowledged the version by then."""

    at: AwareDatetime
    outstanding: int


class Briefing(Record):
    """All that is done so that everybody in post knows a published version. Reading it is acknowledged by each for themselves."""

    filters: ClassVar[tuple[str, ...]] = ("policy_id",)

    state: BriefingState = Column(default=BriefingState.OPEN, sa_type=word_of(BriefingState))
    policy_id: UUID
    policy_number: str
    look_again_at: datetime = Column(sa_type=UTCDateTime)
    reminders: list[Reminder] = Column(default=[], sa_type=json_of(list[Reminder]))
    sessions: list[Session] = Column(default=[], sa_type=json_of(list[Session]))


class BriefingRow(Briefing, Row, table=True):
    """Every briefing."""

    __tablename__ = "briefing"
    constraints: ClassVar[tuple[Any, ...]] = (Index("one_briefing_per_version", "practice", "policy_id", unique=True),)
