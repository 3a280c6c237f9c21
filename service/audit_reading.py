"""Reading the audit trail when some of it can't be read: what is damaged is named row by row, and hides nothing else."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import Table

from models.ledger import AccessEntry, AuditEntry
from models.record import Record
from service.key_ring import KeyMissing
from service.store import Kept, Listing, Store
from service.store.statements import ACCESS, ENTRY, table_of
from service.store.trail import Mark, Place

T = TypeVar("T")

PAGE: Final = 500
FAULTS: Final = (ArithmeticError, KeyMissing, LookupError, RecursionError, TypeError, ValueError)
"""What reading a row ends in when a value in it is not what it can be, or when it is kept under a key that isn't there."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that is there and can't be read: where it stands, and the seal beside it, if that still looks like one."""

    table: str
    id: UUID
    record_id: UUID
    version: int
    seal: str | None
    key_missing: bool


def unreadable(table: str, mark: Mark, fault: BaseException) -> Unreadable:
    """What is left to say of a row whose reading ended like this."""
    return Unreadable(table, mark.id, mark.record_id, mark.version, mark.seal, isinstance(fault, KeyMissing))


async def entries_after(store: Store, practice: str, after: Place | None) -> Sequence[AuditEntry | Unreadable]:
    """A page of entries, record by record."""
    try:
        return await store.trail.chains(practice, after, PAGE)
    except FAULTS:
        marks = await store.trail.marks(ENTRY, practice, after, PAGE)
        return await _one_by_one(ENTRY, marks, lambda each: store.entries(Listing(practice, {"id": each})))


async def accesses_after(store: Store, practice: str, after: UUID | None) -> Sequence[AccessEntry | Unreadable]:
    """A page of showings, by their identifiers."""
    try:
        return await store.trail.accesses(Listing(practice, after=after, limit=PAGE))
    except FAULTS:
        marks = await store.trail.marks(ACCESS, practice, after, PAGE)
        return await _one_by_one(ACCESS, marks, lambda each: store.trail.accesses(Listing(practice, {"id": each})))


async def records_after(
    store: Store, kind: type[Record], practice: str, after: UUID | None
) -> Sequence[Kept | Unreadable]:
    """A page of records of one kind, by their identifiers."""
    try:
        return await store.kept(kind, Listing(practice, after=after, limit=PAGE))
    except FAULTS:
        marks = await store.trail.marks(table_of(kind), practice, after, PAGE)
        return await _one_by_one(table_of(kind), marks, lambda each: store.find(kind, practice, {"id": each}))


async def _one_by_one(
    table: Table, marks: Sequence[Mark], read: Callable[[UUID], Awaitable[list[T]]]
) -> list[T | Unreadable]:
    """The same rows, each read by itself."""
    found: list[Any] = []
    for mark in marks:
        try:
            found += await read(mark.id)
        except FAULTS as fault:
            found.append(unreadable(str(table.name), mark, fault))
    return found
