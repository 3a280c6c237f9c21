"""Clauses: every numbered rule can be cited, by the version that it is frozen in and its key (POL-6)."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict

from api.access import lets
from api.listings import Items
from api.requests import Caller, asked_once, identifier, narrowed_by, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.clauses import Audience, CitedClause, Clause, Key, Modality, Topic
from models.policies import Policy, PolicyKind, PolicyState
from service.unit_of_work import NotFound, UnitOfWork
from workflows.policies import policies
from workflows.readers import seers

SHARED: dict[str, Any] = {"tags": ["clauses"], "route_class_override": DirectRoute}


class ClausesQuery(BaseModel):
    """Which clauses: of the version in force unless another is named."""

    model_config = ConfigDict(extra="forbid")

    policy_id: UUID | None = None
    kind: PolicyKind = PolicyKind.PATIENT_CONDUCT
    topic: Topic | None = None
    audience: Audience | None = None
    modality: Modality | None = None

    def asks_for(self, clause: Clause) -> bool:
        """Whether a clause is among those asked for."""
        wanted = {"topic": self.topic, "audience": self.audience, "modality": self.modality}
        return all(value is None or getattr(clause, name) == value for name, value in wanted.items())


def add_clauses(router: APIRouter) -> None:
    """`GET /v1/clauses` and `GET /v1/clauses/{policy_id}/{key}`."""
    narrowing = {name: field.annotation | None for name, field in ClausesQuery.model_fields.items() if field.annotation}
    router.add_api_route(
        "/v1/clauses", takes(list_clauses, **narrowing, caller=Caller), methods=["GET"],
        operation_id="list_clauses", summary="List clauses, in their order.",
        response_model=Items[CitedClause], responses=answers(403, 404, 422), **SHARED,
    )  # fmt: skip
    router.add_api_route(
        "/v1/clauses/{policy_id}/{key}", takes(read_clause, policy_id=UUID, key=Key, caller=Caller), methods=["GET"],
        operation_id="read_clause", summary="Read one clause of one version.",
        response_model=CitedClause, responses=answers(403, 404), **SHARED,
    )  # fmt: skip


@lets("clause.list", by=seers(policies))
async def list_clauses(request: Request) -> Response:
    """List the clauses of the version in force, or of the version that `policy_id` names, in their order."""
    work = await unit_of_work(request)
    await work.permitted(policies, seers(policies))
    query = clauses_query(request)
    found = [
        cited(policy, clause)
        for policy in await versions(work, query)
        for clause in policy.content.clauses
        if query.asks_for(clause)
    ]
    return shown(Items[CitedClause](items=found, next_cursor=None))


async def versions(work: UnitOfWork, query: ClausesQuery) -> list[Policy]:
    """The version that is named, or the one in force if there is one. Raises NotFound if the one that is named is not there."""
    if query.policy_id is None:
        return await work.those(policies, state=PolicyState.ACTIVE, kind=query.kind)
    found = await work.those(policies, id=query.policy_id)
    if not found:
        raise NotFound
    return found


@lets("clause.read", by=seers(policies))
async def read_clause(request: Request) -> Response:
    """Read one clause of one version: what a citation points to never changes once the version is approved."""
    work = await unit_of_work(request)
    for policy in await work.those(policies, id=identifier(request.path_params["policy_id"])):
        for clause in policy.content.clauses:
            if clause.key == request.path_params["key"]:
                return shown(cited(policy, clause))
    raise NotFound


def clauses_query(request: Request) -> ClausesQuery:
    """What narrows the list. Raises RequestValidationError."""
    return narrowed_by(ClausesQuery, asked_once(request))


def cited(policy: Policy, clause: Clause) -> CitedClause:
    """A clause with the version in which it stands."""
    return CitedClause(policy_id=policy.id, policy_number=policy.number, policy_state=policy.state, clause=clause)


def shown(answer: BaseModel) -> Response:
    """An answer that nobody keeps."""
    return Response(answer.model_dump_json(), 200, {"Cache-Control": "no-store"}, "application/json")
