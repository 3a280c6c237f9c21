"""Stories: a policy version from draft to its end, through the front door."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import Response

from models.policies import PolicyContent
from models.record import Record
from models.roles import Role
from service.identity import Principal
from service.store import Kept, Store
from service.unit_of_work import Asked
from tests.databases import as_owner
from tests.house import HOME, PEOPLE, PRACTICES, House, policy, publish_policy
from tests.ledger import assert_ledgers_agree
from workflows.policies import policies

EXPLAINED = "The review found something to say more clearly."
REASON = {"reason": "It is being rewritten."}

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what has nothing to do with the database."""


def content(**changes: Any) -> dict[str, Any]:
    """What a version says."""
    return {**policy("coleridge"), **changes}


def drafted(house: House, person: str = "hansel", **changes: Any) -> Response:
    """A new version."""
    draft = {"content": content(), "change_comment": EXPLAINED, **changes}
    answer = house.ask(person, "POST", "/v1/policies", json=draft)
    assert answer.status_code == 201, answer.text
    return answer


def edited(house: House, person: str, version: Response, **changes: Any) -> Response:
    """The same version, with other words."""
    draft = {"content": content(**changes), "change_comment": EXPLAINED}
    answer = house.does(person, "edit", version, json=draft)
    assert answer.status_code == 200, answer.text
    return answer


def submitted(house: House, person: str = "hansel", **changes: Any) -> Response:
    """A version that waits for approval."""
    return done(house.does(person, "submit", drafted(house, person, **changes)))


def approved(house: House, **changes: Any) -> Response:
    """A version that a partner approved."""
    return done(house.does("gretel", "approve", submitted(house, **changes)))


def done(answer: Response) -> Response:
    """What was asked for happened."""
    assert answer.status_code == 200, answer.text
    return answer


def active(house: House) -> Response:
    """The version in force."""
    (found,) = house.reads("hansel", "/v1/policies?state=active")["items"]
    return house.ask("hansel", "GET", f"/v1/policies/{found['id']}")


def refused(answer: Response, code: str, guard: str | None = None) -> None:
    """Told no, for this reason."""
    assert (answer.json().get("code"), answer.json().get("guard")) == (code, guard), answer.text


def test_a_version_takes_its_whole_way_from_draft_to_its_end(house: House) -> None:
    """POL-1: what is active was approved. Everything that happened can be read afterwards."""
    before = active(house)
    version = drafted(house)
    assert (version.json()["state"], version.json()["number"]) == ("draft", "2.0")
    version = done(house.does("hansel", "submit", version))
    version = done(house.does("gretel", "request_changes", version, json={"comment": "Say it more kindly."}))
    assert (version.json()["state"], version.json()["review_comment"]) == ("changes_requested", "Say it more kindly.")
    version = edited(house, "hansel", version, title="Conduct, kindly")
    version = done(house.does("hansel", "submit", version))
    assert version.json()["review_comment"] is None
    version = done(house.does("gretel", "approve", version))
    assert version.json()["approved_by"] == house.member("gretel").json()["id"]
    assert version.json()["approved_hash"] == version.json()["content_hash"]
    version = done(house.does("hansel", "publish", version))
    assert (version.json()["state"], version.json()["title"]) == ("active", "Conduct, kindly")

    gone = house.again("hansel", before)
    assert (gone.json()["state"], gone.json()["ended_at"]) == ("superseded", version.json()["published_at"])
    version = done(house.does("gretel", "withdraw", version, json=REASON))
    assert (version.json()["state"], version.json()["end_reason"]) == ("withdrawn", REASON["reason"])
    assert version.json()["available_transitions"] == []
    assert gone.json()["available_transitions"] == []
    trail = house.reads("hansel", f"/v1/audit-entries?record_id={version.json()['id']}")["items"]
    steps = ["create", "submit", "request_changes", "edit", "submit", "approve", "publish", "withdraw"]
    assert [each["transition"] for each in trail] == steps
    assert_ledgers_agree(house)


