"""What the benchmark asks is answered as it should be, by the house and by the floor. Nothing is timed here."""

from itertools import count
from pathlib import Path

import pytest

from benchmarks.load import CONNECTIONS, Unexpected, press
from benchmarks.measure import Comparison, Seen, compare
from benchmarks.operations import ALL, CREATE, GET
from benchmarks.report import document
from benchmarks.servers import FLOOR, HOUSE, Server, serving, shares
from benchmarks.stage import PRACTICES, Stage, furnished
from tests import databases

POSTS = 400


def test_house_and_floor_answer_alike_and_write_as_much(database: str, tmp_path: Path) -> None:
    stage = furnished(database, tmp_path / "keys", POSTS)
    assert by_practice(stage) == dict.fromkeys(PRACTICES, POSTS // len(PRACTICES) + 1)  # and the one that was copied
    house, floor = shares(2)
    with serving("house", HOUSE, stage, house) as running:
        assert_all_is_answered(running)
        assert_what_is_unexpected_is_not_measured(running)
    with serving("floor", FLOOR, stage, floor, FLOOR_DATABASE=stage.owner) as running:
        assert_all_is_answered(running)


def assert_all_is_answered(server: Server) -> None:
    """Every operation, a round to warm up and one that counts; what it writes is there afterwards."""
    before = written(server.stage)
    seen = compare("smoke", [server], ALL, rounds=1, part=0.0)
    assert {each.operation for each in seen.rounds} == {each.name for each in ALL}
    assert all(each.rate > 0 and each.late >= each.median > 0 for each in seen.rounds)
    changes = sum(2 * CONNECTIONS for each in ALL if each.uses_up or each is CREATE)
    created = 2 * CONNECTIONS
    assert [now - then for now, then in zip(written(server.stage), before, strict=True)] == [created, changes, changes]
    assert seen.memory[server.name] > 0
    assert f"| {server.name} |" in document([seen])


def assert_what_is_unexpected_is_not_measured(server: Server) -> None:
    """Another status, another content."""
    with pytest.raises(Unexpected):
        press(server.port, GET.requests(server.stage, count(), 2 * CONNECTIONS), 201)
    with pytest.raises(Unexpected):
        CREATE.check([b'{"state": "published", "text": "Something else."}'])


def written(stage: Stage) -> list[int]:
    """How many posts, audit entries and events there are."""
    tables = ("post", "audit_entry", "event")
    return [databases.as_owner(stage.database, f"SELECT count(*) FROM {each}")[0][0] for each in tables]  # noqa: S608 - the names above


def by_practice(stage: Stage) -> dict[str, int]:
    """How many posts each practice has."""
    return dict(databases.as_owner(stage.database, "SELECT practice, count(*) FROM post GROUP BY practice"))


def test_ratios_are_of_rounds_that_belong_together() -> None:
    rates = {"floor": (100.0, 50.0, 200.0), "house": (50.0, 30.0, 80.0)}
    rounds = tuple(Seen(name, "get", rate, 1.0, 1.0, 1.0) for name, each in rates.items() for rate in each)
    nothing = dict.fromkeys(rates, 0.0)
    seen = Comparison("On paper", ("floor", "house"), ("get",), rounds, nothing, nothing)
    assert str(seen.ratio("house", "get")) == "0.50 (0.40-0.60)"
    assert "| house | 0.50 (0.40-0.60) |" in document([seen])
