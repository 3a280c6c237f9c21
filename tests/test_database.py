"""A store opens only where it is safe to begin, says so when its database does not answer, and tells events in order."""

import asyncio
import os
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Executable, Table, make_url

from models.migrations.tenancy import APPLICATION
from models.practices import FirstManager, PracticeDraft
from models.record import Record, uuid7
from models.roles import INSTALLATION
from service.audit import AuditKey
from service.database import KINDS, SchemaBehind, UnsafeDatabaseRole, migrate, open_store
from service.identity import Principal
from service.key_ring import KeyRing
from service.settings import SQLITE, Settings
from service.store import Listing, Store, Unavailable
from service.store import postgres as on_postgres
from service.store import sqlite as on_sqlite
from service.store.prepared import Prepared
from service.store.statements import (
    ACCESS,
    EVENT,
    entries,
    every_practice,
    listed,
)
from service.store.trail import chained, following, newest, one_chain, one_of, seals_at_places, seals_of_accesses
from service.unit_of_work import Answer, Asked, UnitOfWork
from service.vault import Vault
from tests.databases import as_owner, drop, empty_postgres, empty_sqlite, fresh_postgres, fresh_sqlite, settle
from workflows.practices import open_practice

T = TypeVar("T")
OPERATOR = "fairy-godmother"
GOLDILOCKS = f"goldilocks_{os.getpid()}"  # roles belong to the whole server, where other workers are at work
NEVER = UUID("01900000-0000-7000-8000-000000000000")


@pytest.fixture
def application(postgres: str) -> Iterator[str]:
    """A migrated, empty database on PostgreSQL, as the application sees it."""
    made = fresh_postgres(postgres)
    yield made
    drop(made)


def with_store(address: str, do: Callable[[Store], Awaitable[T]]) -> T:
    """Open a store, do something, and close it."""

    async def opened() -> T:
        store = await open_store(Settings(database=address, pool_size=2))
        try:
            return await do(store)
        finally:
            await store.close()

    return asyncio.run(opened())


async def begin(store: Store, code: str = "ZZ0001") -> Answer:
    """Open a practice: two records in one change."""
    work = UnitOfWork(
        store, Principal(OPERATOR, INSTALLATION), lambda: datetime(2026, 3, 2, 12, tzinfo=UTC), AuditKey("k", b"secret"),
        uuid7(), frozenset({OPERATOR}),
    )  # fmt: skip
    draft = PracticeDraft(code=code, name="Beanstalk Surgery", manager=FirstManager(subject="hansel", name="Hansel"))
    return await work.open(open_practice, Asked(lambda: (draft,)))


async def nothing(store: Store) -> list[str]:
    return await store.practice_codes()


def test_the_embedded_database_is_brought_up_to_date_by_itself(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "data")

    async def codes(do: Callable[[Store], Awaitable[Any]]) -> list[str]:
        store = await open_store(settings)
        await do(store)
        found = await store.practice_codes()
        await store.close()
        return found

    assert asyncio.run(codes(begin)) == ["ZZ0001"]
    assert asyncio.run(codes(nothing)) == ["ZZ0001"]


@pytest.mark.usefixtures("application")
def test_no_other_database_is_migrated_without_being_asked(tmp_path: Path, postgres: str) -> None:
    empty = empty_sqlite(tmp_path)
    with pytest.raises(SchemaBehind, match="charter migrate"):
        with_store(empty, nothing)
    migrate(empty)
    assert with_store(empty, nothing) == []

    unmade = empty_postgres(postgres)
    with login(unmade) as somebody, pytest.raises(SchemaBehind):
        with_store(somebody, nothing)


