"""What is taken out of the law of what falls due."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.invariants.escalations import TOLD
from tests.missed.law import Mutant, effect
from workflows.incidents import incidents


def forgotten(record: Any) -> None:
    record.escalated_at = None


ASKED_BY = dict.fromkeys(TOLD, "DUE-4")
MUTANTS = [
    *(Mutant("DUE-4", name, effect(name, forgotten)) for name in TOLD),
    Mutant("DUE-3", "incident.threat", {"workflow": replace(incidents, each_time=[])}),
]
