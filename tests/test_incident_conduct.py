"""What a practice does about what patients post, say and do, as its own policy has it, and the law above them all."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from models.clauses import BreachGround
from models.incident_facts import (
    AdviceTaken,
    Classification,
    ContactRequestOutcome,
    DecisionDraft,
    FindingDraft,
    FoundToBeComplaint,
    GeneralReply,
    LegalReferralDraft,
    PlatformReportDraft,
    RequestToAuthor,
    RouteOffer,
    TakingDown,
    WebsiteNoticeDraft,
)
from models.incident_words import (
    ContactRequestAnswer,
    IncidentKind,
    IncidentState,
    Measure,
    PinnedBecause,
    RouteWay,
)
from models.legal_references import LegalBasis
from models.letter_facts.incidents import AdviceFinding
from models.letters import Letter
from models.policies import PolicyState, Reason
from models.roles import Role
from models.settings import Firmness, PageComplaint
from models.warnings import PatientWarning
from service.policy_library import library
from tests.incident_desk import MONDAY, Desk, member, version
from tests.incident_ways import (
    EDITOR,
    LEAD,
    MANAGER,
    OBSCENE,
    ORDER,
    OWN_PAGE,
    PARTNER,
    agreed,
    at,
    clause_of,
    deciders,
    each_practice,
    looked_at,
    told,
)
from workflows.incidents.pinning import pinned
from workflows.rule import ASPIRO, COLERIDGE, IMPERIAL, MARYPORT, WOODBROOK

# Who is told, who removes, who decides


@each_practice
def test_everybody_reports_and_whoever_the_policy_names_is_told_and_looks(title: str) -> None:
    """I-01, I-02: communications manager or practice manager, as the document says; and it is due within a day."""
    desk = at(title)
    incident = desk.report()
    assert (incident.due_for, incident.due_at) == ("telling", MONDAY + timedelta(days=1))
    desk.do("notify", by=Role.STAFF)
    desk.keep_evidence()
    found = Classification(kind=IncidentKind.THIRD_PARTY_POST)
    assert told(desk) == (EDITOR if title == ASPIRO else MANAGER)
    other = MANAGER if title == ASPIRO else EDITOR
    assert desk.refused("triage", found, by=other) == "RoleRefusal"
    assert desk.do("triage", found, by=told(desk)).state == IncidentState.TRIAGED


@each_practice
def test_a_defamatory_post_on_the_own_page_is_deleted_by_whom_the_policy_names_and_reported(title: str) -> None:
    """C-05, C-06, C-13, C-14: after evidence; the task of taking legal advice is raised where the document says `will`."""
    desk = at(title)
    remover = desk.settings.duties.remove.value[0]
    desk.triage(IncidentKind.OWN_PAGE_POST, by=told(desk), place=OWN_PAGE, grounds=[BreachGround.DEFAMATORY])
    will = desk.settings.legal_advice.value == Firmness.WILL
    assert will == (title != WOODBROOK)
    assert (desk.incident.legal_advice_by is not None) == will
    desk.do("take_down", TakingDown(), by=remover)
    assert not desk.incident.still_live
    assert desk.refused("close_taken_down", by=remover) == "platform_knows_of_a_breach"
    desk.do("report_to_platform", PlatformReportDraft(), by=remover)
    desk.do("close_taken_down", by=remover)
    assert desk.incident.state == IncidentState.CLOSED_RESOLVED
    assert desk.incident.due_at is None


def test_legal_advice_that_was_taken_is_no_longer_due() -> None:
    """C-14: taking advice binds nobody to a referral."""
    desk = at(ASPIRO)
    desk.triage(by=told(desk), grounds=[BreachGround.DEFAMATORY])
    assert desk.incident.due_for == "legal_advice"
    desk.do("take_legal_advice", AdviceTaken(adviser="Puss and Boots LLP", advice="Wait."), by=EDITOR)
    assert desk.incident.legal_advice_by is None
    assert desk.incident.state == IncidentState.TRIAGED


@pytest.mark.parametrize("title", [ASPIRO, IMPERIAL, MARYPORT, WOODBROOK, COLERIDGE])
def test_a_complaint_on_the_page_is_deleted_after_its_route_was_offered_or_at_discretion_for_a_reason(
    title: str,
) -> None:
    """K-03, K-05: only Coleridge leaves it to discretion; everywhere the way to complain is offered first."""
    desk = at(title)
    remover = desk.settings.duties.remove.value[0]
    handler = desk.settings.duties.handle_complaints.value[0]
    desk.triage(IncidentKind.OWN_PAGE_POST, by=told(desk), place=OWN_PAGE, is_complaint=True)
    assert desk.refused("take_down", TakingDown(reason="Ours."), by=remover) == "complaint_route_offered"
    desk.do("offer_complaint_route", RouteOffer(way=RouteWay.PHONE, leaflet_offered=True), by=handler)
    if desk.settings.page_complaint.value == PageComplaint.AT_DISCRETION:
        assert title == COLERIDGE
        assert desk.refused("take_down", TakingDown(), by=remover) == "discretion_is_used"
    desk.do("take_down", TakingDown(reason="It names a nurse."), by=remover)
    assert desk.refused("report_to_platform", PlatformReportDraft(), by=remover) == "may_be_reported"
    desk.do("close_taken_down", by=remover)


def test_only_coleridge_replies_in_general() -> None:
    """K-04, INC-19: where the policy provides for it, by a fixed text that tells of nobody."""
    for title in (COLERIDGE, ASPIRO):
        desk = at(title)
        desk.triage(IncidentKind.OWN_PAGE_POST, by=told(desk), place=OWN_PAGE, is_complaint=True)
        handler = desk.settings.duties.handle_complaints.value[0]
        if title == COLERIDGE:
            in_public = RouteOffer(way=RouteWay.GENERIC_REPLY, leaflet_offered=False)
            assert desk.refused("offer_complaint_route", in_public, by=handler) == "is_spoken_to_in_private"
            desk.do("reply_in_general", GeneralReply(), by=handler)
            desk.do("offer_complaint_route", in_public, by=handler)
            letters = [each for each in desk.records if isinstance(each, Letter)]
            assert [each.content.addressee for each in letters] == [None]
        else:
            assert desk.refused("reply_in_general", GeneralReply(), by=handler) == "reply_is_provided_for"


def test_a_complaint_is_acknowledged_within_three_working_days_of_being_seen() -> None:
    """INC-22: counted from the day on which the practice first saw it; weekends and bank holidays do not count."""
    desk = at(WOODBROOK)
    desk.now = datetime(2026, 12, 24, 10, tzinfo=UTC)
    desk.report()
    future = FoundToBeComplaint(seen_on=date(2026, 12, 25))
    assert desk.refused("find_complaint", future, by=LEAD) == "was_seen_by_now"
    desk.do("find_complaint", FoundToBeComplaint(seen_on=date(2026, 12, 24)), by=LEAD)
    assert desk.incident.complaint_found
    assert desk.incident.complaint_found.acknowledge_by.day == date(2026, 12, 31)
    desk.do("acknowledge_complaint", by=LEAD)
    assert desk.refused("acknowledge_complaint", by=LEAD) == "not_acknowledged_yet"


def test_whoever_complains_is_contacted_in_private_with_the_leaflet() -> None:
    """K-07: and gets it in a letter."""
    desk = looked_at(at(WOODBROOK), is_complaint=True)
    offer = RouteOffer(way=RouteWay.PHONE, leaflet_offered=False)
    assert desk.refused("route_complaint", offer, by=LEAD) == "leaflet_is_offered"
    in_public = RouteOffer(way=RouteWay.GENERIC_REPLY, leaflet_offered=True)
    assert desk.refused("route_complaint", in_public, by=LEAD) == "is_spoken_to_in_private"
    desk.do("route_complaint", RouteOffer(way=RouteWay.LETTER, leaflet_offered=True, asked_to_remove=True), by=LEAD)
    assert desk.incident.state == IncidentState.COMPLAINT_PATHWAY
    assert [each.issued_by for each in desk.records if isinstance(each, Letter)] == ["incident.route_complaint"]


def test_nothing_is_held_against_anybody_because_they_complained() -> None:
    """K-09: a finding that rests on the complaint is refused; one that was made before it came to light is void."""
    desk = looked_at(at(WOODBROOK))
    alone = FindingDraft(finding=AdviceFinding.UNFOUNDED, reasons=("She complained.",), rests_on_complaint_alone=True)
    assert desk.refused("record_finding", alone, by=PARTNER) == "rests_on_more_than_a_complaint"
    desk.find(by=PARTNER)
    agreed(desk, Measure.WARNING, PARTNER, MANAGER)
    desk.do("find_complaint", FoundToBeComplaint(seen_on=MONDAY.date()), by=LEAD)
    assert (desk.incident.finding, desk.incident.decisions) == (None, [])
    assert desk.refused("warn", ORDER, by=MANAGER) == "there_is_a_finding"


# Asking the author


def test_the_author_is_asked_with_time_to_do_it_and_silence_is_a_refusal_only_when_it_is_over() -> None:
    """I-05, I-06: the letter goes to everybody known to have posted it, patient or not."""
    desk = looked_at(at(WOODBROOK))
    asked = RequestToAuthor(reasons=("It is obscene.",), remove_by=MONDAY.date())
    assert desk.refused("request_removal", asked, by=MANAGER) == "leaves_time_to_answer"
    desk.do("request_removal", RequestToAuthor(reasons=("Obscene.",), remove_by=date(2026, 11, 30)), by=MANAGER)
    assert [each.issued_by for each in desk.records if isinstance(each, Letter)] == ["incident.request_removal"]
    assert desk.refused("author_refuses", by=Role.CLOCK) == "time_is_over_or_they_said_so"
    desk.now = datetime(2026, 12, 1, tzinfo=UTC)
    desk.do("author_refuses", by=Role.CLOCK)
    assert desk.refused("convene", by=MANAGER) == "there_is_a_finding"
    desk.find(by=PARTNER)
    assert desk.do("convene", by=PARTNER).state == IncidentState.OPTIONS_REVIEW


def test_lawyers_are_asked_after_the_defence_body_on_grounds_that_hold_on_the_day() -> None:
    """I-08, I-09, I-10: a ground that was repealed is no ground."""
    desk = looked_at(at(WOODBROOK))
    desk.do("request_removal", RequestToAuthor(reasons=("Obscene.",), remove_by=date(2026, 11, 30)), by=MANAGER)
    desk.do("author_refuses", by=MANAGER)
    desk.find(by=PARTNER)
    desk.do("convene", by=PARTNER)
    referral = LegalReferralDraft(bases=[LegalBasis.HARASSMENT], asked="Is it harassment?")
    assert desk.refused("refer_legal", referral, by=PARTNER) == "defence_body_was_asked"
    desk.do("contact_defence_body", AdviceTaken(adviser="The defence body", advice="Go on."), by=PARTNER)
    agreed(desk, Measure.LEGAL_REFERRAL, PARTNER, MANAGER)
    gone = LegalReferralDraft(bases=[LegalBasis.PUBLIC_NETWORK_MISUSE_BEFORE_2024], asked="Is it an offence?")
    assert desk.refused("refer_legal", gone, by=PARTNER) == "bases_are_in_force"
    desk.do("refer_legal", referral, by=PARTNER)
    desk.do("legal_done", Reason(reason="It is none."), by=MANAGER)
    assert desk.incident.state == IncidentState.ADVISED
    assert (
        desk.do("leave_standing", Reason(reason="Nobody reads it."), by=PARTNER).state == IncidentState.CLOSED_RETAINED
    )


NOTICE: dict[str, Any] = {
    "complainant": "Nurse Goose", "email": "goose@example.com", "statement": "She eats children.",
    "posted_at": "https://example.com/wolf", "meaning": "That she is a murderer.", "wrong": "She eats grass.",
    "author_cannot_be_identified": True, "details_may_be_passed_on": False,
}  # fmt: skip


def test_the_operator_of_a_website_is_sent_a_notice_with_six_elements_where_nobody_is_known() -> None:
    """INC-24: about what defames, and never about an author who is known. The operator has 48 hours without the weekend."""
    for element in NOTICE:
        with pytest.raises(ValidationError):
            WebsiteNoticeDraft.model_validate({name: value for name, value in NOTICE.items() if name != element})
    with pytest.raises(ValidationError):
        WebsiteNoticeDraft.model_validate({**NOTICE, "author_cannot_be_identified": False})
    notice = WebsiteNoticeDraft.model_validate(NOTICE)
    desk = at(WOODBROOK)
    desk.now = datetime(2026, 11, 27, 10, tzinfo=UTC)  # a Friday
    desk.triage(by=MANAGER, grounds=OBSCENE)
    assert desk.refused("send_website_notice", notice, by=MANAGER) == "is_defamatory"
    desk.do(
        "reclassify", Classification(kind=IncidentKind.THIRD_PARTY_POST, grounds=[BreachGround.DEFAMATORY]), by=MANAGER
    )
    desk.do("send_website_notice", notice, by=MANAGER)
    assert desk.incident.website_notice
    assert desk.incident.website_notice.answer_by.at == datetime(2026, 12, 1, 10, tzinfo=UTC)
    assert desk.refused("send_website_notice", notice, by=MANAGER) == "no_notice_yet"

    known = looked_at(at(WOODBROOK), grounds=[BreachGround.DEFAMATORY])
    assert known.refused("send_website_notice", notice, by=MANAGER) == "author_is_unidentified"


# Who decides


def test_nobody_decides_in_their_own_cause_while_somebody_else_holds_the_role() -> None:
    """INC-25: and where nobody else does, it is recorded that they were involved."""
    abused, other = member("goose", Role.PARTNER), member("stork", Role.PARTNER)
    desk = Desk(library()[WOODBROOK], records=[abused, other])
    looked_at(desk, staff_involved=[abused.id])
    desk.find(by=PARTNER)
    decision = DecisionDraft(role=PARTNER, measure=Measure.WARNING, agrees=True, reason="It has to stop.")
    assert desk.refused("decide", decision, by=PARTNER, who=str(abused.id)) == "nobody_decides_in_their_own_cause"
    desk.records.remove(other)
    desk.do("decide", decision, by=PARTNER, who=str(abused.id))
    assert [each.involved for each in desk.incident.decisions] == [True]
    assert desk.refused("decide", decision, by=PARTNER, who="stork") == "role_has_not_decided"


@each_practice
def test_a_warning_takes_everybody_whom_the_policy_names_and_advice_one_of_them(title: str) -> None:
    """I-06, C-05: at Aspiro the communications manager, elsewhere partner and practice manager together."""
    desk = looked_at(at(title))
    desk.find(by=PARTNER)
    needed = deciders(desk)
    assert needed == ({EDITOR} if title == ASPIRO else {PARTNER, MANAGER})
    for role in sorted(needed):
        assert desk.refused("warn", ORDER, by=MANAGER) == "all_agreed_to_warn"
        agreed(desk, Measure.WARNING, role)
    desk.do("warn", ORDER, by=MANAGER)
    assert desk.incident.state == IncidentState.WARNED
    assert [each.reasons for each in desk.records if isinstance(each, PatientWarning)] == [("It is obscene.",)]


def test_one_who_disagrees_keeps_the_patient() -> None:
    """INC-10: everybody has to agree."""
    desk = looked_at(at(WOODBROOK))
    desk.find(by=PARTNER)
    agreed(desk, Measure.WARNING, PARTNER)
    no = DecisionDraft(role=MANAGER, measure=Measure.WARNING, agrees=False, reason="She was ill.")
    desk.do("decide", no, by=MANAGER)
    assert desk.refused("warn", ORDER, by=MANAGER) == "all_agreed_to_warn"


def test_whoever_is_warned_has_time_to_answer() -> None:
    """INC-26: by a day to come."""
    desk = looked_at(at(WOODBROOK))
    desk.find(by=PARTNER)
    agreed(desk, Measure.WARNING, PARTNER, MANAGER)
    at_once = ORDER.model_copy(update={"answer_by": MONDAY.date()})
    assert desk.refused("warn", at_once, by=MANAGER) == "leaves_time"


@pytest.mark.parametrize("ground", [BreachGround.INACCURATE, BreachGround.EMBARRASSING])
def test_what_is_only_inaccurate_or_embarrassing_is_held_against_nobody(ground: BreachGround) -> None:
    """C-05, INC-6."""
    desk = looked_at(at(WOODBROOK), grounds=[ground])
    draft = FindingDraft(finding=AdviceFinding.UNREASONABLE, reasons=("Unkind.",), rests_on_complaint_alone=False)
    assert desk.refused("record_finding", draft, by=PARTNER) == "something_carries_a_sanction"


def test_a_friend_request_is_answered_by_whoever_was_asked_and_held_against_nobody() -> None:
    """S-10: accepted only for a reason."""
    with pytest.raises(ValidationError):
        ContactRequestOutcome(answer=ContactRequestAnswer.ACCEPTED)
    desk = at(ASPIRO)
    desk.report(IncidentKind.CONTACT_REQUEST)
    declined = ContactRequestOutcome(answer=ContactRequestAnswer.DECLINED)
    assert desk.do("answer_contact_request", declined, by=Role.STAFF).state == IncidentState.CLOSED_RESOLVED


# Which version is named


def test_an_incident_names_the_version_that_was_in_force_when_it_happened() -> None:
    """POL-8: or when it was found, if nobody knows; none from before the first; and none that was withdrawn since."""
    content = library()[WOODBROOK]
    before, change, now = (MONDAY - timedelta(days=each) for each in (200, 50, 0))
    old = version(content, state=PolicyState.SUPERSEDED, published_at=before, ended_at=change, number="1.0")
    new = version(content, id=UUID(int=8), published_at=change, number="2.0")
    gone = version(content, id=UUID(int=9), state=PolicyState.WITHDRAWN, published_at=change, ended_at=now)
    day = timedelta(days=1)
    assert pinned([old, new], change - day, now) == (old, PinnedBecause.IN_FORCE_WHEN_IT_HAPPENED)
    assert pinned([old, new], change, now) == (new, PinnedBecause.IN_FORCE_WHEN_IT_HAPPENED)
    assert pinned([old, new], None, now) == (new, PinnedBecause.IN_FORCE_WHEN_IT_WAS_FOUND)
    assert pinned([old, new], before - day, now) == (None, PinnedBecause.NO_POLICY_IN_FORCE)
    assert pinned([old, gone], now - day, now) == (None, PinnedBecause.WITHDRAWN_SINCE)
    assert pinned([old, gone], None, now) == (None, PinnedBecause.NO_POLICY_IN_FORCE)


def test_a_clause_is_cited_out_of_the_version_that_was_in_force_then() -> None:
    """POL-8, POL-6."""
    desk = at(WOODBROOK)
    desk.report()
    desk.do("notify", by=MANAGER)
    desk.keep_evidence()
    unknown = Classification(kind=IncidentKind.THIRD_PARTY_POST, clause_key="no_such_clause")
    assert desk.refused("triage", unknown, by=MANAGER) == "clause_stands_in_the_version"
    then = MONDAY - timedelta(days=300)
    early = Classification(kind=IncidentKind.THIRD_PARTY_POST, clause_key=clause_of(desk.content), happened_at=then)
    assert desk.refused("triage", early, by=MANAGER) == "clause_stands_in_the_version"
    desk.do("triage", early.model_copy(update={"clause_key": None}), by=MANAGER)
    assert desk.incident.pinned_because == PinnedBecause.NO_POLICY_IN_FORCE
    assert desk.incident.policy_id is None


def test_nobody_is_held_to_a_rule_that_was_not_in_force() -> None:
    """INC-1, POL-8: not for a post; abuse to somebody's face takes no rule."""
    desk = at(WOODBROOK)
    desk.triage(by=MANAGER, grounds=OBSCENE)
    draft = FindingDraft(finding=AdviceFinding.MALICIOUS, reasons=("Obscene.",), rests_on_complaint_alone=False)
    assert desk.refused("record_finding", draft, by=PARTNER) == "a_rule_was_broken"
    face_to_face = at(WOODBROOK)
    face_to_face.triage(IncidentKind.VERBAL_ABUSE, by=MANAGER)
    face_to_face.do("record_finding", draft, by=PARTNER)
