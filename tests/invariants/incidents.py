"""What must be so of incidents: of each step by what was known then, and of each record as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from models.clauses import BreachGround
from models.evidence import Evidence, EvidenceState
from models.incident_words import (
    ENDED,
    FACE_TO_FACE,
    IN_WRITING,
    NEVER_SANCTIONED,
    POSTED,
    AuthorStanding,
    IncidentState,
    Measure,
    Outcome,
    PinnedBecause,
    Safeguard,
)
from models.incidents import Incident
from models.letter_facts.facts import LetterTemplate
from models.letters import Letter, LetterState
from models.record_entries import RecordEntry
from models.roles import Duty, Role
from models.warnings import PatientWarning, WarningEntry
from tests.invariants.rule import LONDON, holds, invariant
from tests.laws import Happened, World

S = IncidentState
INTAKE = {S.REPORTED, S.NOTIFIED}
DANGER = {S.SAFETY, S.IMMEDIATE_REQUESTED, S.CLOSED_IMMEDIATE_REMOVED, S.CLOSED_MANAGED_OTHERWISE}
"""What may be reached straight from the report, since nobody waits for a screenshot when somebody is in danger."""
LOOKED_AT = set(S) - INTAKE - DANGER - {S.CLOSED_DUPLICATE}
SANCTIONS = {S.ADVISED, S.WARNED, S.BREAKDOWN_REVIEW, S.REMOVAL_REQUESTED, S.CLOSED_LIST_REMOVED}
"""What is held against somebody."""
HARMLESS = {BreachGround.INACCURATE, BreachGround.EMBARRASSING}
A_WEEK = timedelta(days=7)


def steps(world: World) -> Iterator[Happened]:
    """All that happened to incidents, but for their report."""
    return (each for each in world.about(Incident) if each.was)


def into(world: World, *states: IncidentState) -> Iterator[Happened]:
    """The steps by which an incident came into one of these states from another."""
    return (
        each
        for each in world.about(Incident)
        if each.record.state in states and each.was and each.was.state != each.record.state
    )


def onward(world: World, *states: IncidentState) -> Iterator[Happened]:
    """The same, but for what was asked of the commissioner before, and is taken back or goes on."""
    return (
        each
        for each in into(world, *states)
        if each.record.state in ENDED or not (each.was.list_removal or came_of_a_referral(each))
    )


def came_of_a_referral(happened: Happened) -> bool:
    """Whether lawyers have answered: that is no advice to anybody, though the incident stands where it stood."""
    return bool(happened.was.state == S.LEGAL_REFERRAL and happened.record.state == S.ADVISED)


def evidence_of(happened: Happened) -> list[Evidence]:
    """What is held in evidence of the incident, or of the recording that it follows from, when this happened."""
    cases = {happened.record.id, happened.record.recording_id}
    return [
        each
        for each in happened.before
        if isinstance(each, Evidence) and each.case_id in cases and each.state == EvidenceState.HELD
    ]


def pinned(incident: Incident) -> bool:
    """Whether it is known which policy counts, or that there was none."""
    return (incident.policy_id is None) == (incident.pinned_because == PinnedBecause.NO_POLICY_IN_FORCE)


@invariant("INC-1")
def past_intake_there_is_evidence_and_a_policy(world: World) -> bool:
    came_in = (
        each for each in into(world, *LOOKED_AT) if each.was.state in INTAKE | DANGER and not kindly(each.record)
    )
    return all(evidence_of(each) for each in came_in) and all(pinned(each) for each in world.of(Incident))


def kindly(incident: Incident) -> bool:
    """What is answered at once and held against nobody: a message about somebody's health, a friend request."""
    return incident.kind in NEVER_SANCTIONED and incident.state in ENDED


@invariant("INC-2")
def only_what_is_live_on_an_own_page_is_deleted_and_after_evidence(world: World) -> bool:
    return all(
        each.was.on_own_page and each.was.still_live and evidence_of(each) and not each.record.still_live
        for each in into(world, S.TAKING_DOWN)
    )


