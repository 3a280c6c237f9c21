"""The facts of letters about what somebody posted, said or did, and about recordings that were put online."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, model_validator

from models.letter_facts.facts import Conduct, Facts, LetterTemplate, Posted, Posts, Reasons, Some, Step
from models.moments import Day, Moment
from models.posts import ReplyTemplate
from models.text import Line, Paragraph


class AdviceFinding(StrEnum):
    """What a post was found to be."""

    UNFOUNDED = "unfounded"
    MALICIOUS = "malicious"
    UNREASONABLE = "unreasonable"


class RemovalReasonKind(StrEnum):
    """Whether specific reasons are given, or that the relationship has broken down for good."""

    SPECIFIC = "specific"
    BREAKDOWN = "breakdown"


class WarningExemption(StrEnum):
    """Why nobody had to be warned within the twelve months before a removal."""

    MOVED_AWAY = "moved_away"
    HARM_OR_RISK = "harm_or_risk"
    NOT_REASONABLE_OR_PRACTICABLE = "not_reasonable_or_practicable"


class AppealOutcome(StrEnum):
    """What became of a warning that somebody disagreed with."""

    UPHELD = "upheld"
    RESCINDED = "rescinded"


class RemovalRequest(Facts):
    """L1: please take a post down. Which post, why, by when."""

    template: Literal[LetterTemplate.REMOVAL_REQUEST] = LetterTemplate.REMOVAL_REQUEST
    posts: Posts
    reasons: Reasons
    remove_by: Day


class RecordingOnline(Facts):
    """L1b: please take a recording of a consultation down."""

    template: Literal[LetterTemplate.RECORDING_ONLINE] = LetterTemplate.RECORDING_ONLINE
    posted: Posted
    reasons: Reasons
    remove_by: Day
    recorded_on: Day | None = None


class Advice(Facts):
    """L2: feedback is welcome, and this post was not constructive."""

    template: Literal[LetterTemplate.ADVICE] = LetterTemplate.ADVICE
    posts: Posts
    finding: AdviceFinding
    reasons: Reasons


class RemovalRiskWarning(Facts):
    """L3: a warning that somebody may be taken off the list. `answer_by` is by when they can answer or ask for another look."""

    template: Literal[LetterTemplate.REMOVAL_RISK_WARNING] = LetterTemplate.REMOVAL_RISK_WARNING
    conduct: Annotated[tuple[Conduct, ...], Some]
    reasons: Reasons
    has_to_change: Reasons
    answer_by: Day


class WarningReviewed(Facts):
    """What became of a warning that was looked at again."""

    template: Literal[LetterTemplate.WARNING_REVIEWED] = LetterTemplate.WARNING_REVIEWED
    warned_on: Day
    outcome: AppealOutcome
    reasons: Reasons


class RemovalReasons(Facts):
    """L4: somebody is taken off the list, and why. `effective_on` is the eighth day, or later where the law says so."""

    template: Literal[LetterTemplate.REMOVAL_REASONS] = LetterTemplate.REMOVAL_REASONS
    reason_kind: RemovalReasonKind
    reasons: Annotated[tuple[Paragraph, ...], Field(max_length=20)] = ()
    warned_on: Day | None = None
    exemption: WarningExemption | None = None
    exemption_reason: Paragraph | None = None
    effective_on: Day
    tried: tuple[Step, ...] = ()

    @model_validator(mode="after")
    def _can_be_told(self) -> Self:
        if self.reason_kind == RemovalReasonKind.SPECIFIC and not self.reasons:
            raise ValueError("specific reasons have to be given")
        if (self.warned_on is None) == (self.exemption is None):
            raise ValueError("say when they were warned, or why nobody had to be")
        if (self.exemption is None) != (self.exemption_reason is None):
            raise ValueError("say why the exemption applies")
        return self


class ImmediateRemoval(Facts):
    """L5: somebody was taken off the list at once. `appeal` says how long they have locally, where it is known."""

    template: Literal[LetterTemplate.IMMEDIATE_REMOVAL] = LetterTemplate.IMMEDIATE_REMOVAL
    conduct: Annotated[tuple[Conduct, ...], Some]
    effective_at: Moment
    police_told_on: Day
    appeal: Line | None = None


class ComplaintRoute(Facts):
    """C1: how to complain, with what the leaflet says. `seen_on` is when the practice saw what is taken for a complaint."""

    template: Literal[LetterTemplate.COMPLAINT_ROUTE] = LetterTemplate.COMPLAINT_ROUTE
    seen_on: Day
    about: Paragraph | None = None
    asked_to_remove: StrictBool = False


class PublicReply(Facts):
    """G1: a fixed public text, which tells nothing about anybody."""

    template: Literal[LetterTemplate.PUBLIC_REPLY] = LetterTemplate.PUBLIC_REPLY
    reply: ReplyTemplate = ReplyTemplate.COMPLAINTS_PROCEDURE
