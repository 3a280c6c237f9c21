"""A process of its own, asked over a real socket: what it writes down, and what its connections live through."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from models.roles import INSTALLATION, Role
from service.house import embedded_issuer
from service.issuer import Issuer
from service.settings import Settings
from tests.databases import as_owner, fresh_sqlite
from tests.house import DRAFT, OPERATOR

PRACTICE = "ZZ0007"
NAME = "Rumpelstilzchen"
NHS_NUMBER = "9990000018"
EMAIL = "sleeping.beauty@example.com"
WORDS = "a glass slipper on the stairs"
SUBJECT = "frog-prince"
CANARIES = (NAME, NHS_NUMBER, EMAIL, WORDS, SUBJECT)
"""What stands in requests, and must stand in no line that the server writes and in no refusal."""

ALL_OF_IT = f"{NAME} {NHS_NUMBER} {EMAIL} {WORDS}"
JSON = {"Content-Type": "application/json"}
STARTS_WITHIN = 120.0  # seconds, on a machine that is busy with something else


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, who issues its tokens, and what it has written so far."""

    port: int
    issuer: Issuer
    database: str
    output: Path

    def token(self, subject: str = SUBJECT, practice: str = PRACTICE) -> str:
        """A token for somebody."""
        return self.issuer.issue(subject, practice)

    def ask(self, method: str, path: str, *, token: str | None = None, **sent: Any) -> httpx.Response:
        """Ask on a connection of one's own."""
        headers = {"Authorization": f"Bearer {token or self.token()}", **sent.pop("headers", {})}
        return httpx.request(method, f"http://127.0.0.1:{self.port}{path}", headers=headers, trust_env=False, **sent)

    @property
    def said(self) -> str:
        """Everything that the process wrote."""
        return self.output.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with one practice, where the frog prince manages."""
    folder = tmp_path_factory.mktemp("server")
    database, settings = fresh_sqlite(folder), Settings(data_folder=folder / "data")
    issuer = embedded_issuer(settings)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with serving(port, folder, database) as output:
        running = Server(port, issuer, database, output)
        open_practice(running)
        yield running


@contextmanager
def serving(port: int, folder: Path, database: str) -> Iterator[Path]:
    """Start the process and wait until it answers; stop it afterwards."""
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "api.app:create_app",
        "--factory",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += ["--log-level", "debug", "--no-access-log"]
    environment = {
        **os.environ, "PYTHONUNBUFFERED": "1", "CHARTER_DATA_FOLDER": str(folder / "data"), "CHARTER_DATABASE": database,
        "CHARTER_OPERATORS": OPERATOR,
    }  # fmt: skip
    output = folder / "output"
    with output.open("wb") as written:
        process = subprocess.Popen(command, env=environment, stdout=written, stderr=subprocess.STDOUT)  # noqa: S603 - our own interpreter
        try:
            wait_until_it_answers(process, port, output)
            yield output
        finally:
            process.terminate()
            process.wait(STARTS_WITHIN)


def wait_until_it_answers(process: subprocess.Popen[bytes], port: int, output: Path) -> None:
    """Ask until there is an answer."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    pytest.fail(output.read_text(encoding="utf-8", errors="replace"))


def open_practice(server: Server) -> None:
    """A practice with its manager, who is also its communications manager."""
    draft = {"code": PRACTICE, "name": f"{NAME} Surgery", "manager": {"subject": SUBJECT, "name": NAME}}
    operator = server.token(OPERATOR, INSTALLATION)
    assert server.ask("POST", "/v1/practices", token=operator, json=draft).status_code == 201
    contacts = {"email": EMAIL, "phone": "01632 960001"}
    practice = server.ask("GET", "/v1/practices").json()["items"][0]["id"]
    corrected = server.ask(
        "POST", f"/v1/practices/{practice}/correct-details", json={"name": NAME, "contacts": contacts}, headers={"If-Match": '"1"'}
    )  # fmt: skip
    assert corrected.status_code == 200
    joined = {"subject": "owl", "name": ALL_OF_IT, "roles": [{"role": Role.COMMUNICATIONS_MANAGER}]}
    assert server.ask("POST", "/v1/staff", json=joined).status_code == 201


