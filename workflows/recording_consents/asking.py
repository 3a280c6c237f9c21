"""Recordings that are asked for: who is present, agreed or declined by the clinician who consults, and made or not."""

from models.recording_consents import (
    Agreement,
    AgreementGiven,
    NewClinician,
    NotMade,
    RecordingConsent,
    RecordingConsentState,
    RecordingDraft,
    RecordingMade,
    Refusal,
    RefusalGiven,
    WhoIsPresent,
)
from workflows.engine import Act, Consequence
from workflows.record_entries import owe
from workflows.recording_consents.ground import ARRANGING, CONSULTING, recording_consents
from workflows.recording_consents.guards import (
    adjustment_is_answered,
    adjustment_is_made,
    clinician_is_here,
    conditions_are_acknowledged,
    consultation_goes_on,
    everybody_present_is_content,
    is_consulting,
    leaves_the_device_rule,
    nobody_said_no_before,
    other_clinician_is_here,
    patient_is_on_record,
    was_made_by_now,
)
from workflows.recording_consents.notes import note_of
from workflows.recording_consents.wording import noted
from workflows.roles import here

UNANSWERED = (RecordingConsentState.REQUESTED, RecordingConsentState.AGREED)


@recording_consents.opens(by=ARRANGING, when=[patient_is_on_record, clinician_is_here])
def request(draft: RecordingDraft, act: Act) -> RecordingConsent:
    """Record that a patient would like to record their consultation, or that a clinician suggests it to them."""
    return RecordingConsent(
        practice=act.practice.code, created_at=act.at, policy_id=here(act).policy_id, **dict(draft)
    )  # fmt: skip


@recording_consents.transition(*UNANSWERED, to=RecordingConsentState.REQUESTED, by=ARRANGING)
def say_who_is_present(recording: RecordingConsent, act: Act, there: WhoIsPresent) -> None:
    """Say anew who else is in the room, and what each of them says to it. What was agreed before is agreed anew."""
    recording.present, recording.agreement = there.present, None


@recording_consents.transition(
    *UNANSWERED,
    to=RecordingConsentState.REQUESTED,
    by=ARRANGING,
    when=[other_clinician_is_here],
)
def change_clinician(recording: RecordingConsent, act: Act, new: NewClinician) -> None:
    """Say that another clinician consults, who answers for themselves: what the first one agreed is agreed anew."""
    recording.consulting_clinician, recording.agreement = new.consulting_clinician, None


@recording_consents.transition(
    RecordingConsentState.REQUESTED, to=RecordingConsentState.AGREED, by=CONSULTING,
    when=[
        is_consulting, conditions_are_acknowledged, everybody_present_is_content, leaves_the_device_rule,
        nobody_said_no_before,
    ],
)  # fmt: skip
def agree(recording: RecordingConsent, act: Act, agreement: Agreement) -> None:
    """Agree, as the clinician who consults. That is a courtesy: a patient may record for themselves without anybody's leave."""
    recording.agreement = AgreementGiven(by=act.actor.id, at=act.at, **dict(agreement))


@recording_consents.transition(
    RecordingConsentState.REQUESTED, to=RecordingConsentState.DECLINED, by=CONSULTING,
    when=[is_consulting, consultation_goes_on, adjustment_is_answered, adjustment_is_made],
)  # fmt: skip
def decline(recording: RecordingConsent, act: Act, refusal: Refusal) -> None:
    """Decline, as the clinician who consults, and say why. The consultation goes on."""
    recording.refusal = RefusalGiven(by=act.actor.id, at=act.at, **dict(refusal))


@recording_consents.transition(
    RecordingConsentState.AGREED, to=RecordingConsentState.MADE, by=CONSULTING,
    when=[is_consulting, was_made_by_now, nobody_said_no_before], entails=[owe],
)  # fmt: skip
def make(recording: RecordingConsent, act: Act, made: RecordingMade) -> list[Consequence]:
    """Record that the patient recorded, on their own device. From now on a note is owed to the clinical record."""
    recording.made_on = made.made_on
    return [owe.on(note_of(recording, noted(recording, made.made_on), made.made_on))]


@recording_consents.transition(*UNANSWERED, to=RecordingConsentState.NOT_MADE, by=ARRANGING)
def record_not_made(recording: RecordingConsent, act: Act, why: NotMade) -> None:
    """Record that nothing was recorded, and why."""
    recording.not_made_because = why.why


@recording_consents.transition(RecordingConsentState.DECLINED, to=RecordingConsentState.CLOSED_DECLINED, by=ARRANGING)
def close_declined(recording: RecordingConsent, act: Act) -> None:
    """Close a recording that was declined and not made."""
