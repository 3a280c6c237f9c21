"""A person's cases, across all kinds of case. Whose they are is sent in the body, since an address ends up in logs."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, TypeAdapter

from api.access import lets
from api.conduct_checks import without_key
from api.requests import Caller, asked, unit_of_work
from api.transitions import DirectRoute, answers, kebab, takes
from models.case_searches import CaseSearch
from models.people import Person, name_and_birth
from models.record import Record
from service import about_people
from service.about_people import one_person, records_about
from service.showing import overdue
from service.unit_of_work import UnitOfWork
from workflows.engine import Act, Workflow
from workflows.people import people

NEEDED: TypeAdapter[Any] = TypeAdapter(CaseSearch)


class CaseFound(BaseModel):
    """A case as it stands in what was found: where it is, how it stands, and who works on it."""

    kind: str
    id: UUID
    address: str
    state: str
    person_id: UUID
    assigned_to: UUID | None
    created_at: AwareDatetime
    due_at: AwareDatetime | None
    due_for: str | None
    overdue: bool


class CasesFound(BaseModel):
    """Somebody's cases of every kind that the asker may see, oldest first."""

    items: list[CaseFound]


def add_case_searches(router: APIRouter) -> None:
    """`POST /v1/case-searches`."""
    router.add_api_route(
        "/v1/case-searches", takes(search_cases, caller=Caller, payload=CaseSearch), methods=["POST"],
        operation_id="search_cases", response_model=CasesFound, responses=answers(403, 408, 413, 415, 422),
        tags=["cases"], route_class_override=DirectRoute,
    )  # fmt: skip


@lets("case.search", by=people.seen_by, audited=True)
async def search_cases(request: Request) -> Response:
    """Find a person's cases of every kind that you may see, those of records merged with theirs among them.

    What is looked for is matched exactly, as in a search for people, and every record that is looked at is written down as
    shown. Nothing is kept, so an `Idempotency-Key` means nothing.
    """
    work = await unit_of_work(without_key(request))
    act = await work.permitted(people, people.seen_by)
    (sought,) = (await asked(request, NEEDED)).payload()
    everybody = {each.id for one in await those_meant(work, sought) for each in await one_person(work, one)}
    found = await records_about(work, about_people.CASES, everybody) if everybody else {}
    cases = [case_found(workflow, each, act) for workflow, records in found.items() for each in records or ()]
    body = CasesFound(items=sorted(cases, key=lambda each: (each.created_at, each.id)))
    return Response(body.model_dump_json(), 200, {"Cache-Control": "no-store"}, "application/json")


async def those_meant(work: UnitOfWork, sought: CaseSearch) -> list[Person]:
    """Whoever is on record under what was looked for."""
    if sought.person_id:
        return await work.those(people, id=sought.person_id)
    if sought.name and sought.date_of_birth:
        return await work.those(people, name_and_birth=name_and_birth(sought.name, sought.date_of_birth))
    return await work.those(people, nhs_number=sought.nhs_number)


def case_found(workflow: Workflow[Any], record: Record, act: Act) -> CaseFound:
    """A case as it stands in what was found."""
    fields = record.model_dump(include=set(CaseFound.model_fields))
    return CaseFound.model_validate(
        {"assigned_to": None, **fields, "kind": workflow.name, "overdue": overdue(record, act)}
        | {"address": f"/v1/{kebab(workflow.resource)}/{record.id}"}
    )
