"""Stories: a practice is opened, people come, stand in for each other and go."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from httpx import Response

from models.roles import INSTALLATION, Role
from tests.house import DRAFT, HOME, OPERATOR, PRACTICES, House, appoint, open_practice
from tests.ledger import assert_ledgers_agree

ELSEWHERE = PRACTICES["coleridge"]
PRACTICE = {
    "code": "ZZ0009", "name": "Hedgehog Surgery", "manager": {"subject": "hare", "name": "Hare"},
    "contacts": {"phone": "01632 960009", "complaints": "https://example.com/complaints"},
}  # fmt: skip

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what has nothing to do with the database."""


def refused(answer: Response, code: str, guard: str | None = None) -> None:
    """Told no, for this reason."""
    assert (answer.json().get("code"), answer.json().get("guard")) == (code, guard), answer.text


def done(answer: Response) -> Response:
    """What was asked for happened."""
    assert answer.status_code in {200, 201}, answer.text
    return answer


def joins(house: House, subject: str, *roles: dict[str, Any], by: str = "hansel", **more: Any) -> Response:
    """Somebody is added to the staff."""
    draft = {"subject": subject, "name": subject.title(), "roles": list(roles)}
    return house.ask(by, "POST", "/v1/staff", json=draft, **more)


def granted(house: House, person: str, by: str = "hansel", **grant: Any) -> Response:
    """Somebody is given a role."""
    return house.does(by, "grant_role", house.member(person), json=grant)


def ended(house: House, person: str, by: str = "hansel", **end: Any) -> Response:
    """Somebody's role ends."""
    return house.does(by, "end_role", house.member(person), json=end)


def after(house: House, **time: float) -> str:
    """A moment to come."""
    return moment(house.clock.moment + timedelta(**time))


def moment(at: datetime) -> str:
    """A moment as it is written."""
    return at.isoformat().replace("+00:00", "Z")


def can_edit_a_policy(house: House, person: str) -> bool:
    """Whether somebody is a practice or communications manager now."""
    answer = house.ask(person, "POST", "/v1/policies", json={})
    return answer.status_code != 403


def test_a_practice_is_opened_with_its_first_manager_who_appoints_everybody_else(empty_house: House) -> None:
    """PRACTICE-1: by the operator, under the practice's own code, and once."""
    house = empty_house
    opened = house.ask(OPERATOR, "POST", "/v1/practices", practice=INSTALLATION, json=PRACTICE)
    assert (opened.status_code, opened.json()["practice"], opened.json()["state"]) == (201, "ZZ0009", "open")
    assert opened.json()["contacts"]["phone"] == "01632 960009"
    assert opened.json()["in_force"] is None

    (manager,) = house.reads("hare", "/v1/staff", practice="ZZ0009")["items"]
    assert (manager["name"], [each["role"] for each in manager["roles"]]) == ("Hare", ["practice_manager"])
    assert joins(house, "tortoise", {"role": "partner"}, by="hare", practice="ZZ0009").status_code == 201
    trail = house.reads("hare", "/v1/audit-entries", practice="ZZ0009")["items"]
    assert sorted(each["transition"] for each in trail[:2]) == ["appoint", "open_practice"]
    assert [each["transition"] for each in trail[2:]] == ["appoint"]
    assert {each["actor"] for each in trail[:2]} == {OPERATOR}
    assert len({each["request_id"] for each in trail[:2]}) == 1

    again = house.ask(OPERATOR, "POST", "/v1/practices", practice=INSTALLATION, json={**PRACTICE, "name": "Another"})
    refused(again, "guard", "not_open_already")
    assert_ledgers_agree(house)


def test_an_operators_key_belongs_to_one_request_whichever_practice_it_opens(house: House) -> None:
    """The same key with another code is another request, and opens nothing."""
    draft = {"name": "Another Surgery", "manager": {"subject": "hare", "name": "Hare"}}
    asks = [
        house.ask(
            OPERATOR, "POST", "/v1/practices", practice=INSTALLATION, json={"code": code, **draft},
            headers={"Idempotency-Key": "one"},
        )
        for code in ("ZZ0101", "ZZ0102", "ZZ0101")
    ]  # fmt: skip
    assert [each.status_code for each in asks] == [201, 422, 201]
    assert (asks[1].json()["code"], asks[2].headers["Idempotent-Replayed"]) == ("key_reused", "true")
    assert asks[2].json()["id"] == asks[0].json()["id"]
    assert house.ask("hare", "GET", "/v1/practices", practice="ZZ0102").status_code == 403


