"""What is overdue is told to the management, of whatever kind it is, by time alone and once."""

from __future__ import annotations

import pytest

from models.roles import Role
from service.deadlines import WITH_DEADLINES
from tests.house import HOME, House
from tests.stories import time_goes_round
from tests.test_due import scheduled
from workflows.roles import Audience

on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
REMINDED = {"briefing": "remind"}
"""A kind whose own people are reminded, and the management not."""


def told(house: House, kind: str) -> list[str]:
    """Of which records of a kind somebody was told that they are late, as the audit trail has it."""
    path = f"/v1/audit-entries?kind={kind}&transition=escalate&limit=100"
    return [each["record_id"] for each in house.reads("hansel", path)["items"]]


def test_whatever_falls_due_is_escalated_by_time_alone() -> None:
    """DUE-4: every kind that has a date has a declared transition for its being late."""
    for name, workflow in WITH_DEADLINES.items():
        late = workflow.transitions[REMINDED.get(name, "escalate")]
        assert late.by == (Role.CLOCK,)
        assert Role.CLOCK in workflow.seen_by, "time takes no step on what it does not see"
        assert name in REMINDED or Audience.MANAGEMENT in late.tells


@on_one_database
def test_the_management_hears_of_what_nobody_published_and_nobody_reviewed(house: House) -> None:
    """DUE-4: of a post and of a policy, once each, and not before they are late."""
    post = scheduled(house, days=1)
    time_goes_round(house)
    assert told(house, "post") == told(house, "policy") == []

    house.clock.wind(days=800)
    for _ in range(2):
        time_goes_round(house)
    (policy,) = house.reads("hansel", "/v1/policies?state=active", practice=HOME)["items"]
    assert told(house, "post") == [post["id"]]
    assert told(house, "policy") == [policy["id"]]
    assert policy["overdue"]
    assert policy["escalated_at"]
