"""Every showing of a sensitive record is written down before it is sent; what can't be written down is not shown."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from httpx import Response

from models.ledger import AccessEntry
from models.posts import Post
from service.audit import AuditKey, access_sealed
from tests.databases import as_owner
from tests.house import FACEBOOK, HOME, PEOPLE, PRACTICES, House
from tests.ledger import assert_ledgers_agree, rows_of
from tests.stories import within

LEDGERS = ("audit_entry", "access_entry", "event", "receipt", "post")


@pytest.fixture
def sensitive(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Posts stand for what is sensitive."""
    with monkeypatch.context() as patched:
        patched.setattr(Post, "sensitive", True)
        yield


def accesses(house: House, narrowing: str = "") -> list[dict[str, Any]]:
    """Who was shown what, as it can be read."""
    items: list[dict[str, Any]] = house.reads("hansel", f"/v1/access-entries?limit=100&{narrowing}")["items"]
    return items


def new(house: House, ask: Callable[[], Response], status: int = 200) -> list[dict[str, Any]]:
    """The entries that a request leaves behind."""
    before = len(accesses(house))
    answer = ask()
    assert answer.status_code == status, answer.text
    return accesses(house)[before:]


def shown(house: House, ask: Callable[[], Response], status: int = 200) -> list[tuple[str, set[str]]]:
    """What was shown, by the entries that a request leaves behind."""
    return [(each["kind"], set(each["records"])) for each in new(house, ask, status)]


def forbid(house: House, table: str) -> Callable[[], Any]:
    """Let the database refuse every row of a table, until it is told otherwise."""
    if house.database.startswith("sqlite"):
        refuse = f"CREATE TRIGGER doomed BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END"
        as_owner(house.database, refuse)
        return lambda: as_owner(house.database, "DROP TRIGGER doomed")
    body = "BEGIN RAISE EXCEPTION ''no''; END"
    as_owner(house.database, f"CREATE FUNCTION doom() RETURNS trigger LANGUAGE plpgsql AS '{body}'")
    as_owner(house.database, f"CREATE TRIGGER doomed BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION doom()")
    return lambda: as_owner(house.database, f"DROP TRIGGER doomed ON {table}")


@pytest.mark.usefixtures("sensitive")
def test_every_way_to_be_shown_a_record_leaves_an_entry(house: House) -> None:
    """AUDIT-2: alone, in a list, in a search that finds nothing, in an answer told again, and in what is made of it."""
    key: dict[str, Any] = {"headers": {"Idempotency-Key": "once"}}
    first, second = house.drafted(**key), house.published()
    one, both = {first.json()["id"]}, {first.json()["id"], second.json()["id"]}
    path = f"/v1/posts/{first.json()['id']}"
    assert shown(house, lambda: house.again("hansel", first)) == [("post", one)]
    assert shown(house, lambda: house.ask("hansel", "GET", "/v1/posts")) == [("post", both)]
    assert shown(house, lambda: house.ask("hansel", "GET", "/v1/posts?limit=1")) == [("post", one)]
    assert shown(house, lambda: house.ask("hansel", "GET", "/v1/posts?state=withdrawn")) == [("post", set())]
    assert shown(house, lambda: house.ask("goldilocks", "GET", f"{path}/findings")) == [("post", one)]
    assert shown(house, lambda: house.drafted(**key), 201) == [("post", one)]
    approved = house.approved()
    other: dict[str, Any] = {"headers": {"Idempotency-Key": "another"}}
    publish = lambda: house.does("goldilocks", "publish", approved, json=FACEBOOK, **other)  # noqa: E731 - asked twice
    assert shown(house, publish) == []
    assert shown(house, publish) == [("post", {approved.json()["id"]})]


