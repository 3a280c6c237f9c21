"""Patience with a database: nobody waits for it longer than a deadline, and only so many wait at the same time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from service.store import Unavailable

READY_WITHIN: Final = 2.0
"""How many seconds the question may take whether the database is there: whoever watches us doesn't wait for long."""

TOO_MANY: Final = "Too many requests wait for the database already. Nothing was changed by this one."


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds a call to the database may take in all, and how many calls may be under way or waiting at once."""

    deadline: float = 5.0
    most_waiting: int = 256


ORDINARY: Final = Patience()


class Turns:
    """Those who are at the database, or wait for it, in this process."""

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self.taken = 0

    def turn(self) -> "Turn":
        """Be one of them until the deadline."""
        return Turn(self)

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[None]:
        """A question that is not counted and not waited for: whether the database is there. Raises TimeoutError."""
        async with asyncio.timeout(min(READY_WITHIN, self.patience.deadline)):
            yield


class Turn:
    """One of them. Entering raises Unavailable at once when they are too many; TimeoutError is raised when it is late.

    Every request passes here, so this is spelled out rather than made from a generator, which takes three times as long.
    """

    __slots__ = ("deadline", "turns")

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.deadline = asyncio.timeout(turns.patience.deadline)

    async def __aenter__(self) -> None:
        if self.turns.taken >= self.turns.patience.most_waiting:
            raise Unavailable(TOO_MANY)
        await self.deadline.__aenter__()
        self.turns.taken += 1

    async def __aexit__(self, *fault: Any) -> None:
        self.turns.taken -= 1
        await self.deadline.__aexit__(*fault)
