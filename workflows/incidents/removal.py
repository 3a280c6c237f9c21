"""Taking one patient off the list: after a warning, after every attempt to mend it, by everybody's decision, on the eighth day."""

from datetime import date
from typing import Any

from models.cases import CaseKind
from models.incident_words import REMOVAL_IN_FLIGHT, WORKED_ON, IncidentState, Outcome, Safeguard
from models.incidents import Incident
from models.letter_facts.facts import LetterTemplate, Step
from models.letter_facts.incidents import RemovalReasons
from models.policies import Reason
from models.record_entries import EntryEvent, EntryOwed
from models.removal_facts import (
    EighthDay,
    EqualityCheck,
    EqualityCheckDraft,
    ListRemoval,
    ListRemovalDraft,
    PCSEAcknowledgement,
    PCSEReference,
    Postponement,
    SafeguardDraft,
    SafeguardTaken,
)
from models.roles import Role
from models.warnings import LedgerVerdict
from workflows.engine import Act, Consequence, guard
from workflows.incidents.decisions import DECIDERS
from workflows.incidents.entries import removal_stands_in_the_record
from workflows.incidents.guards import (
    all_agreed_to_remove,
    complaint_route_offered,
    concerns_a_patient,
    there_is_a_finding,
)
from workflows.incidents.machine import (
    MANAGERS,
    end,
    incidents,
    its_letters,
    kept,
    ledger_of_the_person,
    letters_of_warnings,
    merged_records,
    taken_back,
    the_person,
    was_sent,
)
from workflows.letters import addressed, issue, letter, withdraw
from workflows.record_entries import owe
from workflows.roles import Audience
from workflows.statutory_time import eighth_day as eighth_day_after
from workflows.statutory_time import london_day, today
from workflows.warning_ledger import verdict

THE_LEDGER = (merged_records, ledger_of_the_person, letters_of_warnings)


@guard(
    "The ledger has no warning whose letter was sent in the twelve months before, and no exemption is named.",
    needs=THE_LEDGER,
)
def warned_or_exempt(incident: Incident, act: Act, asked: ListRemovalDraft) -> bool:
    """INC-9, INC-20: a removal takes a warning with reasons in the twelve months before it, from whichever incident."""
    return ledger(act, asked).may_be_requested


@guard("Try to mend the relationship first, and record how.")
def restoring_was_attempted(incident: Incident, act: Act) -> bool:
    """INC-10: a removal comes after an attempt to restore the relationship."""
    return incident.safeguard_taken(Safeguard.RESTORE_ATTEMPT) is not None


@guard("Consider what else could be done, and record it.")
def alternatives_were_considered(incident: Incident, act: Act) -> bool:
    """INC-10: a removal comes after the alternatives."""
    return incident.safeguard_taken(Safeguard.ALTERNATIVES) is not None


@guard("Speak to an experienced colleague first, and record it.")
def colleague_was_consulted(incident: Incident, act: Act) -> bool:
    """INC-10: a removal comes after another's advice."""
    return incident.safeguard_taken(Safeguard.COLLEAGUE_CONSULTED) is not None


@guard("Check first that it has nothing to do with a protected characteristic, a disability or neurodivergence.")
def is_no_discrimination(incident: Incident, act: Act) -> bool:
    """INC-10, INC-11, P-07, Z-05: nobody is removed for what they are, or for what could be met by an adjustment."""
    check = incident.equality_check
    return (
        check is not None and check.protected_characteristics_considered and check.neurodivergence_considered
        and not check.discriminates
    )  # fmt: skip


@guard("The warning that it rests on was taken back, or its letter came back: take the request back.", needs=THE_LEDGER)
def still_rests_on_a_warning(incident: Incident, act: Act) -> bool:
    """INC-9, INC-20: a warning that counts for nothing any more takes nobody off the list, even if they were asked to go."""
    asked = incident.list_removal
    return asked is not None and ledger(act, asked, london_day(asked.at)).may_be_requested


@guard("Send the letter with the reasons to the patient first.", needs=[its_letters])
def reasons_were_sent(incident: Incident, act: Act) -> bool:
    """INC-10, INC-12: whoever is removed is told in writing why."""
    asked = incident.list_removal
    return asked is not None and was_sent(act, LetterTemplate.REMOVAL_REASONS, asked.at)


