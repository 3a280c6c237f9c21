"""What becomes of incidents, as people tell it: asked, refused and warned; a complaint after all; a threat; a relative."""

from __future__ import annotations

from typing import Any

from tests.house import House
from tests.incident_tales import (
    BOTH,
    ELSEWHERE,
    FAIR,
    MALICIOUS,
    NO_PATIENT,
    OBSCENE,
    PLEASE,
    REMOVAL,
    WOLF,
    WOODBROOK,
    a_drawing,
    on_one_database,
    on_record,
    refused_by_its_author,
    reported,
)
from tests.ledger import assert_ledgers_agree

pytestmark = on_one_database
NO_FINDING = "It takes a finding, with reasons."
ROUTE_FIRST = "Offer the way to complain first. Offered in writing, it counts once its letter was sent."


def test_a_patients_own_account_is_asked_refuses_is_warned_and_stops(house: House) -> None:
    """INC-5, INC-6, INC-9, INC-14, I-05, I-06: nobody deletes what stands elsewhere, and silence is no refusal before its time."""
    wolf = on_record(house, WOODBROOK, **WOLF)
    tale = reported(house, WOODBROOK, **ELSEWHERE)
    tale.has_due(telling="2026-03-03T12:00:00Z")
    tale.is_told_and_kept("hansel")
    tale.goes_on("hansel", "triage", to="triaged", **OBSCENE)
    assert (tale.shows("clause_key"), tale.shows("policy_number")) == ("unacceptable_material", "1.0")

    tale.is_refused("hansel", "request_removal", "It is not known who did it.", **PLEASE)
    tale.is_by(wolf)
    tale.is_refused(
        "hansel", "take_down", "The practice can delete and hide posts only on pages that it runs itself.", reason="It is vile."
    )  # fmt: skip
    at_once = {**PLEASE, "remove_by": "2026-03-02"}
    tale.is_refused("hansel", "request_removal", "Give at least a day, and at most three months.", **at_once)
    tale.goes_on("hansel", "request_removal", to="awaiting_author", **PLEASE)
    assert "by 9 March 2026" in tale.reads_letter("removal_request")
    tale.sends("removal_request")
    tale.has_due(authors_answer="2026-03-09T23:59:59Z")
    tale.comes_to("awaiting_author", days=7, hours=11, minutes=59)
    tale.comes_to("refused", minutes=1)
    tale.has_told(author_refuses={"incidents", "deciders"})

    tale.is_refused("gretel", "convene", NO_FINDING)
    tale.is_found_malicious("gretel")
    tale.is_refused(
        "hansel",
        "warn",
        'The step "warn" is not possible while it is refused.',
        reasons=["A"],
        has_to_change=["B"],
        answer_by="2026-04-01",
    )
    tale.goes_on("gretel", "convene", to="options_review")
    tale.goes_on("gretel", "advise_patient", to="advised", reasons=["It hurts somebody, and helps nobody."])
    tale.sends("advice")
    tale.leads_to_a_warning(**BOTH)

    tale.has_in_the_ledger(
        "The letter with the warning of 10 March 2026 has not been sent, or has come back: it does not count before it is sent.",
        enough=False,
    )  # fmt: skip
    tale.comes_to("warned", days=3)
    tale.sends("removal_risk_warning")
    tale.has_in_the_ledger(
        "The warning that was sent on 13 March 2026 went out on that same day: a removal may be requested from the day after.",
        enough=False,
    )  # fmt: skip
    tale.comes_to("warned", days=1)
    tale.has_in_the_ledger(
        "The warning that was sent on 13 March 2026 was given within the twelve months before 14 March 2026.",
        enough=True,
    )  # fmt: skip
    tale.is_refused("gretel", "behaviour_stops", 'The step "behaviour stops" takes one of: practice_manager.')
    tale.goes_on("hansel", "behaviour_stops", to="closed_resolved")
    assert tale.shows("ending")["outcome"] == "behaviour_stopped"
    assert tale.letters() == [("removal_request", "sent"), ("advice", "sent"), ("removal_risk_warning", "sent")]
    tale.is_refused(
        "hansel", "breach_continues", 'The step "breach continues" is not possible while it is closed resolved.'
    )
    assert_ledgers_agree(house)


