"""Every way to be told no, as RFC 9457 problem details. Nothing that a person typed ever stands in one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.budgets import fields
from api.file_bodies import FilesBusy, FileTooLarge, FileTypeDiffers, MultipartRequired, NotMultipart
from api.limits import AddressTooLong, HeadersTooLarge
from api.requests import (
    BodyTooLarge,
    BodyTooSlow,
    CursorMalformed,
    JSONRequired,
    KeyMalformed,
    LimitMalformed,
    NotJSON,
    VersionRequired,
    request_id,
)
from service.budgets import DoorTooBusy, OverBudget, TooManyFailures
from service.documents.pdf import NotPrinted
from service.documents.press import TakesTooLong
from service.file_types import FileBroken, FileTypeUnknown, PictureTooLarge
from service.files import FileDamaged
from service.identity import NotRecognised
from service.key_ring import KeyMissing
from service.store import CursorExpired, OutcomeUnknown, Unavailable
from service.unit_of_work import KeyReused, NotFound, Overtaken, Stale
from service.vault import NotOpened
from workflows.refusals import GuardRefusal, RoleRefusal, StateRefusal

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its status, its stable code, and what it means."""

    status: int
    code: str
    title: str
    meaning: str = ""


class OriginNotAllowed(Exception):
    """Pages of this website may not send this: only those of the practice's own may, at the address in its contacts."""


KINDS: dict[type[Exception], Kind] = {
    NotRecognised: Kind(401, "not_recognised", "No valid token"),
    RoleRefusal: Kind(403, "role", "Not your role"),
    OriginNotAllowed: Kind(403, "origin", "Not from this website"),
    NotFound: Kind(404, "not_found", "Not there, or not yours to see"),
    BodyTooSlow: Kind(408, "body_too_slow", "The body takes too long"),
    StateRefusal: Kind(409, "state", "Not in this state"),
    Overtaken: Kind(409, "overtaken", "Somebody was faster"),
    CursorExpired: Kind(410, "cursor_expired", "This cursor is too old"),
    Stale: Kind(412, "stale", "Changed since you read it"),
    BodyTooLarge: Kind(413, "body_too_large", "The body is too large"),
    FileTooLarge: Kind(413, "file_too_large", "The file is too large"),
    AddressTooLong: Kind(414, "address_too_long", "The address is too long"),
    JSONRequired: Kind(415, "json_required", "Send JSON"),
    MultipartRequired: Kind(415, "multipart_required", "Send multipart/form-data"),
    FileTypeUnknown: Kind(415, "file_type_unknown", "No file that is taken here"),
    NotMultipart: Kind(422, "not_multipart", "Not well-formed multipart/form-data"),
    FileTypeDiffers: Kind(422, "file_type_differs", "The file is not what it was sent as"),
    FileBroken: Kind(422, "file_broken", "The file is not whole"),
    PictureTooLarge: Kind(422, "picture_too_large", "The picture is too large"),
    NotJSON: Kind(422, "not_json", "Not well-formed JSON"),
    RequestValidationError: Kind(
        422, "malformed", "The request is not well formed", "`errors` says which field, and how."
    ),
    GuardRefusal: Kind(422, "guard", "A condition is not met"),
    KeyReused: Kind(422, "key_reused", "The key belongs to another request"),
    KeyMalformed: Kind(422, "key_malformed", "The key can't be used"),
    CursorMalformed: Kind(422, "cursor_malformed", "The cursor can't be used"),
    LimitMalformed: Kind(422, "limit_malformed", "The limit can't be used"),
    VersionRequired: Kind(428, "version_required", "One ETag is needed as If-Match"),
    OverBudget: Kind(429, "over_budget", "Too many requests"),
    TooManyFailures: Kind(429, "too_many_failures", "Too many tokens that can't be verified"),
    DoorTooBusy: Kind(429, "door_too_busy", "Too many have asked for this"),
    HeadersTooLarge: Kind(431, "headers_too_large", "The headers are too large"),
    NotOpened: Kind(500, "not_opened", "What is kept here can't be opened"),
    FileDamaged: Kind(500, "file_damaged", "The file that is kept here is damaged"),
    NotPrinted: Kind(501, "not_printed", "No PDF is made here"),
    Unavailable: Kind(503, "unavailable", "The database can't be reached"),
    OutcomeUnknown: Kind(503, "outcome_unknown", "The database did not answer in time"),
    FilesBusy: Kind(503, "files_busy", "Too many files at once"),
    TakesTooLong: Kind(503, "takes_too_long", "This takes too long"),
    KeyMissing: Kind(503, "key_missing", "A key is missing"),
}
METHOD_NOT_ALLOWED = Kind(
    405, "method_not_allowed", "Another method is needed here", "See the Allow header for the methods that work."
)
INTERNAL = Kind(
    500, "internal", "Something broke here", "Nothing is half done; send the same request, with the same key, again."
)
EXPLAINED = tuple(
    replace(kind, meaning=kind.meaning or " ".join((why.__doc__ or "").split())) for why, kind in KINDS.items()
)
CATALOGUE = (*EXPLAINED, METHOD_NOT_ALLOWED, INTERNAL)
MEANING = {kind.status: kind.title for kind in reversed(CATALOGUE)}


class FieldError(BaseModel):
    """One field that is wrong: where it stands (a JSON pointer), and how."""

    pointer: str
    code: str
    detail: str


