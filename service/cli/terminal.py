"""What every command shares: where it prints, how it asks the house, and how it says no.

A command ends with 0 when it did what was asked, with 1 when that was refused, and with 2 when it was asked wrongly.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, Final, NoReturn, TypeVar

import typer
from pydantic import ValidationError
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy.exc import DBAPIError

from service.database import SchemaBehind, UnsafeDatabaseRole
from service.demo import NotForDemonstrations
from service.house import House, open_house
from service.issuer import IssuerOffInProduction, KeyFileExposed
from service.key_ring import KeyMissing
from service.key_sources import KeysRefused
from service.policy_files import FilesRefused
from service.settings import Settings, SettingsRefused
from service.store import Unavailable
from service.unit_of_work import Overtaken, Stale
from workflows.refusals import Refusal

T = TypeVar("T")

REFUSED: Final = 1
WRONG_USE: Final = 2
WIDTH_OFF_A_TERMINAL: Final = 160
EXPECTED: Final = (
    FilesRefused, IssuerOffInProduction, KeyFileExposed, KeyMissing, KeysRefused, NotForDemonstrations, Overtaken, Refusal,
    SchemaBehind, SettingsRefused, Stale, Unavailable, UnsafeDatabaseRole,
)  # fmt: skip

AsJSON = Annotated[bool, typer.Option("--json", help="Answer in JSON, for machines.")]

errors: Final = Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)


def asked_of_house(ask: Callable[[House], Awaitable[T]]) -> T:
    """Open the house that the settings describe, ask it for something, and close it again. A refusal ends the command."""

    async def asked() -> T:
        async with open_house(Settings()) as house:
            return await ask(house)

    with told_plainly():
        return asyncio.run(asked())


@contextmanager
def told_plainly() -> Iterator[None]:
    """Say in a sentence what was expected to go wrong at times, and end with 1."""
    try:
        yield
    except EXPECTED as refused:
        refuse(str(refused) or type(refused).__doc__ or "")
    except DBAPIError:
        refuse("The database can't be reached, or does not let this role do that.")


def refuse(sentence: str) -> NoReturn:
    """Say why not, and end with 1."""
    errors.print(sentence)
    raise typer.Exit(REFUSED)


@contextmanager
def checked_options() -> Iterator[None]:
    """Say which options don't hold what they should, without repeating what they hold, and end with 2."""
    try:
        yield
    except ValidationError as faults:
        for each in faults.errors(include_input=False, include_url=False, include_context=False):
            errors.print(f"{' '.join(map(str, each['loc']))}: {each['msg']}")
        raise typer.Exit(WRONG_USE) from None


def show_json(value: Any) -> None:
    """Answer a machine."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def show_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Answer a person."""
    table = Table(*head, box=SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    width = None if sys.stdout.isatty() else WIDTH_OFF_A_TERMINAL
    Console(markup=False, highlight=False, emoji=False, width=width).print(table)


def with_progress(steps: Sequence[T], doing: str) -> Iterable[T]:
    """The steps, and on a terminal how far they are."""
    return track(steps, doing, console=errors, transient=True, disable=not errors.is_terminal)
