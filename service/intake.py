"""What strangers send in: taken in as the request that it is, or held where it looks like junk. Nobody is looked up for it.

Whoever sends something is told the same whether anybody here knows them or not, and whether it is held or not.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hmac import compare_digest
from typing import Any, Final
from uuid import UUID

from models.data_protection_complaints import DataProtectionComplaint, DataProtectionComplaintDraft
from models.held_submissions import HeldSubmission, HeldSubmissionDraft, HeldSubmissionState, SentIn, Suspicion
from models.practices import Practice
from models.record import Record
from models.references import ALPHABET, well_formed
from models.rights_requests import RightsRequest
from models.roles import Role
from service.house import House
from service.identity import Principal
from service.store import Question, Store
from service.store.references import referred_to
from service.unit_of_work import Answer, Asked, Idempotency, KeyReused, NotFound, UnitOfWork
from service.vault import Vault
from workflows import data_protection_complaints as complaints
from workflows.engine import Opening
from workflows.held_submissions import hold
from workflows.rights_requests import receive
from workflows.roles import Person

PAGES: Final = Person("public-pages", frozenset({Role.PRACTICE_WEBSITE}))
"""Who asks when somebody sends a form on the service's own pages: they do what a practice's website does, and no more."""

TABLE: Final = "submission"
STATUS: Final = "status_code"
CODE_DIGITS: Final = 20
"""Hexadecimal digits of a status code: 80 bits, which nobody guesses who may try twenty times an hour."""

GROUP: Final = 4
BASE_32: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
IN_OUR_ALPHABET: Final = str.maketrans(BASE_32, ALPHABET)
AS_READ: Final = str.maketrans("OIL", "011")
NOBODYS: Final = UUID(int=0)
KINDS: Final[tuple[type[Record], ...]] = (RightsRequest, DataProtectionComplaint, HeldSubmission)
"""What somebody outside can have a reference of."""

Became = RightsRequest | DataProtectionComplaint | HeldSubmission


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What whoever sent it is told: by what it is known, when it came, and when the answer is due, while that is known."""

    reference: str
    code: str
    received_on: date
    due_on: date | None
    record_id: UUID
    again: bool = False


def by_pages(
    house: House, practice: str, request_id: UUID, idempotency: Idempotency | None = None, theirs: UUID | None = None
) -> UnitOfWork:
    """The unit of work of somebody who uses the pages at a practice; `theirs` is the record that they showed to be theirs."""
    work = house.work(Principal("", practice), request_id)
    return replace(work, built_in=PAGES, idempotency=idempotency, theirs=theirs)


async def take_in(work: UnitOfWork, draft: SentIn, suspicions: Sequence[Suspicion]) -> TakenIn:
    """Take a request in, or hold it; what was sent before under the same key is not taken in again.

    Raises whatever the unit of work raises.
    """
    if before := await taken_in_before(work):
        return before
    try:
        told = await _opened(work, draft, suspicions)
    except NotFound:  # its twin was faster, and was not judged alike
        if before := await taken_in_before(work):
            return before
        raise
    return _told(work, told.record_id, json.loads(told.body), again=told.replayed)


async def _opened(work: UnitOfWork, draft: SentIn, suspicions: Sequence[Suspicion]) -> Answer:
    if not suspicions:
        law: Opening[Any] = complaints.receive if isinstance(draft, DataProtectionComplaintDraft) else receive
        return await work.open(law, Asked(payload=lambda: (draft,)))
    what = "complaint" if isinstance(draft, DataProtectionComplaintDraft) else "request"
    held = HeldSubmissionDraft.model_validate({what: draft, "suspicions": list(suspicions)})
    return await work.open(hold, Asked(payload=lambda: (held,)))


async def taken_in_before(work: UnitOfWork) -> TakenIn | None:
    """What was sent before under the same key, whatever has become of it since. Raises KeyReused for something else."""
    if work.idempotency is None:
        return None
    question = Question(work.principal.practice, work.principal.subject, key=work.idempotency.key)
    receipt = (await work.store.read(HeldSubmission, question)).receipt
    if receipt is None:
        return None
    if not work.idempotency.means(receipt):
        raise KeyReused
    for kind in KINDS:
        for kept in await work.store.find(kind, work.principal.practice, {"id": receipt.record_id}):
            return _told(work, receipt.record_id, json.loads(kept.record.model_dump_json()), again=True)
    raise KeyReused


def _told(work: UnitOfWork, record_id: UUID, said: dict[str, Any], *, again: bool) -> TakenIn:
    due, code = (
        said.get("acknowledge_by") or said.get("due"),
        status_code(work.store.vault, work.principal.practice, record_id),
    )
    due_on = date.fromisoformat(due["day"]) if due else None
    return TakenIn(said["reference"], code, date.fromisoformat(said["received_on"]), due_on, record_id, again)


def status_code(vault: Vault, practice: str, record_id: UUID) -> str:
    """The code that goes with a reference: nothing keeps it, since it can be worked out with the installation's keys alone."""
    return written(vault.indexes(practice, TABLE, STATUS, str(record_id))[-1])


def written(index: str) -> str:
    """A code as people read and type it: four groups of four signs."""
    raw = bytes.fromhex(index.rpartition(".")[2][:CODE_DIGITS])
    signs = base64.b32encode(raw).decode().translate(IN_OUR_ALPHABET)
    return "-".join(signs[place : place + GROUP] for place in range(0, len(signs), GROUP))


def code_fits(vault: Vault, practice: str, record_id: UUID, said: str) -> bool:
    """Whether this is the code of a record, under any key of the ring, however it is spelled."""
    plain = "".join(each for each in said.upper() if each.isalnum()).translate(AS_READ)
    codes = [written(each) for each in vault.indexes(practice, TABLE, STATUS, str(record_id))]
    return any([compare_digest(each.replace("-", "").encode(), plain.encode()) for each in codes])  # noqa: C419 - all are compared, whichever fits


async def known_by(store: Store, practice: Practice, reference: str, code: str) -> UUID | None:
    """The record that this reference and this code belong to together; None for whatever is wrong with either.

    The same is read and worked out whatever that is: nothing of a record is opened to find it. Raises Unavailable.
    """
    wanted = well_formed(reference) or ""
    found = [await referred_to(store, kind, practice.practice, wanted) for kind in KINDS]
    record_id = next(filter(None, found), NOBODYS)
    fits = code_fits(store.vault, practice.practice, record_id, code)
    return record_id if fits and record_id != NOBODYS else None


async def whats_become_of(store: Store, practice: str, record_id: UUID) -> Became | None:
    """A submission as it stands now: a held one that was released is what became of it. Raises Unavailable."""
    for kind in KINDS:
        for kept in await store.find(kind, practice, {"id": record_id}):
            record: Became = kept.record
            return await _released(store, record) if isinstance(record, HeldSubmission) else record
    return None


async def _released(store: Store, held: HeldSubmission) -> Became:
    """What became of it, among all that was sent together with it."""
    if held.state != HeldSubmissionState.RELEASED:
        return held
    complains = isinstance(held.request, DataProtectionComplaintDraft)
    kind: type[Record] = DataProtectionComplaint if complains else RightsRequest
    became = await store.find(kind, held.practice, {"correspondence_id": held.correspondence_id})
    return next((each.record for each in became if is_same(held.request, each.record)), held)


def is_same(sent: SentIn, became: RightsRequest | DataProtectionComplaint) -> bool:
    """Whether this is what was sent in, by what nobody changes afterwards."""
    return (sent.about, getattr(sent, "right", None)) == (became.about, getattr(became, "right", None))
