"""Lists: a page at a time, in the order in which things came to be, narrowed by what has an index."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, create_model

from api.access import Access, declaring
from api.requests import Caller, Cursor, CursorMalformed, Limit, LimitMalformed, asked_once, narrowed_by, unit_of_work
from api.transitions import DirectRoute, answers, first_sentence, kebab, record_kind, takes
from models.moments import Moment
from models.record import listed_view_of
from service.store import Listing
from service.unit_of_work import Page, UnitOfWork
from workflows.engine import Workflow
from workflows.readers import seers

T = TypeVar("T")
AskedFor = Callable[[], Listing]
"""What the address asks for, read when its turn has come: after whether the caller may ask at all."""
Bring = Callable[[UnitOfWork, AskedFor], Awaitable[Page]]
USUAL_LIMIT, HIGHEST_LIMIT = 50, 100
LONGEST_CURSOR = 64
ONCE_THROUGH = (
    "A walk shows what is there: what others write meanwhile may be missed, even if an identifier that comes after it was "
    "shown. To follow what happens, poll `/v1/events`."
)
"""Identifiers are given before what they name is committed."""
PAGING = frozenset({"cursor", "limit"})


class Items(BaseModel, Generic[T]):
    """A page of a list. There is no total: follow `next_cursor`, or the `Link` header, until it is null."""

    items: list[T]
    next_cursor: str | None


def add_list(router: APIRouter, workflow: Workflow[Any]) -> None:
    """The list of a kind's records."""
    kind = record_kind(workflow)
    narrowing = {"state": workflow.states, "due_before": Moment, **typed(kind, kind.filters)}

    async def bring(work: UnitOfWork, listing: AskedFor) -> Page:
        return await work.page(workflow, listing)

    add_listing(
        router, f"/v1/{kebab(workflow.resource)}", bring, narrowing, shown=listed_view_of(kind), tag=workflow.resource,
        access=Access(f"{workflow.name}.list", seers(workflow), audited=kind.sensitive),
        summary=f"List {workflow.resource.replace('_', ' ')}, oldest first. {ONCE_THROUGH}",
    )  # fmt: skip


def add_listing(
    router: APIRouter, path: str, bring: Bring, narrowing: Mapping[str, Any], *,
    shown: Any, tag: str, summary: str, access: Access,
) -> None:  # fmt: skip
    """One list: what narrows it, what brings a page of it, what stands in it, and who may see it."""
    query = create_model(
        f"{tag.title()}Query",
        __config__=ConfigDict(extra="forbid"),
        **{name: (kind | None, None) for name, kind in narrowing.items()},
    )  # type: ignore[call-overload]  # fields made from data

    @declaring(access)
    async def endpoint(request: Request) -> Response:
        work = await unit_of_work(request)
        return paged(request, await bring(work, partial(listing_of, request, query, work.principal.practice)))

    endpoint.__doc__ = summary
    documented = {name: kind | None for name, kind in narrowing.items()}
    router.add_api_route(
        path, takes(endpoint, **documented, cursor=Cursor, limit=Limit | None, caller=Caller), methods=["GET"],
        operation_id=f"list_{tag}", summary=first_sentence(summary), tags=[tag], response_model=Items[shown],
        responses=answers(403, 410, 422), route_class_override=DirectRoute,
    )  # fmt: skip


def typed(kind: type[BaseModel], names: tuple[str, ...]) -> dict[str, Any]:
    """Columns by which a list can be narrowed, with their types."""
    return {name: kind.model_fields[name].annotation for name in names}


def listing_of(request: Request, query: type[BaseModel], practice: str) -> Listing:
    """What the address asks for. Raises RequestValidationError, CursorMalformed or LimitMalformed."""
    said = asked_once(request)
    asked = narrowed_by(query, {name: value for name, value in said.items() if name not in PAGING})
    equal = {name: value for name, value in asked if value is not None and name != "due_before"}
    due_before = getattr(asked, "due_before", None)
    return Listing(practice, equal, due_before, after=after(said.get("cursor")), limit=limit_of(said.get("limit")))


def limit_of(said: str | None) -> int:
    """How many items a page holds."""
    if said is None:
        return USUAL_LIMIT
    if (
        not said.isascii()
        or not said.isdecimal()
        or len(said) > len(str(HIGHEST_LIMIT))
        or not 1 <= int(said) <= HIGHEST_LIMIT
    ):
        raise LimitMalformed
    return int(said)


def cursor_at(last: UUID) -> str:
    """A cursor that stands after this item. What is in it is nobody's business."""
    return urlsafe_b64encode(last.bytes).decode().rstrip("=")


def after(cursor: str | None) -> UUID | None:
    """The item that a cursor stands after."""
    if cursor is None:
        return None
    try:
        last = UUID(bytes=urlsafe_b64decode(f"{cursor}==")) if len(cursor) <= LONGEST_CURSOR else None
    except ValueError:
        raise CursorMalformed from None
    if last is None or cursor_at(last) != cursor:
        raise CursorMalformed
    return last


def paged(request: Request, page: Page) -> Response:
    """A page, and where the next one is."""
    return page_of(request, page.items, cursor_at(page.last) if page.last else None)


def page_of(request: Request, items: list[str], cursor: str | None) -> Response:
    """Items, each as JSON, and the cursor at which the next page begins, if there is one."""
    headers = {"Cache-Control": "no-store"}
    if cursor:
        following = {**dict(request.query_params), "cursor": cursor}
        headers["Link"] = f'<{request.url.path}?{urlencode(following)}>; rel="next"'
    body = f'{{"items":[{",".join(items)}],"next_cursor":{json.dumps(cursor)}}}'
    return Response(body, 200, headers, "application/json")
