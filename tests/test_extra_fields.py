"""Nothing that the house keeps can be filled in from outside: every column of every table, in every place of every body."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel
from sqlmodel import SQLModel

from api.access import access_of
from api.requests import MOST_FAULTS_TOLD
from models.evidence import FileFacts
from tests.foreign import everything_of, models_in
from tests.house import House
from tests.laws import LAWS
from tests.planting import NOBODY, Planted, asked_anyhow, planted, situations
from tests.scenarios import explored
from workflows.engine import Law, Opening

TABLES = SQLModel.metadata.tables
COLUMNS = sorted({column.name for table in TABLES.values() for column in table.columns})
ASKED_BY_PEOPLE = [law for law in LAWS.values() if law.by and not set(law.by) <= {"clock", "operator"}]
Path = tuple[str | int, ...]

on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.parametrize("law", ASKED_BY_PEOPLE, ids=repr)
def test_nothing_that_is_sent_takes_a_field_that_it_does_not_know(law: Law[Any]) -> None:
    assert all(each.model_config.get("extra") == "forbid" for each in models_in(law.payload))


@on_one_database
@pytest.mark.parametrize("workflow", {law.workflow.name: None for law in ASKED_BY_PEOPLE})
def test_every_column_of_its_record_is_refused_in_every_place_of_every_body(house: House, workflow: str) -> None:
    """Practice, identifier, state, version, approver, seal, moments: each as one field too many, and nothing has changed."""
    laws = [law for law in ASKED_BY_PEOPLE if law.workflow.name == workflow]
    tried = 0
    for law in laws:
        for there in situations_to_say_it_in(house, law):
            house.clock.moment = there.world.now
            before = but_for_what_is_counted(house, there.code)
            for path, known in objects_in(there.sent):
                tried += tells_nothing(house, there, path, known)
            assert but_for_what_is_counted(house, there.code) == before, law
    assert tried > 5 * len(laws)


def but_for_what_is_counted(house: House, code: str) -> dict[str, list[Any]]:
    """Everything at a practice, but how often it was asked: that is counted, whatever was said."""
    return {table: rows for table, rows in everything_of(house, code).items() if table != "budget"}


def situations_to_say_it_in(house: House, law: Law[Any]) -> Iterator[Planted]:
    """One for what is usually said, and one for each thing inside that is said seldom."""
    usual = next(iter(explored(law.workflow.name).allowed[repr(law)]), situations(law)[0])
    yield planted(house.database, usual)
    missing = set(models_in(law.payload)) - models_said(said_by(usual))
    for tried in [*situations(law)[:400], *asked_anyhow(law)]:
        if found := missing & models_said(said_by(tried)):
            missing -= found
            if tried[1].person != NOBODY:
                yield planted(house.database, tried)


def said_by(tried: Any) -> Any:
    """What a request says."""
    _, request = tried
    return request.about if isinstance(request.law, Opening) else next(iter(request.payload), None)


def models_said(said: Any) -> set[type[BaseModel]]:
    """Which models stand in what is said."""
    return {type(each) for each in every_model(said)}


def every_model(said: Any) -> Iterator[BaseModel]:
    """What is said, and everything inside it."""
    if isinstance(said, BaseModel):
        yield said
        for name in type(said).model_fields:
            yield from every_model(getattr(said, name))
    elif isinstance(said, list | tuple):
        for each in said:
            yield from every_model(each)


def objects_in(said: Any, path: Path = ()) -> Iterator[tuple[Path, set[str]]]:
    """Where an object stands in what is said, the first of each list, and the fields that it may have."""
    if said is None and not path:
        yield (), set()
    if isinstance(said, BaseModel):
        yield path, set(type(said).model_fields)
        for name in type(said).model_fields:
            if not isinstance(getattr(said, name), FileFacts):  # which nobody says
                yield from objects_in(getattr(said, name), (*path, name))
    elif isinstance(said, list | tuple) and said:
        yield from objects_in(said[0], (*path, 0))


def tells_nothing(house: House, there: Planted, path: Path, known: set[str]) -> int:
    """Say every column of the record in this place, as many at a time as are told one by one. How many."""
    extra = [each.name for each in TABLES[there.law.workflow.name].columns if each.name not in known]
    for start in range(0, len(extra), MOST_FAULTS_TOLD):
        names = extra[start : start + MOST_FAULTS_TOLD]
        answer = house.ask(
            there.asker,
            "POST",
            there.path,
            practice=there.code,
            headers=there.headers,
            **there.sending(saying(there, path, names)),
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed"), (there.law, path, answer.text)
        codes = [each["code"] for each in answer.json()["errors"]]
        assert codes == ["extra_forbidden"] * (len(names) if there.payload is not None else 1), (there.law, path)
    return len(extra)


def saying(there: Planted, path: Path, names: list[str]) -> dict[str, Any]:
    """The body with these fields in this place."""
    body = deepcopy(there.payload) or {}
    place: Any = body
    for step in path:
        place = place[step]
    place.update(dict.fromkeys(names, "approved"))
    return body


@on_one_database
def test_what_no_declaration_reads_refuses_them_too(house: House) -> None:
    """Routes that are written by hand take bodies as well: their models refuse whatever they don't know."""
    declared = {repr(law) for law in LAWS.values()}
    app = house.client.app
    bodies = [
        model
        for route in iter_route_contexts(app.routes)  # type: ignore[attr-defined]  # the client calls it only a callable
        if isinstance(route.original_route, APIRoute) and access_of(route).action not in declared
        for each in route.dependant.body_params
        for model in models_in(each.field_info.annotation)
    ]
    assert bodies
    for model in bodies:
        assert model.model_config.get("extra") == "forbid", model
        assert not hasattr(model, "__table__"), model
    body = {"acts": [{"deed": "complain", "venue": "email", **dict.fromkeys(COLUMNS, 1)}], **dict.fromkeys(COLUMNS, 1)}
    answer = house.ask("hansel", "POST", "/v1/conduct-checks", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
