"""What must be so before a recording is agreed, declined, made, talked about, filed or closed."""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from models.conduct import Medium
from models.incident_words import ENDED
from models.incidents import Incident
from models.media_consents import MediaConsent, MediaConsentState, MediaPurpose
from models.people import Person, PersonState
from models.recording_consents import (
    Adjustment,
    Agreement,
    CopyFiling,
    CopyGiven,
    CopyOffer,
    CovertRecordingDraft,
    CovertResponse,
    Discussion,
    FoundOnline,
    Modality,
    NewClinician,
    PresenceAnswer,
    RecordingConsent,
    RecordingDraft,
    RecordingMade,
    Refusal,
)
from models.roles import Role
from models.settings import CopyToRecord, DeviceRule
from models.staff import StaffMember, StaffState
from workflows.engine import Act, guard, lookup
from workflows.evidence import its_evidence
from workflows.record_entries import filed_entries
from workflows.roles import here
from workflows.statutory_time import today

RECORDED_AS: Final = {Modality.AUDIO: {Medium.AUDIO}, Modality.VIDEO: {Medium.AUDIO, Medium.VIDEO}}
"""Whoever is filmed is heard as well."""


@lookup(Person)
def patient(draft: RecordingDraft, act: Act) -> Mapping[str, Any]:
    """The patient, on record at the practice."""
    return {"id": draft.person_id, "state": PersonState.ON_RECORD}


@lookup(Person)
def patient_who_recorded(draft: CovertRecordingDraft, act: Act) -> Mapping[str, Any]:
    """The patient, on record at the practice."""
    return {"id": draft.person_id, "state": PersonState.ON_RECORD}


@lookup(StaffMember)
def clinician(draft: RecordingDraft, act: Act) -> Mapping[str, Any]:
    """The clinician who consults."""
    return {"id": draft.consulting_clinician, "state": StaffState.IN_POST}


@lookup(StaffMember)
def clinician_instead(recording: RecordingConsent, act: Act, new: NewClinician) -> Mapping[str, Any]:
    """The clinician who consults instead."""
    return {"id": new.consulting_clinician, "state": StaffState.IN_POST}


@lookup(StaffMember)
def clinician_recorded(draft: CovertRecordingDraft, act: Act) -> Mapping[str, Any]:
    """The clinician who was recorded, whether or not they are still there."""
    return {"id": draft.consulting_clinician}


@lookup(MediaConsent)
def answers_on_record(recording: RecordingConsent, act: Act) -> Mapping[str, Any]:
    """What those who are present have said to being recorded in a consultation, if they were asked before."""
    known = frozenset(each.known_as for each in recording.present if each.known_as)
    return {"subject_id": known, "purpose": MediaPurpose.OWN_CONSULTATION}


@lookup(RecordingConsent)
def of_the_same_patient(draft: CovertRecordingDraft, act: Act) -> Mapping[str, Any]:
    """The recordings by the same patient."""
    return {"person_id": draft.person_id}


@lookup(RecordingConsent)
def others_of_the_same_patient(recording: RecordingConsent, act: Act) -> Mapping[str, Any]:
    """The recordings by the same patient."""
    return {"person_id": recording.person_id}


@lookup(Incident)
def linked_incident(recording: RecordingConsent, act: Act) -> Mapping[str, Any]:
    """The incident that was opened when the recording was found online."""
    return {"id": frozenset({recording.incident_id} - {None})}


def consults(found: Iterable[StaffMember], act: Act) -> bool:
    """Whether somebody is there, and a clinician."""
    return any(Role.CLINICIAN in each.roles_at(act.at) for each in found)


@guard("The patient is on record at the practice. Put them on record first.", needs=[patient])
def patient_is_on_record(draft: RecordingDraft, act: Act) -> bool:
    """REC-10: a recording is of a patient on record."""
    return bool(act.looked_up(patient))


@guard("The patient is on record at the practice. Put them on record first.", needs=[patient_who_recorded])
def whoever_recorded_is_on_record(draft: CovertRecordingDraft, act: Act) -> bool:
    """REC-10: a recording is of a patient on record."""
    return bool(act.looked_up(patient_who_recorded))


