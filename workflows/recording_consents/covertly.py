"""Recordings that were made in secret: found, counted, talked about with the patient. By itself that leads to nothing else."""

from collections.abc import Mapping
from typing import Any

from models.recording_consents import (
    Covert,
    CovertRecordingDraft,
    Discussion,
    DiscussionHeld,
    RecordedAnyway,
    RecordingConsent,
    RecordingConsentState,
)
from models.settings import CovertTrigger
from workflows.engine import Act, Consequence, lookup
from workflows.record_entries import owe
from workflows.recording_consents.ground import ARRANGING, COMMONPLACE, RECORDERS, lately, month_of, recording_consents
from workflows.recording_consents.guards import (
    clinician_was_here,
    is_not_known_yet,
    no_other_is_known,
    responses_are_considered,
    was_held_by_now,
    was_secret_and_not_discussed,
    was_spoken_of_by_now,
    whoever_recorded_is_on_record,
)
from workflows.recording_consents.notes import note_of
from workflows.recording_consents.wording import noted_in_secret
from workflows.roles import Audience, here
from workflows.statutory_time import today


@lookup(RecordingConsent, binding=False)
def found_lately(about: Any, act: Act) -> Mapping[str, Any]:
    """The secret recordings that came to light at the practice this month and in the eleven months before."""
    return {"covert_month": lately(today(act))}


@recording_consents.opens(
    by=RECORDERS, when=[was_held_by_now, whoever_recorded_is_on_record, clinician_was_here, is_not_known_yet], needs=[found_lately],
    entails=[owe], tells=[Audience.MANAGEMENT], to=RecordingConsentState.COVERT,
)  # fmt: skip
def discover_covert(draft: CovertRecordingDraft, act: Act) -> tuple[RecordingConsent, list[Consequence]]:
    """Record that a patient recorded in secret. That is lawful for their own use, and is held against nobody.

    A note is owed to the clinical record, and is filed once the recording has been talked about with the patient.
    """
    recording = RecordingConsent(
        practice=act.practice.code, created_at=act.at, policy_id=here(act).policy_id, **dict(draft)
    )  # fmt: skip
    come_to_light(recording, act)
    return recording, [owed_for(recording)]


@recording_consents.transition(
    RecordingConsentState.DECLINED, to=RecordingConsentState.COVERT, by=RECORDERS, when=[no_other_is_known], needs=[found_lately],
    entails=[owe], tells=[Audience.MANAGEMENT],
)  # fmt: skip
def find_recorded_anyway(recording: RecordingConsent, act: Act, found: RecordedAnyway) -> list[Consequence]:
    """Record that the patient recorded although it had been declined. That is held against nobody either."""
    recording.how_found = found.how_found
    come_to_light(recording, act)
    return [owed_for(recording)]


@recording_consents.transition(
    RecordingConsentState.COVERT, to=RecordingConsentState.COVERT_DISCUSSED, by=ARRANGING,
    when=[was_spoken_of_by_now, responses_are_considered],
)  # fmt: skip
def discuss_covert(recording: RecordingConsent, act: Act, talk: Discussion) -> None:
    """Record that the recording was talked about with the patient, and what the practice considered and did."""
    recording.discussion = held(talk, act)


@recording_consents.transition(
    RecordingConsentState.POSTED, to=None, by=ARRANGING,
    when=[was_secret_and_not_discussed, was_spoken_of_by_now, responses_are_considered],
)  # fmt: skip
def discuss_posted(recording: RecordingConsent, act: Act, talk: Discussion) -> None:
    """Record the same of a secret recording that was posted online before anybody had talked about it."""
    recording.discussion = held(talk, act)


def come_to_light(recording: RecordingConsent, act: Act) -> None:
    """Keep that a secret recording came to light, and whether the policy calls for the practice's responses by now."""
    count, trigger = len(act.looked_up(found_lately)) + 1, here(act).settings.covert_trigger.value
    recording.covert_month = month_of(today(act))
    recording.covert = Covert(
        at=act.at, by=act.actor.id, trigger=trigger, found_lately=count,
        responses_called_for=trigger == CovertTrigger.EACH or count >= COMMONPLACE,
    )  # fmt: skip


def owed_for(recording: RecordingConsent) -> Consequence:
    """The note of a secret recording."""
    on = recording.consultation_on
    return owe.on(note_of(recording, noted_in_secret(recording, on), on))


def held(talk: Discussion, act: Act) -> DiscussionHeld:
    """A talk, as it is kept."""
    return DiscussionHeld(by=act.actor.id, at=act.at, **dict(talk))
