"""Promises that every workflow keeps, whoever asks for what in whichever order."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.posts import NoticeArranged, Post, PostState, PublishedAs
from models.practices import Contacts
from models.record import remade
from models.roles import Role
from models.sealing import Sealed
from models.settings import NoticePlace, Platform
from models.staff import StaffMember, StaffState
from service.store.agendas import in_the_clear
from service.store.statements import table_of
from tests.exploration import Tried
from tests.laws import (
    EDITOR,
    EVERYBODY,
    LAWS,
    MANAGER,
    MOMENTS,
    NOON,
    TRANSITIONS,
    Request,
    World,
    abouts,
    asked,
    happen,
    judged,
    laws_of,
    somebody,
)
from tests.said import SAID
from tests.said.posts import CLOSED
from tests.said.settings import LENIENT, USUAL
from tests.scenarios import ENDS, RESTS, explored, keeps_every_rule
from tests.scenarios.posts import written
from tests.worlds import at_work, opened, working_by
from workflows.engine import Act, Law, Opening, Transition, Workflow
from workflows.refusals import GuardRefusal, RoleRefusal, StateRefusal
from workflows.registry import ALL
from workflows.roles import Person, PracticeInForce

every_workflow = pytest.mark.parametrize("workflow", ALL, ids=lambda each: each.name)
every_law = pytest.mark.parametrize("law", LAWS.values(), ids=repr)


FIRES_WITH = {
    "practice.adopt": "policy",
    "practice.abandon": "policy",
    "monitoring_check.bring_forward": "policy",
    "incident.report_recording_online": "recording_consent",
    "warning.give": "incident",
}
"""What happens only as a consequence of what happens to another kind, and which."""


# Nothing is out of reach, and nobody is stuck


@every_workflow
def test_every_state_is_reached(workflow: Workflow[Any]) -> None:
    reached = {each.state for world in explored(workflow.name).situations.values() for each in world.of(workflow.kind)}
    assert reached == set(workflow.states)


def fires(workflow: str, law: str) -> bool:
    """Whether a transition fires in what was explored of a workflow."""
    found = explored(workflow)
    return law in found.fired or law in found.allowed


@pytest.mark.parametrize("law", [each for name, each in LAWS.items() if name not in FIRES_WITH], ids=repr)
def test_every_transition_fires(law: Law[Any]) -> None:
    assert fires(law.workflow.name, repr(law))


@pytest.mark.parametrize(("law", "workflow"), FIRES_WITH.items())
def test_what_another_kind_brings_about_fires_with_it(law: str, workflow: str) -> None:
    assert fires(workflow, law)


@every_workflow
def test_only_declared_ends_are_ends(workflow: Workflow[Any]) -> None:
    assert workflow.ends == ENDS[workflow.name]


EXPLORED_WHOLE = {"incident"}
"""By another test, for each of its configurations (`test_incident_machine.py`)."""


@pytest.mark.parametrize(
    "workflow", [each for each in ALL if each.name not in EXPLORED_WHOLE], ids=lambda each: each.name
)
def test_from_everywhere_an_end_or_a_rest_is_reached(workflow: Workflow[Any]) -> None:
    found, rests = explored(workflow.name), RESTS[workflow.name]
    resting = found.can_reach(lambda world: all(each.state in rests for each in world.of(workflow.kind)))
    assert [found.situations[each].records for each in found.situations.keys() - resting] == []


def test_everybody_but_one_manager_can_leave() -> None:
    found = explored("staff_member")
    alone = found.can_reach(lambda world: [each.state for each in world.of(StaffMember)].count(StaffState.IN_POST) == 1)
    assert found.situations.keys() == alone


def test_every_published_post_can_be_taken_down_and_no_path_leads_round_approval() -> None:
    """POST-7: without `approve`, nothing that is declared leads to what is public."""
    assert PostState.PUBLISHED in states_without()
    assert PostState.PUBLISHED not in states_without("post.approve")
    assert PostState.PUBLISHED not in states_without("post.submit")
    assert PostState.WITHDRAWN not in states_without("post.take_down")


def states_without(*names: str) -> set[Any]:
    """The states to which arrows lead, when these are rubbed out."""
    laws = [law for name, law in TRANSITIONS.items() if law.workflow.name == "post" and name not in names]
    reached: set[Any] = {PostState.DRAFT}
    while new := {law.target(each) for law in laws for each in law.sources & reached} - reached:
        reached |= new
    return reached


def test_a_notice_can_still_be_arranged_when_a_new_policy_asks_for_it() -> None:
    """S-07: the post is on one platform, and may not go to the next before the closure is announced on the door."""
    on_facebook, on_website = (PublishedAs(platform=each) for each in (Platform.FACEBOOK, Platform.WEBSITE))
    (world,) = written(CLOSED.model_copy(update={"platforms": [Platform.FACEBOOK, Platform.WEBSITE]}))
    for person, name, said in ((MANAGER, "submit", ()), (EDITOR, "approve", ()), (MANAGER, "publish", (on_facebook,))):
        world = told(working_by(world, LENIENT), person, name, *said)
    world = working_by(world, USUAL)
    with pytest.raises(GuardRefusal, match="in the other places"):
        told(world, MANAGER, "publish", on_website)
    world = told(world, MANAGER, "arrange_notice", NoticeArranged(place=NoticePlace.DOOR))
    world = told(world, MANAGER, "publish", on_website)
    assert world.of(Post)[0].platforms_published == {Platform.FACEBOOK, Platform.WEBSITE}


def told(world: World, person: Person, name: str, *said: Any) -> World:
    """The world after somebody asked this of the only post."""
    return happen(world, Request(person, LAWS[f"post.{name}"], world.of(Post)[0], said))


# Saying no


@every_law
def test_every_law_explains_itself(law: Law[Any]) -> None:
    assert re.fullmatch(r"[A-Z].+\.", law.meaning, re.DOTALL)
    for each in law.guards:
        assert re.fullmatch(r"[A-Z].+\.", each.otherwise)
        assert re.fullmatch(r"[A-Z]+-\d+((,| and) [A-Z]+-\d+)*: .+\.", each.rule)
        assert all(re.fullmatch(r"[A-Z].+\.", need.meaning) for need in each.needs)


@every_workflow
def test_every_deadline_explains_itself_and_names_its_rule(workflow: Workflow[Any]) -> None:
    for each in workflow.deadlines:
        assert re.fullmatch(r"[A-Z].+\.", each.meaning)
        assert re.fullmatch(r"[A-Z]+-\d+", each.law)


@every_workflow
def test_nothing_sealed_is_opened_to_tell_what_is_due(workflow: Workflow[Any]) -> None:
    """DUE-3: what is kept in the clear is enough for every deadline of every record that came to be."""
    table = table_of(workflow.kind)
    clear = {each.name for each in in_the_clear(table)}
    assert clear.isdisjoint(each.name for each in table.c if isinstance(each.type, Sealed))
    worlds = explored(workflow.name).situations.values() if workflow.deadlines else ()
    for record in (each for world in worlds for each in world.of(workflow.kind)):
        open_part = {name: value for name, value in record.__dict__.items() if name in clear}
        assert workflow.dues(remade(workflow.kind, open_part)) == workflow.dues(record)


@every_law
def test_whoever_may_ask_may_see_what_they_asked_about(law: Law[Any]) -> None:
    practice = PracticeInForce("ZZ0001", Contacts())
    for person in map(somebody, {role for each in law.by for role in practice.holders(each)}):
        act = Act(person, practice, NOON)
        seen_in_time = isinstance(law, Transition) and law.sources <= law.workflow.visible(act)
        assert act.permitted(law.workflow.seen_by) or seen_in_time or law.workflow.own(act)


def in_state(law: Transition[Any], *, suits: bool) -> Tried | None:
    """A record that is, or is not, in a state for this, and somebody who may ask."""
    for world in explored(law.workflow.name).situations.values():
        for record in world.of(law.workflow.kind):
            if (record.state in law.sources) == suits:
                return world, Request(EDITOR, law, record)
    return None


@pytest.mark.parametrize("law", TRANSITIONS.values(), ids=repr)
def test_roles_are_judged_first_then_the_state(law: Transition[Any]) -> None:
    for suits in (True, False):
        if not (found := in_state(law, suits=suits)):
            assert law.workflow.name == "practice"
            continue
        world, request = found
        for person in EVERYBODY:
            act = Act(person, world.practice, world.now)
            refused = law.refusal(request.about, act)
            if not act.permitted(law.by):
                assert isinstance(refused, RoleRefusal)
            elif not suits:
                assert isinstance(refused, StateRefusal)
            else:
                assert refused is None or isinstance(refused, GuardRefusal)


def refusals(law: Law[Any]) -> list[Tried]:
    """A few requests that each guard refused."""
    found = explored(law.workflow.name).refused
    return [each for guard in law.guards for each in found[repr(law), guard.name][:5]]


def grants(law: Law[Any]) -> list[Tried]:
    """A few requests that were granted."""
    return explored(law.workflow.name).allowed[repr(law)][:20]


@every_law
def test_a_refusal_changes_nothing_and_says_a_sentence(law: Law[Any]) -> None:
    for world, request in refusals(law):
        records = {each.id: each.model_copy(deep=True) for each in world.records}
        about, act = asked(world, request, records)
        with pytest.raises(GuardRefusal) as refused:
            law.apply(about, act, *request.payload)  # type: ignore[attr-defined]  # every law can be applied
        assert str(refused.value) in {each.otherwise for each in law.guards}
        assert list(records.values()) == list(world.records)


@every_law
def test_judging_changes_nothing(law: Law[Any]) -> None:
    for world, request in [*grants(law), *refusals(law)]:
        before = [each.model_copy(deep=True) for each in world.records]
        judged(world, request)
        assert before == list(world.records)


@pytest.mark.parametrize("law", TRANSITIONS.values(), ids=repr)
def test_what_is_available_is_what_can_be_applied(law: Transition[Any]) -> None:
    """As far as can be told without what would be sent and what would be looked up."""
    for world, request in grants(law):
        assert law.name in available(world, request)
    untold = {each.name for each in law.guards if each.payload or each.needs}
    for world, request in refusals(law):
        refused = judged(world, request)
        assert isinstance(refused, GuardRefusal)
        assert (law.name in available(world, request)) == (refused.guard in untold)


def available(world: World, request: Request) -> list[str]:
    """What the same person is told that they could do."""
    return request.law.workflow.available(request.about, Act(request.person, world.practice, world.now))


# Random walks


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=True))
def test_whatever_anybody_asks_for_every_rule_holds(chance: Random) -> None:
    """From one seed a whole story follows, which the failure tells: a rule is seldom broken in fewer than five steps."""
    world = chance.choice([opened, at_work, at_work])()
    for _ in range(40):
        world = walked(world, chance)
        keeps_every_rule(world)


def walked(world: World, chance: Random) -> World:
    """One more step: time passes, or somebody asks for something, more often than not with success."""
    later = [each for each in MOMENTS if each > world.now]
    if later and chance.random() < TIME_PASSES:
        return replace(world, now=later[0])
    laws = ready(world, chance.choice(OFTEN)) or ready(world, "post")
    law = chance.choices(laws, [1 if target(each, None) in each.workflow.ends else 5 for each in laws])[0]
    requests = [Request(person, law, *each) for each in abouts(world, law, SAID) for person in EVERYBODY]
    likely = [each for each in requests if judged(world, each) is None]
    return attempted(world, chance.choice(likely if likely and chance.random() < LUCK else requests))


TIME_PASSES, LUCK = 0.03, 0.8
OFTEN = ("post", "post", "policy", "person", *(each.name for each in ALL))
"""What people are busy with."""


def ready(world: World, name: str) -> list[Law[Any]]:
    """The laws of one workflow that some record is in a state for, or with which one begins, unless there are enough."""
    laws = laws_of(name)
    records = world.of(laws[0].workflow.kind)
    states = {each.state for each in records}
    moves: list[Law[Any]] = [each for each in laws if isinstance(each, Transition) and each.sources & states]
    return moves if moves and len(records) > 2 else [*moves, *(each for each in laws if isinstance(each, Opening))]


def attempted(world: World, request: Request) -> World:
    """The world after somebody asked, whatever the answer was: it is the answer that judging foretold."""
    if foretold := judged(world, request):
        with pytest.raises(type(foretold), match=f"^{re.escape(str(foretold))}$"):
            happen(world, request)
        return world
    reached = happen(world, request)
    first = reached.history[len(world.history)]
    assert first.fact.target == target(request.law, first.fact.source)
    return reached


def target(law: Law[Any], source: Any) -> Any:
    """Where the declaration says that it leads."""
    return law.target(source) if isinstance(law, Transition) else law.workflow.starts


def test_every_role_takes_part_in_the_walks() -> None:
    assert {role for person in EVERYBODY for role in person.roles} == set(Role)
