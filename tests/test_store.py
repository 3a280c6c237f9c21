"""What the databases promise: one winner, all or nothing, one practice at a time, and a chain that verifies."""

from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest

from models.posts import Post
from service.store import Change
from tests.databases import as_owner
from tests.house import FACEBOOK, HOME, PRACTICES, House, policy
from tests.ledger import assert_ledgers_agree, rows_of

CROWD = 50
LEDGERS = ("audit_entry", "event", "receipt")

FAILING_AT_COMMIT = {
    "sqlite": [
        "CREATE TABLE nowhere (id integer PRIMARY KEY)",
        "CREATE TABLE orphan (id integer REFERENCES nowhere (id) DEFERRABLE INITIALLY DEFERRED)",
        "CREATE TRIGGER doomed AFTER INSERT ON event BEGIN INSERT INTO orphan VALUES (1); END",
    ],
    "postgresql": [
        "CREATE TABLE nowhere (id integer PRIMARY KEY)",
        "CREATE TABLE orphan (id integer REFERENCES nowhere (id) DEFERRABLE INITIALLY DEFERRED)",
        """
        CREATE FUNCTION doom() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
        'BEGIN INSERT INTO orphan VALUES (1); RETURN NULL; END'
        """,
        "CREATE TRIGGER doomed AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION doom()",
    ],
}
"""Everything can be written, and only then the commit finds that it can't keep its word."""


def kind_of(house: House) -> str:
    return house.database.partition(":")[0]


def crowd_of(count: int, ask: Callable[[int], Any]) -> list[Any]:
    """Many at once."""
    with ThreadPoolExecutor(count) as crowd:
        return list(crowd.map(ask, range(count)))


@contextmanager
def meanwhile(monkeypatch: pytest.MonkeyPatch, house: House, happens: Callable[[], Any]) -> Iterator[None]:
    """Let something happen after a request was judged, and before it is written."""
    store = type(house.store)
    honest: Callable[[Any, Change], Awaitable[bool]] = store.write

    async def write(self: Any, change: Change) -> bool:
        happens()
        return await honest(self, change)

    with monkeypatch.context() as patched:
        patched.setattr(store, "write", write)
        yield


def test_of_fifty_racing_transitions_one_wins_and_the_rest_are_told(house: House) -> None:
    post = house.submitted()
    answers = crowd_of(CROWD, lambda _: house.does("rapunzel", "approve", post))

    assert sorted(answer.status_code for answer in answers) == [200] + [412] * (CROWD - 1)
    assert {answer.json()["code"] for answer in answers if answer.status_code == 412} == {"stale"}
    assert_ledgers_agree(house)


def test_of_different_transitions_racing_one_wins(house: House) -> None:
    post = house.approved()
    asks = [
        lambda: house.does("goldilocks", "publish", post, json=FACEBOOK),
        lambda: house.does("rapunzel", "revoke", post, json={"reason": "Not today."}),
        lambda: house.does("goldilocks", "fail", post, json={"platform": "facebook", "reason": "It is down."}),
    ]
    answers = crowd_of(30, lambda turn: asks[turn % len(asks)]())

    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 29
    assert_ledgers_agree(house)


def test_of_twenty_twins_all_get_the_one_answer(house: House) -> None:
    key = {"Idempotency-Key": "one"}
    drafts = crowd_of(20, lambda _: house.drafted(headers=key))
    assert {answer.status_code for answer in drafts} == {201}
    assert len({answer.json()["id"] for answer in drafts}) == 1

    submits = crowd_of(20, lambda _: house.does("goldilocks", "submit", drafts[0], headers={"Idempotency-Key": "two"}))
    assert {(answer.status_code, answer.json()["version"]) for answer in submits} == {(200, 2)}
    assert_ledgers_agree(house)


