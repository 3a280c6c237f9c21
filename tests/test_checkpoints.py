"""Checkpoints are kept in two places, list everything once, and survive whatever happens while they are made."""

import asyncio
import fcntl
import json
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from structlog.testing import capture_logs

from service import checkpoint_files, checkpoint_holding
from service.checkpoint_files import CheckpointsFailed, held, line_in
from service.checkpoint_keys import NotACheckpointKey, keys_in, public_pem
from service.checkpoints import Checkpoints, Listed, checkpoint
from service.settings import Settings, SettingsRefused
from service.store.trail import Trail
from tests.house import HOME
from tests.ledger import entries_of, rows_of
from tests.stories import within
from tests.witnessed import Witnessed, witnessed_house

NEW = Listed(lines=1)
NOTHING = Listed()
PATIENCE = 10.0  # seconds
FAILED = Listed(failed=1)
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what has nothing to do with the database."""


@pytest.fixture
def witnessed(database: str, tmp_path: Path) -> Iterator[Witnessed]:
    """A house with a past, all of it listed."""
    with witnessed_house(database, tmp_path) as made:
        yield made


def lines(witnessed: Witnessed, folder: int = 0) -> list[dict[str, Any]]:
    """What the lines in a folder say."""
    return [json.loads(each) for each in witnessed.files[folder].read_text().splitlines()]


def happen(witnessed: Witnessed, times: int = 1) -> None:
    """Something new happens."""
    for _ in range(times):
        witnessed.house.again("goldilocks", witnessed.house.drafted())


def listed(witnessed: Witnessed, name: str) -> list[Any]:
    """All that the lines list under this name."""
    return [each for line in lines(witnessed) for each in line[name]]


def assert_all_is_listed_once(witnessed: Witnessed) -> None:
    """Every entry and every showing stands in one line of each folder, with its seal."""
    chains = entries_of(witnessed.house).values()
    entries = [[str(each.record_id), each.version, each.seal] for chain in chains for each in chain]
    assert sorted(listed(witnessed, "changes")) == sorted(entries)
    shown = {(str(each["id"]).replace("-", ""), each["seal"]) for each in rows_of(witnessed.house, "access_entry")}
    assert {(each.replace("-", ""), seal) for each, seal in listed(witnessed, "accesses")} == shown
    assert len(listed(witnessed, "accesses")) == len(shown)
    last = lines(witnessed)[-1]["totals"]
    assert last == {"changes": len(entries), "accesses": len(shown), "records": len(chains)}
    assert witnessed.files[0].read_bytes() == witnessed.files[1].read_bytes()
    assert (witnessed.verified().findings, witnessed.verified().unwitnessed) == ([], 0)


def test_every_change_and_every_showing_is_listed_once_in_both_folders(witnessed: Witnessed) -> None:
    """AUDIT-4."""
    assert_all_is_listed_once(witnessed)
    before = len(lines(witnessed))
    assert witnessed.checkpoint() == NOTHING
    happen(witnessed)
    with capture_logs() as logged:
        assert witnessed.checkpoint() == NEW
    assert_all_is_listed_once(witnessed)
    assert [each["number"] for each in lines(witnessed)] == list(range(1, before + 2))
    (told,) = [each for each in logged if each["event"] == "checkpoint"]
    text = witnessed.files[0].read_text().splitlines()[-1]
    line = line_in(text)
    assert line
    assert (told["number"], told["digest"]) == (before + 1, line.digest)


def test_a_line_holds_so_much_and_no_more(witnessed: Witnessed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.checkpoints.LISTED_TOGETHER", 2)
    happen(witnessed, 5)
    assert witnessed.checkpoint() == Listed(lines=3)
    assert [len(each["changes"]) for each in lines(witnessed)[-3:]] == [2, 2, 1]
    assert_all_is_listed_once(witnessed)


@pytest.mark.parametrize("times", [0, 3])
def test_where_the_cursor_is_gone_the_whole_trail_is_walked(
    witnessed: Witnessed, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """Events are kept for 30 days; whoever was away longer lists what they missed, and nothing twice."""
    monkeypatch.setattr("service.checkpoints.LISTED_TOGETHER", 2)
    happen(witnessed, times)
    witnessed.sql("DELETE FROM event")
    happen(witnessed)
    assert witnessed.checkpoint().failed == 0
    assert_all_is_listed_once(witnessed)
    assert witnessed.checkpoint() == NOTHING


def test_where_all_events_are_gone_the_trail_is_walked_once(witnessed: Witnessed) -> None:
    witnessed.sql("DELETE FROM event")
    assert witnessed.checkpoint() == NEW
    assert witnessed.checkpoint() == NOTHING
    happen(witnessed)
    assert witnessed.checkpoint() == NEW
    assert_all_is_listed_once(witnessed)


def test_what_was_passed_over_is_listed_when_the_trail_is_walked_anew(witnessed: Witnessed) -> None:
    """After a restore, say, in which the order of events was lost."""
    happen(witnessed)
    witnessed.sql("DELETE FROM event")
    happen(witnessed)
    witnessed.sql("UPDATE access_entry SET written_in = 0")
    assert witnessed.checkpoint(anew=True).failed == 0
    assert_all_is_listed_once(witnessed)
    assert witnessed.checkpoint(anew=True) == NOTHING


def test_what_happens_while_the_trail_is_walked_is_listed_once(
    witnessed: Witnessed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands in the walk and is yet to come as an event."""
    honest = Trail.chains
    happening = [True]

    async def chains(self: Trail, *given: Any) -> Any:
        if happening:
            happening.pop()
            await wait_in_a_thread(happen, witnessed)
        return await honest(self, *given)

    witnessed.sql("DELETE FROM event")
    monkeypatch.setattr(Trail, "chains", chains)
    assert witnessed.checkpoint().failed == 0
    happen(witnessed)
    assert witnessed.checkpoint() == NEW
    assert_all_is_listed_once(witnessed)


