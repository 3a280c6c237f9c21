"""Recordings of consultations, as people ask for them: agreed and noted, declined after a question, found out, and kept apart."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from httpx import Response
from pydantic import TypeAdapter

from models.recording_consents import RecordingConsent
from models.sealing import Sealed
from service.store.statements import table_of
from tests.house import HOME, PRACTICES, House
from tests.ledger import assert_ledgers_agree
from tests.stories import adopt, refused, time_goes_round, told_of, trail
from workflows.engine import Opening
from workflows.recording_consents.ground import COMMONPLACE, lately
from workflows.registry import ALL

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what has nothing to do with the database."""
every_practice = pytest.mark.parametrize("document", PRACTICES)
RECORDINGS = "/v1/recording-consents"
CONDITIONS = ("open_and_honest", "no_interference", "kept_safe", "own_use")
AGREED: dict[str, Any] = {**dict.fromkeys(CONDITIONS, True), "alternatives_discussed": ["written_summary"]}
DECLINED: dict[str, Any] = {
    "reason": "I'd rather explain it once more.",
    "consultation_goes_on": True,
    "adjustment": "not_needed",
}
ALL_FIVE = [
    {"response": each, "given": True}
    for each in (
        "promote_open_recording", "concerns_are_looked_into", "written_summary", "subject_access", "how_to_complain",
    )
]  # fmt: skip
DAY = "2026-03-02"
AT_NOON = f"{DAY}T12:00:00Z"


def consulting(house: House, person: str = "puss", *, practice: str = HOME) -> str:
    """The entry of a clinician in the directory."""
    return str(house.member(person, practice=practice).json()["id"])


def requested(house: House, *, practice: str = HOME, **but: Any) -> Response:
    """A patient asks to record their consultation with Puss in Boots."""
    draft = {
        "person_id": house.recorded(name="Red", practice=practice).json()["id"],
        "consulting_clinician": consulting(house, practice=practice), "consultation_on": DAY, "modality": "audio",
        "initiated_by": "patient", "reason": "forgetfulness", **but,
    }  # fmt: skip
    answer = house.ask("hansel", "POST", RECORDINGS, practice=practice, json=draft)
    assert answer.status_code == 201, answer.text
    return answer


def found_out(house: House, *, practice: str = HOME, **but: Any) -> Response:
    """It comes to light that a patient recorded in secret."""
    draft = {
        "person_id": house.recorded(name="Red", practice=practice).json()["id"],
        "consulting_clinician": consulting(house, practice=practice), "consultation_on": DAY, "modality": "audio",
        "how_found": "They mentioned it at the desk.", **but,
    }  # fmt: skip
    answer = house.ask("goldilocks", "POST", f"{RECORDINGS}/discover-covert", practice=practice, json=draft)
    assert answer.status_code == 201, answer.text
    return answer


def done(
    house: House, person: str, transition: str, record: Response, /, *, practice: str = HOME, **said: Any
) -> Response:
    """Somebody does this with a record as it stands, and may."""
    now = house.again(person, record, practice=practice)
    answer = house.does(person, transition, now, practice=practice, json=said or None)
    assert answer.status_code == 200, answer.text
    return answer


def note_of(house: House, recording: Response, *, practice: str = HOME) -> Response:
    """The note that a recording owes to the clinical record, or the last that it was made instead of."""
    owed = house.reads("puss", f"/v1/record-entries?case_id={recording.json()['id']}", practice=practice)["items"]
    return house.ask("puss", "GET", f"/v1/record-entries/{owed[-1]['id']}", practice=practice)


def filed(house: House, note: Response, *, coded: bool = False, practice: str = HOME) -> Response:
    """Somebody files the note in the clinical system, and says so."""
    done(house, "puss", "decide_visibility", note, practice=practice, patient_visible=True)
    said = {"filed_at": AT_NOON, "reference": "Journal, 2 March, entry 4", "coded": coded}
    return done(house, "goldilocks", "confirm_filed", note, practice=practice, **said)


def state_of(house: House, recording: Response, *, practice: str = HOME) -> str:
    """Where a recording stands."""
    return str(house.again("puss", recording, practice=practice).json()["state"])


