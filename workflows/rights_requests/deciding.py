"""The decision: a clinician's part of it, the lead's, and what has to be so before either counts."""

from collections.abc import Mapping
from typing import Any, Final

from models.letters import Letter, LetterState
from models.rights import AskedBy, Right, Scope
from models.rights_decisions import (
    ALTERS,
    ERASES,
    RESULTS,
    ClinicalOpinion,
    ClinicalOpinionDraft,
    Decision,
    DecisionDraft,
    EntryNature,
    Outcome,
    Reconsideration,
    Result,
    Route,
)
from models.rights_requests import RightsRequest, RightsRequestState
from models.roles import Role
from models.staff import StaffMember, StaffState
from workflows.engine import Act, Consequence, guard, lookup
from workflows.letters import issue
from workflows.letters import withdraw as take_letter_back
from workflows.rights_requests.guidance import needs_clinician
from workflows.rights_requests.law import LEAD, rights_requests
from workflows.rights_requests.reasons import HARM, can_be_given
from workflows.rights_requests.standing import PRESUMED_CAPABLE, is_under
from workflows.rights_requests.wording import decision_letter, decision_template
from workflows.roles import Audience
from workflows.statutory_time import add_months, today

OPINION_COUNTS_FOR: Final = 6
"""Months."""


@lookup(StaffMember)
def everybody_in_post(request: RightsRequest, act: Act) -> Mapping[str, Any]:
    """Everybody in post, so that it is known whether somebody is the information rights lead."""
    return {"state": StaffState.IN_POST}


@lookup(Letter)
def drafted_letter(request: RightsRequest, act: Act) -> Mapping[str, Any]:
    """The letter that tells of the decision, and was not sent yet."""
    return {"case_id": request.id, "template": decision_template(request), "state": LetterState.ISSUED}


@guard("Nothing is disclosed or changed before it is known who this is.")
def identity_is_satisfied(request: RightsRequest, act: Act) -> bool:
    """GDPR-1: nothing is disclosed or changed before identity, and whoever asks for another has shown that they may."""
    return request.identity is not None


@guard("Whoever asks for somebody else has not shown yet that they may.")
def authority_is_satisfied(request: RightsRequest, act: Act) -> bool:
    """GDPR-1: nothing is disclosed or changed before identity, and whoever asks for another has shown that they may."""
    return request.authority is not None or request.asked_by == AskedBy.THEMSELVES


@guard("The child asks for themselves: a clinician says first whether they understand what they ask.")
def child_understands(request: RightsRequest, act: Act) -> bool:
    """RIGHT-7: no age and no relation entitles by itself: a clinician says whether a child understands, and what is best."""
    by_themselves = (
        request.asked_by == AskedBy.THEMSELVES and knows_age(request) and is_under(request, PRESUMED_CAPABLE)
    )
    return not by_themselves or (request.child_assessed is not None and request.child_assessed.understands)


@guard("The request is held: a clinician has to look at it first.")
def is_not_held(request: RightsRequest, act: Act) -> bool:
    """RIGHT-8: where somebody could be put in danger, a clinician looks first."""
    return request.hold is None


@guard(
    "The information rights lead decides. The practice manager does where nobody holds that role.",
    needs=[everybody_in_post],
)
def lead_decides(request: RightsRequest, act: Act) -> bool:
    """RIGHT-16: who decides is known, and stands for it."""
    led = any(Role.INFORMATION_RIGHTS_LEAD in each.roles_at(act.at) for each in act.looked_up(everybody_in_post))
    return act.permitted(LEAD) or not led


@guard("A clinician has not given an opinion on it within the last six months.")
def clinician_was_asked(request: RightsRequest, act: Act) -> bool:
    """RIGHT-12: a clinician is asked before health data are disclosed or erased, or an opinion is changed."""
    asked_first = needs_clinician(request.right, request.scope, request.contests_opinion)
    return not asked_first or (request.opinion is not None and today(act) <= request.opinion.expires_on)


@guard("This result is none of this right and this outcome.")
def result_suits(request: RightsRequest, act: Act, draft: DecisionDraft) -> bool:
    """RIGHT-13: each right has its own outcomes, and each reason its place in the law."""
    return draft.result in RESULTS[request.right][draft.outcome]


@guard("Give at least one reason code, each of which the law of this right knows.")
def codes_suit(request: RightsRequest, act: Act, draft: DecisionDraft) -> bool:
    """RIGHT-13: each right has its own outcomes, and each reason its place in the law."""
    given = [*draft.reason_codes, *(each.ground for each in draft.redactions)]
    in_the_law = all(can_be_given(each, request.right, request.regime) for each in given)
    return in_the_law and (draft.outcome == Outcome.UPHELD or bool(draft.reason_codes))


@guard(
    "Whoever is refused, wholly or in part, is told the reasons, and that they can complain to the practice, complain to the "
    "Information Commission and go to court."
)
def refusal_is_whole(request: RightsRequest, act: Act, draft: DecisionDraft) -> bool:
    """GDPR-3: a refusal gives its reasons and every way on."""
    return draft.outcome == Outcome.UPHELD or (bool(draft.reasons_told) and set(draft.routes_told) == set(Route))


