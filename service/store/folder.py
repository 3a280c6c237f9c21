"""Files kept in a folder, beside a database that keeps everything else.

A file is written whole and flushed before the change that it belongs to, under a name that says that it waits; the change done,
it is given the name under which it is kept. What a crash leaves waiting is kept or removed later, as the database has it.
"""

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from models.files import PART, FilePart
from models.record import Record
from service.store import Change, Expiry, OutcomeUnknown, Store, Taken, Unavailable
from service.vault import OVERHEAD

WAITING, KEPT = "waiting", "kept"
SETTLED_AFTER: Final = timedelta(hours=1)
"""How long a file may wait for its change: far longer than a change can take."""


@dataclass(frozen=True, slots=True)
class FilesInFolder:
    """A store whose files are in a folder. `kinds` are the kinds of record that come with files."""

    inner: Store
    folder: Path
    kinds: Sequence[type[Record]]

    def __getattr__(self, name: str) -> Any:
        """Everything else is the database's."""
        return getattr(self.inner, name)

    async def write(self, change: Change) -> bool:
        """The change with its file, or neither. Raises what the database raises, and Unavailable if the folder takes nothing."""
        if not change.parts:
            return await self._written_without_file(change)
        practice, record_id = change.parts[0].practice, change.parts[0].record_id
        await asyncio.to_thread(self._put, self._path(WAITING, practice, record_id), change.parts)
        try:
            written = await self.inner.write(replace(change, parts=()))
        except OutcomeUnknown:
            raise  # whether it stays is settled later, as with a request that was given up
        except (Taken, Unavailable):
            self._remove(practice, record_id)
            raise
        if written:
            self._keep(practice, record_id)
        else:
            self._remove(practice, record_id)
        return written

    async def part(self, practice: str, record_id: UUID, number: int) -> bytes | None:
        """One part of a record's file, sealed, if it is there. Raises Unavailable."""
        return await asyncio.to_thread(self._part, practice, record_id, number)

    async def purge(self, expiry: Expiry) -> None:
        """Forget what is old enough, and settle which of the files that wait are kept."""
        await self.inner.purge(expiry)
        for waiting in await asyncio.to_thread(self._left_waiting, expiry):
            if await self._is_on_record(expiry.practice, waiting):
                self._keep(expiry.practice, waiting)
            else:
                self._remove(expiry.practice, waiting)

    async def _written_without_file(self, change: Change) -> bool:
        """A change that may end the keys of records: without them their files are dead, and go as well."""
        written = await self.inner.write(change)
        for each in change.writes if written else ():
            if type(each.record) in self.kinds and each.record.state in each.record.erased_in:
                self._remove(each.record.practice, each.record.id)
        return written

    async def _is_on_record(self, practice: str, record_id: UUID) -> bool:
        for kind in self.kinds:
            if await self.inner.find(kind, practice, {"id": record_id}):
                return True
        return False

    def _path(self, stage: str, practice: str, record_id: UUID) -> Path:
        return self.folder / stage / practice / str(record_id)

    def _put(self, path: Path, parts: Sequence[FilePart]) -> None:
        """Write a file for nobody else to read, and have it on the disk. Raises Unavailable, and leaves nothing."""
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                for each in parts:
                    file.write(each.sealed)
                file.flush()
                os.fsync(file.fileno())
            flush_folder(path.parent)
        except OSError as failed:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise Unavailable from failed

    def _part(self, practice: str, record_id: UUID, number: int) -> bytes | None:
        for stage in (KEPT, WAITING):  # it may be given its name while it is looked for, and never the other way round
            with suppress(FileNotFoundError):
                return self._read(self._path(stage, practice, record_id), number)
        with suppress(FileNotFoundError):
            return self._read(self._path(KEPT, practice, record_id), number)
        return None

    def _read(self, path: Path, number: int) -> bytes | None:
        """Raises FileNotFoundError, and Unavailable."""
        try:
            with path.open("rb") as file:
                file.seek(number * (PART + OVERHEAD))
                return file.read(PART + OVERHEAD) or None
        except FileNotFoundError:
            raise
        except OSError as failed:
            raise Unavailable from failed

    def _keep(self, practice: str, record_id: UUID) -> None:
        kept = self._path(KEPT, practice, record_id)
        with suppress(OSError):  # it is found where it waits as well, and tried again later
            kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path(WAITING, practice, record_id).rename(kept)
            flush_folder(kept.parent)

    def _remove(self, practice: str, record_id: UUID) -> None:
        for stage in (WAITING, KEPT):
            with suppress(OSError):  # without the record's key nobody can open it
                self._path(stage, practice, record_id).unlink(missing_ok=True)

    def _left_waiting(self, expiry: Expiry) -> list[UUID]:
        before = expiry.files_before.timestamp()
        found: list[UUID] = []
        with suppress(OSError):  # there is no such folder yet
            for each in os.scandir(self.folder / WAITING / expiry.practice):
                with suppress(OSError, ValueError):
                    if each.stat().st_mtime < before:
                        found.append(UUID(each.name))
        return found


def flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
