"""What people say of their colleagues."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.roles import Role
from models.staff import Departure, NewName, RoleEnd, RoleGrant, StaffDraft, StaffMember
from tests.laws import DAY, MOMENTS, NAMES, NOON, World, always


def colleagues(world: World) -> list[UUID]:
    """Who is in the directory, and somebody who isn't."""
    return [*(each.id for each in world.of(StaffMember)), UUID(int=13)]


def grants(world: World) -> list[RoleGrant]:
    """Roles to give, for good, for a time, for a colleague, and as nobody should."""
    ends = MOMENTS[2]
    return [
        RoleGrant(role=Role.COMMUNICATIONS_MANAGER, starts=ends),
        RoleGrant(role=Role.PRACTICE_MANAGER),
        RoleGrant(role=Role.PRACTICE_WEBSITE),
        RoleGrant(role=Role.PARTNER, starts=NOON - DAY),
        RoleGrant(role=Role.PARTNER, ends=NOON - DAY),
        *(RoleGrant(role=Role.PRACTICE_MANAGER, ends=ends, deputy_for=each) for each in colleagues(world)),
    ]


def newcomers() -> list[StaffDraft]:
    """People and machines who join, as they should and as they shouldn't."""
    manager = RoleGrant(role=Role.PRACTICE_MANAGER)
    roles = {
        "rose-red": [],
        "iron-hans": [manager],
        NAMES[Role.PRACTICE_WEBSITE]: [RoleGrant(role=Role.PRACTICE_WEBSITE)],
        "twice": [manager, RoleGrant(role=Role.PRACTICE_MANAGER, starts=MOMENTS[1])],
        "backdated": [RoleGrant(role=Role.PARTNER, starts=NOON - DAY)],
        "deputy": [RoleGrant(role=Role.PARTNER, ends=MOMENTS[2], deputy_for=UUID(int=13))],
    }
    return [StaffDraft(subject=name, name=name, roles=given) for name, given in roles.items()]


def role_ends() -> list[RoleEnd]:
    """Roles to end at once, later, and in the past."""
    ends = (None, MOMENTS[2], NOON - DAY)
    return [RoleEnd(role=Role.PRACTICE_MANAGER, ends=each) for each in ends] + [RoleEnd(role=Role.PRACTICE_WEBSITE)]


SAID: dict[Any, Any] = {
    StaffDraft: always(*newcomers()),
    RoleGrant: grants,
    RoleEnd: always(*role_ends()),
    Departure: lambda world: [Departure(hands_over_to=each) for each in (None, *colleagues(world))],
    NewName: always(NewName(name="Snow White the Elder")),
}
