"""What is overdue is told to the management, once for each moment at which something was due, by time alone.

Cases have an escalation of their own, which keeps each of several deadlines apart; here it is the soonest that counts.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from models.roles import Role
from workflows.engine import Act, Workflow, guard
from workflows.roles import Audience


@guard("Nothing is overdue of which the management was not told.")
def overdue_and_nobody_was_told(record: Any, act: Act) -> bool:
    """DUE-4: what is overdue is told to the management once, by time alone."""
    due = record.due_at
    return due is not None and due <= act.at and (record.escalated_at is None or record.escalated_at < due)


def telling_management(workflow: Workflow[Any], *states: StrEnum, tells: Iterable[StrEnum] = ()) -> None:
    """Declare that the management is told of what is overdue in these states. Declared last: time does first what falls to it.

    The kind keeps in `escalated_at` when it was told.
    """

    @workflow.transition(
        *states, to=None, by=[Role.CLOCK], when=[overdue_and_nobody_was_told], tells=[Audience.MANAGEMENT, *tells]
    )
    def escalate(record: Any, act: Act) -> None:
        """Tell the management that something was due and has not been done."""
        record.escalated_at = act.at
