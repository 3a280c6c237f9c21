"""The audit trail, record by record: each record's entries together with the record itself, in pages, whatever their number."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from models.ledger import AuditEntry
from models.record import Record
from service.audit_reading import FAULTS, Unreadable, entries_after, records_after
from service.store import Kept, Store
from service.store.trail import Place
from workflows.registry import ALL

READINGS: Final = 3
"""Of a record that changes while it is read."""

KINDS: Final[dict[str, type[Record]]] = {workflow.name: workflow.kind for workflow in ALL}


@dataclass(frozen=True, slots=True)
class Life:
    """All entries of a record, by their versions, and the record as it is kept, with the head of its chain."""

    record_id: UUID
    links: Sequence[AuditEntry | Unreadable]
    kept: Kept | Unreadable | None

    @property
    def entries(self) -> list[AuditEntry]:
        """Those of the entries that can be read."""
        return [each for each in self.links if isinstance(each, AuditEntry)]

    @property
    def kind(self) -> str:
        """What kind of record it is, as far as can be told."""
        if isinstance(self.kept, Unreadable):
            return self.kept.table
        if self.kept is None:
            return next((each.kind for each in self.entries), "record")
        return next(name for name, kind in KINDS.items() if isinstance(self.kept.record, kind))

    @property
    def erased(self) -> bool:
        """Whether its last entry says that the record was erased: then what was sent may be gone, together with its salt.

        Of an entry that can't be read nobody knows.
        """
        kind, last = KINDS.get(self.kind), self.links[-1] if self.links else None
        return isinstance(last, Unreadable) or (kind is not None and last is not None and last.target in kind.erased_in)

    @property
    def whole(self) -> bool:
        """Whether all of it can be read."""
        return not any(isinstance(each, Unreadable) for each in (*self.links, self.kept))

    @property
    def agrees(self) -> bool:
        """Whether entries and record were read at the same moment, or nothing is amiss anyway."""
        last = self.links[-1] if self.links else None
        return last is not None and self.kept is not None and self.kept.seal == last.seal


async def lives(store: Store, practice: str) -> AsyncIterator[Life]:
    """Every record that has an entry, and every record that there is, in the order of identifiers."""
    chains, heads = _chains(store, practice), _heads(store, practice)
    chain, head = await anext(chains, None), await anext(heads, None)
    while chain or head:
        record_id = min(each for each in (chain and chain[0].record_id, head and _id_of(head)) if each)
        mine = chain if chain and chain[0].record_id == record_id else []
        kept = head if head and _id_of(head) == record_id else None
        yield await _read_together(store, practice, Life(record_id, mine, kept))
        chain = await anext(chains, None) if mine else chain
        head = await anext(heads, None) if kept else head


def _id_of(head: Kept | Unreadable) -> UUID:
    found: UUID = head.id if isinstance(head, Unreadable) else head.record.id
    return found


async def _read_together(store: Store, practice: str, life: Life) -> Life:
    """The same, read again if it changed between the reading of its entries and that of the record."""
    for _ in range(READINGS):
        kind = KINDS.get(life.kind)
        if life.agrees or kind is None or not life.whole:
            break
        try:
            entries = await store.trail.chain(practice, life.record_id)
            kept = await store.find(kind, practice, {"id": life.record_id})
        except FAULTS:
            break
        life = Life(life.record_id, entries, kept[0] if kept else None)
        if not entries and not kept:
            break
    return life


async def _chains(store: Store, practice: str) -> AsyncIterator[list[AuditEntry | Unreadable]]:
    """The entries of one record after those of another."""
    chain: list[AuditEntry | Unreadable] = []
    after: Place | None = None
    while page := await entries_after(store, practice, after):
        for entry in page:
            if chain and entry.record_id != chain[0].record_id:
                yield chain
                chain = []
            chain.append(entry)
        after = (page[-1].record_id, page[-1].version)
    if chain:
        yield chain


async def _heads(store: Store, practice: str) -> AsyncIterator[Kept | Unreadable]:
    """Records of every kind, merged by their identifiers."""
    streams = [_of_kind(store, kind, practice) for kind in KINDS.values()]
    waiting: dict[int, Kept | Unreadable] = {}
    for n, stream in enumerate(streams):
        await _refill(waiting, n, stream)
    while waiting:
        first = min(waiting, key=lambda n: _id_of(waiting[n]))
        yield waiting.pop(first)
        await _refill(waiting, first, streams[first])


async def _refill(waiting: dict[int, Kept | Unreadable], place: int, stream: AsyncIterator[Kept | Unreadable]) -> None:
    if (following := await anext(stream, None)) is not None:
        waiting[place] = following


async def _of_kind(store: Store, kind: type[Any], practice: str) -> AsyncIterator[Kept | Unreadable]:
    after: UUID | None = None
    while page := await records_after(store, kind, practice, after):
        for each in page:
            yield each
        after = _id_of(page[-1])
