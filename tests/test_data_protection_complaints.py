"""Stories: somebody says that their information was used wrongly, is told that the practice has it, and is told the outcome."""

from typing import Any

import pytest
from httpx import Response

from models.record import uuid7
from tests.databases import as_owner
from tests.house import PERSON, PRACTICES, House, house_over
from tests.stories import complained, refused, time_goes_round, trail

ACKNOWLEDGED = {"way": "letter"}
FOUND = {"outcome": "upheld", "reasons": ["The letter did go to the wolf."], "done": ["The address was put right."]}
FIRST_STEP = {"step": "The reception's log was read."}
COMPLAINTS = "/v1/data-protection-complaints"


def done(answer: Response) -> Response:
    assert answer.status_code in {200, 201}, answer.text
    return answer


def seen(house: House, complaint: Response, person: str = "owl") -> Response:
    return done(house.again(person, complaint))


def acknowledged(house: House, complaint: Response, **said: Any) -> Response:
    return done(house.does("owl", "acknowledge", seen(house, complaint), json={**ACKNOWLEDGED, **said}))


def letters_of(house: House, complaint: Response) -> list[str]:
    found = house.reads("owl", f"/v1/letters?case_id={complaint.json()['id']}")["items"]
    return [each["template"] for each in found]


def due(house: House, complaint: Response, person: str = "owl") -> list[dict[str, Any]]:
    listed = house.reads(person, "/v1/deadlines?kind=data_protection_complaint")["items"]
    return next((each["due"] for each in listed if each["id"] == complaint.json()["id"]), [])


def test_a_receptionist_takes_a_complaint_in_by_telephone(house: House) -> None:
    """DPC-1, DPC-2: thirty days from the day on which it came, with every step in words."""
    complaint = done(complained(house))
    said = complaint.json()

    assert (said["state"], said["received_on"], said["channel"]) == ("received", "2026-03-02", "telephone")
    assert said["reference"].startswith("DP-")
    assert (said["due_for"], said["due_at"]) == ("acknowledgement", "2026-04-01T22:59:59Z")
    (acknowledgement,) = due(house, complaint)
    assert acknowledgement["rule"] == "DPC-2"
    assert acknowledgement["steps"] == [
        "The complaint was received on Monday 2 March 2026, a day in London. The day after is the first.",
        "The 30th day is Wednesday 1 April 2026.", "Wednesday 1 April 2026 is a working day: the period ends with it.",
    ]  # fmt: skip


def test_a_complaint_is_acknowledged_looked_into_and_answered_by_letter(house: House) -> None:
    """DPC-2, DPC-4, DPC-5: from the first word to the last."""
    complaint = acknowledged(house, done(complained(house)))
    assert complaint.json()["acknowledged"]["on"] == "2026-03-02"
    complaint = done(house.does("bear", "look_into", complaint, json=FIRST_STEP))
    complaint = done(house.does("bear", "note_enquiry", complaint, json={"step": "The wolf was asked."}))
    told = {"done_so_far": ["We read the log."], "next_by": "2026-03-20"}
    complaint = done(house.does("owl", "tell_progress", complaint, json=told))
    assert (complaint.json()["due_for"], complaint.json()["due_at"]) == ("next_word", "2026-03-20T23:59:59Z")
    complaint = done(house.does("owl", "give_outcome", complaint, json=FOUND))

    assert (complaint.json()["state"], complaint.json()["outcome"], complaint.json()["due_at"]) == (
        "outcome_given",
        "upheld",
        None,
    )
    assert letters_of(house, complaint) == [
        "data_complaint_acknowledged",
        "data_complaint_progress",
        "data_complaint_outcome",
    ]
    assert trail(house, complaint) == [
        "receive", "acknowledge", "look_into", "note_enquiry", "tell_progress", "give_outcome",
    ]  # fmt: skip


