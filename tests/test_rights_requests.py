"""Stories of rights requests: each right walked to its end by the front door, with its letters, and what is refused on the way."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import Response

from tests.house import HOME, House
from tests.stories import REQUEST, refused, trail

KNOWN = {"method": "known_in_person"}
BY_EMAIL = {"reply_by": "email", "method": "told_in_person"}
ALL_ROUTES = ["complaint_to_the_practice", "complaint_to_the_commission", "judicial_remedy"]
OPINION = {"entry": "fact", "may_be_done": True, "reason": "A slip.", "serious_harm_likely": False}
CLOSING = {"done": [{"system": "EMIS Web", "what": "Done as decided."}]}
MOTHER = {"name": "The Miller's Daughter", "contact": {"address": ["2 Straw Lane"], "email": "mill@example.com"}}


def asked(house: House, person: str = "cinderella", **said: Any) -> Response:
    """Somebody's request, taken in."""
    answer = house.ask(person, "POST", "/v1/rights-requests", json={**REQUEST, **said})
    assert answer.status_code == 201, answer.text
    return house.again("owl", answer)


def told(house: House, person: str, step: str, record: Response, **said: Any) -> Response:
    """A step that is taken, and the record as the lead is shown it."""
    sent: dict[str, Any] = {"json": said} if said else {}
    answer = house.does(person, step, record, **sent)
    assert answer.status_code == 200, (step, answer.text)
    return house.again("owl", answer)


def in_review(house: House, **said: Any) -> Response:
    """The request of somebody who is known, and whose e-mail is theirs."""
    request = told(house, "owl", "confirm_contact", asked(house, **said), **BY_EMAIL)
    return told(house, "owl", "satisfy_identity", request, **KNOWN)


def decision(outcome: str, result: str, *codes: str, **said: Any) -> dict[str, Any]:
    """A decision that says all that it has to."""
    no = {"reasons_told": ["The law asks us to keep it."], "routes_told": ALL_ROUTES}
    return {
        "outcome": outcome, "result": result, "reason_codes": list(codes), "reason_held": "As the lead sees it.",
        "what_is_done": [] if outcome == "refused" else ["We did what you asked."], **({} if outcome == "upheld" else no), **said,
    }  # fmt: skip


def letters(house: House, request: Response) -> list[tuple[str, str]]:
    """The letters of a request, first things first, and where each stands."""
    items = house.reads("owl", f"/v1/letters?case_id={request.json()['id']}&limit=100")["items"]
    return [(each["template"], each["state"]) for each in items]


WALKS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "access given": ({}, decision("upheld", "given", search="The record, and the archive.")),
    "access in part": ({}, decision("partly_upheld", "given_in_part", "dpa_sch_2_para_16_another_individual")),
    "access refused": ({}, decision("refused", "refused", "art_12_5_manifestly_excessive")),
    "corrected": ({"right": "rectification"}, decision("upheld", "corrected")),
    "completed": ({"right": "rectification"}, decision("upheld", "completed")),
    "disagreement noted": (
        {"right": "rectification"},
        decision("partly_upheld", "note_of_disagreement_added", "dpa_s_205_opinion_is_not_a_matter_of_fact"),
    ),
    "not corrected": ({"right": "rectification"}, decision("refused", "refused", "art_16_information_is_accurate")),
    "erased": ({"right": "erasure", "scope": "marketing"}, decision("upheld", "erased")),
    "moved": ({"right": "erasure"}, decision("upheld", "moved_to_the_right_patient")),
    "restricted instead": (
        {"right": "erasure"}, decision("partly_upheld", "restricted_instead", "art_17_3_c_public_health"),
    ),
    "not erased": (
        {"right": "erasure"},
        decision("refused", "restriction_offered", "art_17_3_b_legal_obligation_or_public_task", "art_17_3_c_public_health"),
    ),
    "restricted": ({"right": "restriction"}, decision("upheld", "restricted")),
    "not restricted": ({"right": "restriction"}, decision("refused", "refused", "art_18_1_no_ground")),
    "sent on": ({"right": "portability", "scope": "website_account"}, decision("upheld", "sent_in_portable_form")),
    "access offered": (
        {"right": "portability"},
        decision("refused", "access_offered_instead", "art_20_3_public_task", alternative="You can see it in the NHS App."),
    ),
    "GP2GP": (
        {"right": "portability"},
        decision("refused", "gp2gp_on_moving", "art_20_3_public_task", alternative="It goes to your new practice."),
    ),
    "stopped": (
        {"right": "objection", "scope": "conduct_file"}, decision("upheld", "stopped", balancing_test="Their fear weighs more."),
    ),
    "stopped in part": (
        {"right": "objection"},
        decision("partly_upheld", "stopped_in_part", "art_21_1_compelling_legitimate_grounds", balancing_test="Care weighs more."),
    ),
    "outweighed": (
        {"right": "objection"},
        decision("refused", "refused", "art_21_1_compelling_legitimate_grounds", balancing_test="Care weighs more."),
    ),
    "marketing": ({"right": "objection", "scope": "marketing"}, decision("upheld", "stopped")),
}  # fmt: skip
"""Each right and outcome: what is asked, and what is decided."""