@invariant("INC-3")
def a_breach_is_reported_to_the_platform_before_its_end_and_nothing_else_ever_is(world: World) -> bool:
    owed = {Outcome.TAKEN_DOWN, Outcome.AUTHOR_UNIDENTIFIED}
    reports = (each for each in steps(world) if each.record.platform_report and not each.was.platform_report)
    return all(
        each.record.platform_report or not_reported(each.record)
        for each in into(world, S.CLOSED_RESOLVED)
        if each.record.ending.outcome in owed
    ) and not any(not_reported(each.was) for each in reports)


def not_reported(incident: Incident) -> bool:
    """What is no breach, and none of a platform's business."""
    return incident.is_complaint or incident.kind not in POSTED - NEVER_SANCTIONED


@invariant("INC-4")
def a_complaint_is_offered_its_route_before_any_sanction_or_end(world: World) -> bool:
    decisive = onward(world, *SANCTIONS, *ENDED, S.OPTIONS_REVIEW, S.TAKING_DOWN)
    at_once = into(world, S.CLOSED_IMMEDIATE_REMOVED)
    return all(told_the_way(each) for each in decisive if each.was.is_complaint) and all(
        each.record.route_offered.way in IN_WRITING for each in at_once if each.was.is_complaint
    )


def told_the_way(happened: Happened) -> bool:
    """Whether the way to complain was offered: by word of mouth, in public, or in a letter that went out."""
    offered = happened.record.route_offered
    return offered is not None and (
        offered.way not in IN_WRITING or went_out(happened, LetterTemplate.COMPLAINT_ROUTE, offered.at)
    )


def went_out(happened: Happened, template: LetterTemplate, since: datetime) -> bool:
    """Whether a letter of the incident of this template had gone out when this happened, and had not come back."""
    return any(
        (each.case_id, each.template, each.state) == (happened.record.id, template, LetterState.SENT)
        and each.created_at >= since
        for each in happened.before
        if isinstance(each, Letter)
    )


@invariant("INC-5")
def only_an_identified_author_of_a_live_post_elsewhere_is_asked_to_remove_it(world: World) -> bool:
    return all(
        each.was.identified and each.was.person_id and each.was.still_live and not each.was.on_own_page
        for each in into(world, S.AWAITING_AUTHOR)
    )


@invariant("INC-6")
def advice_and_warnings_need_a_patient_and_a_finding(world: World) -> bool:
    formal = (each for each in into(world, S.ADVISED, S.WARNED) if each.was.state != S.LEGAL_REFERRAL or warned(each))
    return all(is_a_patient(each.record) and each.was.finding for each in formal)


def warned(happened: Happened) -> bool:
    """Whether this was a warning."""
    return bool(happened.record.state == S.WARNED)


def is_a_patient(incident: Incident) -> bool:
    """Whether it is known which patient it was."""
    return incident.person_id is not None and incident.standing == AuthorStanding.PATIENT


@invariant("INC-7")
def nothing_rests_on_a_complaint_alone(world: World) -> bool:
    return all(
        (each.was.finding or each.record.finding) and grave(each.record)
        for each in onward(world, S.WARNED, S.REMOVAL_REQUESTED)
    ) and not any(
        each.finding and each.finding.rests_on_complaint_alone and each.state in SANCTIONS
        for each in world.of(Incident)
    )


def grave(incident: Incident) -> bool:
    """Whether there is more to it than that it is wrong or unpleasant."""
    return bool(set(incident.grounds) - HARMLESS) or incident.kind in FACE_TO_FACE


@invariant("INC-8")
def lawyers_are_asked_after_the_defence_body_by_all_who_decide(world: World) -> bool:
    return all(
        each.was.defence_body_advice and agreed(each, Measure.LEGAL_REFERRAL) for each in into(world, S.LEGAL_REFERRAL)
    )


def agreed(happened: Happened, measure: Measure, *others: Role) -> bool:
    """Whether every role that decides, and these, had decided for it, each for itself."""
    decided = {each.role: each.agrees for each in happened.was.decisions if each.measure == measure}
    wanted = {*happened.practice.holders(Duty.DECIDE), *others}
    return all(decided.get(role, False) for role in wanted)