def test_an_outcome_within_thirty_days_needs_no_acknowledgement_and_a_later_one_does(house: House) -> None:
    """DPC-3: the last of the thirty days counts."""
    first, second = done(complained(house)), done(complained(house))
    house.clock.wind(days=30)
    assert house.clock.moment.date().isoformat() == "2026-04-01"
    assert done(house.does("owl", "give_outcome", seen(house, first), json=FOUND)).json()["state"] == "outcome_given"

    house.clock.wind(days=1)
    assert refused(house.does("owl", "give_outcome", seen(house, second), json=FOUND)) == (
        422,
        "in_time_or_acknowledged",
    )
    late = acknowledged(house, second)
    assert done(house.does("owl", "give_outcome", late, json=FOUND)).json()["state"] == "outcome_given"


def test_a_complaint_counts_from_the_day_on_which_it_came(house: House) -> None:
    """DPC-1: a letter that lay in a drawer is late on the day on which it would be late anyhow."""
    assert refused(complained(house, received_on="2026-03-03")) == (422, "received_by_now")
    assert refused(complained(house, received_on="2026-02-20")) == (422, "late_entry_is_explained")
    late = done(complained(house, received_on="2026-02-20", late_entry_reason="It lay in a drawer."))
    assert late.json()["acknowledge_by"]["day"] == "2026-03-23"
    assert late.json()["acknowledge_by"]["unrolled"] == "2026-03-22"
    assert done(complained(house, received_on="2026-02-23")).json()["received_on"] == "2026-02-23"


def test_an_acknowledgement_was_given_after_the_complaint_and_by_now(house: House) -> None:
    """DPC-2: by telephone counts, too, and the day on which it was."""
    complaint = seen(house, done(complained(house, received_on="2026-02-24")))
    for day in ("2026-02-23", "2026-03-03"):
        answer = house.does("owl", "acknowledge", complaint, json={"way": "telephone", "on": day})
        assert refused(answer) == (422, "acknowledged_by_now")
    done(house.does("owl", "acknowledge", complaint, json={"way": "telephone", "on": "2026-02-24"}))
    assert seen(house, complaint).json()["acknowledged"] | {"by": ""} == {
        "way": "telephone",
        "on": "2026-02-24",
        "by": "",
    }


def test_what_is_an_nhs_complaint_too_has_both_clocks(house: House) -> None:
    """DPC-6: three working days run beside thirty, from the same day; the sooner one is due first."""
    complaint = seen(house, done(complained(house)))
    tagged = done(house.does("bear", "tag_as_nhs_complaint", complaint, json={"reason": "The nurse was rude as well."}))

    assert (tagged.json()["due_for"], tagged.json()["due_at"]) == ("nhs_acknowledgement", "2026-03-05T23:59:59Z")
    assert [(each["name"], each["rule"]) for each in due(house, complaint)] == [
        ("nhs_acknowledgement", "CLOCK-8"), ("acknowledgement", "DPC-2"),
    ]  # fmt: skip
    assert refused(house.does("bear", "tag_as_nhs_complaint", tagged, json={"reason": "Again."})) == (
        422,
        "not_tagged_yet",
    )
    assert acknowledged(house, complaint).json()["due_at"] is None
    assert due(house, complaint) == []


def test_the_person_is_told_by_when_they_hear_again(house: House) -> None:
    """DPC-5: and never by a day that is over."""
    complaint = acknowledged(house, done(complained(house)))
    told = {"done_so_far": ["We read the log."], "next_by": "2026-03-02"}
    assert refused(house.does("owl", "tell_progress", complaint, json=told)) == (422, "next_word_lies_ahead")
    assert house.does("owl", "tell_progress", complaint, json={**told, "done_so_far": []}).status_code == 422


def test_what_is_overdue_is_told_to_the_management_by_time_alone(house: House) -> None:
    """CASE-6: once for each thing that was due."""
    complaint = done(complained(house))
    house.clock.wind(days=31)
    time_goes_round(house)
    time_goes_round(house)
    late = seen(house, complaint)
    assert [each["due_for"] for each in late.json()["escalations"]] == ["acknowledgement"]
    assert late.json()["overdue"] is True
    assert trail(house, complaint) == ["receive", "escalate"]
    assert refused(house.does("hansel", "escalate", late))[0] == 403


