"""One FastAPI application, assembled from the law."""

import gc
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig
from starlette.routing import BaseRoute

from api import documentation, health
from api.access import as_table, inventory
from api.access_entries import add_access_entries
from api.audit_entries import add_audit_entries
from api.boundary import Allowance, Boundary
from api.calendar_feeds import OPENED_OTHERWISE, add_calendar_feeds
from api.case_counts import add_case_counts
from api.case_searches import add_case_searches
from api.clauses import add_clauses
from api.conduct_checks import add_conduct_checks
from api.deadlines import add_deadlines
from api.directory import ByDirectory
from api.events import add_events
from api.evidence_files import add_evidence_files, larger_bodies
from api.legal_references import add_legal_references
from api.letters import add_letters
from api.listings import add_list
from api.pages.asking.after import add_after_pages
from api.pages.asking.asking import add_asking_pages
from api.pages.asking.codes import add_code_pages
from api.pages.asking.withdrawing import add_withdrawal_pages
from api.pages.guidance import add_guidance_pages
from api.pages.refusals import answer_with_pages
from api.pages.rendering import ASSETS, Assets
from api.person_reports import add_person_reports
from api.person_searches import add_person_searches
from api.policy_guidance import add_policy_guidance
from api.policy_insights import add_policy_insights
from api.policy_training import add_policy_training
from api.post_findings import add_post_findings
from api.problems import Problem, answer_problems
from api.removal_help import add_removal_help
from api.rights_guidance import add_rights_guidance
from api.rights_requests import add_rights_requests
from api.submissions import add_submissions
from api.trainee_decline_searches import add_trainee_decline_searches
from api.transitions import add_routes
from api.warning_ledgers import add_warning_ledgers
from api.workflows import add_workflows
from service.clock import ticking
from service.house import Clock, now, open_house
from service.settings import Settings
from workflows.registry import ALL

DESCRIPTION = """
A GP practice's patient social-media and acceptable-use policy, made executable.

Times are RFC 3339 in UTC; legal dates are calendar days in Europe/London. Every record has a `state`, a `version`, the
`available_transitions` for whoever asks, and an `ETag`. To change a record send its ETag as `If-Match` (428 without it, 412 when
the record has moved on). Send an `Idempotency-Key` with every change: the same key and body are answered alike, and change
things once. What can't be done is answered as `application/problem+json`; decide by its `code`. Which answer comes first: 401,
429, 404, a replayed answer, 403, 428 or 412, 409, 422. We may add fields and values; we don't take any away within `/v1`.

A practice's website is on a budget: `RateLimit` and `RateLimit-Policy` say what is left of it. Beyond it, and after too many
tokens that can't be verified, the answer is 429 with `Retry-After`.
"""


NOT_TRACED: TelemetryConfig = {
    "tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False,
}  # fmt: skip
"""The framework would tell whoever listens each address with its query, and of each fault what it says."""


class Charter(FastAPI):
    """FastAPI documents only models that are answered as application/json, and faults in a shape that is not ours."""

    def openapi(self) -> dict[str, Any]:
        """The description of the API, with problems in it."""
        document = super().openapi()
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        document["components"]["schemas"] |= {**schema.pop("$defs"), "Problem": schema}
        for operation in (each for path in document["paths"].values() for each in path.values()):
            if "application/json" in operation["responses"].get("422", {}).get("content", {}):
                del operation["responses"]["422"]
        for shape in ("HTTPValidationError", "ValidationError"):
            document["components"]["schemas"].pop(shape, None)
        return document

    def route_inventory(self) -> str:
        """Every route with who may ask for it, as a table for review. Raises UnguardedRoute."""
        return as_table(inventory(self))


def create_app(settings: Settings | None = None, clock: Clock = now) -> FastAPI:
    """The whole API over the database that the settings name."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_house(settings, clock) as house, ticking(house, settings):
            app.state.house = house
            gc.collect()
            gc.freeze()
            yield

    app = Charter(
        title="Practice Charter", version=health.VERSION, description=DESCRIPTION, lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/openapi.json" if settings.shows_documentation else None, redirect_slashes=False,
        telemetry=NOT_TRACED,
    )  # fmt: skip
    add_everything(
        app, body_deadline=settings.body_deadline, larger=larger_bodies(settings), documentation_on=settings.shows_documentation,
    )  # fmt: skip
    return app


def add_everything(
    app: FastAPI, *, body_deadline: float, larger: Mapping[str, Allowance], documentation_on: bool
) -> None:
    """Every route of the house."""
    app.add_middleware(ByDirectory, router=app.router)
    app.add_middleware(Boundary, body_deadline=body_deadline, larger=larger)
    answer_problems(app)
    answer_with_pages(app)
    app.router.routes.extend(declared_routes())
    app.mount(ASSETS, Assets(), name="assets")
    app.include_router(health.router)
    if documentation_on:
        app.include_router(documentation.router)
        app.mount("/static", StaticFiles(directory=documentation.STATIC), name="static")


@cache
def declared_routes() -> tuple[BaseRoute, ...]:
    """The routes that are the same in every installation, made once: to describe one takes longer than to answer it.

    What the law declares adds itself.
    """
    router = APIRouter()
    for workflow in ALL:
        add_list(router, workflow)
        add_routes(router, workflow, OPENED_OTHERWISE)
    for add in ADDED:
        add(router)
    return tuple(router.routes)


ADDED: Final[tuple[Callable[[APIRouter], None], ...]] = (
    add_clauses, add_workflows, add_audit_entries, add_access_entries, add_events, add_deadlines, add_calendar_feeds,
    add_policy_insights, add_policy_guidance, add_post_findings, add_policy_training, add_removal_help, add_conduct_checks,
    add_person_searches, add_guidance_pages,
    add_evidence_files, add_letters, add_legal_references, add_case_searches, add_case_counts, add_person_reports,
    add_warning_ledgers, add_submissions, add_asking_pages, add_after_pages, add_code_pages, add_withdrawal_pages,
    add_trainee_decline_searches, add_rights_guidance, add_rights_requests,
)  # fmt: skip
"""What the law does not declare: lists of other things, documents, pages."""
