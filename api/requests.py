"""What a request brings: twice, as OpenAPI documents it and as it is read."""

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from math import isfinite
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID, uuid4

from fastapi import Depends, Header, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, TypeAdapter, ValidationError

from api.budgets import signed_in, website_charge
from api.limits import is_reasonable
from models.nhs_numbers import SYNTHETIC
from models.record import Record
from models.text import hidden
from service.unit_of_work import Asked, Idempotency, NotFound, Stale, UnitOfWork
from workflows.engine import Workflow
from workflows.refusals import RoleRefusal

Q = TypeVar("Q", bound=BaseModel)
R = TypeVar("R", bound=Record)
LONGEST_KEY = 255
LONGEST_BODY = 256 * 1024
ONE_TAG = re.compile(r'[ \t,]*(?P<weak>W/)?"(?P<tag>[!#-~\x80-\xff]*)"[ \t,]*')
"""A list of entity tags with one in it: elements of a list may be empty."""
OUR_TAG = re.compile(r"(?P<version>[1-9][0-9]{0,8})(?:-.*)?", re.DOTALL)
MOST_FAULTS_TOLD = 100


class VersionRequired(Exception):
    """Say which version you saw: send its ETag as If-Match."""


class JSONRequired(Exception):
    """Send the body as application/json."""


class NotJSON(Exception):
    """The body is not well-formed JSON in UTF-8: each name once, numbers within bounds, 20,000 values, 32 deep at most."""


class BodyTooLarge(Exception):
    """A body here is at most 256 KiB."""


class BodyTooSlow(Exception):
    """The body did not arrive in time, and the connection is closed. Send it again, faster."""


class KeyMalformed(Exception):
    """One Idempotency-Key is sent, of 1 to 255 visible ASCII characters."""


class CursorMalformed(Exception):
    """Use the cursor of an earlier page as it was given."""


class LimitMalformed(Exception):
    """A page holds between 1 and 100 items."""


async def caller(
    token: Annotated[
        HTTPAuthorizationCredentials, Depends(HTTPBearer(description="A token of the practice's identity provider."))
    ],
    x_request_id: Annotated[
        str | None,
        Header(
            description="Your name for this request; it is returned and logged if it is a UUID, and else one of ours is."
        ),
    ] = None,
    x_correlation_id: Annotated[
        str | None,
        Header(
            description="What this request belongs to; it is returned if it is at most 100 visible ASCII characters, and "
            "logged if it is a UUID."
        ),
    ] = None,
) -> None:
    """Documents who asks; `unit_of_work` reads it."""


async def changing_caller(
    who: Annotated[None, Depends(caller)],
    idempotency_key: Annotated[
        str | None,
        Header(
            max_length=LONGEST_KEY, description="The same key and body get the same answer, and change things once."
        ),
    ] = None,
) -> None:
    """Documents who asks for a change; `unit_of_work` reads it."""


