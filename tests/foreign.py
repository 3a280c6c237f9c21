"""Somebody who holds every role at one practice asks for everything with another's identifiers, wherever one can stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from types import UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID

from httpx import Response
from pydantic import BaseModel
from sqlmodel import SQLModel

from api.access import InventoryRow, inventory
from models.roles import Role
from service.clock import go_round
from tests.databases import as_owner
from tests.house import HOME, House, policy
from tests.laws import LAWS, NOON
from tests.planting import EVERYTHING, Planted, asked_anyhow, one_more, planted, situations
from workflows.engine import Law, Opening
from workflows.registry import ALL

CANARY = "Rumpelstilzchen"
"""Stands in everything that the one practice keeps, and in nothing that the other is ever shown."""
NEVER = "01900000-dead-7000-8000-00000000beef"
"""The identifier of a record that never was."""
THE_SAME_REQUEST = {"X-Request-ID": "01900000-0000-7000-8000-00000000cafe"}
NOT_BY_PEOPLE = {Role.CLOCK, Role.OPERATOR}

COMPARED = "somebody is only ever compared with the staff of the practice itself"
ONLY_REMEMBERED = {
    (
        "StaffNamed",
        "staff_id",
    ): "whoever writes names a colleague by an identifier that is only ever compared with those of "
    "their own practice: one from elsewhere means nobody, like one that never was",
    ("RightsRequestDraft", "correspondence_id"): "a name for what was asked together, of the sender's own making",
    (
        "DataProtectionComplaintDraft",
        "correspondence_id",
    ): "a name for what was sent together, of the sender's own making",
    ("Classification", "staff_involved"): COMPARED,
    ("SupportDraft", "offered_to"): COMPARED,
    ("Present", "known_as"): COMPARED,
}
"""Identifiers in a body that are kept as they were said. Nothing is looked up by them, and nothing of anybody's is shown."""

PATH_IDS = {"record_id", "entry_id", "policy_id"}
ID_IN_PATHS_WITHOUT_ID = {"resource", "key", "code", "site"}
"""Parts of an address that name no record."""


@dataclass
class Trespass:
    """One run: who asks, what was asked so far, and everything that was answered."""

    house: House
    elsewhere: dict[str, str]
    asked: set[str] = field(default_factory=set)
    fields: set[tuple[str, str]] = field(default_factory=set)
    answered: int = 0

    @cached_property
    def home(self) -> str:
        """A practice from which to read."""
        return planted(self.house.database, situations(LAWS["post.edit"])[0]).code

    def ask(self, method: str, path: str, code: str, *, who: str = EVERYTHING, **sent: Any) -> Response:
        """Somebody with every role asks, or the website, and nothing of the other practice stands in what they are told."""
        headers = {**THE_SAME_REQUEST, **sent.pop("headers", {})}
        answer = self.house.ask(who, method, path, practice=code, headers=headers, **sent)
        assert CANARY not in answer.text + str(answer.headers), (method, path)
        assert answer.status_code < 500, (method, path, answer.text)
        self.answered += 1
        return answer

    def alike(self, one: Response, other: Response, *statuses: int) -> None:
        """Both answers are the same to the last byte, and none of them says more than that nothing is there."""
        assert one.status_code in statuses, (one.request.url, one.status_code, one.text)
        assert (one.status_code, one.content) == (other.status_code, other.content), (
            one.request.url,
            one.text,
            other.text,
        )
        assert without_date(one) == without_date(other)


def without_date(answer: Response) -> dict[str, str]:
    """The headers of an answer, but for the moment."""
    return {name: value for name, value in answer.headers.items() if name != "date"}


def everything_of(house: House, code: str) -> dict[str, list[Any]]:
    """Every row of a practice, as it stands in the database."""
    rows = {
        table: as_owner(house.database, f"SELECT * FROM {table} WHERE practice = ?", code)  # noqa: S608 - a table of ours
        for table in SQLModel.metadata.tables
        if "practice" in SQLModel.metadata.tables[table].c
    }
    return {table: sorted(map(repr, found)) for table, found in rows.items()}


def time_goes_round(house: House) -> None:
    """Let everything that is due by now happen, so that nothing is left for a round in between."""
    house.client.portal.call(go_round, house.client.app.state.house)  # type: ignore[union-attr, attr-defined]  # it is entered


