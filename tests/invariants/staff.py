"""What must be so of the staff directory."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import combinations
from typing import Any

from models.practices import Practice
from models.roles import MACHINES, Role
from models.staff import RoleGrant, StaffMember, StaffState
from tests.invariants.rule import invariant
from tests.laws import Happened, World


def in_post(records: tuple[Any, ...]) -> list[StaffMember]:
    """Who is on the staff, among these."""
    return [each for each in records if isinstance(each, StaffMember) and each.state == StaffState.IN_POST]


@invariant("STAFF-1")
def nobody_is_in_the_directory_twice(world: World) -> bool:
    subjects = Counter(each.subject for each in world.of(StaffMember))
    return max(subjects.values(), default=0) <= 1


@invariant("STAFF-2")
def a_deputy_stands_in_for_a_colleague_who_held_the_role_then(world: World) -> bool:
    given = [(each, each.payload) for each in world.done("staff_member.grant_role")]
    begun = [(each, grant) for each in world.done("staff_member.appoint") for grant in each.payload.roles]
    return all(grant.deputy_for is None or stood_in(each, grant) for each, grant in [*given, *begun])


def stood_in(happened: Happened, grant: RoleGrant) -> bool:
    """Whether the one whom the deputy stands in for was a colleague with that role."""
    return any(
        each.id == grant.deputy_for and each.id != happened.record.id and grant.role in each.roles_at(happened.at)
        for each in in_post(happened.before)
    )


@invariant("STAFF-3")
def a_machine_is_never_a_person_nor_a_person_a_machine(world: World) -> bool:
    was_machine = {each.record.id: machine(each.record) for each in world.done("staff_member.appoint")}
    return all(
        machine(each) == was_machine[each.id] and not (machine(each) and {held.role for held in each.roles} - MACHINES)
        for each in world.of(StaffMember)
    )


def machine(member: StaffMember) -> bool:
    """Whether somebody holds, held, or will hold a machine's role."""
    return any(held.role in MACHINES for held in member.roles)


@invariant("STAFF-4")
def a_role_is_held_once_at_a_time(world: World) -> bool:
    return not any(
        one.role == other.role and (one.at(other.starts) or other.at(one.starts))
        for each in world.of(StaffMember)
        for one, other in combinations([held for held in each.roles if held.ends != held.starts], 2)
    )


@invariant("STAFF-5")
def only_a_role_that_is_held_ends(world: World) -> bool:
    return all(each.was.roles != each.record.roles for each in world.done("staff_member.end_role"))


@invariant("STAFF-6")
def nobody_rewrites_who_held_a_role(world: World) -> bool:
    changed = world.about(StaffMember)
    return all(held_before(each.was, each.at) == held_before(each.record, each.at) for each in changed)


@invariant("STAFF-6")
def no_role_ends_before_it_starts(world: World) -> bool:
    roles = [held for each in world.of(StaffMember) for held in each.roles]
    return all(held.ends is None or held.starts <= held.ends for held in roles)


@invariant("STAFF-6")
def a_role_that_is_given_is_held_for_some_time(world: World) -> bool:
    given = world.done("staff_member.appoint", "staff_member.grant_role")
    return all(
        held.ends is None or each.at < held.ends
        for each in given
        for held in each.record.roles
        if each.was is None or held not in each.was.roles
    )


def held_before(member: StaffMember | None, moment: datetime) -> set[tuple[Role, datetime, datetime]]:
    """Which roles were held from when to when, as far as that lies before a moment."""
    roles = member.roles if member else []
    return {
        (held.role, held.starts, min(held.ends or moment, moment)) for held in roles if held.starts < moment
    } - {(held.role, held.starts, held.starts) for held in roles}  # fmt: skip


@invariant("STAFF-7")
def somebody_can_always_keep_the_directory(world: World) -> bool:
    if not world.of(Practice):
        return True
    held = [held for each in in_post(world.records) for held in each.roles if held.role == Role.PRACTICE_MANAGER]
    moments = {world.now, *(each.ends for each in held if each.ends and each.ends > world.now)}
    return all(any(each.at(moment) for each in held) for moment in moments) and all(
        each.actor.roles & {Role.PRACTICE_MANAGER, Role.PARTNER}
        or not any(isinstance(it, Practice) for it in each.before)
        for each in world.history
        if isinstance(each.record, StaffMember)
    )


@invariant("STAFF-8")
def open_work_goes_to_a_person_who_is_there(world: World) -> bool:
    return all(
        each.payload.hands_over_to is None
        or each.payload.hands_over_to
        in {other.id for other in in_post(each.before) if other.id != each.record.id and not machine(other)}
        for each in world.done("staff_member.leave")
    )
