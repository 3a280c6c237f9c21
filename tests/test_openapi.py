"""The description of the API says what the declarations say, and nothing that is not so."""

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from openapi_spec_validator import validate

from api.app import create_app
from api.problems import CATALOGUE
from service.settings import Settings
from workflows.engine import Law, Opening, Transition
from workflows.registry import ALL

COMMITTED = Path("openapi/openapi.json")
OPEN = {"livez", "read_calendar", "readyz", "version", "explain_problem", "read_guidance", "read_guidance_as"}
"""What anybody may ask for, without a token."""

LAWS = [law for workflow in ALL for law in workflow.laws]
ASKED_FOR = [law for law in LAWS if law.by]
ENTAILED = [law for law in LAWS if not law.by]


@functools.cache
def app() -> FastAPI:
    """The whole application, over no database at all."""
    return create_app(Settings(data_folder=Path("never-made")))


@functools.cache
def document() -> dict[str, Any]:
    """What it says of itself."""
    said: dict[str, Any] = app().openapi()
    return said


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and description of everything that can be asked for."""
    for path, item in document()["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


LATER_OPENINGS = {"discover_covert"}
"""Ways to begin a record of a kind that another way begins at its resource."""


def path_of(law: Law[Any]) -> str:
    """Where a declaration is asked for."""
    path = f"/v1/{law.workflow.resource.replace('_', '-')}"
    if getattr(law.payload, "comes_with_file", False):
        return f"{path}-files"
    by_name = law.name.replace("_", "-")
    if isinstance(law, Opening):
        return f"{path}/{by_name}" if law.name in LATER_OPENINGS else path
    return f"{path}/{{record_id}}/{by_name}"


def test_the_description_is_valid() -> None:
    validate(json.loads(json.dumps(document())))
    assert document()["openapi"].startswith("3.1")


def test_the_description_that_is_published_is_the_one_that_is_generated() -> None:
    assert COMMITTED.exists(), "generate it: make openapi"
    assert json.loads(COMMITTED.read_text(encoding="utf-8")) == json.loads(json.dumps(document()))


def test_every_route_is_described_once_and_nothing_else_is() -> None:
    """Included routers don't stand among `app.routes`: the walk is counted against the declarations, so that it can't be empty."""
    walked = [
        (each.path_format, method.lower())
        for each in iter_route_contexts(app().routes)
        if isinstance(each.original_route, APIRoute) and each.original_route.include_in_schema
        for method in each.methods or ()
    ]
    assert sorted(walked) == sorted((path, method) for path, method, _ in operations())
    assert len(walked) >= len(ASKED_FOR) + 2 * len(ALL) > 40


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does() -> None:
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(set(names)) == len(names)
    for _, _, operation in operations():
        assert operation["summary"].strip()
        assert operation["tags"]


def test_every_operation_but_the_open_ones_takes_a_token() -> None:
    assert set(document()["components"]["securitySchemes"]) == {"HTTPBearer"}
    for path, _, operation in operations():
        takes_a_token = operation.get("security") == [{"HTTPBearer": []}]
        assert takes_a_token == (operation["operationId"] not in OPEN) == path.startswith("/v1/")


def test_every_refusal_is_described_as_a_problem() -> None:
    known = {str(kind.status) for kind in CATALOGUE}
    for path, _, operation in operations():
        refusals = {status: each for status, each in operation["responses"].items() if status[0] in "45"}
        assert set(refusals) <= known
        for each in refusals.values():
            page = (
                {"text/html": {"schema": {"type": "string"}}}
                if path.startswith("/practices/") and ".ics" not in path
                else {}
            )
            problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
            assert each["content"] == {"application/problem+json": problem, **page}
            assert each["description"]
        assert not path.startswith("/v1/") or {"401", "429", "503"} <= set(refusals)
        if "429" in refusals:
            assert set(refusals["429"]["headers"]) == {"Retry-After", "RateLimit", "RateLimit-Policy"}
    assert "HTTPValidationError" not in document()["components"]["schemas"]


def test_reading_says_404_and_lists_say_what_can_be_wrong_with_a_cursor() -> None:
    for workflow in ALL:
        path = f"/v1/{workflow.resource.replace('_', '-')}"
        assert {"200", "304", "404"} <= set(document()["paths"][f"{path}/{{record_id}}"]["get"]["responses"])
        assert {"200", "403", "422"} <= set(document()["paths"][path]["get"]["responses"])


@pytest.mark.parametrize("law", ASKED_FOR, ids=repr)
def test_a_declaration_has_its_route_and_its_guards_sentences(law: Law[Any]) -> None:
    operation = document()["paths"][path_of(law)]["post"]
    described = operation["description"]

    assert operation["operationId"] == f"{law.name}_{law.workflow.name}"
    assert " ".join(described.split()).startswith(" ".join(law.meaning.split()))
    assert law.meaning.startswith(operation["summary"])
    assert all(f"`{role}`" in described for role in law.by)
    assert all(f"- {guard.otherwise} (`{guard.name}`; " in described for guard in law.guards)
    assert described.count("\n\n- ") == len(law.guards)
    assert ("requestBody" in operation) == (law.payload is not None)
    assert "idempotency-key" in parameters_of(operation)


@pytest.mark.parametrize("law", ASKED_FOR, ids=repr)
def test_a_declaration_says_every_way_in_which_it_can_be_refused(law: Law[Any]) -> None:
    operation = document()["paths"][path_of(law)]["post"]
    expected = {"401", "403", "408", "409", "413", "415", "422", "429", "503"}
    if isinstance(law, Transition):
        assert all(f"`{state}`" in operation["description"] for state in law.sources)
        assert parameters_of(operation)["if-match"]["required"]
        expected |= {"404", "412", "428"}
    assert expected <= set(operation["responses"])
    assert ("201" if isinstance(law, Opening) else "200") in operation["responses"]


def parameters_of(operation: dict[str, Any]) -> dict[str, Any]:
    """What it reads beside the body."""
    return {each["name"].lower(): each for each in operation.get("parameters", [])}


def test_what_only_ever_follows_from_something_else_has_no_route() -> None:
    """POL-3: nobody can ask for a version to give way, or for a practice to adopt one that was not published."""
    assert {repr(each) for each in ENTAILED} >= {"policy.supersede", "practice.adopt", "practice.abandon"}
    asked_for = {each["operationId"] for path in document()["paths"].values() for each in path.values()}
    assert "open_practice_practice" in asked_for
    for law in ENTAILED:
        assert f"{law.name}_{law.workflow.name}" not in asked_for


def test_an_answer_has_its_fields_in_the_description() -> None:
    for workflow in ALL:
        view = document()["components"]["schemas"][f"{workflow.kind.__name__}View"]
        assert {"state", "version", "available_transitions", "overdue"} <= set(view["required"])
