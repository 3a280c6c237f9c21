"""Judgements: what a practice's policy says of an act, what follows, and the law that stands beside it."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from models.clauses import Condition, Consequence, Modality
from models.conduct import Deed
from models.roles import Role
from models.settings import Firmness, Origin


class Verdict(StrEnum):
    """What the policy makes of an act.

    - `permitted`: the policy lets it be
    - `permitted_if`: the policy lets it be once `conditions_unmet` are met
    - `breach`: the policy rules it out, or the act itself says that a condition fails
    - `not_covered`: the policy says nothing that decides it, or no policy is in force
    """

    PERMITTED = "permitted"
    PERMITTED_IF = "permitted_if"
    BREACH = "breach"
    NOT_COVERED = "not_covered"


class FurtherCondition(StrEnum):
    """What an act can depend on beside the conditions that clauses name."""

    COURTEOUSLY = "courteously"
    NO_OTHER_PATIENT_NEAR = "no_other_patient_near"
    THROUGH_COMPLAINTS_PROCEDURE = "through_complaints_procedure"
    ADVICE_WEIGHED = "advice_weighed"
    NOT_ONLY_A_PATIENT = "not_only_a_patient"
    NO_CLINICAL_INFORMATION = "no_clinical_information"
    ABOUT_THE_PRACTICE = "about_the_practice"
    BY_A_NAMED_USER = "by_a_named_user"


Requirement = Condition | FurtherCondition


class Standing(StrEnum):
    """Whether the law prevails over what a policy says (`above`), or is to be known with it (`beside`)."""

    ABOVE = "above"
    BESIDE = "beside"


class Part(BaseModel):
    """Part of an answer."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class Source(Part):
    """Where the law, or the guidance, stands.

    `verified` says whether its text was read when this was written; where it was not, take advice before relying on it.
    """

    title: str
    dated: str = Field(description="When it took effect, or the date of the edition.")
    verified: bool
    address: str | None = None


class LawBeside(Part):
    """A rule from outside the policy, in one sentence, with its sources."""

    key: str
    standing: Standing
    says: str
    sources: list[Source] = Field(min_length=1)


class SpeakingClause(Part):
    """A clause that speaks to the act, and where it can be cited."""

    key: str
    number: str
    text: str
    source: str
    modality: Modality
    citation: str


class DecidingSetting(Part):
    """A setting of the policy that decides, with the note on what else the document says."""

    name: str
    value: JsonValue
    origin: Origin
    source: str | None
    note: str | None


class WhatFollows(Part):
    """What the document says will, or may, follow; by whom, where a duty says so; and the law that narrows it."""

    consequence: Consequence
    firmness: Firmness
    clauses: list[str] = Field(description="The keys of the clauses that say so.")
    by: list[Role]
    by_origin: Origin | None
    narrowed_by: list[str] = Field(description="The keys of the law that narrows it, as `law` has it.")


class Judgement(Part):
    """What the policy says of one act."""

    deed: Deed
    verdict: Verdict
    explanation: str = Field(description="The verdict in one plain sentence.")
    clauses: list[SpeakingClause]
    settings: list[DecidingSetting]
    conditions_unmet: list[Requirement]
    consequences: list[WhatFollows]
    law: list[LawBeside]


class JudgedBy(Part):
    """The version in force by which the acts were judged."""

    policy_id: UUID
    number: str
    title: str


class Judgements(Part):
    """Every act judged, in the order in which they were given. Nothing of it is kept."""

    policy: JudgedBy | None = Field(description="Null where no policy is in force: then nothing is covered.")
    judged_on: date = Field(description="The day in London for which the law is told.")
    judgements: list[Judgement]
