"""The evidence file of a rights request: everything that the practice can show of it, put together and never kept."""

import json
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from models.ledger import AuditEntry
from models.record import Record
from models.rights_history import DatesThen, History, HistoryEntry
from models.rights_requests import RightsRequest
from service.store import Listing
from service.unit_of_work import NotFound, UnitOfWork
from workflows.engine import Workflow
from workflows.refusals import RoleRefusal
from workflows.registry import ALL
from workflows.rights_requests import rights_requests
from workflows.statutory_time import london_day

PAGE: Final = 500
RELATED: Final = {
    "letter": "case_id",
    "restriction": "rights_request_id",
    "data_protection_complaint": "request_id",
}
"""The kinds that belong to a request, and what they call it."""


async def history_of(work: UnitOfWork, request_id: UUID) -> History:
    """The whole history of one request, for whoever may see it. That it was shown is written down.

    Raises NotFound, and RoleRefusal for those who see no requests at all.
    """
    found = await work.those(rights_requests, id=request_id)
    if not found:
        raise NotFound
    request, not_shown = found[0], list[str]()
    related: dict[str, list[Any]] = {each: [] for each in RELATED}
    for workflow in (each for each in ALL if each.name in RELATED):
        try:
            related[workflow.name] = await belonging(work, workflow, request_id)
        except RoleRefusal:
            not_shown.append(workflow.name)
    related["letter"] += await letters_of(work, related["restriction"])
    everything = [request, *(each for records in related.values() for each in records)]
    now = work.clock()
    return History(
        reference=request.reference, made_at=now, made_on=london_day(now), request=as_data(request), dates=dates_of(request),
        recipients=request.recipients, letters=[as_data(each) for each in related["letter"]],
        restrictions=[as_data(each) for each in related["restriction"]],
        complaints=[as_data(each) for each in related["data_protection_complaint"]],
        entries=await entries_of(work, everything), not_shown=not_shown,
    )  # fmt: skip


async def belonging(work: UnitOfWork, workflow: Workflow[Any], request_id: UUID) -> list[Any]:
    """The records of a kind that belong to the request. Raises RoleRefusal."""
    return await work.those(workflow, **{RELATED[workflow.name]: request_id})


async def letters_of(work: UnitOfWork, restrictions: Iterable[Record]) -> list[Any]:
    """The letters about the restrictions, if whoever asks may see letters."""
    (letters,) = (each for each in ALL if each.name == "letter")
    ids = frozenset(each.id for each in restrictions)
    try:
        return await work.those(letters, case_id=ids) if ids else []
    except RoleRefusal:
        return []


async def entries_of(work: UnitOfWork, records: Iterable[Record]) -> list[HistoryEntry]:
    """What the trail has of these records, in the order of time."""
    found: list[AuditEntry] = []
    for each in records:
        after: UUID | None = None
        while True:
            listing = Listing(work.principal.practice, {"record_id": each.id}, after=after, limit=PAGE)
            page = await work.store.entries(listing)
            found += page
            if len(page) < PAGE:
                break
            after = page[-1].id
    return [shown(each) for each in sorted(found, key=lambda each: (each.at, each.version))]


def shown(entry: AuditEntry) -> HistoryEntry:
    """A link of the trail, without the salt."""
    kept = entry.model_dump(include=set(HistoryEntry.model_fields) - {"said"})
    return HistoryEntry(**kept, said=json.loads(entry.said) if entry.said else None)


def dates_of(request: RightsRequest) -> list[DatesThen]:
    """Every date that the request ever had, with its steps, and what changed it; the last are those of now."""
    past = [DatesThen.model_validate(each.model_dump()) for each in request.past_reckonings]
    return [*past, DatesThen(until=None, because=None, reason=None, due=request.due, extension_by=request.extension_by)]


def as_data(record: Record) -> dict[str, Any]:
    """A record as JSON has it."""
    return record.model_dump(mode="json")
