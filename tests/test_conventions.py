"""What every route has in common: who is let in, how it says no, how a change is asked for, and how a list is read."""

import re
import sys
from asyncio import Semaphore
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.testclient import TestClient
from httpx import Response
from structlog.testing import capture_logs

from api.access import ANSWERED_ANYHOW
from api.app import create_app
from api.problems import CATALOGUE
from api.requests import BodyTooSlow
from api.transitions import kebab
from models.roles import INSTALLATION, Role
from service.budgets import Allowance, Budgets, DoorTooBusy, Standing
from service.documents.press import Press, TakesTooLong
from service.files import FileDamaged
from service.house import embedded_issuer
from service.key_ring import KeyMissing
from service.settings import Settings
from service.store import OutcomeUnknown, Unavailable
from service.vault import NotOpened
from tests.databases import as_owner
from tests.files import png, sent
from tests.house import DRAFT, FACEBOOK, HOME, OPERATOR, PRACTICES, House, policy, publish_policy
from tests.ledger import columns_of, rows_of
from tests.posting import posted
from tests.stories import begin_one_of_each
from tests.test_route_inventory import FOR_BROWSERS
from workflows.registry import ALL

NEVER = "01900000-0000-7000-8000-000000000000"
ELSEWHERE = PRACTICES["coleridge"]
KEY = "Idempotency-Key"
JSON = {"Content-Type": "application/json"}
LISTS = (
    "practices",
    "staff",
    "policies",
    "acknowledgements",
    "briefings",
    "monitoring-checks",
    "reviews",
    "posts",
    "people",
    "evidence",
    "letters",
    "incidents",
    "warnings",
    "audit-entries",
    "events",
)
UNLISTED = {"/healthz", "/metrics", "/docs", "/redoc", *(each.partition(" ")[2] for each in FOR_BROWSERS)}
FILLED = {
    "record_id": NEVER,
    "policy_id": NEVER,
    "entry_id": NEVER,
    "key": "courtesy",
    "site": "google",
    "resource": "nothing",
    "code": "state",
    "secret": "guessed",
    "ending": "html",
    "step": "right",
}

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what has nothing to do with the database."""


def routes(house: House) -> list[tuple[str, str]]:
    """Method and path of everything that can be asked for, found by walking the router."""
    return [
        (method, str(each.path_format))
        for each in iter_route_contexts(house.client.app.routes)  # type: ignore[attr-defined]  # a callable, to the client
        if isinstance(each.original_route, APIRoute)
        for method in each.methods or ()
    ]


def guarded_routes(house: House) -> list[tuple[str, str]]:
    """Those that take a token, with something in each place of their path."""
    guarded = [each for each in routes(house) if each[1].startswith("/v1/") and each[0] not in ANSWERED_ANYHOW]
    return [(method, path.format(**FILLED)) for method, path in guarded]


def problem_in(answer: Response, status: int, code: str) -> dict[str, Any]:
    """A refusal in the form that every refusal has."""
    said: dict[str, Any] = answer.json()
    assert (answer.status_code, said["status"], said["code"]) == (status, status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert said["type"] == f"/problems/{code}"
    assert said["request_id"] == answer.headers["X-Request-ID"]
    assert said["title"]
    assert said["detail"]
    return said


def but_its_name(problem: dict[str, Any]) -> dict[str, Any]:
    """A problem without the name of its request."""
    return {name: value for name, value in problem.items() if name != "request_id"}


@on_sqlite
def test_the_walk_over_the_routes_finds_all_of_them(house: House) -> None:
    described = house.client.get("/openapi.json").json()["paths"]
    operations = {(method.upper(), path) for path, item in described.items() for method in item}
    walked = routes(house)
    assert {each for each in walked if each[1] not in UNLISTED and each[0] not in ANSWERED_ANYHOW} == operations
    assert {path for _, path in walked} >= UNLISTED
    declared = sum(bool(law.by) for workflow in ALL for law in workflow.laws)
    assert len(guarded_routes(house)) >= declared + 2 * len(ALL) + len(("clauses", "audit", "events", "workflows"))


@on_sqlite
def test_nobody_is_let_in_without_a_valid_token_and_all_read_the_same(house: House, tmp_path: Path) -> None:
    stranger = embedded_issuer(Settings(data_folder=tmp_path / "elsewhere"), house.clock)
    expired = house.token("hansel")
    house.clock.wind(hours=2)
    refused = [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer a.b.c",
        "Basic aGFuc2VsOmdyZXRlbA==",
        f"Token {house.token('hansel')}",
    ]
    refused += [
        f"Bearer {expired}",
        f"Bearer {stranger.issue('hansel', HOME)}",
        f"Bearer {house.token('hansel')[:-4]}AAAA",
    ]
    bodies = []
    for method, path in guarded_routes(house):
        house.clock.wind(seconds=len(refused))  # so that nobody has sent too many
        for authorization in refused:
            headers = JSON if authorization is None else {**JSON, "Authorization": authorization}
            answer = house.client.request(method, path, headers=headers, content=b"{" * 300_000)
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            bodies.append(but_its_name(problem_in(answer, 401, "not_recognised")))
    assert len(bodies) > 400
    assert all(each == bodies[0] for each in bodies)
    assert (
        house.client.get("/v1/posts", headers={"Authorization": f"bearer {house.token('hansel')}"}).status_code == 200
    )


@on_sqlite
def test_a_token_is_not_taken_from_an_address_or_a_cookie(house: House) -> None:
    token = house.token("hansel")
    assert house.client.get(f"/v1/posts?access_token={token}").status_code == 401
    assert house.client.get("/v1/posts", headers={"Cookie": f"access_token={token}"}).status_code == 401


def one_of_each(house: House) -> dict[str, str]:
    """A record of every kind, by its resource."""
    begin_one_of_each(house)
    posted(house)
    return {each.resource: house.reads("hansel", f"/v1/{kebab(each.resource)}")["items"][0]["id"] for each in ALL}


def test_every_record_of_another_practice_is_not_there_whatever_is_asked_of_it(house: House) -> None:
    """As little as one that never was: the same bytes, whoever asks and by whichever route."""
    records, asked = one_of_each(house), 0
    before = {table: rows_of(house, table) for table in ("audit_entry", "event")}
    for method, path in routes(house):
        if "{record_id}" not in path or not path.startswith("/v1/"):
            continue
        record = records[path.split("/")[2].replace("-", "_")]
        for person in ("hansel", "gretel", "rapunzel", "website"):
            foreign, missing = (
                house.ask(person, method, path.format(record_id=each), practice=ELSEWHERE, headers={"If-Match": '"1"'})
                for each in (record, NEVER)
            )
            told = but_its_name(problem_in(foreign, 404, "not_found"))
            assert told == but_its_name(problem_in(missing, 404, "not_found"))
            asked += 1
    assert asked > 100
    assert {table: rows_of(house, table) for table in before} == before


def test_a_clause_of_another_practices_policy_is_not_there(house: House) -> None:
    version = house.reads("hansel", "/v1/policies")["items"][0]["id"]
    key = house.reads("hansel", "/v1/clauses")["items"][0]["clause"]["key"]
    assert house.reads("hansel", f"/v1/clauses/{version}/{key}")["clause"]["key"] == key
    problem_in(house.ask("hansel", "GET", f"/v1/clauses/{version}/{key}", practice=ELSEWHERE), 404, "not_found")
    problem_in(house.ask("hansel", "GET", f"/v1/clauses?policy_id={version}", practice=ELSEWHERE), 404, "not_found")


@on_sqlite
def test_an_address_says_by_which_methods_it_answers(house: House) -> None:
    methods: dict[str, set[str]] = {}
    for method, path in routes(house):
        methods.setdefault(path, set()).add(method)
    for path, declared in methods.items():
        alike = [each for each in methods if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", each), path)]
        known = declared.union(*(methods[each] for each in alike))
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "BREW"} - known:
            answer = house.ask("hansel", method, path.format(**FILLED))
            problem_in(answer, 405, "method_not_allowed")
            assert answer.headers["Allow"] == ", ".join(sorted(known))


def breaking(fault: Exception) -> Any:
    """A store that can't be read."""

    async def read(*_: Any, **__: Any) -> Any:
        raise fault

    return read


