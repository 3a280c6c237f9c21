"""The guidance of any policy version, for staff to read before patients do."""

from datetime import date
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request, Response

from api.access import lets
from api.negotiation import HTML, JSON, MARKDOWN, PDF, preferred
from api.pages.forms import PREVIEWS, TOLD
from api.pages.refusals import varied
from api.pages.rendering import protected
from api.policy_insights import PATH, SHARED, the_version
from api.requests import Caller, record_id, unit_of_work
from api.transitions import answers, takes
from models.guidance import Guidance
from models.policies import Policy
from models.practices import Practice
from service.documents.press import Copy
from workflows.guidance import Told, former, guidance
from workflows.policies import policies
from workflows.practices import practices
from workflows.statutory_time import today

OFFERED = (JSON, HTML, MARKDOWN, PDF)


def add_policy_guidance(router: APIRouter) -> None:
    """`GET /v1/policies/{record_id}/guidance`."""
    router.add_api_route(
        f"{PATH}/guidance", takes(read_policy_guidance, record_id=UUID, caller=Caller), operation_id="read_policy_guidance",
        summary="Read the guidance that a version makes.", response_model=Guidance,
        responses={**answers(404, 501), **TOLD}, **SHARED,
    )  # fmt: skip


@lets("policy.read_guidance", by=policies.seen_by)
async def read_policy_guidance(request: Request) -> Response:
    """Read what patients would be told by a version, in force or not: as JSON, or as a page, Markdown or a PDF if accepted.

    What is new is told against the version that was published last before it.
    """
    work = await unit_of_work(request)
    policy, act = await the_version(work, record_id(request))
    (practice,) = await work.those(practices)
    before = former(await work.those(policies, kind=policy.kind), policy)
    copy = await copy_of(request, practice, policy, before, today(act))
    media_type = wanted(request)
    return protected(varied(Response(copy.body, 200, {"Cache-Control": "no-store"}, media_type)))


def wanted(request: Request) -> str:
    """The form that is accepted: JSON if nothing else is."""
    return preferred(request.headers.get("accept", ""), OFFERED) or JSON


async def copy_of(request: Request, practice: Practice, policy: Policy, before: Policy | None, day: date) -> Copy:
    """A rendering off the event loop. Raises NotPrinted or TakesTooLong."""
    form = next(each for each in PREVIEWS if each.media_type == wanted(request))
    key = (practice.practice, practice.version, policy.id, policy.version, day, form.ending)
    made = partial(made_from, Told(practice.practice, practice.name, practice.contacts, policy, day), before)
    copy: Copy = await request.app.state.house.press.copy(key, made, form.render)
    return copy


async def made_from(told: Told, before: Policy | None) -> Guidance:
    """The guidance of a version."""
    return guidance(told, before)
