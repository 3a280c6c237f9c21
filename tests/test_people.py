"""People whom cases are about: recorded, corrected, merged, looked for and erased, by those who have to know them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from httpx import Response

from models.people import name_and_birth
from tests.house import HOME, PEOPLE, PERSON, PRACTICES, House
from tests.ledger import assert_ledgers_agree
from tests.stories import refused, trail

ELSEWHERE = PRACTICES["coleridge"]
NUMBER = PERSON["nhs_number"].replace(" ", "")
OTHER_NUMBER = "9990000204"
MAY_SEE = {"hansel", "gretel", "rapunzel", "rumpelstiltskin", "goldilocks", "bear", "owl", "puss"}
SEARCH = "/v1/person-searches"
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what has nothing to do with the database."""


def search(house: House, person: str = "bear", *, practice: str = HOME, **said: Any) -> list[str]:
    """The records that are found."""
    answer = house.ask(person, "POST", SEARCH, practice=practice, json=said)
    assert answer.status_code == 200, answer.text
    return [each["id"] for each in answer.json()["items"]]


def merged(house: House, record: Response, into: Response, **sent: Any) -> Response:
    """One record merged into another."""
    said = {"into": into.json()["id"], "reason": "The same address, and the same voice on the telephone.", **sent}
    return house.does("bear", "merge", house.again("bear", record), json=said)


def erased(house: House, record: Response) -> Response:
    """A record that two people have erased."""
    proposed = house.does("owl", "propose_erasure", house.again("owl", record), json={"ground": "retention_ended"})
    return house.does("hansel", "erase", proposed)


def test_a_person_is_shown_as_they_were_recorded(house: House) -> None:
    person = house.recorded()
    expected = {**PERSON, "nhs_number": NUMBER, "state": "on_record", "merged_into": None}
    assert {name: person.json()[name] for name in expected} == expected
    assert house.again("puss", person).json()["name"] == PERSON["name"]
    (listed,) = house.reads("bear", "/v1/people")["items"]
    assert listed["nhs_number"] == NUMBER
    assert not {"contact", "note"} & listed.keys()
    assert not [name for name in person.json() if name.endswith("_index")]
    assert_ledgers_agree(house)


@on_sqlite
def test_somebody_of_whom_little_is_known_is_recorded_too(house: House) -> None:
    unknown = house.recorded(note="The author of a post who calls herself Snow Queen.")
    assert unknown.json()["name"] is None
    for nothing in ({}, {"name": None}, {"contact": None}):
        answer = house.ask("bear", "POST", "/v1/people", json=nothing)
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


@on_sqlite
def test_people_are_seen_by_those_who_take_in_and_work_on_cases(house: House) -> None:
    """PERSON-9: and by nobody else, whoever they are at the practice."""
    person = house.recorded()
    path = f"/v1/people/{person.json()['id']}"
    for each in PEOPLE:
        alone, all_, found = (
            house.ask(each, "GET", path), house.ask(each, "GET", "/v1/people"),
            house.ask(each, "POST", SEARCH, json={"nhs_number": NUMBER}),
        )  # fmt: skip
        expected = (200, 200, 200) if each in MAY_SEE else (404, 403, 403)
        assert (each, (alone.status_code, all_.status_code, found.status_code)) == (each, expected)
        if each not in MAY_SEE:
            assert house.ask(each, "POST", "/v1/people", json=PERSON).status_code == 403


@on_sqlite
@pytest.mark.parametrize(
    "number",
    ["9990000124", "999000012", "99900001230", "999-000-012", "999000012X", "\u0669990000123", "", "999  000 0123"],
)
def test_what_is_no_nhs_number_is_refused(house: House, number: str) -> None:
    answer = house.ask("bear", "POST", "/v1/people", json={**PERSON, "nhs_number": number})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/nhs_number")
    assert not number or number not in answer.text