@on_sqlite
def test_nothing_but_its_own_steps_leads_from_one_state_to_another(house: House) -> None:
    """POL-1 and POL-9: nothing is published that was not approved, and nothing approved that was not submitted."""
    version = drafted(house)
    said: dict[str, Any] = {"request_changes": {"comment": "No."}, "recall": REASON, "withdraw": REASON}
    possible = {"edit", "submit", "discard"}
    assert set(version.json()["available_transitions"]) == possible
    for transition in ("approve", "publish", *said):
        refused(house.does("hansel", transition, version, json=said.get(transition, {})), "state")
    version = done(house.does("hansel", "submit", version))
    for transition in ("edit", "discard", "publish", "submit"):
        refused(house.does("hansel", transition, version, json={}), "state")


@on_sqlite
def test_only_those_whom_it_falls_to_take_each_step(house: House) -> None:
    """POL-4: editors are the practice and communications managers, approvers the practice manager and the partners."""
    steps: list[tuple[str, set[str], Callable[[], Response], dict[str, Any]]] = [
        ("edit", {"hansel", "rapunzel", "rumpelstiltskin"}, lambda: drafted(house), {"content": content()}),
        ("approve", {"hansel", "gretel"}, lambda: submitted(house, "rapunzel"), {}),
        ("publish", {"hansel", "gretel"}, lambda: done(house.does("gretel", "approve", submitted(house, "rapunzel"))), {}),
    ]  # fmt: skip
    for transition, may, make, said in steps:
        version = make()
        for machine in ("website", "clinical-system"):
            refused(house.does(machine, transition, version, json=said), "not_found")
        for person in PEOPLE:
            if person not in may | {"website", "clinical-system"}:
                refused(house.does(person, transition, version, json=said), "role")
                assert transition not in house.again(person, version).json()["available_transitions"]
        for person in may:
            assert transition in house.again(person, version).json()["available_transitions"]
        give_up(house, version)
    for person in set(PEOPLE) - {"hansel", "rapunzel", "rumpelstiltskin"}:
        refused(house.ask(person, "POST", "/v1/policies", json={"content": content()}), "role")


def test_a_machine_sees_no_version_before_it_is_published(house: House) -> None:
    """The practice website publishes what is in force, and reads nothing of what is being prepared."""
    draft = drafted(house)
    refused(house.again("website", draft), "not_found")
    assert {each["state"] for each in house.reads("website", "/v1/policies")["items"]} == {"active"}
    assert house.reads("website", "/v1/clauses")["items"]
    assert house.ask("website", "GET", f"/v1/clauses?policy_id={draft.json()['id']}").json().get("items", []) == []


def give_up(house: House, version: Response) -> None:
    """Let nothing be in preparation any more."""
    if version.json()["state"] == "in_review":
        version = done(house.does("gretel", "request_changes", version, json={"comment": "Never mind."}))
    if version.json()["state"] == "approved":
        version = done(house.does("gretel", "recall", version, json=REASON))
    done(house.does("hansel", "discard", version, json=REASON))


def test_nobody_who_edited_a_version_approves_it(house: House) -> None:
    """POL-4: not whoever began it, not whoever touched it in between, however many edited after them."""
    version = submitted(house, "hansel")
    refused(house.does("hansel", "approve", version), "guard", "approver_did_not_edit")
    version = done(house.does("gretel", "request_changes", version, json={"comment": "Shorter."}))
    for person in ("rapunzel", "rumpelstiltskin"):
        version = edited(house, person, version, title=f"As {person} would have it")
    version = done(house.does("rapunzel", "submit", version))
    ids = {house.member(each).json()["id"] for each in ("hansel", "rapunzel", "rumpelstiltskin")}
    assert set(version.json()["edited_by"]) == ids
    refused(house.does("hansel", "approve", version), "guard", "approver_did_not_edit")
    assert "approve" not in house.again("hansel", version).json()["available_transitions"]
    assert done(house.does("gretel", "approve", version)).json()["state"] == "approved"


