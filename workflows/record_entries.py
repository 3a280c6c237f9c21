"""Entries owed to the clinical record: asked for by a case, and put right by another one. Filing stands beside this."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from models.record_entries import (
    EntryCorrection,
    EntryOwed,
    NotFiled,
    RecordEntry,
    RecordEntryState,
    Visibility,
)
from models.roles import Role
from workflows.clinical_codes import CODES
from workflows.engine import Act, Consequence, Workflow, guard, lookup
from workflows.people import INTAKE
from workflows.roles import Audience, here

FILED_WITHIN: Final = timedelta(days=7)
"""The service's default: no document and no law says when a note is filed, and a note that waits longer is forgotten."""

FILERS = (Role.CLINICIAN, Role.PARTNER, Role.PRACTICE_MANAGER, Role.RECEPTION_MANAGER, Role.INFORMATION_RIGHTS_LEAD)
"""People who work in the clinical system, and can say what stands there. A machine can't."""

WAITING = (RecordEntryState.PENDING, RecordEntryState.NOT_FILED)

record_entries = Workflow(
    "record_entry", "record_entries", RecordEntry, starts=RecordEntryState.PENDING, seen_by=(*INTAKE, Role.CLOCK),
    seen_in={Role.CLINICAL_SYSTEM: frozenset({RecordEntryState.PENDING})},
)  # fmt: skip


@lookup(RecordEntry)
def filed_entries(case: Any, act: Act) -> Mapping[str, Any]:
    """The notes of the case that stand in the clinical record, as somebody has confirmed."""
    return {"case_id": case.id, "state": RecordEntryState.FILED}


@guard("It is not overdue, or the management has been told.")
def is_overdue_and_nobody_was_told(entry: RecordEntry, act: Act) -> bool:
    """ENTRY-4: of a note that nobody files, the management is told once it is late, and once."""
    return entry.escalated_at is None and entry.due_at is not None and act.at >= entry.due_at


@record_entries.opens(tells=[Audience.CLINICAL_SYSTEMS])
def owe(owed: EntryOwed, act: Act) -> RecordEntry:
    """Ask for a note in the clinical record, because of what a case has brought about. Its code follows from what happened."""
    return RecordEntry(
        practice=act.practice.code, created_at=act.at, policy_id=here(act).policy_id, code=CODES.get(owed.event),
        code_wanted=here(act).settings.record_entry_coded.value, **dict(owed),
    )  # fmt: skip


@record_entries.transition(*WAITING, to=None, by=[Role.CLINICIAN])
def decide_visibility(entry: RecordEntry, act: Act, decision: Visibility) -> None:
    """Decide, as a clinician, whether the patient is to see the note online."""
    entry.patient_visible, entry.visibility_decided_by = decision.patient_visible, act.actor.id


@record_entries.transition(
    RecordEntryState.PENDING, to=RecordEntryState.NOT_FILED, by=FILERS, tells=[Audience.MANAGEMENT]
)
def report_not_filed(entry: RecordEntry, act: Act, report: NotFiled) -> None:
    """Record that the note could not be filed, and why. It is still owed."""
    entry.not_filed_because = report.reason


@record_entries.transition(
    RecordEntryState.NOT_FILED, to=RecordEntryState.PENDING, by=FILERS, tells=[Audience.CLINICAL_SYSTEMS]
)
def try_again(entry: RecordEntry, act: Act) -> None:
    """Ask for the note once more."""
    entry.not_filed_because = None


@record_entries.transition(
    *WAITING, RecordEntryState.FILED, to=RecordEntryState.SUPERSEDED, by=[Role.CLINICIAN], entails=[owe]
)
def supersede(entry: RecordEntry, act: Act, correction: EntryCorrection) -> list[Consequence]:
    """Put another note in the place of this one, with what is added, because it should say more."""
    entry.put_right_because = correction.reason
    return [owe.on(instead_of(entry, correction))]


@record_entries.transition(
    RecordEntryState.FILED, to=RecordEntryState.ENTERED_IN_ERROR, by=[Role.CLINICIAN, Role.PRACTICE_MANAGER],
    tells=[Audience.MANAGEMENT], entails=[owe],
)  # fmt: skip
def mark_entered_in_error(entry: RecordEntry, act: Act, correction: EntryCorrection) -> list[Consequence]:
    """Record that the note was filed where it does not belong, such as in another patient's record. It is owed anew."""
    entry.put_right_because = correction.reason
    return [owe.on(instead_of(entry, correction))]


@record_entries.transition(
    *WAITING, to=None, by=[Role.CLOCK], when=[is_overdue_and_nobody_was_told], tells=[Audience.MANAGEMENT]
)
def escalate(entry: RecordEntry, act: Act) -> None:
    """Tell the management, once, that a note owed to the clinical record is late."""
    entry.escalated_at = act.at


@record_entries.deadline(law="ENTRY-4")
def filing(entry: RecordEntry) -> datetime | None:
    """Seven days after the note was asked for: the service's default, since no document names a time."""
    return entry.created_at + FILED_WITHIN if entry.state in WAITING else None


def instead_of(entry: RecordEntry, correction: EntryCorrection) -> EntryOwed:
    """The note that takes the place of another one: the same, and what is added."""
    said = [each for each in (entry.text, correction.addition) if each]
    same = {name: getattr(entry, name) for name in ("case_kind", "case_id", "person_id", "event", "happened_on")}
    return EntryOwed(**same, text="\n".join(said), replaces=entry.id)