@pytest.mark.usefixtures("sensitive")
def test_an_entry_says_who_was_shown_what_when_and_in_which_role(house: House) -> None:
    post = house.submitted()
    answer = house.again("rapunzel", post)
    (entry,) = accesses(house)
    assert entry["actor"] == house.member("rapunzel").json()["id"]
    assert entry["roles"] == ["communications_manager", "staff"]
    assert entry["request_id"] == answer.headers["X-Request-ID"]
    assert entry["at"] == house.clock.moment.isoformat().replace("+00:00", "Z")
    assert (entry["practice"], entry["kind"], entry["records"]) == (HOME, "post", [post.json()["id"]])


@pytest.mark.usefixtures("sensitive")
def test_what_the_trail_keeps_of_a_sensitive_record_is_as_sensitive(house: House) -> None:
    """AUDIT-2: what was sent tells as much as the record."""
    post = house.drafted()
    record = {post.json()["id"]}
    path = f"/v1/audit-entries?record_id={post.json()['id']}"
    (entry,) = house.reads("owl", path)["items"]
    assert shown(house, lambda: house.ask("owl", "GET", path)) == [("audit_entry", record)]
    alone = f"/v1/audit-entries/{entry['id']}"
    assert shown(house, lambda: house.ask("owl", "GET", alone)) == [("audit_entry", record)]
    assert shown(house, lambda: house.ask("owl", "GET", "/v1/audit-entries?kind=staff_member")) == []
    house.does("goldilocks", "submit", post)
    assert shown(house, lambda: house.ask("owl", "GET", f"{path}&transition=submit")) == []  # nothing was sent with it


@pytest.mark.usefixtures("sensitive")
def test_what_shows_nothing_leaves_no_entry(house: House) -> None:
    """AUDIT-2: a refusal, what is not there, and what the caller has already."""
    post = house.drafted()
    path = f"/v1/posts/{post.json()['id']}"
    etag = {"If-None-Match": post.headers["ETag"]}
    assert shown(house, lambda: house.ask("goldilocks", "GET", path, headers=etag), 304) == []
    assert shown(house, lambda: house.ask("clinical-system", "GET", path), 404) == []
    assert shown(house, lambda: house.ask("goldilocks", "GET", f"/v1/posts/{UUID(int=0)}"), 404) == []
    assert shown(house, lambda: house.ask("cinderella", "GET", "/v1/audit-entries?kind=post"), 403) == []
    assert shown(house, lambda: house.ask("hansel", "GET", path, practice=PRACTICES["imperial"]), 404) == []
    assert shown(house, lambda: house.does("clinical-system", "submit", post), 404) == []


def test_what_is_not_sensitive_leaves_none(house: House) -> None:
    post = house.drafted()
    for path in ("/v1/posts", f"/v1/posts/{post.json()['id']}", "/v1/staff", "/v1/audit-entries"):
        assert shown(house, lambda path=path: house.ask("hansel", "GET", path)) == []  # type: ignore[misc]  # mypy does not infer defaults of a lambda


def reader(path: str) -> str:
    """Somebody who may read this."""
    return "hansel" if "audit" in path else "goldilocks"


@pytest.mark.usefixtures("sensitive")
def test_what_can_not_be_written_down_is_not_shown(house: House) -> None:
    """AUDIT-3: no entry, no answer."""
    post = house.drafted()
    (entry,) = house.reads("owl", f"/v1/audit-entries?record_id={post.json()['id']}")["items"]
    readings = [
        f"/v1/posts/{post.json()['id']}", "/v1/posts", f"/v1/posts/{post.json()['id']}/findings",
        "/v1/audit-entries?kind=post", f"/v1/audit-entries/{entry['id']}",
    ]  # fmt: skip
    before = len(rows_of(house, "access_entry"))
    allow = forbid(house, "access_entry")
    for path in readings:
        answer = house.ask(reader(path), "GET", path)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert post.json()["text"] not in answer.text
        assert "ETag" not in answer.headers
    assert house.reads("hansel", "/v1/staff")["items"]
    assert len(rows_of(house, "access_entry")) == before
    allow()
    assert [house.ask(reader(path), "GET", path).status_code for path in readings] == [200] * len(readings)
    assert len(rows_of(house, "access_entry")) == before + len(readings)


