"""A copy made while the service works can be restored: every record, and a trail that verifies."""

import os
import shutil
import sqlite3
import stat
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url
from typer.testing import CliRunner

from service.cli import charter
from service.settings import SQLITE
from tests.databases import address_of_owner, as_seen_by, drop, empty_postgres
from tests.files import png
from tests.house import House, house_over
from tests.ledger import assert_ledgers_agree
from tests.postgres import program, server


def run(*arguments: str, database: str) -> Any:
    """What the command says of this database."""
    return CliRunner().invoke(charter, arguments, env={"CHARTER_DATABASE": database})


@pytest.fixture
def restored(house: House, tmp_path: Path) -> Iterator[tuple[House, list[str]]]:
    """A house over what was restored from a copy that was made amid drafts, and what had been acknowledged before it."""
    before = [house.drafted().json()["id"] for _ in range(5)]
    stop = threading.Event()
    writing = threading.Thread(target=keep_drafting, args=(house, stop))
    writing.start()
    try:
        copy = on_sqlite(house, tmp_path) if house.database.startswith(SQLITE) else on_postgres(house, tmp_path)
    finally:
        stop.set()
        writing.join()
    with house_over(copy, tmp_path / "restored", house.clock) as other:
        yield other, before
    if not copy.startswith(SQLITE):
        drop(copy)


def keep_drafting(house: House, stop: threading.Event) -> None:
    """Work goes on."""
    while not stop.is_set():
        house.drafted()


def on_sqlite(house: House, folder: Path) -> str:
    """`charter backup`, and the file put where another installation looks."""
    copied = run("backup", str(folder / "copy.db"), database=house.database)
    assert copied.exit_code == 0, copied.output
    assert stat.S_IMODE((folder / "copy.db").stat().st_mode) == 0o600
    return f"{SQLITE}{folder / 'copy.db'}"


def on_postgres(house: House, folder: Path) -> str:
    """`pg_dump` and `pg_restore`, as a role that sees every practice's rows."""
    dump = folder / "copy.dump"
    source = address_of_owner(house.database)
    empty = empty_postgres(server())
    with dump.open("wb") as written:
        told(program("pg_dump"), "--format=custom", f"--dbname={source}", stdout=written)
    with dump.open("rb") as read:
        told(program("pg_restore"), "--exit-on-error", f"--dbname={empty}", stdin=read)
    return as_seen_by(house.database, empty)


def told(*command: Any, **streams: Any) -> None:
    """Run a program of PostgreSQL."""
    subprocess.run(command, check=True, cwd="/", **streams)  # noqa: S603 - a program of the tests' own server


def test_what_is_restored_has_every_acknowledged_record_and_a_trail_that_verifies(
    restored: tuple[House, list[str]],
) -> None:
    house, before = restored
    assert_ledgers_agree(house)
    assert {house.reads("hansel", f"/v1/posts/{each}")["state"] for each in before} == {"draft"}
    assert house.drafted().status_code == 201


def test_a_copy_never_takes_the_place_of_a_file(tmp_path: Path, house: House) -> None:
    kept = tmp_path / "kept.db"
    kept.write_text("once upon a time")
    refused = run("backup", str(kept), database=house.database)
    assert refused.exit_code == 1
    assert kept.read_text() == "once upon a time"


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "source.db"
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("CREATE TABLE tale (words TEXT)")
    damage(source)
    refused = run("backup", str(tmp_path / "copy.db"), database=f"{SQLITE}{source}")
    assert refused.exit_code == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["source.db"]
    assert run("backup", str(tmp_path / "copy.db"), database=f"{SQLITE}{tmp_path / 'nowhere.db'}").exit_code == 1


def damage(file: Path) -> None:
    """Overwrite the file's beginning."""
    with file.open("r+b") as written:
        written.write(os.urandom(200))


def test_postgres_is_copied_by_its_own_program(house: House, tmp_path: Path) -> None:
    if house.database.startswith(SQLITE):
        return
    refused = run("backup", str(tmp_path / "copy.db"), database=str(make_url(house.database)))
    assert refused.exit_code == 1
    assert "pg_dump" in refused.output


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_files_in_a_folder_are_copied_with_the_database(furnished: str, tmp_path: Path) -> None:
    """And are handed out by an installation over both copies; a second copy of the same name is refused."""
    folder = tmp_path / "files"
    with house_over(furnished, tmp_path / "data", file_folder=folder) as house:
        kept = house.captured()
        environment = {"CHARTER_DATABASE": house.database, "CHARTER_FILE_FOLDER": str(folder)}
        told_of = CliRunner().invoke(charter, ["backup", str(tmp_path / "copy.db")], env=environment)
        assert "1 files of evidence" in told_of.output
        (tmp_path / "copy.db").unlink()
        assert CliRunner().invoke(charter, ["backup", str(tmp_path / "copy.db")], env=environment).exit_code == 1
        shutil.rmtree(tmp_path / "copy.db.files")
        assert CliRunner().invoke(charter, ["backup", str(tmp_path / "copy.db")], env=environment).exit_code == 0
    copied = f"{SQLITE}{tmp_path / 'copy.db'}"
    with house_over(copied, tmp_path / "data", house.clock, file_folder=tmp_path / "copy.db.files") as other:
        assert other.ask("hansel", "GET", f"/v1/evidence/{kept.json()['id']}/file").content == png()
