"""A person's cases, everything held about one person, and counts without names: over whichever kinds of case there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from httpx import Response

from service import about_people
from tests.house import HOME, PEOPLE, PERSON, PRACTICES, House
from tests.ledger import rows_of
from tests.stories import refused
from tests.test_recording_consents import found_out
from workflows.trainee_declines import trainee_declines

ELSEWHERE = PRACTICES["coleridge"]
NUMBER = PERSON["nhs_number"]
MAY_SEARCH = {"hansel", "gretel", "rapunzel", "rumpelstiltskin", "goldilocks", "bear", "owl", "puss"}
NEVER = "01900000-0000-7000-8000-000000000000"


@pytest.fixture
def cases(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A wish not to be seen by trainees stands for a case: it is about a person, and everything about it is known."""
    with monkeypatch.context() as patched:
        patched.setattr(about_people, "CASES", (trainee_declines,))
        yield


def wish(house: House, person: Response, *, practice: str = HOME) -> Response:
    """A wish that somebody has."""
    said = {"person_id": person.json()["id"], "declines": ["medical_student"]}
    answer = house.ask("bear", "POST", "/v1/trainee-declines", practice=practice, json=said)
    assert answer.status_code == 201, answer.text
    return answer


def found(house: House, person: str = "bear", *, practice: str = HOME, **said: Any) -> list[str]:
    """The cases that are found."""
    answer = house.ask(person, "POST", "/v1/case-searches", practice=practice, json=said)
    assert answer.status_code == 200, answer.text
    return [each["id"] for each in answer.json()["items"]]


@pytest.mark.usefixtures("cases")
def test_a_persons_cases_are_found_whichever_record_of_theirs_they_are_of(house: House) -> None:
    """CASE-7."""
    first, other = house.recorded(), house.recorded(name="Red Riding Hood")
    cases = [wish(house, each).json()["id"] for each in (first, other)]
    wish(house, house.recorded(practice=ELSEWHERE), practice=ELSEWHERE)
    assert found(house, nhs_number=NUMBER) == [cases[0]]
    said = {"into": first.json()["id"], "reason": "The same voice."}
    assert house.does("bear", "merge", house.again("bear", other), json=said).status_code == 200
    assert found(house, nhs_number=NUMBER) == cases
    assert found(house, person_id=other.json()["id"]) == cases
    assert found(house, name="little red riding HOOD", date_of_birth=PERSON["date_of_birth"]) == cases
    assert found(house, person_id=NEVER) == []
    assert found(house, practice=PRACTICES["maryport"], nhs_number=NUMBER) == []
    (one, _) = house.ask("bear", "POST", "/v1/case-searches", json={"nhs_number": NUMBER}).json()["items"]
    assert one["address"] == f"/v1/trainee-declines/{cases[0]}"
    assert (one["kind"], one["overdue"], one["assigned_to"]) == ("trainee_decline", False, None)


@pytest.mark.usefixtures("cases")
def test_whoever_looks_for_cases_is_written_down_and_strangers_learn_nothing(house: House) -> None:
    """CASE-7."""
    person = house.recorded()
    case = wish(house, person).json()["id"]
    before = len(rows_of(house, "access_entry"))
    assert found(house, nhs_number=NUMBER) == [case]
    shown = [str(each["records"]) for each in rows_of(house, "access_entry")[before:]]
    assert any(case in each for each in shown)
    assert any(person.json()["id"] in each for each in shown)
    for each in PEOPLE:
        answer = house.ask(each, "POST", "/v1/case-searches", json={"nhs_number": NUMBER})
        assert (each, answer.status_code) == (each, 200 if each in MAY_SEARCH else 403)
    for said in ({}, {"name": "Red"}, {"nhs_number": NUMBER, "person_id": NEVER}, {"nhs_number": "999"}):
        assert refused(house.ask("bear", "POST", "/v1/case-searches", json=said)) == (422, "malformed")


