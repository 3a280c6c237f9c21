"""What letters are made from: one class of facts for each template."""

from typing import Annotated

from pydantic import Field

from models.letter_facts.complaints import DataComplaintAcknowledged, DataComplaintOutcome, DataComplaintProgress
from models.letter_facts.incidents import (
    Advice,
    ComplaintRoute,
    ImmediateRemoval,
    PublicReply,
    RecordingOnline,
    RemovalReasons,
    RemovalRequest,
    RemovalRiskWarning,
    WarningReviewed,
)
from models.letter_facts.rights import (
    AccessDecision,
    AuthorityAsked,
    ClarificationAsked,
    DeceasedDecision,
    DeceasedRequestAcknowledged,
    ErasureDecision,
    FeeAsked,
    IdentityAsked,
    LapseReminder,
    ObjectionDecision,
    PortabilityDecision,
    RectificationDecision,
    RequestAcknowledged,
    RequestLapsed,
    RequestTransferred,
    RequestWithdrawn,
    RestrictionDecision,
    RestrictionInForce,
    RestrictionLifting,
    TimeExtended,
)

__all__ = [
    "AccessDecision",
    "Advice",
    "AnyFacts",
    "AuthorityAsked",
    "ClarificationAsked",
    "ComplaintRoute",
    "DataComplaintAcknowledged",
    "DataComplaintOutcome",
    "DataComplaintProgress",
    "DeceasedDecision",
    "DeceasedRequestAcknowledged",
    "ErasureDecision",
    "FeeAsked",
    "IdentityAsked",
    "ImmediateRemoval",
    "LapseReminder",
    "ObjectionDecision",
    "PortabilityDecision",
    "PublicReply",
    "RecordingOnline",
    "RectificationDecision",
    "RemovalReasons",
    "RemovalRequest",
    "RemovalRiskWarning",
    "RequestAcknowledged",
    "RequestLapsed",
    "RequestTransferred",
    "RequestWithdrawn",
    "RestrictionDecision",
    "RestrictionInForce",
    "RestrictionLifting",
    "TimeExtended",
    "WarningReviewed",
]

AnyFacts = Annotated[
    RemovalRequest | RecordingOnline | Advice | RemovalRiskWarning | WarningReviewed | RemovalReasons | ImmediateRemoval
    | ComplaintRoute | PublicReply
    | RequestAcknowledged | IdentityAsked | AuthorityAsked | FeeAsked | ClarificationAsked | TimeExtended
    | AccessDecision | RectificationDecision | ErasureDecision | RestrictionDecision | PortabilityDecision | ObjectionDecision
    | RestrictionInForce | RestrictionLifting | RequestWithdrawn | RequestTransferred | LapseReminder | RequestLapsed
    | DeceasedRequestAcknowledged | DeceasedDecision
    | DataComplaintAcknowledged | DataComplaintProgress | DataComplaintOutcome,
    Field(discriminator="template"),
]  # fmt: skip
"""The facts of any letter, told apart by their template."""
