"""What is taken out of the law of evidence."""

from __future__ import annotations

from models.evidence import Evidence, EvidenceState
from tests.missed.law import Mutant, effect

ASKED_BY = {"evidence.destroy": "EVID-5"}


def shown(evidence: Evidence) -> None:
    evidence.text = "A wolf."


MUTANTS = [
    Mutant("EVID-3", "evidence.supersede", effect("evidence.supersede", shown)),
    Mutant("EVID-3", "evidence.strike", effect("evidence.strike", shown)),
    Mutant("EVID-4", "evidence.destroy", {"sources": frozenset({EvidenceState.HELD})}),
    Mutant("EVID-6", "evidence.destroy", effect("evidence.destroy", shown)),
]
