"""The tables: made step by step, the same as the models say, and guarded by the database itself."""

import ast
import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, inspect, make_url
from sqlmodel import SQLModel

from models import migrations
from models.ledger import AccessEntry, AuditEntry
from models.migrations.audit_trail import REFUSAL
from models.migrations.tenancy import APPLICATION
from service.database import HEAD, migrate
from service.settings import SQLITE
from service.store.statements import table_of
from tests.databases import as_owner, drop, empty_postgres, empty_sqlite, fresh_postgres
from workflows.registry import ALL

TABLES = set(SQLModel.metadata.tables)
ENTRY = (
    "INSERT INTO audit_entry (practice, id, kind, record_id, version, at, actor, roles, transition, target, request_id,"
    " commitment, key_id, seal, salt, said) VALUES ('ZZ0001', '{0}', 'post', '{0}', 1, '2026-03-02 12:00:00.000000',"
    " 'rapunzel', '[]', 'write', 'draft', '{0}', 'c', 'k', 's', 'salt', 'said')"
)
PRACTICE = (
    "INSERT INTO practice (practice, id, state, version, created_at, name, contacts, seal) VALUES"
    " ('{}', gen_random_uuid(), 'open', 1, now(), 'Beanstalk Surgery', '{{}}', 's')"
)
SHOWING = (
    "INSERT INTO access_entry (practice, id, at, actor, roles, kind, records, request_id, key_id, seal) VALUES ('ZZ0001',"
    " '{0}', '2026-03-02 12:00:00.000000', 'rapunzel', '[]', 'post', '[]', '{0}', 'k', 's')"
)
TRAIL = {"audit_entry": ENTRY, "access_entry": SHOWING}
"""What is never rewritten: a table, and what goes into it."""
PROCESSES = 4
SOMEBODY = "01900000000070008000000000000000"


