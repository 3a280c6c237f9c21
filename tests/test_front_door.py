"""The door for strangers: what they send in arrives once and from its true day, and nobody learns anything of anybody."""

import json
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from uuid import uuid4

import pytest

from service.clock import go_round
from service.contact_codes import GOOD_FOR
from service.drafts import KEPT_FOR
from service.integrations.messages import Way
from tests.databases import as_owner
from tests.forms import ANSWERS, CODE, Stranger
from tests.house import HOME, PERSON, PRACTICES, House, house_over
from tests.stories import REQUEST_FROM_WEBSITE

ELSEWHERE: Final = PRACTICES["coleridge"]
FEW: Final = 3
HELD: Final = 2


@pytest.fixture
def door(furnished: str, tmp_path: Path) -> Iterator[House]:
    """A house whose door lets few in from one address."""
    few: dict[str, Any] = {
        "submissions_per_hour": FEW,
        "held_submissions_per_hour": HELD,
        "quickest_submission": 0,
    }
    with house_over(furnished, tmp_path / "data", **few) as house:
        yield house


def requests(house: House, **narrowed: str) -> list[dict[str, Any]]:
    """The requests that the information rights lead has to answer."""
    asked = "".join(f"&{name}={value}" for name, value in narrowed.items())
    listed: list[dict[str, Any]] = house.reads("owl", f"/v1/rights-requests?limit=100{asked}")["items"]
    return listed


def held(house: House) -> list[dict[str, Any]]:
    """What waits for somebody to look."""
    listed: list[dict[str, Any]] = house.reads("owl", "/v1/held-submissions?limit=100")["items"]
    return listed


# Once, and whole


def test_what_is_sent_arrives_once_however_often_it_is_sent(door: House) -> None:
    stranger = Stranger(door)
    assert stranger.sends().headers["location"].endswith("/sent")
    told = stranger.told()
    assert stranger.says("check").headers["location"].endswith("/sent")
    assert stranger.told() == told
    (request,) = requests(door)
    assert (request["reference"], request["received_on"], request["due"]["day"]) == (
        told[0],
        "2026-03-02",
        "2026-04-02",
    )
    whole = door.reads("owl", f"/v1/rights-requests/{request['id']}")
    assert whole["concerned"] == {
        "name": "Rapunzel of the Tower", "date_of_birth": "1984-03-15", "nhs_number": "9990548609",
        "contact": {"address": [], "postcode": None, "phone": None, "email": "rapunzel@example.com"},
    }  # fmt: skip
    assert (whole["channel"], whole["reply_by"], whole["about"]) == ("website", "email", ANSWERS["about"]["about"])


def test_nothing_is_kept_in_the_clear_of_what_was_not_sent(door: House) -> None:
    stranger = Stranger(door)
    stranger.answers()
    rows = as_owner(door.database, "SELECT practice, name, content FROM page_draft")
    assert len(rows) == 1
    assert not any(word in str(rows) for word in ("Rapunzel", "9990548609", "1984", "clinical"))
    stranger.says("check")
    assert all(stranger.sees(f"/{step}").url.path.endswith("/sent") for step in ("ask/name", "check"))
    door.clock.wind(seconds=KEPT_FOR.total_seconds() + 1)
    assert stranger.sees("/sent").url.path == stranger.base


def test_the_clock_forgets_what_was_never_sent(door: House) -> None:
    Stranger(door).answers()
    door.clock.wind(seconds=KEPT_FOR.total_seconds() + 1)
    door.client.portal.call(go_round, door.client.app.state.house)  # type: ignore[union-attr, attr-defined]  # the client's own loop
    assert as_owner(door.database, "SELECT count(*) FROM page_draft") == [(0,)]


def test_no_other_site_and_no_other_browser_can_send_a_form(door: House) -> None:
    stranger, another = Stranger(door), Stranger(door)
    another.sees("/ask/right")
    stranger.answers()
    for proof in ("", "0" * 64, another.proof):
        assert stranger.asks("POST", f"{stranger.base}/check", data={"proof": proof}).status_code == 403
    another.cookie = ""
    assert another.says("ask/right", right="access").status_code == 403
    assert requests(door) == []


def test_the_cookie_is_for_this_host_alone_and_holds_nothing_but_a_secret(door: House) -> None:
    said = Stranger(door).sees("/ask/right").headers["set-cookie"]
    name, *attributes = [each.strip() for each in said.split(";")]
    assert name.startswith("__Host-charter-answers=")
    assert set(attributes) == {"HttpOnly", "Path=/", "SameSite=strict", "Secure"}
    assert len(name.partition("=")[2]) >= 43


