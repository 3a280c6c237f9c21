"""The law itself, as data: states, transitions, roles, guards, deadlines, and a diagram. The same for everybody."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from api.access import lets
from api.listings import Items
from api.requests import Caller, unit_of_work
from api.transitions import DirectRoute, answers, takes, where
from service.unit_of_work import NotFound
from workflows.diagrams import mermaid
from workflows.engine import Law, Opening, Transition, Workflow
from workflows.registry import ALL


class GuardView(BaseModel):
    """A condition, the sentence that a refused person reads, and the rule behind it."""

    name: str
    otherwise: str
    rule: str


class TransitionView(BaseModel):
    """One way in which a record moves. `path` is null for what only ever follows from something else."""

    name: str
    meaning: str
    path: str | None
    sources: list[str]
    target: str | None
    by: list[str]
    guards: list[GuardView]
    tells: list[str]
    entails: list[str]


class DeadlineView(BaseModel):
    """What falls due, how the moment is found, and by which rule."""

    name: str
    meaning: str
    law: str


class WorkflowView(BaseModel):
    """The complete law of one kind of record."""

    name: str
    resource: str
    states: list[str]
    starts: str
    ends: list[str]
    seen_by: list[str]
    seen_in: dict[str, list[str]]
    seen_own: dict[str, str]
    openings: list[TransitionView]
    transitions: list[TransitionView]
    deadlines: list[DeadlineView]
    diagram: str


def shown(workflow: Workflow[Any]) -> WorkflowView:
    """A workflow as data."""
    return WorkflowView(
        name=workflow.name, resource=workflow.resource, states=list(workflow.states), starts=workflow.starts,
        ends=sorted(workflow.ends), seen_by=list(workflow.seen_by),
        seen_in={role: sorted(states) for role, states in workflow.seen_in.items()},
        seen_own={str(role): column for role, column in workflow.seen_own.items()},
        openings=[law(each) for each in workflow.openings.values()],
        transitions=[law(each) for each in workflow.transitions.values()],
        deadlines=[DeadlineView(name=each.name, meaning=each.meaning, law=each.law) for each in workflow.deadlines],
        diagram=mermaid(workflow),
    )  # fmt: skip


def law(declared: Law[Any]) -> TransitionView:
    """An opening or a transition as data."""
    return TransitionView(
        name=declared.name, meaning=declared.meaning, path=where(declared) if declared.by else None,
        sources=sorted(declared.sources) if isinstance(declared, Transition) else [],
        target=target(declared),
        by=list(declared.by), tells=sorted(declared.tells), entails=[repr(each) for each in declared.entails],
        guards=[GuardView(name=each.name, otherwise=each.otherwise, rule=each.rule) for each in declared.guards],
    )  # fmt: skip


def target(declared: Law[Any]) -> str | None:
    """Where it leads; None where the record stays in the state it was in."""
    if isinstance(declared, Opening):
        return declared.begins
    return declared.to if isinstance(declared, Transition) else None


SHOWN = {workflow.resource: shown(workflow) for workflow in ALL}
SHARED: dict[str, Any] = {"tags": ["workflows"], "route_class_override": DirectRoute}


@lets("workflow.list")
async def list_workflows(request: Request) -> Response:
    """List every workflow of the house."""
    await unit_of_work(request)
    return answered(Items[WorkflowView](items=list(SHOWN.values()), next_cursor=None))


@lets("workflow.read")
async def read_workflow(request: Request) -> Response:
    """Read one workflow, by the name of its resource."""
    await unit_of_work(request)
    found = SHOWN.get(request.path_params["resource"])
    if found is None:
        raise NotFound
    return answered(found)


def answered(answer: BaseModel) -> Response:
    """The law changes only with the software, but whoever asks is known, so nobody in between keeps it."""
    return Response(answer.model_dump_json(), 200, {"Cache-Control": "no-store"}, "application/json")


def add_workflows(router: APIRouter) -> None:
    """`GET /v1/workflows` and `GET /v1/workflows/{resource}`."""
    router.add_api_route(
        "/v1/workflows", takes(list_workflows, caller=Caller), methods=["GET"],
        operation_id="list_workflows", summary="List every workflow of the house.",
        response_model=Items[WorkflowView],
        responses=answers(), **SHARED,
    )  # fmt: skip
    router.add_api_route(
        "/v1/workflows/{resource}", takes(read_workflow, resource=str, caller=Caller), methods=["GET"],
        operation_id="read_workflow", summary="Read one workflow.", response_model=WorkflowView, responses=answers(404), **SHARED,
    )  # fmt: skip
