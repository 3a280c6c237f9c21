"""Every route is on the list that is reviewed, says who may ask, and means it: a route that says nothing is not served unseen."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from api.access import (
    ANYBODY,
    ANYBODY_KNOWN,
    FROM_THE_FRAMEWORK,
    HEADINGS,
    UnguardedRoute,
    as_table,
    inventory,
    lets,
    lets_anybody,
)
from api.app import create_app
from api.transitions import kebab
from models.posts import Post
from models.roles import GRANTED, Duty, Role
from models.settings import PolicySettings
from service.settings import Settings
from tests.house import HOME, House, policy
from tests.posting import posted
from tests.stories import begin_one_of_each
from workflows.registry import ALL

COMMITTED = Path("docs/route-inventory.tsv")
FOR_BROWSERS = {
    *(
        f"{method} /practices/{{code}}/data-protection-complaint{path}"
        for path, methods in {
            "": ("GET",), "/ask/{step}": ("GET", "POST"), "/check": ("GET", "POST"), "/sent": ("GET",), "/again": ("POST",),
        }.items()
        for method in methods
    ),
    "GET /practices/{code}/rights", "GET /practices/{code}/rights/ask/{step}", "POST /practices/{code}/rights/ask/{step}",
    "GET /practices/{code}/rights/check", "POST /practices/{code}/rights/check", "GET /practices/{code}/rights/sent",
    "POST /practices/{code}/rights/again", "GET /practices/{code}/rights/status", "POST /practices/{code}/rights/status",
    "GET /practices/{code}/rights/progress", "POST /practices/{code}/rights/send-code", "GET /practices/{code}/rights/code",
    "POST /practices/{code}/rights/code", "GET /practices/{code}/rights/withdraw", "POST /practices/{code}/rights/withdraw",
    "GET /practices/{code}/rights/withdraw/confirm", "POST /practices/{code}/rights/withdraw/confirm",
    "GET /practices/{code}/rights/withdrawn",
}  # fmt: skip
"""Reviewed: the forms on which anybody asks for something, and what is told of it to the browser that asked."""

PUBLIC = {
    "GET /livez", "GET /readyz", "GET /healthz", "GET /version", "GET /metrics", "GET /problems/{code}",
    "GET /docs", "GET /redoc", "GET /openapi.json", "GET /static", "GET /assets",
    "GET /practices/{code}/calendar-feeds/{record_id}/deadlines-{secret}.ics",
    "GET /practices/{code}/guidance", "GET /practices/{code}/guidance.{ending}", *FOR_BROWSERS,
}  # fmt: skip
"""Reviewed: what anybody may ask for without a token. None of it is of any practice, but for the guidance that it publishes,
what is due there, for whoever has the secret of a link, and what somebody sent, for their own browser."""

BESIDE_THE_LAW = 36
"""Routes with a token that no declaration makes, counted by hand: clauses 2, workflows 2, audit entries 2, access entries 2,
events 1, findings of a version and of a post 2, differences 1, guidance of a version 1, who has acknowledged a
version and training notes on it 2, conduct checks 1, deadlines 1, searches for people 1, the warning ledger 1,
removal help 2, files of evidence 1, letters as documents 4, the law by its day 1, a person's cases 1, counts of cases 1,
reports on people 1, what a website passes on 1, searches for who declines a trainee 1, guidance on rights 1, suggestions
and history of a rights request, in print too, 3."""

Row = dict[str, str]


@functools.cache
def app() -> FastAPI:
    """The whole application, over no database at all."""
    return create_app(Settings(data_folder=Path("never-made")))


def rows_in(text: str) -> list[Row]:
    """The list, as data."""
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def rows() -> list[Row]:
    """The list as it is committed."""
    return rows_in(COMMITTED.read_text(encoding="utf-8"))


def name(row: Row) -> str:
    """A route, as the other lists name it."""
    return f"{row['method']} {row['path']}"


GUARDED = [row for row in rows() if row["public"] == "no"]


# The list is whole


def test_the_list_that_is_reviewed_is_the_one_that_is_served() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == as_table(inventory(app())), "generate it: make openapi"
    assert tuple(rows()[0]) == HEADINGS
    assert len({name(row) for row in rows()}) == len(rows())


def test_the_count_of_routes_comes_from_another_source_too() -> None:
    """From the declarations, and from counting by hand: a walk that sees nothing would be found."""
    declared = sum(2 + len([law for law in workflow.laws if law.by]) for workflow in ALL)
    assert len(GUARDED) == declared + BESIDE_THE_LAW
    assert {name(row) for row in rows() if row["public"] == "yes"} == PUBLIC
    assert len(rows()) == declared + BESIDE_THE_LAW + len(PUBLIC) > 65


def test_whatever_is_described_is_on_the_list_and_what_is_not_is_known() -> None:
    described = {
        f"{method.upper()} {path}" for path, operations in app().openapi()["paths"].items() for method in operations
    }
    listed = {name(row) for row in rows()}
    assert described <= listed
    assert listed - described == FOR_BROWSERS | {
        f"GET {path}" for path in ("/healthz", "/metrics", "/docs", "/redoc", "/openapi.json", "/static", "/assets")
    }


def test_every_kind_of_route_is_walked() -> None:
    """Mounts and routes of the framework itself are on the list; an included router's are, too."""
    kinds = {type(each.original_route).__name__ for each in iter_route_contexts(app().routes)}
    assert kinds == {"DirectRoute", "APIRoute", "Route", "Mount"}
    assert {row["path"] for row in rows()} >= FROM_THE_FRAMEWORK.keys()


