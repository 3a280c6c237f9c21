"""What a practice's website passes on for people: a request on a form of its own, from its server or from the page itself.

Pages of other sites may not send it: a browser is let in from the practice's own website alone (CORS).
"""

from datetime import date
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field, TypeAdapter

from api.access import Access, declaring, lets_anybody
from api.budgets import pass_through
from api.pages.guidance import CODE, practice_code
from api.problems import OriginNotAllowed, answer_to, is_answered
from api.requests import ChangingCaller, asked, unit_of_work
from api.transitions import DirectRoute, Endpoint, answers, takes
from models.held_submissions import Suspicion, WhatWasSent
from models.practices import Practice
from models.record import Payload
from models.roles import Role
from service.house import House
from service.intake import take_in
from service.unit_of_work import NotFound
from workflows.held_submissions import held_submissions

PATH: Final = "/v1/practice-websites/{code}/submissions"
LONGEST_TRAP: Final = 1000
CREATED: Final = 201
PORTS: Final = {"https": 443, "http": 80}
ALLOWED: Final = {
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, X-Correlation-ID",
    "Access-Control-Max-Age": "600",
}
SHOWN: Final = {
    "Access-Control-Expose-Headers": "Retry-After, RateLimit, RateLimit-Policy, Idempotent-Replayed, X-Request-ID"
}

Code = Annotated[str, Path(description="The practice's ODS code, in either case.", pattern=f"^{CODE.pattern}$")]


class Submission(WhatWasSent):
    """A request, or a complaint, as it stands on the website's form, and what tells a person from a machine.

    `trap` is a field of the form that people don't see; `seconds` is how long it took to fill the form in. What looks like
    junk by either is held until somebody at the practice has looked; it counts from today all the same. A website that has
    found out by itself that something looks like junk says `looks_like_junk`.
    """

    trap: Annotated[str, Field(max_length=LONGEST_TRAP)] = ""
    seconds: Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)] | None = None
    looks_like_junk: bool = False


class SubmissionReceipt(Payload):
    """What to tell whoever sent it. With the reference and the code together they see on the status page how far it has got."""

    reference: str
    code: str
    received_on: date
    due_on: date | None
    status_page: str


SUBMISSION: Final[TypeAdapter[Submission]] = TypeAdapter(Submission)
GRANTED: Final = Access("submission.send", (Role.PRACTICE_WEBSITE,), audited=True)


def add_submissions(router: APIRouter) -> None:
    """`POST /v1/practice-websites/{code}/submissions`, and what a browser asks before."""
    submit = declaring(GRANTED)(by_own_website(send))
    submit.__doc__ = send.__doc__
    router.add_api_route(
        PATH, takes(submit, code=Code, caller=ChangingCaller, submission=Submission), methods=["POST"], tags=["rights-requests"],
        status_code=CREATED, response_model=SubmissionReceipt, route_class_override=DirectRoute, operation_id="send_submission",
        summary="Pass on a request that somebody made on the practice's website.",
        responses=answers(403, 404, 408, 409, 413, 415, 422),
    )  # fmt: skip
    router.add_api_route(
        PATH, preflight, methods=["OPTIONS"], include_in_schema=False, route_class_override=DirectRoute
    )


async def send(request: Request) -> Response:
    """Send the same `Idempotency-Key` when you try again: it is taken in once.

    Nobody is looked up for it: the answer is the same whether or not the practice knows the person. Each field that is wrong
    is named by its JSON pointer, below `/request`, so that your form can show it beside the field.
    """
    work, house = await unit_of_work(request), request.app.state.house
    await work.permitted(held_submissions, GRANTED.by)
    (said,) = (await asked(request, SUBMISSION)).payload()
    few = await house.budgets.passed_on(work.principal)
    taken = await take_in(work, said.sent, suspicions(said, house.quickest_submission, few=few))
    receipt = SubmissionReceipt(
        reference=taken.reference, code=taken.code, received_on=taken.received_on, due_on=taken.due_on,
        status_page=f"/practices/{work.principal.practice}/rights/status",
    )  # fmt: skip
    headers = {"Cache-Control": "no-store", **({"Idempotent-Replayed": "true"} if taken.again else {})}
    return Response(receipt.model_dump_json(), CREATED, headers, "application/json")


def suspicions(said: Submission, quickest: float, *, few: bool) -> list[Suspicion]:
    """What makes it look like junk."""
    found = {
        Suspicion.TRAP_FILLED: bool(said.trap),
        Suspicion.TOO_FAST: said.seconds is not None and said.seconds < quickest,
        Suspicion.TOO_MANY: not few,
        Suspicion.SAID_BY_WEBSITE: said.looks_like_junk,
    }
    return [each for each, so in found.items() if so]


def by_own_website(endpoint: Endpoint) -> Endpoint:
    """The same, for a server, or for a page of the practice's own website: its browser may read every answer, refusals too."""

    async def guarded(request: Request) -> Response:
        try:
            principal = (await unit_of_work(request)).principal
            if principal.practice != practice_code(request):
                raise NotFound
            origin, own = request.headers.get("origin"), await own_origins(request)
            if origin is not None and origin not in own:
                raise OriginNotAllowed
            answer = await endpoint(request)
        except Exception as why:
            if not is_answered(why):
                raise
            answer = await answer_to(request, why)
        return await readable(request, answer)

    return guarded


async def readable(request: Request, answer: Response) -> Response:
    """An answer that a page of the practice's own website may read."""
    origin = request.headers.get("origin")
    answer.headers["Vary"] = "Origin"
    if origin is not None and origin in await own_origins(request):
        answer.headers["Access-Control-Allow-Origin"] = origin
        answer.headers.update(SHOWN)
    return answer


@lets_anybody("submission.preflight")
async def preflight(request: Request) -> Response:
    """Tell a browser whether a page may send something."""
    await pass_through(request, request.app.state.house.budgets.pages, practice_code(request))
    answer = await readable(request, Response(status_code=204))
    if "Access-Control-Allow-Origin" in answer.headers:
        answer.headers.update(ALLOWED)
    return answer


async def own_origins(request: Request) -> frozenset[str]:
    """Where pages of the practice's own website come from (RFC 6454). Raises NotFound or Unavailable."""
    house: House = request.app.state.house
    found = await house.store.find(Practice, practice_code(request), {})
    return frozenset(origin_of(each.record.contacts.website) for each in found if each.record.contacts.website)


def origin_of(address: str) -> str:
    """The origin of an address, as a browser writes it."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port and parts.port != PORTS[parts.scheme] else ""
    return f"{parts.scheme}://{parts.hostname}{port}"