async def wait_in_a_thread(function: Any, *given: Any) -> None:
    """Let the event loop go on meanwhile."""
    import asyncio  # noqa: PLC0415 - needed here alone

    await asyncio.to_thread(function, *given)


def test_an_event_without_an_entry_is_told(witnessed: Witnessed) -> None:
    """AUDIT-4: whoever removes an entry before it is listed forgot the event."""
    happen(witnessed)
    row = max(rows_of(witnessed.house, "audit_entry"), key=lambda each: str(each["id"]))
    if witnessed.house.database.startswith("sqlite"):
        witnessed.sql("DROP TRIGGER audit_entry_refuse_delete")
    else:
        witnessed.sql("ALTER TABLE audit_entry DISABLE TRIGGER USER")
    witnessed.sql("DELETE FROM audit_entry WHERE id = ?", row["id"])
    assert witnessed.checkpoint() == NEW
    assert [each for each in listed(witnessed, "changes") if each[2] is None]
    assert "removed" in {each.verdict for each in witnessed.verified().findings}
    assert "removed" in {each for each, _, _ in witnessed.verified_elsewhere()}


# What fails


@on_sqlite
def test_a_folder_that_missed_some_lines_gets_them(witnessed: Witnessed) -> None:
    """As after a crash between the two."""
    whole = witnessed.files[1].read_text()
    for kept in (whole.splitlines(keepends=True)[:2], []):
        witnessed.files[1].write_text("".join(kept))
        happen(witnessed)
        assert witnessed.checkpoint() == NEW
        assert_all_is_listed_once(witnessed)
    witnessed.files[0].unlink()
    assert witnessed.checkpoint() == NOTHING
    assert_all_is_listed_once(witnessed)


@on_sqlite
def test_a_line_that_was_not_finished_goes(witnessed: Witnessed) -> None:
    """Its process died while it wrote."""
    whole = witnessed.files[0].read_text()
    for torn in (whole + whole.splitlines()[-1][:50], whole[:-30]):
        witnessed.files[0].write_text(torn)
        happen(witnessed)
        assert witnessed.checkpoint() == NEW
        assert_all_is_listed_once(witnessed)


