"""Data protection complaints: somebody says that the practice has used their information wrongly (DPA 2018, section 164A)."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field
from sqlmodel import Field as Column

from models.cases import Case
from models.letter_facts.complaints import ComplaintOutcome
from models.letter_facts.facts import Reasons
from models.moments import Day
from models.people import PersonContact
from models.reckonings import Reckoning
from models.record import Draft, Payload, Row, json_of, word_of
from models.sealing import sealed_of
from models.text import Line, Paragraph


class DataProtectionComplaintState(StrEnum):
    """How far a complaint has got."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    OUTCOME_GIVEN = "outcome_given"
    WITHDRAWN = "withdrawn"


OPEN = (
    DataProtectionComplaintState.RECEIVED,
    DataProtectionComplaintState.ACKNOWLEDGED,
    DataProtectionComplaintState.IN_PROGRESS,
)


class ComplaintChannel(StrEnum):
    """How a complaint came. Any way counts, and so does any member of staff who is told."""

    WEBSITE = "website"
    IN_PERSON = "in_person"
    TELEPHONE = "telephone"
    LETTER = "letter"
    EMAIL = "email"
    SOCIAL_MEDIA = "social_media"
    OTHER = "other"


class Complainant(Payload):
    """Who complains, as they said it. That is no proof, and matches nobody to a record by itself."""

    name: Line
    date_of_birth: Day | None = None
    contact: PersonContact | None = None


class DataProtectionComplaintDraft(Draft):
    """A complaint as it arrives, in the person's own words.

    `received_on` is the true day of receipt in London, today unless said; older than five working days it takes a
    `late_entry_reason`. `about_request` is the reference of the rights request that it is about, as the person has it.
    `for_whom` is named where somebody complains for another. What was sent together shares a `correspondence_id`.
    `client_reference` is the practice website's own name for it.
    """

    about: Paragraph = Column(sa_type=sealed_of(str))
    complainant: Complainant = Column(sa_type=sealed_of(Complainant))
    for_whom: Line | None = Column(default=None, sa_type=sealed_of(str))
    channel: ComplaintChannel = Column(sa_type=word_of(ComplaintChannel))
    received_on: Day | None = None
    late_entry_reason: Paragraph | None = Column(default=None, sa_type=sealed_of(str))
    about_request: Line | None = Column(default=None, sa_type=sealed_of(str))
    correspondence_id: UUID | None = None
    client_reference: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[!-~]+$")] | None = None


class PersonFound(Payload):
    """The record of the person whom a complaint is about, and how that is known."""

    person_id: UUID
    how_it_is_known: Paragraph


class RequestNamed(Payload):
    """The rights request that a complaint is about."""

    request_id: UUID


class AcknowledgementWay(StrEnum):
    """How a complaint was acknowledged."""

    LETTER = "letter"
    EMAIL = "email"
    TELEPHONE = "telephone"
    IN_PERSON = "in_person"


class ComplaintAcknowledgement(Payload):
    """How a complaint is acknowledged, and on which day in London, if that was before today."""

    way: AcknowledgementWay
    on: Day | None = None


class Acknowledged(Payload):
    """How and when a complaint was acknowledged, and who recorded it."""

    way: AcknowledgementWay
    on: Day
    by: str


class ProgressToTell(Payload):
    """What the person is told of the enquiries, and by when (a day in London) they hear again."""

    done_so_far: Reasons
    next_by: Day


class ToldOfProgress(ProgressToTell):
    """The same as it is kept: when (UTC), and by whom."""

    at: AwareDatetime
    by: str


class EnquiryNote(Payload):
    """A step that was taken to find out what happened."""

    step: Paragraph


class Enquiry(EnquiryNote):
    """The same as it is kept: when it was noted (UTC), and by whom."""

    at: AwareDatetime
    by: str


class ComplaintOutcomeGiven(Payload):
    """What was found, why, and what was done about it."""

    outcome: ComplaintOutcome
    reasons: Reasons
    done: tuple[Paragraph, ...] = ()


class ComplaintWithdrawal(Payload):
    """How the person said that they do not go on with it."""

    how_they_said_so: Paragraph


class NHSComplaintTag(Payload):
    """Why a complaint is about care too, so that the NHS complaints procedure runs beside."""

    reason: Paragraph


class DataProtectionComplaint(Case, DataProtectionComplaintDraft):
    """A complaint, as the house keeps and shows it.

    `reference` is what the person quotes. The dates were worked out when their facts became known, and are kept with the
    steps that led to them. `next_word_on` is the day by which the person was promised to hear again.
    """

    filters: ClassVar[tuple[str, ...]] = (
        *Case.filters, "reference", "channel", "outcome", "nhs_complaint", "taken_in_by", "website", "request_id",
        "correspondence_id",
    )  # fmt: skip
    left_out_of_lists: ClassVar[frozenset[str]] = Case.left_out_of_lists | {
        "about", "complainant", "for_whom", "late_entry_reason", "about_request", "enquiries", "told", "findings", "ending",
        "nhs_complaint_reason",
    }  # fmt: skip

    state: DataProtectionComplaintState = Column(
        default=DataProtectionComplaintState.RECEIVED, sa_type=word_of(DataProtectionComplaintState)
    )
    received_on: date
    reference: str
    taken_in_by: str
    website: str | None = None
    request_id: UUID | None = None
    acknowledge_by: Reckoning = Column(sa_type=json_of(Reckoning))
    acknowledged: Acknowledged | None = Column(default=None, sa_type=json_of(Acknowledged))
    nhs_complaint: bool = False
    nhs_complaint_reason: str | None = Column(default=None, sa_type=sealed_of(str))
    nhs_acknowledge_by: Reckoning | None = Column(default=None, sa_type=json_of(Reckoning))
    enquiries: list[Enquiry] = Column(default=[], sa_type=sealed_of(list[Enquiry]))
    told: list[ToldOfProgress] = Column(default=[], sa_type=sealed_of(list[ToldOfProgress]))
    next_word_on: date | None = None
    outcome: ComplaintOutcome | None = Column(default=None, sa_type=word_of(ComplaintOutcome))
    outcome_given_on: date | None = None
    findings: ComplaintOutcomeGiven | None = Column(default=None, sa_type=sealed_of(ComplaintOutcomeGiven))
    ending: str | None = Column(default=None, sa_type=sealed_of(str))


class DataProtectionComplaintRow(DataProtectionComplaint, Row, table=True):
    """Every data protection complaint."""

    __tablename__ = "data_protection_complaint"
