"""Where each exploration begins, who takes part, and how far it goes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from models import people as known
from models.briefings import Briefing
from models.monitoring_checks import MonitoringCheck
from models.policies import Policy, PolicyState
from models.reviews import Review
from models.roles import Role
from models.staff import Departure, StaffDraft, StaffMember
from tests.exploration import Explored, Scenario, explore
from tests.invariants import broken
from tests.laws import (
    CLOCK,
    CLOSED,
    CLOSED_LATER,
    DRAFTS,
    EDITOR,
    GOOD,
    LAWS,
    LENIENT,
    MANAGER,
    MOMENTS,
    OPERATOR,
    PARTNER,
    REVIEWS_SEEN,
    RIGHTS,
    SAID,
    USUAL,
    Request,
    World,
    always,
    at_work,
    happen,
    newcomers,
    opened,
    somebody,
    working_by,
)
from workflows.engine import Law, Transition
from workflows.registry import ALL
from workflows.roles import Person


def laws_of(name: str) -> tuple[Law[Any], ...]:
    """Every law of a workflow that somebody can ask for."""
    return tuple(law for law in LAWS.values() if law.workflow.name == name and law.by)


def written(*drafts: Any) -> tuple[World, ...]:
    """A practice at work, with one of these posts just written."""
    at_work = working_by(opened(), USUAL)
    return tuple(happen(at_work, Request(MANAGER, LAWS["post.write"], each)) for each in drafts)


def a_version_and_its_successor(world: World) -> bool:
    """Worlds with one version of a policy, or with one in force or just superseded and the next; drafts come and go."""
    versions: list[Any] = world.of(Policy)
    first, *others = versions or [None]
    started = first is None or first.state in {PolicyState.ACTIVE, PolicyState.SUPERSEDED}
    gone: set[Any] = {PolicyState.DRAFT, PolicyState.DISCARDED}
    return len(others) <= 1 and (started or all(each.state in gone for each in others))


def three_members_and_roles(world: World) -> bool:
    """Worlds with few enough people that all of them can be tried."""
    members = world.of(StaffMember)
    return len(members) <= 3 and sum(len(each.roles) for each in members) <= 3


def briefed() -> Scenario:
    """A practice that has published its policy, with a manager, a member of the staff who comes and goes, and a machine."""
    world = at_work()
    for each in (StaffDraft(subject="rose-red", name="Rose Red"), newcomers()[2]):
        world = happen(world, Request(MANAGER, LAWS["staff_member.appoint"], each))
    manager, rose_red, _ = world.of(StaffMember)
    people = tuple(Person(str(each.id), each.roles_at(world.now)) for each in (manager, rose_red))
    others = ("acknowledgement.acknowledge", "staff_member.leave", "staff_member.rejoin", "policy.withdraw")
    laws = (*laws_of("briefing"), *(LAWS[each] for each in others))
    said = {**SAID, Departure: always(Departure())}
    return Scenario((world,), (*people, CLOCK), laws, said, within=one_session_and_two_reminders)


def one_session_and_two_reminders(world: World) -> bool:
    """Worlds in which what can be repeated is not repeated for ever."""
    return all(len(each.sessions) <= 1 and len(each.reminders) <= 2 for each in world.of(Briefing))


def two_people_or_three_to_merge(world: World) -> bool:
    """Worlds with two people, or with three of whom none is to be erased: enough for a merged record to be merged into."""
    everybody: list[Any] = world.of(known.Person)
    to_be_erased = any(each.erasure_ground or each.state == known.PersonState.ERASED for each in everybody)
    return len(everybody) <= (2 if to_be_erased else 3)


def three_looks(world: World) -> bool:
    """Worlds in which what can be repeated is not repeated for ever."""
    return len([each for each in world.of(MonitoringCheck) if each.looked_at]) <= 3


def one_review(world: World) -> bool:
    """Worlds in which there is one review, or another has just been seen."""
    return len(world.of(Review)) <= 1


SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "practice": lambda: Scenario((World(),), (OPERATOR, MANAGER), laws_of("practice"), SAID),
    "staff_member": lambda: Scenario(
        (opened(),), (MANAGER,), laws_of("staff_member"), SAID, moments=MOMENTS[::2], within=three_members_and_roles
    ),
    "policy": lambda: Scenario(
        (opened(),), (MANAGER, PARTNER, EDITOR), laws_of("policy"), SAID,
        moments=MOMENTS[:2], within=a_version_and_its_successor,
    ),
    "acknowledgement": lambda: Scenario(
        (working_by(opened(), USUAL),), (MANAGER, somebody(Role.CLINICIAN), CLOCK), laws_of("acknowledgement"), SAID,
        settings=(USUAL, LENIENT), moments=MOMENTS[:1],
    ),
    "briefing": briefed,
    "monitoring_check": lambda: Scenario(
        (at_work(),), (MANAGER, CLOCK), (*laws_of("monitoring_check"), LAWS["policy.withdraw"]), SAID, within=three_looks,
    ),
    "review": lambda: Scenario(
        tuple(happen(working_by(opened(), USUAL), Request(MANAGER, LAWS["review.notice"], each)) for each in REVIEWS_SEEN),
        (MANAGER, somebody(Role.COMPLAINTS_LEAD)), laws_of("review"), SAID, settings=(USUAL, LENIENT), moments=MOMENTS[:1],
        within=one_review,
    ),
    "post": lambda: Scenario(
        written(*DRAFTS.values()), (MANAGER, EDITOR, CLOCK), tuple(law for law in laws_of("post") if isinstance(law, Transition)),
        {**SAID, type(GOOD): always(GOOD, CLOSED, CLOSED_LATER)}, settings=(USUAL, LENIENT),
    ),
    "person": lambda: Scenario(
        (opened(),), (MANAGER, RIGHTS), laws_of("person"), SAID, moments=MOMENTS[:1], within=two_people_or_three_to_merge
    ),
}  # fmt: skip


def keeps_every_rule(world: World) -> None:
    """Fail with the story of how a rule was broken."""
    assert not broken(world), (broken(world), [(each.name, each.actor.id, each.payload) for each in world.history])


@cache
def explored(name: str) -> Explored:
    """Everything that can happen under one workflow, with every rule checked at every step."""
    found = explore(SCENARIOS[name](), keeps_every_rule)
    gc.freeze()  # it is kept until the end: looking through it for garbage again and again takes longer than the rest
    return found


def everything() -> Iterable[Explored]:
    """The same under every workflow."""
    return (explored(each.name) for each in ALL)