# What looks like junk (DOOR-1, DOOR-2, DOOR-3)


def test_junk_from_one_address_fills_nobodys_queue(door: House) -> None:
    """DOOR-1: few are taken in, some more are held, and the rest is told of the other ways to ask."""
    answers = [Stranger(door, "203.0.113.7").sends() for _ in range(FEW + HELD + 3)]
    assert [each.status_code for each in answers] == [303] * (FEW + HELD) + [429] * 3
    assert "telephone" in answers[-1].text or "call" in answers[-1].text
    assert int(answers[-1].headers["retry-after"]) > 0
    assert (len(requests(door)), len(held(door))) == (FEW, HELD)
    assert Stranger(door, "203.0.113.8").sends().status_code == 303
    assert len(requests(door)) == FEW + 1


def test_a_field_that_nobody_sees_gives_a_machine_away(door: House) -> None:
    """DOOR-1, DOOR-3: what is held is told of like anything else, and is a request from its day once it is released."""
    machine = Stranger(door)
    assert machine.sends(about={**ANSWERS["about"], "website": "https://example.com"}).status_code == 303
    reference, code = machine.told()
    assert requests(door) == []
    (submission,) = held(door)
    assert (submission["suspicions"], submission["reference"]) == (["trap_filled"], reference)
    assert (submission["due"]["day"], submission["due_for"]) == ("2026-04-02", "look")
    door.clock.wind(days=10)
    record = door.ask("owl", "GET", f"/v1/held-submissions/{submission['id']}")
    aside = door.does("owl", "set_aside", record, json={"reason": "It sells slippers."})
    assert door.does("owl", "release", aside).status_code == 200
    (request,) = requests(door)
    assert (request["received_on"], request["due"]["day"]) == ("2026-03-02", "2026-04-02")
    assert looked_up(machine, reference, code).endswith("/progress")


def test_what_is_held_is_looked_at_within_two_working_days(door: House) -> None:
    """DOOR-2"""
    Stranger(door).sends(about={**ANSWERS["about"], "website": "x"})
    (submission,) = held(door)
    assert (submission["look_by"], submission["due_at"]) == ("2026-03-04", "2026-03-04T23:59:59Z")
    record = door.ask("goldilocks", "GET", f"/v1/held-submissions/{submission['id']}")
    aside = door.does("goldilocks", "set_aside", record, json={"reason": "It sells slippers."})
    assert aside.json()["due_at"] is None


def test_nobody_fills_in_a_form_in_no_time(furnished: str, tmp_path: Path) -> None:
    with house_over(furnished, tmp_path / "data") as house:
        Stranger(house).sends()
        slow = Stranger(house)
        slow.answers()
        house.clock.wind(seconds=30)
        slow.says("check")
        assert [each["suspicions"] for each in held(house)] == [["too_fast"]]
        assert len(requests(house)) == 1


# Complaints about how information is used

COMPLAINT: Final[dict[str, dict[str, str]]] = {
    "about-request": {"about_request": "known"},
    "reference": {"reference": "rr 7q4k 2m9d"},
    "complaint": {"complaint": "Nobody answered."},
    **{step: ANSWERS[step] for step in ("whose", "name", "born", "contact", "email")},
}


def complains(house: House, query: str = "", **instead: dict[str, str]) -> Stranger:
    """Somebody who has complained, perhaps by a link from a letter."""
    stranger = Stranger(house)
    stranger.base = stranger.base.replace("rights", "data-protection-complaint")
    stranger.sees(f"/ask/about-request{query}")
    for step, said in {**COMPLAINT, **instead}.items():
        carried = query if step == "about-request" else ""
        if said:
            assert stranger.says(f"ask/{step}{carried}", **said).status_code == 303, step
    assert stranger.says("check").headers["location"].endswith("/sent")
    return stranger


def complaints(house: House) -> list[dict[str, Any]]:
    """The complaints that were taken in."""
    listed = house.reads("bear", "/v1/data-protection-complaints")["items"]
    return [house.reads("bear", f"/v1/data-protection-complaints/{each['id']}") for each in listed]