def test_a_recording_is_agreed_made_noted_and_its_copy_filed(house: House) -> None:
    """REC-1, REC-2, REC-3, REC-10: each by whoever it falls to, and closed once its note stands in the clinical record."""
    recording = requested(house)
    assert recording.headers["Location"].endswith(recording.json()["id"])
    for person in ("hansel", "gretel"):
        answer = house.does(person, "agree", recording, json=AGREED)
        assert refused(answer) in {(403, "role"), (422, "is_consulting")}
    for condition in CONDITIONS:
        unread = house.does("puss", "agree", recording, json={**AGREED, condition: False})
        assert refused(unread) == (422, "conditions_are_acknowledged")
    agreed = done(house, "puss", "agree", recording, **AGREED)
    assert (agreed.json()["state"], agreed.json()["agreement"]["by"]) == ("agreed", consulting(house))
    made = done(house, "puss", "make", recording, made_on=DAY)
    note = note_of(house, made)
    assert note.json()["text"].startswith("The patient made a sound recording of a consultation, on 2 March 2026")
    assert note.json()["code"] == {
        "system": "http://snomed.info/sct", "code": "431315003", "display": "Audio recording of subject interview",
        "verified": False,
    }  # fmt: skip
    assert refused(house.does("puss", "close", house.again("puss", recording))) == (409, "state")
    filed(house, note)
    assert state_of(house, recording) == "entered"
    entered = house.again("puss", recording)
    assert refused(
        house.does("goldilocks", "file_copy", entered, json={"reference": "Documents", "scanned": True})
    ) == (
        422,
        "copy_was_given",
    )
    done(house, "goldilocks", "patient_gives_copy", recording, came_about="volunteered")
    unchecked = house.does(
        "goldilocks", "file_copy", house.again("puss", recording), json={"reference": "D", "scanned": False}
    )
    assert refused(unchecked) == (422, "copy_was_scanned")
    copied = done(house, "goldilocks", "file_copy", recording, reference="Documents, page 2", scanned=True)
    assert copied.json()["copy_filed"]["reference"] == "Documents, page 2"
    assert done(house, "puss", "close", recording).json()["state"] == "closed"
    assert trail(house, recording) == [
        "request", "agree", "make", "enter_in_record", "patient_gives_copy", "file_copy", "close",
    ]  # fmt: skip
    assert_ledgers_agree(house)


@every_practice
@on_sqlite
def test_nobody_declines_before_the_adjustment_was_asked_about_at_any_practice(house: House, document: str) -> None:
    """REC-5, REC-12: and the consultation goes on; what is needed because of a disability is not declined."""
    code = PRACTICES[document]
    recording = requested(house, practice=code)

    def declining(**but: Any) -> Response:
        return house.does("puss", "decline", recording, practice=code, json={**DECLINED, **but})

    assert refused(declining(adjustment=None)) == (422, "adjustment_is_answered")
    assert refused(declining(adjustment="needed")) == (422, "adjustment_is_made")
    assert refused(declining(consultation_goes_on=False)) == (422, "consultation_goes_on")
    assert refused(declining(adjustment="met_in_another_way")) == (422, "malformed")
    assert declining(adjustment="met_in_another_way", other_way="A summary in large print.").status_code == 200
    closed = done(house, "hansel", "close_declined", recording, practice=code)
    assert closed.json()["state"] == "closed_declined"
    entries = house.reads("puss", f"/v1/record-entries?case_id={recording.json()['id']}", practice=code)["items"]
    assert entries == []


@every_practice
@on_sqlite
def test_where_no_devices_are_wanted_a_recording_is_agreed_as_an_adjustment_alone(house: House, document: str) -> None:
    """C-02: one of the five bans devices in consultations; the duty to make adjustments stands beside that."""
    code = PRACTICES[document]
    recording = requested(house, practice=code)
    answer = house.does("puss", "agree", recording, practice=code, json=AGREED)
    if document == "maryport":
        assert refused(answer) == (422, "leaves_the_device_rule")
        answer = house.does(
            "puss", "agree", recording, practice=code, json={**AGREED, "as_reasonable_adjustment": True}
        )
    assert answer.json()["state"] == "agreed"


