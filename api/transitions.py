"""A route for every declared transition, made from the declaration and from nothing else."""

from collections.abc import Awaitable, Callable, Container
from hashlib import sha256
from inspect import Parameter, Signature
from typing import Any, get_args
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from api.access import Access, declaring, lets
from api.budgets import HEADERS
from api.problems import MEANING, MEDIA_TYPE
from api.requests import Caller, ChangingCaller, IfMatch, IfNoneMatch, asked, record_id, unit_of_work
from models.record import Record, view_of
from service.unit_of_work import Answer
from workflows.engine import Guard, Law, Opening, Transition, Workflow, words
from workflows.readers import seers

Endpoint = Callable[[Request], Awaitable[Response]]
TAG_LENGTH = 16
PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
ALWAYS = (401, 429, 503)
ALSO: dict[int, dict[str, Any]] = {429: {"headers": HEADERS}}


class DirectRoute(APIRoute):
    """FastAPI documents the endpoint's signature; the request goes straight to the endpoint."""

    def get_route_handler(self) -> Any:
        """The endpoint itself: it reads the request once, in the order in which answers take precedence."""
        return self.endpoint


def add_routes(router: APIRouter, workflow: Workflow[Any], otherwise: Container[Opening[Any]] = ()) -> None:
    """Everything that HTTP may ask of one record of a kind. What nobody may ask for has no route.

    What is opened `otherwise` has an endpoint of its own.
    """
    path, kind = f"/v1/{kebab(workflow.resource)}", record_kind(workflow)
    shared: dict[str, Any] = {
        "tags": [workflow.resource], "response_model": view_of(kind), "route_class_override": DirectRoute,
    }  # fmt: skip
    for opening in workflow.openings.values():
        if opening.by and opening not in otherwise and not getattr(opening.payload, "comes_with_file", False):
            router.add_api_route(
                where(opening), opened(opening), methods=["POST"], status_code=201, **told(opening), **shared
            )
    router.add_api_route(
        f"{path}/{{record_id}}", reading(workflow), methods=["GET"],
        operation_id=f"read_{workflow.name}", summary=f"Read one {words(workflow.name)}.",
        responses={304: {"description": "Nothing is new."}, **answers(404)}, **shared,
    )  # fmt: skip
    for transition in workflow.transitions.values():
        if transition.by:
            router.add_api_route(
                where(transition), applying(transition), methods=["POST"], **told(transition), **shared
            )


def where(law: Law[Any]) -> str:
    """Where it is asked for. Of several ways to begin a record, the first is asked for at the resource, each other by its name."""
    path = f"/v1/{kebab(law.workflow.resource)}"
    if isinstance(law, Transition):
        return f"{path}/{{record_id}}/{kebab(law.name)}"
    if getattr(law.payload, "comes_with_file", False):
        return f"{path}-files"
    first = next(each for each in law.workflow.openings.values() if each.by)
    return path if law is first else f"{path}/{kebab(law.name)}"


def record_kind(workflow: Workflow[Any]) -> type[Record]:
    """What a workflow keeps: a record."""
    kind: type[Record] = workflow.kind
    return kind


def applying(transition: Transition[Any]) -> Endpoint:
    """The endpoint of one transition."""
    needed: TypeAdapter[Any] | None = TypeAdapter(transition.payload) if transition.payload else None

    @declaring(asking(transition))
    async def endpoint(request: Request) -> Response:
        work = await unit_of_work(request)
        return respond(await work.apply(transition, record_id(request), await asked(request, needed)))

    return takes(endpoint, record_id=UUID, if_match=IfMatch, caller=ChangingCaller, payload=transition.payload)


def opened(opening: Opening[Any]) -> Endpoint:
    """The endpoint that begins a record."""
    needed: TypeAdapter[Any] = TypeAdapter(opening.payload)
    path = f"/v1/{kebab(opening.workflow.resource)}"

    @declaring(asking(opening))
    async def endpoint(request: Request) -> Response:
        work = await unit_of_work(request)
        answer = await work.open(opening, await asked(request, needed))
        return respond(answer, {"Location": f"{path}/{answer.record_id}"})

    return takes(endpoint, caller=ChangingCaller, payload=opening.payload)


