"""People that cases are about: recorded once each, corrected, merged when two records are of one person, and erased.

This is the practice's list of whom its cases are about, and no clinical record: erasing somebody here erases nothing there.
"""

from collections.abc import Mapping
from typing import Any

from models.people import ErasureProposal, Merging, Person, PersonDetails, PersonState, Separation
from models.roles import Role
from workflows.engine import Act, Workflow, guard, lookup
from workflows.statutory_time import today

HANDLERS = (Role.PRACTICE_MANAGER, Role.PARTNER, Role.COMPLAINTS_LEAD, Role.INFORMATION_RIGHTS_LEAD)
"""Who works on cases, and so can tell whether two of them are about one person."""

INTAKE = (*HANDLERS, Role.CLINICIAN, Role.COMMUNICATIONS_MANAGER, Role.RECEPTION_MANAGER)
"""Where cases begin: at the desk, in the consulting room, under a post. Nobody else has to know who a case is about."""

ERASERS = (Role.PRACTICE_MANAGER, Role.INFORMATION_RIGHTS_LEAD)
"""Who answers for what the practice keeps about people, and for how long."""

people = Workflow("person", "people", Person, starts=PersonState.ON_RECORD, seen_by=INTAKE)


@lookup(Person)
def known_by_this_number(draft: PersonDetails, act: Act) -> Mapping[str, Any]:
    """Whoever is on record with the NHS number."""
    return {"nhs_number": draft.nhs_number or ""}


@lookup(Person)
def known_by_the_new_number(person: Person, act: Act, details: PersonDetails) -> Mapping[str, Any]:
    """Whoever is on record with the NHS number that is to be."""
    return {"nhs_number": details.nhs_number or ""}


@lookup(Person)
def the_one_that_stays(person: Person, act: Act, merging: Merging) -> Mapping[str, Any]:
    """The record that another one is merged into."""
    return {"id": merging.into}


@lookup(Person)
def merged_into_this(person: Person, act: Act) -> Mapping[str, Any]:
    """The records that this one stands for."""
    return {"merged_into": person.id, "state": PersonState.MERGED}


@guard("This NHS number is on record here already. Find that record, and use it.", needs=[known_by_this_number])
def number_is_new(draft: PersonDetails, act: Act) -> bool:
    """PERSON-1: one record for each NHS number at a practice, merged ones among them."""
    return not act.looked_up(known_by_this_number)


@guard("Another record has this NHS number. Merge the two if they are of one person.", needs=[known_by_the_new_number])
def number_is_nobody_elses(person: Person, act: Act, details: PersonDetails) -> bool:
    """PERSON-1: one record for each NHS number at a practice, merged ones among them."""
    return {each.id for each in act.looked_up(known_by_the_new_number)} <= {person.id}


@guard("Nobody is born after today.")
def is_born(draft: PersonDetails, act: Act) -> bool:
    """PERSON-2: a date of birth is not in the future, in London."""
    return born_by_now(draft, act)


@guard("Nobody is born after today.")
def was_born(person: Person, act: Act, details: PersonDetails) -> bool:
    """PERSON-2: a date of birth is not in the future, in London."""
    return born_by_now(details, act)


@guard("The record that stays is another one, and stands for somebody itself.", needs=[the_one_that_stays])
def into_another_that_stands(person: Person, act: Act, merging: Merging) -> bool:
    """PERSON-3: from every merged record the way leads to one that stands for the person."""
    stays = act.looked_up(the_one_that_stays)
    return bool(stays) and all(each.id != person.id and each.state == PersonState.ON_RECORD for each in stays)


@guard(
    "Their NHS numbers or dates of birth differ. Correct the wrong one first, if they are one.",
    needs=[the_one_that_stays],
)
def nothing_contradicts(person: Person, act: Act, merging: Merging) -> bool:
    """PERSON-4: what identifies two records speaks for their being of one person before they are merged."""
    return not any(contradict(person, each) for each in act.looked_up(the_one_that_stays))


