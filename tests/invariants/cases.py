"""What must be so of every case, whatever it is about."""

from __future__ import annotations

from models.cases import Case
from models.roles import Role
from models.staff import StaffMember
from tests.invariants.rule import invariant
from tests.laws import Happened, World
from workflows.registry import ALL

KINDS = {workflow.name: workflow for workflow in ALL if issubclass(workflow.kind, Case)}


def of_cases(world: World, *names: str) -> list[Happened]:
    """All that happened to cases under these names."""
    return world.done(*(f"{kind}.{each}" for kind in KINDS for each in names))


@invariant("CASE-1")
def cases_are_given_to_somebody_whose_work_they_are(world: World) -> bool:
    return all(may_work(each) for each in of_cases(world, "assign", "hand_over"))


def may_work(given: Happened) -> bool:
    """Whether whoever was given a case is in post and may work on it."""
    by = KINDS[given.name.partition(".")[0]].transitions["note"].by
    roles = {role for each in by for role in given.practice.holders(each)}
    people = (each for each in given.before if isinstance(each, StaffMember) and each.id == given.payload.to)
    return any(each.state == "in_post" and each.roles_at(given.at) & roles for each in people)


@invariant("CASE-2")
def whoever_hands_a_case_over_works_on_it(world: World) -> bool:
    return all(str(each.was.assigned_to) == each.actor.id for each in of_cases(world, "hand_over"))


@invariant("CASE-3")
def what_is_logged_has_taken_place(world: World) -> bool:
    return all(each.payload.on <= each.at for each in of_cases(world, "log_contact"))


@invariant("CASE-4")
def links_lead_to_another_case_that_is_there(world: World) -> bool:
    return all(
        each.payload.case_id != each.record.id
        and any(
            one.id == each.payload.case_id and isinstance(one, KINDS[each.payload.kind].kind) for one in each.before
        )
        for each in of_cases(world, "link")
        if each.payload.kind in KINDS
    ) and all(each.payload.kind in KINDS for each in of_cases(world, "link"))


@invariant("CASE-6")
def time_alone_escalates_what_is_overdue_and_once(world: World) -> bool:
    return all(
        Role.CLOCK in each.actor.roles
        and len(each.record.escalations) > len(each.was.escalations)
        and all(one.due_at <= each.at for one in each.record.escalations)
        and len({(one.due_for, one.due_at) for one in each.record.escalations}) == len(each.record.escalations)
        for each in of_cases(world, "escalate")
    )


@invariant("CASE-5")
def a_duplicate_points_to_a_case_that_stands(world: World) -> bool:
    return all(
        any(
            one.id == each.record.duplicate_of != each.record.id and one.state != each.record.state
            for one in each.before
        )
        for each in of_cases(world, "mark_duplicate")
        if each.was
    )
