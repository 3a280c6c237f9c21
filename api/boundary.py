"""The edge of the house: every request gets a name, limits, an answer whatever happens, a line in the log and a count."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import structlog
from prometheus_client import Counter, Histogram
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.budgets import fields
from api.file_bodies import FileTooLarge
from api.limits import AddressTooLong, HeadersTooLarge, within_limits
from api.problems import KINDS, broken, problem, sentence
from api.requests import LONGEST_BODY, BodyTooLarge, BodyTooSlow
from models.record import uuid7

log = structlog.get_logger("charter.access")
REQUESTS = Counter("charter_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram("charter_request_seconds", "How long an answer took, in seconds.", ["method", "route"])
UNOBSERVED = frozenset({"/livez", "/readyz", "/healthz", "/metrics"})
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
ANNOUNCING_A_BODY = frozenset({b"content-length", b"transfer-encoding"})
LONGEST_CORRELATION_ID = 100
LONGEST_LENGTH = 18
"""How many digits there may be in a number of bytes."""
HUNG_UP = 499
"""The status that is counted and logged when nobody waits for an answer any more: it is no fault of ours."""
SAFE = {b"x-content-type-options": b"nosniff", b"referrer-policy": b"no-referrer"}


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many bytes a body may have, in how many seconds it has to be there, and what is said to one that has more."""

    bytes: int
    seconds: float
    too_large: type[Exception] = BodyTooLarge


class Boundary:
    """Wraps the application inside the framework's own error handling, so that a connection outlives a fault."""

    def __init__(self, app: ASGIApp, body_deadline: float, larger: Mapping[str, Allowance]) -> None:
        """Stand in front of `app`, which waits for as many seconds for a body to be there; at some addresses it takes more."""
        self.app, self.usual, self.larger, self.log = app, Allowance(LONGEST_BODY, body_deadline), larger, log.bind()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = Exchange(scope, receive, send, self.larger.get(scope["path"], self.usual), self.log)
        try:
            within_limits(scope)
            await self.app(scope, exchange.receive, exchange.send)
        except (AddressTooLong, BodyTooLarge, BodyTooSlow, FileTooLarge, HeadersTooLarge) as too_much:
            await exchange.instead(problem(Request(scope), KINDS[type(too_much)], sentence(too_much)))
        except ClientDisconnect:
            exchange.status = exchange.status or HUNG_UP
        except Exception as fault:  # noqa: BLE001 - whatever it is, the caller gets an answer and the log its type
            log.error("broken", request_id=str(exchange.request_id), fault=type(fault).__name__, where=where(fault))
            await exchange.instead(broken(Request(scope)))
        finally:
            exchange.observe()


class Exchange:
    """One request and its answer, on their way through the edge."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, allowance: Allowance, log: Any) -> None:
        """Settle the request's name."""
        self.scope, self._receive, self._send, self.log = scope, receive, send, log
        headers = {name: value for name, value in scope["headers"] if name in {b"x-request-id", b"x-correlation-id"}}
        self.request_id = named(headers.get(b"x-request-id"))
        self.correlation_id = correlated(headers.get(b"x-correlation-id"))
        scope.setdefault("state", {})["request_id"] = self.request_id
        self.received, self.status, self.began = 0, 0, time.perf_counter()
        self.allowance, self.body_due = allowance, 0.0
        self.body_to_come = any(name in ANNOUNCING_A_BODY for name, _ in scope["headers"])

    async def receive(self) -> Message:
        """Take in the body, no more of it than there may be, and for no longer. Raises BodyTooSlow, or what is
        said to a body that is too large.
        """
        if self.body_to_come and announced(self.scope) > self.allowance.bytes:
            raise self.allowance.too_large
        message = await (self._receive_in_time() if self.body_to_come and not self.status else self._receive())
        self.body_to_come = self.body_to_come and message.get("more_body", False)
        self.received += len(message.get("body", b""))
        if self.received > self.allowance.bytes:
            raise self.allowance.too_large
        return message

    async def _receive_in_time(self) -> Message:
        """Take in the next part of the body. The deadline is for all of them: one for each would let a body drip for ever."""
        self.body_due = self.body_due or asyncio.get_running_loop().time() + self.allowance.seconds
        try:
            async with asyncio.timeout_at(self.body_due):
                return await self._receive()
        except TimeoutError:
            raise BodyTooSlow from None

    async def send(self, message: Message) -> None:
        """Give the answer the headers that every answer has."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = [*message.get("headers", ()), (b"x-request-id", str(self.request_id).encode()), *SAFE.items()]
            headers += budget_of(self.scope)
            if self.correlation_id:
                headers.append((b"x-correlation-id", self.correlation_id))
            message = {**message, "headers": headers}
        await self._send(message)

    async def instead(self, answer: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        """Answer in the application's place, unless an answer has begun already."""
        if not self.status:
            await answer(self.scope, self._receive, self.send)

    def observe(self) -> None:
        """Count the request and log it by the name of its route: an address can hold what nobody should read."""
        route = route_of(self.scope)
        if route in UNOBSERVED:
            return
        method, seconds = known_method(self.scope["method"]), time.perf_counter() - self.began
        count(method, route, self.status, seconds)
        self.log.info(
            "answered", request_id=str(self.request_id), method=method, route=route, status=self.status,
            milliseconds=round(seconds * 1000, 1), **belonging(self.correlation_id),
        )  # fmt: skip


def announced(scope: Scope) -> int:
    """How many bytes a body is said to have, if that is said: more than there may be need not be waited for."""
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(said) if said.isdigit() and len(said) <= LONGEST_LENGTH else 0


def count(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answer, and how long it took."""
    answered, timed = counters(method, route, status)
    answered.inc()
    timed.observe(seconds)


@cache
def counters(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """What counts answers of one sort: routes are declared, and methods and statuses few, so that there are not many."""
    return REQUESTS.labels(method, route, status), SECONDS.labels(method, route)


def budget_of(scope: Scope) -> list[tuple[bytes, bytes]]:
    """What is left of the budget that the request was charged to, if it was charged to any."""
    charge = scope["state"].get("charge")
    if charge is None or charge.standing is None:
        return []
    return [(name.lower().encode(), value.encode()) for name, value in fields(charge.standing).items()]


def named(said: bytes | None) -> UUID:
    """The caller's name for the request if it is a UUID, or one of our own."""
    try:
        return UUID((said or b"").decode("ascii"))
    except ValueError:
        return uuid7()


def correlated(said: bytes | None) -> bytes | None:
    """What the request belongs to, if it can be given back as it came."""
    if said is None or len(said) > LONGEST_CORRELATION_ID or not said.isascii() or not said.decode().isprintable():
        return None
    return said


def belonging(correlation_id: bytes | None) -> dict[str, str]:
    """What the log says of where a request belongs: an identifier, and no word that a person may have typed."""
    try:
        return {"correlation_id": str(UUID((correlation_id or b"").decode("ascii")))}
    except ValueError:
        return {}


def known_method(said: str) -> str:
    """The method, if it is one: anybody can make up a word, and a counter is kept for each."""
    return said if said in METHODS else "unknown"


def route_of(scope: MutableMapping[str, Any]) -> str:
    """The declared path of the route, never the address that was asked for."""
    return str(
        getattr(scope.get("route"), "path_format", None) or getattr(scope.get("route"), "path", None) or "unknown"
    )


def where(fault: BaseException) -> str:
    """File and line of a fault: what it says may hold what a person typed."""
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "unknown"
