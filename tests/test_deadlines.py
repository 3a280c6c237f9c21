"""Nobody waits for the database for long, and whoever gave up is told truly what became of what they asked for."""

import asyncio
import socket
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import pytest
from httpx import Response
from sqlalchemy import make_url

from models.practices import Practice
from service.database import KINDS, open_store
from service.settings import SQLITE, Settings
from service.store import Change, OutcomeUnknown, Store, Unavailable
from service.store.postgres import PostgresStore
from service.store.sqlite import SQLiteStore
from service.store.turns import READY_WITHIN, TOO_MANY, Patience, Turns
from tests.databases import as_owner, fresh_postgres, fresh_sqlite, locked
from tests.house import House, house_over
from tests.ledger import assert_ledgers_agree, rows_of, value_of
from tests.test_database import begin, no_keys

T = TypeVar("T")
SHORT = 0.4  # seconds
SLACK = 2.0  # seconds, for a machine that is busy with something else
KEY = {"Idempotency-Key": "for the flu clinics"}


def with_patience(address: str, do: Callable[[Any], Awaitable[T]], **settings: Any) -> T:
    """Open a store that waits for a short time only, do something, and close it."""

    async def opened() -> T:
        store = await open_store(Settings(database=address, **{"database_deadline": SHORT, **settings}))
        try:
            return await do(store)
        finally:
            await store.close()

    return asyncio.run(opened())


async def seconds_until_refused(ask: Awaitable[Any]) -> float:
    """How long it took until there was word that the database is out of reach."""
    began = time.monotonic()
    with pytest.raises(Unavailable):
        await ask
    return time.monotonic() - began


def test_whoever_waits_for_a_lock_is_answered_at_the_deadline_and_nobody_else_waits(database: str) -> None:
    async def through_a_lock(store: Store) -> None:
        with locked(database, "practice"):
            began = asyncio.create_task(seconds_until_refused(begin(store)))
            ticks = 0
            while not began.done():
                await asyncio.sleep(0.01)
                ticks += 1
            assert ticks >= SHORT / 0.04  # the event loop went on meanwhile
            assert await began < SHORT * 2 + SLACK
        await begin(store, "ZZ0002")
        assert await store.practice_codes() == ["ZZ0002"]

    with_patience(database, through_a_lock)


def test_those_who_are_too_many_are_told_at_once(database: str) -> None:
    async def crowd(store: Store) -> None:
        with locked(database, "practice"):
            first = asyncio.create_task(seconds_until_refused(begin(store)))
            await asyncio.sleep(SHORT / 4)
            turns = store.turns if isinstance(store, SQLiteStore) else store.pool.turns  # type: ignore[attr-defined]  # both have them
            assert turns.taken == 1
            with pytest.raises(Unavailable, match=TOO_MANY):
                async with turns.turn():
                    pytest.fail("There was only one place.")
            await store.revision()  # whoever watches us is not counted
            await first
            assert turns.taken == 0
        await begin(store, "ZZ0002")

    with_patience(database, crowd, database_waiting=1)


def test_whether_the_database_is_there_is_never_waited_for_longer_than_two_seconds() -> None:
    async def glance(deadline: float) -> float:
        before = asyncio.get_running_loop().time()
        with pytest.raises(TimeoutError):
            async with Turns(Patience(deadline)).glance():
                await asyncio.sleep(60)
        return asyncio.get_running_loop().time() - before

    assert asyncio.run(glance(60)) >= READY_WITHIN == 2.0
    assert asyncio.run(glance(0.05)) < READY_WITHIN


