"""Try everything that anybody could ask for, from every situation that can be reached, until there is nothing new."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from models.people import Person
from models.settings import PolicySettings
from models.staff import StaffMember
from tests.facts import facts
from tests.laws import MOMENTS, Request, World, happen, judged, requests
from tests.worlds import working_by
from workflows import roles
from workflows.engine import Law
from workflows.refusals import GuardRefusal

Tried = tuple[World, Request]


@dataclass(frozen=True)
class Scenario:
    """Where an exploration begins, who asks for what, which policies come and go, and how far it goes."""

    worlds: tuple[World, ...]
    people: tuple[roles.Person, ...]
    laws: tuple[Law[Any], ...]
    said: Mapping[Any, Any]
    settings: tuple[PolicySettings, ...] = ()
    moments: tuple[datetime, ...] = MOMENTS
    within: Callable[[World], bool] = lambda _: True


@dataclass
class Explored:
    """Every situation that was reached, how one leads to another, and what was allowed and refused on the way."""

    situations: dict[Hashable, World] = field(default_factory=dict)
    leads_to: dict[Hashable, set[Hashable]] = field(default_factory=lambda: defaultdict(set))
    allowed: dict[str, list[Tried]] = field(default_factory=lambda: defaultdict(list))
    refused: dict[tuple[str, str | None], list[Tried]] = field(default_factory=lambda: defaultdict(list))
    fired: set[str] = field(default_factory=set)

    def can_reach(self, rests: Callable[[World], bool]) -> set[Hashable]:
        """The situations from which one is reached in which this is so."""
        comes_from: dict[Hashable, set[Hashable]] = defaultdict(set)
        for source, targets in self.leads_to.items():
            for each in targets:
                comes_from[each].add(source)
        reached = {key for key, world in self.situations.items() if rests(world)}
        waiting = list(reached)
        while waiting:
            new = comes_from[waiting.pop()] - reached
            reached |= new
            waiting += new
        return reached


def explore(*scenarios: Scenario, check: Callable[[World], None] = lambda _: None) -> Explored:
    """Everything that can happen in any of several scenarios, which meet where they come to the same situation."""
    explored = Explored()
    for each in scenarios:
        explore_one(each, explored, check)
    return explored


def explore_one(scenario: Scenario, explored: Explored, check: Callable[[World], None]) -> None:
    """Breadth first, until nothing new is found. Every world that is reached is checked, known situation or not."""
    begun = {situation(each): each for each in scenario.worlds}
    explored.situations = begun | explored.situations
    explored.fired |= {each.name for world in scenario.worlds for each in world.history}
    seen, waiting = set(begun), deque(begun.items())
    while waiting:
        known, world = waiting.popleft()
        for reached in [*happened(world, scenario, explored), *passed(world, scenario)]:
            check(reached)
            explored.fired |= {each.name for each in reached.history[len(world.history) :]}
            key = situation(reached)
            explored.leads_to[known].add(key)
            if key not in seen and scenario.within(reached):
                seen.add(key)
                explored.situations.setdefault(key, reached)
                waiting.append((key, reached))


def happened(world: World, scenario: Scenario, explored: Explored) -> Iterator[World]:
    """The worlds to which what people ask for leads."""
    for request in requests(world, scenario.people, scenario.laws, scenario.said):
        refused = judged(world, request)
        if refused is None:
            explored.allowed[repr(request.law)].append((world, request))
            yield happen(world, request)
        elif isinstance(refused, GuardRefusal):
            explored.refused[repr(request.law), refused.guard].append((world, request))


def passed(world: World, scenario: Scenario) -> Iterator[World]:
    """The same world later, and under another policy."""
    later = [each for each in scenario.moments if each > world.now]
    if later:
        yield replace(world, now=later[0])
    for settings in scenario.settings:
        if world.practice.settings != settings:
            yield working_by(world, settings)


def situation(world: World) -> Hashable:
    """All of a world on which what can happen next depends."""
    names: dict[UUID | None, str] = {each.id: each.subject for each in world.of(StaffMember)}
    names |= {each.id: str(place) for place, each in enumerate(world.of(Person))}
    return world.now, tuple(facts(each, names) for each in world.records)
