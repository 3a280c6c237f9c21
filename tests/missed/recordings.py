"""What is taken out of the law of entries owed to the record, of consents to be recorded, and of wishes to see no trainee."""

from __future__ import annotations

from typing import Any

from models.media_consents import MediaConsent, MediaConsentState
from models.record_entries import EntryEvent, Filed, RecordEntry
from models.recording_consents import RecordingConsent
from models.roles import Role
from models.settings import Firmness
from models.trainee_declines import Trainee, TraineeDecline
from tests.laws import LAWS
from tests.missed.law import Mutant, but, consequences, consequences_of_opening, effect, under_its_name
from workflows.clinical_codes import CODES

ASKED_BY = {
    "record_entry.decide_visibility": "ENTRY-2",
    "record_entry.escalate": "ENTRY-4",
}


def in_anothers_name(entry: RecordEntry) -> None:
    assert entry.filed
    entry.filed = Filed(**{**dict(entry.filed), "by": "golden-goose"})


def coded_as_sound(entry: RecordEntry) -> None:
    (entry.code,) = CODES.values()


def left_open(entry: RecordEntry) -> None:
    entry.code_wanted = Firmness.MAY


def taken_as_read(consent: MediaConsent) -> None:
    consent.answers = [each.model_copy(update={"explicit": False}) for each in consent.answers]


def of_everybody(wish: TraineeDecline) -> None:
    wish.declines = list(Trainee)


def not_called_for(recording: RecordingConsent) -> None:
    assert recording.covert
    recording.covert = recording.covert.model_copy(update={"responses_called_for": False})


def held_against_them(name: str) -> dict[str, Any]:
    """The finding of a secret recording, with a note that the patient was removed."""

    def changed(*asked: Any) -> Any:
        recording, (note,) = LAWS[name].function(*asked)
        (owed,) = note.about
        removal = owed.model_copy(update={"event": EntryEvent.LIST_REMOVAL})
        return recording, [note, note.law.on(removal)]

    return under_its_name(name, changed)


ONLINE = "recording_consent.found_online"
MUTANTS = [
    Mutant("REC-1", "recording_consent.say_who_is_present", {"to": None}),
    Mutant("REC-1", "recording_consent.change_clinician", {"to": None}),
    Mutant("REC-2", "recording_consent.make", consequences("recording_consent.make", but("owe"))),
    Mutant(
        "REC-2",
        "recording_consent.discover_covert",
        consequences_of_opening("recording_consent.discover_covert", but("owe")),
    ),
    Mutant(
        "REC-2",
        "recording_consent.find_recorded_anyway",
        consequences("recording_consent.find_recorded_anyway", but("owe")),
    ),
    Mutant(
        "REC-6",
        "recording_consent.found_online",
        consequences("recording_consent.found_online", but("report_recording_online")),
    ),
    Mutant("REC-8", "recording_consent.discover_covert", held_against_them("recording_consent.discover_covert")),
    Mutant("R-14", "recording_consent.discover_covert", effect("recording_consent.discover_covert", not_called_for)),
    Mutant(
        "R-14",
        "recording_consent.find_recorded_anyway",
        effect("recording_consent.find_recorded_anyway", not_called_for),
    ),
    Mutant("ENTRY-1", "record_entry.confirm_filed", {"by": (Role.CLOCK,)}),
    Mutant("ENTRY-1", "record_entry.confirm_filed", effect("record_entry.confirm_filed", in_anothers_name)),
    Mutant("ENTRY-3", "record_entry.supersede", consequences("record_entry.supersede", but("owe"))),
    Mutant(
        "ENTRY-3", "record_entry.mark_entered_in_error", consequences("record_entry.mark_entered_in_error", but("owe"))
    ),
    Mutant("R-22", "media_consent.give", effect("media_consent.give", taken_as_read)),
    Mutant("R-23", "media_consent.give", {"sources": frozenset(MediaConsentState)}),
    Mutant("T-01", "trainee_decline.change", effect("trainee_decline.change", of_everybody)),
]
