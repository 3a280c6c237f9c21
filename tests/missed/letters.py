"""What is taken out of the law of letters."""

from __future__ import annotations

from models.letters import Letter
from tests.missed.law import Mutant, consequences, effect

ASKED_BY = {"letter.escalate": "LET-24"}


def reworded(letter: Letter) -> None:
    letter.content = letter.content.model_copy(update={"title": "Something else"})


MUTANTS = [
    Mutant("LET-1", "letter.record_sent", effect("letter.record_sent", reworded)),
    Mutant("LET-25", "letter.replace", consequences("letter.replace", lambda _: [])),
]
