"""What must be so of what is held because it looks like junk."""

from __future__ import annotations

from models.data_protection_complaints import DataProtectionComplaint, DataProtectionComplaintDraft
from models.held_submissions import HeldSubmission, SentIn
from models.rights import AskedBy, Regime
from models.rights_requests import RightsRequest
from tests.invariants.rule import invariant
from tests.laws import World
from workflows.statutory_time import london_day

AFTER_A_DEATH = {AskedBy.PERSONAL_REPRESENTATIVE, AskedBy.CLAIMANT}


@invariant("DOOR-1")
def whatever_is_held_could_be_a_request(world: World) -> bool:
    return all(could_be_one(each.request) for each in world.of(HeldSubmission))


def could_be_one(sent: SentIn) -> bool:
    """Whether it says enough of whom it is about, and of how whoever sent it is reached."""
    if isinstance(sent, DataProtectionComplaintDraft):
        return sent.complainant.contact is not None
    after_a_death = (sent.regime == Regime.AHRA_1990) == (sent.asked_by in AFTER_A_DEATH)
    return after_a_death and sent.concerned.date_of_birth is not None


@invariant("DOOR-1")
def nothing_that_was_held_is_ever_gone(world: World) -> bool:
    begun = {each.record.id for each in world.done("held_submission.hold")}
    return begun == {each.id for each in world.of(HeldSubmission)}


@invariant("DOOR-6")
def nobody_takes_back_what_is_not_shown_to_be_theirs(world: World) -> bool:
    return all(each.was.contact_proved_at is not None for each in world.done("held_submission.withdraw"))


@invariant("DOOR-3")
def what_is_held_counts_from_the_day_on_which_it_came(world: World) -> bool:
    return all(each.record.received_on == london_day(each.at) for each in world.done("held_submission.hold"))


@invariant("DOOR-3")
def what_is_released_is_a_request_from_that_day(world: World) -> bool:
    return all(
        any(
            is_what_became_of(each.record, became)
            for became in (*world.of(RightsRequest), *world.of(DataProtectionComplaint))
        )
        for each in world.done("held_submission.release")
    )


def is_what_became_of(held: HeldSubmission, became: RightsRequest | DataProtectionComplaint) -> bool:
    """Whether this is what was held, from the day on which it came."""
    same = became.correspondence_id == held.correspondence_id
    return same and (became.about, became.received_on) == (held.request.about, held.received_on)