# Every route says one thing, and what changes something is in the trail


def test_every_route_says_what_it_does_and_who_may_ask() -> None:
    for row in GUARDED:
        assert row["path"].startswith("/v1/"), name(row)
        assert row["action"].count(".") == 1, name(row)
        roles = set() if row["who_may"] == ANYBODY_KNOWN else set(row["who_may"].split(", "))
        assert roles <= {*Role, *Duty}, name(row)
    alone = [row["action"] for row in GUARDED]
    assert len(set(alone)) == len(alone)
    assert {row["action"] for row in GUARDED if row["who_may"] == ANYBODY_KNOWN} == {"workflow.list", "workflow.read"}
    assert {row["who_may"] for row in rows() if row["public"] == "yes"} == {ANYBODY}


def test_the_list_says_what_the_law_says() -> None:
    """Who may ask, and that a change is in the trail, happens once for each key, and to the version that was seen."""
    by_action = {row["action"]: row for row in GUARDED}
    for workflow in ALL:
        for law in (each for each in workflow.laws if each.by):
            row = by_action[repr(law)]
            assert row["who_may"] == ", ".join(law.by)
            assert (row["method"], row["audited"], row["idempotent"]) == ("POST", "yes", "yes")
            assert row["if_match"] == ("yes" if law.name in workflow.transitions else "no")
    reading = [row for row in GUARDED if row["method"] == "GET"]
    assert {(row["idempotent"], row["if_match"]) for row in reading} == {("no", "no")}
    keeps_nothing = {row["action"] for row in GUARDED if row["method"] == "POST" and row["audited"] == "no"}
    assert keeps_nothing == {"conduct.check"}


# A route that is planted is found


async def planted(*_: Any) -> PlainTextResponse:
    """Show everything to everybody."""
    return PlainTextResponse("everything")


def planting(where: str) -> FastAPI:
    """The application, with a route in it of which nobody said who may ask."""
    made = create_app(Settings(data_folder=Path("never-made")))
    router = APIRouter()
    router.add_api_route("/v1/planted", planted)
    match where:
        case "on the application":
            made.add_api_route("/v1/planted", planted)
        case "undocumented":
            made.add_api_route("/v1/planted", planted, include_in_schema=False)
        case "in a router":
            made.include_router(router)
        case "in a router in a router":
            outer = APIRouter(prefix="/outer")
            outer.include_router(router)
            made.include_router(outer)
        case "by the framework below":
            made.router.routes.append(Route("/v1/planted", planted))
        case "as a mount":
            made.router.routes.append(Mount("/v1/planted", app=PlainTextResponse("everything")))
    return made


@pytest.mark.parametrize(
    "where",
    [
        "on the application", "undocumented", "in a router", "in a router in a router", "by the framework below", "as a mount",
    ],
)  # fmt: skip
def test_an_unguarded_route_is_found_wherever_it_is_planted(where: str) -> None:
    with pytest.raises(UnguardedRoute, match="planted says nothing of who may ask"):
        inventory(planting(where))


def test_a_route_that_says_something_changes_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that somebody sees it in review, whatever it says."""
    for saying in (lets("planted.show"), lets_anybody("planted.show")):
        monkeypatch.setattr(planted, "access", saying(planted).access, raising=False)  # type: ignore[attr-defined]  # said of it a moment ago
        served = rows_in(as_table(inventory(planting("undocumented"))))
        assert [name(row) for row in served if row not in rows()] == ["GET /v1/planted"]
    assert {name(row) for row in served if row["public"] == "yes"} - PUBLIC == {"GET /v1/planted"}


# What the list says is so


NOBODYS = "01900000-0000-7000-8000-000000000000"
SEEN_OWN = {kebab(each.resource): each for each in ALL if each.seen_own}
"""The kinds of which staff see their own records, and not those that are somebody else's."""
ANSWERS = {"role": 403, "not_found": 404}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_without_a_token_nothing_on_the_list_answers_but_what_is_public(house: House) -> None:
    for row in rows():
        house.clock.wind(seconds=1)  # who fails too often is told to wait
        path = address(row, {}) if row["path"] not in {"/static", "/assets"} else f"{row['path']}/favicon.svg"
        answer = house.client.request(row["method"], path, headers={"If-Match": '"1"'}, json={})
        if row["public"] == "no":
            assert (answer.status_code, answer.json()["code"]) == (401, "not_recognised"), name(row)
            for token in ("Bearer", "Bearer nonsense", "Basic aGFuc2VsOmdyZXRlbA=="):
                again = house.client.request(row["method"], path, headers={"Authorization": token})
                assert again.status_code == 401, name(row)
        else:
            assert answer.status_code == (404 if "{code}" in row["path"] else 200), name(row)


