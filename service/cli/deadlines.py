"""`charter deadlines`: what is due, for whoever works at the machine itself. Nothing that is kept sealed is opened for it."""

from datetime import datetime
from typing import Annotated, Any, Final

import typer

from models.practices import Practice
from service.cli.terminal import AsJSON, asked_of_house, refuse, show_json, show_table
from service.deadlines import PAGE, FallingDue, Wanted, falling_due
from service.house import House
from workflows.engine import words
from workflows.statutory_time import LONDON

ALL: Final = "all"
UNKNOWN: Final = "No practice with this code is open here."


def deadlines(
    practice: Annotated[str, typer.Option(help="The ODS code of one practice, or `all`.")] = ALL,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")] = False,
    steps: Annotated[bool, typer.Option("--steps", help="Say step by step how each date came out.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many records of each practice, soonest first.")] = PAGE,
    as_json: AsJSON = False,
) -> None:
    """List what is due, soonest first, with the rule by which each date was found. Nobody is named in it."""
    found = asked_of_house(lambda house: _due(house, practice, limit, overdue=overdue))
    if as_json:
        show_json({"deadlines": found})
        return
    rows = [[each["practice"], _said(each["at"]), *_told(each)] for each in found]
    show_table(["Practice", "Due (London)", "", "Kind", "What", "Rule", "Record"], rows)
    for each in found if steps else ():
        typer.echo(f"\n{each['kind']} {each['id']}, {each['what']}:")
        for step in each["steps"]:
            typer.echo(f"  {step}")


async def _due(house: House, practice: str, limit: int, *, overdue: bool) -> list[dict[str, Any]]:
    now = house.clock()
    wanted = Wanted(before=now if overdue else None, limit=limit)
    codes = await house.store.practice_codes() if practice == ALL else [practice]
    if practice != ALL and not await house.store.find(Practice, practice, {}):
        refuse(UNKNOWN)
    found = [(code, each) for code in codes for each in await falling_due(house.store, code, wanted)]
    lines = [line for code, each in found for line in _lines(code, each, now) if line["overdue"] or not overdue]
    return sorted(lines, key=lambda line: (line["at"], line["id"]))


def _lines(code: str, falling: FallingDue, now: datetime) -> list[dict[str, Any]]:
    """Everything that falls due for a record, as a machine is told it."""
    return [
        {
            "practice": code, "at": due.at.isoformat().replace("+00:00", "Z"), "overdue": due.at < now,
            "kind": falling.workflow.name, "what": due.name, "rule": due.law, "id": str(falling.record.id),
            "state": str(falling.record.state), "steps": list(due.steps),
        }
        for due in falling.dues
    ]  # fmt: skip


def _said(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone(LONDON):%a %d %b %Y, %H:%M}"


def _told(line: dict[str, Any]) -> list[str]:
    late = "OVERDUE" if line["overdue"] else ""
    return [late, words(line["kind"]), words(line["what"]), line["rule"], line["id"]]
