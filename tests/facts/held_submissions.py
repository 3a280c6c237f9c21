"""What matters of a submission that is held."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any
from uuid import UUID

from models.held_submissions import HeldSubmission


def of_held_submission(held: HeldSubmission, _: Mapping[UUID | None, str]) -> Hashable:
    """Under which law it would be a request, from which day on, and whether its contact was shown to be somebody's."""
    regime = getattr(held.request, "regime", "complaint")
    return regime, held.received_on, held.contact_proved_at is None, held.escalated_at is None


FACTS: dict[type[Any], Any] = {HeldSubmission: of_held_submission}
