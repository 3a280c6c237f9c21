"""Budgets hold exactly, whoever asks at once; they are kept without saying whose they are, and staff are on none."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from httpx import Response
from hypothesis import given
from hypothesis import strategies as st
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.app import create_app
from api.budgets import pass_through
from models.roles import INSTALLATION
from service.audit import AuditKey
from service.budgets import (
    COUNTED_TOGETHER,
    COUNTED_WITHIN,
    Allowance,
    Budgets,
    OpenDoor,
    in_microseconds,
    network_of,
)
from service.clock import go_round
from service.database import open_store
from service.house import embedded_issuer
from service.settings import Settings
from service.store import Spending, Store, Unavailable
from tests.databases import as_owner, drop, fresh_postgres, fresh_sqlite
from tests.house import HOME, OPERATOR, PRACTICES, House, WoundClock, audit_key_in

HERE, NEXT_DOOR, ELSEWHERE = "203.0.113.7", "203.0.113.8", "2001:db8:1:2::7"
CHECK = {"acts": [{"deed": "record", "venue": "consultation", "medium": "audio"}]}
MINUTE = timedelta(minutes=1)
STEP = 1_000_000
NEVER = "01900000-0000-7000-8000-000000000000"
NOBODYS = "a.b.c"
PATIENCE = 10.0  # seconds
KEY = AuditKey("key", b"open sesame, said the fortieth thief")


@contextmanager
def served(database: str, folder: Path, clock: WoundClock, **settings: Any) -> Iterator[tuple[House, FastAPI]]:
    """The application behind a proxy that tells where each request comes from."""
    chosen = Settings(
        data_folder=folder, database=database, operators=frozenset({OPERATOR}), audit_key_file=audit_key_in(folder),
        **settings,
    )  # fmt: skip
    app = create_app(chosen, clock)
    proxied: Any = ProxyHeadersMiddleware(app, "testclient")  # type: ignore[arg-type]  # the server's own idea of an application
    with TestClient(proxied, raise_server_exceptions=False) as client:
        yield House(client, embedded_issuer(chosen, clock), clock, database), app


def tries(house: House, token: str = NOBODYS, address: str = HERE) -> Response:
    """Somebody at an address sends a token."""
    headers = {"Authorization": f"Bearer {token}", "X-Forwarded-For": address}
    answer: Response = house.client.get("/v1/practices", headers=headers)
    return answer


def checks(house: House, person: str = "website", practice: str = HOME) -> Response:
    return house.ask(person, "POST", "/v1/conduct-checks", practice=practice, json=CHECK)


def kept(database: str) -> list[tuple[Any, ...]]:
    return as_owner(database, "SELECT practice, name, full_at FROM budget ORDER BY practice, name")


# Failed sign-ins


def test_failed_sign_ins_are_answered_429_when_there_were_too_many(database: str, tmp_path: Path) -> None:
    clock = WoundClock()
    with served(database, tmp_path, clock, failed_sign_ins_per_minute=3) as (house, _):
        assert [tries(house).status_code for _ in range(5)] == [401, 401, 401, 429, 429]
        refused = tries(house)
        assert refused.json()["code"] == "too_many_failures"
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert refused.headers["Retry-After"] == "20"
        assert refused.headers["RateLimit-Policy"] == '"failed-sign-ins";q=3;w=60'
        assert refused.headers["RateLimit"] == '"failed-sign-ins";r=0;t=20'
        assert "WWW-Authenticate" not in refused.headers
        assert tries(house, address=NEXT_DOOR).status_code == 401
        clock.wind(seconds=19)
        assert tries(house).headers["Retry-After"] == "1"
        clock.wind(seconds=1)
        assert [tries(house).status_code for _ in range(2)] == [401, 429]


def test_whoever_shares_the_address_and_can_prove_who_they_are_is_answered_as_ever(
    furnished: str, tmp_path: Path
) -> None:
    """One broken machine must not lock a practice out that shares its address."""
    with served(furnished, tmp_path, WoundClock(), failed_sign_ins_per_minute=1) as (house, _):
        assert [tries(house).status_code for _ in range(3)] == [401, 429, 429]
        assert {tries(house, house.token("hansel")).status_code for _ in range(3)} == {200}
        assert tries(house).status_code == 429


def test_who_shows_no_token_has_not_tried(database: str, tmp_path: Path) -> None:
    with served(database, tmp_path, WoundClock(), failed_sign_ins_per_minute=1) as (house, _):
        assert {house.client.get("/v1/posts").status_code for _ in range(3)} == {401}
        assert kept(database) == []


def test_of_an_address_nothing_is_kept_that_says_which(
    furnished: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(furnished, tmp_path, WoundClock(), failed_sign_ins_per_minute=1) as (house, _):
        assert [tries(house, address=each).status_code for each in (HERE, ELSEWHERE, HERE)] == [401, 401, 429]
        assert checks(house).status_code == 200
    rows = kept(furnished)
    assert [practice for practice, _, _ in rows] == [INSTALLATION, INSTALLATION, HOME]
    written = f"{rows}{''.join(capsys.readouterr())}"
    assert "not_recognised" in written
    for clear in (HERE, "203.0.113", "2001", NOBODYS, "'website'", ":website"):
        assert clear not in written


def test_with_the_database_out_of_reach_a_token_is_refused_as_it_is(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_: object) -> int:
        raise Unavailable

    with served(database, tmp_path, WoundClock(), failed_sign_ins_per_minute=1) as (house, app):
        monkeypatch.setattr(type(app.state.house.store), "spend", gone)
        assert {tries(house).status_code for _ in range(3)} == {401}


class HangingStore:
    """A store that never answers, and knows how many wait for it, and how many ever did."""

    def __init__(self) -> None:
        self.waiting = self.asked = 0

    async def spend(self, _: Spending) -> int:
        self.waiting += 1
        self.asked += 1
        try:
            await asyncio.Event().wait()
            return 0
        finally:
            self.waiting -= 1


def test_with_a_database_that_hangs_few_wait_to_be_counted_and_none_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is frozen: a flood of bad tokens takes few turns from those who could prove who they are."""
    store: Any = HangingStore()
    budgets = Budgets(store, KEY, WoundClock(), Settings())
    assert Settings().database_deadline > COUNTED_WITHIN
    monkeypatch.setattr("service.budgets.COUNTED_WITHIN", 0.05)

    async def flood() -> None:
        for times in (1, 2):
            tried = [asyncio.create_task(budgets.failed_sign_in(HERE)) for _ in range(COUNTED_TOGETHER * 3)]
            await asyncio.sleep(0)
            assert store.waiting == COUNTED_TOGETHER
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*tried)
            assert (store.waiting, store.asked) == (0, COUNTED_TOGETHER * times)

    asyncio.run(flood())


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"), ("::ffff:203.0.113.7", "203.0.113.7"), ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"), ("2001:db8:1:3::7", "2001:db8:1:3::/64"), ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"), (None, "unknown"), ("", "unknown"), ("testclient", "unknown"), ("/run/charter.sock", "unknown"),
        ("203.0.113.7, 203.0.113.8", "unknown"), ("203.0.113.007", "unknown"), ("1" * 10_000, "unknown"),
    ],
)  # fmt: skip
def test_one_client_is_one_address_or_one_subscribers_network(address: str | None, network: str) -> None:
    assert network_of(address) == network


