"""The audit trail as a file of its own, which anybody can check: for a regulator, or for whoever takes over the practice's data.

The format is described in `docs/audit-export.md`, from which a verifier can be written that shares nothing with this program.
"""

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any, Final
from uuid import UUID

from models.ledger import AccessEntry
from models.record import uuid7
from models.roles import Role
from service.audit import access_sealed, plain
from service.audit_walk import KINDS, PAGE, lives
from service.checkpoint_files import file_of, texts_in
from service.checkpoint_keys import raw
from service.checkpoints import Checkpoints
from service.house import House
from service.installation import LOCAL_OPERATOR
from service.store import Listing

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
    "end": "how many lines there are of each kind; the last line",
}
ERASED_IN: Final = {name: sorted(kind.erased_in) for name, kind in KINDS.items() if kind.erased_in}
"""The states in which a record says nothing any more, for each kind that has any."""

Said = dict[str, Any]


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
    async for life in lives(house.store, practice):
        for entry in life.entries:
            yield {"line": "entry", **_shown(entry.model_dump(mode="json"), plain(entry.at), said=said)}
        if life.kept:
            kept = life.kept.record
            record = {"record": kept.model_dump(mode="json")} if said else {}
            about = {"kind": life.kind, "record_id": str(kept.id), "version": kept.version, "seal": life.kept.seal}
            yield {"line": "record", **about, **record}
    async for access in _accesses(house, practice):
        yield {"line": "access", **access.model_dump(mode="json"), "at": plain(access.at)}


def _shown(entry: Said, at: str, *, said: bool) -> Said:
    """An entry with its time as it was sealed; without its salt, nobody can guess at what it commits to."""
    return {**entry, "at": at, **({} if said else {"said": None, "salt": None})}


async def _accesses(house: House, practice: str) -> AsyncIterator[AccessEntry]:
    after: UUID | None = None
    while page := await house.store.trail.accesses(Listing(practice, after=after, limit=PAGE)):
        for each in page:
            yield each
        after = page[-1].id


async def _note(house: House, practice: str) -> None:
    """Write down that whoever works at the machine itself takes the trail with them."""
    entry = AccessEntry(
        practice=practice, at=house.clock(), actor=LOCAL_OPERATOR, roles=[Role.OPERATOR], kind=AUDIT_TRAIL, records=[],
        request_id=uuid7(), key_id=house.audit_key.key_id,
    )  # fmt: skip
    entry.seal = access_sealed(house.audit_key, entry)
    await house.store.note(entry)
