"""Letters as they are read: a page, Markdown to edit nothing in, or a PDF to print. Each reading is written down."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from api.access import lets
from api.negotiation import HTML, MARKDOWN, PDF, preferred
from api.pages.refusals import varied
from api.pages.rendering import protected, rendered
from api.requests import Caller, record_id, the_one, unit_of_work
from api.transitions import DirectRoute, Endpoint, answers, takes
from models.letters import Letter
from service.documents.markdown import markdown
from service.documents.pdf import pdf
from workflows.letter_texts.outline import outline, short
from workflows.letters import letters
from workflows.outlines import Outline

PATH: Final = "/v1/letters/{record_id}/document"
SHARED: Final[dict[str, Any]] = {"tags": ["letters"], "methods": ["GET"], "route_class_override": DirectRoute}


@dataclass(frozen=True, slots=True)
class Form:
    """One form: how its address ends, its media type, how it is shown, and what makes it."""

    ending: str
    media_type: str
    shown: str
    render: Callable[[Outline], bytes]

    def disposition(self, letter: Letter) -> str:
        """Whether a browser shows it or keeps it, and as which file: the name tells nothing about anybody."""
        return f'{self.shown}; filename="letter-{short(letter.id)}.{self.ending}"'


def page(told: Outline) -> bytes:
    """The letter as a page."""
    return rendered("letter.html.jinja", told=told, practice=told.practice)


FORMS: Final = (
    Form("html", HTML, "inline", page),
    Form("pdf", PDF, "attachment", pdf),
    Form("md", MARKDOWN, "attachment", markdown),
)
"""What can be asked for; the first where nothing is."""

OFFERED: Final = tuple(each.media_type for each in FORMS)


def add_letters(router: APIRouter) -> None:
    """`GET /v1/letters/{id}/document`, and the same with an ending for each form."""
    for form in (None, *FORMS):
        ending, kinds = (f".{form.ending}", [form]) if form else ("", list(FORMS))
        content = {each.media_type: {"schema": {"type": "string"}} for each in kinds}
        router.add_api_route(
            f"{PATH}{ending}", takes(reading(form), record_id=UUID, caller=Caller),
            operation_id=f"read_letter_as_{form.ending}" if form else "read_letter_document",
            summary=f"Read one letter as {form.ending.upper()}." if form else "Read one letter as it is sent.",
            response_class=Response, responses={200: {"content": content}, **answers(404, 501)}, **SHARED,
        )  # fmt: skip


def reading(form: Form | None) -> Endpoint:
    """The endpoint that shows a letter in one form, or in the one that is accepted."""

    @lets(f"letter.read_document{f'_as_{form.ending}' if form else ''}", by=letters.seen_by, audited=True)
    async def endpoint(request: Request) -> Response:
        work = await unit_of_work(request)
        kept, chosen = await the_one(work, letters, record_id(request)), form or wanted(request)
        body = await request.app.state.house.press.once(lambda: chosen.render(outline(kept)))
        headers = {"Cache-Control": "no-store", "Content-Disposition": chosen.disposition(kept)}
        answer = protected(Response(body, 200, headers, chosen.media_type))
        return answer if form else varied(answer)

    endpoint.__doc__ = "It is made anew each time from what was frozen when the letter was issued, and never kept."
    return endpoint


def wanted(request: Request) -> Form:
    """The form that is accepted: a page if nothing else is."""
    media_type = preferred(request.headers.get("accept", ""), OFFERED) or HTML
    return next(each for each in FORMS if each.media_type == media_type)
