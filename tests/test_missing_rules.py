"""Each rule is missed as soon as what keeps it is gone: a guard, a role, a state, or an effect."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from inspect import getmodule
from typing import Any

import pytest

from models.policies import PolicyDraft, PolicyEdit
from models.roles import Duty, Role
from models.settings import PolicySettings
from tests.exploration import Explored, Scenario, Tried, explore
from tests.invariants import INVARIANTS, broken
from tests.laws import LAWS, NOON, Request, World, abouts, always, happen, judged, somebody
from tests.missed import ASKED_BY, MUTANTS, NOTHING_WITHOUT, SECOND_LINES, STRICTER
from tests.missed.law import Mutant
from tests.said.policies import policy_drafts, policy_edits
from tests.scenarios import explored, scenarios
from tests.worlds import working_by
from workflows.engine import Act, Guard, Law, Transition
from workflows.refusals import Refusal, RoleRefusal

# Each guard is missed


GUARDED = [(law, guard) for law in LAWS.values() if law.by for guard in law.guards]
"""Each guard of what somebody can ask for. Nobody meets one of what only follows: it is tried where it follows."""
every_guard = pytest.mark.parametrize(("law", "guard"), GUARDED, ids=lambda each: getattr(each, "name", repr(each)))


def without(law: Law[Any], *names: str) -> Law[Any]:
    """The same law without these guards."""
    return replace(law, guards=tuple(each for each in law.guards if each.name not in names))


def let_through(found: Explored, law: Law[Any], changed: Law[Any], guard: str) -> list[Tried]:
    """What this guard refused, and the changed law does not."""
    tried = [(world, replace(request, law=changed)) for world, request in found.refused[repr(law), guard]]
    return [each for each in tried if judged(*each) is None and not follows_refused(*each)]


def spread(cases: list[Tried], most: int = 200) -> list[Tried]:
    """Some of many cases, from all over."""
    return cases[:: len(cases) // most + 1]


def follows_refused(world: World, request: Request) -> bool:
    """Whether it is refused after all, because what it entails is."""
    if not request.law.entails:
        return False
    try:
        happen(world, request)
    except Refusal:
        return True
    return False


@every_guard
def test_each_guard_is_missed_or_stands_behind_another(law: Law[Any], guard: Guard[Any]) -> None:
    """Every time that a guard says no, letting it through would break a rule that the guard names."""
    if (repr(law), guard.name) in NOTHING_WITHOUT:
        world, request = explored(law.workflow.name).refused[repr(law), guard.name][0]
        with pytest.raises(ValueError, match="values to unpack"):
            happen(world, replace(request, law=without(law, guard.name)))
        return
    missed = let_through(explored(law.workflow.name), law, without(law, guard.name), guard.name)
    if (repr(law), guard.name) in SECOND_LINES:
        assert not missed
    else:
        harmed = [bool(broken(happen(*each)) & set(rules_of(guard))) for each in spread(missed)]
        assert any(harmed)
        assert all(harmed) or (repr(law), guard.name) in STRICTER


def rules_of(guard: Guard[Any]) -> list[str]:
    """The rules that a guard names."""
    return re.findall(r"[A-Z]+-\d+", guard.rule.partition(":")[0])


@pytest.mark.parametrize("named", SECOND_LINES, ids=".".join)
def test_a_guard_that_stands_behind_another_is_missed_when_that_one_is_gone(
    named: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, guard = named
    changed = {each: LAWS[each] for each in LAWS}
    for other, lost in SECOND_LINES[named].lost:
        changed[other] = without(changed[other], lost)
    for other, state in SECOND_LINES[named].opened:
        changed[other] = also_from(changed[other], state)
    declare(changed, monkeypatch)
    found = explore(*without_time(changed, LAWS[name].workflow.name))
    assert let_through(found, changed[name], without(changed[name], guard), guard)


def also_from(law: Law[Any], *states: Any) -> Law[Any]:
    """The same transition, from more states."""
    assert isinstance(law, Transition)
    return replace(law, sources=law.sources | set(states))


def declare(changed: dict[str, Law[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the changed laws in the place of the declared ones, in what others entail as well."""
    for name, law in LAWS.items():
        changed[name] = replace(changed[name], entails=tuple(changed[repr(each)] for each in law.entails))
        # What is declared for every kind of case has no name in its module, and nothing entails it.
        monkeypatch.setattr(getmodule(law.function), law.name, changed[name], raising=False)


