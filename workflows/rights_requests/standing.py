"""Who somebody is, and on whose authority they ask: nothing is disclosed or changed before both are known."""

from datetime import date
from typing import Final

from models.rights import AskedBy
from models.rights_requests import OPEN, UNDECIDED, RightsRequest, RightsRequestState
from models.rights_steps import (
    AuthorityCheck,
    AuthorityProof,
    AuthorityQuestion,
    ChildAssessed,
    ChildAssessment,
    Held,
    HoldOrder,
    HoldRelease,
    IdentityCheck,
    IdentityMethod,
    IdentityProof,
    IdentityQuestion,
)
from models.roles import Role
from workflows.engine import Act, Consequence, guard
from workflows.letters import issue
from workflows.rights_requests.dates import answered, asked
from workflows.rights_requests.law import LEAD, WORKERS, rights_requests
from workflows.rights_requests.wording import authority_asked, identity_asked
from workflows.roles import Audience
from workflows.statutory_time import add_months, today

MAJORITY: Final = 18
PRESUMED_CAPABLE: Final = 16
MONTHS: Final = 12


@guard("It is known already who this is.")
def identity_is_open(request: RightsRequest, act: Act) -> bool:
    """RIGHT-5: proof is asked for only where there is reasonable doubt, and once."""
    return request.identity is None


@guard(
    "All staff can say that they know somebody in person; anything else is for the information rights lead to look at."
)
def may_vouch(request: RightsRequest, act: Act, proof: IdentityProof) -> bool:
    """RIGHT-5: whoever knows the person says so, and proof is looked at by the lead."""
    return proof.method == IdentityMethod.KNOWN_IN_PERSON or act.permitted(LEAD)


@guard("The proof came after it was asked for, and not after today.")
def proof_came_in_time(request: RightsRequest, act: Act, proof: IdentityProof) -> bool:
    """RIGHT-24: dates rest on what happened, on the day on which it happened."""
    return came_between(request, act, proof.received_on)


@guard("Whoever asks does so for themselves.")
def is_asked_for_another(request: RightsRequest, act: Act) -> bool:
    """RIGHT-6: whoever asks for somebody else shows that they may, and as far as they may."""
    return request.asked_by != AskedBy.THEMSELVES


@guard("The proof came after it was asked for, and not after today.")
def authority_came_in_time(request: RightsRequest, act: Act, proof: AuthorityProof) -> bool:
    """RIGHT-24: dates rest on what happened, on the day on which it happened."""
    return came_between(request, act, proof.received_on)


@guard("The authority does not reach so far.")
def authority_reaches(request: RightsRequest, act: Act, proof: AuthorityProof) -> bool:
    """RIGHT-6: whoever asks for somebody else shows that they may, and as far as they may."""
    return proof.covers_this_request


@guard(
    "A parent asks for a child under 18, with parental responsibility; where a clinician found that the child understands, the "
    "child agrees, and otherwise it is in the child's best interests."
)
def parent_may_ask(request: RightsRequest, act: Act, proof: AuthorityProof) -> bool:
    """RIGHT-7: no age and no relation entitles by itself: a clinician says whether a child understands, and what is best."""
    if request.asked_by != AskedBy.PARENT:
        return True
    view = request.child_assessed
    if view is None or not is_under(request, MAJORITY) or not proof.parental_responsibility_seen:
        return False
    return proof.child_agrees if view.understands else view.in_best_interests


@guard("Nothing holds this request.")
def is_held(request: RightsRequest, act: Act) -> bool:
    """RIGHT-8: where somebody could be put in danger, a clinician looks first."""
    return request.hold is not None


