"""On what of a record all that can happen next depends: no names of what is over, no moments of what is done.

Each module of this folder says it of its kinds, and is found by itself. In `FACTS`, by the kind, of a record that is not over
(its state need not be said); in `LASTING`, of one that is over, where others still ask about it. A fact is made from the record
and the names by which those that others point to are told apart.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any
from uuid import UUID

from models.record import Record
from tests.gathered import gathered
from workflows.registry import ALL

Names = Mapping[UUID | None, str]
Facts = Callable[[Any, Names], Hashable]

FACTS: dict[type[Any], Facts] = gathered(__name__, "FACTS")
LASTING: dict[type[Any], Facts] = gathered(__name__, "LASTING")
ENDS = {workflow.kind: workflow.ends for workflow in ALL}


def facts(record: Record, names: Names) -> Hashable:
    """All of one record on which what can happen next depends."""
    kind = type(record)
    over = record.state in ENDS[kind]
    said = LASTING.get(kind) if over else FACTS[kind]
    return kind.__name__, str(record.state), said and said(record, names)
