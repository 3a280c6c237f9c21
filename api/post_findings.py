"""What is found in a post's text, for whoever writes it and whoever approves it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from api.access import lets
from api.requests import Caller, record_id, unit_of_work
from api.transitions import DirectRoute, answers, respond, takes
from models.posts import Post
from models.roles import Duty, Role
from models.screening import PostFinding, PostFindings
from service.unit_of_work import Answer, NotFound, UnitOfWork
from workflows.engine import Act
from workflows.post_screening import all_findings, everybody_here
from workflows.posts import posts
from workflows.refusals import RoleRefusal
from workflows.screening.findings import Finding
from workflows.staff import staff

READERS = (Duty.USE_PLATFORMS, Role.COMMUNICATIONS_MANAGER)
SHARED: dict[str, Any] = {"tags": ["posts"], "route_class_override": DirectRoute}


def add_post_findings(router: APIRouter) -> None:
    """`GET /v1/posts/{record_id}/findings`."""
    router.add_api_route(
        "/v1/posts/{record_id}/findings", takes(read_findings, record_id=UUID, caller=Caller), methods=["GET"],
        operation_id="read_post_findings", summary="Read what is found in a post's text.",
        response_model=PostFindings, responses=answers(403, 404), **SHARED,
    )  # fmt: skip


@lets("post.read_findings", by=READERS)
async def read_findings(request: Request) -> Response:
    """Read what is found in the text of a post as it stands: what must go, and what its author is asked about.

    By those who use the platforms, and the communications manager (POST-13, POST-14). Places are counted in code points; the
    words themselves are not repeated. The ETag is good as `If-Match` when the findings are answered.
    """
    work = await unit_of_work(request)
    post, act = await the_post(work, record_id(request))
    found = [shown(each, post) for each in all_findings(post, act)]
    told = PostFindings(post_id=post.id, post_version=post.version, findings=found)
    return respond(Answer(told.model_dump_json().encode(), post.id, post.version, 200))


async def the_post(work: UnitOfWork, identifier: UUID) -> tuple[Post, Act]:
    """The post, and the act with everybody who works here. Raises NotFound, or RoleRefusal for who neither writes nor approves."""
    try:
        found = await work.those(posts, id=identifier)
    except RoleRefusal:
        raise NotFound from None
    if not found:
        raise NotFound
    act = await work.permitted(posts, READERS)
    members = await work.those(staff, **everybody_here.where(found[0], act))
    return found[0], replace(act, found={everybody_here.name: members})


def shown(finding: Finding, post: Post) -> PostFinding:
    """A finding, as its reader is shown it, with what was said to it."""
    answered = {each.finding: each for each in post.finding_answers}
    return PostFinding(
        finding=finding.key, kind=finding.kind, severity=finding.severity, start=finding.start, end=finding.end,
        sentence=finding.sentence, possible_answers=list(finding.possible_answers), answered=answered.get(finding.key),
    )  # fmt: skip