Caller = Annotated[None, Depends(caller)]
ChangingCaller = Annotated[None, Depends(changing_caller)]
IfMatch = Annotated[
    str,
    Header(
        description="The ETag of the record as you saw it, in its quotes. 428 without it, and for `*`, several tags or what is "
        "no tag; 412 for a weak tag, and for that of another version. What follows the number in a tag does not count."
    ),
]
IfNoneMatch = Annotated[str | None, Header(description="The ETag that you have: 304 if nothing is new.")]
Cursor = Annotated[str | None, Query(description="`next_cursor` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=100, description="How many items a page holds.")]


def request_id(scope: Mapping[str, Any]) -> str | None:
    """The name of this request, as the edge settled it."""
    found = scope.get("state", {}).get("request_id")
    return str(found) if found else None


async def unit_of_work(request: Request, body: bytes | None = None) -> UnitOfWork:
    """One request, one unit of work. Nothing to commit here: a change commits itself, whole, or raises.

    `body` stands for one that was read already.
    """
    house = request.app.state.house
    principal = await signed_in(request)
    return UnitOfWork(
        house.store, principal, house.clock, house.audit_key, request.scope["state"].get("request_id") or uuid4(),
        house.operators, await idempotency(request, body), charge=website_charge(request, principal), calendar=house.calendar,
        regulators=house.regulators,
    )  # fmt: skip


async def idempotency(request: Request, body: bytes | None) -> Idempotency | None:
    """The caller's key, and what it stands for: a keyed fingerprint, since a body can be guessed from a plain one."""
    keys = request.headers.getlist("idempotency-key")
    if not keys or request.method != "POST":
        return None
    key = keys[0] if len(keys) == 1 else ""
    if not 0 < len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise KeyMalformed
    said = f"{request.method} {request.url.path} {sha256(await request.body() if body is None else body).hexdigest()}"
    newest, *older = (each.mac(said) for each in request.app.state.house.audit_key.ring)
    return Idempotency(key, newest, frozenset(older))


def record_id(request: Request) -> UUID:
    """The record that the address names."""
    return identifier(request.path_params["record_id"])


def identifier(said: str) -> UUID:
    """An identifier in its usual form; anything else names nothing."""
    try:
        found = UUID(said)
    except ValueError:
        raise NotFound from None
    if str(found) != said.lower():
        raise NotFound
    return found


def version(request: Request) -> int:
    """The version that the caller saw: the number with which the one ETag sent as If-Match begins.

    Raises VersionRequired unless there is exactly one tag (RFC 9110, section 8.8.3); Stale if it is weak, or none of ours:
    such a tag matches nothing.
    """
    only = ONE_TAG.fullmatch(",".join(request.headers.getlist("if-match")))
    if only is None:
        raise VersionRequired
    ours = OUR_TAG.fullmatch(only["tag"])
    if only["weak"] or ours is None:
        raise Stale
    return int(ours["version"])


async def asked(request: Request, adapter: TypeAdapter[Any] | None) -> Asked:
    """What the request says, read from it when its turn has come."""
    body = await request.body()
    kind = request.headers.get("content-type", "")
    here = {SYNTHETIC: request.app.state.house.takes_synthetic_nhs_numbers}
    return Asked(lambda: (payload(body, kind, adapter, here),) if adapter else nothing(body), lambda: version(request))


def nothing(body: bytes) -> tuple[()]:
    """No payload where none is needed: an empty body, or an empty object."""
    if body.strip() not in {b"", b"{}"}:
        raise RequestValidationError([{"type": "extra_forbidden", "loc": ("body", ""), "msg": ""}])
    return ()


def payload(body: bytes, content_type: str, adapter: TypeAdapter[Any], here: Mapping[str, Any]) -> Any:
    """The payload, validated as is done `here`; every fault is told with its place."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise JSONRequired
    try:
        return adapter.validate_json(well_formed(body), context=here)
    except ValidationError as faults:
        raise unreadable("body", faults) from None


def asked_once(request: Request) -> dict[str, str]:
    """What the address asks for: each name once, and nothing in it that can't be seen. Raises RequestValidationError."""
    said = dict(request.query_params)
    if len(request.query_params.multi_items()) > len(said):
        raise RequestValidationError([{"type": "asked_twice", "loc": ("query",), "msg": ""}])
    if any(hidden(character) for value in said.values() for character in value):
        raise RequestValidationError([{"type": "not_text", "loc": ("query",), "msg": ""}])
    return said


def narrowed_by(query: type[Q], said: Mapping[str, str]) -> Q:
    """What narrows a list. Raises RequestValidationError."""
    try:
        return query.model_validate(said)
    except ValidationError as faults:
        raise unreadable("query", faults) from None


def unreadable(part: str, faults: ValidationError) -> RequestValidationError:
    """Every fault with its place in this part of the request, and nothing of what was sent; too many are told as one."""
    if faults.error_count() > MOST_FAULTS_TOLD:
        return RequestValidationError([{"type": "too_many_faults", "loc": (part,), "msg": ""}])
    told = faults.errors(include_input=False, include_url=False, include_context=False)
    return RequestValidationError([{**each, "loc": (part, *each["loc"])} for each in told])


def well_formed(body: bytes) -> bytes:
    """The same bytes, if they are JSON as RFC 8259 and RFC 7493 would have it. Raises NotJSON."""
    if not is_reasonable(body):
        raise NotJSON
    try:
        json.loads(body.decode(), object_pairs_hook=each_name_once, parse_constant=no_such_number, parse_float=bounded)
    except ValueError:
        raise NotJSON from None
    return body


def each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, unless a name stands in it twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def bounded(number: str) -> float:
    """A number, unless it is beyond all bounds."""
    found = float(number)
    if not isfinite(found):
        raise ValueError("a number beyond all bounds")
    return found


def no_such_number(_name: str) -> Literal[0]:
    """NaN and Infinity are no JSON."""
    raise ValueError("not a number")


async def the_one(work: UnitOfWork, workflow: Workflow[R], identifier: UUID) -> R:
    """The record, once its reading is written down. Raises NotFound where it is not the caller's to see, and tells of no role."""
    try:
        found = await work.those(workflow, id=identifier)
    except RoleRefusal:
        raise NotFound from None
    if not found:
        raise NotFound
    return found[0]
