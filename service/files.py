"""Files that come with records: sealed in parts under the record's key, and looked over whenever they are read."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final
from uuid import UUID

from models.evidence import Evidence
from models.files import PART, FilePart
from models.sealing import RecordKey
from service.store import Change, Store
from service.vault import NotOpened, OpenedKey, Vault, opened_bytes, part_of_file, sealed_bytes

AT_ONCE: Final = 2
"""How many files each process takes in or hands out at once: each is in memory whole, for as long as that takes."""


@dataclass(frozen=True, slots=True)
class FileTurns:
    """Whose turn it is, for how many seconds one waits for it, and how many bytes a file may have."""

    largest: int
    deadline: float
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))


class FileDamaged(Exception):
    """The file that is kept here is not what was captured. Nothing of it is shown; the practice's backups may have it whole."""


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


async def file_of(store: Store, record: Evidence, key: RecordKey) -> bytes:
    """The file of a record, as it was captured to the last bit. Raises FileDamaged, KeyMissing, NotOpened or Unavailable."""
    cipher, content, facts = store.vault.opened(key).cipher, bytearray(), record.file
    if facts is None:
        raise FileDamaged
    for number in range(-(-facts.size // PART)):
        kept = await store.part(record.practice, record.id, number)
        if kept is None:
            raise FileDamaged
        try:
            content += opened_bytes(cipher, kept, part_of_file(record.practice, record.id, number))
        except NotOpened:
            raise FileDamaged from None
    if len(content) != facts.size or sha256(content).hexdigest() != facts.sha256:
        raise FileDamaged
    return bytes(content)