@pytest.mark.parametrize("walk", WALKS)
def test_each_right_is_walked_to_its_end_with_its_letters(house: House, walk: str) -> None:
    """GDPR-1, RIGHT-13, RIGHT-20"""
    said, decided = WALKS[walk]
    request = matched(house, in_review(house, **said))
    request = told(house, "puss", "clinical_opinion", request, **OPINION)
    request = told(house, "owl", "decide", request, **decided)
    right = said.get("right", "access")
    assert letters(house, request) == [("request_acknowledged", "issued"), (f"{right}_decision", "issued")]

    no = decided["outcome"] == "refused"
    request = told(house, "owl", "send_refusal" if no else "send_decision", request, reply_by="email")
    if not no:
        request = done(house, request, decided["result"])
    assert request.json()["state"] == "closed"
    assert request.json()["due_at"] is None
    assert (f"{right}_decision", "sent") in letters(house, request)


def matched(house: House, request: Response) -> Response:
    """The request of somebody on record."""
    person = house.recorded().json()["id"]
    return told(house, "owl", "match_person", request, person_id=person, how_it_is_known="The red hood.")


def done(house: House, request: Response, result: str) -> Response:
    """What was decided is done, whoever had it is told, and the request is closed."""
    if "restricted" in result:
        draft = {
            "person_id": request.json()["person_id"], "rights_request_id": request.json()["id"], "scope": "clinical_record",
            "ground": "art_18_1_a_accuracy_contested", "what": "The entry of the wolf.", "systems": ["EMIS Web"],
        }  # fmt: skip
        assert refused(house.does("owl", "close", request, json=CLOSING)) in {
            (422, "restriction_stands"),
            (422, "recipients_are_told"),
        }
        assert house.ask("owl", "POST", "/v1/restrictions", json=draft).status_code == 201
    if result not in {"given", "given_in_part", "sent_in_portable_form", "stopped", "stopped_in_part"}:
        assert refused(house.does("owl", "close", request, json=CLOSING)) == (422, "recipients_are_told")
        line = {"recipient": "The hospital", "system": "Its own", "told_on": "2026-03-02"}
        request = told(house, "owl", "tell_recipient", request, **line)
        request = told(house, "clinical-system", "recipient_answered", request, place=1, reply="acknowledged")
    return told(house, "owl", "close", request, **CLOSING)


def test_an_answer_before_identity_is_refused_with_its_sentence(house: House) -> None:
    """GDPR-1"""
    request = asked(house, right="erasure", scope="marketing")
    request = told(house, "hansel", "charge_fee", request, ground="manifestly_excessive", reasons="Each day.",
                   amount_pence=500, basis="Paper.")  # fmt: skip
    request = told(house, "hansel", "fee_paid", request, paid_on="2026-03-02")
    answer = house.does("owl", "decide", request, json=decision("upheld", "erased"))
    assert refused(answer) == (422, "identity_is_satisfied")
    assert "before it is known who this is" in answer.json()["detail"]


def test_a_refusal_without_one_of_its_elements_is_refused_with_its_sentence(house: House) -> None:
    """GDPR-3"""
    request = in_review(house, right="erasure", scope="marketing")
    whole = decision("refused", "refused", "art_12_5_manifestly_unfounded")
    lacking: list[dict[str, Any]] = [
        {"reasons_told": []},
        *({"routes_told": [each for each in ALL_ROUTES if each != one]} for one in ALL_ROUTES),
    ]
    for each in lacking:
        answer = house.does("owl", "decide", request, json=whole | each)
        assert refused(answer) == (422, "refusal_is_whole")
        assert "complain to the Information Commission and go to court" in answer.json()["detail"]
    assert house.does("owl", "decide", request, json=whole).status_code == 200


