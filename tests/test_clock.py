"""Time goes round the practices: it asks for what is due, nothing else, and whatever fails does not stop it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from structlog.testing import capture_logs

from service import clock
from service.clock import Round, ticking, ticks_within
from service.house import House as RunningHouse
from service.settings import Mode, Settings
from service.store import Unavailable
from service.unit_of_work import Stale
from tests.databases import as_owner
from tests.house import HOME, PRACTICES, House
from tests.stories import closure_notice, in_time, time_goes_round
from workflows.posts import posts


@pytest.fixture(autouse=True)
def posts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all that falls due only posts count here. Reminders and the like have stories of their own."""
    monkeypatch.setattr(clock, "ALL", (posts,))


NOTHING = Round(practices=len(PRACTICES))


def announced(house: House, *, in_days: float = 14, practice: str = HOME) -> Response:
    """An approved notice of a closure."""
    notice = closure_notice(house.clock, in_days=in_days)
    return house.approved("rapunzel", by="rumpelstiltskin", practice=practice, **notice)


def state(house: House, post: Response) -> str:
    return str(house.again("hansel", post).json()["state"])


# What is due


def test_time_lets_an_approval_lapse_once_the_closure_has_begun(house: House) -> None:
    """POST-9."""
    post = announced(house)
    house.clock.wind(days=14, seconds=-1)
    assert time_goes_round(house) == NOTHING
    assert state(house, post) == "approved"
    house.clock.wind(seconds=2)
    assert time_goes_round(house) == Round(practices=len(PRACTICES), changed=1)
    lapsed = house.again("hansel", post).json()
    assert (lapsed["state"], lapsed["approval"]) == ("draft", None)


def test_a_scheduled_notice_lapses_too_and_one_that_only_waits_to_be_published_does_not(house: House) -> None:
    """POST-9, DUE-4: time never publishes."""
    soon = {"publish_at": in_time(house.clock, days=2)}
    notice, post = (
        house.does("goldilocks", "schedule", each, json=soon) for each in (announced(house), house.approved())
    )
    assert notice.status_code == post.status_code == 200
    house.clock.wind(days=3)
    assert time_goes_round(house).changed == len([notice, post]), "the management is told that both are late"
    assert time_goes_round(house) == NOTHING
    assert (state(house, notice), state(house, post)) == ("scheduled", "scheduled")
    house.clock.wind(days=12)
    assert time_goes_round(house).changed == 1
    assert (state(house, notice), state(house, post)) == ("draft", "scheduled")


def test_what_time_does_stands_in_the_audit_trail_as_time(house: House) -> None:
    post = announced(house)
    house.clock.wind(days=15)
    time_goes_round(house)
    path = f"/v1/audit-entries?transition=expire&record_id={post.json()['id']}"
    (entry,) = house.reads("hansel", path)["items"]
    assert (entry["actor"], entry["roles"]) == ("clock", ["clock"])


def test_a_second_round_finds_nothing_left_to_do(house: House) -> None:
    announced(house)
    house.clock.wind(days=15)
    time_goes_round(house)
    assert time_goes_round(house) == NOTHING


def test_every_record_that_is_due_is_reached_however_many_there_are(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "PAGE", 2)
    posts = [announced(house) for _ in range(5)] + [announced(house, practice=PRACTICES["imperial"])]
    house.clock.wind(days=15)
    assert time_goes_round(house).changed == 5 + 1
    assert {state(house, post) for post in posts[:5]} == {"draft"}


# What fails


def failing_first(monkeypatch: pytest.MonkeyPatch, name: str, fault: Exception) -> None:
    """Let one step of a round fail the first time that it is taken."""
    original: Callable[..., Any] = getattr(clock, name)
    faults = [fault]

    async def failing(*given: Any) -> Any:
        if faults:
            raise faults.pop()
        return await original(*given)

    monkeypatch.setattr(clock, name, failing)


