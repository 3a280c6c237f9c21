"""Everything that is due, soonest first, with how each date came out; and nothing in it of anybody."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.house import HOME, PRACTICES, House
from tests.stories import closure_notice
from workflows.rules import RULES


def scheduled(house: House, person: str = "goldilocks", *, days: float, **changes: Any) -> dict[str, Any]:
    """A post that is due on a platform."""
    at = (house.clock.moment + timedelta(days=days)).isoformat()
    post = house.does(person, "schedule", house.approved(person, **changes), json={"publish_at": at})
    assert post.status_code == 200, post.text
    found: dict[str, Any] = post.json()
    return found


def due(house: House, person: str = "hansel", query: str = "", *, practice: str = HOME) -> list[dict[str, Any]]:
    """Everything that is due, page after page."""
    found, cursor = [], ""
    while True:
        page = house.reads(person, f"/v1/deadlines?limit=2{cursor}{query}", practice=practice)
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


def test_everything_due_is_listed_once_and_soonest_first(house: House) -> None:
    """DUE-1: across kinds, page after page, also where several fall due at the same moment."""
    posts = [scheduled(house, days=days) for days in (3, 1, 1, 400)]
    listed = due(house)

    assert {each["kind"] for each in listed} >= {"post", "policy", "briefing", "monitoring_check"}
    assert len({each["id"] for each in listed}) == len(listed)
    assert {each["id"] for each in posts} <= {each["id"] for each in listed}
    assert all((one["due_at"], one["id"]) < (other["due_at"], other["id"]) for one, other in pairwise(listed))
    assert listed == house.reads("hansel", "/v1/deadlines?limit=100")["items"]
    assert all(each["due"][0]["at"] == each["due_at"] and each["due"][0]["name"] == each["due_for"] for each in listed)


def test_each_date_says_how_it_came_out_and_by_which_rule(house: House) -> None:
    """DUE-1: in sentences, and by a rule that the catalogue has."""
    for each in due(house):
        for one in each["due"]:
            assert one["rule"] in RULES
            assert one["steps"]
            assert all(step.endswith(".") for step in one["steps"])


def test_all_that_falls_due_for_a_record_is_told(house: House) -> None:
    """DUE-1: a post about a closure is due on its day, and its approval ends when the surgery closes."""
    post = scheduled(house, days=2, **closure_notice(house.clock))
    (found,) = [each for each in due(house, query="&kind=post") if each["id"] == post["id"]]

    assert [(each["name"], each["rule"]) for each in found["due"]] == [("publication", "S-07"), ("expiry", "POST-9")]
    assert found["address"] == f"/v1/posts/{post['id']}"
    assert (found["state"], found["assigned_to"], found["overdue"]) == ("scheduled", None, False)


def test_the_list_is_narrowed(house: House) -> None:
    """DUE-1: by kind, by moment, by what is overdue, and by whose work it is."""
    soon, later = scheduled(house, days=1), scheduled(house, days=9)
    house.clock.wind(days=2)
    ids = {each["id"] for each in due(house)}
    overdue, waiting = ({each["id"] for each in due(house, query=f"&overdue={said}")} for said in ("true", "false"))
    midway = (house.clock.moment + timedelta(days=1)).isoformat().replace("+00:00", "Z")

    assert overdue == {soon["id"]}
    assert overdue | waiting == ids
    assert {each["kind"] for each in due(house, query="&kind=policy")} == {"policy"}
    assert later["id"] not in {each["id"] for each in due(house, query=f"&before={midway}")}
    assert {each["id"] for each in due(house, query=f"&before={midway}&overdue=true")} == overdue
    assert due(house, query="&assigned_to=me&kind=post") == []
    assert [each["overdue"] for each in due(house, query="&overdue=true")] == [True]


def test_nobody_sees_what_is_due_for_records_that_they_do_not_see(house: House) -> None:
    """DUE-2: neither another practice's, nor what is kept from somebody's role."""
    post = scheduled(house, days=1)
    for person in ("hansel", "cinderella", "website", "owl"):
        seen = {each["id"] for each in due(house, person)}
        for each in due(house):
            answer = house.ask(person, "GET", each["address"])
            assert (answer.status_code == 200) == (each["id"] in seen), (person, each["kind"])
    assert post["id"] not in {each["id"] for each in due(house, practice=PRACTICES["imperial"])}


def test_a_stranger_is_told_nothing(house: House) -> None:
    assert house.ask("big-bad-wolf", "GET", "/v1/deadlines").status_code == 403


@pytest.mark.parametrize(
    "query",
    ["kind=practice", "kind=nonsense", "overdue=perhaps", "overdue=1", "before=soon", "before=1790000000", "assigned_to=them",
     "limit=0", "limit=101", "cursor=x", "cursor=", "cursor=AAAA", "cursor=" + "A" * 65, "cursor=" + "A" * 31, "colour=red",
     "cursor=f" + "_" * 31, "kind=post&kind=post"],
)  # fmt: skip
def test_what_can_not_be_asked_for_is_said(house: House, query: str) -> None:
    answer = house.ask("hansel", "GET", f"/v1/deadlines?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_a_cursor_stands_for_a_place_and_not_for_a_record(house: House) -> None:
    """DUE-1: what was finished meanwhile loses nobody their place."""
    posts = [scheduled(house, days=days) for days in (1, 2, 3)]
    page = house.reads("hansel", "/v1/deadlines?kind=post&limit=1")
    first = house.ask("hansel", "GET", f"/v1/posts/{posts[0]['id']}")
    assert house.does("rapunzel", "revoke", first, json={"reason": "It rains."}).status_code == 200

    rest = house.reads("hansel", f"/v1/deadlines?kind=post&cursor={page['next_cursor']}")["items"]
    assert [each["id"] for each in rest] == [each["id"] for each in posts[1:]]


def test_the_next_page_is_linked(house: House) -> None:
    scheduled(house, days=1)
    answer = house.ask("hansel", "GET", "/v1/deadlines?limit=1&overdue=false")
    assert (
        answer.headers["link"]
        == f'</v1/deadlines?limit=1&overdue=false&cursor={answer.json()["next_cursor"]}>; rel="next"'
    )
    assert answer.headers["cache-control"] == "no-store"