@guard("Whoever consults is a clinician in post at the practice.", needs=[clinician])
def clinician_is_here(draft: RecordingDraft, act: Act) -> bool:
    """REC-10: whoever consults is known, since nobody else answers for it."""
    return consults(act.looked_up(clinician), act)


@guard("Whoever consults is a clinician in post at the practice.", needs=[clinician_instead])
def other_clinician_is_here(recording: RecordingConsent, act: Act, new: NewClinician) -> bool:
    """REC-10: whoever consults is known, since nobody else answers for it."""
    return consults(act.looked_up(clinician_instead), act)


@guard("Nobody of that kind is or was on the staff.", needs=[clinician_recorded])
def clinician_was_here(draft: CovertRecordingDraft, act: Act) -> bool:
    """REC-10: whoever was recorded is known."""
    return any(not each.is_machine for each in act.looked_up(clinician_recorded))


@guard("This recording is known already: go on with that one.", needs=[of_the_same_patient])
def is_not_known_yet(draft: CovertRecordingDraft, act: Act) -> bool:
    """REC-14: one recording is on the books once, however many people come upon it."""
    return not any(each.is_there and is_the_same(each, draft) for each in act.looked_up(of_the_same_patient))


@guard("This recording is known already: go on with that one.", needs=[others_of_the_same_patient])
def no_other_is_known(recording: RecordingConsent, act: Act) -> bool:
    """REC-14: one recording is on the books once, however many people come upon it."""
    others = act.looked_up(others_of_the_same_patient)
    return not any(each.is_there and is_the_same(each, recording) for each in others)


@guard("That is for the clinician who consults, and for nobody in their place.")
def is_consulting(recording: RecordingConsent, act: Act) -> bool:
    """REC-10: the clinician who consults agrees or declines, and says what was recorded."""
    return str(recording.consulting_clinician) == act.actor.id


@guard("The patient acknowledges all four conditions first.")
def conditions_are_acknowledged(recording: RecordingConsent, act: Act, agreement: Agreement) -> bool:
    """REC-1: nothing is agreed before the patient has acknowledged all four conditions."""
    return agreement.acknowledged


@guard(
    "Somebody else who is present has not agreed: ask them, leave them out of the recording, or let a trainee step out."
)
def everybody_present_is_content(recording: RecordingConsent, act: Act) -> bool:
    """REC-1: whoever else is present consents, is not captured, or steps out."""
    return all(each.is_content for each in recording.present)


@guard(
    "Somebody who is named as present has said no to being recorded, and that stands on record. Ask them anew.",
    needs=[answers_on_record],
)
def nobody_said_no_before(recording: RecordingConsent, act: Act) -> bool:
    """R-22 and R-23: a consent is the one that was given last, and withdrawn ones count as none."""
    said = act.looked_up(answers_on_record)
    counted = {each.known_as for each in recording.present if each.answer == PresenceAnswer.CONSENTS}
    return not any(said_no(said, each, recording.modality) for each in counted if each)


@guard("The practice's policy wants no devices in consultations. Agree to it as a reasonable adjustment, or decline.")
def leaves_the_device_rule(recording: RecordingConsent, act: Act, agreement: Agreement) -> bool:
    """C-02: where the policy wants no devices, a reasonable adjustment comes first all the same."""
    return agreement.as_reasonable_adjustment or here(act).settings.device_rule.value != DeviceRule.NEVER


@guard("The consultation goes on, whatever becomes of the recording.")
def consultation_goes_on(recording: RecordingConsent, act: Act, refusal: Refusal) -> bool:
    """REC-5: to decline a recording never means to refuse the consultation."""
    return refusal.consultation_goes_on


@guard("Ask first whether the patient needs the recording because of a disability.")
def adjustment_is_answered(recording: RecordingConsent, act: Act, refusal: Refusal) -> bool:
    """REC-5: nobody declines before it was asked whether it is a reasonable adjustment, in any practice."""
    return refusal.adjustment is not None


@guard("The patient needs it because of a disability: agree to it, or make the adjustment in another way.")
def adjustment_is_made(recording: RecordingConsent, act: Act, refusal: Refusal) -> bool:
    """REC-12: what is needed as a reasonable adjustment is not declined."""
    return refusal.adjustment != Adjustment.NEEDED


