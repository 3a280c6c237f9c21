"""Who was shown what: every showing of a sensitive record. Read by those who answer for the practice, and changed by nobody."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel

from api.access import Access, lets
from api.clauses import shown
from api.listings import ONCE_THROUGH, AskedFor, add_listing, typed
from api.requests import Caller, identifier, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.ledger import AccessEntry
from service.store import Listing
from service.unit_of_work import NotFound, Page, UnitOfWork
from workflows.practices import practices
from workflows.readers import TRAIL


class AccessEntryView(BaseModel):
    """One showing: who was shown which records, when and in which role.

    `kind` is what was read: a kind of record, or `audit_entry` for what the trail keeps of such records. `records` are the
    records that it was about: all of a page, and none where a search found nothing.
    """

    practice: str
    id: UUID
    at: AwareDatetime
    actor: str
    roles: list[str]
    kind: str
    records: list[UUID]
    request_id: UUID
    key_id: str
    seal: str


async def accesses(work: UnitOfWork, listing: AskedFor) -> Page:
    """A page of showings, for those who may read the trail."""
    await work.permitted(practices, TRAIL)
    asked = listing()
    found = await work.store.trail.accesses(asked)
    items = [view(each).model_dump_json() for each in found]
    return Page(items, found[-1].id if len(found) == asked.limit else None)


@lets("access_entry.read", by=TRAIL)
async def read_access(request: Request) -> Response:
    """Read one entry of who was shown what."""
    work = await unit_of_work(request)
    await work.permitted(practices, TRAIL)
    asked = {"id": identifier(request.path_params["entry_id"])}
    for entry in await work.store.trail.accesses(Listing(work.principal.practice, asked)):
        return shown(view(entry))
    raise NotFound


def view(entry: AccessEntry) -> AccessEntryView:
    """An entry as it is shown."""
    return AccessEntryView(**entry.model_dump())


def add_access_entries(router: APIRouter) -> None:
    """`GET /v1/access-entries` and `GET /v1/access-entries/{entry_id}`."""
    narrowing: dict[str, Any] = typed(AccessEntry, AccessEntry.filters)
    add_listing(
        router, "/v1/access-entries", accesses, narrowing, shown=AccessEntryView, tag="access_entries",
        access=Access("access_entry.list", TRAIL),
        summary=f"Read who was shown sensitive records, oldest first. By: {', '.join(TRAIL)}. {ONCE_THROUGH}",
    )  # fmt: skip
    router.add_api_route(
        "/v1/access-entries/{entry_id}", takes(read_access, entry_id=UUID, caller=Caller), methods=["GET"],
        operation_id="read_access_entry", summary="Read one entry of who was shown what.", response_model=AccessEntryView,
        responses=answers(403, 404), tags=["access_entries"], route_class_override=DirectRoute,
    )  # fmt: skip