def furnish_elsewhere(house: House) -> dict[str, str]:
    """Something of every kind at the practice that is trespassed on, all of it marked; and where each is."""
    house.clock.moment = NOON  # when the situations are that will be planted
    time_goes_round(house)
    details = {"name": f"{CANARY} Surgery", "contacts": {"website": f"https://example.com/{CANARY}"}}
    (practice,) = house.reads("hansel", "/v1/practices")["items"]
    read = house.ask("hansel", "GET", f"/v1/practices/{practice['id']}")
    assert house.does("hansel", "correct_details", read, json=details).status_code == 200
    member = house.member("puss")
    assert house.does("hansel", "correct_name", member, json={"name": f"{CANARY} the Cat"}).status_code == 200
    draft = {"content": policy("coleridge"), "change_comment": f"Written by {CANARY}."}
    version = house.ask("hansel", "POST", "/v1/policies", json=draft, headers={"Idempotency-Key": CANARY})
    post = house.drafted(purpose=CANARY, text=f"Flu clinics, says {CANARY}.", headers={"Idempotency-Key": CANARY})
    assert (version.status_code, post.status_code) == (201, 201)
    entry = house.reads("hansel", "/v1/audit-entries")["items"][0]["id"]
    event = house.reads("hansel", "/v1/events")["items"][0]["id"]
    records = {"practice": practice["id"], "staff_member": member.json()["id"], "policy": version.json()["id"],
               "post": post.json()["id"]}  # fmt: skip
    for workflow in ALL:
        if workflow.name not in records:
            records[workflow.name] = str(one_more(house.database, workflow.kind, HOME))
    return {**records, "audit_entry": entry, "event": event}


def asks_of_people() -> list[Law[Any]]:
    """Every law that a person may ask for."""
    return [law for law in LAWS.values() if law.by and not set(law.by) <= NOT_BY_PEOPLE]


def trespass(house: House, elsewhere: dict[str, str]) -> Trespass:
    """Ask for everything, and find that nothing was shown and nothing has changed. Raises AssertionError where something was."""
    run = Trespass(house, elsewhere)
    before = everything_of(house, HOME)
    assert CANARY in str(before)
    for law in LAWS.values():
        if law.by:
            ask_for(run, law)
    for row in inventory(house.client.app):  # type: ignore[arg-type]  # the client calls it only a callable
        if row.method == "GET" and not row.access.public:
            read(run, row)
    after = everything_of(house, HOME)
    assert [table for table in before if after[table] != before[table]] == []
    return run


# What the law declares


def ask_for(run: Trespass, law: Law[Any]) -> None:
    """One law: of each record of the other practice, and of one's own with the other's identifiers in what is said."""
    there = planted(run.house.database, situations(law)[0])
    if not isinstance(law, Opening):
        of_each_record(run, there)
    for place in id_fields(law.payload):
        in_the_body(run, law, place)
    run.asked.add(repr(law))


IN_TURN = 5
"""Of so many kinds one is tried with each law, and the next with the next: each law is tried with its own kind at all events."""


def of_each_record(run: Trespass, there: Planted) -> None:
    """Asked of another practice's record of any kind, it is answered as of one that never was, well said or not."""
    said: dict[str, Any] = {"json": {} if there.payload is None else there.payload}
    own_kind = [run.elsewhere[there.law.workflow.name]]
    others = [*run.elsewhere.values()][len(run.asked) % IN_TURN :: IN_TURN]
    of_each_of(run, there, [*own_kind, *others], {"Idempotency-Key": CANARY}, said)
    of_each_of(run, there, own_kind, {}, said)
    of_each_of(run, there, own_kind, {}, {"content": b"{"})


def of_each_of(
    run: Trespass, there: Planted, records: Iterable[str], key: dict[str, str], said: dict[str, Any]
) -> None:
    """The same of some of them, with a key that was used elsewhere or without."""
    headers = {"If-Match": '"1"', **key}
    said = {**said, "headers": headers}
    never = run.ask("POST", there.path_of(NEVER), there.code, **said)
    for foreign in records:
        run.alike(run.ask("POST", there.path_of(foreign), there.code, **said), never, 404)


Place = tuple[str, str]
"""A model, and the name of a field in it."""


def in_the_body(run: Trespass, law: Law[Any], place: Place) -> None:
    """An identifier in what is said: another practice's does exactly as much as one that never was."""
    tried = (each for each in (*situations(law)[:400], *asked_anyhow(law)) if places_in(said_by(each[1]), place))
    found = next(tried, None)
    assert found, f"no variant in tests/said says {place} of {law!r}"
    there = planted(run.house.database, found)
    for path in places_in(there.sent, place):
        if place in ONLY_REMEMBERED:
            fresh = (
                answered(run, planted(run.house.database, found), path, each)
                for each in (NEVER, *run.elsewhere.values())
            )
            assert len({each.status_code for each in fresh}) == 1, (law, place)
        else:
            never = answered(run, there, path, NEVER)
            for foreign in run.elsewhere.values():
                run.alike(answered(run, there, path, foreign), never, 404, 422)
        run.fields.add(place)


