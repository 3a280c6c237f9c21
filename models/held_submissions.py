"""Submissions that look like junk: held until somebody at the practice has looked, and counted from the day on which they came."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Self, cast
from uuid import UUID

from pydantic import Field, model_validator
from sqlmodel import Field as Column

from models.data_protection_complaints import DataProtectionComplaintDraft
from models.reckonings import Reckoning
from models.record import Payload, Record, Row, UTCDateTime, json_of, word_of
from models.rights_requests import RightsRequestDraft
from models.sealing import sealed_of
from models.text import Paragraph


class HeldSubmissionState(StrEnum):
    """Whether somebody has looked at it, and what they found; or that whoever sent it took it back."""

    HELD = "held"
    SET_ASIDE = "set_aside"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Suspicion(StrEnum):
    """What made it look like junk. None of them is a proof."""

    TRAP_FILLED = "trap_filled"
    TOO_FAST = "too_fast"
    TOO_MANY = "too_many"
    SAID_BY_WEBSITE = "said_by_website"


Suspicions = Annotated[list[Suspicion], Field(min_length=1, max_length=len(Suspicion))]


SentIn = RightsRequestDraft | DataProtectionComplaintDraft
"""What strangers send in: a request about their information, or a complaint about how it is used."""


class WhatWasSent(Payload):
    """What a stranger sent in: either a request or a complaint."""

    request: RightsRequestDraft | None = None
    complaint: DataProtectionComplaintDraft | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.request is None) == (self.complaint is None):
            raise ValueError("send either a request or a complaint")
        return self

    @property
    def sent(self) -> SentIn:
        """Whichever it is."""
        return cast(SentIn, self.request or self.complaint)


class HeldSubmissionDraft(WhatWasSent):
    """What was sent in, and what made it look like junk."""

    suspicions: Suspicions


class SettingAside(Payload):
    """Why somebody who looked takes it for junk."""

    reason: Paragraph


class HeldSubmission(Record):
    """A submission that is held. `due` is when an answer, or a first word about a complaint, is due; `look_by` comes before.

    `reference` is what the person was told. Once it is released, what became of it has `correspondence_id`.
    """

    filters: ClassVar[tuple[str, ...]] = ("reference", "website")
    left_out_of_lists: ClassVar[frozenset[str]] = frozenset({"request", "set_aside_because"})
    sensitive: ClassVar[bool] = True

    state: HeldSubmissionState = Column(default=HeldSubmissionState.HELD, sa_type=word_of(HeldSubmissionState))
    reference: str
    received_on: date
    suspicions: Suspicions = Column(sa_type=json_of(list[Suspicion]))
    request: SentIn = Column(sa_type=sealed_of(SentIn))
    correspondence_id: UUID
    due: Reckoning = Column(sa_type=json_of(Reckoning))
    look_by: date
    website: str
    contact_proved_at: datetime | None = Column(default=None, sa_type=UTCDateTime)
    set_aside_because: str | None = Column(default=None, sa_type=sealed_of(str))
    escalated_at: datetime | None = Column(default=None, sa_type=UTCDateTime)


class HeldSubmissionRow(HeldSubmission, Row, table=True):
    """Every submission that was ever held: none is thrown away."""

    __tablename__ = "held_submission"