def drafted(server: Server) -> httpx.Response:
    """A post in which stands everything that should stand nowhere else."""
    draft = {**DRAFT, "purpose": ALL_OF_IT, "text": ALL_OF_IT}
    answer = server.ask("POST", "/v1/posts", json=draft)
    assert answer.status_code == 201
    return answer


def failures(server: Server) -> Iterator[httpx.Response]:
    """Every way to be refused, with something personal in every part of the request."""
    draft = drafted(server)
    path = f"/v1/posts/{draft.json()['id']}"
    tag = {"If-Match": draft.headers["ETag"]}
    spaced = "%20".join(ALL_OF_IT.split())
    yield server.ask("GET", "/v1/posts", token=f"{NAME}.{NHS_NUMBER}.{NAME}")
    yield server.ask("GET", "/v1/posts", token=server.token()[:-10] + "A" * 10)
    yield server.ask("GET", "/v1/posts", headers={"Authorization": f"Basic {NAME}"})
    yield server.ask("GET", f"/{spaced}?{spaced}={spaced}")
    yield server.ask("GET", f"/v1/posts/{spaced}")
    yield server.ask("GET", f"/v1/policies/{NHS_NUMBER}")
    yield server.ask("DELETE", f"/v1/posts?name={NAME}")
    yield server.ask("GET", f"/v1/posts?{NAME}={NHS_NUMBER}")
    yield server.ask("GET", f"/v1/posts?state={EMAIL}&cursor={NAME}")
    yield server.ask("GET", f"/v1/posts?due_before={spaced}")
    yield server.ask("GET", f"/v1/staff?cursor={NHS_NUMBER}")
    yield server.ask("GET", f"/v1/staff?limit={NHS_NUMBER}")
    yield server.ask("GET", f"/v1/clauses/{NAME}/{NAME}")
    yield server.ask("GET", f"/static/{spaced}")
    yield server.ask("POST", "/v1/posts", json={**DRAFT, NAME: ALL_OF_IT})
    yield server.ask("POST", "/v1/posts", json={**DRAFT, "kind": ALL_OF_IT})
    yield server.ask("POST", "/v1/posts", json={**DRAFT, "text": f"{ALL_OF_IT}\0"})
    yield server.ask("POST", "/v1/posts", json=[ALL_OF_IT])
    yield server.ask("POST", "/v1/posts", content=f'{{"purpose": "{ALL_OF_IT}"'.encode(), headers=JSON)
    yield server.ask("POST", "/v1/posts", content=ALL_OF_IT.encode("utf-16"), headers=JSON)
    yield server.ask("POST", "/v1/posts", content=ALL_OF_IT, headers={"Content-Type": f"text/{NAME}"})
    yield server.ask("POST", "/v1/posts", content=ALL_OF_IT * 10_000, headers=JSON)
    yield server.ask("POST", "/v1/posts", json=DRAFT, headers={"Idempotency-Key": f"{NAME}\u00e9".encode()})
    yield server.ask("POST", f"{path}/edit", json=DRAFT, headers={"If-Match": f'"{NAME}"'})
    yield server.ask("POST", f"{path}/edit", json={"text": ALL_OF_IT})
    yield server.ask("POST", f"{path}/approve", token=server.token("owl"), json={NAME: NAME}, headers=tag)
    yield server.ask("POST", f"{path}/approve", headers=tag)
    yield server.ask("POST", "/v1/staff", token=server.token("owl"), json={"subject": EMAIL, "name": NAME})
    yield server.ask("POST", "/v1/staff", json={"subject": EMAIL, "name": f"{NAME}\u202e"})
    yield server.ask("POST", "/v1/staff", json={"subject": "owl", "name": NAME})
    yield broken(server, draft.json()["id"])


def broken(server: Server, record_id: str) -> httpx.Response:
    """Something that nobody foresaw: a row that can't be read, and an exception that quotes it."""
    as_owner(server.database, "UPDATE post SET kind = ? WHERE id = ?", ALL_OF_IT, record_id.replace("-", ""))
    answer = server.ask("GET", f"/v1/posts/{record_id}?name={NAME}")
    assert answer.status_code == 500
    as_owner(server.database, "UPDATE post SET kind = 'announcement' WHERE id = ?", record_id.replace("-", ""))
    return answer