def test_a_late_extension_is_refused_with_its_sentence_and_one_in_time_is_told_the_same_day(house: House) -> None:
    """GDPR-4, RIGHT-11: received on 2 March, so until the end of 2 April."""
    request = in_review(house)
    assert request.json()["due"]["day"] == request.json()["extension_by"]["day"] == "2026-04-02"
    notice = {"ground": "complexity", "reasons": "Three archives have to be looked through."}
    in_time = in_review(house)
    in_time = told(house, "owl", "extend", in_time, **notice)
    assert in_time.json()["due"]["day"] == "2026-06-02"
    assert ("time_extended", "issued") in letters(house, in_time)
    assert refused(house.does("owl", "extend", in_time, json=notice)) == (422, "not_extended_yet")

    house.clock.wind(days=32)
    late = house.does("owl", "extend", house.again("owl", request), json=notice)
    assert refused(late) == (422, "first_month_is_running")
    assert "too late to tell the person" in late.json()["detail"]


def test_a_restriction_is_not_lifted_before_the_person_was_told(house: House) -> None:
    """RIGHT-25, RIGHT-26"""
    person = house.recorded().json()["id"]
    draft = {
        "person_id": person, "scope": "clinical_record", "ground": "art_18_1_a_accuracy_contested", "what": "The wolf.",
        "systems": ["EMIS Web"],
    }  # fmt: skip
    restriction = house.ask("owl", "POST", "/v1/restrictions", json=draft)
    assert house.does("owl", "lift", restriction).status_code == 409
    notice = {"reasons": "It was checked.", "lifted_from": "2026-03-05"}
    restriction = house.does("owl", "notify_lifting", restriction, json=notice)
    assert refused(house.does("owl", "lift", restriction)) == (422, "person_was_told")
    (written,) = [
        each
        for each in house.reads("owl", f"/v1/letters?case_id={restriction.json()['id']}")["items"]
        if each["template"] == "restriction_lifting"
    ]
    letter = house.ask("owl", "GET", f"/v1/letters/{written['id']}")
    sent = house.does(
        "owl", "record_sent", letter, json={"way": "post", "to": "1 Forest Path", "checked": "as_on_record"}
    )
    assert sent.status_code == 200, sent.text
    assert refused(house.does("owl", "lift", house.again("owl", restriction))) == (422, "person_was_told")
    house.clock.wind(days=3)
    lifted = house.does("owl", "lift", house.again("owl", restriction))
    assert (lifted.status_code, lifted.json()["state"]) == (200, "lifted")


def test_the_month_begins_afresh_with_the_proof_and_keeps_what_it_was(house: House) -> None:
    """RIGHT-24, RIGHT-5"""
    request = asked(house)
    request = told(house, "owl", "ask_identity", request, doubt="Big teeth.", what_would_settle_it=["A photograph."])
    assert request.json()["due"] is None
    house.clock.wind(days=10)
    request = told(house, "owl", "satisfy_identity", request, method="documents_seen")
    assert request.json()["due"]["day"] == "2026-04-13"  # the twelfth is a Sunday
    assert any("afresh" in each for each in request.json()["due"]["steps"])
    assert [each["due"]["day"] for each in request.json()["past_reckonings"]] == ["2026-04-02"]


def test_a_question_stops_the_clock_for_access_alone(house: House) -> None:
    """RIGHT-10"""
    for right, due in (("access", "2026-04-09"), ("portability", "2026-04-02")):
        request = in_review(house, right=right)
        request = told(house, "owl", "ask_clarification", request, question="Which years?")
        house.clock.wind(days=7)
        request = told(house, "owl", "clarified", request, answer="The last two.")
        assert request.json()["due"]["day"] == due
        house.clock.wind(days=-7)