def test_what_can_not_be_audited_does_not_happen(house: House) -> None:
    """AUDIT-1: no entry, no act; and the same request, with the same key, is done once the trail can be written again."""
    post = house.submitted()
    key: dict[str, Any] = {"headers": {"Idempotency-Key": "once"}}
    asks: list[Callable[[], Response]] = [
        lambda: house.drafted(**key),
        lambda: house.does("rapunzel", "approve", post, **key),
    ]
    before = {table: rows_of(house, table) for table in LEDGERS}
    allow = forbid(house, "audit_entry")
    for ask in asks:
        answer = ask()
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert int(answer.headers["Retry-After"]) > 0
    assert {table: rows_of(house, table) for table in LEDGERS} == before
    allow()
    assert [ask().status_code for ask in asks] == [201, 200]
    assert [ask().headers["Idempotent-Replayed"] for ask in asks] == ["true", "true"]
    assert_ledgers_agree(house)


@pytest.mark.usefixtures("sensitive")
def test_who_was_shown_what_is_read_by_those_who_answer_for_it_and_changed_by_nobody(house: House) -> None:
    house.again("goldilocks", house.drafted())
    (entry,) = accesses(house)
    alone = f"/v1/access-entries/{entry['id']}"
    for person in PEOPLE:
        expected = 200 if person in {"hansel", "gretel", "owl"} else 403
        for path in ("/v1/access-entries", alone):
            assert (person, house.ask(person, "GET", path).status_code) == (person, expected)
    assert house.reads("owl", alone) == entry
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert house.ask("hansel", method, "/v1/access-entries").status_code == 405
    for there, practice in ((alone, PRACTICES["imperial"]), (f"/v1/access-entries/{UUID(int=0)}", HOME)):
        answer = house.ask("hansel", "GET", there, practice=practice)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert house.reads("hansel", "/v1/access-entries", practice=PRACTICES["imperial"])["items"] == []


@pytest.mark.usefixtures("sensitive")
def test_who_was_shown_what_is_narrowed_by_kind_and_actor(house: House) -> None:
    post = house.drafted()
    house.again("goldilocks", post)
    house.again("rapunzel", post)
    house.reads("owl", "/v1/audit-entries?kind=post")
    everything = accesses(house)
    assert [each["id"] for each in everything] == sorted(each["id"] for each in everything)
    assert len(everything) == 3
    for name, value in (
        ("kind", "audit_entry"), ("kind", "post"), ("actor", house.member("rapunzel").json()["id"]), ("kind", "nothing"),
    ):  # fmt: skip
        assert accesses(house, f"{name}={value}") == [each for each in everything if each[name] == value]
    page = house.reads("hansel", "/v1/access-entries?limit=2")
    rest = house.reads("hansel", f"/v1/access-entries?limit=2&cursor={page['next_cursor']}")
    assert page["items"] + rest["items"] == everything


@pytest.mark.usefixtures("sensitive")
def test_each_entry_is_sealed_over_all_that_it_says(house: House) -> None:
    house.again("goldilocks", house.drafted())
    key: AuditKey = within(house).audit_key
    (entry,) = (AccessEntry.model_validate(each) for each in accesses(house))
    assert entry.seal == access_sealed(key, entry)
    others: dict[str, Any] = {
        "at": house.clock.moment.replace(year=2025), "roles": ["partner"], "records": [], "id": UUID(int=1),
        "request_id": UUID(int=2),
    }  # fmt: skip
    for name in set(AccessEntry.model_fields) - {"seal"}:
        rewritten = AccessEntry(**{**entry.model_dump(), name: others.get(name, "another")})
        assert access_sealed(key, rewritten) != entry.seal, name
