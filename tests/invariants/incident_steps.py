"""What must be so of each step in the work on an incident: what is said of a post, of a complaint, of a decision, of a day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from models.incident_facts import Decision
from models.incident_words import (
    ENDED,
    FACE_TO_FACE,
    IN_WRITING,
    NEVER_SANCTIONED,
    POSTED,
    IncidentKind,
    Measure,
    RouteWay,
    Safeguard,
)
from models.incidents import Incident
from models.legal_references import LegalBasis
from models.letter_facts.facts import LetterTemplate
from models.letters import Letter, LetterState
from models.people import Person, PersonState
from models.policies import Policy
from models.posts import ReplyTemplate
from models.roles import Duty, Role
from models.settings import PageComplaint
from models.warnings import PatientWarning, WarningEntry
from tests.invariants.incidents import S, evidence_of, grave, into, is_a_patient, steps
from tests.invariants.rule import LONDON, day, invariant
from tests.invariants.staff import in_post
from tests.laws import Happened, World


def done(world: World, *names: str) -> list[Happened]:
    """All that happened to incidents under these names."""
    wanted = named(names)
    return [each for each in world.about(Incident) if each.name in wanted]


@cache
def named(names: tuple[str, ...]) -> frozenset[str]:
    """The whole names of laws about incidents."""
    return frozenset(f"incident.{each}" for each in names)


# What it is


@invariant("INC-1")
def a_report_can_be_followed_up(world: World) -> bool:
    return all(each.record.url or each.record.description for each in done(world, "report"))


@invariant("POL-8")
def nothing_is_reported_before_it_happens(world: World) -> bool:
    return all(each.happened_at is None or each.happened_at <= each.created_at for each in world.of(Incident))


@invariant("POL-8", "POL-6")
def a_clause_that_is_cited_stands_in_the_version_that_was_in_force(world: World) -> bool:
    found = done(world, "triage", "reclassify")
    return all(each.record.clause_key is None or each.record.clause_key in clauses_of(each) for each in found)


def clauses_of(happened: Happened) -> set[str]:
    """The clauses of the version that the incident names."""
    versions = (each for each in happened.before if isinstance(each, Policy) and each.id == happened.record.policy_id)
    return {clause.key for each in versions for clause in each.content.clauses}


@invariant("INC-4")
def a_complaint_stays_one_and_is_found_once(world: World) -> bool:
    return all(
        each.record.is_complaint >= each.was.is_complaint
        and each.was.complaint_found in {None, each.record.complaint_found}
        and not (each.name == "incident.find_complaint" and each.was.complaint_found)
        for each in steps(world)
    )


@invariant("INC-5", "INC-16")
def whoever_is_named_is_on_record(world: World) -> bool:
    told = done(world, "identify_author", "correct_author", "add_author")
    return all(
        {each.record.person_id, *(one.person for one in each.record.further_authors)} <= {None, *on_record(each)}
        for each in told
    )


def on_record(happened: Happened) -> set[Any]:
    """Who was on record."""
    return {each.id for each in happened.before if isinstance(each, Person) and each.state == PersonState.ON_RECORD}


@invariant("INC-20")
def a_warning_is_taken_back_before_somebody_else_is_named(world: World) -> bool:
    return not any(warned_here(each) for each in done(world, "identify_author", "correct_author"))


def warned_here(happened: Happened) -> bool:
    """Whether a warning of this incident stood."""
    ledger = [each for each in happened.before if isinstance(each, PatientWarning)]
    gone = {each.about for each in ledger if each.entry == WarningEntry.RESCINDED}
    return any(
        each.entry == WarningEntry.GIVEN and each.incident_id == happened.record.id and each.id not in gone
        for each in ledger
    )


@invariant("INC-7", "INC-20")
def nobody_who_was_warned_is_judged_anew_before_that_is_taken_back(world: World) -> bool:
    return not any(warned_here(each) and not was_stopped(each) for each in done(world, "begin_anew"))


def was_stopped(happened: Happened) -> bool:
    """Whether each letter of this incident that warns was withdrawn before it was sent."""
    warns = [
        each
        for each in happened.before
        if isinstance(each, Letter)
        and (each.case_id, each.template) == (happened.record.id, LetterTemplate.REMOVAL_RISK_WARNING)
    ]
    return bool(warns) and all(each.state == LetterState.WITHDRAWN for each in warns)


@invariant("INC-20")
def a_warning_is_taken_back_once_and_only_if_it_was_given(world: World) -> bool:
    return all(
        any(one.id == each.payload.about and one.entry == WarningEntry.GIVEN for one in ledger)
        and not any(one.about == each.payload.about and one.entry == WarningEntry.RESCINDED for one in ledger)
        for each in world.done("warning.reconsider")
        for ledger in [[one for one in each.before if isinstance(one, PatientWarning)]]
    )


@invariant("INC-15", "INC-16")
def what_the_commissioner_was_asked_for_is_not_lost_sight_of(world: World) -> bool:
    changed = done(world, "identify_author", "reclassify", "not_a_threat", "manage_otherwise")
    return not any(each.was.list_removal or each.was.immediate_removal for each in changed) and all(
        each.record.list_removal for each in into(world, S.REMOVAL_REQUESTED)
    )


# What stands on a page


@invariant("INC-2", "I-05")
def the_practice_takes_down_and_hides_only_on_its_own_pages(world: World) -> bool:
    ours = done(world, "take_down", "hide_in_emergency")
    return all(each.was.on_own_page and each.was.platform in pages(each) for each in ours)


def pages(happened: Happened) -> set[Any]:
    """Where the practice can take down: where it does not say which pages it runs, anywhere that is said to be one."""
    accounts = happened.practice.settings.platform_accounts.value
    return {each.platform for each in accounts if each.deletable} if accounts else {happened.was.platform}


UP = (
    "take_down",
    "hide_in_emergency",
    "request_removal",
    "author_removes",
    "record_post_gone",
    "reply_in_general",
    "still_refuses",
)


@invariant("INC-2", "INC-5")
def what_is_gone_is_neither_deleted_nor_asked_for(world: World) -> bool:
    return all(each.was.still_live for each in done(world, *UP))


@invariant("INC-2")
def what_is_hidden_is_described_and_was_not_hidden(world: World) -> bool:
    return all(each.was.description and not each.was.hidden for each in done(world, "hide_in_emergency"))


@invariant("K-03")
def a_complaint_is_deleted_as_the_policy_says(world: World) -> bool:
    return all(
        each.record.taken_down.reason
        for each in done(world, "take_down")
        if each.was.is_complaint and each.practice.settings.page_complaint.value == PageComplaint.AT_DISCRETION
    )


@invariant("INC-3", "INC-21")
def only_a_breach_is_reported_and_once(world: World) -> bool:
    return all(
        not each.was.platform_report and each.was.kind in POSTED - NEVER_SANCTIONED and not each.was.is_complaint
        for each in done(world, "report_to_platform")
    )


@invariant("INC-15")
def what_is_said_of_a_post_is_said_of_one(world: World) -> bool:
    posted = done(
        world, "request_removal", "author_removes", "record_post_gone", "close_unidentified", "send_website_notice"
    )
    return all(each.was.kind in POSTED for each in posted) and not any(
        each.was.still_live for each in done(world, "close_taken_down")
    )


@invariant("INC-3", "INC-5")
def nobody_is_unknown_who_is_known(world: World) -> bool:
    return all(each.was.person_id is None for each in done(world, "close_unidentified", "send_website_notice"))


@invariant("I-05")
def whoever_is_asked_has_a_day_to_three_months(world: World) -> bool:
    return all(
        day(each) < each.payload.remove_by <= day(each) + timedelta(days=90) for each in done(world, "request_removal")
    )


@invariant("I-05", "I-06")
def time_alone_counts_as_a_refusal_once_it_is_over(world: World) -> bool:
    return all(
        each.was.author_asked.remove_by < each.at.astimezone(LONDON).date()
        for each in done(world, "author_refuses")
        if Role.CLOCK in each.actor.roles
    )


@invariant("INC-24", "C-13")
def the_operator_of_a_website_is_sent_one_notice_of_what_defames(world: World) -> bool:
    return all(
        "defamatory" in each.was.grounds and not each.was.website_notice and not each.was.on_own_page
        for each in done(world, "send_website_notice")
    )


SHOWN = ("request_removal", "send_website_notice", "take_down", "not_a_threat", "redirect_message")


@invariant("INC-1")
def whoever_is_written_to_is_shown_what_there_is(world: World) -> bool:
    return all(evidence_of(each) for each in done(world, *SHOWN))


@invariant("INC-5", "I-05")
def the_author_is_asked_where_the_practice_cannot_delete(world: World) -> bool:
    return not any(each.was.on_own_page for each in done(world, "request_removal", "send_website_notice"))


@invariant("C-06")
def what_breaks_the_policy_is_known_to_its_platform_in_the_end(world: World) -> bool:
    return all(
        each.was.platform_report or each.was.is_complaint or each.was.kind not in POSTED - NEVER_SANCTIONED
        for each in done(world, "close_taken_down", "close_unidentified")
    )


# A complaint in it


ABOUT_A_COMPLAINT = ("offer_complaint_route", "route_complaint", "reply_in_general", "acknowledge_complaint")


@invariant("K-07")
def the_route_is_for_complaints_and_comes_with_the_leaflet(world: World) -> bool:
    offers = done(world, "offer_complaint_route", "route_complaint")
    return all(each.was.is_complaint for each in done(world, *ABOUT_A_COMPLAINT)) and all(
        each.payload.leaflet_offered or each.payload.way == RouteWay.GENERIC_REPLY for each in offers
    )


@invariant("INC-19", "K-07")
def in_public_nobody_is_spoken_to_who_is_known(world: World) -> bool:
    offers = done(world, "offer_complaint_route", "route_complaint")
    return all(
        each.was.person_id is None and each.was.general_reply
        for each in offers
        if each.payload.way == RouteWay.GENERIC_REPLY
    ) and not any(each.was.person_id is None and each.payload.way in IN_WRITING for each in offers)


@invariant("K-02", "K-04")
def complaints_are_answered_in_public_only_as_the_policy_says(world: World) -> bool:
    return all(
        each.was.platform
        and (
            each.payload.template != ReplyTemplate.COMPLAINTS_PROCEDURE
            or each.practice.settings.generic_reply_to_complaints.value
        )
        for each in done(world, "reply_in_general")
    )


@invariant("K-03", "K-05")
def no_complaint_is_put_away_without_its_route(world: World) -> bool:
    away = into(
        world, *ENDED, S.TAKING_DOWN, S.OPTIONS_REVIEW, S.LEGAL_REFERRAL, S.WARNED, S.BREAKDOWN_REVIEW, S.ADVISED
    )
    back = {S.REMOVAL_REQUESTED, S.LEGAL_REFERRAL}
    return all(
        each.record.route_offered
        for each in away
        if each.was.is_complaint and (each.was.state not in back or each.record.state in ENDED)
    )


@invariant("INC-22")
def a_complaint_was_seen_by_now_and_is_acknowledged_once(world: World) -> bool:
    return all(each.payload.seen_on <= day(each) for each in done(world, "find_complaint")) and not any(
        each.was.complaint_acknowledged for each in done(world, "acknowledge_complaint")
    )


@invariant("INC-21", "C-15")
def a_clinician_reads_what_somebody_says_of_their_health(world: World) -> bool:
    read, gone = done(world, "read_message"), done(world, "redirect_message", "take_down")
    medical = IncidentKind.MEDICAL_MESSAGE
    return (
        all(each.was.kind == medical and not each.was.message_seen for each in read)
        and all(each.was.kind == medical for each in done(world, "redirect_message"))
        and all(each.was.message_seen for each in gone if each.was.kind == medical)
    )


@invariant("INC-21", "S-10")
def only_a_friend_request_is_answered_as_one(world: World) -> bool:
    return all(each.was.kind == IncidentKind.CONTACT_REQUEST for each in done(world, "answer_contact_request"))


# What is found and decided


RESTS_ON_A_FINDING = (
    "decide",
    "convene",
    "refer_legal",
    "advise_patient",
    "warn",
    "breach_continues",
    "request_list_removal",
    "eighth_day",
)


@invariant("INC-6", "INC-7")
def nothing_is_held_against_anybody_without_a_finding(world: World) -> bool:
    return all(each.was.finding for each in done(world, *RESTS_ON_A_FINDING))


@invariant("INC-6")
def nobody_but_a_patient_is_advised_warned_or_removed(world: World) -> bool:
    formal = ("advise_patient", "warn", "breach_continues", "request_list_removal", "request_immediate_removal")
    return all(is_a_patient(each.was) for each in done(world, *formal))


@invariant("INC-6", "INC-7", "C-05")
def a_finding_takes_more_than_what_is_wrong_or_unpleasant(world: World) -> bool:
    return all(grave(each.was) for each in done(world, "record_finding"))


@invariant("INC-1", "POL-8")
def a_finding_takes_a_rule_that_was_in_force(world: World) -> bool:
    return all(
        each.was.kind in FACE_TO_FACE or (each.was.clause_key and each.was.policy_id)
        for each in done(world, "record_finding")
    )


@invariant("INC-7", "K-09")
def a_finding_never_rests_on_a_complaint_alone(world: World) -> bool:
    return not any(each.payload.rests_on_complaint_alone for each in done(world, "record_finding"))


def deciders(happened: Happened, measure: Measure) -> set[Role]:
    """Who decides on a measure: whoever the policy names, and on a removal a partner too."""
    return {*happened.practice.holders(Duty.DECIDE), *([Role.PARTNER] if measure == Measure.LIST_REMOVAL else [])}


@invariant("INC-10", "INC-14", "I-06")
def each_role_decides_once_for_itself(world: World) -> bool:
    return all(
        each.payload.role in each.actor.roles & deciders(each, each.payload.measure)
        and (each.payload.measure, each.payload.role) not in {(one.measure, one.role) for one in each.was.decisions}
        for each in done(world, "decide")
    )


@invariant("INC-14", "INC-8", "I-06")
def a_warning_and_a_referral_are_decisions_of_all_who_decide(world: World) -> bool:
    joint = {"incident.warn": Measure.WARNING, "incident.refer_legal": Measure.LEGAL_REFERRAL}
    return all(unanimous(each, joint[each.name]) for each in done(world, "warn", "refer_legal"))


def unanimous(happened: Happened, measure: Measure) -> bool:
    """Whether all who decide did, and agreed."""
    made: dict[Role, Decision] = {each.role: each for each in happened.was.decisions if each.measure == measure}
    return deciders(happened, measure) <= made.keys() and all(each.agrees for each in made.values())


@invariant("INC-25")
def nobody_decides_in_their_own_cause_while_another_could(world: World) -> bool:
    return not any(
        each.actor.id in involved(each) and any(decided_by(each) & one.roles_at(each.at) for one in uninvolved(each))
        for each in done(world, "decide", "record_finding", "advise_patient")
    )


def involved(happened: Happened) -> set[str]:
    """Who was abused or complained about."""
    return {str(each) for each in happened.was.staff_involved}


def uninvolved(happened: Happened) -> list[Any]:
    """Who else is in post."""
    apart = {*involved(happened), happened.actor.id}
    return [each for each in in_post(happened.before) if str(each.id) not in apart]


def decided_by(happened: Happened) -> set[Role]:
    """In which roles somebody can do this: the one that is said, or any that decides."""
    said = getattr(happened.payload, "role", None)
    return {said} if said else set(happened.practice.holders(Duty.DECIDE))


REPEALED = {LegalBasis.MALICIOUS_COMMUNICATION_BEFORE_2024, LegalBasis.PUBLIC_NETWORK_MISUSE_BEFORE_2024}


@invariant("INC-8", "I-08", "I-09", "I-10")
def lawyers_are_asked_with_the_defence_body_s_advice_on_law_that_holds(world: World) -> bool:
    return all(
        each.was.defence_body_advice and not set(each.payload.bases) & REPEALED for each in done(world, "refer_legal")
    )


@invariant("INC-26")
def whoever_is_warned_has_time_to_answer(world: World) -> bool:
    return all(each.payload.answer_by > day(each) for each in done(world, "warn"))


# A removal


@invariant("INC-10")
def an_attempt_to_mend_it_is_looked_at_again_on_a_day_to_come(world: World) -> bool:
    return all(
        (each.payload.safeguard == Safeguard.RESTORE_ATTEMPT) == (each.payload.review_on is not None)
        and (each.payload.review_on is None or each.payload.review_on > day(each))
        for each in done(world, "take_safeguard")
    )


@invariant("P-07", "Z-05")
def nobody_is_removed_for_what_they_are(world: World) -> bool:
    return all(
        each.was.equality_check and not each.was.equality_check.discriminates
        for each in done(world, "request_list_removal", "request_immediate_removal")
    )


@invariant("INC-12")
def what_pcse_has_is_acknowledged_once(world: World) -> bool:
    return not any(each.was.pcse_acknowledged for each in done(world, "record_pcse_acknowledgement")) and all(
        each.was.pcse_acknowledged for each in done(world, "eighth_day", "confirm_in_writing")
    )


@invariant("INC-12")
def what_is_confirmed_was_asked_for(world: World) -> bool:
    return all(
        each.was.immediate_removal.at.astimezone(LONDON).date() <= each.payload.sent_on <= day(each)
        for each in done(world, "confirm_in_writing")
    )


@invariant("INC-23")
def a_removal_takes_effect_on_the_eighth_day_or_later_or_on_another_list(world: World) -> bool:
    return all(earliest(each.was) <= day(each) or accepted_since(each) for each in done(world, "eighth_day")) and all(
        each.payload.until > earliest(each.was) for each in done(world, "postpone_removal")
    )


def earliest(incident: Incident) -> date:
    """The day on which a removal takes effect."""
    assert incident.list_removal
    return incident.list_removal.postponed_to or incident.list_removal.effective.day


def accepted_since(happened: Happened) -> bool:
    """Whether another practice accepted the patient meanwhile."""
    elsewhere, asked = happened.payload.accepted_elsewhere_on, happened.was.list_removal.at.astimezone(LONDON).date()
    return elsewhere is not None and asked <= elsewhere <= day(happened)


# Danger


@invariant("INC-11")
def a_threat_has_happened_and_the_police_were_told_since(world: World) -> bool:
    return all(each.payload.happened_at <= each.at for each in done(world, "threat")) and all(
        each.was.threat.happened_at <= each.payload.told_at <= each.at for each in done(world, "tell_police")
    )


@invariant("INC-11", "Z-04")
def words_alone_are_no_ground_and_a_partner_asks_or_whom_they_named(world: World) -> bool:
    return all(
        (each.was.threat.violence or each.was.threat.fear_for_safety)
        and (Role.PARTNER in each.actor.roles or named_for_it(each))
        for each in done(world, "request_immediate_removal")
    )


def named_for_it(happened: Happened) -> bool:
    """Whether a partner named whoever asked."""
    named = happened.was.delegated
    return named is not None and str(named.to) == happened.actor.id


@invariant("INC-11")
def whoever_stands_in_is_in_post_and_can_see_it(world: World) -> bool:
    may = {Role.PRACTICE_MANAGER, Role.CLINICIAN}
    return all(
        any(one.id == each.payload.to and one.roles_at(each.at) & may for one in in_post(each.before))
        for each in done(world, "delegate_immediate_request")
    )


@invariant("INC-27")
def what_is_managed_otherwise_has_a_clinician_s_plan(world: World) -> bool:
    return all(each.was.plan for each in into(world, S.CLOSED_MANAGED_OTHERWISE))
