"""What is kept about one person, however many records they have here, and in however many kinds of record."""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from models.cases import Case
from models.evidence import Evidence
from models.ledger import AccessEntry
from models.media_consents import MediaConsent
from models.people import Person, PersonState
from models.record import Record
from service.store import Listing
from service.unit_of_work import UnitOfWork
from workflows.engine import Workflow
from workflows.evidence import evidence
from workflows.people import people
from workflows.readers import sensitive_kinds
from workflows.refusals import RoleRefusal
from workflows.registry import ALL

PAGE: Final = 500
ABOUT: Final = "person_id"
"""What a record calls the person whom it is about."""
ASKED: Final[Mapping[type[Record], str]] = {MediaConsent: "subject_id"}
"""What other records call somebody who is a patient, or may be."""
CASES: Final[tuple[Workflow[Any], ...]] = tuple(each for each in ALL if issubclass(each.kind, Case))
"""The kinds of record that are cases."""
ABOUT_PEOPLE: Final[tuple[Workflow[Any], ...]] = tuple(
    each for each in ALL if ABOUT in each.kind.model_fields or each.kind in ASKED
)
"""The kinds of record that are about a person."""


async def standing_for(work: UnitOfWork, person: Person) -> list[Person]:
    """The record that stands for somebody: their own, or the one at the end of all mergings."""
    found = [person]
    while found and found[0].state == PersonState.MERGED:
        found = await work.those(people, id=found[0].merged_into)
    return found


async def one_person(work: UnitOfWork, person: Person) -> list[Person]:
    """Every record of somebody: first the one that stands for them, then all that were merged into it, on whatever way."""
    found = {each.id: each for each in await standing_for(work, person)}
    waiting = frozenset(found)
    while waiting:
        merged = await work.those(people, merged_into=waiting, state=PersonState.MERGED)
        waiting = frozenset(each.id for each in merged if each.id not in found)
        found |= {each.id: each for each in merged}
    return list(found.values())


async def records_about(
    work: UnitOfWork, workflows: Iterable[Workflow[Any]], everybody: Iterable[UUID]
) -> Mapping[Workflow[Any], list[Any] | None]:
    """What is kept of these people in each of these kinds; None where whoever asks may not see that kind."""
    found: dict[Workflow[Any], list[Any] | None] = {}
    ids = frozenset(everybody)
    for workflow in workflows:
        try:
            found[workflow] = await work.those(workflow, **{ASKED.get(workflow.kind, ABOUT): ids})
        except RoleRefusal:
            found[workflow] = None
    return found


async def evidence_in(work: UnitOfWork, cases: Iterable[Record]) -> list[Evidence]:
    """The evidence in these cases."""
    ids = frozenset(each.id for each in cases)
    return await work.those(evidence, case_id=ids) if ids else []


async def showings_of(work: UnitOfWork, records: Iterable[UUID]) -> list[AccessEntry]:
    """Who was shown any of these records, first things first."""
    wanted, found = frozenset(records), list[AccessEntry]()
    for kind in sorted(sensitive_kinds()):
        after: UUID | None = None
        while True:
            listing = Listing(work.principal.practice, {"kind": kind}, after=after, limit=PAGE)
            page = await work.store.trail.accesses(listing)
            found += [each for each in page if wanted & set(each.records)]
            if len(page) < PAGE:
                break
            after = page[-1].id
    return sorted(found, key=lambda each: each.at)
