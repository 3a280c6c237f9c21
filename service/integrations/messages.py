"""Short messages to people: what one says, and who carries it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Way(StrEnum):
    """How a message reaches somebody."""

    EMAIL = "email"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class CodeMessage:
    """A one-time code. It names the practice, and says nothing of health or of what somebody asked for."""

    way: Way
    to: str = field(repr=False)
    practice: str
    code: str = field(repr=False)


class NotSent(Exception):
    """The message could not be sent: whoever carries it did not take it, or not in time."""


class Carrier(Protocol):
    """Who carries messages."""

    async def send(self, message: CodeMessage) -> None:
        """Have it carried. Raises NotSent."""
