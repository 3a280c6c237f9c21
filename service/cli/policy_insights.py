"""`charter policies lint` and `charter policies diff`: what to look at in a policy, and what differs between two."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from models.policies import PolicyContent
from models.roles import Role
from models.staff import StaffMember, StaffState
from service.cli.policies import ACTIVE, version_of
from service.cli.terminal import WIDTH_OFF_A_TERMINAL, AsJSON, asked_of_house, show_json, told_plainly
from service.house import House, now
from service.policy_files import read_policies
from workflows.differences import Difference, differences, markdown, summary
from workflows.lint import lint as findings_in
from workflows.lint.findings import Finding
from workflows.statutory_time import london_day

PLACES_SHOWN: Final = 4

Practice = Annotated[str | None, typer.Option(help="The ODS code of a practice, to look at its versions.")]


def lint(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH...]", help="Policy files, or folders.")] = None,
    practice: Practice = None,
    version: Annotated[str, typer.Option(help="With --practice: a version's number, or `active`.")] = ACTIVE,
    as_json: AsJSON = False,
) -> None:
    """Say what to look at in policies: what is blank, contradictory, out of date, or narrowed by the law.

    Findings keep nothing from happening: the command ends with 0 whatever it finds.
    """
    if bool(paths) == bool(practice):
        raise typer.BadParameter("Name policy files, or a practice with --practice.")
    found = _in_practice(practice, version) if practice else _in_files(paths or [])
    if as_json:
        show_json({"policies": [{"policy": name, "findings": _plain(each)} for name, each in found.items()]})
        return
    for name, each in found.items():
        typer.echo(f"{name}: {len(each)} finding{'' if len(each) == 1 else 's'}")
        if each:
            _print(_table_of_findings(each))


def diff(
    before: Annotated[str, typer.Argument(help="A policy file; or, with --practice, a version's number or `active`.")],
    after: Annotated[str, typer.Argument(help="The same, for what it is compared with.")],
    practice: Practice = None,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Answer in Markdown.")] = False,
    as_json: AsJSON = False,
) -> None:
    """Say what differs between two policies, setting by setting and clause by clause."""
    one, other = (_content(named, practice) for named in (before, after))
    found = differences(one, other)
    if as_json:
        show_json({"summary": summary(found), "differences": _plain(found)})
    elif as_markdown:
        typer.echo(markdown(found, before, after), nl=False)
    else:
        typer.echo(summary(found))
        if found:
            _print(_table_of_differences(found))


def _in_files(paths: Sequence[Path]) -> dict[str, list[Finding]]:
    """What is found in policy files."""
    today = london_day(now())
    with told_plainly():
        return {str(file.path): findings_in(file.content, today) for file in read_policies(paths)}


def _in_practice(practice: str, version: str) -> dict[str, list[Finding]]:
    """What is found in a practice's version, whose staff is known."""

    async def asked(house: House) -> dict[str, list[Finding]]:
        policy, today = await version_of(house, practice, version), london_day(house.clock())
        found = findings_in(policy.content, today, await _roles_held(house, practice))
        return {f"{practice}, version {policy.number}": found}

    return asked_of_house(asked)


async def _roles_held(house: House, practice: str) -> frozenset[Role]:
    """The roles that people hold at a practice now."""
    members = await house.store.find(StaffMember, practice, {"state": StaffState.IN_POST})
    return frozenset[Role]().union(*(each.record.roles_at(house.clock()) for each in members))


def _content(named: str, practice: str | None) -> PolicyContent:
    """The policy that is meant: a version of the practice, or a file."""
    if practice and not Path(named).exists():
        return asked_of_house(lambda house: version_of(house, practice, named)).content
    with told_plainly():
        files = read_policies([Path(named)])
    if len(files) > 1:
        raise typer.BadParameter("Name one file, not a folder of several.")
    return files[0].content


def _plain(found: Iterable[Finding | Difference]) -> list[Any]:
    return [each.model_dump(mode="json") for each in found]


def _table_of_findings(found: Iterable[Finding]) -> Table:
    """A row for each finding."""
    table = _table("Severity", "Finding", "Where", "What", "Source")
    table.columns[1].no_wrap = True
    for each in found:
        labels = [where.label for where in each.where]
        more = [f"and {len(labels) - PLACES_SHOWN} more"] if len(labels) > PLACES_SHOWN else []
        where = "\n".join([*labels[:PLACES_SHOWN], *more])
        table.add_row(str(each.severity), each.key, where, each.message, each.source.citation)
    return table


def _table_of_differences(found: Iterable[Difference]) -> Table:
    """A row for each difference."""
    table = _table("What", "Change", "In words")
    for each in found:
        table.add_row(each.label, str(each.change), "\n".join(each.words))
    return table


def _table(*head: str) -> Table:
    return Table(*head, box=SIMPLE_HEAD, pad_edge=False, show_lines=True)


def _print(table: Table) -> None:
    """Print a table, in which nothing that a person wrote is taken for markup."""
    width = None if sys.stdout.isatty() else WIDTH_OFF_A_TERMINAL
    Console(markup=False, highlight=False, emoji=False, width=width).print(table)
