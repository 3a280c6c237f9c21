"""The SQL of budgets: one statement that spends, or finds that there is nothing left.

A budget is a leaky bucket kept as one moment: each thing asked for moves the moment at which the budget is full again by its
share of the time, and is refused where that would be further ahead than the whole allowance lasts. Integers alone, so that both
databases count alike.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast

from sqlalchemy import BigInteger, Executable, Table, bindparam, case, delete, literal_column, select

from models.budgets import BudgetRow
from service.store import Expiry, Spending
from service.store.statements import Gate, place, table_of

BUDGET = table_of(BudgetRow)
STILL_SPENT = 2
"""How many whole allowances ahead a budget may be full before that is put down to a clock that was wrong, and forgiven."""

ALWAYS: Gate = (literal_column("1") == literal_column("1"),)
"""SQLite can't tell what follows a SELECT without a condition."""


def spending(insert: Callable[[Table], Any], gate: Gate = ALWAYS) -> Executable:
    """Spend once, and bring the moment at which the budget is full again; or change nothing, and bring nothing."""
    practice, name, now, step, whole = (
        place("practice", BUDGET.c.practice), place("name", BUDGET.c.name),
        *(bindparam(each, type_=BigInteger) for each in ("now", "step", "whole")),
    )  # fmt: skip
    full_at = BUDGET.c.full_at
    wrong_clock = full_at > now + whole * literal_column(str(STILL_SPENT))
    spent = case((wrong_clock, now), (full_at > now, full_at), else_=now) + step
    written = insert(BUDGET).from_select(
        ["practice", "name", "full_at"], select(practice, name, now + step).where(*gate)
    )
    once_more = written.on_conflict_do_update(
        index_elements=[BUDGET.c.practice, BUDGET.c.name], set_={"full_at": spent}, where=spent <= now + whole
    )
    return cast(Executable, once_more.returning(full_at))


def spent(asked: Spending) -> dict[str, Any]:
    """The values of that."""
    return {
        "practice": asked.practice,
        "name": asked.name,
        "now": asked.now,
        "step": asked.step,
        "whole": asked.step * asked.amount,
    }


def forgetting_budgets(gate: Gate = ()) -> Executable:
    """What removes a practice's budgets that are full."""
    here = BUDGET.c.practice == place("practice", BUDGET.c.practice)
    return delete(BUDGET).where(here, BUDGET.c.full_at < bindparam("full_before", type_=BigInteger), *gate)


def forgotten_budgets(expiry: Expiry) -> Mapping[str, Any]:
    """The values of that."""
    return {"practice": expiry.practice, "full_before": expiry.budgets_full_before}