def test_of_several_who_open_the_same_practice_at_once_one_does(empty_house: House) -> None:
    """PRACTICE-1: one tenant for each ODS code."""
    house = empty_house
    with ThreadPoolExecutor(8) as crowd:
        ask = lambda _: house.ask(OPERATOR, "POST", "/v1/practices", practice=INSTALLATION, json=PRACTICE)  # noqa: E731 - asked by each
        answers = list(crowd.map(ask, range(8)))
    assert [each.status_code for each in answers].count(201) == 1
    assert {each.json()["code"] for each in answers if each.status_code != 201} <= {"overtaken", "guard"}
    assert len(house.reads("hare", "/v1/staff", practice="ZZ0009")["items"]) == 1
    assert_ledgers_agree(house)


def test_opening_is_answered_once_for_each_key(empty_house: House) -> None:
    house = empty_house
    key = {"Idempotency-Key": "open"}
    ask = {"practice": INSTALLATION, "json": PRACTICE, "headers": key}
    first, again = (house.ask(OPERATOR, "POST", "/v1/practices", **ask) for _ in range(2))  # type: ignore[arg-type]  # one of them is the practice
    assert (first.status_code, again.status_code, again.headers["Idempotent-Replayed"]) == (201, 201, "true")
    assert again.json()["id"] == first.json()["id"]


@on_sqlite
def test_nobody_but_an_operator_opens_a_practice(house: House) -> None:
    for person, practice in (("hansel", HOME), ("hansel", INSTALLATION), ("wolf", INSTALLATION), (OPERATOR, HOME)):
        refused(house.ask(person, "POST", "/v1/practices", practice=practice, json=PRACTICE), "role")
    refused(house.ask("hansel", "POST", "/v1/practices", json={**PRACTICE, "code": HOME}), "role")


@on_sqlite
def test_an_operator_reads_nothing_of_any_practice(house: House) -> None:
    """Whoever runs the installation serves the practices, and does not look into them."""
    records = {
        each: house.reads("hansel", f"/v1/{each}")["items"][0]["id"] for each in ("practices", "staff", "policies")
    }
    for practice in (INSTALLATION, HOME):
        for resource in ("practices", "staff", "policies", "posts", "audit-entries", "events", "clauses"):
            refused(house.ask(OPERATOR, "GET", f"/v1/{resource}", practice=practice), "role")
        for resource, record in records.items():
            refused(house.ask(OPERATOR, "GET", f"/v1/{resource}/{record}", practice=practice), "not_found")
    tag = {"If-Match": '"1"'}
    path = f"/v1/staff/{records['staff']}/correct-name"
    refused(house.ask(OPERATOR, "POST", path, practice=INSTALLATION, json={"name": "Rat"}, headers=tag), "not_found")


@on_sqlite
def test_a_practice_says_how_it_is_reached_and_nothing_else_can_be_said_of_it(house: House) -> None:
    (practice,) = house.reads("hansel", "/v1/practices")["items"]
    read = house.ask("hansel", "GET", f"/v1/practices/{practice['id']}")
    details = {"name": "Gingerbread House", "contacts": {"phone": "01632 960002"}}
    refused(house.does("rapunzel", "correct_details", read, json=details), "role")
    corrected = done(house.does("gretel", "correct_details", read, json=details))
    assert (corrected.json()["name"], corrected.json()["contacts"]["phone"]) == ("Gingerbread House", "01632 960002")
    assert corrected.json()["in_force"] == practice["in_force"]
    for person in ("cinderella", "website", "clinical-system"):
        assert house.reads(person, "/v1/practices")["items"][0]["name"] == "Gingerbread House"
    for entailed in ("adopt", "abandon"):
        refused(house.does("hansel", entailed, corrected, json={}), "not_found")