@guard("PCSE has not acknowledged it.")
def pcse_has_it(incident: Incident, act: Act) -> bool:
    """INC-12: whoever keeps the lists knows of it in writing, and says so."""
    return incident.pcse_acknowledged is not None


@guard("PCSE has acknowledged it already.")
def not_acknowledged_yet(incident: Incident, act: Act) -> bool:
    """INC-12: once is enough."""
    return incident.pcse_acknowledged is None


@guard("It does not take effect before the eighth day, or the day on which another practice accepted the patient.")
def day_has_come(incident: Incident, act: Act, came: EighthDay) -> bool:
    """INC-23: a removal takes effect on the eighth day, or sooner only where the patient is on another list."""
    if incident.list_removal is None:
        return False
    elsewhere = came.accepted_elsewhere_on
    asked_on = london_day(incident.list_removal.at)
    return incident.list_removal.effective_on <= today(act) or (
        elsewhere is not None and asked_on <= elsewhere <= today(act)
    )


@guard("A removal is only put off.")
def is_put_off(incident: Incident, act: Act, why: Postponement) -> bool:
    """INC-23: no removal takes effect before the eighth day."""
    return incident.list_removal is not None and why.until > incident.list_removal.effective_on


@guard("An attempt to mend the relationship is looked at again on a day to come, and nothing else is.")
def review_lies_ahead(incident: Incident, act: Act, draft: SafeguardDraft) -> bool:
    """INC-10: whether an attempt has worked is looked at."""
    attempt = draft.safeguard == Safeguard.RESTORE_ATTEMPT
    return attempt == (draft.review_on is not None) and (draft.review_on is None or draft.review_on > today(act))


def ledger(act: Act, asked: ListRemovalDraft, on: date | None = None) -> LedgerVerdict:
    """What the warning ledger says of that day, or of today."""
    entries, letters = act.looked_up(ledger_of_the_person), act.looked_up(letters_of_warnings)
    return verdict(entries, letters, on or today(act), asked.exemption)


@incidents.transition(*WORKED_ON, to=None, by=[*DECIDERS, *MANAGERS, Role.CLINICIAN], when=[review_lies_ahead])
def take_safeguard(incident: Incident, act: Act, draft: SafeguardDraft) -> None:
    """Record an attempt to mend the relationship, other ways that were considered, or a colleague's advice."""
    incident.safeguards = [*incident.safeguards, SafeguardTaken(**kept(act, draft))]


@incidents.transition(*WORKED_ON, to=None, by=[*DECIDERS, *MANAGERS, Role.CLINICIAN])
def check_equality(incident: Incident, act: Act, draft: EqualityCheckDraft) -> None:
    """Record whether it has to do with what somebody is, or with a condition, and what could be done differently."""
    incident.equality_check = EqualityCheck(**kept(act, draft))


@incidents.transition(
    IncidentState.BREAKDOWN_REVIEW, to=IncidentState.REMOVAL_REQUESTED, by=[Role.PARTNER],
    when=[
        concerns_a_patient, there_is_a_finding, complaint_route_offered, restoring_was_attempted,
        alternatives_were_considered, colleague_was_consulted, is_no_discrimination, all_agreed_to_remove, warned_or_exempt,
    ],
    needs=[the_person, *THE_LEDGER], entails=[issue, owe], tells=[Audience.MANAGEMENT, Audience.DECIDERS],
)  # fmt: skip
def request_list_removal(incident: Incident, act: Act, asked: ListRemovalDraft) -> list[Consequence]:
    """Ask the commissioner to take this one patient off the list, and tell them why. Their family stays (INC-16)."""
    incident.list_removal = ListRemoval(**kept(act, asked), effective=eighth_day_after(today(act)))
    incident.pcse_acknowledged = None
    owed = owe.on(entry(incident, act, EntryEvent.LIST_REMOVAL))
    warned = ledger(act, asked)
    if not warned.may_be_requested:
        return [owed]
    facts = removal_letter(incident, asked, incident.list_removal, warned)
    told = addressed(act.looked_up(the_person))
    return [letter(facts, incident, because="incident.request_list_removal", to=told), owed]


