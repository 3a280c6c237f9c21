"""What becomes of letters, once cases have called for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from models.letter_facts import PublicReply, RemovalRequest
from models.letter_facts.facts import Facts, Posted
from models.letters import Addressee, Letter, LetterDraft, LetterState
from tests.exploration import Scenario
from tests.laws import CLOCK, LAWS, MANAGER, NOON, Happened, World, laws_of
from tests.said import SAID
from tests.worlds import at_work
from workflows.engine import Act

POSTED = Posted(site="A forum", seen_on=NOON.date(), what="The witch can't cook.")
ASKING = RemovalRequest(posts=(POSTED,), reasons=("It is not so.",), remove_by=NOON.date())


def issued(world: World, facts: Facts, to: Addressee | None) -> World:
    """The world after a case has called for a letter."""
    draft = LetterDraft.model_validate(
        {
            "facts": facts, "addressee": to, "case_kind": "incident", "case_id": UUID(int=5), "case_version": 3,
            "issued_by": "incident.request_removal",
        }
    )  # fmt: skip
    return followed(world, "letter.issue", draft)


def followed(world: World, name: str, *about: Any) -> World:
    """The world after something that nobody can ask for has followed from something else."""
    done = LAWS[name].entailed(Act(MANAGER, world.practice, world.now), *about)
    news = [Happened(repr(each.law), each, None, world.records) for each in done]
    after = {each.id: each for each in world.records} | {each.fact.record.id: each.fact.record for each in news}
    return replace(world, records=tuple(after.values()), history=(*world.history, *news))


def to_somebody() -> World:
    """A letter that was just issued to somebody."""
    return issued(at_work(), ASKING, Addressee(name="Gretel"))


def taken_back() -> World:
    """A letter that its case took back before anybody sent it."""
    world = to_somebody()
    (letter,) = (each.model_copy() for each in world.of(Letter))
    return followed(world, "letter.withdraw", letter)


def two_letters(world: World) -> bool:
    """Worlds in which no letter was replaced more than once."""
    return len(world.of(Letter)) <= 2


SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "letter": lambda: Scenario(
        (to_somebody(), issued(at_work(), PublicReply(), None), taken_back()), (MANAGER, CLOCK), laws_of("letter"), SAID,
        within=two_letters,
    )
}  # fmt: skip
ENDS: dict[str, set[Any]] = {"letter": {LetterState.SUPERSEDED, LetterState.WITHDRAWN}}
# A letter that was sent has done what it was for; one that came back waits for somebody to find a better address.
RESTS: dict[str, set[Any]] = {"letter": {LetterState.SENT, LetterState.RETURNED}}
