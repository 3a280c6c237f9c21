"""Rounds that alternate between servers, so that what else the machine does meets all of them alike; and what follows."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.load import CONNECTIONS, press
from benchmarks.operations import Operation
from benchmarks.servers import Server

WARMING_UP = 10
"""A round before the first that counts has this part of its requests."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One server in one round of one operation: answers a second, microseconds of processor for each, times in milliseconds."""

    server: str
    operation: str
    rate: float
    processor: float
    median: float
    late: float
    """The time within which 99 of 100 were answered."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """One server's rate over another's, round by round: the median, the lowest and the highest."""

    median: float
    lowest: float
    highest: float

    def __str__(self) -> str:
        """The median, and between which it lies."""
        return f"{self.median:.2f} ({self.lowest:.2f}-{self.highest:.2f})"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that was seen of some servers on one database, the first of which is what the others are compared with."""

    title: str
    servers: tuple[str, ...]
    operations: tuple[str, ...]
    rounds: tuple[Seen, ...]
    memory: dict[str, float]
    ready: dict[str, float]

    def of(self, server: str, operation: str) -> list[Seen]:
        """The rounds of one server with one operation."""
        return [each for each in self.rounds if (each.server, each.operation) == (server, operation)]

    def ratio(self, server: str, operation: str) -> Ratio:
        """How a server compares with the first."""
        pairs = zip(self.of(server, operation), self.of(self.servers[0], operation), strict=True)
        found = sorted(mine.rate / first.rate for mine, first in pairs)
        return Ratio(statistics.median(found), found[0], found[-1])

    def cost(self, server: str, operation: str) -> float:
        """How much of the processor the first spends on an answer, over what this one spends."""
        mine = self.typical(server, operation, "processor")
        return self.typical(self.servers[0], operation, "processor") / mine if mine else math.inf

    def typical(self, server: str, operation: str, what: str) -> float:
        """The median of one measure over the rounds."""
        found: list[float] = [getattr(each, what) for each in self.of(server, operation)]
        return statistics.median(found)

    @property
    def plain(self) -> dict[str, Any]:
        """Everything, for a program to read."""
        return asdict(self)


def compare(
    title: str, servers: Sequence[Server], operations: Sequence[Operation], rounds: int, part: float
) -> Comparison:
    """Let every server do every operation, round by round; `part` is how much of a whole round that is."""
    seen: list[Seen] = []
    for operation in operations:
        count = max(int(operation.in_a_round * part), CONNECTIONS)
        for server in servers:
            one_round(server, operation, max(count // WARMING_UP, CONNECTIONS))
        for turn in range(rounds):
            seen += [one_round(each, operation, count) for each in (servers if turn % 2 else servers[::-1])]
    return Comparison(
        title, tuple(each.name for each in servers), tuple(each.name for each in operations), tuple(seen),
        memory={each.name: each.megabytes for each in servers}, ready={each.name: each.ready_after for each in servers},
    )  # fmt: skip


def one_round(server: Server, operation: Operation, count: int) -> Seen:
    """Ask, check what was answered, and measure. Raises Unexpected."""
    requests = operation.requests(server.stage, server.numbers, count)
    before = server.processor_seconds
    seen = press(server.port, requests, operation.status)
    spent = server.processor_seconds - before
    operation.check(seen.answers)
    times = sorted(seen.latencies)
    return Seen(
        server.name, operation.name, rate=seen.rate, processor=spent / count * 1e6,
        median=times[count // 2] * 1e3, late=times[count * 99 // 100] * 1e3,
    )  # fmt: skip
