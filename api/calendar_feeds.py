"""Calendars of what is due: the link is told once, and what it leads to is read without a token."""

from dataclasses import replace
from hashlib import sha256
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response
from pydantic import TypeAdapter, create_model

from api.access import declaring, lets_anybody
from api.budgets import pass_through
from api.requests import ChangingCaller, IfNoneMatch, asked, identifier, unit_of_work
from api.transitions import TAG_LENGTH, DirectRoute, Endpoint, asking, listed, problems_at, respond, tag_of, takes, told
from models.calendar_feeds import CalendarFeedDraft
from models.record import view_of
from service.calendar_feeds import calendar_at
from service.unit_of_work import Answer, Asked
from workflows.calendar_feeds import calendar_feeds, subscribe
from workflows.engine import Opening

PATH: Final = "/practices/{code}/calendar-feeds/{record_id}/deadlines-{secret}.ics"
CALENDAR: Final = "text/calendar; charset=utf-8"
NEEDED: TypeAdapter[Any] = TypeAdapter(CalendarFeedDraft)
OPENED_OTHERWISE: Final[frozenset[Opening[Any]]] = frozenset({subscribe})
"""What is opened by an endpoint of its own, since the answer says more than the record."""
FORMS: Final[dict[str, Any]] = {"text/calendar": {"schema": {"type": "string"}}}

CalendarFeedOpened = create_model(
    "CalendarFeedOpened", __base__=view_of(calendar_feeds.kind), link=(str | None, None),
    __doc__="The calendar, and the link to it, as a path. The link is told in this answer alone: null when it is repeated.",
)  # fmt: skip


CODE = Annotated[str, Path(description="The practice's ODS code.")]
ID = Annotated[str, Path(description="Which calendar.")]
SECRET = Annotated[str, Path(description="The secret of its link.")]
ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The calendar (RFC 5545).", "content": FORMS},
    304: {"description": "Nothing is new."},
    **problems_at(404, 429, 503),
}


def add_calendar_feeds(router: APIRouter) -> None:
    """`POST /v1/calendar-feeds`, and what its links lead to."""
    router.add_api_route(
        "/v1/calendar-feeds", takes(open_feed, caller=ChangingCaller, payload=CalendarFeedDraft), methods=["POST"],
        status_code=201, response_model=CalendarFeedOpened, tags=[calendar_feeds.resource], route_class_override=DirectRoute,
        **told(subscribe),
    )  # fmt: skip
    router.add_api_route(
        PATH, takes(read_calendar, code=CODE, record_id=ID, secret=SECRET, if_none_match=IfNoneMatch), methods=["GET"],
        operation_id="read_calendar", summary="Read a calendar of deadlines by its link.", tags=[calendar_feeds.resource],
        response_class=Response, responses=ANSWERS, route_class_override=DirectRoute,
    )  # fmt: skip
    router.add_api_route(
        PATH, head_of(read_calendar), methods=["HEAD"], include_in_schema=False, route_class_override=DirectRoute
    )


@declaring(asking(subscribe))
async def open_feed(request: Request) -> Response:
    """Open a calendar; the answer, and no later one, tells its link."""
    work, said = await unit_of_work(request), await asked(request, NEEDED)
    drafts: list[CalendarFeedDraft] = []

    def payload() -> tuple[Any, ...]:
        drafts[:] = said.payload()
        return tuple(drafts)

    answer = await work.open(subscribe, Asked(payload, said.version))
    secret = None if answer.replayed else drafts[0].secret
    headers = {"Location": f"/v1/calendar-feeds/{answer.record_id}", "ETag": tag_of(answer)}
    return respond(with_link(answer, work.principal.practice, secret), headers)


def with_link(answer: Answer, code: str, secret: str | None) -> Answer:
    """The same answer with the link, if this is the moment to tell it."""
    link = secret and PATH.format(code=code, record_id=answer.record_id, secret=secret)
    shown = CalendarFeedOpened.model_validate_json(answer.body).model_copy(update={"link": link})
    return replace(answer, body=shown.model_dump_json().encode())


@lets_anybody("calendar_feed.show")
async def read_calendar(request: Request) -> Response:
    """The deadlines that the calendar's owner may see at this moment: kinds of record, rules and identifiers, and nobody's name.

    No token is needed: the link is the secret. Whatever is wrong with it, the answer is the same. Raises NotFound.
    """
    house, said = request.app.state.house, request.path_params
    await pass_through(request, house.budgets.pages, str(said["code"]))
    feed_id, secret = identifier(said["record_id"]), said["secret"]
    calendar = await calendar_at(house.store, said["code"], feed_id, secret, house.clock(), house.calendar)
    tag = f'"{sha256(calendar).hexdigest()[:TAG_LENGTH]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if listed(request.headers.get("if-none-match", "")) & {tag, "*"}:
        return Response(None, 304, headers)
    return Response(calendar, 200, headers, CALENDAR)


def head_of(endpoint: Endpoint) -> Endpoint:
    """The same answer without its body."""

    @lets_anybody("calendar_feed.show")
    async def headers_only(request: Request) -> Response:
        answer = await endpoint(request)
        answer.body = b""
        return answer

    return headers_only
