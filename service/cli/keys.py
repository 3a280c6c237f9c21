"""`charter keys`: which keys people's data are encrypted under, a new one, and the newest in the place of all others."""

from typing import Annotated, Any, Final

import typer

from service.cli.terminal import AsJSON, asked_of_house, refuse, show_json, show_table, told_plainly
from service.house import House
from service.key_files import SUFFIX, KeyFileRefused, keep_new_secret, key_names, next_key_file
from service.key_rotation import counted, rotate
from service.settings import Settings

NOT_THERE: Final = "not there"
keys = typer.Typer(no_args_is_help=True, help="List, make and rotate the keys that people's data are encrypted under.")


@keys.command("list")
def list_(as_json: AsJSON = False) -> None:
    """List the keys, by name and fingerprint, and how many records each practice keeps under each. Shows no secret."""
    found = asked_of_house(_every_key)
    if as_json:
        show_json({"keys": found})
        return
    rows = [[each["name"] or "-", each["key_id"], each["use"], _told(each["records"])] for each in found]
    show_table(["Key", "Fingerprint", "", "Records by practice"], rows)


@keys.command()
def new(
    name: Annotated[
        str | None, typer.Option(help="What to call it, if not by the next number. It has to come last.")
    ] = None,
) -> None:
    """Make the next key, in a file of its own. What is written from now on is encrypted under it."""
    with told_plainly():
        settings = Settings()
        names = key_names(settings.key_folder)
        try:
            made = settings.key_folder / f"{name}{SUFFIX}" if name else next_key_file(settings.key_folder, names)
        except KeyFileRefused as refused:
            refuse(str(refused))
        if made.name <= max(names, default="") or made.parent != settings.key_folder:
            refuse("The key in use is the last one by name: choose a name that comes after all others.")
        keep_new_secret(made)
        typer.echo(
            f"{made.stem} ({settings.key_ring().newest.key_id}) is in use. Keep a copy, apart from the database's."
        )


@keys.command("rotate")
def rotate_() -> None:
    """Let the newest key take the place of all others. Can be stopped, and run again; the service goes on meanwhile."""
    done, found = asked_of_house(_rotated)
    typer.echo(f"Record keys wrapped anew: {done.keys}. Indexes made anew: {done.indexes}.")
    unused = [each["name"] for each in found if each["use"] == "older" and not each["records"]]
    if done.unopened:
        refuse(f"Could not be opened: {done.unopened}. Keep every key until they can be.")
    typer.echo(f"Nothing here depends any more on: {', '.join(unused) or 'none of the others'}. Older backups do.")


async def _rotated(house: House) -> Any:
    return await rotate(house.store), await _every_key(house)


async def _every_key(house: House) -> list[dict[str, Any]]:
    """Every key of the ring, oldest first, and every other one that something is kept under."""
    by_practice = await counted(house.store)
    ring = house.store.vault.ring.keys
    names = {each.key_id: each.name for each in ring}
    others = sorted({key_id for each in by_practice.values() for key_id in each} - names.keys())
    return [
        {
            "name": names.get(key_id),
            "key_id": key_id,
            "use": NOT_THERE if key_id not in names else "in use" if key_id == ring[-1].key_id else "older",
            "records": {code: each[key_id] for code, each in by_practice.items() if key_id in each},
        }
        for key_id in (*names, *others)
    ]


def _told(records: dict[str, int]) -> str:
    return ", ".join(f"{code}: {count}" for code, count in records.items()) or "-"
