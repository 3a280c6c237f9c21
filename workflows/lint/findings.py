"""What the lint reports: a finding says what stands or is missing, where, how much it matters, and by which source."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from models.record import Payload


class Severity(StrEnum):
    """How much a finding matters. None keeps a version from being submitted."""

    WARNING = "warning"
    ADVICE = "advice"
    INFORMATION = "information"


class SourceKind(StrEnum):
    """What a finding rests on."""

    STATUTE = "statute"
    GUIDANCE = "guidance"
    PUBLICATION = "publication"
    RULE = "rule"


class Source(Payload):
    """Where it can be read why something is reported."""

    kind: SourceKind
    citation: str


class Where(Payload):
    """A place in a policy: a JSON pointer (RFC 6901) into its content, and what a reader calls the place."""

    pointer: Annotated[str, Field(pattern=r"^(/[a-z0-9_]+)+$")]
    label: str


class Finding(Payload):
    """One thing to look at. It reports what the policy says or leaves open, and calls no practice unlawful."""

    key: str
    severity: Severity
    message: str
    where: Annotated[list[Where], Field(min_length=1)]
    source: Source
