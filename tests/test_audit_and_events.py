"""The trail that nobody can change, and the notices that nobody misses."""

import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import Response

from api.audit_entries import LONGEST_SAID_IN_A_LIST, in_brief
from models.ledger import AuditEntry
from models.posts import Post
from models.roles import MACHINES, Role
from service.audit import AuditKey, committed, head_as_committed, said_committed, verified
from tests.databases import as_owner
from tests.house import DRAFT, FACEBOOK, HOME, PEOPLE, PRACTICES, House, policy, publish_policy
from tests.ledger import assert_ledgers_agree, entries_of, rows_of
from workflows.readers import ADDRESSED, seers
from workflows.registry import ALL
from workflows.roles import Audience

WRITERS = 4
ROUNDS = 4

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what has nothing to do with the database."""


def key_of(house: House) -> AuditKey:
    """The key that seals, which the database never holds."""
    key: AuditKey = house.client.app.state.house.audit_key  # type: ignore[attr-defined]  # a callable, to the client
    return key


def trail(house: House, narrowing: str = "", person: str = "hansel") -> list[dict[str, Any]]:
    """The audit trail, as it can be read."""
    items: list[dict[str, Any]] = house.reads(person, f"/v1/audit-entries?limit=100&{narrowing}")["items"]
    return items


def one_life(house: House, number: int) -> None:
    """A post is drafted, sent back, edited, approved, published and taken down."""
    post = house.submitted(purpose=f"Clinic {number}")
    post = house.does("rapunzel", "request_changes", post, json={"comment": "Say which Saturday."})
    post = house.does("goldilocks", "edit", post, json={**DRAFT, "purpose": f"Clinic {number} on Saturday"})
    post = house.does("goldilocks", "submit", post)
    post = house.does("rapunzel", "approve", post)
    post = house.does("goldilocks", "publish", post, json=FACEBOOK)
    answer = house.does("rapunzel", "take_down", post, json={"reason": "It is over."})
    assert answer.status_code == 200, answer.text


def busy_hour(house: House) -> None:
    """Several people work at once."""
    with ThreadPoolExecutor(WRITERS) as crowd:
        list(crowd.map(lambda number: one_life(house, number), range(WRITERS * 2)))


def chain_of(house: House) -> tuple[list[AuditEntry], str]:
    """A record's entries and the head that the record itself keeps: the longest chain there is."""
    record_id, chain = max(entries_of(house).items(), key=lambda each: len(each[1]))
    heads = {UUID(str(row["id"])): row["seal"] for row in rows_of(house, chain[0].kind)}
    return chain, heads[record_id]


def altered(chain: list[AuditEntry], place: int, **changes: Any) -> list[AuditEntry]:
    """A copy of the chain in which one entry says something else."""
    return [AuditEntry(**{**each.model_dump(), **changes}) if n == place else each for n, each in enumerate(chain)]


def test_every_chain_verifies_after_a_busy_hour(house: House) -> None:
    busy_hour(house)
    publish_policy(house, "imperial", HOME)
    assert_ledgers_agree(house)
    chains = entries_of(house)
    assert len(chains) > 5 * len(PEOPLE)
    assert max(map(len, chains.values())) == 8


def test_no_field_can_be_edited_and_no_entry_removed_added_or_moved(house: House) -> None:
    one_life(house, 1)
    chain, head = chain_of(house)
    key = [key_of(house)]
    assert len(chain) == 8
    assert verified(key, chain, head)
    others: dict[str, Any] = {
        "at": chain[0].at - timedelta(microseconds=1), "version": 9, "roles": ["partner"], "policy_id": UUID(int=1),
        "id": UUID(int=2), "record_id": UUID(int=3), "request_id": UUID(int=4), "source": "nowhere",
    }  # fmt: skip
    for name in set(AuditEntry.model_fields) - {"salt", "said"}:
        for place in range(len(chain)):
            assert not verified(key, altered(chain, place, **{name: others.get(name, "another")}), head), name
    for place in range(len(chain)):
        assert not verified(key, chain[:place] + chain[place + 1 :], head)
        assert not verified(key, [*chain[: place + 1], *chain[place:]], head)
        if place:
            swapped = [*chain[: place - 1], chain[place], chain[place - 1], *chain[place + 1 :]]
            assert not verified(key, swapped, head)
    assert not verified(key, [], head)
    assert not verified(key, chain, "0" * 64)
    assert not verified([], chain, head)