def address(row: Row, records: dict[str, str]) -> str:
    """Where a route is, for one record of its kind."""
    resource = row["path"].split("/")[2] if row["path"].startswith("/v1/") else ""
    known = records.get(resource, NOBODYS)
    fills = {
        "record_id": known,
        "entry_id": known,
        "policy_id": records.get("policies", NOBODYS),
        "code": HOME if row["public"] == "no" else "none",
        "step": "right",
        "ending": "html",
        "site": "google",
        "secret": "guessed",
    }
    return row["path"].format(**fills, key=records.get("key", "none"), resource="posts")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_whoever_may_not_ask_is_refused_and_nobody_else_is_for_their_role(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list against the application, role by role: 403 or 404 for those who are not on it, neither for those who are."""
    people = {role: f"only-{role}".replace("_", "-") for role in sorted(GRANTED)}
    for role, subject in people.items():
        draft = {"subject": subject, "name": "Somebody", "roles": [{"role": role}]}
        assert house.ask("hansel", "POST", "/v1/staff", json=draft).status_code == 201
    with monkeypatch.context() as patched:
        patched.setattr(Post, "sensitive", True)  # so that it is written down who was shown one
        house.reads("hansel", "/v1/posts")
    records = one_of_each(house)
    tried = 0
    for row in GUARDED:
        allowed, seeing = set(holders(row["who_may"].split(", "))), others_seen_by(row)
        for person, roles in everybody(people):
            answer = house.ask(person, row["method"], address(row, records), json={}, headers={"If-Match": '"999"'})
            refused = answer.status_code in ANSWERS.values() and answer.json()["code"] in ANSWERS
            let_in = row["who_may"] == ANYBODY_KNOWN or (roles & allowed and roles & seeing)
            assert refused == (not let_in), (name(row), roles, answer.text)
            tried += 1
    assert tried == len(GUARDED) * (len(people) + 1)


def others_seen_by(row: Row) -> set[Role]:
    """Who sees a record that is somebody else's and has just begun, where the route is about one."""
    workflow = SEEN_OWN.get(row["path"].split("/")[2]) if "{record_id}" in row["path"] else None
    if workflow is None:
        return set(Role)
    for_now = [role for role, states in workflow.seen_in.items() if workflow.starts in states]
    return set(holders([*workflow.seen_by, *for_now]))


def everybody(people: dict[Role, str]) -> Iterator[tuple[str, set[Role]]]:
    """Somebody with each role, and nobody in particular."""
    machines = {Role.PRACTICE_WEBSITE, Role.CLINICAL_SYSTEM}
    yield from ((subject, {role} if role in machines else {role, Role.STAFF}) for role, subject in people.items())
    yield "cinderella", {Role.STAFF}


def holders(by: Iterable[str]) -> Iterator[Role]:
    """The roles that are meant, as the practice's policy has it."""
    duties = PolicySettings.model_validate(policy("aspiro")["settings"]).duties
    for each in by:
        yield from getattr(duties, each).value if each in set(Duty) else [Role(each)] if each in set(Role) else []


KINDS = (
    "practices", "staff", "policies", "audit-entries", "access-entries", "acknowledgements", "briefings", "people",
    "monitoring-checks", "reviews", "evidence", "record-entries", "media-consents", "trainee-declines", "letters", "calendar-feeds",
    "rights-requests", "restrictions", "incidents", "warnings", "held-submissions", "data-protection-complaints",
    "recording-consents",
)  # fmt: skip


def one_of_each(house: House) -> dict[str, str]:
    """A record of each kind that everybody who may see any of its kind may see."""
    begin_one_of_each(house)
    posted(house)
    found = {each: house.reads("hansel", f"/v1/{each}", practice=HOME)["items"][0]["id"] for each in KINDS}
    key = house.reads("hansel", "/v1/clauses")["items"][0]["clause"]["key"]
    return {**found, "posts": house.published().json()["id"], "key": key}


def test_every_route_with_a_token_reads_the_request_itself() -> None:
    """The order of refusals is kept by the endpoint: nothing of FastAPI's stands before it."""
    for each in iter_route_contexts(app().routes):
        if isinstance(each.original_route, APIRoute) and str(each.path).startswith("/v1/"):
            assert type(each.original_route).__name__ == "DirectRoute", each.path
