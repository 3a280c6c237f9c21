"""Restrictions: information that is kept but not used, as a flag with a life of its own beside the request that asked for it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field
from sqlmodel import Field as Column

from models.moments import Day
from models.record import Draft, Payload, Record, Row, UTCDateTime, json_of, word_of
from models.rights import Scope
from models.rights_steps import Done
from models.sealing import sealed_of
from models.text import Line, Paragraph


class RestrictionState(StrEnum):
    """Whether the information is restricted: until it is lifted, it is."""

    ACTIVE = "active"
    LIFT_NOTIFIED = "lift_notified"
    LIFTED = "lifted"


class RestrictionGround(StrEnum):
    """The four grounds of Article 18(1) of the UK GDPR."""

    ACCURACY_CONTESTED = "art_18_1_a_accuracy_contested"
    UNLAWFUL = "art_18_1_b_unlawful"
    NEEDED_FOR_A_CLAIM = "art_18_1_c_needed_for_a_claim"
    OBJECTION_PENDING = "art_18_1_d_objection_pending"


Systems = Annotated[list[Line], Field(min_length=1, max_length=20)]


class RestrictionDraft(Draft):
    """A restriction to be set: of what, on which ground, and in which systems it is flagged; when to look at it again.

    It is of somebody whom the practice knows, and may follow from a rights request.
    """

    person_id: UUID
    rights_request_id: UUID | None = None
    ground: RestrictionGround = Column(sa_type=word_of(RestrictionGround))
    scope: Scope = Column(sa_type=word_of(Scope))
    what: Paragraph = Column(sa_type=sealed_of(str))
    systems: Systems = Column(sa_type=json_of(list[str]))
    review_on: Day | None = None


class LiftNotice(Payload):
    """That the person is told that it will be lifted, why, and from which day (London)."""

    reasons: Paragraph
    lifted_from: Day


class LiftNotified(Done, LiftNotice):
    """The same, as it is kept."""


class StayReason(Payload):
    """Why it is not lifted after all."""

    reason: Paragraph


class NewReview(Payload):
    """When to look at it again, and why not before."""

    review_on: Day
    reason: Paragraph


class Restriction(Record, RestrictionDraft):
    """A restriction, as the house keeps and shows it. Whoever works with the information sees that it is restricted."""

    filters: ClassVar[tuple[str, ...]] = ("scope", "ground", "rights_request_id")
    looked_up_by: ClassVar[tuple[str, ...]] = ("person_id",)
    left_out_of_lists: ClassVar[frozenset[str]] = frozenset({"what", "notified"})
    sensitive: ClassVar[bool] = True

    state: RestrictionState = Column(default=RestrictionState.ACTIVE, sa_type=word_of(RestrictionState))
    review_on: date | None = None
    started_on: date
    set_by: str
    notified: LiftNotified | None = Column(default=None, sa_type=sealed_of(LiftNotified))
    lifted_on: date | None = None
    escalated_at: datetime | None = Column(default=None, sa_type=UTCDateTime)


class RestrictionRow(Restriction, Row, table=True):
    """Every restriction."""

    __tablename__ = "restriction"
