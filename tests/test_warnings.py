"""Warnings through the front door: given, counted under every record of the person, and taken back by an entry of its own."""

from typing import Any

from httpx import Response

from tests.house import PERSON, PRACTICES, House
from tests.stories import refused, told_of

WOODBROOK = PRACTICES["woodbrook"]
RUDE = {"kind": "verbal_abuse", "description": "She was shouted at.", "happened_at": "2026-03-02T11:00:00Z"}
FINDING = {"finding": "malicious", "reasons": ["He meant it."], "rests_on_complaint_alone": False}
ORDER = {"reasons": ["He shouted."], "has_to_change": ["No shouting."], "answer_by": "2026-03-20"}


def step(house: House, who: str, transition: str, record: Response, **said: Any) -> Response:
    """Somebody takes a step, and is let."""
    sent = {"json": said} if said else {}
    answer = house.does(who, transition, record, practice=WOODBROOK, **sent)
    assert answer.status_code == 200, (transition, answer.text)
    return answer


def triaged(house: House, person: str) -> Response:
    """Somebody was shouted at, by a patient."""
    answer = house.ask("cinderella", "POST", "/v1/incidents", practice=WOODBROOK, json=RUDE)
    assert answer.status_code == 201, answer.text
    told = step(house, "cinderella", "notify", answer)
    house.described("hansel", practice=WOODBROOK, case_id=told.json()["id"])
    found = step(house, "hansel", "triage", told, kind="verbal_abuse")
    return step(house, "hansel", "identify_author", found, person=person, standing="patient", known_by="Her voice.")


def warned(house: House, person: str) -> Response:
    """Everybody whom the policy names agrees to a warning."""
    found = step(house, "gretel", "record_finding", triaged(house, person), **FINDING)
    for who, role in (("gretel", "partner"), ("hansel", "practice_manager")):
        found = step(house, who, "decide", found, role=role, measure="warning", agrees=True, reason="It has to stop.")
    return step(house, "hansel", "warn", found, **ORDER)


def send(house: House, letter: str) -> None:
    """Somebody posts a letter, and says so."""
    kept = house.ask("hansel", "GET", f"/v1/letters/{letter}", practice=WOODBROOK)
    step(house, "hansel", "record_sent", kept, way="post", to="1 Forest Path", checked="as_on_record")


def ledger(house: House, person: str, **asked: Any) -> Any:
    """What the ledger says of somebody."""
    answer = house.ask("gretel", "POST", "/v1/warning-ledgers", practice=WOODBROOK, json={"person_id": person, **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_warning_is_given_told_kept_and_counts_under_every_record_of_the_person(house: House) -> None:
    """INC-9, INC-20: the letter goes out with it, the ledger says from when on it counts, and nobody's name is in an event."""
    person = house.recorded(practice=WOODBROOK, name="Red", date_of_birth="2001-05-04").json()["id"]
    incident = warned(house, person)
    assert incident.json()["state"] == "warned"
    (letter,) = house.reads("hansel", "/v1/letters", practice=WOODBROOK)["items"]
    assert (letter["template"], letter["issued_by"]) == ("removal_risk_warning", "incident.warn")
    assert person not in str(told_of(house, incident))

    today = ledger(house, person)
    assert not today["verdict"]["may_be_requested"]
    assert "has not been sent" in today["verdict"]["reasons"][0]
    house.clock.wind(days=1)
    assert not ledger(house, person)["verdict"]["may_be_requested"]
    send(house, letter["id"])
    house.clock.wind(days=1)
    assert ledger(house, person)["verdict"]["may_be_requested"]

    same = house.recorded(practice=WOODBROOK, **{**PERSON, "name": "Red"})
    merged = house.does(
        "hansel", "merge", house.ask("hansel", "GET", f"/v1/people/{person}", practice=WOODBROOK), practice=WOODBROOK,
        json={"into": same.json()["id"], "reason": "The same basket."},
    )  # fmt: skip
    assert merged.status_code == 200, merged.text
    assert ledger(house, same.json()["id"])["items"] == ledger(house, person)["items"] != []


def test_a_warning_is_taken_back_by_an_entry_of_its_own(house: House) -> None:
    """INC-20: once, for reasons, and whoever was warned is told; then it counts for nothing."""
    person = house.recorded(practice=WOODBROOK).json()["id"]
    warned(house, person)
    (letter,) = house.reads("hansel", "/v1/letters", practice=WOODBROOK)["items"]
    send(house, letter["id"])
    house.clock.wind(days=1)
    (given,) = ledger(house, person)["items"]
    said = {"about": given["id"], "entry": "rescinded", "reasons": ["It was her sister."], "ground": "wrong_patient"}
    path = "/v1/warnings"
    assert house.ask("gretel", "POST", path, practice=WOODBROOK, json=said).status_code == 422
    assert house.ask("bear", "POST", path, practice=WOODBROOK, json=said).status_code == 403
    said["rectification_noted"] = True
    taken_back = house.ask("gretel", "POST", path, practice=WOODBROOK, json=said)
    assert taken_back.status_code == 201, taken_back.text
    assert refused(house.ask("gretel", "POST", path, practice=WOODBROOK, json=said)) == (422, "not_taken_back_yet")
    assert refused(house.ask("gretel", "POST", path, practice=WOODBROOK, json={**said, "about": person})) == (
        422, "there_is_such_a_warning",
    )  # fmt: skip
    found = ledger(house, person)
    assert not found["verdict"]["may_be_requested"]
    assert {each["entry"] for each in found["items"]} == {"given", "rescinded"}
    assert taken_back.json()["available_transitions"] == []
    templates = {each["template"] for each in house.reads("hansel", "/v1/letters", practice=WOODBROOK)["items"]}
    assert templates == {"removal_risk_warning", "warning_reviewed"}


def test_whoever_was_never_sent_a_warning_hears_nothing_of_its_being_taken_back(house: House) -> None:
    """INC-20: its letter is withdrawn, and there is no other."""
    person = house.recorded(practice=WOODBROOK).json()["id"]
    warned(house, person)
    (given,) = ledger(house, person)["items"]
    said = {"about": given["id"], "entry": "rescinded", "reasons": ["Nobody heard it."], "ground": "mistake"}
    taken_back = house.ask("gretel", "POST", "/v1/warnings", practice=WOODBROOK, json=said)
    assert taken_back.status_code == 201, taken_back.text
    letters = house.reads("hansel", "/v1/letters", practice=WOODBROOK)["items"]
    assert [(each["template"], each["state"]) for each in letters] == [("removal_risk_warning", "withdrawn")]


def test_staff_see_what_they_reported_and_no_other_incident(house: House) -> None:
    """Least knowledge: whoever reports follows their own report; the ledger is for those who decide."""
    person = house.recorded(practice=WOODBROOK).json()["id"]
    incident = warned(house, person).json()
    path = f"/v1/incidents/{incident['id']}"
    assert house.ask("cinderella", "GET", path, practice=WOODBROOK).status_code == 200
    assert house.ask("goldilocks", "GET", path, practice=WOODBROOK).status_code == 404
    assert house.ask("rapunzel", "GET", path, practice=WOODBROOK).status_code == 404
    assert house.ask("puss", "GET", path, practice=WOODBROOK).status_code == 200, "clinicians speak for the patient"
    asked = {"person_id": person}
    assert house.ask("goldilocks", "POST", "/v1/warning-ledgers", practice=WOODBROOK, json=asked).status_code == 403
    nobody = ledger(house, incident["id"])
    assert (nobody["items"], nobody["verdict"]["reasons"]) == ([], ["No warning with reasons is in the ledger."])
