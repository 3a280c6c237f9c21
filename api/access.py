"""What a route lets whom do: said beside the route, and listed for review in `docs/route-inventory.tsv`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts

E = TypeVar("E", bound=Callable[..., Any])
HEADINGS = ("method", "path", "action", "who_may", "public", "audited", "idempotent", "if_match")
ANYBODY_KNOWN = "whoever has a token"
ANYBODY = "anybody"
ANSWERED_ANYHOW = frozenset({"HEAD", "OPTIONS"})


class UnguardedRoute(LookupError):
    """A route says nothing of who may ask."""


@dataclass(frozen=True, slots=True)
class Access:
    """One action, the roles and duties that give a right to it, and whether it leaves an entry in the audit trail.

    Nobody in particular in `by` means whoever has a token; a `public` one takes none.
    """

    action: str
    by: tuple[StrEnum, ...] = ()
    public: bool = False
    audited: bool = False


FROM_THE_FRAMEWORK = {
    "/openapi.json": Access("api.describe", public=True),
    "/static": Access("documentation.load", public=True),
    "/assets": Access("pages.load", public=True),
}
"""Routes whose endpoints are not ours to write on."""


def lets(action: str, *, by: Iterable[StrEnum] = (), audited: bool = False) -> Callable[[E], E]:
    """Say of an endpoint what it does and who may ask, such as `@lets("clause.list", by=seers(policies))`.

    The endpoint itself still has to ask; tests hold what it says against what it answers, role by role.
    """
    return declaring(Access(action, tuple(by), audited=audited))


def lets_anybody(action: str) -> Callable[[E], E]:
    """Say of an endpoint that it takes no token. Each such route is on a list that the tests keep."""
    return declaring(Access(action, public=True))


def declaring(access: Access) -> Callable[[E], E]:
    """Keep it where the inventory finds it."""

    def declared(endpoint: E) -> E:
        endpoint.access = access  # type: ignore[attr-defined]  # a function takes what is written on it
        return endpoint

    return declared


@dataclass(frozen=True, slots=True)
class InventoryRow:
    """One route, as a reviewer sees it."""

    method: str
    path: str
    access: Access
    idempotent: bool
    if_match: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """The row, in the order of the headings."""
        access = self.access
        who = ANYBODY if access.public else ", ".join(access.by) or ANYBODY_KNOWN
        flags = (access.public, access.audited, self.idempotent, self.if_match)
        return (self.method, self.path, access.action, who, *("yes" if each else "no" for each in flags))


def inventory(app: FastAPI) -> list[InventoryRow]:
    """Every route that is served, mounted and undocumented ones too, by path and method. Raises UnguardedRoute."""
    rows = (row for route in iter_route_contexts(app.routes) for row in rows_of(route))
    return sorted(rows, key=lambda each: (each.path, each.method))


def rows_of(route: RouteContext) -> Iterator[InventoryRow]:
    """One route, once for each of its methods."""
    access, headers = access_of(route), set(headers_of(getattr(route, "dependant", None)))
    for method in sorted(set(route.methods or {"GET"}) - ANSWERED_ANYHOW):
        yield InventoryRow(method, str(route.path), access, "idempotency-key" in headers, "if-match" in headers)


def access_of(route: RouteContext) -> Access:
    """What a route says of itself. Raises UnguardedRoute."""
    said = getattr(getattr(route.original_route, "endpoint", None), "access", None)
    access = said or FROM_THE_FRAMEWORK.get(str(route.path))
    if access is None:
        raise UnguardedRoute(f"{route.path} says nothing of who may ask: put @lets or @lets_anybody on its endpoint.")
    return access


def headers_of(dependant: Dependant | None) -> Iterator[str]:
    """The headers that a route documents, those of what it depends on too."""
    if dependant is not None:
        yield from (each.alias.lower() for each in dependant.header_params)
        for inner in dependant.dependencies:
            yield from headers_of(inner)


def as_table(rows: Iterable[InventoryRow]) -> str:
    """The inventory as it is committed: tab-separated, one route on a line."""
    return "".join("\t".join(each) + "\n" for each in (HEADINGS, *(row.cells for row in rows)))
