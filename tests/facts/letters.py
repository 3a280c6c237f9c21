"""What matters of a letter."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any
from uuid import UUID

from models.letters import Letter


def of_letter(letter: Letter, _: Mapping[UUID | None, str]) -> Hashable:
    """Whether it goes to somebody, whether it was sent, and when it was told that it is late."""
    sent = letter.sent and (letter.sent.way, letter.sent.at)
    return letter.content.addressee is None, letter.created_at, sent, letter.escalated_at is not None


FACTS: dict[type[Any], Any] = {Letter: of_letter}
