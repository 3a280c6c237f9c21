"""`charter backup`: a whole copy of a SQLite database, made while the service goes on."""

from pathlib import Path
from typing import Annotated

import typer

from service.cli.terminal import refuse, told_plainly
from service.settings import SQLITE, Settings
from service.store.copies import NotCopied, copy_files, copy_whole


def backup(to: Annotated[Path, typer.Argument(help="The file to be made; it must not be there yet.")]) -> None:
    """Copy a SQLite database as it is at one moment, whoever writes to it meanwhile, and look the copy over.

    A copy of the file alone would miss what stands in the log beside it. Files of evidence that are kept in a folder are copied
    as well, into a folder of the copy's name with `.files`. PostgreSQL has pg_dump for this.
    """
    with told_plainly():
        settings = Settings()
        address = settings.database_address
    if not address.startswith(SQLITE):
        refuse("The database is PostgreSQL: use pg_dump, as a role that sees every practice's rows.")
    source = Path(address.removeprefix(SQLITE))
    if not source.exists():
        refuse("There is no database to copy.")
    if to.exists():
        refuse("The file is there already. Name another.")
    files = to.with_name(f"{to.name}.files")
    if files.exists():
        refuse("The folder for the files is there already. Name another.")
    try:
        copy_whole(source, to)
        if settings.file_folder.is_dir() and settings.file_folder != Path():
            copy_files(settings.file_folder, files)
    except NotCopied as failed:
        refuse(str(failed))
    typer.echo(f"{to}: {to.stat().st_size} bytes, whole.")
    if files.exists():
        typer.echo(f"{files}: {sum(each.is_file() for each in files.rglob('*'))} files of evidence.")
