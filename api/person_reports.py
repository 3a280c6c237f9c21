"""Everything that is held about one person, in one answer: for whoever answers that person's own request for it."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, TypeAdapter

from api.access import lets
from api.conduct_checks import without_key
from api.requests import Caller, asked, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.case_searches import PersonReportOrder
from models.ledger import AuditEntry
from models.record import Record
from models.sealing import Sealed
from models.staff import StaffMember
from service.about_people import ABOUT_PEOPLE, evidence_in, one_person, records_about, showings_of
from service.store.statements import table_of
from service.unit_of_work import NotFound, UnitOfWork
from workflows.engine import Workflow
from workflows.evidence import evidence
from workflows.people import ERASERS, people

NEEDED: TypeAdapter[Any] = TypeAdapter(PersonReportOrder)
FREE_TEXT, NAMES_STAFF = "free_text", "names_staff"
Held = list[tuple[Workflow[Any], Any]]


class Happening(BaseModel):
    """Something that happened to one of the records (UTC): what, and who did it."""

    kind: str
    record_id: UUID
    at: AwareDatetime
    transition: str
    actor: str


class Showing(BaseModel):
    """A time at which somebody was shown one of the records (UTC)."""

    kind: str
    records: list[UUID]
    at: AwareDatetime
    actor: str
    roles: list[str]


class ForReview(BaseModel):
    """A text that may speak of somebody else: where it stands in this answer (a JSON pointer), and why it is looked at.

    `names_staff` where somebody on the staff is named in it, `free_text` where people wrote in their own words.
    """

    pointer: str
    reason: str


class PersonReport(BaseModel):
    """Everything held about one person.

    `people` are their records here, the one that stands for them first. `records` has what is kept of them by kind, evidence in
    their cases without the files themselves. `not_shown` names kinds that whoever asked may not see: somebody else has to add
    them. What stands under `review` is read by a person before any of it is handed out.
    """

    made_at: AwareDatetime
    people: list[dict[str, Any]]
    records: dict[str, list[dict[str, Any]]]
    history: list[Happening]
    shown_to: list[Showing]
    review: list[ForReview]
    not_shown: list[str]


def add_person_reports(router: APIRouter) -> None:
    """`POST /v1/person-reports`."""
    router.add_api_route(
        "/v1/person-reports", takes(report_on_person, caller=Caller, payload=PersonReportOrder), methods=["POST"],
        operation_id="report_on_person", response_model=PersonReport, responses=answers(403, 404, 408, 413, 415, 422),
        tags=["people"], route_class_override=DirectRoute,
    )  # fmt: skip


@lets("person.report", by=ERASERS, audited=True)
async def report_on_person(request: Request) -> Response:
    """Bring everything that is held about one person, for their own access request (UK GDPR, Article 15).

    It is what the practice holds, and not yet what it hands out: others may be named in it. Every record in it is written down
    as shown. Nothing is kept, so an `Idempotency-Key` means nothing.
    """
    work = await unit_of_work(without_key(request))
    act = await work.permitted(people, ERASERS)
    (order,) = (await asked(request, NEEDED)).payload()
    report = await everything_about(work, order.person_id, act.at)
    return Response(report.model_dump_json(), 200, {"Cache-Control": "no-store"}, "application/json")


async def everything_about(work: UnitOfWork, person_id: UUID, now: datetime) -> PersonReport:
    """The whole of it. Raises NotFound."""
    known = await work.those(people, id=person_id)
    if not known:
        raise NotFound
    everybody = await one_person(work, known[0])
    found = await records_about(work, ABOUT_PEOPLE, [each.id for each in everybody])
    held: Held = [(workflow, each) for workflow, records in found.items() for each in records or ()]
    held += [(evidence, each) for each in await evidence_in(work, [record for _, record in held])]
    told: dict[str, list[dict[str, Any]]] = {}
    for workflow, record in held:
        told.setdefault(workflow.resource, []).append(plain(record))
    ids = [each.id for each in everybody] + [record.id for _, record in held]
    return PersonReport(
        made_at=now, people=[plain(each) for each in everybody], records=told,
        history=[happening(each) for record_id in ids for each in await work.store.trail.chain(work.principal.practice, record_id)],
        shown_to=[Showing.model_validate(each.model_dump()) for each in await showings_of(work, ids)],
        review=list(to_review(held, await staff_names(work))),
        not_shown=[workflow.name for workflow, records in found.items() if records is None],
    )  # fmt: skip


def plain(record: Record) -> dict[str, Any]:
    """A record as JSON has it."""
    said: dict[str, Any] = json.loads(record.model_dump_json())
    return said


def happening(entry: AuditEntry) -> Happening:
    """What happened, without what was said: that stands in the record, as far as it still does."""
    return Happening.model_validate(entry.model_dump())


async def staff_names(work: UnitOfWork) -> list[str]:
    """What everybody on the staff is called, whoever has left too."""
    kept = await work.store.find(StaffMember, work.principal.practice, {})
    return [each.record.name.casefold() for each in kept]


def to_review(held: Held, names: Iterable[str]) -> Iterator[ForReview]:
    """Every text that people wrote in their own words."""
    places: dict[str, int] = {}
    for workflow, record in held:
        place = places[workflow.resource] = places.get(workflow.resource, -1) + 1
        sealed = {each.name for each in table_of(workflow.kind).c if isinstance(each.type, Sealed)}
        for name, value in plain(record).items():
            if name in sealed:
                for pointer, text in texts(value, f"/records/{workflow.resource}/{place}/{name}"):
                    named = any(each in text.casefold() for each in names)
                    yield ForReview(pointer=pointer, reason=NAMES_STAFF if named else FREE_TEXT)


OWN_WORDS: Final = " /"
"""What words of a person's own have in them, or an address: no word of ours has either."""


def texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Every text within a value that is of somebody's own words, and where it stands."""
    if isinstance(value, str) and any(each in value for each in OWN_WORDS):
        yield pointer, value
    if isinstance(value, list):
        value = dict(enumerate(value))
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, f"{pointer}/{name}")