@guard("A clinical entry is erased only if a clinician decided that it may be.")
def clinician_lets_erase(request: RightsRequest, act: Act, draft: DecisionDraft) -> bool:
    """GDPR-2: a clinical entry is erased on a clinician's recorded decision, and on nothing else."""
    erases = draft.result in ERASES and request.scope == Scope.CLINICAL_RECORD
    return not erases or (request.opinion is not None and request.opinion.may_be_done)


@guard("A clinician's opinion is not changed or erased: the patient's disagreement is noted beside it.")
def opinion_is_annotated(request: RightsRequest, act: Act, draft: DecisionDraft) -> bool:
    """GDPR-5: disagreement with an opinion is noted beside it, and the opinion stays."""
    opinion = request.opinion is not None and request.opinion.entry == EntryNature.OPINION
    return not opinion or draft.result not in ALTERS


@guard("Evidence of an incident or a recording is restricted or added to, and never altered or erased.")
def evidence_stays(request: RightsRequest, act: Act, draft: DecisionDraft) -> bool:
    """GDPR-6: a request never alters evidence in silence: it is restricted."""
    return request.scope != Scope.CONDUCT_FILE or draft.result not in ALTERS


@guard("Say what was weighed against what: the person's situation, and the grounds of the practice.")
def objection_is_weighed(request: RightsRequest, act: Act, draft: DecisionDraft) -> bool:
    """RIGHT-14: an objection is weighed, in words; one to direct marketing is upheld, whatever weighs against it."""
    to_be_weighed = request.right == Right.OBJECTION and request.scope != Scope.MARKETING
    return not to_be_weighed or draft.balancing_test is not None


@guard("An objection to direct marketing is always upheld.")
def marketing_stops(request: RightsRequest, act: Act, draft: DecisionDraft) -> bool:
    """RIGHT-14: an objection is weighed, in words; one to direct marketing is upheld, whatever weighs against it."""
    to_marketing = (request.right, request.scope) == (Right.OBJECTION, Scope.MARKETING)
    return not to_marketing or draft.outcome == Outcome.UPHELD


@guard(
    "That it would do serious harm is for a clinician to say; and what a clinician says would do so is not given in full."
)
def harm_is_a_clinicians_word(request: RightsRequest, act: Act, draft: DecisionDraft) -> bool:
    """RIGHT-15: what is withheld because of serious harm rests on a health professional's opinion of the last six months."""
    found = (
        request.opinion is not None and request.opinion.serious_harm_likely and today(act) <= request.opinion.expires_on
    )
    claimed = bool(HARM & {*draft.reason_codes, *(each.ground for each in draft.redactions)})
    return found if claimed else not (found and draft.result == Result.GIVEN)


@rights_requests.transition(
    RightsRequestState.IN_REVIEW, to=None, by=[Role.CLINICIAN], tells=[Audience.INFORMATION_RIGHTS]
)
def clinical_opinion(request: RightsRequest, act: Act, draft: ClinicalOpinionDraft) -> None:
    """Say, as a clinician, what a contested entry is, whether it may be done, and whether disclosing would do serious harm.

    The opinion counts for six months.
    """
    request.opinion_expires_on = add_months(today(act), OPINION_COUNTS_FOR)
    request.opinion = ClinicalOpinion(**dict(draft), at=act.at, by=act.actor.id, expires_on=request.opinion_expires_on)


@rights_requests.transition(
    RightsRequestState.IN_REVIEW, to=RightsRequestState.DECIDED, by=[*LEAD, Role.PRACTICE_MANAGER],
    when=[
        identity_is_satisfied, authority_is_satisfied, child_understands, is_not_held, clinician_was_asked, lead_decides,
        result_suits, codes_suit, refusal_is_whole, marketing_stops, objection_is_weighed, clinician_lets_erase,
        opinion_is_annotated, evidence_stays, harm_is_a_clinicians_word,
    ], entails=[issue],
)  # fmt: skip
def decide(request: RightsRequest, act: Act, draft: DecisionDraft) -> list[Consequence]:
    """Decide the request: the outcome, what is done, the reasons held and the reasons told. The letter is drafted."""
    request.decision = Decision(**dict(draft), at=act.at, by=act.actor.id)
    return [decision_letter(request, request.decision)]


@rights_requests.transition(
    RightsRequestState.DECIDED,
    to=RightsRequestState.IN_REVIEW,
    by=LEAD,
    needs=[drafted_letter],
    entails=[take_letter_back],
)
def reconsider(request: RightsRequest, act: Act, why: Reconsideration) -> list[Consequence]:
    """Look at a decision again before anybody was told of it. Its letter is taken back."""
    request.decision = None
    return [take_letter_back.on(each) for each in act.looked_up(drafted_letter)]


def knows_age(request: RightsRequest) -> bool:
    """Whether it is known when the person was born."""
    return request.concerned.date_of_birth is not None
