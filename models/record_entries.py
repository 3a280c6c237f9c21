"""Entries owed to the clinical record: what a note says, and who confirmed that it stands there."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field, StrictBool
from sqlalchemy import Index
from sqlmodel import Field as Column

from models.cases import CaseKind
from models.moments import Moment
from models.record import Payload, Record, Row, UTCDateTime, json_of, word_of
from models.sealing import sealed_of
from models.settings import Firmness
from models.text import Line, Paragraph

LONGEST_NOTE = 12000


class RecordEntryState(StrEnum):
    """Whether a note stands in the clinical record, as far as a person has said so."""

    PENDING = "pending"
    FILED = "filed"
    NOT_FILED = "not_filed"
    SUPERSEDED = "superseded"
    ENTERED_IN_ERROR = "entered_in_error"


class EntryEvent(StrEnum):
    """What the clinical record has to tell of."""

    AUDIO_RECORDING = "audio_recording"
    VIDEO_RECORDING = "video_recording"
    LIST_REMOVAL = "list_removal"
    IMMEDIATE_REMOVAL = "immediate_removal"


class Coding(Payload):
    """A code that says what happened, and whether it was looked up in the edition that is in use now."""

    system: str
    code: str
    display: str
    verified: bool


class EntryOwed(Payload):
    """A note that a case owes to the clinical record. `replaces` is the entry that it is made instead of."""

    case_kind: CaseKind
    case_id: UUID
    person_id: UUID | None
    event: EntryEvent
    happened_on: date
    text: Annotated[str, Field(max_length=LONGEST_NOTE)]
    replaces: UUID | None = None


class Visibility(Payload):
    """Whether the patient is to see the note online. A clinician decides, and there is no default."""

    patient_visible: StrictBool
    reason: Paragraph | None = None


class Filing(Payload):
    """When the note was filed in the clinical system, where it is found there, and whether the code went with it."""

    filed_at: Moment
    reference: Line
    coded: StrictBool


class NotFiled(Payload):
    """Why the note could not be filed."""

    reason: Paragraph


class EntryCorrection(Payload):
    """Why the note is made anew, and what is added to it."""

    reason: Paragraph
    addition: Paragraph | None = None


class Filed(Payload):
    """Who confirmed that the note stands in the clinical system, since when (UTC), and where it is found there."""

    by: str
    confirmed_at: AwareDatetime
    filed_at: AwareDatetime
    reference: str
    coded: bool


class RecordEntry(Record):
    """A note owed to the clinical record, of whatever a case brought about.

    The service files nothing itself: a person does, in the clinical system, and says so here. `code` goes with the note where
    it has one, and `code_wanted` says whether the practice's policy insists on it. `happened_on` is a day in London.
    `replaces` is the entry that it was made instead of.
    """

    filters: ClassVar[tuple[str, ...]] = ("case_id", "event")
    looked_up_by: ClassVar[tuple[str, ...]] = ("person_id",)
    left_out_of_lists: ClassVar[frozenset[str]] = frozenset({"text"})
    sensitive: ClassVar[bool] = True

    state: RecordEntryState = Column(default=RecordEntryState.PENDING, sa_type=word_of(RecordEntryState))
    case_kind: CaseKind = Column(sa_type=word_of(CaseKind))
    case_id: UUID
    person_id: UUID | None = None
    event: EntryEvent = Column(sa_type=word_of(EntryEvent))
    happened_on: date
    text: str | None = Column(default=None, sa_type=sealed_of(str))
    code: Coding | None = Column(default=None, sa_type=json_of(Coding))
    code_wanted: Firmness = Column(sa_type=word_of(Firmness))
    patient_visible: bool | None = None
    visibility_decided_by: str | None = None
    filed: Filed | None = Column(default=None, sa_type=sealed_of(Filed))
    not_filed_because: str | None = Column(default=None, sa_type=sealed_of(str))
    put_right_because: str | None = Column(default=None, sa_type=sealed_of(str))
    replaces: UUID | None = None
    policy_id: UUID | None = None
    escalated_at: datetime | None = Column(default=None, sa_type=UTCDateTime)


class RecordEntryRow(RecordEntry, Row, table=True):
    """Every note that was ever owed."""

    __tablename__ = "record_entry"
    constraints: ClassVar[tuple[Any, ...]] = (Index("one_entry_replaces_another", "practice", "replaces", unique=True),)