def test_a_secret_recording_is_talked_about_before_it_is_noted_and_is_held_against_nobody(house: House) -> None:
    """REC-7, REC-8: nothing follows from it but the note."""
    recording = found_out(house)
    note = note_of(house, recording)
    done(house, "puss", "decide_visibility", note, patient_visible=False)
    filing: dict[str, Any] = {"filed_at": AT_NOON, "reference": "Journal", "coded": True}
    too_soon = house.does("goldilocks", "confirm_filed", house.again("puss", note), json=filing)
    assert refused(too_soon) == (422, "secret_was_discussed")
    done(house, "puss", "discuss_covert", recording, spoke_on=AT_NOON)
    done(house, "goldilocks", "confirm_filed", note, **filing)
    assert state_of(house, recording) == "entered"
    assert done(house, "puss", "close", recording).json()["state"] == "closed"
    assert trail(house, recording) == ["discover_covert", "discuss_covert", "enter_in_record", "close"]
    again = house.ask("goldilocks", "POST", f"{RECORDINGS}/discover-covert", json={
        **{name: recording.json()[name] for name in ("person_id", "consulting_clinician", "consultation_on", "modality")},
        "how_found": "Somebody else says so too.",
    })  # fmt: skip
    assert refused(again) == (422, "is_not_known_yet")
    assert_ledgers_agree(house)


@every_practice
@on_sqlite
def test_secret_recording_calls_for_the_responses_each_time_or_once_it_is_commonplace(
    house: House, document: str
) -> None:
    """R-14: as the policy says; where it names no number, three within twelve months."""
    code = PRACTICES[document]
    trigger = "pattern" if document == "aspiro" else "each"
    for turn in range(1, COMMONPLACE + 1):
        recording = found_out(house, practice=code, consultation_on=f"2026-02-0{turn}")
        covert = recording.json()["covert"]
        called_for = trigger == "each" or turn == COMMONPLACE
        assert covert["trigger"] == trigger
        assert (covert["found_lately"], covert["responses_called_for"]) == (turn, called_for)
        in_passing = house.does("puss", "discuss_covert", recording, practice=code, json={"spoke_on": AT_NOON})
        assert in_passing.status_code == (422 if called_for else 200)
        if called_for:
            assert refused(in_passing) == (422, "responses_are_considered")
            said = {"spoke_on": AT_NOON, "considered": ALL_FIVE, "leaflet_given": True}
            assert house.does("puss", "discuss_covert", recording, practice=code, json=said).status_code == 200


@on_sqlite
def test_what_was_long_ago_makes_nothing_commonplace(house: House) -> None:
    """R-14: twelve months, this one among them."""
    for _ in range(COMMONPLACE - 1):
        found_out(house)
    house.clock.wind(days=365)
    assert found_out(house).json()["covert"]["found_lately"] == 1
    assert "2026-03" in lately(house.clock.moment.date() - timedelta(days=31))


@on_sqlite
def test_a_no_that_was_not_heeded_is_a_secret_recording(house: House) -> None:
    recording = requested(house)
    done(house, "puss", "decline", recording, **DECLINED)
    found = done(house, "goldilocks", "find_recorded_anyway", recording, how_found="It lay on the desk.")
    assert (found.json()["state"], found.json()["covert"]["found_lately"]) == ("covert", 1)
    assert "without saying so beforehand" in note_of(house, recording).json()["text"]


@on_sqlite
def test_whoever_else_is_in_the_room_is_content_or_not_in_it(house: House) -> None:
    """REC-1, T-01: a trainee who objects steps out; what was agreed before is agreed anew."""
    trainee = {"who": "trainee", "answer": "objects"}
    recording = requested(house, present=[trainee])
    assert refused(house.does("puss", "agree", recording, json=AGREED)) == (422, "everybody_present_is_content")
    done(house, "puss", "say_who_is_present", recording, present=[{**trainee, "answer": "steps_out"}])
    done(house, "puss", "agree", recording, **AGREED)
    joined = done(house, "puss", "say_who_is_present", recording, present=[{"who": "companion", "answer": "not_asked"}])
    assert (joined.json()["state"], joined.json()["agreement"]) == ("requested", None)


