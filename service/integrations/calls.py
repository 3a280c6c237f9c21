"""Calls to others over HTTP: one deadline for all of a call, no redirects, and no more of an answer than is needed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

TRIES: Final = 3
WAIT_BEFORE_AGAIN: Final = 0.2  # seconds, and twice as long the next time
LARGEST_ANSWER: Final = 64 * 1024
COME_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
"""What may pass by itself. Whatever else is refused would be refused again."""


class NotAnswered(Exception):
    """The other side did not answer in time, or not in a way that means anything."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the other side answered."""

    status: int
    body: bytes = field(repr=False)


async def posted(address: str, said: Mapping[str, Any], headers: Mapping[str, str], deadline: float) -> Told:
    """Post JSON, if need be again, and all of it within so many seconds. Raises NotAnswered."""
    try:
        async with asyncio.timeout(deadline), client() as caller:
            return await _until_taken(caller, address, said, headers)
    except (TimeoutError, httpx.HTTPError, httpx.InvalidURL):
        raise NotAnswered from None


def client() -> httpx.AsyncClient:
    """A client that follows nobody elsewhere and takes no proxy from the environment. The deadline of a call is the caller's."""
    return httpx.AsyncClient(timeout=None, follow_redirects=False, trust_env=False)  # noqa: S113 - asyncio keeps one for all of it


async def _until_taken(
    caller: httpx.AsyncClient, address: str, said: Mapping[str, Any], headers: Mapping[str, str]
) -> Told:
    for again in range(1, TRIES + 1):
        try:
            told = await _once(caller, address, said, headers)
        except httpx.TransportError:
            if again == TRIES:
                raise
        else:
            if told.status not in COME_AGAIN or again == TRIES:
                return told
        await asyncio.sleep(WAIT_BEFORE_AGAIN * 2 ** (again - 1))
    raise NotAnswered


async def _once(caller: httpx.AsyncClient, address: str, said: Mapping[str, Any], headers: Mapping[str, str]) -> Told:
    async with caller.stream("POST", address, json=said, headers=headers) as answer:
        body = bytearray()
        async for part in answer.aiter_bytes():
            body += part
            if len(body) > LARGEST_ANSWER:
                raise NotAnswered
        return Told(answer.status_code, bytes(body))
