"""Every numbered rule of a policy can be cited, and says the same for ever once its version is approved."""

from typing import Any

import pytest

from models.clauses import Audience, Modality, Topic
from tests.house import HOME, PRACTICES, House, policy, publish_policy

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what has nothing to do with the database."""

NEVER = "01900000-0000-7000-8000-000000000000"


def test_the_clauses_of_the_version_in_force_come_in_their_order(house: House) -> None:
    for document, code in PRACTICES.items():
        page = house.reads("cinderella", "/v1/clauses", practice=code)
        assert page["next_cursor"] is None
        told = [each["clause"]["key"] for each in page["items"]]
        assert told == [each["key"] for each in policy(document)["clauses"]]
        assert {(each["policy_number"], each["policy_state"]) for each in page["items"]} == {("1.0", "active")}


@on_sqlite
def test_clauses_are_found_by_topic_audience_and_modality(house: House) -> None:
    everything = [each["clause"] for each in house.reads("puss", "/v1/clauses")["items"]]
    narrowings: list[tuple[str, type[Any]]] = [("topic", Topic), ("audience", Audience), ("modality", Modality)]
    for name, kind in narrowings:
        found = 0
        for value in kind:
            page = house.reads("puss", f"/v1/clauses?{name}={value}")["items"]
            assert [each["clause"] for each in page] == [each for each in everything if each[name] == value]
            found += len(page)
        assert found == len(everything) > 10
    both = house.reads("puss", "/v1/clauses?audience=patients&modality=must_not")["items"]
    assert {(each["clause"]["audience"], each["clause"]["modality"]) for each in both} == {("patients", "must_not")}


def test_a_citation_says_the_same_when_its_version_is_superseded(house: House) -> None:
    """POL-6: versions and their clauses never change after approval."""
    cited = house.reads("puss", "/v1/clauses")["items"][0]
    version, key = cited["policy_id"], cited["clause"]["key"]
    publish_policy(house, "woodbrook", HOME)
    path = f"/v1/clauses/{version}/{key}"
    assert house.reads("puss", path) == {**cited, "policy_state": "superseded"}
    assert house.reads("puss", f"/v1/clauses?policy_id={version}")["items"][0] == {
        **cited,
        "policy_state": "superseded",
    }
    in_force = house.reads("puss", "/v1/clauses")["items"]
    assert {each["policy_id"] for each in in_force} != {version}
    assert [each["clause"]["key"] for each in in_force] == [each["key"] for each in policy("woodbrook")["clauses"]]


def test_a_draft_of_a_version_can_be_read_clause_by_clause_and_is_not_in_force(house: House) -> None:
    in_force = house.reads("puss", "/v1/clauses")
    clauses = [{**each, "text": "Be kind."} for each in policy("coleridge")["clauses"]]
    content = {**policy("coleridge"), "clauses": clauses}
    draft = house.ask("hansel", "POST", "/v1/policies", json={"content": content}).json()
    assert house.reads("puss", "/v1/clauses") == in_force
    found = house.reads("puss", f"/v1/clauses?policy_id={draft['id']}")["items"]
    told = {(each["clause"]["text"], each["policy_state"], each["policy_number"]) for each in found}
    assert told == {("Be kind.", "draft", "2.0")}


@on_sqlite
def test_what_is_not_there_can_not_be_cited(house: House) -> None:
    cited = house.reads("puss", "/v1/clauses")["items"][0]
    version, key = cited["policy_id"], cited["clause"]["key"]
    for path in (f"{version}/no_such_rule", f"{NEVER}/{key}", f"{version}/{key.upper()}"):
        answer = house.ask("puss", "GET", f"/v1/clauses/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    for unknown in (f"policy_id={NEVER}", f"policy_id={NEVER}&topic=devices"):
        answer = house.ask("puss", "GET", f"/v1/clauses?{unknown}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@on_sqlite
def test_where_nothing_is_in_force_there_is_no_clause(house: House) -> None:
    """That is an answer, and nothing that is missing."""
    active = house.ask(
        "puss", "GET", f"/v1/policies/{house.reads('puss', '/v1/policies?state=active')['items'][0]['id']}"
    )
    assert house.does("gretel", "withdraw", active, json={"reason": "It is being rewritten."}).status_code == 200
    assert house.reads("puss", "/v1/clauses") == {"items": [], "next_cursor": None}


@on_sqlite
def test_a_machine_is_not_told_of_a_version_that_was_never_published(house: House) -> None:
    draft = house.ask("hansel", "POST", "/v1/policies", json={"content": policy("coleridge")}).json()
    assert house.reads("puss", f"/v1/clauses?policy_id={draft['id']}")["items"]
    for machine in ("website", "clinical-system"):
        answer = house.ask(machine, "GET", f"/v1/clauses?policy_id={draft['id']}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@on_sqlite
def test_machines_read_the_clauses_and_strangers_do_not(house: House) -> None:
    for person in ("website", "clinical-system", "cinderella"):
        assert house.reads(person, "/v1/clauses")["items"]
    answer = house.ask("stranger", "GET", "/v1/clauses")
    assert (answer.status_code, answer.json()["code"]) == (403, "role")


@on_sqlite
def test_a_version_names_each_clause_and_each_section_once(house: House) -> None:
    """POL-6: a citation means one rule."""
    clauses = policy("coleridge")["clauses"]
    for changed in (
        [clauses[0], {**clauses[1], "key": clauses[0]["key"]}],
        [clauses[0], {**clauses[1], "number": clauses[0]["number"]}],
        [{**clauses[0], "section": "nowhere"}],
    ):
        content = {**policy("coleridge"), "clauses": changed}
        answer = house.ask("hansel", "POST", "/v1/policies", json={"content": content})
        assert [each["pointer"] for each in answer.json()["errors"]] == ["/content"]
