"""What every letter is made from: facts of one case, typed by template, with what several templates share."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from models.moments import Day
from models.record import Payload
from models.text import Address, Line, Paragraph


class LetterTemplate(StrEnum):
    """Every letter that the law or the work on a case asks for."""

    REMOVAL_REQUEST = "removal_request"
    RECORDING_ONLINE = "recording_online"
    ADVICE = "advice"
    REMOVAL_RISK_WARNING = "removal_risk_warning"
    WARNING_REVIEWED = "warning_reviewed"
    REMOVAL_REASONS = "removal_reasons"
    IMMEDIATE_REMOVAL = "immediate_removal"
    COMPLAINT_ROUTE = "complaint_route"
    PUBLIC_REPLY = "public_reply"
    REQUEST_ACKNOWLEDGED = "request_acknowledged"
    IDENTITY_ASKED = "identity_asked"
    AUTHORITY_ASKED = "authority_asked"
    FEE_ASKED = "fee_asked"
    CLARIFICATION_ASKED = "clarification_asked"
    TIME_EXTENDED = "time_extended"
    ACCESS_DECISION = "access_decision"
    RECTIFICATION_DECISION = "rectification_decision"
    ERASURE_DECISION = "erasure_decision"
    RESTRICTION_DECISION = "restriction_decision"
    PORTABILITY_DECISION = "portability_decision"
    OBJECTION_DECISION = "objection_decision"
    RESTRICTION_IN_FORCE = "restriction_in_force"
    RESTRICTION_LIFTING = "restriction_lifting"
    REQUEST_WITHDRAWN = "request_withdrawn"
    REQUEST_TRANSFERRED = "request_transferred"
    LAPSE_REMINDER = "lapse_reminder"
    REQUEST_LAPSED = "request_lapsed"
    DECEASED_REQUEST_ACKNOWLEDGED = "deceased_request_acknowledged"
    DECEASED_DECISION = "deceased_decision"
    DATA_COMPLAINT_ACKNOWLEDGED = "data_complaint_acknowledged"
    DATA_COMPLAINT_PROGRESS = "data_complaint_progress"
    DATA_COMPLAINT_OUTCOME = "data_complaint_outcome"


class Facts(Payload):
    """What a letter says that no other letter says."""


class Posted(Payload):
    """Something that somebody posted: on which site, when it was seen, and what it says, in words or described."""

    site: Line
    seen_on: Day
    what: Paragraph
    url: Address | None = None


class Conduct(Payload):
    """Something that somebody did, on a day."""

    on: Day
    what: Paragraph


class Step(Payload):
    """Something that was done, on a day where it is known."""

    what: Paragraph
    on: Day | None = None


Some = Field(min_length=1, max_length=20)
Reasons = Annotated[tuple[Paragraph, ...], Some]
Posts = Annotated[tuple[Posted, ...], Some]
