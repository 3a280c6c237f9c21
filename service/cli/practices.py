"""`charter practices`: open a practice, as whoever works at the machine itself, and list those that are open."""

from typing import Annotated, Any

import typer

from models.practices import Contacts, FirstManager, Practice, PracticeDraft
from service.cli.terminal import AsJSON, asked_of_house, checked_options, show_json, show_table
from service.house import House
from service.installation import open_locally

practices = typer.Typer(no_args_is_help=True, help="Open a practice, and list those that are open.")


@practices.command("open")
def open_(
    code: Annotated[str, typer.Option(help="Its ODS code, such as ZZ0001.")],
    name: Annotated[str, typer.Option(help="What it is called.")],
    manager: Annotated[str, typer.Option(metavar="SUBJECT", help="Its practice manager, as their token names them.")],
    manager_name: Annotated[str, typer.Option(help="What the practice manager is called.")],
    phone: Annotated[str | None, typer.Option(help="How the public rings it.")] = None,
    email: Annotated[str | None, typer.Option(help="Its public address for e-mail.")] = None,
    website: Annotated[str | None, typer.Option(help="The address of its website.")] = None,
    complaints: Annotated[str | None, typer.Option(help="Where its complaints procedure can be read.")] = None,
) -> None:
    """Open a practice with its first practice manager, who then appoints everyone else."""
    with checked_options():
        draft = PracticeDraft(
            code=code,
            name=name,
            contacts=Contacts(phone=phone, email=email, website=website, complaints=complaints),
            manager=FirstManager(subject=manager, name=manager_name),
        )
    asked_of_house(lambda house: open_locally(house, draft))
    typer.echo(f"{draft.code} is open.")


@practices.command("list")
def list_(as_json: AsJSON = False) -> None:
    """List the practices, with the policy that is in force at each."""
    found = asked_of_house(_all)
    if as_json:
        show_json({"practices": found})
    else:
        rows = [[each["code"], each["name"], each["policy"] or "-", each["version"] or "-"] for each in found]
        show_table(["Code", "Name", "Policy in force", "Version"], rows)


async def _all(house: House) -> list[dict[str, Any]]:
    return [await _one(house, code) for code in await house.store.practice_codes()]


async def _one(house: House, code: str) -> dict[str, Any]:
    (kept,) = await house.store.find(Practice, code, {})
    practice: Practice = kept.record
    policy = practice.in_force
    return {
        "code": code,
        "name": practice.name,
        "policy": policy.title if policy else None,
        "version": policy.number if policy else None,
    }
