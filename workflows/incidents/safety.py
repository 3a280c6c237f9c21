"""A threat or violence: people first, then the police, and a removal at once only where the regulations allow one."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from models.incident_words import OPEN, IncidentState, Outcome
from models.incidents import Incident
from models.letter_facts.facts import LetterTemplate
from models.letter_facts.incidents import ImmediateRemoval as ImmediateRemovalLetter
from models.policies import Reason
from models.record_entries import EntryEvent
from models.removal_facts import (
    ConfirmedInWriting,
    Delegated,
    Delegation,
    ImmediateRemoval,
    ImmediateRemovalDraft,
    PatientInformed,
    PatientInformedDraft,
    Plan,
    PlanDraft,
    PoliceReport,
    PoliceTold,
    SafeguardingAsked,
    SafeguardingDraft,
    Support,
    SupportDraft,
    Threat,
    ThreatDraft,
    WrittenConfirmation,
)
from models.roles import Role
from models.staff import StaffMember, StaffState
from workflows.engine import Act, Consequence, guard, lookup
from workflows.incidents.entries import removal_stands_in_the_record
from workflows.incidents.guards import (
    complaint_route_offered,
    concerns_a_patient,
    evidence_is_kept,
    may_be_held_against_somebody,
    no_removal_in_flight,
    route_was_sent,
)
from workflows.incidents.machine import (
    MANAGERS,
    WORKERS,
    end,
    incidents,
    its_letters,
    judged_anew,
    kept,
    taken_back,
    the_person,
    was_sent,
)
from workflows.incidents.removal import entry, is_no_discrimination, pcse_has_it
from workflows.incidents.telling import the_conduct
from workflows.letters import addressed, issue, letter, withdraw
from workflows.record_entries import owe
from workflows.roles import Audience
from workflows.statutory_time import in_writing_by, london_day, today

LOOK_AFTER_WITHIN = timedelta(days=1)
COMMISSIONER_AFTER = timedelta(days=7)
MAY_STAND_IN = (Role.PRACTICE_MANAGER, Role.CLINICIAN)
"""To whom a partner may hand the request beforehand: whoever sees the incident where it has to be made."""


@lookup(StaffMember)
def whoever_stands_in(incident: Incident, act: Act, delegation: Delegation) -> Mapping[str, Any]:
    """Whoever is to ask in the partner's place."""
    return {"id": delegation.to, "state": StaffState.IN_POST}


@guard("Nothing is reported before it happens.")
def threat_has_happened(incident: Incident, act: Act, threat: ThreatDraft) -> bool:
    """INC-11: the time for telling the police runs from what has happened."""
    return threat.happened_at <= act.at


@guard("Nobody was told before it happened, or is told in the future.")
def police_were_told_since(incident: Incident, act: Act, told: PoliceTold) -> bool:
    """INC-11: the police are told of what has happened."""
    return incident.threat is not None and incident.threat.happened_at <= told.told_at <= act.at


@guard("It takes violence, or behaviour that made somebody fear for their safety.")
def violence_or_fear(incident: Incident, act: Act) -> bool:
    """INC-11, Z-04: abuse in words alone is no ground for a removal at once, whatever a document says."""
    return incident.threat is not None and (incident.threat.violence or incident.threat.fear_for_safety)


@guard("Tell the police first.")
def police_were_told(incident: Incident, act: Act) -> bool:
    """INC-11: no removal at once without a report to the police."""
    return incident.police_told is not None


@guard("It is more than seven days since it happened: the commissioner has to approve.")
def in_time_or_approved(incident: Incident, act: Act, asked: ImmediateRemovalDraft) -> bool:
    """INC-11: what the police, or the commissioner, hears of late takes the commissioner's approval."""
    late = incident.threat is not None and act.at - incident.threat.happened_at > COMMISSIONER_AFTER
    return not late or asked.commissioner_approval is not None


@guard("A partner asks for this, or whoever they named for it beforehand.")
def partner_or_whom_they_named(incident: Incident, act: Act) -> bool:
    """INC-11, Z-04: the contractor makes the request, or somebody whom a partner named before."""
    named = str(incident.delegated.to) if incident.delegated else None
    return act.permitted([Role.PARTNER]) or act.actor.id == named


@guard("Name a practice manager or a clinician who is in post.", needs=[whoever_stands_in])
def can_stand_in(incident: Incident, act: Act, delegation: Delegation) -> bool:
    """INC-11: whoever is named can see the incident, and is there."""
    return any(each.roles_at(act.at) & set(MAY_STAND_IN) for each in act.looked_up(whoever_stands_in))