def test_a_complaint_arrives_with_the_reference_of_its_request(door: House) -> None:
    stranger = complains(door)
    (complaint,) = complaints(door)
    assert (complaint["about_request"], complaint["channel"]) == ("RR-7Q4K-2M9D", "website")
    assert (complaint["complainant"]["name"], complaint["for_whom"]) == ("Rapunzel of the Tower", None)
    page = unescape(stranger.sees("/sent").text)
    assert "We tell you by 1 April 2026 at the latest that we have your complaint." in page
    reference, code = complaint["reference"], CODE.search(page)
    assert code
    assert looked_up(Stranger(door), reference, code[1]).endswith("/progress")


def test_a_link_in_a_letter_says_which_request_it_is_about_and_nothing_else(door: House) -> None:
    complains(door, query="?reference=RR-7Q4K-2M9D&name=Rapunzel&complaint=x", reference={})
    (complaint,) = complaints(door)
    assert complaint["about_request"] == "RR-7Q4K-2M9D"
    stranger = Stranger(door)
    stranger.base = stranger.base.replace("rights", "data-protection-complaint")
    for hostile in ("<script>", "RR-7Q4K-2M9D<script>", "x" * 500):
        page = stranger.asks("GET", f"{stranger.base}?reference={quote(hostile)}").text
        assert "<script>" not in page.replace('<script type="module"', "")
        assert "reference=" not in page


def test_somebody_complains_for_another(door: House) -> None:
    complains(
        door, whose={"whose": "somebody"}, representative={"representative": "Mother Gothel"}, born={}
    )  # fmt: skip
    (complaint,) = complaints(door)
    assert (complaint["complainant"]["name"], complaint["for_whom"]) == ("Mother Gothel", "Rapunzel of the Tower")


def test_a_complaint_that_looks_like_junk_is_held_and_counts_from_its_day(door: House) -> None:
    """DOOR-1, DOOR-3"""
    complains(door, complaint={**COMPLAINT["complaint"], "website": "x"})
    assert complaints(door) == []
    (submission,) = held(door)
    assert (submission["reference"][:3], submission["due"]["day"]) == ("DP-", "2026-04-01")
    door.clock.wind(days=9)
    record = door.ask("bear", "GET", f"/v1/held-submissions/{submission['id']}")
    assert door.does("bear", "release", record).status_code == 200
    assert [each["received_on"] for each in complaints(door)] == ["2026-03-02"]


def test_a_complaint_that_was_held_shows_its_own_progress_once_it_is_released(door: House) -> None:
    """DOOR-3: from the status page, under the reference that was told when it came."""
    stranger = complains(door, complaint={**COMPLAINT["complaint"], "website": "x"})
    assert "1 April 2026" in stranger.sees("/sent").text
    stranger.base = stranger.base.replace("data-protection-complaint", "rights")
    assert "We have it, and will look at it soon." in stranger.sees("/progress").text
    (submission,) = held(door)
    record = door.ask("bear", "GET", f"/v1/held-submissions/{submission['id']}")
    assert door.does("bear", "release", record).status_code == 200
    (complaint,) = complaints(door)
    assert complaint["correspondence_id"] == submission["correspondence_id"]
    kept = door.ask("bear", "GET", f"/v1/data-protection-complaints/{complaint['id']}")
    kept = door.does("bear", "acknowledge", kept, json={"way": "email"})
    page = stranger.sees("/progress").text
    assert "We are working on it." in page
    assert submission["reference"] in page
    given = {"outcome": "upheld", "reasons": ["It lay in a drawer."]}
    assert door.does("bear", "give_outcome", kept, json=given).status_code == 200
    assert "We have sent you our answer." in stranger.sees("/progress").text


def test_two_things_that_were_held_together_each_show_their_own_progress(door: House) -> None:
    """DOOR-3: what shares a correspondence is told apart by what was said."""
    together, told = str(uuid4()), []
    for about in ("Nobody answered.", "Somebody told the wolf."):
        complaint = {
            "about": about, "channel": "website", "correspondence_id": together,
            "complainant": {"name": "Red", "contact": {"phone": "01632 960002"}},
        }  # fmt: skip
        told.append(door.ask("website", "POST", PATH, json={"complaint": complaint, "trap": "x"}).json())
    for submission in held(door):
        record = door.ask("bear", "GET", f"/v1/held-submissions/{submission['id']}")
        assert door.does("bear", "release", record).status_code == 200
    second = next(each for each in complaints(door) if each["about"] == "Somebody told the wolf.")
    kept = door.ask("bear", "GET", f"/v1/data-protection-complaints/{second['id']}")
    assert door.does("bear", "acknowledge", kept, json={"way": "letter"}).status_code == 200
    shown = []
    for each in told:
        stranger = Stranger(door)
        looked_up(stranger, each["reference"], each["code"])
        shown.append("We are working on it." in stranger.sees("/progress").text)
    assert shown == [False, True]