def test_whoever_rewrites_the_trail_without_the_key_can_not_seal_it_again(house: House) -> None:
    """A chain that anybody could recompute would prove nothing."""
    one_life(house, 1)
    chain, head = chain_of(house)
    thief = AuditKey(key_of(house).key_id, secrets.token_bytes(32))
    assert not verified([thief], chain, head)
    assert key_of(house).secret.hex() not in str(rows_of(house, "audit_entry"))


def test_erasing_what_was_said_leaves_the_chain_verifying(house: House) -> None:
    """A lawful erasure takes the words and the salt; what happened, when and by whom stays proven."""
    one_life(house, 1)
    chain, head = chain_of(house)
    said = [each for each in chain if each.said]
    assert any("Say which Saturday." in (each.said or "") for each in said)
    erase = "UPDATE audit_entry SET said = NULL, salt = NULL WHERE record_id = ?"
    as_owner(house.database, erase, chain[0].record_id)
    erased, head = chain_of(house)
    assert [(each.said, each.salt) for each in erased] == [(None, None)] * 8
    assert verified([key_of(house)], erased, head)
    assert "Say which Saturday." not in str(rows_of(house, "audit_entry"))
    shown = trail(house, f"record_id={chain[0].record_id}")
    assert [each["said"] for each in shown] == [None] * 8


def test_what_was_said_is_committed_to_and_can_be_proven_while_it_is_kept(house: House) -> None:
    """The commitments are over the salt and the record, and over the salt and what was sent: each changes its own."""
    drafted = house.drafted()
    entry = entries_of(house)[UUID(drafted.json()["id"])][0]
    kept = {name: drafted.json()[name] for name in Post.model_fields}
    assert entry.salt
    assert committed(entry.salt, Post.model_validate(kept)) == entry.commitment
    assert committed(entry.salt, Post.model_validate({**kept, "purpose": "Other"})) != entry.commitment
    assert committed(secrets.token_hex(16), Post.model_validate(kept)) != entry.commitment
    assert said_committed(entry.salt, entry.said) == entry.said_commitment


def test_a_record_that_is_rewritten_behind_the_service_no_longer_says_what_was_committed_to(house: House) -> None:
    """The last entry commits to the record as it stands: whoever changes a row without it is found out."""
    one_life(house, 1)
    chain, _ = chain_of(house)
    assert head_as_committed(chain[-1], kept_post(house, chain[-1].record_id))
    as_owner(house.database, "UPDATE post SET text = ? WHERE id = ?", "Something else.", chain[-1].record_id)
    assert not head_as_committed(chain[-1], kept_post(house, chain[-1].record_id))


def kept_post(house: House, record_id: UUID) -> Post:
    """A post as the store brings it."""
    (kept,) = house.client.portal.call(house.store.find, Post, HOME, {"id": record_id})  # type: ignore[union-attr]  # the client is open
    post: Post = kept.record
    return post


@pytest.mark.parametrize(
    "rewritten",
    [{"said": "{}"}, {"said": None}, {"salt": "0" * 32}, {"salt": None}],
    ids=["words", "no words", "salt", "no salt"],
)
def test_what_was_said_can_not_be_rewritten_unseen(house: House, rewritten: dict[str, Any]) -> None:
    """Words and salt are erased together or not at all, and never replaced."""
    one_life(house, 1)
    chain, head = chain_of(house)
    assert verified([key_of(house)], chain, head)
    for name, value in rewritten.items():
        setattr(next(each for each in chain if each.said), name, value)
    assert not verified([key_of(house)], chain, head)


