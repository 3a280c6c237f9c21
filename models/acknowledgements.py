"""Acknowledgements: somebody on the staff says that they have read a version of a policy and will keep to it."""

from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import Index
from sqlmodel import Field as Column

from models.record import Payload, Record, Row, word_of


class AcknowledgementState(StrEnum):
    """What is said is said."""

    ACKNOWLEDGED = "acknowledged"


class AcknowledgementDraft(Payload):
    """Which version somebody has read: the one in force."""

    policy_id: UUID


class Acknowledgement(Record):
    """One person's word that they have read one version, given for nobody else. `created_at` says when."""

    filters: ClassVar[tuple[str, ...]] = ("policy_id", "acknowledged_by")

    state: AcknowledgementState = Column(
        default=AcknowledgementState.ACKNOWLEDGED, sa_type=word_of(AcknowledgementState)
    )
    policy_id: UUID
    policy_number: str
    acknowledged_by: str


class AcknowledgementRow(Acknowledgement, Row, table=True):
    """Every acknowledgement."""

    __tablename__ = "acknowledgement"
    constraints: ClassVar[tuple[Any, ...]] = (
        Index("one_acknowledgement_per_person", "practice", "policy_id", "acknowledged_by", unique=True),
    )


class StaffAcknowledgement(Payload):
    """Whether one person in post has acknowledged a version, and since when (UTC) they are asked to.

    `outstanding_since` is null once they have, and where the version is not in force.
    """

    staff_id: UUID
    name: str
    acknowledged_at: AwareDatetime | None
    outstanding_since: AwareDatetime | None


class StaffAcknowledgements(Payload):
    """Everybody in post, and whether they have acknowledged a version. Machines read nothing, and are not asked to."""

    policy_id: UUID
    policy_number: str
    acknowledged: int
    outstanding: int
    items: list[StaffAcknowledgement]
