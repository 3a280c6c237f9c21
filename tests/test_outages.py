"""The database frozen, locked, or out of room under load: the process lives, answers are bounded, and all heals by itself."""

import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.settings import SQLITE
from tests.commands import run
from tests.crowd import Crowd, at_work, furnish_for
from tests.databases import fresh_postgres, fresh_sqlite, locked
from tests.endurance import DEADLINE, RECOVERS_WITHIN, assert_kept_its_word, report, sit_out
from tests.frail_postgres import FrailPostgres, frail_postgres
from tests.served import ENDED, served

ROOM = 3_000_000  # bytes beyond what the file has


@contextmanager
def frozen(server: FrailPostgres) -> Iterator[None]:
    """Every process of the server stands still, and its own time limits with it."""
    server.freeze()
    try:
        yield
    finally:
        server.thaw()


def test_a_frozen_postgresql_is_sat_out(tmp_path: Path) -> None:
    with frail_postgres() as server:
        database = fresh_postgres(server.address)
        furnish_for(database, tmp_path / "data")
        with served(tmp_path / "served", database, database_deadline=DEADLINE) as service:
            crowd = sit_out(service, frozen(server), "PostgreSQL frozen")
            assert service.stop() == ENDED
        assert_kept_its_word(database, tmp_path / "data", crowd)


def test_a_service_can_end_while_its_database_is_frozen(tmp_path: Path) -> None:
    with frail_postgres() as server:
        database = fresh_postgres(server.address)
        furnish_for(database, tmp_path / "data")
        with served(tmp_path / "served", database, database_deadline=0.5) as service, frozen(server):
            assert service.look("/readyz") == 503
            assert service.look("/livez") == 200
            assert service.stop() == ENDED


def test_a_locked_database_is_sat_out(database: str, tmp_path: Path) -> None:
    """On PostgreSQL a table that nobody else may touch; on SQLite the file, which nobody else may write to."""
    furnish_for(database, tmp_path / "data")
    kind = "SQLite" if database.startswith(SQLITE) else "A table of PostgreSQL"
    with served(tmp_path / "served", database, database_deadline=DEADLINE) as service:
        crowd = sit_out(service, locked(database), f"{kind} locked")
        assert service.stop() == ENDED
    assert_kept_its_word(database, tmp_path / "data", crowd)


def test_a_full_disk_is_sat_out(tmp_path: Path) -> None:
    """No file of the service may grow any further, as when the disk is full; then somebody makes room."""
    database = fresh_sqlite(tmp_path)
    furnish_for(database, tmp_path / "data")
    with served(tmp_path / "served", database, largest_file=ROOM) as service:
        with at_work(Crowd(service.port, service.issuer), 8) as crowd:
            until_refused(crowd)
            told, refused = len(crowd.acknowledged), crowd.statuses[503]
            assert service.look("/livez") == 200
            assert service.look("/readyz") == 200  # what is there can be read
            service.allow_files_of(resource.RLIM_INFINITY)
            recovered = crowd.wait_for_more(50, RECOVERS_WITHIN)
        assert service.stop() == ENDED
    report(
        f"SQLite out of room: {told} acknowledged, then {refused} x 503 until there was room, and 50 more acknowledged "
        f"{recovered:.2f} s later"
    )
    assert set(crowd.statuses) <= {200, 201, 503}
    assert (crowd.lost, crowd.without_retry_after, crowd.refusals) == (0, 0, [])
    assert_kept_its_word(database, tmp_path / "data", crowd)


def until_refused(crowd: Crowd) -> None:
    """Fill the disk."""
    crowd.wait_until(lambda: crowd.statuses[503] >= 20, 60)


def test_a_service_whose_database_does_not_answer_says_so_and_ends(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever runs it starts it again."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setenv("CHARTER_DATABASE", f"postgresql://charter@127.0.0.1:{port}/charter?sslmode=disable")
        monkeypatch.setenv("CHARTER_DATABASE_DEADLINE", "0.3")
        monkeypatch.setenv("CHARTER_DATA_FOLDER", str(tmp_path))
        ended = run("serve")
    assert ended.exit_code == 1
    assert "The database can't be reached" in ended.stderr
