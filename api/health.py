"""Whether the service lives, can work, which version it is, and what it counted. For machines that watch it, without a token."""

from importlib.metadata import version
from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from api.access import lets_anybody
from api.problems import CATALOGUE, Problem
from api.requests import request_id
from api.transitions import problems_at
from service.database import HEAD, up_to_date
from service.key_ring import KeyMissing
from service.key_rotation import keys_at_hand
from service.store import Unavailable
from service.unit_of_work import NotFound

VERSION = version("practice-charter")
router = APIRouter(tags=["operation"])


class Health(BaseModel):
    """It lives, or it is ready."""

    status: Literal["ok"] = "ok"


class Version(BaseModel):
    """Which version runs, and which schema it expects."""

    version: str
    schema_revision: str


@router.get("/livez", operation_id="livez", summary="Is the process alive?")
@lets_anybody("service.tell_health")
async def livez() -> Health:
    """Tell that the process answers. It waits for nothing."""
    return Health()


@router.get(
    "/readyz",
    operation_id="readyz",
    summary="Can it work?",
    responses=problems_at(503),
)
@lets_anybody("service.tell_health")
async def readyz(request: Request) -> Health:
    """Tell whether the database answers, with all the tables that this version needs, and no key is missing."""
    store = request.app.state.house.store
    if not up_to_date(await store.revision()):
        raise Unavailable
    if not await keys_at_hand(store):
        raise KeyMissing
    return Health()


@router.get("/healthz", operation_id="healthz", include_in_schema=False)
@lets_anybody("service.tell_health")
async def healthz(request: Request) -> Health:
    """Another name for `/readyz`."""
    return await readyz(request)


@router.get("/version", operation_id="version", summary="Which version is this?")
@lets_anybody("service.tell_version")
async def version_in_use() -> Version:
    """Tell which version this is."""
    return Version(version=VERSION, schema_revision=HEAD)


@router.get("/metrics", operation_id="metrics", response_class=Response, include_in_schema=False)
@lets_anybody("service.count")
async def metrics() -> Response:
    """What was counted, for Prometheus."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


@router.get(
    "/problems/{code}",
    operation_id="explain_problem",
    summary="What does this problem mean?",
    responses=problems_at(404),
)
@lets_anybody("problem.explain")
async def explain_problem(code: str, request: Request) -> Problem:
    """Explain a kind of problem, by its code."""
    for kind in CATALOGUE:
        if kind.code == code:
            return Problem(
                type=f"/problems/{code}", title=kind.title, status=kind.status, code=code, detail=kind.meaning,
                request_id=request_id(request.scope),
            )  # fmt: skip
    raise NotFound
