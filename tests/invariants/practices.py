"""What must be so of practices."""

from __future__ import annotations

from collections import Counter

from models.practices import Practice
from models.roles import Role
from tests.invariants.rule import invariant
from tests.laws import World


@invariant("PRACTICE-1")
def one_practice_for_each_code_opened_by_an_operator(world: World) -> bool:
    codes = Counter(each.practice for each in world.of(Practice))
    by_operators = all(Role.OPERATOR in each.actor.roles for each in world.done("practice.open_practice"))
    return max(codes.values(), default=0) <= 1 and by_operators


@invariant("PRACTICE-1")
def whatever_happens_at_a_practice_stays_there(world: World) -> bool:
    return all(each.record.practice == each.practice.code for each in world.history)
