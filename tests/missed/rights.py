"""What is taken out of the law of rights requests and of restrictions."""

from __future__ import annotations

from models.reckonings import Pause
from models.restrictions import Restriction
from models.rights_requests import RightsRequest
from tests.laws import NOON
from tests.missed.law import Mutant, effect

ASKED_BY = {
    "rights_request.charge_fee": "RIGHT-9",
    "rights_request.release_hold": "RIGHT-8",
}


def paused_all_the_same(request: RightsRequest) -> None:
    pauses = (*request.clock.pauses, Pause(asked=NOON.date()))
    request.clock = request.clock.model_copy(update={"pauses": pauses})


def unexplained(request: RightsRequest) -> None:
    request.past_reckonings = []


def never_lifted(restriction: Restriction) -> None:
    restriction.lifted_on = None


MUTANTS = [
    Mutant(
        "RIGHT-10", "rights_request.ask_clarification", effect("rights_request.ask_clarification", paused_all_the_same)
    ),
    Mutant("RIGHT-24", "rights_request.extend", effect("rights_request.extend", unexplained)),
    Mutant("RIGHT-25", "restriction.lift", effect("restriction.lift", never_lifted)),
]