def test_the_website_sends_complaints_and_sees_no_more_once_the_practice_works_on_them(house: House) -> None:
    """DPC-7: it says how the person is reached, and the day is today."""
    by_website = {"channel": "website", "client_reference": "form-7"}
    wrongs: list[dict[str, Any]] = [
        {"channel": "letter"}, {"received_on": "2026-03-01"}, {"complainant": {"name": "Red Riding Hood"}},
    ]  # fmt: skip
    for wrong in wrongs:
        assert refused(complained(house, "website", **{**by_website, **wrong})) == (422, "website_says_enough")
    complaint = done(complained(house, "website", **by_website))
    assert house.again("website", complaint).status_code == 200
    assert done(complained(house, "website", **by_website)).json()["id"] != complaint.json()["id"]

    acknowledged(house, complaint)
    assert house.again("website", complaint).status_code == 404
    other = done(complained(house))
    assert house.again("website", other).status_code == 404


def test_a_complaint_is_matched_by_somebody_who_looked(house: House) -> None:
    """DPC-8: nothing is matched by itself, though the name is known."""
    person = house.recorded().json()["id"]
    complaint = seen(house, done(complained(house, complainant={"name": PERSON["name"]})))
    assert complaint.json()["person_id"] is None
    nobody = {"person_id": str(uuid7()), "how_it_is_known": "By the hood."}
    assert refused(house.does("owl", "match_person", complaint, json=nobody)) == (422, "person_is_on_record")
    known = done(house.does("owl", "match_person", complaint, json={**nobody, "person_id": person}))
    assert known.json()["person_id"] == person


def test_a_complaint_names_the_request_that_it_is_about(house: House) -> None:
    """DPC-9: one that is here, once somebody has looked; what the person wrote stays what they wrote."""
    asked = {"right": "access", "about": "All of it.", "channel": "in_person", "concerned": {"name": "Red Riding Hood"}}
    request = done(house.ask("cinderella", "POST", "/v1/rights-requests", json=asked)).json()
    complaint = seen(house, done(complained(house, about_request=request["reference"])))
    assert complaint.json()["request_id"] is None
    assert refused(house.does("owl", "name_request", complaint, json={"request_id": str(uuid7())})) == (
        422,
        "request_is_here",
    )
    named = done(house.does("owl", "name_request", complaint, json={"request_id": request["id"]}))
    assert (named.json()["request_id"], named.json()["about_request"]) == (request["id"], request["reference"])
    found = house.reads("owl", f"/v1/data-protection-complaints?request_id={request['id']}")["items"]
    assert [each["id"] for each in found] == [complaint.json()["id"]]


def test_it_is_withdrawn_on_the_person_s_word(house: House) -> None:
    complaint = seen(house, done(complained(house)))
    ended = done(house.does("owl", "withdraw", complaint, json={"how_they_said_so": "On the telephone."}))
    assert (ended.json()["state"], ended.json()["due_at"]) == ("withdrawn", None)
    assert ended.json()["available_transitions"] == []


def test_everyday_work_is_that_of_every_case(house: House) -> None:
    complaint = seen(house, done(complained(house)))
    bear = house.member("bear").json()["id"]
    complaint = done(house.does("owl", "assign", complaint, json={"to": bear}))
    assert [each["id"] for each in house.reads("bear", "/v1/deadlines?assigned_to=me")["items"]] == [
        complaint.json()["id"]
    ]
    assert house.reads("owl", "/v1/deadlines?assigned_to=me")["items"] == []
    complaint = done(house.does("bear", "note", complaint, json={"text": "The wolf was civil."}))
    assert complaint.json()["notes"][0]["text"] == "The wolf was civil."


