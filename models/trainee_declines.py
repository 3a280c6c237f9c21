"""Patients who want no trainee present: nothing but whom they decline, so that whoever prepares a clinic knows."""

from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field
from sqlalchemy import Index, text
from sqlmodel import Field as Column

from models.people import PersonSearch
from models.record import Draft, Payload, Record, Row, json_of, word_of


class TraineeDeclineState(StrEnum):
    """Whether a patient still wants it so."""

    STANDING = "standing"
    LIFTED = "lifted"


class Trainee(StrEnum):
    """Who learns at a practice."""

    DOCTOR_IN_TRAINING = "doctor_in_training"
    MEDICAL_STUDENT = "medical_student"
    NURSING_STUDENT = "nursing_student"
    ANY_OTHER = "any_other"


Trainees = Annotated[list[Trainee], Field(min_length=1, max_length=4)]


class TraineeDeclineDraft(Draft):
    """A patient, and whom of those who learn at the practice they do not want present. Nobody has to say why."""

    person_id: UUID
    declines: Trainees = Column(sa_type=json_of(list[Trainee]))


class ChangedDecline(Payload):
    """Whom the patient does not want present from now on."""

    declines: Trainees


class TraineeDecline(Record, TraineeDeclineDraft):
    """Whom of those who learn at the practice a patient does not want present. It bears on nothing else."""

    looked_up_by: ClassVar[tuple[str, ...]] = ("person_id",)
    sensitive: ClassVar[bool] = True

    state: TraineeDeclineState = Column(default=TraineeDeclineState.STANDING, sa_type=word_of(TraineeDeclineState))
    recorded_by: str


class TraineeDeclineRow(TraineeDecline, Row, table=True):
    """Every such wish."""

    __tablename__ = "trainee_decline"
    constraints: ClassVar[tuple[Any, ...]] = (
        Index(
            "one_standing_decline_per_person", "practice", "person_id", unique=True,
            postgresql_where=text("state = 'standing'"), sqlite_where=text("state = 'standing'"),
        ),
    )  # fmt: skip


class DeclineSearch(Payload):
    """The patients of a clinic, each by NHS number, or by name and date of birth together."""

    patients: Annotated[list[PersonSearch], Field(min_length=1, max_length=100)]
