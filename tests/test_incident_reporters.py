"""Whoever reported an incident, and has no part in it besides, sees what they said and where it stands, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import Response

from models.incidents import Incident
from models.roles import Role
from service.showing import unsaid
from tests.house import PERSON, House
from tests.laws import NOON, World, somebody
from workflows.engine import Act
from workflows.incidents import incidents

on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ABUSE = {"kind": "verbal_abuse", "description": "Somebody shouted at the desk."}
SAID = {"kind", "platform", "on_own_page", "url", "description", "happened_at"}
WHERE_IT_STANDS = {
    "practice", "id", "state", "version", "created_at", "reported_by", "tell_by", "policy_id", "policy_number",
    "pinned_because", "available_transitions", "overdue",
}  # fmt: skip


def worked_on(house: House, reporter: str) -> tuple[Response, Response]:
    """An incident as whoever reported it was shown it, and as it is known to the practice once somebody has worked on it."""
    wolf = house.recorded().json()["id"]
    reported = house.ask(reporter, "POST", "/v1/incidents", json=ABUSE)
    assert reported.status_code == 201, reported.text
    found = {"person": wolf, "standing": "patient", "known_by": "Their voice."}
    incident = house.does("bear", "identify-author", house.again("bear", reported), json=found)
    incident = house.does("bear", "assign", incident, json={"to": house.member("bear").json()["id"]})
    assert incident.status_code == 200, incident.text
    return reported, incident


def told(shown: dict[str, Any]) -> set[str]:
    """The names of everything that an answer says anything by."""
    return {name for name, value in shown.items() if value not in (None, [], {}, False, 0, "unknown")}


@on_one_database
def test_a_reporter_is_shown_what_they_said_and_where_it_stands(house: House) -> None:
    """CASE-10: by its address, in the list, and in the answer to a step of their own."""
    reported, known = worked_on(house, "cinderella")
    assert {"person_id", "identified", "assigned_to", "due_at"} <= told(known.json())

    mine = house.again("cinderella", reported)
    (listed,) = house.reads("cinderella", "/v1/incidents")["items"]
    threat = {
        "violence": False, "fear_for_safety": True, "what": "They will come back.", "happened_at": mine.json()["created_at"],
    }  # fmt: skip
    stepped = house.does("cinderella", "threat", mine, json=threat)
    for shown in (mine.json(), listed, stepped.json()):
        assert told(shown) <= SAID | WHERE_IT_STANDS
        assert not shown["overdue"]
    assert mine.json()["description"] == ABUSE["description"]
    assert [mine.json()[name] for name in ("state", "version")] == [known.json()[name] for name in ("state", "version")]
    assert stepped.json()["state"] == "safety"


@on_one_database
def test_a_reporter_finds_nothing_by_what_they_are_not_shown(house: House) -> None:
    """CASE-10: by no filter, in no list of what is due, and not by the person whom it is about."""
    reported, known = worked_on(house, "goldilocks")
    colleague = known.json()["assigned_to"]
    assert house.reads("goldilocks", "/v1/incidents?kind=verbal_abuse")["items"]
    for asked in (f"assigned_to={colleague}", "due_before=2030-01-01T00:00:00Z"):
        assert house.reads("bear", f"/v1/incidents?{asked}")["items"]
        assert not house.reads("goldilocks", f"/v1/incidents?{asked}")["items"]

    assert house.reads("bear", "/v1/deadlines?kind=incident")["items"]
    assert not house.reads("goldilocks", "/v1/deadlines?kind=incident")["items"]
    for person, cases in (("bear", [reported.json()["id"]]), ("goldilocks", [])):
        found = house.ask(person, "POST", "/v1/case-searches", json={"nhs_number": PERSON["nhs_number"]})
        assert [each["id"] for each in found.json()["items"]] == cases


def test_whatever_is_not_shown_has_a_value_that_says_nothing() -> None:
    """CASE-10: there is no field that has to be shown because it can't be left empty."""
    act = Act(somebody(Role.STAFF), World().practice, NOON)
    empty = unsaid(incidents, act)
    assert empty.keys() == Incident.model_fields.keys() - SAID - WHERE_IT_STANDS
    assert not told(dict(empty))
