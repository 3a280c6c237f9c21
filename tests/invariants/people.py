"""What must be so of people whom cases are about."""

from __future__ import annotations

from collections import Counter
from typing import Any

from models.people import Person, PersonDetails, PersonState
from models.roles import Role
from tests.invariants.rule import day, invariant
from tests.laws import Happened, World


@invariant("PERSON-1")
def an_nhs_number_stands_for_one_record(world: World) -> bool:
    numbers = Counter(each.nhs_number for each in world.of(Person) if each.nhs_number)
    return max(numbers.values(), default=0) <= 1


@invariant("PERSON-2")
def everybody_was_born_when_they_were_spoken_of(world: World) -> bool:
    spoken_of = [each for each in world.done("person.record", "person.correct") if each.record.date_of_birth]
    return all(each.record.date_of_birth <= day(each) for each in spoken_of)


@invariant("PERSON-3")
def somebody_stood_for_themselves_when_another_was_merged_into_them(world: World) -> bool:
    pairs = [(each.record, stayed(each)) for each in world.done("person.merge")]
    return all(stays and stays.id != goes.id and stays.state == PersonState.ON_RECORD for goes, stays in pairs)


@invariant("PERSON-3", "PERSON-7")
def every_way_from_a_merged_record_ends_at_somebody(world: World) -> bool:
    people = {each.id: each for each in world.of(Person)}
    return all(way_ends(each, people) for each in people.values() if each.state == PersonState.MERGED)


def way_ends(person: Any, people: dict[Any, Any]) -> bool:
    """Whether one comes to somebody on record within as many steps as there are people."""
    for _ in people:
        if person and person.state == PersonState.MERGED:
            person = people.get(person.merged_into)
    return bool(person) and person.state == PersonState.ON_RECORD


def stayed(happened: Happened) -> Any:
    """The record that another one was merged into, as it then was."""
    return next((each for each in happened.before if each.id == happened.payload.into), None)


@invariant("PERSON-4")
def nothing_spoke_against_a_merging(world: World) -> bool:
    pairs = [(each.was, stayed(each)) for each in world.done("person.merge") if stayed(each)]
    return not any(
        differ(one.nhs_number, other.nhs_number) or differ(one.date_of_birth, other.date_of_birth)
        for one, other in pairs
    )


def differ(one: Any, other: Any) -> bool:
    """Whether both are known and not the same."""
    return one is not None and other is not None and one != other


@invariant("PERSON-5")
def whoever_has_a_number_stays(world: World) -> bool:
    pairs = [(each.was, stayed(each)) for each in world.done("person.merge") if stayed(each)]
    return all(one.nhs_number is None or other.nhs_number for one, other in pairs)


@invariant("PERSON-6")
def two_of_those_who_answer_for_it_stand_behind_every_erasure(world: World) -> bool:
    answer_for_it = {Role.PRACTICE_MANAGER, Role.INFORMATION_RIGHTS_LEAD}
    return all(
        each.actor.roles & answer_for_it and proposed_by(world, each) not in {None, each.actor.id}
        for each in world.done("person.erase")
    ) and all(proposed_by(world, each) for each in world.done("person.keep"))


def proposed_by(world: World, happened: Happened) -> str | None:
    """Who had proposed to erase somebody, if that still stood."""
    past = [each for each in world.past(happened) if each.name in {"person.propose_erasure", "person.keep"}]
    return past[-1].actor.id if past and past[-1].name == "person.propose_erasure" else None


@invariant("PERSON-8")
def nothing_is_left_of_who_an_erased_person_was(world: World) -> bool:
    gone = [each for each in world.of(Person) if each.state == PersonState.ERASED]
    return not any(getattr(each, name) for each in gone for name in PersonDetails.model_fields)
