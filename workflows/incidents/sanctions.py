"""Advice and warnings: to patients alone, after a finding, and never for a complaint."""

from collections.abc import Iterable

from models.incident_facts import AdviceLetter, WarningOrder
from models.incident_words import IncidentState, Outcome
from models.incidents import Incident
from models.letter_facts.incidents import Advice, RemovalRiskWarning
from models.letters import Letter, LetterState
from models.record import uuid7
from models.roles import Role
from models.warnings import PatientWarning, WarningGiven
from workflows.engine import Act, Consequence, guard
from workflows.incidents.decisions import DECIDERS, nobody_judges_their_own_cause
from workflows.incidents.guards import (
    all_agreed_to_warn,
    complaint_route_offered,
    concerns_a_patient,
    there_is_a_finding,
)
from workflows.incidents.machine import (
    MANAGERS,
    WORKERS,
    end,
    given_here,
    incidents,
    its_letters,
    judged_anew,
    the_person,
)
from workflows.incidents.telling import the_conduct, the_post
from workflows.letters import addressed, issue, letter
from workflows.roles import Audience
from workflows.statutory_time import today
from workflows.warning_ledger import standing, written_for
from workflows.warnings import give


@guard("Leave them time to answer: by a day to come.")
def leaves_time(incident: Incident, act: Act, order: WarningOrder) -> bool:
    """INC-26: whoever is warned can answer, or ask for another look."""
    return order.answer_by > today(act)


@guard(
    "A warning from this incident was sent, or is still to be sent: take it back first.",
    needs=[given_here, its_letters],
)
def no_warning_goes_out(incident: Incident, act: Act) -> bool:
    """INC-7, INC-20: what somebody was told is taken back by an entry in the ledger before it is judged anew."""
    letters = act.looked_up(its_letters)
    return all(was_stopped(each, letters) for each in standing(act.looked_up(given_here)))


@incidents.transition(
    IncidentState.OPTIONS_REVIEW, to=IncidentState.ADVISED, by=DECIDERS,
    when=[concerns_a_patient, there_is_a_finding, complaint_route_offered, nobody_judges_their_own_cause], needs=[the_person],
    entails=[issue], tells=[Audience.DECIDERS],
)  # fmt: skip
def advise_patient(incident: Incident, act: Act, advice: AdviceLetter) -> list[Consequence]:
    """Tell a patient that feedback is welcome, and that this was not constructive. One of those who decide is enough (INC-14)."""
    if incident.finding is None:
        return []
    facts = Advice(posts=(the_post(incident),), finding=incident.finding.finding, reasons=advice.reasons)
    return [letter(facts, incident, because="incident.advise_patient", to=addressed(act.looked_up(the_person)))]


@incidents.transition(
    IncidentState.TRIAGED, IncidentState.TAKING_DOWN, IncidentState.ADVISED, IncidentState.LEGAL_REFERRAL,
    IncidentState.BREAKDOWN_REVIEW, to=IncidentState.WARNED, by=MANAGERS,
    when=[concerns_a_patient, there_is_a_finding, complaint_route_offered, all_agreed_to_warn, leaves_time], needs=[the_person],
    entails=[give, issue], tells=[Audience.DECIDERS],
)  # fmt: skip
def warn(incident: Incident, act: Act, order: WarningOrder) -> list[Consequence]:
    """Warn a patient that they may be taken off the list, with reasons. It counts once its letter was sent (INC-9, INC-20)."""
    incident.decisions = []
    if incident.person_id is None:
        return []
    given = WarningGiven(warning_id=uuid7(), person_id=incident.person_id, incident_id=incident.id, order=order)
    facts = RemovalRiskWarning(
        conduct=(the_conduct(incident),), reasons=order.reasons, has_to_change=order.has_to_change, answer_by=order.answer_by
    )  # fmt: skip
    told = addressed(act.looked_up(the_person))
    return [give.on(given), letter(facts, incident, because="incident.warn", to=told)]


@incidents.transition(
    IncidentState.WARNED, to=IncidentState.CLOSED_RESOLVED, by=[Role.PRACTICE_MANAGER], when=[complaint_route_offered],
    tells=[Audience.INCIDENTS],
)  # fmt: skip
def behaviour_stops(incident: Incident, act: Act) -> None:
    """Close it, because it has not happened again. The warning stays in the ledger."""
    end(incident, act, Outcome.BEHAVIOUR_STOPPED)


@incidents.transition(
    IncidentState.WARNED, IncidentState.OPTIONS_REVIEW, to=IncidentState.BREAKDOWN_REVIEW, by=MANAGERS,
    when=[concerns_a_patient, there_is_a_finding, complaint_route_offered], tells=[Audience.DECIDERS],
)  # fmt: skip
def breach_continues(incident: Incident, act: Act) -> None:
    """Look at whether the relationship can still be mended, because it goes on. Everybody decides anew."""
    incident.decisions = []


@incidents.transition(
    IncidentState.WARNED, to=IncidentState.TRIAGED, by=WORKERS, when=[no_warning_goes_out], tells=[Audience.INCIDENTS]
)
def begin_anew(incident: Incident, act: Act) -> None:
    """Go back to what it was found to be, because its warning was taken back, or was stopped before it was sent."""
    judged_anew(incident)


def was_stopped(given: PatientWarning, letters: Iterable[Letter]) -> bool:
    """Whether the letter of a warning, and whatever was written in its place, never went out and never will."""
    family = written_for(given, letters)
    return bool(family) and all(each.sent is None and each.state != LetterState.ISSUED for each in family)
