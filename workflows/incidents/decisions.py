"""What is found of somebody's conduct, and what the practice decides: each role for itself, and nobody in their own cause."""

from collections.abc import Iterable

from models.incident_facts import (
    AdviceKept,
    AdviceTaken,
    Decision,
    DecisionDraft,
    Finding,
    FindingDraft,
    LegalReferral,
    LegalReferralDraft,
)
from models.incident_words import WORKED_ON, IncidentState, Outcome
from models.incidents import Incident
from models.policies import Reason
from models.roles import Duty, Role
from models.staff import StaffMember
from workflows.engine import Act, guard
from workflows.incidents.guards import (
    a_rule_was_broken,
    all_agreed_to_refer,
    complaint_route_offered,
    deciding_roles,
    may_be_held_against_somebody,
    something_carries_a_sanction,
    there_is_a_finding,
)
from workflows.incidents.machine import (
    end,
    in_post,
    incidents,
    kept,
    merged_records,
    others_about_the_person,
)
from workflows.legal_references import basis_in_force
from workflows.roles import Audience, here
from workflows.statutory_time import today

DECIDERS = (Duty.DECIDE,)
ANY_DECIDER = (Duty.DECIDE, Role.PARTNER)
"""On a removal a partner decides, whomever the policy names."""


@guard("A finding never rests on a complaint alone.")
def rests_on_more_than_a_complaint(incident: Incident, act: Act, found: FindingDraft) -> bool:
    """INC-7, K-09: nothing is held against anybody because they complained."""
    return not found.rests_on_complaint_alone


@guard("Decide in a role that you hold, and that decides on this.")
def decides_in_a_role_of_theirs(incident: Incident, act: Act, decision: DecisionDraft) -> bool:
    """INC-10, INC-14, I-06: the roles that the policy names decide, and on a removal a partner too."""
    return decision.role in act.actor.roles and decision.role in deciding_roles(act, decision.measure)


@guard("This role has decided already.")
def role_has_not_decided(incident: Incident, act: Act, decision: DecisionDraft) -> bool:
    """INC-10, I-06: each role has one decision, and it stands until the facts change."""
    return decision.role not in incident.decided(decision.measure)


@guard("You are involved yourself, and somebody else holds this role: they decide.", needs=[in_post])
def nobody_decides_in_their_own_cause(incident: Incident, act: Act, decision: DecisionDraft) -> bool:
    """INC-25: whoever was abused or complained about decides only where nobody else holds the role, and that is recorded."""
    return not is_involved(incident, act) or not any(
        decision.role in each.roles_at(act.at) for each in uninvolved(incident, act)
    )


@guard("You are involved yourself, and somebody else can judge it: they do.", needs=[in_post])
def nobody_judges_their_own_cause(incident: Incident, act: Act) -> bool:
    """INC-25: whoever was abused or complained about finds, and advises, only where nobody else who decides could."""
    deciders = here(act).holders(Duty.DECIDE)
    return not is_involved(incident, act) or not any(
        each.roles_at(act.at) & deciders for each in uninvolved(incident, act)
    )


@guard("Ask the defence body first.")
def defence_body_was_asked(incident: Incident, act: Act) -> bool:
    """INC-8, I-08: lawyers are asked with the defence body's advice, and only then."""
    return incident.defence_body_advice is not None


@guard("One of these grounds does not hold on this day.")
def bases_are_in_force(incident: Incident, act: Act, referral: LegalReferralDraft) -> bool:
    """INC-8, I-09, I-10: a legal ground is chosen from a dated table, out of those that hold."""
    return all(basis_in_force(each, today(act)) is not None for each in referral.bases)


@incidents.transition(
    *WORKED_ON, to=None, by=ANY_DECIDER,
    when=[
        may_be_held_against_somebody, something_carries_a_sanction, a_rule_was_broken, rests_on_more_than_a_complaint,
        nobody_judges_their_own_cause,
    ],
    needs=[merged_records, others_about_the_person],
)  # fmt: skip
def record_finding(incident: Incident, act: Act, found: FindingDraft) -> None:
    """Find that what somebody did is unfounded, malicious or unreasonable, and why. Connected incidents are counted with it."""
    found_about = act.looked_up(others_about_the_person)
    others = {each.id for each in found_about if each.state != IncidentState.CLOSED_DUPLICATE} - {incident.id}
    incident.finding = Finding(**kept(act, found), connected=1 + incident.repeats + len(others))


