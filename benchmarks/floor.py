"""The floor: a bare ASGI application on a bare driver, doing the least that could be called the same.

It writes the same rows as the house, but looks up no roles, judges nothing, chains nothing, knows no wall between practices,
and shows a row as it stands. FLOOR_TOGETHER says how many changes SQLite commits at once: 1 is a commit for each.
"""

import asyncio
import json
import os
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, Protocol
from uuid import UUID, uuid4

import asyncpg
from pydantic_core import to_json

from models.ledger import AuditEntryRow, EventRow
from models.posts import PostRow
from service.house import now, published_keys
from service.key_sources import SigningKeys
from service.settings import SQLITE, Settings
from service.store.statements import FILLED_IN_BY_THE_DATABASE, table_of
from service.tokens import Tokens

Row = dict[str, Any]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
TABLES = tuple(table_of(each) for each in (PostRow, AuditEntryRow, EventRow))
COLUMNS = {
    table.name: [each.name for each in table.c if each.name not in FILLED_IN_BY_THE_DATABASE] for table in TABLES
}
READ = f"SELECT {', '.join(COLUMNS['post'])} FROM post WHERE practice = $1 AND id = $2"
PAGE = f"SELECT {', '.join(COLUMNS['post'])} FROM post WHERE practice = $1 ORDER BY id LIMIT 50"
CHANGE = "UPDATE post SET state = $4, version = version + 1 WHERE practice = $1 AND id = $2 AND version = $3"
INSERT = {
    name: f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join(f'${n}' for n in range(1, len(columns) + 1))})"
    for name, columns in COLUMNS.items()
}
STATES = {"submit": "submitted", "discard": "discarded"}
POOL = 16
TOGETHER = int(os.environ.get("FLOOR_TOGETHER", "1"))


class Driver(Protocol):
    """What a database has to do, and no more."""

    async def open(self) -> None:
        """Connect, and look at a row of each table, by which to know what a row is."""

    async def one(self, practice: str, post: UUID) -> Row:
        """A post."""

    async def page(self, practice: str) -> list[Row]:
        """Fifty posts."""

    async def create(self, practice: str, draft: Row) -> Row:
        """Write a post, an audit entry and an event."""

    async def change(self, practice: str, post: UUID, state: str) -> Row:
        """Write a post's next version, an audit entry and an event."""


class Postgres:
    """asyncpg: a transaction for each change, a statement for each row."""

    def __init__(self, address: str) -> None:
        self.address = address

    async def open(self) -> None:
        """Connect."""
        self.pool = await asyncpg.create_pool(self.address, min_size=POOL, max_size=POOL)
        self.usual = {each: dict(await self.pool.fetchrow(f"SELECT * FROM {each} LIMIT 1")) for each in INSERT}

    async def one(self, practice: str, post: UUID) -> Row:
        """A post."""
        return dict(await self.pool.fetchrow(READ, practice, post))

    async def page(self, practice: str) -> list[Row]:
        """Fifty posts."""
        return [dict(each) for each in await self.pool.fetch(PAGE, practice)]

    async def create(self, practice: str, draft: Row) -> Row:
        """Write a post, an audit entry and an event."""
        moment = datetime.now(UTC)
        async with self.pool.acquire() as connection, connection.transaction():
            post = {**self.usual["post"], **draft, "practice": practice, "id": uuid4(), "created_at": moment}
            await connection.execute(INSERT["post"], *values("post", post))
            for each in ("audit_entry", "event"):
                beside = {**self.usual[each], **about(post, 1, moment), "id": uuid4()}
                await connection.execute(INSERT[each], *values(each, beside))
        return post

    async def change(self, practice: str, post: UUID, state: str) -> Row:
        """Write a post's next version, an audit entry and an event."""
        moment = datetime.now(UTC)
        async with self.pool.acquire() as connection, connection.transaction():
            found = dict(await connection.fetchrow(READ, practice, post))
            await connection.execute(CHANGE, practice, post, found["version"], state)
            for each in ("audit_entry", "event"):
                beside = {**self.usual[each], **about(found, found["version"] + 1, moment), "id": uuid4()}
                await connection.execute(INSERT[each], *values(each, beside))
        return {**found, "state": state, "version": found["version"] + 1}


