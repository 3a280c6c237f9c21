"""The monitoring log: when somebody looked at a platform, what sort of comments stood there, and what was done about them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from pydantic import Field, model_validator
from sqlalchemy import Index, text
from sqlmodel import Field as Column

from models.moments import Moment
from models.record import Payload, Record, Row, UTCDateTime, json_of, word_of
from models.settings import Platform


class MonitoringState(StrEnum):
    """Whether an entry is the last word on its platform, and whether the next look is late."""

    CURRENT = "current"
    OVERDUE = "overdue"
    FOLLOWED = "followed"
    LAPSED = "lapsed"


WAITING = (MonitoringState.CURRENT, MonitoringState.OVERDUE)
"""States of the last entry on a platform. There is one at a time."""


class Found(StrEnum):
    """What sort of comment stands on a page. Whose it is, and what it says, is kept nowhere here."""

    PRAISE = "praise"
    QUESTION = "question"
    CONCERN = "concern"
    COMPLAINT = "complaint"
    ABUSE = "abuse"
    MEDICAL_INFORMATION = "medical_information"
    IDENTIFIES_SOMEBODY = "identifies_somebody"
    SAFETY = "safety"
    SPAM = "spam"


class FollowUp(StrEnum):
    """What was done about it, at once."""

    COMPLAINTS_LEAD_TOLD = "complaints_lead_told"
    MANAGEMENT_TOLD = "management_told"
    SEEN_BY_CLINICIAN = "seen_by_clinician"
    ANSWERED = "answered"
    HIDDEN_OR_REMOVED = "hidden_or_removed"
    REPORTED_TO_PLATFORM = "reported_to_platform"


class Counted(Payload):
    """How many comments of one sort were found."""

    kind: Found
    count: Annotated[int, Field(ge=1, le=10_000)]


class Look(Payload):
    """Somebody looked at a platform. `corrects` names an earlier entry that was wrong: nothing that was entered changes."""

    platform: Platform
    looked_at: Moment
    found: Annotated[list[Counted], Field(max_length=len(Found))] = []
    follow_up: Annotated[list[FollowUp], Field(max_length=len(FollowUp))] = []
    corrects: UUID | None = None

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({each.kind for each in self.found}) < len(self.found) or len(set(self.follow_up)) < len(self.follow_up):
            raise ValueError("found and follow_up name each sort once")
        return self


class Watch(Payload):
    """A platform of the practice's own that is to be looked at, by which version, and within how many days."""

    platform: Platform
    policy_id: UUID
    days: int


class MonitoringCheck(Record):
    """An entry of the monitoring log. `looked_at` (UTC) is null where a platform is to be looked at for the first time."""

    filters: ClassVar[tuple[str, ...]] = ("platform",)

    state: MonitoringState = Column(default=MonitoringState.CURRENT, sa_type=word_of(MonitoringState))
    platform: Platform = Column(sa_type=word_of(Platform))
    policy_id: UUID | None = None
    looked_at: datetime | None = Column(default=None, sa_type=UTCDateTime)
    looked_by: str | None = None
    found: list[Counted] = Column(default=[], sa_type=json_of(list[Counted]))
    follow_up: list[FollowUp] = Column(default=[], sa_type=json_of(list[FollowUp]))
    corrects: UUID | None = None
    next_look_at: datetime | None = Column(default=None, sa_type=UTCDateTime)
    escalated_at: datetime | None = Column(default=None, sa_type=UTCDateTime)


LAST_WORD = text(f"state IN ({', '.join(repr(each.value) for each in WAITING)})")


class MonitoringCheckRow(MonitoringCheck, Row, table=True):
    """The monitoring log."""

    __tablename__ = "monitoring_check"
    constraints: ClassVar[tuple[Any, ...]] = (
        Index(
            "one_last_look_per_platform", "practice", "platform", unique=True,
            postgresql_where=LAST_WORD, sqlite_where=LAST_WORD,
        ),
    )  # fmt: skip
