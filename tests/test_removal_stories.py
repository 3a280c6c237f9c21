"""How somebody loses their place on the list, as people tell it: on the eighth day after a warning, or at once."""

from __future__ import annotations

from tests.house import House
from tests.incident_tales import (
    BOTH,
    FAIR,
    NO_PATIENT,
    REMOVAL,
    WOLF,
    WOODBROOK,
    Tale,
    a_drawing,
    on_one_database,
    on_record,
    refused_by_its_author,
    reported,
)
from tests.ledger import assert_ledgers_agree

pytestmark = on_one_database
UNWARNED = "The ledger has no warning whose letter was sent in the twelve months before, and no exemption is named."
NOWHERE_ELSE = {"accepted_elsewhere_on": None}


def with_every_safeguard(tale: Tale, review_on: str) -> None:
    """All that comes before a removal is done, one after another, and before each it is refused."""
    needed = {
        "restore_attempt": "Try to mend the relationship first, and record how.",
        "alternatives": "Consider what else could be done, and record it.",
        "colleague_consulted": "Speak to an experienced colleague first, and record it.",
    }
    for safeguard, first in needed.items():
        tale.is_refused("gretel", "request_list_removal", first, **REMOVAL)
        review = {"review_on": review_on} if safeguard == "restore_attempt" else {}
        said = {"safeguard": safeguard, "what": "We sat down together.", **review}
        tale.goes_on("gretel", "take_safeguard", to="breakdown_review", **said)
    tale.is_refused(
        "gretel", "request_list_removal",
        "Check first that it has nothing to do with a protected characteristic, a disability or neurodivergence.", **REMOVAL,
    )  # fmt: skip
    tale.goes_on("puss", "check_equality", to="breakdown_review", **FAIR)
    tale.is_refused(
        "gretel", "request_list_removal",
        "Every role that decides, and a partner, has to have agreed to a removal, each in a decision of its own.", **REMOVAL,
    )  # fmt: skip
    tale.is_agreed("list_removal", **BOTH)


def test_a_removal_without_a_warning_in_twelve_months_is_refused_and_lawful_once_there_is_one(house: House) -> None:
    """INC-9, INC-10, INC-12, INC-16, INC-20, INC-23: last year's warning is too old, today's too young; then the eighth day."""
    wolf = on_record(house, WOODBROOK, **WOLF)
    first = a_drawing(house, wolf)
    first.is_found_malicious("gretel")
    first.leads_to_a_warning(**BOTH)
    first.sends("removal_risk_warning")
    first.goes_on("hansel", "behaviour_stops", to="closed_resolved")

    house.clock.wind(days=366)
    tale = refused_by_its_author(a_drawing(house, wolf), remove_by="2027-03-10")
    tale.is_found_malicious("gretel")
    assert tale.shows("finding")["connected"] == 2
    tale.goes_on("gretel", "convene", to="options_review")
    tale.goes_on("hansel", "breach_continues", to="breakdown_review")
    tale.is_refused(
        "hansel", "request_list_removal", 'The step "request list removal" takes one of: partner.', **REMOVAL
    )
    with_every_safeguard(tale, review_on="2027-03-10")
    tale.is_refused("gretel", "request_list_removal", UNWARNED, **REMOVAL)
    tale.has_in_the_ledger(
        "The warning that was sent on 2 March 2026 is more than twelve months old on 3 March 2027.",
        enough=False,
    )  # fmt: skip

    tale.leads_to_a_warning(**BOTH)
    tale.sends("removal_risk_warning")
    tale.goes_on("hansel", "breach_continues", to="breakdown_review")
    tale.is_refused(
        "gretel", "request_list_removal",
        "Every role that decides, and a partner, has to have agreed to a removal, each in a decision of its own.", **REMOVAL,
    )  # fmt: skip
    tale.is_agreed("list_removal", **BOTH)
    tale.is_refused("gretel", "request_list_removal", UNWARNED, **REMOVAL)
    house.clock.wind(days=1)
    tale.goes_on("gretel", "request_list_removal", to="removal_requested", **REMOVAL)
    tale.has_told(request_list_removal={"management", "deciders"})
    tale.has_due(removal="2027-03-12T23:59:59Z")
    assert "3 March 2027" in tale.reads_letter("removal_reasons")

    tale.is_refused("hansel", "eighth_day", "PCSE has not acknowledged it.", **NOWHERE_ELSE)
    tale.goes_on("hansel", "record_pcse_acknowledgement", to="removal_requested", reference="P1")
    tale.is_refused("hansel", "eighth_day", "The entry in the record has not been confirmed as filed.", **NOWHERE_ELSE)
    tale.files_its_note()
    tale.is_refused("hansel", "eighth_day", "Send the letter with the reasons to the patient first.", **NOWHERE_ELSE)
    tale.sends("removal_reasons")
    too_soon = (
        "It does not take effect before the eighth day, or the day on which another practice accepted the patient."
    )
    tale.is_refused("hansel", "eighth_day", too_soon, **NOWHERE_ELSE)
    house.clock.wind(days=7)
    tale.is_refused("hansel", "eighth_day", too_soon, **NOWHERE_ELSE)
    house.clock.wind(days=1)
    tale.goes_on("hansel", "eighth_day", to="closed_list_removed", **NOWHERE_ELSE)
    assert tale.letters() == [
        ("removal_request", "sent"),
        ("removal_risk_warning", "sent"),
        ("removal_reasons", "sent"),
    ]
    assert (tale.shows("person_id"), tale.shows("overdue")) == (wolf, False)
    assert_ledgers_agree(house)


