"""What is taken out of the law of what the staff are to know."""

from __future__ import annotations

from models.acknowledgements import Acknowledgement
from models.briefings import Briefing
from tests.missed.law import Mutant, effect

ASKED_BY = {
    "acknowledgement.acknowledge": "ACK-1",
    "briefing.remind": "ACK-5",
    "briefing.resume": "ACK-5",
}


def put_in_the_mouth(given: Acknowledgement) -> None:
    given.acknowledged_by = "somebody-else"


def uncounted(briefing: Briefing) -> None:
    briefing.reminders = [each.model_copy(update={"outstanding": 0}) for each in briefing.reminders]


MUTANTS = [
    Mutant("ACK-1", "acknowledgement.acknowledge", effect("acknowledgement.acknowledge", put_in_the_mouth)),
    Mutant("ACK-5", "briefing.remind", effect("briefing.remind", uncounted)),
]
