"""Guidance for whoever decides: what the law usually says to a right, for one kind of information, and where it stands."""

from enum import StrEnum

from models.record import Payload
from models.rights import LawfulBasis, Regime, Right, Scope
from models.rights_decisions import Outcome, ReasonCode, Result


class Applicability(StrEnum):
    """What the answer usually is. Each request is decided by itself all the same."""

    APPLIES = "applies"
    ALWAYS_UPHELD = "always_upheld"
    APPLIES_IN_PART = "applies_in_part"
    RARELY_APPLIES = "rarely_applies"
    DOES_NOT_APPLY = "does_not_apply"


class Reason(Payload):
    """A reason for saying no, in any part: where it stands, what it says, and for which rights it can be given."""

    code: ReasonCode
    source: str
    sentence: str
    rights: list[Right]
    regime: Regime = Regime.UK_GDPR


class Guidance(Payload):
    """What applies to a right, for one kind of information.

    `codes` are the reasons that are usual; `consider` what can be done in place of what is asked.
    """

    right: Right
    scope: Scope
    regime: Regime = Regime.UK_GDPR
    applicability: Applicability
    usual_basis: LawfulBasis
    sentence: str
    sources: list[str]
    codes: list[ReasonCode]
    consider: list[Result]
    needs_clinician: bool


class GuidanceFound(Payload):
    """The guidance that was asked for, with every reason that can be given there and every result that can be decided."""

    guidance: list[Guidance]
    reasons: list[Reason]
    results: dict[Right, dict[Outcome, list[Result]]]
