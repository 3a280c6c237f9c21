"""The staff directory: the practice manager says who holds which role, from when to when, and for whom."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import combinations
from typing import Any

from models.roles import MACHINES, Role
from models.staff import Departure, NewName, RoleEnd, RoleGrant, RoleHeld, StaffDraft, StaffMember, StaffState
from workflows.engine import Act, Workflow, guard, lookup
from workflows.roles import Audience

staff = Workflow("staff_member", "staff", StaffMember, starts=StaffState.IN_POST, seen_by=(Role.STAFF,))

DIRECTORY_KEEPERS = (Role.PRACTICE_MANAGER, Role.PARTNER)


@lookup(StaffMember)
def colleagues(about: Any, act: Act) -> Mapping[str, Any]:
    """Everybody in post at the practice."""
    return {"state": StaffState.IN_POST}


@lookup(StaffMember)
def directory(about: Any, act: Act) -> Mapping[str, Any]:
    """Everybody who is or was on the staff."""
    return {}


@guard("This subject stands in the directory already. Somebody who left can rejoin.", needs=[directory])
def not_known_already(draft: StaffDraft, act: Act) -> bool:
    """STAFF-1: one entry for each person, so that who comes back is still who wrote what they wrote."""
    return all(each.subject != draft.subject for each in act.looked_up(directory))


@guard("A deputy stands in for a colleague who holds the role.", needs=[colleagues])
def begins_as_deputy_for_a_holder(draft: StaffDraft, act: Act) -> bool:
    """STAFF-2: a deputy holds, for a time, a role that somebody else holds."""
    return all(stands_in_for_a_holder(each, act, act.looked_up(colleagues)) for each in draft.roles)


@guard("A deputy stands in for a colleague who holds the role.", needs=[colleagues])
def deputises_for_a_holder(member: StaffMember, act: Act, grant: RoleGrant) -> bool:
    """STAFF-2: a deputy holds, for a time, a role that somebody else holds."""
    return stands_in_for_a_holder(grant, act, others(member, act))


@guard("A machine holds no role of a person, and a person none of a machine.")
def person_or_machine(member: StaffMember, act: Act, grant: RoleGrant) -> bool:
    """STAFF-3: credentials of machines are nobody's, for good."""
    return (grant.role in MACHINES) == member.is_machine


@guard("The same role is given twice for the same time.")
def begins_with_each_role_once(draft: StaffDraft, act: Act) -> bool:
    """STAFF-4: a role is held once at a time."""
    roles = [held_from(each, act.at) for each in draft.roles]
    return not any(one.role == other.role and overlap(one, other) for one, other in combinations(roles, 2))


@guard("This role is held already in that time.")
def not_held_already(member: StaffMember, act: Act, grant: RoleGrant) -> bool:
    """STAFF-4: a role is held once at a time."""
    new = held_from(grant, act.at)
    return not any(each.role == new.role and overlap(each, new) for each in member.roles)


@guard("A role starts now or later, and ends after that: nobody held it before they were given it.")
def begins_with_roles_to_come(draft: StaffDraft, act: Act) -> bool:
    """STAFF-6: nobody rewrites who held a role."""
    return all(lies_ahead(each, act) for each in draft.roles)


@guard("A role starts now or later, and ends after that: nobody held it before they were given it.")
def starts_now_or_later(member: StaffMember, act: Act, grant: RoleGrant) -> bool:
    """STAFF-6: nobody rewrites who held a role."""
    return lies_ahead(grant, act)


@guard("This role is not held.")
def holds_the_role(member: StaffMember, act: Act, end: RoleEnd) -> bool:
    """STAFF-5: only a role that is held, or will be, can end."""
    ends = end.ends or act.at
    return any(each.role == end.role and (each.ends is None or each.ends > ends) for each in member.roles)


@guard("A role ends now or later: what was done under it stays done.")
def ends_now_or_later(member: StaffMember, act: Act, end: RoleEnd) -> bool:
    """STAFF-6: nobody rewrites who held a role."""
    return end.ends is None or end.ends >= act.at


@guard("The practice would be left without a practice manager.", needs=[colleagues])
def keeps_a_manager(member: StaffMember, act: Act, end: RoleEnd) -> bool:
    """STAFF-7: somebody can always keep the directory."""
    return end.role != Role.PRACTICE_MANAGER or managed_without(member, act)


@guard("The practice would be left without a practice manager.", needs=[colleagues])
def leaves_a_manager(member: StaffMember, act: Act) -> bool:
    """STAFF-7: somebody can always keep the directory."""
    return Role.PRACTICE_MANAGER not in member.roles_at(act.at) or managed_without(member, act)


