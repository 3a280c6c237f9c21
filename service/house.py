"""Everything that a running house needs, put together once from its settings: for the API and for the command line alike."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from models.record import uuid7
from service.audit import AuditKey
from service.database import open_store
from service.identity import Principal
from service.settings import Settings
from service.store import Store
from service.tokens import Tokens
from service.unit_of_work import UnitOfWork

Clock = Callable[[], datetime]


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class House:
    """What requests share: the store, the keys, and the time."""

    store: Store
    tokens: Tokens
    audit_key: AuditKey
    operators: frozenset[str]
    clock: Clock

    def work(self, principal: Principal, request_id: UUID | None = None) -> UnitOfWork:
        """One request by somebody."""
        return UnitOfWork(self.store, principal, self.clock, self.audit_key, request_id or uuid7(), self.operators)


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock = now) -> AsyncIterator[House]:
    """Open the store and close it again. Raises what `open_store` raises."""
    tokens = settings.tokens(clock)
    store = await open_store(settings)
    try:
        yield House(store, tokens, settings.audit_key(), settings.operators, clock)
    finally:
        await store.close()
