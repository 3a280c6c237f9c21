"""Events: what happened, to be polled. Thin: types and ids, never what a record says."""

from dataclasses import replace
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel

from api.listings import add_listing
from models.roles import Role
from service.store import Listing
from service.unit_of_work import Page, UnitOfWork
from workflows.engine import Act
from workflows.registry import ALL
from workflows.roles import Audience

EVERYTHING = (Role.PRACTICE_MANAGER, Role.PARTNER)
ADDRESSED = {Role.PRACTICE_WEBSITE: Audience.PRACTICE_WEBSITE, Role.CLINICAL_SYSTEM: Audience.CLINICAL_SYSTEMS}


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


def types_for(audience: Audience) -> tuple[str, ...]:
    """The types of event that an audience hears of."""
    return tuple(
        f"{law.workflow.name}.{law.name}" for workflow in ALL for law in workflow.laws if audience in law.tells
    )


def addressed_to(act: Act, listing: Listing) -> Listing:
    """What this caller hears of: managers of everything, a machine of what is meant for it."""
    if act.permitted(EVERYTHING):
        return listing
    heard = {each for role, audience in ADDRESSED.items() if role in act.actor.roles for each in types_for(audience)}
    return replace(listing, among={"type": tuple(sorted(heard))})


async def events(work: UnitOfWork, listing: Listing) -> Page:
    """A page of events, for those who may read them. Poll with the last cursor: no event is ever skipped."""
    act = await work.permitted(ALL[0], (*EVERYTHING, *ADDRESSED))
    found = await work.store.events(addressed_to(act, listing))
    return Page([each.model_dump(mode="json") for each in found], found[-1].id if found else listing.after)


def add_events(router: APIRouter) -> None:
    """`GET /v1/events`."""
    add_listing(
        router, "/v1/events", events, {"type": str, "record_id": UUID}, shown=EventView, tag="events",
        summary=f"Read events in the order in which they happened. By: {', '.join([*EVERYTHING, *ADDRESSED])}. "
        "`next_cursor` is never null once there was an event: poll with it, and expect 410 after 30 days of silence.",
    )  # fmt: skip
