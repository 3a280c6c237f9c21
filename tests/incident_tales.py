"""An incident as it is told step by step through the front door: who takes each step, where it leads, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from httpx import Response

from tests.house import PRACTICES, House
from tests.stories import time_goes_round, told_of

on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For stories that have nothing to do with the database."""

ELSEWHERE: dict[str, Any] = {
    "kind": "third_party_post", "platform": "facebook", "url": "https://example.com/wolf/1",
    "description": "It says, with a drawing, what the nurse should do to herself.",
}  # fmt: skip
OBSCENE: dict[str, Any] = {
    "kind": "third_party_post", "platform": "facebook", "clause_key": "unacceptable_material", "grounds": ["obscene"],
}  # fmt: skip
MALICIOUS = {"finding": "malicious", "reasons": ["It was drawn to hurt her."], "rests_on_complaint_alone": False}
ORDER = {"reasons": ["The drawing is obscene."], "has_to_change": ["No more drawings of anybody here."]}
WOODBROOK = "woodbrook"
BOTH = {"partner": "gretel", "practice_manager": "hansel"}
"""Who decides at Woodbrook: these two, each for themselves."""
WOLF = {"name": "Wolf", "contact": {"address": ["1 Forest Path"], "postcode": "ZZ99 3VZ"}}
PLEASE = {"reasons": ["It is an obscene drawing of somebody who works here."], "remove_by": "2026-03-09"}
REMOVAL = {"reason_kind": "specific", "reasons": ["He was warned, and went on."]}
FAIR = {
    "protected_characteristics_considered": True, "neurodivergence_considered": True, "discriminates": False,
    "adjustments": "None was asked for, and none would have helped.",
}  # fmt: skip
NO_PATIENT = "This can only be done about a patient on record, and it is not known that one did it."
NOBODY_AND_NOTHING = "Nothing is here, or it is not yours to see."


