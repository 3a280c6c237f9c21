"""Evidence: two who answer for it, and as much of it as it takes for one piece to take the place of another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.evidence import Evidence, EvidenceState
from tests.exploration import Scenario
from tests.laws import MANAGER, MOMENTS, RIGHTS, World, laws_of
from tests.said import SAID
from tests.worlds import opened


def two_pieces(world: World) -> bool:
    """Worlds in which nothing is gathered for ever."""
    return len(world.of(Evidence)) <= 2


SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "evidence": lambda: Scenario(
        (opened(),), (MANAGER, RIGHTS), laws_of("evidence"), SAID, moments=MOMENTS[:1], within=two_pieces
    )
}
ENDS: dict[str, set[Any]] = {"evidence": {EvidenceState.DESTROYED}}
RESTS: dict[str, set[Any]] = {
    # Evidence is kept until nothing is left to keep it for.
    "evidence": {EvidenceState.HELD}
}
