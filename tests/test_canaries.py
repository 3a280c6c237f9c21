"""Every way to fail at every route, with something personal in every part of the request: nothing of it is kept or comes back.

A server of its own answers, on both databases, which writes down everything that can be written down.
"""

import csv
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from opentelemetry import trace

from service.settings import SQLITE
from tests.commands import run
from tests.connection import Answer, Connection
from tests.crowd import AUTHOR, furnish_for
from tests.databases import as_owner, locked
from tests.house import DRAFT, HOME, House
from tests.served import Served, served
from tests.served_process import WRITTEN_DOWN

NAME: Final = "Rumpelstilzchen"
NHS_NUMBER: Final = "9990000018"
BORN: Final = "1957-02-29"
EMAIL: Final = "sleeping.beauty@example.com"
WORDS: Final = "glass slipper on the stairs"
PERSON: Final = {
    "name": NAME, "date_of_birth": "1957-03-01", "nhs_number": NHS_NUMBER, "note": WORDS,
    "contact": {"address": ["1 Spinning Wheel Lane"], "postcode": "ZZ99 3WZ", "phone": "01632 960009", "email": EMAIL},
}  # fmt: skip
CANARIES: Final = (
    NAME, NHS_NUMBER, "999 000 0018", BORN, "29/02/1957", EMAIL, WORDS, "slipper", "1957-03-01", "Spinning Wheel", "ZZ99 3WZ",
    "01632 960009", NAME.casefold(),
)  # fmt: skip
"""What is sent, and must stand in no line that is written, in no count, in no event and in no refusal."""

ALL_OF_IT: Final = f"{NAME} {NHS_NUMBER} 999 000 0018 {BORN} 29/02/1957 {EMAIL} {WORDS}"
NOT_WRITTEN: Final = (*CANARIES, "eyJ", "Bearer", "Traceback", "Failing row")
NEVER: Final = "01900000-0000-7000-8000-00000000feed"
PLACES: Final = ("record_id", "policy_id", "other_id", "key", "code", "name", "ods", "secret")
QUIET: Final = 5.0  # seconds until the last line is written, at most
MANAGER: Final = "hansel"


@pytest.fixture
def server(database: str, tmp_path: Path) -> Iterator[Served]:
    """A server that writes down whatever its libraries have to say, over a practice with something personal in it."""
    furnish_for(database, tmp_path / "data")
    with served(tmp_path / "served", database, log_level="debug", database_deadline=0.5) as service:
        joined = {"subject": EMAIL, "name": f"{NAME} {WORDS}", "roles": []}
        assert tell(service, "POST", "/v1/staff", said=joined).status == 201
        yield service


def tell(service: Served, method: str, path: str, *, person: str = MANAGER, **sent: Any) -> Answer:
    """Ask as somebody at the practice."""
    return service.ask(method, path, token=service.token(person, HOME), **sent)