def test_a_role_is_held_from_one_moment_until_another(house: House) -> None:
    """STAFF-6: its end is not included; before and after, it gives nothing."""
    grant = {"role": Role.COMMUNICATIONS_MANAGER, "starts": after(house, days=1), "ends": after(house, days=2)}
    done(granted(house, "cinderella", **grant))
    post = house.submitted()
    assert not can_edit_a_policy(house, "cinderella")
    refused(house.does("cinderella", "approve", post), "role")
    house.clock.wind(days=1)
    assert can_edit_a_policy(house, "cinderella")
    house.clock.wind(hours=23, minutes=59)
    assert done(house.does("cinderella", "approve", post)).json()["state"] == "approved"
    house.clock.wind(minutes=1)
    assert not can_edit_a_policy(house, "cinderella")


@on_sqlite
def test_nobody_rewrites_who_held_a_role(house: House) -> None:
    """STAFF-6 and STAFF-4: not from yesterday, not to yesterday, and not twice at once."""
    role = Role.COMPLAINTS_LEAD
    earlier = moment(house.clock.moment - timedelta(seconds=1))
    refused(granted(house, "puss", role=role, starts=earlier), "guard", "starts_now_or_later")
    answer = granted(house, "puss", role=role, starts=after(house, days=2), ends=after(house, days=1))
    refused(answer, "malformed")
    refused(ended(house, "bear", role=role, ends=earlier), "guard", "ends_now_or_later")
    refused(ended(house, "puss", role=role), "guard", "holds_the_role")
    refused(granted(house, "bear", role=role), "guard", "not_held_already")
    refused(joins(house, "hare", {"role": role, "starts": earlier}), "guard", "begins_with_roles_to_come")
    twice = [{"role": role, "ends": after(house, days=2)}, {"role": role, "starts": after(house, days=1)}]
    refused(joins(house, "hare", *twice), "guard", "begins_with_each_role_once")
    following = [{"role": role, "ends": after(house, days=1)}, {"role": role, "starts": after(house, days=1)}]
    done(joins(house, "hare", *following))

    done(ended(house, "bear", role=role, ends=after(house, days=1)))
    refused(granted(house, "bear", role=role, starts=after(house, hours=1)), "guard", "not_held_already")
    done(granted(house, "bear", role=role, starts=after(house, days=1)))
    assert [each["ends"] for each in house.member("bear").json()["roles"]] == [after(house, days=1), None]


@on_sqlite
def test_a_deputy_stands_in_for_a_holder_and_for_a_time(house: House) -> None:
    """STAFF-2: whoever deputises has what they stand in for, until it ends."""
    role, holder, another = (
        Role.PRACTICE_MANAGER,
        house.member("hansel").json()["id"],
        house.member("puss").json()["id"],
    )
    until = after(house, days=7)
    refused(granted(house, "wolf", role=role, deputy_for=holder), "malformed")
    refused(granted(house, "wolf", role=role, deputy_for=another, ends=until), "guard", "deputises_for_a_holder")
    own = house.member("bear").json()["id"]
    answer = granted(house, "bear", role=Role.PARTNER, deputy_for=own, ends=until)
    refused(answer, "guard", "deputises_for_a_holder")
    refused(
        joins(house, "hare", {"role": role, "deputy_for": another, "ends": until}),
        "guard",
        "begins_as_deputy_for_a_holder",
    )
    deputy = done(granted(house, "wolf", role=role, deputy_for=holder, ends=until))
    assert deputy.json()["roles"][-1]["deputy_for"] == holder
    done(joins(house, "tortoise", by="wolf"))
    house.clock.wind(days=7)
    refused(joins(house, "snail", by="wolf"), "role")


@on_sqlite
def test_only_those_who_keep_the_directory_change_it_and_all_staff_read_it(house: House) -> None:
    read = house.member("puss")
    changes = {
        "grant_role": {"role": "partner"},
        "end_role": {"role": "clinician"},
        "leave": {},
        "correct_name": {"name": "Rat"},
    }
    for person in ("rapunzel", "midas", "wolf", "cinderella", "website"):
        refused(joins(house, "hare", by=person), "role")
        expected = "not_found" if person == "website" else "role"
        for transition, said in changes.items():
            refused(house.does(person, transition, read, json=said), expected)
    assert len(house.reads("cinderella", "/v1/staff")["items"]) == 13
    refused(house.ask("website", "GET", "/v1/staff"), "role")
    renamed = done(house.does("gretel", "correct_name", read, json={"name": "Puss in Boots"}))
    assert (renamed.json()["name"], renamed.json()["subject"]) == ("Puss in Boots", "puss")


