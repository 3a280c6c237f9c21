"""Evidence in a case: what was seen, kept as it was, and never altered."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from sqlmodel import Field as Column

from models.cases import CaseKind
from models.moments import Moment
from models.record import Payload, Record, Row, UTCDateTime, word_of
from models.sealing import sealed_of
from models.text import Address, Line, Paragraph

LONGEST_SIDE = 65_535
"""How wide or high a picture may say that it is, in pixels."""


class EvidenceState(StrEnum):
    """Whether it counts as evidence, gave way to better, was wrong, or is gone."""

    HELD = "held"
    SUPERSEDED = "superseded"
    STRUCK = "struck"
    DESTROYED = "destroyed"


class EvidenceKind(StrEnum):
    """What it is. A description will do where the material must not be copied."""

    SCREENSHOT = "screenshot"
    FILE = "file"
    WITNESS_STATEMENT = "witness_statement"
    DESCRIPTION = "description"


class MediaType(StrEnum):
    """What a file can be."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    PDF = "application/pdf"


class DestructionGround(StrEnum):
    """Why evidence is destroyed. Nothing else about the reason is kept, since it would be about somebody."""

    RETENTION_ENDED = "retention_ended"
    ERASURE_GRANTED = "erasure_granted"
    CAPTURED_BY_MISTAKE = "captured_by_mistake"


class Seen(Payload):
    """What is said of all evidence: which case it belongs to, and where and when the material was seen (UTC)."""

    case_kind: CaseKind
    case_id: UUID
    url: Address | None = None
    seen_at: Moment | None = None


class EvidenceDraft(Seen):
    """Evidence in words. A statement names its witness."""

    kind: Literal[EvidenceKind.WITNESS_STATEMENT, EvidenceKind.DESCRIPTION]
    text: Paragraph
    witness: Line | None = None

    @model_validator(mode="after")
    def _is_somebodys(self) -> Self:
        if (self.kind == EvidenceKind.WITNESS_STATEMENT) != (self.witness is not None):
            raise ValueError("a witness statement names its witness, and a description has none")
        return self


class FileDetails(Seen):
    """What is said of a file. `text` is what somebody should know who looks at it."""

    kind: Literal[EvidenceKind.SCREENSHOT, EvidenceKind.FILE]
    text: Paragraph | None = None


class FileFacts(Payload):
    """What a file was found to be when it came: its type, how many bytes, and their SHA-256 in hexadecimal.

    A picture's `width` and `height` are what it says of itself, in pixels.
    """

    media_type: MediaType
    size: Annotated[int, Field(ge=1)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    width: Annotated[int, Field(ge=1, le=LONGEST_SIDE)] | None = None
    height: Annotated[int, Field(ge=1, le=LONGEST_SIDE)] | None = None


class FileDraft(FileDetails):
    """A file with what was said of it, and what it was found to be."""

    comes_with_file: ClassVar[bool] = True

    file: FileFacts


class Superseding(Payload):
    """Which evidence of the same case takes its place, and why."""

    by: UUID
    reason: Paragraph


class Striking(Payload):
    """Why it is no evidence in this case."""

    reason: Paragraph


class Restriction(Payload):
    """The request, or the complaint, because of which nothing may be altered."""

    case_kind: Literal[CaseKind.RIGHTS_REQUEST, CaseKind.DATA_PROTECTION_COMPLAINT]
    case_id: UUID


class Lifting(Payload):
    """Why it is restricted no longer."""

    reason: Paragraph


class DestructionProposal(Payload):
    """On what ground evidence is to be destroyed."""

    ground: DestructionGround


class Evidence(Record):
    """Evidence in a case. What it shows never changes: it is superseded, or struck as wrong, and stays as it was.

    `captured_by` kept it, at `created_at`; the material was seen at `seen_at` (UTC). The bytes of a file lie apart, and `file`
    says what they are. While it is `restricted_for` a request, nothing about it is altered. It is destroyed once two people
    have said so: `destruction_ground` says why, and `destruction_proposed_by` who proposed it.
    """

    filters: ClassVar[tuple[str, ...]] = ("case_id", "kind", "captured_by")
    left_out_of_lists: ClassVar[frozenset[str]] = frozenset({"text", "set_aside_because"})
    sensitive: ClassVar[bool] = True
    erased_in: ClassVar[frozenset[StrEnum]] = frozenset({EvidenceState.DESTROYED})

    state: EvidenceState = Column(default=EvidenceState.HELD, sa_type=word_of(EvidenceState))
    case_kind: CaseKind = Column(sa_type=word_of(CaseKind))
    case_id: UUID
    kind: EvidenceKind = Column(sa_type=word_of(EvidenceKind))
    captured_by: str
    seen_at: datetime | None = Column(default=None, sa_type=UTCDateTime)
    url: str | None = Column(default=None, sa_type=sealed_of(str))
    text: str | None = Column(default=None, sa_type=sealed_of(str))
    witness: str | None = Column(default=None, sa_type=sealed_of(str))
    file: FileFacts | None = Column(default=None, sa_type=sealed_of(FileFacts))
    superseded_by: UUID | None = None
    set_aside_because: str | None = Column(default=None, sa_type=sealed_of(str))
    restricted_for: UUID | None = None
    destruction_ground: DestructionGround | None = Column(default=None, sa_type=word_of(DestructionGround))
    destruction_proposed_by: str | None = None


class EvidenceRow(Evidence, Row, table=True):
    """All evidence, of every practice."""

    __tablename__ = "evidence"
