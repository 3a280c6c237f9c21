"""Copies of a SQLite database, and of files that are kept beside it, made while both are at work."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

WHOLE: Final = [("ok",)]


class NotCopied(Exception):
    """The copy failed. Is there room for it, and may this account write there?"""

    def __init__(self) -> None:
        super().__init__(NotCopied.__doc__)


def copy_whole(source: Path, to: Path) -> None:
    """Write a database as it is at one moment to a new file, for nobody else to read. Raises NotCopied, and leaves nothing."""
    try:
        os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError:
        raise NotCopied from None
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as connection:
            connection.execute("VACUUM INTO ?", (str(to),))
        with closing(sqlite3.connect(f"file:{to}?mode=ro", uri=True)) as copied:
            if copied.execute("PRAGMA integrity_check").fetchall() != WHOLE:
                raise NotCopied
        with to.open("rb") as written:
            os.fsync(written.fileno())
    except (OSError, sqlite3.Error, NotCopied):
        to.unlink(missing_ok=True)
        raise NotCopied from None


def copy_files(source: Path, to: Path) -> None:
    """Copy the files that are kept beside a database, after the database. Raises NotCopied, and leaves nothing.

    So each that the copied database names is there, unless its evidence was destroyed meanwhile.
    """
    try:
        to.mkdir(mode=0o700)
        shutil.copytree(source, to, copy_function=_copy_unless_gone, dirs_exist_ok=True)
    except (OSError, shutil.Error):
        shutil.rmtree(to, ignore_errors=True)
        raise NotCopied from None


def _copy_unless_gone(source: str, to: str) -> str:
    """A file that is destroyed, or given another name, while the copy is made is not missed: under its last name it is copied."""
    try:
        return str(shutil.copy2(source, to))
    except FileNotFoundError:
        return to
