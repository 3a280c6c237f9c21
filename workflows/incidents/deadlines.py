"""When something falls due in an incident."""

from datetime import datetime

from models.incident_words import ENDED, IncidentState, Safeguard
from models.incidents import Incident
from workflows.incidents.machine import incidents
from workflows.statutory_time import end_of

MENDING = (IncidentState.WARNED, IncidentState.BREAKDOWN_REVIEW)


def steps_to_acknowledge(incident: Incident) -> tuple[str, ...]:
    """How the day for acknowledging a complaint was found."""
    return incident.complaint_found.acknowledge_by.steps if incident.complaint_found else ()


def steps_to_an_answer(incident: Incident) -> tuple[str, ...]:
    """How the time of the operator of a website was found."""
    return incident.website_notice.answer_by.steps if incident.website_notice else ()


def steps_to_the_removal(incident: Incident) -> tuple[str, ...]:
    """How the day on which a removal takes effect was found."""
    return incident.list_removal.effective.steps if incident.list_removal else ()


def steps_to_writing(incident: Incident) -> tuple[str, ...]:
    """How the day for the written confirmation was found."""
    return incident.immediate_removal.confirm_by.steps if incident.immediate_removal else ()


@incidents.deadline(law="I-02")
def telling(incident: Incident) -> datetime | None:
    """A day after the report: by then whoever has to be told knows."""
    return incident.tell_by if incident.state == IncidentState.REPORTED else None


@incidents.deadline(law="I-05")
def authors_answer(incident: Incident) -> datetime | None:
    """The end of the day by which the author was asked to take the post down."""
    waiting = incident.state == IncidentState.AWAITING_AUTHOR and incident.author_asked
    return incident.author_asked.until if waiting and incident.author_asked else None


@incidents.deadline(law="INC-22", steps=steps_to_acknowledge)
def complaint_acknowledgement(incident: Incident) -> datetime | None:
    """Three working days after the practice first saw the complaint."""
    found = incident.complaint_found
    waiting = found and incident.complaint_acknowledged is None and incident.state not in ENDED
    return found.acknowledge_by.at if waiting and found else None


@incidents.deadline(law="C-14")
def legal_advice(incident: Incident) -> datetime | None:
    """Fourteen days after defamation was found, where the policy binds the practice to take advice on it."""
    return incident.legal_advice_by if incident.state not in ENDED else None


@incidents.deadline(law="Z-01")
def looking_after(incident: Incident) -> datetime | None:
    """A day after a threat was reported: by then support was offered, and somebody has asked about safeguarding."""
    threat, done = incident.threat, bool(incident.support) and incident.safeguarding_asked is not None
    return threat.look_after_by if threat and not done and incident.state not in ENDED else None


@incidents.deadline(law="INC-10")
def restoring(incident: Incident) -> datetime | None:
    """The end of the day on which an attempt to mend the relationship is looked at again."""
    attempt = incident.safeguard_taken(Safeguard.RESTORE_ATTEMPT)
    waiting = attempt and attempt.review_on and incident.state in MENDING
    return end_of(attempt.review_on) if waiting and attempt and attempt.review_on else None


@incidents.deadline(law="INC-24", steps=steps_to_an_answer)
def website_answer(incident: Incident) -> datetime | None:
    """Forty-eight hours after the operator of a website had a notice, weekends and bank holidays left out."""
    notice = incident.website_notice
    return notice.answer_by.at if notice and incident.state == IncidentState.TRIAGED else None


@incidents.deadline(law="INC-23", steps=steps_to_the_removal)
def removal(incident: Incident) -> datetime | None:
    """The end of the day on which a removal takes effect: the eighth after PCSE was told, or later where it was put off."""
    asked = incident.list_removal
    return end_of(asked.effective_on) if asked and incident.state == IncidentState.REMOVAL_REQUESTED else None


@incidents.deadline(law="INC-12", steps=steps_to_writing)
def written_confirmation(incident: Incident) -> datetime | None:
    """Seven days after a removal at once: by then the commissioner has it in writing."""
    asked = incident.immediate_removal
    return asked.confirm_by.at if asked and incident.state == IncidentState.IMMEDIATE_REQUESTED else None
