"""What must be so of what is held because it looks like junk."""

from __future__ import annotations

from models.held_submissions import HeldSubmission
from models.rights import AskedBy, Regime
from models.rights_requests import RightsRequest
from tests.invariants.rule import invariant
from tests.laws import World
from workflows.statutory_time import london_day

AFTER_A_DEATH = {AskedBy.PERSONAL_REPRESENTATIVE, AskedBy.CLAIMANT}


@invariant("DOOR-1")
def whatever_is_held_could_be_a_request(world: World) -> bool:
    return all(
        each.request.concerned.date_of_birth is not None
        and (each.request.regime == Regime.AHRA_1990) == (each.request.asked_by in AFTER_A_DEATH)
        for each in world.of(HeldSubmission)
    )


@invariant("DOOR-1")
def nothing_that_was_held_is_ever_gone(world: World) -> bool:
    begun = {each.record.id for each in world.done("held_submission.hold")}
    return begun == {each.id for each in world.of(HeldSubmission)}


@invariant("DOOR-3")
def what_is_held_counts_from_the_day_on_which_it_came(world: World) -> bool:
    return all(each.record.received_on == london_day(each.at) for each in world.done("held_submission.hold"))


@invariant("DOOR-3")
def what_is_released_is_a_request_from_that_day(world: World) -> bool:
    return all(
        any(
            (request.correspondence_id, request.received_on) == (each.record.correspondence_id, each.record.received_on)
            for request in world.of(RightsRequest)
        )
        for each in world.done("held_submission.release")
    )
