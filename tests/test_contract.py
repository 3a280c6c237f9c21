"""Requests made from the description of the API, as everybody who works here and as nobody: the API does what it says of itself."""

import functools
from binascii import crc32
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import schemathesis
from httpx import Response
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from api.app import create_app
from models.roles import INSTALLATION
from service.settings import Settings
from tests.house import FACEBOOK, HOME, OPERATOR, PEOPLE, House
from workflows.registry import ALL

load_all_checks()

EXAMPLES: Final = 4
EVERYTHING: Final = "hansel"
"""Who asks for all that there is. The others ask for some of it, each for something else on each database."""
PARTS: Final = 8
NOBODY: Final = "nobody"
RECORD: Final = "{record_id}"
STAND_IN: Final = "01900000-0000-7000-8000-00000000feed"
TAG: Final = '"1"'
CHECKED: Final = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "missing_required_header", "allow_header_conformance",
)  # fmt: skip
NOT_CHECKED: Final = {
    "positive_data_acceptance": "a request that is well formed may still be refused by the law: 412, 422, 428",
    "unsupported_method": "asks with methods that the description does not have; test_conventions does, at every route",
    "use_after_free": "nothing is ever deleted",
    "ensure_resource_availability": "what was made is seen by the roles that may see it, and not by every one",
    "ignored_auth": "every route without a token, and with a bad one, is asked for in test_access_rules and test_tokens",
    "object_level_authorization": "every route with every other practice's records is asked for in test_walls",
    "max_response_time": "no test is timed",
}
"""Every other check that there is, and why it is not made here."""

Operation = APIOperation[Any, Any, Any, Any]
SOURCES: Final = {
    f"/v1/{workflow.resource.replace('_', '-')}/{{record_id}}/{name.replace('_', '-')}": law.sources
    for workflow in ALL
    for name, law in workflow.transitions.items()
}
"""From which states each transition leads, by its path."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request that was made up from the description; about a record that is there, or about one that never was."""

    case: Case[Any]
    real: bool


@functools.cache
def made_up() -> tuple[Request, ...]:
    """Some requests for everything that can be asked, the same in every run: half of them well formed, half of them not.

    They are made up once for all who ask, because that takes longer than asking.
    """
    document = create_app(Settings(data_folder=Path("never-made"))).openapi()
    found: list[Request] = []
    for each in schemathesis.openapi.from_dict(document).get_all_operations():
        assert isinstance(each, Ok), "an operation can't be read"
        found += requests_for(each.ok())
    return tuple(found)


def requests_for(operation: Operation) -> Iterator[Request]:
    """About any record, and where it is about one, about one that is there."""
    headers = {"Authorization": "Bearer token"} if "security" in operation.definition.raw else {}
    yield from (Request(case, real=False) for case in drawn(operation, headers=headers))
    if RECORD in operation.path:
        fixed = {"headers": {**headers, "If-Match": TAG}, "path_parameters": {"record_id": STAND_IN}}
        yield from (Request(case, real=True) for case in drawn(operation, **fixed))


def drawn(operation: Operation, **fixed: Any) -> list[Case[Any]]:
    """Requests for one thing, in which something is fixed."""
    found: list[Case[Any]] = []
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)

    @seed(crc32(operation.label.encode()))
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of([operation.as_strategy(each, **fixed) for each in modes]))
    def draw(case: Case[Any]) -> None:
        found.append(case)

    draw()
    return found


@pytest.mark.parametrize("person", [*PEOPLE, OPERATOR, NOBODY])
def test_whatever_is_asked_is_answered_as_described(house: House, person: str) -> None:
    bring_out_posts(house)
    desk = Desk(house, person)
    statuses = Counter(desk.ask(each) for each in made_up() if falls_to(person, each, house))
    assert desk.faults == [], "\n\n".join(desk.faults)
    assert statuses.total() > len(SOURCES) * (3 if person == EVERYTHING else 1 / PARTS)
    assert not {each for each in statuses if each >= 500}
    assert (401 in statuses) == (person == NOBODY)
    assert person != EVERYTHING or {200, 422} <= set(statuses)


def falls_to(person: str, request: Request, house: House) -> bool:
    """Whether this person makes a request: one in so many does, by chance, but the same in every run."""
    lot = f"{person} {request.case.operation.label} {house.database.partition(':')[0]}"
    return person == EVERYTHING or crc32(lot.encode()) % PARTS == 0


def bring_out_posts(house: House) -> None:
    """Posts in several states, so that there is something to ask for."""
    house.drafted()
    house.submitted()
    house.does("goldilocks", "fail", house.approved(), json={"platform": "facebook", "reason": "It was down."})
    house.does("goldilocks", "publish", house.approved(), json=FACEBOOK)


class Desk:
    """Where one person asks, and where what was not as described is written down."""

    def __init__(self, house: House, person: str) -> None:
        self.house, self.person = house, person
        self.token = house.token(person, INSTALLATION if person == OPERATOR else HOME)
        self.checks: Any = CHECKS.get_by_names(list(CHECKED))
        self.faults: list[str] = []

    def ask(self, request: Request) -> int:
        """Ask, and hold the answer against the description."""
        told = request.case.as_transport_kwargs(base_url="http://testserver")
        headers = {name.lower(): value for name, value in told["headers"].items()}
        headers.pop("authorization", None)
        if self.person != NOBODY:
            headers["authorization"] = f"Bearer {self.token}"
        if request.real:
            record = self.record_for(request.case.operation)
            told["url"], headers["if-match"] = told["url"].replace(STAND_IN, record["id"]), f'"{record["version"]}"'
        answer = self._told(told, {name: value.encode("latin-1") for name, value in headers.items()})
        try:
            request.case.validate_response(answer, checks=self.checks)
        except (Failure, FailureGroup) as fault:
            self.faults.append(f"{self.person}, {request.case.operation.label}, {answer.status_code}: {fault}")
        return answer.status_code

    def _told(self, told: dict[str, Any], headers: dict[str, bytes]) -> Response:
        body = {"content": told["data"]} if "data" in told else {"json": told["json"]} if "json" in told else {}
        answer: Response = self.house.client.request(
            told["method"], told["url"], params=told.get("params"), headers=headers, **body
        )
        return answer

    def record_for(self, operation: Operation) -> dict[str, Any]:
        """A record that the operation may be asked about: one that it leads on from, if there is one."""
        resource = operation.path.partition(f"/{RECORD}")[0].rpartition("/")[2]
        records = self.house.reads("hansel", f"/v1/{resource}?limit=100")["items"]
        sources = SOURCES.get(operation.path, frozenset())
        fitting = [each for each in records if each["state"] in sources]
        return next(iter(fitting or records), {"id": STAND_IN, "version": 1})


def test_every_check_is_made_or_has_its_reason() -> None:
    assert {*CHECKED, *NOT_CHECKED} == {*CHECKS.get_all_names(), "max_response_time"}