def answered(run: Trespass, there: Planted, path: tuple[Any, ...], said: str) -> Response:
    """What is answered when this stands in that place."""
    body = deepcopy(there.payload)
    assert body is not None
    inner: Any = body
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = said
    return run.ask("POST", there.path, there.code, who=there.asker, headers=there.headers, **there.sending(body))


def said_by(request: Any) -> Any:
    """What a request says."""
    return request.about if isinstance(request.law, Opening) else next(iter(request.payload), None)


def id_fields(payload: Any) -> set[Place]:
    """Every field of a payload, at any depth, that takes an identifier."""
    return {
        (model.__name__, name)
        for model in models_in(payload)
        for name, each in model.model_fields.items()
        if takes_an_id(name, each.annotation)
    }


NAMES_NO_RECORD = {"external_id"}
"""What a platform calls a post."""


def takes_an_id(name: str, annotation: Any) -> bool:
    """Whether what stands there names a record."""
    if name in NAMES_NO_RECORD:
        return False
    return (
        name.endswith(("_id", "_ids"))
        or annotation is UUID
        or any(takes_an_id("", each) for each in get_args(annotation))
    )


def models_in(kind: Any) -> Iterator[type[BaseModel]]:
    """A payload and everything inside it."""
    if get_origin(kind) is not None or isinstance(kind, UnionType) or kind is Union:
        for inner in get_args(kind):
            yield from models_in(inner)
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for each in kind.model_fields.values():
            yield from models_in(each.annotation)


def places_in(said: Any, place: Place, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where such a field stands in what was said, and is filled in."""
    if isinstance(said, BaseModel):
        here = [(*path, place[1])] if type(said).__name__ == place[0] and getattr(said, place[1]) is not None else []
        return here + [
            found for name in type(said).model_fields for found in places_in(getattr(said, name), place, (*path, name))
        ]
    if isinstance(said, list | tuple):
        return [found for at, each in enumerate(said) for found in places_in(each, place, (*path, at))]
    return []


# What is read


def read(run: Trespass, row: InventoryRow) -> None:
    """One reading: of each record of the other practice, and a list narrowed by each of its identifiers."""
    code = run.home
    named = {part.strip("{}") for part in row.path.split("/") if part.startswith("{")}
    assert named <= PATH_IDS | ID_IN_PATHS_WITHOUT_ID, row.path
    if named & PATH_IDS:
        keys = ("none", *keys_elsewhere(run)) if "key" in named else ("none",)
        for key in keys:
            never = run.ask("GET", filled(row.path, NEVER, key), code)
            for foreign in run.elsewhere.values():
                run.alike(run.ask("GET", filled(row.path, foreign, key), code), never, 404)
    for name in ids_asked_for(run, row):
        path = filled(row.path, own_record(run, row, code), "none")
        never = run.ask("GET", f"{path}?{name}={NEVER}", code)
        for foreign in run.elsewhere.values():
            run.alike(run.ask("GET", f"{path}?{name}={foreign}", code), never, 200, 404)
    if not named:
        run.ask("GET", f"{row.path}?limit=100" if "cursor" in asked_for(run, row) else row.path, code)
    run.asked.add(row.access.action)


def filled(path: str, record: str, key: str) -> str:
    """An address, for one record."""
    return path.format(
        record_id=record,
        entry_id=record,
        policy_id=record,
        key=key,
        resource="posts",
        code="none",
        site="google",
        secret="guessed",
    )


def keys_elsewhere(run: Trespass) -> list[str]:
    """Keys of clauses that the other practice has."""
    clauses = run.house.reads("hansel", "/v1/clauses")["items"]
    return [each["clause"]["key"] for each in clauses[:2]]


def asked_for(run: Trespass, row: InventoryRow) -> dict[str, Any]:
    """What an address takes in its query, with its schema."""
    described = run.house.client.app.openapi()["paths"].get(row.path, {}).get(row.method.lower(), {})  # type: ignore[attr-defined]  # as above
    return {each["name"]: each["schema"] for each in described.get("parameters", []) if each["in"] == "query"}


def ids_asked_for(run: Trespass, row: InventoryRow) -> Iterable[str]:
    """Those of them that take an identifier."""
    return [
        name for name, schema in asked_for(run, row).items() if name.endswith("_id") or '"uuid"' in json.dumps(schema)
    ]


def own_record(run: Trespass, row: InventoryRow, code: str) -> str:
    """A record of one's own that an address can be about."""
    resource = row.path.split("/")[2]
    if resource not in {workflow.resource for workflow in ALL} or "{" not in row.path:
        return NEVER
    found = run.ask("GET", f"/v1/{resource}?limit=1", code).json()["items"]
    return str(found[0]["id"]) if found else NEVER
