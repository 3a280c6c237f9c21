"""What is taken out of the law of the directory and of people."""

from __future__ import annotations

from models.people import Person
from tests.missed.law import Mutant, effect

HARMLESS = "an end before the role began is refused as well, though it would rewrite nothing"
STRICTER = {("staff_member.end_role", "ends_now_or_later"): HARMLESS}


ASKED_BY = {
    "staff_member.appoint": "STAFF-7",
    "staff_member.grant_role": "STAFF-7",
    "staff_member.end_role": "STAFF-7",
    "staff_member.leave": "STAFF-7",
    "person.erase": "PERSON-6",
}


def remembered(person: Person) -> None:
    person.note = "Carried a basket."


MUTANTS = [
    Mutant("PERSON-8", "person.erase", effect("person.erase", remembered)),
]
