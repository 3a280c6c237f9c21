"""How each site is asked to take something down, and who at this practice asks."""

from typing import Any, cast

from fastapi import APIRouter, Request, Response

from api.access import lets
from api.clauses import shown
from api.listings import Items
from api.requests import Caller, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.roles import Role
from models.sites import Site
from service.unit_of_work import NotFound
from workflows.removal_help import RemovalHelp, removal_help, sites_named
from workflows.reviews import reviews
from workflows.roles import here

READERS = (Role.STAFF,)
SHARED: dict[str, Any] = {"tags": ["removal_help"], "methods": ["GET"], "route_class_override": DirectRoute}


def add_removal_help(router: APIRouter) -> None:
    """`GET /v1/removal-help` and `GET /v1/removal-help/{site}`."""
    router.add_api_route(
        "/v1/removal-help", takes(list_removal_help, caller=Caller), operation_id="list_removal_help",
        summary="Read how each site that the policy names is asked to take something down.",
        response_model=Items[RemovalHelp], responses=answers(403), **SHARED,
    )  # fmt: skip
    router.add_api_route(
        "/v1/removal-help/{site}", takes(read_removal_help, site=Site, caller=Caller), operation_id="read_removal_help",
        summary="Read how one site is asked to take something down.", response_model=RemovalHelp,
        responses=answers(403, 404), **SHARED,
    )  # fmt: skip


@lets("removal_help.list", by=READERS)
async def list_removal_help(request: Request) -> Response:
    """Read how each site that the policy in force names is asked to take something down, and who asks here (I-04)."""
    act = await (await unit_of_work(request)).permitted(reviews, READERS)
    found = [removal_help(each, here(act)) for each in sites_named(here(act))]
    return shown(Items[RemovalHelp](items=found, next_cursor=None))


@lets("removal_help.read", by=READERS)
async def read_removal_help(request: Request) -> Response:
    """Read how one site is asked to take something down, whether the policy names it or not, and who asks here (I-04)."""
    act = await (await unit_of_work(request)).permitted(reviews, READERS)
    site = cast(str, request.path_params["site"])
    if site not in set(Site):
        raise NotFound
    return shown(removal_help(Site(site), here(act)))
