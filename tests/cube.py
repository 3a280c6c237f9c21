"""Every role, step, state, and who a person is to the record: held against the second statement of the law, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Any, Literal
from uuid import UUID

from models.practices import InForce, Practice
from models.roles import Duty, Role
from models.settings import PolicySettings
from tests.exploration import Tried
from tests.laws import LAWS, NOT_ON_THE_STAFF, Request, World, abouts, judged
from tests.said import SAID
from tests.scenarios import explored
from tests.second_law import STEPS
from tests.second_law.steps import Step
from workflows.engine import Law, Opening, Transition
from workflows.refusals import GuardRefusal, RoleRefusal, StateRefusal
from workflows.roles import Person

Verdict = Literal["allowed", "role", "state", "guard"]
A_STRANGER = "thumbling"
"""Somebody who had no part in anything."""
IN_EACH_STATE = 5
"""How many situations of a record are tried in each of its states."""
VERDICTS: dict[type[Exception], Verdict] = {RoleRefusal: "role", StateRefusal: "state", GuardRefusal: "guard"}
HOLDER, OTHER_HOLDER = Role.BUSINESS_MANAGER, Role.HEAD_OF_OPERATIONS


@dataclass(frozen=True)
class Cell:
    """One corner of the cube: a role, the record's state (None for a beginning), and what the person is to the record."""

    role: Role
    state: str | None
    part: frozenset[str]
    handed: Duty | None = None


@dataclass
class Found:
    """What the engine said in one cell, and what should have been possible there."""

    said: set[Verdict]
    expected: set[Verdict]

    @property
    def agrees(self) -> bool:
        """A cell that should be open is open in at least one situation; one that should be shut is shut in all, and so."""
        return "allowed" in self.said if "allowed" in self.expected else self.said == self.expected


