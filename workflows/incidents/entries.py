"""Whether what the clinical record has to say of a removal stands there."""

from models.incident_words import IncidentState
from models.incidents import Incident
from models.record_entries import EntryEvent
from workflows.engine import Act, guard
from workflows.record_entries import filed_entries


@guard("The entry in the record has not been confirmed as filed.", needs=[filed_entries])
def removal_stands_in_the_record(incident: Incident, act: Act) -> bool:
    """INC-12: any removal, and how it came about, stands in the patient's record."""
    at_once = incident.state == IncidentState.IMMEDIATE_REQUESTED
    event = EntryEvent.IMMEDIATE_REMOVAL if at_once else EntryEvent.LIST_REMOVAL
    asked = incident.immediate_removal if at_once else incident.list_removal
    return asked is not None and any(
        each.event == event and each.created_at >= asked.at for each in act.looked_up(filed_entries)
    )
