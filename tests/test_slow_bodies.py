"""A body has a deadline of its own, so that nobody keeps a connection and what it has sent so far for ever."""

import http.client
import json
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.crowd import AUTHOR, furnish_for
from tests.databases import fresh_sqlite
from tests.house import DRAFT, HOME
from tests.served import WITHIN, Served, served

DEADLINE = 1.0  # seconds
PACE = 0.05  # seconds between two parts
BODY = json.dumps(DRAFT).encode()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The service in a process of its own, impatient with bodies."""
    folder = tmp_path_factory.mktemp("slow")
    database = fresh_sqlite(folder)
    furnish_for(database, folder / "data")
    with served(folder / "served", database, body_deadline=DEADLINE) as started:
        yield started


def begun(service: Served, *lines: str) -> socket.socket:
    """A connection on which a request has begun, and its body has not."""
    connection = socket.create_connection(("127.0.0.1", service.port), WITHIN)
    usual = ["POST /v1/posts HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
    token = service.token(AUTHOR, HOME)
    connection.sendall("\r\n".join([*usual, f"Authorization: Bearer {token}", *lines, "", ""]).encode())
    return connection


def answer_on(connection: socket.socket) -> tuple[int, http.client.HTTPMessage, Any]:
    """What is answered."""
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    return answer.status, answer.headers, json.loads(answer.read())


def assert_refused_and_closed(connection: socket.socket) -> None:
    """408 as problem details, and the end of the connection."""
    status, headers, told = answer_on(connection)
    assert (status, told["code"], headers["Content-Type"]) == (408, "body_too_slow", "application/problem+json")
    assert headers["Connection"] == "close"
    assert connection.recv(1) == b""


def test_a_body_that_never_ends_is_refused_and_the_connection_closed(service: Served) -> None:
    with begun(service, f"Content-Length: {len(BODY)}") as connection:
        connection.sendall(BODY[:-1])
        assert_refused_and_closed(connection)
    with begun(service, "Transfer-Encoding: chunked") as connection:
        assert_refused_and_closed(connection)
    assert service.look("/livez") == 200


def test_a_body_that_drips_has_no_longer_than_one_that_stands_still(service: Served) -> None:
    with begun(service, "Content-Length: 200000") as connection:
        connection.settimeout(PACE)
        until = time.monotonic() + WITHIN
        while not ended(connection):
            assert time.monotonic() < until
    assert service.look("/livez") == 200


def ended(connection: socket.socket) -> bool:
    """Send a little more of the body, and wait a moment whether the service has had enough."""
    try:
        connection.sendall(b" ")
        said = connection.recv(1000, socket.MSG_PEEK)
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    assert said.startswith(b"HTTP/1.1 408 ")
    return True


def test_a_body_that_comes_slowly_but_in_time_is_read(service: Served) -> None:
    with begun(service, f"Content-Length: {len(BODY)}") as connection:
        for part in (BODY[:10], BODY[10:20], BODY[20:]):
            time.sleep(PACE)
            connection.sendall(part)
        status, headers, told = answer_on(connection)
        assert (status, "Connection" in headers) == (201, False), told