def test_a_complaint_that_is_found_after_a_warning_was_written_stops_it_and_opens_its_route(house: House) -> None:
    """INC-4, INC-7, INC-20, INC-22: the letter is not sent any more, and what was found and decided is void."""
    wolf = on_record(house, WOODBROOK, **WOLF)
    tale = a_drawing(house, wolf)
    tale.is_found_malicious("gretel")
    tale.leads_to_a_warning(**BOTH)
    assert tale.letters() == [("removal_risk_warning", "issued")]
    still = "A warning from this incident was sent, or is still to be sent: take it back first."
    tale.is_refused("hansel", "begin_anew", still)

    tale.is_refused("bear", "find_complaint", "It was seen before now.", seen_on="2026-03-03")
    tale.goes_on("bear", "find_complaint", to="warned", seen_on="2026-03-02")
    tale.has_told(find_complaint={"complaints", "incidents"})
    tale.has_due(complaint_acknowledgement="2026-03-05T23:59:59Z")
    assert tale.letters() == [("removal_risk_warning", "withdrawn")]
    assert (tale.shows("finding"), tale.shows("decisions")) == (None, [])
    tale.has_in_the_ledger(
        "The letter with the warning of 2 March 2026 has not been sent, or has come back: it does not count before it is sent.",
        enough=False,
    )  # fmt: skip

    for who, step in (("hansel", "behaviour_stops"), ("hansel", "author_removes")):
        tale.is_refused(who, step, ROUTE_FIRST)
    tale.is_refused("hansel", "breach_continues", NO_FINDING)
    tale.is_refused(
        "hansel", "record_finding", "A finding never rests on a complaint alone.", **{**MALICIOUS, "rests_on_complaint_alone": True}
    )  # fmt: skip

    tale.goes_on("hansel", "begin_anew", to="triaged")
    bare = {"way": "letter", "leaflet_offered": False}
    tale.is_refused("bear", "route_complaint", "Offer the leaflet with the way to complain.", **bare)
    tale.is_refused(
        "bear", "route_complaint",
        "In public the route is offered only where nobody is known to speak to, by the general reply; in writing, to somebody"
        " known.", way="generic_reply", leaflet_offered=True,
    )  # fmt: skip
    tale.goes_on("bear", "route_complaint", to="complaint_pathway", way="letter", leaflet_offered=True)
    tale.has_told(begin_anew={"incidents"}, route_complaint={"complaints"})
    tale.is_refused("bear", "complaint_taken_up", ROUTE_FIRST, reference="C1")
    tale.sends("complaint_route")
    tale.goes_on("bear", "acknowledge_complaint", to="complaint_pathway")
    tale.has_due()
    tale.goes_on("bear", "complaint_taken_up", to="closed_resolved", reference="C1")
    assert (tale.shows("ending")["outcome"], tale.shows("still_live")) == ("complaint_taken_up", False)
    assert tale.letters() == [("removal_risk_warning", "withdrawn"), ("complaint_route", "sent")]
    assert_ledgers_agree(house)


