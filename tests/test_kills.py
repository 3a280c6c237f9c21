"""Killed under load, again and again: nothing acknowledged is lost, nothing is half done, and nothing is done twice."""

import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from service.settings import SQLITE
from tests.crowd import COME_BACK, Acknowledged, Crowd, at_work, furnish_for
from tests.databases import as_owner, copy_of, drop, fresh_postgres
from tests.endurance import (
    KILLS,
    KILLS_OF_THE_SERVER,
    PEOPLE,
    assert_kept_its_word,
    audit_key,
    kill_and_start,
    kill_under_load,
    report,
)
from tests.frail_postgres import FrailPostgres, frail_postgres
from tests.served import ENDED, Served, served
from tests.verification import verify

MUTANTS = ("acknowledges_before_the_commit", "writes_the_receipt_apart", "forgets_what_was_answered")
KILLS_UNTIL_CAUGHT = 12


@pytest.fixture
def practice(database: str, tmp_path: Path) -> str:
    """A database of each kind with one practice in it."""
    furnish_for(database, tmp_path / "data")
    return database


@pytest.fixture
def frail() -> Iterator[FrailPostgres]:
    """A PostgreSQL that may be killed."""
    with frail_postgres() as server:
        yield server


def kind_of(database: str) -> str:
    return "SQLite" if database.startswith(SQLITE) else "PostgreSQL"


def test_whoever_is_killed_under_load_has_kept_their_word(practice: str, tmp_path: Path) -> None:
    with served(tmp_path / "served", practice) as service:
        with at_work(Crowd(service.port, service.issuer), PEOPLE) as crowd:
            recoveries = kill_under_load(service, KILLS, crowd, kill_and_start(service))
        assert service.stop() == ENDED
    tell(f"{kind_of(practice)}, the service killed", crowd, recoveries)
    assert set(crowd.statuses) <= {200, 201, COME_BACK}
    assert_kept_its_word(practice, tmp_path / "data", crowd)


def test_when_postgresql_is_killed_under_load_the_service_lives_on(frail: FrailPostgres, tmp_path: Path) -> None:
    database = fresh_postgres(frail.address)
    furnish_for(database, tmp_path / "data")

    def kill() -> None:
        frail.kill()
        time.sleep(0.2)
        frail.begin_again()

    with served(tmp_path / "served", database) as service:
        with at_work(Crowd(service.port, service.issuer), PEOPLE) as crowd:
            recoveries = kill_under_load(service, KILLS_OF_THE_SERVER, crowd, kill)
        assert service.stop() == ENDED
    tell("PostgreSQL itself killed", crowd, recoveries)
    assert set(crowd.statuses) <= {200, 201, COME_BACK}
    assert (crowd.lost, crowd.without_retry_after) == (0, 0)
    assert_kept_its_word(database, tmp_path / "data", crowd)


def tell(what: str, crowd: Crowd, recoveries: list[float]) -> None:
    """The figures of a run."""
    report(
        f"{what} {len(recoveries)} times, {PEOPLE} clients: {len(crowd.acknowledged)} acknowledged, "
        f"{crowd.statuses[COME_BACK]} x 503, {crowd.lost} connections lost; served again after "
        f"{statistics.median(recoveries):.2f} s usually, {max(recoveries):.2f} s at worst"
    )


def test_whoever_is_asked_to_end_answers_what_was_begun(practice: str, tmp_path: Path) -> None:
    """A rolling update: no connection breaks in the middle of an answer, and nothing acknowledged is lost."""
    with (
        served(tmp_path / "served", practice) as service,
        at_work(Crowd(service.port, service.issuer), PEOPLE) as crowd,
    ):
        for _ in range(3):
            crowd.wait_for_more(PEOPLE, 30)
            time.sleep(random.uniform(0, 0.1))  # noqa: S311 - any moment will do
            assert service.stop() == ENDED
            service.start()
        crowd.wait_for_more(PEOPLE, 30)
    assert set(crowd.statuses) == {200, 201}
    assert crowd.replayed == 0  # nobody had to ask again for what was made already
    assert_kept_its_word(practice, tmp_path / "data", crowd)


