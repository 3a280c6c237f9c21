"""What becomes of posts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.posts import PostState
from tests.exploration import Scenario
from tests.laws import CLOCK, EDITOR, LAWS, MANAGER, Request, World, always, happen, laws_of
from tests.said import SAID
from tests.said.posts import CLOSED, CLOSED_LATER, DRAFTS, GOOD
from tests.said.settings import LENIENT, USUAL
from tests.worlds import opened, working_by
from workflows.engine import Transition


def written(*drafts: Any) -> tuple[World, ...]:
    """A practice at work, with one of these posts just written."""
    at_work = working_by(opened(), USUAL)
    return tuple(happen(at_work, Request(MANAGER, LAWS["post.write"], each)) for each in drafts)


SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "post": lambda: Scenario(
        written(*DRAFTS.values()), (MANAGER, EDITOR, CLOCK), tuple(law for law in laws_of("post") if isinstance(law, Transition)),
        {**SAID, type(GOOD): always(GOOD, CLOSED, CLOSED_LATER)}, settings=(USUAL, LENIENT),
    ),
}  # fmt: skip
ENDS: dict[str, set[Any]] = {"post": {PostState.WITHDRAWN, PostState.DISCARDED}}
