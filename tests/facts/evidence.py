"""What matters of a piece of evidence."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any
from uuid import UUID

from models.evidence import Evidence


def of_evidence(evidence: Evidence, _: Mapping[UUID | None, str]) -> Hashable:
    """Of which case it is, whether it may be altered, and what is about to become of it."""
    return evidence.case_id, evidence.restricted_for, evidence.destruction_proposed_by


FACTS: dict[type[Any], Any] = {Evidence: of_evidence}
