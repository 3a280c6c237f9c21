"""Connections to PostgreSQL that are given up in time: a call that was broken off takes its connection with it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import asyncpg

from service.store.turns import Patience, Turns

SERVER_GIVES_UP_AT: Final = 0.9
"""The part of the deadline after which the server ends a statement itself: its word that nothing was done is worth having."""


class Connections:
    """A pool whose every call has a deadline: waiting for a connection, the statements, and the commit together.

    Each raises Unavailable at once when too many wait for a connection, and TimeoutError at the deadline.
    """

    def __init__(self, pool: asyncpg.Pool, turns: Turns) -> None:
        """Use a pool that is open already."""
        self.pool, self.turns = pool, turns

    @classmethod
    async def open(cls, url: str, size: int, patience: Patience) -> "Connections":
        """Open a pool of `size` connections. Raises whatever the driver raises, and TimeoutError."""
        milliseconds = str(int(patience.deadline * SERVER_GIVES_UP_AT * 1000))
        server = {"statement_timeout": milliseconds, "idle_in_transaction_session_timeout": milliseconds}
        async with asyncio.timeout(patience.deadline):
            pool = await asyncpg.create_pool(
                url, min_size=min(4, size), max_size=size, timeout=patience.deadline, reset=_nothing, server_settings=server,
            )  # fmt: skip
        return cls(pool, Turns(patience))

    @asynccontextmanager
    async def one(self) -> AsyncIterator[Any]:
        """A connection for one call of several statements."""
        async with self.turns.turn(), Borrowed(self.pool) as connection:
            yield connection

    async def fetch(self, sql: str, *arguments: Any) -> list[Any]:
        """The rows that a statement brings."""
        async with self.turns.turn(), Borrowed(self.pool) as connection:
            return list(await connection.fetch(sql, *arguments))

    async def fetchval(self, sql: str, *arguments: Any) -> Any:
        """The first value of the first of them, or None."""
        async with self.turns.turn(), Borrowed(self.pool) as connection:
            return await connection.fetchval(sql, *arguments)

    async def execute(self, sql: str, *arguments: Any) -> None:
        """Do something that brings nothing."""
        async with self.turns.turn(), Borrowed(self.pool) as connection:
            await connection.execute(sql, *arguments)

    async def glimpse(self, sql: str) -> Any:
        """A first value, for whoever can't wait."""
        async with self.turns.glance(), Borrowed(self.pool) as connection:
            return await connection.fetchval(sql)

    async def close(self) -> None:
        """Give the connections back. One that does not end by itself is cut off at the deadline."""
        try:
            async with asyncio.timeout(self.turns.patience.deadline):
                await self.pool.close()
        except TimeoutError:
            self.pool.terminate()


class Borrowed:
    """One connection of the pool. Of a call that was broken off nobody knows how far it got: its connection is not used again."""

    __slots__ = ("connection", "pool")

    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool = pool

    async def __aenter__(self) -> Any:
        self.connection = await self.pool.acquire()
        return self.connection

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and issubclass(kind, asyncio.CancelledError):
            self.connection.terminate()
        await self.pool.release(self.connection)


async def _nothing(connection: asyncpg.Connection) -> None:
    """asyncpg spends a round trip resetting each returned connection. Nothing here ever outlives its transaction."""