@dataclass
class Tale:
    """One incident at one practice. Whoever manages the practice reads it before each step, as it stands then."""

    house: House
    practice: str
    record: Response

    def now(self) -> Response:
        """The incident as it stands."""
        return self.house.again("hansel", self.record, practice=self.practice)

    def shows(self, name: str) -> Any:
        """What it says of something."""
        return self.now().json()[name]

    def goes_on(self, who: str, step: str, *, to: str, **said: Any) -> None:
        """Somebody takes a step, is let, and it stands there now."""
        answer = self.house.does(who, step, self.now(), practice=self.practice, json=said or None)
        assert (answer.status_code, answer.json().get("state")) == (200, to), (step, answer.text)

    def is_refused(self, who: str, step: str, because: str, **said: Any) -> None:
        """Somebody may not take a step, is told why in a sentence, and nothing has changed."""
        before = self.now()
        answer = self.house.does(who, step, before, practice=self.practice, json=said or None)
        assert answer.json().get("detail") == because, (step, answer.text)
        assert self.now().headers["ETag"] == before.headers["ETag"]

    def has_told(self, **expected: set[str]) -> None:
        """Who heard of these steps."""
        told = told_of(self.house, self.record)
        heard = {step: set(told[f"incident.{step}"]) for step in expected}
        assert heard == expected, heard

    def has_due(self, **expected: str) -> None:
        """What falls due in it, in the list of all that does, and when."""
        items = self.house.reads("hansel", "/v1/deadlines?kind=incident", practice=self.practice)["items"]
        found = [due for each in items if each["id"] == self.record.json()["id"] for due in each["due"]]
        due = {each["name"]: each["at"] for each in found}
        assert due == expected, due

    def comes_to(self, state: str, **time: float) -> None:
        """Time passes, and does what falls to it."""
        self.house.clock.wind(**time)
        time_goes_round(self.house)
        found = self.shows("state")
        assert found == state, found

    # What every tale begins with

    def is_told_and_kept(self, by: str) -> None:
        """Whoever has to know is told, and a screenshot is kept; before that, nobody says what it is."""
        self.goes_on("cinderella", "notify", to="notified")
        self.is_refused(
            by, "triage", "Keep evidence first: a screenshot, a file, a statement, or a description.",
            kind=self.record.json()["kind"], **self.place,
        )  # fmt: skip
        self.house.captured(person="cinderella", practice=self.practice, case_id=self.record.json()["id"])

    @property
    def place(self) -> dict[str, Any]:
        """Where it was posted, as it was reported."""
        said = self.record.json()
        return {"platform": said["platform"], "on_own_page": said["on_own_page"]}

    def is_by(self, person: str, standing: str = "patient", *, who: str = "hansel") -> None:
        """It is known who did it."""
        state = self.shows("state")
        self.goes_on(who, "identify_author", to=state, person=person, standing=standing, known_by="He says so himself.")

    # What is found and decided

    def is_found_malicious(self, by: str) -> None:
        """Somebody finds, with reasons, that it was meant to hurt."""
        self.goes_on(by, "record_finding", to=self.shows("state"), **MALICIOUS)

    def is_agreed(self, measure: str, **deciders: str) -> None:
        """Each of these, who hold these roles, agrees to a measure."""
        for role, who in deciders.items():
            said = {"role": role, "measure": measure, "agrees": True, "reason": "It has to stop."}
            self.goes_on(who, "decide", to=self.shows("state"), **said)

    def leads_to_a_warning(self, **deciders: str) -> None:
        """Each of these agrees to a warning, and not before the last of them has is it written."""
        order = {**ORDER, "answer_by": f"{self.house.clock.moment + timedelta(days=21):%Y-%m-%d}"}
        for role, who in deciders.items():
            self.is_refused(
                "hansel", "warn", "Every role that decides has to have agreed to a warning, each in a decision of its own.",
                **order,
            )  # fmt: skip
            self.is_agreed("warning", **{role: who})
        self.goes_on("hansel", "warn", to="warned", **order)

    # Letters, the ledger, and the clinical record

    def letters(self) -> list[tuple[str, str]]:
        """What was written because of it, first things first, and where each letter stands."""
        return [(each["template"], each["state"]) for each in self._letters()]

    def sends(self, template: str) -> None:
        """The letter that waits is posted, and that is recorded."""
        (waiting,) = (each for each in self._letters() if (each["template"], each["state"]) == (template, "issued"))
        letter = self.house.ask("hansel", "GET", f"/v1/letters/{waiting['id']}", practice=self.practice)
        said = {"way": "post", "to": "1 Forest Path", "checked": "as_on_record"}
        answer = self.house.does("hansel", "record_sent", letter, practice=self.practice, json=said)
        assert answer.json()["state"] == "sent", answer.text

    def reads_letter(self, template: str) -> str:
        """What stands in the last letter of this kind."""
        letter = [each for each in self._letters() if each["template"] == template][-1]
        text = self.house.ask("hansel", "GET", f"/v1/letters/{letter['id']}/document.md", practice=self.practice)
        assert text.status_code == 200, text.text
        return " ".join(text.text.split())

    def _letters(self) -> list[dict[str, Any]]:
        path = f"/v1/letters?case_id={self.record.json()['id']}"
        found: list[dict[str, Any]] = self.house.reads("hansel", path, practice=self.practice)["items"]
        return sorted(found, key=lambda each: (each["created_at"], each["case_version"]))

    def has_in_the_ledger(self, sentence: str, *, enough: bool) -> None:
        """What the ledger says of the only warning of whoever did it, and whether that allows a removal today."""
        asked = {"person_id": self.shows("person_id")}
        answer = self.house.ask("gretel", "POST", "/v1/warning-ledgers", practice=self.practice, json=asked)
        verdict = answer.json()["verdict"]
        assert (verdict["may_be_requested"], verdict["reasons"]) == (enough, [sentence]), answer.text

    def files_its_note(self) -> None:
        """The note that it owes to the clinical record is filed there, after a clinician has said who sees it."""
        path = f"/v1/record-entries?case_id={self.record.json()['id']}"
        (owed,) = self.house.reads("puss", path, practice=self.practice)["items"]
        note = self.house.ask("puss", "GET", f"/v1/record-entries/{owed['id']}", practice=self.practice)
        note = self.house.does(
            "puss", "decide_visibility", note, practice=self.practice, json={"patient_visible": True}
        )
        filed = {"filed_at": self.house.clock.moment.isoformat(), "reference": "Journal, entry 7", "coded": False}
        answer = self.house.does("goldilocks", "confirm_filed", note, practice=self.practice, json=filed)
        assert answer.json()["state"] == "filed", answer.text


def reported(house: House, document: str, **said: Any) -> Tale:
    """Cinderella, who works at the desk, reports something."""
    practice = PRACTICES[document]
    answer = house.ask("cinderella", "POST", "/v1/incidents", practice=practice, json=said)
    assert (answer.status_code, answer.json().get("state")) == (201, "reported"), answer.text
    return Tale(house, practice, answer)


def on_record(house: House, document: str, **said: Any) -> str:
    """Somebody is put on record."""
    return str(house.recorded(practice=PRACTICES[document], **said).json()["id"])


def a_drawing(house: House, by: str, *, standing: str = "patient") -> Tale:
    """An obscene drawing on somebody's own account, up to where it is known what it is, and whose."""
    tale = reported(house, WOODBROOK, **ELSEWHERE)
    tale.is_told_and_kept("hansel")
    tale.goes_on("hansel", "triage", to="triaged", **OBSCENE)
    tale.is_by(by, standing)
    return tale


def refused_by_its_author(tale: Tale, remove_by: str = "2026-03-09") -> Tale:
    """Its author is asked to take it down, and says no."""
    tale.goes_on("hansel", "request_removal", to="awaiting_author", **{**PLEASE, "remove_by": remove_by})
    tale.sends("removal_request")
    tale.goes_on("hansel", "author_refuses", to="refused")
    return tale
