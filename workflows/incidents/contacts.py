"""Messages about somebody's health and friend requests: answered kindly, and never held against anybody (INC-21)."""

from models.incident_facts import ContactRequestOutcome
from models.incident_words import INTAKE, IncidentKind, IncidentState, Outcome
from models.incidents import Incident
from models.roles import Duty, Role
from workflows.engine import Act, guard
from workflows.incidents.guards import clinician_has_read_it, complaint_route_offered, evidence_is_kept
from workflows.incidents.machine import done, end, incidents
from workflows.roles import Audience


@guard("It is no message about somebody's health.")
def is_a_medical_message(incident: Incident, act: Act) -> bool:
    """INC-21, C-15: only these are read and sent on like this."""
    return incident.kind == IncidentKind.MEDICAL_MESSAGE


@guard("A clinician has read it already.")
def not_read_yet(incident: Incident, act: Act) -> bool:
    """C-15: once is enough."""
    return incident.message_seen is None


@guard("It is no friend request.")
def is_a_contact_request(incident: Incident, act: Act) -> bool:
    """INC-21, S-10: only these are answered like this."""
    return incident.kind == IncidentKind.CONTACT_REQUEST


@incidents.transition(
    *INTAKE, IncidentState.TRIAGED, IncidentState.TAKING_DOWN, to=None, by=[Role.CLINICIAN],
    when=[is_a_medical_message, not_read_yet], tells=[Audience.INCIDENTS],
)  # fmt: skip
def read_message(incident: Incident, act: Act) -> None:
    """As a clinician, or as whoever is on duty, read what somebody says of their health, and see to what is urgent."""
    incident.message_seen = done(act)


@incidents.transition(
    *INTAKE, IncidentState.TRIAGED, to=IncidentState.CLOSED_RESOLVED, by=[Duty.BE_TOLD, Duty.REMOVE, Role.CLINICIAN],
    when=[is_a_medical_message, evidence_is_kept, clinician_has_read_it, complaint_route_offered], tells=[Audience.INCIDENTS],
)  # fmt: skip
def redirect_message(incident: Incident, act: Act) -> None:
    """Send a message about somebody's health on to the practice's own service, and delete it where it came in (C-15 to C-17)."""
    incident.still_live = False
    end(incident, act, Outcome.MESSAGE_REDIRECTED)


@incidents.transition(
    *INTAKE, IncidentState.TRIAGED, to=IncidentState.CLOSED_RESOLVED, by=[Role.STAFF],
    when=[is_a_contact_request, complaint_route_offered],
)  # fmt: skip
def answer_contact_request(incident: Incident, act: Act, said: ContactRequestOutcome) -> None:
    """Record what was done about a patient's friend request. Whoever was asked records it themselves."""
    end(incident, act, Outcome.CONTACT_REQUEST_ANSWERED, said.reason)
    incident.contact_answer = said.answer
