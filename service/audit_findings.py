"""What can be wrong with an audit trail, and how it is told from the trail alone."""

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.ledger import AccessEntry, AuditEntry
from service.audit import AuditKey, access_sealed, head_as_committed, said_as_committed, sealed
from service.audit_reading import Unreadable
from service.audit_walk import Life
from service.store import Kept

Ring = Mapping[str, AuditKey]
"""The keys that seal and sealed, by their names."""


class Verdict(StrEnum):
    """What happened to something, as far as can be told."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    CHECKPOINT_MISMATCH = "checkpoint mismatch"
    KEY_UNKNOWN = "key unknown"
    NEVER_WITNESSED = "never witnessed"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: what, and why we say so. No words of a record stand in it."""

    verdict: Verdict
    what: str
    remark: str


def faults_of(life: Life, ring: Ring) -> Iterator[Finding]:
    """Everything that is wrong with a record's chain, and with the record against it."""
    what = f"{life.kind} {life.record_id}"
    if not life.links:
        yield Finding(Verdict.REMOVED, what, "the record is there, and no entry of how it came to be")
        return
    yield from _faults_in_chain(life, ring)
    if life.kept is None:
        yield Finding(Verdict.REMOVED, what, "the record is not there, though its entries are")
    else:
        yield from _faults_of_head(what, life.links[-1], life.kept)
        if life.agrees and not _as_committed(life.links[-1], life.kept):
            yield Finding(Verdict.ALTERED, what, "the record does not say what its last entry committed to")


def unread(what: str, *, key_missing: bool) -> Finding:
    """What to say of a row that can't be read. Nothing that stands in it is told."""
    if key_missing:
        return Finding(Verdict.KEY_UNKNOWN, what, "it is kept under a key that we don't have")
    return Finding(Verdict.ALTERED, what, "it can't be read any more")


def _as_committed(last: AuditEntry | Unreadable, kept: Kept | Unreadable) -> bool:
    return isinstance(last, Unreadable) or isinstance(kept, Unreadable) or head_as_committed(last, kept.record)


def _faults_in_chain(life: Life, ring: Ring) -> Iterator[Finding]:
    seal: str | None = ""
    expected = 1
    for entry in life.links:
        kind = life.kind if isinstance(entry, Unreadable) else entry.kind
        what = f"{kind} {life.record_id} version {entry.version}"
        if entry.version > expected:
            yield Finding(Verdict.REMOVED, what, f"{entry.version - expected} entries before it are not there")
        elif entry.version < expected:
            yield Finding(Verdict.INSERTED, what, "another entry stands at this version")
        elif not isinstance(entry, Unreadable):
            yield from _faults_of_seal(what, seal, entry, ring)
        if isinstance(entry, Unreadable):
            yield unread(what, key_missing=entry.key_missing)
        elif not said_as_committed(entry):
            yield Finding(Verdict.ALTERED, what, "what was sent, or its salt, is not what the entry committed to")
        elif entry.salt is None and not life.erased:
            yield Finding(Verdict.ALTERED, what, "its salt is gone, and no entry says that the record was erased")
        seal, expected = entry.seal, entry.version + 1


def _faults_of_seal(what: str, before: str | None, entry: AuditEntry, ring: Ring) -> Iterator[Finding]:
    if entry.key_id not in ring:
        yield Finding(Verdict.KEY_UNKNOWN, what, "it was sealed with a key that we don't have")
    elif before is not None and not _same(sealed(ring[entry.key_id], before, entry), entry.seal):
        yield Finding(Verdict.ALTERED, what, "its seal is not that of what it says, after the seal before it")


def _faults_of_head(what: str, last: AuditEntry | Unreadable, kept: Kept | Unreadable) -> Iterator[Finding]:
    if isinstance(kept, Unreadable):
        yield unread(what, key_missing=kept.key_missing)
    version = kept.version if isinstance(kept, Unreadable) else kept.record.version
    if version > last.version:
        yield Finding(Verdict.REMOVED, what, f"the record is at version {version}, its last entry at {last.version}")
    elif version < last.version:
        yield Finding(Verdict.INSERTED, what, f"the record is at version {version}, its last entry at {last.version}")
    elif kept.seal is not None and last.seal is not None and not _same(kept.seal, last.seal):
        yield Finding(Verdict.ALTERED, what, "the record keeps another seal than its last entry has")


def faults_of_access(entry: AccessEntry, ring: Ring) -> Iterator[Finding]:
    """Whether an entry of who was shown what is as it was written."""
    what = f"access {entry.id}"
    if entry.key_id not in ring:
        yield Finding(Verdict.KEY_UNKNOWN, what, "it was sealed with a key that we don't have")
    elif not _same(access_sealed(ring[entry.key_id], entry), entry.seal):
        yield Finding(Verdict.ALTERED, what, "its seal is not that of what it says")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one, other)
