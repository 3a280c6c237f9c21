"""What an invariant is, and what many of them ask: on which day something happened, and whether somebody held a duty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast
from zoneinfo import ZoneInfo

from models.roles import Duty, Role
from tests.laws import Happened, World

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Invariant:
    """A rule by its names, and whether it holds in a world."""

    rules: frozenset[str]
    holds: Callable[[World], bool]


INVARIANTS: list[Invariant] = []


def invariant(*rules: str) -> Callable[[Callable[[World], bool]], Callable[[World], bool]]:
    """Give an invariant the names of the rules that it keeps."""

    def named(holds: Callable[[World], bool]) -> Callable[[World], bool]:
        INVARIANTS.append(Invariant(frozenset(rules), holds))
        return holds

    return named


def broken(world: World) -> set[str]:
    """The names of the rules that do not hold in this world."""
    return {rule for each in concerning(world.knows) if not each.holds(world) for rule in each.rules}


@cache
def concerning(known: frozenset[Any]) -> tuple[Invariant, ...]:
    """The rules that speak of anything that is known in a world: the others find what they find where there is nothing."""
    return tuple(
        each for each in INVARIANTS if (speaks_of := spoken_of(each)) is None or not speaks_of.isdisjoint(known)
    )


class Listener:
    """A world in which there is nothing, and which remembers what was asked for. It answers no other question."""

    def __init__(self) -> None:
        self.asked: set[Any] = set()

    def of(self, kind: type[Any]) -> list[Any]:
        """No records of a kind."""
        self.asked.add(kind)
        return []

    about = of

    def done(self, *names: str) -> list[Happened]:
        """Nothing under these names."""
        self.asked.update(names)
        return []


def spoken_of(rule: Invariant) -> frozenset[Any] | None:
    """The kinds and the steps that the rule asks for where there are none, and then holds: None if it asks for more."""
    listener = Listener()
    try:
        held = rule.holds(cast(World, listener))
    except AttributeError:
        return None
    return frozenset(listener.asked) if held else None


def day(happened: Happened) -> date:
    """The day in London on which it happened."""
    return happened.at.astimezone(LONDON).date()


def holds(happened: Happened, role_or_duty: Role | Duty) -> bool:
    """Whether whoever asked held this role or duty, at that practice and at that moment."""
    return bool(happened.practice.holders(role_or_duty) & happened.actor.roles)
