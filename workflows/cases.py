"""Everyday work, which is the same on every case: assign it, hand it over, note, log a contact, link, fold a duplicate, escalate.

A workflow of cases says once that it is one, and all of this is declared for it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from models.cases import (
    Assignment,
    Case,
    CaseKind,
    Contact,
    ContactDraft,
    DuplicateOf,
    Escalation,
    HandOver,
    Link,
    LinkDraft,
    Note,
    NoteDraft,
)
from models.data_protection_complaints import DataProtectionComplaint
from models.incidents import Incident
from models.record import Record
from models.recording_consents import RecordingConsent
from models.rights_requests import RightsRequest
from models.roles import Role
from models.staff import StaffMember, StaffState
from workflows.engine import Act, Guard, Lookup, Workflow, guard, lookup
from workflows.roles import Audience

LINKABLE: Final[Mapping[CaseKind, type[Record]]] = {
    CaseKind.INCIDENT: Incident,
    CaseKind.RECORDING_CONSENT: RecordingConsent,
    CaseKind.RIGHTS_REQUEST: RightsRequest,
    CaseKind.DATA_PROTECTION_COMPLAINT: DataProtectionComplaint,
}
"""The kinds of case that another can be linked to, once they are there."""


@lookup(StaffMember)
def assignee(case: Case, act: Act, assignment: Assignment) -> Mapping[str, Any]:
    """Whoever is to work on it."""
    return {"id": assignment.to, "state": StaffState.IN_POST}


@lookup(StaffMember)
def successor(case: Case, act: Act, hand_over: HandOver) -> Mapping[str, Any]:
    """Whoever is to take over."""
    return {"id": hand_over.to, "state": StaffState.IN_POST}


@guard("It is not assigned to you: whoever works on a case hands it over.")
def is_theirs(case: Case, act: Act) -> bool:
    """CASE-2: whoever works on a case hands it over, and says what there is to know."""
    return case.assigned_to is not None and str(case.assigned_to) == act.actor.id


@guard("A contact is logged after it has taken place.")
def has_taken_place(case: Case, act: Act, contact: ContactDraft) -> bool:
    """CASE-3: what is logged has happened."""
    return contact.on <= act.at


@guard("A case is not linked to itself.")
def is_another(case: Case, act: Act, link: LinkDraft) -> bool:
    """CASE-4: a link leads to another case."""
    return link.case_id != case.id


def everyday_work(
    workflow: Workflow[Any], *, during: Iterable[StrEnum], by: Iterable[StrEnum], folded: StrEnum | None = None
) -> None:
    """Declare everyday work on a kind of case: in these states, by these roles and duties.

    A duplicate ends in the state `folded`; where there is none, duplicates are only linked.
    """
    states, workers = tuple(during), tuple(by)
    assigning(workflow, states, workers)
    keeping_notes(workflow, states, workers)
    linking(workflow, states, workers)
    if folded is not None:
        folding(workflow, states, workers, folded)


def assigning(workflow: Workflow[Any], states: tuple[StrEnum, ...], workers: tuple[StrEnum, ...]) -> None:
    """Declare who works on a case."""

    def can_work(found: Iterable[StaffMember], act: Act) -> bool:
        roles = {role for each in workers for role in act.practice.holders(each)}
        return any(each.roles_at(act.at) & roles for each in found)

    @guard("A case is assigned to somebody in post who may work on it.", needs=[assignee])
    def assignee_may_work_on_it(case: Case, act: Act, assignment: Assignment) -> bool:
        """CASE-1: a case is given to somebody who is there, and whose work it is."""
        return can_work(act.looked_up(assignee), act)

    @guard("A case is handed over to somebody in post who may work on it.", needs=[successor])
    def successor_may_work_on_it(case: Case, act: Act, hand_over: HandOver) -> bool:
        """CASE-1: a case is given to somebody who is there, and whose work it is."""
        return can_work(act.looked_up(successor), act)

    @workflow.transition(*states, to=None, by=workers, when=[assignee_may_work_on_it])
    def assign(case: Case, act: Act, assignment: Assignment) -> None:
        """Say who works on the case."""
        case.assigned_to = assignment.to

    @workflow.transition(*states, to=None, by=workers, when=[is_theirs, successor_may_work_on_it])
    def hand_over(case: Case, act: Act, hand_over: HandOver) -> None:
        """Give one's own case to a colleague, and say what they have to know."""
        case.assigned_to = hand_over.to
        case.notes = [*case.notes, Note(text=hand_over.what_to_know, at=act.at, by=act.actor.id)]


