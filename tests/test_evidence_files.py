"""Files of evidence: taken in whole or not at all, kept sealed in a database or a folder, and handed out as they were."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from httpx import Response

from models.files import PART
from service.store import OutcomeUnknown, Store, Taken, Unavailable
from tests.databases import as_owner
from tests.files import HTML, PDF, SVG, large_png, png, sent
from tests.house import EVIDENCE, HOME, House, house_over
from tests.ledger import assert_ledgers_agree, rows_of
from tests.stories import refused
from tests.test_evidence import NEVER, REASON, on_sqlite

LEDGERS = ("evidence", "file_part", "audit_entry", "event", "receipt", "record_key")
FILES = "/v1/evidence-files"
DETAILS = json.dumps({**NEVER, "kind": "screenshot"})
"""Of no case: for what is refused before anybody looks for one."""
SMALLEST = 64 * 1024
"""The least that an installation can take."""


@pytest.fixture(params=["in the database", "in a folder"])
def filing(request: pytest.FixtureRequest, furnished: str, tmp_path: Path) -> Iterator[House]:
    """A house that keeps files in one place or the other, and takes none that is larger than three parts."""
    folder: dict[str, Any] = {} if request.param == "in the database" else {"file_folder": tmp_path / "files"}
    with house_over(furnished, tmp_path / "data", largest_file=3 * PART, **folder) as house:
        yield house


@pytest.fixture
def in_folder(furnished: str, tmp_path: Path) -> Iterator[House]:
    """A house that keeps files in a folder."""
    with house_over(furnished, tmp_path / "data", file_folder=tmp_path / "files") as house:
        yield house


def sends(
    house: House, content: bytes, declared: str = "image/png", details: str | None = None, **how: Any
) -> Response:
    """Somebody sends a file."""
    return house.ask("bear", "POST", FILES, **sent(details or house.details(), content, declared), **how)


def file_of(house: House, record: Response, person: str = "hansel") -> Response:
    """The file of a piece of evidence."""
    return house.ask(person, "GET", f"/v1/evidence/{record.json()['id']}/file")


def state_of(house: House) -> list[int]:
    """How much there is of everything that could be half stored, once there is a case that it could belong to."""
    house.seen()
    return [len(rows_of(house, each)) for each in LEDGERS] + [len(files_in(house))]


def files_in(house: House) -> list[Path]:
    """The files in the folder, if there is one, wherever in it they are."""
    folder = getattr(house.store, "folder", None)
    return [each for each in folder.rglob("*") if each.is_file()] if folder else []


@pytest.mark.parametrize("content", [png(), large_png(PART), large_png(2 * PART + 1), large_png(3 * PART)], ids=len)
def test_a_file_is_kept_sealed_and_handed_out_as_it_was(filing: House, content: bytes) -> None:
    """EVID-9: to the last bit, to be saved, by nothing that a browser would run."""
    kept = filing.captured(content)
    facts = {"media_type": "image/png", "size": len(content), "sha256": sha256(content).hexdigest()}
    assert kept.json()["file"] == {**facts, "width": 2, "height": 1}
    answer = file_of(filing, kept)
    assert (answer.status_code, answer.content) == (200, content)
    headers = answer.headers
    assert headers["Content-Type"] == "image/png"
    assert headers["Content-Disposition"] == f'attachment; filename="evidence-{kept.json()["id"]}.png"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "no-store"
    stored = b"".join(bytes(each["sealed"]) for each in rows_of(filing, "file_part"))
    stored += b"".join(each.read_bytes() for each in files_in(filing))
    assert len(stored) > len(content)
    assert b"IHDR" not in stored
    assert_ledgers_agree(filing)


@on_sqlite
def test_whoever_is_shown_a_file_is_written_down(house: House) -> None:
    kept = house.captured()
    before = len(rows_of(house, "access_entry"))
    assert file_of(house, kept).status_code == 200
    (entry,) = house.reads("hansel", "/v1/access-entries?kind=evidence_file")["items"]
    assert (entry["records"], len(rows_of(house, "access_entry"))) == ([kept.json()["id"]], before + 1)
    assert file_of(house, kept, "cinderella").status_code == 404
    assert file_of(house, house.described()).status_code == 404


@on_sqlite
@pytest.mark.parametrize(
    ("content", "declared", "expected"),
    [
        (HTML, "image/png", (415, "file_type_unknown")),
        (SVG, "image/png", (415, "file_type_unknown")),
        (b"", "image/png", (415, "file_type_unknown")),
        (png()[:-1], "image/png", (422, "file_broken")),
        (png() + HTML, "image/png", (422, "file_broken")),
        (png(60_000, 60_000, data=b"bomb"), "image/png", (422, "picture_too_large")),
        (png(), "text/html", (422, "file_type_differs")),
        (png(), "image/jpeg", (422, "file_type_differs")),
        (PDF, "image/png; charset=utf-8", (422, "file_type_differs")),
    ],
)
def test_what_is_no_file_for_evidence_is_refused_and_nothing_of_it_stays(
    house: House, content: bytes, declared: str, expected: tuple[int, str]
) -> None:
    """EVID-8."""
    before = state_of(house)
    assert refused(sends(house, content, declared)) == expected
    assert state_of(house) == before


@on_sqlite
@pytest.mark.parametrize("declared", ["", "application/octet-stream", "IMAGE/PNG", "image/png; name=wolf.png"])
def test_a_type_may_be_left_out_or_said_in_any_way(house: House, declared: str) -> None:
    assert sends(house, png(), declared).json()["file"]["media_type"] == "image/png"


@on_sqlite
@pytest.mark.parametrize(
    ("sending", "expected"),
    [
        ({"json": EVIDENCE}, (415, "multipart_required")),
        ({"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}, (415, "multipart_required")),
        ({"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=wolf"}}, (422, "not_multipart")),
        ({"files": {"file": ("wolf.png", png(), "image/png")}}, (422, "not_multipart")),
        ({"files": [("details", DETAILS), ("file", png()), ("file", png())]}, (422, "not_multipart")),
        ({"files": [("file", png()), ("file", png())]}, (422, "not_multipart")),
        (sent("{", png()), (422, "not_json")),
        (sent('{"kind": "screenshot"}', png()), (422, "malformed")),
        (sent(DETAILS.replace("screenshot", "description"), png()), (422, "malformed")),
        (sent(DETAILS.replace("{", '{"file": {},', 1), png()), (422, "malformed")),
    ],
)
def test_what_is_not_two_parts_is_refused(house: House, sending: dict[str, Any], expected: tuple[int, str]) -> None:
    before = state_of(house)
    assert refused(house.ask("bear", "POST", FILES, **sending)) == expected
    assert state_of(house) == before


@on_sqlite
def test_a_file_that_is_too_large_is_refused_before_it_is_there(furnished: str, tmp_path: Path) -> None:
    with house_over(furnished, tmp_path / "data", largest_file=SMALLEST) as house:
        assert house.captured(large_png(SMALLEST)).status_code == 200
        assert refused(sends(house, large_png(SMALLEST + 1))) == (413, "file_too_large")
        announced = {"Content-Type": "multipart/form-data; boundary=wolf", "Content-Length": "200000000"}
        assert refused(house.ask("bear", "POST", FILES, content=b"--wolf", headers=announced)) == (
            413,
            "file_too_large",
        )
        dripping = (b"x" * PART for _ in range(200))
        kind = {"Content-Type": "multipart/form-data; boundary=wolf"}
        assert house.ask("bear", "POST", FILES, content=dripping, headers=kind).status_code in {413, 422}
        assert refused(house.ask("bear", "POST", "/v1/evidence", content=b"x" * 300_000)) == (413, "body_too_large")


def test_the_same_key_and_file_are_answered_alike_and_kept_once(filing: House) -> None:
    """However the line between the parts was drawn."""
    key = {"Idempotency-Key": "wolf-1"}
    first, again = (sends(filing, png(), headers=key) for _ in range(2))
    assert first.request.headers["Content-Type"] != again.request.headers["Content-Type"]
    assert (first.status_code, again.status_code, again.headers["Idempotent-Replayed"]) == (201, 201, "true")
    assert first.json()["id"] == again.json()["id"]
    assert len(rows_of(filing, "evidence")) == 1
    other = sends(filing, png(3), headers=key)
    assert refused(other) == (422, "key_reused")
    elsewhere = sends(filing, png(), details=filing.details(text="A wolf."), headers=key)
    assert refused(elsewhere) == (422, "key_reused")
    assert len(rows_of(filing, "file_part")) + len(files_in(filing)) == 1


def test_of_two_that_race_one_file_is_kept_for_one_key_and_both_for_two(filing: House) -> None:
    def send(number: int, key: str) -> Response:
        return sends(filing, png(2 + number), headers={"Idempotency-Key": key})

    filing.seen()
    with ThreadPoolExecutor(4) as crowd:
        same = list(crowd.map(send, [0] * 4, ["twin"] * 4))
        assert {each.status_code for each in same} == {201}
        assert len({each.json()["id"] for each in same}) == 1
        others = list(crowd.map(send, range(4), "abcd"))
        assert len({each.json()["id"] for each in others}) == 4
    assert len(rows_of(filing, "evidence")) == 5
    assert len(rows_of(filing, "file_part")) + len(files_in(filing)) == 5
    for number, each in enumerate(others):
        assert file_of(filing, each).content == png(2 + number)
    assert_ledgers_agree(filing)


def test_a_file_that_was_tampered_with_is_not_handed_out(filing: House) -> None:
    """EVID-9: a part that was changed, moved, cut off or lost is found out, and the log says which record it is of."""
    one, other = (filing.captured(large_png(size)) for size in (2 * PART, 2 * PART + 9))
    for record in (one, other):
        assert file_of(filing, record).status_code == 200
    swap(filing, one.json()["id"], other.json()["id"])
    for record in (one, other):
        assert refused(file_of(filing, record)) == (500, "file_damaged")


def swap(house: House, one: str, other: str) -> None:
    """Put the files of two records, or their parts, in each other's place."""
    if folder := getattr(house.store, "folder", None):
        first, second = (folder / "kept" / HOME / each for each in (one, other))
        first.rename(folder / "between")
        second.rename(first)
        (folder / "between").rename(second)
        return
    for change in ("number + 10", "11 - number"):
        as_owner(house.database, f"UPDATE file_part SET number = {change}")  # noqa: S608 - of our own