def test_a_removal_at_once_whose_written_confirmation_is_late_is_told_to_the_management_and_confirmed(
    house: House,
) -> None:
    """INC-11, INC-12, INC-13, CASE-6: late is allowed, and said so; the commissioner hears of it in writing all the same."""
    tale = reported(house, WOODBROOK, kind="violence", description="He hit Puss with a basket.")
    happened = {"what": "He hit Puss with a basket.", "happened_at": "2026-02-23T11:59:00Z", "fear_for_safety": True}
    tale.goes_on("cinderella", "threat", to="safety", violence=True, **happened)
    tale.is_refused("gretel", "request_immediate_removal", NO_PATIENT, way="phone")
    wolf = on_record(house, WOODBROOK, **WOLF)
    tale.is_by(wolf)
    tale.is_refused("gretel", "request_immediate_removal", "Tell the police first.", way="phone")
    before = {"told_at": "2026-02-23T11:00:00Z"}
    tale.is_refused(
        "cinderella", "tell_police", "Nobody was told before it happened, or is told in the future.", **before
    )
    tale.goes_on("cinderella", "tell_police", to="safety", told_at="2026-02-23T12:15:00Z", reference="Log 12")
    tale.goes_on("puss", "check_equality", to="safety", **FAIR)
    tale.is_refused(
        "gretel", "request_immediate_removal",
        "It is more than seven days since it happened: the commissioner has to approve.", way="phone",
    )  # fmt: skip
    tale.is_refused(
        "hansel", "request_immediate_removal", "A partner asks for this, or whoever they named for it beforehand.",
        way="phone", commissioner_approval="C1",
    )  # fmt: skip
    tale.goes_on(
        "gretel", "request_immediate_removal", to="immediate_requested", way="phone", commissioner_approval="C1"
    )
    tale.has_told(request_immediate_removal={"management", "safety"})
    tale.has_due(looking_after="2026-03-03T12:00:00Z", written_confirmation="2026-03-09T23:59:59Z")

    confirmed = {"sent_on": "2026-03-10"}
    tale.is_refused(
        "hansel", "confirm_in_writing", "Tell the patient in a letter, and send it, or record why not.", **confirmed
    )
    tale.goes_on("hansel", "inform_patient", to="immediate_requested", appeal="28 days, to the practice")
    assert "23 February 2026" in tale.reads_letter("immediate_removal")
    tale.sends("immediate_removal")
    tale.is_refused("hansel", "confirm_in_writing", "PCSE has not acknowledged it.", **confirmed)
    tale.goes_on("hansel", "record_pcse_acknowledgement", to="immediate_requested", reference="P1")
    tale.is_refused(
        "hansel", "confirm_in_writing", "The entry in the record has not been confirmed as filed.", **confirmed
    )
    tale.files_its_note()
    tale.is_refused("hansel", "confirm_in_writing", "It was sent by now, and not before the removal.", **confirmed)

    desk = house.member("puss", practice=tale.practice).json()["id"]
    tale.goes_on("hansel", "offer_support", to="immediate_requested", offered_to=[desk], what="Somebody to talk to.")
    tale.goes_on(
        "puss", "ask_about_safeguarding", to="immediate_requested", concern=False, what="Nobody else was there."
    )
    tale.comes_to("immediate_requested", days=7, hours=11, minutes=59, seconds=58)
    assert tale.shows("escalations") == []
    for _ in range(2):
        tale.comes_to("immediate_requested", seconds=1)
    assert [each["due_for"] for each in tale.shows("escalations")] == ["written_confirmation"]
    tale.has_told(escalate={"management"})
    assert tale.shows("overdue")

    tale.goes_on("hansel", "confirm_in_writing", to="closed_immediate_removed", **confirmed)
    assert (tale.shows("confirmed_in_writing")["late"], tale.shows("ending")["outcome"]) == (True, "removed_at_once")
    assert tale.letters() == [("immediate_removal", "sent")]
    tale.has_due()
    assert_ledgers_agree(house)