def keeping_notes(workflow: Workflow[Any], states: tuple[StrEnum, ...], workers: tuple[StrEnum, ...]) -> None:
    """Declare what is remembered of a case."""

    @workflow.transition(*states, to=None, by=workers)
    def note(case: Case, act: Act, draft: NoteDraft) -> None:
        """Note something. A note is never changed; a wrong one is put right by another."""
        case.notes = [*case.notes, Note(text=draft.text, at=act.at, by=act.actor.id)]

    @workflow.transition(*states, to=None, by=workers, when=[has_taken_place])
    def log_contact(case: Case, act: Act, contact: ContactDraft) -> None:
        """Log that somebody whom the case concerns was spoken or written to."""
        case.contact_log = [*case.contact_log, Contact(**dict(contact), at=act.at, by=act.actor.id)]


def linking(workflow: Workflow[Any], states: tuple[StrEnum, ...], workers: tuple[StrEnum, ...]) -> None:
    """Declare which cases belong together."""

    @workflow.transition(*states, to=None, by=workers, when=[is_another, *LINKED])
    def link(case: Case, act: Act, draft: LinkDraft) -> None:
        """Link the case to another one."""
        case.links = [*case.links, Link(**dict(draft), at=act.at, by=act.actor.id)]


def folding(
    workflow: Workflow[Any], states: tuple[StrEnum, ...], workers: tuple[StrEnum, ...], folded: StrEnum,
    when: Iterable[Guard[Any]] = (),
) -> None:  # fmt: skip
    """Declare that what was recorded twice is worked on once; `when` is what else has to be so of the copy."""

    @lookup(workflow.kind)
    def original(case: Case, act: Act, duplicate: DuplicateOf) -> Mapping[str, Any]:
        """The case that is worked on."""
        return {"id": duplicate.of}

    @guard("A duplicate is folded into another case, which stands and is no duplicate itself.", needs=[original])
    def original_stands(case: Case, act: Act, duplicate: DuplicateOf) -> bool:
        """CASE-5: whatever was recorded twice is worked on once, and from the copy the way leads to the original."""
        found = act.looked_up(original)
        return bool(found) and all(each.id != case.id and each.state != folded for each in found)

    @workflow.transition(*states, to=folded, by=workers, when=[*when, original_stands])
    def mark_duplicate(case: Case, act: Act, duplicate: DuplicateOf) -> None:
        """Fold the case into the one that it repeats. What was noted here stays here."""
        case.duplicate_of = duplicate.of


def escalating(workflow: Workflow[Any], *states: StrEnum) -> None:
    """Declare that the management is told of what is overdue. Declared last, so that time does first what falls to it."""

    def overdue(case: Case, act: Act) -> list[Escalation]:
        due = [each for each in workflow.dues(case) if each.at <= act.at]
        return [untold(each.name, each.at, act) for each in due if not case.escalated(each.name, each.at)]

    @guard("Nothing is overdue of which the management was not told.")
    def something_is_overdue(case: Case, act: Act) -> bool:
        """CASE-6: what is overdue is told to the management once, by time alone."""
        return bool(overdue(case, act))

    @workflow.transition(*states, to=None, by=[Role.CLOCK], when=[something_is_overdue], tells=[Audience.MANAGEMENT])
    def escalate(case: Case, act: Act) -> None:
        """Tell the management that something was due and has not been done."""
        case.escalations = [*case.escalations, *overdue(case, act)]


def untold(due_for: str, due_at: datetime, act: Act) -> Escalation:
    """What the management is told."""
    return Escalation(due_for=due_for, due_at=due_at, at=act.at)


def linked_case(kind: CaseKind, model: type[Record]) -> tuple[CaseKind, Lookup]:
    """How a case of one kind is looked up, where a link names that kind."""

    def linked(case: Case, act: Act, link: LinkDraft) -> Mapping[str, Any]:
        """The case that is linked to."""
        return {"id": frozenset({link.case_id} if link.kind == kind else ())}

    linked.__name__ = f"linked_{kind}"
    return kind, lookup(model)(linked)


def linked_cases() -> tuple[Guard[Any], ...]:
    """What must be so of the case that a link names: none where nothing can be linked to yet."""
    lookups = dict(linked_case(kind, model) for kind, model in LINKABLE.items())

    @guard("The case that is linked to is not here.", needs=lookups.values())
    def linked_case_is_here(case: Case, act: Act, link: LinkDraft) -> bool:
        """CASE-4: a link leads to another case of the practice."""
        return link.kind in lookups and bool(act.looked_up(lookups[link.kind]))

    return (linked_case_is_here,)


LINKED: Final = linked_cases()
