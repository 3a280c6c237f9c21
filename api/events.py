"""Events: what happened, to be polled. Thin: types and ids, never what a record says."""

from dataclasses import replace
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel

from api.access import Access
from api.listings import AskedFor, add_listing
from service.store import Listing
from service.unit_of_work import Page, UnitOfWork
from workflows.engine import Act
from workflows.practices import practices
from workflows.readers import ADDRESSED, HEARERS, MANAGEMENT, hears_everything, types_heard

MEANT_FOR = (
    f"{' and '.join(MANAGEMENT)} hear of everything, the others of what is meant for them: "
    + "; ".join(f"{role} of what is for {' and '.join(sorted(meant))}" for role, meant in ADDRESSED.items())
    + ". "
)


class EventView(BaseModel):
    """One notice: ask for the record to learn what it says."""

    practice: str
    id: UUID
    type: str
    record_id: UUID
    version: int
    state: str
    audiences: list[str]
    at: AwareDatetime


async def events(work: UnitOfWork, listing: AskedFor) -> Page:
    """A page of events, for those who may read them. Poll with the last cursor: no event is ever skipped."""
    act, asked = await work.permitted(practices, HEARERS), listing()
    found = await work.store.events(meant_for(act, asked))
    return Page([each.model_dump_json() for each in found], found[-1].id if found else asked.after)


def meant_for(act: Act, listing: Listing) -> Listing:
    """As much of it as this caller hears of."""
    return listing if hears_everything(act) else replace(listing, among={"type": types_heard(act)})


def add_events(router: APIRouter) -> None:
    """`GET /v1/events`."""
    add_listing(
        router, "/v1/events", events, {"type": str, "record_id": UUID}, shown=EventView, tag="events",
        access=Access("event.list", HEARERS),
        summary=f"Read events in the order in which they happened. By: {', '.join(HEARERS)}. {MEANT_FOR}"
        "`next_cursor` is never null once there was an event: poll with it, and expect 410 after 30 days of silence.",
    )  # fmt: skip
