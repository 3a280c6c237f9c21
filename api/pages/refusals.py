"""What somebody is told who asks for a page that can't be shown: as a page, or as a problem for a machine."""

from typing import Any, Final

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from api.negotiation import HTML, JSON, preferred
from api.pages.rendering import protected, rendered
from api.problems import KINDS, MEDIA_TYPE, not_routed, problem, room_again, sentence
from api.requests import request_id
from api.transitions import problems_at
from service.budgets import DoorTooBusy, OverBudget
from service.documents.pdf import NotPrinted
from service.documents.press import TakesTooLong
from service.store import Unavailable
from service.unit_of_work import NotFound

REFUSALS: Final = (NotFound, NotPrinted, TakesTooLong, DoorTooBusy, Unavailable)

PAGES: Final = "/practices/"
CALENDARS: Final = "/calendar-feeds/"
"""What is read by programs alone, and answers whatever is wrong with a link alike."""
NOT_FOUND: Final = 404
SECONDS_IN_A_MINUTE: Final = 60

KEPT: Final = frozenset({"cache-control", "retry-after", "ratelimit", "ratelimit-policy"})
"""What the headers of a problem say is as true of a page."""

TROUBLE: Final = ("Sorry, there is a problem", "Please try again in a few minutes. You can also call the practice.")
SAID: Final[dict[int, tuple[str, ...]]] = {
    404: (
        "Page not found",
        "We could not find this page. Please check the address: you may have typed a letter or a number too many.",
        "If you came here by a link, please tell the practice.",
    ),
    429: (
        "Please try again later",
        "This was asked for too often. You can also call or write to the practice: that counts just the same.",
    ),
    501: ("No PDF here", "We do not make this page as a PDF. You can read the web page, and print it."),
    503: TROUBLE,
}


def refusals_at(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Refusals of a page, as the documentation lists them: each a problem or a page, as accepted."""
    page = {HTML: {"schema": {"type": "string"}}}
    return {status: {**told, "content": {**told["content"], **page}} for status, told in problems_at(*statuses).items()}


def refused_page(request: Request, why: Exception, *, of_a_page: bool) -> Response:
    """A page that says so in plain words, or a problem: as accepted, and where both are, as what was asked for is a page or not."""
    kind = KINDS[type(why)]
    told = problem(request, kind, sentence(why))
    told.headers.update(room_again(why))
    offered = (HTML, MEDIA_TYPE, JSON) if of_a_page else (MEDIA_TYPE, JSON, HTML)
    if preferred(request.headers.get("accept", ""), offered) == HTML:
        title, *sentences = SAID[kind.status]
        sentences += when_again(why)
        page = rendered("problem.html.jinja", title=title, sentences=sentences, request_id=request_id(request.scope))
        headers = {name: value for name, value in told.headers.items() if name in KEPT}
        told_as_page = Response(page, kind.status, headers, HTML)
        return protected(varied(told_as_page))
    return varied(told)


def when_again(why: Exception) -> list[str]:
    """When there is room again, if that is known."""
    if not isinstance(why, OverBudget):
        return []
    minutes = -(-why.standing.more_in // SECONDS_IN_A_MINUTE)
    return ["There is room again in a minute." if minutes == 1 else f"There is room again in {minutes} minutes."]


async def not_routed_page(request: Request, why: Exception) -> Response:
    """No such address: a page where somebody was looking for one, and a problem everywhere else."""
    path, no_page = request.url.path, isinstance(why, HTTPException) and why.status_code != NOT_FOUND
    if no_page or request.method not in {"GET", "HEAD"} or not path.startswith(PAGES) or CALENDARS in path:
        return await not_routed(request, why)
    return refused_page(request, NotFound(), of_a_page=True)


def answer_with_pages(app: FastAPI) -> None:
    """Let whoever looks for a page that is not there be told so by a page."""
    app.add_exception_handler(HTTPException, not_routed_page)


def varied(answer: Response) -> Response:
    """The same, told to caches to depend on what was accepted."""
    answer.headers["Vary"] = "Accept"
    return answer
