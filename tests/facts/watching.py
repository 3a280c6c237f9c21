"""What matters of a look at a page and of a review."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any
from uuid import UUID

from models.monitoring_checks import MonitoringCheck
from models.reviews import Review


def of_look(look: MonitoringCheck, _: Mapping[UUID | None, str]) -> Hashable:
    """Where, when, and when again."""
    return look.platform, look.looked_at, look.next_look_at


def of_review(review: Review, _: Mapping[UUID | None, str]) -> Hashable:
    """What sort it is, and what was done about it."""
    done = (review.complaint_passed_on, review.safety_passed_on, review.reported, review.answered)
    return review.kind, review.concerns_safety, tuple(each is not None for each in done)


FACTS: dict[type[Any], Any] = {MonitoringCheck: of_look, Review: of_review}