@pytest.mark.parametrize("several", [False, True], ids=["one record", "several records"])
def test_a_commit_that_fails_is_a_500_and_nothing_happened(house: House, several: bool) -> None:
    if several:
        version = house.ask("hansel", "GET", f"/v1/policies/{house.reads('hansel', '/v1/policies')['items'][0]['id']}")
        ask: Callable[[], Any] = lambda: house.does("gretel", "withdraw", version, json={"reason": "Being rewritten."})  # noqa: E731 - asked further down, once all is set
    else:
        version = house.submitted()
        ask = lambda: house.does("rapunzel", "approve", version, headers={"Idempotency-Key": "once"})  # noqa: E731 - asked further down, once all is set
    before = {table: len(rows_of(house, table)) for table in LEDGERS}
    for statement in FAILING_AT_COMMIT[kind_of(house)]:
        as_owner(house.database, statement)

    answer = ask()
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert house.again("hansel", version).json()["version"] == version.json()["version"]
    assert {table: len(rows_of(house, table)) for table in LEDGERS} == before

    as_owner(house.database, "DROP TRIGGER doomed" + ("" if kind_of(house) == "sqlite" else " ON event"))
    assert ask().status_code == 200
    assert_ledgers_agree(house)


def test_others_in_the_same_group_stand_when_one_commit_fails(house: House) -> None:
    """A poisoned change among many: the rest are kept, each once."""
    as_owner(house.database, *poisoned(house))
    answers = crowd_of(30, lambda turn: house.drafted(text="Poison." if turn == 7 else f"Notice {turn}."))

    refused_by_a_trigger = kind_of(house) == "sqlite"
    assert sorted(answer.status_code for answer in answers) == [201] * 29 + [503 if refused_by_a_trigger else 500]
    assert len(rows_of(house, "post")) == 29
    assert_ledgers_agree(house)


def poisoned(house: House) -> tuple[str]:
    """A table that takes every post but one."""
    if kind_of(house) == "sqlite":
        return (
            "CREATE TRIGGER doomed BEFORE INSERT ON post WHEN NEW.text = 'Poison.' BEGIN SELECT RAISE(ABORT, 'no'); END",
        )
    return ("ALTER TABLE post ADD CONSTRAINT doomed CHECK (text <> 'Poison.')",)


