"""A load: so many connections, each of which asks again as soon as it is answered."""

import asyncio
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

import uvloop

HOST = "127.0.0.1"
CONNECTIONS = 32
LONGEST_ROUND = 60.0  # seconds
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
STATUS = slice(len("HTTP/1.1 "), len("HTTP/1.1 200"))


class Unexpected(Exception):
    """An answer was not the one that was asked for, or the connection ended."""


@dataclass(slots=True)
class Round:
    """What was seen of one round: how long it took (in seconds), each answer's time, and each connection's last answer."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return len(self.latencies) / self.seconds


class Connection(asyncio.Protocol):
    """One caller, who takes the next request from those that are left when the last is answered."""

    def __init__(self, requests: Iterator[bytes], status: bytes, seen: Round) -> None:
        """Take from `requests` in turn with the others; every answer has to have this status."""
        self.requests, self.status, self.seen = requests, status, seen
        self.received, self.asked_at = b"", 0.0
        loop = asyncio.get_running_loop()
        self.done: asyncio.Future[bytes] = loop.create_future()
        self.closed: asyncio.Future[None] = loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self.transport = cast(asyncio.WriteTransport, transport)
        self.ask(b"")

    def data_received(self, data: bytes) -> None:
        """Wait for the whole answer, then ask for the next."""
        self.received += data
        head, blank, body = self.received.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if not blank or (length and len(body) < int(length[1])):
            return
        self.seen.latencies.append(time.perf_counter() - self.asked_at)
        if head[STATUS] != self.status:
            self.end(Unexpected(f"{head[STATUS].decode()} instead of {self.status.decode()}: {body.decode()[:500]}"))
        else:
            self.ask(body)

    def connection_lost(self, fault: Exception | None) -> None:
        """Nobody answers any more."""
        self.end(Unexpected(f"the connection ended: {fault}"))
        self.closed.set_result(None)

    def ask(self, answered: bytes) -> None:
        """Send the next request, if one is left."""
        self.received = b""
        request = next(self.requests, None)
        if request is None:
            self.done.set_result(answered)
        else:
            self.asked_at = time.perf_counter()
            self.transport.write(request)

    def end(self, fault: Unexpected) -> None:
        """Give up, unless all was done."""
        if not self.done.done():
            self.done.set_exception(fault)


def press(port: int, requests: Sequence[bytes], status: int, connections: int = CONNECTIONS) -> Round:
    """Ask all of this, and measure. Raises Unexpected, and TimeoutError."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_press(port, iter(requests), str(status).encode(), connections))


async def _press(port: int, requests: Iterator[bytes], status: bytes, connections: int) -> Round:
    seen, loop, began = Round(), asyncio.get_running_loop(), time.perf_counter()
    callers = [
        (await loop.create_connection(lambda: Connection(requests, status, seen), HOST, port))[1]
        for _ in range(connections)
    ]
    try:
        async with asyncio.timeout(LONGEST_ROUND):
            answers = await asyncio.gather(*(each.done for each in callers))
        seen.seconds = time.perf_counter() - began
    finally:
        for each in callers:
            each.transport.close()
        await asyncio.gather(*(each.closed for each in callers))
    seen.answers = [each for each in answers if each]
    return seen


def request(method: str, path: str, token: str, body: bytes = b"", **headers: str) -> bytes:
    """A request as it goes over the wire, on a connection that stays open."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", f"Authorization: Bearer {token}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json"]
    if method == "POST":
        lines += [f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body
