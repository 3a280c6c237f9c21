"""Who has acknowledged a policy version, and what managers need to brief the staff on it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from api.access import lets
from api.clauses import shown
from api.negotiation import MARKDOWN, wants_markdown
from api.policy_insights import the_version, varied
from api.requests import Caller, record_id, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.acknowledgements import Acknowledgement, StaffAcknowledgement, StaffAcknowledgements
from models.policies import Policy, PolicyState
from models.staff import StaffMember, StaffState
from service.unit_of_work import UnitOfWork
from workflows.acknowledgements import KEEPERS, acknowledgements, asked_since, asked_to_acknowledge
from workflows.briefings import MANAGERS
from workflows.engine import Act
from workflows.policies import policies
from workflows.staff import staff
from workflows.training_notes import TrainingNotes, markdown, training_notes

SHARED: dict[str, Any] = {"tags": ["policies"], "methods": ["GET"], "route_class_override": DirectRoute}
PATH = "/v1/policies/{record_id}"


def add_policy_training(router: APIRouter) -> None:
    """`GET /v1/policies/{record_id}/acknowledgements` and `GET /v1/policies/{record_id}/training-notes`."""
    router.add_api_route(
        f"{PATH}/acknowledgements", takes(read_acknowledgements, record_id=UUID, caller=Caller),
        operation_id="read_policy_acknowledgements", summary="Read who has acknowledged a version, and who has not.",
        response_model=StaffAcknowledgements, responses=answers(404), **SHARED,
    )  # fmt: skip
    router.add_api_route(
        f"{PATH}/training-notes", takes(read_training_notes, record_id=UUID, caller=Caller),
        operation_id="read_policy_training_notes", summary="Read what managers need to brief the staff on a version.",
        response_model=TrainingNotes,
        responses={200: {"content": {MARKDOWN: {"schema": {"type": "string"}}}}, **answers(403, 404)}, **SHARED,
    )  # fmt: skip


@lets("policy.read_acknowledgements", by=policies.seen_by)
async def read_acknowledgements(request: Request) -> Response:
    """Read who in post has acknowledged a version, and since when it is asked of whoever has not (P-20).

    The practice manager, the partners and the communications manager read everybody's; everybody else reads their own.
    """
    work = await unit_of_work(request)
    policy, act = await the_version(work, record_id(request))
    given = {each.acknowledged_by: each for each in await work.those(acknowledgements, policy_id=policy.id)}
    told = [listed(policy, each, given.get(str(each.id))) for each in await those_shown(work, act)]
    done = sum(each.acknowledged_at is not None for each in told)
    answer = StaffAcknowledgements(
        policy_id=policy.id, policy_number=policy.number, acknowledged=done,
        outstanding=sum(each.outstanding_since is not None for each in told), items=told,
    )  # fmt: skip
    return shown(answer)


async def those_shown(work: UnitOfWork, act: Act) -> list[StaffMember]:
    """The people in post of whom the caller may know whether they have acknowledged a version, by name."""
    members = asked_to_acknowledge(await work.those(staff, state=StaffState.IN_POST))
    among = members if act.permitted(KEEPERS) else [each for each in members if str(each.id) == act.actor.id]
    return sorted(among, key=lambda each: (each.name, each.id))


def listed(policy: Policy, member: StaffMember, given: Acknowledgement | None) -> StaffAcknowledgement:
    """One person as they stand in the list."""
    published = policy.published_at if policy.state == PolicyState.ACTIVE else None
    return StaffAcknowledgement(
        staff_id=member.id, name=member.name, acknowledged_at=given.created_at if given else None,
        outstanding_since=asked_since(member, published) if published and not given else None,
    )  # fmt: skip


@lets("policy.read_training_notes", by=MANAGERS)
async def read_training_notes(request: Request) -> Response:
    """Read what managers need to brief the staff on a version, as JSON or as Markdown (P-10).

    Who holds which duty, what the practice has settled and what it leaves open, every clause, and what changed since the
    version that was in force before. By those who manage others.
    """
    work = await unit_of_work(request)
    policy, _ = await the_version(work, record_id(request))
    await work.permitted(policies, MANAGERS)
    before = in_force_before(policy, await work.those(policies, kind=policy.kind))
    notes = training_notes(
        policy.content, policy.number, before.content if before else None, before.number if before else None
    )
    if wants_markdown(request.headers.get("accept", "")):
        return varied(Response(markdown(notes), 200, {"Cache-Control": "no-store"}, MARKDOWN))
    return varied(shown(notes))


def in_force_before(policy: Policy, versions: list[Policy]) -> Policy | None:
    """The last version with a lower number that was ever in force."""
    lower = [each for each in versions if each.published_at and numbered(each) < numbered(policy)]
    return max(lower, key=numbered, default=None)


def numbered(policy: Policy) -> tuple[int, int]:
    """A version's number, to be compared (POL-7)."""
    return policy.major, policy.minor