@on_sqlite
def test_a_partner_who_edited_as_manager_does_not_approve_and_a_manager_who_did_not_may(house: House) -> None:
    """POL-4: it is the person that counts, and not the role in which they ask."""
    done(house.does("hansel", "grant_role", house.member("gretel"), json={"role": Role.PRACTICE_MANAGER}))
    version = submitted(house, "gretel")
    refused(house.does("gretel", "approve", version), "guard", "approver_did_not_edit")
    assert done(house.does("hansel", "approve", version)).json()["approved_by"] == house.member("hansel").json()["id"]


def test_an_approval_binds_exactly_what_was_approved(house: House) -> None:
    """POL-2: what is published is word for word what was approved, even against the database's owner."""
    version = approved(house)
    other = PolicyContent.model_validate(content(purpose="Something else altogether.")).model_dump_json()
    as_owner(house.database, "UPDATE policy SET content = ? WHERE practice = ? AND state = 'approved'", other, HOME)
    refused(house.does("hansel", "publish", version), "guard", "as_approved")
    assert "publish" not in house.again("hansel", version).json()["available_transitions"]


def test_after_approval_nothing_changes_and_a_recall_takes_the_approval_back(house: House) -> None:
    """POL-6 and POL-2: frozen once it is approved; a recalled version is approved anew."""
    version = approved(house)
    for transition, said in (("edit", {"content": content(title="Another")}), ("discard", REASON), ("submit", {})):
        refused(house.does("hansel", transition, version, json=said), "state")
    refused(house.does("rapunzel", "recall", version, json=REASON), "role")
    version = done(house.does("hansel", "recall", version, json=REASON))
    facts = [
        version.json()[name] for name in ("state", "approved_by", "approved_at", "approved_hash", "review_comment")
    ]
    assert facts == ["draft", None, None, None, REASON["reason"]]
    version = edited(house, "hansel", version, title="Another")
    refused(house.does("hansel", "publish", version), "state")
    version = done(house.does("gretel", "approve", done(house.does("hansel", "submit", version))))
    version = done(house.does("gretel", "publish", version))
    for transition, said in (("edit", {"content": content(title="A third")}), ("recall", REASON), ("discard", REASON)):
        refused(house.does("hansel", transition, version, json=said), "state")
    assert house.again("hansel", version).json()["title"] == "Another"


def test_publishing_supersedes_and_is_adopted_in_one_change(house: House) -> None:
    """POL-3: one version is active, and the practice works by it from the same moment on."""
    before = active(house)
    version = done(house.does("hansel", "publish", approved(house)))
    (practice,) = house.reads("hansel", "/v1/practices")["items"]
    assert practice["in_force"]["policy_id"] == version.json()["id"]
    assert practice["in_force"]["number"] == version.json()["number"]
    assert active(house).json()["id"] == version.json()["id"]

    request = version.headers["X-Request-ID"]
    trail = house.reads("hansel", "/v1/audit-entries?limit=100")["items"]
    together = {(each["record_id"], each["transition"]) for each in trail if each["request_id"] == request}
    briefings = {each["policy_id"]: each["id"] for each in house.reads("hansel", "/v1/briefings")["items"]}
    assert together == {
        (version.json()["id"], "publish"), (before.json()["id"], "supersede"), (practice["id"], "adopt"),
        (briefings[before.json()["id"]], "close"), (briefings[version.json()["id"]], "brief"),
    }  # fmt: skip
    assert_ledgers_agree(house)