def test_a_file_that_is_gone_is_told_as_damaged(filing: House) -> None:
    """EVID-9."""
    record = filing.captured()
    for each in files_in(filing):
        each.unlink()
    as_owner(filing.database, "DELETE FROM file_part")
    assert refused(file_of(filing, record)) == (500, "file_damaged")


def test_destroying_evidence_destroys_its_file(filing: House) -> None:
    """EVID-6."""
    filing.described()
    struck = filing.does("bear", "strike", filing.captured(), json=REASON)
    proposed = filing.does(
        "owl", "propose_destruction", filing.again("owl", struck), json={"ground": "retention_ended"}
    )
    assert len(rows_of(filing, "file_part")) + len(files_in(filing)) == 1
    assert filing.does("hansel", "destroy", proposed).status_code == 200
    assert (rows_of(filing, "file_part"), files_in(filing)) == ([], [])


@pytest.mark.parametrize("fault", [Unavailable, Taken, OutcomeUnknown])
def test_where_the_database_fails_no_file_is_left_but_one_that_may_be_kept(
    in_folder: House, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    async def write(*_: Any) -> bool:
        raise fault

    in_folder.seen()
    inner: Store = in_folder.store.inner
    with monkeypatch.context() as patched:
        patched.setattr(type(inner), "write", write)
        answer = sends(in_folder, png())
    assert answer.status_code in {409, 503}
    assert len(files_in(in_folder)) == (fault is OutcomeUnknown)
    assert rows_of(in_folder, "evidence") == []


def test_the_clock_settles_what_a_crash_left_waiting(in_folder: House) -> None:
    """A file whose change came to be is kept, and one whose change never came is removed; neither before its time."""
    kept = in_folder.captured()
    (path,) = files_in(in_folder)
    waiting = path.parents[2] / "waiting" / HOME / path.name
    path.rename(waiting)
    orphan = waiting.with_name("01900000-0000-7000-8000-000000000099")
    orphan.write_bytes(b"left behind")
    assert file_of(in_folder, kept).content == png()
    go_round(in_folder)
    assert {*files_in(in_folder)} == {waiting, orphan}
    for each in (waiting, orphan):
        os.utime(each, (0, 0))
    go_round(in_folder)
    assert files_in(in_folder) == [path]
    assert file_of(in_folder, kept).content == png()


def go_round(house: House) -> None:
    """A round of the clock."""
    from service.clock import go_round as round_of  # noqa: PLC0415 - so that the test's own name is free

    client: Any = house.client
    client.portal.call(round_of, client.app.state.house)


def test_a_folder_that_takes_nothing_is_told_and_nothing_is_half_stored(in_folder: House, tmp_path: Path) -> None:
    in_folder.seen()
    (tmp_path / "files").write_bytes(b"no folder")
    before = [len(rows_of(in_folder, each)) for each in LEDGERS]
    assert refused(sends(in_folder, png())) == (503, "unavailable")
    assert [len(rows_of(in_folder, each)) for each in LEDGERS] == before


def test_where_the_database_is_full_nothing_is_half_stored(house: House) -> None:
    before, refuse = state_of(house), forbidding(house, "file_part")
    assert sends(house, png()).status_code == 503
    assert state_of(house) == before
    refuse()
    assert sends(house, png()).status_code == 201


def forbidding(house: House, table: str) -> Any:
    """Let the database refuse every row of a table, until it is told otherwise."""
    from tests.test_access_entries import forbid  # noqa: PLC0415 - a fixture of that module would come along

    return forbid(house, table)
