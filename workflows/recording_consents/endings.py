"""What becomes of a recording afterwards: a copy for the record, and the end."""

from models.recording_consents import (
    CopyFiled,
    CopyFiling,
    CopyGiven,
    RecordingConsent,
    RecordingConsentState,
)
from workflows.engine import Act
from workflows.recording_consents.ground import ARRANGING, RECORDERS, recording_consents
from workflows.recording_consents.guards import (
    copy_may_be_suggested,
    copy_was_given,
    copy_was_scanned,
    entry_is_filed,
)


@recording_consents.transition(RecordingConsentState.ENTERED, to=None, by=RECORDERS, when=[copy_may_be_suggested])
def patient_gives_copy(recording: RecordingConsent, act: Act, copy: CopyGiven) -> None:
    """Record that the patient gave a copy, which they need not."""
    recording.copy_given = copy.came_about


@recording_consents.transition(
    RecordingConsentState.ENTERED,
    to=RecordingConsentState.COPY_FILED,
    by=RECORDERS,
    when=[copy_was_given, copy_was_scanned],
)
def file_copy(recording: RecordingConsent, act: Act, filing: CopyFiling) -> None:
    """Record where the copy is kept in the clinical system. The copy itself never comes here."""
    recording.copy_filed = CopyFiled(by=act.actor.id, at=act.at, **dict(filing))


@recording_consents.transition(
    RecordingConsentState.ENTERED, RecordingConsentState.COPY_FILED, to=RecordingConsentState.CLOSED, by=ARRANGING,
    when=[entry_is_filed],
)  # fmt: skip
def close(recording: RecordingConsent, act: Act) -> None:
    """Close a recording of which the note stands in the clinical record."""
