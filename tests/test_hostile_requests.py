"""What nobody should send: it is refused with a problem, nothing of it comes back, and nothing of it stays."""

import json
from collections.abc import Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from httpx import Response
from pydantic import BaseModel

from api.limits import DEEPEST, LONGEST_ADDRESS, LONGEST_HEADERS, MOST_HEADERS, MOST_VALUES
from api.requests import LONGEST_BODY, MOST_FAULTS_TOLD
from models.record import Record
from models.roles import INSTALLATION
from tests.house import DRAFT, HOME, OPERATOR, House, policy
from workflows.registry import ALL

CANARY = "Rumpelstilzchen9990000123"
"""Stands in what is sent; never in what is answered."""

JSON = {"Content-Type": "application/json"}
LISTS = (
    "practices",
    "staff",
    "policies",
    "acknowledgements",
    "briefings",
    "monitoring-checks",
    "reviews",
    "posts",
    "audit-entries",
    "events",
)


def post(**changes: Any) -> bytes:
    """A post with something else in it."""
    return json.dumps({**DRAFT, "purpose": CANARY, **changes}).encode()


def with_purpose(written: bytes) -> bytes:
    """A post whose purpose is written exactly like this."""
    return post(purpose="@").replace(b'"@"', written)


def nested(depth: int, opening: str = "[", closing: str = "]") -> bytes:
    """A post whose purpose is very deep."""
    return with_purpose((opening * depth + f'"{CANARY}"' + closing * depth).encode())


WHOLE = post().decode()

