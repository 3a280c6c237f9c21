"""Where each exploration begins, who takes part, and how far it goes.

Each module of this folder says it for its kinds by their workflow's name, and is found by itself: in `SCENARIOS` how to make
the scenario, or several small ones in a tuple; in `ENDS` the states that are ends; in `RESTS` those beside them in which a
record may stay for good.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import cache
from typing import Any

from tests.exploration import Explored, Scenario, explore
from tests.gathered import gathered
from tests.invariants import broken
from tests.laws import World

SCENARIOS: dict[str, Callable[[], Scenario | tuple[Scenario, ...]]] = gathered(__name__, "SCENARIOS")
ENDS: dict[str, set[Any]] = gathered(__name__, "ENDS")
RESTS: dict[str, set[Any]] = {name: ends | gathered(__name__, "RESTS").get(name, set()) for name, ends in ENDS.items()}


def scenarios(name: str) -> tuple[Scenario, ...]:
    """The scenarios of one workflow."""
    made = SCENARIOS[name]()
    return made if isinstance(made, tuple) else (made,)


def keeps_every_rule(world: World) -> None:
    """Fail with the story of how a rule was broken."""
    assert not broken(world), (broken(world), [(each.name, each.actor.id, each.payload) for each in world.history])


@cache
def explored(name: str) -> Explored:
    """Everything that can happen under one workflow, with every rule checked at every step."""
    found = explore(*scenarios(name), check=keeps_every_rule)
    gc.freeze()  # it is kept until the end: looking through it for garbage again and again takes longer than the rest
    return found