@pytest.mark.parametrize("step", ["_apply_first", "_go_to"])
def test_one_failure_does_not_stop_the_round_and_is_logged_without_what_it_says(
    house: House, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A record that fails leaves the others, a practice that fails leaves the others."""
    announced(house, practice=PRACTICES["imperial"])
    announced(house, practice=PRACTICES["coleridge"])
    house.clock.wind(days=15)
    failing_first(monkeypatch, step, ValueError("Abracadabra"))
    with capture_logs() as logged:
        assert time_goes_round(house) == Round(practices=len(PRACTICES), changed=1, failed=1)
    assert "Abracadabra" not in str(logged)
    assert [each["fault"] for each in logged if each["log_level"] == "error"] == ["ValueError"]
    assert time_goes_round(house).changed == 1


def test_somebody_who_was_faster_has_seen_to_the_record(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    announced(house)
    house.clock.wind(days=15)
    failing_first(monkeypatch, "_apply_first", Stale())
    assert time_goes_round(house) == NOTHING


# What is forgotten


def kept(house: House, table: str, practice: str) -> int:
    ((count,),) = as_owner(house.database, f"SELECT count(*) FROM {table} WHERE practice = ?", practice)  # noqa: S608 - a name of ours
    return int(count)


def test_receipts_are_forgotten_after_72_hours(house: House) -> None:
    elsewhere = PRACTICES["imperial"]
    for practice in (HOME, elsewhere):
        house.drafted("rapunzel", practice=practice, headers={"Idempotency-Key": "first"})
    house.clock.wind(hours=71)
    house.drafted(headers={"Idempotency-Key": "second"})
    time_goes_round(house)
    assert (kept(house, "receipt", HOME), kept(house, "receipt", elsewhere)) == (2, 1)
    house.clock.wind(hours=1, seconds=1)
    time_goes_round(house)
    assert (kept(house, "receipt", HOME), kept(house, "receipt", elsewhere)) == (1, 0)


def test_events_are_forgotten_after_30_days_and_the_audit_trail_never(house: House) -> None:
    before = kept(house, "audit_entry", HOME)
    house.clock.wind(days=29)
    house.drafted()
    time_goes_round(house)
    assert kept(house, "event", HOME) == before + 1
    house.clock.wind(days=1, seconds=1)
    time_goes_round(house)
    assert (kept(house, "event", HOME), kept(house, "event", PRACTICES["imperial"])) == (1, 0)
    assert kept(house, "audit_entry", HOME) == before + 1


# When it goes round


def installed(folder: Path, **settings: Any) -> Settings:
    return Settings(data_folder=folder, **settings)


def in_production(folder: Path, database: str) -> Settings:
    issuer = {"token_issuer": "https://id.example.com", "token_keys": "https://id.example.com/keys"}
    return installed(folder, mode=Mode.PRODUCTION, database=database, **issuer)


def test_the_service_brings_its_own_clock_where_no_other_process_is_expected(tmp_path: Path) -> None:
    assert ticks_within(installed(tmp_path))
    assert ticks_within(installed(tmp_path, database="postgresql://example.com/charter"))
    assert ticks_within(in_production(tmp_path, f"sqlite:///{tmp_path}/charter.db"))
    assert not ticks_within(in_production(tmp_path, "postgresql://example.com/charter"))


def rounds_begun(settings: Settings, monkeypatch: pytest.MonkeyPatch, wanted: int) -> int:
    """How many rounds are begun, each of which fails, until as many as are wanted, or until nothing ticks."""
    begun = 0
    enough = asyncio.Event()

    async def failing(house: RunningHouse) -> None:  # noqa: ARG001 - the signature of what it stands for
        nonlocal begun
        begun += 1
        if begun == wanted:
            enough.set()
        raise Unavailable

    async def main() -> None:
        async with ticking(None, settings):  # type: ignore[arg-type]  # no round ever looks at the house
            await (enough.wait() if ticks_within(settings) else asyncio.sleep(0))
        assert len(asyncio.all_tasks()) == 1

    monkeypatch.setattr(clock, "go_round", failing)
    monkeypatch.setattr(clock, "ROUND_EVERY", timedelta(0))
    asyncio.run(main())
    return begun


def test_it_ticks_on_though_a_round_fails_and_stops_with_the_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with capture_logs() as logged:
        assert rounds_begun(installed(tmp_path), monkeypatch, 3) >= 3
    assert {(each["event"], each["fault"]) for each in logged} == {("round_failed", "Unavailable")}


def test_the_clock_says_that_it_comes_round_and_is_silent_when_a_round_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is out of reach is no reason to start anew: a round that failed came to its end."""
    said: list[int] = []
    begun = 0
    hangs = asyncio.Event()

    async def round_of(_: RunningHouse) -> None:
        nonlocal begun
        begun += 1
        if begun < 3:
            raise Unavailable
        hangs.set()
        await asyncio.Event().wait()

    async def main() -> None:
        nowhere: Any = None
        rounds = asyncio.create_task(clock.go_round_for_ever(nowhere, nowhere, lambda: said.append(begun)))
        await hangs.wait()
        rounds.cancel()
        await asyncio.wait({rounds})

    monkeypatch.setattr(clock, "go_round", round_of)
    monkeypatch.setattr(clock, "ROUND_EVERY", timedelta(0))
    asyncio.run(main())
    assert said == [0, 1, 2]


def test_beside_a_clock_of_its_own_the_service_does_not_tick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rounds_begun(in_production(tmp_path, "postgresql://example.com/charter"), monkeypatch, 1) == 0
