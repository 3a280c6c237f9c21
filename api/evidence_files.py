"""Files of evidence: taken in as they are, kept sealed, and handed out as something to save, never as a page."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

import structlog
from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter

from api.access import declaring, lets
from api.boundary import Allowance
from api.budgets import signed_in
from api.file_bodies import (
    DETAILS,
    FILE,
    MOST_BESIDE_A_FILE,
    FileBody,
    FilesBusy,
    FileTooLarge,
    FileTypeDiffers,
    received,
)  # fmt: skip
from api.requests import Caller, ChangingCaller, payload, record_id, unit_of_work
from api.transitions import DirectRoute, answers, asking, respond, takes, told
from models.evidence import Evidence, FileDetails, FileDraft, FileFacts, MediaType
from models.record import view_of
from service.file_types import facts_of
from service.files import FileDamaged, file_of
from service.settings import Settings
from service.unit_of_work import Asked, NotFound
from workflows.evidence import capture, evidence
from workflows.readers import seers

PATH: Final = "/v1/evidence-files"
NEEDED: TypeAdapter[Any] = TypeAdapter(FileDetails)
ENDINGS: Final = {MediaType.PNG: "png", MediaType.JPEG: "jpg", MediaType.WEBP: "webp", MediaType.PDF: "pdf"}
SAYS_NOTHING: Final = frozenset({"", "application/octet-stream"})
"""Types by which whoever sends a file does not say what it is."""
AS_A_FILE: Final = "evidence_file"
"""What was shown, where it was the file itself, as entries of who was shown what have it."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def add_evidence_files(router: APIRouter) -> None:
    """`POST /v1/evidence-files` and `GET /v1/evidence/{record_id}/file`."""
    router.add_api_route(
        PATH, takes(capture_file, caller=ChangingCaller), methods=["POST"], status_code=201, tags=["evidence"],
        response_model=view_of(Evidence), route_class_override=DirectRoute, openapi_extra={"requestBody": BODY}, **told(capture),
    )  # fmt: skip
    router.add_api_route(
        "/v1/evidence/{record_id}/file", takes(read_file, record_id=UUID, caller=Caller), methods=["GET"], tags=["evidence"],
        operation_id="read_file_of_evidence", summary="Save a file of evidence.", route_class_override=DirectRoute,
        response_class=Response, responses={200: {"description": "The file, as it was.", "content": FILES}, **answers(404)},
    )  # fmt: skip


FILES: Final[dict[str, Any]] = {each: {"schema": {"type": "string", "format": "binary"}} for each in ENDINGS}
BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": [DETAILS, FILE],
                "properties": {
                    DETAILS: FileDetails.model_json_schema(ref_template="#/components/schemas/{model}"),
                    FILE: {"type": "string", "format": "binary"},
                },
            },
            "encoding": {DETAILS: {"contentType": "application/json"}, FILE: {"contentType": ", ".join(ENDINGS)}},
        }
    },
}


def larger_bodies(settings: Settings) -> dict[str, Allowance]:
    """What is taken in where a file is sent."""
    return {PATH: Allowance(settings.largest_file + MOST_BESIDE_A_FILE, settings.file_deadline, FileTooLarge)}


@declaring(asking(capture))
async def capture_file(request: Request) -> Response:
    """The declaration tells the rest."""
    house = request.app.state.house
    await signed_in(request)
    async with turn(house.files):
        body = await received(request, house.files.largest)
        work = replace(await unit_of_work(request, body.fingerprint), file=body.content)
        answer = await work.open(capture, Asked(lambda: (draft_in(body),)))
    return respond(answer, {"Location": f"/v1/evidence/{answer.record_id}"})


def draft_in(body: FileBody) -> FileDraft:
    """What is kept of it. Raises what was wrong with the body, or what is wrong with the file."""
    if body.fault:
        raise body.fault
    details = payload(body.details, "application/json", NEEDED, {})
    facts = facts_of(body.content)
    if body.declared not in SAYS_NOTHING | {facts.media_type}:
        raise FileTypeDiffers
    return FileDraft(**dict(details), file=facts)


@lets("evidence.read_file", by=seers(evidence), audited=True)
async def read_file(request: Request) -> Response:
    """It comes as it was captured, to be saved and not to be shown in a browser; with its SHA-256 as `Repr-Digest`."""
    work, wanted = await unit_of_work(request), record_id(request)
    await work.find(evidence, wanted, known=lambda _: True)
    for kept in await work.store.find(Evidence, work.principal.practice, {"id": wanted}):
        if kept.record.file and kept.key:
            async with turn(request.app.state.house.files):
                content = await whole(request, file_of(work.store, kept.record, kept.key), wanted)
            await work.note(await work.permitted(evidence, seers(evidence)), AS_A_FILE, [wanted])
            return Response(content, 200, headers_of(wanted, kept.record.file), kept.record.file.media_type)
    raise NotFound


async def whole(request: Request, reading: Any, wanted: UUID) -> bytes:
    """The file, or the word that it is damaged, in the log as well."""
    try:
        content: bytes = await reading
    except FileDamaged:
        log.error("file_damaged", record_id=str(wanted), request_id=str(request.scope["state"].get("request_id")))
        raise
    return content


def headers_of(wanted: UUID, file: FileFacts) -> dict[str, str]:
    """What keeps a file from being anything but a file, whatever somebody has put into it."""
    return {
        "Content-Disposition": f'attachment; filename="evidence-{wanted}.{ENDINGS[file.media_type]}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
        "Repr-Digest": f"sha-256=:{b64encode(bytes.fromhex(file.sha256)).decode()}:",
    }


@asynccontextmanager
async def turn(files: Any) -> AsyncIterator[None]:
    """A turn, before anything of a file is in memory. Raises FilesBusy when none comes in time."""
    try:
        async with asyncio.timeout(files.deadline):
            await files.turns.acquire()
    except TimeoutError:
        raise FilesBusy from None
    try:
        yield
    finally:
        files.turns.release()
