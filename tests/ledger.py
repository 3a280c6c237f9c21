"""Looking behind the scenes: whether records, audit trail and events tell the same story."""

import json
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from models.ledger import AuditEntry
from service.audit import verified
from tests.databases import as_owner
from tests.house import House
from workflows.registry import ALL

TABLE = {workflow.name: workflow.name for workflow in ALL}
"""Each kind is kept in a table of its own name."""


def rows_of(house: House, table: str) -> list[dict[str, Any]]:
    """Every row of a table, whosever it is."""
    columns = columns_of(house, table)
    every = f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 - names of our own
    return [dict(zip(columns, row, strict=True)) for row in as_owner(house.database, every)]


def columns_of(house: House, table: str) -> list[str]:
    """The names of a table's columns."""
    if house.database.startswith("sqlite"):
        return [row[1] for row in as_owner(house.database, f"PRAGMA table_info({table})")]
    named = "SELECT column_name FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position"
    return [row[0] for row in as_owner(house.database, named, table)]


def entries_of(house: House) -> dict[UUID, list[AuditEntry]]:
    """The audit trail, by the record that it is about, in order."""
    chains: dict[UUID, list[AuditEntry]] = defaultdict(list)
    for row in rows_of(house, "audit_entry"):
        entry = AuditEntry(**{name: value_of(name, value) for name, value in row.items()})
        chains[entry.record_id].append(entry)
    return {record: sorted(chain, key=lambda entry: entry.version) for record, chain in chains.items()}


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
    chains, key = entries_of(house), house.client.app.state.house.audit_key  # type: ignore[attr-defined]  # as in House
    events: dict[UUID, list[int]] = defaultdict(list)
    for row in rows_of(house, "event"):
        events[value_of("record_id", row["record_id"])].append(row["version"])
    records = {value_of("id", row["id"]): row for table in TABLE.values() for row in rows_of(house, table)}
    assert set(records) == set(chains) == set(events)
    for record_id, row in records.items():
        expected = list(range(1, row["version"] + 1))
        assert [entry.version for entry in chains[record_id]] == expected
        assert sorted(events[record_id]) == expected
        assert chains[record_id][-1].target == row["state"]
        assert verified([key], chains[record_id], row["seal"])