# A test that can't fail proves nothing


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_store_that_breaks_its_word_is_caught(mutant: str, practice: str, tmp_path: Path) -> None:
    with served(tmp_path / "served", practice, application=f"tests.mutants:{mutant}") as service:
        found = until_caught(service, practice, tmp_path)
    assert found


def until_caught(service: Served, database: str, folder: Path) -> list[str]:
    """Kill it until it is found to have broken its word."""
    told: list[Acknowledged] = []
    for _ in range(KILLS_UNTIL_CAUGHT):
        with at_work(Crowd(service.port, service.issuer), PEOPLE) as crowd:
            crowd.wait_for_more(PEOPLE, 30)
            service.kill()
        told += crowd.acknowledged
        if found := verify(database, [audit_key(folder / "data")], told):
            return found
        service.start()
    return []


TAMPERING = {
    "an event is gone": "DELETE FROM event WHERE type = 'post.submit'",
    "an event is there twice": (
        "INSERT INTO event (practice, id, type, record_id, version, state, audiences, at) "
        "SELECT practice, ?, type, record_id, version, state, audiences, at FROM event WHERE type = 'post.submit' LIMIT 1"
    ),
    "an entry is gone": "DELETE FROM audit_entry WHERE transition = 'approve' AND kind = 'post'",
    "an entry says something else": "UPDATE audit_entry SET actor = 'wolf' WHERE transition = 'approve' AND kind = 'post'",
    "a record is gone": "DELETE FROM post",
    "a record is older than was told": "UPDATE post SET version = 2, state = 'submitted'",
    "a record is another": "UPDATE post SET purpose = 'Something else'",
    "a record without a trail": "UPDATE event SET record_id = ? WHERE type = 'post.write'",
    "a receipt is gone": "DELETE FROM receipt WHERE status = 201",
    "a receipt is there twice": (
        "INSERT INTO receipt (practice, subject, key, fingerprint, record_id, status, at) "
        "SELECT practice, subject, 'another', fingerprint, record_id, status, at FROM receipt WHERE status = 201 LIMIT 1"
    ),
}


@pytest.fixture
def one_post(practice: str, tmp_path: Path) -> tuple[str, Crowd]:
    """A database of each kind in which somebody brought out one post, and what they were told."""
    with served(tmp_path / "served", practice) as service:
        with at_work(Crowd(service.port, service.issuer), 1) as crowd:
            crowd.wait_for_more(4, 30)
        assert service.stop() == ENDED
    return practice, crowd


def test_whatever_is_tampered_with_is_found(one_post: tuple[str, Crowd], tmp_path: Path) -> None:
    """Each alone, in a copy of its own."""
    database, crowd = one_post
    keys = [audit_key(tmp_path / "data")]
    assert verify(database, keys, crowd.acknowledged) == []
    twice = [*crowd.acknowledged, Acknowledged(crowd.acknowledged[0].key, "write", uuid4(), 1, "Notice 0")]
    assert len(verify(database, keys, twice)) >= 2
    for what, statement in TAMPERING.items():
        copy = copy_of(database, tmp_path)
        disarm(copy)
        as_owner(copy, statement, *[uuid4()] * statement.count("?"))
        assert verify(copy, keys, crowd.acknowledged) != [], what
        drop(copy)


def disarm(database: str) -> None:
    """Take away what keeps the trail from being rewritten, as whoever owns the database can."""
    if database.startswith(SQLITE):
        for (name,) in as_owner(database, "SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            as_owner(database, f"DROP TRIGGER {name}")
    else:
        as_owner(database, "ALTER TABLE audit_entry DISABLE TRIGGER ALL")
