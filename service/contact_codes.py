"""One-time codes, by which somebody shows that an e-mail address or a telephone is theirs.

A code is six digits, good for a quarter of an hour and for five tries. What is kept of it, for as long, is a keyed hash.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from secrets import randbelow
from typing import Final
from uuid import UUID

from models.practices import Practice
from service.budgets import Budgets
from service.integrations.carriers import Carriage
from service.integrations.messages import CodeMessage, Way
from service.vault import Vault

GOOD_FOR: Final = timedelta(minutes=15)
DIGITS: Final = 6
TABLE: Final = "contact_code"


@dataclass(frozen=True, slots=True)
class SentCode:
    """A code that is on its way: by what it is known again, and until when (UTC, in ISO form) it counts."""

    known_by: str
    until: str


@dataclass(frozen=True, slots=True)
class ContactCodes:
    """Sends codes and knows them again. `clock` tells the time in UTC."""

    carriage: Carriage
    vault: Vault
    budgets: Budgets
    clock: Callable[[], datetime]

    async def send(self, practice: Practice, about: UUID, way: Way, to: str) -> SentCode:
        """Send a code to a contact that somebody named. Raises NotSent, DoorTooBusy or Unavailable."""
        await self.budgets.code_to(practice.practice, f"{way} {to.casefold()}")
        code = f"{randbelow(10**DIGITS):0{DIGITS}}"
        await self.carriage.carrier.send(CodeMessage(way, to, practice.name, code))
        newest = self._known_by(practice, about, to, code)[-1]
        return SentCode(newest, (self.clock() + GOOD_FOR).isoformat())

    async def fits(self, practice: Practice, about: UUID, to: str, sent: SentCode, said: str) -> bool:
        """Whether this is the code, and still counts. Raises DoorTooBusy after five tries, or Unavailable."""
        await self.budgets.try_of_code(practice.practice, str(about))
        code = "".join(each for each in said if not each.isspace())
        if self.clock() > datetime.fromisoformat(sent.until) or not code.isascii():
            return False
        return any(compare_digest(sent.known_by, each) for each in self._known_by(practice, about, to, code))

    def _known_by(self, practice: Practice, about: UUID, to: str, code: str) -> tuple[str, ...]:
        return self.vault.indexes(practice.practice, TABLE, str(about), f"{to.casefold()} {code}")