BODIES: dict[str, bytes] = {
    "not a number": with_purpose(b"NaN"),
    "infinity": with_purpose(b"Infinity"),
    "minus infinity": with_purpose(b"-Infinity"),
    "beyond all bounds": with_purpose(b"1e999"),
    "below all bounds": with_purpose(b"-1e999"),
    "beyond all bounds where nothing is known": post(**{CANARY: "@"}).replace(b'"@"', b"1e999"),
    "a number of 5000 digits": with_purpose(b"9" * 5000),
    "a number of 63 bits and one": with_purpose(str(2**63).encode()),
    "a number": with_purpose(b"1"),
    "true": with_purpose(b"true"),
    "null": with_purpose(b"null"),
    "an array": post(purpose=[CANARY]),
    "an object": post(purpose={CANARY: CANARY}),
    "NUL, escaped": with_purpose(b'"\\u0000' + CANARY.encode() + b'"'),
    "NUL, raw": with_purpose(b'"\x00' + CANARY.encode() + b'"'),
    "escape": post(text=f"\u001b[31m{CANARY}"),
    "a C1 control": post(text=f"{CANARY}\u0085{CANARY}"),
    "half a surrogate pair": with_purpose(b'"\\ud800' + CANARY.encode() + b'"'),
    "the other half": with_purpose(b'"' + CANARY.encode() + b'\\udc00"'),
    "a pair the wrong way round": with_purpose(b'"\\udc00\\ud800"'),
    "half a pair in UTF-8": with_purpose(b'"\xed\xa0\x80"'),
    "an override of direction": post(purpose=f"\u202e{CANARY}"),
    "an isolate": post(purpose=f"{CANARY}\u2066"),
    "a space of no width": post(text=f"Flu\u200bclinics {CANARY}"),
    "a joiner of words": post(purpose=f"{CANARY}\u2060"),
    "a byte order mark within": post(purpose=f"{CANARY}\ufeff{CANARY}"),
    "a soft hyphen": post(text=f"{CANARY}\u00ad{CANARY}"),
    "words in tags": post(text=CANARY + "".join(chr(0xE0000 + ord(each)) for each in CANARY)),
    "a mark of direction": post(text=f"{CANARY}\u200f"),
    "a line separator in a line": post(purpose=f"{CANARY}\u2028{CANARY}"),
    "a paragraph separator in a line": post(purpose=f"{CANARY}\u2029{CANARY}"),
    "joiners alone": post(purpose="\u200d\u200c"),
    "marks and blanks alone": post(text="\u0301\ufe0f \u3164\u2800"),
    "a non-character": post(purpose=f"{CANARY}\ufffe"),
    "a line break in a line": post(purpose=f"{CANARY}\n{CANARY}"),
    "a raw line break": with_purpose(f'"{CANARY}\n"'.encode()),
    "nothing but space": post(purpose=" \u2003\t "),
    "bytes that are no UTF-8": with_purpose(b'"\xff\xfe"'),
    "an overlong encoding": with_purpose(b'"\xc0\x80"'),
    "UTF-16": WHOLE.encode("utf-16"),
    "UTF-16 without a mark": WHOLE.encode("utf-16-le"),
    "UTF-32": WHOLE.encode("utf-32"),
    "a byte order mark": WHOLE.encode("utf-8-sig"),
    "a name twice": WHOLE.replace("{", '{"purpose": "Another", ', 1).encode(),
    "a name twice, further in": WHOLE.replace('"declaration": {', '"declaration": {"identifies_patient": true, ').encode(),
    "a name twice, once escaped": WHOLE.replace("{", '{"\\u0070urpose": "Another", ', 1).encode(),
    "a comma too many": WHOLE.replace("}}", "},}").encode(),
    "something after it": f"{WHOLE} {CANARY}".encode(),
    "two of them": f"{WHOLE}{WHOLE}".encode(),
    "half of it": WHOLE[:-2].encode(),
    "a comment": f"/* {CANARY} */ {WHOLE}".encode(),
    "single quotes": WHOLE.replace('"', "'").encode(),
    "nothing": b"",
    "null alone": b"null",
    "an array alone": f"[{WHOLE}]".encode(),
    "text alone": f'"{CANARY}"'.encode(),
    "a number alone": b"9990000123",
    "an empty object": b"{}",
    "900 arrays deep": nested(900),
    "900 objects deep": nested(900, '{"a":', "}"),
    "100,000 arrays deep": nested(100_000),
    "10,000 objects deep": nested(10_000, '{"a":', "}"),
    "33 arrays deep": nested(DEEPEST),
    "33 arrays and objects deep": nested(DEEPEST // 2, '[{"a":', "}]"),
    "60,000 arrays in one": post(platforms="@").replace(b'"@"', b"[" + b",".join([b"[]"] * 60_000) + b"]"),
    "100,000 numbers": post(platforms="@").replace(b'"@"', b"[" + b",".join([b"1"] * 100_000) + b"]"),
    "quotation marks alone": b'"' * 262_000,
    "an escape that never ends": with_purpose(b'"' + b'\\"' * 120_000),
    "opening brackets alone": b"[{" * 130_000,
    "closing brackets alone": b"}]" * 130_000,
    "20,000 names": post(**{f"{CANARY}{n}": 0 for n in range(8_000)}, purpose={str(n): 0 for n in range(12_000)}),
    "50,000 objects": post(platforms="@").replace(b'"@"', b"[" + b",".join([b"{}"] * 50_000) + b"]"),
    "50,000 faults": post(platforms=[1] * 50_000),
    "a text that is too long": post(text=CANARY * 1_000),
    "300 KB": post(text="a" * 300_000),
    "a word that is none": post(platforms=[CANARY]),
    "a field that is none": post(**{CANARY: CANARY}),
    "a field that is none, further in": post(declaration={**DRAFT["declaration"], CANARY: True}),
    "a prototype": post(__proto__={"state": "approved"}),
    "a word for yes": post(declaration={**DRAFT["declaration"], "identifies_patient": CANARY}),
    "a moment before all time zones": post(
        kind="closure_notice", closure={"closes_at": "0001-01-01T00:00:00+14:00"}
    ),
    "a moment after all time zones": post(
        kind="closure_notice", closure={"closes_at": "9999-12-31T23:59:59-14:00"}
    ),
    "a moment without its zone": post(kind="closure_notice", closure={"closes_at": "2026-04-01T12:00:00"}),
    "a moment in other digits": post(kind="closure_notice", closure={"closes_at": "\u0662\u0660\u0662\u0666-04-01T12:00:00Z"}),
    "a colleague who is no identifier": post(staff_named=[{"staff_id": CANARY, "agreed": True}]),
}  # fmt: skip

NO_JSON = {each for each in BODIES if "infinity" in each or "all bounds" in each or "a name twice" in each}

OTHER_TYPES = (
    "",
    "text/plain",
    "text/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=a",
    f"application/{CANARY}",
)


def refused(answer: Response, *statuses: int) -> None:
    """Told no, as a problem, and nothing that was sent stands in it."""
    assert answer.status_code in statuses, (answer.status_code, answer.text[:300])
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert CANARY.lower() not in answer.text.lower()
    assert len(answer.content) < 64 * 1024
    assert CANARY not in str(answer.headers)


def assert_nothing_stayed(house: House, *, practice: str = HOME) -> None:
    """Every list answers, and nothing of what was sent stands in one."""
    for each in LISTS:
        answer = house.ask("hansel", "GET", f"/v1/{each}?limit=100", practice=practice)
        assert answer.status_code == 200, each
        assert CANARY not in answer.text


def test_no_hostile_body_is_kept_or_comes_back(house: House) -> None:
    assert len(BODIES) >= 60
    for name, body in BODIES.items():
        answer = house.ask("goldilocks", "POST", "/v1/posts", content=body, headers=JSON)
        refused(answer, 413 if len(body) > LONGEST_BODY else 422)
        assert answer.json()["code"] in {"body_too_large", "not_json", "malformed"}, name
        assert answer.json()["code"] == "not_json" or name not in NO_JSON, name
    for kind in OTHER_TYPES:
        answer = house.ask("goldilocks", "POST", "/v1/posts", content=post(), headers={"Content-Type": kind})
        refused(answer, 415)
    assert house.reads("hansel", "/v1/posts")["items"] == []
    assert_nothing_stayed(house)


def test_what_is_written_to_be_seen_is_kept_as_it_is(house: House) -> None:
    """Emoji that are put together, flags, accents, languages that join or part their letters; line breaks in one form."""
    for text in (
        "\U0001f469\u200d\u2695\ufe0f",
        "\U0001f1ec\U0001f1e7",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "\U0001fae8",
        "\u0645\u06cc\u200c\u0631\u0648\u0645",
        "d\u2019\u00e9t\u00e9",
    ):
        drafted = house.drafted(purpose=text, text=f"Flu clinics {text}")
        assert drafted.status_code == 201, drafted.text
        assert (drafted.json()["purpose"], drafted.json()["text"]) == (text, f"Flu clinics {text}")
    broken = house.drafted(text="One\r\ntwo\u2028three\u2029four\nfive")
    assert broken.json()["text"] == "One\ntwo\nthree\nfour\nfive"


def test_a_hostile_body_is_refused_wherever_a_body_is_read(house: House) -> None:
    """Each transition reads its own; one that needs none takes none."""
    draft = house.drafted()
    for name, body in BODIES.items():
        refused(house.does("goldilocks", "edit", draft, content=body, headers=JSON), 413, 422)
        if body.strip() not in {b"", b"{}"}:
            refused(house.does("goldilocks", "submit", draft, content=body, headers=JSON), 413, 422)
        assert house.again("goldilocks", draft).headers["ETag"] == draft.headers["ETag"], name
    assert house.does("goldilocks", "submit", draft, content=b"{}", headers=JSON).status_code == 200


def test_a_body_in_pieces_is_counted_as_it_comes(house: House) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(300):
            yield CANARY.encode() * 45

    answer = house.ask("goldilocks", "POST", "/v1/posts", content=pieces(), headers=JSON)
    refused(answer, 413)
    assert answer.json()["code"] == "body_too_large"


def test_a_body_of_exactly_the_longest_length_is_read(house: House) -> None:
    body = post(purpose="Flu clinics")
    body += b" " * (LONGEST_BODY - len(body))
    assert house.ask("goldilocks", "POST", "/v1/posts", content=body, headers=JSON).status_code == 201
    refused(house.ask("goldilocks", "POST", "/v1/posts", content=body + b" ", headers=JSON), 413)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_many_faults_are_told_as_one(house: House) -> None:
    unknown = {str(n): 0 for n in range(MOST_FAULTS_TOLD)}
    told = house.ask("goldilocks", "POST", "/v1/posts", json={**DRAFT, **unknown})
    assert [each["code"] for each in told.json()["errors"]] == ["extra_forbidden"] * MOST_FAULTS_TOLD
    told = house.ask("goldilocks", "POST", "/v1/posts", json={**DRAFT, **unknown, "another": 0})
    assert [each["code"] for each in told.json()["errors"]] == ["too_many_faults"]
    many = {str(n): 0 for n in range(MOST_VALUES + 1)}
    assert house.ask("goldilocks", "POST", "/v1/posts", json=many).json()["code"] == "not_json"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_fault_is_told_with_its_place_and_the_name_of_an_unknown_field_is_not(house: House) -> None:
    faults = {"platforms": ["facebook", CANARY], "declaration": {**DRAFT["declaration"], CANARY: 1}}
    errors = house.ask("goldilocks", "POST", "/v1/posts", json={**DRAFT, **faults}).json()["errors"]
    told = [(each["pointer"], each["code"]) for each in errors]
    assert told == [("/platforms/1", "enum"), ("/declaration", "extra_forbidden")]


ADDRESSES = (
    "/v1/posts?author=%00", "/v1/posts?author=a%E2%80%AEb", "/v1/policies?number=%00", "/v1/audit-entries?actor=%00",
    "/v1/audit-entries?kind=%00", "/v1/audit-entries?transition=%1B", "/v1/events?type=%00", f"/v1/events?type=%00{CANARY}",
    "/v1/posts?due_before=0001-01-01T00:00:00%2B14:00", "/v1/posts?due_before=9999-12-31T23:59:59-14:00",
    "/v1/posts?due_before=2026-04-01T12:00:00", f"/v1/posts?due_before={CANARY}", f"/v1/posts?state={CANARY}",
    f"/v1/posts?kind={CANARY}", f"/v1/posts?{CANARY}=1", "/v1/posts?state=draft&state=draft", "/v1/posts?limit=1&limit=2",
    "/v1/posts?limit=%D9%A1", "/v1/posts?limit=1e1", "/v1/posts?limit=-1", "/v1/posts?limit=", f"/v1/posts?limit={'9' * 5000}",
    "/v1/posts?cursor=", "/v1/posts?cursor=%00", f"/v1/posts?cursor={CANARY}", f"/v1/posts?cursor={'A' * 5000}",
    f"/v1/clauses?policy_id={CANARY}", f"/v1/clauses?topic={CANARY}", f"/v1/clauses?{CANARY}=1", "/v1/clauses?kind=%00",
    f"/v1/audit-entries?record_id={CANARY}", f"/v1/events?record_id={CANARY}", f"/v1/events?cursor={CANARY}",
)  # fmt: skip

NOWHERE = (
    f"/v1/posts/{CANARY}", "/v1/posts/%00", "/v1/posts/0", "/v1/posts/-1", f"/v1/posts/{2**63}", f"/v1/posts/{'9' * 5000}",
    "/v1/posts/%D9%A1", "/v1/posts/01900000000070008000000000000000", "/v1/posts/{01900000-0000-7000-8000-000000000000}",
    "/v1/posts/urn:uuid:01900000-0000-7000-8000-000000000000", "/v1/posts/..%2Fpolicies", f"/v1/{CANARY}", f"/{CANARY}",
    f"/v1/workflows/{CANARY}", f"/v1/clauses/{CANARY}/{CANARY}", f"/problems/{CANARY}", "/v1/posts/", "/v1//posts",
    f"/static/..%2F{CANARY}", "/static/..%2f..%2fapp.py", f"/static/{CANARY}", "/static/%00", f"/static/{'a' * 5000}",
)  # fmt: skip


def test_no_hostile_address_is_answered_or_comes_back(house: House) -> None:
    for each in ADDRESSES:
        refused(house.ask("hansel", "GET", each), 422)
    for each in NOWHERE:
        refused(house.ask("hansel", "GET", each), 404)
    assert_nothing_stayed(house)


def test_what_is_as_deep_as_may_be_is_read_and_no_deeper(house: House) -> None:
    """Counted, and never found out by descending until the stack is at its end; brackets in a text are none."""
    deepest = nested(DEEPEST - 1)
    for body, code in ((deepest, "malformed"), (nested(DEEPEST), "not_json")):
        answer = house.ask("goldilocks", "POST", "/v1/posts", content=body, headers=JSON)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    brackets = house.drafted(text='Flu clinics [[[{{{ "Saturday" ' + "[" * 100 + "]" * 10)
    assert brackets.status_code == 201, brackets.text


def test_headers_and_addresses_have_their_limits(house: House) -> None:
    """Counted together, and one by one: a limit for each header alone lets a thousand of them through."""
    whole = dict(house.ask("hansel", "GET", "/v1/posts").request.headers)
    room = LONGEST_HEADERS - sum(len(name) + len(value) for name, value in whole.items()) - len("x-long")
    for headers, status in (
        ({"X-Long": "a" * room}, 200),
        ({"X-Long": "a" * (room + 1)}, 431),
        ({f"X-{n}": CANARY for n in range(MOST_HEADERS - len(whole))}, 200),
        ({f"X-{n}": CANARY for n in range(MOST_HEADERS - len(whole) + 1)}, 431),
        ({"Cookie": CANARY * 10_000}, 431),
    ):
        answer = house.ask("hansel", "GET", "/v1/posts", headers=headers)
        assert answer.status_code == status, (len(headers), answer.text)
        if status == 431:
            refused(answer, 431)
            assert answer.json()["code"] == "headers_too_large"
    address = "/v1/posts?cursor="
    for length, status in ((LONGEST_ADDRESS, 422), (LONGEST_ADDRESS + 2, 414)):
        refused(house.ask("hansel", "GET", address + "a" * (length - len(address) + 1)), status)
    refused(house.ask("hansel", "GET", f"/v1/{CANARY * 1_000}"), 414)
    refused(house.client.get(f"/livez?{'a' * LONGEST_ADDRESS}"), 414)


def test_no_method_finds_a_way_in(house: House) -> None:
    """Every method that an address does not answer is refused as a problem, and says which ones work."""
    draft = house.drafted()
    for path, works in (
        ("/v1/posts", "GET, POST"),
        (f"/v1/posts/{draft.json()['id']}", "GET"),
        (f"/v1/posts/{draft.json()['id']}/submit", "POST"),
        ("/livez", "GET"),
    ):
        for method in ("HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "CONNECT", CANARY.upper()):
            answer = house.ask("goldilocks", method, path)
            assert (answer.status_code, answer.headers["Allow"]) == (405, works), (method, path)
            if method != "HEAD":
                refused(answer, 405)
    for override in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        answer = house.ask("goldilocks", "POST", f"/v1/posts/{draft.json()['id']}", headers={override: "GET"})
        refused(answer, 405)
    assert house.again("goldilocks", draft).headers["ETag"] == draft.headers["ETag"]


def test_no_header_names_another_place_or_person(house: House) -> None:
    """Who asks and where comes from the token alone: hosts, forwarded addresses and practices that are said change nothing."""
    draft = house.drafted()
    path = f"/v1/posts/{draft.json()['id']}"
    usual = house.ask("goldilocks", "GET", path)
    for name in (
        "Host", "X-Forwarded-Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Original-URL", "X-Rewrite-URL", "Forwarded",
        "X-Practice", "X-Tenant", "X-User", "X-Roles", "Via",
    ):  # fmt: skip
        for value in (f"{CANARY}.example", "/v1/staff", "evil.example/v1/staff?x=", "hansel"):
            answer = house.ask("goldilocks", "GET", path, headers={name: value})
            assert (answer.status_code, answer.content) == (200, usual.content), (name, value)
            assert value not in str({key: each for key, each in answer.headers.items() if key != "x-request-id"})
    begun = house.ask("goldilocks", "POST", "/v1/posts", json=DRAFT, headers={"Host": f"{CANARY}.example"})
    assert begun.headers["Location"] == f"/v1/posts/{begun.json()['id']}"


@pytest.mark.parametrize("name", ["Authorization", "Idempotency-Key", "If-Match"])
def test_what_is_said_once_is_not_said_twice(house: House, name: str) -> None:
    """Of two, somebody in between might have read the other."""
    draft = house.drafted()
    once = {
        "Authorization": f"Bearer {house.token('goldilocks')}",
        "Idempotency-Key": "a",
        "If-Match": draft.headers["ETag"],
    }
    path = f"/v1/posts/{draft.json()['id']}/submit"
    answer = house.client.post(path, headers=[*once.items(), (name, once[name])])
    refused(answer, {"Authorization": 401, "Idempotency-Key": 422, "If-Match": 428}[name])
    assert house.client.post(path, headers=list(once.items())).status_code == 200


def test_no_hostile_header_breaks_anything(house: House) -> None:
    draft = house.drafted()
    path = f"/v1/posts/{draft.json()['id']}/submit"
    for tag in (
        b"1",
        b'W/"1-a"',
        b"-1",
        b"\xd9\xa1",
        b'"\xd9\xa1"',
        b'"' + b"9" * 5000 + b'"',
        CANARY.encode(),
        b'""',
        b",",
    ):
        refused(house.ask("goldilocks", "POST", path, headers={b"If-Match": tag}), 412 if tag.endswith(b'"') else 428)
    for name in (
        b"X-Request-ID",
        b"X-Correlation-ID",
        b"If-None-Match",
        b"Accept",
        b"Host",
        b"Range",
        b"Content-Encoding",
    ):
        for value in (b"\xff\xfe", b"\xe2\x80\xae", b"a" * 5000, b"", b"\x1b[31m"):
            answer = house.ask("goldilocks", "GET", f"/v1/posts/{draft.json()['id']}", headers={name: value})
            assert answer.status_code == 200, (name, value)
    for key in (b"", b"\xff", b"\xd9\xa1", b"a" * 256, b"a\x1b"):
        answer = house.ask("goldilocks", "POST", "/v1/posts", json=DRAFT, headers={b"Idempotency-Key": key})
        refused(answer, 422)
        assert answer.json()["code"] == "key_malformed"


STAFF = {"subject": "hare", "name": "Hare", "roles": []}
PRACTICE = {"code": "ZZ9999", "name": "Hedgehog Surgery", "manager": {"subject": "hare", "name": "Hare"}}


def openings() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Who begins which record, where, and with what."""
    yield "hansel", HOME, "staff", STAFF
    yield "hansel", HOME, "policies", {"content": policy("coleridge")}
    yield "goldilocks", HOME, "posts", DRAFT
    yield OPERATOR, INSTALLATION, "practices", PRACTICE


SOME_VALUES: tuple[Any, ...] = ("approved", 1, [], None)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_column_can_be_filled_in_from_outside(house: House) -> None:
    """A record's practice, state, version, approver and all that it remembers are not for the sender to say."""
    tried = 0
    for person, practice, resource, draft in openings():
        workflow = next(each for each in ALL if each.resource == resource)
        row = next(each for each in workflow.kind.__subclasses__() if hasattr(each, "__table__"))
        for column in {each.name for each in row.__table__.columns} - set(draft_fields(workflow)):
            for value in SOME_VALUES:
                answer = house.ask(person, "POST", f"/v1/{resource}", practice=practice, json={**draft, column: value})
                refused(answer, 422)
                assert [each["code"] for each in answer.json()["errors"]] == ["extra_forbidden"], column
            tried += 1
        assert house.ask(person, "POST", f"/v1/{resource}", practice=practice, json=draft).status_code in {201, 422}
    assert tried > 50


def draft_fields(workflow: Any) -> set[str]:
    """What may be said when a record begins."""
    return {name for opening in workflow.openings.values() for name in opening.payload.model_fields}


def test_every_payload_refuses_a_field_that_is_not_known_at_every_depth() -> None:
    payloads = {
        each for workflow in ALL for law in workflow.laws if law.by and law.payload for each in models_in(law.payload)
    }
    assert len(payloads) > 20
    for each in payloads:
        assert each.model_config.get("extra") == "forbid", each
        assert not issubclass(each, Record), each


def models_in(kind: Any) -> Iterator[type[BaseModel]]:
    """A payload and everything inside it."""
    if get_origin(kind) is not None or isinstance(kind, UnionType) or kind is Union:
        for inner in get_args(kind):
            yield from models_in(inner)
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from models_in(field.annotation)


VALUES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("staff", {"subject": "h\u00e4re"}),
    ("staff", {"subject": "a b"}),
    ("staff", {"subject": "\u0661"}),
    ("staff", {"name": f"{CANARY}\u202e"}),
    ("staff", {"roles": [{"role": CANARY}]}),
    ("staff", {"roles": [{"role": "operator"}]}),
    ("staff", {"roles": [{"role": "clock"}]}),
    ("staff", {"roles": [{"role": "staff"}]}),
    ("staff", {"roles": [{"role": "partner"}, {"role": "clinical_system"}]}),
    ("staff", {"roles": [{"role": "partner"}] * 21}),
    ("staff", {"roles": [{"role": "partner", "starts": "0001-01-01T00:00:00+14:00"}]}),
    ("staff", {"roles": [{"role": "partner", "ends": "9999-12-31T23:59:59-14:00"}]}),
    ("staff", {"roles": [{"role": "partner", "starts": "2026-04-01T12:00:00"}]}),
    ("staff", {"roles": [{"role": "partner", "deputy_for": CANARY}]}),
    ("policies", {"effective_from": "9999-12-31"}),
    ("policies", {"effective_from": "\u0662\u0660\u0662\u0667-01-01"}),
    ("policies", {"effective_from": CANARY}),
    ("policies", {"kind": CANARY}),
    ("policies", {"step": CANARY}),
    ("policies", {"adopted_from": f"{CANARY}\n{CANARY}"}),
    ("policies", {"content": {**policy("coleridge"), "review_due": {"value": "9999-12-31"}}}),
    ("policies", {"content": {**policy("coleridge"), "review_due": {"value": "0001-01-01"}}}),
    ("policies", {"content": {**policy("coleridge"), CANARY: 1}}),
    ("policies", {"content": {**policy("coleridge"), "settings": {"closure_lead_days": {"value": "\u0667"}}}}),
    ("policies", {"content": {**policy("coleridge"), "settings": {"closure_lead_days": {"value": 10**400}}}}),
    ("policies", {"content": {**policy("coleridge"), "settings": {"duties": {"decide": {"value": ["clock"]}}}}}),
    ("practices", {"code": "ZZ\u0661\u0661\u0661"}),
    ("practices", {"code": "zz0009"}),
    ("practices", {"code": f"ZZ{CANARY}"}),
    ("practices", {"code": "INSTALLATION"}),
    ("practices", {"contacts": {"phone": "\u0660\u0661\u0666\u0663\u0662 960001"}}),
    ("practices", {"contacts": {"email": f"{CANARY}@example"}}),
    ("practices", {"contacts": {"website": f"javascript:{CANARY}"}}),
    ("practices", {"contacts": {"website": f"https://example.com/{CANARY}\u202e"}}),
)  # fmt: skip


def test_no_hostile_value_is_kept_or_comes_back(house: House) -> None:
    """Digits are those of ASCII, days lie where a calendar can reckon with them, and roles are those that can be given."""
    begins = {resource: (person, practice, draft) for person, practice, resource, draft in openings()}
    for resource, changes in VALUES:
        person, practice, draft = begins[resource]
        answer = house.ask(person, "POST", f"/v1/{resource}", practice=practice, json={**draft, **changes})
        refused(answer, 422)
        assert answer.json()["code"] == "malformed", (resource, changes)
    assert_nothing_stayed(house)
