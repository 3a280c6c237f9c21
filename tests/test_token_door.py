"""Hostile tokens at the front door: one answer to them all, nobody is called, and the house goes on as before."""

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api.app import create_app
from service.settings import Settings
from tests.hostile_tokens import AUDIENCE, HONEST, HOSTILE, ISSUER, JWKS, NOW, minted
from tests.house import HOME, WoundClock, audit_key_in

LISTS = ("/v1/posts", "/v1/policies", "/v1/staff", "/v1/practices", "/v1/audit-entries", "/v1/clauses")
SPACES = " \t\r\n"
"""What stands around a value in a header is no part of it (RFC 9110, section 5.5)."""

LONGEST_HEADER = 8192
AS_SENT = [each for each in HOSTILE if each.token.strip(SPACES) == each.token]
AT_THE_DOOR = [each for each in AS_SENT if len(each.token) < LONGEST_HEADER]
TOO_LONG = [each for each in AS_SENT if len(each.token) >= LONGEST_HEADER]
"""The edge refuses these before anybody looks for a token."""

DATABASE = "127.0.0.1"

_called: list[tuple[str, Any]] | None = None
"""Whom this process called, while somebody wants to know."""


def _note_calls(event: str, arguments: tuple[Any, ...]) -> None:
    if _called is not None and event in {"socket.connect", "socket.sendto", "socket.getaddrinfo", "urllib.Request"}:
        _called.append((event, arguments[1] if event.startswith("socket.connect") else arguments[0]))


sys.addaudithook(_note_calls)


@contextmanager
def calls() -> Iterator[list[tuple[str, Any]]]:
    """Everything that this process tries to reach over a network."""
    global _called  # noqa: PLW0603 - a hook of the interpreter's can't be taken out again
    _called = []
    try:
        yield _called
    finally:
        _called = None


@pytest.fixture
def door(furnished: str, tmp_path: Path) -> Iterator[TestClient]:
    """The application, with the keys that the hostile tokens are made against."""
    (tmp_path / "keys.json").write_text(json.dumps(JWKS))
    settings = Settings(
        data_folder=tmp_path / "data", database=furnished, audit_key_file=audit_key_in(tmp_path / "data"),
        token_keys=str(tmp_path / "keys.json"), token_issuer=ISSUER, token_audience=AUDIENCE,
    )  # fmt: skip
    with TestClient(create_app(settings, WoundClock(NOW)), raise_server_exceptions=False) as client:
        yield client


def knock(door: TestClient, path: str, *shown: bytes) -> Response:
    """Ask for something with these Authorization headers, whatever stands in them."""
    answer: Response = door.get(path, headers=[(b"Authorization", each) for each in shown])
    return answer


def bearing(token: str) -> bytes:
    return b"Bearer " + token.encode("utf-8", "surrogatepass")


def without_request(answer: Response) -> tuple[Any, ...]:
    """All of an answer but the name of its request."""
    named = {"x-request-id"}
    body = {name: value for name, value in answer.json().items() if name != "request_id"}
    return (
        answer.status_code,
        json.dumps(body),
        *sorted(each for each in answer.headers.items() if each[0] not in named),
    )


def test_every_hostile_token_gets_the_one_answer_and_the_lists_still_answer(door: TestClient) -> None:
    honest = minted(claims={"practice": HOME, "sub": "hansel"})
    before = {path: knock(door, path, bearing(honest)) for path in LISTS}
    assert {answer.status_code for answer in before.values()} == {200}
    with calls() as called:
        answers = [knock(door, "/v1/posts", bearing(each.token)) for each in AT_THE_DOOR]
    assert len(AT_THE_DOOR) > 300
    (answered,) = {without_request(answer) for answer in answers}
    assert answered[0] == 401
    assert answers[0].json()["code"] == "not_recognised"
    assert answers[0].headers["WWW-Authenticate"] == "Bearer"
    assert {knock(door, "/v1/posts", bearing(each.token)).status_code for each in TOO_LONG} == {431}
    assert [each for each in called if DATABASE not in str(each)] == []
    for path, answer in before.items():
        again = knock(door, path, bearing(honest))
        assert (again.status_code, again.headers["Content-Type"]) == (200, answer.headers["Content-Type"])
        shown = {each["id"] for each in again.json()["items"] if "id" in each}
        assert {each["id"] for each in answer.json()["items"] if "id" in each} <= shown, (
            "what the clock adds may be there too"
        )


def test_a_call_to_anybody_would_be_noticed() -> None:
    with calls() as called, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as quiet:
        quiet.connect(("127.0.0.1", 9))
    assert called == [("socket.connect", ("127.0.0.1", 9))]


def test_the_door_is_open_to_whoever_is_recognised(door: TestClient) -> None:
    statuses = {name: knock(door, "/v1/practices", bearing(token)).status_code for name, token in HONEST.items()}
    assert {name for name, status in statuses.items() if status not in {200, 403}} == set()


def test_a_token_is_shown_once_and_in_one_way(door: TestClient) -> None:
    token = minted(claims={"practice": HOME, "sub": "hansel"}).encode()
    good = [(b"Bearer " + token,), (b"bearer " + token,), (b"BEARER   " + token,), (b"Bearer " + token + b" ",)]
    bad = [
        (), (b"",), (b"Bearer",), (b"Bearer ",), (token,), (b"Bearer" + token,), (b"Bearer\t" + token,), (b"Basic " + token,),
        (b"Token " + token,), (b"Bearer Bearer " + token,), (b"Bearer " + token + b",Bearer " + token,),
        (b"Bearer \xa0" + token,), (b"Bearer " + token + b"\x85",), (b"Bearer " + token, b"Bearer " + token),
        (b"Bearer " + token, b"Basic x"), (b"Basic x", b"Bearer " + token),
    ]  # fmt: skip
    assert [knock(door, "/v1/posts", *each).status_code for each in good] == [200] * len(good)
    assert [knock(door, "/v1/posts", *each).status_code for each in bad] == [401] * len(bad)
    assert door.get(f"/v1/posts?access_token={token.decode()}").status_code == 401
