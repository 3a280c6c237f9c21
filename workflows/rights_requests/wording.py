"""The letters of a rights request: to whom each goes, and which facts it says. The words are the letter's own."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from models.letter_facts import rights as facts
from models.letter_facts.facts import Facts, LetterTemplate
from models.letters import Addressee
from models.people import PersonContact
from models.reckonings import Reckoning
from models.rights import ARTICLE, Regime, Right, Scope
from models.rights_decisions import Decision, Result
from models.rights_requests import RightsRequest, RightsRequestState
from models.rights_steps import Extended, FeeCharged, FeeGround, Transfer
from workflows.engine import Act, Consequence
from workflows.letters import letter
from workflows.rights_requests.reasons import REASONS
from workflows.statutory_time import today

PENCE = 100

FEE_GROUNDS: Final = {
    FeeGround.MANIFESTLY_UNFOUNDED: facts.FeeGround.MANIFESTLY_UNFOUNDED,
    FeeGround.MANIFESTLY_EXCESSIVE: facts.FeeGround.EXCESSIVE,
}
WAITS_FOR: Final = {
    RightsRequestState.AWAITING_IDENTITY: facts.WaitingFor.IDENTITY,
    RightsRequestState.AWAITING_AUTHORITY: facts.WaitingFor.AUTHORITY,
    RightsRequestState.AWAITING_FEE: facts.WaitingFor.FEE,
    RightsRequestState.AWAITING_CLARIFICATION: facts.WaitingFor.CLARIFICATION,
}
RECTIFIED: Final = {
    Result.CORRECTED: facts.RectificationResult.CORRECTED,
    Result.MOVED_TO_THE_RIGHT_PATIENT: facts.RectificationResult.CORRECTED,
    Result.COMPLETED: facts.RectificationResult.COMPLETED,
    Result.NOTE_OF_DISAGREEMENT_ADDED: facts.RectificationResult.NOTE_OF_DISAGREEMENT_ADDED,
}
OF_THE_RIGHT: Final[dict[Right, type[facts.Decision]]] = {
    Right.ACCESS: facts.AccessDecision,
    Right.RECTIFICATION: facts.RectificationDecision,
    Right.ERASURE: facts.ErasureDecision,
    Right.RESTRICTION: facts.RestrictionDecision,
    Right.PORTABILITY: facts.PortabilityDecision,
    Right.OBJECTION: facts.ObjectionDecision,
}
"""The letter that tells of the decision, right by right."""


def contact_of(request: RightsRequest) -> PersonContact | None:
    """How whoever asked is reached."""
    return request.representative.contact if request.representative else request.concerned.contact


def addressee(request: RightsRequest) -> Addressee:
    """Whoever asked, as they said who they are."""
    who = request.representative or request.concerned
    contact = contact_of(request)
    lines = [*contact.address, *([contact.postcode] if contact.postcode else [])] if contact else []
    own = None if request.representative else request.person_id
    return Addressee(person_id=own, name=who.name, address=tuple(lines))


def which(request: RightsRequest) -> dict[str, Any]:
    """Which request it is."""
    return {
        "right": ARTICLE[request.right], "reference": request.reference, "received_on": request.received_on,
        "subject": request.concerned.name if request.representative else None,
    }  # fmt: skip


def of_the_dead(request: RightsRequest) -> dict[str, Any]:
    """Which application it is."""
    return {
        "reference": request.reference,
        "received_on": request.received_on,
        "deceased": request.concerned.name,
    }


def written(said: Facts, request: RightsRequest, because: str, *, begins: bool = False) -> Consequence:
    """A letter that this step of the request calls for."""
    return letter(said, request, because=f"rights_request.{because}", to=addressee(request), begins=begins)


def acknowledgement(request: RightsRequest, by: Reckoning) -> Consequence:
    """We have your request, and answer by this day."""
    due: dict[str, Any] = {"due_on": by.day, "steps": by.steps}
    said: Facts = (
        facts.DeceasedRequestAcknowledged(**of_the_dead(request), **due)
        if request.regime == Regime.AHRA_1990
        else facts.RequestAcknowledged(**which(request), asks_for=request.about, **due)
    )
    return written(said, request, "receive", begins=True)


def identity_asked(request: RightsRequest, doubt: str, would_settle: list[str]) -> Consequence:
    """We can't be sure yet who you are."""
    said = facts.IdentityAsked(**which(request), doubt=doubt, would_settle=tuple(would_settle))
    return written(said, request, "ask_identity")