def removal_letter(
    incident: Incident, asked: ListRemovalDraft, kept: ListRemoval, warned: LedgerVerdict
) -> RemovalReasons:
    """What the patient is told: the reasons, the warning that it rests on, and what was tried."""
    exempt: dict[str, Any] = {"exemption": asked.exemption, "exemption_reason": asked.exemption_reason}
    rests_on: dict[str, Any] = {"warned_on": warned.warned_on} if warned.warned_on else exempt
    return RemovalReasons(
        reason_kind=asked.reason_kind, reasons=asked.reasons, effective_on=kept.effective_on,
        tried=tuple(Step(what=each.what, on=london_day(each.at)) for each in incident.safeguards), **rests_on,
    )  # fmt: skip


def entry(incident: Incident, act: Act, event: EntryEvent) -> EntryOwed:
    """What the record of the patient has to say of a removal."""
    return EntryOwed(
        case_kind=CaseKind.INCIDENT, case_id=incident.id, person_id=incident.person_id, event=event, happened_on=today(act),
        text=ENTRIES[event],
    )  # fmt: skip


ENTRIES = {
    EntryEvent.LIST_REMOVAL: (
        "The practice asked the commissioner to take the patient off its list, and wrote to them with the reasons."
    ),
    EntryEvent.IMMEDIATE_REMOVAL: (
        "The practice asked the commissioner to take the patient off its list at once. The police were told."
    ),
}


@incidents.transition(IncidentState.REMOVAL_REQUESTED, to=None, by=MANAGERS, when=[is_put_off])
def postpone_removal(incident: Incident, act: Act, why: Postponement) -> None:
    """Put a removal off, because the patient is treated at intervals of less than seven days."""
    if incident.list_removal:
        incident.list_removal = incident.list_removal.model_copy(update={"postponed_to": why.until})


@incidents.transition(*REMOVAL_IN_FLIGHT, to=None, by=MANAGERS, when=[not_acknowledged_yet])
def record_pcse_acknowledgement(incident: Incident, act: Act, said: PCSEReference) -> None:
    """Record that PCSE has the request."""
    incident.pcse_acknowledged = PCSEAcknowledgement(**kept(act, said))


@incidents.transition(
    IncidentState.REMOVAL_REQUESTED, to=IncidentState.CLOSED_LIST_REMOVED, by=[Role.PRACTICE_MANAGER],
    when=[
        pcse_has_it, removal_stands_in_the_record, complaint_route_offered, there_is_a_finding, all_agreed_to_remove,
        reasons_were_sent, still_rests_on_a_warning, day_has_come,
    ],
    tells=[Audience.MANAGEMENT],
)  # fmt: skip
def eighth_day(incident: Incident, act: Act, came: EighthDay) -> None:
    """Record that the patient is no longer on the list."""
    end(incident, act, Outcome.REMOVED_FROM_LIST)


@incidents.transition(
    IncidentState.REMOVAL_REQUESTED, to=IncidentState.BREAKDOWN_REVIEW, by=[Role.PARTNER], needs=[its_letters],
    entails=[withdraw], tells=[Audience.DECIDERS],
)  # fmt: skip
def withdraw_removal(incident: Incident, act: Act, why: Reason) -> list[Consequence]:
    """Take a request back. Whatever is asked for next is decided anew."""
    return not_removed(incident, act)


@incidents.transition(
    IncidentState.REMOVAL_REQUESTED, to=IncidentState.BREAKDOWN_REVIEW, by=MANAGERS, needs=[its_letters],
    entails=[withdraw], tells=[Audience.DECIDERS],
)  # fmt: skip
def removal_rejected(incident: Incident, act: Act, why: Reason) -> list[Consequence]:
    """Record that the commissioner did not remove the patient, and why."""
    return not_removed(incident, act)


@incidents.transition(
    IncidentState.BREAKDOWN_REVIEW, to=IncidentState.CLOSED_RETAINED, by=DECIDERS, when=[complaint_route_offered],
    tells=[Audience.INCIDENTS],
)  # fmt: skip
def keep_patient(incident: Incident, act: Act, why: Reason) -> None:
    """Keep the patient on the list."""
    end(incident, act, Outcome.PATIENT_KEPT, why.reason)


def not_removed(incident: Incident, act: Act) -> list[Consequence]:
    """Forget a request that came to nothing, and what was decided for it; the trail remembers both. Nobody is told of it now."""
    incident.list_removal = incident.pcse_acknowledged = None
    incident.decisions = []
    return taken_back(act, {LetterTemplate.REMOVAL_REASONS})
