"""The note that a recording owes to the clinical record, and what follows once it stands there."""

from datetime import date
from typing import Final

from models.cases import CaseKind
from models.record_entries import EntryEvent, EntryOwed, RecordEntry
from models.recording_consents import EntryNoted, Modality, RecordingConsent, RecordingConsentState
from workflows.engine import Act, Consequence
from workflows.recording_consents.ground import recording_consents

EVENTS: Final = {Modality.AUDIO: EntryEvent.AUDIO_RECORDING, Modality.VIDEO: EntryEvent.VIDEO_RECORDING}
TO_BE_ENTERED = (RecordingConsentState.MADE, RecordingConsentState.COVERT_DISCUSSED)
NOTED_AND_OPEN = (RecordingConsentState.ENTERED, RecordingConsentState.COPY_FILED, RecordingConsentState.POSTED)


def note_of(recording: RecordingConsent, text: str, on: date) -> EntryOwed:
    """The note that is owed of a recording. A note of sound has a code, and one of film has none."""
    return EntryOwed(
        case_kind=CaseKind.RECORDING_CONSENT, case_id=recording.id, person_id=recording.person_id,
        event=EVENTS[recording.modality], happened_on=on, text=text,
    )  # fmt: skip


@recording_consents.transition(*TO_BE_ENTERED, to=RecordingConsentState.ENTERED)
def enter_in_record(recording: RecordingConsent, act: Act, noted: EntryNoted) -> None:
    """Follow the confirmation that the note stands in the clinical record."""
    recording.noted_entry = noted.entry_id


@recording_consents.transition(*NOTED_AND_OPEN, to=None)
def note_entry(recording: RecordingConsent, act: Act, noted: EntryNoted) -> None:
    """Follow the same where it changes nothing else: it was posted online meanwhile, or its note was put right."""
    recording.noted_entry = noted.entry_id


def brought_on(recording: RecordingConsent, entry: RecordEntry) -> list[Consequence]:
    """What follows for a recording from the confirmation that its note stands in the clinical record."""
    noted = EntryNoted(entry_id=entry.id)
    if recording.state in TO_BE_ENTERED:
        return [enter_in_record.on(recording, noted)]
    return [note_entry.on(recording, noted)] if recording.state in NOTED_AND_OPEN else []
