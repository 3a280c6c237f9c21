"""`charter audit` and `charter checkpoint`, and the verifier that stands alone, as somebody would type them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.commands import run
from tests.house import HOME
from tests.ledger import rows_of
from tests.witnessed import MISDEEDS, Witnessed, put_back, witnessed_house

VERIFIER = Path("tools/verify_audit_export.py")


@pytest.fixture
def witnessed(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Witnessed]:
    """A house with a past, and an environment that describes it."""
    with witnessed_house(database, tmp_path) as made:
        monkeypatch.setenv("CHARTER_DATABASE", database)
        monkeypatch.setenv("CHARTER_DATA_FOLDER", str(made.settings.data_folder))
        monkeypatch.setenv("CHARTER_AUDIT_KEY_FILE", str(made.settings.audit_key_file))
        assert run("checkpoint").exit_code == 0
        yield made


def verified_alone(export: Path, *options: str) -> tuple[int, str]:
    """What the verifier says in a process of its own, far from this project."""
    command = [sys.executable, "-I", str(VERIFIER.resolve()), str(export), *options]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=export.parent, check=False)  # noqa: S603 - our own interpreter
    return ended.returncode, ended.stdout + ended.stderr


def reports() -> dict[str, Any]:
    """What the command says of each practice."""
    said = json.loads(run("audit", "verify", "--json").stdout)
    return {each["practice"]: each for each in said["practices"]}


def test_verify_says_that_all_is_well_or_what_is_wrong_and_ends_accordingly(witnessed: Witnessed) -> None:
    """AUDIT-4."""
    well = run("audit", "verify")
    assert well.exit_code == 0, well.output
    assert reports()[HOME]["well"]
    assert reports().keys() == {HOME, "INSTALLATION"}
    before = {table: rows_of(witnessed.house, table) for table in ("audit_entry", "access_entry")}
    with put_back(witnessed):
        MISDEEDS["edit an entry"][0](witnessed)
        wrong = run("audit", "verify", "--practice", HOME)
        assert wrong.exit_code == 1
        assert "altered" in wrong.stdout
        (found,) = reports()[HOME]["findings"]
        assert found["what"] == f"post {witnessed.post} version 2"
    assert {table: rows_of(witnessed.house, table) for table in before} == before  # it only looks


def test_a_practice_that_is_gone_from_the_database_is_missed(witnessed: Witnessed, tmp_path: Path) -> None:
    """AUDIT-4: whoever removes the practice removes nothing that its checkpoints list."""
    witnessed.sql("DELETE FROM practice WHERE practice = ?", HOME)
    assert run("audit", "verify").exit_code == 1
    assert not reports()[HOME]["well"]
    path = tmp_path / "what-is-left.jsonl"
    assert run("audit", "export", "--practice", HOME, "--to", str(path)).exit_code == 0
    assert verified_alone(path)[0] == 1


@pytest.mark.usefixtures("witnessed")
@pytest.mark.parametrize("mistyped", ["ZZ0009", "zz0001", "../ZZ0001", ""])
def test_a_practice_that_never_was_is_not_said_to_be_well(mistyped: str) -> None:
    """AUDIT-4."""
    refused = run("audit", "verify", "--practice", mistyped)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "No practice with this code" in refused.stderr


def test_an_export_is_for_nobody_else_and_is_written_down(witnessed: Witnessed, tmp_path: Path) -> None:
    """AUDIT-2: whoever takes the trail with them was shown all of it."""
    path = tmp_path / "export.jsonl"
    assert run("audit", "export", "--practice", HOME, "--to", str(path)).exit_code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    *_, last = sorted(rows_of(witnessed.house, "access_entry"), key=lambda each: int(each["position"]))
    assert (last["kind"], last["actor"], last["practice"]) == ("audit_trail", "installation", HOME)
    again = run("audit", "export", "--practice", HOME, "--to", str(path))
    assert (again.exit_code, "there already" in again.stderr) == (1, True)
    missing = tmp_path / "missing.jsonl"
    assert run("audit", "export", "--practice", "ZZ0009", "--to", str(missing)).exit_code == 1
    assert not missing.exists()


def test_an_export_is_verified_by_a_program_that_stands_alone(witnessed: Witnessed, tmp_path: Path) -> None:
    """AUDIT-4."""
    key, path = tmp_path / "public.pem", tmp_path / "export.jsonl"
    key.write_text(run("audit", "public-key").stdout)
    run("audit", "export", "--practice", HOME, "--to", str(path))
    options = ("--audit-key", str(witnessed.settings.audit_key_file), "--public-key", str(key))
    assert verified_alone(path, *options) == (0, "Nothing is wrong.\n")
    assert verified_alone(path)[0] == 0
    lines = path.read_text().splitlines(keepends=True)
    for name, altered in (
        (
            "an entry",
            [each.replace("post", "past", 1) if '"line":"entry","practice"' in each else each for each in lines],
        ),
        ("the end", lines[:-1]),
        ("the middle", [*lines[:9], *lines[10:]]),
    ):
        path.write_text("".join(altered))
        assert verified_alone(path, *options)[0] == 1, name
    path.write_text("nonsense")
    assert verified_alone(path, *options)[0] == 2


def test_for_disclosure_what_was_said_is_left_out_and_all_the_rest_still_verifies(
    witnessed: Witnessed, tmp_path: Path
) -> None:
    """AUDIT-5."""
    path = tmp_path / "export.jsonl"
    run("audit", "export", "--practice", HOME, "--to", str(path), "--without-what-was-said")
    text = path.read_text()
    assert "Flu clinics" not in text
    assert "Clinic 2" not in text
    assert all(entry["salt"] is None for entry in map(json.loads, text.splitlines()) if entry["line"] == "entry")
    assert verified_alone(path, "--audit-key", str(witnessed.settings.audit_key_file))[0] == 0


def test_the_verifier_shares_nothing_with_the_service() -> None:
    text = VERIFIER.read_text(encoding="utf-8")
    for room in ("api", "models", "service", "workflows"):
        assert f"import {room}" not in text
        assert f"from {room}" not in text


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_login_that_may_only_read_will_do(witnessed: Witnessed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever verifies need not be able to change anything."""
    auditor = f"auditor_{os.getpid()}"  # roles belong to the whole server, where other workers are at work
    witnessed.sql(f"CREATE ROLE {auditor} LOGIN PASSWORD 'bear'")
    try:
        witnessed.sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {auditor}")
        address = make_url(witnessed.house.database).set(username=auditor, password="bear")
        monkeypatch.setenv("CHARTER_DATABASE", address.render_as_string(hide_password=False))
        assert reports()[HOME]["well"]
        refused = run("audit", "export", "--practice", HOME)
        assert (refused.exit_code, refused.stdout) == (1, "")  # what can't be written down is not shown
    finally:
        witnessed.sql(f"DROP OWNED BY {auditor}")
        witnessed.sql(f"DROP ROLE {auditor}")
