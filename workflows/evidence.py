"""The law of evidence: kept before anything is deleted, never altered, and destroyed by two people or not at all."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from models.cases import CaseKind
from models.data_protection_complaints import OPEN as STILL_COMPLAINED
from models.data_protection_complaints import DataProtectionComplaintState
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
from models.incident_words import ENDED
from models.record import Record
from models.recording_consents import RecordingConsentState
from models.rights_requests import OPEN as STILL_ASKED
from models.rights_requests import RightsRequestState
from models.roles import Role
from workflows.cases import LINKABLE
from workflows.engine import Act, Lookup, Workflow, guard, lookup
from workflows.people import ERASERS, HANDLERS, INTAKE

evidence = Workflow(
    "evidence", "evidence", Evidence, starts=EvidenceState.HELD, seen_by=INTAKE, seen_own={Role.STAFF: "captured_by"},
)  # fmt: skip

KEPT = (EvidenceState.HELD, EvidenceState.SUPERSEDED, EvidenceState.STRUCK)
"""The states in which there is something to see."""

OVER: Final[Mapping[CaseKind, frozenset[StrEnum]]] = {
    CaseKind.INCIDENT: ENDED,
    CaseKind.RECORDING_CONSENT: frozenset(
        {
            RecordingConsentState.CLOSED, RecordingConsentState.CLOSED_DECLINED, RecordingConsentState.DUPLICATE,
            RecordingConsentState.NOT_MADE,
        }
    ),
    CaseKind.RIGHTS_REQUEST: frozenset(RightsRequestState) - frozenset(STILL_ASKED),
    CaseKind.DATA_PROTECTION_COMPLAINT: frozenset(DataProtectionComplaintState) - frozenset(STILL_COMPLAINED),
}  # fmt: skip
"""The states in which nothing is done on a case any more."""

SAID_OF_IT = ("url", "text", "witness", "file", "set_aside_because")
"""All that says what evidence shows."""


def named_case(kind: CaseKind, model: type[Record]) -> tuple[CaseKind, Lookup]:
    """How a case of one kind is looked up, where a draft names that kind."""

    def named(draft: EvidenceDraft | FileDraft, act: Act) -> Mapping[str, Any]:
        """The case that the evidence is said to belong to."""
        return {"id": frozenset({draft.case_id} if draft.case_kind == kind else ())}

    named.__name__ = f"named_{kind}"
    return kind, lookup(model)(named)


def restricting_case(kind: CaseKind, model: type[Record]) -> tuple[CaseKind, Lookup]:
    """How a request of one kind is looked up, where a restriction names that kind."""

    def restricting(evidence: Evidence, act: Act, restriction: Restriction) -> Mapping[str, Any]:
        """The request because of which it is to be restricted."""
        return {"id": frozenset({restriction.case_id} if restriction.case_kind == kind else ())}

    restricting.__name__ = f"restricting_{kind}"
    return kind, lookup(model)(restricting)


NAMED: Final = dict(named_case(*each) for each in LINKABLE.items())
RESTRICTING: Final = dict(
    restricting_case(each, LINKABLE[each]) for each in (CaseKind.RIGHTS_REQUEST, CaseKind.DATA_PROTECTION_COMPLAINT)
)


@guard("There is no such case here, or it has ended: what has ended takes no more evidence.", needs=NAMED.values())
def case_is_open(draft: EvidenceDraft | FileDraft, act: Act) -> bool:
    """EVID-1: evidence belongs to a case that is at the practice, and that is worked on."""
    return any(each.state not in OVER[draft.case_kind] for each in act.looked_up(NAMED[draft.case_kind]))


@guard("There is no such request, and no such complaint, here.", needs=RESTRICTING.values())
def request_is_here(evidence: Evidence, act: Act, restriction: Restriction) -> bool:
    """EVID-1: evidence is restricted because of a request, or a complaint, that is at the practice."""
    return bool(act.looked_up(RESTRICTING[restriction.case_kind]))


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


@evidence.opens(by=[Role.STAFF], when=[was_seen_by_now, case_is_open])
def describe(draft: EvidenceDraft, act: Act) -> Evidence:
    """Keep evidence in words: what a witness said, or what there was to see where it must not be copied."""
    return Evidence(practice=act.practice.code, created_at=act.at, captured_by=act.actor.id, **dict(draft))


@evidence.opens(by=[Role.STAFF], when=[was_seen_by_now, case_is_open])
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


@evidence.transition(*KEPT, to=None, by=ERASERS, when=[is_not_restricted, request_is_here])
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