def test_a_request_by_word_of_mouth_counts_from_its_true_day(house: House) -> None:
    """RIGHT-1"""
    late = {"channel": "telephone", "received_on": "2026-02-20"}
    answer = house.ask("cinderella", "POST", "/v1/rights-requests", json={**REQUEST, **late})
    assert refused(answer) == (422, "late_entry_is_explained")
    request = asked(house, **late, late_entry_reason="The note lay under the telephone.")
    assert request.json()["due"]["day"] == "2026-03-20"
    tomorrow = house.ask("cinderella", "POST", "/v1/rights-requests", json={**REQUEST, "received_on": "2026-03-03"})
    assert refused(tomorrow) == (422, "received_by_now")


def test_what_is_asked_together_stays_together(house: House) -> None:
    """RIGHT-2"""
    together = "01890a5d-ac96-774b-bcce-b302099a8057"
    two = [asked(house, right=each, correspondence_id=together).json() for each in ("access", "erasure")]
    items = house.reads("owl", f"/v1/rights-requests?correspondence_id={together}")["items"]
    assert [each["id"] for each in items] == [each["id"] for each in two]
    assert len({each["reference"] for each in items}) == 2


def test_a_representative_shows_their_authority_and_the_month_begins_with_it(house: House) -> None:
    """RIGHT-6"""
    request = asked(house, asked_by="solicitor", representative=MOTHER)
    request = told(house, "owl", "ask_authority", request, what_would_settle_it=["A letter that she signed."])
    house.clock.wind(days=3)
    short = {"covers": "The house.", "covers_this_request": False}
    assert refused(house.does("owl", "satisfy_authority", request, json=short)) == (422, "authority_reaches")
    request = told(house, "owl", "satisfy_authority", request, covers="Her whole record.", covers_this_request=True)
    assert request.json()["due"]["day"] == "2026-04-07"  # the fifth is Easter Sunday, and the sixth a bank holiday
    request = told(house, "owl", "satisfy_identity", request, **KNOWN)
    request = told(house, "puss", "clinical_opinion", request, **OPINION)
    assert house.does("owl", "decide", request, json=WALKS["access given"][1]).status_code == 200


def test_a_parent_asks_for_a_child_as_a_clinician_finds(house: House) -> None:
    """RIGHT-7: whether the child understands is not for the parent to say, nor for their age."""
    gretel = {**REQUEST["concerned"], "name": "Gretel", "date_of_birth": "2014-05-04"}
    request = asked(house, asked_by="parent", representative=MOTHER, concerned=gretel)
    shown = {"covers": "The record.", "covers_this_request": True, "parental_responsibility_seen": True}
    assert refused(house.does("owl", "satisfy_authority", request, json=shown)) == (422, "parent_may_ask")
    request = told(house, "puss", "assess_child", request, understands=True, in_best_interests=True, reason="Clever.")
    assert refused(house.does("owl", "satisfy_authority", request, json=shown)) == (422, "parent_may_ask")
    request = told(house, "owl", "satisfy_authority", request, **shown, child_agrees=True)
    assert request.json()["state"] == "in_review"


def test_what_could_endanger_somebody_is_held_for_a_clinician(house: House) -> None:
    """RIGHT-8"""
    request = in_review(house, scope="marketing")
    request = told(house, "hansel", "hold", request, ground="domestic_abuse", reason="A wolf at the door.")
    given = decision("upheld", "given")
    assert refused(house.does("owl", "decide", request, json=given)) == (422, "is_not_held")
    assert house.does("owl", "release_hold", request, json={"reason": "No."}).status_code == 403
    request = told(house, "puss", "release_hold", request, reason="The hunter came.")
    assert house.does("owl", "decide", request, json=given).status_code == 200


def test_the_record_of_the_dead_has_a_law_and_a_clock_of_its_own(house: House) -> None:
    """RIGHT-3: forty days, the day of the application being the first."""
    dead: dict[str, Any] = {"regime": "ahra_1990", "asked_by": "personal_representative", "representative": MOTHER}
    erasure = house.ask("cinderella", "POST", "/v1/rights-requests", json={**REQUEST, **dead, "right": "erasure"})
    assert refused(erasure) == (422, "regime_suits_who_asks")
    request = asked(house, **dead)
    assert request.json()["extension_by"] is None
    request = told(house, "owl", "classify", request, scope="clinical_record", lawful_basis="art_6_1_c_legal_obligation",
                   oldest_entry="1999-01-01")  # fmt: skip
    assert request.json()["due"]["day"] == "2026-04-10"
    assert letters(house, request) == [("deceased_request_acknowledged", "issued")]
    fee = {"ground": "manifestly_excessive", "reasons": "Many.", "amount_pence": 500, "basis": "Paper."}
    assert refused(house.does("hansel", "charge_fee", request, json=fee)) == (422, "fee_can_be_charged")
    death = house.does("owl", "fall_away", request, json={})
    assert refused(death) == (422, "was_living")


