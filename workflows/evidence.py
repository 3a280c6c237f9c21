"""The law of evidence: kept before anything is deleted, never altered, and destroyed by two people or not at all."""

from collections.abc import Mapping
from typing import Any

from models.evidence import (
    DestructionProposal,
    Evidence,
    EvidenceDraft,
    EvidenceState,
    FileDraft,
    Lifting,
    Restriction,
    Striking,
    Superseding,
)
from models.record import Record
from models.roles import Role
from workflows.engine import Act, Workflow, guard, lookup
from workflows.people import ERASERS, HANDLERS, INTAKE

evidence = Workflow(
    "evidence", "evidence", Evidence, starts=EvidenceState.HELD, seen_by=INTAKE, seen_own={Role.STAFF: "captured_by"},
)  # fmt: skip

KEPT = (EvidenceState.HELD, EvidenceState.SUPERSEDED, EvidenceState.STRUCK)
"""The states in which there is something to see."""

SAID_OF_IT = ("url", "text", "witness", "file", "set_aside_because")
"""All that says what evidence shows."""


@lookup(Evidence)
def its_evidence(case: Record, act: Act) -> Mapping[str, Any]:
    """What counts as evidence in a case."""
    return {"case_id": case.id, "state": EvidenceState.HELD}


@lookup(Evidence)
def held_in_the_same_case(evidence: Evidence, act: Act) -> Mapping[str, Any]:
    """What counts as evidence in the case that this belongs to."""
    return {"case_id": evidence.case_id, "state": EvidenceState.HELD}


@guard("Nothing was seen later than now.")
def was_seen_by_now(draft: EvidenceDraft | FileDraft, act: Act) -> bool:
    """EVID-2: evidence is of what was there."""
    return draft.seen_at is None or draft.seen_at <= act.at


@guard("It is restricted because of a request, so nothing about it is altered. Lift the restriction first.")
def is_not_restricted(evidence: Evidence, act: Act) -> bool:
    """GDPR-6: a request never alters evidence, it restricts it."""
    return evidence.restricted_for is None


@guard("It is not restricted.")
def is_restricted(evidence: Evidence, act: Act) -> bool:
    """GDPR-6: a request never alters evidence, it restricts it."""
    return evidence.restricted_for is not None


@guard("Another piece of evidence in the same case takes its place.", needs=[held_in_the_same_case])
def by_another_of_the_same_case(evidence: Evidence, act: Act, superseding: Superseding) -> bool:
    """EVID-4: a case that had evidence keeps some."""
    return superseding.by in {each.id for each in act.looked_up(held_in_the_same_case)} - {evidence.id}


@guard("It is the only evidence in the case. Keep other evidence first.", needs=[held_in_the_same_case])
def is_not_the_only_one(evidence: Evidence, act: Act) -> bool:
    """EVID-4: a case that had evidence keeps some."""
    return any(each.id != evidence.id for each in act.looked_up(held_in_the_same_case))


@guard("Destroying it has to be proposed first.")
def destruction_is_proposed(evidence: Evidence, act: Act) -> bool:
    """EVID-5: two people stand behind every destruction of evidence."""
    return evidence.destruction_ground is not None


@guard("Somebody else than whoever proposed it has to do this.")
def by_another_than_proposed(evidence: Evidence, act: Act) -> bool:
    """EVID-5: two people stand behind every destruction of evidence."""
    return evidence.destruction_proposed_by != act.actor.id


@evidence.opens(by=[Role.STAFF], when=[was_seen_by_now])
def describe(draft: EvidenceDraft, act: Act) -> Evidence:
    """Keep evidence in words: what a witness said, or what there was to see where it must not be copied."""
    return Evidence(practice=act.practice.code, created_at=act.at, captured_by=act.actor.id, **dict(draft))


@evidence.opens(by=[Role.STAFF], when=[was_seen_by_now])
def capture(draft: FileDraft, act: Act) -> Evidence:
    """Keep a screenshot, or another file, as it is."""
    return Evidence(practice=act.practice.code, created_at=act.at, captured_by=act.actor.id, **dict(draft))


@evidence.transition(
    EvidenceState.HELD, to=EvidenceState.SUPERSEDED, by=HANDLERS, when=[is_not_restricted, by_another_of_the_same_case],
)  # fmt: skip
def supersede(evidence: Evidence, act: Act, superseding: Superseding) -> None:
    """Let better evidence take its place. It stays as it was, and counts no longer."""
    evidence.superseded_by, evidence.set_aside_because = superseding.by, superseding.reason


@evidence.transition(
    EvidenceState.HELD, to=EvidenceState.STRUCK, by=HANDLERS, when=[is_not_restricted, is_not_the_only_one]
)
def strike(evidence: Evidence, act: Act, striking: Striking) -> None:
    """Say that it is no evidence in this case. It stays as it was, and counts no longer."""
    evidence.set_aside_because = striking.reason


@evidence.transition(*KEPT, to=None, by=ERASERS, when=[is_not_restricted])
def restrict(evidence: Evidence, act: Act, restriction: Restriction) -> None:
    """Keep it from being altered because of somebody's request, until that is answered."""
    evidence.restricted_for = restriction.case_id


@evidence.transition(*KEPT, to=None, by=ERASERS, when=[is_restricted])
def lift_restriction(evidence: Evidence, act: Act, lifting: Lifting) -> None:
    """Say that it need not be kept from being altered any longer."""
    evidence.restricted_for = None


@evidence.transition(*KEPT, to=None, by=ERASERS, when=[is_not_restricted])
def propose_destruction(evidence: Evidence, act: Act, proposal: DestructionProposal) -> None:
    """Propose that it be destroyed. Another one has to do it."""
    evidence.destruction_ground, evidence.destruction_proposed_by = proposal.ground, act.actor.id


@evidence.transition(*KEPT, to=None, by=ERASERS, when=[destruction_is_proposed])
def keep(evidence: Evidence, act: Act) -> None:
    """Decide not to destroy it after all."""
    evidence.destruction_ground = evidence.destruction_proposed_by = None


@evidence.transition(
    EvidenceState.SUPERSEDED, EvidenceState.STRUCK, to=EvidenceState.DESTROYED, by=ERASERS,
    when=[is_not_restricted, destruction_is_proposed, by_another_than_proposed],
)  # fmt: skip
def destroy(evidence: Evidence, act: Act) -> None:
    """Destroy what counts no longer, for good: here, in the audit trail, and in every copy.

    That there was evidence, what happened to it, when and by whom stays.
    """
    for name in SAID_OF_IT:
        setattr(evidence, name, None)
