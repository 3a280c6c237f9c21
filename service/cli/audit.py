"""`charter audit` and `charter checkpoint`: see whether anybody altered the audit trail, and give it to whoever asks for it."""

import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from models.roles import INSTALLATION
from service.audit_export import export as exported
from service.audit_verification import Report, verify
from service.checkpoint_files import practices_in
from service.checkpoint_keys import public_pem
from service.checkpoints import Checkpoints, checkpoint_everywhere, checkpoints_of
from service.cli.terminal import REFUSED, AsJSON, asked_of_house, refuse, show_json, show_table, told_plainly
from service.house import House
from service.settings import Settings

audit = typer.Typer(
    no_args_is_help=True, help="Verify the audit trail, export it, and show the key of its checkpoints."
)

ALL = "all"
UNKNOWN = "No practice with this code is open here, and no folder keeps checkpoints of one."
COUNTED = ("records", "entries", "accesses", "checkpoints", "erased", "unwitnessed")


def checkpoint(
    anew: Annotated[
        bool, typer.Option("--anew", help="Walk the whole trail for what was never listed: after a restore.")
    ] = False,
) -> None:
    """Make checkpoints of the audit trail now. The clock makes them every few minutes."""
    checkpoints = _checkpoints()
    done = asked_of_house(lambda house: checkpoint_everywhere(house, checkpoints, anew=anew))
    typer.echo(f"Checkpoints: {done.lines}. Failures: {done.failed}.")
    if done.failed:
        refuse("Some failed: the log says which.")


@audit.command("verify")
def verify_(
    practice: Annotated[str, typer.Option(help="The ODS code of one practice, or `all`.")] = ALL,
    as_json: AsJSON = False,
) -> None:
    """Verify chains, records, showings and checkpoints. Ends with 1 when something was altered, removed or put in."""
    checkpoints = _checkpoints()
    reports = asked_of_house(lambda house: _verified(house, checkpoints, practice))
    if as_json:
        show_json({"well": all(each.well for each in reports), "practices": [_as_json(each) for each in reports]})
    else:
        rows = [
            [each.practice, *(str(getattr(each, name)) for name in COUNTED), "ok" if each.well else "WRONG"]
            for each in reports
        ]
        show_table(["Practice", *(name.title() for name in COUNTED), ""], rows)
        found = [[each.practice, one.verdict, one.what, one.remark] for each in reports for one in each.findings]
        if found:
            show_table(["Practice", "Verdict", "What", "Why"], found)
        if more := sum(each.more for each in reports):
            typer.echo(f"And {more} more.")
    if not all(each.well for each in reports):
        raise typer.Exit(REFUSED)


@audit.command("export")
def export_(
    practice: Annotated[str, typer.Option(help="The ODS code of the practice.")],
    to: Annotated[
        Path | None, typer.Option(help="The file to write to, instead of standard output; never an older one.")
    ] = None,
    without_what_was_said: Annotated[
        bool,
        typer.Option("--without-what-was-said", help="Leave out what records say and what was sent, for disclosure."),
    ] = False,
) -> None:
    """Write a practice's whole audit trail as JSON lines, which anybody can check. That it was exported is written down too."""
    checkpoints = _checkpoints()
    with _written_to(to) as file:
        asked_of_house(lambda house: _export(house, checkpoints, practice, file, said=not without_what_was_said))


@audit.command("public-key")
def public_key() -> None:
    """Print the public keys that verify checkpoints, for whoever is to check them."""
    for each in public_pem(_checkpoints().keys):
        typer.echo(each, nl=False)


def _checkpoints() -> Checkpoints:
    with told_plainly():
        return checkpoints_of(Settings())


async def _verified(house: House, checkpoints: Checkpoints, practice: str) -> list[Report]:
    known = await _known(house, checkpoints)
    return [await verify(house, checkpoints, each) for each in known if practice in {ALL, each}] or refuse(UNKNOWN)


async def _known(house: House, checkpoints: Checkpoints) -> list[str]:
    """Every practice that is open here or ever was: one that is gone from the database has its checkpoints still."""
    codes = {*await house.store.practice_codes(), *practices_in(checkpoints.folders)} - {INSTALLATION}
    return [*sorted(codes), INSTALLATION]


def _as_json(report: Report) -> dict[str, Any]:
    findings = [{"verdict": each.verdict, "what": each.what, "why": each.remark} for each in report.findings]
    counts = {name: getattr(report, name) for name in COUNTED}
    return {"practice": report.practice, "well": report.well, **counts, "findings": findings, "more": report.more}


async def _export(house: House, checkpoints: Checkpoints, practice: str, file: IO[str], *, said: bool) -> None:
    if practice not in await _known(house, checkpoints):
        refuse(UNKNOWN)
    lines: AsyncIterator[dict[str, Any]] = exported(house, checkpoints, practice, said=said)
    async for line in lines:
        file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


@contextmanager
def _written_to(path: Path | None) -> Iterator[IO[str]]:
    """A file that nobody else can read, or standard output."""
    if path is None:
        yield sys.stdout
        return
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        refuse("The file can't be made, or is there already.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            yield file
    except BaseException:
        path.unlink()  # half an export is none
        raise
