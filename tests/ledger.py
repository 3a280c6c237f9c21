"""Looking behind the scenes: whether records, audit trail and events tell the same story."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from models.ledger import AuditEntry
from models.sealing import RecordKey, Sealed
from service.audit import AuditKey, verified
from service.store.seals import opened_beside
from service.store.statements import table_of
from service.vault import Vault
from tests.databases import as_owner
from tests.house import House
from workflows.registry import ALL

TABLE = {workflow.name: workflow.name for workflow in ALL}
"""Each kind is kept in a table of its own name."""
SEALED = {workflow.name for workflow in ALL if any(isinstance(each.type, Sealed) for each in table_of(workflow.kind).c)}


def rows_of(where: House | str, table: str) -> list[dict[str, Any]]:
    """Every row of a table, whosever it is."""
    database = where if isinstance(where, str) else where.database
    columns = columns_of(database, table)
    named = ", ".join(f'"{each}"' for each in columns)
    every = f"SELECT {named} FROM {table}"  # noqa: S608 - names of our own
    return [dict(zip(columns, row, strict=True)) for row in as_owner(database, every)]


def columns_of(database: str, table: str) -> list[str]:
    """The names of a table's columns."""
    if database.startswith("sqlite"):
        return [row[1] for row in as_owner(database, f"PRAGMA table_info({table})")]
    named = "SELECT column_name FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position"
    return [row[0] for row in as_owner(database, named, table)]


def entries_of(where: House | str, vault: Vault | None = None) -> dict[UUID, list[AuditEntry]]:
    """The audit trail, by the record that it is about, in order. Without a vault nothing that is sealed is looked into."""
    chains: dict[UUID, list[AuditEntry]] = defaultdict(list)
    keys, vault = keys_of(where), vault if isinstance(where, str) else where.store.vault
    for row in rows_of(where, "audit_entry"):
        entry = AuditEntry(**{name: value_of(name, value) for name, value in row.items()})
        if entry.kind in SEALED:
            entry = opened_beside(entry, keys.get(entry.record_id), vault) if vault else without_what_was_said(entry)
        chains[entry.record_id].append(entry)
    return {record: sorted(chain, key=lambda entry: entry.version) for record, chain in chains.items()}


def without_what_was_said(entry: AuditEntry) -> AuditEntry:
    """An entry as it reads once what stood beside it is erased."""
    return entry.model_copy(update={"said": None, "salt": None})


def keys_of(where: House | str) -> dict[UUID, RecordKey]:
    """The keys of the records that have one."""
    rows = ({name: value_of(name, value) for name, value in row.items()} for row in rows_of(where, "record_key"))
    return {key.record_id: key for key in (RecordKey(**row) for row in rows)}


def value_of(name: str, value: Any) -> Any:
    """A column's value as the model has it."""
    if name in {"id", "record_id", "policy_id", "request_id"} and isinstance(value, str):
        return UUID(value)
    if name == "at":
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return json.loads(value) if name == "roles" else value


def assert_ledgers_agree(house: House) -> None:
    """Every record is at the version of its last entry and its last event, each there exactly once; every chain verifies."""
    key = house.client.app.state.house.audit_key  # type: ignore[attr-defined]  # as in House
    assert list(disagreements(house.database, [key], house.store.vault)) == []


def disagreements(database: str, keys: Sequence[AuditKey], vault: Vault | None = None) -> Iterator[str]:
    """Every record whose state, audit trail and events do not tell the same story."""
    chains, events = entries_of(database, vault), defaultdict[UUID, list[int]](list)
    for row in rows_of(database, "event"):
        events[value_of("record_id", row["record_id"])].append(row["version"])
    records = {value_of("id", row["id"]): row for table in TABLE.values() for row in rows_of(database, table)}
    for record_id in {*records, *chains, *events}:
        if record_id not in records:
            yield f"{record_id} is not there, though there is word of it"
            continue
        row, chain = records[record_id], chains.get(record_id, [])
        expected = list(range(1, row["version"] + 1))
        if [entry.version for entry in chain] != expected:
            yield f"{record_id} is at version {row['version']}, and its trail is not"
        elif chain[-1].target != row["state"] or not verified(keys, chain, row["seal"]):
            yield f"{record_id} is not what its trail says"
        if sorted(events[record_id]) != expected:
            yield f"{record_id} is at version {row['version']}, and its events are not"
