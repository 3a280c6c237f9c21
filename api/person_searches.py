"""Looking for people by who they are. What is looked for is sent in the body, since an address ends up in logs."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, TypeAdapter

from api.access import lets
from api.conduct_checks import without_key
from api.requests import Caller, asked, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.people import Person, PersonSearch, name_and_birth
from models.record import listed_view_of
from service.about_people import standing_for
from service.showing import listed_view
from workflows.people import people

NEEDED: TypeAdapter[Any] = TypeAdapter(PersonSearch)
FOUND: Any = listed_view_of(Person)


class PeopleFound(BaseModel):
    """Whoever is on record under what was looked for: none, one, or several of one name."""

    items: list[FOUND]


def add_person_searches(router: APIRouter) -> None:
    """`POST /v1/person-searches`."""
    router.add_api_route(
        "/v1/person-searches", takes(search_people, caller=Caller, payload=PersonSearch), methods=["POST"],
        operation_id="search_people", response_model=PeopleFound, responses=answers(403, 408, 413, 415, 422),
        tags=["people"], route_class_override=DirectRoute,
    )  # fmt: skip


@lets("person.search", by=people.seen_by, audited=True)
async def search_people(request: Request) -> Response:
    """Find people by NHS number, or by name and date of birth together: exactly these, however they are written.

    Of merged records the one is found that stands for the person. Nothing is kept, so an `Idempotency-Key` means nothing.
    """
    work = await unit_of_work(without_key(request))
    act = await work.permitted(people, people.seen_by)
    (sought,) = (await asked(request, NEEDED)).payload()
    found = {each.id: each for one in await work.those(people, **by(sought)) for each in await standing_for(work, one)}
    items = ",".join(listed_view(people, each, act) for each in found.values())
    return Response(f'{{"items":[{items}]}}', 200, {"Cache-Control": "no-store"}, "application/json")


def by(sought: PersonSearch) -> dict[str, str]:
    """By what a record is found."""
    if sought.name and sought.date_of_birth:
        return {"name_and_birth": name_and_birth(sought.name, sought.date_of_birth)}
    return {"nhs_number": sought.nhs_number or ""}
