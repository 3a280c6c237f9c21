"""Files that come with records: sealed in parts under the record's key, and looked over whenever they are read."""

import asyncio
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from models.evidence import Evidence
from models.files import PART
from models.sealing import RecordKey
from service.store import Store
from service.vault import NotOpened, opened_bytes, part_of_file

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
