"""A green run has seen both databases: without a PostgreSQL the tests that need one fail, and none of them is left out."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres

ONE_TEST = "tests/test_clauses.py"
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


def test_where_there_is_no_postgres_nothing_passes_for_it() -> None:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "-x", "-q", "-k", "postgres", ONE_TEST],
        env={**os.environ, "TEST_DATABASE_URL": NOWHERE}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout
    assert "1 error" in done.stdout
    assert "passed" not in done.stdout
    assert "skipped" not in done.stdout


def test_a_postgres_that_is_not_installed_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(postgres, "DEBIAN_INSTALLATIONS", tmp_path)
    monkeypatch.setenv(postgres.FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    with pytest.raises(RuntimeError, match="No PostgreSQL to test with"):
        postgres.server.__wrapped__()
