"""What is taken out of the law of incidents and of the warning ledger."""

from __future__ import annotations

from models.incident_words import ENDED
from models.incidents import Incident
from tests.missed.law import Mutant, effect

NOTHING_WITHOUT = {("warning.reconsider", "there_is_such_a_warning"): "an entry about no warning is about nobody"}
"""Guards without which nothing could be made of what was asked for: taken out, they are missed by an error."""


def torn_out(incident: Incident) -> None:
    incident.notes = []


MUTANTS = [
    Mutant("INC-17", "incident.note", {"sources": frozenset(ENDED)}),
    Mutant("INC-18", "incident.note", effect("incident.note", torn_out)),
]
