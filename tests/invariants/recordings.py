"""What must be so of entries owed to the record, of consents to be recorded, and of wishes to see no trainee."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from models.evidence import Evidence
from models.incident_words import ENDED
from models.incidents import Incident
from models.media_consents import MediaConsent, MediaConsentState, MediaPurpose, MediaSubject
from models.people import Person
from models.record_entries import EntryEvent, RecordEntry, RecordEntryState
from models.recording_consents import (
    Adjustment,
    CopyOffer,
    CovertResponse,
    PresenceAnswer,
    RecordingConsent,
    RecordingConsentState,
)
from models.roles import MACHINES, Role
from models.settings import CopyToRecord, CovertTrigger, DeviceRule, Firmness, StaffMedia
from models.staff import StaffMember
from models.trainee_declines import TraineeDecline, TraineeDeclineState
from tests.invariants.rule import LONDON, day, invariant
from tests.laws import Happened, World

# Entries in the clinical record


@invariant("ENTRY-1")
def a_person_stands_with_their_name_behind_every_filed_note(world: World) -> bool:
    """And says what has happened by then, and not before there was anything to note."""
    filed = [each for each in world.of(RecordEntry) if each.state == RecordEntryState.FILED]
    confirmed = world.done("record_entry.confirm_filed")
    return {each.id for each in filed} <= {each.record.id for each in confirmed} and all(
        not each.actor.roles & {*MACHINES, Role.CLOCK, Role.OPERATOR}
        and each.record.filed.by == each.actor.id
        and each.payload.filed_at <= each.at
        and each.payload.filed_at.astimezone(LONDON).date() >= each.record.happened_on
        for each in confirmed
    )


@invariant("ENTRY-2")
def a_clinician_decided_who_sees_a_filed_note(world: World) -> bool:
    decided = {each.record.id: each for each in world.done("record_entry.decide_visibility")}
    filed = world.done("record_entry.confirm_filed")
    return all(each.record.id in decided and each.record.patient_visible is not None for each in filed) and all(
        Role.CLINICIAN in each.actor.roles for each in decided.values()
    )


@invariant("ENTRY-3")
def whatever_is_owed_is_filed_or_has_another_in_its_place(world: World) -> bool:
    entries = {each.id: each for each in world.of(RecordEntry)}
    gone = [each for each in entries.values() if each.state in GIVEN_UP]
    return all(takes_its_place(each, entries) for each in gone)


GIVEN_UP = {RecordEntryState.SUPERSEDED, RecordEntryState.ENTERED_IN_ERROR}


def takes_its_place(entry: Any, entries: dict[Any, Any]) -> bool:
    """Whether another entry of the same event was made instead."""
    instead = [each for each in entries.values() if each.replaces == entry.id]
    return len(instead) == 1 and instead[0].id != entry.id and instead[0].event == entry.event


@invariant("ENTRY-4")
def the_management_hears_once_of_a_note_that_is_late(world: World) -> bool:
    told = world.done("record_entry.escalate")
    late = all((each.at - each.record.created_at).days >= WEEK and Role.CLOCK in each.actor.roles for each in told)
    return late and len({each.record.id for each in told}) == len(told)


WEEK = 7


@invariant("R-06")
def the_code_goes_with_the_note_where_the_policy_insists(world: World) -> bool:
    return all(
        each.payload.coded or each.record.code is None or each.record.code_wanted == Firmness.MAY
        for each in world.done("record_entry.confirm_filed")
    ) and all(
        each.record.code_wanted == each.practice.settings.record_entry_coded.value
        for each in world.done("record_entry.owe")
    )


@invariant("REC-4")
def the_code_for_sound_stands_with_sound_alone(world: World) -> bool:
    """And goes into no record with anything else."""
    sound = EntryEvent.AUDIO_RECORDING
    coded = [each.record for each in world.done("record_entry.confirm_filed") if each.payload.coded]
    return all(each.event == sound for each in coded) and all(
        (each.code is not None) == (each.event == sound) for each in world.of(RecordEntry)
    )


# Consents to be photographed or recorded


@invariant("MEDIA-1")
def every_consent_is_somebodys(world: World) -> bool:
    known: dict[MediaSubject, type[Any]] = {MediaSubject.STAFF_MEMBER: StaffMember, MediaSubject.PERSON: Person}
    return all(
        any(
            each.id == asked.record.subject_id for each in asked.before if isinstance(each, known[asked.record.subject])
        )
        for asked in world.done("media_consent.ask")
    )


@invariant("R-22", "R-23")
def whoever_agreed_said_so_and_could_take_it_back(world: World) -> bool:
    agreed = [each for each in world.of(MediaConsent) if each.state == MediaConsentState.GIVEN]
    taken_back = {each.record.id for each in world.done("media_consent.withdraw")}
    return all(said_yes(last_answer(world, each)) for each in agreed) and not taken_back & {each.id for each in agreed}


def last_answer(world: World, consent: Any) -> Happened:
    """What was said last."""
    return world.of_record(consent)[-1]


def said_yes(answer: Happened) -> bool:
    """Whether it was a yes in so many words, and is kept as one."""
    return answer.name == "media_consent.give" and answer.payload.explicit and answer.record.answers[-1].explicit


@invariant("C-08")
def no_member_of_staff_is_photographed_for_anybody_where_the_policy_says_never(world: World) -> bool:
    public = {MediaPurpose.KEPT_BY_MEMBER_OF_THE_PUBLIC, MediaPurpose.POSTED_BY_MEMBER_OF_THE_PUBLIC}
    return not any(
        each.record.subject == MediaSubject.STAFF_MEMBER and each.record.purpose in public
        for each in world.done("media_consent.give")
        if each.practice.settings.staff_media.value == StaffMedia.NEVER
    )


# Trainees


@invariant("T-01")
def one_wish_stands_for_a_patient_on_record(world: World) -> bool:
    """And is what they said last."""
    standing = [each for each in world.of(TraineeDecline) if each.state == TraineeDeclineState.STANDING]
    known = {each.id for each in world.of(Person)}
    return (
        all(each.person_id in known for each in standing)
        and max(Counter(each.person_id for each in standing).values(), default=0) <= 1
    )


@invariant("T-01")
def a_wish_is_what_the_patient_said_last(world: World) -> bool:
    return all(
        each.declines == world.of_record(each)[-1].payload.declines
        for each in world.of(TraineeDecline)
        if each.state == TraineeDeclineState.STANDING
    )


# Recordings of consultations

OVERT = {RecordingConsentState.AGREED, RecordingConsentState.MADE}
KNOWN = {
    RecordingConsentState.MADE,
    RecordingConsentState.ENTERED,
    RecordingConsentState.COPY_FILED,
    RecordingConsentState.COVERT,
    RecordingConsentState.COVERT_DISCUSSED,
    RecordingConsentState.POSTED,
    RecordingConsentState.CLOSED,
}
FOUND_OUT = ("recording_consent.discover_covert", "recording_consent.find_recorded_anyway")
TALKED_ABOUT = ("recording_consent.discuss_covert", "recording_consent.discuss_posted")
CONTENT = {PresenceAnswer.CONSENTS, PresenceAnswer.NOT_CAPTURED, PresenceAnswer.STEPS_OUT}


def recordings(world: World, *states: Any) -> list[Any]:
    """Recordings in these states."""
    return [each for each in world.of(RecordingConsent) if each.state in states]


@invariant("REC-1")
def whoever_is_recorded_openly_is_content_and_the_conditions_are_acknowledged(world: World) -> bool:
    return all(
        each.agreement is not None
        and four_conditions(each.agreement)
        and {one.answer for one in each.present} <= CONTENT
        for each in recordings(world, *OVERT)
    )


def four_conditions(agreement: Any) -> bool:
    """Whether all of them are acknowledged."""
    return all(getattr(agreement, each) for each in ("open_and_honest", "no_interference", "kept_safe", "own_use"))


@invariant("REC-2")
def every_known_recording_owes_a_note_and_none_closes_without_it(world: World) -> bool:
    notes: Any = world.of(RecordEntry)
    owed = {each.case_id for each in notes}
    ended = world.done("recording_consent.close", "recording_consent.incident_closed")
    return all(each.id in owed for each in recordings(world, *KNOWN)) and all(
        any(states_of_notes(each, RecordEntryState.FILED)) for each in ended
    )


def states_of_notes(happened: Happened, *states: Any) -> Iterator[bool]:
    """Of each note of a recording, as it was before, whether it stood so."""
    for each in happened.before:
        if isinstance(each, RecordEntry) and each.case_id == happened.record.id:
            yield each.state in states


@invariant("REC-3")
def every_copy_was_given_and_checked(world: World) -> bool:
    filed = world.done("recording_consent.file_copy")
    return all(
        each.payload.scanned and "recording_consent.patient_gives_copy" in {one.name for one in world.past(each)}
        for each in filed
    )


@invariant("REC-5")
def whoever_declined_had_asked_for_the_adjustment_and_went_on(world: World) -> bool:
    declined = [each.payload for each in world.done("recording_consent.decline")]
    return all(each.adjustment is not None and each.consultation_goes_on for each in declined)


@invariant("REC-12")
def no_adjustment_that_is_needed_was_declined(world: World) -> bool:
    return all(each.payload.adjustment != Adjustment.NEEDED for each in world.done("recording_consent.decline"))


@invariant("REC-7")
def a_secret_recording_is_talked_about_before_it_is_noted(world: World) -> bool:
    noted = world.done("record_entry.confirm_filed")
    return not any(
        isinstance(one, RecordingConsent) and one.id == each.record.case_id and one.covert and not one.discussion
        for each in noted
        for one in each.before
    )


@invariant("REC-7")
def a_secret_recording_is_talked_about_once(world: World) -> bool:
    return all(each.was.covert and not each.was.discussion for each in world.done(*TALKED_ABOUT))


@invariant("REC-6")
def what_was_posted_has_an_incident_and_closes_with_it(world: World) -> bool:
    incidents = {each.id: each for each in world.of(Incident)}
    there = [each.incident_id in incidents for each in recordings(world, RecordingConsentState.POSTED)]
    closed = world.done("recording_consent.incident_closed")
    return all(there) and all(
        any(
            isinstance(one, Incident) and one.id == each.record.incident_id and one.state in ENDED
            for one in each.before
        )
        for each in closed
    )


@invariant("INC-1")
def nothing_is_said_to_be_online_without_evidence(world: World) -> bool:
    return all(
        any(isinstance(one, Evidence) and one.case_id == each.record.id for one in each.before)
        for each in world.done("recording_consent.found_online")
    )


@invariant("REC-8")
def from_recording_in_secret_follows_a_note_of_it_and_nothing_else(world: World) -> bool:
    found_out = world.done(*FOUND_OUT)
    followed = [
        (each, [one for one in world.history if one.fact.act is each.fact.act and one is not each])
        for each in found_out
    ]
    return all([one.name for one in more] == ["record_entry.owe"] and of_a_recording(more[0]) for _, more in followed)


def of_a_recording(note: Happened) -> bool:
    """Whether a note tells of a recording."""
    return note.record.event in {EntryEvent.AUDIO_RECORDING, EntryEvent.VIDEO_RECORDING}


@invariant("REC-10")
def the_clinician_who_consults_answers_and_nobody_else(world: World) -> bool:
    answered = world.done(*(f"recording_consent.{each}" for each in ("agree", "decline", "make")))
    return all(
        str(each.record.consulting_clinician) == each.actor.id and Role.CLINICIAN in each.actor.roles
        for each in answered
    ) and all(
        each.agreement.by == str(each.consulting_clinician) for each in recordings(world, *OVERT) if each.agreement
    )


@invariant("REC-10")
def patient_and_clinician_were_known(world: World) -> bool:
    asked = world.done("recording_consent.request")
    found = world.done("recording_consent.discover_covert")
    changed = world.done("recording_consent.change_clinician")
    return (
        all(was_there(each, Person, each.record.person_id) for each in (*asked, *found))
        and all(consulted(each) for each in (*asked, *changed))
        and all(was_there(each, StaffMember, each.record.consulting_clinician) for each in found)
    )


def was_there(happened: Happened, kind: type[Any], identifier: Any) -> bool:
    """Whether such a record was there."""
    return any(isinstance(each, kind) and each.id == identifier for each in happened.before)


def consulted(happened: Happened) -> bool:
    """Whether whoever consults was a clinician then."""
    named = happened.record.consulting_clinician
    staff = [each for each in happened.before if isinstance(each, StaffMember) and each.id == named]
    return any(Role.CLINICIAN in each.roles_at(happened.at) for each in staff)


@invariant("REC-11")
def nothing_was_recorded_before_it_was_done(world: World) -> bool:
    return (
        all(each.payload.made_on <= day(each) for each in world.done("recording_consent.make"))
        and all(each.record.consultation_on <= day(each) for each in world.done("recording_consent.discover_covert"))
        and all(each.payload.spoke_on <= each.at for each in world.done(*TALKED_ABOUT))
        and all(each.payload.seen_at <= each.at for each in world.done("recording_consent.found_online"))
    )


@invariant("REC-14")
def one_recording_is_on_the_books_once(world: World) -> bool:
    return not any(
        isinstance(one, RecordingConsent) and one.state in KNOWN and the_same(one, each.record)
        for each in world.done(*FOUND_OUT)
        for one in each.before
    )


def the_same(one: Any, other: Any) -> bool:
    """Whether two are of one consultation, and of the same sort."""
    names = ("person_id", "consulting_clinician", "consultation_on", "modality")
    return all(getattr(one, name) == getattr(other, name) for name in names)


@invariant("C-02")
def where_no_devices_are_wanted_a_recording_is_agreed_as_an_adjustment_alone(world: World) -> bool:
    return all(
        each.payload.as_reasonable_adjustment or each.practice.settings.device_rule.value != DeviceRule.NEVER
        for each in world.done("recording_consent.agree")
    )


@invariant("R-05")
def a_copy_is_suggested_where_the_policy_provides_for_it(world: World) -> bool:
    return all(
        each.payload.came_about == CopyOffer.VOLUNTEERED
        or each.practice.settings.copy_to_record.value == CopyToRecord.MAY_BE_SUGGESTED
        for each in world.done("recording_consent.patient_gives_copy")
    )


@invariant("R-14")
def the_responses_are_considered_where_the_policy_calls_for_them(world: World) -> bool:
    """One secret recording does, or the third within a year: said here in numbers of its own."""
    return all(
        each.record.covert.responses_called_for
        == (each.practice.settings.covert_trigger.value == CovertTrigger.EACH or secrets_before(each) >= 2)
        for each in world.done(*FOUND_OUT)
    ) and all(
        len(each.payload.considered) == len(CovertResponse)
        or not (each.was.covert and each.was.covert.responses_called_for)
        for each in world.done(*TALKED_ABOUT)
    )


def secrets_before(happened: Happened) -> int:
    """How many secret recordings were known by then."""
    return sum(
        isinstance(each, RecordingConsent) and each.covert is not None and each.duplicate_of is None
        for each in happened.before
    )


@invariant("R-22", "R-23")
def nobody_is_recorded_who_said_no_last(world: World) -> bool:
    went_on = world.done("recording_consent.agree", "recording_consent.make")
    return not any(
        said_no(each, one.known_as)
        for each in went_on
        for one in each.was.present
        if one.answer == PresenceAnswer.CONSENTS
    )


def said_no(happened: Happened, subject: Any) -> bool:
    """Whether the last that somebody had said to being recorded was no."""
    answers = [
        (answer.at, each.state)
        for each in happened.before
        if isinstance(each, MediaConsent) and each.subject_id == subject
        for answer in each.answers[-1:]
    ]
    return bool(answers) and max(answers)[1] != MediaConsentState.GIVEN
