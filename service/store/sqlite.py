"""SQLite: one writer thread, many changes per commit, every commit durable; readers never wait for it."""

import asyncio
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, literal_column, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite_dialect

from models.drafts import PageDraft
from models.ledger import AccessEntry, AuditEntry, Event
from models.record import Record
from service.store import (
    Authority,
    Change,
    Expiry,
    Kept,
    Known,
    Listing,
    OutcomeUnknown,
    Question,
    Reliance,
    Renewal,
    Spending,
    Unavailable,
    Write,
)
from service.store.agendas import Agendas
from service.store.budgets import spending, spent
from service.store.drafts import draft_from, drafts, keeping_draft, kept_draft
from service.store.expiry import all_forgotten, forgetting_all
from service.store.file_parts import destroying_parts, finding_part, keeping_part, kept_part, sought_part
from service.store.jobs import Job, Task
from service.store.prepared import Prepared
from service.store.record_keys import KeysOfRecords, destroying_key, keeping_key
from service.store.sqlite_faults import BUSY, OUT_OF_REACH, explained, name_of, reaching
from service.store.statements import (
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
    receipt_of,
    sealed_among,
    shape,
    standing,
    standing_of,
)
from service.store.trail import Trail
from service.store.turns import ORDINARY, READY_WITHIN, Patience, Turns
from service.vault import Vault

DIALECT = sqlite_dialect()
TOGETHER = 64  # changes in one commit, at most
SETTINGS = (
    "busy_timeout=5000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "mmap_size=0",
    "secure_delete=ON",
)
LOOK_AGAIN_AFTER = 0.02  # seconds, when somebody keeps readers out
ORDER = ("position",)
MIGRATED = "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"


def final(table: Table, *, settled: bool) -> list[ColumnElement[bool]]:  # noqa: ARG001 - there is one writer: what is visible is settled
    """What the index on the order of commits wants said."""
    return [table.c.written_in == literal_column("0")]


