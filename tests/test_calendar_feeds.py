"""Stories: deadlines in somebody's own calendar, by a link that tells nothing to whoever guesses, and can be taken back."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import icalendar
import pytest
from httpx import Response

from models.calendar_feeds import fingerprint_of
from tests.databases import as_owner
from tests.house import HOME, PERSON, PRACTICES, House
from tests.served import served
from tests.stories import refused, trail
from tests.test_due import due, scheduled
from workflows.rules import RULES, cited

LONGEST_LINE = 75
FEWEST_BITS = 128


def opened(house: House, person: str = "hansel", **draft: Any) -> Response:
    answer = house.ask(person, "POST", "/v1/calendar-feeds", json=draft)
    assert answer.status_code == 201, answer.text
    return answer


def read(house: House, link: str, **headers: str) -> Response:
    """What a calendar program is shown, which has no token."""
    answer: Response = house.client.get(link, headers=headers)
    return answer


def entries(answer: Response) -> list[icalendar.Event]:
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    return icalendar.Calendar.from_ical(answer.content).events


def assert_nothing_here(house: House, link: str) -> None:
    """What is answered is what is answered anywhere where no calendar is, to the byte."""
    alike = {"X-Request-ID": "01900000-0000-7000-8000-00000000cafe"}
    answer, nowhere = (read(house, each, **alike) for each in (link, "/practices/ZZ0001/calendar-feeds/nowhere"))
    assert (answer.status_code, answer.content) == (404, nowhere.content)


def test_a_calendar_shows_what_is_due_to_whoever_has_the_link(house: House) -> None:
    """FEED-1: what the list shows its owner, entry for entry."""
    scheduled(house, days=2)
    found = entries(read(house, opened(house).json()["link"]))
    listed = [(each["id"], one) for each in due(house) for one in each["due"]]

    assert [str(each["uid"]) for each in found] == [
        f"{record}-{one['name']}@practice-charter" for record, one in listed
    ]
    assert all(cited(str(each["description"])) == {one["rule"]} for each, (_, one) in zip(found, listed, strict=True))
    assert {each for entry in found for each in cited(str(entry["description"]))} <= set(RULES)


def test_days_of_the_law_are_whole_days_and_moments_are_moments(house: House) -> None:
    post = scheduled(house, days=2)
    (review,) = (each for each in due(house, query="&kind=policy"))
    by_uid = {str(each["uid"]).partition("@")[0]: each for each in entries(read(house, opened(house).json()["link"]))}

    assert by_uid[f"{post['id']}-publication"].start == house.clock.moment + timedelta(days=2)
    assert by_uid[f"{review['id']}-review"].start == date.fromisoformat(review["due_at"][:10])


def test_it_is_what_the_standard_says(house: House) -> None:
    """RFC 5545: lines end with CRLF and are folded, every entry is named and stamped, and no name is used twice."""
    scheduled(house, days=2)
    answer = read(house, opened(house).json()["link"])
    calendar = icalendar.Calendar.from_ical(answer.content)

    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert answer.content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    assert max(map(len, answer.content.split(b"\r\n"))) <= LONGEST_LINE
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//Practice Charter//Deadlines//EN")
    assert calendar.walk("VEVENT")
    assert all({"UID", "DTSTAMP", "DTSTART"} <= set(each) for each in calendar.walk("VEVENT"))
    assert len({each["uid"] for each in calendar.walk("VEVENT")}) == len(calendar.walk("VEVENT"))


def test_it_is_the_same_until_something_changes(house: House) -> None:
    link = opened(house).json()["link"]
    before = read(house, link)
    again = read(house, link, **{"If-None-Match": before.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (before.headers["cache-control"], read(house, link).headers["etag"]) == (
        "private, no-cache",
        before.headers["etag"],
    )

    post = scheduled(house, days=2)
    changed = read(house, link, **{"If-None-Match": before.headers["etag"]})
    assert changed.status_code == 200
    house.clock.wind(days=3)
    late = [each for each in entries(read(house, link)) if post["id"] in str(each["uid"])]
    assert [str(each["summary"]) for each in late] == ["Overdue: post, publication"]
    headers = house.client.head(link)
    assert (headers.status_code, headers.content, headers.headers["etag"]) == (
        200,
        b"",
        read(house, link).headers["etag"],
    )


def test_the_link_is_told_once_and_its_secret_is_not_kept(house: House) -> None:
    """FEED-3: not in a repeated answer, not in the record, not in the audit trail, nowhere in the database."""
    key = {"Idempotency-Key": "one calendar"}
    first = house.ask("hansel", "POST", "/v1/calendar-feeds", json={}, headers=key)
    again = house.ask("hansel", "POST", "/v1/calendar-feeds", json={}, headers=key)
    secret = first.json()["link"].rpartition("/deadlines-")[2].removesuffix(".ics")

    assert len(secret) * 6 >= FEWEST_BITS
    assert (again.status_code, again.json()["link"]) == (201, None)
    assert {**first.json(), "link": None} == again.json()
    shown = house.ask("hansel", "GET", first.headers["location"])
    assert "link" not in shown.json()
    assert shown.json()["fingerprint"] == fingerprint_of(secret)
    assert shown.headers["etag"] == first.headers["etag"]
    trail_of_it = house.reads("hansel", f"/v1/audit-entries?record_id={first.json()['id']}")
    assert secret not in json.dumps(trail_of_it) + shown.text
    for table in ("calendar_feed", "audit_entry", "event", "receipt"):
        assert secret not in str(as_owner(house.database, f"SELECT * FROM {table}"))  # noqa: S608 - names of tables


def test_everybody_has_their_own_and_sees_no_other(house: House) -> None:
    """FEED-1, FEED-2: the practice manager sees all of them."""
    mine, theirs = opened(house, "cinderella"), opened(house, "puss")
    assert mine.json()["owner"] == house.member("cinderella").json()["id"]
    assert [each["id"] for each in house.reads("cinderella", "/v1/calendar-feeds")["items"]] == [mine.json()["id"]]
    assert house.again("cinderella", theirs).status_code == 404
    assert house.does("cinderella", "revoke", theirs).status_code == 404
    assert {each["id"] for each in house.reads("hansel", "/v1/calendar-feeds")["items"]} == {
        mine.json()["id"],
        theirs.json()["id"],
    }
    assert refused(house.does("hansel", "revoke", theirs)) == (422, "theirs")
    assert house.ask("website", "POST", "/v1/calendar-feeds", json={}).status_code == 403


@pytest.mark.parametrize(("person", "transition"), [("puss", "revoke"), ("hansel", "close")])
def test_a_link_that_was_taken_back_leads_nowhere(house: House, person: str, transition: str) -> None:
    """FEED-2: at once, and for good."""
    feed = opened(house, "puss")
    assert entries(read(house, feed.json()["link"]))
    taken_back = house.does(person, transition, feed)

    assert (taken_back.json()["state"], taken_back.json()["revoked_by"]) == (
        "revoked",
        house.member(person).json()["id"],
    )
    assert_nothing_here(house, feed.json()["link"])
    assert trail(house, feed) == ["subscribe", transition]


def test_it_shows_what_its_owner_may_see_at_this_moment(house: House) -> None:
    """FEED-1: as their roles change, so does the calendar; when they leave, it is gone, and comes back with them."""
    link = opened(house, "goldilocks").json()["link"]
    shown = {str(each["uid"])[: len(str(UUID(int=0)))] for each in entries(read(house, link))}
    assert shown == {each["id"] for each in due(house, "goldilocks")}

    member = house.member("goldilocks")
    assert house.does("hansel", "leave", member, json={}).status_code == 200
    assert_nothing_here(house, link)


def test_whatever_is_wrong_with_a_link_the_answer_is_the_same(house: House) -> None:
    """FEED-3: to the byte, for strangers, other practices, wrong secrets and what is no identifier."""
    link = opened(house).json()["link"]
    _, _, code, _, feed, last = link.split("/")
    for wrong in (
        link.replace(last, f"{last[:-5]}.ics"), link.replace(last, "deadlines-.ics"), link.removesuffix(".ics"),
        link.replace(last, "deadlines-\u00e9.ics"), link.replace(last, f"deadlines-{'x' * 500}.ics"), link.replace(last, ""),
        link.replace(feed, str(uuid4())), link.replace(feed, "7"), link.replace(feed, feed.upper().replace("-", "")),
        link.replace(code, PRACTICES["imperial"]), link.replace(code, "ZZ9999"), link.replace(code, "'; --"),
    ):  # fmt: skip
        assert_nothing_here(house, wrong)


def test_a_calendar_of_ones_own_work_holds_nothing_that_is_assigned_to_nobody(house: House) -> None:
    feed = opened(house, covers="assigned_to_me")
    assert feed.json()["covers"] == "assigned_to_me"
    assert entries(read(house, feed.json()["link"])) == []
    assert house.ask("hansel", "POST", "/v1/calendar-feeds", json={"covers": "everything there is"}).status_code == 422


def test_guessing_is_on_a_budget(house: House) -> None:
    answer = read(house, f"/practices/{HOME}/calendar-feeds/{uuid4()}/deadlines-guessed.ics")
    assert answer.headers["ratelimit-policy"].startswith('"pages"')


def test_nobody_is_named_in_it(house: House) -> None:
    """FEED-4: neither whom a record is about, nor who works on it, nor what it says."""
    house.recorded()
    scheduled(house, days=2, text="Flu clinics begin on Sunday at the surgery.")
    shown = read(house, opened(house).json()["link"]).text.replace("\r\n ", "")
    members = [each["name"] for each in house.reads("hansel", "/v1/staff?limit=100")["items"]]
    for each in (PERSON["name"], "Flu clinics", *members):
        assert each not in shown


def test_the_secret_reaches_no_log(furnished: str, tmp_path: Path) -> None:
    """FEED-3: a real server writes down all that it and its libraries have to say, and no link is in it, right or wrong."""
    with served(tmp_path / "served", furnished, log_level="debug") as service:
        made = service.ask("POST", "/v1/calendar-feeds", token=service.token("hansel", HOME), said={})
        link = made.json()["link"]
        secret = link.rpartition("/deadlines-")[2].removesuffix(".ics")
        shown, wrong = (service.ask("GET", each) for each in (link, link.replace(secret, secret[::-1])))
        assert (made.status, shown.status, wrong.status) == (201, 200, 404)
        assert secret not in service.ask("GET", "/metrics").body.decode()
        service.stop()
    assert "/practices/{code}/calendar-feeds/{record_id}/deadlines-{secret}.ics" in service.said
    assert secret not in service.said
    assert secret[::-1] not in service.said