@guard("No removal has been asked for.")
def a_removal_is_in_flight(incident: Incident, act: Act) -> bool:
    """INC-15: only what was asked for goes on."""
    return incident.list_removal is not None


@guard("A clinician has to stand for the plan.")
def clinician_stands_for_the_plan(incident: Incident, act: Act) -> bool:
    """INC-27: illness and confusion are met with a plan, by a clinician and the practice manager."""
    return incident.plan is not None


@guard("Tell the patient in a letter, and send it, or record why not.", needs=[its_letters])
def patient_was_informed(incident: Incident, act: Act) -> bool:
    """INC-13: whoever is removed at once is told, unless that is impracticable or would do harm."""
    asked, told = incident.immediate_removal, incident.patient_informed
    if asked is None or told is None:
        return False
    return told.not_informed is not None or was_sent(act, LetterTemplate.IMMEDIATE_REMOVAL, asked.at)


@guard("The way to complain has to have been offered in writing, and its letter sent.", needs=[its_letters])
def offered_in_writing(incident: Incident, act: Act) -> bool:
    """INC-4: whoever is removed at once is offered the way to complain in writing."""
    offered = incident.route_offered
    return not incident.is_complaint or (offered is not None and offered.in_writing and route_was_sent(incident, act))


@guard("It was sent by now, and not before the removal.")
def was_confirmed_by_now(incident: Incident, act: Act, sent: WrittenConfirmation) -> bool:
    """INC-12: what is confirmed has been asked for."""
    asked = incident.immediate_removal
    return asked is not None and london_day(asked.at) <= sent.sent_on <= today(act)


@incidents.transition(
    *(each for each in OPEN if each not in {IncidentState.SAFETY, IncidentState.IMMEDIATE_REQUESTED}),
    to=IncidentState.SAFETY, by=[Role.STAFF], when=[threat_has_happened], tells=[Audience.SAFETY, Audience.MANAGEMENT],
)  # fmt: skip
def threat(incident: Incident, act: Act, draft: ThreatDraft) -> None:
    """Report a threat or violence, at whatever stage. Those who were there are looked after, and safeguarding is asked about.

    Whether it has to do with a condition, or could be met by an adjustment, is asked of this anew (INC-11).
    """
    incident.threat = Threat(**kept(act, draft), look_after_by=act.at + LOOK_AFTER_WITHIN)
    incident.police_told = incident.plan = incident.safeguarding_asked = incident.equality_check = None
    incident.support = []


@incidents.transition(*OPEN, to=None, by=WORKERS)
def offer_support(incident: Incident, act: Act, draft: SupportDraft) -> None:
    """Record that those who were there were offered support."""
    incident.support = [*incident.support, Support(**kept(act, draft))]


@incidents.transition(*OPEN, to=None, by=[*WORKERS, Role.CLINICIAN])
def ask_about_safeguarding(incident: Incident, act: Act, draft: SafeguardingDraft) -> None:
    """Record who asked whether anybody has to be kept safe, and what was done."""
    incident.safeguarding_asked = SafeguardingAsked(**kept(act, draft))
    incident.safeguarding = incident.safeguarding or draft.concern


@incidents.transition(IncidentState.SAFETY, to=None, by=[Role.STAFF], when=[police_were_told_since])
def tell_police(incident: Incident, act: Act, told: PoliceTold) -> None:
    """Record that the police were told, and under which number, if they gave one."""
    incident.police_told = PoliceReport(**kept(act, told))


@incidents.transition(
    IncidentState.SAFETY, to=IncidentState.TRIAGED, by=MANAGERS, when=[evidence_is_kept, no_removal_in_flight],
    tells=[Audience.INCIDENTS],
)  # fmt: skip
def not_a_threat(incident: Incident, act: Act, why: Reason) -> None:
    """Find that it was no threat. Whatever else it was goes on from there."""
    judged_anew(incident)


@incidents.transition(
    IncidentState.SAFETY, to=IncidentState.REMOVAL_REQUESTED, by=MANAGERS, when=[a_removal_is_in_flight],
    tells=[Audience.INCIDENTS],
)  # fmt: skip
def removal_goes_on(incident: Incident, act: Act, why: Reason) -> None:
    """Go on with the removal that was asked for before, because nothing more is needed for anybody's safety."""


@incidents.transition(IncidentState.SAFETY, to=None, by=[Role.CLINICIAN])
def agree_plan(incident: Incident, act: Act, draft: PlanDraft) -> None:
    """As a clinician, stand for a plan that takes the place of a removal."""
    incident.plan = Plan(**kept(act, draft))


