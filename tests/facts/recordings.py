"""What matters of an entry owed to the record, of a consent to be recorded, and of a wish to see no trainee."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any
from uuid import UUID

from models.media_consents import MediaConsent
from models.record_entries import RecordEntry
from models.recording_consents import RecordingConsent
from models.trainee_declines import TraineeDecline

Names = Mapping[UUID | None, str]


def of_entry(entry: RecordEntry, _: Names) -> Hashable:
    """What it is of, and what was decided and done."""
    told = (entry.patient_visible, entry.escalated_at is None, entry.replaces is None)
    return entry.event, entry.code_wanted, entry.happened_on, *told


def of_consent(consent: MediaConsent, names: Names) -> Hashable:
    """Whose it is, and what for; of all answers the last one counts."""
    return consent.subject, names.get(consent.subject_id), consent.purpose


def of_wish(wish: TraineeDecline, names: Names) -> Hashable:
    """Whose it is, and whom they decline."""
    return names.get(wish.person_id), tuple(wish.declines)


def of_recording(recording: RecordingConsent, names: Names) -> Hashable:
    """Who answers for it, what was said, and what is known of it."""
    room = tuple((each.answer, names.get(each.known_as)) for each in recording.present)
    known = (recording.covert is not None, recording.discussion is not None, recording.copy_given is not None)
    noted = (names.get(recording.assigned_to), len(recording.escalations), recording.incident_id is not None)
    return (
        names.get(recording.consulting_clinician),
        recording.modality,
        recording.consultation_on,
        room,
        called_for(recording),
        *known,
        *noted,
    )


def called_for(recording: RecordingConsent) -> bool:
    """Whether the practice's responses are called for."""
    return recording.covert is not None and recording.covert.responses_called_for


def of_ended(recording: RecordingConsent, names: Names) -> Hashable:
    """Whether there was a recording, of which consultation, and whether it counts among those that were made in secret."""
    return recording.is_there, recording.covert is not None, *which_one(recording, names)


def which_one(recording: RecordingConsent, names: Names) -> tuple[Hashable, ...]:
    """Of which consultation it is, and of which sort."""
    return names.get(recording.consulting_clinician), recording.modality, recording.consultation_on


FACTS: dict[type[Any], Any] = {
    RecordEntry: of_entry,
    MediaConsent: of_consent,
    TraineeDecline: of_wish,
    RecordingConsent: of_recording,
}
LASTING: dict[type[Any], Any] = {MediaConsent: of_consent, RecordingConsent: of_ended}