def test_the_rights_of_the_living_fall_away_when_they_die(house: House) -> None:
    """RIGHT-3"""
    request = told(house, "owl", "fall_away", in_review(house), died_on="2026-03-01")
    assert (request.json()["state"], request.json()["due_at"]) == ("lapsed", None)


def test_nothing_lapses_before_a_wait_and_a_reminder(house: House) -> None:
    """RIGHT-21"""
    request = asked(house)
    request = told(house, "owl", "ask_identity", request, doubt="Big teeth.", what_would_settle_it=["A photograph."])
    notice = {"reason": "No word."}
    house.clock.wind(days=40)
    request = house.again("owl", request)
    assert refused(house.does("owl", "lapse", request, json=notice)) == (422, "waited_and_reminded")
    request = told(house, "owl", "remind", request)
    house.clock.wind(days=7)
    request = told(house, "owl", "lapse", house.again("owl", request), **notice)
    assert [each for each, _ in letters(house, request)] == [
        "request_acknowledged", "identity_asked", "lapse_reminder", "request_lapsed",
    ]  # fmt: skip


def test_the_website_sees_what_it_sent_until_somebody_works_on_it(house: House) -> None:
    """RIGHT-23, G-03, RIGHT-22, RIGHT-4: and it learns nothing of whom the practice knows."""
    house.recorded()
    sent = {**REQUEST, "channel": "website", "client_reference": "form-7"}
    nameless = house.ask("website", "POST", "/v1/rights-requests", json={**sent, "concerned": {"name": "Nobody"}})
    assert refused(nameless) == (422, "website_says_enough")
    request = house.ask("website", "POST", "/v1/rights-requests", json=sent)
    assert (request.status_code, request.json()["person_id"]) == (201, None)
    assert house.again("website", request).status_code == 200
    word = {"how_they_said_so": "On the page."}
    assert refused(house.does("website", "withdraw", request, json=word)) == (422, "withdrawn_by_themselves")
    confirmed = house.does("website", "confirm_contact", request, json={"reply_by": "email", "method": "one_time_code"})
    assert confirmed.status_code == 200
    noted = house.does("owl", "note", confirmed, json={"text": "She carries a basket."})
    assert noted.status_code == 200
    assert house.again("website", request).status_code == 404
    assert house.reads("website", "/v1/rights-requests")["items"] == []


def test_an_answer_goes_to_no_address_that_is_disputed(house: House) -> None:
    """RIGHT-18"""
    request = in_review(house, scope="marketing")
    disputed = {"reply_by": "post", "method": "on_the_record", "standing": "disputed"}
    request = told(house, "owl", "confirm_contact", request, **disputed)
    request = told(house, "owl", "decide", request, **decision("upheld", "given"))
    for way in ("post", "in_person"):
        assert refused(house.does("owl", "send_decision", request, json={"reply_by": way})) == (
            422, "goes_to_a_safe_contact",
        )  # fmt: skip
    assert told(house, "owl", "send_decision", request, reply_by="email").json()["state"] == "actioned"


def test_the_letter_with_an_answer_goes_out_with_its_request_and_again_to_a_confirmed_contact_alone(
    house: House,
) -> None:
    """RIGHT-18: not sent yet, written anew, come back."""
    by_post = {"way": "post", "to": "1 Forest Path", "checked": "as_on_record"}
    by_email = {"way": "email", "to": "red@example.com", "checked": "given_in_person"}
    reached: Any = {**REQUEST["concerned"], "contact": {"email": "red@example.com", "phone": "07700 900982"}}
    request = in_review(house, scope="marketing", concerned=reached)
    request = told(house, "owl", "confirm_contact", request, reply_by="phone", method="one_time_code")
    request = told(house, "owl", "decide", request, **decision("upheld", "given"))
    assert house.does("owl", "send_decision", request, json={"reply_by": "phone"}).status_code == 422
    for each in (by_post, by_email):
        assert refused(house.does("owl", "record_sent", answer(house, request), json=each)) == NOT_BY_ITSELF
    told(house, "owl", "replace", answer(house, request), reason="A new telephone number.")
    assert refused(house.does("owl", "record_sent", answer(house, request), json=by_email)) == NOT_BY_ITSELF
    told(house, "owl", "send_decision", request, reply_by="email")
    sent = answer(house, request)
    assert (sent.json()["state"], sent.json()["sent"]["way"]) == ("sent", "email")
    back = told(
        house, "owl", "record_returned", sent, reason="Nobody there.", returned_on=sent.json()["sent"]["at"][:10]
    )
    assert refused(house.does("owl", "record_sent", back, json=by_post)) == NOT_BY_ITSELF
    assert told(house, "owl", "record_sent", back, **by_email).json()["state"] == "sent"


