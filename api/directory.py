"""Routes found by dictionary: a step for each part of an address, however many routes there are.

What is declared as a DirectRoute is answered from here. Whatever is not found goes on to the framework's own router, which
knows every route: the service's own pages, methods that an address does not take, and addresses that nobody declared.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import answer_to, is_answered
from api.transitions import DirectRoute

NAMED: Final = re.compile(r"\{\w+\}")


@dataclass(slots=True)
class Place:
    """Where addresses that begin alike go on: by a part that is written so, or by any part, which then has a name.

    A part that is both (`{name}.pdf`) is left to the framework, with whatever else could stand there.
    """

    written: dict[str, "Place"] = field(default_factory=dict)
    named: tuple[str, "Place"] | None = None
    routes: dict[str, DirectRoute] = field(default_factory=dict)
    """What stands here, by method."""
    left_to_framework: bool = False

    def on(self, part: str) -> "Place":
        """The next place of a declared address, made if nobody came here before. Raises ValueError for a second name."""
        if "{" not in part:
            return self.written.setdefault(part, Place())
        if not NAMED.fullmatch(part):
            self.left_to_framework = True
            return Place()
        name = part.strip("{}")
        self.named = self.named or (name, Place())
        if self.named[0] != name:
            raise ValueError(f"{part} has another name here: {self.named[0]}")
        return self.named[1]

    def find(self, method: str, parts: list[str], said: dict[str, str]) -> tuple[DirectRoute, dict[str, str]] | None:
        """The route that the rest of an address leads to: by what is written there, or else by name."""
        if not parts:
            route = self.routes.get(method)
            return None if route is None else (route, said)
        part, *rest = parts
        written = self.written.get(part)
        found = written.find(method, rest, said) if written else None
        if found or self.named is None or self.left_to_framework or not part:
            return found
        name, following = self.named
        return following.find(method, rest, {**said, name: part})


class Directory:
    """Every route of some that can be found by dictionary."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        """Enter each; of two for one address and method the first counts, as it does for the framework."""
        self.root = Place()
        for route in routes:
            if isinstance(route, DirectRoute):
                self.enter(route)

    def enter(self, route: DirectRoute) -> None:
        """Enter one route."""
        place = self.root
        for part in route.path.split("/"):
            place = place.on(part)
        for method in route.methods or ():
            place.routes.setdefault(method, route)

    def find(self, method: str, path: str) -> tuple[DirectRoute, dict[str, str]] | None:
        """The route for an address, and what its named parts say."""
        return self.root.find(method, path.split("/"), {})


class ByDirectory:
    """Answers what is in the directory, refusals too, and hands everything else on."""

    def __init__(self, app: ASGIApp, router: APIRouter) -> None:
        """Stand in front of `app`, and know what is in `router`, to which nothing is added any more."""
        self.app, self.directory = app, Directory(router.routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        found = None
        if scope["type"] == "http" and not scope.get("root_path"):
            found = self.directory.find(scope["method"], scope["path"])
        if found is None:
            await self.app(scope, receive, send)
            return
        scope["route"], scope["path_params"] = found
        await (await answered(found[0], Request(scope, receive, send)))(scope, receive, send)


async def answered(route: DirectRoute, request: Request) -> Any:
    """What the endpoint answers, or why not."""
    try:
        return await route.endpoint(request)
    except Exception as why:
        if not is_answered(why):
            raise
        return await answer_to(request, why)
