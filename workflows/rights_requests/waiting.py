"""What a request waits for besides: a fee, a clearer question; and longer time for the answer, told in time and once."""

from typing import Final

from models.cases import Note
from models.rights import Regime
from models.rights_requests import RightsRequest, RightsRequestState
from models.rights_steps import (
    ClarificationAnswer,
    ClarificationQuestion,
    Extended,
    ExtensionNotice,
    FeeCharge,
    FeeCharged,
    FeeReceipt,
    FeeWaiver,
)
from models.roles import Role
from workflows.engine import Act, Consequence, guard
from workflows.letters import issue
from workflows.rights_requests.dates import (
    REASONABLE_WAIT,
    answered,
    asked,
    due_on_today,
    learn,
    notice_by,
    paused,
    pauses,
    reckon,
    resumed,
)
from workflows.rights_requests.law import LEAD, WORKERS, rights_requests
from workflows.rights_requests.standing import came_between
from workflows.rights_requests.wording import clarification_asked, fee_asked, time_extended
from workflows.statutory_time import today

EXTENDABLE: Final = (
    RightsRequestState.IN_REVIEW, RightsRequestState.AWAITING_IDENTITY, RightsRequestState.AWAITING_AUTHORITY,
    RightsRequestState.AWAITING_FEE, RightsRequestState.AWAITING_CLARIFICATION,
)  # fmt: skip


@guard("For the record of somebody who has died no fee is charged.")
def fee_can_be_charged(request: RightsRequest, act: Act) -> bool:
    """RIGHT-9: a fee is charged for what is manifestly unfounded or excessive, and for nothing else."""
    return request.regime == Regime.UK_GDPR


@guard("It was paid after it was charged, and not after today.")
def paid_in_time(request: RightsRequest, act: Act, receipt: FeeReceipt) -> bool:
    """RIGHT-24: dates rest on what happened, on the day on which it happened."""
    return came_between(request, act, receipt.paid_on)


@guard("The answer came after the question, and not after today.")
def answered_in_time(request: RightsRequest, act: Act, answer: ClarificationAnswer) -> bool:
    """RIGHT-24: dates rest on what happened, on the day on which it happened."""
    return came_between(request, act, answer.answered_on)


@guard("The time was extended already: that can be done once.")
def not_extended_yet(request: RightsRequest, act: Act) -> bool:
    """RIGHT-11: the time is extended once, by two further months, and under the UK GDPR alone."""
    return request.extended is None


@guard("The Access to Health Records Act 1990 knows no extension.")
def period_can_be_extended(request: RightsRequest, act: Act) -> bool:
    """RIGHT-11: the time is extended once, by two further months, and under the UK GDPR alone."""
    return request.regime == Regime.UK_GDPR


@guard("The first month is over: it is too late to tell the person that it takes longer.")
def first_month_is_running(request: RightsRequest, act: Act) -> bool:
    """GDPR-4: an extension is told, with its reasons, before the first month ends."""
    last_day = notice_by(request, act)
    return last_day is None or today(act) <= last_day


@rights_requests.transition(
    RightsRequestState.RECEIVED, RightsRequestState.IN_REVIEW, to=RightsRequestState.AWAITING_FEE,
    by=[Role.PRACTICE_MANAGER], when=[fee_can_be_charged], entails=[issue],
)  # fmt: skip
def charge_fee(request: RightsRequest, act: Act, fee: FeeCharge) -> list[Consequence]:
    """Ask a reasonable fee for a request that is manifestly unfounded or excessive. The month begins when it is paid."""
    request.fee = FeeCharged(**dict(fee), at=act.at, by=act.actor.id)
    asked(request, act, "charge_fee")
    return [fee_asked(request, request.fee)]


@rights_requests.transition(
    RightsRequestState.AWAITING_FEE, to=RightsRequestState.IN_REVIEW, by=[Role.PRACTICE_MANAGER], when=[paid_in_time]
)
def fee_paid(request: RightsRequest, act: Act, receipt: FeeReceipt) -> None:
    """Record that the fee was paid, and on which day: the month begins with it."""
    answered(request, act, "fee_paid", "fee_paid", receipt.paid_on or today(act))


@rights_requests.transition(
    RightsRequestState.AWAITING_FEE, to=RightsRequestState.IN_REVIEW, by=[Role.PRACTICE_MANAGER]
)
def waive_fee(request: RightsRequest, act: Act, waiver: FeeWaiver) -> None:
    """Do without the fee. The month is that of the request again, as if none had been charged."""
    request.fee = request.asked_on = request.reminded_on = request.chase_on = None
    reckon(request, act, "waive_fee", waiver.reason)


@rights_requests.transition(
    RightsRequestState.IN_REVIEW, to=RightsRequestState.AWAITING_CLARIFICATION, by=LEAD, entails=[issue]
)
def ask_clarification(request: RightsRequest, act: Act, question: ClarificationQuestion) -> list[Consequence]:
    """Ask what is meant. For access alone the clock stands still until the answer, and only about which information is meant."""
    day = today(act)
    request.question, request.asked_on, request.reminded_on = question, day, None
    request.chase_on = day + REASONABLE_WAIT
    if pauses(request, question.about, day):
        paused(request, day)
        reckon(request, act, "ask_clarification", runs=False)
    return [clarification_asked(request, question.question)]


@rights_requests.transition(
    RightsRequestState.AWAITING_CLARIFICATION, to=RightsRequestState.IN_REVIEW, by=WORKERS, when=[answered_in_time]
)
def clarified(request: RightsRequest, act: Act, answer: ClarificationAnswer) -> None:
    """Record what the person answered, and on which day. The days from the question to the answer don't count."""
    resumed(request, answer.answered_on or today(act))
    request.question = request.asked_on = request.reminded_on = request.chase_on = None
    request.notes = [*request.notes, Note(text=answer.answer, at=act.at, by=act.actor.id)]
    reckon(request, act, "clarified")


@rights_requests.transition(
    *EXTENDABLE,
    to=None,
    by=LEAD,
    when=[not_extended_yet, period_can_be_extended, first_month_is_running],
    entails=[issue],
)
def extend(request: RightsRequest, act: Act, notice: ExtensionNotice) -> list[Consequence]:
    """Take two further months, for a complex request or for several by one person. The person is told today, with the reasons."""
    was_due_on = due_on_today(request, act)
    request.extended = Extended(**dict(notice), at=act.at, by=act.actor.id)
    learn(request, extended=True)
    due = reckon(request, act, "extend", runs=request.due is not None)
    return [time_extended(request, request.extended, was_due_on, due.day)]
