"""What is taken out of the law of incidents and of the warning ledger."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.incident_words import ENDED
from models.incidents import Incident
from models.letters import Addressee
from models.warnings import PatientWarning
from tests.missed.law import Mutant, consequences, effect

NOTHING_WITHOUT = {("warning.reconsider", "there_is_such_a_warning"): "an entry about no warning is about nobody"}
"""Guards without which nothing could be made of what was asked for: taken out, they are missed by an error."""


def torn_out(incident: Incident) -> None:
    incident.notes = []


GRANDMOTHER = Addressee(person_id=UUID(int=7), name="Grandmother")


def reworded(incident: Incident) -> None:
    incident.description = "They are all lambs."


def of_another(entry: PatientWarning) -> None:
    entry.person_id = UUID(int=7)


def to_grandmother(done: list[Any]) -> list[Any]:
    return [
        each.law.on(each.about[0].model_copy(update={"addressee": GRANDMOTHER})) if each.law.name == "issue" else each
        for each in done
    ]


MUTANTS = [
    Mutant("INC-17", "incident.note", {"sources": frozenset(ENDED)}),
    Mutant("INC-18", "incident.note", effect("incident.note", torn_out)),
    Mutant("INC-18", "incident.note", effect("incident.note", reworded)),
    Mutant("INC-16", "incident.request_list_removal", consequences("incident.request_list_removal", to_grandmother)),
    Mutant("INC-16", "incident.inform_patient", consequences("incident.inform_patient", to_grandmother)),
    Mutant("INC-19", "incident.reply_in_general", consequences("incident.reply_in_general", to_grandmother)),
    Mutant("INC-20", "warning.reconsider", effect("warning.reconsider", of_another)),
]
