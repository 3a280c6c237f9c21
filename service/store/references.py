"""Which record somebody outside means by its reference: nothing of it is read but its identifier, so that no time tells of it."""

from uuid import UUID

from sqlalchemy import Executable, Table, select

from models.record import Record
from service.store import Store
from service.store.statements import Gate, place, table_of


async def referred_to(store: Store, kind: type[Record], practice: str, reference: str) -> UUID | None:
    """The record of this kind that has this reference. Raises Unavailable."""
    table = table_of(kind)
    values = {"practice": practice, "reference": reference}
    rows = await store.trail.ask(("reference", kind), lambda: by_reference(table, store.trail.gate), values)
    return UUID(str(rows[0][0])) if rows else None


def by_reference(table: Table, gate: Gate = ()) -> Executable:
    """What brings its identifier."""
    here = table.c.practice == place("practice", table.c.practice)
    return select(table.c.id).where(here, table.c.reference == place("reference", table.c.reference), *gate)
