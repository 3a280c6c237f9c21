"""No practice ever sees another's rows, whatever a statement forgets: the catalogue says so, and the rows do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlmodel import SQLModel

from models.migrations.tenancy import APPLICATION
from models.posts import Post
from models.roles import INSTALLATION
from tests.databases import address_of_owner, as_owner, drop, fresh_postgres
from tests.forms import Stranger
from tests.house import PRACTICES, House
from tests.posting import posted
from tests.stories import begin_one_of_each
from tests.walls import (
    CHECKS,
    Asking,
    doors_in_a_wall,
    functions_of_their_owner,
    keys_across_practices,
    powers_of_the_application,
    references_across_practices,
    tables_without_a_policy,
    tables_without_a_practice,
    tables_without_a_wall,
    views_of_their_owner,
)

TABLES = tuple(SQLModel.metadata.tables)
on_postgres = pytest.mark.parametrize("database", ["postgres"], indirect=True)

HERE = "current_setting('charter.practice', true)"
PLANTED = "CREATE TABLE planted (practice varchar NOT NULL, id uuid, reference text, PRIMARY KEY (practice, id));"
ENABLED = f"{PLANTED} ALTER TABLE planted ENABLE ROW LEVEL SECURITY;"
FORCED = f"{ENABLED} ALTER TABLE planted FORCE ROW LEVEL SECURITY;"
WALLED = f"{FORCED} CREATE POLICY one_practice ON planted USING (practice = {HERE}) WITH CHECK (practice = {HERE});"
REFERRING = "ALTER TABLE planted ADD UNIQUE (id); ALTER TABLE second ADD FOREIGN KEY (id) REFERENCES planted (id)"
SECOND = WALLED.replace("planted", "second")

FAULTS: tuple[tuple[Callable[[Asking], set[str]], str], ...] = (
    (tables_without_a_practice, "CREATE TABLE planted (id uuid PRIMARY KEY)"),
    (tables_without_a_practice, "CREATE TABLE planted (id uuid PRIMARY KEY, practice text)"),
    (tables_without_a_wall, PLANTED),
    (tables_without_a_wall, ENABLED),
    (tables_without_a_wall, "ALTER TABLE post NO FORCE ROW LEVEL SECURITY"),
    (tables_without_a_wall, "ALTER TABLE receipt DISABLE ROW LEVEL SECURITY"),
    (tables_without_a_policy, FORCED),
    (tables_without_a_policy, "DROP POLICY one_practice ON event"),
    (tables_without_a_policy, f"{FORCED} CREATE POLICY one_practice ON planted USING (practice = {HERE})"),
    (tables_without_a_policy, f"{FORCED} CREATE POLICY one_practice ON planted USING (true) WITH CHECK (practice = {HERE})"),
    (tables_without_a_policy, f"ALTER POLICY one_practice ON post USING (practice = {HERE} OR {HERE} = '')"),
    (doors_in_a_wall, f"{WALLED} CREATE POLICY open ON planted USING (true)"),
    (doors_in_a_wall, "CREATE POLICY everything ON post FOR SELECT USING (true)"),
    (doors_in_a_wall, "CREATE POLICY writing ON audit_entry FOR INSERT WITH CHECK (true)"),
    (keys_across_practices, f"{WALLED} CREATE UNIQUE INDEX one_reference ON planted (reference)"),
    (keys_across_practices, f"{WALLED} CREATE UNIQUE INDEX one_reference ON planted (reference, practice)"),
    (keys_across_practices, f"{WALLED} CREATE UNIQUE INDEX one_reference ON planted (lower(reference))"),
    (keys_across_practices, f"{WALLED} ALTER TABLE planted ADD UNIQUE (id)"),
    (keys_across_practices, "CREATE TABLE planted (practice text NOT NULL, id uuid PRIMARY KEY)"),
    (keys_across_practices, "CREATE UNIQUE INDEX one_name ON staff_member (name)"),
    (
        references_across_practices,
        f"{WALLED} {SECOND} {REFERRING}",
    ),
    (views_of_their_owner, "CREATE VIEW planted AS SELECT * FROM post"),
    (views_of_their_owner, "CREATE MATERIALIZED VIEW planted AS SELECT * FROM post"),
    (views_of_their_owner, "CREATE RULE planted AS ON INSERT TO post DO ALSO SELECT * FROM staff_member"),
    (functions_of_their_owner, "CREATE FUNCTION planted() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"),
    (powers_of_the_application, f"ALTER ROLE {APPLICATION} BYPASSRLS"),
    (powers_of_the_application, f"ALTER ROLE {APPLICATION} SUPERUSER"),
    (powers_of_the_application, f"GRANT pg_read_all_data TO {APPLICATION}"),
    (powers_of_the_application, f"ALTER TABLE receipt OWNER TO {APPLICATION}"),
    (powers_of_the_application, f"GRANT TRUNCATE ON post TO {APPLICATION}"),
    (powers_of_the_application, "GRANT SELECT ON post TO PUBLIC"),
)  # fmt: skip
"""A check, and a fault that it must find."""


@pytest.fixture(scope="module")
def migrated(postgres: str) -> Iterator[str]:
    """A migrated, empty database on PostgreSQL."""
    made = fresh_postgres(postgres)
    yield made
    drop(made)


@contextmanager
def asking(url: str, fault: str = "") -> Iterator[Asking]:
    """Ask the catalogue, with a fault planted that nobody else ever sees."""
    with psycopg.connect(address_of_owner(url)) as connection:
        if fault:
            connection.execute(fault.encode())
        yield lambda sql: connection.execute(sql.encode()).fetchall()
        connection.rollback()


@pytest.mark.parametrize("check", CHECKS, ids=lambda each: each.__name__)
def test_the_catalogue_shows_no_way_through_the_wall(migrated: str, check: Callable[[Asking], set[str]]) -> None:
    with asking(migrated) as ask:
        assert check(ask) == set()


@pytest.mark.parametrize(("check", "fault"), FAULTS, ids=lambda each: getattr(each, "__name__", "planted"))
def test_a_fault_in_the_wall_is_found(migrated: str, check: Callable[[Asking], set[str]], fault: str) -> None:
    with asking(migrated, fault) as ask:
        assert check(ask)
        if fault.startswith(WALLED):
            assert not tables_without_a_wall(ask) | tables_without_a_policy(ask) | tables_without_a_practice(ask)


def test_every_check_is_shown_to_bite_and_sees_every_table(migrated: str) -> None:
    assert {check for check, _ in FAULTS} == set(CHECKS)
    for table in TABLES:
        with asking(migrated, f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY") as ask:
            assert tables_without_a_wall(ask) == {table}
        with asking(migrated, f"DROP POLICY one_practice ON {table}") as ask:
            assert table in tables_without_a_policy(ask)


def test_a_view_that_reads_as_whoever_asks_is_no_fault(migrated: str) -> None:
    with asking(migrated, "CREATE VIEW planted WITH (security_invoker=true) AS SELECT * FROM post") as ask:
        assert views_of_their_owner(ask) == set()


# The rows themselves


def counted(url: str, practice: str | None) -> dict[str, dict[str, int]]:
    """How many rows of which practices the application sees, table by table, working at this practice."""
    found: dict[str, dict[str, int]] = {}
    with psycopg.connect(url) as connection:
        if practice is not None:
            connection.execute("SELECT set_config('charter.practice', %s, true)", (practice,))
        for table in TABLES:
            sql = f"SELECT practice, count(*) FROM {table} GROUP BY practice"  # noqa: S608 - a table of ours
            found[table] = dict(connection.execute(sql.encode()).fetchall())
    return found


@on_postgres
def test_of_every_table_a_practice_sees_its_own_rows_and_without_one_there_are_none(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Post, "sensitive", True)  # so that it is written down who was shown one
    codes = set(PRACTICES.values())
    for code in codes:
        begin_one_of_each(house, code)
        posted(house, practice=code)
        for person in ("goldilocks", "rapunzel"):
            house.drafted(person, practice=code, headers={"Idempotency-Key": f"{person}'s"})
        house.reads("hansel", "/v1/posts", practice=code)
        assert house.ask("website", "GET", "/v1/practices", practice=code).status_code == 200
        Stranger(house, practice=code).answers()
    kept = {
        table: dict(as_owner(house.database, f"SELECT practice, count(*) FROM {table} GROUP BY practice"))  # noqa: S608 - as above
        for table in TABLES
    }
    for table, rows in kept.items():
        assert rows.keys() >= codes, f"nothing in {table} could be seen"
    for code in codes:
        assert counted(house.database, code) == {table: {code: rows[code]} for table, rows in kept.items()}
    for nowhere in (None, "", "ZZ9999", "%"):
        assert counted(house.database, nowhere) == {table: {} for table in TABLES}
    everywhere = counted(house.database, INSTALLATION)
    assert everywhere.pop("practice") == dict.fromkeys(codes, 1)
    assert {code for rows in everywhere.values() for code in rows} <= {INSTALLATION}


# What is set for one request is gone with it


def left_behind(house: House) -> set[str]:
    """What pooled connections still say after their last transaction."""

    async def look() -> set[str]:
        pool = house.store.pool.pool
        held = [await pool.acquire() for _ in range(pool.get_max_size())]  # none is busy elsewhere
        found = {await each.fetchval("SELECT current_setting('charter.practice', true)") for each in held}
        for each in held:
            await pool.release(each)
        return {each for each in found if each}

    found: set[str] = house.client.portal.call(look)  # type: ignore[union-attr]  # the client is entered
    return found


@on_postgres
def test_nothing_of_a_request_stays_on_its_connection(house: House) -> None:
    """The practice ends with the transaction, whether that read, wrote, was refused or broke."""
    post = house.drafted()
    house.does("goldilocks", "submit", post)
    house.does("cinderella", "approve", post)
    house.does("goldilocks", "submit", post)
    house.reads("hansel", "/v1/audit-entries")
    house.ask("hansel", "GET", "/v1/events")
    assert left_behind(house) == set()


@on_postgres
def test_a_practice_that_stays_on_a_connection_is_found(house: House) -> None:
    async def leak() -> None:
        async with house.store.pool.pool.acquire() as connection:
            await connection.execute("SET charter.practice = 'ZZ0002'")

    house.client.portal.call(leak)  # type: ignore[union-attr]  # the client is entered
    assert left_behind(house) == {"ZZ0002"}
