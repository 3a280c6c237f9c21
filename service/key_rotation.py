"""What is done about the keys of an installation: to see that all are there, and to let the newest take the others' place.

Rotating wraps the key of every record anew, and makes anew by what a record is found. What a record says is not touched. It can
be stopped at any moment and asked for again: each key is wrapped under the old one or under the new one, and both are there.
"""

from dataclasses import dataclass
from uuid import UUID

from models.record import Record
from models.sealing import RecordKey
from service.key_ring import KeyMissing
from service.store import Reindexed, Renewal, Rewrapped, Store
from service.vault import NotOpened
from workflows.registry import ALL

FROM_THE_FIRST = UUID(int=0)
FOUND_BY_INDEX: tuple[type[Record], ...] = tuple(each.kind for each in ALL if each.kind.found_by)


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many record keys were wrapped anew, how many records are found anew, and how many of either could not be opened."""

    keys: int
    indexes: int
    unopened: int


async def keys_at_hand(store: Store) -> bool:
    """Whether every key is there that anything is kept under. It is looked up again whenever the folder has changed."""
    ring = store.vault.ring
    files = ring.files
    if ring.checked != files:
        for code in await store.practice_codes():
            ring.needs(await store.key_ids(code))
        ring.checked = files
    return ring.in_order


async def counted(store: Store) -> dict[str, dict[str, int]]:
    """How many record keys each practice has under each key, by its fingerprint."""
    return {code: await store.keys_counted(code) for code in await store.practice_codes()}


async def rotate(store: Store) -> Rotated:
    """Let the newest key take the place of all others, everywhere."""
    codes = await store.practice_codes()
    keys = [await rewrap(store, code) for code in codes]
    indexes = [await reindex(store, code, kind) for code in codes for kind in FOUND_BY_INDEX]
    unopened = sum(failed for _, failed in [*keys, *indexes])
    return Rotated(sum(done for done, _ in keys), sum(done for done, _ in indexes), unopened)


async def rewrap(store: Store, practice: str) -> tuple[int, int]:
    """Wrap a practice's record keys under the newest key: how many were, and how many could not be."""
    done, failed, after = 0, 0, FROM_THE_FIRST
    while keys := await store.keys_not_under(practice, store.vault.ring.newest.key_id, after):
        wrapped = [part for each in keys if (part := rewrapped_or_none(store, each))]
        await store.renew(Renewal(tuple(wrapped)))
        done, failed, after = done + len(wrapped), failed + len(keys) - len(wrapped), keys[-1].record_id
    return done, failed


def rewrapped_or_none(store: Store, key: RecordKey) -> Rewrapped | None:
    """A record key under the newest key, if it can be opened."""
    try:
        return Rewrapped(store.vault.rewrapped(key), key.wrapped)
    except (KeyMissing, NotOpened):
        return None


async def reindex(store: Store, practice: str, kind: type[Record]) -> tuple[int, int]:
    """Let a practice's records be found by the newest key: how many are now, and how many could not be opened."""
    done, failed, after = 0, 0, FROM_THE_FIRST
    while ids := await store.not_indexed_under(kind, practice, store.vault.ring.newest.key_id, after):
        read = [part for each in ids if (part := await reindexed_or_none(store, practice, kind, each))]
        await store.renew(Renewal(tuple(read)))
        done, failed, after = done + len(read), failed + len(ids) - len(read), ids[-1]
    return done, failed


async def reindexed_or_none(store: Store, practice: str, kind: type[Record], record_id: UUID) -> Reindexed | None:
    """A record to be found by the newest key, if it can be opened."""
    try:
        return next((Reindexed(each.record) for each in await store.find(kind, practice, {"id": record_id})), None)
    except (KeyMissing, NotOpened):
        return None
