"""How an incident begins, who is told, and what it is found to be."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from models.clauses import BreachGround
from models.incident_facts import (
    Classification,
    FurtherAuthor,
    FurtherAuthorDraft,
    Identification,
    Identified,
    RecordingPostedOnline,
)
from models.incident_words import (
    INTAKE,
    OPEN,
    POSTED,
    REMOVAL_IN_FLIGHT,
    WORKED_ON,
    IncidentKind,
    IncidentState,
    Outcome,
)
from models.incidents import Incident, IncidentDraft
from models.letters import LetterState
from models.policies import Reason
from models.roles import Duty, Role
from models.settings import Firmness
from workflows.engine import Act, Consequence, guard
from workflows.incidents.guards import (
    complaint_route_offered,
    evidence_is_kept,
    no_removal_in_flight,
)
from workflows.incidents.machine import (
    WORKERS,
    another_author,
    complaint_begins,
    done,
    end,
    given_here,
    incidents,
    its_letters,
    judged_anew,
    kept,
    whoever_it_was,
)
from workflows.incidents.pinning import pin, pinned, versions_once_in_force
from workflows.letters import withdraw
from workflows.roles import Audience, here
from workflows.statutory_time import london_day
from workflows.warning_ledger import standing

TELL_WITHIN = timedelta(days=1)
LEGAL_ADVICE_WITHIN = timedelta(days=14)


@guard("Give an address or a description.")
def says_what_it_is(draft: IncidentDraft, act: Act) -> bool:
    """INC-1: a report can be followed up."""
    return draft.url is not None or draft.description is not None


@guard("Nothing is reported before it happens.")
def has_happened(draft: IncidentDraft, act: Act) -> bool:
    """POL-8: the version in force is found by when it happened."""
    return draft.happened_at is None or draft.happened_at <= act.at


@guard("It happened before it was reported.")
def happened_before_it_was_reported(incident: Incident, act: Act, found: Classification) -> bool:
    """POL-8: the version in force is found by when it happened."""
    return found.happened_at is None or found.happened_at <= incident.created_at


@guard("The policy version that was in force has no such clause.", needs=[versions_once_in_force])
def clause_stands_in_the_version(incident: Incident, act: Act, found: Classification) -> bool:
    """POL-8, POL-6: the clause that is cited is the one that was in force when it happened."""
    happened = found.happened_at or incident.happened_at
    version, _ = pinned(act.looked_up(versions_once_in_force), happened, incident.created_at)
    keys = {each.key for each in version.content.clauses} if version else set()
    return found.clause_key is None or found.clause_key in keys


@guard("That a complaint is in it is not taken back here.")
def complaint_stays_one(incident: Incident, act: Act, found: Classification) -> bool:
    """INC-4: nobody gets round the complaints route by another word."""
    return found.is_complaint or not incident.is_complaint


@guard("There is no record of this person, or another stands for it: use that one.", needs=[whoever_it_was])
def person_is_on_record(incident: Incident, act: Act, said: Identification) -> bool:
    """INC-5, INC-16: an incident is about one person, who is on record."""
    return bool(act.looked_up(whoever_it_was))


@guard(
    "A warning from this incident stands against the one who was named first: take it back before.", needs=[given_here]
)
def no_warning_stands(incident: Incident, act: Act) -> bool:
    """INC-20: a warning on the wrong patient is taken back, with its reasons, before the right one is named."""
    return not standing(act.looked_up(given_here))


@guard("There is no record of this person, or another stands for it: use that one.", needs=[another_author])
def other_author_is_on_record(incident: Incident, act: Act, said: FurtherAuthorDraft) -> bool:
    """INC-5: whoever is written to is on record."""
    return said.person is None or bool(act.looked_up(another_author))


@incidents.opens(
    by=[Role.STAFF], when=[says_what_it_is, has_happened], needs=[versions_once_in_force], tells=[Audience.INCIDENTS]
)
def report(draft: IncidentDraft, act: Act) -> Incident:
    """Report something that somebody posted, said or did. It names the policy version that was in force then (POL-8)."""
    return begun(draft, act)


@incidents.opens(needs=[versions_once_in_force], tells=[Audience.INCIDENTS])
def report_recording_online(found: RecordingPostedOnline, act: Act) -> Incident:
    """Begin with a recording of a consultation that was found online. Making it is held against nobody: posting it may be."""
    draft = IncidentDraft(
        kind=IncidentKind.RECORDING_ONLINE, platform=found.platform, url=found.url, description=found.description
    )  # fmt: skip
    incident = begun(draft, act)
    incident.id, incident.recording_id = found.incident_id, found.recording_id
    incident.person_id = found.person_id
    return incident


def begun(draft: IncidentDraft, act: Act) -> Incident:
    """An incident as it begins."""
    return Incident(
        practice=act.practice.code, created_at=act.at, reported_by=act.actor.id, tell_by=act.at + TELL_WITHIN,
        still_live=draft.kind in POSTED, **dict(draft),
        **pin(act.looked_up(versions_once_in_force), draft.happened_at, act.at),
    )  # fmt: skip


@incidents.transition(IncidentState.REPORTED, to=IncidentState.NOTIFIED, by=[Role.STAFF])
def notify(incident: Incident, act: Act) -> None:
    """Record that those who have to be told know of it."""
    incident.told = done(act)


TRIAGE_GUARDS = (happened_before_it_was_reported, clause_stands_in_the_version, complaint_stays_one)


@incidents.transition(
    IncidentState.NOTIFIED, to=IncidentState.TRIAGED, by=[Duty.BE_TOLD], when=[evidence_is_kept, *TRIAGE_GUARDS],
    needs=[versions_once_in_force], tells=[Audience.INCIDENTS],
)  # fmt: skip
def triage(incident: Incident, act: Act, found: Classification) -> None:
    """Say what it is: its kind, the clause that it breaks, what is wrong with it, and whom it touches."""
    classify(incident, act, found)


@incidents.transition(
    *(each for each in WORKED_ON if each not in REMOVAL_IN_FLIGHT), to=None, by=[Duty.BE_TOLD],
    when=[no_removal_in_flight, *TRIAGE_GUARDS], needs=[versions_once_in_force],
)  # fmt: skip
def reclassify(incident: Incident, act: Act, found: Classification) -> None:
    """Say anew what it is. What was found and decided before is found and decided again, unless it is said as it was."""
    before = said_of(incident)
    classify(incident, act, found)
    if said_of(incident) != before:
        judged_anew(incident)


def said_of(incident: Incident) -> list[Any]:
    """What it was found to be. Nobody gets round a colleague's dissent by saying the same again (INC-10)."""
    return [getattr(incident, name) for name in Classification.model_fields]


