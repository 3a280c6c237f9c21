"""Everything that falls due at a practice, whatever it is about, soonest first, with how each moment was found.

What falls due, and when, names nobody, and nothing sealed is opened for it, so that no showing has to be written down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from models.record import Record
from service.store import Agenda, Store
from workflows.engine import Act, Due, Workflow
from workflows.readers import seers
from workflows.registry import ALL

PAGE: Final = 50
WITH_DEADLINES: Final[Mapping[str, Workflow[Any]]] = {each.name: each for each in ALL if each.deadlines}
"""The kinds of record for which anything falls due."""
MAY_LOOK: Final = tuple(dict.fromkeys(role for each in WITH_DEADLINES.values() for role in seers(each)))
"""Everybody who sees a record of any of them."""

Narrowing = Mapping[str, tuple[Any, ...]]
Place = tuple[datetime, UUID]
"""Where a record stands among those that fall due: the moment (UTC), and which it is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for: one kind or all, from when until before when (UTC), whose work, after which record, how many."""

    kind: str | None = None
    since: datetime | None = None
    before: datetime | None = None
    assigned_to: UUID | None = None
    after: Place | None = None
    limit: int = PAGE

    @property
    def workflows(self) -> list[Workflow[Any]]:
        """The kinds that are asked for; of somebody's work only those on which somebody works."""
        named = [each for name, each in WITH_DEADLINES.items() if self.kind in {None, name}]
        return [each for each in named if self.assigned_to is None or "assigned_to" in each.kind.model_fields]


@dataclass(frozen=True, slots=True)
class FallingDue:
    """A record for which something falls due, as far as it is kept in the clear."""

    workflow: Workflow[Any]
    record: Record

    @property
    def place(self) -> Place:
        """Where it stands among the others. Raises LookupError if nothing falls due."""
        if self.record.due_at is None:
            raise LookupError
        return self.record.due_at, self.record.id

    @property
    def assigned_to(self) -> UUID | None:
        """Who works on it, if anybody does."""
        found: UUID | None = getattr(self.record, "assigned_to", None)
        return found

    @property
    def dues(self) -> list[Due]:
        """Everything that falls due for it, soonest first."""
        return self.workflow.dues(self.record)


async def falling_due(store: Store, practice: str, wanted: Wanted, act: Act | None = None) -> list[FallingDue]:
    """A page of what falls due, soonest first: as much of it as this actor may see, or all of it where nobody is named."""
    found: list[FallingDue] = []
    for workflow in wanted.workflows:
        narrowing = sight(workflow, act)
        if narrowing is not None:
            records = await store.agenda(workflow.kind, agenda(practice, wanted, narrowing))
            found += (FallingDue(workflow, each) for each in records)
    return sorted(found, key=lambda each: each.place)[: wanted.limit]


def agenda(practice: str, wanted: Wanted, narrowing: Narrowing) -> Agenda:
    """What is asked of one kind."""
    mine = {} if wanted.assigned_to is None else {"assigned_to": (wanted.assigned_to,)}
    return Agenda(practice, wanted.since, wanted.before, {**narrowing, **mine}, wanted.after, wanted.limit)


def sight(workflow: Workflow[Any], act: Act | None) -> Narrowing | None:
    """Which records of a kind an actor may see; None for none of them."""
    if act is None:
        return {}
    own, visible = workflow.own(act), workflow.visible(act)
    if own is not None:
        return None if workflow.kept_from(act, ["due_at"]) else {own: (act.actor.id,)}
    return {"state": tuple(sorted(visible))} if visible else None
