"""What people say of every case, whatever it is about."""

from __future__ import annotations

from typing import Any

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
from tests.laws import DAY, NOON, World, always
from tests.said.staff import colleagues
from workflows.registry import ALL

NOBODY = colleagues(World())[0]
KINDS = {workflow.kind: CaseKind(workflow.name) for workflow in ALL if issubclass(workflow.kind, Case)}


def links(world: World) -> list[LinkDraft]:
    """Every case, under its own kind, and one that isn't there."""
    there = [LinkDraft(kind=name, case_id=each.id) for kind, name in KINDS.items() for each in world.of(kind)]
    return [*there, LinkDraft(kind=CaseKind.INCIDENT, case_id=NOBODY)]


def duplicates(world: World) -> list[DuplicateOf]:
    """Every case, and one that isn't there, as the one that this repeats."""
    there = [each.id for kind in KINDS for each in world.of(kind)]
    return [DuplicateOf(of=each, reason="The same once more.") for each in [*there, NOBODY]]


SAID: dict[Any, Any] = {
    Assignment: lambda world: [Assignment(to=each) for each in colleagues(world)],
    HandOver: lambda world: [HandOver(to=each, what_to_know="They bite.") for each in colleagues(world)],
    NoteDraft: always(NoteDraft(text="They bite.")),
    ContactDraft: always(
        *(
            ContactDraft(
                on=NOON + days * DAY, way=ContactWay.PHONE, direction=ContactDirection.TO_THEM, gist="Growled."
            )
            for days in (0, 900)
        )
    ),
    LinkDraft: links,
    DuplicateOf: duplicates,
}
