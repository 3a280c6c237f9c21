"""What must be so of acknowledgements and briefings."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from models.acknowledgements import Acknowledgement
from models.briefings import Briefing, BriefingState
from models.policies import Policy, PolicyState
from models.roles import Role
from models.staff import StaffMember
from tests.invariants.rule import invariant
from tests.invariants.staff import in_post, machine
from tests.laws import Happened, World


@invariant("ACK-1")
def everybody_acknowledges_for_themselves_and_no_machine_does(world: World) -> bool:
    return all(
        each.record.acknowledged_by == each.actor.id and Role.STAFF in each.actor.roles
        for each in world.done("acknowledgement.acknowledge")
    )


@invariant("ACK-2", "P-20")
def what_is_acknowledged_was_in_force_then(world: World) -> bool:
    return all(
        each.record.policy_id == each.practice.policy_id and each.practice.in_force
        for each in world.done("acknowledgement.acknowledge")
    )


@invariant("ACK-3")
def nobody_acknowledges_a_version_twice(world: World) -> bool:
    given = Counter((each.policy_id, each.acknowledged_by) for each in world.of(Acknowledgement))
    return max(given.values(), default=0) <= 1


@invariant("ACK-4")
def the_staff_are_briefed_on_the_version_in_force_and_on_no_other(world: World) -> bool:
    briefed = [each.policy_id for each in world.of(Briefing) if each.state != BriefingState.CLOSED]
    return sorted(briefed) == sorted(each.id for each in world.of(Policy) if each.state == PolicyState.ACTIVE)


def not_acknowledged(happened: Happened) -> int:
    """How many people in post had not acknowledged the version of a briefing, when something happened to it."""
    given = {
        each.acknowledged_by
        for each in happened.before
        if isinstance(each, Acknowledgement) and each.policy_id == happened.record.policy_id
    }
    return len([each for each in in_post(happened.before) if not machine(each) and str(each.id) not in given])


@invariant("ACK-5")
def time_reminds_when_it_is_due_and_counts_whoever_has_not_acknowledged(world: World) -> bool:
    reminded = world.done("briefing.remind", "briefing.resume")
    counted = all(each.record.reminders[-1].outstanding == not_acknowledged(each) > 0 for each in reminded)
    return counted and all(
        Role.CLOCK in each.actor.roles and each.was.look_again_at <= each.at < each.record.look_again_at
        for each in [*reminded, *world.done("briefing.look_again")]
    )


@invariant("ACK-6")
def a_briefing_is_complete_when_everybody_in_post_has_acknowledged_the_version(world: World) -> bool:
    return not any(not_acknowledged(each) for each in world.done("briefing.complete", "briefing.look_again"))


def approved_at(happened: Happened) -> datetime:
    """When the version that a briefing is about was approved."""
    (found,) = {
        it.approved_at for it in happened.before if isinstance(it, Policy) and it.id == happened.record.policy_id
    }
    assert found
    return found


@invariant("ACK-7")
def sessions_were_held_and_attended_by_people_of_the_practice(world: World) -> bool:
    return all(
        approved_at(each) <= each.payload.held_at <= each.at
        and set(each.payload.attended)
        <= {it.id for it in each.before if isinstance(it, StaffMember) and not machine(it)}
        for each in world.done("briefing.record_session")
    )