def test_everything_held_about_a_person_is_in_one_answer(house: House) -> None:
    """CASE-8: their records, what is kept of them in every kind, the evidence, what happened, and who was shown it."""
    first, other = house.recorded(), house.recorded(name="Red Riding Hood")
    case = wish(house, first)
    recording = found_out(house, person_id=first.json()["id"])
    of_them = {"case_kind": "recording_consent", "case_id": recording.json()["id"]}
    words = house.described(**of_them, text="Cinderella saw a wolf.")
    shot, elsewhere = house.captured(**of_them), house.described(text="Something else.")
    said = {"into": first.json()["id"], "reason": "The same voice."}
    house.does("bear", "merge", house.again("bear", other), json=said)
    assert house.again("puss", first).status_code == 200
    report = house.ask("owl", "POST", "/v1/person-reports", json={"person_id": other.json()["id"]}).json()
    assert [each["id"] for each in report["people"]] == [first.json()["id"], other.json()["id"]]
    assert [each["id"] for each in report["records"]["trainee_declines"]] == [case.json()["id"]]
    assert {each["id"] for each in report["records"]["evidence"]} == {words.json()["id"], shot.json()["id"]}
    assert elsewhere.json()["id"] not in str(report)
    happened = [(each["kind"], each["transition"]) for each in report["history"]]
    assert {("person", "record"), ("person", "merge"), ("evidence", "capture"), ("trainee_decline", "record")} & set(
        happened
    )
    looked = [each for each in report["shown_to"] if first.json()["id"] in each["records"]]
    assert "clinician" in {role for each in looked for role in each["roles"]}
    places = {each["pointer"]: each["reason"] for each in report["review"]}
    at = next(place for place, each in enumerate(report["records"]["evidence"]) if each["id"] == words.json()["id"])
    assert places[f"/records/evidence/{at}/text"] == "names_staff"
    assert places[f"/records/evidence/{at}/url"] == "free_text"
    assert report["not_shown"] == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_only_those_who_answer_for_it_are_told_everything_and_each_telling_is_written_down(house: House) -> None:
    """CASE-8."""
    person = house.recorded()
    case, sought = wish(house, person), {"person_id": person.json()["id"]}
    before = len(rows_of(house, "access_entry"))
    for each in PEOPLE:
        answer = house.ask(each, "POST", "/v1/person-reports", json=sought)
        assert (each, answer.status_code) == (each, 200 if each in {"hansel", "owl"} else 403)
    shown = str([each["records"] for each in rows_of(house, "access_entry")[before:]])
    assert person.json()["id"] in shown
    assert case.json()["id"] in shown
    assert refused(house.ask("owl", "POST", "/v1/person-reports", json={"person_id": NEVER})) == (404, "not_found")
    assert house.ask("owl", "POST", "/v1/person-reports", practice=ELSEWHERE, json=sought).status_code == 404


@pytest.mark.usefixtures("cases")
def test_cases_are_counted_without_names(house: House) -> None:
    """CASE-9: as they stand, and what began and ended between two days in London, both included."""
    person = house.recorded()
    case = wish(house, person)
    wish(house, house.recorded(name="Snow White"))
    counts = "/v1/case-counts?from=2026-03-02&to=2026-03-02"
    (kind,) = house.reads("hansel", counts)["kinds"]
    assert (kind["kind"], kind["open"], kind["opened"], kind["ended"]) == ("trainee_decline", 2, 2, 0)
    ending = next(each for each in trainee_declines.transitions.values() if each.to in trainee_declines.ends)
    over = house.does("bear", ending.name, case, json={})
    assert over.status_code == 200, over.text
    (kind,) = house.reads("hansel", counts)["kinds"]
    assert (kind["open"], kind["ended"], kind["by_outcome"]) == (1, 1, {over.json()["state"]: 1})
    assert kind["by_state"] == {over.json()["state"]: 1, "standing": 1}
    (later,) = house.reads("hansel", "/v1/case-counts?from=2026-03-03&to=2026-03-09")["kinds"]
    assert (later["open"], later["opened"], later["ended"]) == (1, 0, 0)
    (there,) = house.reads("hansel", counts, practice=ELSEWHERE)["kinds"]
    assert (there["open"], there["opened"]) == (0, 0)
    assert not {str(UUID(person.json()["id"])), "Snow White", "hansel"} & set(
        house.ask("hansel", "GET", counts).text.split('"')
    )


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_counts_are_for_those_who_work_on_cases(house: House) -> None:
    """CASE-9."""
    counts = "/v1/case-counts?from=2026-03-02&to=2026-03-02"
    for each in PEOPLE:
        expected = 200 if each in {"hansel", "gretel", "bear", "owl"} else 403
        assert (each, house.ask(each, "GET", counts).status_code) == (each, expected)
    for wrong in ("", "?from=2026-03-02", "?from=2026-03-02&to=now", "?from=2026-03-02&to=2026-03-02&who=red"):
        assert refused(house.ask("hansel", "GET", f"/v1/case-counts{wrong}")) == (422, "malformed")
