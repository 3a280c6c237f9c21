"""The law is said twice, from two sources: each corner of the cube agrees, and each cell that is flipped is noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from models.roles import Duty, Role
from tests.cube import HOLDER, compared, corners, states_of
from tests.invariants import broken
from tests.laws import LAWS, NOT_ON_THE_STAFF, happen
from tests.missed import NOTHING_WITHOUT, SECOND_LINES
from tests.scenarios import explored
from tests.second_law import SAID, STEPS
from tests.test_missing_rules import let_through, rules_of, spread, without
from workflows.engine import Law, Opening, Transition
from workflows.registry import ALL

ASKED_FOR = {name: law for name, law in LAWS.items() if law.by}
every_law = pytest.mark.parametrize("name", ASKED_FOR)


def test_every_kind_and_every_step_is_said_twice() -> None:
    """A kind that is added without its second statement fails here."""
    assert SAID.keys() == {workflow.name for workflow in ALL}
    assert STEPS.keys() == LAWS.keys()
    for name, step in STEPS.items():
        law = LAWS[name]
        assert bool(step.by) == bool(law.by), name
        if isinstance(law, Transition):
            assert step.states == law.sources, name


@every_law
def test_the_two_statements_agree_in_every_corner(name: str) -> None:
    law = ASKED_FOR[name]
    found = compared(law, STEPS[name], corners(law))
    differing = {cell: each for cell, each in found.items() if not each.agrees}
    assert not differing
    said = Counter(verdict for each in found.values() for verdict in each.said)
    assert said["allowed"] > 0
    assert said["role"] > 0
    assert said["state"] > 0 or len(states_of(law)) == 1
    step = STEPS[name]
    assert not (step.never_by or step.only_by or step.else_says) or said["guard"] > 0


# One cell is flipped


@dataclass(frozen=True)
class Flip:
    """A law with one cell changed, and the corners in which that can be seen."""

    kind: str
    name: str
    law: Law[Any]
    corners: tuple[tuple[Role, str | None, Duty | None], ...]


def flips(name: str) -> Iterator[Flip]:
    """Each role, duty and state given to a law that has it not, or taken from one that has."""
    law = ASKED_FOR[name]
    for each in told_apart(law):
        by = tuple(other for other in law.by if other != each) if each in law.by else (*law.by, each)
        kind = "role taken" if each in law.by else "role given"
        yield Flip(kind, name, replace(law, by=by), tuple(shown_in(each, law)))
    if isinstance(law, Transition):
        for state in law.workflow.states:
            sources = law.sources ^ {state}
            kind = "state taken" if state in law.sources else "state given"
            seen = tuple((role, str(state), None) for role in Role)
            yield Flip(kind, name, replace(law, sources=sources), seen)


def told_apart(law: Law[Any]) -> list[Role | Duty]:
    """The roles and duties that make a difference: where all staff may ask, none that only staff have."""
    all_staff = Role.STAFF in law.by
    return [each for each in (*Role, *Duty) if not all_staff or each in NOT_ON_THE_STAFF | {Role.STAFF}]


def shown_in(each: Role | Duty, law: Law[Any]) -> Iterator[tuple[Role, str | None, Duty | None]]:
    """The corners in which it makes a difference who holds this: duties are handed out in more than one way."""
    for state in states_of(law):
        if isinstance(each, Duty):
            yield from (
                (HOLDER, state, each),
                (Role.PRACTICE_MANAGER, state, None),
                (Role.COMPLAINTS_LEAD, state, None),
            )
        else:
            yield from ((each, state, None), (each, state, Duty.ANSWER_REVIEWS))


def noticed(flip: Flip) -> bool:
    """Whether the second statement disagrees with the changed law in some corner."""
    return not all(each.agrees for each in compared(flip.law, STEPS[flip.name], flip.corners).values())


@every_law
def test_every_cell_that_is_flipped_is_noticed(name: str) -> None:
    flipped = list(flips(name))
    assert len(flipped) == len(told_apart(LAWS[name])) + (
        0 if isinstance(LAWS[name], Opening) else len(states_of(LAWS[name]))
    )
    assert not [(each.kind, each.law.by) for each in flipped if not noticed(each)]


def test_the_flips_are_counted() -> None:
    """So that a run that flips nothing is found. All of them are noticed, each in the test of its law above."""
    counted = Counter(flip.kind for name in ASKED_FOR for flip in flips(name))
    taken = sum(len(law.by) for law in ASKED_FOR.values())
    sources = sum(len(law.sources) for law in ASKED_FOR.values() if isinstance(law, Transition))
    assert (counted["role taken"], counted["state taken"]) == (taken, sources)
    assert counted["role given"] + taken == sum(len(told_apart(law)) for law in ASKED_FOR.values())
    print(f"\nflipped and noticed: {dict(counted)}, guards taken out: {len(GUARDS)}")  # noqa: T201 - the figure of this run


# A guard is taken out


GUARDS = [(name, guard.name) for name, law in LAWS.items() if law.by for guard in law.guards]


@pytest.mark.parametrize(("name", "guard"), GUARDS)
def test_every_guard_that_is_taken_out_is_noticed(name: str, guard: str) -> None:
    """By the second statement if it is between people, or else by the rule that the guard names, or by the guard behind it."""
    if (name, guard) in NOTHING_WITHOUT:
        return  # `test_missing_rules.py` shows by which error it is noticed
    law = LAWS[name]
    changed = without(law, guard)
    between_people = law.by and noticed(Flip("guard taken", name, changed, tuple(corners_between_people(law))))
    assert between_people or breaks_its_rule(law, changed, guard) or (name, guard) in SECOND_LINES


def corners_between_people(law: Law[Any]) -> list[tuple[Role, str | None, Duty | None]]:
    """The corners in which somebody may ask, and who they are to the record decides."""
    step = STEPS[repr(law)]
    if not (step.never_by or step.only_by or step.else_says):
        return []
    return [(role, state, None) for role in Role for state in states_of(law) if state in step.states]


def breaks_its_rule(law: Law[Any], changed: Law[Any], name: str) -> bool:
    """Whether something that the guard refused would break a rule that it names."""
    (guard,) = (each for each in law.guards if each.name == name)
    missed = let_through(explored(law.workflow.name), law, changed, name)
    return any(broken(happen(*each)) & set(rules_of(guard)) for each in spread(missed, 20))