@on_sqlite
def test_an_entry_says_who_did_what_when_in_which_role_and_why(house: House) -> None:
    post = house.submitted()
    approved = house.does("rapunzel", "approve", post)
    entry = trail(house, f"record_id={post.json()['id']}")[-1]
    (active,) = house.reads("hansel", "/v1/policies?state=active")["items"]
    assert (entry["transition"], entry["source"], entry["target"], entry["version"]) == (
        "approve",
        "submitted",
        "approved",
        3,
    )
    assert entry["actor"] == house.member("rapunzel").json()["id"]
    assert entry["roles"] == ["communications_manager", "staff"]
    assert entry["policy_id"] == active["id"]
    assert entry["request_id"] == approved.headers["X-Request-ID"]
    assert entry["at"] == house.clock.moment.isoformat().replace("+00:00", "Z")
    assert entry["practice"] == HOME
    assert "salt" not in entry


@on_sqlite
def test_the_trail_is_read_by_those_who_answer_for_it_and_changed_by_nobody(house: House) -> None:
    for person in PEOPLE:
        answer = house.ask(person, "GET", "/v1/audit-entries")
        expected = 200 if person in {"hansel", "gretel", "owl"} else 403
        assert (person, answer.status_code) == (person, expected)
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert house.ask("hansel", method, "/v1/audit-entries").status_code == 405
    elsewhere = {
        each["practice"] for each in house.reads("hansel", "/v1/audit-entries", practice=PRACTICES["imperial"])["items"]
    }
    assert elsewhere == {PRACTICES["imperial"]}


@on_sqlite
def test_an_entry_is_read_by_itself_by_whoever_reads_the_trail(house: House) -> None:
    for entry in trail(house):
        alone = house.reads("owl", f"/v1/audit-entries/{entry['id']}")
        assert alone == {
            **entry,
            "said_omitted": False,
            "said": alone["said"] if entry["said_omitted"] else entry["said"],
        }
    path = f"/v1/audit-entries/{trail(house)[0]['id']}"
    for person in PEOPLE:
        expected = 200 if person in {"hansel", "gretel", "owl"} else 403
        assert (person, house.ask(person, "GET", path).status_code) == (person, expected)
    for there, practice in ((path, PRACTICES["imperial"]), (f"/v1/audit-entries/{UUID(int=0)}", HOME)):
        answer = house.ask("hansel", "GET", there, practice=practice)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@on_sqlite
def test_a_list_of_entries_leaves_out_what_is_too_long_for_it(house: House) -> None:
    """What was sent can be as large as a body: a page of a hundred would be many megabytes."""
    content = policy("coleridge")
    longer = {
        **content,
        "sections": [{**content["sections"][0], "key": f"s{n}", "summary": "a" * 1_000} for n in range(30)],
    }
    longer["clauses"] = [{**content["clauses"][0], "section": "s0"}]
    sent = house.ask("hansel", "POST", "/v1/policies", json={"content": longer})
    assert sent.status_code == 201, sent.text
    (brief,) = trail(house, f"record_id={sent.json()['id']}")
    whole = house.reads("owl", f"/v1/audit-entries/{brief['id']}")
    assert (brief["said"], brief["said_omitted"]) == (None, True)
    assert whole["said"].count("a" * 1_000) == 30
    assert whole == {**brief, "said": whole["said"], "said_omitted": False}
    assert "salt" not in whole


@on_sqlite
def test_what_is_too_long_for_a_list_is_told_to_the_character(house: House) -> None:
    chain, _ = chain_of(house)
    longest = "a" * LONGEST_SAID_IN_A_LIST
    for said, expected in ((longest, (longest, False)), (f"{longest}a", (None, True)), (None, (None, False))):
        brief = in_brief(altered(chain, 0, said=said)[0])
        assert (brief.said, brief.said_omitted) == expected