def test_nothing_personal_is_written_down_or_comes_back_whatever_fails(server: Server) -> None:
    refused = list(failures(server))
    for answer in refused:
        assert answer.headers["Content-Type"] == "application/problem+json"
        for canary in CANARIES:
            assert canary not in answer.text
            assert canary not in str(answer.headers)
    assert {each.status_code for each in refused} == {401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 500}
    assert_all_are_written_down(server, refused)
    assert_nothing_was_written_down(server)


def assert_all_are_written_down(server: Server, answers: list[httpx.Response]) -> None:
    """Every request has its line, by its name; the last may be written a moment after its answer."""
    wait_for_words(server, *(each.json()["request_id"] for each in answers))


def wait_for_words(server: Server, *words: str) -> None:
    """Wait until all of this is written."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and any(word not in server.said for word in words):
        time.sleep(0.05)
    assert [word for word in words if word not in server.said] == []


def assert_nothing_was_written_down(server: Server) -> None:
    """No canary and no part of a token stands in what the process wrote, which is not nothing."""
    wait_for_words(server, "answered")
    said = server.said
    for canary in (*CANARIES, "eyJ", "Bearer", "slipper", "Traceback"):
        assert canary not in said, canary


def test_a_fault_does_not_end_the_connection(server: Server) -> None:
    """A client that keeps its connection finds it open after a 500, again and again."""
    record_id = drafted(server).json()["id"]
    as_owner(server.database, "UPDATE post SET kind = ? WHERE id = ?", ALL_OF_IT, record_id.replace("-", ""))
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=STARTS_WITHIN)
    headers = {"Authorization": f"Bearer {server.token()}"}
    connection.connect()
    first = connection.sock
    for _ in range(20):
        for path, expected in ((f"/v1/posts/{record_id}", 500), ("/v1/staff", 200), ("/nowhere", 404)):
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            assert (answer.status, connection.sock) == (expected, first)
    connection.close()
    as_owner(server.database, "UPDATE post SET kind = 'announcement' WHERE id = ?", record_id.replace("-", ""))
    assert server.ask("GET", "/v1/posts").status_code == 200


def told_over(server: Server, *parts: bytes) -> tuple[bytes, dict[str, Any]]:
    """What is answered to bytes as they are."""
    with socket.create_connection(("127.0.0.1", server.port), STARTS_WITHIN) as connection:
        for part in parts:
            connection.sendall(part)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        body = answer.read()
    return str(answer.status).encode(), json.loads(body) if body.startswith(b"{") else {}


def head(server: Server, *lines: str) -> bytes:
    """The beginning of a request for a post."""
    usual = ["POST /v1/posts HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
    lines = (*usual, f"Authorization: Bearer {server.token()}", *lines)
    return "\r\n".join([*lines, "", ""]).encode()


def test_a_body_that_is_too_large_is_refused_before_all_of_it_is_there(server: Server) -> None:
    piece = WORDS.encode() * 3_000
    status, told = told_over(server, head(server, "Content-Length: 50000000"), piece * 4)
    assert (status, told["code"]) == (b"413", "body_too_large")
    chunk = f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    status, told = told_over(server, head(server, "Transfer-Encoding: chunked"), *[chunk] * 4)
    assert (status, told["code"]) == (b"413", "body_too_large")
    assert server.ask("GET", "/v1/posts").status_code == 200
    assert_nothing_was_written_down(server)


def test_what_is_no_request_is_not_written_down_either(server: Server) -> None:
    for line in (
        f"{NAME} / HTTP/1.1\r\n\r\n",
        f"GET /{NAME}\r\n\r\n",
        f"GET / HTTP/1.1\r\n{NAME}\r\n\r\n",
        f"{ALL_OF_IT}\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", server.port), STARTS_WITHIN) as connection:
            connection.sendall(line.encode())
            answered = connection.recv(1000)
        assert answered.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 404 "))
        assert NAME.encode() not in answered
    assert_nothing_was_written_down(server)


def test_somebody_who_hangs_up_in_the_middle_harms_nobody(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), STARTS_WITHIN) as connection:
        connection.sendall(head(server, "Content-Length: 1000") + ALL_OF_IT.encode())
    wait_for_words(server, "status=499")
    assert "ClientDisconnect" not in server.said
    assert server.ask("GET", "/v1/posts").status_code == 200
    assert_nothing_was_written_down(server)
