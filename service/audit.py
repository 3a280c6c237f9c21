"""The chain of a record: each entry is sealed together with the seal before it, under a key that the database never holds.

The format is fixed: verifiers outside this program depend on it. A commitment is SHA-256 over the salt and the canonical JSON of
the record, or of what was sent; a seal is HMAC-SHA-256 over the seal before it and the canonical JSON of the entry's fields in
`SEALED`. An entry that says who was shown what is sealed by itself, over its fields in `SHOWN`. Canonical JSON has sorted keys,
no spaces, and only ASCII characters; times are UTC in RFC 3339 with microseconds.
"""

import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from models.ledger import AccessEntry, AuditEntry
from models.record import Record

SEALED = (
    "practice", "id", "kind", "record_id", "version", "at", "actor", "roles", "transition", "source", "target",
    "policy_id", "request_id", "commitment", "said_commitment", "key_id",
)  # fmt: skip
SHOWN = ("practice", "id", "at", "actor", "roles", "kind", "records", "request_id", "key_id")


@dataclass(frozen=True, slots=True)
class AuditKey:
    """The secret that seals, and the name by which entries say which secret it was; `older` ones sealed what is kept."""

    key_id: str
    secret: bytes = field(repr=False)
    older: tuple["AuditKey", ...] = ()

    @property
    def ring(self) -> tuple["AuditKey", ...]:
        """Every key by which the trail verifies."""
        return (self, *self.older)

    def mac(self, said: str) -> str:
        """HMAC-SHA-256 in hexadecimal."""
        return hmac.digest(self.secret, said.encode(), "sha256").hex()


def salted() -> str:
    """A new salt: 128 bits."""
    return secrets.token_hex(16)


def canonical(value: Any) -> str:
    """One way to write a value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=plain)


def plain(value: Any) -> str:
    """Values that JSON has no form for."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


def committed(salt: str, record: Record) -> str:
    """What the record says, as a commitment that reveals nothing of it once the salt is gone."""
    return sha256(f"{salt}{canonical(record.model_dump(mode='json'))}".encode()).hexdigest()


def said_committed(salt: str, said: str | None) -> str | None:
    """The same for what was sent, if anything was."""
    return None if said is None else sha256(f"{salt}{said}".encode()).hexdigest()


def said_in(payload: Any) -> str | None:
    """What was sent, as canonical JSON, kept beside the chain; None where nothing was sent, or where it is a whole record."""
    if isinstance(payload, BaseModel) and not isinstance(payload, Record):
        return canonical(payload.model_dump(mode="json"))
    return None


def sealed(key: AuditKey, before: str, entry: AuditEntry) -> str:
    """The next seal of the chain."""
    return key.mac(before + canonical({name: getattr(entry, name) for name in SEALED}))


def access_sealed(key: AuditKey, entry: AccessEntry) -> str:
    """The seal of an entry that says who was shown what."""
    return key.mac(canonical({name: getattr(entry, name) for name in SHOWN}))


def verified(keys: Sequence[AuditKey], entries: Sequence[AuditEntry], head: str) -> bool:
    """Whether these are all of a record's entries, in order and untouched, up to the head that the record itself keeps."""
    ring, seal = {key.key_id: key for key in keys}, ""
    for version, entry in enumerate(entries, start=1):
        key = ring.get(entry.key_id)
        if key is None or entry.version != version:
            return False
        seal = sealed(key, seal, entry)
        if not hmac.compare_digest(seal, entry.seal) or not said_as_committed(entry):
            return False
    return hmac.compare_digest(seal, head)


def head_as_committed(last: AuditEntry, record: Record) -> bool:
    """Whether a record still says what its last entry committed to; with the salt erased that can't be told any more."""
    return last.salt is None or committed(last.salt, record) == last.commitment


def said_as_committed(entry: AuditEntry) -> bool:
    """Whether what stands beside the chain is what was sent, or was erased together with its salt."""
    if entry.salt is None:
        return entry.said is None
    return said_committed(entry.salt, entry.said) == entry.said_commitment