@on_sqlite
@pytest.mark.parametrize(
    "said", [{"contact": {"postcode": "nowhere"}}, {"contact": {"email": "red"}}, {"date_of_birth": "4 May"}]
)
def test_what_can_be_no_contact_and_no_date_is_refused(house: House, said: dict[str, Any]) -> None:
    answer = house.ask("bear", "POST", "/v1/people", json={**PERSON, **said})
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


@on_sqlite
def test_nobody_is_born_tomorrow(house: House) -> None:
    """PERSON-2."""
    answer = house.ask("bear", "POST", "/v1/people", json={"name": "Tom Thumb", "date_of_birth": "2026-03-03"})
    assert refused(answer) == (422, "is_born")
    assert house.recorded(name="Tom Thumb", date_of_birth="2026-03-02").json()["date_of_birth"] == "2026-03-02"


def test_an_nhs_number_stands_for_one_record_at_a_practice_and_says_nothing_elsewhere(house: House) -> None:
    """PERSON-1."""
    person = house.recorded()
    assert refused(house.ask("bear", "POST", "/v1/people", json=PERSON)) == (422, "number_is_new")
    other = house.recorded(name="Snow White")
    taken = house.does("bear", "correct", other, json={"name": "Snow White", "nhs_number": NUMBER})
    assert refused(taken) == (422, "number_is_nobody_elses")
    same = house.does("bear", "correct", person, json={**PERSON, "name": "Red Riding Hood"})
    assert (same.status_code, same.json()["name"]) == (200, "Red Riding Hood")
    assert house.recorded(practice=ELSEWHERE).json()["nhs_number"] == NUMBER
    assert_ledgers_agree(house)


def test_people_are_found_by_number_and_by_name_with_date_of_birth(house: House) -> None:
    person = house.recorded().json()["id"]
    twin = house.recorded(name="little  RED riding-hood", date_of_birth="2001-05-04").json()["id"]
    house.recorded(practice=ELSEWHERE)
    assert search(house, nhs_number="999-000-0123") == [person]
    assert search(house, nhs_number=OTHER_NUMBER) == []
    assert search(house, name="Líttle Red Riding Hood", date_of_birth="2001-05-04") == [person]
    assert search(house, name="Little red ridinghood", date_of_birth="2001-05-04") == [twin]
    assert search(house, name="Little Red Riding Hood", date_of_birth="2001-05-05") == []
    assert len(search(house, practice=ELSEWHERE, nhs_number=NUMBER)) == 1


@on_sqlite
@pytest.mark.parametrize(
    "said", [{}, {"name": "Snow White"}, {"date_of_birth": "2001-05-04"}, {"nhs_number": NUMBER, "name": "Snow White"}]
)
def test_nobody_is_looked_for_by_less_or_by_two_ways_at_once(house: House, said: dict[str, Any]) -> None:
    answer = house.ask("bear", "POST", SEARCH, json=said)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


def test_names_are_the_same_however_they_are_written() -> None:
    day = date(2001, 5, 4)
    written = {name_and_birth(each, day) for each in ("Zoë O'Hara", "zoe  OHARA", "Zoe\u0308 O\u2019Hara")}
    assert written == {"zoe ohara 2001-05-04"}


def test_a_merged_record_points_to_the_one_that_stays_and_can_be_separated_again(house: House) -> None:
    """PERSON-3: and whoever looks for them finds the one that stays."""
    stays, goes = house.recorded(), house.recorded(name="Red", date_of_birth="2001-05-04")
    first = house.recorded(name="R.")
    assert merged(house, first, goes).status_code == 200
    gone = merged(house, goes, stays)
    assert (gone.json()["state"], gone.json()["merged_into"]) == ("merged", stays.json()["id"])
    assert search(house, name="Red", date_of_birth="2001-05-04") == [stays.json()["id"]]
    for into in (goes, gone, first):
        assert refused(merged(house, stays, into)) == (422, "into_another_that_stands")
    assert refused(merged(house, house.recorded(name="Rose Red"), house.recorded(practice=ELSEWHERE))) == (
        422,
        "into_another_that_stands",
    )
    back = house.does("bear", "separate", house.again("bear", goes), json={"reason": "Two sisters."})
    assert (back.json()["state"], back.json()["merged_into"]) == ("on_record", None)
    assert search(house, name="Red", date_of_birth="2001-05-04") == [goes.json()["id"]]
    assert trail(house, goes) == ["record", "merge", "separate"]
    assert_ledgers_agree(house)