def classify(incident: Incident, act: Act, found: Classification) -> None:
    """Take over what it is found to be. What was up stays up, unless it turns out that nothing was posted, or something was."""
    if (found.kind in POSTED) != (incident.kind in POSTED):
        incident.still_live = found.kind in POSTED and incident.taken_down is None
    said = {name: value for name, value in found if value is not None or name not in LEFT_IF_UNSAID}
    for name, value in said.items():
        setattr(incident, name, value)
    if found.is_complaint and incident.complaint_found is None:
        complaint_begins(incident, act, london_day(incident.created_at))
    for name, value in pin(act.looked_up(versions_once_in_force), incident.happened_at, incident.created_at).items():
        setattr(incident, name, value)
    seek_legal_advice(incident, act)


LEFT_IF_UNSAID = ("platform", "happened_at")


def seek_legal_advice(incident: Incident, act: Act) -> None:
    """Where the policy binds the practice to take advice on defamation, somebody has to (C-14)."""
    binding = here(act).settings.legal_advice.value == Firmness.WILL
    if binding and BreachGround.DEFAMATORY in incident.grounds and incident.legal_advice_by is None:
        incident.legal_advice_by = act.at + LEGAL_ADVICE_WITHIN


@incidents.transition(
    *INTAKE, IncidentState.TRIAGED, IncidentState.TAKING_DOWN, IncidentState.SAFETY, to=None, by=WORKERS,
    when=[no_removal_in_flight, person_is_on_record, no_warning_stands], needs=[its_letters], entails=[withdraw],
)  # fmt: skip
def identify_author(incident: Incident, act: Act, said: Identification) -> list[Consequence]:
    """Say who did it, what they are to the practice, and by what that is known."""
    return name_author(incident, act, said)