def test_somebody_is_always_left_who_keeps_the_directory(house: House) -> None:
    """STAFF-7: neither by leaving nor by ending a role, nor with a deputy alone, is a practice left without a manager."""
    role = Role.PRACTICE_MANAGER
    refused(house.does("gretel", "leave", house.member("hansel"), json={}), "guard", "leaves_a_manager")
    refused(ended(house, "hansel", role=role), "guard", "keeps_a_manager")
    refused(ended(house, "hansel", role=role, ends=after(house, days=9)), "guard", "keeps_a_manager")
    until = after(house, days=7)
    done(granted(house, "wolf", role=role, deputy_for=house.member("hansel").json()["id"], ends=until))
    refused(house.does("gretel", "leave", house.member("hansel"), json={}), "guard", "leaves_a_manager")
    done(granted(house, "gretel", role=role))
    successor = house.member("gretel").json()["id"]
    left = done(
        house.does("gretel", "leave", house.member("hansel"), json={"reason": "Retires.", "hands_over_to": successor})
    )
    assert (left.json()["state"], left.json()["hands_over_to"]) == ("left", successor)
    assert_ledgers_agree(house)


def test_of_two_managers_who_leave_at_once_one_stays(house: House) -> None:
    """STAFF-7: what each was judged by has changed for whoever comes second."""
    done(granted(house, "gretel", role=Role.PRACTICE_MANAGER))
    members = {"gretel": house.member("hansel"), "hansel": house.member("gretel")}
    with ThreadPoolExecutor(2) as crowd:
        answers = list(crowd.map(lambda who: house.does(who, "leave", members[who], json={}), members))
    assert sum(each.status_code == 200 for each in answers) == 1, [each.text[:200] for each in answers]


def test_whoever_has_left_is_nobody_here_until_they_rejoin(house: House) -> None:
    """STAFF-1: a token still proves who they are, and gives them nothing; who comes back has no role, and is who they were."""
    post = house.submitted()
    left = done(house.does("hansel", "leave", house.member("rapunzel"), json={}))
    assert (left.json()["state"], left.json()["available_transitions"]) == ("left", ["rejoin"])
    assert all(each["ends"] == moment(house.clock.moment) for each in left.json()["roles"])
    assert left.json()["left_at"] == moment(house.clock.moment)
    refused(house.does("rapunzel", "approve", post), "not_found")
    refused(house.ask("rapunzel", "GET", "/v1/posts"), "role")
    refused(house.ask("rapunzel", "POST", "/v1/posts", json=DRAFT), "role")
    refused(house.does("hansel", "grant_role", left, json={"role": "partner"}), "state")

    refused(joins(house, "rapunzel"), "guard", "not_known_already")
    again = done(house.does("hansel", "rejoin", left))
    assert (again.json()["id"], again.json()["left_at"]) == (left.json()["id"], None)
    refused(house.does("rapunzel", "approve", post), "role")
    refused(joins(house, "rapunzel"), "guard", "not_known_already")
    entries = [each for each in house.reads("hansel", "/v1/staff")["items"] if each["subject"] == "rapunzel"]
    assert [each["state"] for each in entries] == ["in_post"]
    assert_ledgers_agree(house)


def test_whoever_comes_back_is_still_who_wrote_what_they_wrote(house: House) -> None:
    """POL-4, POST-10: leaving and coming back makes nobody another person."""
    post = house.submitted("rapunzel")
    left = done(house.does("hansel", "leave", house.member("rapunzel"), json={}))
    back = done(house.does("hansel", "rejoin", left))
    done(house.does("hansel", "grant_role", back, json={"role": "communications_manager"}))
    refused(house.does("rapunzel", "approve", post), "guard", "another_person")


def test_a_machine_whose_role_has_ended_is_nobody(house: House) -> None:
    """STAFF-3: what was a credential of a machine does not become a colleague."""
    done(house.does("hansel", "end_role", house.member("website"), json={"role": "practice_website"}))
    refused(house.ask("website", "GET", "/v1/posts"), "role")
    refused(house.ask("website", "GET", "/v1/staff"), "role")


