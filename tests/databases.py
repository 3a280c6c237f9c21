"""Fresh databases for the tests: migrated once in each process, then copied, because a copy is quicker than a migration."""

import functools
import secrets
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import make_url

from models.migrations.tenancy import APPLICATION
from service.database import migrate
from service.settings import SQLITE

LONGEST_TO_SETTLE = 60.0  # seconds

_servers: dict[str, str] = {}
"""For each database on a server, by the address that a test was given: the server's address, as its superuser."""

_logins: dict[str, tuple[str, str]] = {}
"""For each server: the name and the password that this process made for the application."""


def fresh_sqlite(folder: Path) -> str:
    """The address of a migrated, empty SQLite database in this folder."""
    address = empty_sqlite(folder)
    Path(address.removeprefix(SQLITE)).write_bytes(_migrated_file())
    return address


def fresh_postgres(server_url: str) -> str:
    """The address of a migrated, empty database on a PostgreSQL server, for a login that is all that it should be.

    `server_url` is a superuser's address of the server.
    """
    address = empty_postgres(server_url, f"TEMPLATE {_template(server_url)} STRATEGY file_copy")
    login, password = _login(server_url)
    as_application = _at(address, username=login, password=password)
    _servers[as_application] = _servers.pop(address)
    return as_application


def empty_sqlite(folder: Path) -> str:
    """The address of a SQLite database that is not there yet."""
    return f"{SQLITE}{folder / _new_name()}.db"


def empty_postgres(server_url: str, made_from: str = "") -> str:
    """The address of a new database on a PostgreSQL server, as its superuser; without any tables, unless a copy."""
    name = _new_name()
    _tell(server_url, f"CREATE DATABASE {name} {made_from}")
    address = _at(server_url, database=name)
    _servers[address] = server_url
    return address


def copy_of(url: str, folder: Path) -> str:
    """The address of a copy of a database that nobody is connected to; SQLite's is kept in this folder."""
    if url.startswith(SQLITE):
        address = empty_sqlite(folder)
        with closing(sqlite3.connect(url.removeprefix(SQLITE))) as connection:
            connection.execute("VACUUM INTO ?", (address.removeprefix(SQLITE),))
        return address
    address = empty_postgres(_servers[url], f"TEMPLATE {make_url(url).database} STRATEGY file_copy")
    return as_seen_by(url, address)


def as_owner(url: str, sql: str, *args: Any) -> list[tuple[Any, ...]]:
    """What a statement brings back when it is asked behind the application's back.

    A question mark stands for each argument. On PostgreSQL this is a superuser, whom row-level security does not stop.
    """
    if url.startswith(SQLITE):
        with closing(sqlite3.connect(url.removeprefix(SQLITE))) as connection, connection:
            return connection.execute(sql, [each.hex if isinstance(each, UUID) else each for each in args]).fetchall()
    return _tell(address_of_owner(url), sql.replace("?", "%s"), *args)


def address_of_owner(url: str) -> str:
    """The same database, for whoever may do anything in it: on PostgreSQL, a superuser."""
    return url if url.startswith(SQLITE) else _at(_servers[url], database=make_url(url).database)


def as_seen_by(url: str, made: str) -> str:
    """The address of a database that was just made, for the login that sees the one at `url`."""
    address = _at(url, database=make_url(made).database)
    _servers[address] = _servers.pop(made)
    return address


@contextmanager
def locked(url: str, table: str = "post") -> Iterator[None]:
    """Somebody holds a table, which nobody else can even read; on SQLite the file, which nobody else can write to."""
    if url.startswith(SQLITE):
        with closing(sqlite3.connect(url.removeprefix(SQLITE), isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
    else:
        with psycopg.connect(address_of_owner(url)) as connection:
            connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE".encode())
            yield


def settle(url: str) -> None:
    """Wait until every transaction that is open now has ended, whichever database of the server it is in.

    Events wait for those on PostgreSQL, and other tests may be at work in other databases. Raises TimeoutError.
    """
    if url.startswith(SQLITE):
        return
    ((mark,),) = as_owner(url, "SELECT pg_current_xact_id()::text::bigint")
    deadline = time.monotonic() + LONGEST_TO_SETTLE
    while as_owner(url, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > ?", mark) != [(True,)]:
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.01)


def drop(url: str) -> None:
    """Remove a database, whoever is still connected to it."""
    if url.startswith(SQLITE):
        path = Path(url.removeprefix(SQLITE))
        for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            each.unlink(missing_ok=True)
    else:
        _tell(_servers.pop(url), f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


def forget(server_url: str) -> None:
    """Forget everything that was made on a server, which is going away with it."""
    for url in [each for each, server in _servers.items() if server == server_url]:
        del _servers[url]
    _logins.pop(server_url, None)


def pytest_sessionfinish() -> None:
    """Remove what is left on a server, which may live longer than the run."""
    for url in list(_servers):
        drop(url)
    while _logins:
        server_url, (login, _) = _logins.popitem()
        _tell(server_url, f"DROP ROLE {login}")


@functools.cache
def _migrated_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        migrate(f"{SQLITE}{path}")
        return path.read_bytes()


@functools.cache
def _template(server_url: str) -> str:
    address = empty_postgres(server_url)
    migrate(address)
    name = make_url(address).database
    assert name
    return name


def _login(server_url: str) -> tuple[str, str]:
    if server_url not in _logins:
        login, password = _new_name(), secrets.token_hex(16)
        _tell(server_url, f"CREATE ROLE {login} LOGIN PASSWORD '{password}' IN ROLE {APPLICATION}")
        _logins[server_url] = login, password
    return _logins[server_url]


def _tell(server_url: str, sql: str, *args: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(server_url, autocommit=True) as connection:
        asked = connection.execute(sql.encode(), args or None)
        return asked.fetchall() if asked.description else []


def _at(url: str, **parts: Any) -> str:
    return make_url(url).set(**parts).render_as_string(hide_password=False)


def _new_name() -> str:
    return f"charter_{secrets.token_hex(8)}"
