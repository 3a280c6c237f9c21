"""What matters of an entry owed to the record, of a consent to be recorded, and of a wish to see no trainee."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any
from uuid import UUID

from models.media_consents import MediaConsent
from models.record_entries import RecordEntry
from models.trainee_declines import TraineeDecline

Names = Mapping[UUID | None, str]


def of_entry(entry: RecordEntry, _: Names) -> Hashable:
    """What it is of, and what was decided and done."""
    told = (entry.patient_visible, entry.escalated_at is None, entry.replaces is None)
    return entry.event, entry.code_wanted, entry.happened_on, *told


def of_consent(consent: MediaConsent, names: Names) -> Hashable:
    """Whose it is, and what for; of all answers the last one counts."""
    return consent.subject, names.get(consent.subject_id), consent.purpose


def of_wish(wish: TraineeDecline, names: Names) -> Hashable:
    """Whose it is, and whom they decline."""
    return names.get(wish.person_id), tuple(wish.declines)


FACTS: dict[type[Any], Any] = {RecordEntry: of_entry, MediaConsent: of_consent, TraineeDecline: of_wish}
