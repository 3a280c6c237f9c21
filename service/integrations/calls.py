"""Calls to others over HTTP: one deadline for all of a call, no redirects, and no more of an answer than is needed."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

TRIES: Final = 3
WAIT_BEFORE_AGAIN: Final = 0.2  # seconds, and twice as long the next time
LARGEST_ANSWER: Final = 64 * 1024
COME_AGAIN: Final = frozenset({425, 429, 500, 502, 503, 504})
"""What may pass by itself. Whatever else is refused would be refused again."""


class NotAnswered(Exception):
    """The other side did not answer in time, or not in a way that means anything."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the other side answered."""

    status: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A connection to the other side, as long as its deadline allows."""

    caller: httpx.AsyncClient

    async def post(self, address: str, headers: Mapping[str, str], *, json: Any = None, form: Any = None) -> Told:
        """Post JSON or a form, if need be again. Raises NotAnswered."""
        return await _until_taken(
            self.caller, self.caller.build_request("POST", address, headers=headers, json=json, data=form)
        )


@asynccontextmanager
async def line(deadline: float) -> AsyncIterator[Line]:
    """A connection on which everything together takes no longer than so many seconds. Raises NotAnswered."""
    try:
        async with asyncio.timeout(deadline), client() as caller:
            yield Line(caller)
    except (TimeoutError, httpx.HTTPError, httpx.InvalidURL):
        raise NotAnswered from None


def member(body: bytes, *names: str) -> str | None:
    """The text that an answer in JSON has at this place; None where there is none."""
    try:
        said: Any = json.loads(body)
    except ValueError:
        return None
    for name in names:
        said = said.get(name) if isinstance(said, dict) else None
    return said if isinstance(said, str) else None


def client() -> httpx.AsyncClient:
    """A client that follows nobody elsewhere and takes no proxy from the environment. The deadline of a call is the caller's."""
    return httpx.AsyncClient(timeout=None, follow_redirects=False, trust_env=False)  # noqa: S113 - asyncio keeps one for all of it


async def _until_taken(caller: httpx.AsyncClient, asked: httpx.Request) -> Told:
    for again in range(1, TRIES + 1):
        try:
            told = await _once(caller, asked)
        except httpx.TransportError:
            if again == TRIES:
                raise
        else:
            if told.status not in COME_AGAIN or again == TRIES:
                return told
        await asyncio.sleep(WAIT_BEFORE_AGAIN * 2 ** (again - 1))
    raise NotAnswered


async def _once(caller: httpx.AsyncClient, asked: httpx.Request) -> Told:
    answer = await caller.send(asked, stream=True)
    try:
        body = bytearray()
        async for part in answer.aiter_bytes():
            body += part
            if len(body) > LARGEST_ANSWER:
                raise NotAnswered
        return Told(answer.status_code, bytes(body))
    finally:
        await answer.aclose()
