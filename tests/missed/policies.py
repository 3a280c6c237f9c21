"""What is taken out of the law of policies and practices."""

from __future__ import annotations

from models.policies import Policy, PolicyState
from tests.missed.law import Behind, Mutant, but, consequences, effect

NEVER_EDITED = "nothing that is approved can be edited and stay approved"


SECOND_LINES: dict[tuple[str, str], Behind] = {
    ("policy.approve", "has_a_clause"): Behind(
        "submit refuses it, and a submitted version is not edited", (("policy.submit", "has_a_clause"),)
    ),
    ("policy.publish", "as_approved"): Behind(NEVER_EDITED, opened=(("policy.edit", PolicyState.APPROVED),)),
    ("policy.review_unchanged", "none_being_prepared"): Behind(
        "the version that begins in the same change is refused; this one says so first",
        (("policy.create", "none_being_prepared"),),
    ),
}  # fmt: skip


ASKED_BY = {
    "policy.approve": "POL-4",
    "policy.publish": "POL-1",
    "practice.open_practice": "PRACTICE-1",
}


def renumbered(policy: Policy) -> None:
    policy.number, policy.major, policy.minor = "1.0", 1, 0


def reworded(policy: Policy) -> None:
    policy.content = policy.content.model_copy(update={"title": "Something else"})


FROZEN = frozenset(PolicyState) - {PolicyState.DRAFT, PolicyState.CHANGES_REQUESTED, PolicyState.IN_REVIEW}


MUTANTS = [
    Mutant("POL-1", "policy.publish", {"sources": frozenset({PolicyState.IN_REVIEW}), "guards": ()}),
    Mutant("POL-2", "policy.publish", effect("policy.publish", reworded)),
    Mutant("POL-3", "policy.publish", consequences("policy.publish", but("supersede"))),
    Mutant("POL-3", "policy.publish", consequences("policy.publish", but("adopt"))),
    Mutant("POL-3", "policy.withdraw", consequences("policy.withdraw", but("abandon"))),
    Mutant("ACK-4", "policy.publish", consequences("policy.publish", but("brief"))),
    Mutant("ACK-4", "policy.publish", consequences("policy.publish", but("close"))),
    Mutant("ACK-4", "policy.withdraw", consequences("policy.withdraw", but("close"))),
    Mutant("S-05", "policy.publish", consequences("policy.publish", but("watch"))),
    Mutant("S-05", "policy.publish", consequences("policy.publish", but("bring_forward"))),
    Mutant("S-05", "policy.withdraw", consequences("policy.withdraw", but("lapse"))),
    *(Mutant("POL-6", "policy.edit", {"sources": frozenset({state})}) for state in sorted(FROZEN)),
    Mutant("POL-7", "policy.create", effect("policy.create", renumbered)),
    Mutant("POL-9", "policy.review_unchanged", effect("policy.review_unchanged", reworded)),
]
