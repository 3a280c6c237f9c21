"""Recordings of a patient's own consultation: asked for and answered, made in secret, noted, and posted online.

Making one needs nobody's leave. What is agreed here is a courtesy; what is forbidden here is forbidden to the practice.
"""

from models.recording_consents import RecordingConsentState
from workflows.cases import assigning, escalating, folding, keeping_notes, linking
from workflows.recording_consents import asking, covertly, endings, online
from workflows.recording_consents.ground import RECORDERS, recording_consents

__all__ = ("asking", "covertly", "endings", "online", "recording_consents")

OPEN = tuple(sorted({each for law in recording_consents.transitions.values() for each in law.sources}))
UNANSWERED_OR_DECLINED = (
    RecordingConsentState.REQUESTED, RecordingConsentState.AGREED, RecordingConsentState.DECLINED,
)  # fmt: skip
"""Until there is a recording: what exists owes a note to the clinical record, which is not folded away."""

assigning(recording_consents, OPEN, RECORDERS)
keeping_notes(recording_consents, OPEN, RECORDERS)
linking(recording_consents, OPEN, RECORDERS)
folding(recording_consents, UNANSWERED_OR_DECLINED, RECORDERS, RecordingConsentState.DUPLICATE)
escalating(
    recording_consents, RecordingConsentState.REQUESTED, RecordingConsentState.AGREED, RecordingConsentState.COVERT
)
