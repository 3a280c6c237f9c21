"""The workflow of incidents: who sees them, who works on them, and what judging looks up besides."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final

from models.evidence import Evidence, EvidenceState
from models.incident_facts import ComplaintFound, Done, Ending, FurtherAuthorDraft, Identification
from models.incident_words import OPEN, IncidentState, Outcome
from models.incidents import Incident, IncidentDraft
from models.letter_facts.facts import LetterTemplate
from models.letters import Letter, LetterState
from models.people import Person, PersonState
from models.record import Record
from models.roles import Duty, Role
from models.staff import StaffMember, StaffState
from models.warnings import PatientWarning
from workflows.engine import Act, Consequence, Workflow, lookup
from workflows.letters import withdraw
from workflows.statutory_time import calendar_of, nhs_complaint_acknowledged_by

MANAGERS: Final = (Role.PRACTICE_MANAGER, Role.PARTNER)
WORKERS: Final = (
    *MANAGERS, Role.COMPLAINTS_LEAD, Duty.BE_TOLD, Duty.REMOVE, Duty.CONTACT_AUTHOR, Duty.DECIDE, Duty.HANDLE_COMPLAINTS,
)  # fmt: skip
"""Who works on incidents: those who manage the practice, and those to whom the policy gives a duty in it."""
SHOWN_TO_WHOEVER_REPORTED: Final = frozenset(
    {
        *IncidentDraft.model_fields, *Record.model_fields, "reported_by", "tell_by", "policy_id", "policy_number",
        "pinned_because",
    }
) - {"due_at", "due_for"}  # fmt: skip
"""What they said, under which version of the policy, and where it stands: no date, no person and nothing that was found."""

# A clinician reads messages about somebody's health, speaks for the patient before a removal, and stands for plans.
incidents = Workflow(
    "incident", "incidents", Incident, starts=IncidentState.REPORTED,
    seen_by=(*WORKERS, Role.INFORMATION_RIGHTS_LEAD, Role.CLOCK), seen_in={Role.CLINICIAN: frozenset(OPEN)},
    seen_own={Role.STAFF: "reported_by"}, own_shows=SHOWN_TO_WHOEVER_REPORTED,
)  # fmt: skip


@lookup(Incident)
def folded_into_it(incident: Incident, act: Act) -> Mapping[str, Any]:
    """The reports of the same that were folded into it."""
    return {"duplicate_of": incident.id}


@lookup(Evidence)
def its_evidence(incident: Incident, act: Act) -> Mapping[str, Any]:
    """The evidence that is held of it, of what was folded into it, or of the recording that it follows from."""
    folded = [each.id for each in act.looked_up(folded_into_it)]
    cases = frozenset(each for each in [incident.id, incident.recording_id, *folded] if each)
    return {"case_id": cases, "state": EvidenceState.HELD}


@lookup(Letter)
def its_letters(incident: Incident, act: Act) -> Mapping[str, Any]:
    """The letters that it led to."""
    return {"case_id": incident.id}


@lookup(Person)
def the_person(incident: Incident, act: Act) -> Mapping[str, Any]:
    """Whoever the incident is about, as they are on record."""
    return {"id": frozenset(each for each in [incident.person_id] if each)}


@lookup(Person)
def every_author(incident: Incident, act: Act) -> Mapping[str, Any]:
    """Everybody on record who posted the same."""
    everybody = [incident.person_id, *(each.person for each in incident.further_authors)]
    return {"id": frozenset(each for each in everybody if each)}


@lookup(Person)
def whoever_it_was(incident: Incident, act: Act, said: Identification) -> Mapping[str, Any]:
    """The record of whoever did it."""
    return {"id": said.person, "state": PersonState.ON_RECORD}


@lookup(Person)
def another_author(incident: Incident, act: Act, said: FurtherAuthorDraft) -> Mapping[str, Any]:
    """The record of somebody else who posted the same."""
    return {"id": frozenset(each for each in [said.person] if each), "state": PersonState.ON_RECORD}


@lookup(Person)
def merged_records(incident: Incident, act: Act) -> Mapping[str, Any]:
    """The records that were merged into others: one person can have had several."""
    return {"state": PersonState.MERGED}


@lookup(PatientWarning)
def ledger_of_the_person(incident: Incident, act: Act) -> Mapping[str, Any]:
    """All that the warning ledger says about the person, under each record that they have had."""
    return {"person_id": same_person(incident.person_id, act.looked_up(merged_records))}


@lookup(Letter)
def letters_of_warnings(incident: Incident, act: Act) -> Mapping[str, Any]:
    """The letters in which the person was warned."""
    led_to_them = frozenset(each.incident_id for each in act.looked_up(ledger_of_the_person))
    return {"case_id": led_to_them, "template": LetterTemplate.REMOVAL_RISK_WARNING}


@lookup(PatientWarning)
def given_here(incident: Incident, act: Act) -> Mapping[str, Any]:
    """What the warning ledger says of the warnings that this incident led to."""
    return {"incident_id": incident.id}


@lookup(Incident, binding=False)
def others_about_the_person(incident: Incident, act: Act) -> Mapping[str, Any]:
    """The incidents about the same person, under each record that they have had."""
    return {"person_id": same_person(incident.person_id, act.looked_up(merged_records))}


@lookup(StaffMember)
def in_post(incident: Incident, act: Act) -> Mapping[str, Any]:
    """Everybody in post at the practice."""
    return {"state": StaffState.IN_POST}


def same_person(person_id: Any, merged: Any) -> frozenset[Any]:
    """Every record that stands for one person: theirs, those merged into it, and the one that it was merged into."""
    if person_id is None:
        return frozenset()
    pairs = [(each.id, each.merged_into) for each in merged]
    known: set[Any] = {person_id}
    while new := {one for pair in pairs if known & set(pair) for one in pair} - known:
        known |= new
    return frozenset(known)


def done(act: Act) -> Done:
    """That it was done now, by whoever asks."""
    return Done(at=act.at, by=act.actor.id)


def kept(act: Act, said: Any) -> dict[str, Any]:
    """What was sent, with who said it and when."""
    return {**dict(said), "at": act.at, "by": act.actor.id}


def end(incident: Incident, act: Act, outcome: Outcome, reason: str | None = None) -> None:
    """Remember how it ended."""
    incident.ending = Ending(outcome=outcome, reason=reason, at=act.at, by=act.actor.id)


def complaint_begins(incident: Incident, act: Act, seen_on: date) -> None:
    """Take it for a complaint. From the day on which the practice first saw it, three working days run (INC-22)."""
    incident.is_complaint = True
    due = nhs_complaint_acknowledged_by(seen_on, calendar_of(act))
    incident.complaint_found = ComplaintFound(seen_on=seen_on, at=act.at, by=act.actor.id, acknowledge_by=due)


def was_sent(act: Act, template: LetterTemplate, since: datetime) -> bool:
    """Whether a letter of this template that was written since then (UTC) has gone out, and has not come back."""
    return any(
        each.template == template and each.state == LetterState.SENT and each.created_at >= since
        for each in act.looked_up(its_letters)
    )


def taken_back(act: Act, templates: Collection[LetterTemplate]) -> list[Consequence]:
    """Letters of these templates that were not sent by now, and are not sent any more."""
    unsent = (each for each in act.looked_up(its_letters) if each.state == LetterState.ISSUED)
    return [withdraw.on(each) for each in unsent if each.template in templates]


def judged_anew(incident: Incident) -> None:
    """What was found and decided on other facts is found and decided again (INC-7)."""
    incident.finding, incident.decisions = None, []
