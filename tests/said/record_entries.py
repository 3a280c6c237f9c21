"""What people say of entries owed to the clinical record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.cases import CaseKind
from models.record_entries import (
    EntryCorrection,
    EntryEvent,
    EntryOwed,
    Filing,
    NotFiled,
    Visibility,
)
from tests.laws import DAY, MOMENTS, NOON, always

CASE = UUID(int=31)


def owed(event: EntryEvent) -> EntryOwed:
    """A note of something that happened at noon."""
    return EntryOwed(
        case_kind=CaseKind.RECORDING_CONSENT, case_id=CASE, person_id=None, event=event, happened_on=NOON.date(),
        text="The patient recorded the consultation.",
    )  # fmt: skip


SAID: dict[Any, Any] = {
    Visibility: always(Visibility(patient_visible=False)),
    Filing: always(
        *(Filing(filed_at=NOON, reference="Journal, page 1", coded=each) for each in (True, False)),
        Filing(filed_at=MOMENTS[2] + DAY, reference="Journal, page 1", coded=False),
        Filing(filed_at=NOON - DAY, reference="Journal, page 1", coded=False),
    ),
    NotFiled: always(NotFiled(reason="The system is down.")),
    EntryCorrection: always(EntryCorrection(reason="It says too little.", addition="The family listened to it.")),
}
