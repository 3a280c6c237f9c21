"""Stories of a policy that the staff read: who has acknowledged it, who is reminded, and how managers brief them."""

from typing import Any

import pytest
from httpx import Response

from models.acknowledgements import AcknowledgementDraft
from models.roles import Role
from models.staff import RoleHeld, StaffMember
from tests.guidance_parts import content_of
from tests.house import HOME, NOON, PEOPLE, PRACTICES, House, policy, publish_policy
from tests.laws import DAY
from tests.stories import acknowledge, adopt, in_force, refused, told_of, trail
from tests.stories import time_goes_round as goes_round
from workflows.acknowledgements import asked_since, outstanding
from workflows.training_notes import TrainingNotes, markdown, training_notes

STAFF = {each for each, roles in PEOPLE.items() if not {Role.PRACTICE_WEBSITE, Role.CLINICAL_SYSTEM} & set(roles)}
KEEPERS = {"hansel", "gretel", "rapunzel", "rumpelstiltskin"}


def read_by(house: House, person: str, version: str | None = None) -> dict[str, Any]:
    """What somebody is told about who has acknowledged a version, by name."""
    told = house.reads(person, f"/v1/policies/{version or in_force(house)}/acknowledgements")
    return {each["name"].lower(): each for each in told["items"]}


def briefing(house: House, version: str | None = None) -> Response:
    """The briefing on a version."""
    (found,) = house.reads("hansel", f"/v1/briefings?policy_id={version or in_force(house)}")["items"]
    return house.ask("hansel", "GET", f"/v1/briefings/{found['id']}")


# Acknowledging


def test_everybody_on_the_staff_acknowledges_the_version_in_force_for_themselves(house: House) -> None:
    """ACK-1, P-20: whatever their role, once, and in their own name."""
    for person in STAFF:
        answer = acknowledge(house, person)
        assert (answer.status_code, answer.json()["state"]) == (201, "acknowledged")
        assert answer.json()["acknowledged_by"] == house.member(person).json()["id"]
        assert answer.json()["available_transitions"] == []
        assert refused(acknowledge(house, person)) == (422, "not_acknowledged_yet")


def test_no_machine_and_nobody_in_somebody_elses_name_acknowledge(house: House) -> None:
    """ACK-1."""
    for machine in ("website", "clinical-system", "big-bad-wolf"):
        assert refused(acknowledge(house, machine)) == (403, "role")
    named = {"policy_id": in_force(house), "acknowledged_by": house.member("puss").json()["id"]}
    assert house.ask("hansel", "POST", "/v1/acknowledgements", json=named).status_code == 422
    assert house.reads("hansel", "/v1/acknowledgements")["items"] == []


def test_only_the_version_in_force_is_acknowledged(house: House) -> None:
    """ACK-2: neither a draft, nor what has been superseded or withdrawn, nor a colleague practice's."""
    before = in_force(house)
    draft = house.ask("hansel", "POST", "/v1/policies", json={"content": policy("aspiro"), "change_comment": "New."})
    elsewhere = in_force(house, practice=PRACTICES["imperial"])
    for each in (draft.json()["id"], elsewhere, before[::-1].replace("-", "")):
        assert acknowledge(house, "puss", each).status_code == 422
    house.does("hansel", "discard", draft, json={"reason": "No."})
    adopt(house)

    assert refused(acknowledge(house, "puss", before)) == (422, "version_in_force")
    assert acknowledge(house, "puss").status_code == 201

    version = house.ask("hansel", "GET", f"/v1/policies/{in_force(house)}")
    house.does("hansel", "withdraw", version, json={"reason": "It is being rewritten."})
    assert refused(acknowledge(house, "bear", version.json()["id"])) == (422, "version_in_force")


def test_a_new_version_is_acknowledged_anew(house: House) -> None:
    """ACK-3: once for each version; what was said of the one before stays said."""
    before = in_force(house)
    assert acknowledge(house, "puss").status_code == 201
    adopt(house)
    assert acknowledge(house, "puss").status_code == 201
    said = house.reads("hansel", "/v1/acknowledgements")["items"]
    assert [each["policy_id"] for each in said] == [before, in_force(house)]