def test_the_trail_is_narrowed_by_kind_record_actor_and_transition(house: House) -> None:
    post = house.submitted()
    everything = trail(house)
    assert [each["id"] for each in everything] == sorted(each["id"] for each in everything)
    actor, record = house.member("goldilocks").json()["id"], post.json()["id"]
    for name, value in (
        ("kind", "post"),
        ("kind", "policy"),
        ("record_id", record),
        ("actor", actor),
        ("transition", "appoint"),
    ):
        found = trail(house, f"{name}={value}")
        assert found == [each for each in everything if each[name] == value] != []
    assert trail(house, f"record_id={record}&transition=submit")[0]["version"] == 2
    assert trail(house, f"record_id={UUID(int=0)}") == []


def events(house: House, person: str, narrowing: str = "") -> Iterator[list[dict[str, Any]]]:
    """Page after page of what somebody hears of, until there is nothing new."""
    cursor = None
    while True:
        following = f"&cursor={cursor}" if cursor else ""
        page = house.reads(person, f"/v1/events?limit=100{following}{narrowing}")
        if not page["items"]:
            return
        yield page["items"]
        cursor = page["next_cursor"]


def types_heard(house: House, person: str) -> set[str]:
    """Every type of event that somebody has heard of."""
    return {each["type"] for page in events(house, person) for each in page}


def told(*audiences: Audience) -> set[str]:
    """The types that the declarations address to these."""
    return {
        f"{law.workflow.name}.{law.name}" for workflow in ALL for law in workflow.laws if law.tells & set(audiences)
    }


HEARD = {
    "rapunzel": (Audience.COMMUNICATIONS, Audience.STAFF, Audience.AUTHOR),
    "cinderella": (Audience.STAFF, Audience.AUTHOR),
    "goldilocks": (Audience.STAFF, Audience.AUTHOR),
    "owl": (Audience.STAFF, Audience.AUTHOR),
    "website": (Audience.PRACTICE_WEBSITE,),
    "clinical-system": (Audience.CLINICAL_SYSTEMS,),
}
"""What each of them is told of; managers and partners hear of everything."""


def test_everybody_hears_of_what_is_meant_for_them_and_managers_of_everything(house: House) -> None:
    one_life(house, 1)
    active = house.ask(
        "hansel", "GET", f"/v1/policies/{house.reads('hansel', '/v1/policies?state=active')['items'][0]['id']}"
    )
    house.does("gretel", "withdraw", active, json={"reason": "It is being rewritten."})
    everything = types_heard(house, "hansel")
    assert everything == types_heard(house, "gretel")
    assert everything >= {"staff_member.appoint", "policy.publish", "post.approve", "practice.abandon"}
    for person, audiences in HEARD.items():
        assert types_heard(house, person) == everything & told(*audiences), person
    assert types_heard(house, "rapunzel") >= {"post.submit", "post.publish", "post.approve", "policy.publish"}
    assert types_heard(house, "goldilocks") >= {"post.request_changes", "post.approve", "practice.adopt"}
    assert not types_heard(house, "goldilocks") & {"post.submit", "staff_member.appoint", "policy.approve", "post.edit"}
    assert types_heard(house, "website") >= {"policy.publish", "post.publish", "practice.adopt", "practice.abandon"}
    assert "post.publish" not in types_heard(house, "clinical-system")
    assert house.ask("the-big-bad-wolf", "GET", "/v1/events").status_code == 403
    for person, unheard in (("website", "post.approve"), ("goldilocks", "post.submit")):
        assert [each for page in events(house, person, f"&type={unheard}") for each in page] == []


def test_every_audience_has_somebody_who_hears() -> None:
    """Whoever is to be told could read of it; management hears of everything."""
    assert {each for meant in ADDRESSED.values() for each in meant} == set(Audience) - {Audience.MANAGEMENT}


def test_nobody_on_the_staff_hears_of_a_kind_of_record_that_they_never_see() -> None:
    """An event says which record changed, and to which state."""
    for role in set(ADDRESSED) - MACHINES:
        for workflow in ALL:
            if any(law.tells & ADDRESSED[role] for law in workflow.laws):
                assert {Role.STAFF, role} & set(seers(workflow)), (role, workflow.name)


