"""The audit trail: who did what, when, in which role, and why. It can be read by those who answer for it, and changed by nobody."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel

from api.access import Access, lets
from api.clauses import shown
from api.listings import ONCE_THROUGH, AskedFor, add_listing, typed
from api.requests import Caller, identifier, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.ledger import AuditEntry
from service.store import Listing
from service.unit_of_work import NotFound, Page, UnitOfWork
from workflows.engine import Act
from workflows.practices import practices
from workflows.readers import TRAIL, sensitive_kinds

AUDIT_ENTRY = "audit_entry"
"""What was read here, as who-was-shown-what has it."""

LONGEST_SAID_IN_A_LIST = 20_000
"""In characters: a page of the longest bodies would hold many megabytes."""


class AuditEntryView(BaseModel):
    """One link of a record's chain. `said` is what was sent, as JSON text, until it is lawfully erased.

    In a list it is left out where it is longer than 20,000 characters: `said_omitted` says so, and the entry alone has it.
    """

    practice: str
    id: UUID
    kind: str
    record_id: UUID
    version: int
    at: AwareDatetime
    actor: str
    roles: list[str]
    transition: str
    source: str | None
    target: str
    policy_id: UUID | None
    request_id: UUID
    commitment: str
    said_commitment: str | None
    key_id: str
    seal: str
    said: str | None
    said_omitted: bool


async def entries(work: UnitOfWork, listing: AskedFor) -> Page:
    """A page of the trail, for those who may read it."""
    act, asked = await work.permitted(practices, TRAIL), listing()
    found = await work.store.entries(asked)
    views = [in_brief(each) for each in found]
    await note_what_is_sensitive(work, act, views)
    items = [each.model_dump_json() for each in views]
    return Page(items, found[-1].id if len(found) == asked.limit else None)


@lets("audit_entry.read", by=TRAIL, audited=bool(sensitive_kinds()))
async def read_entry(request: Request) -> Response:
    """Read one entry of the audit trail, with all that was sent."""
    work = await unit_of_work(request)
    act = await work.permitted(practices, TRAIL)
    asked = {"id": identifier(request.path_params["entry_id"])}
    for entry in await work.store.entries(Listing(work.principal.practice, asked)):
        view = in_full(entry)
        await note_what_is_sensitive(work, act, [view])
        return shown(view)
    raise NotFound


async def note_what_is_sensitive(work: UnitOfWork, act: Act, views: list[AuditEntryView]) -> None:
    """What was sent about a record tells as much as the record: that it is shown is written down as well."""
    kinds = sensitive_kinds()
    about = {each.record_id for each in views if each.said is not None and each.kind in kinds}
    if about:
        await work.note(act, AUDIT_ENTRY, sorted(about))


def in_full(entry: AuditEntry) -> AuditEntryView:
    """An entry as it is shown by itself: without the salt, so that its commitments can't be guessed at."""
    return AuditEntryView(**entry.model_dump(exclude={"salt"}), said_omitted=False)


def in_brief(entry: AuditEntry) -> AuditEntryView:
    """The same, without what is too long for a list."""
    whole = in_full(entry)
    if whole.said is None or len(whole.said) <= LONGEST_SAID_IN_A_LIST:
        return whole
    return whole.model_copy(update={"said": None, "said_omitted": True})


def add_audit_entries(router: APIRouter) -> None:
    """`GET /v1/audit-entries` and `GET /v1/audit-entries/{entry_id}`."""
    narrowing: dict[str, Any] = typed(AuditEntry, AuditEntry.filters)
    add_listing(
        router, "/v1/audit-entries", entries, narrowing, shown=AuditEntryView, tag="audit_entries",
        access=Access("audit_entry.list", TRAIL, audited=bool(sensitive_kinds())),
        summary=f"Read the audit trail, oldest first. By: {', '.join(TRAIL)}. {ONCE_THROUGH}",
    )  # fmt: skip
    router.add_api_route(
        "/v1/audit-entries/{entry_id}", takes(read_entry, entry_id=UUID, caller=Caller), methods=["GET"],
        operation_id="read_audit_entry", summary="Read one entry of the audit trail.", response_model=AuditEntryView,
        responses=answers(403, 404), tags=["audit_entries"], route_class_override=DirectRoute,
    )  # fmt: skip