@incidents.transition(
    IncidentState.AWAITING_AUTHOR, IncidentState.REFUSED, IncidentState.COMPLAINT_PATHWAY, IncidentState.OPTIONS_REVIEW,
    IncidentState.ADVISED, IncidentState.LEGAL_REFERRAL, IncidentState.WARNED, IncidentState.BREAKDOWN_REVIEW,
    to=IncidentState.TRIAGED, by=WORKERS, when=[person_is_on_record, no_warning_stands], needs=[its_letters], entails=[withdraw],
    tells=[Audience.INCIDENTS],
)  # fmt: skip
def correct_author(incident: Incident, act: Act, said: Identification) -> list[Consequence]:
    """Say that it was somebody else. Everything that was done about the first one has to be done again, or not at all."""
    return name_author(incident, act, said)


def name_author(incident: Incident, act: Act, said: Identification) -> list[Consequence]:
    """Take over who it was, and forget what was held against anybody else.

    Whoever was named before gets no letter any more, and that the way to complain was offered to them is no offer to another.
    """
    if incident.person_id != said.person:
        incident.route_offered = incident.complaint_acknowledged = None
    unsent = (each for each in act.looked_up(its_letters) if each.state == LetterState.ISSUED and each.person_id)
    to_others = [withdraw.on(each) for each in unsent if each.person_id not in {said.person, *further(incident)}]
    incident.person_id, incident.standing = said.person, said.standing
    incident.identified = Identified(known_by=said.known_by, at=act.at, by=act.actor.id)
    judged_anew(incident)
    incident.safeguards, incident.equality_check, incident.author_asked = [], None, None
    return to_others


def further(incident: Incident) -> set[UUID]:
    """Who else is known to have posted the same."""
    return {each.person for each in incident.further_authors if each.person}


@incidents.transition(*OPEN, to=None, by=WORKERS, when=[other_author_is_on_record])
def add_author(incident: Incident, act: Act, said: FurtherAuthorDraft) -> None:
    """Add somebody else who posted the same. They can be asked to take it down; anything more takes an incident of its own."""
    incident.further_authors = [*incident.further_authors, FurtherAuthor(**kept(act, said))]


@incidents.transition(
    IncidentState.TRIAGED, to=IncidentState.CLOSED_NO_ACTION, by=[Duty.BE_TOLD], when=[complaint_route_offered],
    tells=[Audience.INCIDENTS],
)  # fmt: skip
def no_breach(incident: Incident, act: Act, why: Reason) -> None:
    """Find that it breaks nothing, such as a thank-you that names somebody."""
    end(incident, act, Outcome.NO_BREACH, why.reason)


@incidents.transition(
    IncidentState.TRIAGED, IncidentState.COMPLAINT_PATHWAY, to=IncidentState.CLOSED_NO_ACTION, by=[Duty.BE_TOLD],
    when=[complaint_route_offered], tells=[Audience.INCIDENTS],
)  # fmt: skip
def take_no_further_action(incident: Incident, act: Act, why: Reason) -> None:
    """Leave it at that, for a reason: a breach, or a complaint that its author does not want to make in another way."""
    end(incident, act, Outcome.NO_FURTHER_ACTION, why.reason)


@incidents.transition(
    IncidentState.TRIAGED, to=IncidentState.CLOSED_RESOLVED, by=[Duty.BE_TOLD], when=[complaint_route_offered],
    tells=[Audience.INCIDENTS],
)  # fmt: skip
def advise_informally(incident: Incident, act: Act, why: Reason) -> None:
    """Close with a word to whoever it was. No letter is written, and nothing enters the ledger."""
    end(incident, act, Outcome.ADVISED_INFORMALLY, why.reason)