@invariant("INC-9", "INC-20")
def nobody_is_taken_off_the_list_without_a_warning_in_twelve_months_or_an_exemption(world: World) -> bool:
    steps_to_it = (*onward(world, S.REMOVAL_REQUESTED), *into(world, S.CLOSED_LIST_REMOVED))
    return all(warned_before(each) or exempt(each.record) for each in steps_to_it)


def exempt(incident: Incident) -> bool:
    """Whether it is recorded why nobody had to be warned."""
    asked = incident.list_removal
    return asked is not None and asked.exemption is not None and bool(asked.exemption_reason)


def warned_before(happened: Happened) -> bool:
    """INC-20: whether the patient, for whatever incident, was warned in the twelve months before, and still is."""
    ledger = [each for each in happened.before if isinstance(each, PatientWarning)]
    gone = {each.about for each in ledger if each.entry == WarningEntry.RESCINDED}
    return any(
        each.entry == WarningEntry.GIVEN
        and each.person_id == happened.record.person_id
        and each.id not in gone
        and any(a_year_before(asked_on(happened)) <= sent < asked_on(happened) for sent in days_sent(happened, each))
        for each in ledger
    )


def asked_on(happened: Happened) -> date:
    """The day on which the removal was asked for."""
    asked = happened.was.list_removal or happened.record.list_removal
    return asked.at.astimezone(LONDON).date()  # type: ignore[no-any-return] # a day


def days_sent(happened: Happened, warning: PatientWarning) -> list[date]:
    """The days on which letters with this warning went out that have not come back."""
    return [
        each.sent.at.astimezone(LONDON).date()
        for each in happened.before
        if isinstance(each, Letter)
        and (each.case_id, each.template) == (warning.incident_id, LetterTemplate.REMOVAL_RISK_WARNING)
        and each.created_at == warning.created_at
        and each.state == LetterState.SENT
        and each.sent
    ]


def a_year_before(on: date) -> date:
    """The same day of the year before; from the leap day, the first of March."""
    return date(on.year - 1, 3, 1) if (on.month, on.day) == (2, 29) else on.replace(year=on.year - 1)


@invariant("INC-10")
def before_a_removal_all_was_tried_and_a_partner_was_among_those_who_decided(world: World) -> bool:
    return all(
        {taken.safeguard for taken in each.was.safeguards} == set(Safeguard)
        and fair(each.was)
        and each.record.list_removal
        and each.record.list_removal.reasons
        and agreed(each, Measure.LIST_REMOVAL, Role.PARTNER)
        for each in onward(world, S.REMOVAL_REQUESTED)
    ) and all(
        agreed(each, Measure.LIST_REMOVAL, Role.PARTNER)
        and went_out(each, LetterTemplate.REMOVAL_REASONS, each.was.list_removal.at)
        for each in into(world, S.CLOSED_LIST_REMOVED)
    )


def fair(incident: Incident) -> bool:
    """Whether it was asked if it has to do with who the patient is, and it has not."""
    check = incident.equality_check
    return (
        check is not None
        and check.protected_characteristics_considered
        and check.neurodivergence_considered
        and not check.discriminates
    )


@invariant("INC-11")
def at_once_only_for_violence_or_fear_once_the_police_know(world: World) -> bool:
    return all(
        is_a_patient(each.was)
        and (each.was.threat.violence or each.was.threat.fear_for_safety)
        and each.was.police_told
        and fair(each.was)
        and (told_in_time(each.was, each.at) or each.record.immediate_removal.commissioner_approval)
        for each in into(world, S.IMMEDIATE_REQUESTED)
    )


def told_in_time(incident: Incident, asked_at: datetime) -> bool:
    """Whether the police were told, and the commissioner was asked, within a week."""
    assert incident.threat
    assert incident.police_told
    return max(incident.police_told.told_at, asked_at) - incident.threat.happened_at <= A_WEEK


