"""A record as somebody is shown it: with whether it is overdue, and what they could do next."""

from typing import Any

from models.record import Record, remade, view_of
from workflows.engine import Act, Workflow


def view(workflow: Workflow[Any], record: Record, act: Act) -> Any:
    """The record, whether it is overdue, and the transitions that this person could ask for now."""
    kind: type[Record] = workflow.kind
    shown: dict[str, Any] = {"overdue": overdue(record, act), "available_transitions": workflow.available(record, act)}
    return remade(view_of(kind), {**record.__dict__, **shown})


def listed_view(workflow: Workflow[Any], record: Record, act: Act) -> str:
    """The same without what is too large for a list, as JSON."""
    shown: str = view(workflow, record, act).model_dump_json(exclude=workflow.kind.left_out_of_lists)
    return shown


def overdue(record: Record, act: Act) -> bool:
    """Whether what was due has not happened."""
    return record.due_at is not None and record.due_at < act.at
