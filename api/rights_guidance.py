"""What the law usually says to a right, for one kind of information: for whoever decides, with its sources."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from api.access import lets
from api.clauses import shown
from api.requests import Caller, asked_once, narrowed_by, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.rights import Right, Scope
from models.rights_guidance import GuidanceFound
from models.roles import Role
from workflows.practices import practices
from workflows.rights_requests.guidance import guidance_for

READERS = (Role.STAFF,)
OfRight = Annotated[Right | None, Query(alias="right", description="The right that was asked for.")]
OfScope = Annotated[Scope | None, Query(alias="scope", description="The kind of information.")]


class RightsGuidanceQuery(BaseModel):
    """What narrows the guidance."""

    model_config = ConfigDict(extra="forbid")

    right: Right | None = None
    scope: Scope | None = None


def add_rights_guidance(router: APIRouter) -> None:
    """`GET /v1/rights-guidance`."""
    shared: dict[str, Any] = {"tags": ["rights_requests"], "methods": ["GET"], "route_class_override": DirectRoute}
    router.add_api_route(
        "/v1/rights-guidance", takes(read_rights_guidance, right=OfRight, scope=OfScope, caller=Caller),
        operation_id="read_rights_guidance", summary="Read what the law usually says to a right, for a kind of information.",
        response_model=GuidanceFound, responses=answers(403, 422), **shared,
    )  # fmt: skip


@lets("rights_guidance.read", by=READERS)
async def read_rights_guidance(request: Request) -> Response:
    """Read whether a right usually applies to a kind of information, which reasons and results there are, and their sources.

    It is information and no advice: each request is decided by itself.
    """
    await (await unit_of_work(request)).permitted(practices, READERS)
    asked = narrowed_by(RightsGuidanceQuery, asked_once(request))
    return shown(guidance_for(asked.right, asked.scope))