# The practice's website


def test_the_website_is_on_a_budget_and_is_told_what_is_left(furnished: str, tmp_path: Path) -> None:
    clock = WoundClock()
    with served(furnished, tmp_path, clock, website_requests_per_minute=3) as (house, _):
        answers = [checks(house), house.ask("website", "GET", "/v1/practices"), checks(house)]
        assert [each.status_code for each in answers] == [200] * 3
        assert [each.headers["RateLimit"] for each in answers] == [f'"website";r={3 - n};t={20 * n}' for n in (1, 2, 3)]
        assert {each.headers["RateLimit-Policy"] for each in answers} == {'"website";q=3;w=60'}
        for refused in (checks(house), house.ask("website", "GET", f"/v1/posts/{NEVER}")):
            assert (refused.status_code, refused.json()["code"]) == (429, "over_budget")
            assert refused.headers.get_list("RateLimit") == ['"website";r=0;t=20']
            assert refused.headers["Retry-After"] == "20"
        assert checks(house, practice=PRACTICES["maryport"]).status_code == 200
        clock.wind(seconds=20)
        assert [checks(house).status_code for _ in range(2)] == [200, 429]


def test_staff_are_on_no_budget_and_the_database_is_not_asked(
    furnished: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def asked(*_: object) -> int:
        raise AssertionError

    with served(furnished, tmp_path, WoundClock(), website_requests_per_minute=1) as (house, app):
        monkeypatch.setattr(type(app.state.house.store), "spend", asked)
        answers = [
            checks(house, "hansel"),
            checks(house, "hansel"),
            house.drafted(),
            house.ask("clinical-system", "GET", "/v1/events"),
        ]
        assert [each.status_code for each in answers] == [200, 200, 201, 200]
        assert all("RateLimit" not in each.headers for each in answers)


# Doors without sign-in

DOOR = OpenDoor(
    Allowance("form-address", 2, MINUTE), Allowance("form-practice", 3, MINUTE), Allowance("form", 4, MINUTE)
)


def test_a_door_without_sign_in_counts_addresses_practices_and_everybody(database: str, tmp_path: Path) -> None:
    async def endpoint(request: Request, practice: str) -> dict[str, str]:
        await pass_through(request, DOOR, practice)
        return {}

    with served(database, tmp_path, WoundClock()) as (house, app):
        app.add_api_route("/form/{practice}", endpoint)
        knocks = [
            (HERE, "ZZ0001", 200), (HERE, "ZZ0001", 200), (HERE, "ZZ0001", 429), (HERE, "ZZ0002", 429),
            (NEXT_DOOR, "ZZ0001", 200), (NEXT_DOOR, "ZZ0001", 429), (ELSEWHERE, "ZZ0002", 200), (ELSEWHERE, "ZZ0002", 429),
        ]  # fmt: skip
        answers = [house.client.get(f"/form/{at}", headers={"X-Forwarded-For": by}) for by, at, _ in knocks]
        assert [each.status_code for each in answers] == [status for _, _, status in knocks]
        assert answers[0].headers["RateLimit"] == '"form-address";r=1;t=30'
        policies = [each.headers["RateLimit-Policy"] for each in answers if each.status_code == 429]
        assert policies == [
            f'"{name}";q={amount};w=60'
            for name, amount in [("form-address", 2)] * 2 + [("form-practice", 3), ("form", 4)]
        ]
        for refused in answers:
            if refused.status_code == 429:
                assert refused.json()["code"] == "door_too_busy"
                assert "telephone or write to the practice" in refused.json()["detail"]
                assert int(refused.headers["Retry-After"]) > 0


def test_the_public_pages_are_behind_such_a_door(furnished: str, tmp_path: Path) -> None:
    with served(furnished, tmp_path, WoundClock(), public_requests_per_minute=2) as (house, _):

        def reads(accept: str, address: str = HERE) -> Response:
            headers = {"Accept": accept, "X-Forwarded-For": address}
            answer: Response = house.client.get(f"/practices/{HOME}/guidance", headers=headers)
            return answer

        read = [reads("text/html"), reads("application/json")]
        assert [each.status_code for each in read] == [200, 200]
        assert [each.headers["RateLimit"] for each in read] == ['"pages";r=1;t=30', '"pages";r=0;t=60']
        page, told = reads("text/html"), reads("application/json")
        assert [page.status_code, told.status_code] == [429, 429]
        assert page.headers["Content-Type"].startswith("text/html")
        assert "call or write to the practice" in page.text
        assert told.json()["code"] == "door_too_busy"
        for refused in (page, told):
            assert refused.headers["Retry-After"] == "30"
            assert refused.headers.get_list("RateLimit") == ['"pages";r=0;t=30']
        assert reads("text/html", NEXT_DOOR).status_code == 200
        assert {checks(house, "hansel").status_code for _ in range(3)} == {200}


# What the database promises


def spend_at(store: Store, clock: WoundClock, amount: int = 5, name: str = "b") -> Any:
    return store.spend(Spending("ZZ0001", name, amount, STEP, in_microseconds(clock.moment)))


@pytest.mark.parametrize("hits", [200])
def test_exactly_as_many_are_let_in_as_there_is_room_for_whoever_asks_at_once(database: str, hits: int) -> None:
    async def crowd(_: int) -> int:
        store = await open_store(Settings(database=database, pool_size=4))
        budgets = [Budgets(store, KEY, WoundClock(), Settings()) for _ in range(hits // 4)]
        asked = [each.pass_through(crowded, HERE, "ZZ0001") for each in budgets]
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        await store.close()
        assert {type(each).__name__ for each in outcomes} <= {"Standing", "DoorTooBusy"}
        return sum(not isinstance(each, Exception) for each in outcomes)

    room = Allowance("crowded", 20, MINUTE)
    crowded = OpenDoor(room, Allowance("plenty", 1000, MINUTE), Allowance("plenty", 1000, MINUTE))
    with ThreadPoolExecutor(4) as four:
        assert sum(four.map(lambda turn: asyncio.run(crowd(turn)), range(4))) == 20


def test_what_is_spent_stays_spent_when_the_service_starts_anew(furnished: str, tmp_path: Path) -> None:
    for expected in ([200, 200, 429], [429]):
        with served(furnished, tmp_path, WoundClock(), website_requests_per_minute=2) as (house, _):
            assert [checks(house).status_code for _ in expected] == expected


def with_store(database: str, story: Any) -> None:
    async def told() -> None:
        store = await open_store(Settings(database=database, pool_size=2))
        try:
            await story(store, WoundClock())
        finally:
            await store.close()

    asyncio.run(told())


def test_a_clock_that_jumps_does_no_harm(database: str) -> None:
    async def story(store: Store, clock: WoundClock) -> None:
        assert [bool(await spend_at(store, clock)) for _ in range(6)] == [True] * 5 + [False]
        clock.wind(seconds=-3)
        assert not await spend_at(store, clock), "a little back: no time has passed"
        clock.wind(seconds=4)
        assert [bool(await spend_at(store, clock)) for _ in range(2)] == [True, False]
        clock.wind(days=365)
        assert [bool(await spend_at(store, clock)) for _ in range(6)] == [True] * 5 + [False]
        clock.wind(days=-365)
        assert [bool(await spend_at(store, clock)) for _ in range(6)] == [True] * 5 + [False]

    with_store(database, story)


@given(st.lists(st.tuples(st.floats(0, 8), st.integers(1, 8)), max_size=12))
def test_a_budget_is_a_bucket_that_fills_at_its_pace(
    open_file: tuple[asyncio.Runner, Store], story: list[tuple[float, int]]
) -> None:
    """Against a bucket as a textbook has it: so many tokens, one more for each step, never beyond the brim."""
    runner, store = open_file

    async def told() -> None:
        clock, tokens, name = WoundClock(), 5 * STEP, str(uuid4())
        for wait, hits in story:
            passed = round(wait * STEP)
            clock.moment += timedelta(microseconds=passed)
            tokens = min(5 * STEP, tokens + passed)
            for _ in range(hits):
                enough = tokens >= STEP
                assert bool(await spend_at(store, clock, name=name)) == enough
                tokens -= STEP * enough

    runner.run(told())


@pytest.fixture(scope="module")
def open_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[asyncio.Runner, Store]]:
    """One SQLite database for many stories, each with a budget of its own."""
    made = fresh_sqlite(tmp_path_factory.mktemp("budgets"))
    with asyncio.Runner() as runner:
        store = runner.run(open_store(Settings(database=made)))
        yield runner, store
        runner.run(store.close())
    drop(made)


def test_budgets_are_forgotten_on_the_clocks_round_once_they_are_full(furnished: str, tmp_path: Path) -> None:
    clock = WoundClock()
    with served(furnished, tmp_path, clock, failed_sign_ins_per_minute=2, website_requests_per_minute=2) as (
        house,
        app,
    ):
        tries(house), checks(house), checks(house)
        assert len(kept(furnished)) == 2
        clock.wind(seconds=59)
        house.client.portal.call(go_round, app.state.house)  # type: ignore[union-attr]  # it is open
        assert [practice for practice, _, _ in kept(furnished)] == [HOME]
        clock.wind(seconds=2)
        house.client.portal.call(go_round, app.state.house)  # type: ignore[union-attr]  # as above
        assert kept(furnished) == []


def test_budgets_are_walled_off_and_not_logged(postgres: str) -> None:
    """Row-level security holds on a table that PostgreSQL does not log, too."""
    database = fresh_postgres(postgres)
    persistence = as_owner(
        database, "SELECT relpersistence, relforcerowsecurity FROM pg_class WHERE relname = 'budget'"
    )
    assert [(str(each), forced) for each, forced in persistence] in ([("u", True)], [("b'u'", True)])

    async def story(store: Any, clock: WoundClock) -> None:
        assert await spend_at(store, clock)
        assert await store.pool.fetch("SELECT * FROM budget") == []

    with_store(database, story)
    assert len(kept(database)) == 1
    drop(database)
