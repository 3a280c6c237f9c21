"""Ways round the law of incidents that somebody might try, or stumble into: an unusual order, a changed mind, a wrong name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from models.cases import DuplicateOf
from models.clauses import BreachGround
from models.incident_facts import (
    AdviceLetter,
    Classification,
    ComplaintReference,
    DecisionDraft,
    FindingDraft,
    FoundToBeComplaint,
    Identification,
    RequestToAuthor,
    RouteOffer,
)
from models.incident_words import AuthorStanding, IncidentKind, IncidentState, Measure, NoticeWay, NotInformed, RouteWay
from models.letter_facts.facts import LetterTemplate
from models.letter_facts.incidents import AdviceFinding
from models.letters import Letter, LetterState
from models.people import Person, PersonState
from models.policies import Reason
from models.record_entries import RecordEntry, RecordEntryState
from models.removal_facts import (
    EighthDay,
    ImmediateRemovalDraft,
    PatientInformedDraft,
    PCSEReference,
    PoliceTold,
    WrittenConfirmation,
)
from models.roles import Role
from models.warnings import PatientWarning, Reconsideration, RescissionGround, WarningEntry
from tests.incident_desk import MONDAY, WOLF, Desk, member
from tests.incident_ways import (
    CLINICIAN,
    FAIR,
    MANAGER,
    ORDER,
    PARTNER,
    REMOVAL,
    THREAT,
    agreed,
    at,
    at_breakdown,
    clause_of,
    deciders,
    looked_at,
    warned,
)
from workflows.rule import WOODBROOK

FOX = UUID(int=2)
WHY = Reason(reason="It is better so.")
IN_WRITING = RouteOffer(way=RouteWay.LETTER, leaflet_offered=True)
SPOKEN = RouteOffer(way=RouteWay.PHONE, leaflet_offered=True)
WARNING, REASONS, AT_ONCE, ROUTE = (
    LetterTemplate.REMOVAL_RISK_WARNING, LetterTemplate.REMOVAL_REASONS, LetterTemplate.IMMEDIATE_REMOVAL,
    LetterTemplate.COMPLAINT_ROUTE,
)  # fmt: skip


def states(desk: Desk, template: LetterTemplate) -> list[LetterState]:
    """Where the letters of a template stand."""
    return [each.state for each in desk.records if isinstance(each, Letter) and each.template == template]


def fox(desk: Desk) -> Identification:
    """It was the fox, who is on record too."""
    desk.records.append(Person(id=FOX, practice="ZZ0001", created_at=MONDAY, name="Fox"))
    return Identification(person=FOX, standing=AuthorStanding.PATIENT, known_by="His tail.")


def about_to_go(desk: Desk) -> Desk:
    """A removal was asked for, PCSE has it, the note is filed, and the eighth day has come."""
    desk.now += timedelta(days=5)
    at_breakdown(desk)
    desk.do("request_list_removal", REMOVAL, by=PARTNER)
    desk.do("record_pcse_acknowledgement", PCSEReference(reference="P1"), by=MANAGER)
    file_the_note(desk)
    desk.now += timedelta(days=8)
    return desk


def file_the_note(desk: Desk) -> None:
    """The note stands in the clinical record."""
    for each in desk.records:
        if isinstance(each, RecordEntry):
            each.state = RecordEntryState.FILED


def removed_at_once(desk: Desk) -> Desk:
    """The wolf was threatening, and is removed at once."""
    desk.report(IncidentKind.THREAT)
    desk.do("threat", THREAT, by=Role.STAFF)
    desk.identify(by=MANAGER)
    desk.do("tell_police", PoliceTold(told_at=desk.now), by=Role.STAFF)
    desk.do("check_equality", FAIR, by=CLINICIAN)
    desk.do("request_immediate_removal", ImmediateRemovalDraft(way=NoticeWay.PHONE), by=PARTNER)
    desk.do("record_pcse_acknowledgement", PCSEReference(reference="P1"), by=MANAGER)
    file_the_note(desk)
    return desk


def rescind(desk: Desk) -> None:
    """The warning was a mistake."""
    (given,) = [each for each in desk.records if isinstance(each, PatientWarning)]
    draft = Reconsideration(
        about=given.id, entry=WarningEntry.RESCINDED, reasons=("Nobody heard it.",), ground=RescissionGround.MISTAKE
    )
    desk.open("reconsider", draft, by=PARTNER)


# A warning, and a removal from the list


def test_a_warning_whose_letter_lies_in_a_drawer_takes_nobody_off_the_list() -> None:
    """INC-9: it counts from the day after its letter went out, and not while that has come back."""
    desk = looked_at(at(WOODBROOK))
    desk.find(by=PARTNER)
    agreed(desk, Measure.WARNING, *deciders(desk))
    desk.do("warn", ORDER, by=MANAGER)
    desk.now += timedelta(days=5)
    at_breakdown(desk)
    assert desk.refused("request_list_removal", REMOVAL, by=PARTNER) == "warned_or_exempt"
    letter = desk.send(WARNING)
    assert desk.refused("request_list_removal", REMOVAL, by=PARTNER) == "warned_or_exempt"
    desk.now += timedelta(days=1)
    letter.state = LetterState.RETURNED
    assert desk.refused("request_list_removal", REMOVAL, by=PARTNER) == "warned_or_exempt"
    letter.state = LetterState.SENT
    desk.do("request_list_removal", REMOVAL, by=PARTNER)


def test_a_removal_ends_once_the_letter_with_its_reasons_was_sent() -> None:
    """INC-10, INC-12."""
    desk = about_to_go(warned(looked_at(at(WOODBROOK))))
    assert desk.refused("eighth_day", EighthDay(), by=MANAGER) == "reasons_were_sent"
    desk.send(REASONS)
    assert desk.do("eighth_day", EighthDay(), by=MANAGER).state == IncidentState.CLOSED_LIST_REMOVED


def came_back(desk: Desk) -> None:
    """The letter with the warning could not be delivered."""
    letter = next(each for each in desk.records if isinstance(each, Letter) and each.template == WARNING)
    letter.state = LetterState.RETURNED


def separated(desk: Desk) -> None:
    """Whoever was warned turns out to be somebody else, whose record was merged with this one by mistake."""
    (given,) = [each for each in desk.records if isinstance(each, PatientWarning)]
    given.person_id = FOX


@pytest.mark.parametrize("meanwhile", [rescind, came_back, separated])
def test_a_removal_does_not_end_when_its_warning_falls_meanwhile(meanwhile: Callable[[Desk], None]) -> None:
    """INC-9, INC-20: it is taken back, or asked for again when it rests on something."""
    desk = about_to_go(warned(looked_at(at(WOODBROOK))))
    desk.send(REASONS)
    meanwhile(desk)
    assert desk.refused("eighth_day", EighthDay(), by=MANAGER) == "still_rests_on_a_warning"
    assert desk.do("withdraw_removal", WHY, by=PARTNER).state == IncidentState.BREAKDOWN_REVIEW


def test_a_complaint_that_comes_to_light_in_a_removal_has_it_judged_anew() -> None:
    """INC-7, INC-10: found, and decided by everybody, knowing of it."""
    desk = about_to_go(warned(looked_at(at(WOODBROOK))))
    desk.send(REASONS)
    desk.do("find_complaint", FoundToBeComplaint(seen_on=desk.now.date()), by=MANAGER)
    desk.do("offer_complaint_route", SPOKEN, by=MANAGER, also=(Role.COMPLAINTS_LEAD,))
    assert desk.refused("eighth_day", EighthDay(), by=MANAGER) == "there_is_a_finding"
    desk.find(by=PARTNER)
    assert desk.refused("eighth_day", EighthDay(), by=MANAGER) == "all_agreed_to_remove"
    agreed(desk, Measure.LIST_REMOVAL, *deciders(desk, PARTNER))
    desk.do("eighth_day", EighthDay(), by=MANAGER)


def test_saying_the_same_again_does_not_silence_whoever_disagreed() -> None:
    """INC-10: a dissent stands until the facts change."""
    desk = looked_at(at(WOODBROOK))
    desk.find(by=PARTNER)
    agreed(desk, Measure.WARNING, PARTNER)
    same: dict[str, Any] = {
        "kind": IncidentKind.THIRD_PARTY_POST, "clause_key": clause_of(desk.content), "grounds": [BreachGround.OBSCENE],
    }  # fmt: skip
    desk.do("reclassify", Classification(**same), by=MANAGER)
    assert len(desk.incident.decisions) == 1
    desk.do("reclassify", Classification(**same, identifies_staff=True), by=MANAGER)
    assert (desk.incident.decisions, desk.incident.finding) == ([], None)


def test_nobody_who_was_erased_is_warned() -> None:
    """INC-6: there is nobody to write to."""
    desk = looked_at(at(WOODBROOK))
    desk.find(by=PARTNER)
    agreed(desk, Measure.WARNING, *deciders(desk))
    next(each for each in desk.records if isinstance(each, Person) and each.id == WOLF).state = PersonState.ERASED
    assert desk.refused("warn", ORDER, by=MANAGER) == "concerns_a_patient"


# Letters that must not go out


def test_a_letter_to_whoever_was_named_by_mistake_is_not_sent_any_more() -> None:
    """INC-5, INC-16: and what was asked of one is asked of another anew."""
    desk = looked_at(at(WOODBROOK))
    asked = RequestToAuthor(reasons=("Obscene.",), remove_by=desk.now.date() + timedelta(days=7))
    desk.do("request_removal", asked, by=MANAGER)
    desk.do("correct_author", fox(desk), by=MANAGER)
    assert states(desk, LetterTemplate.REMOVAL_REQUEST) == [LetterState.WITHDRAWN]
    desk.do("request_removal", asked, by=MANAGER)
    assert states(desk, LetterTemplate.REMOVAL_REQUEST) == [LetterState.WITHDRAWN, LetterState.ISSUED]


def test_nobody_is_told_of_a_removal_that_came_to_nothing() -> None:
    """INC-10, INC-13: neither from the list, nor at once."""
    for step, by in (("withdraw_removal", PARTNER), ("removal_rejected", MANAGER)):
        desk = about_to_go(warned(looked_at(at(WOODBROOK))))
        desk.do(step, WHY, by=by)
        assert states(desk, REASONS) == [LetterState.WITHDRAWN]
    for step, by in (("withdraw_immediate_removal", PARTNER), ("immediate_removal_rejected", MANAGER)):
        desk = removed_at_once(at(WOODBROOK))
        desk.do("inform_patient", PatientInformedDraft(), by=MANAGER)
        desk.do(step, WHY, by=by)
        assert states(desk, AT_ONCE) == [LetterState.WITHDRAWN]


def test_a_warning_that_was_drafted_is_not_sent_once_a_complaint_is_found_or_it_is_taken_back() -> None:
    """INC-7, INC-20: it was decided on other facts."""
    found = FoundToBeComplaint(seen_on=MONDAY.date())
    for meanwhile in (rescind, lambda desk: desk.do("find_complaint", found, by=MANAGER)):
        desk = looked_at(at(WOODBROOK))
        desk.find(by=PARTNER)
        agreed(desk, Measure.WARNING, *deciders(desk))
        desk.do("warn", ORDER, by=MANAGER)
        meanwhile(desk)
        assert states(desk, WARNING) == [LetterState.WITHDRAWN]


def test_whoever_was_warned_stays_warned_until_that_is_taken_back() -> None:
    """INC-7, INC-20: then it begins anew, and also where its letter was stopped before it was sent."""
    sent = warned(looked_at(at(WOODBROOK)))
    unsent = looked_at(at(WOODBROOK))
    unsent.find(by=PARTNER)
    agreed(unsent, Measure.WARNING, *deciders(unsent))
    unsent.do("warn", ORDER, by=MANAGER)
    for desk in (sent, unsent):
        assert desk.refused("begin_anew", by=MANAGER) == "no_warning_goes_out"
        desk.do("find_complaint", FoundToBeComplaint(seen_on=MONDAY.date()), by=MANAGER)
    assert sent.refused("begin_anew", by=MANAGER) == "no_warning_goes_out"
    rescind(sent)
    for desk in (sent, unsent):
        assert desk.do("begin_anew", by=MANAGER).state == IncidentState.TRIAGED


# A complaint


def test_an_offer_by_letter_counts_once_the_letter_was_sent_and_one_by_word_of_mouth_at_once() -> None:
    """INC-4."""
    for offer, refused in ((IN_WRITING, True), (SPOKEN, False)):
        desk = looked_at(at(WOODBROOK), is_complaint=True)
        desk.do("offer_complaint_route", offer, by=Role.COMPLAINTS_LEAD)
        if refused:
            assert desk.refused("no_breach", WHY, by=MANAGER) == "complaint_route_offered"
            desk.send(ROUTE)
        desk.do("no_breach", WHY, by=MANAGER)


def test_an_offer_to_somebody_else_is_none() -> None:
    """INC-4: whoever turns out to have complained is offered the way, too; nobody unknown is written to."""
    desk = looked_at(at(WOODBROOK), is_complaint=True)
    desk.do("offer_complaint_route", SPOKEN, by=Role.COMPLAINTS_LEAD)
    desk.do("identify_author", fox(desk), by=MANAGER)
    assert desk.refused("no_breach", WHY, by=MANAGER) == "complaint_route_offered"
    unknown = at(WOODBROOK)
    unknown.triage(by=MANAGER, is_complaint=True)
    lead = Role.COMPLAINTS_LEAD
    assert unknown.refused("offer_complaint_route", IN_WRITING, by=lead) == "is_spoken_to_in_private"


def test_a_complaint_that_nobody_goes_on_with_has_an_end() -> None:
    """INC-4, INC-15: without a reference that there is not, and without a post that there never was."""
    desk = at(WOODBROOK)
    desk.triage(IncidentKind.VERBAL_ABUSE, by=MANAGER, is_complaint=True)
    desk.identify(by=MANAGER)
    desk.do("route_complaint", SPOKEN, by=Role.COMPLAINTS_LEAD)
    assert desk.refused("still_refuses", by=Role.COMPLAINTS_LEAD) == "post_is_up"
    assert desk.refused("complaint_taken_up", ComplaintReference(reference="C1"), by=CLINICIAN) == "RoleRefusal"
    assert desk.do("take_no_further_action", WHY, by=MANAGER).state == IncidentState.CLOSED_NO_ACTION


# A removal at once


def test_a_removal_at_once_ends_once_the_patient_was_written_to_or_for_a_reason_not() -> None:
    """INC-13, INC-4."""
    written = WrittenConfirmation(sent_on=MONDAY.date())
    desk = removed_at_once(at(WOODBROOK))
    assert desk.refused("confirm_in_writing", written, by=MANAGER) == "patient_was_informed"
    desk.do("inform_patient", PatientInformedDraft(), by=MANAGER)
    assert desk.refused("confirm_in_writing", written, by=MANAGER) == "patient_was_informed"
    desk.send(AT_ONCE)
    desk.do("find_complaint", FoundToBeComplaint(seen_on=MONDAY.date()), by=MANAGER)
    desk.do("offer_complaint_route", IN_WRITING, by=Role.COMPLAINTS_LEAD)
    assert desk.refused("confirm_in_writing", written, by=MANAGER) == "offered_in_writing"
    desk.send(ROUTE)
    desk.do("confirm_in_writing", written, by=MANAGER)
    untold = removed_at_once(at(WOODBROOK))
    why_not = PatientInformedDraft(not_informed=NotInformed.RISK_TO_SAFETY, reason="He knows where we live.")
    untold.do("inform_patient", why_not, by=MANAGER)
    untold.do("confirm_in_writing", written, by=MANAGER)


def test_what_is_asked_for_a_week_after_it_happened_takes_the_commissioner_s_approval() -> None:
    """INC-11: though the police were told on the day."""
    desk = at(WOODBROOK)
    desk.report(IncidentKind.THREAT)
    desk.do("threat", THREAT, by=Role.STAFF)
    desk.identify(by=MANAGER)
    desk.do("tell_police", PoliceTold(told_at=desk.now), by=Role.STAFF)
    desk.do("check_equality", FAIR, by=CLINICIAN)
    asked = ImmediateRemovalDraft(way=NoticeWay.PHONE)
    desk.now += timedelta(days=7)
    assert desk.is_granted("request_immediate_removal", asked, by=PARTNER)
    desk.now += timedelta(minutes=1)
    assert desk.refused("request_immediate_removal", asked, by=PARTNER) == "in_time_or_approved"


def test_adjustments_are_thought_of_for_each_threat() -> None:
    """INC-11: what was considered for a post does not do for what somebody did when they were confused."""
    desk = at_breakdown(warned(looked_at(at(WOODBROOK))))
    assert desk.incident.equality_check
    desk.do("threat", THREAT, by=Role.STAFF)
    desk.do("tell_police", PoliceTold(told_at=desk.now), by=Role.STAFF)
    asked = ImmediateRemovalDraft(way=NoticeWay.PHONE)
    assert desk.refused("request_immediate_removal", asked, by=PARTNER) == "is_no_discrimination"


# In one's own cause


FINDING = FindingDraft(finding=AdviceFinding.MALICIOUS, reasons=("She eats nobody.",), rests_on_complaint_alone=False)


def involving(*others: Any, involved: int) -> tuple[Desk, list[str]]:
    """An incident in which the first so many of these colleagues were abused."""
    desk = at(WOODBROOK)
    desk.records += others
    known = [each.id for each in others[:involved]]
    looked_at(desk, IncidentKind.THIRD_PARTY_POST, staff_involved=known)
    return desk, [str(each) for each in known]


def test_nobody_finds_or_advises_in_their_own_cause_while_another_could() -> None:
    """INC-25: whoever is complained about does not say that the complaint was malicious."""
    desk, (mole,) = involving(member("mole", PARTNER), member("badger", PARTNER), involved=1)
    assert desk.refused("record_finding", FINDING, by=PARTNER, who=mole) == "nobody_judges_their_own_cause"
    desk.find(by=PARTNER)
    desk.incident.state = IncidentState.OPTIONS_REVIEW
    advice = AdviceLetter(reasons=("It helps nobody.",))
    assert desk.refused("advise_patient", advice, by=PARTNER, who=mole) == "nobody_judges_their_own_cause"
    desk.do("advise_patient", advice, by=PARTNER)


def test_where_everybody_was_abused_somebody_decides_all_the_same() -> None:
    """INC-25: two partners who were both abused do not wait for each other for ever."""
    desk, (mole, badger) = involving(member("mole", PARTNER), member("badger", PARTNER), involved=2)
    desk.do("record_finding", FINDING, by=PARTNER, who=mole)
    desk.do("decide", agreed_draft(PARTNER), by=PARTNER, who=badger)
    assert desk.incident.decisions[0].involved


def agreed_draft(role: Role) -> DecisionDraft:
    """A role agrees to a warning."""
    return DecisionDraft(role=role, measure=Measure.WARNING, agrees=True, reason="It has to stop.")


# Evidence


def test_what_was_kept_of_a_duplicate_is_evidence_of_the_original() -> None:
    """INC-1, CASE-5: four receptionists report one post, and the first has the screenshot."""
    desk = at(WOODBROOK)
    first = desk.report()
    desk.keep_evidence()
    second = desk.report()
    desk.do("notify", by=MANAGER)
    found = Classification(kind=IncidentKind.THIRD_PARTY_POST)
    assert desk.refused("triage", found, by=MANAGER) == "evidence_is_kept"
    desk.records.remove(first)
    desk.records.append(first)
    desk.do("mark_duplicate", DuplicateOf(of=second.id, reason="The same."), by=MANAGER)
    desk.records.remove(second)
    desk.records.append(second)
    assert desk.do("triage", found, by=MANAGER).state == IncidentState.TRIAGED
