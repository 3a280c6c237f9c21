"""What becomes of letters, once cases have called for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from models.letter_facts import PublicReply, RemovalRequest
from models.letter_facts.facts import Facts, Posted
from models.letters import Addressee, ContactCheck, Letter, LetterDraft, LetterState, Sending, SendingWay
from models.rights import ReplyBy
from models.rights_steps import ContactConfirmation, ContactMethod, ContactStanding
from tests.exploration import Scenario
from tests.laws import CLOCK, LAWS, MANAGER, NOON, RIGHTS, Happened, World, always, laws_of
from tests.said import SAID
from tests.scenarios.rights import ERASED, MARKETING, NO, actioned, decided, said_of
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


def answers() -> Scenario:
    """The answer to a rights request: not sent yet, or sent, come back, and written anew; with a disputed address, or none."""
    sent = actioned(MARKETING, ERASED)
    worlds = (decided(MARKETING, NO), sent, said_of(sent, RIGHTS, "confirm_contact", DISPUTED))
    laws = (*(LAWS[f"letter.{each}"] for each in AGAIN), LAWS["rights_request.send_refusal"])
    said = {**SAID, Sending: always(*BY_ALL_WAYS)}
    return Scenario(tuple(map(answer_alone, worlds)), (RIGHTS,), laws, said, moments=(NOON,), within=two_letters)


AGAIN = ("record_sent", "record_returned", "replace")
DISPUTED = ContactConfirmation(
    reply_by=ReplyBy.POST, method=ContactMethod.ON_THE_RECORD, standing=ContactStanding.DISPUTED
)
BY_ALL_WAYS = (
    Sending(way=SendingWay.EMAIL, to="red@example.com", checked=ContactCheck.GIVEN_IN_PERSON),
    Sending(way=SendingWay.EMAIL, to="red@example.com", checked=ContactCheck.CODE_CONFIRMED),
    Sending(way=SendingWay.POST, to="1 Forest Path", checked=ContactCheck.AS_ON_RECORD),
)


def answer_alone(world: World) -> World:
    """The same, without the letter that acknowledged the request."""
    others = (
        each for each in world.records if not isinstance(each, Letter) or each.issued_by == "rights_request.decide"
    )
    return replace(world, records=tuple(others))


def two_letters(world: World) -> bool:
    """Worlds in which no letter was replaced more than once."""
    return len(world.of(Letter)) <= 2


SCENARIOS: dict[str, Callable[[], tuple[Scenario, ...]]] = {
    "letter": lambda: (
        Scenario(
            (to_somebody(), issued(at_work(), PublicReply(), None), taken_back()), (MANAGER, CLOCK), laws_of("letter"), SAID,
            within=two_letters,
        ),
        answers(),
    )
}  # fmt: skip
ENDS: dict[str, set[Any]] = {"letter": {LetterState.SUPERSEDED, LetterState.WITHDRAWN}}
# A letter that was sent has done what it was for; one that came back waits for somebody to find a better address.
RESTS: dict[str, set[Any]] = {"letter": {LetterState.SENT, LetterState.RETURNED}}
