"""Taking somebody off the list, at once or on the eighth day, and what a threat leads to besides."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from models.incident_facts import (
    Identification,
    RequestToAuthor,
)
from models.incident_words import (
    AuthorStanding,
    IncidentKind,
    IncidentState,
    NoticeWay,
)
from models.letter_facts.incidents import RemovalReasonKind, WarningExemption
from models.people import Person as KnownPerson
from models.people import PersonState
from models.record_entries import RecordEntry
from models.removal_facts import (
    Delegation,
    EighthDay,
    ImmediateRemovalDraft,
    ListRemovalDraft,
    PCSEReference,
    PlanDraft,
    PoliceTold,
    Postponement,
    SafeguardingDraft,
    SupportDraft,
)
from models.roles import Role
from models.warnings import PatientWarning, Reconsideration, RescissionGround, WarningEntry
from service.policy_library import library
from tests.incident_desk import MONDAY, WOLF, Desk, member
from tests.incident_ways import CLINICIAN, FAIR, MANAGER, PARTNER, REMOVAL, THREAT, at, at_breakdown, looked_at, warned
from workflows.rule import IMPERIAL, WOODBROOK

# On the eighth day


def test_a_removal_takes_effect_on_the_eighth_day_later_if_put_off_and_sooner_only_on_another_list() -> None:
    """INC-23, INC-16: and one patient is named, who is told why."""
    desk = warned(looked_at(at(WOODBROOK)))
    desk.now += timedelta(days=5)
    at_breakdown(desk)
    desk.do("request_list_removal", REMOVAL, by=PARTNER)
    asked_on = desk.now.date()
    assert desk.incident.list_removal
    assert desk.incident.list_removal.effective_on == asked_on + timedelta(days=8)
    assert {each.person_id for each in desk.records if isinstance(each, RecordEntry)} == {WOLF}
    desk.do("record_pcse_acknowledgement", PCSEReference(reference="P1"), by=MANAGER)
    assert desk.refused("eighth_day", EighthDay(), by=MANAGER) == "removal_stands_in_the_record"
    sooner = Postponement(until=asked_on + timedelta(days=8), reason="Treated every week.")
    assert desk.refused("postpone_removal", sooner, by=MANAGER) == "is_put_off"
    desk.do("postpone_removal", Postponement(until=asked_on + timedelta(days=15), reason="Treated weekly."), by=MANAGER)
    assert desk.incident.list_removal.effective_on == asked_on + timedelta(days=15)
    assert desk.incident.due_for == "removal"


def test_nobody_is_removed_for_what_they_are_or_while_an_illness_could_be_met() -> None:
    """P-07, Z-05: what discriminates keeps the patient."""
    desk = at_breakdown(warned(looked_at(at(IMPERIAL))))
    ill = FAIR.model_copy(update={"mitigating": "He had not slept for a week.", "discriminates": True})
    desk.do("check_equality", ill, by=PARTNER)
    desk.now += timedelta(days=1)
    assert desk.refused("request_list_removal", REMOVAL, by=PARTNER) == "is_no_discrimination"


def test_a_warning_on_the_wrong_patient_is_taken_back_before_the_right_one_is_named() -> None:
    """INC-20: by an entry of its own, which notes their right to have it put right."""
    desk = warned(looked_at(at(WOODBROOK)))
    fox = KnownPerson(id=UUID(int=2), practice="ZZ0001", created_at=MONDAY, name="Fox")
    desk.records.append(fox)
    right_one = Identification(person=fox.id, standing=AuthorStanding.PATIENT, known_by="His tail.")
    assert desk.refused("correct_author", right_one, by=MANAGER) == "no_warning_stands"
    (warning,) = [each for each in desk.records if isinstance(each, PatientWarning)]
    wrong: dict[str, Any] = {
        "about": warning.id, "entry": WarningEntry.RESCINDED, "reasons": ("It was the fox.",),
        "ground": RescissionGround.WRONG_PATIENT,
    }  # fmt: skip
    with pytest.raises(ValidationError):
        Reconsideration(**wrong)
    desk.open("reconsider", Reconsideration(**wrong, rectification_noted=True), by=PARTNER)
    desk.do("correct_author", right_one, by=MANAGER)
    assert desk.incident.state == IncidentState.TRIAGED
    assert (desk.incident.person_id, desk.incident.finding, desk.incident.decisions) == (fox.id, None, [])


# Threats


def test_whoever_was_threatened_is_looked_after_and_safeguarding_is_asked_about() -> None:
    """Z-01: both are due a day after."""
    desk = at(IMPERIAL)
    desk.report(IncidentKind.THREAT)
    desk.do("threat", THREAT, by=Role.STAFF)
    assert (desk.incident.due_for, desk.incident.due_at) == ("looking_after", MONDAY + timedelta(days=1))
    desk.do("offer_support", SupportDraft(offered_to=[UUID(int=3)], what="Somebody to talk to."), by=MANAGER)
    assert desk.incident.due_for == "looking_after"
    asked = desk.do("ask_about_safeguarding", SafeguardingDraft(concern=True, what="There is a child."), by=CLINICIAN)
    assert asked.due_for is None
    assert asked.safeguarding


def test_words_alone_are_no_ground_for_a_removal_at_once_and_a_partner_or_whom_they_named_asks() -> None:
    """Z-04, INC-11: though one document says that verbal abuse is enough."""
    mole = member("mole", Role.PRACTICE_MANAGER)
    desk = Desk(library()[IMPERIAL], records=[mole])
    desk.report(IncidentKind.VERBAL_ABUSE)
    desk.do("threat", THREAT.model_copy(update={"fear_for_safety": False}), by=Role.STAFF)
    desk.identify(by=MANAGER)
    asked = ImmediateRemovalDraft(way=NoticeWay.PHONE)
    assert desk.refused("request_immediate_removal", asked, by=PARTNER) == "violence_or_fear"
    desk.incident.threat = desk.incident.threat and desk.incident.threat.model_copy(update={"fear_for_safety": True})
    assert desk.refused("request_immediate_removal", asked, by=PARTNER) == "police_were_told"
    desk.now += timedelta(days=8)
    desk.do("tell_police", PoliceTold(told_at=desk.now), by=Role.STAFF)
    desk.do("check_equality", FAIR, by=CLINICIAN)
    assert desk.refused("request_immediate_removal", asked, by=PARTNER) == "in_time_or_approved"
    approved = asked.model_copy(update={"commissioner_approval": "C1"})
    who = str(mole.id)
    assert desk.refused("request_immediate_removal", approved, by=MANAGER, who=who) == "partner_or_whom_they_named"
    desk.do("delegate_immediate_request", Delegation(to=mole.id), by=PARTNER)
    desk.do("request_immediate_removal", approved, by=MANAGER, who=who)
    assert desk.incident.immediate_removal
    assert desk.incident.immediate_removal.confirm_by.day == desk.now.date() + timedelta(days=7)


def test_illness_is_met_with_a_plan_by_a_clinician_and_the_practice_manager() -> None:
    """INC-27."""
    desk = at(WOODBROOK)
    desk.report(IncidentKind.THREAT)
    desk.do("threat", THREAT, by=Role.STAFF)
    assert desk.refused("manage_otherwise", by=MANAGER) == "clinician_stands_for_the_plan"
    assert desk.refused("agree_plan", PlanDraft(plan="A longer visit."), by=MANAGER) == "RoleRefusal"
    desk.do("agree_plan", PlanDraft(plan="A longer visit, at the quiet hour."), by=CLINICIAN)
    assert desk.do("manage_otherwise", by=MANAGER).state == IncidentState.CLOSED_MANAGED_OTHERWISE


def test_merged_records_are_of_one_person() -> None:
    """INC-20: a warning that was given under another record of the same person counts."""
    desk = warned(looked_at(at(WOODBROOK)))
    old_wolf = UUID(int=2)
    desk.records.append(
        KnownPerson(id=old_wolf, practice="ZZ0001", created_at=MONDAY, merged_into=WOLF, state=PersonState.MERGED)
    )
    (warning,) = [each for each in desk.records if isinstance(each, PatientWarning)]
    warning.person_id = old_wolf
    desk.now += timedelta(days=1)
    at_breakdown(desk)
    desk.do("request_list_removal", REMOVAL, by=PARTNER)
    assert desk.incident.state == IncidentState.REMOVAL_REQUESTED


def test_the_regulations_know_three_exemptions_and_each_takes_a_reason() -> None:
    """INC-9."""
    desk = looked_at(at(WOODBROOK))
    desk.do("request_removal", RequestToAuthor(reasons=("Obscene.",), remove_by=date(2026, 11, 30)), by=MANAGER)
    desk.do("author_refuses", by=MANAGER)
    desk.find(by=PARTNER)
    desk.do("convene", by=PARTNER)
    at_breakdown(desk)
    assert desk.refused("request_list_removal", REMOVAL, by=PARTNER) == "warned_or_exempt"
    with pytest.raises(ValidationError):
        ListRemovalDraft(
            reason_kind=RemovalReasonKind.SPECIFIC, reasons=("No.",), exemption=WarningExemption.HARM_OR_RISK
        )
    exempt = ListRemovalDraft(
        reason_kind=RemovalReasonKind.SPECIFIC, reasons=("He did it again.",), exemption=WarningExemption.HARM_OR_RISK,
        exemption_reason="It would set him off.",
    )  # fmt: skip
    desk.do("request_list_removal", exempt, by=PARTNER)
    assert desk.incident.state == IncidentState.REMOVAL_REQUESTED