@incidents.transition(
    IncidentState.SAFETY, to=IncidentState.CLOSED_MANAGED_OTHERWISE, by=[Role.PRACTICE_MANAGER],
    when=[clinician_stands_for_the_plan, no_removal_in_flight, complaint_route_offered], tells=[Audience.INCIDENTS],
)  # fmt: skip
def manage_otherwise(incident: Incident, act: Act) -> None:
    """Close it with the clinician's plan: somebody was ill, confused, or has agreed to what helps."""
    end(incident, act, Outcome.MANAGED_OTHERWISE)


@incidents.transition(IncidentState.SAFETY, to=None, by=[Role.PARTNER], when=[can_stand_in])
def delegate_immediate_request(incident: Incident, act: Act, delegation: Delegation) -> None:
    """As a partner, name whoever may ask for a removal at once in one's place."""
    incident.delegated = Delegated(**kept(act, delegation))


@incidents.transition(
    IncidentState.SAFETY, to=IncidentState.IMMEDIATE_REQUESTED, by=[Role.PARTNER, *MAY_STAND_IN],
    when=[
        partner_or_whom_they_named, concerns_a_patient, may_be_held_against_somebody, violence_or_fear, police_were_told,
        is_no_discrimination, in_time_or_approved,
    ],
    entails=[owe], tells=[Audience.MANAGEMENT, Audience.SAFETY],
)  # fmt: skip
def request_immediate_removal(incident: Incident, act: Act, asked: ImmediateRemovalDraft) -> list[Consequence]:
    """Tell the commissioner, by any means, that this one patient is removed at once. It takes effect now (INC-16)."""
    incident.immediate_removal = ImmediateRemoval(**kept(act, asked), confirm_by=in_writing_by(today(act)))
    incident.pcse_acknowledged = None
    return [owe.on(entry(incident, act, EntryEvent.IMMEDIATE_REMOVAL))]


@incidents.transition(
    IncidentState.IMMEDIATE_REQUESTED, to=None, by=[*MANAGERS, Role.CLINICIAN], needs=[the_person], entails=[issue]
)
def inform_patient(incident: Incident, act: Act, draft: PatientInformedDraft) -> list[Consequence]:
    """Tell the patient in a letter that they were removed at once, or record why they are not told."""
    incident.patient_informed = PatientInformed(**kept(act, draft))
    asked, police = incident.immediate_removal, incident.police_told
    if draft.not_informed or asked is None or police is None:
        return []
    facts = ImmediateRemovalLetter(
        conduct=(the_conduct(incident),), effective_at=asked.at, police_told_on=london_day(police.told_at), appeal=draft.appeal
    )  # fmt: skip
    return [letter(facts, incident, because="incident.inform_patient", to=addressed(act.looked_up(the_person)))]


@incidents.transition(
    IncidentState.IMMEDIATE_REQUESTED, to=IncidentState.CLOSED_IMMEDIATE_REMOVED, by=[Role.PRACTICE_MANAGER],
    when=[patient_was_informed, pcse_has_it, removal_stands_in_the_record, offered_in_writing, was_confirmed_by_now],
    tells=[Audience.MANAGEMENT],
)  # fmt: skip
def confirm_in_writing(incident: Incident, act: Act, sent: WrittenConfirmation) -> None:
    """Record the written confirmation to the commissioner. After seven days it is late, and the record says so."""
    asked = incident.immediate_removal
    late = asked is not None and sent.sent_on > asked.confirm_by.day
    incident.confirmed_in_writing = ConfirmedInWriting(**kept(act, sent), late=late)
    end(incident, act, Outcome.REMOVED_AT_ONCE)


@incidents.transition(
    IncidentState.IMMEDIATE_REQUESTED, to=IncidentState.SAFETY, by=[Role.PARTNER], needs=[its_letters],
    entails=[withdraw], tells=[Audience.MANAGEMENT],
)  # fmt: skip
def withdraw_immediate_removal(incident: Incident, act: Act, why: Reason) -> list[Consequence]:
    """Take a request back."""
    return not_removed_at_once(incident, act)


@incidents.transition(
    IncidentState.IMMEDIATE_REQUESTED, to=IncidentState.SAFETY, by=MANAGERS, needs=[its_letters], entails=[withdraw],
    tells=[Audience.MANAGEMENT],
)  # fmt: skip
def immediate_removal_rejected(incident: Incident, act: Act, why: Reason) -> list[Consequence]:
    """Record that the commissioner did not remove the patient, and why."""
    return not_removed_at_once(incident, act)


def not_removed_at_once(incident: Incident, act: Act) -> list[Consequence]:
    """Forget a request that came to nothing; the trail remembers it. Nobody is told of it now."""
    incident.immediate_removal = incident.patient_informed = incident.pcse_acknowledged = None
    return taken_back(act, {LetterTemplate.IMMEDIATE_REMOVAL})