# Nothing learnt (DOOR-4)


def test_the_answer_is_the_same_whether_or_not_the_person_is_known(door: House) -> None:
    """DOOR-4: the same page but for the reference and the code; nothing is read of people, and no record is touched."""
    door.recorded("bear", **{**PERSON, "nhs_number": "999 054 8609", "name": "Rapunzel of the Tower"})
    before = door.reads("owl", "/v1/people")["items"]
    pages: list[str] = []
    for number in ("999 054 8609", "999 000 0042"):
        stranger = Stranger(door, f"203.0.113.{len(pages)}")
        stranger.sends(**{"nhs-number": {"nhs_number": number}})
        reference, code = stranger.told()
        page = stranger.sees("/sent").text
        pages.append(page.replace(reference, "").replace(code, "").replace(stranger.proof, ""))
    assert pages[0] == pages[1]
    assert door.reads("owl", "/v1/people")["items"] == before
    assert {each["person_id"] for each in requests(door)} == {None}


def looked_up(stranger: Stranger, reference: str, code: str) -> str:
    """Where a reference and a code lead; nowhere if they don't fit."""
    stranger.sees("/status")
    return str(stranger.says("status", reference=reference, status_code=code).headers.get("location", ""))


def test_a_reference_without_its_code_tells_nothing(door: House) -> None:
    """DOOR-4: a guessed reference, a wrong code, and another practice's request are answered with the same bytes."""
    stranger, guesser, abroad = Stranger(door), Stranger(door), Stranger(door, practice=ELSEWHERE)
    stranger.sends()
    reference, code = stranger.told()
    assert looked_up(stranger, reference, code) == f"{stranger.base}/progress"
    assert looked_up(stranger, reference.lower().replace("-", ""), code.lower().replace("-", " ")).endswith("/progress")

    def told(one: Stranger, name: str, secret: str) -> tuple[int, str]:
        one.sees("/status")
        answer = one.says("status", reference=name, status_code=secret)
        return answer.status_code, answer.text.replace(name, "").replace(one.proof, "").replace(ELSEWHERE, HOME)

    wrong = "0000-0000-0000-0000"
    answers = {
        told(guesser, reference, wrong), told(guesser, "RR-0000-0000", wrong), told(guesser, "RR-0000-0000", code),
        told(guesser, "nonsense", "nonsense"), told(guesser, reference, "\u0661" * 16), told(abroad, reference, code),
    }  # fmt: skip
    assert len(answers) == 1
    assert {status for status, _ in answers} == {422}


def test_whoever_tries_references_is_soon_told_to_wait(door: House) -> None:
    guesser = Stranger(door, "203.0.113.9")
    guesser.sees("/status")
    said = {"reference": "RR-0000-0000", "status_code": "0000-0000-0000-0000"}
    statuses = [guesser.says("status", **said).status_code for _ in range(22)]
    assert statuses == [422] * 20 + [429] * 2


def test_whoever_asks_too_often_is_told_when_there_is_room_again(door: House) -> None:
    guesser = Stranger(door, "203.0.113.10")
    guesser.sees("/status")
    said = {"reference": "RR-0000-0000", "status_code": "0000-0000-0000-0000"}
    told = [guesser.says("status", **said) for _ in range(21)][-1]
    assert (told.status_code, told.headers["retry-after"]) == (429, "180")
    assert "There is room again in 3 minutes." in told.text