@on_sqlite
def test_nothing_is_numbered_past_a_folder_that_can_not_be_written_to(
    witnessed: Witnessed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line at most is ahead in the other; it catches up once it can, and that it could not is in the log."""
    before = len(lines(witnessed, 1))
    monkeypatch.setattr(os, "fsync", full_disk_under(witnessed.files[1]))
    with capture_logs() as logged:
        for _ in range(2):
            happen(witnessed)
            assert witnessed.checkpoint() == FAILED
    assert (len(lines(witnessed, 0)), len(lines(witnessed, 1))) == (before + 1, before)
    assert {each["fault"] for each in logged if each["event"] == "checkpoint_folder_failed"} == {"OSError"}
    monkeypatch.undo()
    monkeypatch.setattr("models.posts.Post.sensitive", True)
    assert witnessed.checkpoint() == NEW
    assert_all_is_listed_once(witnessed)


@on_sqlite
def test_folders_that_are_away_in_turn_do_not_part_ways(witnessed: Witnessed) -> None:
    """AUDIT-4: else neither could ever take a line again, and nobody would be at fault."""
    for folder in witnessed.checkpoints.folders:
        gone = folder.rename(folder.with_name(f"{folder.name}-gone"))
        happen(witnessed)
        before = [each.read_bytes() for each in witnessed.files if each.exists()]
        with capture_logs() as logged:
            assert witnessed.checkpoint().failed > 0
        assert folder.name in {each["folder"] for each in logged if each["event"] == "checkpoint_folder_failed"}
        assert [each.read_bytes() for each in witnessed.files if each.exists()] == before
        gone.rename(folder)
    assert witnessed.checkpoint() == NEW
    assert_all_is_listed_once(witnessed)


def full_disk_under(path: Path) -> Any:
    """What a disk says that is full where this file lies."""
    honest = os.fsync
    inode = path.stat().st_ino

    def fsync(descriptor: int) -> None:
        if os.fstat(descriptor).st_ino == inode:
            raise OSError(28, "full")
        honest(descriptor)

    return fsync


@on_sqlite
def test_where_no_folder_can_be_written_to_the_next_round_catches_up(witnessed: Witnessed) -> None:
    moved = [each.rename(each.with_name(f"{each.name}-gone")) for each in witnessed.checkpoints.folders]
    happen(witnessed)
    with capture_logs() as logged:
        assert witnessed.checkpoint().failed > 0
    assert "CheckpointsFailed" in {each["fault"] for each in logged if each["event"] == "checkpoint_failed"}
    assert witnessed.house.client.get("/readyz").status_code == 200
    for folder, gone in zip(witnessed.checkpoints.folders, moved, strict=True):
        gone.rename(folder)
    assert witnessed.checkpoint() == NEW
    assert_all_is_listed_once(witnessed)


@on_sqlite
def test_nothing_is_added_to_what_somebody_altered(witnessed: Witnessed) -> None:
    """AUDIT-4: a new line would bury it."""
    whole = witnessed.files[0].read_text().splitlines()
    said = json.loads(whole[-1])
    forged = json.dumps({**said, "at": "2026-03-02T13:00:00.000000Z"}, sort_keys=True, separators=(",", ":"))
    for altered in ([*whole[:-1], forged], [*whole, "{}"], [*whole, forged], [forged]):
        for path, kept in ((witnessed.files[0], altered), (witnessed.files[1], whole)):
            path.write_text("".join(f"{each}\n" for each in kept))
        happen(witnessed)
        before = [path.read_bytes() for path in witnessed.files]
        assert witnessed.checkpoint() == FAILED
        assert [path.read_bytes() for path in witnessed.files] == before


@on_sqlite
def test_of_two_processes_one_makes_the_checkpoint(witnessed: Witnessed) -> None:
    happen(witnessed)
    with witnessed.files[1].open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert witnessed.checkpoint() == NOTHING
    assert witnessed.checkpoint() == NEW
    assert_all_is_listed_once(witnessed)


@on_sqlite
def test_a_long_file_is_read_from_its_end(witnessed: Witnessed, monkeypatch: pytest.MonkeyPatch) -> None:
    for size in (1, 7, 100):
        monkeypatch.setattr(checkpoint_files, "LAST_LINES", size)
        happen(witnessed)
        assert witnessed.checkpoint() == NEW
    assert_all_is_listed_once(witnessed)


@on_sqlite
def test_a_share_that_hangs_holds_up_nothing_but_its_checkpoints(
    witnessed: Witnessed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the service is its own clock, whoever asks is answered meanwhile, and one thread waits, not one for each."""
    waits, there_again = threading.Event(), threading.Event()
    asked: list[int] = []
    honest = fcntl.flock

    def hang(descriptor: int, how: int) -> None:
        asked.append(descriptor)
        waits.set()
        there_again.wait(PATIENCE)
        honest(descriptor, how)

    happen(witnessed)
    monkeypatch.setattr(fcntl, "flock", hang)
    monkeypatch.setattr(checkpoint_holding, "OPENED_WITHIN", 0.2)
    with ThreadPoolExecutor(1) as clock:
        round_begun = clock.submit(witnessed.checkpoint)
        assert waits.wait(PATIENCE)
        assert witnessed.house.client.get("/livez").status_code == 200
        assert round_begun.result() == witnessed.checkpoint() == Listed(failed=2)
    assert len(asked) == 1
    there_again.set()
    monkeypatch.undo()
    until = time.monotonic() + PATIENCE
    while witnessed.checkpoint() != NEW:
        assert time.monotonic() < until
    assert_all_is_listed_once(witnessed)


def test_no_practice_is_a_path(tmp_path: Path) -> None:
    for code in ("../ZZ0001", "", "zz0001", "ZZ/1", "Z" * 21):
        with pytest.raises(CheckpointsFailed), held([tmp_path], code):
            pass
    assert not list(tmp_path.iterdir())


# Keys


def pem() -> bytes:
    """A new key, as a file has it."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@on_sqlite
def test_a_new_key_signs_and_the_one_before_it_still_verifies(witnessed: Witnessed) -> None:
    old = next(public_pem(witnessed.checkpoints.keys)).encode()
    new = pem()
    witnessed.checkpoints = Checkpoints(witnessed.checkpoints.folders, keys_in(new + old))
    happen(witnessed)
    assert witnessed.checkpoint() == NEW
    assert len({each["key_id"] for each in lines(witnessed)}) == 2
    assert_all_is_listed_once(witnessed)
    assert witnessed.verified_elsewhere() == []
    witnessed.checkpoints = Checkpoints(witnessed.checkpoints.folders, keys_in(new))
    assert "key unknown" in {each.verdict for each in witnessed.verified().findings}
    assert "key unknown" in {each for each, _, _ in witnessed.verified_elsewhere()}


def test_whoever_has_public_keys_alone_signs_nothing() -> None:
    keys = keys_in("".join(public_pem(keys_in(pem()))).encode())
    with pytest.raises(NotACheckpointKey):
        keys.sign("anything")


@pytest.mark.parametrize(
    "kept",
    [b"", b"nonsense", pem() + pem(), b"-----BEGIN PUBLIC KEY-----\nAA\n-----END PUBLIC KEY-----"],
    ids=["nothing", "nonsense", "two keys", "half a key"],
)
def test_what_is_no_key_is_refused(tmp_path: Path, kept: bytes) -> None:
    path = tmp_path / "checkpoint.key"
    path.write_bytes(kept)
    path.chmod(0o600)
    with pytest.raises(SettingsRefused, match="CHARTER_CHECKPOINT_KEY_FILE"):
        Settings(data_folder=tmp_path, checkpoint_key_file=path).checkpoint_keys()


# Settings


def in_production(folder: Path, **settings: Any) -> Settings:
    """Settings for production."""
    issuer = {"token_issuer": "https://id.example.com", "token_keys": "https://id.example.com/keys"}
    return Settings(mode="production", data_folder=folder, **issuer, **settings)


def test_production_names_its_folders_and_development_makes_them(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="CHARTER_CHECKPOINT_FOLDERS"):
        in_production(tmp_path).checkpoint_sinks()
    with pytest.raises(SettingsRefused, match="CHARTER_CHECKPOINT_KEY_FILE"):
        in_production(tmp_path).checkpoint_keys()
    assert not list(tmp_path.iterdir())
    made = Settings(data_folder=tmp_path / "data").checkpoint_sinks()
    assert len(made) == 2
    assert {each.stat().st_mode & 0o777 for each in made} == {0o700}


@pytest.mark.parametrize("named", ["one", "one,one", "one,./one", "one,one/two", "one/two,one", "one,two,two/three"])
def test_folders_of_checkpoints_lie_apart(tmp_path: Path, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for make in (in_production, lambda folder, **more: Settings(data_folder=folder, **more)):
        with pytest.raises(SettingsRefused, match="CHARTER_CHECKPOINT_FOLDERS"):
            make(tmp_path, checkpoint_folders=named).checkpoint_sinks()
    assert len(in_production(tmp_path, checkpoint_folders="one, two").checkpoint_sinks()) == 2


def test_a_key_that_others_can_read_signs_nothing(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path)
    assert settings.checkpoint_keys().key_id == settings.checkpoint_keys().key_id
    (tmp_path / "checkpoint.key").chmod(0o644)
    with pytest.raises(SettingsRefused, match="CHARTER_CHECKPOINT_KEY_FILE"):
        settings.checkpoint_keys()


def test_nothing_is_too_old_before_a_day(witnessed: Witnessed) -> None:
    witnessed.house.clock.wind(hours=23)
    witnessed.house.drafted()
    assert witnessed.verified().well


@on_sqlite
def test_a_checkpoint_that_is_broken_off_closes_no_file_that_is_still_written_to(
    witnessed: Witnessed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another file could have its number by then, and get the line."""
    happen(witnessed)
    begun, may_end = threading.Event(), threading.Event()
    written = checkpoint_files.Sink.add

    def slowly(sink: checkpoint_files.Sink, lines: Any) -> None:
        if lines:
            begun.set()
            may_end.wait(60)
        written(sink, lines)

    async def broken_off() -> bool:
        made = asyncio.create_task(checkpoint(within(witnessed.house), witnessed.checkpoints, HOME))
        await asyncio.to_thread(begun.wait, 60)
        made.cancel()
        await asyncio.sleep(0.05)
        waited = not made.done()
        may_end.set()
        await asyncio.wait({made})
        return waited and made.cancelled()

    monkeypatch.setattr(checkpoint_files.Sink, "add", slowly)
    assert witnessed.call(broken_off)
    monkeypatch.undo()
    assert witnessed.checkpoint() == NOTHING
    assert_all_is_listed_once(witnessed)
