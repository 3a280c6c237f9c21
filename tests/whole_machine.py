"""Every configuration of one record that its declared workflow can bring about, by what matters of it, and by nothing else.

Made for a machine with hundreds of thousands of configurations: a record is copied by its values, nothing is validated twice,
and only what makes a difference later tells two configurations apart. Roles are taken as given: the cube has them
(`test_second_law.py`).
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from workflows.engine import Act, Actor, Consequence, Guard, Practice, Transition


class Configuration(NamedTuple):
    """A record, and what else at the practice has to do with it, by the names under which laws look it up."""

    record: Any
    around: Any


class Step(NamedTuple):
    """One step: by which law and with which words, from where to where."""

    name: str
    said: Any
    was: Configuration
    now: Configuration
    act: Act


@dataclass(frozen=True)
class Machine:
    """What is explored: the laws, what is said to them, what matters of a configuration, and what each step has to keep."""

    laws: Sequence[Transition[Any]]
    said: Mapping[str, Sequence[Any] | Callable[[Any], Sequence[Any]] | None]
    actor: Actor
    practice: Practice
    now: datetime
    key: Callable[[Configuration], Hashable]
    follow: Callable[[Configuration, Iterable[Consequence]], Any]
    looked_up: Callable[[Configuration], Mapping[str, Sequence[Any]]]
    passes: Callable[[Configuration], Iterator[tuple[str, Configuration]]]
    broken: Callable[[Step], Iterable[str]]


@dataclass
class Explored:
    """How many configurations there are, how each is reached, which laws led on, and which rules were broken how."""

    number: dict[Hashable, int] = field(default_factory=dict)
    states: list[str] = field(default_factory=list)
    reached_from: list[list[int]] = field(default_factory=list)
    fired: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    harmed: dict[str, Step] = field(default_factory=dict)
    there: dict[str, list[Configuration]] = field(default_factory=lambda: defaultdict(list))
    alone: dict[tuple[str, str], list[Configuration]] = field(default_factory=lambda: defaultdict(list))
    granted: dict[tuple[str, Any], list[Configuration]] = field(default_factory=lambda: defaultdict(list))

    def samples(self) -> list[Configuration]:
        """A few configurations of each state, in which each law is granted, and in which each guard alone says no."""
        kept = (each for found in (self.there, self.granted, self.alone) for each in found.values())
        return [configuration for each in kept for configuration in each]

    def stuck(self, ends: Iterable[str]) -> list[str]:
        """The states of configurations from which no end can be reached any more."""
        over = set(ends)
        waiting = [number for number, state in enumerate(self.states) if state in over]
        leads_there = bytearray(len(self.states))
        for each in waiting:
            leads_there[each] = 1
        while waiting:
            for each in self.reached_from[waiting.pop()]:
                if not leads_there[each]:
                    leads_there[each] = 1
                    waiting.append(each)
        return [state for number, state in enumerate(self.states) if not leads_there[number]]


def explore(machine: Machine, begins: Iterable[Configuration]) -> Explored:
    """Breadth first, until no configuration is new. Each step that is taken is checked."""
    explored = Explored()
    waiting: deque[tuple[int, Configuration]] = deque()
    for each in begins:
        arrive(each, None, machine, explored, waiting)
    by_state = {
        state: [law for law in machine.laws if state in law.sources] for state in machine.laws[0].workflow.states
    }
    while waiting:
        number, configuration = waiting.popleft()
        for law in by_state[configuration.record.state]:
            for step in taken(machine, configuration, law, explored):
                for rule in machine.broken(step):
                    explored.harmed.setdefault(rule, step)
                arrive(step.now, number, machine, explored, waiting)
        for name, passed in machine.passes(configuration):
            explored.fired[name] += 1
            arrive(passed, number, machine, explored, waiting)
    return explored


def arrive(
    configuration: Configuration, source: int | None, machine: Machine, explored: Explored,
    waiting: deque[tuple[int, Configuration]],
) -> None:  # fmt: skip
    """Remember how a configuration was reached, and go on from it if it is new."""
    key, state = machine.key(configuration), configuration.record.state
    number = explored.number.get(key)
    if number is None:
        number = explored.number[key] = len(explored.states)
        explored.states.append(state)
        explored.reached_from.append([])
        waiting.append((number, configuration))
        if len(seen := explored.there[state]) < ENOUGH:
            seen.append(configuration)
    if source is not None and source != number:
        explored.reached_from[number].append(source)


def taken(machine: Machine, configuration: Configuration, law: Transition[Any], explored: Explored) -> Iterator[Step]:
    """The steps that one law allows here, one for each way to say it."""
    record = configuration.record
    act = Act(machine.actor, machine.practice, machine.now, machine.looked_up(configuration))
    variants = machine.said[law.name]
    for said in variants(record) if callable(variants) else UNSAID if variants is None else variants:
        payload = () if said is None else (said,)
        if unmet := law.unmet(record, act, *payload):
            explored.refused[law.name, unmet.name] += 1
            remember_refusal(explored, configuration, law, unmet, act, payload)
            continue
        explored.fired[law.name] += 1
        if len(kept := explored.granted[law.name, record.state]) < ENOUGH:
            kept.append(configuration)
        after = copied(record)
        entailed = law.function(after, act, *payload) or ()
        after.__dict__["state"] = law.target(record.state)
        yield Step(law.name, said, configuration, Configuration(after, machine.follow(configuration, entailed)), act)


def remember_refusal(
    explored: Explored, configuration: Configuration, law: Transition[Any], unmet: Guard[Any], act: Act, payload: tuple[Any, ...]
) -> None:  # fmt: skip
    """Keep a few configurations in which nothing but this guard speaks against it."""
    kept = explored.alone[law.name, unmet.name]
    others = tuple(each for each in law.guards if each is not unmet)
    if len(kept) < ENOUGH and replace(law, guards=others).unmet(configuration.record, act, *payload) is None:
        kept.append(configuration)


ENOUGH = 2
UNSAID = (None,)


def copied(record: Any) -> Any:
    """The same record once more. Its values are never changed in place, so that both may share them."""
    made = record.__class__.__new__(record.__class__)
    object.__setattr__(made, "__dict__", record.__dict__.copy())
    object.__setattr__(made, "__pydantic_fields_set__", record.__pydantic_fields_set__)
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made