@on_sqlite
def test_what_a_colleague_said_about_being_recorded_is_looked_up(house: House) -> None:
    """R-22 and R-23: a yes that was withdrawn counts as none, also between the agreement and the recording."""
    colleague = house.member("cinderella").json()["id"]
    question = {
        "subject": "staff_member", "subject_id": colleague, "media": ["audio"], "purpose": "own_consultation",
    }  # fmt: skip
    consent = house.ask("hansel", "POST", "/v1/media-consents", json=question)
    unsaid = house.does("hansel", "give", consent, json={"explicit": False, "way": "aloud"})
    assert refused(unsaid) == (422, "is_explicit")
    done(house, "hansel", "give", consent, explicit=True, way="aloud")
    there = [{"who": "staff_member", "answer": "consents", "known_as": colleague}]
    recording = requested(house, present=there)
    done(house, "puss", "agree", recording, **AGREED)
    done(house, "hansel", "withdraw", consent, reason="I've changed my mind.")
    made = house.does("puss", "make", house.again("puss", recording), json={"made_on": DAY})
    assert refused(made) == (422, "nobody_said_no_before")


@every_practice
@on_sqlite
def test_where_the_policy_says_never_no_colleague_is_photographed_for_anybody(house: House, document: str) -> None:
    """C-08, MEDIA-1: two of the five say never; the practice's own pictures are another matter."""
    code = PRACTICES[document]
    colleague = house.member("cinderella", practice=code).json()["id"]
    answers = {}
    for purpose in ("kept_by_member_of_the_public", "practice_publication"):
        question = {"subject": "staff_member", "subject_id": colleague, "media": ["photograph"], "purpose": purpose}
        consent = house.ask("hansel", "POST", "/v1/media-consents", practice=code, json=question)
        given = house.does("hansel", "give", consent, practice=code, json={"explicit": True, "way": "in_writing"})
        answers[purpose] = given.status_code
    never = document in {"imperial", "maryport"}
    assert answers == {"kept_by_member_of_the_public": 422 if never else 200, "practice_publication": 200}
    machine = house.member("website", practice=code).json()["id"]
    strange = {"subject": "staff_member", "subject_id": machine, "media": ["audio"], "purpose": "training"}
    answer = house.ask("hansel", "POST", "/v1/media-consents", practice=code, json=strange)
    assert refused(answer) == (422, "is_somebody_known")


@every_practice
@on_sqlite
def test_a_copy_is_suggested_where_the_policy_provides_for_it(house: House, document: str) -> None:
    """R-05, R-06: the code is insisted on at one practice, and the same one may suggest a copy."""
    code = PRACTICES[document]
    recording = requested(house, practice=code)
    agreed: dict[str, Any] = {**AGREED, "as_reasonable_adjustment": document == "maryport"}
    done(house, "puss", "agree", recording, practice=code, **agreed)
    done(house, "puss", "make", recording, practice=code, made_on=DAY)
    note = note_of(house, recording, practice=code)
    done(house, "puss", "decide_visibility", note, practice=code, patient_visible=True)
    filing: dict[str, Any] = {"filed_at": AT_NOON, "reference": "Journal", "coded": False}
    answer = house.does("puss", "confirm_filed", house.again("puss", note, practice=code), practice=code, json=filing)
    insists = document == "woodbrook"
    assert note.json()["code_wanted"] == ("will" if insists else "may")
    if insists:
        assert refused(answer) == (422, "coded_where_the_policy_insists")
        done(house, "puss", "confirm_filed", note, practice=code, **{**filing, "coded": True})
    suggested = house.does(
        "puss", "patient_gives_copy", house.again("puss", recording, practice=code), practice=code,
        json={"came_about": "suggested"},
    )  # fmt: skip
    assert suggested.status_code == (200 if insists else 422)


def test_a_note_is_filed_by_a_person_and_by_nothing_else(house: House) -> None:
    """ENTRY-1, ENTRY-2: a machine reads what is owed, and says nothing about it."""
    note = note_of(house, found_out(house, modality="video"))
    shown = house.ask("clinical-system", "GET", f"/v1/record-entries/{note.json()['id']}")
    assert (shown.status_code, shown.json()["available_transitions"]) == (200, [])
    filing: dict[str, Any] = {"filed_at": AT_NOON, "reference": "Journal", "coded": False}
    assert refused(house.does("clinical-system", "confirm_filed", note, json=filing)) == (403, "role")
    assert refused(house.does("puss", "confirm_filed", note, json=filing)) == (422, "visibility_is_decided")
    assert refused(house.does("hansel", "decide_visibility", note, json={"patient_visible": True})) == (403, "role")
    assert (note.json()["patient_visible"], note.json()["code"]) == (None, None)
    decided = done(house, "puss", "decide_visibility", note, patient_visible=False)
    with_code = house.does("goldilocks", "confirm_filed", decided, json={**filing, "coded": True})
    assert refused(with_code) == (422, "coded_only_where_there_is_a_code")
    tomorrow = house.does("goldilocks", "confirm_filed", decided, json={**filing, "filed_at": "2026-03-03T12:00:00Z"})
    assert refused(tomorrow) == (422, "filed_by_now")


