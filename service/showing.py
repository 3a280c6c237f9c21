"""A record as somebody is shown it: as much of it as they need, with whether it is overdue, and what they could do next."""

from collections.abc import Mapping
from typing import Any

from models.record import Record, remade, view_of
from workflows.engine import Act, Workflow


def view(workflow: Workflow[Any], record: Record, act: Act) -> Any:
    """The record, whether it is overdue, and the transitions that this person could ask for now."""
    kind: type[Record] = workflow.kind
    known = remade(kind, {**record.__dict__, **unsaid(workflow, act)})
    shown: dict[str, Any] = {"overdue": overdue(known, act), "available_transitions": workflow.available(record, act)}
    return remade(view_of(kind), {**known.__dict__, **shown})


def unsaid(workflow: Workflow[Any], act: Act) -> Mapping[str, Any]:
    """What this person is not shown, as if there were nothing of it."""
    fields = workflow.kind.model_fields
    return {name: fields[name].get_default(call_default_factory=True) for name in workflow.kept_from(act, fields)}


def listed_view(workflow: Workflow[Any], record: Record, act: Act) -> str:
    """The same without what is too large for a list, as JSON."""
    shown: str = view(workflow, record, act).model_dump_json(exclude=workflow.kind.left_out_of_lists)
    return shown


def overdue(record: Record, act: Act) -> bool:
    """Whether what was due has not happened."""
    return record.due_at is not None and record.due_at < act.at
