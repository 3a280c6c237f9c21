"""A code that is sent to the contact that a request names, by which somebody shows that it is theirs."""

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from api.pages.asking.asking import UNPROCESSABLE, add_page
from api.pages.asking.questions import Fault
from api.pages.asking.seats import own_contact, seated, take_seat
from api.pages.asking.visits import Visit, sent, visit
from service.contact_codes import SentCode
from service.intake import Became
from service.integrations.messages import NotSent, Way
from service.own_contacts import confirm, is_proved

BASE: Final = "/practices/{code}/rights"


def add_code_pages(router: APIRouter) -> None:
    """The pages of codes, below `/practices/{code}/rights`."""
    add_page(router, "POST", f"{BASE}/send-code", "contact.send_code", send_code)
    add_page(router, "GET", f"{BASE}/code", "contact.ask_code", ask_code)
    add_page(router, "POST", f"{BASE}/code", "contact.confirm", confirm_contact)


async def send_code(request: Request) -> Response:
    """Send a code to the contact that the request names."""
    visited = await sent(request)
    record, seat = await seated(visited)
    asked_anew = "".join(visited.told.get("anew", [])) == "yes"
    kept = seat if asked_anew else {name: said for name, said in seat.items() if name != "next"}
    return await code_sent(visited, record, kept)


async def code_sent(visited: Visit, record: Became | None, seat: dict[str, str]) -> Response:
    """On to where they say which code they got, once one is sent. Raises DoorTooBusy or Unavailable."""
    contact = own_contact(visited, record)
    if record is None or contact is None:
        return visited.on("rights/status")
    try:
        code = await visited.house.codes.send(visited.practice, record.id, contact.way, contact.to)
    except NotSent:
        return visited.page("code_late", 503, back=f"{visited.base}/rights/progress")
    await take_seat(visited, **{**seat, "known_by": code.known_by, "until": code.until})
    return visited.on("rights/code")


async def ask_code(request: Request) -> Response:
    """Where somebody says which code they got."""
    visited = await visit(request)
    record, seat = await seated(visited)
    contact = own_contact(visited, record)
    if contact is None or "known_by" not in seat:
        return visited.on("rights/status")
    return code_page(visited, contact.way)


def code_page(visited: Visit, way: Way, faults: tuple[Fault, ...] = ()) -> Response:
    """The form, with what is wrong with what was said."""
    wrong = {each.field: visited.words(each.words) for each in faults}
    shown: dict[str, Any] = {"faults": faults, "wrong": wrong, "back": f"{visited.base}/rights/progress", "way": way}
    return visited.page("code", UNPROCESSABLE if faults else 200, **shown)


async def confirm_contact(request: Request) -> Response:
    """See whether the code is right, and keep with the request that the contact is theirs."""
    visited = await sent(request)
    record, seat = await seated(visited)
    contact = own_contact(visited, record)
    if record is None or contact is None or "known_by" not in seat:
        return visited.on("rights/status")
    said = "".join(visited.told.get("contact_code", [])[:1]).strip()
    if not said:
        return code_page(visited, contact.way, (Fault("contact_code", "code.missing"),))
    known = SentCode(seat["known_by"], seat["until"])
    if not await visited.house.codes.fits(visited.practice, record.id, contact.to, known, said):
        return code_page(visited, contact.way, (Fault("contact_code", "code.wrong"),))
    await confirm(visited.house, visited.practice.practice, record, contact.way, request.scope["state"]["request_id"])
    record, _ = await seated(visited)
    if record is None or not is_proved(record):
        return visited.on("rights/progress")
    await take_seat(visited, id=seat["id"], reference=seat["reference"], confirmed=contact.way)
    return visited.on(seat.get("next", "rights/progress"))
