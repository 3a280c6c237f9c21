"""What the note in the clinical record says: that it was the patient who recorded, how, and how it came about."""

from datetime import date
from typing import Final

from models.recording_consents import Modality, RecordingConsent

RECORDED: Final = {Modality.AUDIO: "a sound recording", Modality.VIDEO: "a video recording"}


def noted(recording: RecordingConsent, on: date) -> str:
    """The note of a recording that was agreed."""
    return (
        f"The patient made {RECORDED[recording.modality]} of a consultation, on {day(on)}, on their own device, openly and with"
        " the consulting clinician's agreement. It is the patient's own, for their own use. The practice keeps no recording."
    )


def noted_in_secret(recording: RecordingConsent, on: date) -> str:
    """The note of a recording that was made in secret. It blames nobody: that is lawful for one's own use."""
    return (
        f"The patient made {RECORDED[recording.modality]} of a consultation, on {day(on)}, on their own device, without saying"
        " so beforehand. It is the patient's own, for their own use. The practice keeps no recording."
    )


def day(on: date) -> str:
    """A day, as it is written in a letter."""
    return f"{on.day} {on:%B %Y}"