def test_a_note_that_was_filed_wrongly_is_owed_anew(house: House) -> None:
    """ENTRY-3: and the recording does not close before the right one stands."""
    recording = requested(house)
    done(house, "puss", "agree", recording, **AGREED)
    done(house, "puss", "make", recording, made_on=DAY)
    first = filed(house, note_of(house, recording))
    done(house, "puss", "mark_entered_in_error", first, reason="It went into her sister's record.")
    assert refused(house.does("puss", "close", house.again("puss", recording))) == (422, "entry_is_filed")
    second = note_of(house, recording)
    assert (second.json()["replaces"], second.json()["state"]) == (first.json()["id"], "pending")
    done(house, "puss", "report_not_filed", second, reason="The system is down.")
    done(house, "puss", "try_again", second)
    filed(house, second)
    assert done(house, "puss", "close", recording).json()["noted_entry"] == second.json()["id"]
    assert_ledgers_agree(house)


def test_what_is_late_is_told_to_the_management_once(house: House) -> None:
    """ENTRY-4, REC-7, REC-13, CASE-6: a note after seven days, an outcome likewise, a talk after fourteen."""
    asked, secret = requested(house), found_out(house)
    note = note_of(house, secret)
    assert (asked.json()["due_for"], note.json()["due_for"]) == ("outcome", "filing")
    assert secret.json()["due_at"] == "2026-03-16T12:00:00Z"
    for _ in range(2):
        house.clock.wind(days=8)
        time_goes_round(house)
    assert time_goes_round(house).changed == 0
    late = [house.again("puss", each).json()["escalations"] for each in (asked, secret)]
    assert [[each["due_for"] for each in found] for found in late] == [["outcome"], ["discussion"]]
    assert house.again("puss", note).json()["escalated_at"] is not None
    assert told_of(house, note)["record_entry.escalate"] == ["management"]


def test_nothing_that_can_be_sent_is_a_recording() -> None:
    """REC-9: no field takes a file, none takes more than words, and what people say is kept sealed."""
    (workflow,) = (each for each in ALL if each.kind is RecordingConsent)
    for law in workflow.laws:
        fields = TypeAdapter(law.payload).json_schema() if law.payload else {}
        assert not re.search("binary|base64", str(fields))
        assert isinstance(law, Opening) or law.name not in {"upload", "attach"}
    sealed = {column.name for column in table_of(RecordingConsent).c if isinstance(column.type, Sealed)}
    assert {"present", "refusal", "how_found", "copy_filed", "notes", "contact_log"} <= sealed


@on_sqlite
def test_recordings_are_seen_by_those_who_take_in_and_work_on_cases(house: House) -> None:
    recording = requested(house)
    for person, status in {"cinderella": 404, "website": 404, "midas": 404, "puss": 200, "goldilocks": 200}.items():
        assert house.again(person, recording).status_code == status
    draft = {"person_id": recording.json()["person_id"], "how_found": "At the desk."}
    assert house.ask("cinderella", "POST", f"{RECORDINGS}/discover-covert", json=draft).status_code == 403
    assert house.ask("hansel", "GET", f"{RECORDINGS}?person_id={recording.json()['person_id']}").status_code == 422


@on_sqlite
def test_a_recording_names_the_policy_that_it_was_made_under(house: House) -> None:
    """POL-8: and keeps naming it when another is published."""
    recording = found_out(house)
    before = recording.json()["policy_id"]
    adopt(house, covert_trigger="each")
    assert house.again("puss", recording).json()["policy_id"] == before
    assert found_out(house).json()["covert"]["responses_called_for"] is True


def test_the_note_says_that_the_patient_recorded_and_blames_nobody(house: House) -> None:
    """REC-2, R-06: whatever was recorded, and however."""
    for modality, words in (("audio", "a sound recording"), ("video", "a video recording")):
        text = note_of(house, found_out(house, modality=modality)).json()["text"]
        assert text.startswith(f"The patient made {words}")
        assert "for their own use" in text
        assert not {"secret", "covert", "refused"} & set(text.lower().split())