@invariant("INC-12")
def whoever_is_removed_was_reported_in_writing_and_stands_in_the_record(world: World) -> bool:
    return all(
        entered(each) and (each.record.confirmed_in_writing if at_once(each) else each.was.pcse_acknowledged)
        for each in into(world, S.CLOSED_LIST_REMOVED, S.CLOSED_IMMEDIATE_REMOVED)
    )


def at_once(happened: Happened) -> bool:
    """Whether this ended a removal at once."""
    return bool(happened.record.state == S.CLOSED_IMMEDIATE_REMOVED)


def entered(happened: Happened) -> bool:
    """Whether a note of this removal, and of no earlier one, stands in the clinical record."""
    was = happened.was
    asked, event = (
        (was.immediate_removal, "immediate_removal") if at_once(happened) else (was.list_removal, "list_removal")
    )
    return any(
        isinstance(each, RecordEntry)
        and (each.case_id, each.event, each.state) == (was.id, event, "filed")
        and each.happened_on >= asked.at.astimezone(LONDON).date()
        for each in happened.before
    )


@invariant("INC-13")
def whoever_is_removed_at_once_is_told_or_there_is_a_reason_why_not(world: World) -> bool:
    return all(
        informed is not None
        and (
            bool(informed.reason)
            if informed.not_informed
            else went_out(each, LetterTemplate.IMMEDIATE_REMOVAL, each.was.immediate_removal.at)
        )
        for each in into(world, S.CLOSED_IMMEDIATE_REMOVED)
        for informed in [each.record.patient_informed]
    )


@invariant("INC-14")
def advice_is_a_decision_of_those_who_decide(world: World) -> bool:
    return all(holds(each, Duty.DECIDE) for each in into(world, S.ADVISED) if each.was.state != S.LEGAL_REFERRAL)


GONE = {Outcome.TAKEN_DOWN, Outcome.AUTHOR_REMOVED}


@invariant("INC-15")
def what_is_said_of_a_post_is_so(world: World) -> bool:
    ended = [each for each in into(world, S.CLOSED_RESOLVED) if each.record.kind in POSTED]
    gone = all(not each.record.still_live for each in ended if each.record.ending.outcome in GONE)
    taken_up = all(
        each.record.complaint_reference and each.was.route_offered and not each.record.still_live
        for each in ended
        if each.record.ending.outcome == Outcome.COMPLAINT_TAKEN_UP
    )
    refused = (each for each in into(world, S.REFUSED) if each.was.state == S.COMPLAINT_PATHWAY)
    return gone and taken_up and all(each.record.still_live for each in refused)


@invariant("INC-16")
def a_removal_names_one_patient(world: World) -> bool:
    asked = into(world, S.REMOVAL_REQUESTED, S.IMMEDIATE_REQUESTED)
    since = (each for each in steps(world) if each.was.list_removal or each.was.immediate_removal)
    return all(is_a_patient(each.record) for each in asked) and all(
        each.record.person_id == each.was.person_id for each in since
    )


@invariant("INC-17")
def what_has_ended_never_moves(world: World) -> bool:
    return not any(each.was.state in ENDED for each in steps(world))


GROWING = ("notes", "contact_log", "links", "escalations", "further_authors")


@invariant("INC-18")
def what_was_written_stays_written(world: World) -> bool:
    return all(
        getattr(each.record, name)[: len(getattr(each.was, name))] == getattr(each.was, name)
        for each in steps(world)
        for name in GROWING
    )


@invariant("INC-21")
def nobody_is_held_to_account_for_a_medical_message_or_a_friend_request(world: World) -> bool:
    held = {*SANCTIONS, S.OPTIONS_REVIEW, S.AWAITING_AUTHOR, S.IMMEDIATE_REQUESTED, S.CLOSED_IMMEDIATE_REMOVED}
    found = (each for each in steps(world) if each.record.finding and not each.was.finding)
    return not any(each.record.kind in NEVER_SANCTIONED for each in [*onward(world, *held), *found])
