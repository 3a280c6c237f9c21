"""Conduct checks: whether acts are allowed here, by the policy in force. Nothing is kept, and nobody is named."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter

from api.access import lets
from api.requests import Caller, asked, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.conduct import ConductChecks
from models.judgements import JudgedBy, Judgements
from models.policies import Policy, PolicyKind, PolicyState
from service.unit_of_work import UnitOfWork
from workflows.conduct import VersionInForce, judge
from workflows.policies import policies
from workflows.readers import seers
from workflows.statutory_time import london_day

NEEDED: TypeAdapter[Any] = TypeAdapter(ConductChecks)
DEED = 3
"""Where the path to a fault in an act names its deed, which is no part of the body: body, acts, which one, deed."""

UNKNOWN_DEED = frozenset({"union_tag_invalid", "union_tag_not_found"})


def add_conduct_checks(router: APIRouter) -> None:
    """`POST /v1/conduct-checks`."""
    router.add_api_route(
        "/v1/conduct-checks", takes(check_conduct, caller=Caller, payload=ConductChecks), methods=["POST"],
        operation_id="check_conduct", response_model=Judgements, responses=answers(403, 408, 413, 415, 422),
        tags=["conduct_checks"], route_class_override=DirectRoute,
    )  # fmt: skip


@lets("conduct.check", by=seers(policies))
async def check_conduct(request: Request) -> Response:
    """Judge up to 50 acts by the policy in force: the verdict, the clauses that speak, what follows, and the law beside them.

    Nothing is kept, so an `Idempotency-Key` means nothing here: ask again, and the same act is judged again.
    """
    request = without_key(request)
    work = await unit_of_work(request)
    in_force = await version_in_force(work)
    checks = await given(request)
    day = london_day(work.clock())
    judged = [judge(act, version(in_force), day) for act in checks.acts]
    told = Judgements(policy=named(in_force), judged_on=day, judgements=judged)
    return Response(told.model_dump_json(), 200, {"Cache-Control": "no-store"}, "application/json")


def without_key(request: Request) -> Request:
    """The same request without its Idempotency-Key, whatever stands in it."""
    headers = [each for each in request.scope["headers"] if each[0] != b"idempotency-key"]
    return Request({**request.scope, "headers": headers}, request.receive)


async def version_in_force(work: UnitOfWork) -> Policy | None:
    """The active version on patients' conduct, for whoever may read it. Raises RoleRefusal."""
    found = await work.those(policies, state=PolicyState.ACTIVE, kind=PolicyKind.PATIENT_CONDUCT)
    return found[0] if found else None


def version(policy: Policy | None) -> VersionInForce | None:
    """As much of it as judging needs."""
    return VersionInForce(policy.id, policy.content) if policy else None


def named(policy: Policy | None) -> JudgedBy | None:
    """As much of it as the answer names."""
    return JudgedBy(policy_id=policy.id, number=policy.number, title=policy.title) if policy else None


async def given(request: Request) -> ConductChecks:
    """The acts. Raises RequestValidationError, with every fault where it stands in the body."""
    try:
        (checks,) = (await asked(request, NEEDED)).payload()
    except RequestValidationError as faults:
        raise RequestValidationError([in_its_place(each) for each in faults.errors()]) from None
    return ConductChecks.model_validate(checks)


def in_its_place(fault: dict[str, Any]) -> dict[str, Any]:
    """The fault without the deed in its path, and without the word that stands where a deed should."""
    place = fault["loc"]
    if fault["type"] in UNKNOWN_DEED:
        return {**fault, "type": "deed", "msg": "Say which deed it is.", "loc": (*place, "deed")}
    return {**fault, "loc": (*place[:DEED], *place[DEED + 1 :])} if place[1:2] == ("acts",) else fault
