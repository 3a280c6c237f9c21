"""Filing a note in the clinical record: a person confirms it by name, and the case that owed it goes on."""

from collections.abc import Mapping
from typing import Any

from models.record_entries import Filed, Filing, RecordEntry, RecordEntryState
from models.recording_consents import RecordingConsent
from models.settings import Firmness
from workflows.engine import Act, Consequence, guard, lookup
from workflows.record_entries import FILERS, record_entries
from workflows.recording_consents.notes import brought_on, enter_in_record, note_entry
from workflows.statutory_time import london_day

__all__ = ("confirm_filed", "record_entries")


@lookup(RecordingConsent)
def recording_that_owes_it(entry: RecordEntry, act: Act) -> Mapping[str, Any]:
    """The recording that the note is of, if it is of one."""
    return {"id": entry.case_id}


@guard("It was made in secret: talk about it with the patient first.", needs=[recording_that_owes_it])
def secret_was_discussed(entry: RecordEntry, act: Act) -> bool:
    """REC-7: a recording made in secret is talked about with the patient before it is noted."""
    return all(each.covert is None or each.discussion is not None for each in act.looked_up(recording_that_owes_it))


@guard("A clinician decides first whether the patient is to see the note online.")
def visibility_is_decided(entry: RecordEntry, act: Act, filing: Filing) -> bool:
    """ENTRY-2: whether a patient sees a note online is a clinician's decision, and has no default."""
    return entry.patient_visible is not None


@guard(
    "What is confirmed as filed has been filed: the moment lies in the past, and after the note fell due to be written."
)
def filed_by_now(entry: RecordEntry, act: Act, filing: Filing) -> bool:
    """ENTRY-1: what is confirmed has happened."""
    return filing.filed_at <= act.at and london_day(filing.filed_at) >= entry.happened_on


@guard("The practice's policy wants the code with this note: enter it in the clinical system as well.")
def coded_where_the_policy_insists(entry: RecordEntry, act: Act, filing: Filing) -> bool:
    """R-06: the entry is always owed; whether its code is, the policy in force then says."""
    return filing.coded or entry.code is None or entry.code_wanted == Firmness.MAY


@guard("This note has no code: the one for sound stands for nothing else.")
def coded_only_where_there_is_a_code(entry: RecordEntry, act: Act, filing: Filing) -> bool:
    """REC-4: the code for an audio recording stands with audio recordings alone."""
    return entry.code is not None or not filing.coded


@record_entries.transition(
    RecordEntryState.PENDING, to=RecordEntryState.FILED, by=FILERS,
    when=[
        visibility_is_decided, filed_by_now, coded_where_the_policy_insists, coded_only_where_there_is_a_code,
        secret_was_discussed,
    ],
    needs=[recording_that_owes_it], entails=[enter_in_record, note_entry],
)  # fmt: skip
def confirm_filed(entry: RecordEntry, act: Act, filing: Filing) -> list[Consequence]:
    """Confirm, by name, that the note stands in the clinical record: since when, and where it is found there."""
    entry.filed = Filed(by=act.actor.id, confirmed_at=act.at, **dict(filing))
    return [each for recording in act.looked_up(recording_that_owes_it) for each in brought_on(recording, entry)]
