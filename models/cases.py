"""What every case has, whatever it is about: whose it is, who works on it, what was noted, and which cases belong together."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime
from sqlmodel import Field as Column

from models.moments import Moment
from models.record import Payload, Record, json_of
from models.sealing import sealed_of
from models.text import Line, Paragraph


class CaseKind(StrEnum):
    """The kinds of record that are cases."""

    INCIDENT = "incident"
    RECORDING_CONSENT = "recording_consent"
    RIGHTS_REQUEST = "rights_request"
    DATA_PROTECTION_COMPLAINT = "data_protection_complaint"


class Assignment(Payload):
    """Who is to work on a case: somebody in the staff directory."""

    to: UUID


class HandOver(Payload):
    """Who works on it from now on, and what they have to know."""

    to: UUID
    what_to_know: Paragraph


class NoteDraft(Payload):
    """Something to be remembered about a case."""

    text: Paragraph


class Note(NoteDraft):
    """A note as it is kept: who wrote it, and when (UTC)."""

    at: AwareDatetime
    by: str


class ContactWay(StrEnum):
    """How two people spoke to each other."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"
    LETTER = "letter"
    EMAIL = "email"
    TEXT_MESSAGE = "text_message"
    ONLINE = "online"


class ContactDirection(StrEnum):
    """Who turned to whom."""

    FROM_THEM = "from_them"
    TO_THEM = "to_them"


class ContactDraft(Payload):
    """A contact with somebody whom the case concerns, that has taken place: when (UTC), how, with whom and what was said."""

    on: Moment
    way: ContactWay
    direction: ContactDirection
    whom: Line | None = None
    gist: Paragraph


class Contact(ContactDraft):
    """A contact as it is kept: who logged it, and when (UTC)."""

    at: AwareDatetime
    by: str


class Relation(StrEnum):
    """What one case has to do with another."""

    RELATED = "related"
    SAME_EVENT = "same_event"
    SAME_AUTHOR = "same_author"
    FOLLOWS = "follows"


class LinkDraft(Payload):
    """Another case that belongs to this one."""

    kind: CaseKind
    case_id: UUID
    relation: Relation = Relation.RELATED


class Link(LinkDraft):
    """A link as it is kept: who made it, and when (UTC)."""

    at: AwareDatetime
    by: str


class DuplicateOf(Payload):
    """The case that this one repeats, and how that is known."""

    of: UUID
    reason: Paragraph


class Escalation(Payload):
    """Something that was due (UTC) and not done, and when the management was told."""

    due_for: str
    due_at: AwareDatetime
    at: AwareDatetime


class Case(Record):
    """What every case shows beside its own facts.

    `person_id` is the record of the person whom it is about, where that is known; `assigned_to` the member of staff who works
    on it. Notes and the contact log only ever grow.
    """

    filters: ClassVar[tuple[str, ...]] = ("assigned_to",)
    looked_up_by: ClassVar[tuple[str, ...]] = ("person_id",)
    left_out_of_lists: ClassVar[frozenset[str]] = frozenset({"notes", "contact_log"})
    sensitive: ClassVar[bool] = True

    person_id: UUID | None = None
    assigned_to: UUID | None = None
    notes: list[Note] = Column(default=[], sa_type=sealed_of(list[Note]))
    contact_log: list[Contact] = Column(default=[], sa_type=sealed_of(list[Contact]))
    links: list[Link] = Column(default=[], sa_type=json_of(list[Link]))
    duplicate_of: UUID | None = None
    escalations: list[Escalation] = Column(default=[], sa_type=json_of(list[Escalation]))

    def escalated(self, due_for: str, due_at: datetime) -> bool:
        """Whether the management was told that this was due at this moment (UTC)."""
        return any((each.due_for, each.due_at) == (due_for, due_at) for each in self.escalations)
