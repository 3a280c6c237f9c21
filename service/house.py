"""Everything that a running house needs, put together once from its settings: for the API and for the command line alike."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from models.record import uuid7
from models.regulator import Regulator
from service.audit import AuditKey
from service.budgets import Budgets
from service.contact_codes import ContactCodes
from service.database import open_store
from service.documents.press import Press
from service.drafts import Drafts
from service.files import FileTurns
from service.identity import Principal
from service.integrations.carriers import NO_MESSAGES, Carriage, carriage
from service.issuer import Issuer
from service.key_sources import Fetch, SigningKeys, keys_at_address, keys_in_document, keys_in_file
from service.one_purpose import refuse_shared_secrets
from service.settings import Settings
from service.store import Store
from service.tokens import Tokens
from service.unit_of_work import UnitOfWork
from workflows.calendars import ENGLAND, Calendar

Clock = Callable[[], datetime]


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class House:
    """What requests share: the store, the keys, the time, and what was rendered for everybody."""

    store: Store
    tokens: Tokens
    audit_key: AuditKey
    operators: frozenset[str]
    clock: Clock
    budgets: Budgets
    files: FileTurns
    carriage: Carriage = NO_MESSAGES
    quickest_submission: float = 0.0
    press: Press = field(default_factory=Press)
    takes_synthetic_nhs_numbers: bool = False
    calendar: Calendar = ENGLAND
    regulators: tuple[Regulator, ...] = ()

    @property
    def drafts(self) -> Drafts:
        """What people have answered on pages, and not sent yet."""
        return Drafts(self.store, self.clock)

    @property
    def codes(self) -> ContactCodes:
        """What shows that a contact is somebody's."""
        return ContactCodes(self.carriage, self.store.vault, self.budgets, self.clock)

    def work(self, principal: Principal, request_id: UUID | None = None) -> UnitOfWork:
        """One request by somebody."""
        return UnitOfWork(
            self.store,
            principal,
            self.clock,
            self.audit_key,
            request_id or uuid7(),
            self.operators,
            calendar=self.calendar,
            regulators=self.regulators,
        )


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock = now) -> AsyncIterator[House]:
    """Fetch the keys that tokens are verified by, open the store, and close it again.

    Raises KeysRefused, SettingsRefused, SchemaBehind, UnsafeDatabaseRole or Unavailable.
    """
    refuse_shared_secrets(settings)
    carried = carriage(settings, clock)
    keys = SigningKeys(published_keys(settings, clock), clock)
    await keys.load()
    store = await open_store(settings)
    try:
        tokens, key = Tokens(keys, settings.token_issuer, settings.token_audience, clock), settings.audit_key()
        budgets, synthetic = Budgets(store, key, clock, settings), settings.takes_synthetic_nhs_numbers
        calendar = Calendar(settings.extra_bank_holidays)
        yield House(
            store, tokens, key, settings.operators, clock, budgets, FileTurns(settings.largest_file, settings.file_deadline),
            carried, settings.quickest_submission,
            takes_synthetic_nhs_numbers=synthetic, calendar=calendar,
            regulators=settings.regulators,
        )  # fmt: skip
    finally:
        await store.close()


def embedded_issuer(settings: Settings, clock: Clock = now) -> Issuer:
    """The issuer of tokens for development. Raises IssuerOffInProduction."""
    return Issuer(
        settings.issuer_folder, settings.token_issuer, settings.token_audience, clock, production=settings.production
    )


def published_keys(settings: Settings, clock: Clock) -> Fetch:
    """Where the keys come from that tokens are verified by: an address, a file, or the embedded issuer."""
    where = settings.token_keys
    if where is None:
        return keys_in_document(embedded_issuer(settings, clock).jwks())
    return keys_at_address(where) if "://" in where else keys_in_file(Path(where))
