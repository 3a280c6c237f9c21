"""PostgreSQL: one statement to read, one to write, each its own transaction, row-level security set inside it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property, partial
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import Boolean, ColumnElement, Executable, Table, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect

from models.drafts import PageDraft
from models.ledger import AccessEntry, AuditEntry, Event
from models.record import Record
from models.roles import INSTALLATION
from service.store import (
    Change,
    Expiry,
    Kept,
    Known,
    Listing,
    OutcomeUnknown,
    Question,
    Renewal,
    Spending,
    Taken,
    Unavailable,
    Write,
)
from service.store.agendas import Agendas
from service.store.budgets import spending, spent
from service.store.connections import Connections
from service.store.drafts import draft_from, drafts, keeping_draft, kept_draft
from service.store.expiry import all_forgotten, forgetting_all
from service.store.file_parts import destroying_parts, finding_part, keeping_part, kept_part, sought_part
from service.store.prepared import Prepared
from service.store.record_keys import KeysOfRecords, destroying_key, keeping_key
from service.store.statements import (
    NO_RECEIPT,
    PRACTICE,
    REVISION,
    KindStatements,
    asked,
    beside,
    entries,
    entry_from,
    every_practice,
    listed,
    noted,
    noting,
    one_at_a_time,
    place,
    receipt_of,
    sealed_among,
    shape,
    standing,
    standing_of,
)
from service.store.trail import Trail
from service.store.turns import ORDINARY, Patience
from service.vault import Vault

DIALECT = asyncpg_dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's dialects are not annotated


def seen_by(practice: ColumnElement[Any]) -> ColumnElement[bool]:
    """The statement itself says whose rows it may see.

    PostgreSQL evaluates this once, before it touches a row, and forgets it with the transaction; a statement that forgets to
    say it sees nothing.
    """
    setting = func.set_config(literal_column("'charter.practice'"), practice, literal_column("true"))
    return select(setting).scalar_subquery().is_not(None)


HERE = (seen_by(place("practice", PRACTICE.c.practice)),)
WHERE_AUTHORISED = (seen_by(place("authority_practice", PRACTICE.c.practice)),)
WHERE_ANSWERED = (seen_by(place("receipt_practice", PRACTICE.c.practice)),)
WHERE_SHOWN = (seen_by(place("access_entry_practice", PRACTICE.c.practice)),)
ORDER = ("written_in", "position")


def final(table: Table, *, settled: bool) -> list[ColumnElement[bool]]:
    """No transaction that is still open can commit anything before these any more: a reader who has seen them misses none."""
    said = f"{table.name}.written_in < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    return [literal_column(said, Boolean)] if settled else []


OUT_OF_TOUCH = (
    OSError,  # among them every timeout
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,  # a connection that was lost earlier
    asyncpg.InternalClientError,  # a connection that the server has ended this very moment
)
"""The server has not said what became of a statement."""

OUT_OF_REACH = (
    *OUT_OF_TOUCH,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,  # a password that is being replaced, or a login that was locked
    asyncpg.InvalidCatalogNameError,  # a database that is being restored
    asyncpg.OperatorInterventionError,  # among them a statement that took too long
    asyncpg.RaiseError,  # a trigger that refuses, such as one that somebody set to stop all writing
    asyncpg.ReadOnlySQLTransactionError,  # a standby that was the leader a moment ago
)
TAKEN = (asyncpg.UniqueViolationError, asyncpg.DeadlockDetectedError)
PASSES_ROW_LEVEL_SECURITY = """
    SELECT EXISTS (SELECT FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND pg_has_role(current_user, oid, 'MEMBER'))
        OR EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
                   AND pg_has_role(current_user, relowner, 'MEMBER'))