def asking(law: Law[Any]) -> Access:
    """Who may ask for what is declared. Whatever happens to a record is in the trail."""
    return Access(repr(law), law.by, audited=True)


def reading(workflow: Workflow[Any]) -> Endpoint:
    """The endpoint that shows a record."""

    @lets(f"{workflow.name}.read", by=seers(workflow), audited=record_kind(workflow).sensitive)
    async def endpoint(request: Request) -> Response:
        work = await unit_of_work(request)
        tags = listed(request.headers.get("if-none-match", ""))
        found = await work.find(workflow, record_id(request), known=lambda answer: bool(tags & {tag_of(answer), "*"}))
        answer = respond(found)
        if tags & {answer.headers["ETag"], "*"}:
            return Response(None, 304, {name: answer.headers[name] for name in ("ETag", "Cache-Control")})
        return answer

    endpoint.__doc__ = (
        "It comes with what you could do to it next. Send the ETag that you have to learn whether it is still so."
    )
    return takes(endpoint, record_id=UUID, if_none_match=IfNoneMatch, caller=Caller)


def takes(endpoint: Endpoint, **parameters: Any) -> Endpoint:
    """Tell FastAPI what the endpoint reads from the request, by name and type."""
    given = [
        Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind, **({"default": None} if optional(kind) else {}))
        for name, kind in parameters.items()
        if kind
    ]
    endpoint.__signature__ = Signature(given)  # type: ignore[attr-defined]  # FastAPI reads the signature from here
    return endpoint


def optional(kind: Any) -> bool:
    """Whether a parameter may be left out."""
    plain = get_args(kind)[0] if hasattr(kind, "__metadata__") else kind
    return type(None) in get_args(plain)


def respond(answer: Answer, headers: dict[str, str] | None = None) -> Response:
    """The record as it is shown."""
    shown = {"ETag": tag_of(answer), "Cache-Control": "no-store", **(headers or {})}
    if answer.replayed:
        shown["Idempotent-Replayed"] = "true"
    return Response(answer.body, answer.status, shown, "application/json")


def tag_of(answer: Answer) -> str:
    """A record's tag: it changes with its version, and with whatever else this caller would see differently."""
    return f'"{answer.version}-{sha256(answer.body).hexdigest()[:TAG_LENGTH]}"'


def listed(tags: str) -> set[str]:
    """The tags of an If-None-Match, weak or strong."""
    return {each.strip().removeprefix("W/") for each in tags.split(",")}


def told(law: Law[Any]) -> dict[str, Any]:
    """The declaration, in OpenAPI's words."""
    meaning = " ".join(law.meaning.split())
    lines = [meaning, f"By: {', '.join(f'`{each}`' for each in law.by)}."]
    if isinstance(law, Transition):
        sources, target = (
            ", ".join(f"`{each}`" for each in sorted(law.sources)),
            f"to `{law.to}`" if law.to else "and stays there",
        )
        lines.append(f"From {sources} {target}.")
    lines += [refusing(each) for each in law.guards]
    statuses = (404, 409, 412, 428) if isinstance(law, Transition) else (409,)
    return {
        "operation_id": f"{law.name}_{law.workflow.name}", "summary": first_sentence(meaning), "description": "\n\n".join(lines),
        "responses": answers(403, 408, 413, 415, 422, *statuses),
    }  # fmt: skip


def first_sentence(said: str) -> str:
    """What a list of operations has room for."""
    return said.partition(". ")[0].removesuffix(".") + "."


def refusing(guard: Guard[Any]) -> str:
    """A guard, as the documentation lists it."""
    return f"- {guard.otherwise} (`{guard.name}`; {guard.rule.partition(':')[0]})"


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that an operation may answer with, for whoever asks with a token."""
    return problems_at(*ALWAYS, *statuses)


def problems_at(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Problems, as the documentation lists them."""
    return {
        each: {"description": MEANING[each], "content": PROBLEM, **ALSO.get(each, {})} for each in sorted(set(statuses))
    }


def kebab(name: str) -> str:
    """A declared name, as an address has it."""
    return name.replace("_", "-")
