"""What is taken out of the law of the monitoring log and of reviews."""

from __future__ import annotations

from datetime import timedelta

from models.monitoring_checks import MonitoringCheck
from models.reviews import Review, ReviewState
from tests.laws import NOON
from tests.missed.law import Mutant, but, consequences_of_opening, effect

ASKED_BY = {
    "monitoring_check.look": "S-05",
    "monitoring_check.escalate": "MON-5",
    "review.notice": "REV-1",
    "review.answer": "C-11",
    "review.report_to_site": "REV-5",
}


def rewritten(check: MonitoringCheck) -> None:
    check.looked_at = NOON - timedelta(days=1)


def without_end(check: MonitoringCheck) -> None:
    check.next_look_at = None


def put_in_own_words(review: Review) -> None:
    assert review.answered
    review.answered = review.answered.model_copy(update={"text": "You were late for your appointment."})


MUTANTS = [
    Mutant("MON-4", "monitoring_check.look", consequences_of_opening("monitoring_check.look", but("follow"))),
    Mutant("MON-4", "monitoring_check.escalate", effect("monitoring_check.escalate", rewritten)),
    Mutant("S-05", "monitoring_check.look", effect("monitoring_check.look", without_end)),
    Mutant("C-11", "review.answer", {"sources": frozenset({ReviewState.ANSWERED})}),
    Mutant("REV-2", "review.answer", effect("review.answer", put_in_own_words)),
]
