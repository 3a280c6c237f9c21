"""Whether a database kept its word: everything that was acknowledged is there, whole, and once.

Counted as multisets: a set would not see what was done twice.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from service.audit import AuditKey
from service.settings import SQLITE
from tests.crowd import Acknowledged
from tests.databases import as_owner
from tests.ledger import disagreements, entries_of, rows_of, value_of


def verify(database: str, keys: Sequence[AuditKey], acknowledged: Iterable[Acknowledged]) -> list[str]:
    """Every way in which the database broke its word; none when it kept it."""
    told = list(acknowledged)
    return [
        *unsound(database), *disagreements(database, keys), *missing(database, told), *done_twice(database, told),
        *receipts_astray(database, told),
    ]  # fmt: skip


def unsound(database: str) -> Iterator[str]:
    """What the database itself finds wrong with its file or its indexes."""
    if database.startswith(SQLITE):
        found = as_owner(database, "PRAGMA integrity_check")
        if found != [("ok",)]:
            yield f"the file is broken: {found}"
        return
    if not as_owner(database, "SELECT 1 FROM pg_available_extensions WHERE name = 'amcheck'"):
        return  # some packages of PostgreSQL leave it out
    as_owner(database, "CREATE EXTENSION IF NOT EXISTS amcheck")
    indexes = """
        SELECT bt_index_check(index => c.oid, heapallindexed => true) FROM pg_class c JOIN pg_am m ON m.oid = c.relam
        WHERE m.amname = 'btree' AND c.relkind = 'i' AND c.relpersistence = 'p'
    """
    as_owner(database, indexes)  # raises for an index that does not agree with its table


def missing(database: str, told: list[Acknowledged]) -> Iterator[str]:
    """Acknowledged, and not there as it was told."""
    records = {value_of("id", row["id"]): row for row in rows_of(database, "post")}
    steps = Counter(
        (record_id, entry.version, entry.transition)
        for record_id, chain in entries_of(database).items()
        for entry in chain
    )
    for each in told:
        row = records.get(each.record_id)
        if row is None or row["version"] < each.version or row["purpose"] != each.purpose:
            yield f"{each.transition} of {each.record_id} was acknowledged, and the record is not there like that"
        if steps[each.record_id, each.version, each.transition] != 1:
            yield f"{each.transition} of {each.record_id} was acknowledged, and the trail does not say so exactly once"


def done_twice(database: str, told: list[Acknowledged]) -> Iterator[str]:
    """Asked for once, and there more than once."""
    for purpose, times in Counter(row["purpose"] for row in rows_of(database, "post")).items():
        if times > 1:
            yield f"{purpose} was asked for once, and is there {times} times"
    for key, records in of_each_key(told).items():
        if len(set(records)) > 1:
            yield f"the key {key} stands for {len(set(records))} records"


def of_each_key(told: list[Acknowledged]) -> dict[str, list[UUID]]:
    """Which records were acknowledged under a key."""
    found: dict[str, list[UUID]] = {}
    for each in told:
        found.setdefault(each.key, []).append(each.record_id)
    return found


def receipts_astray(database: str, told: list[Acknowledged]) -> Iterator[str]:
    """Every change of a post was asked for with a key, so that it left one receipt, and every receipt stands for one change."""
    receipts = rows_of(database, "receipt")
    kept = Counter(value_of("record_id", row["record_id"]) for row in receipts)
    changed = Counter({record: len(chain) for record, chain in posts_of(database).items()})
    for record in (kept - changed) + (changed - kept):
        yield f"{record} changed {changed[record]} times, and left {kept[record]} receipts"
    by_key = Counter(row["key"] for row in receipts)
    for each in told:
        if by_key[each.key] != 1:
            yield f"the key {each.key} was acknowledged, and left {by_key[each.key]} receipts"


def posts_of(database: str) -> dict[UUID, list[Any]]:
    """The chains of posts alone."""
    return {record: chain for record, chain in entries_of(database).items() if chain[0].kind == "post"}