@guard("Open work is handed over to a colleague in post, and not to a machine.", needs=[colleagues])
def hands_over_to_a_colleague(member: StaffMember, act: Act, departure: Departure) -> bool:
    """STAFF-8: work goes to somebody who is there."""
    successor = departure.hands_over_to
    return successor is None or successor in {each.id for each in others(member, act) if not each.is_machine}


@staff.opens(
    by=DIRECTORY_KEEPERS,
    when=[
        not_known_already,
        begins_with_each_role_once,
        begins_with_roles_to_come,
        begins_as_deputy_for_a_holder,
    ],
    tells=[Audience.MANAGEMENT],
)
def appoint(draft: StaffDraft, act: Act) -> StaffMember:
    """Add somebody, or a machine, to the staff with the roles they begin with."""
    roles = [held_from(each, act.at) for each in draft.roles]
    return StaffMember(
        practice=act.practice.code, created_at=act.at, subject=draft.subject, name=draft.name, roles=roles
    )


@staff.transition(
    StaffState.IN_POST, to=None, by=DIRECTORY_KEEPERS,
    when=[person_or_machine, not_held_already, starts_now_or_later, deputises_for_a_holder], tells=[Audience.MANAGEMENT],
)  # fmt: skip
def grant_role(member: StaffMember, act: Act, grant: RoleGrant) -> None:
    """Give somebody a role, from one moment until another; a deputy holds it for a colleague."""
    member.roles = [*member.roles, held_from(grant, act.at)]


@staff.transition(
    StaffState.IN_POST, to=None, by=DIRECTORY_KEEPERS,
    when=[holds_the_role, ends_now_or_later, keeps_a_manager], tells=[Audience.MANAGEMENT],
)  # fmt: skip
def end_role(member: StaffMember, act: Act, end: RoleEnd) -> None:
    """Take a role away, at once or at a moment to come."""
    member.roles = [ended(each, end.ends or act.at) if each.role == end.role else each for each in member.roles]


@staff.transition(StaffState.IN_POST, to=None, by=DIRECTORY_KEEPERS)
def correct_name(member: StaffMember, act: Act, new: NewName) -> None:
    """Call somebody by another name from now on."""
    member.name = new.name


@staff.transition(
    StaffState.IN_POST, to=StaffState.LEFT, by=DIRECTORY_KEEPERS,
    when=[leaves_a_manager, hands_over_to_a_colleague], tells=[Audience.MANAGEMENT],
)  # fmt: skip
def leave(member: StaffMember, act: Act, departure: Departure) -> None:
    """Record that somebody has left. All their roles end now, and a colleague takes over their open work."""
    member.roles = [ended(each, act.at) for each in member.roles]
    member.left_at, member.hands_over_to = act.at, departure.hands_over_to


@staff.transition(StaffState.LEFT, to=StaffState.IN_POST, by=DIRECTORY_KEEPERS, tells=[Audience.MANAGEMENT])
def rejoin(member: StaffMember, act: Act) -> None:
    """Record that somebody who left is back. They are the same person, and hold no role until they are given one."""
    member.left_at, member.hands_over_to, member.rejoined_at = None, None, act.at


def held_from(grant: RoleGrant, now: datetime) -> RoleHeld:
    """The role as the directory keeps it: with the moment from which it is held."""
    return RoleHeld(role=grant.role, starts=grant.starts or now, ends=grant.ends, deputy_for=grant.deputy_for)


def overlap(one: RoleHeld, other: RoleHeld) -> bool:
    """Whether there is a moment at which both are held."""
    return (one.ends is None or other.starts < one.ends) and (other.ends is None or one.starts < other.ends)


def ended(held: RoleHeld, moment: datetime) -> RoleHeld:
    """The role, held no longer than until this moment."""
    if held.ends is not None and held.ends <= moment:
        return held
    return held.model_copy(update={"ends": max(moment, held.starts)})


def lies_ahead(grant: RoleGrant, act: Act) -> bool:
    """Whether a role is to be held from now on, or from later, for some time."""
    new = held_from(grant, act.at)
    return act.at <= new.starts and (new.ends is None or new.starts < new.ends)


def stands_in_for_a_holder(grant: RoleGrant, act: Act, among: Iterable[StaffMember]) -> bool:
    """Whether the colleague whom a deputy stands in for, if they are one, is among these and holds the role now."""
    holders = {each.id for each in among if grant.role in each.roles_at(act.at)}
    return grant.deputy_for is None or grant.deputy_for in holders


def others(member: StaffMember, act: Act) -> list[StaffMember]:
    """Everybody else in post."""
    return [each for each in act.looked_up(colleagues) if each.id != member.id]


def managed_without(member: StaffMember, act: Act) -> bool:
    """Whether a colleague is practice manager now, and for good."""
    return any(
        held.role == Role.PRACTICE_MANAGER and held.at(act.at) and held.ends is None
        for each in others(member, act)
        for held in each.roles
    )
