"""The answer: sent to whoever asked, to a contact that is theirs; then whoever had the information is told, and it is closed."""

from collections.abc import Mapping
from typing import Any

from models.letters import Sending as LetterSent
from models.restrictions import Restriction, RestrictionState
from models.rights import ReplyBy
from models.rights_decisions import NOTIFIED, RESTRICTS, Outcome, Sending, Sent
from models.rights_requests import RightsRequest, RightsRequestState
from models.rights_steps import Closing, ContactConfirmed, Recipient, RecipientAnswer, RecipientTold
from models.roles import Role
from workflows.engine import Act, Consequence, guard, lookup
from workflows.letters import CHECKS, WAYS, send_answer
from workflows.rights_requests.deciding import drafted_letter, is_not_held
from workflows.rights_requests.law import LEAD, rights_requests
from workflows.rights_requests.wording import contact_of
from workflows.roles import Audience
from workflows.statutory_time import today


@lookup(Restriction)
def its_restrictions(request: RightsRequest, act: Act) -> Mapping[str, Any]:
    """The restrictions that were set for this request and stand."""
    return {
        "rights_request_id": request.id,
        "state": frozenset({RestrictionState.ACTIVE, RestrictionState.LIFT_NOTIFIED}),
    }


@guard("It was refused: send the refusal.")
def is_not_refused(request: RightsRequest, act: Act) -> bool:
    """RIGHT-17: a refusal ends a request, and what is upheld has to be done first."""
    return request.decision is not None and request.decision.outcome != Outcome.REFUSED


@guard("It was not refused: send the decision, and do what it says.")
def is_refused(request: RightsRequest, act: Act) -> bool:
    """RIGHT-17: a refusal ends a request, and what is upheld has to be done first."""
    return request.decision is not None and request.decision.outcome == Outcome.REFUSED


@guard(
    "An answer goes to a contact that is known to be theirs: no shared address unless they chose it, and no disputed one."
)
def goes_to_a_safe_contact(request: RightsRequest, act: Act, sending: Sending) -> bool:
    """RIGHT-18: an answer goes to a contact that is known to be theirs."""
    confirmed = confirmed_contact(request, sending.reply_by)
    return confirmed is not None and confirmed.is_safe


@guard("Nobody is told after today.")
def told_by_now(request: RightsRequest, act: Act, told: RecipientTold) -> bool:
    """RIGHT-19: the ledger says who was told and when, or why not."""
    return told.told_on is None or told.told_on <= today(act)


@guard("Nobody at this place of the ledger was told and has not answered yet.")
def answers_what_was_told(request: RightsRequest, act: Act, answer: RecipientAnswer) -> bool:
    """RIGHT-19: the ledger says who was told and when, or why not."""
    line = request.recipients[answer.place - 1] if answer.place <= len(request.recipients) else None
    return line is not None and line.told_on is not None and line.reply is None


@guard("Tell every recipient, or say why not; if the information was never disclosed to anybody, say that.")
def recipients_are_told(request: RightsRequest, act: Act, closing: Closing) -> bool:
    """RIGHT-19: the ledger says who was told and when, or why not."""
    concerns_others = request.decision is not None and request.decision.result in NOTIFIED
    return not concerns_others or bool(request.recipients) != closing.never_disclosed_to_anybody


@guard("The restriction that was decided is not set yet.", needs=[its_restrictions])
def restriction_stands(request: RightsRequest, act: Act) -> bool:
    """RIGHT-20: what is decided is done before the request is closed."""
    decided = request.decision is not None and request.decision.result in RESTRICTS
    return not decided or bool(act.looked_up(its_restrictions))


@rights_requests.transition(
    RightsRequestState.DECIDED, to=RightsRequestState.ACTIONED, by=LEAD,
    when=[is_not_refused, is_not_held, goes_to_a_safe_contact], needs=[drafted_letter], entails=[send_answer],
    tells=[Audience.INFORMATION_RIGHTS, Audience.CLINICAL_SYSTEMS],
)  # fmt: skip
def send_decision(request: RightsRequest, act: Act, sending: Sending) -> list[Consequence]:
    """Send the answer that upholds the request, wholly or in part. The clock stops; what was decided is done."""
    return sent(request, act, sending)


@rights_requests.transition(
    RightsRequestState.DECIDED, to=RightsRequestState.CLOSED, by=LEAD,
    when=[is_refused, is_not_held, goes_to_a_safe_contact], needs=[drafted_letter], entails=[send_answer],
    tells=[Audience.INFORMATION_RIGHTS],
)  # fmt: skip
def send_refusal(request: RightsRequest, act: Act, sending: Sending) -> list[Consequence]:
    """Send the refusal, with its reasons and every way on. The clock stops, and the request is closed."""
    return sent(request, act, sending)


@rights_requests.transition(
    RightsRequestState.ACTIONED, to=None, by=LEAD, when=[told_by_now], tells=[Audience.CLINICAL_SYSTEMS]
)
def tell_recipient(request: RightsRequest, act: Act, told: RecipientTold) -> None:
    """Enter into the ledger that a recipient was told, in which system and when; or why that was not done."""
    request.recipients = [*request.recipients, Recipient(**dict(told), at=act.at, by=act.actor.id)]


@rights_requests.transition(
    RightsRequestState.ACTIONED, to=None, by=[*LEAD, Role.CLINICAL_SYSTEM], when=[answers_what_was_told]
)
def recipient_answered(request: RightsRequest, act: Act, answer: RecipientAnswer) -> None:
    """Record what a recipient answered."""
    said = {"reply": answer.reply, "replied_at": act.at}
    request.recipients = [
        line.model_copy(update=said) if place == answer.place else line
        for place, line in enumerate(request.recipients, start=1)
    ]


@rights_requests.transition(
    RightsRequestState.ACTIONED, to=RightsRequestState.CLOSED, by=LEAD, when=[recipients_are_told, restriction_stands]
)
def close(request: RightsRequest, act: Act, closing: Closing) -> None:
    """Close the request: what was done, system by system, and everybody told who had the information."""
    request.done = closing.done


def sent(request: RightsRequest, act: Act, sending: Sending) -> list[Consequence]:
    """Keep to whom it went, and that its letter is sent."""
    request.sent = Sent(reply_by=sending.reply_by, at=act.at, by=act.actor.id)
    confirmed = confirmed_contact(request, sending.reply_by)
    if confirmed is None:
        return []
    how = LetterSent(way=WAYS[sending.reply_by], to=place(request, sending.reply_by), checked=CHECKS[confirmed.method])
    return [send_answer.on(each, how) for each in act.looked_up(drafted_letter)]


def confirmed_contact(request: RightsRequest, reply_by: ReplyBy) -> ContactConfirmed | None:
    """The contact that was confirmed for this way."""
    return next((each for each in request.contacts if each.reply_by == reply_by), None)


def place(request: RightsRequest, reply_by: ReplyBy) -> str:
    """Where it goes, as the letter keeps it."""
    contact = contact_of(request)
    match reply_by:
        case ReplyBy.EMAIL if contact and contact.email:
            return contact.email
        case ReplyBy.POST if contact and contact.address:
            return ", ".join([*contact.address, *([contact.postcode] if contact.postcode else [])])[:200]
        case ReplyBy.PATIENT_ACCOUNT:
            return "their account"
        case _:
            return "handed over in person"
