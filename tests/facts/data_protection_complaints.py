"""What matters of a data protection complaint."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any
from uuid import UUID

from models.data_protection_complaints import DataProtectionComplaint


def of_complaint(complaint: DataProtectionComplaint, names: Mapping[UUID | None, str]) -> Hashable:
    """When it came, what was promised, who works on it and whom it is about, and of what the management was told."""
    return (
        complaint.received_on, complaint.acknowledged is not None, complaint.nhs_complaint, complaint.next_word_on,
        names.get(complaint.assigned_to), names.get(complaint.person_id), len(complaint.escalations),
        complaint.website is not None, complaint.request_id is not None,
    )  # fmt: skip


FACTS: dict[type[Any], Any] = {DataProtectionComplaint: of_complaint}
