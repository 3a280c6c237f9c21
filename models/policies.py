"""A policy version: its sections, clauses, settings and links, who edited it, who approved it, and when it is looked at again."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator
from sqlalchemy import Index, String, text

from models.clauses import Audience, Clause, Key
from models.record import Payload, Record, Row, UTCDateTime, json_of
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
    review_due: Setting[date] | None = None
    settings: PolicySettings
    sections: list[Section] = []
    clauses: list[Clause] = []
    definitions: list[Definition] = []
    links: list[PolicyLink] = []

    @model_validator(mode="after")
    def _keys_are_unique_and_known(self) -> Self:
        sections = [section.key for section in self.sections]
        repeated = twice(sections) | twice(clause.key for clause in self.clauses) | twice(clause.number for clause in self.clauses)
        if repeated:
            raise ValueError("every section key, clause key and clause number stands once")
        if {clause.section for clause in self.clauses} - set(sections):
            raise ValueError("every clause belongs to a section of this policy")
        return self

    @property
    def fingerprint(self) -> str:
        """The content hash that an approval binds (POL-2): SHA-256 of the canonical JSON."""
        return sha256(json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def twice(values: Iterable[str]) -> set[str]:
    """Those that come more than once."""
    return {value for value, times in Counter(values).items() if times > 1}
