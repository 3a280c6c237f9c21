"""Taking a request back: a question, a code where none has shown yet that the contact is theirs, and a last word."""

from typing import Final

from fastapi import APIRouter, Request, Response

from api.pages.asking.asking import UNPROCESSABLE, add_page
from api.pages.asking.codes import code_sent
from api.pages.asking.questions import Fault
from api.pages.asking.seats import own_contact, seated, take_seat
from api.pages.asking.visits import Visit, sent, visit
from service.intake import Became
from service.own_contacts import can_be_withdrawn, is_proved, take_back

PATH: Final = "/practices/{code}/rights/withdraw"
PROGRESS, QUESTION, CONFIRMATION, DONE = (
    "rights/progress",
    "rights/withdraw",
    "rights/withdraw/confirm",
    "rights/withdrawn",
)
YES, NO = "yes", "no"
ANSWERS: Final = (YES, NO)


def add_withdrawal_pages(router: APIRouter) -> None:
    """The pages of a withdrawal, below `/practices/{code}/rights`."""
    add_page(router, "GET", PATH, "withdrawal.ask", ask)
    add_page(router, "POST", PATH, "withdrawal.answer", answer)
    add_page(router, "GET", f"{PATH}/confirm", "withdrawal.check", check)
    add_page(router, "POST", f"{PATH}/confirm", "withdrawal.confirm", confirm)
    add_page(router, "GET", "/practices/{code}/rights/withdrawn", "withdrawal.see", show_done)


async def ask(request: Request) -> Response:
    """Whether they mean it."""
    visited = await visit(request)
    record, _ = await seated(visited)
    return question(visited) if offered(visited, record) else visited.on(PROGRESS)


def offered(visited: Visit, record: Became | None) -> bool:
    """Whether this request can be taken back here: nobody takes one back who can't be sent a code."""
    return record is not None and can_be_withdrawn(record) and own_contact(visited, record) is not None


def question(visited: Visit, faults: tuple[Fault, ...] = ()) -> Response:
    """The question, with what is wrong with the answer."""
    wrong = {each.field: visited.words(each.words) for each in faults}
    return visited.page(
        "withdraw",
        UNPROCESSABLE if faults else 200,
        faults=faults,
        wrong=wrong,
        answers=ANSWERS,
        back=f"{visited.base}/{PROGRESS}",
    )


async def answer(request: Request) -> Response:
    """Go on to the last word; by way of a code where none has shown yet that the contact is theirs."""
    visited = await sent(request)
    record, seat = await seated(visited)
    if record is None or not offered(visited, record):
        return visited.on(PROGRESS)
    said = "".join(visited.told.get("withdraw", [])[:1])
    if said not in ANSWERS:
        return question(visited, (Fault("withdraw", "withdraw.missing"),))
    if said == NO:
        return visited.on(PROGRESS)
    if is_theirs(record, seat):
        return visited.on(CONFIRMATION)
    return await code_sent(visited, record, {**seat, "next": CONFIRMATION})


def is_theirs(record: Became, seat: dict[str, str]) -> bool:
    """Whether this browser showed by a code that the contact is theirs, and the request still has that contact."""
    return "confirmed" in seat and is_proved(record)


async def check(request: Request) -> Response:
    """What it means to take a request back, before it is done."""
    visited = await visit(request)
    record, seat = await seated(visited)
    if record is None or not offered(visited, record) or not is_theirs(record, seat):
        return visited.on(QUESTION)
    return visited.page("withdraw_confirm", reference=seat["reference"], back=f"{visited.base}/{QUESTION}")


async def confirm(request: Request) -> Response:
    """Take the request back: once, however often the button is pressed."""
    visited = await sent(request)
    record, seat = await seated(visited)
    if "withdrawn" in seat:
        return visited.on(DONE)
    if record is None or not offered(visited, record) or not is_theirs(record, seat):
        return visited.on(QUESTION)
    if not await take_back(visited.house, visited.practice.practice, record, request.scope["state"]["request_id"]):
        return visited.on(PROGRESS)
    await take_seat(visited, **seat, withdrawn="yes")
    return visited.on(DONE)


async def show_done(request: Request) -> Response:
    """That it is done."""
    visited = await visit(request)
    _, seat = await seated(visited)
    if "withdrawn" not in seat:
        return visited.on(PROGRESS)
    return visited.page("withdrawn", reference=seat["reference"])
