"""What defames somebody on the practice's own page, and elsewhere, told at each of the five practices as its policy has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.house import House
from tests.incident_tales import NOBODY_AND_NOTHING, Tale, on_one_database, on_record, reported
from tests.ledger import assert_ledgers_agree

pytestmark = on_one_database


@dataclass(frozen=True)
class Conduct:
    """What a practice's document says, by whoever does it there. `advice` is whether it binds the practice to legal advice."""

    document: str
    told: str = "hansel"
    removes: str = "hansel"
    asks: str = "hansel"
    complaints: str = "bear"
    decide: tuple[tuple[str, str], ...] = (("partner", "gretel"), ("practice_manager", "hansel"))
    advice: bool = True
    at_discretion: bool = False

    @property
    def somebody_else(self) -> str:
        """Somebody who sees the incident, and has no duty there but to decide."""
        return "gretel"

    @property
    def deciders(self) -> list[str]:
        """Those who decide."""
        return [who for _, who in self.decide]


ROLES = {"hansel": "practice_manager", "gretel": "partner", "rapunzel": "communications_manager"}


def only_for(step: str, *people: str) -> str:
    """The sentence that whoever else asks is told, and which names roles that they know."""
    return f'The step "{step}" takes one of: {", ".join(dict.fromkeys(ROLES[each] for each in people))}.'


PRACTICES = [
    Conduct("imperial"),
    Conduct("coleridge", at_discretion=True),
    Conduct("maryport"),
    Conduct("woodbrook", advice=False),
    Conduct(
        "aspiro",
        told="rapunzel",
        asks="rapunzel",
        complaints="rapunzel",
        decide=(("communications_manager", "rapunzel"),),
    ),
]
each_practice = pytest.mark.parametrize("at", PRACTICES, ids=lambda at: at.document)

OWN_PAGE = {"kind": "own_page_post", "platform": "facebook", "on_own_page": True}
SAID = {"url": "https://example.com/page/1", "description": "It says that Puss sells the tablets at the back door."}
DEFAMATORY = {"clause_key": "unacceptable_material_on_page", "grounds": ["defamatory"], "identifies_staff": True}
NOTICE: dict[str, Any] = {
    "complainant": "Puss in Boots", "email": "puss@example.com", "statement": "He sells the tablets at the back door.",
    "posted_at": "https://example.com/forum/1", "meaning": "That he steals and deals in medicines.",
    "wrong": "He has sold nothing, and all tablets are counted.", "author_cannot_be_identified": True,
    "details_may_be_passed_on": False,
}  # fmt: skip
ITS_OWN = "It stands on the practice's own page: take it down."
PLATFORM_FIRST = "Report it to its platform first."


def defamed_on_its_page(house: House, at: Conduct) -> Tale:
    """A post on the practice's own page that defames somebody, up to where it is known what it is."""
    tale = reported(house, at.document, **OWN_PAGE, **SAID)
    tale.has_told(report={"incidents"})
    tale.has_due(telling="2026-03-03T12:00:00Z")
    tale.is_refused(
        at.removes, "take_down", 'The step "take down" is not possible while it is reported.', reason="It is a lie."
    )
    tale.is_told_and_kept(at.told)
    tale.is_refused(
        at.removes, "take_down", 'The step "take down" is not possible while it is notified.', reason="It is a lie."
    )
    tale.is_refused(at.somebody_else, "triage", only_for("triage", at.told), **OWN_PAGE)
    puss = house.member("puss", practice=tale.practice).json()["id"]
    tale.goes_on(at.told, "triage", to="triaged", **OWN_PAGE, **DEFAMATORY, staff_involved=[puss])
    return tale


@each_practice
def test_what_defames_somebody_on_the_own_page_is_kept_taken_down_reported_and_its_author_warned(
    house: House, at: Conduct
) -> None:
    """INC-1, INC-2, INC-3, C-06, C-13, C-14, I-02: told, deleted, judged and decided by whom each policy names."""
    tale = defamed_on_its_page(house, at)
    tale.has_due(**({"legal_advice": "2026-03-16T12:00:00Z"} if at.advice else {}))
    tale.is_refused(at.asks, "request_removal", ITS_OWN, reasons=["It is a lie."], remove_by="2026-03-09")
    tale.is_refused(at.asks, "send_website_notice", ITS_OWN, **NOTICE)
    tale.is_refused(at.somebody_else, "take_down", only_for("take down", at.removes), reason="It is a lie.")
    tale.is_refused("goldilocks", "take_down", NOBODY_AND_NOTHING, reason="It is a lie.")
    tale.goes_on(at.removes, "take_down", to="taking_down", reason="It is a lie about a colleague.")
    assert not tale.shows("still_live")
    tale.is_refused(at.removes, "close_taken_down", PLATFORM_FIRST)
    tale.goes_on(at.removes, "report_to_platform", to="taking_down", reference="Report 7")
    tale.goes_on(
        at.deciders[0], "take_legal_advice", to="taking_down", adviser="Puss and Boots LLP", advice="Wait for a second."
    )
    tale.has_due()

    tale.goes_on(at.told, "repeat_after_takedown", to="triaged")
    tale.is_by(on_record(house, at.document))
    tale.goes_on(at.removes, "take_down", to="taking_down", reason="It is the same lie.")
    tale.is_refused(at.removes, "close_taken_down", PLATFORM_FIRST)
    tale.goes_on(at.removes, "report_to_platform", to="taking_down", reference="Report 8")
    tale.is_refused("puss", "record_finding", only_for("record finding", *at.deciders, "gretel"), **FOUND)
    tale.goes_on(at.deciders[0], "record_finding", to="taking_down", **FOUND)
    assert tale.shows("finding")["connected"] == 2
    tale.leads_to_a_warning(**dict(at.decide))
    tale.sends("removal_risk_warning")
    tale.goes_on("hansel", "behaviour_stops", to="closed_resolved")
    tale.has_told(
        take_down={"incidents"}, decide={"deciders"}, warn={"deciders"}, behaviour_stops={"incidents"},
    )  # fmt: skip
    assert_ledgers_agree(house)


