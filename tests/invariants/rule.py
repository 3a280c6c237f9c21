"""What an invariant is, and what many of them ask: on which day something happened, and whether somebody held a duty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
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
    return {rule for each in INVARIANTS if not each.holds(world) for rule in each.rules}


def day(happened: Happened) -> date:
    """The day in London on which it happened."""
    return happened.at.astimezone(LONDON).date()


def holds(happened: Happened, role_or_duty: Role | Duty) -> bool:
    """Whether whoever asked held this role or duty, at that practice and at that moment."""
    return bool(happened.practice.holders(role_or_duty) & happened.actor.roles)