@rights_requests.transition(
    RightsRequestState.RECEIVED, RightsRequestState.IN_REVIEW, to=RightsRequestState.AWAITING_IDENTITY, by=LEAD,
    when=[identity_is_open], entails=[issue],
)  # fmt: skip
def ask_identity(request: RightsRequest, act: Act, question: IdentityQuestion) -> list[Consequence]:
    """Ask who somebody is, because of a reasonable doubt. The month begins afresh on the day on which the proof arrives."""
    asked(request, act, "ask_identity")
    return [identity_asked(request, question.doubt, question.what_would_settle_it)]


@rights_requests.transition(
    RightsRequestState.RECEIVED, RightsRequestState.AWAITING_IDENTITY, RightsRequestState.IN_REVIEW,
    to=RightsRequestState.IN_REVIEW, by=[Role.STAFF], when=[identity_is_open, may_vouch, proof_came_in_time],
)  # fmt: skip
def satisfy_identity(request: RightsRequest, act: Act, proof: IdentityProof) -> None:
    """Record how it is known who this is. The proof itself is not kept."""
    request.identity = IdentityCheck(method=proof.method, at=act.at, by=act.actor.id)
    answered(request, act, "satisfy_identity", "identity_received", proof.received_on or today(act))


@rights_requests.transition(
    RightsRequestState.RECEIVED, RightsRequestState.IN_REVIEW, to=RightsRequestState.AWAITING_AUTHORITY, by=LEAD,
    when=[is_asked_for_another], entails=[issue],
)  # fmt: skip
def ask_authority(request: RightsRequest, act: Act, question: AuthorityQuestion) -> list[Consequence]:
    """Ask for proof that somebody may ask for another. The month begins afresh on the day on which it arrives."""
    asked(request, act, "ask_authority")
    return [authority_asked(request, question.what_would_settle_it)]


@rights_requests.transition(
    RightsRequestState.RECEIVED, RightsRequestState.AWAITING_AUTHORITY, RightsRequestState.IN_REVIEW,
    to=RightsRequestState.IN_REVIEW, by=LEAD,
    when=[is_asked_for_another, authority_came_in_time, authority_reaches, parent_may_ask],
)  # fmt: skip
def satisfy_authority(request: RightsRequest, act: Act, proof: AuthorityProof) -> None:
    """Record that somebody may ask for another, and how far. The paper itself is not kept."""
    request.authority = AuthorityCheck(covers=proof.covers, at=act.at, by=act.actor.id)
    answered(request, act, "satisfy_authority", "authority_received", proof.received_on or today(act))


@rights_requests.transition(*UNDECIDED, to=None, by=[Role.CLINICIAN])
def assess_child(request: RightsRequest, act: Act, view: ChildAssessment) -> None:
    """Say, as a clinician, whether a child understands what is asked, and whether it is in their best interests."""
    request.child_assessed = ChildAssessed(**dict(view), at=act.at, by=act.actor.id)


@rights_requests.transition(*OPEN, to=None, by=WORKERS, tells=[Audience.INFORMATION_RIGHTS])
def hold(request: RightsRequest, act: Act, order: HoldOrder) -> None:
    """Hold the request, because answering it could put somebody in danger: parents in dispute, safeguarding, domestic abuse."""
    request.hold = Held(**dict(order), at=act.at, by=act.actor.id)


@rights_requests.transition(*OPEN, to=None, by=[Role.CLINICIAN], when=[is_held], tells=[Audience.INFORMATION_RIGHTS])
def release_hold(request: RightsRequest, act: Act, release: HoldRelease) -> None:
    """Say, as a clinician, that the request need not be held any more, and why."""
    request.hold = None


def came_between(request: RightsRequest, act: Act, said: date | None) -> bool:
    """Whether something came after it was asked for, or after the request, and by today."""
    return said is None or (request.asked_on or request.received_on) <= said <= today(act)


def is_under(request: RightsRequest, age: int) -> bool:
    """Whether the person was younger on the day of receipt. Nobody knows when they were born: then they may have been."""
    born = request.concerned.date_of_birth
    return born is None or request.received_on < add_months(born, age * MONTHS)
