"""Recordings of a patient's own consultation: asked for, agreed or declined, made, noted; made in secret; posted online."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, StrictBool, model_validator
from sqlmodel import Field as Column

from models.cases import Case
from models.moments import Day, Moment
from models.record import Payload, Row, UTCDateTime, json_of, word_of
from models.sealing import sealed_of
from models.settings import CovertTrigger, Platform
from models.text import Address, Line, Paragraph

MOST_PRESENT = 12


class RecordingConsentState(StrEnum):
    """Where a recording stands."""

    REQUESTED = "requested"
    AGREED = "agreed"
    DECLINED = "declined"
    MADE = "made"
    ENTERED = "entered"
    COPY_FILED = "copy_filed"
    COVERT = "covert"
    COVERT_DISCUSSED = "covert_discussed"
    POSTED = "posted"
    NOT_MADE = "not_made"
    CLOSED = "closed"
    CLOSED_DECLINED = "closed_declined"
    DUPLICATE = "duplicate"


class Modality(StrEnum):
    """What is recorded: sound, or film with or without sound."""

    AUDIO = "audio"
    VIDEO = "video"


class Initiator(StrEnum):
    """Whose idea the recording was."""

    PATIENT = "patient"
    CLINICIAN = "clinician"


class RecordingReason(StrEnum):
    """Why somebody would like to have it."""

    TELLING_FAMILY = "telling_family"
    FORGETFULNESS = "forgetfulness"
    TOO_MUCH_INFORMATION = "too_much_information"
    FAMILY_SUPPORT = "family_support"
    REASONABLE_ADJUSTMENT = "reasonable_adjustment"
    OTHER = "other"
    NOT_SAID = "not_said"


class Attendance(StrEnum):
    """Who else is in the room."""

    STAFF_MEMBER = "staff_member"
    TRAINEE = "trainee"
    COMPANION = "companion"
    INTERPRETER = "interpreter"
    OTHER_PATIENT = "other_patient"


class PresenceAnswer(StrEnum):
    """What somebody else in the room says to it, or what is done so that nothing of them is recorded."""

    NOT_ASKED = "not_asked"
    CONSENTS = "consents"
    OBJECTS = "objects"
    NOT_CAPTURED = "not_captured"
    STEPS_OUT = "steps_out"


class Present(Payload):
    """Somebody else in the room, and their own answer. `known_as` is their entry in the directory or their record, if any."""

    who: Attendance
    answer: PresenceAnswer
    known_as: UUID | None = None
    description: Line | None = None

    @property
    def is_content(self) -> bool:
        """Whether nothing of them is recorded against their will."""
        return self.answer in {PresenceAnswer.CONSENTS, PresenceAnswer.NOT_CAPTURED, PresenceAnswer.STEPS_OUT}


PresentList = Annotated[list[Present], Field(max_length=MOST_PRESENT)]


class RecordingDraft(Payload):
    """A recording that a patient asks for, or that a clinician suggests to them, and who else is in the room."""

    person_id: UUID
    consulting_clinician: UUID
    consultation_on: Day
    modality: Modality
    initiated_by: Initiator
    reason: RecordingReason
    present: PresentList = []


class CovertRecordingDraft(Payload):
    """A recording that was made in secret, as far as is known."""

    person_id: UUID
    consulting_clinician: UUID
    consultation_on: Day
    modality: Modality
    how_found: Paragraph


class RecordedAnyway(Payload):
    """How it came to light that the patient recorded although it had been declined."""

    how_found: Paragraph


class NewClinician(Payload):
    """Who is consulting instead."""

    consulting_clinician: UUID


class WhoIsPresent(Payload):
    """Everybody else in the room, and what each of them says to it."""

    present: PresentList


class Alternative(StrEnum):
    """What was talked about instead of, or beside, a recording."""

    WRITTEN_SUMMARY = "written_summary"
    ACCESS_TO_THE_RECORD = "access_to_the_record"
    SOMEBODY_ALONG = "somebody_along"
    NOTHING_HELPS_MORE = "nothing_helps_more"


class Agreement(Payload):
    """The four conditions as the patient acknowledges them, and what else was talked about.

    `open_and_honest`: it is asked for and made openly. `no_interference`: it does not get in the way of care. `kept_safe`: it
    is private, confidential and theirs to look after. `own_use`: it is for nobody else, and misuse can end in court.
    """

    open_and_honest: StrictBool
    no_interference: StrictBool
    kept_safe: StrictBool
    own_use: StrictBool
    alternatives_discussed: Annotated[list[Alternative], Field(min_length=1, max_length=4)]
    as_reasonable_adjustment: StrictBool = False

    @property
    def acknowledged(self) -> bool:
        """Whether all four are."""
        return self.open_and_honest and self.no_interference and self.kept_safe and self.own_use


class AgreementGiven(Agreement):
    """What was agreed, by whom and when (UTC)."""

    by: str
    at: AwareDatetime


class Adjustment(StrEnum):
    """Whether the patient needs the recording because of a disability, and if so what happens about it."""

    NOT_NEEDED = "not_needed"
    MET_IN_ANOTHER_WAY = "met_in_another_way"
    NEEDED = "needed"


class Refusal(Payload):
    """Why a recording is declined, whether it was needed as a reasonable adjustment, and that the consultation goes on."""

    reason: Paragraph
    consultation_goes_on: StrictBool
    adjustment: Adjustment | None = None
    other_way: Paragraph | None = None

    @model_validator(mode="after")
    def _says_how_it_is_met(self) -> Self:
        if (self.adjustment == Adjustment.MET_IN_ANOTHER_WAY) != (self.other_way is not None):
            raise ValueError("say in which other way the adjustment is made, and only where it is")
        return self


class RefusalGiven(Refusal):
    """Who declined, and when (UTC)."""

    by: str
    at: AwareDatetime


class RecordingMade(Payload):
    """The day, in London, on which the patient recorded, on their own device."""

    made_on: Day


class NotMadeReason(StrEnum):
    """Why there is no recording."""

    PATIENT_CHANGED_MIND = "patient_changed_mind"
    NOTHING_WAS_RECORDED = "nothing_was_recorded"
    NO_CONSULTATION = "no_consultation"


class NotMade(Payload):
    """Why there is no recording."""

    why: NotMadeReason


class CovertResponse(StrEnum):
    """What a practice considers when recording in secret calls for an answer."""

    PROMOTE_OPEN_RECORDING = "promote_open_recording"
    CONCERNS_ARE_LOOKED_INTO = "concerns_are_looked_into"
    WRITTEN_SUMMARY = "written_summary"
    SUBJECT_ACCESS = "subject_access"
    HOW_TO_COMPLAIN = "how_to_complain"


class Considered(Payload):
    """One of the responses, and whether it was given to this patient."""

    response: CovertResponse
    given: StrictBool


class Discussion(Payload):
    """A talk with the patient about a recording made in secret, and which responses were considered."""

    spoke_on: Moment
    considered: Annotated[list[Considered], Field(max_length=5)] = []
    leaflet_given: StrictBool = False

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({each.response for each in self.considered}) < len(self.considered):
            raise ValueError("each response is named once")
        return self


class DiscussionHeld(Discussion):
    """Who spoke with the patient, and when that was recorded (UTC)."""

    by: str
    at: AwareDatetime


class Covert(Payload):
    """When a secret recording came to light (UTC), who said so, and whether the practice's responses are called for.

    `found_lately` counts those that came to light at the practice within twelve months, this one among them.
    """

    at: AwareDatetime
    by: str
    trigger: CovertTrigger
    found_lately: int
    responses_called_for: bool


class EntryNoted(Payload):
    """Which note stands in the clinical record."""

    entry_id: UUID


class CopyOffer(StrEnum):
    """How it came about that the patient gave a copy."""

    VOLUNTEERED = "volunteered"
    SUGGESTED = "suggested"


class CopyGiven(Payload):
    """The patient gave a copy, of their own accord or because it was suggested."""

    came_about: CopyOffer


class CopyFiling(Payload):
    """Where the copy is kept in the clinical system, and that it was checked for malicious software. No copy comes here."""

    reference: Line
    scanned: StrictBool


class CopyFiled(CopyFiling):
    """Who filed it, and when (UTC)."""

    by: str
    at: AwareDatetime


class FoundOnline(Payload):
    """Where the recording stands, as far as can be said, and when it was seen (UTC)."""

    seen_at: Moment
    platform: Platform | None = None
    url: Address | None = None
    description: Paragraph


class RecordingConsent(Case):
    """A recording of a patient's own consultation. The service holds no sound and no picture of it.

    To agree or to decline is the consulting clinician's alone. Neither decides whether the patient is seen: a patient may
    record for themselves without anybody's leave. Days are London's; `covert_month` is the month in which a secret recording
    came to light. `noted_entry` is the entry in the clinical record, and
    `incident_id` the incident about what was posted.
    """

    filters: ClassVar[tuple[str, ...]] = (*Case.filters, "modality")
    looked_up_by: ClassVar[tuple[str, ...]] = (*Case.looked_up_by, "covert_month")
    left_out_of_lists: ClassVar[frozenset[str]] = Case.left_out_of_lists | {"present", "how_found", "refusal"}

    state: RecordingConsentState = Column(
        default=RecordingConsentState.REQUESTED, sa_type=word_of(RecordingConsentState)
    )
    consulting_clinician: UUID
    consultation_on: date
    modality: Modality = Column(sa_type=word_of(Modality))
    initiated_by: Initiator | None = Column(default=None, sa_type=word_of(Initiator))
    reason: RecordingReason | None = Column(default=None, sa_type=word_of(RecordingReason))
    present: list[Present] = Column(default=[], sa_type=sealed_of(list[Present]))
    policy_id: UUID | None = None
    agreement: AgreementGiven | None = Column(default=None, sa_type=json_of(AgreementGiven))
    refusal: RefusalGiven | None = Column(default=None, sa_type=sealed_of(RefusalGiven))
    made_on: date | None = None
    not_made_because: NotMadeReason | None = Column(default=None, sa_type=word_of(NotMadeReason))
    covert: Covert | None = Column(default=None, sa_type=json_of(Covert))
    covert_month: str | None = None
    how_found: str | None = Column(default=None, sa_type=sealed_of(str))
    discussion: DiscussionHeld | None = Column(default=None, sa_type=json_of(DiscussionHeld))
    noted_entry: UUID | None = None
    copy_given: CopyOffer | None = Column(default=None, sa_type=word_of(CopyOffer))
    copy_filed: CopyFiled | None = Column(default=None, sa_type=sealed_of(CopyFiled))
    posted_at: datetime | None = Column(default=None, sa_type=UTCDateTime)
    incident_id: UUID | None = None

    @property
    def is_there(self) -> bool:
        """Whether there is a recording: it was made openly, or came to light."""
        return self.made_on is not None or self.covert is not None


class RecordingConsentRow(RecordingConsent, Row, table=True):
    """Every recording of a consultation that the practice knows of."""

    __tablename__ = "recording_consent"
