"""Who somebody is, and whom else they have to do with."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any
from uuid import UUID

from models.people import Person
from models.staff import StaffMember


def of_member(member: StaffMember, names: Mapping[UUID | None, str]) -> Hashable:
    """Whose roles are held from when to when, and for whom."""
    return member.subject, frozenset(
        (each.role, each.starts, each.ends, names.get(each.deputy_for)) for each in member.roles
    )


def of_person(person: Person, names: Mapping[UUID | None, str]) -> Hashable:
    """What is known of them, and what is about to become of their record."""
    said = person.name, person.date_of_birth, person.nhs_number, person.note
    return said, names.get(person.merged_into), person.erasure_proposed_by


FACTS: dict[type[Any], Any] = {StaffMember: of_member, Person: of_person}
