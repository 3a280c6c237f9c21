"""Letters: what the practice tells somebody because something happened in a case. What is written never changes."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import Field, model_validator
from sqlmodel import Field as Column

from models.legal_references import Citation
from models.letter_facts import AnyFacts
from models.letter_facts.facts import LetterTemplate
from models.moments import Day, Moment
from models.practices import Contacts
from models.record import Payload, Record, Row, UTCDateTime, json_of, uuid7, word_of
from models.sealing import sealed_of
from models.text import Line, Paragraph


class LetterState(StrEnum):
    """Where a letter stands."""

    ISSUED = "issued"
    SENT = "sent"
    RETURNED = "returned"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Language(StrEnum):
    """In which language a letter is written."""

    ENGLISH = "en"


class SendingWay(StrEnum):
    """How a letter was sent."""

    POST = "post"
    BY_HAND = "by_hand"
    EMAIL = "email"
    PATIENT_ACCOUNT = "patient_account"
    PLATFORM_MESSAGE = "platform_message"
    PUBLISHED = "published"


class ContactCheck(StrEnum):
    """How it is known that what was sent reaches the right person."""

    AS_ON_RECORD = "as_on_record"
    GIVEN_IN_PERSON = "given_in_person"
    CODE_CONFIRMED = "code_confirmed"
    ACCOUNT_THAT_POSTED = "account_that_posted"
    PUBLIC = "public"


class Sending(Payload):
    """That a letter was sent: how, to which contact or address, and how that was verified. Now, if no moment is said."""

    way: SendingWay
    to: Line
    checked: ContactCheck
    sent_at: Moment | None = None


class SentLetter(Payload):
    """That it was sent: when (UTC), how, where to, and who sent it."""

    at: Moment
    way: SendingWay
    to: Line
    checked: ContactCheck
    by: str


class Return(Payload):
    """That a letter came back, or could not be delivered."""

    reason: Paragraph
    returned_on: Day


class Replacement(Payload):
    """Why a letter is written anew. The facts stay; the practice's and the person's details are those of now."""

    reason: Paragraph


class Addressee(Payload):
    """To whom a letter goes, as they were known then. `person_id` is their record, where they have one."""

    person_id: UUID | None = None
    name: Line | None = None
    address: Annotated[tuple[Line, ...], Field(max_length=8)] = ()


class Sender(Payload):
    """The practice, as it was then."""

    code: str
    name: str
    contacts: Contacts


class LetterBlockKind(StrEnum):
    """How a block is set."""

    HEADING = "heading"
    TEXT = "text"
    ITEMS = "items"


class LetterBlock(Payload):
    """A piece of a letter. `holds` names what it says of all that its rule demands."""

    kind: LetterBlockKind
    text: str = ""
    items: tuple[str, ...] = ()
    holds: str | None = None


class LetterContent(Payload):
    """All that is read in a letter: data, and never markup."""

    title: str
    sender: Sender
    addressee: Addressee | None
    written_on: Day
    greeting: str | None
    blocks: tuple[LetterBlock, ...]
    signed: tuple[str, ...]


class LetterDraft(Payload):
    """A letter to be issued: its facts, the case and the transition that calls for it, and to whom it goes; null is the public."""

    letter_id: UUID = Field(default_factory=uuid7)
    facts: AnyFacts
    case_kind: str
    case_id: UUID
    case_version: int
    issued_by: str
    addressee: Addressee | None
    supersedes: UUID | None = None

    @model_validator(mode="after")
    def _to_somebody_or_the_public(self) -> Self:
        if (self.addressee is None) != (self.facts.template == LetterTemplate.PUBLIC_REPLY):
            raise ValueError("what is public goes to nobody, and every other letter to somebody")
        return self


class Letter(Record):
    """A letter. What is in it is frozen with its issue, and shown with an entry in the trail.

    `template_edition` is the edition of our wording, `issued_by` the transition of the case that called for it, and
    `case_version` the version of the case that this made. `supersedes` is the letter in whose place it stands.
    """

    filters: ClassVar[tuple[str, ...]] = ("template", "case_id")
    looked_up_by: ClassVar[tuple[str, ...]] = ("person_id",)
    left_out_of_lists: ClassVar[frozenset[str]] = frozenset({"facts", "content", "content_hash", "law"})
    sensitive: ClassVar[bool] = True

    state: LetterState = Column(default=LetterState.ISSUED, sa_type=word_of(LetterState))
    template: LetterTemplate = Column(sa_type=word_of(LetterTemplate))
    template_edition: int
    language: Language = Column(default=Language.ENGLISH, sa_type=word_of(Language))
    case_kind: str
    case_id: UUID
    case_version: int
    issued_by: str
    person_id: UUID | None = None
    facts: AnyFacts = Column(sa_type=sealed_of(AnyFacts))
    content: LetterContent = Column(sa_type=sealed_of(LetterContent))
    content_hash: str = Column(sa_type=sealed_of(str))
    law: list[Citation] = Column(sa_type=json_of(list[Citation], immutable=True))
    sent: SentLetter | None = Column(default=None, sa_type=sealed_of(SentLetter))
    returned: Return | None = Column(default=None, sa_type=sealed_of(Return))
    supersedes: UUID | None = None
    replaced_because: str | None = Column(default=None, sa_type=sealed_of(str))
    escalated_at: datetime | None = Column(default=None, sa_type=UTCDateTime)


class LetterRow(Letter, Row, table=True):
    """Every letter."""

    __tablename__ = "letter"