def test_what_a_version_settles_holds_from_its_publication_until_its_end(house: House) -> None:
    """A duty is held by the roles that the version in force names; without one the service's own defaults hold."""
    post = house.approved()
    assert "schedule" not in house.again("bear", post).json()["available_transitions"]
    settings = {**policy("coleridge")["settings"], "duties": {"use_platforms": {"value": ["complaints_lead"]}}}
    version = done(house.does("hansel", "publish", approved(house, content=content(settings=settings))))
    assert "schedule" in house.again("bear", post).json()["available_transitions"]
    assert "schedule" not in house.again("goldilocks", post).json()["available_transitions"]

    version = done(house.does("gretel", "withdraw", version, json=REASON))
    (practice,) = house.reads("hansel", "/v1/practices")["items"]
    assert practice["in_force"] is None
    assert "schedule" not in house.again("bear", post).json()["available_transitions"]
    assert "schedule" in house.again("hansel", post).json()["available_transitions"]
    trail = house.reads("hansel", "/v1/audit-entries?limit=100")["items"]
    together = {each["transition"] for each in trail if each["request_id"] == version.headers["X-Request-ID"]}
    assert together == {"withdraw", "abandon", "close", "lapse"}
    assert house.reads("puss", "/v1/clauses")["items"] == []


def test_of_two_who_begin_a_version_at_once_one_does(house: House) -> None:
    """POL-10: one version of a kind is prepared at a time."""
    draft = {"content": content(), "change_comment": EXPLAINED}
    people = ["hansel", "rapunzel", "rumpelstiltskin"] * 4
    with ThreadPoolExecutor(len(people)) as crowd:
        answers = list(crowd.map(lambda who: house.ask(who, "POST", "/v1/policies", json=draft), people))
    assert [each.status_code for each in answers].count(201) == 1
    assert {each.json()["code"] for each in answers if each.status_code != 201} <= {"overtaken", "guard"}
    refused(house.ask("hansel", "POST", "/v1/policies", json=draft), "guard", "none_being_prepared")
    assert_ledgers_agree(house)


def test_of_two_who_publish_at_once_one_does(house: House) -> None:
    """POL-3: one active version of a kind, whatever happens at once."""
    version = approved(house)
    people = ["hansel", "gretel"] * 6
    with ThreadPoolExecutor(len(people)) as crowd:
        answers = list(crowd.map(lambda who: house.does(who, "publish", version), people))
    assert sorted(each.status_code for each in answers) == [200] + [412] * 11
    assert active(house).json()["id"] == version.json()["id"]
    assert_ledgers_agree(house)


def test_who_looks_around_just_after_another_has_published_is_told_that_the_version_changed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """POL-3: what was read before and what was read after make no situation that ever was."""
    version = approved(house)
    rooms = house.client.app.state.house  # type: ignore[attr-defined]  # the client calls it only a callable
    find, others = type(house.store).find, iter([rooms.work(Principal("gretel", HOME))])
    seen = Asked(version=lambda: int(version.json()["version"]))

    async def found_late(store: Store, kind: type[Record], practice: str, equal: Mapping[str, Any]) -> list[Kept]:
        for faster in others:
            await faster.apply(policies.transitions["publish"], UUID(version.json()["id"]), seen)
        kept: list[Kept] = await find(store, kind, practice, equal)
        return kept

    monkeypatch.setattr(type(house.store), "find", found_late)
    assert house.does("hansel", "publish", version).status_code == 412
    assert_ledgers_agree(house)


@on_sqlite
def test_nothing_leaves_draft_without_a_clause_a_review_to_come_and_a_word_on_what_changed(house: House) -> None:
    """POL-5 and POL-11."""
    today = house.clock.moment.date()
    for changes, guard in (
        ({"content": content(clauses=[])}, "has_a_clause"),
        ({"content": content(review_due={"value": str(today)})}, "review_lies_ahead"),
        ({"content": content(review_due={"value": str(today - timedelta(days=1))})}, "review_lies_ahead"),
        ({"change_comment": None}, "change_is_explained"),
    ):
        version = drafted(house, **changes)
        assert "submit" not in version.json()["available_transitions"]
        refused(house.does("hansel", "submit", version), "guard", guard)
        done(house.does("hansel", "discard", version, json=REASON))
    version = drafted(house, content=content(review_due={"value": str(today + timedelta(days=1))}))
    assert done(house.does("hansel", "submit", version)).json()["state"] == "in_review"


