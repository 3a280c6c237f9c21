"""Everyday work on a case, tried on a toy: a lost slipper, whose owner is looked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest

from models.cases import (
    Assignment,
    Case,
    CaseKind,
    ContactDirection,
    ContactDraft,
    ContactWay,
    DuplicateOf,
    HandOver,
    LinkDraft,
    NoteDraft,
)
from models.practices import Contacts
from models.roles import Role
from models.staff import RoleHeld, StaffMember, StaffState
from tests.laws import looked_up
from workflows import cases
from workflows.cases import escalating, everyday_work
from workflows.engine import Act, Workflow
from workflows.refusals import GuardRefusal, Refusal, RoleRefusal
from workflows.roles import CLOCK, Person, PracticeInForce

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CINDERELLA, RAPUNZEL, HANSEL = UUID(int=1), UUID(int=2), UUID(int=3)
HERE = PracticeInForce("ZZ0001", Contacts())


class Search(StrEnum):
    """How the search for the owner stands."""

    OPEN = "open"
    OVER = "over"
    FOLDED = "folded"


class Slipper(Case):
    """A slipper that was found on the stairs."""

    state: Any = Search.OPEN
    wanted_by: datetime | None = None


def slippers() -> Workflow[Slipper]:
    """A workflow of its own for each test."""
    workflow = Workflow("slipper", "slippers", Slipper, starts=Search.OPEN, seen_by=(Role.PARTNER,))
    everyday_work(workflow, during=[Search.OPEN], by=[Role.PARTNER, Role.PRACTICE_MANAGER], folded=Search.FOLDED)

    @workflow.deadline(law="CASE-6")
    def wanted(slipper: Slipper) -> datetime | None:
        """When the owner is to be found."""
        return slipper.wanted_by

    escalating(workflow, Search.OPEN)
    return workflow


def slipper(number: int = 7, **facts: Any) -> Slipper:
    """One of glass."""
    return Slipper(practice="ZZ0001", id=UUID(int=number), created_at=NOON, **facts)


def member(who: UUID, *roles: Role, left: bool = False) -> StaffMember:
    """Somebody on the staff."""
    held = [RoleHeld(role=each, starts=NOON - timedelta(days=1)) for each in roles]
    state = StaffState.LEFT if left else StaffState.IN_POST
    return StaffMember(
        practice="ZZ0001", id=who, created_at=NOON, subject=str(who), name="Ella", roles=held, state=state
    )


STAFF = [member(CINDERELLA, Role.PARTNER), member(RAPUNZEL, Role.PRACTICE_MANAGER), member(HANSEL)]


def asked(
    name: str, about: Slipper, *said: Any, by: Person | None = None, among: list[Any] | None = None, at: datetime = NOON
) -> Refusal | None:
    """Ask for something, and let it happen unless it is refused."""
    law = slippers().transitions[name]
    act = Act(by or Person(str(CINDERELLA), frozenset({Role.PARTNER})), HERE, at)
    records = STAFF if among is None else among
    act = replace(act, found=looked_up(law, about, act, records, *said))
    if (refused := law.refusal(about, act, *said)) is None:
        law.apply(about, act, *said)
    return refused


@pytest.mark.parametrize(("to", "may"), [(CINDERELLA, True), (RAPUNZEL, True), (HANSEL, False), (UUID(int=9), False)])
def test_a_case_is_given_to_somebody_whose_work_it_is(to: UUID, may: bool) -> None:
    """CASE-1"""
    about = slipper()
    assert (asked("assign", about, Assignment(to=to)) is None) == may
    assert about.assigned_to == (to if may else None)


def test_nobody_who_has_left_gets_a_case() -> None:
    """CASE-1"""
    gone = [member(RAPUNZEL, Role.PRACTICE_MANAGER, left=True)]
    refused = asked("assign", slipper(), Assignment(to=RAPUNZEL), among=gone)
    assert isinstance(refused, GuardRefusal)
    assert refused.guard == "assignee_may_work_on_it"


def test_whoever_works_on_a_case_hands_it_over_with_what_there_is_to_know() -> None:
    """CASE-1, CASE-2"""
    about, over = slipper(assigned_to=CINDERELLA), HandOver(to=RAPUNZEL, what_to_know="The left one.")
    refused = asked("hand_over", about, HandOver(to=HANSEL, what_to_know="The left one."))
    assert isinstance(refused, GuardRefusal)
    assert asked("hand_over", about, over) is None
    assert (about.assigned_to, about.notes[-1].text) == (RAPUNZEL, "The left one.")
    refused = asked("hand_over", about, over)
    assert isinstance(refused, GuardRefusal)
    assert refused.guard == "is_theirs"


def test_notes_and_contacts_only_grow_and_have_taken_place() -> None:
    """CASE-3"""
    about = slipper()
    ball = ContactDraft(
        on=NOON, way=ContactWay.IN_PERSON, direction=ContactDirection.FROM_THEM, gist="Danced until midnight."
    )
    for text in ("Glass.", "Size five."):
        assert asked("note", about, NoteDraft(text=text)) is None
    assert asked("log_contact", about, ball) is None
    assert [each.text for each in about.notes] == ["Glass.", "Size five."]
    assert [(each.by, each.at) for each in about.contact_log] == [(str(CINDERELLA), NOON)]
    refused = asked("log_contact", about, ball.model_copy(update={"on": NOON + timedelta(minutes=1)}))
    assert isinstance(refused, GuardRefusal)
    assert refused.guard == "has_taken_place"


def test_a_duplicate_is_folded_into_a_case_that_stands() -> None:
    """CASE-5"""
    original, folded, about = slipper(1), slipper(2, state=Search.FOLDED), slipper(3)
    there = [original, folded, about]
    for other in (folded.id, about.id, UUID(int=4)):
        refused = asked("mark_duplicate", about, DuplicateOf(of=other, reason="The other foot."), among=there)
        assert isinstance(refused, GuardRefusal)
    assert asked("mark_duplicate", about, DuplicateOf(of=original.id, reason="The other foot."), among=there) is None
    assert (about.state, about.duplicate_of) == (Search.FOLDED, original.id)


def test_a_link_leads_to_another_case_that_is_here() -> None:
    """CASE-4"""
    about = slipper()
    assert isinstance(asked("link", about, LinkDraft(kind=CaseKind.INCIDENT, case_id=about.id)), GuardRefusal)
    assert isinstance(asked("link", about, LinkDraft(kind=CaseKind.INCIDENT, case_id=UUID(int=99))), GuardRefusal)
    assert about.links == []


def test_time_alone_tells_of_what_is_overdue_and_once() -> None:
    """CASE-6"""
    about = slipper(wanted_by=NOON)
    assert isinstance(asked("escalate", about, by=CLOCK, at=NOON - timedelta(seconds=1)), GuardRefusal)
    assert isinstance(asked("escalate", about), RoleRefusal)
    assert asked("escalate", about, by=CLOCK) is None
    assert [(each.due_for, each.due_at) for each in about.escalations] == [("wanted", NOON)]
    assert isinstance(asked("escalate", about, by=CLOCK, at=NOON + timedelta(days=1)), GuardRefusal)
    about.wanted_by = NOON + timedelta(hours=1)
    assert asked("escalate", about, by=CLOCK, at=NOON + timedelta(days=1)) is None


def test_a_kind_that_can_be_linked_to_is_looked_up_only_where_it_is_named() -> None:
    """CASE-4"""
    kind, need = cases.linked_case(CaseKind.INCIDENT, Slipper)
    act = Act(CLOCK, HERE, NOON)
    assert need.where(slipper(), act, LinkDraft(kind=kind, case_id=HANSEL)) == {"id": frozenset({HANSEL})}
    assert need.where(slipper(), act, LinkDraft(kind=CaseKind.RIGHTS_REQUEST, case_id=HANSEL)) == {"id": frozenset()}