@guard("That day is still to come.")
def was_made_by_now(recording: RecordingConsent, act: Act, made: RecordingMade) -> bool:
    """REC-11: what is recorded as done has been done."""
    return made.made_on <= today(act)


@guard("That day is still to come.")
def was_held_by_now(draft: CovertRecordingDraft, act: Act) -> bool:
    """REC-11: what is recorded as done has been done."""
    return draft.consultation_on <= today(act)


@guard("That moment is still to come.")
def was_spoken_of_by_now(recording: RecordingConsent, act: Act, talk: Discussion) -> bool:
    """REC-11: what is recorded as done has been done."""
    return talk.spoke_on <= act.at


@guard("That moment is still to come.")
def was_seen_by_now(recording: RecordingConsent, act: Act, found: FoundOnline) -> bool:
    """REC-11: what is recorded as done has been done."""
    return found.seen_at <= act.at


@guard("The policy calls for the practice's five responses now: consider each of them, and say which were given.")
def responses_are_considered(recording: RecordingConsent, act: Act, talk: Discussion) -> bool:
    """R-14: where secret recording calls for the practice's responses, each of the five is considered."""
    called_for = recording.covert is not None and recording.covert.responses_called_for
    return not called_for or {each.response for each in talk.considered} == set(CovertResponse)


@guard("It was not made in secret, or it was talked about already.")
def was_secret_and_not_discussed(recording: RecordingConsent, act: Act) -> bool:
    """REC-7: a recording made in secret is talked about with the patient, once, before it is noted."""
    return recording.covert is not None and recording.discussion is None


@guard("Keep evidence of it first: a screenshot, or a description.", needs=[its_evidence])
def evidence_is_kept(recording: RecordingConsent, act: Act) -> bool:
    """INC-1: what leads to an incident has evidence."""
    return bool(act.looked_up(its_evidence))


@guard("The practice's policy does not provide for asking patients for a copy: file one that they volunteer.")
def copy_may_be_suggested(recording: RecordingConsent, act: Act, copy: CopyGiven) -> bool:
    """R-05: whether a clinician may suggest a copy for the record, the policy says."""
    return copy.came_about == CopyOffer.VOLUNTEERED or here(act).settings.copy_to_record.value != CopyToRecord.SILENT


@guard("The patient has given no copy.")
def copy_was_given(recording: RecordingConsent, act: Act) -> bool:
    """REC-3: a copy is filed only where the patient gave one."""
    return recording.copy_given is not None


@guard("The copy is checked for malicious software before it is filed.")
def copy_was_scanned(recording: RecordingConsent, act: Act, filing: CopyFiling) -> bool:
    """REC-3: a copy is filed only once it has been checked."""
    return filing.scanned


@guard("The note is owed to the clinical record, and nobody has confirmed that it stands there.", needs=[filed_entries])
def entry_is_filed(recording: RecordingConsent, act: Act) -> bool:
    """REC-2: a known recording does not close before its note stands in the clinical record."""
    return bool(act.looked_up(filed_entries))


@guard("The incident about what was posted has not ended.", needs=[linked_incident])
def incident_has_ended(recording: RecordingConsent, act: Act) -> bool:
    """REC-6: what was posted online closes with its incident, and not before."""
    return any(each.state in ENDED for each in act.looked_up(linked_incident))


def is_the_same(recording: RecordingConsent, draft: CovertRecordingDraft | RecordingConsent) -> bool:
    """Whether both are of one consultation, and of the same sort."""
    names = ("consulting_clinician", "consultation_on", "modality")
    return all(getattr(recording, name) == getattr(draft, name) for name in names)


def said_no(said: Iterable[MediaConsent], subject: UUID, modality: Modality) -> bool:
    """Whether somebody's last answer to being recorded so was no."""
    answered = [each for each in said if each.subject_id == subject and each.answers and concerns(each, modality)]
    last = max(answered, key=lambda each: each.answers[-1].at, default=None)
    return last is not None and last.state in {MediaConsentState.DECLINED, MediaConsentState.WITHDRAWN}


def concerns(consent: MediaConsent, modality: Modality) -> bool:
    """Whether somebody was asked about any of what this recording takes."""
    return not RECORDED_AS[modality].isdisjoint(consent.media)