def test_a_threat_during_a_breakdown_review_is_about_safety_first(house: House) -> None:
    """INC-10, INC-11, INC-27, Z-01: those who were there, the police, a clinician; and a plan in the place of a removal."""
    tale = a_drawing(house, on_record(house, WOODBROOK, **WOLF))
    tale.is_found_malicious("gretel")
    tale.leads_to_a_warning(**BOTH)
    tale.sends("removal_risk_warning")
    tale.comes_to("warned", days=7)
    tale.goes_on("hansel", "breach_continues", to="breakdown_review")
    tale.goes_on("gretel", "check_equality", to="breakdown_review", **FAIR)

    happened = {
        "what": "He came to the desk and said that he would burn it down.", "happened_at": "2026-03-09T11:00:00Z",
        "violence": False, "fear_for_safety": True,
    }  # fmt: skip
    tale.is_refused(
        "cinderella",
        "threat",
        "Nothing is reported before it happens.",
        **{**happened, "happened_at": "2026-03-10T11:00:00Z"},
    )
    tale.goes_on("cinderella", "threat", to="safety", **happened)
    tale.has_told(threat={"safety", "management"})
    tale.has_due(looking_after="2026-03-10T12:00:00Z")
    tale.is_refused(
        "gretel",
        "request_list_removal",
        'The step "request list removal" is not possible while it is safety.',
        **REMOVAL,
    )
    tale.is_refused("gretel", "request_immediate_removal", "Tell the police first.", way="phone")
    tale.goes_on("cinderella", "tell_police", to="safety", told_at="2026-03-09T11:20:00Z", reference="Log 12")
    tale.is_refused(
        "gretel", "request_immediate_removal",
        "Check first that it has nothing to do with a protected characteristic, a disability or neurodivergence.", way="phone",
    )  # fmt: skip

    desk = house.member("cinderella", practice=tale.practice).json()["id"]
    tale.goes_on(
        "hansel", "offer_support", to="safety", offered_to=[desk], what="A quiet room, and the rest of the day off."
    )
    tale.goes_on(
        "puss", "ask_about_safeguarding", to="safety", concern=False, what="He lives alone, and nobody is at risk."
    )
    tale.has_due()
    ill = {**FAIR, "mitigating": "His new tablets.", "adjustments": "Visits at quiet hours.", "discriminates": True}
    tale.goes_on("puss", "check_equality", to="safety", **ill)
    tale.is_refused(
        "gretel", "request_immediate_removal",
        "Check first that it has nothing to do with a protected characteristic, a disability or neurodivergence.", way="phone",
    )  # fmt: skip

    tale.is_refused("hansel", "manage_otherwise", "A clinician has to stand for the plan.")
    plan = {"plan": "Other tablets, and visits at a quiet hour, with two of us there."}
    tale.is_refused("hansel", "agree_plan", 'The step "agree plan" takes one of: clinician.', **plan)
    tale.goes_on("puss", "agree_plan", to="safety", **plan)
    tale.goes_on("hansel", "manage_otherwise", to="closed_managed_otherwise")
    assert tale.letters() == [("removal_risk_warning", "sent")]
    assert_ledgers_agree(house)


def test_a_relative_who_is_no_patient_is_neither_warned_nor_removed_but_asked(house: House) -> None:
    """INC-5, INC-6, INC-8, INC-11: the platform, lawyers on grounds that hold, or leaving it."""
    tale = a_drawing(
        house, on_record(house, WOODBROOK, **{**WOLF, "name": "The Wolf's Brother"}), standing="not_a_patient"
    )
    tale.is_found_malicious("gretel")
    order: dict[str, Any] = {"reasons": ["It is obscene."], "has_to_change": ["No more."], "answer_by": "2026-03-31"}
    tale.is_refused("hansel", "warn", NO_PATIENT, **order)
    refused_by_its_author(tale)
    tale.goes_on("gretel", "convene", to="options_review")
    tale.is_refused("gretel", "advise_patient", NO_PATIENT, reasons=["It helps nobody."])
    tale.is_refused("hansel", "breach_continues", NO_PATIENT)

    referral: dict[str, Any] = {"bases": ["harassment"], "asked": "Is it harassment?"}
    tale.is_refused("gretel", "refer_legal", "Ask the defence body first.", **referral)
    tale.goes_on(
        "gretel", "contact_defence_body", to="options_review", adviser="The defence union", advice="One letter may do."
    )
    tale.is_agreed("legal_referral", **BOTH)
    repealed = {**referral, "bases": ["public_network_misuse_before_2024"]}
    tale.is_refused("gretel", "refer_legal", "One of these grounds does not hold on this day.", **repealed)
    tale.goes_on("gretel", "refer_legal", to="legal_referral", **referral)
    tale.is_refused("hansel", "warn", NO_PATIENT, **order)
    tale.goes_on("gretel", "legal_done", to="advised", reason="Two drawings would be harassment. This is one.")
    tale.goes_on("hansel", "report_to_platform", to="advised", reference="Report 8")
    tale.goes_on("gretel", "leave_standing", to="closed_retained", reason="The platform has it.")
    assert tale.letters() == [("removal_request", "sent")]

    at_the_door = reported(house, WOODBROOK, kind="threat", description="He stood in the door with an axe.")
    said = {"what": "He stood in the door with an axe.", "happened_at": "2026-03-02T11:00:00Z", "violence": False}
    at_the_door.goes_on("cinderella", "threat", to="safety", **said, fear_for_safety=True)
    at_the_door.is_by(tale.shows("person_id"), "not_a_patient")
    at_the_door.goes_on("cinderella", "tell_police", to="safety", told_at="2026-03-02T11:10:00Z")
    at_the_door.goes_on("puss", "check_equality", to="safety", **FAIR)
    at_the_door.is_refused("gretel", "request_immediate_removal", NO_PATIENT, way="phone")
    assert_ledgers_agree(house)
