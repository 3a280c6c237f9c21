"""What must be so of entries owed to the record, of consents to be recorded, and of wishes to see no trainee."""

from __future__ import annotations

from collections import Counter
from typing import Any

from models.media_consents import MediaConsent, MediaConsentState, MediaPurpose, MediaSubject
from models.people import Person
from models.record_entries import EntryEvent, RecordEntry, RecordEntryState
from models.roles import MACHINES, Role
from models.settings import Firmness, StaffMedia
from models.staff import StaffMember
from models.trainee_declines import TraineeDecline, TraineeDeclineState
from tests.invariants.rule import LONDON, invariant
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
    """Whether another entry of the same event was made instead, or stood for this one."""
    instead = [each for each in entries.values() if each.replaces == entry.id or each.id == entry.stands_for_it]
    return len(instead) == 1 and instead[0].id != entry.id and instead[0].event == entry.event


@invariant("ENTRY-3")
def an_entry_gave_way_to_one_that_counted(world: World) -> bool:
    folded = world.done("record_entry.fold")
    stayed = [next((old for old in each.before if old.id == each.payload.entry), None) for each in folded]
    return all(each is not None and each.state not in GIVEN_UP for each in stayed)


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