NOT_BY_ITSELF = (422, "answer_goes_with_its_request")


def answer(house: House, request: Response) -> Response:
    """The letter that stands as the answer to a request."""
    found = house.reads("owl", f"/v1/letters?case_id={request.json()['id']}")["items"]
    (stands,) = (each for each in found if each["template"] == "access_decision" and each["state"] != "superseded")
    return house.ask("owl", "GET", f"/v1/letters/{stands['id']}")


def test_a_decision_is_reconsidered_before_it_is_sent_and_its_letter_taken_back(house: House) -> None:
    """RIGHT-17"""
    request = told(house, "owl", "decide", in_review(house, scope="marketing"), **decision("upheld", "given"))
    request = told(house, "owl", "reconsider", request, reason="A word was wrong.")
    assert ("access_decision", "withdrawn") in letters(house, request)
    assert request.json()["decision"] is None
    assert trail(house, request)[-2:] == ["decide", "reconsider"]


def test_the_clinicians_part_is_the_clinicians(house: House) -> None:
    """GDPR-2, GDPR-5, RIGHT-12, RIGHT-15"""
    request = in_review(house, right="erasure")
    erase = decision("upheld", "erased")
    assert refused(house.does("owl", "decide", request, json=erase)) == (422, "clinician_was_asked")
    assert house.does("owl", "clinical_opinion", request, json=OPINION).status_code == 403
    request = told(house, "puss", "clinical_opinion", request, **{**OPINION, "may_be_done": False})
    assert refused(house.does("owl", "decide", request, json=erase)) == (422, "clinician_lets_erase")
    request = told(house, "puss", "clinical_opinion", request, **{**OPINION, "entry": "opinion"})
    assert refused(house.does("owl", "decide", request, json=erase)) == (422, "opinion_is_annotated")
    house.clock.wind(days=190)
    expired = house.does("owl", "decide", house.again("owl", request), json=erase)
    assert refused(expired) == (422, "clinician_was_asked")


def test_evidence_of_an_incident_is_never_altered(house: House) -> None:
    """GDPR-6"""
    request = in_review(house, right="erasure", scope="conduct_file")
    assert refused(house.does("owl", "decide", request, json=decision("upheld", "erased"))) == (422, "evidence_stays")


def test_an_objection_to_marketing_is_always_upheld(house: House) -> None:
    """RIGHT-14"""
    request = in_review(house, right="objection", scope="marketing")
    no = decision("refused", "refused", "art_21_1_compelling_legitimate_grounds", balancing_test="We like it.")
    assert refused(house.does("owl", "decide", request, json=no)) == (422, "marketing_stops")


def test_the_manager_decides_where_nobody_is_the_lead(house: House) -> None:
    """RIGHT-16, RIGHT-9"""
    request = in_review(house, scope="marketing")
    given = decision("upheld", "given")
    assert refused(house.does("hansel", "decide", request, json=given)) == (422, "lead_decides")
    owl = house.member("owl")
    assert house.does("hansel", "end_role", owl, json={"role": "information_rights_lead"}).status_code == 200
    assert house.does("hansel", "decide", house.again("hansel", request), json=given).status_code == 200


def test_no_request_is_seen_from_another_practice(house: House) -> None:
    request = asked(house)
    elsewhere = house.ask("owl", "GET", f"/v1/rights-requests/{request.json()['id']}", practice="ZZ0001")
    assert (HOME, elsewhere.status_code) == ("ZZ0005", 404)