class Problem(BaseModel):
    """Why not (RFC 9457). Decide by `code`, never by the wording of `detail`."""

    type: str = Field(description="Where this kind of problem is explained.")
    title: str
    status: int
    code: str
    detail: str
    request_id: str | None = None
    guard: str | None = Field(default=None, description="Which guard said no.")
    errors: list[FieldError] | None = None


def problem(request: Request, kind: Kind, detail: str, **more: Any) -> JSONResponse:
    """The answer to a request that can't be done."""
    said = Problem(
        type=f"/problems/{kind.code}", title=kind.title, status=kind.status, code=kind.code, detail=detail,
        request_id=request_id(request.scope), **more,
    )  # fmt: skip
    headers = {"Cache-Control": "no-store"}
    if kind.status == 401:  # noqa: PLR2004 - the status is the name
        headers["WWW-Authenticate"] = "Bearer"
    if kind.status == 408:  # noqa: PLR2004 - as above
        headers["Connection"] = "close"
    if kind.status == 503:  # noqa: PLR2004 - as above
        headers["Retry-After"] = "5"
    return JSONResponse(said.model_dump(exclude_none=True), kind.status, headers, MEDIA_TYPE)


def sentence(why: Exception) -> str:
    """What the refused person reads: the refusal's own words, or what its kind always means."""
    return str(why) or (type(why).__doc__ or "").strip()


async def refused(request: Request, why: Exception) -> JSONResponse:
    """A refusal that says its sentence."""
    return problem(request, KINDS[type(why)], sentence(why), guard=getattr(why, "guard", None))


async def over_budget(request: Request, why: Exception) -> JSONResponse:
    """A refusal that says when there is room again."""
    answer = await refused(request, why)
    answer.headers.update(room_again(why))
    return answer


def room_again(why: Exception) -> dict[str, str]:
    """What the headers of a refusal say of a budget, if that was the reason."""
    return {"Retry-After": str(why.standing.more_in), **fields(why.standing)} if isinstance(why, OverBudget) else {}


async def malformed(request: Request, why: Exception) -> JSONResponse:
    """A request that could not be read, field by field, without what was sent."""
    faults = why.errors() if isinstance(why, RequestValidationError) else []
    kind = KINDS[RequestValidationError]
    return problem(request, kind, f"{kind.title}.", errors=[field_error(each) for each in faults])


def field_error(fault: dict[str, Any]) -> FieldError:
    """Where and how, never what."""
    where = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in known_parts(fault))
    return FieldError(
        pointer=where,
        code=fault["type"],
        detail=REWORDED.get(fault["type"], fault["msg"].removeprefix("Value error, ")),
    )


def known_parts(fault: dict[str, Any]) -> list[Any]:
    """The path to the fault. The name of an unknown field was typed by a person: its place alone is told."""
    parts = list(fault["loc"][1:])
    return parts[:-1] if fault["type"] == "extra_forbidden" else parts


REWORDED = {
    "asked_twice": "A name stands here twice.",
    "not_text": "Something stands here that can't be seen.",
    "too_many_faults": "There are too many faults to tell.",
    "extra_forbidden": "A field stands here that is not known.",
    "json_invalid": "This is not well-formed JSON.",
    "uuid_parsing": "This is not an identifier.",
    "datetime_from_date_parsing": "This is not a time in RFC 3339 form, such as 2026-11-22T09:30:00Z.",
    "datetime_parsing": "This is not a time in RFC 3339 form, such as 2026-11-22T09:30:00Z.",
    "timezone_aware": "The time needs its zone, such as Z.",
    "date_from_datetime_parsing": "This is not a date, such as 2026-11-22.",
    "date_parsing": "This is not a date, such as 2026-11-22.",
}


async def not_routed(request: Request, why: Exception) -> JSONResponse:
    """No such address, or not by this method."""
    if isinstance(why, HTTPException) and why.status_code == METHOD_NOT_ALLOWED.status:
        answer = problem(request, METHOD_NOT_ALLOWED, f"{METHOD_NOT_ALLOWED.title}.")
        answer.headers["Allow"] = ", ".join(sorted(methods_at(request)))
        return answer
    return await refused(request, NotFound())


def methods_at(request: Request) -> set[str]:
    """Every method by which this address answers: the router itself names those of one route alone."""
    found: set[str] = set()
    for each in iter_route_contexts(request.app.routes):
        match, _ = each.original_route.matches({**request.scope, "method": ""})
        if match is not Match.NONE:
            found |= set(each.methods or ())
    return found or {"GET"}


def broken(request: Request) -> JSONResponse:
    """Something that nobody foresaw. What was written is written whole or not at all."""
    return problem(request, INTERNAL, f"{INTERNAL.title}. {INTERNAL.meaning}")


ANSWERS: dict[type[Exception], Callable[[Request, Exception], Awaitable[JSONResponse]]] = {
    **{kind: over_budget if issubclass(kind, OverBudget) else refused for kind in KINDS},
    RequestValidationError: malformed,
    HTTPException: not_routed,
}


def is_answered(why: Exception) -> bool:
    """Whether this is a refusal of the house, and no fault."""
    return type(why) in ANSWERS


async def answer_to(request: Request, why: Exception) -> JSONResponse:
    """A refusal as problem details."""
    return await ANSWERS[type(why)](request, why)


def answer_problems(app: FastAPI) -> None:
    """Let every refusal of the house be answered as problem details."""
    for kind, answer in ANSWERS.items():
        app.add_exception_handler(kind, answer)
