"""How many cases there are, counted where they are kept: nobody's name is read for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Executable, Table, case, func, literal_column, null, select

from models.record import Record
from service.store import Store
from service.store.statements import ENTRY, NOT_THERE, Gate, place, table_of

ONE: ColumnElement[int] = literal_column("1")
SORT: Final = {"incident": "kind", "rights_request": "right"}
"""The column that says what sort of case one is, where a kind of case has several."""

ARRIVAL: Final = "received_on"
"""The column with the day in London on which something truly arrived, where a kind of case has one."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cases of one sort are in one state, how many of them are overdue, and how many came to be in a period.

    `received` counts those that truly arrived in it, whenever they were written down; null for kinds that have no such day.
    """

    state: str
    sort: str | None
    count: int
    overdue: int
    opened: int
    received: int | None


@dataclass(frozen=True, slots=True)
class Period:
    """From one moment until another (UTC), its end not included, seen from a third; and its days in London, both included."""

    since: datetime
    until: datetime
    now: datetime
    first: date
    last: date


async def tallied(store: Store, kind: type[Record], practice: str, period: Period) -> list[Tally]:
    """The practice's cases of one kind."""
    table = table_of(kind)
    dated = ARRIVAL in table.c
    days = {"first": period.first, "last": period.last} if dated else {}
    values = {"practice": practice, "since": period.since, "until": period.until, "now": period.now, **days}
    rows = await store.trail.ask(("tally", kind), lambda: counting(table, store.trail.gate), values)
    return [
        Tally(str(state), sort and str(sort), count, overdue or 0, opened or 0, (received or 0) if dated else None)
        for state, sort, count, overdue, opened, received in rows
    ]


async def ended(store: Store, kind: str, ends: Iterable[str], practice: str, period: Period) -> dict[str, int]:
    """How many cases of a kind came to each of its ends in a period, as the audit trail has it."""
    values = {"practice": practice, "kind": kind, "since": period.since, "until": period.until}
    rows = await store.trail.ask("ended", lambda: coming_to(store.trail.gate), values)
    over = frozenset(map(str, ends))
    found: dict[str, int] = {}
    for source, target, count in rows:
        if target in over and source not in over:
            found[target] = found.get(target, 0) + count
    return found


def counting(table: Table, gate: Gate = ()) -> Executable:
    """Cases by state and sort."""
    sort = table.c[SORT[table.name]] if table.name in SORT else null()
    created, due = table.c.created_at, table.c.due_at
    opened = (created >= place("since", created)) & (created < place("until", created))
    overdue = due < place("now", due)
    columns = (
        func.count(table.c.id), *(func.sum(case((each, ONE), else_=NOT_THERE)) for each in (overdue, opened)), arrived(table),
    )  # fmt: skip
    here = table.c.practice == place("practice", table.c.practice)
    grouped = [table.c.state, *([sort] if table.name in SORT else [])]
    return select(table.c.state, sort, *columns).where(here, *gate).group_by(*grouped)


def arrived(table: Table) -> ColumnElement[Any]:
    """How many truly arrived in the period, where that is known of them."""
    if ARRIVAL not in table.c:
        return null()
    day = table.c[ARRIVAL]
    within = (day >= place("first", day)) & (day <= place("last", day))
    return func.sum(case((within, ONE), else_=NOT_THERE))


def coming_to(gate: Gate = ()) -> Executable:
    """Transitions of a kind of record in a period, by where they led from and to."""
    here = (ENTRY.c[name] == place(name, ENTRY.c[name]) for name in ("practice", "kind"))
    then = (ENTRY.c.at >= place("since", ENTRY.c.at), ENTRY.c.at < place("until", ENTRY.c.at))
    counted = select(ENTRY.c.source, ENTRY.c.target, func.count(ENTRY.c.id)).where(*here, *then, *gate)
    return counted.group_by(ENTRY.c.source, ENTRY.c.target)
