"""What is taken out of the law of what is held."""

from __future__ import annotations

from datetime import timedelta

from models.held_submissions import HeldSubmission
from tests.missed.law import Mutant, consequences, effect


def later(held: HeldSubmission) -> None:
    held.received_on += timedelta(days=1)


MUTANTS = [
    Mutant("DOOR-3", "held_submission.hold", effect("held_submission.hold", later)),
    Mutant("DOOR-3", "held_submission.release", consequences("held_submission.release", lambda _: [])),
]