def authority_asked(request: RightsRequest, would_settle: list[str]) -> Consequence:
    """We need proof that you may ask for somebody else."""
    return written(facts.AuthorityAsked(**which(request), would_settle=tuple(would_settle)), request, "ask_authority")


def fee_asked(request: RightsRequest, fee: FeeCharged) -> Consequence:
    """There is a fee."""
    said = facts.FeeAsked(
        **which(request), ground=FEE_GROUNDS[fee.ground], reasons=(fee.reasons,), amount=Decimal(fee.amount_pence) / PENCE,
        basis=fee.basis,
    )  # fmt: skip
    return written(said, request, "charge_fee")


def clarification_asked(request: RightsRequest, question: str) -> Consequence:
    """Please say more exactly what you want."""
    return written(facts.ClarificationAsked(**which(request), questions=(question,)), request, "ask_clarification")


def time_extended(request: RightsRequest, extended: Extended, was_due_on: date, due_on: date) -> Consequence:
    """We need two further months."""
    said = facts.TimeExtended(
        **which(request), ground=facts.ExtensionGround(extended.ground), reasons=(extended.reasons,),
        was_due_on=was_due_on, due_on=due_on,
    )  # fmt: skip
    return written(said, request, "extend")


def decision_letter(request: RightsRequest, decision: Decision) -> Consequence:
    """What was decided, as the person is told it."""
    return written(decided(request, decision), request, "decide")


def decided(request: RightsRequest, decision: Decision) -> Facts:
    """The facts of the letter that this right takes."""
    told: dict[str, Any] = {
        "outcome": facts.Outcome(decision.outcome), "done": tuple(decision.what_is_done),
        "reasons": tuple(decision.reasons_told),
    }  # fmt: skip
    if request.regime == Regime.AHRA_1990:
        return facts.DeceasedDecision(**of_the_dead(request), **told)
    told |= {**which(request), "law": tuple(dict.fromkeys(REASONS[each].source for each in decision.reason_codes))}
    return OF_THE_RIGHT[request.right].model_validate(told | besides(request, decision))


def besides(request: RightsRequest, decision: Decision) -> dict[str, Any]:
    """What the letters of some rights say besides."""
    match request.right:
        case Right.RECTIFICATION:
            return {"results": tuple(RECTIFIED[each] for each in [decision.result] if each in RECTIFIED)}
        case Right.PORTABILITY:
            return {"alternative": decision.alternative}
        case Right.OBJECTION:
            return {"direct_marketing": request.scope == Scope.MARKETING}
        case _:
            return {}


def decision_template(request: RightsRequest) -> LetterTemplate:
    """Which letter tells of the decision."""
    dead = request.regime == Regime.AHRA_1990
    return LetterTemplate.DECEASED_DECISION if dead else LetterTemplate(f"{request.right}_decision")


def withdrawn(request: RightsRequest, act: Act) -> Consequence:
    """You took your request back."""
    return written(facts.RequestWithdrawn(**which(request), withdrawn_on=today(act)), request, "withdraw")


def transferred(request: RightsRequest, transfer: Transfer) -> Consequence:
    """Another organisation holds what you asked for."""
    said = facts.RequestTransferred(
        **which(request), to=transfer.right_controller, reach=transfer.how_to_reach_them, reasons=(transfer.reasons,)
    )
    return written(said, request, "transfer")


def reminder(request: RightsRequest, closes_on: date) -> Consequence:
    """We still wait."""
    return written(facts.LapseReminder(**which(request), **waiting(request), closes_on=closes_on), request, "remind")


def lapsed(request: RightsRequest) -> Consequence:
    """We closed it. You can ask again."""
    said = facts.RequestLapsed(
        **which(request), **waiting(request), reminded_on=request.reminded_on or request.received_on
    )
    return written(said, request, "lapse")


def waiting(request: RightsRequest) -> dict[str, Any]:
    """What the practice waits for, and since when."""
    return {"waiting_for": WAITS_FOR[request.state], "asked_on": request.asked_on}