@pytest.fixture(params=["sqlite", "postgres"])
def unmade(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind without any tables, for whoever may make them."""
    made = empty_sqlite(tmp_path) if request.param == "sqlite" else empty_postgres(request.getfixturevalue("postgres"))
    yield made
    drop(made)


@pytest.fixture
def on_postgres(postgres: str) -> Iterator[str]:
    """A migrated, empty database on PostgreSQL, as the application sees it."""
    made = fresh_postgres(postgres)
    yield made
    drop(made)


def looking_into(url: str) -> Connection:
    """A connection that may look at every table."""
    driver = "sqlite" if url.startswith(SQLITE) else "postgresql+psycopg"
    return create_engine(make_url(url).set(drivername=driver), poolclass=NullPool).connect()


def tables_in(url: str) -> set[str]:
    with looking_into(url) as connection:
        return set(inspect(connection).get_table_names())


def as_application(url: str, *statements: str) -> list[Any]:
    """What the last of these statements brings back, in one transaction of the application's role."""
    with psycopg.connect(url) as connection:
        for statement in statements:
            found = connection.execute(statement.encode())
        return found.fetchall() if found.description else []


def at(practice: str) -> str:
    return f"SELECT set_config('charter.practice', '{practice}', true)"


def test_a_migration_makes_every_table(unmade: str) -> None:
    migrate(unmade)
    assert tables_in(unmade) == {*TABLES, "alembic_version"}
    assert {"practice", "staff_member", "policy", "post", "audit_entry", "access_entry", "event", "receipt"} <= TABLES
    assert as_owner(unmade, "SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_a_migration_run_again_changes_nothing(unmade: str) -> None:
    migrate(unmade)
    as_owner(unmade, ENTRY.format(SOMEBODY))
    before = as_owner(unmade, "SELECT * FROM audit_entry")
    migrate(unmade)

    assert as_owner(unmade, "SELECT * FROM audit_entry") == before
    assert len(before) == 1


def wait_for_all(started: Barrier) -> None:
    """Begin together with the other processes."""
    started.wait(timeout=60)


def test_of_many_that_migrate_at_once_all_find_the_tables_made(unmade: str) -> None:
    processes = get_context("forkserver")
    processes.set_forkserver_preload([__name__])  # so that they begin at once, and not each after its own imports
    started = processes.Barrier(PROCESSES)
    with ProcessPoolExecutor(PROCESSES, processes, initializer=wait_for_all, initargs=(started,)) as crowd:
        list(crowd.map(migrate, [unmade] * PROCESSES))
    assert tables_in(unmade) == {*TABLES, "alembic_version"}
    assert as_owner(unmade, "SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_a_migration_that_fails_leaves_nothing(unmade: str) -> None:
    as_owner(unmade, "CREATE TABLE receipt (id integer)")
    with pytest.raises(Exception, match="receipt"):
        migrate(unmade)
    assert tables_in(unmade) == {"receipt"}


def test_the_models_are_what_the_migrations_made(unmade: str) -> None:
    migrate(unmade)
    with looking_into(unmade) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_partial_indexes_are_what_the_models_say(unmade: str) -> None:
    """Alembic compares an index's columns, and not its condition."""
    migrate(unmade)
    if unmade.startswith(SQLITE):
        made = as_owner(unmade, "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '%WHERE%'")
    else:
        made = as_owner(unmade, "SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '%WHERE%'")
    dialect = "sqlite" if unmade.startswith(SQLITE) else "postgresql"
    declared = {
        str(index.name): str(index.dialect_options[dialect]["where"])
        for table in SQLModel.metadata.tables.values()
        for index in table.indexes
        if index.dialect_options[dialect]["where"] is not None
    }
    assert {name: words_in(sql.partition("WHERE")[2]) for name, sql in made} == {
        name: words_in(condition) for name, condition in declared.items()
    }
    assert "one_active_policy" in declared


def words_in(condition: str) -> set[str]:
    return set(re.findall(r"'\w+'", condition))


def test_the_newest_step_is_the_one_that_is_expected() -> None:
    steps = ScriptDirectory.from_config(migrations.configuration())
    assert steps.get_heads() == [HEAD]


def test_a_step_only_adds_so_that_the_release_before_goes_on_working() -> None:
    """While one release takes the place of another, both work on the same tables."""
    for step in sorted(Path(migrations.__path__[0]).glob("versions/*.py"))[1:]:
        assert taken_away_by(step.read_text(encoding="utf-8")) == [], step.name


@pytest.mark.parametrize(
    ("step", "taken_away"),
    [
        ("op.drop_column('post', 'text')", ["drop_column"]),
        ("op.alter_column('post', 'text', new_column_name='words')", ["alter_column"]),
        ("op.add_column('post', sa.Column('tone', sa.Text(), nullable=False))", ["tone"]),
        ("op.execute('ALTER TABLE post DROP COLUMN text')", ["ALTER TABLE post DROP COLUMN text"]),
        ("op.add_column('post', sa.Column('tone', sa.Text(), nullable=False, server_default=''))", []),
        ("op.add_column('post', sa.Column('tone', sa.Text()))", []),
        ("op.create_table('tone', sa.Column('id', sa.Uuid(), nullable=False))", []),
    ],
)
def test_a_step_that_takes_something_away_is_found(step: str, taken_away: list[str]) -> None:
    assert taken_away_by(step) == taken_away


def taken_away_by(source: str) -> list[str]:
    """What the release before would miss: a column that is gone, renamed, or has to be filled in."""
    calls = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call)]
    gone = [ast.unparse(each.func).removeprefix("op.") for each in calls]
    gone = [each for each in gone if each.startswith(("drop_", "alter_", "rename_"))]
    told = [
        each.args[0].value
        for each in calls
        if ast.unparse(each.func) == "op.execute" and isinstance(each.args[0], ast.Constant)
    ]
    rewritten = [each for each in told if re.search(r"\b(DROP|RENAME|SET NOT NULL)\b", str(each))]
    return (
        gone
        + [str(each) for each in rewritten]
        + [name for each in calls if ast.unparse(each.func) == "op.add_column" for name in demanded(each)]
    )


def demanded(added: ast.Call) -> Iterator[str]:
    """The column, if whoever knows nothing of it could not write a row any more."""
    column = added.args[1]
    assert isinstance(column, ast.Call)
    given = {each.arg: ast.unparse(each.value) for each in column.keywords}
    if given.get("nullable") == "False" and "server_default" not in given:
        yield str(ast.literal_eval(column.args[0]))


def test_a_database_that_a_later_release_has_migrated_is_left_as_it_is(unmade: str) -> None:
    migrate(unmade)
    as_owner(unmade, "UPDATE alembic_version SET version_num = '9999'")
    migrate(unmade)
    assert as_owner(unmade, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_migration_never_imports_the_models() -> None:
    imports = re.compile(r"^(?:from|import) (?:models(?!\.migrations)|workflows|service|api)\b", re.MULTILINE)
    steps = list(Path(migrations.__path__[0]).rglob("*.py"))
    assert len(steps) > 4
    assert not [step.name for step in steps if imports.search(step.read_text())]


def test_every_table_of_a_practice_is_protected(on_postgres: str) -> None:
    """A table that names a practice shows it nobody else's rows."""
    found = as_owner(
        on_postgres,
        """
        SELECT relname, relrowsecurity, relforcerowsecurity,
            (SELECT count(*) FROM pg_policies WHERE tablename = relname AND policyname = 'one_practice' AND cmd = 'ALL'
                AND permissive = 'PERMISSIVE' AND roles = '{public}' AND qual = with_check
                AND qual LIKE '%%practice%% = current_setting(''charter.practice''::text, true)%%'),
            (SELECT count(*) FROM pg_policies WHERE tablename = relname)
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'practice'
        WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
        """.replace("%%", "%"),
    )
    assert {name: guards for name, *guards in found} == {
        table: [True, True, 1, 2 if table == "practice" else 1] for table in TABLES
    }


def test_nothing_passes_the_wall_by_another_name(on_postgres: str) -> None:
    """Views and functions that run as their owner would show every practice's rows."""
    views = "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
    assert as_owner(on_postgres, views) == []
    assert as_owner(on_postgres, "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace > 16383") == []
    assert as_owner(
        on_postgres, "SELECT rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = ?", APPLICATION
    ) == [(False, False, False)]


def test_the_application_may_do_what_it_needs_and_no_more(on_postgres: str) -> None:
    granted = as_owner(
        on_postgres,
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = ?",
        APPLICATION,
    )
    records = {str(table_of(each.kind).name): {"UPDATE"} if each.transitions else set() for each in ALL}
    may = {table: {act for name, act in granted if name == table} for table in {*TABLES, "alembic_version"}}

    assert may == {
        **{table: {"SELECT", "INSERT", *changed} for table, changed in records.items()},
        **{table: {"SELECT", "INSERT", "DELETE"} for table in ("event", "receipt", "file_part")},
        **{table: {"SELECT", "INSERT"} for table in TRAIL},
        "page_draft": {"SELECT", "INSERT", "UPDATE", "DELETE"},
        "budget": {"SELECT", "INSERT", "UPDATE", "DELETE"},
        "record_key": {"SELECT", "INSERT", "UPDATE", "DELETE"},
        "alembic_version": {"SELECT"},
    }


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE audit_entry SET said = NULL",
        "UPDATE access_entry SET seal = NULL",
        *(f"{cut} {table}" for table in TRAIL for cut in ("DELETE FROM", "TRUNCATE")),
    ],
)
def test_the_application_cannot_touch_what_the_audit_trail_says(on_postgres: str, act: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_application(on_postgres, at("ZZ0001"), act)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        *(("audit_entry", column) for column in AuditEntry.model_fields),
        *(("access_entry", column) for column in AccessEntry.model_fields),
    ],
)
def test_the_audit_trail_is_never_rewritten(database: str, table: str, column: str) -> None:
    """Whoever asks: what was said, and the salt that it was committed with, can be erased and not replaced."""
    as_owner(database, TRAIL[table].format(SOMEBODY))
    before = as_owner(database, f"SELECT * FROM {table}")  # noqa: S608 - a table of ours
    other = {"version": "2", "at": "'2026-03-02 13:00:00.000000'"}.get(column, f"'{SOMEBODY[:-1]}1'")
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.RestrictViolation), match=REFUSAL):
        as_owner(database, f"UPDATE {table} SET {column} = {other}")  # noqa: S608 - a column of ours
    assert as_owner(database, f"SELECT * FROM {table}") == before  # noqa: S608 - as above


