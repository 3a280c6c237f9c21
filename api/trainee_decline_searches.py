"""Which of a clinic's patients want no trainee present. Who they are is sent in the body, since an address ends up in logs."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, TypeAdapter

from api.access import lets
from api.conduct_checks import without_key
from api.person_searches import by
from api.requests import Caller, asked, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.people import PersonSearch
from models.trainee_declines import DeclineSearch, Trainee, TraineeDeclineState
from service.about_people import one_person
from service.unit_of_work import UnitOfWork
from workflows.people import people
from workflows.trainee_declines import trainee_declines

NEEDED: TypeAdapter[Any] = TypeAdapter(DeclineSearch)


class DeclineFound(BaseModel):
    """Whom a patient of the clinic does not want present. `patient` is their place in what was sent, from 0."""

    patient: int
    declines: list[Trainee]


class DeclinesFound(BaseModel):
    """The wishes that stand: none for most."""

    items: list[DeclineFound]


def add_trainee_decline_searches(router: APIRouter) -> None:
    """`POST /v1/trainee-decline-searches`."""
    router.add_api_route(
        "/v1/trainee-decline-searches", takes(search_trainee_declines, caller=Caller, payload=DeclineSearch),
        methods=["POST"], operation_id="search_trainee_declines", response_model=DeclinesFound,
        responses=answers(403, 408, 413, 415, 422), tags=["trainee_declines"], route_class_override=DirectRoute,
    )  # fmt: skip


@lets("trainee_decline.search", by=trainee_declines.seen_by, audited=True)
async def search_trainee_declines(request: Request) -> Response:
    """Find which of a clinic's patients want no trainee present, before the clinic is prepared (T-01).

    All records of a patient are looked at, and whoever is not on record here declines nobody. Nothing is kept, so an
    `Idempotency-Key` means nothing.
    """
    work = await unit_of_work(without_key(request))
    await work.permitted(trainee_declines, trainee_declines.seen_by)
    (sought,) = (await asked(request, NEEDED)).payload()
    wishes = [(place, await declined_by(work, each)) for place, each in enumerate(sought.patients)]
    items = [DeclineFound(patient=place, declines=declined) for place, declined in wishes if declined]
    return Response(
        DeclinesFound(items=items).model_dump_json(), 200, {"Cache-Control": "no-store"}, "application/json"
    )


async def declined_by(work: UnitOfWork, patient: PersonSearch) -> list[Trainee]:
    """Whom a patient declines, under any of their records."""
    everybody = [each for one in await work.those(people, **by(patient)) for each in await one_person(work, one)]
    ids = frozenset(each.id for each in everybody)
    found = await work.those(trainee_declines, person_id=ids, state=TraineeDeclineState.STANDING) if ids else []
    return sorted({trainee for wish in found for trainee in wish.declines})