def connect(path: Path) -> sqlite3.Connection:
    """A connection on which transactions begin only where we say so."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    return connection


class Statements(KindStatements):
    """What one kind needs, compiled on first use."""

    @cached_property
    def read_all(self) -> Prepared:
        """Everything that judging needs."""
        return Prepared(self.read, DIALECT)

    @cached_property
    def write_new(self) -> Prepared:
        """A new record."""
        return Prepared(self.beginning(), DIALECT)

    @cached_property
    def write_next(self) -> Prepared:
        """The next version of a record."""
        return Prepared(self.changing(), DIALECT)


class SQLiteStore(KeysOfRecords[Statements], Agendas[Statements]):
    """One file in one folder, for one process."""

    def __init__(self, path: Path, kinds: Sequence[type[Record]], vault: Vault, patience: Patience = ORDINARY) -> None:
        """Open the file and start the writer."""
        self.turns, self.vault = Turns(patience), vault
        self.statements = {kind: Statements(kind, vault) for kind in kinds}
        self.entry_from = partial(entry_from, sealed_among(self.statements.values()), vault)
        self.pages: dict[Any, Prepared] = {}
        self.entry, self.event, self.receipt = (Prepared(each, DIALECT) for each in beside())
        self.key_kept, self.part_kept = (Prepared(each, DIALECT) for each in (keeping_key(), keeping_part()))
        self.destroying = [Prepared(each, DIALECT) for each in (destroying_key(), destroying_parts())]
        self.destroyed = False
        self.authority, self.noting = (
            Prepared(each, DIALECT) for each in (select(standing(()).label("stands")), noting())
        )
        self.trail = Trail(self._asked, self.entry_from, ORDER, final)
        self.forgetting = [Prepared(each, DIALECT) for each in forgetting_all()]
        on_conflict = (spending(insert), keeping_draft(insert))
        self.spending, self.keeping_draft = (Prepared(each, DIALECT) for each in on_conflict)
        self.drafts = Prepared(drafts(), DIALECT)
        with reaching():
            self.reader, self.writer = connect(path), connect(path)
            self.reader.execute("PRAGMA busy_timeout=0")  # whoever waits in the event loop's thread lets everybody wait
            self.writer.execute(f"PRAGMA busy_timeout={int(patience.deadline * 1000)}")
        self.jobs: SimpleQueue[Job | None] = SimpleQueue()
        self.thread = Thread(target=self._write_all, name="sqlite-writer", daemon=True)
        self.thread.start()

    async def read(self, kind: type[Record], question: Question) -> Known:
        """Everything that judging needs, in one reading."""
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
        prepared = self._prepared(("entries", shape(listing)), lambda: entries(listing))
        return [self.entry_from(row) for row in await self._rows(prepared, listed(listing))]

    async def events(self, listing: Listing) -> list[Event]:
        """A page of events. There is one writer, so what is visible can't be overtaken."""
        return await self.trail.in_order(Event, listing)

    async def part(self, practice: str, record_id: UUID, number: int) -> bytes | None:
        """One part of a record's file, sealed, if it is there."""
        rows = await self._asked("part", finding_part, sought_part(practice, record_id, number))
        return rows[0][0] if rows else None

    async def practice_codes(self) -> list[str]:
        """Every practice that is open here."""
        return [code for (code,) in await self._rows(self._prepared("practices", every_practice), {})]

    async def write(self, change: Change) -> bool:
        """Hand the change to the writer, and wait until it is on disk."""
        return bool(await self._by_the_writer(change))

    async def spend(self, spending: Spending) -> int:
        """Let the writer spend once."""
        return await self._by_the_writer(spending)

    async def keep_draft(self, draft: PageDraft) -> None:
        """Let the writer keep it."""
        await self._by_the_writer(draft)

    async def draft(self, practice: str, name: str, now: datetime) -> PageDraft | None:
        """What a browser has answered so far."""
        return draft_from(await self._rows(self.drafts, {"practice": practice, "name": name, "now": now}))

    async def note(self, entry: AccessEntry) -> None:
        """Hand who is about to be shown what to the writer, and wait until it is on disk."""
        await self._by_the_writer(entry)

    async def purge(self, expiry: Expiry) -> None:
        """Let the writer forget what is old enough."""
        await self._by_the_writer(expiry)

    async def renew(self, renewal: Renewal) -> None:
        """Let the writer keep all that still can be."""
        await self._by_the_writer(renewal)

    async def revision(self) -> str:
        """Which migration the file is at; empty before the first."""
        patience = min(READY_WITHIN, self.turns.patience.deadline)
        migrated = await self._found(MIGRATED, (), patience) and await self._found(REVISION, (), patience)
        return str(migrated[0][0]) if migrated else ""

    async def close(self) -> None:
        """Write what is waiting, and then let go."""
        self.jobs.put(None)
        await asyncio.to_thread(self.thread.join)
        self.reader.close()
        self.writer.close()

    async def _rows(self, prepared: Prepared, values: Mapping[str, Any]) -> list[list[Any]]:
        rows = await self._found(prepared.sql, prepared.arguments(values), self.turns.patience.deadline)
        return [prepared.decoded(row) for row in rows]

    async def _found(self, sql: str, arguments: Sequence[Any], patience: float) -> list[tuple[Any, ...]]:
        """What a statement brings. Readers wait for nobody, unless somebody took the whole file for themselves."""
        give_up_at = time.monotonic() + patience
        while True:
            try:
                return self.reader.execute(sql, arguments).fetchall()
            except sqlite3.OperationalError as failed:
                if not name_of(failed):  # the driver's own words, which quote what it could not decode
                    raise ValueError("a text in the database is not UTF-8") from None
                if not name_of(failed).startswith(OUT_OF_REACH):
                    raise
                if not name_of(failed).startswith(BUSY) or time.monotonic() > give_up_at:
                    raise Unavailable from failed
            await asyncio.sleep(LOOK_AGAIN_AFTER)

    async def _asked(self, key: Any, statement: Any, values: Mapping[str, Any]) -> list[list[Any]]:
        return await self._rows(self._prepared(key, statement), values)

    def _prepared(self, key: Any, statement: Any) -> Prepared:
        if key not in self.pages:
            self.pages[key] = Prepared(statement(), DIALECT)
        return self.pages[key]

    async def _by_the_writer(self, what: Task) -> int:
        loop = asyncio.get_running_loop()
        job = Job(what, loop, loop.create_future())
        try:
            async with self.turns.turn():
                self.jobs.put(job)
                return await job.done
        except TimeoutError as late:
            raise OutcomeUnknown from late

    def _write_all(self) -> None:
        """Take what is waiting, write it in one transaction, and only then tell those who wait."""
        while jobs := self._waiting():
            for job, outcome in zip(jobs, self._together(jobs), strict=True):
                job.tell(outcome)
            self._leave_no_trace()

    def _leave_no_trace(self) -> None:
        """Once a key was destroyed, empty the log as well, in which it stands still; nobody waits for that."""
        if self.destroyed:
            with suppress(sqlite3.Error):  # it is emptied sooner or later anyhow
                self.writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.destroyed = False

    def _waiting(self) -> list[Job]:
        """What goes into the next commit; nothing once the store closes, which is said by a None at the very end."""
        jobs: list[Job] = []
        while not jobs or (len(jobs) < TOGETHER and not self.jobs.empty()):
            job = self.jobs.get()
            if job is None:
                if jobs:
                    self.jobs.put(None)
                break
            jobs.append(job)
        return jobs

    def _together(self, jobs: list[Job]) -> list[int | Exception]:
        """All in one commit; if one of them fails, each in its own, so that the others stand."""
        try:
            self._begin()
            outcomes: list[int | Exception] = [job.wanted and self._done(job.what) for job in jobs]
            self.writer.execute("COMMIT")
            return outcomes
        except Exception as failed:  # noqa: BLE001 - whatever went wrong is told to whoever waits for it
            self._take_back()
            if len(jobs) > 1 and not name_of(failed).startswith(OUT_OF_REACH):
                return [outcome for each in jobs for outcome in self._together([each])]
            return [explained(failed) for _ in jobs]

    def _begin(self) -> None:
        """A new transaction: what a full disk may have kept from being taken back is taken back first."""
        if self.writer.in_transaction:
            self.writer.execute("ROLLBACK")
        self.writer.execute("BEGIN IMMEDIATE")

    def _take_back(self) -> None:
        with suppress(sqlite3.Error):  # tried again before anything else is begun
            if self.writer.in_transaction:
                self.writer.execute("ROLLBACK")

    def _done(self, what: Task) -> int:
        match what:
            case Change():
                return self._write(what)
            case AccessEntry():
                return self._note(what)
            case Spending():
                return self._spend(what)
            case PageDraft():
                self.writer.execute(self.keeping_draft.sql, self.keeping_draft.arguments(kept_draft(what)))
                return True
            case Renewal():
                return self._renew(what)
            case Expiry():
                return self._forget(what)

    def _note(self, entry: AccessEntry) -> bool:
        self.writer.execute(self.noting.sql, self.noting.arguments(noted(entry)))
        return True

    def _renew(self, renewal: Renewal) -> bool:
        for name, statement, values in map(self._renewing, renewal.parts):
            prepared = self._prepared(name, statement)
            self.writer.execute(prepared.sql, prepared.arguments(values))
        return True

    def _spend(self, asked: Spending) -> int:
        row = self.writer.execute(self.spending.sql, self.spending.arguments(spent(asked))).fetchone()
        return int(row[0]) if row else 0

    def _forget(self, expiry: Expiry) -> bool:
        for each in self.forgetting:
            self.writer.execute(each.sql, each.arguments(all_forgotten(expiry)))
        return True

    def _write(self, change: Change) -> bool:
        """One change whole, or none of it: a part that can't be written takes the others back."""
        self.writer.execute("SAVEPOINT change")
        stands = self._still_authorised(change.authority) and all(self._still_holds(each) for each in change.rests_on)
        written = stands and all(self._write_one(each) for each in reversed(change.writes))
        if written and change.receipt:
            self.writer.execute(self.receipt.sql, self.receipt.arguments(receipt_of(change)))
        for each in change.parts if written else ():
            self.writer.execute(self.part_kept.sql, self.part_kept.arguments(kept_part(each)))
        self.writer.execute("RELEASE change" if written else "ROLLBACK TO change")
        return written

    def _still_authorised(self, authority: Authority) -> bool:
        """Judged once, before anything is written: a change may alter the very roles and settings that allow it."""
        (stands,) = self.writer.execute(self.authority.sql, self.authority.arguments(standing_of(authority))).fetchone()
        return bool(stands)

    def _still_holds(self, reliance: Reliance) -> bool:
        """Looked up again, by the only one who writes."""
        statements = self.statements[reliance.kind]
        listing = statements.sought(reliance.practice, reliance.equal)
        prepared = self._prepared(("found", reliance.kind, shape(listing)), lambda: statements.found(listing))
        rows = self.writer.execute(prepared.sql, prepared.arguments(listed(listing))).fetchall()
        return reliance.holds(statements.kept(prepared.decoded(row)).record for row in rows)

    def _write_one(self, write: Write) -> bool:
        statements = self.statements[type(write.record)]
        values = statements.told(write)
        statement = statements.write_new if write.was is None else statements.write_next
        if not self.writer.execute(statement.sql, statement.arguments(values)).fetchall():
            return False
        for each in (self.entry, self.event, *self._key_of(statements, write)):
            self.writer.execute(each.sql, each.arguments(values))
        return True

    def _key_of(self, statements: Statements, write: Write) -> list[Prepared]:
        """What becomes of the record's key, if it has one, and of what else is sealed under it."""
        if statements.seals is None:
            return []
        begun, erased = write.was is None, statements.seals.destroys_key(write)
        self.destroyed |= erased
        return [self.key_kept] * begun + self.destroying * erased