@on_sqlite
def test_a_review_that_passed_meanwhile_stops_approval_and_publication(house: House) -> None:
    """POL-5: nothing takes effect without a review to come."""
    soon = {"value": str(house.clock.moment.date() + timedelta(days=1))}
    version = submitted(house, content=content(review_due=soon))
    house.clock.wind(days=1)
    refused(house.does("gretel", "approve", version), "guard", "review_lies_ahead")
    give_up(house, version)
    later = {"value": str(house.clock.moment.date() + timedelta(days=1))}
    version = approved(house, content=content(review_due=later))
    house.clock.wind(days=1)
    refused(house.does("hansel", "publish", version), "guard", "review_lies_ahead")


def test_a_version_is_overdue_from_the_day_after_its_review(house: House) -> None:
    """POL-5: the review date is a day in London; what is overdue stays in force and is found among what is due."""
    in_summer = {"value": "2026-07-15"}
    version = done(house.does("hansel", "publish", approved(house, content=content(review_due=in_summer))))
    assert (version.json()["due_for"], version.json()["due_at"]) == ("review", "2026-07-15T22:59:59Z")
    assert version.json()["overdue"] is False
    house.clock.wind(days=135)
    assert house.clock.moment.date() == date(2026, 7, 15)
    assert house.again("puss", version).json()["overdue"] is False
    due = f"/v1/policies?due_before={house.clock.moment.isoformat().replace('+00:00', 'Z')}"
    assert house.reads("puss", due)["items"] == []
    house.clock.wind(days=365)
    late = house.again("puss", version).json()
    assert (late["overdue"], late["state"], late["version"]) == (True, "active", version.json()["version"])
    due = f"/v1/policies?due_before={house.clock.moment.isoformat().replace('+00:00', 'Z')}"
    assert [each["id"] for each in house.reads("puss", due)["items"]] == [version.json()["id"]]
    assert house.reads("puss", due)["items"][0]["overdue"] is True
    draft = drafted(house)
    assert (draft.json()["due_at"], draft.json()["overdue"]) == (None, False)


@on_sqlite
def test_a_document_without_a_review_date_is_looked_at_again_after_a_year(house: House) -> None:
    """POL-5: and whoever reads it sees that this is the service's assumption and not the document's word."""
    version = drafted(house, content={name: value for name, value in content().items() if name != "review_due"})
    assert version.json()["review_due"] == str(house.clock.moment.date() + timedelta(days=365))
    assert version.json()["content"]["review_due"]["origin"] == "service_default"


def test_a_review_that_changes_nothing_begins_a_minor_version_that_needs_approval(house: House) -> None:
    """POL-9: a review never edits in place."""
    before = active(house)
    outcome = {"review_due": "2027-06-30", "change_comment": "Read through; nothing to change."}
    refused(house.does("gretel", "review_unchanged", before, json=outcome), "role")
    past = {**outcome, "review_due": str(house.clock.moment.date())}
    refused(house.does("hansel", "review_unchanged", before, json=past), "guard", "next_review_lies_ahead")
    reviewed = done(house.does("hansel", "review_unchanged", before, json=outcome))
    assert reviewed.json()["state"] == "active"
    assert reviewed.json()["content"] == before.json()["content"]

    (again,) = house.reads("hansel", "/v1/policies?state=draft")["items"]
    assert (again["number"], again["review_due"]) == ("1.1", "2027-06-30")
    assert again["change_comment"] == outcome["change_comment"]
    refused(house.does("hansel", "review_unchanged", reviewed, json=outcome), "guard", "none_being_prepared")
    version = house.ask("hansel", "GET", f"/v1/policies/{again['id']}")
    words = {name: value for name, value in version.json()["content"].items() if name != "review_due"}
    assert words == {name: value for name, value in before.json()["content"].items() if name != "review_due"}
    refused(house.does("hansel", "publish", version), "state")
    version = done(house.does("hansel", "submit", version))
    refused(house.does("hansel", "approve", version), "guard", "approver_did_not_edit")
    version = done(house.does("hansel", "publish", done(house.does("gretel", "approve", version))))
    assert house.again("hansel", before).json()["state"] == "superseded"
    assert active(house).json()["number"] == "1.1"
    assert_ledgers_agree(house)


