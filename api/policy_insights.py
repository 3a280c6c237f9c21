"""What is found in a policy version by the lint, and what differs from another version or from the policy it adopted."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field

from api.access import lets
from api.clauses import shown
from api.negotiation import MARKDOWN, wants_markdown
from api.requests import Caller, asked_once, narrowed_by, record_id, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.policies import Policy, PolicyContent
from models.roles import Role
from models.staff import StaffState
from service.policy_library import published_as
from service.unit_of_work import NotFound, UnitOfWork
from workflows.differences import Difference, differences, markdown, summary
from workflows.engine import Act
from workflows.lint import lint
from workflows.lint.findings import Finding
from workflows.policies import policies
from workflows.refusals import RoleRefusal
from workflows.staff import staff
from workflows.statutory_time import today

SHARED: dict[str, Any] = {"tags": ["policies"], "methods": ["GET"], "route_class_override": DirectRoute}
PATH = "/v1/policies/{record_id}"
NOTHING_TO_COMPARE_WITH = "Name a version to compare with: this one adopted no policy that comes with the service."
From = Annotated[
    UUID | None,
    Query(alias="from", description="The version to compare with; without it, the published policy that was adopted."),
]


class PolicyFindings(BaseModel):
    """What the lint finds in a version on a day (Europe/London), what matters most first. It keeps nothing from being submitted."""

    policy_id: UUID
    policy_number: str
    as_of: date
    findings: list[Finding]


class PolicyDifferences(BaseModel):
    """What differs in a version: from the version of this identifier, or, where that is null, from the policy it adopted."""

    policy_id: UUID
    policy_number: str
    compared_with: UUID | None
    compared_with_label: str
    summary: str
    differences: list[Difference]


class DifferencesQuery(BaseModel):
    """Which version to compare with."""

    model_config = ConfigDict(extra="forbid")

    compared_with: UUID | None = Field(default=None, alias="from")


def add_policy_insights(router: APIRouter) -> None:
    """`GET /v1/policies/{record_id}/findings` and `GET /v1/policies/{record_id}/differences`."""
    router.add_api_route(
        f"{PATH}/findings", takes(read_findings, record_id=UUID, caller=Caller), operation_id="read_policy_findings",
        summary="Read what the lint finds in a version.", response_model=PolicyFindings, responses=answers(404), **SHARED,
    )  # fmt: skip
    router.add_api_route(
        f"{PATH}/differences", takes(read_differences, record_id=UUID, compared_with=From, caller=Caller),
        operation_id="read_policy_differences", summary="Read what differs between two versions.",
        response_model=PolicyDifferences,
        responses={200: {"content": {MARKDOWN: {"schema": {"type": "string"}}}}, **answers(404, 422)}, **SHARED,
    )  # fmt: skip


@lets("policy.read_findings", by=policies.seen_by)
async def read_findings(request: Request) -> Response:
    """Read what the lint finds in a version, before it is submitted or at any time after.

    Duties that nobody holds are among the findings for those who may see the staff directory.
    """
    work = await unit_of_work(request)
    policy, act = await the_version(work, record_id(request))
    day = today(act)
    found = lint(policy.content, day, await roles_held(work, act))
    return shown(PolicyFindings(policy_id=policy.id, policy_number=policy.number, as_of=day, findings=found))


@lets("policy.read_differences", by=policies.seen_by)
async def read_differences(request: Request) -> Response:
    """Read what differs between a version and an earlier one, or the policy that it adopted, as JSON or as Markdown."""
    work = await unit_of_work(request)
    policy, _ = await the_version(work, record_id(request))
    query = narrowed_by(DifferencesQuery, asked_once(request))
    content, label = await the_other(work, policy, query.compared_with)
    found = differences(content, policy.content)
    if wants_markdown(request.headers.get("accept", "")):
        return varied(
            Response(markdown(found, label, version_label(policy)), 200, {"Cache-Control": "no-store"}, MARKDOWN)
        )
    answer = PolicyDifferences(
        policy_id=policy.id, policy_number=policy.number, compared_with=query.compared_with, compared_with_label=label,
        summary=summary(found), differences=found,
    )  # fmt: skip
    return varied(shown(answer))


async def the_version(work: UnitOfWork, identifier: UUID) -> tuple[Policy, Act]:
    """The version, and the act of asking for it. Raises NotFound, also where it is not the caller's to see."""
    try:
        act = await work.permitted(policies, policies.seen_by)
        found = await work.those(policies, id=identifier)
    except RoleRefusal:
        raise NotFound from None
    if not found:
        raise NotFound
    return found[0], act


async def the_other(work: UnitOfWork, policy: Policy, named: UUID | None) -> tuple[PolicyContent, str]:
    """What to compare with, and what it is called. Raises NotFound, or RequestValidationError where nothing is named."""
    if named is not None:
        other, _ = await the_version(work, named)
        return other.content, version_label(other)
    adopted = published_as(policy.adopted_from)
    if adopted is None:
        raise RequestValidationError([{"type": "missing", "loc": ("query", "from"), "msg": NOTHING_TO_COMPARE_WITH}])
    return adopted, adopted.document.title


async def roles_held(work: UnitOfWork, act: Act) -> frozenset[Role] | None:
    """The roles that people hold now, where the caller may see the staff directory."""
    try:
        members = await work.those(staff, state=StaffState.IN_POST)
    except RoleRefusal:
        return None
    return frozenset[Role]().union(*(member.roles_at(act.at) for member in members))


def version_label(policy: Policy) -> str:
    """What a version is called."""
    return f"{policy.title}, version {policy.number}"


def varied(answer: Response) -> Response:
    """The same, told to caches to depend on what was accepted."""
    answer.headers["Vary"] = "Accept"
    return answer
