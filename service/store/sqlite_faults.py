"""What SQLite says when something fails, and what that means for whoever asked."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from service.store import Taken, Unavailable

WRITTEN_TWICE = {"SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE"}
BUSY = ("SQLITE_BUSY", "SQLITE_PROTOCOL")
OUT_OF_REACH = (*BUSY, "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY")
REFUSED_BY_A_TRIGGER = "SQLITE_CONSTRAINT_TRIGGER"  # such as one that somebody set to stop all writing


@contextmanager
def reaching() -> Iterator[None]:
    """Say Unavailable when the file can't be read."""
    try:
        yield
    except sqlite3.Error as failed:
        if name_of(failed).startswith(OUT_OF_REACH):
            raise Unavailable from failed
        raise


def explained(failed: Exception) -> Exception:
    """What is told to whoever waits for a change."""
    if name_of(failed) in WRITTEN_TWICE:
        return Taken()
    return Unavailable() if name_of(failed).startswith((*OUT_OF_REACH, REFUSED_BY_A_TRIGGER)) else failed


def name_of(failed: Exception) -> str:
    """What SQLite calls it; nothing for what is not its own."""
    return getattr(failed, "sqlite_errorname", "")
