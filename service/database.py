"""Which store a database address means, how its tables are brought up to date, and when it is not safe to begin."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, cast

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url

from models import migrations
from models.evidence import Evidence
from service.settings import SQLITE, Settings
from service.store import Store
from service.store.folder import FilesInFolder
from service.store.postgres import PostgresStore
from service.store.sqlite import SQLiteStore, connect
from service.store.turns import Patience
from service.vault import Vault
from workflows.registry import ALL

KINDS: Final = [workflow.kind for workflow in ALL]
"""Every kind of record that there is a place for."""

HEAD: Final = migrations.HEAD
"""The migration that this release expects a database to be at, or beyond: steps only add, so that while one release takes
the place of another both of them work."""

MIGRATING: Final = 0x0C4A_97E2
"""The number by which PostgreSQL knows that somebody is migrating."""

LONGEST_MIGRATION: Final = 60_000
"""How long a migration waits for whoever is at the database: another migration, or somebody's transaction (in milliseconds)."""

REACHED_WITHIN: Final = 10
"""How many seconds the server may take to let a migration in."""


class SchemaBehind(Exception):
    """The database's tables are not those of this release. Run `charter migrate`, with a role that may change tables."""

    def __init__(self) -> None:
        super().__init__(SchemaBehind.__doc__)


class UnsafeDatabaseRole(Exception):
    """This database role passes row-level security. Connect as a member of charter_app that has no other rights."""

    def __init__(self) -> None:
        super().__init__(UnsafeDatabaseRole.__doc__)


async def open_store(settings: Settings) -> Store:
    """The store that the settings mean. Only the embedded database is brought up to date by itself.

    Raises `SettingsRefused`, `SchemaBehind`, `UnsafeDatabaseRole`, and `service.store.Unavailable` when the database cannot
    be reached.
    """
    vault = Vault(settings.key_ring())
    if settings.embedded_database:
        settings.make_data_folder()
        await asyncio.to_thread(migrate, settings)
    return with_folder(await _database(settings, vault), settings.file_folder)


def with_folder(store: Store, folder: Path) -> Store:
    """The store, with files in a folder if there is one for them."""
    return store if folder == Path() else cast(Store, FilesInFolder(store, folder, [Evidence]))


async def _database(settings: Settings, vault: Vault) -> Store:
    address, patience = settings.database_address, Patience(settings.database_deadline, settings.database_waiting)
    if address.startswith(SQLITE):
        return await _checked(SQLiteStore(Path(address.removeprefix(SQLITE)), KINDS, vault, patience))
    return await _checked(await PostgresStore.open(address, KINDS, settings.pool_size, vault, patience))


def up_to_date(revision: str) -> bool:
    """Whether a database at this migration has all the tables that this release needs."""
    return revision >= HEAD


async def _checked(store: SQLiteStore | PostgresStore) -> Store:
    try:
        if isinstance(store, PostgresStore) and await store.passes_row_level_security():
            raise UnsafeDatabaseRole
        if not up_to_date(await store.revision()):
            raise SchemaBehind
    except BaseException:
        await store.close()
        raise
    return store


def migrate(where: Settings | str) -> None:
    """Bring a database up to date: all of it or nothing, once, whoever else is at it in this moment.

    On PostgreSQL the address is that of a role that may make tables, and once the role `charter_app`.
    """
    address = where if isinstance(where, str) else where.database_address
    with _alone(address) as connection:
        migrations.upgrade(connection)


@contextmanager
def _alone(address: str) -> Iterator[Connection]:
    """One transaction in which nobody else migrates this database."""
    if address.startswith(SQLITE):
        path = Path(address.removeprefix(SQLITE))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _file(path).begin() as connection:
            yield connection
    else:
        with _server(address).begin() as connection:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LONGEST_MIGRATION}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATING})")
            yield connection


def _file(path: Path) -> Engine:
    engine = create_engine("sqlite://", creator=lambda: connect(path), poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def _take_the_file(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={LONGEST_MIGRATION}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _server(address: str) -> Engine:
    driver = make_url(address).set(drivername="postgresql+psycopg")
    return create_engine(driver, poolclass=NullPool, connect_args={"connect_timeout": REACHED_WITHIN})
