"""Try everything that anybody could ask for, from every situation that can be reached, until there is nothing new."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from models import people
from models.acknowledgements import Acknowledgement
from models.briefings import Briefing
from models.monitoring_checks import MonitoringCheck
from models.policies import Policy
from models.posts import Post
from models.practices import Practice
from models.record import Record
from models.reviews import Review
from models.settings import PolicySettings
from models.staff import StaffMember
from tests.laws import MOMENTS, Request, World, happen, judged, requests, working_by
from workflows.engine import Law
from workflows.refusals import GuardRefusal
from workflows.registry import ALL
from workflows.roles import Person

ENDED = {state for workflow in ALL for state in workflow.ends}

Tried = tuple[World, Request]


@dataclass(frozen=True)
class Scenario:
    """Where an exploration begins, who asks for what, which policies come and go, and how far it goes."""

    worlds: tuple[World, ...]
    people: tuple[Person, ...]
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


def explore(scenario: Scenario, check: Callable[[World], None] = lambda _: None) -> Explored:
    """Breadth first, until nothing new is found. Every world that is reached is checked, known situation or not."""
    explored = Explored({situation(each): each for each in scenario.worlds})
    waiting = deque(explored.situations.items())
    while waiting:
        known, world = waiting.popleft()
        for reached in [*happened(world, scenario, explored), *passed(world, scenario)]:
            check(reached)
            key = situation(reached)
            explored.leads_to[known].add(key)
            if key not in explored.situations and scenario.within(reached):
                explored.situations[key] = reached
                waiting.append((key, reached))
    return explored


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
    """All of a world on which what can happen next depends: no names of what is over, no moments of what is done."""
    names: dict[UUID | None, str] = {each.id: each.subject for each in world.of(StaffMember)}
    names |= {each.id: str(place) for place, each in enumerate(world.of(people.Person))}
    return world.now, tuple(facts(each, names) for each in world.records)


def facts(record: Record, names: Mapping[UUID | None, str]) -> Hashable:
    """The same, of one record. `names` tell apart those that others point to."""
    if record.state in ENDED:
        return numbered(record)
    match record:
        case Post():
            return record.state, *facts_of_post(record)
        case Policy():
            return record.state, *facts_of_policy(record)
        case StaffMember() | people.Person():
            return record.state, *facts_of_somebody(record, names)
        case Practice():
            return record.in_force and record.in_force.settings.model_dump_json()
    return facts_of_duty(record)


def facts_of_duty(record: Record) -> tuple[Hashable, ...]:
    """The same, of what the staff do with a policy."""
    match record:
        case Briefing():
            return record.state, record.look_again_at, len(record.reminders), len(record.sessions)
        case MonitoringCheck():
            return record.state, record.platform, record.looked_at, record.next_look_at
        case Review():
            return record.state, *facts_of_review(record)
    raise TypeError(record)


def numbered(record: Record) -> Hashable:
    """What remains of a record that is over."""
    match record:
        case Policy():
            return record.state, record.number
        case Acknowledgement():
            return record.policy_id, record.acknowledged_by
        case _:
            return str(record.state)


def facts_of_post(post: Post) -> tuple[Hashable, ...]:
    """Content, people, approval and places."""
    approval = post.approval and (post.approval.content_hash, *post.approval.platforms)
    announced = frozenset(each.place for each in post.companion_notices)
    where = frozenset(post.platforms_published)
    answers = tuple((each.finding, each.answer) for each in post.finding_answers)
    return post.content_hash, post.author, post.last_edited_by, approval, post.publish_at, announced, where, answers


def facts_of_review(review: Review) -> tuple[Hashable, ...]:
    """What sort it is, and what was done about it."""
    done = (review.complaint_passed_on, review.safety_passed_on, review.reported, review.answered)
    return review.kind, review.concerns_safety, tuple(each is not None for each in done)


def facts_of_policy(policy: Policy) -> tuple[Hashable, ...]:
    """Number, content, people and approval."""
    return (
        policy.number, policy.content_hash, policy.change_comment is None, policy.effective_from, tuple(policy.edited_by),
        policy.approved_hash,
    )  # fmt: skip


def facts_of_somebody(record: StaffMember | people.Person, names: Mapping[UUID | None, str]) -> tuple[Hashable, ...]:
    """Who they are, and whom else they have to do with."""
    if isinstance(record, StaffMember):
        roles = {(each.role, each.starts, each.ends, names.get(each.deputy_for)) for each in record.roles}
        return record.subject, frozenset(roles)
    said = record.name, record.date_of_birth, record.nhs_number, record.note
    return said, names.get(record.merged_into), record.erasure_proposed_by
