"""The SQL of files that are kept in the database, part by part."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, exists, insert, select

from models.files import FilePart, FilePartRow
from service.store.statements import Gate, place, places, table_of, values

PARTS = table_of(FilePartRow)


def keeping_part(gate: Gate = ()) -> Any:
    """One more part."""
    row = select(*places(PARTS).values()).where(*gate)
    return insert(PARTS).from_select(list(places(PARTS)), row)


def kept_part(part: FilePart) -> dict[str, Any]:
    """The values of that."""
    return {**values(PARTS, part), "practice": part.practice}


def finding_part(gate: Gate = ()) -> Select[Any]:
    """One part of a record's file."""
    here = PARTS.c.practice == place("practice", PARTS.c.practice)
    this = (PARTS.c[name] == place(name, PARTS.c[name]) for name in ("record_id", "number"))
    return select(PARTS.c.sealed).where(here, *this, *gate)


def sought_part(practice: str, record_id: UUID, number: int) -> Mapping[str, Any]:
    """The values of that."""
    return {"practice": practice, "record_id": record_id, "number": number}


def destroying_parts(changed: Any = None, gate: Gate = ()) -> Any:
    """The end of a record's file, with its key: if the record was erased."""
    erased = () if changed is None else (exists(select(changed.c.id)),)
    these = (PARTS.c[name] == place(f"record_key_{name}", PARTS.c[name]) for name in ("practice", "record_id"))
    return delete(PARTS).where(*these, *erased, *gate)