class SQLite:
    """sqlite3: a reader in the event loop, and a thread that writes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.jobs: SimpleQueue[tuple[list[tuple[str, list[Any]]], Any, Any]] = SimpleQueue()

    async def open(self) -> None:
        """Connect."""
        self.reader, self.writer = (
            sqlite3.connect(self.path, isolation_level=None, check_same_thread=False) for _ in range(2)
        )
        self.reader.row_factory = sqlite3.Row
        for setting in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            self.writer.execute(f"PRAGMA {setting}")
        self.usual = {each: dict(self.reader.execute(f"SELECT * FROM {each} LIMIT 1").fetchone()) for each in INSERT}
        Thread(target=self.write_all, daemon=True).start()

    async def one(self, practice: str, post: UUID) -> Row:
        """A post."""
        return dict(self.reader.execute(READ.replace("$", "?"), (practice, post.hex)).fetchone())

    async def page(self, practice: str) -> list[Row]:
        """Fifty posts."""
        return [dict(each) for each in self.reader.execute(PAGE.replace("$", "?"), (practice,))]

    async def create(self, practice: str, draft: Row) -> Row:
        """Write a post, an audit entry and an event."""
        moment = str(datetime.now(UTC))
        post = {**self.usual["post"], **draft, "practice": practice, "id": uuid4().hex, "created_at": moment}
        await self.write([(INSERT["post"], values("post", post)), *self.beside(post, 1, moment)])
        return post

    async def change(self, practice: str, post: UUID, state: str) -> Row:
        """Write a post's next version, an audit entry and an event."""
        found = await self.one(practice, post)
        version = found["version"] + 1
        change = (CHANGE, [practice, post.hex, found["version"], state])
        await self.write([change, *self.beside(found, version, str(datetime.now(UTC)))])
        return {**found, "state": state, "version": version}

    def beside(self, post: Row, version: int, moment: str) -> list[tuple[str, list[Any]]]:
        """The audit entry and the event."""
        return [
            (INSERT[each], values(each, {**self.usual[each], **about(post, version, moment), "id": uuid4().hex}))
            for each in ("audit_entry", "event")
        ]

    async def write(self, statements: list[tuple[str, list[Any]]]) -> None:
        """Hand the statements to the thread, and wait until they are on disk."""
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        self.jobs.put((statements, loop, done))
        await done

    def write_all(self) -> None:
        """Take what is waiting, as much of it as is committed together, and tell those who wait."""
        while True:
            jobs = [self.jobs.get()]
            while len(jobs) < TOGETHER and not self.jobs.empty():
                jobs.append(self.jobs.get())
            self.writer.execute("BEGIN IMMEDIATE")
            for statements, _, _ in jobs:
                for sql, given in statements:
                    self.writer.execute(sql.replace("$", "?"), given)
            self.writer.execute("COMMIT")
            for _, loop, done in jobs:
                loop.call_soon_threadsafe(done.set_result, None)


def values(table: str, row: Row) -> list[Any]:
    """What goes into a table's columns, in their order."""
    return [row[each] for each in COLUMNS[table]]


def about(post: Row, version: int, moment: Any) -> Row:
    """What an audit entry or an event says of a post."""
    return {"practice": post["practice"], "record_id": post["id"], "version": version, "at": moment}


def drafted(body: bytes) -> Row:
    """What was sent, its nested values as the text that is kept of them."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in json.loads(body).items()}


class Application:
    """The ASGI application."""

    def __init__(self) -> None:
        settings, database = Settings(), os.environ["FLOOR_DATABASE"]
        self.keys = SigningKeys(published_keys(settings, now), now)
        self.tokens = Tokens(self.keys, settings.token_issuer, settings.token_audience, now)
        self.driver: Driver = (
            SQLite(Path(database.removeprefix(SQLITE))) if database.startswith(SQLITE) else Postgres(database)
        )

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request, or start."""
        if scope["type"] == "lifespan":
            await self.live(receive, send)
            return
        token = next(value for name, value in scope["headers"] if name == b"authorization")
        who = self.tokens.principal(token[len("Bearer ") :].decode())
        status, answer = await self.answer(who.practice, scope["method"], scope["path"].split("/"), receive)
        body = to_json(answer)
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def live(self, receive: Receive, send: Send) -> None:
        """Start, and stop when told to."""
        await receive()
        await self.keys.load()
        await self.driver.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def answer(self, practice: str, method: str, path: list[str], receive: Receive) -> tuple[int, Any]:
        """Status and content of an answer; `path` is the address, part by part."""
        match method, path[3:]:
            case "GET", [post]:
                return 200, await self.driver.one(practice, UUID(post))
            case "GET", []:
                return 200, {"items": await self.driver.page(practice)}
            case "POST", [post, transition]:
                return 200, await self.driver.change(practice, UUID(post), STATES[transition])
            case _:
                return 201, await self.driver.create(practice, drafted((await receive())["body"]))


application = Application()
