"""The audit trail as checkpoints and verifiers walk it: in the order of commits, or record by record."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, Select, Table, and_, or_, select, tuple_

from models.ledger import AccessEntry, AuditEntry, Event
from service.store import CursorExpired, Listing
from service.store.statements import (
    ACCESS,
    ENTRY,
    EVENT,
    FILLED_IN_BY_THE_DATABASE,
    LIMIT,
    NOT_THERE,
    Gate,
    listed,
    narrowed,
    page,
    place,
    shape,
    with_keys,
)

T = TypeVar("T", Event, AccessEntry)
W = TypeVar("W")
Ask = Callable[[Any, Callable[[], Executable], Mapping[str, Any]], Awaitable[list[list[Any]]]]
"""Rows for a statement that is known by a key and made on first use, with these values."""

Place = tuple[UUID, int]
"""Where an entry stands: in which record's chain, and at which version."""


class Mark(NamedTuple):
    """By what a row is known, whatever else stands in it: of a record that is itself, of a showing too, at version 0."""

    id: UUID
    record_id: UUID
    version: int
    seal: str | None
    """None where it can't be one."""


A_SEAL: Final = re.compile(r"[0-9a-f]{64}")
LOOKED_UP_TOGETHER: Final = 100
ORDERED: Final[Mapping[type[Any], Table]] = {Event: EVENT, AccessEntry: ACCESS}
"""What has a place in the order of commits."""


class Trail:
    """Readings of the trail, by whichever store can ask for rows. `final` says what nothing can come before any more."""

    def __init__(
        self,
        ask: Ask,
        entry_from: Callable[[list[Any]], AuditEntry],
        order: Sequence[str],
        final: Callable[..., list[ColumnElement[bool]]],
        gate: Gate = (),
    ) -> None:
        self.ask, self.entry_from, self.order, self.final, self.gate = ask, entry_from, order, final, gate

    async def in_order(self, model: type[T], listing: Listing, *, settled: bool = True) -> list[T]:
        """A page in the order of commits, without any that could still be overtaken. Raises CursorExpired."""
        table = ORDERED[model]
        found = await self.ask(
            ("in order", table.name, settled, shape(listing)),
            lambda: following(table, listing, self.order, self.final(table, settled=settled), self.gate),
            listed(listing),
        )
        if not found and listing.after and not await self._is_kept(table, listing):
            raise CursorExpired
        return [made(model, table, row) for row in found]

    async def newest(self, model: type[Any], practice: str) -> UUID | None:
        """The last one that nothing can come before any more: where a reader stands who has read them all."""
        table = ORDERED[model]
        statement = lambda: newest(table, self.order, self.final(table, settled=True), self.gate)  # noqa: E731 - made on first use
        found = await self.ask(("newest", table.name), statement, {"practice": practice, "limit": 1})
        return found[0][0] if found else None

    async def accesses(self, listing: Listing) -> list[AccessEntry]:
        """A page of who was shown what, in the order of identifiers."""
        rows = await self.ask(("accesses", shape(listing)), lambda: page(ACCESS, listing, self.gate), listed(listing))
        return [made(AccessEntry, ACCESS, row) for row in rows]

    async def chains(self, practice: str, after: Place | None, limit: int) -> list[AuditEntry]:
        """A page of entries, record by record, each record's in the order of its versions."""
        record_id, version = after or (None, None)
        values = {"practice": practice, "after_record": record_id, "after_version": version, "limit": limit}
        rows = await self.ask(("chains", after is None), lambda: chained(after is not None, self.gate), values)
        return [self.entry_from(row) for row in rows]

    async def chain(self, practice: str, record_id: UUID) -> list[AuditEntry]:
        """All entries of one record, in the order of its versions."""
        values = {"practice": practice, "equal_record_id": record_id}
        return [self.entry_from(row) for row in await self.ask("chain", lambda: one_chain(self.gate), values)]

    async def seals_at(self, practice: str, places: Sequence[Place]) -> dict[Place, str]:
        """The seals of the entries at these places, of those that are there; nothing else of them is looked at."""
        found: dict[Place, str] = {}
        for wanted in _together(places):
            values = {
                "practice": practice,
                **{f"record_{n}": record_id for n, (record_id, _) in enumerate(wanted)},
                **{f"version_{n}": version for n, (_, version) in enumerate(wanted)},
            }
            rows = await self.ask("seals at", lambda: seals_at_places(self.gate), values)
            found |= {(record_id, version): seal for record_id, version, seal in rows}
        return found

    async def access_seals(self, practice: str, wanted: Sequence[UUID]) -> dict[UUID, str]:
        """The same of entries of who was shown what."""
        found: dict[UUID, str] = {}
        for some in _together(wanted):
            values = {"practice": practice, **{f"id_{n}": each for n, each in enumerate(some)}}
            rows = await self.ask("access seals", lambda: seals_of_accesses(self.gate), values)
            found |= {access: seal for access, seal in rows}  # noqa: C416 - rows are lists, which dict() is not said to take
        return found

    async def marks(self, table: Table, practice: str, after: Place | UUID | None, limit: int) -> list[Mark]:
        """A page of rows, of entries record by record, of which nothing else is looked at. Raises ValueError."""
        record_id, version = after if isinstance(after, tuple) else (after, None)
        values = {"practice": practice, "after_record": record_id, "after_version": version, "limit": limit}
        begun = after is not None
        rows = await self.ask(("marks", table.name, begun), lambda: marked(table, begun, self.gate), values)
        return [mark_from(*row) for row in rows]

    async def _is_kept(self, table: Table, listing: Listing) -> bool:
        return bool(await self.ask(("one", table.name), lambda: one_of(table, self.gate), listed(listing)))


