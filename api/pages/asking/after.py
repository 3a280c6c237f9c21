"""After a form was sent: what happens next, a code that shows that a contact is theirs, and how far the practice has got."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from api.budgets import client_address
from api.pages.asking.asking import JOURNEYS, SEAT, UNPROCESSABLE, Handler, add_page
from api.pages.asking.journeys import ASKING
from api.pages.asking.progress import Progress, progress_of
from api.pages.asking.questions import Fault, Journey
from api.pages.asking.visits import Visit, sent, visit
from api.pages.words import Words
from models.references import EXAMPLE, well_formed
from service.contact_codes import SentCode
from service.drafts import Answers
from service.intake import Became, confirm, email_to_prove, known_by, whats_become_of
from service.integrations.messages import NotSent, Way
from service.unit_of_work import NotFound

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
    add_page(router, "POST", f"{BASE}/send-code", "contact.send_code", send_code)
    add_page(router, "GET", f"{BASE}/code", "contact.ask_code", ask_code)
    add_page(router, "POST", f"{BASE}/code", "contact.confirm", confirm_contact)


def showing_sent(journey: Journey) -> Handler:
    """What was sent, under which reference, and what happens next and when."""

    async def show_sent(request: Request) -> Response:
        visited = await visit(request)
        told = (await visited.answers(journey.name)).sent
        if not told:
            return visited.on(journey.path)
        record, seat = await seated(visited)
        mine = record is not None and seat["id"] == told["id"]
        shown: dict[str, Any] = {
            "told": told, "journey": journey, "seat": seat if mine else {}, "offered": mine and offered(visited, record),
            "received_on": day_in(visited, told["received_on"]), "due_on": day_in(visited, told["due_on"]),
        }  # fmt: skip
        return visited.page("sent", **shown)

    return show_sent


def offered(visited: Visit, record: Became | None) -> bool:
    """Whether whoever asked can show by a code that their address is theirs."""
    can_be_sent = Way.EMAIL in visited.house.carriage.ways
    return can_be_sent and record is not None and email_to_prove(record) is not None


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
    await visited.keep(SEAT, Answers(sent={"id": str(found), "reference": well_formed(given["reference"]) or ""}))
    return visited.on("rights/progress")


WORDS: Final = {"reference": "reference", "status_code": "code"}


async def show_progress(request: Request) -> Response:
    """How far the practice has got with a request: its dates and its stage, and nothing of what it says."""
    visited = await visit(request)
    record, seat = await seated(visited)
    if record is None:
        return visited.on("rights/status")
    rows = rows_of(progress_of(record), seat["reference"], visited.words)
    return visited.page("progress", rows=rows, offered=offered(visited, record), seat=seat)


def rows_of(progress: Progress, reference: str, words: Words) -> list[tuple[str, str]]:
    """What is told, in words."""
    rows = [
        (words("progress.reference"), reference),
        (words("progress.received"), words.day(progress.received_on)),
        (words("progress.stage"), words(f"progress.{progress.stage}")),
    ]
    return [*rows, (words("progress.due"), words.day(progress.due_on))] if progress.due_on else rows


async def send_code(request: Request) -> Response:
    """Send a code to the address that the request names."""
    visited = await sent(request)
    record, seat = await seated(visited)
    email = email_to_prove(record) if record else None
    if record is None or email is None:
        return visited.on("rights/status")
    try:
        code = await visited.house.codes.send(visited.practice, record.id, Way.EMAIL, email)
    except NotSent:
        return visited.page("code_late", 503, back=f"{visited.base}/rights/progress")
    told = {**seat, "known_by": code.known_by, "until": code.until}
    await visited.keep(SEAT, Answers(sent=told))
    return visited.on("rights/code")


async def ask_code(request: Request) -> Response:
    """Where somebody says which code they got."""
    visited = await visit(request)
    record, seat = await seated(visited)
    if record is None or "known_by" not in seat:
        return visited.on("rights/status")
    return code_page(visited)


def code_page(visited: Visit, faults: tuple[Fault, ...] = ()) -> Response:
    """The form, with what is wrong with what was said."""
    wrong = {each.field: visited.words(each.words) for each in faults}
    shown: dict[str, Any] = {"faults": faults, "wrong": wrong, "back": f"{visited.base}/rights/progress"}
    return visited.page("code", UNPROCESSABLE if faults else 200, **shown)


async def confirm_contact(request: Request) -> Response:
    """See whether the code is right, and keep with the request that the contact is theirs."""
    visited = await sent(request)
    record, seat = await seated(visited)
    email = email_to_prove(record) if record else None
    if record is None or email is None or "known_by" not in seat:
        return visited.on("rights/status")
    said = "".join(visited.told.get("contact_code", [])[:1]).strip()
    if not said:
        return code_page(visited, (Fault("contact_code", "code.missing"),))
    known = SentCode(seat["known_by"], seat["until"])
    if not await visited.house.codes.fits(visited.practice, record.id, email, known, said):
        return code_page(visited, (Fault("contact_code", "code.wrong"),))
    await confirm(visited.house, visited.practice.practice, record, request.scope["state"]["request_id"])
    await visited.keep(SEAT, Answers(sent={"id": seat["id"], "reference": seat["reference"], "confirmed": "yes"}))
    return visited.on("rights/progress")


async def seated(visited: Visit) -> tuple[Became | None, dict[str, str]]:
    """The request that this browser was shown to be about, as it stands now. Raises NotFound or Unavailable."""
    seat = (await visited.answers(SEAT)).sent
    if "id" not in seat:
        return None, seat
    record = await whats_become_of(visited.house.store, visited.practice.practice, UUID(seat["id"]))
    if record is None:
        raise NotFound
    return record, seat
