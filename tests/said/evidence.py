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

IN_WORDS = EvidenceDraft(
    case_kind=CaseKind.INCIDENT, case_id=UUID(int=21), kind=EvidenceKind.DESCRIPTION, text="A wolf, in a bonnet.",
    seen_at=NOON,
)  # fmt: skip
TOLD = EvidenceDraft(
    case_kind=CaseKind.INCIDENT, case_id=UUID(int=21), kind=EvidenceKind.WITNESS_STATEMENT, text="What big teeth.",
    witness="Red Riding Hood",
)  # fmt: skip
NOT_YET_SEEN = IN_WORDS.model_copy(update={"seen_at": MOMENTS[2] + DAY})
ELSEWHERE = IN_WORDS.model_copy(update={"case_id": UUID(int=22)})
SHOT = FileDraft(
    case_kind=CaseKind.INCIDENT, case_id=UUID(int=21), kind=EvidenceKind.SCREENSHOT, url="https://example.com/posts/7",
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
    EvidenceDraft: always(IN_WORDS, TOLD, NOT_YET_SEEN, ELSEWHERE),
    FileDraft: always(SHOT, NOT_YET_SHOT),
    Superseding: supersedings,
    Striking: always(Striking(reason="Another wolf.")),
    Restriction: always(Restriction(case_kind=CaseKind.RIGHTS_REQUEST, case_id=UUID(int=23))),
    Lifting: always(Lifting(reason="The request was withdrawn.")),
    DestructionProposal: always(DestructionProposal(ground=DestructionGround.RETENTION_ENDED)),
}