@on_sqlite
def test_an_event_is_thin(house: House) -> None:
    """Types and ids, never what a record says."""
    post = house.published(purpose="Rumpelstilzchen")
    (event,) = [each for page in events(house, "website", f"&record_id={post.json()['id']}") for each in page]
    assert event == {
        "practice": HOME, "id": event["id"], "type": "post.publish", "record_id": post.json()["id"], "version": 4,
        "state": "published", "audiences": sorted(event["audiences"]),
        "at": house.clock.moment.isoformat().replace("+00:00", "Z"),
    }  # fmt: skip
    assert "Rumpelstilzchen" not in str(rows_of(house, "event"))


def test_whoever_polls_with_a_cursor_misses_nothing_while_others_write(house: House) -> None:
    """No event is skipped, none comes twice, and those of one record come in the order in which it changed."""
    page = house.reads("hansel", "/v1/events?limit=100")
    heard: list[dict[str, Any]] = list(page["items"])
    cursor = page["next_cursor"]

    def poll() -> int:
        nonlocal cursor
        page = house.reads("hansel", f"/v1/events?limit=7&cursor={cursor}")
        heard.extend(page["items"])
        cursor = page["next_cursor"]
        assert cursor is not None
        return len(page["items"])

    with ThreadPoolExecutor(WRITERS) as crowd:
        writers = [crowd.submit(one_life, house, number) for number in range(WRITERS * ROUNDS)]
        while not all(each.done() for each in writers):
            poll()
        for each in writers:
            each.result()
    while poll():
        pass
    written = {str(UUID(str(row["id"]))) for row in rows_of(house, "event") if row["practice"] == HOME}
    assert len(heard) == len(written)
    assert {each["id"] for each in heard} == written
    versions: dict[str, list[int]] = {}
    for event in heard:
        versions.setdefault(event["record_id"], []).append(event["version"])
    assert all(each == list(range(1, len(each) + 1)) for each in versions.values())
    assert sum(len(each) == 8 for each in versions.values()) == WRITERS * ROUNDS


def test_nothing_new_is_an_empty_page_with_the_same_cursor(house: House) -> None:
    last = list(events(house, "hansel"))[-1]
    page = house.reads("hansel", "/v1/events?limit=100")
    again = house.reads("hansel", f"/v1/events?cursor={page['next_cursor']}")
    assert again == {"items": [], "next_cursor": page["next_cursor"]}
    house.drafted()
    (new,) = house.reads("hansel", f"/v1/events?cursor={page['next_cursor']}")["items"]
    assert (new["type"], last[-1]["id"] != new["id"]) == ("post.write", True)


def test_a_cursor_at_an_event_that_is_not_kept_any_more_is_gone(house: House) -> None:
    """410, so that a receiver that slept for too long knows that it has to read everything anew."""
    page = house.reads("hansel", "/v1/events?limit=100")
    as_owner(house.database, "DELETE FROM event WHERE practice = ?", HOME)
    house.drafted()
    answer = house.ask("hansel", "GET", f"/v1/events?cursor={page['next_cursor']}")
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor_expired")


def test_every_change_has_its_entry_and_its_event_and_a_refusal_has_neither(house: House) -> None:
    before = len(rows_of(house, "audit_entry")), len(rows_of(house, "event"))
    post = house.submitted()
    refusals: list[Callable[[], Response]] = [
        lambda: house.does("goldilocks", "approve", post),
        lambda: house.does("goldilocks", "edit", post, json=DRAFT),
        lambda: house.drafted(platforms=[]),
        lambda: house.ask("hansel", "POST", "/v1/policies", json={"content": {**policy("aspiro"), "title": ""}}),
    ]
    assert all(each().status_code in {403, 409, 422} for each in refusals)
    assert (len(rows_of(house, "audit_entry")), len(rows_of(house, "event"))) == (before[0] + 2, before[1] + 2)