def test_two_requests_at_once_acknowledge_once(house: House) -> None:
    """ACK-3: the table keeps one, whatever was judged."""
    key = {"Idempotency-Key": "once"}
    draft = {"policy_id": in_force(house)}
    answers = [house.ask("puss", "POST", "/v1/acknowledgements", json=draft, headers=key) for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[1].headers["Idempotent-Replayed"] == "true"
    assert len(house.reads("hansel", "/v1/acknowledgements")["items"]) == 1


# Who has not


def test_whoever_has_not_is_listed_by_name_for_those_who_keep_the_policy(house: House) -> None:
    """P-20: everybody in post, no machine, and since when it is asked of them."""
    house.clock.wind(hours=1)
    assert acknowledge(house, "puss").status_code == 201
    for person in KEEPERS:
        told = read_by(house, person)
        assert set(told) == STAFF
        assert (told["puss"]["acknowledged_at"], told["puss"]["outstanding_since"]) == ("2026-03-02T13:00:00Z", None)
        assert {each["outstanding_since"] for name, each in told.items() if name != "puss"} == {"2026-03-02T12:00:00Z"}


def test_everybody_else_learns_of_nobody_but_themselves(house: House) -> None:
    """Least knowledge: neither from the list of people nor from the list of acknowledgements."""
    for person in ("puss", "bear"):
        assert acknowledge(house, person).status_code == 201
    for person in STAFF - KEEPERS:
        assert set(read_by(house, person)) == {person}
        own = [house.member(person).json()["id"]] if person in {"puss", "bear"} else []
        assert [each["acknowledged_by"] for each in house.reads(person, "/v1/acknowledgements")["items"]] == own
    pusss = house.reads("puss", "/v1/acknowledgements")["items"][0]
    assert house.ask("puss", "GET", f"/v1/acknowledgements/{pusss['id']}").status_code == 200
    assert house.ask("bear", "GET", f"/v1/acknowledgements/{pusss['id']}").status_code == 404
    assert house.reads("bear", f"/v1/acknowledgements?acknowledged_by={pusss['acknowledged_by']}")["items"] == []
    assert house.ask("website", "GET", "/v1/acknowledgements").status_code == 403
    assert house.ask("website", "GET", f"/v1/policies/{in_force(house)}/acknowledgements").status_code == 404


def test_people_come_and_go(house: House) -> None:
    """Whoever joins counts from joining, whoever leaves no more, and whoever comes back from then on."""
    house.clock.wind(days=3)
    newcomer = {"subject": "thumbelina", "name": "Thumbelina"}
    assert house.ask("hansel", "POST", "/v1/staff", json=newcomer).status_code == 201
    assert house.does("hansel", "leave", house.member("puss"), json={}).status_code == 200
    told = read_by(house, "hansel")
    assert told["thumbelina"]["outstanding_since"] == "2026-03-05T12:00:00Z"
    assert "puss" not in told

    house.clock.wind(days=1)
    assert house.does("hansel", "rejoin", house.member("puss")).status_code == 200
    assert read_by(house, "hansel")["puss"]["outstanding_since"] == "2026-03-06T12:00:00Z"


def test_nothing_is_outstanding_of_a_version_that_is_not_in_force(house: House) -> None:
    before = in_force(house)
    assert acknowledge(house, "puss").status_code == 201
    adopt(house)
    told = read_by(house, "hansel", before)
    assert told["puss"]["acknowledged_at"] == "2026-03-02T12:00:00Z"
    assert {each["outstanding_since"] for each in told.values()} == {None}


def test_a_machine_owes_nothing_and_a_joiner_is_asked_from_joining() -> None:
    roles = {"website": Role.PRACTICE_WEBSITE, "hansel": Role.PRACTICE_MANAGER}
    members = [
        StaffMember(
            practice=HOME, created_at=NOON, subject=name, name=name, roles=[RoleHeld(role=role, starts=NOON)],
        )
        for name, role in roles.items()
    ]  # fmt: skip
    assert [each.subject for each in outstanding(members, [])] == ["hansel"]
    assert asked_since(members[1], NOON - DAY) == NOON
    assert asked_since(members[1], NOON + DAY) == NOON + DAY
    members[1].rejoined_at = NOON + 2 * DAY
    assert asked_since(members[1], NOON + DAY) == NOON + 2 * DAY


# Reminders


def test_each_published_version_is_briefed_on_until_the_next(house: House) -> None:
    """ACK-4."""
    first = in_force(house)
    assert briefing(house).json()["state"] == "open"
    adopt(house)
    assert briefing(house, first).json()["state"] == "closed"
    assert briefing(house, first).json()["due_at"] is None
    assert briefing(house).json()["state"] == "open"

    version = house.ask("hansel", "GET", f"/v1/policies/{in_force(house)}")
    house.does("hansel", "withdraw", version, json={"reason": "It is being rewritten."})
    assert briefing(house, version.json()["id"]).json()["state"] == "closed"
    assert told_of(house, briefing(house, first)) == {"briefing.brief": ["staff"], "briefing.close": []}


def test_time_reminds_as_often_as_the_policy_says(house: House) -> None:
    """ACK-5: the due item, and its reminder, move on by the days that are settled; the default says that it is one."""
    assert policy("aspiro")["settings"].get("acknowledgement_days") is None
    assert briefing(house).json()["due_at"] == "2026-03-16T12:00:00Z"
    assert briefing(house).json()["due_for"] == "reminder"
    adopt(house, acknowledgement_days=5)
    assert briefing(house).json()["due_at"] == "2026-03-07T12:00:00Z"
    assert acknowledge(house, "puss").status_code == 201

    house.clock.wind(days=4, hours=23)
    goes_round(house)
    assert briefing(house).json()["reminders"] == []
    house.clock.wind(hours=2)
    goes_round(house)
    goes_round(house)
    reminded = briefing(house).json()
    assert reminded["reminders"] == [{"at": "2026-03-07T13:00:00Z", "outstanding": len(STAFF) - 1}]
    assert reminded["due_at"] == "2026-03-12T13:00:00Z"
    assert told_of(house, briefing(house))["briefing.remind"] == ["management", "staff"]
    assert reminded["available_transitions"] == ["record_session", "complete"]


def test_a_briefing_is_complete_when_everybody_has_read_and_begins_again_when_somebody_joins(house: House) -> None:
    """ACK-6."""
    assert refused(house.does("hansel", "complete", briefing(house))) == (422, "everybody_has")
    assert refused(house.does("puss", "complete", briefing(house))) == (403, "role")
    for person in STAFF:
        acknowledge(house, person)
    house.clock.wind(days=15)
    goes_round(house)
    assert briefing(house).json()["state"] == "complete"
    assert briefing(house).json()["reminders"] == []

    house.clock.wind(days=15)
    goes_round(house)
    assert trail(house, briefing(house)) == ["brief", "complete", "look_again"]
    assert house.ask("hansel", "POST", "/v1/staff", json={"subject": "thumbelina", "name": "T."}).status_code == 201
    house.clock.wind(days=15)
    goes_round(house)
    assert briefing(house).json()["state"] == "open"
    assert briefing(house).json()["reminders"][0]["outstanding"] == 1
    assert acknowledge(house, "thumbelina").status_code == 201
    assert house.does("hansel", "complete", briefing(house)).json()["state"] == "complete"


# Training


def test_those_who_keep_the_policy_record_sessions_and_who_attended(house: House) -> None:
    """ACK-7, P-10: held already, attended by people of the practice, and no acknowledgement of anybody."""
    attended = [house.member(each).json()["id"] for each in ("puss", "cinderella")]
    held = {"held_at": house.clock.moment.isoformat(), "attended": attended}
    for person in ("puss", "goldilocks", "website"):
        assert refused(house.does(person, "record_session", briefing(house), json=held))[0] in {403, 404}
    for person in ("hansel", "gretel", "rapunzel"):
        assert house.does(person, "record_session", briefing(house), json=held).status_code == 200

    (session, *_) = briefing(house).json()["sessions"]
    assert session["attended"] == attended
    assert session["recorded_by"] == house.member("hansel").json()["id"]
    assert read_by(house, "puss")["puss"]["acknowledged_at"] is None

    later = {**held, "held_at": "2026-03-02T12:00:01Z"}
    assert refused(house.does("hansel", "record_session", briefing(house), json=later)) == (422, "held_already")
    for stranger in (house.member("website").json()["id"], "019b0000-0000-7000-8000-000000000000"):
        answer = house.does("hansel", "record_session", briefing(house), json={**held, "attended": [stranger]})
        assert refused(answer) == (422, "attended_by_staff")
    twice = {**held, "attended": attended[:1] * 2}
    assert house.does("hansel", "record_session", briefing(house), json=twice).status_code == 422


def test_no_session_was_held_before_the_version_was_approved(house: House) -> None:
    """ACK-7: it may be held between the approval and the publication."""
    draft = {"content": policy("aspiro"), "change_comment": "Adopted."}
    version = house.ask("hansel", "POST", "/v1/policies", json=draft)
    for person, transition in (("hansel", "submit"), ("gretel", "approve"), ("hansel", "publish")):
        house.clock.wind(hours=1)
        version = house.does(person, transition, version)
    attended = [house.member("puss").json()["id"]]
    for moment in ("2001-01-01T09:00:00Z", "2026-03-02T13:59:59Z"):
        answer = house.does("hansel", "record_session", briefing(house), json={"held_at": moment, "attended": attended})
        assert refused(answer) == (422, "approved_by_then")
    for moment in ("2026-03-02T14:00:00Z", "2026-03-02T15:00:00Z"):
        held = {"held_at": moment, "attended": attended}
        assert house.does("hansel", "record_session", briefing(house), json=held).status_code == 200


def test_somebody_who_left_attended_while_they_were_here(house: House) -> None:
    """ACK-7."""
    puss = house.member("puss")
    house.does("hansel", "leave", puss, json={})
    held = {"held_at": house.clock.moment.isoformat(), "attended": [puss.json()["id"]]}
    house.clock.wind(hours=1)
    assert house.does("hansel", "record_session", briefing(house), json=held).status_code == 200


@pytest.mark.parametrize("document", PRACTICES)
def test_training_notes_say_what_each_practice_settles_and_what_it_leaves_open(house: House, document: str) -> None:
    """P-10: made from the version itself, with a source for all that the document says."""
    code, content = PRACTICES[document], policy(document)
    notes = house.reads("hansel", f"/v1/policies/{in_force(house, practice=code)}/training-notes", practice=code)

    assert notes["title"] == content["title"]
    assert {each["number"] for each in notes["clauses"]} == {each["number"] for each in content["clauses"]}
    named = {each["duty"]: each["held_by"] for each in notes["duties"] if each["origin"] == "from_policy"}
    assert named == {name: each["value"] for name, each in content["settings"].get("duties", {}).items()}
    assert all(each["source"] for each in notes["settings"])
    assert {"acknowledgement_days", "monitoring_days"} <= set(notes["not_settled"])
    assert ("Section 1.3" in notes["training"]) == (document == "aspiro")
    assert any("wants no devices" in each for each in notes["for_everybody"]) == (document == "maryport")
    assert notes["changed_since"] is None


def test_training_notes_say_that_those_who_decide_do_so_together() -> None:
    """Where the partners and the practice manager are named, neither decides alone."""
    decide = {
        document: next(
            each for each in notes_of(document).for_managers if each.startswith("The ") and "contacts an author" in each
        )
        for document in ("woodbrook", "aspiro")
    }
    assert decide["woodbrook"].endswith("If that fails, the partner and the practice manager decide together.")
    assert decide["aspiro"].endswith("If that fails, the communications manager decides.")
    assert "Decide: partner and practice manager (Section 2.4)" in markdown(notes_of("woodbrook"))
    assert "Use platforms: business manager or head of operations" in markdown(notes_of("aspiro"))


@pytest.mark.parametrize("document", PRACTICES)
def test_training_notes_ask_for_no_warning_where_there_was_violence(document: str) -> None:
    """By law violence, or the fear of it, needs a report to the police and no warning."""
    warning, police = notes_of(document).for_managers[4:6]
    assert warning.startswith("Short of violence, or of behaviour that makes somebody fear for their safety,")
    assert "tell the police first" in police


def notes_of(document: str) -> TrainingNotes:
    """The notes on a policy that comes with the service."""
    return training_notes(content_of(document), "1.0")


def test_training_notes_tell_what_changed_since_the_version_before(house: House) -> None:
    """P-10."""
    before = house.ask("hansel", "GET", f"/v1/policies/{in_force(house)}").json()["number"]
    adopt(house, acknowledgement_days=5)
    path = f"/v1/policies/{in_force(house)}/training-notes"
    notes = house.reads("goldilocks", path)
    assert notes["changed_since"] == before
    assert [each["key"] for each in notes["changes"]] == ["acknowledgement_days"]
    assert "After 5 days" in notes["for_everybody"][0]

    draft = house.ask("hansel", "POST", "/v1/policies", json={"content": policy("imperial"), "change_comment": "New."})
    drafted = house.reads("hansel", f"/v1/policies/{draft.json()['id']}/training-notes")
    assert drafted["changed_since"] == house.ask("hansel", "GET", f"/v1/policies/{in_force(house)}").json()["number"]


def test_training_notes_are_for_managers_and_come_as_markdown_too(house: House) -> None:
    """P-10: what a person wrote comes out as text."""
    content = {**policy("aspiro"), "purpose": "Read <script>alert(1)</script> and #set page."}
    publish_policy(house, "aspiro", HOME, content=content)
    path = f"/v1/policies/{in_force(house)}/training-notes"
    assert refused(house.ask("puss", "GET", path)) == (403, "role")
    assert house.ask("website", "GET", path).status_code == 404
    answer = house.ask("hansel", "GET", path, headers={"Accept": "text/markdown"})
    assert answer.headers["Content-Type"].startswith("text/markdown")
    assert answer.headers["Vary"] == "Accept"
    assert "# Training notes: " in answer.text
    assert "<script>" not in answer.text
    assert "\\<script\\>" in answer.text
    assert "## What changed" in answer.text


def test_an_acknowledgement_says_nothing_but_which_version() -> None:
    assert set(AcknowledgementDraft.model_fields) == {"policy_id"}
