"""`charter policies`: bring a policy in from a file, and write one out."""

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from models.policies import Policy
from models.text import hidden
from service.cli.terminal import AsJSON, asked_of_house, refuse, show_json, show_table, told_plainly, with_progress
from service.house import House
from service.identity import Principal
from service.policy_files import (
    FilesRefused,
    PolicyFile,
    import_policy,
    judge_import,
    read_policies,
    the_one,
    version_named,
    written,
)

policies = typer.Typer(no_args_is_help=True, help="Bring a policy in from a file, and write one out.")

ACTIVE = "active"


@policies.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Policy files, or folders of them.")],
    practice: Annotated[str, typer.Option(help="The ODS code of the practice that adopts the policy.")],
    person: Annotated[str, typer.Option("--as", metavar="SUBJECT", help="Who imports it, as their token names them.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
    as_json: AsJSON = False,
) -> None:
    """Read policy files, all or none, and begin a draft from the one that the practice adopts.

    The draft then takes the ordinary way: somebody submits it, and somebody else approves and publishes it.
    """
    with told_plainly():
        files = read_policies(paths, partial(with_progress, doing="Reading"))
        file = the_one(files)
    begun = asked_of_house(lambda house: _begun(house, Principal(person, practice), file, dry_run=dry_run))
    row = {"file": _shown(file.path), "title": file.content.title, **begun}
    if as_json:
        show_json({"dry_run": dry_run, "imported": [row]})
    else:
        show_table(["File", "Title", "Version", "State"], [[row["file"], row["title"], row["number"], row["state"]]])


@policies.command()
def export(
    practice: Annotated[
        str | None, typer.Option(help="The practice's ODS code; not needed where there is one.")
    ] = None,
    version: Annotated[str, typer.Option(help="A version's number, or `active` for the one in force.")] = ACTIVE,
    output: Annotated[Path | None, typer.Option(help="The file to write to, instead of standard output.")] = None,
) -> None:
    """Write a version as a policy file, from which the same content can be imported."""
    content = asked_of_house(lambda house: version_of(house, practice, version)).content
    try:
        text = written(content)
        output.write_text(text, encoding="utf-8") if output else typer.echo(text, nl=False)
    except ValueError as too_large:
        refuse(f"The version can't be written to a file: it {too_large}.")
    except OSError:
        refuse("The file can't be written.")


async def _begun(house: House, who: Principal, file: PolicyFile, *, dry_run: bool) -> dict[str, Any]:
    """What became of the file, or would."""
    await _refuse_unless_open(house, who.practice)
    if dry_run:
        await judge_import(house.work(who), file)
        return {"number": "-", "state": "would be a draft"}
    begun = await import_policy(house.work(who), file)
    (kept,) = await house.store.find(Policy, who.practice, {"id": begun.record_id})
    policy: Policy = kept.record
    return {
        "id": str(policy.id),
        "number": policy.number,
        "state": str(policy.state),
        "content_hash": policy.content_hash,
    }


async def version_of(house: House, practice: str | None, named: str) -> Policy:
    """The version that is meant. Raises FilesRefused when there is none."""
    code = practice or await _only_practice(house)
    await _refuse_unless_open(house, code)
    found = version_named([each.record for each in await house.store.find(Policy, code, {})], named)
    if found is None:
        raise FilesRefused(["The practice has no policy in force." if named == ACTIVE else "There is no such version."])
    return found


async def _only_practice(house: House) -> str:
    codes = await house.store.practice_codes()
    if len(codes) != 1:
        raise FilesRefused([f"There are {len(codes)} practices: say which one, with --practice."])
    return codes[0]


async def _refuse_unless_open(house: House, practice: str) -> None:
    if practice not in await house.store.practice_codes():
        raise FilesRefused(["No practice is open under this code."])


def _shown(path: Path) -> str:
    return "".join("?" if hidden(character) else character for character in str(path))
