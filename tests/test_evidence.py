"""Evidence through the front door: kept before anything is deleted, never altered, destroyed by two people or not at all."""

from typing import Any

import pytest

from models.cases import CaseKind
from tests.files import png, sent
from tests.house import EVIDENCE, HOME, PEOPLE, PRACTICES, RUDE, House
from tests.ledger import assert_ledgers_agree, rows_of
from tests.stories import complained, refused, trail
from workflows.evidence import OVER
from workflows.registry import ALL

ELSEWHERE = PRACTICES["coleridge"]
REASON = {"reason": "It is of another wolf."}
MAY_SEE = {"hansel", "gretel", "rapunzel", "rumpelstiltskin", "goldilocks", "bear", "owl", "puss"}
NEVER = {"case_kind": "incident", "case_id": "01900000-dead-7000-8000-00000000beef"}
"""A case that never was."""
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what has nothing to do with the database."""


def test_evidence_in_words_is_kept_as_it_was_said(house: House) -> None:
    kept = house.described()
    expected = {**EVIDENCE, **house.seen(), "state": "held", "file": None, "witness": None, "restricted_for": None}
    assert {name: kept.json()[name] for name in expected} == expected
    (listed,) = house.reads("hansel", f"/v1/evidence?case_id={house.seen()['case_id']}")["items"]
    assert "text" not in listed
    assert house.reads("hansel", "/v1/evidence?kind=screenshot")["items"] == []
    assert_ledgers_agree(house)


@on_sqlite
@pytest.mark.parametrize("wrong", [{"kind": "screenshot"}, {"witness": "Hansel"}, {"text": None}, {"url": "wolf"}])
def test_what_is_no_evidence_in_words_is_refused(house: House, wrong: dict[str, Any]) -> None:
    answer = house.ask("bear", "POST", "/v1/evidence", json={**house.seen(), **EVIDENCE, **wrong})
    assert refused(answer) == (422, "malformed")


@on_sqlite
def test_a_statement_names_its_witness(house: House) -> None:
    said = {"kind": "witness_statement", "text": "What big teeth."}
    nameless = {**house.seen(), **EVIDENCE, **said}
    assert refused(house.ask("bear", "POST", "/v1/evidence", json=nameless)) == (422, "malformed")
    assert house.described(**said, witness="Red Riding Hood").json()["witness"] == "Red Riding Hood"


@on_sqlite
def test_nothing_is_seen_before_it_happens(house: House) -> None:
    """EVID-2."""
    tomorrow = {**house.seen(), **EVIDENCE, "seen_at": "2026-03-03T12:00:00Z"}
    assert refused(house.ask("bear", "POST", "/v1/evidence", json=tomorrow)) == (422, "was_seen_by_now")


@on_sqlite
def test_evidence_is_seen_by_those_who_work_on_cases_and_by_whoever_kept_it(house: House) -> None:
    """EVID-7: and by nobody else."""
    theirs, own = house.described(), house.described("cinderella")
    for each in PEOPLE:
        there = house.again(each, theirs).status_code
        assert (each, there) == (each, 200 if each in MAY_SEE else 404)
    assert house.again("cinderella", own).status_code == 200
    assert [each["id"] for each in house.reads("cinderella", "/v1/evidence")["items"]] == [own.json()["id"]]
    for machine in ("website", "clinical-system"):
        words, file = {**house.seen(), **EVIDENCE}, sent(house.details(), png())
        assert house.ask(machine, "POST", "/v1/evidence", json=words).status_code == 403
        assert house.ask(machine, "POST", "/v1/evidence-files", **file).status_code == 403


@on_sqlite
def test_evidence_belongs_to_a_case_that_is_here_and_has_not_ended(house: House) -> None:
    """EVID-1: in words or as a file, of one that never was, of another practice, of another kind, or of one that is over."""
    there = house.seen(practice=ELSEWHERE)
    over = house.again("hansel", house.ask("bear", "POST", "/v1/incidents", json=RUDE))
    again = {"of": house.seen()["case_id"], "reason": "The same."}
    over = house.does("hansel", "mark_duplicate", over, json=again)
    ended = {"case_kind": "incident", "case_id": over.json()["id"]}
    for case in (NEVER, there, {**house.seen(), "case_kind": "rights_request"}, ended):
        words = house.ask("bear", "POST", "/v1/evidence", json={**EVIDENCE, **case})
        file = house.ask("bear", "POST", "/v1/evidence-files", **sent(house.details(**case), png()))
        assert [refused(words), refused(file)] == [(422, "case_is_open")] * 2
    assert rows_of(house, "evidence") == rows_of(house, "file_part") == []


def test_the_states_in_which_cases_take_no_evidence_are_those_that_nothing_leaves() -> None:
    """EVID-1: so that no kind of case is left out."""
    ends = {each.name: each.ends for each in ALL}
    assert {str(kind): over for kind, over in OVER.items()} == {str(each): ends[each] for each in CaseKind}


def test_evidence_gives_way_to_better_and_stays_as_it_was(house: House) -> None:
    """EVID-3 and EVID-4."""
    first = house.described()
    assert refused(house.does("bear", "strike", first, json=REASON)) == (422, "is_not_the_only_one")
    by_itself = {"by": first.json()["id"], **REASON}
    assert refused(house.does("bear", "supersede", first, json=by_itself)) == (422, "by_another_of_the_same_case")
    better = house.captured()
    gone = house.does("bear", "supersede", first, json={"by": better.json()["id"], **REASON})
    assert (gone.json()["state"], gone.json()["text"]) == ("superseded", EVIDENCE["text"])
    assert gone.json()["set_aside_because"] == REASON["reason"]
    assert refused(house.does("bear", "strike", better, json=REASON)) == (422, "is_not_the_only_one")
    assert trail(house, first) == ["describe", "supersede"]


def test_a_request_restricts_evidence_and_never_alters_it(house: House) -> None:
    """GDPR-6, EVID-1."""
    house.described()
    complaint = complained(house).json()["id"]
    of_it = {"case_kind": "data_protection_complaint", "case_id": complaint}
    for wrong in ({"case_id": NEVER["case_id"]}, {"case_kind": "rights_request"}):
        answer = house.does("owl", "restrict", house.described(), json={**of_it, **wrong})
        assert refused(answer) == (422, "request_is_here")
    kept = house.does("owl", "restrict", house.described(), json=of_it)
    assert kept.json()["restricted_for"] == complaint
    assert kept.json()["available_transitions"] == ["lift_restriction"]
    for transition, said in (("strike", REASON), ("propose_destruction", {"ground": "erasure_granted"})):
        assert refused(house.does("hansel", transition, kept, json=said)) == (422, "is_not_restricted")
    assert house.does("bear", "lift_restriction", kept, json=REASON).status_code == 403
    free = house.does("owl", "lift_restriction", kept, json={"reason": "It was answered."})
    assert house.does("hansel", "strike", free, json=REASON).json()["state"] == "struck"


def test_two_people_destroy_evidence_and_nothing_is_left_of_what_it_showed(house: House) -> None:
    """EVID-5 and EVID-6."""
    house.described()
    struck = house.does("bear", "strike", house.captured(), json=REASON)
    assert refused(house.does("hansel", "destroy", house.again("hansel", struck))) == (422, "destruction_is_proposed")
    proposed = house.does("owl", "propose_destruction", house.again("owl", struck), json={"ground": "retention_ended"})
    assert refused(house.does("owl", "destroy", proposed)) == (422, "by_another_than_proposed")
    gone = house.does("hansel", "destroy", proposed)
    said = {name: gone.json()[name] for name in ("url", "text", "witness", "file", "set_aside_because")}
    assert set(said.values()) == {None}
    assert gone.json()["state"] == "destroyed"
    assert house.ask("hansel", "GET", f"/v1/evidence/{gone.json()['id']}/file").status_code == 404
    assert rows_of(house, "file_part") == []
    assert [each["kind"] for each in rows_of(house, "record_key")].count("evidence") == 1
    assert_ledgers_agree(house)


def test_evidence_of_another_practice_is_not_there(house: House) -> None:
    kept = house.captured()
    for path in (f"/v1/evidence/{kept.json()['id']}", f"/v1/evidence/{kept.json()['id']}/file"):
        assert house.ask("hansel", "GET", path, practice=ELSEWHERE).status_code == 404
        assert house.ask("hansel", "GET", path, practice=HOME).status_code == 200