def situations(name: str, state: str | None) -> list[Tried]:
    """Where this may be asked for in this state: first where it was granted, spread over all that was explored."""
    law = LAWS[name]
    granted = [each for each in granted_to(name) if state_of(each[1]) == state and as_it_is_said(STEPS[name], each[1])]
    spread = granted[:: len(granted) // IN_EACH_STATE + 1]
    return spread or list(islice(asked_in(law, state), IN_EACH_STATE))


def granted_to(name: str) -> list[Tried]:
    """Every request for it that was granted."""
    return explored(LAWS[name].workflow.name).allowed[name]


def as_it_is_said(step: Step, request: Request) -> bool:
    """Whether what is asked for is what the second statement has people say: anything, where it says nothing of that."""
    return all(getattr(request.payload[0], name) == value for name, value in step.says.items())


def state_of(request: Request) -> str | None:
    """The state of the record that is asked about."""
    return None if isinstance(request.law, Opening) else str(request.about.state)


def asked_in(law: Law[Any], state: str | None) -> Iterator[Tried]:
    """Anything that could be asked of a record in this state, whatever the answer."""
    nobody = Person(A_STRANGER, frozenset())
    for world in explored(law.workflow.name).situations.values():
        for about, payload in islice(abouts(world, law, SAID), 40):
            if isinstance(law, Opening) or about.state == state:
                yield world, Request(nobody, law, about, payload)
                break


kept_situations = cache(situations)
"""Computed once: they don't depend on what is changed in a law."""


def compared(law: Law[Any], step: Step, cells: Iterable[tuple[Role, str | None, Duty | None]]) -> dict[Cell, Found]:
    """What the engine says by this law and what the second statement does, in each of these cells."""
    found: dict[Cell, Found] = {}
    for role, state, handed in cells:
        for world, request in kept_situations(repr(law), state):
            there = handing(world, handed)
            for person in people(world, request, role):
                asked = replace(request, person=person, law=law, payload=said_by(step, request, role))
                cell = Cell(role, state, part_in(request.about, person), handed)
                each = found.setdefault(cell, Found(set(), set()))
                each.said.add(verdict(there, asked))
                each.expected.add(expected(step, there, asked))
    return found


def said_by(step: Step, request: Request, role: Role) -> tuple[Any, ...]:
    """What was said, as somebody in this role says it."""
    if step.in_role is None:
        return request.payload
    return (request.payload[0].model_copy(update={step.in_role: role, **step.says}),)


def verdict(world: World, request: Request) -> Verdict:
    """What the engine says."""
    refused = judged(world, request)
    return VERDICTS[type(refused)] if refused else "allowed"


def expected(step: Step, world: World, request: Request) -> Verdict:
    """What the second statement says."""
    roles, record = request.person.roles, request.about
    falls_to = holds(roles, step.by, world)
    else_says = [said for each, said in step.else_says.items() if holds(roles, {each}, world)]
    if not falls_to and not else_says:
        return "role"
    if not isinstance(request.law, Opening) and str(record.state) not in step.states:
        return "state"
    if not falls_to and not any(getattr(request.payload[0], name) == value for name, value in else_says):
        return "guard"
    by_themselves = else_says or holds(roles, step.by - step.stand_ins, world)
    if not by_themselves and request.person.id != named_in(record):
        return "guard"
    part = part_in(record, request.person)
    if step.only_by and step.only_by not in part:
        return "guard"
    lifted = step.unless and getattr(world.practice.settings, step.unless).value
    return "guard" if step.never_by in part and not lifted else "allowed"


def named_in(record: Any) -> str | None:
    """Whom a record names to stand in for others."""
    named = getattr(record, "delegated", None)
    return named and str(named.to)


def holds(roles: frozenset[Role], by: Iterable[str], world: World) -> bool:
    """Whether somebody holds one of these roles, or one of these duties as the practice has handed it out."""
    duties = world.practice.settings.duties
    meant = {role for each in by for role in (getattr(duties, each).value if each in set(Duty) else [Role(each)])}
    return bool(meant & roles)


def people(world: World, request: Request, role: Role) -> list[Person]:
    """Somebody with this role who had no part in it, and each of those who had, with this role and no other."""
    roles = frozenset({role} if role in NOT_ON_THE_STAFF else {role, Role.STAFF})
    record = request.about
    took_part = [] if isinstance(request.law, Opening) else [each.actor.id for each in world.of_record(record)]
    named = (getattr(record, "assigned_to", None), named_in(record))
    everybody = [A_STRANGER, *took_part, *(str(each) for each in named if each)]
    return [Person(each, roles) for each in dict.fromkeys(everybody)]


def part_in(record: Any, person: Person) -> frozenset[str]:
    """The fields of the record in which the person stands."""
    values = getattr(record, "__dict__", {})
    return frozenset(
        name
        for name, value in values.items()
        if (isinstance(value, str | UUID) and str(value) == person.id)
        or (isinstance(value, list) and person.id in value)
    )


@cache
def _duties(handed: Duty) -> dict[str, Any]:
    return {each: {"value": [HOLDER if each == handed else OTHER_HOLDER]} for each in Duty}


@cache
def _handed(settings: str, handed: Duty) -> PolicySettings:
    read = PolicySettings.model_validate_json(settings)
    return PolicySettings.model_validate(read.model_dump() | {"duties": _duties(handed)})


_worlds: dict[tuple[int, Duty], tuple[World, World]] = {}


def handing(world: World, handed: Duty | None) -> World:
    """The same world, in which one duty alone falls to the business manager, and all others to the head of operations."""
    if handed is None or not world.of(Practice):
        return world
    key = id(world), handed
    if key not in _worlds:
        _worlds[key] = world, _with_settings(world, _handed(world.practice.settings.model_dump_json(), handed))
    return _worlds[key][1]


def _with_settings(world: World, settings: PolicySettings) -> World:
    (practice,) = world.of(Practice)
    before: InForce | None = practice.in_force
    identity = (
        before.model_dump(exclude={"settings"}) if before else {"policy_id": practice.id, "number": "1.0", "title": "C"}
    )
    moved = practice.model_copy(update={"in_force": InForce.model_construct(**identity, settings=settings)})
    return replace(world, records=tuple(moved if each is practice else each for each in world.records))


def corners(law: Law[Any]) -> list[tuple[Role, str | None, Duty | None]]:
    """Every corner of one law's part of the cube."""
    meant = {each for each in law.by if isinstance(each, Duty)}
    handed: list[Duty | None] = [None, Duty.ANSWER_REVIEWS, *meant]
    return [(role, state, duty) for role in Role for state in states_of(law) for duty in handed]


def states_of(law: Law[Any]) -> list[str | None]:
    """The states that the cube has for a law."""
    return [None] if not isinstance(law, Transition) else [str(each) for each in law.workflow.states]
