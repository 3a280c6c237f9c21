"""A policy version: its sections, clauses, settings and links, who edited it, who approved it, and when it is looked at again."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator
from sqlalchemy import Index, text
from sqlmodel import Field as Column

from models.clauses import Audience, Clause, Key
from models.moments import Day
from models.record import Payload, Record, Row, UTCDateTime, json_of, word_of
from models.settings import PolicySettings, Setting
from models.text import Address, Line, Paragraph


class PolicyKind(StrEnum):
    """What a policy governs. A practice has at most one active version of each kind (POL-3)."""

    PATIENT_CONDUCT = "patient_conduct"


class PolicyState(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


class DocumentForm(StrEnum):
    """What the published document looks like."""

    WEB_PAGE = "web_page"
    STAFF_POLICY_WITH_ANNEX = "staff_policy_with_annex"


class FormerVersion(Payload):
    """A line of the document's own version table; `self_approved` where one person both edited and approved it."""

    number: Line
    changed_on: Line
    comment: Line | None = None
    self_approved: bool = False


class Document(Payload):
    """The published document that a version restates."""

    title: Line
    form: DocumentForm
    template_name: Line | None = None
    template_version: Line | None = None
    history: list[FormerVersion] = []


class AppliesTo(StrEnum):
    """Who is bound."""

    REGISTERED_PATIENTS = "registered_patients"
    EMPLOYEES = "employees"
    AGENCY_WORKERS = "agency_workers"
    LOCUMS = "locums"
    CONTRACTORS = "contractors"


class Section(Payload):
    """A part of the document, known by its key and not by its title, which can be wrong."""

    key: Key
    number: Annotated[str, Field(max_length=20, pattern=r"^[0-9A-Z]+(\.[0-9A-Z]+)*$")]
    title: Line
    audience: Audience
    summary: Paragraph
    source: Line


class Definition(Payload):
    """A word that the document explains."""

    term: Line
    meaning: Paragraph
    source: Line


class LinkKind(StrEnum):
    """What a linked document is."""

    COMPLAINTS = "complaints"
    POLICY = "policy"
    GUIDANCE = "guidance"
    LEGISLATION = "legislation"
    POSTER = "poster"
    TEMPLATE_LETTER = "template_letter"
    REMOVAL_HELP = "removal_help"


class PolicyLink(Payload):
    """Another document to be read with this one. One without a `target` is named but can't be opened."""

    title: Line
    kind: LinkKind
    publisher: Line | None = None
    edition: Line | None = None
    target: Address | None = None
    superseded_by: Line | None = None
    source: Line


class PolicyContent(Payload):
    """Everything that an approval binds."""

    title: Line
    document: Document
    audiences: list[Audience] = Field(min_length=1)
    applies_to: list[AppliesTo] = Field(min_length=1)
    purpose: Paragraph
    rationale: Paragraph
    equality_considered: Setting[bool]
    non_contractual: Setting[bool]
    training_offered: Setting[bool]
    review_due: Setting[Day] | None = None
    settings: PolicySettings
    sections: list[Section] = []
    clauses: list[Clause] = []
    definitions: list[Definition] = []
    links: list[PolicyLink] = []

    @model_validator(mode="after")
    def _keys_are_unique_and_known(self) -> Self:
        sections = [section.key for section in self.sections]
        repeated = (
            twice(sections)
            | twice(clause.key for clause in self.clauses)
            | twice(clause.number for clause in self.clauses)
        )
        if repeated:
            raise ValueError("every section key, clause key and clause number stands once")
        if {clause.section for clause in self.clauses} - set(sections):
            raise ValueError("every clause belongs to a section of this policy")
        return self

    @property
    def fingerprint(self) -> str:
        """The content hash that an approval binds (POL-2): SHA-256 of the canonical JSON.

        A clause without a note is hashed as it was before clauses had notes, so that approvals from then still hold.
        """
        said = self.model_dump(mode="json")
        for clause in said["clauses"]:
            if clause["note"] is None:
                del clause["note"]
        return sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def twice(values: Iterable[str]) -> set[str]:
    """Those that come more than once."""
    return {value for value, times in Counter(values).items() if times > 1}


class Step(StrEnum):
    """How far a version number rises. A minor version needs approval like a major one (POL-9)."""

    MAJOR = "major"
    MINOR = "minor"


class PolicyDraft(Payload):
    """A version to be worked on: its content, what changed, and from which day (Europe/London) it may take effect."""

    kind: PolicyKind = PolicyKind.PATIENT_CONDUCT
    content: PolicyContent
    change_comment: Paragraph | None = None
    effective_from: Day | None = None
    step: Step = Step.MAJOR
    adopted_from: Line | None = None


class PolicyEdit(Payload):
    """The whole content again, as it should now read."""

    content: PolicyContent
    change_comment: Paragraph | None = None
    effective_from: Day | None = None


class ReviewOutcome(Payload):
    """A review that found nothing to change, and when the next one falls due (a day in Europe/London)."""

    review_due: Day
    change_comment: Paragraph


class Comment(Payload):
    """What should change."""

    comment: Paragraph


class Reason(Payload):
    """Why."""

    reason: Paragraph


class Policy(Record):
    """One version of a policy."""

    filters: ClassVar[tuple[str, ...]] = ("kind", "number")
    left_out_of_lists: ClassVar[frozenset[str]] = frozenset({"content"})

    state: PolicyState = Column(default=PolicyState.DRAFT, sa_type=word_of(PolicyState))
    kind: PolicyKind = Column(sa_type=word_of(PolicyKind))
    number: str
    major: int
    minor: int
    title: str
    adopted_from: str | None = None
    content: PolicyContent = Column(sa_type=json_of(PolicyContent, immutable=True))
    content_hash: str
    change_comment: str | None = None
    effective_from: date | None = None
    review_due: date
    edited_by: list[str] = Column(default=[], sa_type=json_of(list[str]))
    review_comment: str | None = None
    approved_by: str | None = None
    approved_at: datetime | None = Column(default=None, sa_type=UTCDateTime)
    approved_hash: str | None = None
    published_at: datetime | None = Column(default=None, sa_type=UTCDateTime)
    ended_at: datetime | None = Column(default=None, sa_type=UTCDateTime)
    end_reason: str | None = None
    escalated_at: datetime | None = Column(default=None, sa_type=UTCDateTime)


BEING_PREPARED = (PolicyState.DRAFT, PolicyState.IN_REVIEW, PolicyState.CHANGES_REQUESTED, PolicyState.APPROVED)
"""States of a version on its way to be published. There is one such version of a kind at a time."""


def one_per_kind(name: str, states: Iterable[PolicyState]) -> Index:
    """A practice has at most one version of a kind in these states, whatever two people do at once."""
    among = text(f"state IN ({', '.join(repr(state.value) for state in states)})")
    return Index(name, "practice", "kind", unique=True, postgresql_where=among, sqlite_where=among)


class PolicyRow(Policy, Row, table=True):
    """Every version of every policy."""

    __tablename__ = "policy"
    constraints: ClassVar[tuple[Any, ...]] = (
        one_per_kind("one_active_policy", [PolicyState.ACTIVE]),
        one_per_kind("one_policy_being_prepared", BEING_PREPARED),
        Index("one_policy_per_number", "practice", "kind", "major", "minor", unique=True),
    )
