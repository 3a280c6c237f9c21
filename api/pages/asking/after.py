"""After a form was sent: what happens next, and how far the practice has got."""

from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from api.budgets import client_address
from api.pages.asking.asking import JOURNEYS, UNPROCESSABLE, Handler, add_page
from api.pages.asking.journeys import ASKING
from api.pages.asking.progress import Progress, progress_of
from api.pages.asking.questions import Fault, Journey
from api.pages.asking.seats import own_contact, seated, take_seat
from api.pages.asking.visits import Visit, sent, visit
from api.pages.words import Words
from models.references import EXAMPLE, well_formed
from service.drafts import Answers
from service.intake import known_by
from service.own_contacts import can_be_withdrawn

BASE: Final = "/practices/{code}/rights"


def add_after_pages(router: APIRouter) -> None:
    """The pages after a request, below `/practices/{code}/rights`."""
    for journey in JOURNEYS:
        path = f"/practices/{{code}}/{journey.path}"
        add_page(router, "GET", f"{path}/sent", f"{journey.name}.see_sent", showing_sent(journey))
        add_page(router, "POST", f"{path}/again", f"{journey.name}.begin_again", beginning_again(journey))
    add_page(router, "GET", f"{BASE}/status", "status.ask", ask_status)
    add_page(router, "POST", f"{BASE}/status", "status.look", look_up)
    add_page(router, "GET", f"{BASE}/progress", "status.see", show_progress)


def showing_sent(journey: Journey) -> Handler:
    """What was sent, under which reference, and what happens next and when."""

    async def show_sent(request: Request) -> Response:
        visited = await visit(request)
        told = (await visited.answers(journey.name)).sent
        if not told:
            return visited.on(journey.path)
        record, seat = await seated(visited)
        mine = seat.get("id") == told["id"]
        shown: dict[str, Any] = {
            "told": told, "journey": journey, "seat": seat if mine else {},
            "contact": own_contact(visited, record) if mine else None,
            "received_on": day_in(visited, told["received_on"]), "due_on": day_in(visited, told["due_on"]),
        }  # fmt: skip
        return visited.page("sent", **shown)

    return show_sent


def day_in(visited: Visit, said: str) -> str:
    """A day in words, if there is one."""
    return visited.words.day(date.fromisoformat(said)) if said else ""


def beginning_again(journey: Journey) -> Handler:
    """Another one from the same browser: the one that was sent is left alone."""

    async def begin_again(request: Request) -> Response:
        visited = await sent(request)
        await visited.keep(journey.name, Answers())
        return visited.on(f"{journey.path}/{journey.questions[0].path}")

    return begin_again


async def ask_status(request: Request) -> Response:
    """Where somebody says which request they mean."""
    return status_page(await visit(request), {})


def status_page(visited: Visit, given: dict[str, str], faults: tuple[Fault, ...] = ()) -> Response:
    """The form, with what is wrong with what was said."""
    wrong = {each.field: visited.words(each.words) for each in reversed(faults)}
    back = f"{visited.base}/{ASKING.path}"
    shown: dict[str, Any] = {"given": given, "faults": faults, "wrong": wrong, "back": back, "example": EXAMPLE}
    return visited.page("status", UNPROCESSABLE if faults else 200, **shown)


async def look_up(request: Request) -> Response:
    """See whether a reference and a code belong together. Whatever is wrong with them is answered alike."""
    visited = await sent(request)
    given = {name: "".join(visited.told.get(name, [])[:1]).strip() for name in ("reference", "status_code")}
    empty = tuple(Fault(name, f"status.missing_{words}") for name, words in WORDS.items() if not given[name])
    if empty:
        return status_page(visited, given, empty)
    await visited.house.budgets.try_of_status(client_address(request))
    store, practice = visited.house.store, visited.practice
    found = await known_by(store, practice, given["reference"], given["status_code"])
    if found is None:
        return status_page(visited, given, (Fault("reference", "status.wrong"),))
    await take_seat(visited, id=str(found), reference=well_formed(given["reference"]) or "")
    return visited.on("rights/progress")


WORDS: Final = {"reference": "reference", "status_code": "code"}


async def show_progress(request: Request) -> Response:
    """How far the practice has got with a request: its dates and its stage, and nothing of what it says."""
    visited = await visit(request)
    record, seat = await seated(visited)
    if record is None:
        return visited.on("rights/status")
    rows = rows_of(progress_of(record), seat["reference"], visited.words)
    contact = own_contact(visited, record)
    withdrawal = ("offered" if contact else "by_word") if can_be_withdrawn(record) else ""
    return visited.page("progress", rows=rows, contact=contact, seat=seat, withdrawal=withdrawal)


def rows_of(progress: Progress, reference: str, words: Words) -> list[tuple[str, str]]:
    """What is told, in words."""
    rows = [
        (words("progress.reference"), reference),
        (words("progress.received"), words.day(progress.received_on)),
        (words("progress.stage"), words(f"progress.{progress.stage}")),
    ]
    return [*rows, (words("progress.due"), words.day(progress.due_on))] if progress.due_on else rows
