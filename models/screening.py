"""What is found in a post's text before anybody but its author reads it, and what the author says about it."""

from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from models.record import Payload
from models.text import Line

MOST_ANSWERS = 300
FindingKey = Annotated[str, Field(pattern=r"^[a-z_]{1,20}-[0-9]{1,4}-[0-9]{1,4}$")]
"""A finding in one version of a text: its kind, and where it starts and ends."""


class FindingKind(StrEnum):
    """What a stretch of text looks like."""

    NHS_NUMBER = "nhs_number"
    DATE_OF_BIRTH = "date_of_birth"
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    HEALTH = "health"
    STAFF_NAMED = "staff_named"
    PERSON_NAMED = "person_named"
    LINK = "link"


class Certainty(StrEnum):
    """Whether a finding refuses a post, or asks its author a question."""

    CERTAIN = "certain"
    DOUBTFUL = "doubtful"


class FindingAnswer(StrEnum):
    """The only things that an author can say about a doubtful finding."""

    NOT_AN_INDIVIDUAL = "not_an_individual"
    FICTITIOUS_EXAMPLE = "fictitious_example"
    HAS_CONSENT = "has_consent"
    PUBLIC_INFORMATION = "public_information"
    NOT_WHAT_IT_LOOKS_LIKE = "not_what_it_looks_like"


class AnswerToFinding(Payload):
    """What the author says about one doubtful finding."""

    finding: FindingKey
    answer: FindingAnswer
    comment: Line | None = None


class FindingAnswers(Payload):
    """What the author says about doubtful findings, each named once."""

    answers: Annotated[list[AnswerToFinding], Field(min_length=1, max_length=MOST_ANSWERS)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({each.finding for each in self.answers}) < len(self.answers):
            raise ValueError("answers names each finding once")
        return self


class AnsweredFinding(Payload):
    """A doubtful finding that was answered: what and where (`start` to `end`, in code points), how, when (UTC) and by whom."""

    finding: FindingKey
    kind: FindingKind
    start: int
    end: int
    answer: FindingAnswer
    comment: str | None
    at: AwareDatetime
    by: str


class PostFinding(Payload):
    """One finding, and where it stands in the text: from `start` up to `end`, in code points. The words are not repeated.

    `possible_answers` is empty where the finding is certain: then the text has to change.
    """

    finding: FindingKey
    kind: FindingKind
    severity: Certainty
    start: int
    end: int
    sentence: str
    possible_answers: list[FindingAnswer]
    answered: AnsweredFinding | None


class PostFindings(Payload):
    """What is found in the text of a post as it stands in this version, first things first."""

    post_id: UUID
    post_version: int
    findings: list[PostFinding]