@incidents.transition(
    *WORKED_ON, to=None, by=ANY_DECIDER,
    when=[there_is_a_finding, decides_in_a_role_of_theirs, role_has_not_decided, nobody_decides_in_their_own_cause],
    tells=[Audience.DECIDERS],
)  # fmt: skip
def decide(incident: Incident, act: Act, decision: DecisionDraft) -> None:
    """Decide, as one of the roles that do, on a warning, a legal referral or a removal. It is decided when all have, and agree."""
    made = Decision(**kept(act, decision), involved=is_involved(incident, act))
    incident.decisions = [*incident.decisions, made]


@incidents.transition(
    IncidentState.REFUSED, to=IncidentState.OPTIONS_REVIEW, by=DECIDERS, when=[there_is_a_finding, complaint_route_offered],
    tells=[Audience.DECIDERS],
)  # fmt: skip
def convene(incident: Incident, act: Act) -> None:
    """Bring together those who decide, because the author refused."""


@incidents.transition(
    IncidentState.REFUSED, IncidentState.OPTIONS_REVIEW, IncidentState.ADVISED, to=IncidentState.CLOSED_RETAINED, by=DECIDERS,
    when=[complaint_route_offered], tells=[Audience.INCIDENTS],
)  # fmt: skip
def leave_standing(incident: Incident, act: Act, why: Reason) -> None:
    """Let the post stay up, without a sanction or with nothing more than the advice that was given."""
    end(incident, act, Outcome.LEFT_STANDING, why.reason)


@incidents.transition(IncidentState.OPTIONS_REVIEW, IncidentState.ADVISED, to=None, by=DECIDERS)
def contact_defence_body(incident: Incident, act: Act, taken: AdviceTaken) -> None:
    """Record what the defence body advised, on the case or on how it was dealt with."""
    incident.defence_body_advice = AdviceKept(**kept(act, taken))


@incidents.transition(*WORKED_ON, to=None, by=DECIDERS)
def take_legal_advice(incident: Incident, act: Act, taken: AdviceTaken) -> None:
    """Record legal advice, which some policies bind the practice to take on defamation (C-14). It binds nobody to a referral."""
    incident.legal_advice, incident.legal_advice_by = AdviceKept(**kept(act, taken)), None


@incidents.transition(
    IncidentState.OPTIONS_REVIEW, IncidentState.ADVISED, to=IncidentState.LEGAL_REFERRAL, by=DECIDERS,
    when=[there_is_a_finding, defence_body_was_asked, all_agreed_to_refer, complaint_route_offered, bases_are_in_force],
    tells=[Audience.DECIDERS],
)  # fmt: skip
def refer_legal(incident: Incident, act: Act, referral: LegalReferralDraft) -> None:
    """Put it into the hands of lawyers, on grounds that hold today. A claim belongs to whoever was wronged, not to the practice."""
    incident.legal_referral = LegalReferral(**kept(act, referral))
    incident.legal_advice_by = None


@incidents.transition(
    IncidentState.LEGAL_REFERRAL,
    to=IncidentState.ADVISED,
    by=DECIDERS,
    tells=[Audience.DECIDERS],
)
def legal_done(incident: Incident, act: Act, what: Reason) -> None:
    """Record what came of the referral."""
    if incident.legal_referral:
        incident.legal_referral = incident.legal_referral.model_copy(update={"outcome": what.reason})


def is_involved(incident: Incident, act: Act) -> bool:
    """Whether whoever asks was abused or complained about."""
    return act.actor.id in {str(each) for each in incident.staff_involved}


def uninvolved(incident: Incident, act: Act) -> Iterable[StaffMember]:
    """Who else is in post, and was neither abused nor complained about."""
    apart = {act.actor.id, *map(str, incident.staff_involved)}
    return (each for each in act.looked_up(in_post) if str(each.id) not in apart)
