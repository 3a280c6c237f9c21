"""The audit trail as a file of its own, which anybody can check: for a regulator, or for whoever takes over the practice's data.

The format is described in `docs/audit-export.md`, from which a verifier can be written that shares nothing with this program.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any, Final, TypeVar
from uuid import UUID

from models.ledger import AccessEntry, AuditEntry
from models.record import uuid7
from models.roles import Role
from service.audit import access_sealed, plain
from service.audit_findings import Verdict
from service.audit_reading import FAULTS, Unreadable, accesses_after, unreadable
from service.audit_walk import KINDS, lives
from service.checkpoint_files import file_of, texts_in
from service.checkpoint_keys import raw
from service.checkpoints import Checkpoints
from service.house import House
from service.installation import LOCAL_OPERATOR
from service.key_ring import KeyMissing
from service.store import Kept
from service.store.statements import ACCESS, ENTRY
from service.store.trail import mark_from

FORMAT: Final = "practice-charter audit export 1"
AUDIT_TRAIL: Final = "audit_trail"
"""What was read, as who-was-shown-what has it."""

LINES: Final = {
    "header": "what this is; the first line",
    "key": "a public key that verifies checkpoints",
    "checkpoint": "a line of a practice's checkpoints, as it stands in one of the folders",
    "entry": "one change of a record: a link of the record's chain",
    "record": "a record as it is now, with the seal of its last entry; it comes after its entries",
    "access": "one showing of sensitive records",
    "unreadable": "a row that is there and can't be read: of its values nothing but where it stands",
    "end": "how many lines there are of each kind; the last line",
}
ERASED_IN: Final = {name: sorted(kind.erased_in) for name, kind in KINDS.items() if kind.erased_in}
"""The states in which a record says nothing any more, for each kind that has any."""

Said = dict[str, Any]
T = TypeVar("T", AuditEntry, AccessEntry, Kept)


async def export(house: House, checkpoints: Checkpoints, practice: str, *, said: bool) -> AsyncIterator[Said]:
    """Every line of the export, one after the other; without `said` nothing of what records say and what was sent.

    That somebody exports it is itself written down first: what can't be written down is not exported. Raises Unavailable.
    """
    await _note(house, practice)
    counts: Counter[str] = Counter()
    async for line in _lines(house, checkpoints, practice, said=said):
        counts[line["line"]] += 1
        yield line
    yield {"line": "end", "counts": dict(sorted(counts.items()))}


async def _lines(house: House, checkpoints: Checkpoints, practice: str, *, said: bool) -> AsyncIterator[Said]:
    made_at = plain(house.clock())
    about = {"practice": practice, "made_at": made_at, "said": said, "erased_in": ERASED_IN, "lines": LINES}
    yield {"line": "header", "format": FORMAT, **about}
    for key_id, key in checkpoints.keys.public.items():
        yield {"line": "key", "key_id": key_id, "algorithm": "Ed25519", "public_key": raw(key).hex()}
    # Checkpoints first: what they list is there already, and so comes after them.
    for folder, path in enumerate((file_of(each, practice) for each in checkpoints.folders), start=1):
        for text in texts_in(path):
            yield {"line": "checkpoint", "folder": folder, "text": text}
    async for line in _to_its_end(_lived(house, practice, said=said), str(ENTRY.name)):
        yield line
    async for line in _to_its_end(_showings(house, practice), str(ACCESS.name)):
        yield line


async def _to_its_end(lines: AsyncIterator[Said], table: str) -> AsyncIterator[Said]:
    """These lines. Where not even the marks of a page can be read, the rest is one line that says so."""
    try:
        async for line in lines:
            yield line
    except FAULTS as fault:
        where = {"table": table, "id": None, "record_id": None, "version": None, "seal": None}
        yield {"line": "unreadable", **where, "why": _why(key_missing=isinstance(fault, KeyMissing))}


async def _lived(house: House, practice: str, *, said: bool) -> AsyncIterator[Said]:
    async for life in lives(house.store, practice):
        for link in life.links:
            yield _line_of(link, str(ENTRY.name), partial(_entry_line, said=said))
        if life.kept:
            yield _line_of(life.kept, life.kind, partial(_record_line, life.kind, said=said))


async def _showings(house: House, practice: str) -> AsyncIterator[Said]:
    after: UUID | None = None
    while page := await accesses_after(house.store, practice, after):
        for each in page:
            yield _line_of(each, str(ACCESS.name), _access_line)
        after = page[-1].id


def _line_of(row: T | Unreadable, table: str, made: Callable[[T], Said]) -> Said:
    """The line of a row; of one that can't be read, or holds what no line can, where it stands and why."""
    if isinstance(row, Unreadable):
        return _unreadable_line(row)
    try:
        return made(row)
    except FAULTS as fault:
        mark = mark_from(*_place_of(row))
        return _unreadable_line(unreadable(table, mark, fault))


def _place_of(row: AuditEntry | AccessEntry | Kept) -> tuple[UUID, UUID, int, str]:
    match row:
        case AuditEntry():
            return row.id, row.record_id, row.version, row.seal
        case AccessEntry():
            return row.id, row.id, 0, row.seal
        case Kept():
            return row.record.id, row.record.id, row.record.version, row.seal


def _unreadable_line(row: Unreadable) -> Said:
    where = {"table": row.table, "id": str(row.id), "record_id": str(row.record_id), "version": row.version}
    return {"line": "unreadable", **where, "seal": row.seal, "why": _why(key_missing=row.key_missing)}


def _why(*, key_missing: bool) -> Verdict:
    return Verdict.KEY_UNKNOWN if key_missing else Verdict.ALTERED


def _entry_line(entry: AuditEntry, *, said: bool) -> Said:
    return {"line": "entry", **_shown(entry.model_dump(mode="json"), plain(entry.at), said=said)}


def _record_line(kind: str, kept: Kept, *, said: bool) -> Said:
    record = {"record": kept.record.model_dump(mode="json")} if said else {}
    about = {"kind": kind, "record_id": str(kept.record.id), "version": kept.record.version, "seal": kept.seal}
    return {"line": "record", **about, **record}


def _access_line(access: AccessEntry) -> Said:
    return {"line": "access", **access.model_dump(mode="json"), "at": plain(access.at)}


def _shown(entry: Said, at: str, *, said: bool) -> Said:
    """An entry with its time as it was sealed; without its salt, nobody can guess at what it commits to."""
    return {**entry, "at": at, **({} if said else {"said": None, "salt": None})}


async def _note(house: House, practice: str) -> None:
    """Write down that whoever works at the machine itself takes the trail with them."""
    entry = AccessEntry(
        practice=practice, at=house.clock(), actor=LOCAL_OPERATOR, roles=[Role.OPERATOR], kind=AUDIT_TRAIL, records=[],
        request_id=uuid7(), key_id=house.audit_key.key_id,
    )  # fmt: skip
    entry.seal = access_sealed(house.audit_key, entry)
    await house.store.note(entry)
