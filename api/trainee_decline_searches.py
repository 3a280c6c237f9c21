"""Which of a clinic's patients want no trainee present. Who they are is sent in the body, since an address ends up in logs."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, TypeAdapter

from api.access import lets
from api.conduct_checks import without_key
from api.requests import Caller, asked, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.record import listed_view_of
from models.trainee_declines import DeclineSearch, TraineeDecline, TraineeDeclineState
from service.showing import listed_view
from workflows.people import people
from workflows.trainee_declines import trainee_declines

NEEDED: TypeAdapter[Any] = TypeAdapter(DeclineSearch)
FOUND: Any = listed_view_of(TraineeDecline)


class DeclinesFound(BaseModel):
    """The wishes that stand, of those who were asked about: none for most."""

    items: list[FOUND]


def add_trainee_decline_searches(router: APIRouter) -> None:
    """`POST /v1/trainee-decline-searches`."""
    router.add_api_route(
        "/v1/trainee-decline-searches", takes(search_trainee_declines, caller=Caller, payload=DeclineSearch),
        methods=["POST"], operation_id="search_trainee_declines", response_model=DeclinesFound,
        responses=answers(403, 408, 413, 415, 422), tags=["trainee-declines"], route_class_override=DirectRoute,
    )  # fmt: skip


@lets("trainee_decline.search", by=trainee_declines.seen_by, audited=True)
async def search_trainee_declines(request: Request) -> Response:
    """Find which of a clinic's patients want no trainee present, before the clinic is prepared (T-01).

    Records that were merged into theirs are looked at as well. Nothing is kept, so an `Idempotency-Key` means nothing.
    """
    work = await unit_of_work(without_key(request))
    act = await work.permitted(trainee_declines, trainee_declines.seen_by)
    (sought,) = (await asked(request, NEEDED)).payload()
    named = frozenset(sought.person_ids)
    merged = frozenset(each.id for each in await work.those(people, merged_into=named))
    found = await work.those(trainee_declines, person_id=named | merged, state=TraineeDeclineState.STANDING)
    items = ",".join(listed_view(trainee_declines, each, act) for each in found)
    return Response(f'{{"items":[{items}]}}', 200, {"Cache-Control": "no-store"}, "application/json")