@pytest.mark.parametrize("table", TRAIL)
def test_the_audit_trail_is_never_cut(database: str, table: str) -> None:
    as_owner(database, TRAIL[table].format(SOMEBODY))
    acts = [f"DELETE FROM {table}"] + ([] if database.startswith(SQLITE) else [f"TRUNCATE {table}"])  # noqa: S608 - a table of ours
    for act in acts:
        with pytest.raises((sqlite3.IntegrityError, psycopg.errors.RestrictViolation), match=REFUSAL):
            as_owner(database, act)
    assert as_owner(database, f"SELECT count(*) FROM {table}") == [(1,)]  # noqa: S608 - as above


def test_what_stands_beside_the_chain_can_be_erased(database: str) -> None:
    """A lawful erasure takes what was said and its salt, and leaves the chain."""
    as_owner(database, ENTRY.format(SOMEBODY))
    as_owner(database, "UPDATE audit_entry SET said = NULL, salt = NULL")
    as_owner(database, "UPDATE audit_entry SET said = NULL, seal = seal")
    assert as_owner(database, "SELECT said, salt, seal FROM audit_entry") == [(None, None, "s")]


def test_without_a_practice_the_application_sees_nothing(on_postgres: str) -> None:
    """A statement that forgets to say whose rows it means gets none."""
    as_owner(on_postgres, PRACTICE.format("ZZ0001"))
    as_owner(on_postgres, ENTRY.format(SOMEBODY))
    for table in TABLES:
        assert as_application(on_postgres, f"SELECT 1 FROM {table}") == []  # noqa: S608 - a table of ours
    with psycopg.connect(on_postgres) as connection:
        connection.execute(at("ZZ0001").encode())
        assert connection.execute("SELECT count(*) FROM audit_entry").fetchone() == (1,)
        connection.commit()
        assert connection.execute("SELECT count(*) FROM audit_entry").fetchone() == (0,)