def test_whoever_took_it_in_sees_it_and_other_colleagues_do_not(house: House) -> None:
    """DUE-2: nor does what is due for it tell them that there is one."""
    complaint = done(complained(house))
    assert house.again("cinderella", complaint).status_code == 200
    for person in ("midas", "wolf", "puss"):
        assert house.again(person, complaint).status_code == 404
        assert due(house, complaint, person) == []
    assert (
        house.ask("owl", "GET", f"{COMPLAINTS}/{complaint.json()['id']}", practice=PRACTICES["imperial"]).status_code
        == 404
    )


def test_somebody_else_s_calendar_shows_it_from_the_moment_they_may_see_it(house: House) -> None:
    """FEED-1: as roles change, so does the calendar, and nobody is named in it (FEED-4)."""
    complaint = done(complained(house))
    link = done(house.ask("midas", "POST", "/v1/calendar-feeds", json={})).json()["link"]
    assert complaint.json()["id"] not in house.client.get(link).text
    member = house.member("midas")
    done(house.does("hansel", "grant_role", member, json={"role": "information_rights_lead"}))
    shown = house.client.get(link).text.replace("\r\n ", "")
    assert complaint.json()["id"] in shown
    assert "Riding Hood" not in shown
    assert "wolf" not in shown


def test_what_was_said_is_kept_sealed(house: House) -> None:
    complaint = done(complained(house))
    acknowledged(house, complaint)
    kept = str(as_owner(house.database, "SELECT * FROM data_protection_complaint")) + str(
        as_owner(house.database, "SELECT * FROM audit_entry WHERE kind = 'data_protection_complaint'")
    )
    for each in ("wolf", "Riding Hood", "red@example.com", "Forest Path"):
        assert each not in kept


def test_an_installation_s_own_bank_holidays_count(furnished: str, tmp_path: Any) -> None:
    """CLOCK-5, CLOCK-7: a day that was proclaimed since is no day on which anything falls due."""
    with house_over(furnished, tmp_path / "data", extra_bank_holidays="2026-04-01,2026-04-02") as house:
        by = done(complained(house)).json()["acknowledge_by"]
    assert (by["unrolled"], by["day"]) == ("2026-04-01", "2026-04-07")
    assert by["calendar"].endswith(" with 2 extra days")


@pytest.mark.parametrize("missing", ["about", "complainant", "channel"])
def test_what_a_complaint_needs_is_asked_for(house: House, missing: str) -> None:
    without: dict[str, Any] = {missing: None}
    answer = complained(house, **without)
    assert answer.status_code == 422
    assert missing in str(answer.json()["errors"])


def test_complaints_are_counted_by_the_day_on_which_they_truly_arrived(house: House) -> None:
    """DPC-1, CASE-9: so many as the regulator may ask for, however late they were written down, and whatever became of them."""
    late: dict[str, Any] = {"received_on": "2026-02-20", "late_entry_reason": "It lay in a drawer."}
    first, second = done(complained(house)), done(complained(house, **late))
    done(complained(house, received_on="2026-02-27"))
    done(house.does("owl", "give_outcome", acknowledged(house, second), json=FOUND))
    done(house.does("owl", "withdraw", seen(house, first), json={"how_they_said_so": "By telephone."}))

    def counted(since: str, to: str, practice: str = PRACTICES["aspiro"]) -> dict[str, Any]:
        kinds = house.reads("owl", f"/v1/case-counts?from={since}&to={to}", practice=practice)["kinds"]
        found: dict[str, Any] = next(each for each in kinds if each["kind"] == "data_protection_complaint")
        return found

    february, march = counted("2026-02-01", "2026-02-28"), counted("2026-03-01", "2026-03-31")
    assert (february["received"], february["opened"]) == (2, 0)
    assert (march["received"], march["opened"], march["by_outcome"]) == (1, 3, {"outcome_given": 1, "withdrawn": 1})
    assert [counted(day, day)["received"] for day in ("2026-02-19", "2026-02-20", "2026-03-02")] == [0, 1, 1]
    assert counted("2026-02-01", "2026-03-31", PRACTICES["coleridge"])["received"] == 0
