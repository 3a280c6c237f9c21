"""`charter backup`: a whole copy of a SQLite database, made while the service goes on."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Annotated, Final

import typer

from service.cli.terminal import refuse, told_plainly
from service.settings import SQLITE, Settings

WHOLE: Final = [("ok",)]


def backup(to: Annotated[Path, typer.Argument(help="The file to be made; it must not be there yet.")]) -> None:
    """Copy a SQLite database as it is at one moment, whoever writes to it meanwhile, and look the copy over.

    A copy of the file alone would miss what stands in the log beside it. PostgreSQL has pg_dump for this.
    """
    with told_plainly():
        address = Settings().database_address
    if not address.startswith(SQLITE):
        refuse("The database is PostgreSQL: use pg_dump, as a role that sees every practice's rows.")
    source = Path(address.removeprefix(SQLITE))
    if not source.exists():
        refuse("There is no database to copy.")
    if to.exists():
        refuse("The file is there already. Name another.")
    try:
        copy(source, to)
    except (sqlite3.Error, OSError) as fault:
        to.unlink(missing_ok=True)
        refuse(f"The copy failed ({type(fault).__name__}). Is there room for it, and may this account write there?")
    typer.echo(f"{to}: {to.stat().st_size} bytes, whole.")


def copy(source: Path, to: Path) -> None:
    """Write the copy for nobody else to read, and check it. Raises sqlite3.Error and OSError."""
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as connection:
        connection.execute("VACUUM INTO ?", (str(to),))
    with closing(sqlite3.connect(f"file:{to}?mode=ro", uri=True)) as copied:
        if copied.execute("PRAGMA integrity_check").fetchall() != WHOLE:
            raise sqlite3.DatabaseError
    with to.open("rb") as written:
        os.fsync(written.fileno())