@guard("Merge the other way round: the record with the NHS number stays.", needs=[the_one_that_stays])
def number_stays(person: Person, act: Act, merging: Merging) -> bool:
    """PERSON-5: whoever is known by an NHS number is shown with it."""
    return person.nhs_number is None or all(each.nhs_number for each in act.looked_up(the_one_that_stays))


@guard("Erasing has to be proposed first.")
def erasure_is_proposed(person: Person, act: Act) -> bool:
    """PERSON-6: two people stand behind every erasure."""
    return person.erasure_ground is not None


@guard("Somebody else than whoever proposed it has to do this.")
def by_another_than_proposed(person: Person, act: Act) -> bool:
    """PERSON-6: two people stand behind every erasure."""
    return person.erasure_proposed_by != act.actor.id


@guard("Other records were merged into this one. Erase or separate them first.", needs=[merged_into_this])
def stands_for_no_other(person: Person, act: Act) -> bool:
    """PERSON-7: nobody is erased by half, and no merged record points to nothing."""
    return not act.looked_up(merged_into_this)


@people.opens(by=INTAKE, when=[is_born, number_is_new])
def record(draft: PersonDetails, act: Act) -> Person:
    """Put somebody on record, with what is known of them."""
    return Person(practice=act.practice.code, created_at=act.at, **said(draft))


@people.transition(PersonState.ON_RECORD, to=None, by=INTAKE, when=[was_born, number_is_nobody_elses])
def correct(person: Person, act: Act, details: PersonDetails) -> None:
    """Say anew who somebody is. What was said before is replaced as a whole."""
    for name, value in said(details).items():
        setattr(person, name, value)


@people.transition(
    PersonState.ON_RECORD, to=PersonState.MERGED, by=HANDLERS,
    when=[into_another_that_stands, nothing_contradicts, number_stays],
)  # fmt: skip
def merge(person: Person, act: Act, merging: Merging) -> None:
    """Say that this record is of the same person as another one, which stays. Nothing is copied, so that it can be undone."""
    person.merged_into = merging.into


@people.transition(PersonState.MERGED, to=PersonState.ON_RECORD, by=HANDLERS)
def separate(person: Person, act: Act, separation: Separation) -> None:
    """Undo a merging: the two are of two people after all."""
    person.merged_into = None


@people.transition(PersonState.ON_RECORD, PersonState.MERGED, to=None, by=ERASERS)
def propose_erasure(person: Person, act: Act, proposal: ErasureProposal) -> None:
    """Propose that somebody's identity be erased. Another one has to do it."""
    person.erasure_ground, person.erasure_proposed_by = proposal.ground, act.actor.id


@people.transition(PersonState.ON_RECORD, PersonState.MERGED, to=None, by=ERASERS, when=[erasure_is_proposed])
def keep(person: Person, act: Act) -> None:
    """Decide not to erase somebody after all."""
    person.erasure_ground = person.erasure_proposed_by = None


@people.transition(
    PersonState.ON_RECORD, PersonState.MERGED, to=PersonState.ERASED, by=ERASERS,
    when=[erasure_is_proposed, by_another_than_proposed, stands_for_no_other],
)  # fmt: skip
def erase(person: Person, act: Act) -> None:
    """Erase who somebody is, for good: here, in the audit trail, and in every copy that this record's key can't be found for.

    That there was a record, what happened to it, when and by whom stays.
    """
    for name in IDENTITY:
        setattr(person, name, None)


IDENTITY = tuple(PersonDetails.model_fields)
"""All that says who somebody is."""


def said(details: PersonDetails) -> dict[str, Any]:
    """What was said, field by field."""
    return {name: getattr(details, name) for name in IDENTITY}


def born_by_now(details: PersonDetails, act: Act) -> bool:
    """Whether somebody is born by now, if it is known when."""
    return details.date_of_birth is None or details.date_of_birth <= today(act)


def contradict(one: Person, other: Person) -> bool:
    """Whether two records can't be of one person, by what tells people apart."""
    numbers, births = (one.nhs_number, other.nhs_number), (one.date_of_birth, other.date_of_birth)
    return any(all(pair) and len(set(pair)) > 1 for pair in (numbers, births))
