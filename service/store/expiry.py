"""The SQL of what need not be kept any longer: everything that a practice forgets on the clock's round."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Executable

from service.store import Expiry
from service.store.budgets import forgetting_budgets, forgotten_budgets
from service.store.drafts import forgetting_drafts, forgotten_drafts
from service.store.statements import Gate, forgetting, forgotten


def forgetting_all(gate: Gate = ()) -> list[Executable]:
    """Receipts, events, budgets and drafts."""
    return [*forgetting(gate), forgetting_budgets(gate), forgetting_drafts(gate)]


def all_forgotten(expiry: Expiry) -> Mapping[str, Any]:
    """The values of those."""
    return {**forgotten(expiry), **forgotten_budgets(expiry), **forgotten_drafts(expiry)}
