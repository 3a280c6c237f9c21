"""`charter doctor`: whether an installation has what it needs, looked at without changing anything in it."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import typer

from models.migrations import HEAD
from models.practices import Practice
from service.cli.terminal import EXPECTED, REFUSED, AsJSON, show_json, show_table
from service.database import open_store
from service.house import now
from service.issuer import KEY_FILE
from service.production import IS_OPEN
from service.settings import AUDIT_KEY_FILE, SQLITE, Settings, SettingsRefused
from service.store import Store

OPEN_TO_OTHERS: Final = 0o077
FIRST_RELEASE: Final = datetime(2026, 1, 1, tzinfo=UTC)
MOST_OUT_OF_STEP: Final = timedelta(minutes=1)
NOT_THERE_YET: Final = "not there yet: it is made on first use"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, and what there is to say."""

    what: str
    well: bool
    remark: str


def doctor(as_json: AsJSON = False) -> None:
    """Look at the settings, the folder, the keys, the database and the clock. Ends with 1 when something is amiss."""
    found = list(examination())
    if as_json:
        show_json([{"what": each.what, "ok": each.well, "remark": each.remark} for each in found])
    else:
        show_table(["What", "", "Remark"], [[each.what, "ok" if each.well else "WRONG", each.remark] for each in found])
    if not all(each.well for each in found):
        raise typer.Exit(REFUSED)


def examination() -> Iterator[Finding]:
    """Everything there is to look at; without settings nothing else can be."""
    try:
        settings = Settings()
    except SettingsRefused as refused:
        yield Finding("settings", False, str(refused))
        return
    yield Finding("settings", True, f"for {settings.mode}")
    yield folder(settings)
    if settings.file_folder != Path():
        yield file_folder(settings)
    yield audit_key(settings)
    yield encryption_keys(settings)
    if settings.embedded_issuer:
        yield issuer_key(settings)
    missing = missing_database(settings)
    yield from [missing, clock(settings, None)] if missing else asyncio.run(database_and_clock(settings))


def folder(settings: Settings) -> Finding:
    """Whether the data folder, or the place where it will be, can be written to."""
    place = nearest(settings.data_folder.absolute())
    writable = os.access(place, os.W_OK | os.X_OK)
    remark = "can be written to" if writable else "can't be written to by this account"
    return Finding("data folder", writable, remark if place == settings.data_folder.absolute() else NOT_THERE_YET)


def file_folder(settings: Settings) -> Finding:
    """Whether the folder for files of evidence, or the place where it will be, can be written to, and is closed to others."""
    kept = settings.file_folder.absolute()
    place = nearest(kept)
    if not os.access(place, os.W_OK | os.X_OK):
        return Finding("file folder", False, "can't be written to by this account")
    if place != kept:
        return Finding("file folder", True, NOT_THERE_YET)
    if kept.stat().st_mode & IS_OPEN:
        return Finding("file folder", False, "is open to others on this machine: take their permissions away")
    return Finding("file folder", True, "can be written to")


def audit_key(settings: Settings) -> Finding:
    """Whether the secret that seals the audit trail is there, random, and closed to others."""
    unset = settings.audit_key_file == Path()
    kept = settings.data_folder / AUDIT_KEY_FILE if unset else settings.audit_key_file
    if not settings.production and not kept.exists():
        return Finding("audit key", True, NOT_THERE_YET)
    try:
        return Finding("audit key", True, f"known as {settings.audit_key().key_id}")
    except SettingsRefused as refused:
        return Finding("audit key", False, str(refused))


def encryption_keys(settings: Settings) -> Finding:
    """Whether the keys that people's data are encrypted under are there, random, and closed to others."""
    try:
        ring = settings.key_ring()
    except SettingsRefused as refused:
        return Finding("encryption keys", False, str(refused))
    if not ring.files:
        return Finding("encryption keys", True, NOT_THERE_YET)
    return Finding("encryption keys", True, f"{len(ring.files)}, in use {ring.newest.name} ({ring.newest.key_id})")


def issuer_key(settings: Settings) -> Finding:
    """Whether the embedded issuer's key is closed to others."""
    kept = settings.issuer_folder / KEY_FILE
    if not kept.exists():
        return Finding("issuer's key", True, NOT_THERE_YET)
    if kept.stat().st_mode & OPEN_TO_OTHERS:
        return Finding("issuer's key", False, "others on this machine can read it: remove it, and a new one is made")
    return Finding("issuer's key", True, "for development")


def missing_database(settings: Settings) -> Finding | None:
    """A file that is not there, which merely looking must not make."""
    address = settings.database_address
    if not address.startswith(SQLITE) or Path(address.removeprefix(SQLITE)).exists():
        return None
    if settings.embedded_database:
        return Finding("database", True, NOT_THERE_YET)
    return Finding("database", False, "not there: run charter migrate")


async def database_and_clock(settings: Settings) -> list[Finding]:
    """Whether the database can be used as it is, and whether the clock agrees with what it holds."""
    try:
        # Named in full it is nobody's embedded database, and opening it brings nothing up to date.
        store = await open_store(settings.model_copy(update={"database": settings.database_address}))
    except EXPECTED as refused:
        return [Finding("database", False, str(refused) or type(refused).__doc__ or ""), clock(settings, None)]
    try:
        return [Finding("database", True, f"at {HEAD}"), clock(settings, await newest_practice(store))]
    finally:
        await store.close()


async def newest_practice(store: Store) -> datetime | None:
    """When a practice was last opened here."""
    opened = [
        each.record.created_at for code in await store.practice_codes() for each in await store.find(Practice, code, {})
    ]
    return max(opened, default=None)


def clock(settings: Settings, last_opened: datetime | None) -> Finding:
    """Whether the time can be right: not before this release or what was written here, and as the disk sees it."""
    moment = now()
    if moment < FIRST_RELEASE:
        return Finding("clock", False, "stands before this release was made")
    if last_opened and last_opened > moment + MOST_OUT_OF_STEP:
        return Finding("clock", False, "stands before the time at which a practice was opened here")
    if abs(disk_time(settings) - moment) > MOST_OUT_OF_STEP:
        return Finding("clock", False, "differs from that of the disk on which the data folder lies")
    return Finding("clock", True, f"{moment:%Y-%m-%d %H:%M:%S} UTC")


def disk_time(settings: Settings) -> datetime:
    """When the file system says that something written now was written."""
    place = nearest(settings.data_folder.absolute())
    if not os.access(place, os.W_OK | os.X_OK):
        return now()
    with tempfile.TemporaryFile(dir=place) as written:
        return datetime.fromtimestamp(os.fstat(written.fileno()).st_mtime, UTC)


def nearest(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    return next(each for each in (folder, *folder.parents) if each.exists())
