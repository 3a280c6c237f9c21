"""Files in sealed parts, and the SQL of those that are kept in the database."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, exists, insert, select

from models.files import PART, FilePart, FilePartRow
from service.store import Change
from service.store.statements import Gate, place, places, table_of, values
from service.vault import OpenedKey, Vault, part_of_file, sealed_bytes

PARTS = table_of(FilePartRow)


def with_file(vault: Vault, change: Change, content: bytes) -> Change:
    """The same change, and with its first record, which begins, a file."""
    first, *others = change.writes
    key = vault.new_key(first.record.practice, first.entry.kind, first.record.id)
    parts = tuple(parts_of(first.record.practice, first.record.id, content, key))
    return replace(change, writes=(replace(first, key=key.kept), *others), parts=parts)


def parts_of(practice: str, record_id: UUID, content: bytes, key: OpenedKey) -> Iterator[FilePart]:
    """A file in sealed parts."""
    for number, begins in enumerate(range(0, len(content), PART)):
        place = part_of_file(practice, record_id, number)
        sealed = sealed_bytes(key.cipher, content[begins : begins + PART], place)
        yield FilePart(practice=practice, record_id=record_id, number=number, sealed=sealed)


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
