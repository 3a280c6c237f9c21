"""The warning ledger of one person. Whose is asked for is sent in the body, since an address ends up in logs."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, TypeAdapter

from api.access import lets
from api.conduct_checks import without_key
from api.requests import Caller, asked, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.letter_facts.facts import LetterTemplate
from models.people import PersonState
from models.record import listed_view_of
from models.warnings import LedgerQuestion, LedgerVerdict, PatientWarning
from service.showing import listed_view
from workflows.incidents.machine import same_person
from workflows.letters import letters
from workflows.people import people
from workflows.statutory_time import today
from workflows.warning_ledger import verdict
from workflows.warnings import warnings

NEEDED: TypeAdapter[Any] = TypeAdapter(LedgerQuestion)
ENTRY: Any = listed_view_of(PatientWarning)


class WarningLedger(BaseModel):
    """All entries about one person, and whether a removal may rest on them."""

    verdict: LedgerVerdict
    items: list[ENTRY]


def add_warning_ledgers(router: APIRouter) -> None:
    """`POST /v1/warning-ledgers`."""
    router.add_api_route(
        "/v1/warning-ledgers", takes(read_ledger, caller=Caller, payload=LedgerQuestion), methods=["POST"],
        operation_id="read_warning_ledger", response_model=WarningLedger, responses=answers(403, 408, 413, 415, 422),
        tags=["warnings"], route_class_override=DirectRoute,
    )  # fmt: skip


@lets("warning.read_ledger", by=warnings.seen_by, audited=True)
async def read_ledger(request: Request) -> Response:
    """Read every warning that one person was given, under each record that they have had, and what became of it.

    With it comes whether a removal from the list may be requested on a day, as far as warnings go, and why or why not. Nobody
    known and nobody warned read the same. Nothing is kept, so an `Idempotency-Key` means nothing.
    """
    work = await unit_of_work(without_key(request))
    act = await work.permitted(warnings, warnings.seen_by)
    (question,) = (await asked(request, NEEDED)).payload()
    merged = await work.store.find(people.kind, act.practice.code, {"state": PersonState.MERGED})
    everybody = same_person(question.person_id, [each.record for each in merged])
    entries = await work.those(warnings, person_id=everybody)
    day: date = question.on or today(act)
    wanted = {
        "case_id": frozenset(each.incident_id for each in entries),
        "template": LetterTemplate.REMOVAL_RISK_WARNING,
    }
    written = await work.store.find(letters.kind, act.practice.code, wanted)
    said = verdict(entries, [each.record for each in written], day, question.exemption).model_dump_json()
    items = ",".join(listed_view(warnings, each, act) for each in entries)
    return Response(f'{{"verdict":{said},"items":[{items}]}}', 200, {"Cache-Control": "no-store"}, "application/json")
