"""Recordings that are found online: an incident begins about the posting, and the recording closes with it."""

from models.incidents import RecordingPostedOnline
from models.record import uuid7
from models.recording_consents import FoundOnline, RecordingConsent, RecordingConsentState
from models.roles import Role
from workflows.engine import Act, Consequence
from workflows.incidents import report_recording_online
from workflows.recording_consents.ground import RECORDERS, recording_consents
from workflows.recording_consents.guards import entry_is_filed, evidence_is_kept, incident_has_ended, was_seen_by_now
from workflows.roles import Audience

THERE = (
    RecordingConsentState.MADE, RecordingConsentState.ENTERED, RecordingConsentState.COPY_FILED,
    RecordingConsentState.COVERT, RecordingConsentState.COVERT_DISCUSSED,
)  # fmt: skip
"""The states of a recording that can turn up somewhere."""


@recording_consents.transition(
    *THERE, to=RecordingConsentState.POSTED, by=RECORDERS, when=[was_seen_by_now, evidence_is_kept],
    entails=[report_recording_online], tells=[Audience.MANAGEMENT],
)  # fmt: skip
def found_online(recording: RecordingConsent, act: Act, found: FoundOnline) -> list[Consequence]:
    """Record that the recording was found online. An incident about the posting begins with it, and not about the recording."""
    recording.incident_id, recording.posted_at = uuid7(), found.seen_at
    posted = RecordingPostedOnline(
        incident_id=recording.incident_id, recording_id=recording.id, person_id=recording.person_id, **dict(found)
    )
    return [report_recording_online.on(posted)]


@recording_consents.transition(
    RecordingConsentState.POSTED, to=RecordingConsentState.CLOSED, by=[Role.PRACTICE_MANAGER, Role.PARTNER],
    when=[incident_has_ended, entry_is_filed],
)  # fmt: skip
def incident_closed(recording: RecordingConsent, act: Act) -> None:
    """Close a recording that was posted online, once the incident has ended and the note stands in the clinical record."""
