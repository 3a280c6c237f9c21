"""Consents to be photographed or recorded, of staff and of patients who are not the one in the consultation."""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field, StrictBool
from sqlmodel import Field as Column

from models.conduct import Medium
from models.record import Draft, Payload, Record, Row, json_of, word_of
from models.sealing import sealed_of
from models.text import Paragraph


class MediaConsentState(StrEnum):
    """What somebody has said to being photographed or recorded."""

    ASKED = "asked"
    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class MediaSubject(StrEnum):
    """Whose consent it is: somebody in the staff directory, or a person on record."""

    STAFF_MEMBER = "staff_member"
    PERSON = "person"


class MediaPurpose(StrEnum):
    """What a picture or a recording is wanted for.

    - `own_consultation`: somebody records their own consultation, and others are heard or seen in it
    - `kept_by_member_of_the_public`, `posted_by_member_of_the_public`: a patient or visitor wants it for themselves, or to post
    - `practice_publication`: the practice's own website, page or leaflet
    - `training`: teaching at the practice
    """

    OWN_CONSULTATION = "own_consultation"
    KEPT_BY_MEMBER_OF_THE_PUBLIC = "kept_by_member_of_the_public"
    POSTED_BY_MEMBER_OF_THE_PUBLIC = "posted_by_member_of_the_public"
    PRACTICE_PUBLICATION = "practice_publication"
    TRAINING = "training"


class ConsentWay(StrEnum):
    """How somebody said it."""

    IN_WRITING = "in_writing"
    ALOUD = "aloud"


class MediaConsentDraft(Draft):
    """A question to somebody: whether they may be photographed or recorded, by which means and for what."""

    subject: MediaSubject = Column(sa_type=word_of(MediaSubject))
    subject_id: UUID
    media: list[Medium] = Column(min_length=1, max_length=3, sa_type=json_of(list[Medium]))
    purpose: MediaPurpose = Column(sa_type=word_of(MediaPurpose))


class MediaYes(Payload):
    """Somebody's yes: whether it was said in so many words, and how."""

    explicit: StrictBool
    way: ConsentWay


class MediaNo(Payload):
    """Somebody's no. Nobody has to say why."""

    reason: Annotated[Paragraph | None, Field(description="In their own words, if they gave any.")] = None


class MediaAnswer(Payload):
    """What somebody said, when (UTC), and who recorded it."""

    answer: MediaConsentState
    at: AwareDatetime
    recorded_by: str
    explicit: bool = False
    way: ConsentWay | None = None


class MediaConsent(Record, MediaConsentDraft):
    """Whether somebody may be photographed or recorded. All their answers are kept; the last one holds."""

    filters: ClassVar[tuple[str, ...]] = ("purpose",)
    looked_up_by: ClassVar[tuple[str, ...]] = ("subject_id",)
    sensitive: ClassVar[bool] = True

    state: MediaConsentState = Column(default=MediaConsentState.ASKED, sa_type=word_of(MediaConsentState))
    policy_id: UUID | None = None
    answers: list[MediaAnswer] = Column(default=[], sa_type=json_of(list[MediaAnswer]))
    reason: str | None = Column(default=None, sa_type=sealed_of(str))


class MediaConsentRow(MediaConsent, Row, table=True):
    """Everybody's answers."""

    __tablename__ = "media_consent"
