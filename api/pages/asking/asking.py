"""A journey through a form: each question has its page, and what was answered stays until it is sent."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from api.access import lets_anybody
from api.budgets import client_address
from api.pages.asking.journeys import ASKING, COMPLAINING, for_the_dead
from api.pages.asking.questions import Fault, Journey, Question
from api.pages.asking.rows import rows_of
from api.pages.asking.seats import take_seat
from api.pages.asking.sending import TRAP, complaint_in, request_in, suspicions_in
from api.pages.asking.visits import Lost, Visit, sent, visit
from api.pages.guidance import Code
from api.pages.refusals import REFUSALS, refused_page
from api.requests import BodyTooLarge
from api.transitions import DirectRoute, takes
from models.held_submissions import SentIn, Suspicion
from models.references import well_formed
from models.text import OTHER_LINE_BREAKS
from service.drafts import Answers, name_of
from service.intake import by_pages, take_in
from service.unit_of_work import Idempotency, NotFound, UnitOfWork

Handler = Callable[[Request], Awaitable[Response]]
JOURNEYS: Final = (ASKING, COMPLAINING)
MADE_OF: Final[Mapping[str, Callable[..., SentIn]]] = {ASKING.name: request_in, COMPLAINING.name: complaint_in}
"""What the answers on each journey make."""

UNPROCESSABLE: Final = 422
FORBIDDEN: Final = 403


def add_asking_pages(router: APIRouter) -> None:
    """The pages of both forms, below `/practices/{code}`."""
    for journey in JOURNEYS:
        path = f"/practices/{{code}}/{journey.path}"
        add_page(router, "GET", path, f"{journey.name}.begin", starting(journey))
        add_page(router, "GET", f"{path}/check", f"{journey.name}.check", checking(journey))
        add_page(router, "GET", f"{path}/ask/{{step}}", f"{journey.name}.ask", showing(journey))
        add_page(router, "POST", f"{path}/ask/{{step}}", f"{journey.name}.answer", answering(journey))
        add_page(router, "POST", f"{path}/check", f"{journey.name}.send", sending(journey))


def add_page(router: APIRouter, method: str, path: str, action: str, handler: Handler) -> None:
    """One page, or what a form on it sends, for anybody. It is for browsers: no description of the API lists it."""

    @lets_anybody(action)
    async def endpoint(request: Request) -> Response:
        try:
            return await handler(request)
        except Lost:
            return (await visit(request)).page("lost", FORBIDDEN)
        except (*REFUSALS, BodyTooLarge) as why:
            return refused_page(request, why, of_a_page=True)

    router.add_api_route(
        path, takes(endpoint, code=Code), methods=[method], include_in_schema=False, route_class_override=DirectRoute
    )


def starting(journey: Journey) -> Handler:
    """The page before the first question."""

    async def start(request: Request) -> Response:
        visited = await visit(request)
        first = f"{visited.base}/{journey.path}/{journey.questions[0].path}{linked(request, journey)}"
        return visited.page(f"{journey.name}_start", first=first)

    return start


def showing(journey: Journey) -> Handler:
    """The page of a question, as far as it is its turn."""

    async def show(request: Request) -> Response:
        visited = await visit(request)
        answers = await visited.answers(journey.name)
        if answers.sent:
            return visited.on(f"{journey.path}/sent")
        question = asked_at(request, journey)
        if question not in journey.asked(answers.given):
            return onwards(visited, journey, answers)
        return question_page(visited, journey, question, answers)

    return show


def answering(journey: Journey) -> Handler:
    """What somebody answers: kept if it is in order, shown again with what is wrong if it is not."""

    async def answer(request: Request) -> Response:
        visited = await sent(request)
        answers, question = await visited.answers(journey.name), asked_at(request, journey)
        if answers.sent:
            return visited.on(f"{journey.path}/sent")
        given = {each.name: typed(visited, each.name) for each in question.fields}
        given |= known_from_link(request, journey)
        given |= {TRAP: "".join(said)} if any(said := visited.told.get("website", [])) else {}
        faults = question.check({**answers.given, **given}, visited.here)
        if faults:
            shown = answers.with_these(given, visited.house.clock())
            return question_page(visited, journey, question, shown, faults)
        answers = answers.with_these(given, visited.house.clock())
        await visited.keep(journey.name, answers)
        return onwards(visited, journey, answers, question)

    return answer


def checking(journey: Journey) -> Handler:
    """All answers on one page, each to be changed, before anything is sent."""

    async def check(request: Request) -> Response:
        visited = await visit(request)
        answers = await visited.answers(journey.name)
        if answers.sent:
            return visited.on(f"{journey.path}/sent")
        if journey.next_open(answers.given):
            return onwards(visited, journey, answers)
        last = journey.asked(answers.given)[-1]
        sections = rows_of(journey, answers.given, visited.words, f"{visited.base}/{journey.path}")
        return visited.page(
            "check", journey=journey, sections=sections, back=f"{visited.base}/{journey.path}/{last.path}"
        )

    return check


def sending(journey: Journey) -> Handler:
    """Send the answers as what they make: once, however often the button is pressed."""

    async def send(request: Request) -> Response:
        visited = await sent(request)
        answers = await visited.answers(journey.name)
        if answers.sent:
            return visited.on(f"{journey.path}/sent")
        if journey.next_open(answers.given):
            return onwards(visited, journey, answers)
        said = journey.relevant(answers.given)
        draft = MADE_OF[journey.name](said, synthetic=visited.house.takes_synthetic_nhs_numbers)
        taken = await take_in(work_of(visited, journey, answers), draft, await suspicions(visited, answers))
        told = {
            "id": str(taken.record_id), "reference": taken.reference, "code": taken.code,
            "received_on": taken.received_on.isoformat(), "due_on": str(taken.due_on or ""),
            "for_the_dead": "yes" if for_the_dead(said) else "", "whose": said["whose"],
        }  # fmt: skip
        await take_seat(visited, id=told["id"], reference=told["reference"])
        await visited.keep(journey.name, answers.turned_in(told))
        return visited.on(f"{journey.path}/sent")

    return send


def work_of(visited: Visit, journey: Journey, answers: Answers) -> UnitOfWork:
    """The unit of work by which answers are sent: pressed twice, the button sends one request."""
    practice, key = visited.practice.practice, visited.house.audit_key
    name = name_of(practice, f"{journey.name} {answers.began}", visited.secret)
    said = json.dumps(answers.given, sort_keys=True)
    newest, *older = (each.mac(said) for each in key.ring)
    again = Idempotency(name, newest, frozenset(older))
    return by_pages(visited.house, practice, visited.request.scope["state"]["request_id"], again)


async def suspicions(visited: Visit, answers: Answers) -> list[Suspicion]:
    """What makes it look like junk. Raises DoorTooBusy once too much from one address is held."""
    house = visited.house
    found = suspicions_in(answers.given, answers.began, house.clock(), house.quickest_submission)
    few = await house.budgets.submission(client_address(visited.request))
    return found if few else [*found, Suspicion.TOO_MANY]


def known_from_link(request: Request, journey: Journey) -> dict[str, str]:
    """What the link to the form said already, such as the reference in a letter: nothing but what is in order."""
    said = {name: well_formed(request.query_params.get(name, "")) for name in journey.linked}
    return {name: each for name, each in said.items() if each}


def linked(request: Request, journey: Journey) -> str:
    """The same, as an address carries it on."""
    said = known_from_link(request, journey)
    return f"?{urlencode(said)}" if said else ""


def asked_at(request: Request, journey: Journey) -> Question:
    """The question that the address names. Raises NotFound."""
    question = journey.question(request.path_params["step"])
    if question is None:
        raise NotFound
    return question


def onwards(visited: Visit, journey: Journey, answers: Answers, after: Question | None = None) -> Response:
    """To the next question that is open, or to the last page once there is none."""
    following = journey.next_open(answers.given, after)
    return visited.on(f"{journey.path}/{following.path if following else 'check'}")


def typed(visited: Visit, name: str) -> str:
    """What somebody typed or chose, without spaces at the ends and with one kind of line break."""
    said = visited.told.get(name, [])
    return OTHER_LINE_BREAKS.sub("\n", said[0] if said else "").strip()


def question_page(
    visited: Visit, journey: Journey, question: Question, answers: Answers, faults: list[Fault] | None = None
) -> Response:
    """A question, with what was answered before, and with what is wrong."""
    given = answers.given
    complete = not journey.next_open(given) and not faults
    before = journey.before(given, question)
    back = f"/{before.path}" if before else ""
    shown: dict[str, Any] = {
        "journey": journey, "question": question, "given": given, "faults": faults or [],
        "wrong": {each.field: visited.words(each.words) for each in reversed(faults or [])},
        "carried": linked(visited.request, journey),
        "other": "_other" if question.of_person and given.get("whose") == "somebody" else "",
        "back": f"{visited.base}/{journey.path}{'/check' if complete else back}",
    }  # fmt: skip
    return visited.page("question", UNPROCESSABLE if faults else 200, **shown)
