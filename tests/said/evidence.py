"""What people say of evidence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.cases import CaseKind
from models.evidence import (
    DestructionGround,
    DestructionProposal,
    Evidence,
    EvidenceDraft,
    EvidenceKind,
    FileDraft,
    Lifting,
    Restriction,
    Striking,
    Superseding,
)
from tests.files import facts, png
from tests.laws import DAY, MOMENTS, NOON, World, always

INCIDENT, ANOTHER, ENDED, REQUEST, NOWHERE = (UUID(int=number) for number in (21, 22, 24, 23, 25))
"""Two incidents, one that has ended, a request about rights, and what is not there."""
IN_WORDS = EvidenceDraft(
    case_kind=CaseKind.INCIDENT, case_id=INCIDENT, kind=EvidenceKind.DESCRIPTION, text="A wolf, in a bonnet.",
    seen_at=NOON,
)  # fmt: skip
TOLD = EvidenceDraft(
    case_kind=CaseKind.INCIDENT, case_id=INCIDENT, kind=EvidenceKind.WITNESS_STATEMENT, text="What big teeth.",
    witness="Red Riding Hood",
)  # fmt: skip
NOT_YET_SEEN = IN_WORDS.model_copy(update={"seen_at": MOMENTS[2] + DAY})
ELSEWHERE = IN_WORDS.model_copy(update={"case_id": ANOTHER})
OF_A_REQUEST = IN_WORDS.model_copy(update={"case_kind": CaseKind.RIGHTS_REQUEST, "case_id": REQUEST})
OF_NO_CASE = tuple(
    IN_WORDS.model_copy(update={"case_kind": kind, "case_id": case})
    for kind, case in (
        (CaseKind.INCIDENT, ENDED), (CaseKind.INCIDENT, NOWHERE), (CaseKind.RIGHTS_REQUEST, INCIDENT),
        (CaseKind.RECORDING_CONSENT, INCIDENT), (CaseKind.DATA_PROTECTION_COMPLAINT, REQUEST),
    )
)  # fmt: skip
SHOT = FileDraft(
    case_kind=CaseKind.INCIDENT, case_id=INCIDENT, kind=EvidenceKind.SCREENSHOT, url="https://example.com/posts/7",
    seen_at=NOON, file=facts(png()),
)  # fmt: skip
NOT_YET_SHOT = SHOT.model_copy(update={"seen_at": MOMENTS[2] + DAY})


def supersedings(world: World) -> list[Superseding]:
    """All evidence that could take the place of other, and some that isn't there."""
    return [
        Superseding(by=each, reason="It can be read.")
        for each in (*(each.id for each in world.of(Evidence)), UUID(int=13))
    ]


SAID: dict[Any, Any] = {
    EvidenceDraft: always(IN_WORDS, TOLD, NOT_YET_SEEN, ELSEWHERE, OF_A_REQUEST, *OF_NO_CASE),
    FileDraft: always(SHOT, NOT_YET_SHOT, SHOT.model_copy(update={"case_id": ENDED})),
    Superseding: supersedings,
    Striking: always(Striking(reason="Another wolf.")),
    Restriction: always(
        Restriction(case_kind=CaseKind.RIGHTS_REQUEST, case_id=REQUEST),
        Restriction(case_kind=CaseKind.RIGHTS_REQUEST, case_id=NOWHERE),
        Restriction(case_kind=CaseKind.DATA_PROTECTION_COMPLAINT, case_id=REQUEST),
    ),
    Lifting: always(Lifting(reason="The request was withdrawn.")),
    DestructionProposal: always(DestructionProposal(ground=DestructionGround.RETENTION_ENDED)),
}
