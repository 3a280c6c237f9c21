"""The dated law that cases and letters name: for whoever decides, with its sources. It is information, and no advice."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import lets
from api.clauses import shown
from api.requests import Caller, asked_once, narrowed_by, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.legal_references import LegalPurpose, LegalReferences
from models.moments import Day
from models.roles import Role
from workflows.legal_references import in_force
from workflows.letters import today
from workflows.practices import practices

READERS = (Role.STAFF,)
For = Annotated[LegalPurpose | None, Query(alias="for", description="What the references are for.")]
On = Annotated[date | None, Query(description="A day in London; today if none is named.")]


class LegalReferencesQuery(BaseModel):
    """What narrows the table."""

    model_config = ConfigDict(extra="forbid")

    on: Day | None = None
    purpose: LegalPurpose | None = Field(default=None, alias="for")


def add_legal_references(router: APIRouter) -> None:
    """`GET /v1/legal-references`."""
    shared: dict[str, Any] = {"tags": ["legal_references"], "methods": ["GET"], "route_class_override": DirectRoute}
    router.add_api_route(
        "/v1/legal-references", takes(list_legal_references, on=On, purpose=For, caller=Caller),
        operation_id="list_legal_references", summary="Read the law that cases and letters name, as it stands on a day.",
        response_model=LegalReferences, responses=answers(403, 422), **shared,
    )  # fmt: skip


@lets("legal_reference.list", by=READERS)
async def list_legal_references(request: Request) -> Response:
    """Read which statutes, regulations and guidance hold on a day, what each is about, and whether its text had been read.

    It is information and no advice: where `verified` is false, look the text up before you rely on it.
    """
    act = await (await unit_of_work(request)).permitted(practices, READERS)
    asked = narrowed_by(LegalReferencesQuery, asked_once(request))
    day = asked.on or today(act)
    return shown(LegalReferences(on=day, items=in_force(day, asked.purpose)))
