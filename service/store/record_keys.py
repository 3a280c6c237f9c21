"""The keys of records: how they begin and end, and what is asked when a newer key takes the place of those that wrap them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Executable,
    String,
    Table,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from models.record import Record
from models.sealing import RecordKey
from service.store import Reindexed, Rewrapped
from service.store.statements import KEY, LIMIT, Gate, KindStatements, key_from, place, places, values

AT_ONCE = 500
S = TypeVar("S", bound=KindStatements)
Statement = Callable[[], Executable]


def keeping_key(changed: Any = None) -> Any:
    """The key of a record that begins: if it did."""
    row = select(*places(KEY).values())
    return insert(KEY).from_select(list(places(KEY)), row if changed is None else row.select_from(changed))


def destroying_key(changed: Any = None, gate: Gate = ()) -> Any:
    """The end of a record's key: if the record was erased."""
    erased = () if changed is None else (exists(select(changed.c.id)),)
    these = (KEY.c[name] == value for name, value in places(KEY).items() if name in {"practice", "record_id"})
    return delete(KEY).where(*these, *erased, *gate)


def next_key_id(gate: Gate = ()) -> Executable:
    """The first fingerprint after one, of those under which a practice's keys are wrapped: found without reading them all."""
    following = KEY.c.key_id > place("key_id", KEY.c.key_id)
    return select(func.min(KEY.c.key_id)).where(here(KEY), following, *gate)


def keys_counted(gate: Gate = ()) -> Executable:
    """How many of a practice's keys are wrapped under each."""
    return select(KEY.c.key_id, func.count(KEY.c.record_id)).where(here(KEY), *gate).group_by(KEY.c.key_id)


def keys_not_under(gate: Gate = ()) -> Executable:
    """Some of a practice's keys that are wrapped under another than this, after one of them."""
    others = KEY.c.key_id != place("key_id", KEY.c.key_id)
    after = KEY.c.record_id > place("after", KEY.c.record_id)
    return select(*KEY.c).where(here(KEY), others, after, *gate).order_by(KEY.c.record_id).limit(place("limit", LIMIT))


def not_indexed_under(table: Table, kind: type[Record], gate: Gate = ()) -> Executable:
    """Some of a practice's records that are found under another key than this, after one of them."""
    newest = bindparam("newest", type_=String())
    old = or_(*(table.c[f"{each}_index"].not_like(newest) for each in kind.found_by))
    after = table.c.id > place("after", table.c.id)
    return select(table.c.id).where(here(table), old, after, *gate).order_by(table.c.id).limit(place("limit", LIMIT))


def rewrapping(gate: Gate = ()) -> Executable:
    """A key wrapped anew, if nobody did so, or destroyed it, meanwhile."""
    was = KEY.c.wrapped == place("was", KEY.c.wrapped)
    this = KEY.c.record_id == place("record_key_record_id", KEY.c.record_id)
    new = {name: place(f"record_key_{name}", KEY.c[name]) for name in ("key_id", "wrapped")}
    return update(KEY).where(here(KEY), this, was, *gate).values(new)


def reindexing(table: Table, kind: type[Record], gate: Gate = ()) -> Executable:
    """How a record is found, anew, if it is at the version that was read."""
    this = (table.c[name] == place(name, table.c[name]) for name in ("id", "version"))
    new = {f"{each}_index": place(f"{each}_index", table.c[f"{each}_index"]) for each in kind.found_by}
    return update(table).where(here(table), *this, *gate).values(new)


def here(table: Table) -> ColumnElement[bool]:
    """Of one practice."""
    return table.c.practice == place("practice", table.c.practice)


def asked_about(practice: str, key_id: str, after: UUID | None = None) -> Mapping[str, Any]:
    """The values of a question about keys."""
    return {"practice": practice, "key_id": key_id, "newest": f"{key_id}.%", "after": after, "limit": AT_ONCE}


class KeysOfRecords(ABC, Generic[S]):
    """What both databases are asked about keys alike. `gate` is what else a database wants said."""

    statements: Mapping[type[Record], S]
    gate: Gate = ()

    async def key_ids(self, practice: str) -> set[str]:
        """The fingerprints of the keys that a practice's record keys are wrapped under."""
        found, statement = [""], partial(next_key_id, self.gate)
        while (following := await self._asked("key ids", statement, asked_about(practice, found[-1])))[0][0]:
            found.append(following[0][0])
        return set(found[1:])

    async def keys_counted(self, practice: str) -> dict[str, int]:
        """How many record keys are wrapped under each."""
        return dict(await self._asked("keys counted", partial(keys_counted, self.gate), {"practice": practice}))

    async def keys_not_under(self, practice: str, key_id: str, after: UUID) -> list[RecordKey]:
        """Some record keys that are wrapped under another than this, in the order of their records."""
        about = asked_about(practice, key_id, after)
        rows = await self._asked("keys not under", partial(keys_not_under, self.gate), about)
        return [key for row in rows if (key := key_from(row))]

    async def not_indexed_under(self, kind: type[Record], practice: str, key_id: str, after: UUID) -> list[UUID]:
        """Some records that are found under another key than this, in order."""
        statement = partial(not_indexed_under, self.statements[kind].table, kind, self.gate)
        rows = await self._asked(("not indexed under", kind), statement, asked_about(practice, key_id, after))
        return [found for (found,) in rows]

    def _renewing(self, part: Rewrapped | Reindexed) -> tuple[Any, Statement, Mapping[str, Any]]:
        """A name for the statement, the statement, and its values."""
        if isinstance(part, Rewrapped):
            about = {**values(KEY, part.key), "practice": part.key.practice, "was": part.was}
            return "rewrapping", partial(rewrapping, self.gate), about
        record, kind = part.record, type(part.record)
        table, seals = self.statements[kind].table, self.statements[kind].seals
        indexes = seals.indexes(record) if seals else {}
        about = {"practice": record.practice, "id": record.id, "version": record.version, **indexes}
        return ("reindexing", kind), partial(reindexing, table, kind, self.gate), about

    @abstractmethod
    async def _asked(self, key: Any, statement: Statement, values: Mapping[str, Any]) -> list[list[Any]]:
        """Ask something that is compiled once, and known by this key."""
