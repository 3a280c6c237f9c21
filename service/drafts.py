"""Answers that were not sent yet: sealed under a secret that only the browser keeps which gave them.

Whoever reads the database learns from it neither who is writing to the practice nor what, and nothing needs erasing: after an
hour the answers go.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.drafts import PageDraft
from models.record import remade
from service.key_ring import derived
from service.store import Store
from service.vault import NotOpened, bound, opened, sealed

KEPT_FOR: Final = timedelta(hours=1)
SEALING: Final = "practice-charter answers of a browser, 1"
NAMING: Final = "practice-charter name of a browser's answers, 1"
TELLING: Final = "practice-charter proof that a form came from this page, 1"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a browser has answered, since when (UTC, in ISO form), and what became of it once it was sent."""

    given: dict[str, str] = field(default_factory=dict)
    began: str = ""
    sent: dict[str, str] = field(default_factory=dict)

    def with_these(self, given: dict[str, str], now: datetime) -> "Answers":
        """The same with some more answers, or with others in their place."""
        return replace(self, given={**self.given, **given}, began=self.began or now.isoformat())

    def turned_in(self, told: dict[str, str]) -> "Answers":
        """What is left once they were sent: what the person was told, and none of their answers."""
        return Answers(began=self.began, sent=told)


@dataclass(frozen=True, slots=True)
class Drafts:
    """The answers of all browsers. `clock` tells the time in UTC."""

    store: Store
    clock: Callable[[], datetime]

    async def read(self, practice: str, journey: str, secret: str) -> Answers:
        """What this browser has answered on this journey; nothing after an hour. Raises Unavailable."""
        name = name_of(practice, journey, secret)
        kept = await self.store.draft(practice, name, self.clock())
        if kept is None:
            return Answers()
        try:
            said: dict[str, Any] = json.loads(opened(cipher_of(secret), kept.content, bound(practice, name)))
        except NotOpened:
            return Answers()
        return Answers(**said)

    async def keep(self, practice: str, journey: str, secret: str, answers: Answers) -> None:
        """Keep them for an hour from now. Raises Unavailable."""
        name = name_of(practice, journey, secret)
        content = sealed(cipher_of(secret), json.dumps(asdict(answers)).encode(), bound(practice, name))
        values = {
            "practice": practice,
            "name": name,
            "content": content,
            "expires_at": self.clock() + KEPT_FOR,
        }
        await self.store.keep_draft(remade(PageDraft, values))


def cipher_of(secret: str) -> AESGCM:
    """What seals the answers of the browser that has this secret."""
    return AESGCM(derived(secret.encode(), SEALING.encode()))


def name_of(practice: str, journey: str, secret: str) -> str:
    """Under what they are kept: nothing that anybody could come from to the secret, or to another journey's answers."""
    return derived(secret.encode(), bound(NAMING, practice, journey)).hex()


def proof_of(secret: str) -> str:
    """What a form says to prove that it came from a page that was shown to this browser."""
    return derived(secret.encode(), TELLING.encode()).hex()