ENDED_SO = {"reason": "They took it down at once."}


def test_a_secret_recording_is_found_online_and_closes_with_its_incident(house: House) -> None:
    """REC-6, REC-7, INC-1: what is posted is an incident, with the evidence that was kept; the recording itself is none."""
    recording = found_out(house)
    found = {
        "seen_at": AT_NOON,
        "platform": "facebook",
        "description": "A page that plays it.",
        "url": "https://example.com/it",
    }
    bare = house.does("goldilocks", "found_online", recording, json=found)
    assert refused(bare) == (422, "evidence_is_kept")
    house.described("goldilocks", case_kind="recording_consent", case_id=recording.json()["id"])
    early = house.does("goldilocks", "found_online", recording, json={**found, "seen_at": "2026-03-03T12:00:00Z"})
    assert refused(early) == (422, "was_seen_by_now")
    posted = done(house, "goldilocks", "found_online", recording, **found)
    assert posted.json()["state"] == "posted"
    incident = house.ask("hansel", "GET", f"/v1/incidents/{posted.json()['incident_id']}")
    shown = incident.json()
    assert (shown["kind"], shown["state"], shown["recording_id"]) == (
        "recording_online",
        "reported",
        recording.json()["id"],
    )
    assert (shown["person_id"], shown["url"]) == (recording.json()["person_id"], found["url"])
    assert refused(house.does("hansel", "incident_closed", posted)) == (422, "incident_has_ended")
    done(house, "hansel", "notify", incident)
    done(house, "rapunzel", "triage", incident, kind="recording_online", platform="facebook")
    done(house, "rapunzel", "no_breach", incident, **ENDED_SO)
    unnoted = house.does("hansel", "incident_closed", house.again("hansel", recording))
    assert refused(unnoted) == (422, "entry_is_filed")
    talk: dict[str, Any] = {"spoke_on": AT_NOON, "considered": ALL_FIVE}
    assert refused(house.does("puss", "discuss_covert", posted, json=talk)) == (409, "state")
    done(house, "puss", "discuss_posted", recording, **talk)
    again = house.does("puss", "discuss_posted", house.again("puss", recording), json=talk)
    assert refused(again) == (422, "was_secret_and_not_discussed")
    filed(house, note_of(house, recording))
    assert state_of(house, recording) == "posted"
    assert done(house, "hansel", "incident_closed", recording).json()["state"] == "closed"
    assert trail(house, recording) == [
        "discover_covert", "found_online", "discuss_posted", "note_entry", "incident_closed",
    ]  # fmt: skip
    assert_ledgers_agree(house)


@on_sqlite
def test_the_letter_about_what_was_posted_goes_out_from_the_incident(house: House) -> None:
    """R-20, REC-8: it asks to take the posting down, says when it was recorded, and threatens nothing."""
    recording = found_out(house)
    house.described("goldilocks", case_kind="recording_consent", case_id=recording.json()["id"])
    posted = done(house, "goldilocks", "found_online", recording, seen_at=AT_NOON, description="It plays on a page.")
    incident = house.ask("hansel", "GET", f"/v1/incidents/{posted.json()['incident_id']}")
    done(house, "hansel", "notify", incident)
    done(house, "rapunzel", "triage", incident, kind="recording_online", platform="facebook", grounds=["unlawful"])
    who = {"person": recording.json()["person_id"], "standing": "patient", "known_by": "It is their voice."}
    done(house, "rapunzel", "identify_author", incident, **who)
    asked: dict[str, Any] = {
        "reasons": ["Other people can be heard on it."],
        "remove_by": "2026-03-16",
        "recorded_on": DAY,
    }
    done(house, "rapunzel", "request_removal", incident, **asked)
    (letter,) = house.reads("hansel", f"/v1/letters?case_id={incident.json()['id']}")["items"]
    assert (letter["template"], letter["case_kind"]) == ("recording_online", "incident")
    text = house.ask("hansel", "GET", f"/v1/letters/{letter['id']}/document.md").text
    assert "2 March 2026" in text
    assert "removed from our list" not in text
    assert house.reads("hansel", "/v1/warnings")["items"] == []
