"""Patients who want no trainee present: said once, changed, lifted, and found by whoever prepares a clinic."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import Response

from models.trainee_declines import TraineeDecline
from tests.house import PRACTICES, House
from tests.ledger import assert_ledgers_agree
from tests.stories import refused
from workflows.registry import ALL

BORN = "2001-05-04"
WISHES = "/v1/trainee-declines"
SEARCH = "/v1/trainee-decline-searches"
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what has nothing to do with the database."""


def declines(house: House, person: str, *whom: str, **sent: Any) -> Response:
    """A patient says whom they do not want present."""
    return house.ask("goldilocks", "POST", WISHES, json={"person_id": person, "declines": list(whom)}, **sent)


def found(house: House, *people: str, by: str = "goldilocks", **sent: Any) -> dict[int, list[str]]:
    """Whom the patients of a clinic decline, by their places."""
    patients = [{"name": each, "date_of_birth": BORN} for each in people]
    answer = house.ask(by, "POST", SEARCH, json={"patients": patients}, **sent)
    assert answer.status_code == 200, answer.text
    return {each["patient"]: each["declines"] for each in answer.json()["items"]}


def known(house: House, name: str) -> Response:
    """A patient on record."""
    return house.recorded(name=name, date_of_birth=BORN)


def test_a_wish_is_kept_changed_lifted_and_seen_by_whoever_prepares_the_clinic(house: House) -> None:
    """T-01: nothing is asked for in return, and no reason."""
    red, _ = (known(house, each).json()["id"] for each in ("Red", "Snow White"))
    wish = declines(house, red, "medical_student", "doctor_in_training")
    assert refused(declines(house, red, "any_other")) == (422, "none_stands_yet")
    assert found(house, "Snow White", "Red", "Nobody") == {1: ["doctor_in_training", "medical_student"]}
    assert found(house, "Snow White") == {}
    changed = house.does("puss", "change", wish, json={"declines": ["medical_student"]})
    assert found(house, "Red", by="puss") == {0: ["medical_student"]}
    assert house.does("puss", "lift", changed).json()["state"] == "lifted"
    assert found(house, "Red") == {}
    assert declines(house, red, "any_other").status_code == 201
    assert_ledgers_agree(house)


@on_sqlite
def test_a_wish_is_found_under_the_record_that_stands_for_the_patient(house: House) -> None:
    """T-01: also where it was said before two records were known to be of one person."""
    stays, goes = (known(house, each) for each in ("Red Riding Hood", "Red"))
    assert declines(house, goes.json()["id"], "medical_student").status_code == 201
    merging = {"into": stays.json()["id"], "reason": "The same hood."}
    assert house.does("bear", "merge", goes, json=merging).status_code == 200
    assert found(house, "Red Riding Hood") == found(house, "Red") == {0: ["medical_student"]}


@on_sqlite
def test_nobody_else_learns_of_a_wish(house: House) -> None:
    red = known(house, "Red").json()["id"]
    declines(house, red, "medical_student")
    for person in ("cinderella", "website", "clinical-system", "midas"):
        assert (
            house.ask(person, "POST", SEARCH, json={"patients": [{"name": "Red", "date_of_birth": BORN}]}).status_code
            == 403
        )
    assert found(house, "Red", by="hansel", practice=PRACTICES["imperial"]) == {}
    assert refused(declines(house, "01900000-0000-7000-8000-00000000beef", "any_other")) == (
        422,
        "patient_is_on_record",
    )
    shown = house.reads("hansel", "/v1/access-entries?kind=trainee_decline")["items"]
    assert {each["kind"] for each in shown} <= {"trainee_decline"}


@pytest.mark.parametrize("said", [{}, {"patients": []}, {"patients": [{"name": "Red"}]}, {"name": "Red"}])
@on_sqlite
def test_what_is_no_clinic_is_refused(house: House, said: dict[str, Any]) -> None:
    answer = house.ask("goldilocks", "POST", SEARCH, json=said)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


def test_care_rests_on_no_such_wish() -> None:
    """T-01: no law of any other kind reads it, and it brings nothing about."""
    readers = {
        law.workflow.name for each in ALL for law in each.laws for need in law.needs if need.kind is TraineeDecline
    }
    assert readers == {"trainee_decline"}
    assert not [law for each in ALL for law in each.laws if each.kind is TraineeDecline and law.entails]
