"""What must be so of policies."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

from models.policies import BEING_PREPARED, Policy, PolicyState
from models.practices import Practice
from models.roles import Role
from tests.invariants.approvals import approved
from tests.invariants.rule import day, invariant
from tests.laws import World


def words_of(policy: Policy) -> tuple[Any, ...]:
    """All that is frozen when a version is approved."""
    return (
        policy.content, policy.content_hash, policy.number, policy.major, policy.minor, policy.change_comment,
        policy.effective_from, policy.review_due,
    )  # fmt: skip


@invariant("POL-1")
def a_version_in_force_was_approved(world: World) -> bool:
    published = [(each, approved(world, each)) for each in world.done("policy.publish")]
    held = {Role.PRACTICE_MANAGER, Role.PARTNER}
    in_force = {each.record.id for each, _ in published}
    return all(approval and each.actor.roles & held for each, approval in published) and all(
        each.id in in_force for each in world.of(Policy) if each.state == PolicyState.ACTIVE
    )


@invariant("POL-2")
def what_is_published_is_what_was_approved(world: World) -> bool:
    published = [(each, approved(world, each)) for each in world.done("policy.publish")]
    return all(
        approval and each.record.approved_hash == each.record.content_hash and same(approval.record, each.record)
        for each, approval in published
    )


def same(one: Policy, other: Policy) -> bool:
    """Whether two states of a version say the same."""
    return words_of(one) == words_of(other)


@invariant("POL-3")
def one_version_of_a_kind_is_active_and_the_practice_works_by_it(world: World) -> bool:
    active = [each for each in world.of(Policy) if each.state == PolicyState.ACTIVE]
    in_force = {each.in_force.policy_id for each in world.of(Practice) if each.in_force}
    known = {each.id for each in world.of(Policy)}
    one_of_a_kind = max(Counter(each.kind for each in active).values(), default=0) <= 1
    return one_of_a_kind and (not known or in_force == {each.id for each in active})


@invariant("POL-4")
def two_people_stand_behind_every_version(world: World) -> bool:
    return all(
        each.actor.roles & {Role.PRACTICE_MANAGER, Role.PARTNER}
        and each.actor.id not in {earlier.actor.id for earlier in world.past(each) if earlier.name in WRITES_A_VERSION}
        for each in world.done("policy.approve")
    )


WRITES_A_VERSION = {"policy.create", "policy.edit"}


@invariant("POL-5")
def nothing_leaves_draft_or_takes_effect_without_a_clause_and_a_review_to_come(world: World) -> bool:
    moved = world.done("policy.submit", "policy.approve", "policy.publish")
    return all(each.record.content.clauses and each.record.review_due > day(each) for each in moved) and all(
        each.payload.review_due > day(each) for each in world.done("policy.review_unchanged")
    )


@invariant("POL-6")
def a_version_never_changes_once_it_is_approved(world: World) -> bool:
    return all(
        same(each.was, each.record) for each in world.about(Policy) if each.was and each.was.state not in BEING_WRITTEN
    )


BEING_WRITTEN = {PolicyState.DRAFT, PolicyState.CHANGES_REQUESTED}


@invariant("POL-7")
def version_numbers_rise_strictly(world: World) -> bool:
    numbers = [(each.record.major, each.record.minor) for each in world.done("policy.create")]
    return all(earlier < later for earlier, later in pairwise(numbers))


@invariant("POL-9")
def a_review_that_changes_nothing_touches_nothing_and_every_version_begins_without_approval(world: World) -> bool:
    reviewed = world.done("policy.review_unchanged")
    begun = world.done("policy.create")
    return all(same(each.was, each.record) and each.record.state == PolicyState.ACTIVE for each in reviewed) and all(
        each.record.state == PolicyState.DRAFT and each.record.approved_hash is None for each in begun
    )


@invariant("POL-10")
def one_version_of_a_kind_is_prepared_at_a_time(world: World) -> bool:
    prepared = Counter(each.kind for each in world.of(Policy) if each.state in BEING_PREPARED)
    return max(prepared.values(), default=0) <= 1


@invariant("POL-11")
def every_version_past_draft_says_what_changed(world: World) -> bool:
    unexplained = {*BEING_WRITTEN, PolicyState.DISCARDED}
    return all(each.change_comment for each in world.of(Policy) if each.state not in unexplained)


@invariant("POL-12")
def no_version_takes_effect_before_its_day(world: World) -> bool:
    return all(
        each.record.effective_from is None or each.record.effective_from <= day(each)
        for each in world.done("policy.publish")
    )