def test_records_of_what_must_be_two_people_are_not_merged(house: House) -> None:
    """PERSON-4 and PERSON-5: a warning that reaches the wrong patient harms them."""
    person = house.recorded()
    numbered = house.recorded(name="Snow White", nhs_number=OTHER_NUMBER)
    younger = house.recorded(name="Little Red Riding Hood", date_of_birth="2002-05-04")
    unknown = house.recorded(name="Red")
    assert refused(merged(house, numbered, person)) == (422, "nothing_contradicts")
    assert refused(merged(house, younger, person)) == (422, "nothing_contradicts")
    assert refused(merged(house, person, unknown)) == (422, "number_stays")
    assert merged(house, unknown, person).status_code == 200


def test_of_two_records_merged_into_each_other_at_once_one_stays(house: House) -> None:
    """PERSON-3: nobody gets lost in a ring."""
    pair = [house.recorded(name="Rose Red"), house.recorded(name="Rose")]
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda turn: merged(house, pair[turn], pair[1 - turn]).status_code, range(2)))
    assert sorted(answers) in ([200, 412], [200, 422])
    assert sorted(house.again("bear", each).json()["state"] for each in pair) == ["merged", "on_record"]
    assert_ledgers_agree(house)


def test_of_many_who_record_the_same_number_at_once_one_does(house: House) -> None:
    """PERSON-1."""
    with ThreadPoolExecutor(12) as crowd:
        answers = list(crowd.map(lambda _: house.ask("bear", "POST", "/v1/people", json=PERSON).status_code, range(12)))
    assert sorted(answers) == [201] + [422] * 11
    assert_ledgers_agree(house)


def test_an_erased_person_is_still_a_record_and_nobody_any_more(house: House) -> None:
    """PERSON-8: what happened stays, and what says who it was is gone."""
    person = house.recorded()
    gone = erased(house, person)
    shown = house.again("bear", person).json()
    assert (gone.status_code, shown["state"], shown["version"]) == (200, "erased", 3)
    assert {shown[name] for name in PERSON} == {None}
    assert shown["erasure_ground"] == "retention_ended"
    assert shown["available_transitions"] == []
    assert search(house, nhs_number=NUMBER) == []
    assert trail(house, person) == ["record", "propose_erasure", "erase"]
    told = house.reads("hansel", f"/v1/audit-entries?record_id={person.json()['id']}")["items"]
    assert [each["said"] for each in told] == [None] * 3
    assert_ledgers_agree(house)
    assert house.recorded().json()["id"] != person.json()["id"]


def test_two_people_erase_and_nobody_is_erased_by_half(house: House) -> None:
    """PERSON-6 and PERSON-7."""
    stays, goes = house.recorded(), house.recorded(name="Red")
    merged(house, goes, stays)
    assert refused(house.does("hansel", "erase", stays)) == (422, "erasure_is_proposed")
    proposed = house.does("owl", "propose_erasure", stays, json={"ground": "erasure_granted"})
    assert refused(house.does("owl", "erase", proposed)) == (422, "by_another_than_proposed")
    assert refused(house.does("hansel", "erase", proposed)) == (422, "stands_for_no_other")
    assert refused(house.does("bear", "erase", proposed)) == (403, "role")
    kept = house.does("hansel", "keep", proposed)
    assert kept.json()["erasure_ground"] is None
    assert erased(house, goes).json()["state"] == "erased"
    assert erased(house, stays).json()["state"] == "erased"
    assert refused(house.does("bear", "separate", house.again("bear", goes), json={"reason": "No."})) == (409, "state")
    assert_ledgers_agree(house)
