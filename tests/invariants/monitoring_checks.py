"""What must be so of the monitoring log."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from models.monitoring_checks import WAITING, MonitoringCheck
from models.policies import Policy, PolicyState
from models.roles import Duty, Role
from tests.invariants.rule import holds, invariant
from tests.laws import Happened, World


def own_pages(happened: Happened) -> set[Any]:
    """Where the practice then had a page."""
    return {each.platform for each in happened.practice.settings.platform_accounts.value}


@invariant("S-05")
def whoever_monitors_looks_and_the_next_look_at_each_own_page_is_due(world: World) -> bool:
    looks = world.done("monitoring_check.look")
    in_force = [each for each in world.of(Policy) if each.state == PolicyState.ACTIVE]
    own = {account.platform for each in in_force for account in each.content.settings.platform_accounts.value}
    waited_for = {each.platform for each in world.of(MonitoringCheck) if each.state in WAITING and each.next_look_at}
    return waited_for == own and all(
        holds(each, Duty.MONITOR)
        and (each.record.next_look_at is not None) == (each.record.platform in own_pages(each))
        for each in looks
    )


@invariant("S-05")
def no_look_that_is_waited_for_is_due_later_than_the_policy_in_force_says(world: World) -> bool:
    in_force = [each.content.settings for each in world.of(Policy) if each.state == PolicyState.ACTIVE]
    looked_at: dict[Any, datetime] = {}
    for each in world.of(MonitoringCheck):
        known = looked_at.get(each.platform, each.created_at)
        looked_at[each.platform] = max(known, each.looked_at or each.created_at)
    return all(
        each.next_look_at <= looked_at[each.platform] + timedelta(days=settings.monitoring_days.value)
        for settings in in_force
        for each in world.of(MonitoringCheck)
        if each.state in WAITING and each.next_look_at
    )


@invariant("MON-1")
def only_platforms_of_the_policy_are_in_the_log(world: World) -> bool:
    return all(
        each.record.platform in own_pages(each) | set(each.practice.settings.recognised_platforms.value)
        for each in world.done("monitoring_check.look")
    )


@invariant("MON-2")
def no_look_is_entered_before_it_was_taken(world: World) -> bool:
    return all(each.record.looked_at <= each.at for each in world.done("monitoring_check.look"))


@invariant("MON-3")
def complaints_that_were_found_were_passed_on(world: World) -> bool:
    return all(
        "complaints_lead_told" in each.follow_up
        for each in world.of(MonitoringCheck)
        if "complaint" in {found.kind for found in each.found}
    )


@invariant("MON-4")
def nothing_that_was_entered_changes_and_a_correction_names_an_entry(world: World) -> bool:
    entered = {"platform", "looked_at", "looked_by", "found", "follow_up", "corrects"}
    changed = [each for each in world.about(MonitoringCheck) if each.was]
    last = Counter(each.platform for each in world.of(MonitoringCheck) if each.state in WAITING)
    looked_at = {each.id: each.platform for each in world.of(MonitoringCheck) if each.looked_at}
    return (
        all(each.was.model_dump(include=entered) == each.record.model_dump(include=entered) for each in changed)
        and max(last.values(), default=0) <= 1
        and all(
            each.corrects is None or looked_at.get(each.corrects) == each.platform for each in world.of(MonitoringCheck)
        )
    )


@invariant("MON-5")
def time_alone_escalates_and_only_what_is_late(world: World) -> bool:
    return all(
        Role.CLOCK in each.actor.roles and each.was.next_look_at and each.was.next_look_at <= each.at
        for each in world.done("monitoring_check.escalate")
    )
