"""What the directory finds is what the framework would find: it is a shorter way, and no other one."""

import asyncio
import re
from itertools import product
from typing import Any

import pytest
from fastapi import FastAPI, Response
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Message, Receive, Scope, Send

from api.app import add_everything
from api.directory import ByDirectory, Directory, Place
from api.transitions import DirectRoute
from tests.house import House

APP = FastAPI()
add_everything(APP, body_deadline=20, larger={}, documentation_on=True)
ROUTES = [each for each in APP.router.routes if isinstance(each, APIRoute)]
SOMETHING = "01234567-89ab-7def-8123-456789abcdef"


NAMED = re.compile(r"\{\w+\}")
MIXED = re.compile(r"[^/]\{|\}[^/]")
"""A part of an address that is written in part, and named in part."""


def addresses(route: APIRoute) -> list[str]:
    """Addresses of a route: with something in each named part, and with whatever another route has written there."""
    said = [
        [NAMED.sub(SOMETHING, part), *(sorted(written_at(place)) if part.startswith("{") else [])]
        for place, part in enumerate(route.path.split("/"))
    ]
    return ["/".join(each) for each in product(*said)]


def written_at(place: int) -> set[str]:
    """What any route has written at a place of its address."""
    parts = (each.path.split("/")[place : place + 1] for each in ROUTES)
    return {part for found in parts for part in found if part and not part.startswith("{")}


def framework_finds(method: str, path: str) -> Any:
    """The route that the framework takes, if one takes the method too."""
    scope = {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
    return next((each for each in APP.router.routes if each.matches(scope)[0] is Match.FULL), None)


def test_every_address_leads_where_the_framework_leads() -> None:
    directory, looked_at = Directory(APP.router.routes), 0
    for route in ROUTES:
        for path, method in product(addresses(route), ("GET", "POST", "DELETE", "HEAD")):
            found, expected = directory.find(method, path), framework_finds(method, path)
            shortened = isinstance(expected, DirectRoute) and not MIXED.search(expected.path)
            assert (found and found[0]) == (expected if shortened else None), (method, path)
            if found:
                assert (
                    expected.matches({"type": "http", "method": method, "path": path, "root_path": ""})[1][
                        "path_params"
                    ]
                    == found[1]
                )
                looked_at += 1
    by_name_alone = [each for each in ROUTES if isinstance(each, DirectRoute) and not MIXED.search(each.path)]
    assert looked_at > len(by_name_alone)


@pytest.mark.parametrize(
    "path", ["", "/", "/v1", "/v1/posts/", "//v1/posts", "/v1/posts/x/", "/v1/posts//submit", "/v1/nothing"]
)
def test_what_nobody_declared_is_not_found(path: str) -> None:
    assert Directory(APP.router.routes).find("GET", path) is None


def test_what_is_written_in_part_is_left_to_the_framework() -> None:
    async def endpoint() -> Response:
        return Response()

    either = [DirectRoute("/notes/{name}.{ending}", endpoint), DirectRoute("/notes/{name}", endpoint)]
    assert Directory(either).find("GET", "/notes/today.pdf") is None
    assert Directory(either).find("GET", "/notes/today") is None
    assert Directory(either[1:]).find("GET", "/notes/today") == (either[1], {"name": "today"})


def test_a_part_has_one_name() -> None:
    place = Place()
    assert place.on("{record_id}") is place.on("{record_id}")
    with pytest.raises(ValueError, match="another name"):
        place.on("{post_id}")


def test_requests_take_the_short_way(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DirectRoute, "handle", the_long_way)
    post = house.drafted()
    assert post.status_code == 201
    assert house.again("goldilocks", post).status_code == 200
    assert house.does("cinderella", "submit", post).status_code == 403
    assert house.ask("goldilocks", "DELETE", "/v1/posts").status_code == 500  # the framework says that nothing takes it


async def the_long_way(*_: object) -> None:
    """Through the framework's own router."""
    raise AssertionError("the framework's router was asked")


def test_behind_a_prefix_the_framework_finds_the_way() -> None:
    """A service that is mounted under a path is answered all the same."""
    handed_on: list[Scope] = []

    async def framework(scope: Scope, _receive: Receive, _send: Send) -> None:
        handed_on.append(scope)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(_message: Message) -> None:
        raise AssertionError("answered by the directory")

    scope = {"type": "http", "method": "GET", "path": "/charter/v1/posts", "root_path": "/charter", "headers": []}
    asyncio.run(ByDirectory(framework, APP.router)(scope, receive, send))
    assert handed_on == [scope]
