"""What must be so of all that follows from a step in an incident: letters, entries in the ledger, and what was there before."""

from __future__ import annotations

from typing import Any

from models.incidents import Incident
from models.letter_facts.facts import LetterTemplate
from models.letters import Letter
from models.people import Person
from models.warnings import PatientWarning
from tests.invariants.incidents import steps
from tests.invariants.rule import invariant
from tests.laws import Happened, World

REMOVES = {LetterTemplate.REMOVAL_REASONS, LetterTemplate.IMMEDIATE_REMOVAL}


def written(world: World) -> list[Happened]:
    """The letters to which steps of incidents led."""
    return [each for each in world.done("letter.issue") if each.record.case_kind == "incident"]


def incident_of(happened: Happened, incident_id: Any) -> Any:
    """The incident, as it was before this followed from it."""
    return next((each for each in happened.before if isinstance(each, Incident) and each.id == incident_id), None)


@invariant("INC-16")
def a_removal_is_told_to_the_one_patient_whom_it_names_and_to_nobody_with_them(world: World) -> bool:
    told = [each.record for each in written(world) if each.record.template in REMOVES and not each.record.supersedes]
    asked_for = [(each.case_id, each.case_version) for each in told]
    return len(set(asked_for)) == len(asked_for) and all(
        incident is not None and each.record.person_id == incident.person_id
        for each in written(world)
        if each.record.template in REMOVES and not each.record.supersedes
        for incident in [incident_of(each, each.record.case_id)]
    )


REPORTED = ("description", "url", "reported_by", "created_at")


@invariant("INC-18")
def what_was_reported_stays_as_it_was_said(world: World) -> bool:
    return all(getattr(each.record, name) == getattr(each.was, name) for each in steps(world) for name in REPORTED)


@invariant("INC-19")
def what_is_said_in_public_is_said_to_nobody_and_names_nobody(world: World) -> bool:
    public = [each for each in written(world) if each.record.template == LetterTemplate.PUBLIC_REPLY]
    return all(
        each.record.person_id is None
        and each.record.content.addressee is None
        and not any(name in words_of(each.record) for name in names_known(each))
        for each in public
    )


def words_of(letter: Letter) -> str:
    """All that is read in it."""
    blocks = [words for each in letter.content.blocks for words in (each.text, *each.items)]
    return "\n".join([letter.content.title, letter.content.greeting or "", *blocks])


def names_known(happened: Happened) -> set[str]:
    """Everybody's name who is on record."""
    return {each.name for each in happened.before if isinstance(each, Person) and each.name}


@invariant("INC-20")
def an_entry_of_the_ledger_is_of_whoever_was_warned_and_stays_as_it_was_entered(world: World) -> bool:
    now = {each.id: each for each in world.of(PatientWarning)}
    entered = [*world.done("warning.give"), *world.done("warning.reconsider")]
    return all(
        now[each.record.id] == each.record and each.record.person_id == warned_in(each) for each in entered
    ) and all(
        now[each.id] == each
        for happened in world.done("warning.reconsider")
        for each in happened.before
        if isinstance(each, PatientWarning)
    )


def warned_in(happened: Happened) -> Any:
    """Whom the warning was for: whoever the incident names, or the entry that is looked at again."""
    if happened.name == "warning.give":
        incident = incident_of(happened, happened.record.incident_id)
        return incident and incident.person_id
    ledger = (each for each in happened.before if isinstance(each, PatientWarning))
    return next((each.person_id for each in ledger if each.id == happened.record.about), None)
