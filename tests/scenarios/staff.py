"""What becomes of the directory, and of those whom cases are about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models import people as known
from models.people import PersonState
from models.staff import StaffMember, StaffState
from tests.exploration import Scenario
from tests.laws import MANAGER, MOMENTS, RIGHTS, World, laws_of
from tests.said import SAID
from tests.worlds import opened


def three_members_and_roles(world: World) -> bool:
    """Worlds with few enough people that all of them can be tried."""
    members = world.of(StaffMember)
    return len(members) <= 3 and sum(len(each.roles) for each in members) <= 3


def two_people_or_three_to_merge(world: World) -> bool:
    """Worlds with two people, or with three of whom none is to be erased: enough for a merged record to be merged into."""
    everybody: list[Any] = world.of(known.Person)
    to_be_erased = any(each.erasure_ground or each.state == known.PersonState.ERASED for each in everybody)
    return len(everybody) <= (2 if to_be_erased else 3)


SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "staff_member": lambda: Scenario(
        (opened(),), (MANAGER,), laws_of("staff_member"), SAID, moments=MOMENTS[::2], within=three_members_and_roles
    ),
    "person": lambda: Scenario(
        (opened(),), (MANAGER, RIGHTS), laws_of("person"), SAID, moments=MOMENTS[:1], within=two_people_or_three_to_merge
    ),
}  # fmt: skip
ENDS: dict[str, set[Any]] = {
    # Whoever has left may come back.
    "staff_member": set(),
    "person": {PersonState.ERASED},
}
RESTS: dict[str, set[Any]] = {
    # Everybody may stay in post; the last practice manager has to.
    "staff_member": {StaffState.IN_POST, StaffState.LEFT},
    # Somebody stays on record until nothing is left to keep them for.
    "person": {PersonState.ON_RECORD},
}