def test_of_several_who_appoint_somebody_at_once_one_does(house: House) -> None:
    """STAFF-1: one entry for each person in post."""
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda n: joins(house, "hare", by=("hansel", "gretel")[n % 2]), range(8)))
    assert [each.status_code for each in answers].count(201) == 1
    assert {each.json()["code"] for each in answers if each.status_code != 201} <= {"overtaken", "guard"}
    assert_ledgers_agree(house)


@on_sqlite
def test_work_is_handed_over_to_a_person_who_is_there(house: House) -> None:
    """STAFF-8: not to a machine, not to oneself, not to somebody who has left or was never here."""
    gone = done(house.does("hansel", "leave", house.member("midas"), json={})).json()["id"]
    elsewhere = house.member("puss", practice=ELSEWHERE).json()["id"]
    nobody = [house.member(each).json()["id"] for each in ("website", "goldilocks")] + [gone, elsewhere]
    for successor in nobody:
        answer = house.does("hansel", "leave", house.member("goldilocks"), json={"hands_over_to": successor})
        refused(answer, "guard", "hands_over_to_a_colleague")
    successor = house.member("rapunzel").json()["id"]
    done(house.does("hansel", "leave", house.member("goldilocks"), json={"hands_over_to": successor}))


@on_sqlite
def test_a_machine_is_nobody_and_a_person_is_no_machine(house: House) -> None:
    """STAFF-3: a credential of a machine holds no role of a person, for good, and is not staff."""
    refused(granted(house, "website", role=Role.PRACTICE_MANAGER), "guard", "person_or_machine")
    refused(granted(house, "puss", role=Role.CLINICAL_SYSTEM), "guard", "person_or_machine")
    refused(granted(house, "cinderella", role=Role.PRACTICE_WEBSITE), "guard", "person_or_machine")
    refused(joins(house, "hare", {"role": "partner"}, {"role": "practice_website"}), "malformed")
    done(granted(house, "website", role=Role.CLINICAL_SYSTEM))
    done(ended(house, "clinical-system", role=Role.CLINICAL_SYSTEM))
    refused(granted(house, "clinical-system", role=Role.PARTNER), "guard", "person_or_machine")
    for resource in ("staff", "audit-entries"):
        refused(house.ask("website", "GET", f"/v1/{resource}"), "role")
    assert house.reads("website", "/v1/policies")["items"]
    assert house.reads("website", "/v1/posts")["items"] == []
    refused(house.ask("website", "POST", "/v1/posts", json=DRAFT), "role")


@on_sqlite
def test_a_role_that_nobody_can_grant_is_refused(house: House) -> None:
    for role in (Role.OPERATOR, Role.CLOCK, Role.STAFF):
        refused(granted(house, "puss", role=role), "malformed")


@on_sqlite
def test_the_same_person_at_two_practices_is_two_entries(house: House) -> None:
    """What somebody is at one practice gives them nothing at another."""
    here, there = house.member("hansel"), house.member("hansel", practice=ELSEWHERE)
    assert here.json()["id"] != there.json()["id"]
    done(granted(house, "cinderella", role=Role.PRACTICE_MANAGER))
    assert can_edit_a_policy(house, "cinderella")
    assert house.ask("cinderella", "POST", "/v1/policies", practice=ELSEWHERE, json={}).json()["code"] == "role"
    refused(house.ask("hansel", "GET", f"/v1/staff/{there.json()['id']}"), "not_found")
    refused(house.does("hansel", "leave", there, json={}), "not_found")


@on_sqlite
def test_a_new_practice_works_by_the_services_own_defaults(empty_house: House) -> None:
    """Nothing is in force before the first publication, and that can be seen."""
    house = empty_house
    open_practice(house, HOME)
    appoint(house, "rapunzel", HOME)
    appoint(house, "goldilocks", HOME)
    assert house.reads("rapunzel", "/v1/clauses")["items"] == []
    refused(house.ask("goldilocks", "POST", "/v1/posts", json=DRAFT), "role")
    post = done(house.ask("rapunzel", "POST", "/v1/posts", json=DRAFT))
    assert post.json()["policy_id"] is None