def test_a_role_lost_while_deciding_is_lost(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """POST-3: the approver holds the role at the moment of writing, too."""
    post = house.submitted()
    demotion = "UPDATE staff_member SET roles = '[]', version = version + 1 WHERE subject = 'rapunzel'"
    with meanwhile(monkeypatch, house, lambda: as_owner(house.database, demotion)):
        assert house.does("rapunzel", "approve", post).status_code == 403
    assert house.again("hansel", post).json()["state"] == "submitted"


def test_a_duty_moved_while_deciding_is_moved(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """POST-4: whoever publishes has the duty by the policy that is in force at the moment of writing."""
    post = house.approved()
    moved = "UPDATE practice SET version = version + 1 WHERE practice = ?"
    with meanwhile(monkeypatch, house, lambda: as_owner(house.database, moved, HOME)):
        assert house.does("goldilocks", "publish", post, json=FACEBOOK).status_code == 412
    assert house.does("goldilocks", "publish", post, json=FACEBOOK).status_code == 200


def test_of_several_records_one_that_moved_on_takes_all_back(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """POL-3: superseding, publishing and adopting happen together or not at all."""
    active = house.reads("hansel", "/v1/policies?state=active")["items"][0]
    version = approved_version(house)
    moved = "UPDATE policy SET version = version + 1 WHERE practice = ? AND state = 'active'"
    with meanwhile(monkeypatch, house, lambda: as_owner(house.database, moved, HOME)):
        assert house.does("hansel", "publish", version).json()["code"] == "stale"
    states = {each["state"] for each in house.reads("hansel", "/v1/policies")["items"]}
    assert states == {"active", "approved"}
    assert house.reads("hansel", "/v1/practices")["items"][0]["in_force"]["policy_id"] == active["id"]


def approved_version(house: House) -> Any:
    draft = {"content": policy("aspiro"), "change_comment": "Again."}
    version = house.ask("hansel", "POST", "/v1/policies", json=draft)
    return house.does("gretel", "approve", house.does("hansel", "submit", version))


def test_what_a_judgement_rests_on_is_looked_at_again_when_it_is_written(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """STAFF-7: the last practice manager but one goes while the other's departure is being decided."""
    jack = {"subject": "jack", "name": "Jack", "roles": [{"role": "practice_manager"}]}
    manager = house.ask("hansel", "POST", "/v1/staff", json=jack)
    gone = "UPDATE staff_member SET state = 'left', version = version + 1 WHERE practice = ? AND subject = 'hansel'"
    with meanwhile(monkeypatch, house, lambda: as_owner(house.database, gone, HOME)):
        answer = house.does("gretel", "leave", manager, json={})
    assert (answer.status_code, answer.json()["guard"]) == (422, "leaves_a_manager")


def test_of_two_managers_who_each_give_up_their_own_role_one_stays(house: House) -> None:
    """STAFF-7: each relies on the other."""
    for subject in ("second", "third"):
        draft = {"subject": subject, "name": subject.title(), "roles": [{"role": "practice_manager"}]}
        assert house.ask("hansel", "POST", "/v1/staff", json=draft).status_code == 201
    house.does("gretel", "leave", house.member("hansel"), json={})
    managers = {each: house.ask("gretel", "GET", f"/v1/staff/{house_id(house, each)}") for each in ("second", "third")}
    end = {"role": "practice_manager"}
    answers = crowd_of(
        2, lambda turn: house.does(list(managers)[turn], "end_role", list(managers.values())[turn], json=end)
    )
    assert sorted(answer.status_code for answer in answers) in ([200, 412], [200, 422])
    assert_ledgers_agree(house)


def house_id(house: House, subject: str) -> str:
    entries = house.reads("gretel", "/v1/staff?limit=100")["items"]
    return next(str(each["id"]) for each in entries if each["subject"] == subject)


def test_of_two_partners_who_each_let_a_manager_go_one_is_told(house: House) -> None:
    """STAFF-7: each relies on the manager whom the other lets go."""
    for subject in ("jack", "jill"):
        draft = {"subject": subject, "name": subject.title(), "roles": [{"role": "partner"}]}
        assert house.ask("hansel", "POST", "/v1/staff", json=draft).status_code == 201
    second = {"subject": "second", "name": "Second", "roles": [{"role": "practice_manager"}]}
    managers = [house.member("hansel"), house.ask("hansel", "POST", "/v1/staff", json=second)]
    partners = ("jack", "jill")
    answers = crowd_of(2, lambda turn: house.does(partners[turn], "leave", managers[turn], json={}).status_code)
    assert sorted(answers) in ([200, 412], [200, 422])
    assert_ledgers_agree(house)


def test_every_other_practices_record_is_not_there(house: House) -> None:
    post = house.drafted()
    never = "01900000-0000-7000-8000-000000000000"
    for code in set(PRACTICES.values()) - {HOME}:
        foreign = house.ask("rapunzel", "GET", f"/v1/posts/{post.json()['id']}", practice=code)
        missing = house.ask("rapunzel", "GET", f"/v1/posts/{never}", practice=code)
        assert (foreign.status_code, without_id(foreign.json())) == (404, without_id(missing.json()))


def without_id(problem: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in problem.items() if name != "request_id"}


def test_a_column_may_have_one_of_several_values_or_of_none(house: House) -> None:
    one, other, _third = (UUID(house.drafted("rapunzel").json()["id"]) for _ in range(3))
    for sought in ({one, other}, {other}, set[UUID]()):
        found = house.client.portal.call(house.store.find, Post, HOME, {"id": frozenset(sought)})  # type: ignore[union-attr]  # the client is open
        assert {each.record.id for each in found} == sought