def test_a_practice_sees_and_takes_its_own_rows_alone(on_postgres: str) -> None:
    """Whatever a statement asks for, and whatever it tries to write."""
    for code in ("ZZ0001", "ZZ0002"):
        as_owner(on_postgres, PRACTICE.format(code))
    assert as_application(on_postgres, at("ZZ0001"), "SELECT practice FROM practice") == [("ZZ0001",)]
    assert as_application(on_postgres, at("ZZ0001"), "UPDATE practice SET version = 2 RETURNING practice") == [
        ("ZZ0001",)
    ]
    for trespass in (PRACTICE.format("ZZ0003"), "UPDATE practice SET practice = 'ZZ0003'", ENTRY.format(SOMEBODY)):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            as_application(on_postgres, at("ZZ0009") if "audit" in trespass else at("ZZ0001"), trespass)


def test_the_installation_sees_which_practices_there_are_and_changes_none(on_postgres: str) -> None:
    """The clock goes round the practices, and then works at one of them."""
    for code in ("ZZ0001", "ZZ0002"):
        as_owner(on_postgres, PRACTICE.format(code))
    as_owner(on_postgres, ENTRY.format(SOMEBODY))
    everywhere = at("INSTALLATION")

    assert as_application(on_postgres, everywhere, "SELECT practice FROM practice ORDER BY practice") == [
        ("ZZ0001",),
        ("ZZ0002",),
    ]
    assert as_application(on_postgres, everywhere, "UPDATE practice SET version = 2 RETURNING practice") == []
    assert as_application(on_postgres, everywhere, "SELECT practice FROM audit_entry") == []


def test_the_place_of_a_forgotten_event_is_never_taken_again(database: str) -> None:
    """What comes later stands later, though the newest event was purged."""
    event = (
        "INSERT INTO event (practice, id, type, record_id, version, state, audiences, at)"
        " VALUES ('ZZ0001', ?, 'post.write', ?, 1, 'draft', '[]', '2026-03-02 12:00:00.000000')"
    )
    as_owner(database, event, SOMEBODY, SOMEBODY)
    ((before,),) = as_owner(database, "SELECT position FROM event")
    as_owner(database, "DELETE FROM event")
    as_owner(database, event, SOMEBODY, SOMEBODY)
    ((after,),) = as_owner(database, "SELECT position FROM event")
    assert after > before