def without_time(changed: dict[str, Law[Any]], name: str) -> list[Scenario]:
    """A small exploration of the changed laws, by two people, in which time stands still and policies don't change."""
    return [smaller(each, changed) for each in scenarios(name)]


def smaller(scenario: Scenario, changed: dict[str, Law[Any]]) -> Scenario:
    """The same of one scenario."""
    drafts, edits = policy_drafts(), policy_edits()
    said = {**scenario.said, PolicyDraft: always(drafts[0], drafts[2]), PolicyEdit: always(edits[3])}
    laws = tuple(changed[repr(each)] for each in scenario.laws)
    return replace(scenario, laws=laws, people=scenario.people[:2], settings=(), moments=(NOON,), said=said)


# Each role is missed


def strangers() -> list[tuple[str, Any]]:
    """Each of these laws with each role and duty that has no part in it."""
    return [(name, each) for name in ASKED_BY for each in (*Role, *Duty) if is_stranger(LAWS[name], each)]


def is_stranger(law: Law[Any], each: Role | Duty) -> bool:
    """Whether this role or duty gives no right to ask. A duty is held by staff, and where no practice is yet, by nobody."""
    if isinstance(each, Duty):
        return not {each, Role.STAFF} & set(law.by) and law.workflow.name != "practice"
    return law.not_for(Act(somebody(each), World().practice, NOON)) is not None


@pytest.mark.parametrize(("name", "other"), strangers())
def test_a_rule_is_broken_when_somebody_else_may_ask(name: str, other: Role | Duty) -> None:
    law, asker = LAWS[name], somebody(other if isinstance(other, Role) else Role.RECEPTION_MANAGER)
    granted = explored(law.workflow.name).allowed[name]
    tried = ((handing(world, other), replace(each, person=asker)) for world, each in granted)
    world, request = next(each for each in tried if any_guard_aside(*each))
    assert isinstance(judged(world, request), RoleRefusal)
    assert ASKED_BY[name] in broken(happen(world, replace(request, law=replace(law, by=(other,)))))


def handing(world: World, other: Role | Duty) -> World:
    """The same world; where a duty is concerned, a policy hands it to the reception manager."""
    if isinstance(other, Role) or not world.records:
        return world
    held = {"duties": {other: {"value": [Role.RECEPTION_MANAGER]}}}
    return working_by(world, PolicySettings.model_validate(world.practice.settings.model_dump() | held))


def any_guard_aside(world: World, request: Request) -> bool:
    """Whether nothing but their role speaks against it."""
    changed = replace(request.law, by=tuple(request.person.roles))
    return judged(world, replace(request, law=changed)) is None


# Each effect and each state is missed


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda each: f"{each.rule}-{each.name}")
def test_a_rule_is_broken_when_an_effect_or_a_state_is_wrong(mutant: Mutant) -> None:
    law = mutant.law
    assert any(
        mutant.rule in broken(happen(world, request))
        for scenario in scenarios(law.workflow.name)
        for world in explored(law.workflow.name).situations.values()
        for request in asked_in(world, law, scenario)
        if judged(world, request) is None
    )


def asked_in(world: World, law: Law[Any], scenario: Scenario) -> Iterable[Request]:
    """Everything that the people of a scenario could ask for by this law."""
    return (Request(person, law, *each) for each in abouts(world, law, scenario.said) for person in scenario.people)


def test_every_rule_is_missed_somewhere() -> None:
    """No invariant stands here that nothing could break."""
    by_guards = {
        rule for law, guard in GUARDED if (repr(law), guard.name) not in SECOND_LINES for rule in rules_of(guard)
    }
    missed_somewhere = by_guards | set(ASKED_BY.values()) | {each.rule for each in MUTANTS}
    assert {rule for each in INVARIANTS for rule in each.rules} <= missed_somewhere


def test_every_rule_that_a_guard_names_has_an_invariant() -> None:
    named = {rule for _, guard in GUARDED for rule in rules_of(guard)}
    assert named <= {rule for each in INVARIANTS for rule in each.rules}
