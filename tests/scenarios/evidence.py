"""Evidence: two who answer for it, and as much of it as it takes for one piece to take the place of another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from models.evidence import Evidence, EvidenceState
from models.incident_words import IncidentState
from models.rights_requests import RightsRequest
from tests.exploration import Scenario
from tests.incident_machine import begun
from tests.laws import MANAGER, MOMENTS, RIGHTS, World, laws_of
from tests.said import SAID
from tests.said.evidence import ANOTHER, ENDED, INCIDENT, REQUEST
from tests.said.rights import asking
from tests.scenarios.rights import received


def with_cases() -> World:
    """A practice with two incidents that are worked on, one that has ended, and a request about rights."""
    world = received(asking())
    (request,) = world.of(RightsRequest)
    ended = begun("words", ENDED).model_copy(update={"state": IncidentState.CLOSED_NO_ACTION})
    cases = (begun("words", INCIDENT), begun("words", ANOTHER), ended, request.model_copy(update={"id": REQUEST}))
    return replace(world, records=(*(each for each in world.records if each is not request), *cases))


def two_pieces(world: World) -> bool:
    """Worlds in which nothing is gathered for ever."""
    return len(world.of(Evidence)) <= 2


SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "evidence": lambda: Scenario(
        (with_cases(),), (MANAGER, RIGHTS), laws_of("evidence"), SAID, moments=MOMENTS[:1], within=two_pieces
    )
}
ENDS: dict[str, set[Any]] = {"evidence": {EvidenceState.DESTROYED}}
RESTS: dict[str, set[Any]] = {
    # Evidence is kept until nothing is left to keep it for.
    "evidence": {EvidenceState.HELD}
}
