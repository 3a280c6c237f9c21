"""`charter backup`: a whole copy of a SQLite database, made while the service goes on."""

from pathlib import Path
from typing import Annotated

import typer

from service.cli.terminal import refuse, told_plainly
from service.settings import SQLITE, Settings
from service.store.copies import NotCopied, copy_whole


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
        copy_whole(source, to)
    except NotCopied as failed:
        refuse(str(failed))
    typer.echo(f"{to}: {to.stat().st_size} bytes, whole.")