def routes() -> list[dict[str, str]]:
    """Every route, as the list that is reviewed has it."""
    with Path("docs/route-inventory.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def payloads() -> dict[str, Any]:
    """What each route takes, with something personal in every field of it."""
    document = json.loads(Path("openapi/openapi.json").read_text(encoding="utf-8"))
    schemas = document["components"]["schemas"]
    return {
        path: filled(operation["requestBody"]["content"]["application/json"]["schema"], schemas)
        for path, item in document["paths"].items()
        for operation in item.values()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    }


def filled(schema: dict[str, Any], schemas: dict[str, Any], depth: int = 0) -> Any:
    """A value of this shape, in which every text is personal; further in than anybody looks, nothing."""
    if "$ref" in schema:
        return filled(schemas[schema["$ref"].rpartition("/")[2]], schemas, depth)
    for each in ("anyOf", "oneOf", "allOf"):
        if each in schema:
            return filled(schema[each][0], schemas, depth)
    if schema.get("type") == "object" and depth < 5:
        return {name: filled(each, schemas, depth + 1) for name, each in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        return [filled(schema.get("items", {}), schemas, depth + 1)]
    return ALL_OF_IT


def failures(service: Served, path: str, method: str, payload: Any) -> Iterator[Answer]:
    """Every part of a request to one route, in turn, says something personal that does not belong there."""
    token = service.token(MANAGER, HOME)
    spaced, at = quote(ALL_OF_IT, safe=""), address(path, NEVER)
    with Connection(service.port) as connection:
        ask = connection.ask
        yield ask(method, address(path, spaced), token=token)
        yield ask(method, f"{at}?{spaced}={spaced}", token=token)
        yield ask(method, f"{at}?limit={spaced}&cursor={spaced}&state={spaced}&due_before={spaced}", token=token)
        yield ask(method, at, token=f"{NAME}.{NHS_NUMBER}.{NAME}")
        yield ask(method, at, token=f"{token[:-12]}{NHS_NUMBER}aa")
        yield ask(method, at, headers={"Authorization": f"Basic {NAME}:{NHS_NUMBER}"})
        yield ask("DELETE", f"{at}?{NAME}={NHS_NUMBER}", token=token)
        if method == "POST":
            yield from of_changes(connection, at, token, payload)


def of_changes(connection: Connection, at: str, token: str, payload: Any) -> Iterator[Answer]:
    """The same for a request that means to change something."""

    def post(said: Any = None, **headers: str) -> Answer:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return connection.ask("POST", at, token=token, said=said, headers=told)

    yield post({NAME: ALL_OF_IT})
    yield post([ALL_OF_IT])
    yield post(ALL_OF_IT)
    yield post(payload, If_Match='"1"')
    yield post(payload, If_Match=f'"{ALL_OF_IT}"', Idempotency_Key=uuid4().hex)
    yield post(payload, If_Match='"1"', Idempotency_Key=f"{ALL_OF_IT} \u00e9")
    yield post(
        payload, If_Match='"1"', Idempotency_Key=ALL_OF_IT, X_Correlation_ID=ALL_OF_IT * 2, X_Request_ID=NHS_NUMBER
    )
    yield post(
        payload, Content_Type=f"text/{NAME}", Cookie=f"name={NAME}", User_Agent=ALL_OF_IT, Referer=f"https://{NAME}/"
    )
    yield post(f"{ALL_OF_IT}\0\u202e" * 10_000)


def address(path: str, instead: str) -> str:
    """A route's path with the same thing in every place of it."""
    for place in PLACES:
        path = path.replace(f"{{{place}}}", instead)
    return path


def of_the_database(service: Served) -> Iterator[Answer]:
    """What the database refuses, can't read, or does not answer to: it would quote what it was told."""
    draft = {**DRAFT, "purpose": ALL_OF_IT[:100], "text": ALL_OF_IT}
    made = tell(service, "POST", "/v1/posts", person=AUTHOR, said=draft)
    assert made.status == 201
    record = made.json()["id"]
    known_as = record.replace("-", "") if service.database.startswith(SQLITE) else record
    as_owner(service.database, "UPDATE post SET kind = ? WHERE id = ?", ALL_OF_IT, known_as)
    yield tell(service, "GET", f"/v1/posts/{record}?name={NAME}")
    yield tell(service, "GET", f"/v1/posts?{NAME}")
    yield tell(service, "GET", "/v1/posts")
    as_owner(service.database, "UPDATE post SET kind = 'announcement' WHERE id = ?", known_as)
    with locked(service.database):
        yield tell(service, "POST", "/v1/posts", person=AUTHOR, said=draft, headers={"Idempotency-Key": NHS_NUMBER})
    as_owner(service.database, refusing(service.database))
    yield tell(service, "POST", "/v1/posts", person=AUTHOR, said=draft)


def of_people(service: Served) -> Iterator[Answer]:
    """Somebody whom a case is about, and every way to fail over them: recorded twice, misread, merged with nobody, and broken."""
    made = tell(service, "POST", "/v1/people", said=PERSON)
    assert made.status == 201
    record = made.json()["id"]
    path, tag = f"/v1/people/{record}", {"If-Match": made.headers["etag"]}
    yield tell(service, "POST", "/v1/people", said=PERSON)
    yield tell(service, "POST", "/v1/people", said={**PERSON, "date_of_birth": BORN})
    yield tell(
        service, "POST", "/v1/people", said={**PERSON, "nhs_number": NHS_NUMBER[::-1], "contact": {"email": NAME}}
    )
    yield tell(service, "POST", "/v1/person-searches", said={"nhs_number": NHS_NUMBER, "name": NAME})
    yield tell(service, "POST", "/v1/person-searches", person=NAME, said={"nhs_number": NHS_NUMBER})
    yield tell(service, "POST", f"{path}/merge", said={"into": NEVER, "reason": ALL_OF_IT}, headers=tag)
    yield tell(service, "POST", f"{path}/propose-erasure", said={"ground": ALL_OF_IT}, headers=tag)
    yield tell(service, "GET", path, person=NAME)
    with locked(service.database, "person"):
        yield tell(service, "POST", "/v1/people", said={**PERSON, "nhs_number": "9990000204"})
    as_owner(service.database, "UPDATE person SET name = ?, note = ?", NAME, ALL_OF_IT)
    for broken in (path, "/v1/people"):
        yield tell(service, "GET", broken)


def refusing(database: str) -> str:
    """A table that takes no post any more, and says whose it was."""
    if database.startswith(SQLITE):
        complaint = f"SELECT RAISE(ABORT, 'CHECK constraint failed: {ALL_OF_IT}')"
        return f"CREATE TRIGGER refused BEFORE INSERT ON post BEGIN {complaint}; END"
    return "ALTER TABLE post ADD CONSTRAINT refused CHECK (length(text) < 3) NOT VALID"


def test_nothing_personal_is_written_down_or_comes_back_whatever_fails_at_whichever_route(server: Served) -> None:
    bodies, statuses = payloads(), set()
    for route in routes():
        for answer in failures(server, route["path"], route["method"], bodies.get(route["path"], {})):
            assert_nothing_comes_back(answer)
            statuses.add(answer.status)
    for answer in (*of_people(server), *of_the_database(server)):
        assert answer.status >= 400
        assert_nothing_comes_back(answer)
        statuses.add(answer.status)
    assert statuses >= {401, 404, 405, 413, 415, 422, 500, 503}
    for path in ("/metrics", "/v1/events?limit=100"):
        assert_nothing_of_it_stands_in(tell(server, "GET", path).body.decode())
    assert_nothing_was_written_down(server)


def assert_nothing_comes_back(answer: Answer) -> None:
    """What is refused is refused without a word of what was sent."""
    if answer.status >= 400:
        assert answer.headers["content-type"] in {"application/problem+json", "text/html; charset=utf-8"}
        assert_nothing_of_it_stands_in(answer.body.decode())
    assert_nothing_of_it_stands_in(str(answer.headers))


def assert_nothing_of_it_stands_in(said: str) -> None:
    for canary in CANARIES:
        assert canary not in said, canary
        assert quote(canary) not in said, canary


def assert_nothing_was_written_down(server: Served) -> None:
    """A great deal was written down, of every request, and nothing personal."""
    last = str(uuid4())
    server.ask("GET", "/nowhere", headers={"X-Request-ID": last})
    until = time.monotonic() + QUIET
    while last not in server.said and time.monotonic() < until:
        time.sleep(0.05)
    said = server.said
    assert last in said
    assert said.count("answered") > len(routes()) * 7
    assert WRITTEN_DOWN in said
    for canary in NOT_WRITTEN:
        assert canary not in said, canary
        assert quote(canary) not in said, canary


SETTINGS: Final = {
    "CHARTER_MODE": NAME,
    "CHARTER_POOL_SIZE": ALL_OF_IT,
    "CHARTER_DATABASE": f"mysql://{NAME}:{NHS_NUMBER}@{NAME}/{NAME}",
    "CHARTER_DATABASE_DEADLINE": NHS_NUMBER,
    "CHARTER_DATABASE_WAITING": NAME,
    "CHARTER_AUDIT_KEY_FILE": f"/{NAME}/{NHS_NUMBER}",
    "CHARTER_TOKEN_KEYS": f"ftp://{NAME}:{NHS_NUMBER}@example.com/{NAME}",
    "CHARTER_PORT": NAME,
}


@pytest.mark.parametrize("setting", [*SETTINGS, "password"])
@pytest.mark.parametrize("command", ["serve", "migrate", "doctor", "clock"])
def test_a_command_that_is_refused_repeats_no_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, setting: str, command: str
) -> None:
    monkeypatch.setenv("CHARTER_DATA_FOLDER", str(tmp_path / "data"))
    if setting == "password":
        monkeypatch.setenv("CHARTER_DATABASE", f"postgresql://{NAME}:{NHS_NUMBER}@127.0.0.1:1/{NAME}")
    else:
        monkeypatch.setenv(setting, SETTINGS[setting])
        if setting in {"CHARTER_AUDIT_KEY_FILE", "CHARTER_TOKEN_KEYS"}:
            monkeypatch.setenv("CHARTER_DATABASE", "postgresql://127.0.0.1:1/nowhere")
    ended = run(command)
    assert ended.exit_code == 1
    for canary in CANARIES:
        assert canary not in f"{ended.stdout}{ended.stderr}"


class Listener:
    """Somebody who would like to be told of every request."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def get_tracer(self, *about: Any, **more: Any) -> trace.Tracer:
        """A tracer, which the framework asks for only when it means to use it."""
        self.told.append((about, more))
        return trace.NoOpTracer()


def test_no_request_is_traced_whoever_listens(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The framework would, by itself, as soon as somebody listens: addresses with their queries, faults with their words."""
    listener, ordinary = Listener(), TestClient(FastAPI())
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: listener)
    assert house.client.get(f"/v1/posts?{NAME}={NHS_NUMBER}").status_code == 401
    assert listener.told == []
    ordinary.get("/nowhere")
    assert listener.told != []
