"""What must be so of data protection complaints."""

from __future__ import annotations

from datetime import timedelta

from models.data_protection_complaints import ComplaintChannel, DataProtectionComplaint, DataProtectionComplaintState
from models.letter_facts.facts import LetterTemplate
from models.letters import Letter
from models.people import Person
from models.rights_requests import RightsRequest
from models.roles import Role
from tests.invariants.rule import day, invariant
from tests.laws import Happened, World
from workflows.calendars import ENGLAND

KIND = "data_protection_complaint"
THIRTY, WEEK = timedelta(days=30), timedelta(days=7)


@invariant("DPC-1")
def a_complaint_counts_from_the_day_on_which_it_came(world: World) -> bool:
    return all(
        each.record.received_on <= day(each)
        and (each.record.late_entry_reason or day(each) - each.record.received_on <= WEEK)
        and each.record.acknowledge_by.unrolled == each.record.received_on + THIRTY
        for each in world.done(f"{KIND}.receive")
    )


@invariant("DPC-2")
def what_was_acknowledged_says_when_and_how_and_a_letter_says_it(world: World) -> bool:
    done = world.done(f"{KIND}.acknowledge")
    return all(
        each.record.acknowledged
        and each.record.received_on <= each.record.acknowledged.on <= day(each)
        and each.record.acknowledged.way == each.payload.way
        and wrote(world, each, LetterTemplate.DATA_COMPLAINT_ACKNOWLEDGED)
        for each in done
    ) and all(due_until_acknowledged(each) for each in world.of(DataProtectionComplaint))


def due_until_acknowledged(complaint: DataProtectionComplaint) -> bool:
    """Whether an acknowledgement is due exactly while there was none."""
    waiting = complaint.state == DataProtectionComplaintState.RECEIVED
    by_law = complaint.nhs_acknowledge_by or complaint.acknowledge_by
    return not waiting or complaint.due_at == min(by_law.at, complaint.acknowledge_by.at)


@invariant("DPC-3")
def an_outcome_without_an_acknowledgement_came_within_thirty_days(world: World) -> bool:
    return all(
        each.record.acknowledged or day(each) <= ENGLAND.rolled(each.record.received_on + THIRTY)
        for each in world.done(f"{KIND}.give_outcome")
    )


@invariant("DPC-4")
def an_outcome_is_told_by_letter_with_its_reasons(world: World) -> bool:
    return all(
        each.record.findings == each.payload
        and each.record.outcome == each.payload.outcome
        and wrote(world, each, LetterTemplate.DATA_COMPLAINT_OUTCOME)
        for each in world.done(f"{KIND}.give_outcome")
    )


@invariant("DPC-5")
def progress_is_told_by_letter_with_a_day_to_come(world: World) -> bool:
    return all(
        each.record.next_word_on == each.payload.next_by > day(each)
        and wrote(world, each, LetterTemplate.DATA_COMPLAINT_PROGRESS)
        for each in world.done(f"{KIND}.tell_progress")
    )


@invariant("DPC-6")
def the_clock_of_an_nhs_complaint_starts_once_and_with_the_receipt(world: World) -> bool:
    tagged = world.done(f"{KIND}.tag_as_nhs_complaint")
    return len({each.record.id for each in tagged}) == len(tagged) and all(
        each.record.nhs_acknowledge_by
        and each.record.nhs_acknowledge_by.day == ENGLAND.working_days_after(each.record.received_on, 3)
        for each in tagged
    )


@invariant("DPC-7")
def the_website_takes_in_what_can_be_answered_and_nothing_else(world: World) -> bool:
    by_website = [each for each in world.done(f"{KIND}.receive") if Role.PRACTICE_WEBSITE in each.actor.roles]
    return all(
        each.record.received_on == day(each)
        and each.record.channel == ComplaintChannel.WEBSITE
        and each.record.complainant.contact is not None
        for each in by_website
    )


@invariant("DPC-8")
def a_complaint_is_matched_to_somebody_on_record_by_a_person(world: World) -> bool:
    matched = world.done(f"{KIND}.match_person")
    there = {each.id for each in world.of(Person)}
    return all(each.record.person_id in there for each in matched) and all(
        each.record.person_id is None for each in world.done(f"{KIND}.receive")
    )


@invariant("DPC-9")
def a_complaint_names_a_request_of_the_practice(world: World) -> bool:
    there = {each.id for each in world.of(RightsRequest)}
    return all(each.record.request_id in there for each in world.done(f"{KIND}.name_request"))


def wrote(world: World, done: Happened, template: LetterTemplate) -> bool:
    """Whether this step of a complaint called for this letter, and it is there."""
    return any(
        each.template == template and each.issued_by == done.name and each.case_id == done.record.id
        for each in world.of(Letter)
    )
