"""The audit trail: who did what, when, in which role, and why. It can be read by those who answer for it, and changed by nobody."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel

from api.listings import AskedFor, add_listing, typed
from models.ledger import AuditEntry
from service.unit_of_work import Page, UnitOfWork
from workflows.practices import practices
from workflows.readers import TRAIL

SHOWN = frozenset(AuditEntry.model_fields) - {"salt"}


class AuditEntryView(BaseModel):
    """One link of a record's chain. `said` is what was sent, as JSON text, until it is lawfully erased."""

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


async def entries(work: UnitOfWork, listing: AskedFor) -> Page:
    """A page of the trail, for those who may read it."""
    await work.permitted(practices, TRAIL)
    asked = listing()
    found = await work.store.entries(asked)
    items = [each.model_dump(mode="json", include=set(SHOWN)) for each in found]
    return Page(items, found[-1].id if len(found) == asked.limit else None)


def add_audit_entries(router: APIRouter) -> None:
    """`GET /v1/audit-entries`."""
    narrowing: dict[str, Any] = typed(AuditEntry, AuditEntry.filters)
    add_listing(
        router, "/v1/audit-entries", entries, narrowing, shown=AuditEntryView, tag="audit_entries",
        summary=f"Read the audit trail, oldest first. By: {', '.join(TRAIL)}.",
    )  # fmt: skip
