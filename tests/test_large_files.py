"""Files far too large, and uploads that are broken off, at a service in a process of its own: of neither anything stays."""

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.connection import Connection
from tests.crowd import AUTHOR, furnish_for
from tests.databases import fresh_sqlite
from tests.files import large_png
from tests.house import HOME, RUDE
from tests.ledger import rows_of
from tests.served import WITHIN, Served, served

MEGABYTE = 1024 * 1024
FAR_TOO_LARGE = 200 * MEGABYTE
LINE = "----wolf"
NEVER = "01900000-dead-7000-8000-00000000beef"


def head(case: str = NEVER) -> bytes:
    """What comes before the file, of a case or of none."""
    details = {"case_kind": "incident", "case_id": case, "kind": "screenshot"}
    return (
        f'--{LINE}\r\nContent-Disposition: form-data; name="details"\r\nContent-Type: application/json\r\n\r\n'
        f"{json.dumps(details)}"
        f'\r\n--{LINE}\r\nContent-Disposition: form-data; name="file"; filename="wolf.png"\r\n\r\n'
    ).encode()


TAIL = f"\r\n--{LINE}--\r\n".encode()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Served]:
    """The service in a process of its own."""
    database = fresh_sqlite(tmp_path)
    furnish_for(database, tmp_path / "data")
    with served(tmp_path / "served", database) as started:
        yield started


def begun(service: Served, *lines: str) -> socket.socket:
    """A connection on which the upload of a file has begun."""
    connection = socket.create_connection(("127.0.0.1", service.port), WITHIN)
    usual = [
        "POST /v1/evidence-files HTTP/1.1",
        "Host: 127.0.0.1",
        f"Content-Type: multipart/form-data; boundary={LINE}",
    ]
    token = service.token(AUTHOR, HOME)
    connection.sendall("\r\n".join([*usual, f"Authorization: Bearer {token}", *lines, "", ""]).encode())
    return connection


def answer_on(connection: socket.socket) -> tuple[int, Any]:
    """What is answered."""
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    return answer.status, json.loads(answer.read())


def memory_of(service: Served) -> int:
    """How much the process holds."""
    held: int = psutil.Process(service.process.pid).memory_info().rss
    return held


def test_a_file_of_200_megabytes_is_refused_and_takes_no_memory(service: Served) -> None:
    """Announced it is refused unread; unannounced, as soon as it is too large."""
    before = memory_of(service)
    for _ in range(3):
        with begun(service, f"Content-Length: {FAR_TOO_LARGE}") as connection:
            status, told = answer_on(connection)
            assert (status, told["code"]) == (413, "file_too_large")
    with begun(service, "Transfer-Encoding: chunked") as connection:
        part = b"%x\r\n%b\r\n" % (MEGABYTE, bytes(MEGABYTE))
        connection.sendall(b"%x\r\n%b\r\n" % (len(head()), head()))
        for _ in range(FAR_TOO_LARGE // MEGABYTE):
            connection.sendall(part)
        status, told = answer_on(connection)
        assert (status, told["code"]) == (413, "file_too_large")
    assert memory_of(service) - before < 64 * MEGABYTE
    assert rows_of(service.database, "evidence") == rows_of(service.database, "file_part") == []
    assert service.look("/readyz") == 200


def test_an_upload_that_is_broken_off_leaves_nothing(service: Served) -> None:
    """By whoever sends it, and by the end of the service; and the next one is taken in whole."""
    content = large_png(3 * MEGABYTE)
    with Connection(service.port) as connection:
        answer = connection.ask("POST", "/v1/incidents", token=service.token(AUTHOR, HOME), said=RUDE)
    before = head(answer.json()["id"])
    length = f"Content-Length: {len(before) + len(content) + len(TAIL)}"
    with begun(service, length) as connection:
        connection.sendall(before + content[: 2 * MEGABYTE])
    with begun(service, length) as connection:
        connection.sendall(before + content[: 2 * MEGABYTE])
        service.kill()
    service.start()
    assert rows_of(service.database, "evidence") == rows_of(service.database, "file_part") == []
    with begun(service, length) as connection:
        connection.sendall(before + content + TAIL)
        status, told = answer_on(connection)
    assert (status, told["file"]["size"]) == (201, len(content))
    assert len(rows_of(service.database, "file_part")) == 3
