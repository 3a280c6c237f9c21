"""Incidents: from what a patient posts, says or does to a lawful end. Each part of the law stands in a module of its own."""

from models.incident_words import INTAKE, OPEN, IncidentState
from workflows.cases import escalating, everyday_work, folding
from workflows.incidents import (
    author,
    complaint,
    contacts,
    deadlines,
    decisions,
    intake,
    own_page,
    removal,
    safety,
    sanctions,
)
from workflows.incidents.guards import complaint_route_offered
from workflows.incidents.intake import report, report_recording_online
from workflows.incidents.machine import WORKERS, incidents

__all__ = ("incidents", "report", "report_recording_online")

DECLARED = (intake, own_page, contacts, author, complaint, decisions, sanctions, removal, safety, deadlines)
"""The parts of the law, in the order in which they are read."""

everyday_work(incidents, during=OPEN, by=WORKERS)
folding(
    incidents, (*INTAKE, IncidentState.TRIAGED), WORKERS, IncidentState.CLOSED_DUPLICATE, when=[complaint_route_offered]
)
escalating(incidents, *OPEN)