def made(model: type[T], table: Table, row: Sequence[Any]) -> T:
    """A row as what it keeps: validated when it was written, and not again."""
    columns = zip(table.c.keys(), row, strict=True)
    return model.model_construct(**{name: value for name, value in columns if name not in FILLED_IN_BY_THE_DATABASE})


def mark_from(row_id: UUID, record_id: UUID, version: Any, seal: Any) -> Mark:
    """A mark, with nothing in it that could be anything else. Raises ValueError."""
    if not isinstance(version, int):
        raise ValueError("a version in the database is no number")
    return Mark(row_id, record_id, version, seal if isinstance(seal, str) and A_SEAL.fullmatch(seal) else None)


def marked(table: Table, begun: bool, gate: Gate = ()) -> Select[Any]:
    """Marks of the rows of a table, in the order in which its pages are read."""
    where = [table.c.record_id, table.c.version] if table is ENTRY else [table.c.id]
    names = ("after_record", "after_version")[: len(where)]
    stands = tuple_(*(place(name, column) for name, column in zip(names, where, strict=True)))
    after = [tuple_(*where) > stands] if begun else []
    version = NOT_THERE if table is ACCESS else table.c.version
    query = select(table.c.id, where[0].label("of"), version.label("at_version"), table.c.seal)
    here = table.c.practice == place("practice", table.c.practice)
    return query.where(here, *after, *gate).order_by(table.c.practice, *where).limit(place("limit", LIMIT))


def chained(begun: bool, gate: Gate = ()) -> Select[Any]:
    """The entries of one record after those of another."""
    stands = tuple_(place("after_record", ENTRY.c.record_id), place("after_version", ENTRY.c.version))
    after = [tuple_(ENTRY.c.record_id, ENTRY.c.version) > stands] if begun else []
    return _in_chains(*after, gate=gate).limit(place("limit", LIMIT))


def one_chain(gate: Gate = ()) -> Select[Any]:
    """The entries of one record."""
    return _in_chains(ENTRY.c.record_id == place("equal_record_id", ENTRY.c.record_id), gate=gate)


def seals_at_places(gate: Gate = ()) -> Select[Any]:
    """The seals at so many places, by the index on both."""
    here = ENTRY.c.practice == place("practice", ENTRY.c.practice)
    there = or_(
        *(
            and_(
                ENTRY.c.record_id == place(f"record_{n}", ENTRY.c.record_id),
                ENTRY.c.version == place(f"version_{n}", ENTRY.c.version),
            )
            for n in range(LOOKED_UP_TOGETHER)
        )
    )
    order = (ENTRY.c.practice, ENTRY.c.record_id, ENTRY.c.version)
    return select(ENTRY.c.record_id, ENTRY.c.version, ENTRY.c.seal).where(here, there, *gate).order_by(*order)


def seals_of_accesses(gate: Gate = ()) -> Select[Any]:
    """The seals of so many entries of who was shown what."""
    here = ACCESS.c.practice == place("practice", ACCESS.c.practice)
    named = ACCESS.c.id.in_([place(f"id_{n}", ACCESS.c.id) for n in range(LOOKED_UP_TOGETHER)])
    return select(ACCESS.c.id, ACCESS.c.seal).where(here, named, *gate)


def _together(wanted: Sequence[W]) -> Iterator[list[W]]:
    """As many as are looked up together, the last once more where there are fewer: one statement for any number."""
    for begin in range(0, len(wanted), LOOKED_UP_TOGETHER):
        some = list(wanted[begin : begin + LOOKED_UP_TOGETHER])
        yield [*some, *some[-1:] * (LOOKED_UP_TOGETHER - len(some))]


def _in_chains(*conditions: ColumnElement[bool], gate: Gate) -> Select[Any]:
    here = ENTRY.c.practice == place("practice", ENTRY.c.practice)
    order = (ENTRY.c.practice, ENTRY.c.record_id, ENTRY.c.version)
    return with_keys(ENTRY, ENTRY.c.record_id).where(here, *conditions, *gate).order_by(*order)


def following(
    table: Table, listing: Listing, order: Sequence[str], final: Sequence[ColumnElement[bool]], gate: Gate = ()
) -> Select[Any]:
    """A page in this order, of those that meet the conditions: after the one that the cursor names."""
    query = select(*table.c).where(*narrowed(table, replace(listing, after=None)), *final, *gate)
    if listing.after is not None:
        # A subquery, and not a join: so that an index begins where the cursor stands, however many came before.
        last = table.alias("last")
        there = (last.c.practice == place("practice", last.c.practice)) & (last.c.id == place("after", last.c.id))
        stands = select(*(last.c[name] for name in order)).where(there, *gate).scalar_subquery()
        query = query.where(tuple_(*(table.c[name] for name in order)) > stands)
    return query.order_by(table.c.practice, *(table.c[name] for name in order)).limit(place("limit", LIMIT))


def newest(table: Table, order: Sequence[str], final: Sequence[ColumnElement[bool]], gate: Gate = ()) -> Select[Any]:
    """The last of them."""
    here = table.c.practice == place("practice", table.c.practice)
    backwards = (table.c[name].desc() for name in ("practice", *order))
    return select(table.c.id).where(here, *final, *gate).order_by(*backwards).limit(place("limit", LIMIT))


def one_of(table: Table, gate: Gate = ()) -> Select[Any]:
    """Whether the one at which a cursor stands is still kept."""
    here = table.c.practice == place("practice", table.c.practice)
    return select(table.c.id).where(here, table.c.id == place("after", table.c.id), *gate)