"""


@contextmanager
def reaching() -> Iterator[None]:
    """Say Unavailable when the database does not answer. What was being written then is kept whole, or not at all."""
    try:
        yield
    except (
        asyncpg.DataError
    ):  # a value of the wrong type is our own fault, though the driver counts it among the others
        raise
    except OUT_OF_REACH as failed:
        raise Unavailable from failed


def whole(record: Any, *others: Any) -> Executable:
    """One statement that changes a record and writes everything beside it, or nothing at all."""
    parts = (*beside(record), *others)
    return select(record.c.id).add_cte(*(each.cte(f"{each.table.name}_written") for each in parts))


class Statements(KindStatements):
    """What one kind needs, compiled on first use."""

    @cached_property
    def read_all(self) -> Prepared:
        """Everything that judging needs."""
        return Prepared(self.read, DIALECT)

    @cached_property
    def compiled(self) -> dict[tuple[bool, bool, bool], Prepared]:
        """The statements that write, by what they are for."""
        return {}

    def statement_for(self, write: Write, *, among_others: bool) -> Prepared:
        """The one that this write takes."""
        erases = bool(self.seals and self.seals.destroys_key(write))
        return self.writing(write.was is None, erases, among_others)

    def writing(self, begins: bool, erases: bool, among_others: bool) -> Prepared:
        """A record begun or changed, if the actor may still do so: among others that was asked already."""
        known = begins, erases, among_others
        if known not in self.compiled:
            conditions = () if among_others else (standing(HERE),)
            changed = (self.beginning if begins else self.changing)(*conditions).cte("changed")
            ends = [destroying_key(changed, HERE), destroying_parts(changed, HERE)] * erases
            key = [keeping_key(changed)] * bool(begins and self.seals) + ends
            self.compiled[known] = Prepared(whole(changed, *key), DIALECT)
        return self.compiled[known]


class PostgresStore(KeysOfRecords[Statements], Agendas[Statements]):
    """A pool of connections, for any number of processes."""

    gate = HERE

    def __init__(self, pool: Connections, kinds: Sequence[type[Record]], vault: Vault) -> None:
        """Use a pool that is open already."""
        self.pool, self.vault = pool, vault
        self.statements = {kind: Statements(kind, vault, HERE) for kind in kinds}
        self.entry_from = partial(entry_from, sealed_among(self.statements.values()), vault)
        self.prepared: dict[Any, Prepared] = {}
        self.authority = Prepared(select(standing(WHERE_AUTHORISED).label("stands")), DIALECT)
        self.receipt = Prepared(beside(gate=WHERE_ANSWERED)[-1], DIALECT)
        self.noting, self.part_kept = Prepared(noting(WHERE_SHOWN), DIALECT), Prepared(keeping_part(HERE), DIALECT)
        self.trail = Trail(self._asked, self.entry_from, ORDER, final, HERE)
        self.turn = Prepared(one_at_a_time(HERE), DIALECT)
        self.forgetting = [Prepared(each, DIALECT) for each in forgetting_all(HERE)]
        self.spending = Prepared(spending(insert, HERE), DIALECT)
        self.keeping_draft, self.drafts = (
            Prepared(keeping_draft(insert, HERE), DIALECT),
            Prepared(drafts(HERE), DIALECT),
        )

    @classmethod
    async def open(
        cls, url: str, kinds: Sequence[type[Record]], size: int, vault: Vault, patience: Patience = ORDINARY
    ) -> "PostgresStore":
        """Open a pool of `size` connections. Raises Unavailable."""
        with reaching():
            return cls(await Connections.open(url, size, patience), kinds, vault)

    async def read(self, kind: type[Record], question: Question) -> Known:
        """Everything that judging needs, in one round trip."""
        statements = self.statements[kind]
        (row,) = await self._rows(statements.read_all, asked(question))
        return statements.known(row)

    async def find(self, kind: type[Record], practice: str, equal: Mapping[str, Any]) -> list[Kept]:
        """The practice's records in which these columns agree."""
        statements = self.statements[kind]
        listing = statements.sought(practice, equal)
        prepared = self._prepared(("found", kind, shape(listing)), lambda: statements.found(listing))
        return [statements.kept(row) for row in await self._rows(prepared, listed(listing))]

    async def records(self, kind: type[Record], listing: Listing) -> list[Any]:
        """A page of records."""
        return [each.record for each in await self.kept(kind, listing)]

    async def kept(self, kind: type[Record], listing: Listing) -> list[Kept]:
        """The same, each with the head of its audit chain."""
        statements = self.statements[kind]
        prepared = self._prepared(("records", kind, shape(listing)), lambda: statements.page(listing))
        return [statements.kept(row) for row in await self._rows(prepared, listed(listing))]

    async def entries(self, listing: Listing) -> list[AuditEntry]:
        """A page of the audit trail."""
        prepared = self._prepared(("entries", shape(listing)), lambda: entries(listing, HERE))
        return [self.entry_from(row) for row in await self._rows(prepared, listed(listing))]

    async def events(self, listing: Listing) -> list[Event]:
        """A page of events, without any that an open transaction could still overtake."""
        return await self.trail.in_order(Event, listing)

    async def part(self, practice: str, record_id: UUID, number: int) -> bytes | None:
        """One part of a record's file, sealed, if it is there."""
        statement, values = partial(finding_part, HERE), sought_part(practice, record_id, number)
        rows = await self._asked("part", statement, values)
        return rows[0][0] if rows else None

    async def practice_codes(self) -> list[str]:
        """Every practice that is open here."""
        prepared = self._prepared("practices", lambda: every_practice(HERE))
        return [code for (code,) in await self._rows(prepared, {"practice": INSTALLATION})]

    async def write(self, change: Change) -> bool:
        """One record in one statement; several, or one that rests on others, in one transaction."""
        under_way = False
        try:
            async with self.pool.one() as connection:
                under_way = True
                if len(change.writes) == 1 and not change.rests_on and not change.parts:
                    return await self._write_one(connection, change, change.writes[0])
                return await self._write_several(connection, change)
        except TAKEN as taken:
            raise Taken from taken
        except asyncpg.DataError:  # our own fault, as above
            raise
        except OUT_OF_TOUCH as failed:
            raise (OutcomeUnknown if under_way else Unavailable) from failed
        except OUT_OF_REACH as failed:
            raise Unavailable from failed

    async def note(self, entry: AccessEntry) -> None:
        """Keep who is about to be shown what."""
        with reaching():
            await self.pool.execute(self.noting.sql, *self.noting.arguments(noted(entry)))

    async def spend(self, spending: Spending) -> int:
        """Spend once, in one statement."""
        with reaching():
            return await self.pool.fetchval(self.spending.sql, *self.spending.arguments(spent(spending))) or 0

    async def keep_draft(self, draft: PageDraft) -> None:
        """Keep it in one statement."""
        with reaching():
            await self.pool.execute(self.keeping_draft.sql, *self.keeping_draft.arguments(kept_draft(draft)))

    async def draft(self, practice: str, name: str, now: datetime) -> PageDraft | None:
        """What a browser has answered so far."""
        rows = await self._rows(self.drafts, {"practice": practice, "name": name, "now": now})
        return draft_from(rows)

    async def purge(self, expiry: Expiry) -> None:
        """Forget what is old enough, each part in its own transaction."""
        values = all_forgotten(expiry)
        with reaching():
            for each in self.forgetting:
                await self.pool.execute(each.sql, *each.arguments(values))

    async def renew(self, renewal: Renewal) -> None:
        """All that still can be, in one transaction."""
        with reaching():
            async with self.pool.one() as connection, connection.transaction():
                for name, statement, values in map(self._renewing, renewal.parts):
                    prepared = self._prepared(name, statement)
                    await connection.execute(prepared.sql, *prepared.arguments(values))

    async def revision(self) -> str:
        """Which migration the database is at; empty before the first."""
        try:
            with reaching():
                return str(await self.pool.glimpse(REVISION))
        except asyncpg.UndefinedTableError:
            return ""

    async def passes_row_level_security(self) -> bool:
        """Whether the role that we connect as, or one that it could become, may see every practice's rows at once."""
        with reaching():
            return bool(await self.pool.fetchval(PASSES_ROW_LEVEL_SECURITY))

    async def close(self) -> None:
        """Give the connections back."""
        await self.pool.close()

    async def _rows(self, prepared: Prepared, values: Mapping[str, Any]) -> list[list[Any]]:
        with reaching():
            rows = await self.pool.fetch(prepared.sql, *prepared.arguments(values))
        return [prepared.decoded(row) for row in rows]

    async def _asked(self, key: Any, statement: Callable[[], Executable], values: Mapping[str, Any]) -> list[list[Any]]:
        return await self._rows(self._prepared(key, statement), values)

    def _prepared(self, key: Any, statement: Callable[[], Executable]) -> Prepared:
        if key not in self.prepared:
            self.prepared[key] = Prepared(statement(), DIALECT)
        return self.prepared[key]

    async def _write_one(self, connection: Any, change: Change, write: Write, *, among_others: bool = False) -> bool:
        statements = self.statements[type(write.record)]
        statement = statements.statement_for(write, among_others=among_others)
        receipt = NO_RECEIPT if among_others else receipt_of(change)
        values = {**statements.told(write), **receipt, **standing_of(change.authority)}
        return await connection.fetchrow(statement.sql, *statement.arguments(values)) is not None

    async def _write_several(self, connection: Any, change: Change) -> bool:
        """All of it in one transaction; the first record that has moved on takes everything back.

        A call that is broken off is not taken back by a statement, which the server may never read: its connection ends,
        and the transaction with it.
        """
        transaction = connection.transaction()
        await transaction.start()
        try:
            written = await self._all_written(connection, change)
        except Exception:
            await transaction.rollback()
            raise
        await (transaction.commit() if written else transaction.rollback())
        return written

    async def _all_written(self, connection: Any, change: Change) -> bool:
        """Ask for the authority, then write each record, the parts of its file, and the receipt."""
        standing = self.authority.arguments(standing_of(change.authority))
        stands = await connection.fetchval(self.authority.sql, *standing) and await self._all_hold(connection, change)
        written = bool(stands) and await self._write_each(connection, change)
        for each in change.parts if written else ():
            await connection.execute(self.part_kept.sql, *self.part_kept.arguments(kept_part(each)))
        if written and change.receipt:
            await connection.execute(self.receipt.sql, *self.receipt.arguments(receipt_of(change)))
        return written

    async def _all_hold(self, connection: Any, change: Change) -> bool:
        """Whether what the change rests on is still so, looked up again while nobody else at the practice does the same."""
        if change.rests_on:
            await connection.fetch(self.turn.sql, *self.turn.arguments({"practice": change.rests_on[0].practice}))
        for each in change.rests_on:
            statements = self.statements[each.kind]
            listing = statements.sought(each.practice, each.equal)
            prepared = self._prepared(("found", each.kind, shape(listing)), partial(statements.found, listing))
            rows = await connection.fetch(prepared.sql, *prepared.arguments(listed(listing)))
            if not each.holds(statements.kept(prepared.decoded(row)).record for row in rows):
                return False
        return True

    async def _write_each(self, connection: Any, change: Change) -> bool:
        for each in reversed(change.writes):
            if not await self._write_one(connection, change, each, among_others=True):
                return False
        return True
