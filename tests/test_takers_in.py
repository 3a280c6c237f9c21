"""Whoever took in a request or a complaint, and has no part in it besides, sees what was said and where it stands."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import Response

from models.data_protection_complaints import DataProtectionComplaintDraft
from models.record import Record
from models.rights_requests import RightsRequestDraft
from tests.house import House
from tests.stories import complained
from tests.test_incident_reporters import told as told_of
from tests.test_rights_requests import OPINION, decision, in_review, matched, told

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

STANDS = {*Record.model_fields, "practice", "reference", "taken_in_by", "available_transitions", "overdue"}
OF_A_REQUEST = {*RightsRequestDraft.model_fields, *STANDS, "lawful_basis", "clock", "due", "extension_by", "target_on"}
OF_A_COMPLAINT = {*DataProtectionComplaintDraft.model_fields, *STANDS, "acknowledge_by"}


def shown_alike(mine: Response, known: Response, names: set[str]) -> None:
    """What is shown is what is known, as far as these names go, and nothing beyond them."""
    shown, all_of_it = mine.json(), known.json()
    assert told_of(shown) <= names
    same = names & shown.keys() - {"available_transitions"}
    assert {name: shown[name] for name in same} == {name: all_of_it[name] for name in same}


def test_whoever_took_a_request_in_is_shown_what_was_asked_and_by_when_it_is_answered(house: House) -> None:
    """CASE-10: neither what a clinician thinks of it, nor what was decided, nor whose record it is."""
    request = told(house, "puss", "clinical_opinion", matched(house, in_review(house)), **OPINION)
    request = told(
        house, "owl", "decide", request, **decision("upheld", "given", search="The record, and the archive.")
    )
    assert {"opinion", "decision", "person_id", "identity", "contacts"} <= told_of(request.json())
    shown_alike(house.again("cinderella", request), request, OF_A_REQUEST)
    (listed,) = house.reads("cinderella", "/v1/rights-requests")["items"]
    assert told_of(listed) <= OF_A_REQUEST


def test_whoever_took_a_complaint_in_is_shown_what_was_said_and_where_it_stands(house: House) -> None:
    """CASE-10"""
    begun = house.again("owl", complained(house))
    acknowledged = house.does("owl", "acknowledge", begun, json={"way": "in_person"})
    assert "acknowledged" in told_of(acknowledged.json()), acknowledged.text
    shown_alike(house.again("cinderella", acknowledged), acknowledged, OF_A_COMPLAINT)


def test_nothing_is_found_by_what_is_not_shown(house: House) -> None:
    """CASE-10: the filters of lists can't be used to guess at it."""
    request = matched(house, in_review(house))
    lead: dict[str, Any] = {"to": house.member("owl").json()["id"]}
    assert house.does("owl", "assign", request, json=lead).status_code == 200
    path = f"/v1/rights-requests?assigned_to={lead['to']}"
    assert house.reads("owl", path)["items"]
    assert not house.reads("cinderella", path)["items"]
