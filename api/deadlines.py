"""Deadlines: everything due across all kinds of record, soonest first, with how each date came out. Nobody is named in it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict

from api.access import lets
from api.listings import LONGEST_CURSOR, PAGING, Items, limit_of, page_of
from api.requests import Caller, Cursor, CursorMalformed, Limit, asked_once, narrowed_by, unit_of_work
from api.transitions import DirectRoute, answers, kebab, takes
from models.moments import Moment
from service.budgets import EPOCH, MICROSECOND, in_microseconds
from service.deadlines import MAY_LOOK, WITH_DEADLINES, FallingDue, Place, Wanted, falling_due
from workflows.engine import Act, Due
from workflows.practices import practices

BYTES_OF_A_MOMENT: Final = 8
ME: Final = "me"
KIND: Final[Any] = Literal[tuple(sorted(WITH_DEADLINES))]


class DueView(BaseModel):
    """Something that falls due: when (UTC), what, by which rule of `docs/rules.md`, and step by step how the moment was found."""

    at: AwareDatetime
    name: str
    rule: str
    overdue: bool
    steps: list[str]


class DeadlineView(BaseModel):
    """A record for which something falls due. `due_at` is the soonest moment, and `due` all of them.

    It says what kind of record it is and where to read it, and nothing that the record says.
    """

    kind: str
    id: UUID
    address: str
    state: str
    assigned_to: UUID | None
    overdue: bool
    due_at: AwareDatetime
    due_for: str
    due: list[DueView]


class DeadlinesQuery(BaseModel):
    """What narrows the list."""

    model_config = ConfigDict(extra="forbid")

    kind: KIND | None = None
    before: Moment | None = None
    overdue: Literal["true", "false"] | None = None
    assigned_to: Literal["me"] | UUID | None = None


def add_deadlines(router: APIRouter) -> None:
    """`GET /v1/deadlines`."""
    narrowing = {"kind": KIND | None, "before": Moment | None, "overdue": bool | None, "assigned_to": str | None}
    router.add_api_route(
        "/v1/deadlines", takes(list_deadlines, **narrowing, cursor=Cursor, limit=Limit | None, caller=Caller), methods=["GET"],
        operation_id="list_deadlines", summary="List everything that is due, soonest first.", response_model=Items[DeadlineView],
        responses=answers(403, 422), tags=["deadlines"], route_class_override=DirectRoute,
    )  # fmt: skip


@lets("deadline.list", by=MAY_LOOK)
async def list_deadlines(request: Request) -> Response:
    """Everything due across all kinds of record that you may see, soonest first, with how each date came out, step by step.

    `before` is a moment; `assigned_to` is `me` or a member of staff, and leaves out what is never assigned. What somebody
    finishes while you walk through may be shown no more, and what moves to a later date once more. No person is named in
    it, and nothing that is kept sealed is opened for it.
    """
    work = await unit_of_work(request)
    act = await work.permitted(practices, MAY_LOOK)
    wanted = wanted_of(request, act)
    found = await falling_due(work.store, work.principal.practice, wanted, act)
    items = [shown(each, act).model_dump_json() for each in found]
    return page_of(request, items, cursor_at(found[-1].place) if len(found) == wanted.limit else None)


def wanted_of(request: Request, act: Act) -> Wanted:
    """What the address asks for. Raises RequestValidationError, CursorMalformed or LimitMalformed."""
    said = asked_once(request)
    asked = narrowed_by(DeadlinesQuery, {name: value for name, value in said.items() if name not in PAGING})
    until = [each for each in (asked.before, act.at if asked.overdue == "true" else None) if each]
    return Wanted(
        kind=asked.kind, since=act.at if asked.overdue == "false" else None, before=min(until, default=None),
        assigned_to=whose(asked.assigned_to, act), after=after(said.get("cursor")), limit=limit_of(said.get("limit")),
    )  # fmt: skip


def whose(said: str | UUID | None, act: Act) -> UUID | None:
    """Whose work is asked for."""
    return said if said is None or isinstance(said, UUID) else UUID(act.actor.id)


def shown(falling: FallingDue, act: Act) -> DeadlineView:
    """A record for which something falls due, as it stands in the list."""
    workflow, record, (due_at, _) = falling.workflow, falling.record, falling.place
    return DeadlineView(
        kind=workflow.name, id=record.id, address=f"/v1/{kebab(workflow.resource)}/{record.id}", state=record.state,
        assigned_to=falling.assigned_to, overdue=due_at < act.at, due_at=due_at, due_for=record.due_for or "",
        due=[explained(each, act) for each in falling.dues],
    )  # fmt: skip


def explained(due: Due, act: Act) -> DueView:
    """Something that falls due, with how its moment was found."""
    return DueView(at=due.at, name=due.name, rule=due.law, overdue=due.at < act.at, steps=list(due.steps))


def cursor_at(place: Place) -> str:
    """A cursor that stands after this record. What is in it is nobody's business."""
    moment, record_id = place
    packed = in_microseconds(moment).to_bytes(BYTES_OF_A_MOMENT, signed=True) + record_id.bytes
    return urlsafe_b64encode(packed).decode().rstrip("=")


def after(cursor: str | None) -> Place | None:
    """The record that a cursor stands after. Raises CursorMalformed."""
    if cursor is None:
        return None
    try:
        packed = urlsafe_b64decode(f"{cursor}==") if len(cursor) <= LONGEST_CURSOR else b""
        moment, record_id = packed[:BYTES_OF_A_MOMENT], UUID(bytes=packed[BYTES_OF_A_MOMENT:])
        place = EPOCH + int.from_bytes(moment, signed=True) * MICROSECOND, record_id
    except (ValueError, OverflowError):
        raise CursorMalformed from None
    if cursor_at(place) != cursor:
        raise CursorMalformed
    return place
