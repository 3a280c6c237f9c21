"""How the sealed values of a kind are written and read, and what is said about them in the audit trail."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Table

from models.ledger import AuditEntry
from models.record import Record
from models.sealing import RecordKey, Sealed
from service.store import Listing, Write, agreeing
from service.vault import NotOpened, OpenedKey, Place, Vault, opened, sealed

ENTRY: Final = "audit_entry"
BESIDE_THE_CHAIN: Final = ("said", "salt")


@dataclass(frozen=True)
class Seals:
    """The sealed values of one kind. Of a kind that has none, everything here is empty."""

    kind: type[Record]
    table: Table
    vault: Vault

    @cached_property
    def columns(self) -> dict[str, Sealed]:
        """The columns that are kept sealed."""
        return {each.name: each.type for each in self.table.c if isinstance(each.type, Sealed)}

    def destroys_key(self, write: Write) -> bool:
        """Whether nothing that is sealed is left of a record after this, and its key goes with it."""
        return write.was is not None and write.record.state in self.kind.erased_in

    def told(self, write: Write) -> dict[str, Any]:
        """The sealed values of one write, by the names of their places; beside them the record's key."""
        key = self._key_for(write)
        return {
            **{f"{self.table.name}_{each}": value for each, value in self.row(write.record, key).items()},
            **{f"{ENTRY}_{each}": value for each, value in sealed_beside(write.entry, key).items()},
            **{f"record_key_{each}": value for each, value in key.kept.__dict__.items()},
        }

    def row(self, record: Record, key: OpenedKey) -> dict[str, str | None]:
        """What a record has sealed, as its row keeps it, and by what it is found."""
        place = Place(record.practice, self.table.name, record.id, record.version)
        sealed_values = {each: self._sealed(key, place, each, getattr(record, each)) for each in self.columns}
        return {**sealed_values, **self.indexes(record)}

    def indexes(self, record: Record) -> dict[str, str | None]:
        """By what a record is found now, by the names of the columns."""
        return {f"{each}_index": self._index(record, each) for each in self.kind.found_by}

    def sought(self, practice: str, equal: Mapping[str, Any]) -> Listing:
        """The records in which these agree: what is kept sealed is looked up by its index under each key of the ring."""
        among = {
            f"{name}_index": self.vault.indexes(practice, self.table.name, name, said)
            for name, said in equal.items()
            if name in self.kind.found_by
        }
        plain = agreeing(practice, {name: said for name, said in equal.items() if name not in self.kind.found_by})
        return replace(plain, among={**plain.among, **among})

    def opened(self, found: Mapping[str, Any], key: RecordKey | None) -> dict[str, Any]:
        """A row's values, the sealed ones in the clear. Raises KeyMissing or NotOpened."""
        closed = {name: found[name] for name in self.columns if found[name] is not None}
        if not closed:
            return dict(found)
        if key is None:
            raise NotOpened
        cipher = self.vault.opened(key).cipher
        place = Place(found["practice"], self.table.name, found["id"], found["version"])
        read = {
            each: self.columns[each].read(opened(cipher, kept, place.column(each))) for each, kept in closed.items()
        }
        return {**found, **read}

    def _key_for(self, write: Write) -> OpenedKey:
        if write.key is not None:
            return self.vault.opened(write.key)
        if write.was is not None:
            raise NotOpened
        return self.vault.new_key(write.record.practice, self.table.name, write.record.id)

    def _sealed(self, key: OpenedKey, place: Place, column: str, value: Any) -> str | None:
        return None if value is None else sealed(key.cipher, self.columns[column].written(value), place.column(column))

    def _index(self, record: Record, name: str) -> str | None:
        said = getattr(record, name)
        return said and self.vault.indexes(record.practice, self.table.name, name, said)[-1]


def beside(entry: AuditEntry) -> Place:
    """Where what stands beside the chain is kept."""
    return Place(entry.practice, ENTRY, entry.id, entry.version)


def sealed_beside(entry: AuditEntry, key: OpenedKey) -> dict[str, str | None]:
    """What was said, and the salt, as they are kept for a record that is kept sealed: they hold the same as it does."""
    said = {each: getattr(entry, each) for each in BESIDE_THE_CHAIN}
    return {
        each: value and sealed(key.cipher, value.encode(), beside(entry).column(each)) for each, value in said.items()
    }


def opened_beside(entry: AuditEntry, key: RecordKey | None, vault: Vault) -> AuditEntry:
    """The entry as it was written; without what was said, and the salt, once the record's key is destroyed.

    Raises KeyMissing or NotOpened.
    """
    cipher = key and vault.opened(key).cipher
    for each in BESIDE_THE_CHAIN:
        kept = getattr(entry, each)
        if kept is not None:
            setattr(entry, each, cipher and opened(cipher, kept, beside(entry).column(each)).decode())
    return entry
