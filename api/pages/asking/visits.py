"""Somebody's visit to the forms: which practice, in which language, by which browser, and what it has answered so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import compare_digest, token_urlsafe
from typing import Any, Final
from urllib.parse import parse_qsl

from fastapi import Request, Response

from api.budgets import pass_through
from api.negotiation import HTML
from api.pages.asking.questions import Here
from api.pages.guidance import practice_code
from api.pages.rendering import FORM_POLICY, rendered
from api.pages.words import Words, words_for
from api.requests import BodyTooLarge
from models.practices import Practice
from service.drafts import Answers, proof_of
from service.house import House
from service.unit_of_work import NotFound
from workflows.statutory_time import london_day

COOKIE: Final = "__Host-charter-answers"
"""The browser's secret: nothing else is kept there, and no other site, host or script is told of it."""

SECRET_BYTES: Final = 32
LONGEST_SECRET: Final = 64
LONGEST_FORM: Final = 64 * 1024
MOST_FIELDS: Final = 40


class Lost(Exception):
    """A form was sent by a browser that does not know our secret: its cookie is gone, or another site made it send this."""


@dataclass(slots=True)
class Visit:
    """One request for a page, or for what a form sends."""

    request: Request
    house: House
    practice: Practice
    words: Words
    secret: str
    is_new: bool
    told: dict[str, list[str]] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """How the practice's addresses begin."""
        return f"/practices/{self.practice.practice}"

    @property
    def here(self) -> Here:
        """What checking an answer needs besides."""
        return Here(self.house.takes_synthetic_nhs_numbers, london_day(self.house.clock()))

    async def answers(self, journey: str) -> Answers:
        """What this browser has answered on a journey. Raises Unavailable."""
        return Answers() if self.is_new else await self.house.drafts.read(self.practice.practice, journey, self.secret)

    async def keep(self, journey: str, answers: Answers) -> None:
        """Keep what it has answered. Raises Unavailable."""
        await self.house.drafts.keep(self.practice.practice, journey, self.secret, answers)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page, which nobody keeps."""
        shown = rendered(
            f"asking/{template}.html.jinja", words=self.words, base=self.base, practice=self.practice.name,
            contacts=self.practice.contacts, proof=proof_of(self.secret), language=self.words.tag, **values,
        )  # fmt: skip
        return self.sealed(Response(shown, status, media_type=HTML))

    def on(self, path: str) -> Response:
        """Go on to another page: what was sent is not sent again when the page is loaded anew (RFC 9110, 15.4.4)."""
        return self.sealed(Response(status_code=303, headers={"Location": f"{self.base}/{path}"}))

    def sealed(self, answer: Response) -> Response:
        """The same, with what every answer of a form says."""
        answer.headers["Content-Security-Policy"] = FORM_POLICY
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Vary"] = "Accept-Language, Cookie"
        if self.is_new:
            answer.set_cookie(COOKIE, self.secret, secure=True, httponly=True, samesite="strict")
        return answer


async def visit(request: Request) -> Visit:
    """Let somebody in, as far as the budget for pages allows. Raises NotFound, DoorTooBusy or Unavailable."""
    house: House = request.app.state.house
    code = practice_code(request)
    await pass_through(request, house.budgets.pages, code)
    found = await house.store.find(Practice, code, {})
    if not found:
        raise NotFound
    known = known_secret(request.cookies)
    words = words_for(request.headers.get("accept-language", ""))
    return Visit(request, house, found[0].record, words, known or token_urlsafe(SECRET_BYTES), known is None)


async def sent(request: Request) -> Visit:
    """The same with what a form says. Raises Lost or BodyTooLarge besides."""
    visited = await visit(request)
    visited.told = form_in(await request.body())
    proof = "".join(visited.told.get("proof", []))
    if visited.is_new or not compare_digest(proof.encode(), proof_of(visited.secret).encode()):
        raise Lost
    return visited


def known_secret(cookies: Mapping[str, str]) -> str | None:
    """The browser's secret, if it sent one that can be ours."""
    said = cookies.get(COOKIE, "")
    return said if SECRET_BYTES < len(said) <= LONGEST_SECRET and said.isascii() else None


def form_in(body: bytes) -> dict[str, list[str]]:
    """What a form says, each name with all its values; nothing of what is no form. Raises BodyTooLarge."""
    if len(body) > LONGEST_FORM:
        raise BodyTooLarge
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    told: dict[str, list[str]] = {}
    for name, value in pairs:
        told.setdefault(name, []).append(value)
    return told
