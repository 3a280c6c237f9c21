"""What must be so of what falls due: of what is overdue on kinds without an escalation of their own, and of dates kept open."""

from __future__ import annotations

from typing import Any

from models.incident_words import Safeguard
from models.incidents import Incident
from models.roles import Role
from tests.invariants.rule import invariant
from tests.laws import Happened, World

TOLD = tuple(f"{kind}.escalate" for kind in ("policy", "post", "restriction", "held_submission"))


@invariant("DUE-4")
def the_management_is_told_once_of_what_is_overdue_and_by_time_alone(world: World) -> bool:
    return all(
        Role.CLOCK in each.actor.roles and was_late(each) and each.record.escalated_at == each.at
        for each in world.done(*TOLD)
    )


def was_late(told: Happened) -> bool:
    """Whether something had fallen due of which the management had not been told."""
    due, before = told.was.due_at, told.was.escalated_at
    return due is not None and due <= told.at and (before is None or before < due)


@invariant("DUE-3")
def the_dates_of_an_incident_are_kept_beside_what_is_sealed(world: World) -> bool:
    steps = (each.record for each in world.history if isinstance(each.record, Incident) and each.was is not None)
    return all(each.dates is not None and kept_beside(each) == kept_sealed(each) for each in steps)


def kept_beside(incident: Incident) -> tuple[Any, ...]:
    """The dates as they can be told."""
    assert incident.dates
    website, removal, writing = (
        incident.dates.website_answer,
        incident.dates.removal,
        incident.dates.written_confirmation,
    )
    reckoned = tuple(each and each.day for each in (website, removal, writing))
    return incident.dates.look_after_by, incident.dates.restore_on, incident.dates.removal_on, *reckoned


def kept_sealed(incident: Incident) -> tuple[Any, ...]:
    """The same as they were said."""
    threat, asked = incident.threat, incident.list_removal
    waits = threat and not (incident.support and incident.safeguarding_asked)
    mended = [each for each in incident.safeguards if each.safeguard == Safeguard.RESTORE_ATTEMPT][-1:]
    return (
        threat.look_after_by if threat and waits else None,
        next((each.review_on for each in mended), None),
        asked and (asked.postponed_to or asked.effective.day),
        incident.website_notice and incident.website_notice.answer_by.day,
        asked and asked.effective.day,
        incident.immediate_removal and incident.immediate_removal.confirm_by.day,
    )
