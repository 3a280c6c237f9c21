"""A practice's guidance for patients, at an address that stays: for everybody, without a token.

It is read by the practice's code, and shows what is in force there: nothing else, and nobody's data.
"""

import re
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response

from api.access import lets_anybody
from api.budgets import pass_through
from api.negotiation import HTML, preferred
from api.pages.forms import BY_ENDING, FORMS, OFFERED, TOLD, Form
from api.pages.refusals import REFUSALS, refusals_at, refused_page, varied
from api.pages.rendering import protected
from api.requests import IfNoneMatch
from api.transitions import DirectRoute, listed, takes
from models.guidance import Guidance
from models.practices import Practice
from service.documents.press import Copy
from service.guidance.reading import Edition, edition, public_policy
from service.store import Store
from service.unit_of_work import NotFound
from workflows.guidance import Told, guidance
from workflows.statutory_time import london_day

PATH: Final = "/practices/{code}/guidance"
CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{2,9}")
"""A practice's code in either case, as people type it: one answer for both, so that no cache asks twice to be sent on."""
KEPT: Final = "public, max-age=300, must-revalidate"
"""Anybody may keep it, and asks after five minutes whether it is still so."""

Code = Annotated[str, Path(description="The practice's ODS code, in either case.", pattern=f"^{CODE.pattern}$")]
Ending = Annotated[str, Path(description="`html`, `pdf`, `md` or `json`.")]
Endpoint = Callable[[Request], Awaitable[Response]]


def add_guidance_pages(router: APIRouter) -> None:
    """`GET /practices/{code}/guidance`, and the same with the ending of a form."""
    shared: dict[str, Any] = {"tags": ["pages"], "response_model": Guidance, "route_class_override": DirectRoute}
    shared["responses"] = {304: {"description": "Nothing is new."}, **refusals_at(404, 429, 501, 503), **TOLD}
    router.add_api_route(
        PATH, takes(read_guidance, code=Code, if_none_match=IfNoneMatch), methods=["GET"], operation_id="read_guidance",
        summary="Read a practice's guidance for patients, in the form that is accepted.", **shared,
    )  # fmt: skip
    router.add_api_route(
        f"{PATH}.{{ending}}", takes(read_guidance_as, code=Code, ending=Ending, if_none_match=IfNoneMatch), methods=["GET"],
        operation_id="read_guidance_as", summary="Read a practice's guidance for patients in one form.", **shared,
    )  # fmt: skip
    for path, endpoint in ((PATH, read_guidance), (f"{PATH}.{{ending}}", read_guidance_as)):
        router.add_api_route(
            path, head_of(endpoint), methods=["HEAD"], include_in_schema=False, route_class_override=DirectRoute
        )


@lets_anybody("guidance.read")
async def read_guidance(request: Request) -> Response:
    """What the practice asks of its patients, with their questions answered by its policy in force, and the law beside it.

    A page for browsers; JSON, Markdown or a tagged PDF for whoever asks for it. No token is needed.
    """
    wanted = preferred(request.headers.get("accept", ""), OFFERED)
    return await told(request, next((each for each in FORMS if each.media_type == wanted), FORMS[0]))


@lets_anybody("guidance.read")
async def read_guidance_as(request: Request) -> Response:
    """The same in the form that the address names, whatever is accepted."""
    return await told(request, BY_ENDING.get(request.path_params["ending"]))


async def told(request: Request, form: Form | None) -> Response:
    """The guidance in a form, or why not."""
    try:
        if form is None:
            raise NotFound
        copy = await copy_of(request, practice_code(request), form)
    except REFUSALS as why:
        return refused_page(request, why, of_a_page=form is None or form.media_type == HTML)
    headers = {"ETag": copy.tag, "Cache-Control": KEPT}
    if listed(request.headers.get("if-none-match", "")) & {copy.tag, "*"}:
        return protected(varied(Response(None, 304, headers)))
    return protected(
        varied(Response(copy.body, 200, {**headers, **form.named(practice_code(request))}, form.media_type))
    )


async def copy_of(request: Request, code: str, form: Form) -> Copy:
    """The copy that is kept of what is in force now, or a new one.

    Raises NotFound, NotPrinted, TakesTooLong, DoorTooBusy or Unavailable.
    """
    house = request.app.state.house
    await pass_through(request, house.budgets.pages, code)
    day = london_day(house.clock())
    current, practice = await edition(house.store, code)
    made = partial(made_from, house.store, practice, current, day)
    copy: Copy = await house.press.copy((current, day, form.ending), made, form.render)
    return copy


async def made_from(store: Store, practice: Practice, current: Edition, day: date) -> Guidance:
    """The guidance of an edition."""
    found = await public_policy(store, practice, current.policy_id)
    return guidance(Told(current.code, found.name, found.contacts, found.policy, day), found.before)


def practice_code(request: Request) -> str:
    """The code in the address, as it is kept. Raises NotFound for what can't be one."""
    said = str(request.path_params["code"])
    if not CODE.fullmatch(said):
        raise NotFound
    return said.upper()


def head_of(endpoint: Endpoint) -> Endpoint:
    """The same answer without its body."""

    @lets_anybody("guidance.read")
    async def headers_only(request: Request) -> Response:
        answer = await endpoint(request)
        answer.body = b""
        return answer

    return headers_only