FOUND = {"finding": "malicious", "reasons": ["All tablets are counted."], "rests_on_complaint_alone": False}


@each_practice
def test_the_same_on_a_website_is_met_by_a_notice_and_by_asking_once_its_author_is_known(
    house: House, at: Conduct
) -> None:
    """INC-3, INC-5, INC-24, I-05: nobody known to write to, so the operator has 48 hours; then whoever the policy names asks."""
    tale = reported(
        house, at.document, kind="third_party_post", url="https://example.com/forum/1", description=SAID["description"]
    )
    tale.is_told_and_kept(at.told)
    elsewhere = {"kind": "third_party_post", "clause_key": "unacceptable_material"}
    tale.goes_on(at.told, "triage", to="triaged", **elsewhere, grounds=["harassing"])
    tale.is_refused(at.asks, "send_website_notice", "A notice is about a statement that defames somebody.", **NOTICE)
    tale.goes_on(at.told, "reclassify", to="triaged", **elsewhere, grounds=["defamatory"])
    tale.is_refused("bear", "send_website_notice", only_for("send website notice", at.asks, *at.deciders), **NOTICE)
    tale.goes_on(at.asks, "send_website_notice", to="triaged", **NOTICE)
    tale.is_refused(at.asks, "send_website_notice", "A notice has been sent already.", **NOTICE)
    advice = {"legal_advice": "2026-03-16T12:00:00Z"} if at.advice else {}
    tale.has_due(website_answer="2026-03-04T12:00:00Z", **advice)
    tale.is_refused(at.told, "close_unidentified", PLATFORM_FIRST)
    tale.comes_to("triaged", days=2, minutes=1)
    assert [each["due_for"] for each in tale.shows("escalations")] == ["website_answer"]

    tale.is_refused(
        at.asks, "request_removal", "It is not known who did it.", reasons=["It is a lie."], remove_by="2026-03-11"
    )
    tale.is_by(on_record(house, at.document), who=at.asks)
    tale.is_refused(at.told, "close_unidentified", "It is known who did it.")
    asked: dict[str, Any] = {"reasons": ["All tablets are counted."], "remove_by": "2026-03-11"}
    tale.is_refused(at.somebody_else, "request_removal", only_for("request removal", at.asks), **asked)
    tale.goes_on(at.asks, "request_removal", to="awaiting_author", **asked)
    tale.sends("removal_request")
    tale.is_refused(at.somebody_else, "author_removes", only_for("author removes", at.asks))
    tale.goes_on(at.asks, "author_removes", to="closed_resolved")
    assert (tale.letters(), tale.shows("still_live")) == ([("removal_request", "sent")], False)
    tale.has_due()
    assert_ledgers_agree(house)


@each_practice
def test_a_complaint_on_the_own_page_is_offered_its_route_and_then_deleted_or_answered_in_general(
    house: House, at: Conduct
) -> None:
    """INC-3, INC-4, INC-19, INC-22, K-02 to K-05: where it is at discretion, a text that tells of nobody may stand under it."""
    tale = reported(
        house, at.document, **OWN_PAGE, url="https://example.com/page/2", description="Puss let me wait for a week."
    )
    tale.is_told_and_kept(at.told)
    tale.goes_on(at.told, "triage", to="triaged", **OWN_PAGE, is_complaint=True)
    tale.has_due(complaint_acknowledgement="2026-03-05T23:59:59Z")
    route_first = "Offer the way to complain first. Offered in writing, it counts once its letter was sent."
    tale.is_refused(at.removes, "take_down", route_first, reason="It is unkind.")
    never = "A complaint or a medical message is never reported to a platform."
    tale.is_refused(at.removes, "report_to_platform", never, reference="Report 9")
    reply = {"template": "complaints_procedure"}
    if at.at_discretion:
        tale.goes_on(at.complaints, "reply_in_general", to="triaged", **reply)
        text = tale.reads_letter("public_reply")
        assert "complaints procedure" in text
        assert "patient" not in text.lower()
        offer = {"way": "generic_reply", "leaflet_offered": False}
    else:
        not_here = "The policy does not provide for this general reply, or the post can't be answered there."
        tale.is_refused(at.complaints, "reply_in_general", not_here, **reply)
        offer = {"way": "phone", "leaflet_offered": True}
    tale.goes_on(at.complaints, "offer_complaint_route", to="triaged", **offer)
    tale.goes_on(at.complaints, "acknowledge_complaint", to="triaged")
    tale.has_due()
    if at.at_discretion:
        discretion = "The policy leaves it to discretion whether a complaint is deleted: say why this one is."
        tale.is_refused(at.removes, "take_down", discretion, reason=None)
        tale.goes_on(
            at.told, "take_no_further_action", to="closed_no_action", reason="It stays up, with our answer under it."
        )
    else:
        tale.goes_on(at.removes, "take_down", to="taking_down", reason=None)
        tale.goes_on(at.removes, "close_taken_down", to="closed_resolved")
    assert tale.shows("platform_report") is None
    assert_ledgers_agree(house)