def test_a_database_that_is_behind_is_not_served(database: str) -> None:
    as_owner(database, "UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(SchemaBehind):
        with_store(database, nothing)


def test_a_database_at_the_next_releases_step_is_served_so_that_both_work_while_one_follows_the_other(
    database: str,
) -> None:
    as_owner(database, "UPDATE alembic_version SET version_num = '9999'")
    assert with_store(database, nothing) == []


@contextmanager
def login(url: str) -> Iterator[str]:
    """The address of a database for a new login of the application's role."""
    as_owner(url, f"CREATE ROLE {GOLDILOCKS} LOGIN PASSWORD 'bear' IN ROLE {APPLICATION}")
    yield make_url(url).set(username=GOLDILOCKS, password="bear").render_as_string(hide_password=False)
    as_owner(url, f"REASSIGN OWNED BY {GOLDILOCKS} TO CURRENT_USER")
    as_owner(url, f"DROP OWNED BY {GOLDILOCKS}")
    as_owner(url, f"DROP ROLE {GOLDILOCKS}")


@pytest.mark.parametrize(
    "also",
    [
        f"ALTER ROLE {GOLDILOCKS} SUPERUSER",
        f"ALTER ROLE {GOLDILOCKS} BYPASSRLS",
        f"ALTER TABLE audit_entry OWNER TO {GOLDILOCKS}",
        f"DO $$ BEGIN EXECUTE format('GRANT %I TO {GOLDILOCKS}', current_user); END $$",
    ],
    ids=["superuser", "bypasses", "owner", "may become the owner"],
)
def test_a_role_that_passes_the_wall_is_refused(application: str, also: str) -> None:
    """Row-level security stops neither superusers nor, unless it is forced, owners."""
    with login(application) as somebody:
        assert with_store(somebody, nothing) == []
        as_owner(application, also)
        with pytest.raises(UnsafeDatabaseRole):
            with_store(somebody, nothing)
        as_owner(application, f"ALTER ROLE {GOLDILOCKS} NOSUPERUSER NOBYPASSRLS")


def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        with_store(f"postgresql://charter@/charter?host={tmp_path}", nothing)


def test_a_server_that_goes_away_is_unavailable_until_it_is_back(application: str, postgres: str) -> None:
    name = make_url(application).database

    async def through_an_outage(store: Store) -> list[str]:
        await begin(store)
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {name} CONNECTION LIMIT 0".encode())
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
            for ask in (store.practice_codes, store.revision, lambda: begin(store, "ZZ0002")):
                with pytest.raises(Unavailable):
                    await ask()
            connection.execute(f"ALTER DATABASE {name} CONNECTION LIMIT -1".encode())
        await begin(store, "ZZ0003")
        return await store.practice_codes()

    assert with_store(application, through_an_outage) == ["ZZ0001", "ZZ0003"]


def test_a_file_that_cannot_be_written_is_unavailable_until_it_can(tmp_path: Path) -> None:
    address = fresh_sqlite(tmp_path)

    async def through_a_lock(store: Any) -> list[str]:
        store.writer.execute("PRAGMA busy_timeout=0")
        with closing(sqlite3.connect(address.removeprefix(SQLITE), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Unavailable):
                await begin(store)
        await begin(store, "ZZ0002")
        return await nothing(store)

    assert with_store(address, through_a_lock) == ["ZZ0002"]


def test_the_writer_outlives_whoever_waited_for_it(tmp_path: Path) -> None:
    address = fresh_sqlite(tmp_path)
    store: Any = asyncio.run(open_store(Settings(database=address)))

    async def ask_and_leave() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(begin(store), timeout=0.1)

    with closing(sqlite3.connect(address.removeprefix(SQLITE), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asyncio.run(ask_and_leave())
    asyncio.run(asyncio.wait_for(begin(store, "ZZ0002"), timeout=30))
    assert "ZZ0002" in asyncio.run(store.practice_codes())
    asyncio.run(store.close())


def noticed(connection: psycopg.Connection[Any], event: UUID) -> None:
    """Write an event in the connection's transaction, and leave that open."""
    connection.execute("SELECT set_config('charter.practice', 'ZZ0001', true)")
    connection.execute(
        "INSERT INTO event (practice, id, type, record_id, version, state, audiences, at)"
        " VALUES ('ZZ0001', %s, 'post.write', %s, 1, 'draft', '[]', now())",
        (event, event),
    )


def test_an_event_waits_for_those_that_could_still_come_before_it(application: str) -> None:
    """A reader who has seen an event will never be told of one before it."""
    slow, quick, last = uuid7(), uuid7(), uuid7()

    async def told(store: Store, after: UUID | None = None) -> list[UUID]:
        return [each.id for each in await store.events(Listing("ZZ0001", after=after))]

    async def watched(store: Store) -> None:
        with psycopg.connect(application) as first, psycopg.connect(application) as second:
            noticed(first, slow)
            noticed(second, quick)
            second.commit()
            assert await told(store) == []
            first.commit()
            settle(application)
            assert await told(store) == [slow, quick]
            noticed(second, last)
            second.commit()
            settle(application)
            assert await told(store, slow) == [quick, last]
            assert await told(store, last) == []

    with_store(application, watched)


FOLLOWED = Listing("ZZ0001", after=NEVER)


def no_keys() -> Vault:
    """For where nothing is sealed or opened: no key is made before one is needed."""
    return Vault(KeyRing(Path("never-made"), makes_first=True))


def statements_of(kind: type[Record]) -> on_postgres.Statements:
    """What the store asks of one kind."""
    return on_postgres.Statements(kind, no_keys(), on_postgres.HERE)


READINGS = {
    **{f"read {kind.__name__}": statements_of(kind).read for kind in KINDS},
    **{f"list {kind.__name__}": statements_of(kind).page(FOLLOWED) for kind in KINDS},
    "list entries": entries(FOLLOWED, on_postgres.HERE),
    "walk the chains": chained(True, on_postgres.HERE),
    "walk one chain": one_chain(on_postgres.HERE),
    "find entries": seals_at_places(on_postgres.HERE),
    "find showings": seals_of_accesses(on_postgres.HERE),
    **{
        f"{doing} {table.name}s": statement
        for table in (EVENT, ACCESS)
        for doing, statement in {
            "follow": following(
                table, FOLLOWED, on_postgres.ORDER, on_postgres.final(table, settled=True), on_postgres.HERE
            ),
            "find": one_of(table, on_postgres.HERE),
            "newest": newest(table, on_postgres.ORDER, on_postgres.final(table, settled=True), on_postgres.HERE),
        }.items()
    },
    "list practices": every_practice(on_postgres.HERE),
}


def plan_of(url: str, statement: Executable) -> Any:
    """How PostgreSQL goes about a statement, whatever its values."""
    sql = Prepared(statement, on_postgres.DIALECT).sql
    places = ", ".join(["NULL"] * len(set(re.findall(r"\$\d+", sql))))
    with psycopg.connect(url) as connection:
        connection.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        connection.execute("SET LOCAL enable_seqscan = off")
        connection.execute(f"PREPARE asked AS {sql}".encode())
        found = connection.execute(f"EXPLAIN (FORMAT JSON) EXECUTE asked({places})".encode()).fetchone()
    assert found
    return found[0][0]["Plan"]


@pytest.mark.parametrize("name", READINGS)
def test_a_statement_says_whose_rows_it_may_see_before_it_looks_at_one(application: str, name: str) -> None:
    """PostgreSQL plans that as a filter over all else, evaluated once."""
    plan = plan_of(application, READINGS[name])
    while "One-Time Filter" not in plan:
        assert plan["Node Type"] in {"Limit", "Sort"}
        (plan,) = (each for each in plan["Plans"] if each["Parent Relationship"] == "Outer")
    first, _, _ = plan["One-Time Filter"].partition(" AND ")
    assert first.rstrip(")").endswith("IS NOT NULL")


@pytest.mark.parametrize("table", [EVENT, ACCESS], ids=str)
def test_a_page_in_the_order_of_commits_begins_where_its_cursor_stands(
    application: str, tmp_path: Path, table: Table
) -> None:
    """However many came before: an index finds the place on both databases."""
    plan = plan_of(application, READINGS[f"follow {table.name}s"])
    assert re.search(r"Index Cond.*written_in, .?.?position", str(plan))

    query = following(table, FOLLOWED, on_sqlite.ORDER, on_sqlite.final(table, settled=True))
    statement = Prepared(query, on_sqlite.DIALECT)
    steps = as_owner(
        fresh_sqlite(tmp_path), f"EXPLAIN QUERY PLAN {statement.sql}", *statement.arguments(listed(FOLLOWED))
    )
    assert any(f"{table.name}_in_order (practice=? AND written_in=? AND position>?)" in step for *_, step in steps)


@pytest.mark.parametrize("name", ["walk the chains", "walk one chain", "find entries"])
def test_a_chain_is_found_by_its_index(application: str, name: str) -> None:
    """However long the trail is."""
    assert "one_entry_per_version" in str(plan_of(application, READINGS[name]))
