"""What else there is to read of a rights request: its whole history, and which people and requests it may belong to."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from api.access import lets
from api.clauses import shown
from api.negotiation import PDF
from api.pages.rendering import protected
from api.requests import Caller, record_id, the_one, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.people import PersonState
from models.rights_history import History
from models.rights_requests import OPEN, RightsRequest
from models.rights_suggestions import Suggestions
from service.documents.pdf import pdf
from service.rights_history import history_of
from service.unit_of_work import UnitOfWork
from workflows.people import people
from workflows.readers import TRAIL
from workflows.restrictions import restrictions
from workflows.rights_requests import rights_requests
from workflows.rights_requests.history_outline import outline
from workflows.rights_requests.law import WORKERS
from workflows.roles import here

HISTORIANS = tuple(each for each in TRAIL if each in rights_requests.seen_by)
"""Who may read both the requests and the trail."""
SHARED: dict[str, Any] = {"tags": ["rights_requests"], "methods": ["GET"], "route_class_override": DirectRoute}


def add_rights_requests(router: APIRouter) -> None:
    """`GET /v1/rights-requests/{record_id}/history` and `.../suggestions`."""
    router.add_api_route(
        "/v1/rights-requests/{record_id}/history", takes(read_history, record_id=UUID, caller=Caller),
        operation_id="read_rights_request_history", summary="Read everything that happened to a rights request.",
        response_model=History, responses=answers(403, 404), **SHARED,
    )  # fmt: skip
    router.add_api_route(
        "/v1/rights-requests/{record_id}/history.pdf", takes(print_history, record_id=UUID, caller=Caller),
        operation_id="print_rights_request_history", summary="Read the same as a PDF for the regulator.",
        response_class=Response, responses={200: {"content": {PDF: {}}}, **answers(403, 404, 501)}, **SHARED,
    )  # fmt: skip
    router.add_api_route(
        "/v1/rights-requests/{record_id}/suggestions", takes(read_suggestions, record_id=UUID, caller=Caller),
        operation_id="read_rights_request_suggestions", summary="Read which people and requests a rights request may belong to.",
        response_model=Suggestions, responses=answers(403, 404), **SHARED,
    )  # fmt: skip


@lets("rights_request.read_history", by=HISTORIANS, audited=True)
async def read_history(request: Request) -> Response:
    """Read the whole history of a request for the regulator: each step with who took it, each date with how it came out.

    Its letters, restrictions, recipients and complaints stand in it as they are now. Nothing of it is kept.
    """
    work = await unit_of_work(request)
    await the_one(work, rights_requests, record_id(request))
    await work.permitted(rights_requests, HISTORIANS)
    return shown(await history_of(work, record_id(request)))


@lets("rights_request.print_history", by=HISTORIANS, audited=True)
async def print_history(request: Request) -> Response:
    """Read the whole history as a tagged PDF (PDF/UA-1): made anew each time, and never kept."""
    work = await unit_of_work(request)
    await the_one(work, rights_requests, record_id(request))
    act = await work.permitted(rights_requests, HISTORIANS)
    history = await history_of(work, record_id(request))
    practice = here(act).name or act.practice.code
    body = await request.app.state.house.press.once(lambda: pdf(outline(history, practice)))
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{history.reference}.pdf"'}
    return protected(Response(body, 200, headers, PDF))


@lets("rights_request.read_suggestions", by=WORKERS, audited=True)
async def read_suggestions(request: Request) -> Response:
    """Read whose record a request may be about, and which open requests may be the same. Nothing is matched by it.

    A person is suggested by NHS number, or by name and date of birth together, as whoever asked said them.
    """
    work = await unit_of_work(request)
    found = await the_one(work, rights_requests, record_id(request))
    await work.permitted(rights_requests, WORKERS)
    return shown(await suggestions_for(work, found))


async def suggestions_for(work: UnitOfWork, request: RightsRequest) -> Suggestions:
    """Who and what has the same NHS number, or the same name and date of birth."""
    known = {name: value for name in request.found_by if (value := getattr(request, name))}
    persons = [
        each for one in known.items() for each in await work.those(people, **dict([one]), state=PersonState.ON_RECORD)
    ]
    alike = [
        each
        for one in known.items()
        for each in await work.those(rights_requests, **dict([one]), state=frozenset(OPEN))
    ]
    same = (
        each.id
        for each in alike
        if each.id != request.id and (each.right, each.scope) == (request.right, request.scope)
    )
    stands = await work.those(restrictions, rights_request_id=request.id)
    return Suggestions(
        people=list(dict.fromkeys(each.id for each in persons)), duplicates=list(dict.fromkeys(same)),
        restrict=None if stands else request.suggested_restriction,
    )  # fmt: skip
