"""`charter deadlines`: what is due, in the terminal."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands import run
from tests.house import HOME, PRACTICES, audit_key_in, house_over
from tests.stories import complained
from tests.test_due import scheduled

SOON = "2026-03-03T12:00:00Z"


@pytest.fixture
def installation(furnished: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Five practices at work, with a post that was due long ago and a complaint, and a command line that knows them."""
    folder = tmp_path / "data"
    with house_over(furnished, folder) as house:
        post = scheduled(house, days=1)
        complaint = complained(house).json()
    monkeypatch.setenv("CHARTER_DATA_FOLDER", str(folder))
    monkeypatch.setenv("CHARTER_DATABASE", furnished)
    monkeypatch.setenv("CHARTER_AUDIT_KEY_FILE", str(audit_key_in(folder)))
    return {"post": post["id"], "complaint": complaint["id"]}


def listed(*options: str) -> list[dict[str, Any]]:
    told = run("deadlines", "--json", *options)
    assert told.exit_code == 0, told.output
    found: list[dict[str, Any]] = json.loads(told.stdout)["deadlines"]
    return found


def test_what_is_due_is_listed_soonest_first_with_rule_and_steps(installation: dict[str, str]) -> None:
    """DUE-1: at every practice, or at one."""
    found = listed()
    assert found == sorted(found, key=lambda each: (each["at"], each["id"]))
    assert {each["practice"] for each in found} == set(PRACTICES.values())
    (post,) = [each for each in found if each["id"] == installation["post"]]
    (complaint,) = [each for each in listed("--practice", HOME) if each["id"] == installation["complaint"]]

    assert (post["kind"], post["what"], post["rule"], post["at"]) == ("post", "publication", "S-07", SOON)
    assert (
        complaint["steps"][0]
        == "The complaint was received on Monday 2 March 2026, a day in London. The day after is the first."
    )


def test_only_what_is_overdue_is_listed_where_that_is_asked_for(installation: dict[str, str]) -> None:
    """DUE-1: it is some months since."""
    found = listed("--overdue", "--practice", HOME)
    assert installation["post"] in {each["id"] for each in found}
    assert all(each["overdue"] for each in found)
    assert len(listed("--overdue", "--practice", HOME, "--limit", "1")) == 1


def test_a_person_reads_a_table_and_how_each_date_came_out(installation: dict[str, str]) -> None:
    told = run("deadlines", "--practice", HOME, "--steps")
    assert told.exit_code == 0
    assert "OVERDUE" in told.stdout
    assert "Tue 03 Mar 2026, 12:00" in told.stdout
    assert "data protection complaint" in told.stdout
    assert "  The 30th day is Wednesday 1 April 2026." in told.stdout
    assert "Riding Hood" not in told.stdout
    assert installation["complaint"] in told.stdout


def test_an_unknown_practice_is_refused(installation: dict[str, str]) -> None:
    assert installation
    told = run("deadlines", "--practice", "ZZ9999")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "No practice with this code is open here." in told.stderr