def every_refusal(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Response]]:
    """One request for every way to be told no, by the code that it is told with."""
    draft, submitted = house.drafted(), house.submitted()
    house.drafted(headers={KEY: "once"})
    yield "not_recognised", house.client.get("/v1/posts")
    yield "role", house.does("goldilocks", "approve", submitted)
    yield "not_found", house.ask("hansel", "GET", "/nowhere")
    yield "method_not_allowed", house.ask("hansel", "DELETE", "/v1/posts")
    yield "state", house.does("rapunzel", "approve", draft)
    elsewhere = house.reads("hansel", "/v1/events?limit=1", practice=ELSEWHERE)["next_cursor"]
    yield "cursor_expired", house.ask("hansel", "GET", f"/v1/events?cursor={elsewhere}")
    stale = house.drafted()
    house.does("goldilocks", "edit", stale, json=DRAFT)
    yield "stale", house.does("goldilocks", "edit", stale, json=DRAFT)
    yield "body_too_large", house.ask("goldilocks", "POST", "/v1/posts", content=b" " * 300_000, headers=JSON)
    with monkeypatch.context() as waiting:
        waiting.setattr("api.boundary.Exchange._receive_in_time", breaking(BodyTooSlow()))
        yield "body_too_slow", house.drafted()
    yield "headers_too_large", house.ask("goldilocks", "GET", "/v1/posts", headers={"X-Long": "a" * 40_000})
    yield "address_too_long", house.ask("goldilocks", "GET", f"/v1/posts?cursor={'a' * 10_000}")
    yield (
        "json_required",
        house.ask("goldilocks", "POST", "/v1/posts", content=b"{}", headers={"Content-Type": "text/plain"}),
    )
    yield "not_json", house.ask("goldilocks", "POST", "/v1/posts", content=b"{", headers=JSON)
    yield "malformed", house.ask("goldilocks", "POST", "/v1/posts", json={})
    declared = {**DRAFT["declaration"], "identifies_patient": True}
    yield "guard", house.does("goldilocks", "submit", house.drafted(declaration=declared))
    yield "key_reused", house.drafted(headers={KEY: "once"}, purpose="Another")
    yield "key_malformed", house.drafted(headers={KEY: ""})
    yield "cursor_malformed", house.ask("hansel", "GET", "/v1/posts?cursor=nowhere")
    yield "limit_malformed", house.ask("hansel", "GET", "/v1/posts?limit=0")
    yield "version_required", house.ask("goldilocks", "POST", f"/v1/posts/{draft.json()['id']}/submit")
    policies = house.ask("hansel", "POST", "/v1/policies", json={"content": policy("aspiro")})
    assert policies.status_code == 201
    with monkeypatch.context() as patched:
        patched.setattr(type(house.store), "find", breaking_once_found())
        yield "overtaken", house.ask("hansel", "POST", "/v1/policies", json={"content": policy("aspiro")})
    yield from too_much(house, monkeypatch)
    yield from about_files(house, monkeypatch)
    guidance = f"/practices/{HOME}/guidance.pdf"
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "typst", None)
        yield "not_printed", house.client.get(guidance)
    with monkeypatch.context() as patched:
        patched.setattr(Press, "copy", breaking(TakesTooLong()))
        yield "takes_too_long", house.client.get(guidance)
    for code, fault in (
        ("unavailable", Unavailable()),
        ("outcome_unknown", OutcomeUnknown()),
        ("key_missing", KeyMissing()),
        ("not_opened", NotOpened()),
        ("internal", ValueError("Rumpelstilzchen")),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(type(house.store), "read", breaking(fault))
            yield code, house.ask("hansel", "GET", f"/v1/posts/{NEVER}")


def about_files(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Response]]:
    """Refusals of files."""
    details, path = house.details(), "/v1/evidence-files"
    for code, sending in (
        ("multipart_required", {"json": {}}),
        ("not_multipart", {"files": {"file": ("wolf.png", png())}}),
        ("file_type_unknown", sent(details, b"Rumpelstilzchen")),
        ("file_type_differs", sent(details, png(), "text/html")),
        ("file_broken", sent(details, png() + b"Rumpelstilzchen")),
        ("picture_too_large", sent(details, png(60_000, 60_000, data=b"bomb"))),
        ("file_too_large", sent(details, bytes(11_000_000))),
    ):
        yield code, house.ask("bear", "POST", path, **sending)
    with monkeypatch.context() as patched:
        patched.setattr(Semaphore, "acquire", breaking(TimeoutError()))
        yield "files_busy", house.ask("bear", "POST", path, **sent(details, png()))
    kept = house.ask("bear", "POST", path, **sent(details, png())).json()["id"]
    with monkeypatch.context() as patched:
        patched.setattr(type(house.store), "part", breaking(FileDamaged()))
        yield "file_damaged", house.ask("bear", "GET", f"/v1/evidence/{kept}/file")


