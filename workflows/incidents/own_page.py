"""What stands on the practice's own page: hidden in an emergency, deleted after evidence, reported to the platform."""

from models.incident_facts import PlatformReport, PlatformReportDraft, ReasonGiven, TakenDown, TakingDown
from models.incident_words import OPEN, WORKED_ON, IncidentState, Outcome
from models.incidents import Incident
from models.policies import Reason
from models.roles import Duty
from models.settings import PageComplaint
from workflows.engine import Act, guard
from workflows.incidents.guards import (
    clinician_has_read_it,
    complaint_route_offered,
    evidence_is_kept,
    may_be_reported,
    not_reported_yet,
    on_our_own_page,
    platform_knows_of_a_breach,
    post_is_up,
)
from workflows.incidents.machine import end, incidents, judged_anew, kept
from workflows.roles import Audience, here


@guard("It is hidden already.")
def not_hidden_yet(incident: Incident, act: Act) -> bool:
    """INC-2: once is enough."""
    return incident.hidden is None


@guard("Describe it first: what nobody may copy is kept in words.")
def is_described(incident: Incident, act: Act) -> bool:
    """INC-2: an emergency hide needs no more than a description."""
    return incident.description is not None


@guard("The policy leaves it to discretion whether a complaint is deleted: say why this one is.")
def discretion_is_used(incident: Incident, act: Act, why: TakingDown) -> bool:
    """K-03: a complaint on the page is deleted, or deleted at discretion, as the practice's policy says."""
    at_discretion = here(act).settings.page_complaint.value == PageComplaint.AT_DISCRETION
    return why.reason is not None or not (incident.is_complaint and at_discretion)


@incidents.transition(
    *OPEN, to=None, by=[Duty.REMOVE, Duty.USE_PLATFORMS], when=[on_our_own_page, post_is_up, not_hidden_yet, is_described],
    tells=[Audience.INCIDENTS],
)  # fmt: skip
def hide_in_emergency(incident: Incident, act: Act, why: Reason) -> None:
    """Hide a post on the practice's own page, because it does harm by the minute. It is not deleted."""
    incident.hidden = ReasonGiven(reason=why.reason, at=act.at, by=act.actor.id)


@incidents.transition(
    IncidentState.TRIAGED, to=IncidentState.TAKING_DOWN, by=[Duty.REMOVE],
    when=[
        on_our_own_page, post_is_up, evidence_is_kept, complaint_route_offered, clinician_has_read_it, discretion_is_used,
    ],
    tells=[Audience.INCIDENTS],
)  # fmt: skip
def take_down(incident: Incident, act: Act, why: TakingDown) -> None:
    """Delete a post from the practice's own page. The evidence of it stays."""
    incident.still_live = False
    incident.taken_down = TakenDown(**kept(act, why))


@incidents.transition(*WORKED_ON, to=None, by=[Duty.REMOVE], when=[may_be_reported, not_reported_yet])
def report_to_platform(incident: Incident, act: Act, said: PlatformReportDraft) -> None:
    """Record that a post was reported to its platform."""
    incident.platform_report = PlatformReport(**kept(act, said))


@incidents.transition(
    IncidentState.TAKING_DOWN, to=IncidentState.CLOSED_RESOLVED, by=[Duty.REMOVE],
    when=[platform_knows_of_a_breach, complaint_route_offered], tells=[Audience.INCIDENTS],
)  # fmt: skip
def close_taken_down(incident: Incident, act: Act) -> None:
    """Close what was taken down."""
    end(incident, act, Outcome.TAKEN_DOWN)


@incidents.transition(
    IncidentState.TAKING_DOWN, to=IncidentState.TRIAGED, by=[Duty.BE_TOLD, Duty.REMOVE], tells=[Audience.INCIDENTS]
)
def repeat_after_takedown(incident: Incident, act: Act) -> None:
    """Record that the same was posted again. It counts when a warning is thought of."""
    incident.still_live, incident.repeats, incident.taken_down, incident.platform_report = (
        True, incident.repeats + 1, None, None,
    )  # fmt: skip
    judged_anew(incident)
