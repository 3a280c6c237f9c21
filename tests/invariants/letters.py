"""What must be so of letters."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from models.letters import Letter
from models.rights_requests import RightsRequest
from models.roles import Role
from tests.invariants.rule import LONDON, day, invariant
from tests.laws import Happened, World

WRITTEN = {
    "template", "template_edition", "language", "case_kind", "case_id", "case_version", "issued_by", "person_id", "facts",
    "content", "content_hash", "law", "supersedes",
}  # fmt: skip
VERIFIED = {
    "post": {"as_on_record", "given_in_person"},
    "by_hand": {"given_in_person"},
    "email": {"as_on_record", "given_in_person", "code_confirmed"},
    "patient_account": {"as_on_record", "code_confirmed"},
    "platform_message": {"account_that_posted"},
    "published": {"public"},
}


SENDING = ("record_sent", "send_answer")
"""How a letter goes out: somebody says so, or it does with the answer to a rights request."""


def happened_to(world: World, *names: str) -> list[Happened]:
    """All that happened to letters under these names."""
    return world.done(*(f"letter.{each}" for each in names))


@invariant("LET-1")
def what_is_written_never_changes(world: World) -> bool:
    changed = [each for each in world.about(Letter) if each.was]
    return all(each.was.model_dump(include=WRITTEN) == each.record.model_dump(include=WRITTEN) for each in changed)


@invariant("LET-22")
def what_was_sent_had_been_issued_and_what_came_back_had_been_sent(world: World) -> bool:
    sent, returned = happened_to(world, *SENDING), happened_to(world, "record_returned")
    return all(each.record.created_at <= each.record.sent.at <= each.at for each in sent) and all(
        each.record.sent
        and each.record.sent.at.astimezone(LONDON).date() <= each.record.returned.returned_on <= day(each)
        for each in returned
    )


@invariant("LET-23")
def a_letter_goes_to_its_addressee_by_a_way_that_is_verified(world: World) -> bool:
    return all(
        each.record.sent.checked in VERIFIED[each.record.sent.way]
        and (each.record.sent.way == "published") == (each.record.content.addressee is None)
        for each in happened_to(world, *SENDING)
    )


@invariant("RIGHT-18")
def an_answer_goes_out_with_its_request_and_again_to_a_contact_that_is_theirs(world: World) -> bool:
    again = [each for each in happened_to(world, "record_sent") if each.record.issued_by == "rights_request.decide"]
    return all(
        any(
            one.id == each.record.case_id and one.sent and (each.payload.way, each.payload.checked) in safe_ways(one)
            for one in each.before
        )
        for each in again
    )


def safe_ways(request: RightsRequest) -> set[tuple[str, str]]:
    """How whoever asked is reached, and how that is known: where nobody else reads it, or they chose that somebody may."""
    return {
        (BY[each.reply_by], KNOWN[each.method])
        for each in request.contacts
        if each.standing == "private" or (each.standing == "shared" and each.chosen_by_person)
    }


BY = {"email": "email", "post": "post", "in_person": "by_hand", "patient_account": "patient_account"}
KNOWN = {"one_time_code": "code_confirmed", "on_the_record": "as_on_record", "told_in_person": "given_in_person"}


@invariant("LET-23")
def only_what_goes_to_somebody_comes_back(world: World) -> bool:
    return all(each.record.content.addressee for each in happened_to(world, "record_returned"))


@invariant("LET-24")
def time_alone_escalates_what_is_late_and_once(world: World) -> bool:
    told = happened_to(world, "escalate")
    return len({each.record.id for each in told}) == len(told) and all(
        Role.CLOCK in each.actor.roles and each.at - each.record.created_at >= timedelta(days=2) for each in told
    )


@invariant("LET-25")
def in_the_place_of_a_replaced_letter_stands_one_with_the_same_facts(world: World) -> bool:
    letters = {each.id: each for each in world.of(Letter)}
    anew: dict[Any, Letter] = {each.supersedes: each for each in letters.values() if each.supersedes}
    replaced = [each for each in letters.values() if each.state == "superseded"]
    return len(anew) == len(replaced) and all(
        each.id in anew and anew[each.id].facts == each.facts and anew[each.id].case_id == each.case_id
        for each in replaced
    )