def test_a_page_that_is_not_there_is_told_by_a_page(door: House) -> None:
    """To whoever reads pages: a program is told by a problem, and so is whoever sends something."""
    path = f"/practices/{HOME}/nowhere"
    page, told = (door.client.get(path, headers={"Accept": each}) for each in ("text/html", "application/json"))
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Page not found" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert (told.status_code, told.json()["code"]) == (404, "not_found")
    for method, address, status in (
        ("POST", path, 404),
        ("PUT", f"/practices/{HOME}/guidance", 405),
        ("GET", "/v1/no", 404),
    ):
        answer = door.client.request(method, address, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_the_status_page_tells_dates_and_a_stage_and_nothing_of_what_was_said(door: House) -> None:
    stranger = Stranger(door)
    stranger.sends()
    page = stranger.sees("/progress").text
    assert "2 April 2026" in page
    assert not any(word in page for word in ("Rapunzel", "rapunzel", "9990548609", "1984", "results"))


# A contact that is theirs (DOOR-5)


def code_in(folder: Path) -> dict[str, str]:
    """The last message that would have gone out."""
    said: dict[str, str] = json.loads(max((folder / "data" / "outbox").iterdir()).read_text(encoding="utf-8"))
    return said


def test_a_code_shows_that_an_address_is_theirs(door: House, tmp_path: Path) -> None:
    """DOOR-5: and the message says nothing of health, nor of what was asked."""
    stranger = Stranger(door)
    stranger.sends()
    stranger.sees("/sent")
    assert stranger.says("send-code").headers["location"].endswith("/code")
    message = code_in(tmp_path)
    assert message == {
        "way": "email", "to": "rapunzel@example.com", "practice": f"Gingerbread House Surgery {HOME}", "code": message["code"],
    }  # fmt: skip
    assert stranger.says("code", contact_code=message["code"]).status_code == 303
    (request,) = requests(door)
    (confirmed,) = door.reads("owl", f"/v1/rights-requests/{request['id']}")["contacts"]
    assert (confirmed["method"], confirmed["reply_by"], confirmed["by"]) == ("one_time_code", "email", "public-pages")


BY_TEXT: Final = {"contact": {"contact": "by_phone"}, "email": {}, "phone": {"phone": "+44 (0)7700 900982"}}


def test_a_code_by_text_shows_that_a_telephone_is_theirs(door: House, tmp_path: Path) -> None:
    """DOOR-5: it goes to the number as it is dialled, however it was written; and the answer goes another way."""
    stranger = Stranger(door)
    stranger.sends(**BY_TEXT)
    assert "Text me a code" in stranger.sees("/sent").text
    assert stranger.says("send-code").headers["location"].endswith("/code")
    message = code_in(tmp_path)
    assert (message["way"], message["to"]) == ("text", "07700900982")
    assert "text message" in stranger.sees("/code").text
    assert stranger.says("code", contact_code=message["code"]).status_code == 303
    assert "You have confirmed your phone number." in stranger.sees("/progress").text
    (request,) = requests(door)
    whole = door.reads("owl", f"/v1/rights-requests/{request['id']}")
    (confirmed,) = whole["contacts"]
    assert (confirmed["method"], confirmed["reply_by"], whole["reply_by"]) == ("one_time_code", "phone", "phone")


@pytest.mark.parametrize("number", ["01632 960001", "+1 202 555 0100"])
def test_where_no_text_message_arrives_no_code_is_offered(door: House, number: str) -> None:
    stranger = Stranger(door)
    stranger.sends(**{**BY_TEXT, "phone": {"phone": number}})
    assert "send-code" not in stranger.sees("/sent").text
    assert stranger.says("send-code").headers["location"].endswith("/status")


def test_a_code_goes_no_way_that_nobody_carries(door: House, monkeypatch: pytest.MonkeyPatch) -> None:
    state: Any = door.client.app.state  # type: ignore[attr-defined]  # the app's own
    by_email = replace(state.house.carriage, ways=frozenset({Way.EMAIL}))
    monkeypatch.setattr(state, "house", replace(state.house, carriage=by_email))
    stranger = Stranger(door)
    stranger.sends(**BY_TEXT)
    assert "send-code" not in stranger.sees("/sent").text
    assert stranger.says("send-code").headers["location"].endswith("/status")


def test_a_code_counts_for_five_tries_and_a_quarter_of_an_hour(door: House, tmp_path: Path) -> None:
    """DOOR-5"""
    stranger = Stranger(door)
    stranger.sends()
    stranger.sees("/sent")
    stranger.says("send-code")
    right = code_in(tmp_path)["code"]
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    door.clock.wind(seconds=GOOD_FOR.total_seconds() + 1)
    assert stranger.says("code", contact_code=right).status_code == 422
    stranger.says("send-code")
    tried = [stranger.says("code", contact_code=wrong).status_code for _ in range(4)]
    assert tried == [422] * 4
    assert stranger.says("code", contact_code=code_in(tmp_path)["code"]).status_code == 429
    assert stranger.says("send-code").status_code == 303
    assert stranger.says("send-code").status_code == 429


def test_a_code_is_no_proof_for_another_browser(door: House, tmp_path: Path) -> None:
    stranger, another = Stranger(door), Stranger(door)
    stranger.sends()
    stranger.sees("/sent")
    stranger.says("send-code")
    another.sees("/status")
    assert another.says("code", contact_code=code_in(tmp_path)["code"]).headers["location"].endswith("/status")


# By the practice's own website

PATH: Final = f"/v1/practice-websites/{HOME}/submissions"
SUBMITTED: Final = {
    "request": REQUEST_FROM_WEBSITE,
    "seconds": 40,
}  # fmt: skip
OWN: Final = "https://example.com"


def test_the_website_passes_on_a_request_once(door: House) -> None:
    sent = [door.ask("website", "POST", PATH, json=SUBMITTED, headers={"Idempotency-Key": "7"}) for _ in range(2)]
    assert [each.status_code for each in sent] == [201, 201]
    assert sent[0].json() == sent[1].json()
    assert sent[1].headers["idempotent-replayed"] == "true"
    told = sent[0].json()
    assert (told["received_on"], told["due_on"]) == ("2026-03-02", "2026-04-02")
    (request,) = requests(door)
    assert (request["reference"], request["client_reference"]) == (told["reference"], "form-7")
    assert looked_up(Stranger(door), told["reference"], told["code"]).endswith("/progress")
    other = door.ask("website", "POST", PATH, json={**SUBMITTED, "seconds": 41}, headers={"Idempotency-Key": "7"})
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def test_a_field_that_is_wrong_is_named_for_the_form(door: House) -> None:
    wrong = {"request": {**REQUEST_FROM_WEBSITE, "right": "forget", "concerned": {"name": ""}}}
    refused = door.ask("website", "POST", PATH, json=wrong)
    assert refused.status_code == 422
    assert {each["pointer"] for each in refused.json()["errors"]} == {"/request/right", "/request/concerned/name"}
    assert "forget" not in refused.text


def test_the_website_passes_on_a_complaint(door: House) -> None:
    complaint = {
        "about": "Nobody answered.",
        "channel": "website",
        "complainant": {"name": "Red", "contact": {"phone": "01632 960002"}},
    }
    told = door.ask("website", "POST", PATH, json={"complaint": complaint})
    assert (told.status_code, told.json()["due_on"]) == (201, "2026-04-01")
    assert [each["reference"] for each in complaints(door)] == [told.json()["reference"]]
    for both in ({}, {**SUBMITTED, "complaint": complaint}):
        assert door.ask("website", "POST", PATH, json=both).status_code == 422


@pytest.mark.parametrize("junk", [{"trap": "x"}, {"looks_like_junk": True}])
def test_what_the_website_takes_for_junk_is_held(door: House, junk: dict[str, Any]) -> None:
    """DOOR-1"""
    told = door.ask("website", "POST", PATH, json={**SUBMITTED, **junk})
    assert (told.status_code, set(told.json())) == (
        201,
        {"reference", "code", "received_on", "due_on", "status_page"},
    )
    assert (requests(door), [each["reference"] for each in held(door)]) == ([], [told.json()["reference"]])


def test_only_the_practices_own_website_may_send_from_a_browser(door: House) -> None:
    for origin, allowed in (
        (OWN, True),
        ("https://example.org", False),
        ("http://example.com", False),
        ("null", False),
    ):
        before = door.client.request("OPTIONS", PATH, headers={"Origin": origin})
        answer = door.ask("website", "POST", PATH, json=SUBMITTED, headers={"Origin": origin})
        assert before.headers.get("access-control-allow-origin") == (origin if allowed else None)
        assert before.headers.get("access-control-allow-methods") == ("POST" if allowed else None)
        assert answer.headers.get("access-control-allow-origin") == (origin if allowed else None)
        assert "access-control-allow-credentials" not in answer.headers
        assert (answer.status_code, answer.json().get("code") == "origin") == ((201, False) if allowed else (403, True))
    assert len(requests(door)) == 1


def test_a_websites_credential_is_for_its_own_practice(door: House) -> None:
    there = PATH.replace(HOME, ELSEWHERE)
    assert door.ask("website", "POST", there, json=SUBMITTED).status_code == 404
    assert door.ask("goldilocks", "POST", PATH, json=SUBMITTED).status_code == 403
    assert door.client.post(PATH, json=SUBMITTED).status_code == 401
    refused = door.ask("website", "POST", there, json=SUBMITTED, headers={"Origin": OWN})
    assert refused.status_code == 404