def too_much(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Response]]:
    """Refusals of more than there is room for."""

    async def nothing_left(*_: Any) -> int:
        return 0

    async def busy(*_: Any) -> None:
        raise DoorTooBusy(Standing(Allowance("form", 1, timedelta(seconds=1)), 0, 1))

    with monkeypatch.context() as patched:
        patched.setattr(type(house.store), "spend", nothing_left)
        yield "too_many_failures", house.client.get("/v1/posts", headers={"Authorization": "Bearer Rumpelstilzchen"})
        yield "over_budget", house.ask("website", "GET", "/v1/practices")
        patched.setattr(Budgets, "website", busy)
        yield "door_too_busy", house.ask("website", "GET", "/v1/practices")
    elsewhere = {"Origin": "https://rumpelstilzchen.example"}
    yield (
        "origin",
        house.ask("website", "POST", f"/v1/practice-websites/{HOME}/submissions", json={}, headers=elsewhere),
    )


def breaking_once_found() -> Any:
    """A store in which nothing is found yet of what somebody else is just writing."""

    async def find(*_: Any, **__: Any) -> list[Any]:
        return []

    return find


def test_every_refusal_is_a_problem_that_explains_itself(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds, seen = {each.code: each for each in CATALOGUE}, set()
    for code, answer in every_refusal(house, monkeypatch):
        told = problem_in(answer, kinds[code].status, code)
        assert "Rumpelstilzchen" not in answer.text
        explained = house.client.get(told["type"])
        assert explained.status_code == 200
        assert [explained.json()[name] for name in ("code", "status", "title")] == [code, told["status"], told["title"]]
        assert ("guard" in told) == (code == "guard")
        assert ("errors" in told) == (code == "malformed")
        assert ("Retry-After" in answer.headers) == (told["status"] in {429, 503})
        assert ("RateLimit" in answer.headers) == ("RateLimit-Policy" in answer.headers)
        assert "RateLimit" in answer.headers or told["status"] != 429
        seen.add(code)
    assert seen == set(kinds)
    problem_in(house.client.get("/problems/nothing"), 404, "not_found")


@on_sqlite
def test_a_request_has_a_name_and_may_belong_to_something(house: House) -> None:
    name = "6f6e2c1e-7a39-4dc8-a27a-6a2b9f0e8d11"
    for path in ("/v1/posts", "/v1/nothing", "/livez", f"/v1/posts/{NEVER}"):
        answer = house.ask("hansel", "GET", path, headers={"X-Request-ID": name, "X-Correlation-ID": "morning round"})
        assert (answer.headers["X-Request-ID"], answer.headers["X-Correlation-ID"]) == (name, "morning round")
    for not_a_name in ("", "1", "Rumpelstilzchen", name[:-1], f"{name}0", "\u0661"):
        answer = house.ask("hansel", "GET", "/v1/posts", headers={"X-Request-ID": not_a_name.encode()})
        made = answer.headers["X-Request-ID"]
        assert str(UUID(made)) == made != name
    for not_given_back in ("a" * 101, "\x1b[31m", "\u0661"):
        headers = {"X-Correlation-ID": not_given_back.encode()}
        assert "X-Correlation-ID" not in house.ask("hansel", "GET", "/v1/posts", headers=headers).headers


@on_sqlite
def test_what_a_request_belongs_to_is_logged_if_it_is_an_identifier_and_never_otherwise(house: House) -> None:
    """Anything else may be what a person typed."""
    name = "6f6e2c1e-7a39-4dc8-a27a-6a2b9f0e8d11"
    for said, logged in (
        (name, name),
        (name.upper(), name),
        ("Rumpelstilzchen", None),
        ("9990000123", None),
        ("", None),
    ):
        with capture_logs() as lines:
            house.ask("hansel", "GET", "/v1/posts", headers={"X-Correlation-ID": said})
        (line,) = [each for each in lines if each["event"] == "answered"]
        assert line.get("correlation_id") == logged
        assert "Rumpelstilzchen" not in str(lines)
        assert "9990000123" not in str(lines)


@on_sqlite
def test_what_was_changed_is_audited_under_the_name_of_the_request(house: House) -> None:
    drafted = house.drafted(headers={"X-Request-ID": "6f6e2c1e-7a39-4dc8-a27a-6a2b9f0e8d11"})
    entries = house.reads("hansel", f"/v1/audit-entries?record_id={drafted.json()['id']}")["items"]
    assert [each["request_id"] for each in entries] == ["6f6e2c1e-7a39-4dc8-a27a-6a2b9f0e8d11"]


@on_sqlite
def test_nobody_in_between_keeps_an_answer(house: House) -> None:
    draft = house.drafted(headers={KEY: "once"})
    read = house.again("goldilocks", draft)
    answers = [draft, read, house.drafted(headers={KEY: "once"}), house.does("goldilocks", "submit", draft)]
    answers += [
        house.ask("hansel", "GET", f"/v1/{each}") for each in (*LISTS, "clauses", "workflows", "workflows/posts")
    ]
    path, tag = f"/v1/posts/{draft.json()['id']}", house.again("goldilocks", draft).headers["ETag"]
    answers.append(house.ask("goldilocks", "GET", path, headers={"If-None-Match": tag}))
    assert [each.status_code for each in answers[:4]] + [answers[-1].status_code] == [201, 200, 201, 200, 304]
    for each in answers:
        assert each.headers["Cache-Control"] == "no-store"
        assert each.headers["X-Content-Type-Options"] == "nosniff"


@on_sqlite
def test_every_single_record_says_where_it_stands_and_has_a_tag(house: House) -> None:
    for resource, record in one_of_each(house).items():
        answer = house.ask("hansel", "GET", f"/v1/{kebab(resource)}/{record}")
        assert {"state", "version", "available_transitions", "overdue"} <= set(answer.json())
        assert answer.headers["ETag"].startswith(f'"{answer.json()["version"]}-')


@on_sqlite
def test_a_tag_changes_with_whatever_the_caller_sees_and_with_nothing_else(house: House) -> None:
    """The version stays; the roles of whoever asks, the policy in force and the time change what they are shown."""
    submitted = house.submitted()
    tag = house.again("rapunzel", submitted).headers["ETag"]
    assert house.again("rapunzel", submitted).headers["ETag"] == tag
    assert house.again("goldilocks", submitted).headers["ETag"] != tag
    assert house.again("rumpelstiltskin", submitted).headers["ETag"] == tag

    house.does("hansel", "end_role", house.member("rapunzel"), json={"role": Role.COMMUNICATIONS_MANAGER})
    without_role = house.again("rapunzel", submitted)
    assert without_role.headers["ETag"] != tag
    assert "approve" not in without_role.json()["available_transitions"]
    assert without_role.json()["version"] == submitted.json()["version"]

    approved = house.approved(by="rumpelstiltskin")
    assert "publish" not in house.again("bear", approved).json()["available_transitions"]
    tag = house.again("bear", approved).headers["ETag"]
    settings = {**policy("aspiro")["settings"]}
    duties = {**settings.get("duties", {}), "use_platforms": {"value": ["complaints_lead"]}}
    publish_policy(house, "aspiro", HOME, content={**policy("aspiro"), "settings": {**settings, "duties": duties}})
    assert "publish" in house.again("bear", approved).json()["available_transitions"]
    assert house.again("bear", approved).headers["ETag"] != tag

    active = f"/v1/policies/{house.reads('puss', '/v1/policies?state=active')['items'][0]['id']}"
    before = house.ask("puss", "GET", active)
    house.clock.wind(days=3650)
    after = house.ask("puss", "GET", active)
    assert (before.json()["overdue"], after.json()["overdue"]) == (False, True)
    assert before.headers["ETag"] != after.headers["ETag"]
    assert before.json()["version"] == after.json()["version"]


def test_a_change_is_answered_with_the_record_as_whoever_reads_it_next_sees_it(house: House) -> None:
    """The same tag and the same bytes, so that nobody reads again what they have just been told."""
    in_summer = {**policy("coleridge"), "review_due": {"value": "2027-07-15"}}
    until = (house.clock.moment + timedelta(days=200)).isoformat().replace("+00:00", "+01:00")
    grant = {"role": Role.COMPLAINTS_LEAD, "ends": until}
    told: list[tuple[str, Callable[[], Response]]] = [
        ("goldilocks", house.published),
        ("hansel", lambda: publish_policy(house, "coleridge", HOME, content=in_summer)),
        ("hansel", lambda: house.does("hansel", "grant_role", house.member("cinderella"), json=grant)),
    ]
    for person, change in told:
        changed = change()
        assert changed.status_code == 200, changed.text
        read = house.again(person, changed)
        assert (read.headers["ETag"], read.content) == (changed.headers["ETag"], changed.content)


@on_sqlite
def test_what_is_not_new_is_not_sent_again(house: House) -> None:
    read = house.again("goldilocks", house.drafted())
    path, tag = str(read.request.url.path), read.headers["ETag"]
    for known in (tag, f"W/{tag}", f'"1-other", {tag}', f'{tag},"1-other"', "*"):
        answer = house.ask("goldilocks", "GET", path, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)
    for other in ('"1-other"', '""', "", tag.strip('"'), f'{tag[:-2]}"', "garbage"):
        assert house.ask("goldilocks", "GET", path, headers={"If-None-Match": other}).status_code == 200
    assert house.ask("rapunzel", "GET", path, headers={"If-None-Match": f'"{NEVER}"'}).status_code == 200
    assert house.ask("hansel", "GET", f"/v1/posts/{NEVER}", headers={"If-None-Match": "*"}).status_code == 404


def test_a_change_is_asked_of_the_version_that_was_seen_and_of_nothing_else(house: House) -> None:
    """Whoever read it, and whatever else they were shown then: only what changed the record makes a tag stale."""
    draft = house.drafted()
    path = f"/v1/posts/{draft.json()['id']}/edit"
    problem_in(house.ask("goldilocks", "POST", path, json=DRAFT), 428, "version_required")
    for no_tag in (
        "", ",", "*", " * ", '"1", *', "1", "1-a", "01", '""1""', '"1', '1"', "'1'", '"1 a"', "garbage", 'w/"1"', 'W/ "1"', 'W/1',
        '"1" "1"', '"1";', '"1", "1"', '"1-a","2-b"', 'W/"1", "1"',
    ):  # fmt: skip
        answer = house.ask("goldilocks", "POST", path, json=DRAFT, headers={"If-Match": no_tag})
        problem_in(answer, 428, "version_required")
    twice = [("If-Match", draft.headers["ETag"]), ("If-Match", draft.headers["ETag"])]
    answer = house.client.post(
        path, json=DRAFT, headers=[*twice, ("Authorization", f"Bearer {house.token('goldilocks')}")]
    )
    problem_in(answer, 428, "version_required")
    for stale in (
        '"0"', '"2"', '"2-abc"', '"-1"', 'W/"1"', f"W/{draft.headers['ETag']}", '"1.0-a"', '"01"', '"+1"', '"01000000001"',
        '"1000000000"', '"\u0661"', '""', '"1,1"', '"a-1"', '"*"',
    ):  # fmt: skip
        answer = house.ask("goldilocks", "POST", path, json=DRAFT, headers={b"If-Match": stale.encode()})
        problem_in(answer, 412, "stale")
    seen_by_another = house.again("cinderella", draft).headers["ETag"]
    assert seen_by_another != house.again("goldilocks", draft).headers["ETag"]
    for version, tag in enumerate((seen_by_another, '"2"', '"3-what,I,saw-\xe9"', ' , "4-" ,'), start=2):
        answer = house.ask("goldilocks", "POST", path, json=DRAFT, headers={b"If-Match": tag.encode("latin-1")})
        assert (answer.status_code, answer.json()["version"]) == (200, version)


def test_the_same_request_is_answered_alike_and_changes_things_once(house: House) -> None:
    first = house.drafted(headers={KEY: "draft"})
    assert "Idempotent-Replayed" not in first.headers
    submitted = house.does("goldilocks", "submit", first, headers={KEY: "submit"})
    again = house.drafted(headers={KEY: "draft"})

    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert again.headers["Location"] == first.headers["Location"] == f"/v1/posts/{first.json()['id']}"
    assert again.json() == house.again("goldilocks", first).json() != first.json()
    assert again.headers["ETag"] == house.again("goldilocks", first).headers["ETag"]

    replayed = house.does("goldilocks", "submit", first, headers={KEY: "submit"})
    assert (replayed.status_code, replayed.headers["Idempotent-Replayed"]) == (200, "true")
    assert replayed.json() == submitted.json()
    entries = house.reads("hansel", f"/v1/audit-entries?record_id={first.json()['id']}")["items"]
    assert [each["transition"] for each in entries] == ["write", "submit"]


def test_a_key_stands_for_one_request_by_one_person_at_one_practice(house: House) -> None:
    first = house.drafted(headers={KEY: "k"})
    problem_in(house.drafted(headers={KEY: "k"}, purpose="Another"), 422, "key_reused")
    problem_in(house.does("goldilocks", "submit", first, headers={KEY: "k"}), 422, "key_reused")
    problem_in(
        house.ask("goldilocks", "POST", "/v1/posts", content=b"{", headers={**JSON, KEY: "k"}), 422, "key_reused"
    )

    others = [
        house.drafted("rapunzel", headers={KEY: "k"}),
        house.drafted("rapunzel", practice=ELSEWHERE, headers={KEY: "k"}),
    ]
    others.append(house.drafted(headers={KEY: "K"}))
    for each in others:
        assert each.status_code == 201
        assert "Idempotent-Replayed" not in each.headers
    assert len({each.json()["id"] for each in (first, *others)}) == 4


def test_a_refusal_is_not_kept(house: House) -> None:
    draft = house.drafted()
    problem_in(house.does("rapunzel", "approve", draft, headers={KEY: "k"}), 409, "state")
    problem_in(house.ask("rapunzel", "POST", "/v1/posts", json={}, headers={KEY: "k"}), 422, "malformed")
    problem_in(house.does("cinderella", "approve", draft, headers={KEY: "k"}), 403, "role")
    house.does("goldilocks", "submit", draft)
    approved = house.does("rapunzel", "approve", house.again("rapunzel", draft), headers={KEY: "k"})
    assert (approved.status_code, approved.json()["state"]) == (200, "approved")
    assert "Idempotent-Replayed" not in approved.headers


@on_sqlite
def test_a_key_is_1_to_255_characters_that_can_be_seen(house: House) -> None:
    for key in ("", "a" * 256, "\u0661", "a\tb"):
        answer = house.ask("goldilocks", "POST", "/v1/posts", json=DRAFT, headers={KEY.encode(): key.encode()})
        problem_in(answer, 422, "key_malformed")
    assert house.drafted(headers={KEY: "a" * 255}).status_code == 201
    assert house.drafted(headers={KEY: "a"}).status_code == 201
    assert house.ask("hansel", "GET", "/v1/posts", headers={KEY: ""}).status_code == 200


def test_twins_at_the_same_moment_get_the_same_answer(house: House) -> None:
    with ThreadPoolExecutor(12) as crowd:
        drafts = list(crowd.map(lambda _: house.drafted(headers={KEY: "twins"}), range(12)))
    assert {(each.status_code, each.json()["id"]) for each in drafts} == {(201, drafts[0].json()["id"])}
    assert sum("Idempotent-Replayed" not in each.headers for each in drafts) == 1
    with ThreadPoolExecutor(12) as crowd:
        other = list(crowd.map(lambda n: house.drafted(headers={KEY: "rivals"}, purpose=f"Clinic {n}"), range(12)))
    assert sorted(each.status_code for each in other) == [201] + [422] * 11


def test_a_receipt_holds_nothing_of_what_was_said_or_answered(house: House) -> None:
    drafted = house.drafted(headers={KEY: "once"}, purpose="Rumpelstilzchen")
    assert set(columns_of(house.database, "receipt")) == {
        "practice",
        "subject",
        "key",
        "fingerprint",
        "record_id",
        "status",
        "at",
    }
    (receipt,) = [each for each in rows_of(house, "receipt") if each["key"] == "once"]
    assert "Rumpelstilzchen" not in str(receipt)
    assert UUID(str(receipt["record_id"])) == UUID(drafted.json()["id"])
    assert len(receipt["fingerprint"]) == 64


def test_a_record_is_replayed_as_it_now_stands_for_whoever_asks(house: House) -> None:
    first = house.drafted("rapunzel", headers={KEY: "k"})
    assert "discard" in first.json()["available_transitions"]
    house.does("goldilocks", "submit", first)
    replayed = house.drafted("rapunzel", headers={KEY: "k"})
    assert (replayed.json()["state"], replayed.status_code) == ("submitted", 201)


def test_answers_take_precedence_in_the_order_that_is_promised(house: House) -> None:
    """401, 404, a replayed answer, 403, 428 or 412, 409, 422."""
    draft = house.drafted()
    path = f"/v1/posts/{draft.json()['id']}"
    garbage: dict[str, Any] = {"content": b"{", "headers": JSON}

    problem_in(house.client.post(f"/v1/posts/{NEVER}/approve", **garbage), 401, "not_recognised")
    problem_in(house.ask("cinderella", "POST", f"/v1/posts/{NEVER}/approve", **garbage), 404, "not_found")
    problem_in(house.ask("cinderella", "POST", f"{path}/approve", **garbage), 403, "role")
    problem_in(house.ask("cinderella", "POST", "/v1/staff", **garbage), 403, "role")
    problem_in(house.ask("rapunzel", "POST", f"{path}/request-changes", **garbage), 428, "version_required")
    stale: dict[str, Any] = {"content": b"{", "headers": {**JSON, "If-Match": '"9"'}}
    problem_in(house.ask("rapunzel", "POST", f"{path}/request-changes", **stale), 412, "stale")
    problem_in(house.does("rapunzel", "request_changes", draft, content=b"{", headers=JSON), 409, "state")
    problem_in(
        house.does("rapunzel", "request_changes", draft, content=b"", headers={"Content-Type": ""}), 409, "state"
    )
    submitted = house.does("goldilocks", "submit", draft)
    problem_in(house.does("rapunzel", "request_changes", submitted, content=b"{", headers=JSON), 422, "not_json")


@on_sqlite
def test_whoever_may_not_see_a_list_learns_that_before_what_is_wrong_with_the_question(house: House) -> None:
    asked = 0
    for resource in (*LISTS, "clauses"):
        malformed = ["unknown=1", "state=nowhere", "record_id=1", "policy_id=1"]
        malformed += [] if resource == "clauses" else ["limit=0", "cursor=nowhere"]
        for person in ("website", "owl", "cinderella", "stranger"):
            permitted = house.ask(person, "GET", f"/v1/{resource}").status_code
            for each in malformed:
                answer = house.ask(person, "GET", f"/v1/{resource}?{each}")
                assert (permitted, answer.status_code) in {(200, 422), (403, 403)}, (person, resource, each)
                asked += permitted == 403
    assert asked > 40
    problem_in(house.ask("cinderella", "GET", "/v1/audit-entries?limit=0"), 403, "role")


def test_a_replay_comes_after_404_and_before_403(house: House) -> None:
    """Who asked may hear the answer again when the role is gone, but not when they are."""
    draft = {"subject": "hare", "name": "Hare", "roles": []}

    def ask() -> Response:
        return house.ask("gretel", "POST", "/v1/staff", json=draft, headers={KEY: "k"})

    first = ask()
    house.does("hansel", "end_role", house.member("gretel"), json={"role": Role.PARTNER})
    again = ask()
    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert again.json()["id"] == first.json()["id"]
    problem_in(house.ask("gretel", "POST", "/v1/staff", json={**draft, "subject": "tortoise"}), 403, "role")

    member = house.member("gretel")
    new: dict[str, Any] = {"json": {"name": "Gretchen"}, "headers": {KEY: "name"}}
    renamed = house.does("hansel", "correct_name", member, **new)
    assert house.does("hansel", "correct_name", member, **new).json() == renamed.json()
    house.does("hansel", "leave", house.member("gretel"), json={})
    problem_in(ask(), 404, "not_found")


def ids(answer: Response) -> list[str]:
    """The identifiers on a page."""
    return [each["id"] for each in answer.json()["items"]]


def walk(house: House, path: str, between: Iterable[Any] = ()) -> list[list[str]]:
    """Every page from here to the end, with something happening between two pages."""
    pages: list[list[str]] = []
    meanwhile = iter(between)
    answer = house.ask("hansel", "GET", path)
    while True:
        assert answer.status_code == 200, answer.text
        assert set(answer.json()) == {"items", "next_cursor"}
        if not answer.json()["items"]:
            return pages
        pages.append(ids(answer))
        if answer.json()["next_cursor"] is None:
            assert "Link" not in answer.headers
            return pages
        assert answer.links["next"]["rel"] == "next"
        next(meanwhile, None)
        answer = house.ask("hansel", "GET", answer.links["next"]["url"])


def test_a_walk_through_a_list_loses_nothing_and_meets_nothing_twice(house: House) -> None:
    there = [house.drafted().json()["id"] for _ in range(7)]
    for limit in (1, 2, 3, 7, 100):
        pages = walk(house, f"/v1/posts?limit={limit}", (house.drafted() for _ in range(3)))
        found = [each for page in pages for each in page]
        assert len(set(found)) == len(found)
        assert [each for each in found if each in there] == sorted(there)
        assert {len(page) for page in pages[:-1]} <= {limit}
    begin_one_of_each(house)
    posted(house)
    for resource in LISTS:
        whole = ids(house.ask("hansel", "GET", f"/v1/{resource}?limit=100"))
        assert [each for page in walk(house, f"/v1/{resource}?limit=3") for each in page] == whole
        assert whole


@on_sqlite
def test_a_page_holds_50_items_unless_it_is_asked_for_more_or_less(house: House) -> None:
    for _ in range(51):
        house.drafted()
    first = house.ask("hansel", "GET", "/v1/posts")
    assert len(ids(first)) == 50
    assert len(ids(house.ask("hansel", "GET", first.links["next"]["url"]))) == 1
    assert len(ids(house.ask("hansel", "GET", "/v1/posts?limit=100"))) == 51
    for limit in ("0", "101", "abc", "-1", "1.5", "", "1000"):
        problem_in(house.ask("hansel", "GET", f"/v1/posts?limit={limit}"), 422, "limit_malformed")


def test_a_cursor_opens_no_other_practice(house: House) -> None:
    house.drafted()
    house.drafted(practice=ELSEWHERE)
    cursor = house.reads("hansel", "/v1/staff?limit=1", practice=ELSEWHERE)["next_cursor"]
    assert {each["practice"] for each in house.reads("hansel", f"/v1/staff?cursor={cursor}")["items"]} <= {HOME}
    for malformed in ("a", "=", cursor[:-1], f"{cursor}A", f"{cursor}==", "A" * 65, "\u0661"):
        problem_in(house.ask("hansel", "GET", f"/v1/staff?cursor={malformed}"), 422, "cursor_malformed")
    events = house.reads("hansel", "/v1/events", practice=ELSEWHERE)["next_cursor"]
    problem_in(house.ask("hansel", "GET", f"/v1/events?cursor={events}"), 410, "cursor_expired")


@on_sqlite
def test_a_list_is_narrowed_by_what_is_known_and_by_nothing_else(house: House) -> None:
    for resource in (*LISTS, "clauses"):
        for unknown in ("offset=1", "page=2", "total=true", "practice=ZZ0002", "id=1"):
            problem_in(house.ask("hansel", "GET", f"/v1/{resource}?{unknown}"), 422, "malformed")


def test_a_list_is_narrowed_by_state_kind_author_and_what_is_due(house: House) -> None:
    draft, submitted = house.drafted(), house.submitted("rapunzel")
    closes = (house.clock.moment + timedelta(days=30)).isoformat()
    closure = house.drafted(kind="closure_notice", closure={"closes_at": closes})
    scheduled = house.approved()
    at = house.clock.moment + timedelta(days=1)
    scheduled = house.does("goldilocks", "schedule", scheduled, json={"publish_at": at.isoformat()})
    assert (scheduled.status_code, scheduled.json()["due_for"] is not None) == (200, True)

    assert listed(house, "state=draft") == [draft.json()["id"], closure.json()["id"]]
    assert listed(house, "state=submitted") == [submitted.json()["id"]]
    assert listed(house, "state=draft&kind=closure_notice") == [closure.json()["id"]]
    assert listed(house, f"author={submitted.json()['author']}") == [submitted.json()["id"]]
    due = scheduled.json()["due_at"]
    assert listed(house, f"due_before={due}") == []
    later = (at + timedelta(seconds=1)).isoformat().replace("+00:00", "Z")
    assert scheduled.json()["id"] in listed(house, f"due_before={later}")
    assert listed(house, f"due_before={later}&state=draft") == []


def listed(house: House, narrowing: str) -> list[str]:
    """The posts that are narrowed like this."""
    return ids(house.ask("hansel", "GET", f"/v1/posts?{narrowing}"))


@on_sqlite
def test_whoever_watches_the_service_needs_no_token(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert house.client.get("/livez").json() == {"status": "ok"}
    for path in ("/readyz", "/healthz"):
        assert house.client.get(path).json() == {"status": "ok"}
    about = house.client.get("/version").json()
    assert set(about) == {"version", "schema_revision"}
    as_owner(house.database, "UPDATE alembic_version SET version_num = '0000'")
    problem_in(house.client.get("/readyz"), 503, "unavailable")
    assert house.client.get("/livez").status_code == 200
    with monkeypatch.context() as patched:
        patched.setattr(type(house.store), "revision", breaking(Unavailable()))
        problem_in(house.client.get("/readyz"), 503, "unavailable")


@on_sqlite
def test_what_is_counted_says_which_route_and_never_which_record(house: House) -> None:
    draft = house.drafted(purpose="Rumpelstilzchen")
    house.again("goldilocks", draft)
    house.ask("hansel", "RUMPELSTILZCHEN", "/v1/posts")
    house.ask("hansel", "GET", "/rumpelstilzchen?name=Rumpelstilzchen")
    counted = house.client.get("/metrics")
    assert counted.headers["Content-Type"].startswith("text/plain")
    assert 'charter_requests_total{method="GET",route="/v1/posts/{record_id}",status="200"}' in counted.text
    assert 'charter_requests_total{method="unknown",route="/v1/posts",status="405"}' in counted.text
    assert "rumpelstilzchen" not in counted.text.lower()
    assert draft.json()["id"] not in counted.text
    assert HOME not in counted.text


@on_sqlite
def test_the_documentation_works_on_a_closed_network_and_can_be_switched_off(house: House, tmp_path: Path) -> None:
    for path in ("/docs", "/redoc"):
        page = house.client.get(path)
        assert page.status_code == 200
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert "://" not in page.text
        parts = [each.split('"')[0] for mark in ('src="', 'href="') for each in page.text.split(mark)[1:]]
        assert len(parts) >= 2
        for each in parts:
            assert house.client.get(each).status_code == 200, each
    off = TestClient(create_app(Settings(data_folder=tmp_path, documentation_on=False)))
    for path in ("/docs", "/redoc", "/openapi.json", "/static/favicon.svg"):
        problem_in(off.get(path), 404, "not_found")


@on_sqlite
def test_the_law_can_be_read_by_whoever_is_known_and_is_the_same_for_all(house: House) -> None:
    read = [house.reads(each, "/v1/workflows") for each in ("hansel", "cinderella", "website")]
    assert read[0] == read[1] == read[2] == house.ask(OPERATOR, "GET", "/v1/workflows", practice=INSTALLATION).json()
    assert [each["resource"] for each in read[0]["items"]] == [each.resource for each in ALL]
    described = house.client.get("/openapi.json").json()["paths"]
    for each in read[0]["items"]:
        assert house.reads("cinderella", f"/v1/workflows/{each['resource']}") == each
        declared = [*each["openings"], *each["transitions"]]
        assert all("post" in described[law["path"]] for law in declared if law["path"])
        assert all(bool(law["path"]) == bool(law["by"]) for law in declared)
    problem_in(house.ask("hansel", "GET", "/v1/workflows/nothing"), 404, "not_found")


def test_a_fault_is_answered_and_leaves_nothing_half_done(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    approved = house.approved()
    with monkeypatch.context() as patched:
        patched.setattr(type(house.store), "write", breaking(ZeroDivisionError("Rumpelstilzchen")))
        answer = house.does("goldilocks", "publish", approved, json=FACEBOOK, headers={KEY: "k"})
    assert "Rumpelstilzchen" not in answer.text
    problem_in(answer, 500, "internal")
    again = house.does("goldilocks", "publish", approved, json=FACEBOOK, headers={KEY: "k"})
    assert (again.status_code, again.json()["state"]) == (200, "published")
    assert "Idempotent-Replayed" not in again.headers


@on_sqlite
def test_no_page_of_another_origin_is_let_in(house: House) -> None:
    """Closed to scripts of other origins, a question before the request included."""
    asked = {"Origin": "https://example.com", "Access-Control-Request-Method": "POST"}
    for path in ("/v1/posts", "/v1/conduct-checks", "/livez", "/openapi.json", "/nowhere"):
        for answer in (
            house.client.options(path, headers=asked),
            house.ask("website", "GET", path, headers=asked),
        ):
            assert not [name for name in answer.headers if name.lower().startswith("access-control")]
            assert answer.request.method == "GET" or answer.status_code in {404, 405}