def test_what_was_given_up_before_it_was_begun_is_never_done(tmp_path: Path) -> None:
    """The writer has taken one change, and waits for the file; another one's turn comes when nobody wants it any more."""
    address = fresh_sqlite(tmp_path)

    async def through_a_lock(store: Any) -> None:
        store.writer.execute("PRAGMA busy_timeout=20000")
        with closing(sqlite3.connect(address.removeprefix(SQLITE), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            given_up = [begin(store, f"ZZ000{number}") for number in range(5)]
            for each in asyncio.as_completed(given_up):
                with pytest.raises(OutcomeUnknown):
                    await each
        await begin(store, "ZZ0009")
        assert await store.practice_codes() == ["ZZ0009"]

    with_patience(address, through_a_lock)


def test_a_file_that_somebody_took_for_themselves_makes_readers_wait_and_not_the_event_loop(tmp_path: Path) -> None:
    address = fresh_sqlite(tmp_path)

    async def kept_out(store: Store) -> None:
        for ask in (store.practice_codes, store.revision):
            answered = asyncio.create_task(seconds_until_refused(ask()))
            await asyncio.sleep(0.05)
            assert not answered.done()
            assert await answered < SHORT + SLACK

    async def story(store: Any) -> None:
        reader = FailingReader(store.reader)
        store.reader = reader
        await kept_out(store)
        reader.busy = False
        assert await store.practice_codes() == []
        store.reader = reader.reader

    with_patience(address, story)


def test_a_login_that_is_turned_away_finds_the_database_out_of_reach_until_it_is_let_in(postgres: str) -> None:
    """While a password is being replaced, say: nothing is broken here, and it comes back by itself."""
    address = fresh_postgres(postgres)
    name = make_url(address).username

    async def story(store: Store) -> None:
        as_owner(address, f'ALTER ROLE "{name}" NOLOGIN')
        as_owner(address, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?", name)
        for ask in (store.practice_codes, store.practice_codes, store.revision, lambda: begin(store)):
            with pytest.raises(Unavailable) as refused:
                await ask()
        assert not isinstance(refused.value, OutcomeUnknown)
        with pytest.raises(Unavailable):
            await open_store(Settings(database=address))
        as_owner(address, f'ALTER ROLE "{name}" LOGIN')
        await begin(store)

    try:
        with_patience(address, story)
    finally:
        as_owner(address, f'ALTER ROLE "{name}" LOGIN')  # the other tests of this process connect as it too


class FailingReader:
    """A connection to a file that another process has locked whole."""

    def __init__(self, reader: sqlite3.Connection) -> None:
        self.reader, self.busy = reader, True

    def execute(self, *asked: Any) -> sqlite3.Cursor:
        if self.busy:
            failed = sqlite3.OperationalError("database is locked")
            failed.sqlite_errorname = "SQLITE_BUSY"
            raise failed
        return self.reader.execute(*asked)


def test_a_connection_is_not_used_again_after_a_call_was_broken_off(furnished: str) -> None:
    if furnished.startswith(SQLITE):
        assert_every_connection_is_durable(furnished)
        return

    async def broken_off(store: PostgresStore) -> None:
        pids = {await store.pool.fetchval("SELECT pg_backend_pid()") for _ in range(3)}
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(SHORT / 4):
                await store.pool.execute("SELECT pg_sleep(30)")
        assert len(pids) == 1
        assert pids.isdisjoint({await store.pool.fetchval("SELECT pg_backend_pid()") for _ in range(3)})
        with pytest.raises(asyncpg.QueryCanceledError):  # the server gives it up a little earlier than we would
            await store.pool.execute("SELECT pg_sleep(30)")
        assert await store.practice_codes() != []

    with_patience(furnished, broken_off, pool_size=1)


def assert_every_connection_is_durable(address: str) -> None:
    """A commit is on disk before it is told (2 is FULL), and no connection was forgotten."""

    async def looked_at(store: Any) -> None:
        for connection in (store.reader, store.writer):
            assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)

    with_patience(address, looked_at)


@contextmanager
def losing(monkeypatch: pytest.MonkeyPatch, house: House, *, made: bool) -> Iterator[None]:
    """The answer of the database gets lost on its way: after the change was made, or with the change."""
    honest: Any = type(house.store).write

    async def lost(store: Any, change: Change) -> bool:
        if made:
            assert await honest(store, change)
        raise OutcomeUnknown

    with monkeypatch.context() as patched:
        patched.setattr(type(house.store), "write", lost)
        yield


@pytest.mark.parametrize("made", [True, False], ids=["made", "not made"])
def test_whoever_was_not_told_asks_again_with_the_same_key_and_has_one_record(
    house: House, monkeypatch: pytest.MonkeyPatch, made: bool
) -> None:
    with losing(monkeypatch, house, made=made):
        assert_come_back(house.drafted(headers=KEY), "outcome_unknown")
    again = house.drafted(headers=KEY)
    assert (again.status_code, "Idempotent-Replayed" in again.headers) == (201, made)
    with losing(monkeypatch, house, made=made):
        assert_come_back(
            house.does("goldilocks", "submit", again, headers=KEY | {"Idempotency-Key": "2"}), "outcome_unknown"
        )
    submitted = house.does("goldilocks", "submit", again, headers={"Idempotency-Key": "2"})
    assert (submitted.status_code, submitted.json()["version"]) == (200, 2)
    assert len(rows_of(house, "post")) == 1
    assert_ledgers_agree(house)


def assert_come_back(answer: Response, code: str) -> None:
    """Out of reach, and when to try again."""
    assert (answer.status_code, answer.json()["code"]) == (503, code)
    assert int(answer.headers["Retry-After"]) > 0


def test_who_gave_up_before_a_lock_asks_again_with_the_same_key_and_has_one_record(
    furnished: str, tmp_path: Path
) -> None:
    with house_over(furnished, tmp_path / "data", database_deadline=SHORT) as house:
        with locked(furnished):
            for _ in range(3):
                answer = house.drafted(headers=KEY)
                assert_come_back(answer, answer.json()["code"])
            assert house.client.get("/readyz").status_code == 200
        made = house.drafted(headers=KEY)
        assert made.status_code == 201
        assert [str(value_of("id", row["id"])) for row in rows_of(house, "post")] == [made.json()["id"]]
        assert_ledgers_agree(house)


def test_a_server_that_never_answers_is_given_up_at_the_deadline() -> None:
    """It listens, and that is all: as one that is frozen does."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql://charter@127.0.0.1:{silent.getsockname()[1]}/charter?sslmode=disable"
        opened = PostgresStore.open(address, KINDS, 4, no_keys(), Patience(SHORT))
        assert asyncio.run(seconds_until_refused(opened)) < SHORT + SLACK


def test_a_writer_that_could_not_take_back_what_failed_takes_it_back_before_it_begins_anew(tmp_path: Path) -> None:
    address = fresh_sqlite(tmp_path)

    async def story(store: Any) -> None:
        await begin(store)
        store.writer.execute("BEGIN IMMEDIATE")  # as a disk that is full may leave it
        store.writer.execute("UPDATE practice SET version = 77")
        await begin(store, "ZZ0002")
        assert await store.practice_codes() == ["ZZ0001", "ZZ0002"]
        (found,) = await store.find(Practice, "ZZ0001", {})
        assert found.record.version == 1

    with_patience(address, story)
