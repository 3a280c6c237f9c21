"""What falls due first: pages of a kind's records by the moment at which they are due, read without opening anything sealed."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, ColumnElement, Executable, Select, Table, select, tuple_

from models.record import Record, remade
from models.sealing import Sealed
from service.store import Agenda
from service.store.statements import LIMIT, Gate, KindStatements, place

S = TypeVar("S", bound=KindStatements)
ONLY_IN_THE_ROW = frozenset({"seal"})


def in_the_clear(table: Table) -> list[Column[Any]]:
    """The columns of a record that stand open in its row."""
    return [each for each in table.c if not isinstance(each.type, Sealed) and each.name not in ONLY_IN_THE_ROW]


def soonest(table: Table, agenda: Agenda, gate: Gate) -> Select[Any]:
    """A page of what is due, soonest first: the index on the practice and the moment brings no row that is not wanted."""
    rows = select(*in_the_clear(table)).where(*due(table, agenda), *gate)
    return rows.order_by(table.c.practice, table.c.due_at, table.c.id).limit(place("limit", LIMIT))


def due(table: Table, agenda: Agenda) -> list[ColumnElement[bool]]:
    """What the agenda asks for."""
    conditions = [table.c.practice == place("practice", table.c.practice), table.c.due_at.is_not(None)]
    if agenda.before is not None:
        conditions.append(table.c.due_at < place("before", table.c.due_at))
    if agenda.since is not None:
        conditions.append(table.c.due_at >= place("since", table.c.due_at))
    if agenda.after is not None:
        last = tuple_(place("after_at", table.c.due_at), place("after_id", table.c.id))
        conditions.append(tuple_(table.c.due_at, table.c.id) > last)
    conditions += [
        table.c[name].in_([place(f"among_{name}_{n}", table.c[name]) for n in range(len(each))])
        for name, each in agenda.among.items()
    ]
    return conditions


def asked(agenda: Agenda) -> Mapping[str, Any]:
    """The values of a page."""
    after_at, after_id = agenda.after or (None, None)
    among = {f"among_{name}_{n}": value for name, each in agenda.among.items() for n, value in enumerate(each)}
    return {
        "practice": agenda.practice, "before": agenda.before, "since": agenda.since, "limit": agenda.limit,
        "after_at": after_at, "after_id": after_id, **among,
    }  # fmt: skip


def shape(agenda: Agenda) -> tuple[Any, ...]:
    """What tells one page's statement from another's."""
    among = tuple((name, len(each)) for name, each in agenda.among.items())
    return (agenda.before is None, agenda.since is None, agenda.after is None, among)


class Agendas(ABC, Generic[S]):
    """What both databases are asked alike about what falls due. `gate` is what else a database wants said."""

    statements: Mapping[type[Record], S]
    gate: Gate = ()

    async def agenda(self, kind: type[Record], agenda: Agenda) -> list[Any]:
        """A page of records, soonest due first, without what is kept sealed of them."""
        table = self.statements[kind].table
        statement = partial(soonest, table, agenda, self.gate)
        rows = await self._asked(("agenda", kind, shape(agenda)), statement, asked(agenda))
        names = [each.name for each in in_the_clear(table)]
        return [remade(kind, dict(zip(names, row, strict=True))) for row in rows]

    @abstractmethod
    async def _asked(self, key: Any, statement: Callable[[], Executable], values: Mapping[str, Any]) -> list[list[Any]]:
        """Ask something that is compiled once, and known by this key."""