@on_sqlite
def test_numbers_rise_and_none_is_used_again(house: House) -> None:
    """POL-7: a minor version follows the highest so far, and so does a major one; what was discarded keeps its number."""
    numbers = []
    for step in ("minor", "minor", "major", "minor"):
        version = drafted(house, step=step)
        numbers.append(version.json()["number"])
        discarded = done(house.does("hansel", "discard", version, json=REASON))
        assert (discarded.json()["state"], discarded.json()["number"]) == ("discarded", numbers[-1])
    assert numbers == ["1.1", "1.2", "2.0", "2.1"]
    version = done(house.does("hansel", "publish", approved(house, step="minor")))
    done(house.does("gretel", "withdraw", version, json=REASON))
    assert drafted(house).json()["number"] == "3.0"
    assert [each["id"] for each in house.reads("hansel", "/v1/policies?number=2.0")["items"]] != []


@on_sqlite
def test_a_version_takes_effect_on_its_day_and_not_before(house: House) -> None:
    """POL-12: a day in London, which in summer begins an hour before it does in UTC."""
    house.clock.wind(days=120, hours=10, minutes=30)
    assert house.clock.moment.isoformat() == "2026-06-30T22:30:00+00:00"
    version = approved(house, effective_from="2026-07-01")
    refused(house.does("hansel", "publish", version), "guard", "effective")
    assert "publish" not in house.again("hansel", version).json()["available_transitions"]
    house.clock.wind(minutes=30)
    assert done(house.does("hansel", "publish", version)).json()["state"] == "active"


@on_sqlite
def test_where_each_setting_comes_from_can_be_seen(house: House) -> None:
    """POL-1: nobody takes the service's assumption for the practice's policy."""
    (practice,) = house.reads("hansel", "/v1/practices")["items"]
    for settings in (active(house).json()["content"]["settings"], practice["in_force"]["settings"]):
        origins = set()
        for name, setting in {**settings, **settings["duties"]}.items():
            if name != "duties":
                assert (setting["origin"] == "from_policy") == (setting["source"] is not None), name
                origins.add(setting["origin"])
        assert origins == {"from_policy", "service_default"}
    lying = content(settings={"closure_lead_days": {"value": 3, "origin": "from_policy"}})
    answer = house.ask("hansel", "POST", "/v1/policies", json={"content": lying})
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/content/settings/closure_lead_days"]


@on_sqlite
def test_a_list_of_versions_leaves_out_what_they_say(house: House) -> None:
    version = drafted(house)
    for each in house.reads("puss", "/v1/policies")["items"]:
        assert "content" not in each
        assert {"content_hash", "title", "number", "review_due", "overdue", "available_transitions"} <= set(each)
    assert house.again("puss", version).json()["content"]["title"] == policy("coleridge")["title"]


@on_sqlite
def test_an_edit_replaces_the_whole_and_is_hashed_anew(house: House) -> None:
    """POL-2: the hash follows the words, and the same words have the same hash."""
    version = drafted(house)
    other = edited(house, "rapunzel", version, title="Another")
    same = edited(house, "rapunzel", other)
    assert version.json()["content_hash"] == same.json()["content_hash"] != other.json()["content_hash"]
    stale = house.does("hansel", "edit", version, json={"content": content()})
    refused(stale, "stale")


def test_every_practice_works_by_its_own(house: House) -> None:
    """POL-3: one active version at each practice, of its own."""
    found = {
        code: house.reads("hansel", "/v1/policies?state=active", practice=code)["items"] for code in PRACTICES.values()
    }
    assert all(len(each) == 1 for each in found.values())
    assert len({each[0]["content_hash"] for each in found.values()}) == len(PRACTICES)
    elsewhere = PRACTICES["woodbrook"]
    publish_policy(house, "imperial", elsewhere)
    assert house.reads("hansel", "/v1/policies?state=active")["items"] == found[HOME]
