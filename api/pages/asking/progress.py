"""How far the practice has got with a request, as whoever made it is told: dates and a stage, and nothing of what it says."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from models.data_protection_complaints import DataProtectionComplaint, DataProtectionComplaintState
from models.held_submissions import HeldSubmission, HeldSubmissionState
from models.rights_requests import AWAITING, RightsRequestState
from service.intake import Became

STAGES: Final = {
    RightsRequestState.RECEIVED: "received_stage",
    RightsRequestState.IN_REVIEW: "being_looked_at",
    RightsRequestState.DECIDED: "being_looked_at",
    RightsRequestState.ACTIONED: "answered",
    RightsRequestState.WITHDRAWN: "withdrawn_stage",
    **dict.fromkeys(AWAITING, "waiting_for_you"),
}
"""The stage in which each state is; every other one is the end."""


OF_COMPLAINTS: Final = {
    DataProtectionComplaintState.RECEIVED: "received_stage",
    DataProtectionComplaintState.ACKNOWLEDGED: "being_looked_at",
    DataProtectionComplaintState.IN_PROGRESS: "being_looked_at",
    DataProtectionComplaintState.OUTCOME_GIVEN: "answered",
    DataProtectionComplaintState.WITHDRAWN: "withdrawn_stage",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """What is told. `due_on` is null where no time runs, and once it was answered."""

    received_on: date
    stage: str
    due_on: date | None


def progress_of(record: Became) -> Progress:
    """What somebody is told who knows both the reference and the code."""
    if isinstance(record, DataProtectionComplaint):
        return progress_of_complaint(record)
    if isinstance(record, HeldSubmission):
        if record.state == HeldSubmissionState.WITHDRAWN:
            return Progress(record.received_on, "withdrawn_stage", None)
        return Progress(record.received_on, "received_stage", record.due.day)
    stage = STAGES.get(record.state, "ended")
    runs = stage in {"received_stage", "being_looked_at"}
    return Progress(record.received_on, stage, record.due.day if runs and record.due else None)


def progress_of_complaint(complaint: DataProtectionComplaint) -> Progress:
    """The same of a complaint: what is due is the first word about it."""
    stage = OF_COMPLAINTS.get(complaint.state, "ended")
    return Progress(complaint.received_on, stage, complaint.acknowledge_by.day if stage == "received_stage" else None)
