"""What is read beside a rights request: guidance, suggestions of whom it concerns, and the whole history."""

from __future__ import annotations

import pytest

from models.rights import Right, Scope
from models.rights_decisions import RESULTS, Outcome, ReasonCode
from models.rights_guidance import Applicability
from tests.house import House
from tests.stories import REQUEST, complained
from tests.test_rights_requests import asked, decision, matched, told
from workflows.rights_requests.guidance import GUIDANCE, guidance_for
from workflows.rights_requests.reasons import REASONS, can_be_given


def test_there_is_guidance_for_every_right_and_every_kind_of_information() -> None:
    """RIGHT-13: and each reason and result that it names is one of that right's own."""
    said = {(each.right, each.scope) for each in GUIDANCE if each.regime == "uk_gdpr"}
    assert said == {(right, scope) for right in Right for scope in Scope}
    for each in GUIDANCE:
        assert all(can_be_given(code, each.right, each.regime) for code in each.codes)
        assert all(any(result in results for results in RESULTS[each.right].values()) for result in each.consider)
        assert each.sentence.endswith(".")
        assert each.sources


def test_every_reason_names_its_place_in_the_law() -> None:
    assert REASONS.keys() == set(ReasonCode)
    for code, reason in REASONS.items():
        statute = {"art": "UK GDPR, Article", "dpa": "DPA 2018, ", "ahra": "Access to Health Records Act 1990, section"}
        assert reason.source.startswith(statute[code.partition("_")[0]]), code
        assert all(each in reason.source for each in code.split("_")[1:4] if each.isdigit()), code


def test_every_right_has_results_of_every_outcome() -> None:
    assert {right: set(results) for right, results in RESULTS.items()} == {right: set(Outcome) for right in Right}


@pytest.mark.parametrize(
    ("right", "scope", "applicability", "codes"),
    [
        ("erasure", "clinical_record", "rarely_applies", {"art_17_3_b_legal_obligation_or_public_task",
                                                          "art_17_3_c_public_health", "art_17_3_e_legal_claims"}),
        ("portability", "clinical_record", "does_not_apply", {"art_20_1_a_not_consent_or_contract", "art_20_3_public_task"}),
        ("objection", "marketing", "always_upheld", set()),
        ("access", "clinical_record", "applies", {"dpa_sch_3_para_5_serious_harm", "dpa_sch_2_para_16_another_individual",
                                                  "dpa_sch_2_para_19_legal_professional_privilege"}),
    ],
)  # fmt: skip
def test_the_guidance_is_that_of_the_law(right: str, scope: str, applicability: str, codes: set[str]) -> None:
    (found,) = (each for each in guidance_for(Right(right), Scope(scope)).guidance if each.regime == "uk_gdpr")
    assert (found.applicability, set(found.codes)) == (Applicability(applicability), codes)


def test_all_staff_read_the_guidance(house: House) -> None:
    found = house.reads("cinderella", "/v1/rights-guidance?right=portability&scope=clinical_record")
    assert found["guidance"][0]["consider"] == ["access_offered_instead", "gp2gp_on_moving"]
    assert found["results"].keys() == {"portability"}
    assert len(house.reads("cinderella", "/v1/rights-guidance")["guidance"]) == len(GUIDANCE)
    wrong = house.ask("cinderella", "GET", "/v1/rights-guidance?right=everything")
    assert (wrong.status_code, house.ask("website", "GET", "/v1/rights-guidance").status_code) == (422, 403)


def test_people_and_duplicates_are_suggested_and_nothing_is_matched(house: House) -> None:
    """RIGHT-4"""
    person = house.recorded().json()["id"]
    first, again, other = asked(house), asked(house), asked(house, right="rectification")
    found = house.reads("owl", f"/v1/rights-requests/{again.json()['id']}/suggestions")
    assert found == {"people": [person], "duplicates": [first.json()["id"]], "restrict": None}
    assert house.again("owl", again).json() == again.json()
    pending = house.reads("owl", f"/v1/rights-requests/{other.json()['id']}/suggestions")
    assert (pending["duplicates"], pending["restrict"]) == ([], "art_18_1_a_accuracy_contested")


def test_the_whole_history_shows_how_each_date_came_out(house: House) -> None:
    """RIGHT-24"""
    request = asked(house, right="restriction")
    request = told(house, "owl", "ask_identity", request, doubt="Big teeth.", what_would_settle_it=["A photograph."])
    house.clock.wind(days=3)
    request = told(house, "owl", "satisfy_identity", request, method="documents_seen")
    request = matched(house, told(house, "owl", "confirm_contact", request, reply_by="email", method="told_in_person"))
    request = told(house, "owl", "decide", request, **decision("upheld", "restricted"))
    request = told(house, "owl", "send_decision", request, reply_by="email")
    draft = {
        "person_id": request.json()["person_id"], "rights_request_id": request.json()["id"], "scope": "clinical_record",
        "ground": "art_18_1_c_needed_for_a_claim", "what": "The entry.", "systems": ["EMIS Web"],
    }  # fmt: skip
    assert house.ask("owl", "POST", "/v1/restrictions", json=draft).status_code == 201

    complaint = house.again("owl", complained(house))
    named = house.does("owl", "name_request", complaint, json={"request_id": request.json()["id"]})
    assert named.status_code == 200, named.text

    path = f"/v1/rights-requests/{request.json()['id']}/history"
    history = house.reads("owl", path)
    assert [each["because"] for each in history["dates"]] == ["ask_identity", None]
    assert history["dates"][-1]["due"]["day"] == "2026-04-07"
    assert all(each["due"]["steps"] for each in history["dates"])
    assert {each["template"] for each in history["letters"]} == {
        "request_acknowledged", "identity_asked", "restriction_decision", "restriction_in_force",
    }  # fmt: skip
    assert [each["ground"] for each in history["restrictions"]] == ["art_18_1_c_needed_for_a_claim"]
    assert [each["id"] for each in history["complaints"]] == [complaint.json()["id"]]
    happened = [each["transition"] for each in history["entries"] if each["kind"] == "rights_request"]
    assert happened == [
        "receive", "ask_identity", "satisfy_identity", "confirm_contact", "match_person", "decide", "send_decision",
    ]  # fmt: skip
    assert history["entries"][0]["said"]["about"] == REQUEST["about"]
    assert [each["at"] for each in history["entries"]] == sorted(each["at"] for each in history["entries"])
    assert house.ask("cinderella", "GET", path).status_code == 403
    assert house.ask("owl", "GET", path, practice="ZZ0001").status_code == 404
