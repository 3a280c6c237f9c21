"""What must be so of evidence."""

from __future__ import annotations

from typing import Any

from models.data_protection_complaints import DataProtectionComplaint
from models.evidence import Evidence, EvidenceState
from models.incidents import Incident
from models.recording_consents import RecordingConsent
from models.rights_requests import RightsRequest
from models.roles import Role
from tests.invariants.rule import invariant
from tests.laws import Happened, World

SHOWS = ("url", "text", "witness", "file")
"""What evidence says of what there was to see."""


@invariant("EVID-1")
def evidence_belongs_to_a_case_that_is_here_and_open(world: World) -> bool:
    begun, restricted = world.done(*BEGINS_EVIDENCE), world.done("evidence.restrict")
    return all(case_of(each, each.record, *OVER) for each in begun) and all(
        case_of(each, each.payload) for each in restricted
    )


OVER = ("closed", "withdrawn", "transferred", "lapsed", "outcome_given", "duplicate", "not_made")
"""How the states are named in which a case has ended."""
KINDS: dict[str, type[Any]] = {
    "incident": Incident, "recording_consent": RecordingConsent, "rights_request": RightsRequest,
    "data_protection_complaint": DataProtectionComplaint,
}  # fmt: skip


def case_of(happened: Happened, named: Any, *not_in: str) -> bool:
    """Whether the case was there that is named, and in no state of such a name."""
    return any(
        isinstance(one, KINDS[named.case_kind]) and one.id == named.case_id and not str(one.state).startswith(not_in)
        for one in happened.before
    )


@invariant("EVID-2")
def evidence_was_seen_by_the_time_it_was_kept(world: World) -> bool:
    return all(each.record.seen_at is None or each.record.seen_at <= each.at for each in world.done(*BEGINS_EVIDENCE))


BEGINS_EVIDENCE = ("evidence.describe", "evidence.capture")


@invariant("EVID-3")
def what_evidence_shows_never_changes(world: World) -> bool:
    changed = [each for each in world.about(Evidence) if each.was is not None]
    return all(same_to_see(each.was, each.record) for each in changed if each.name != "evidence.destroy")


def same_to_see(one: Any, other: Any) -> bool:
    """Whether both show the same, of the same case."""
    return all(getattr(one, name) == getattr(other, name) for name in (*SHOWS, "case_id", "seen_at"))


@invariant("EVID-4")
def a_case_that_had_evidence_keeps_some(world: World) -> bool:
    had = {each.case_id for each in world.of(Evidence)}
    return had == {each.case_id for each in world.of(Evidence) if each.state == EvidenceState.HELD}


@invariant("EVID-4")
def what_took_the_place_of_evidence_was_evidence_in_the_same_case(world: World) -> bool:
    return all(
        any(
            (other.id, other.case_id, other.state) == (each.payload.by, each.record.case_id, EvidenceState.HELD)
            for other in each.before
            if isinstance(other, Evidence) and other.id != each.record.id
        )
        for each in world.done("evidence.supersede")
    )


@invariant("EVID-5")
def two_of_those_who_answer_for_it_stand_behind_every_destruction(world: World) -> bool:
    answer_for_it = {Role.PRACTICE_MANAGER, Role.INFORMATION_RIGHTS_LEAD}
    return all(
        each.actor.roles & answer_for_it and destruction_proposed_by(world, each) not in {None, each.actor.id}
        for each in world.done("evidence.destroy")
    ) and all(destruction_proposed_by(world, each) for each in world.done("evidence.keep"))


def destruction_proposed_by(world: World, happened: Happened) -> str | None:
    """Who had proposed to destroy it, if that still stood."""
    said = {"evidence.propose_destruction", "evidence.keep"}
    past = [each for each in world.past(happened) if each.name in said]
    return past[-1].actor.id if past and past[-1].name == "evidence.propose_destruction" else None


@invariant("EVID-6")
def nothing_is_left_of_what_destroyed_evidence_showed(world: World) -> bool:
    gone = [each for each in world.of(Evidence) if each.state == EvidenceState.DESTROYED]
    return not any(getattr(each, name) for each in gone for name in (*SHOWS, "set_aside_because"))


@invariant("GDPR-6")
def nothing_alters_what_is_restricted(world: World) -> bool:
    altering = ("evidence.supersede", "evidence.strike", "evidence.propose_destruction", "evidence.destroy")
    lifted = world.done("evidence.lift_restriction")
    return not any(each.was.restricted_for for each in world.done(*altering, "evidence.restrict")) and all(
        each.was.restricted_for for each in lifted
    )
