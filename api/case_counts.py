"""How many cases there are, without anybody's name: for the partners' meeting and for the inspector."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import lets
from api.requests import Caller, asked_once, narrowed_by, unit_of_work
from api.transitions import DirectRoute, answers, takes
from models.moments import Day
from service import about_people
from service.store.tallies import ARRIVAL, Period, ended, tallied
from service.unit_of_work import UnitOfWork
from workflows.engine import Workflow
from workflows.people import HANDLERS, people

LONDON: Final = ZoneInfo("Europe/London")
FROM: Final = Annotated[Day, Query(alias="from")]


class CountsQuery(BaseModel):
    """From which day to which, both included, in London."""

    model_config = ConfigDict(extra="forbid")

    since: Day = Field(alias="from")
    to: Day


class CaseCounts(BaseModel):
    """One kind of case. `open`, `overdue`, `by_state` and `by_sort` are as things stand now; the rest is of the period.

    `opened` were written down in it. `received` truly arrived in it, whenever they were written down: the number of complaints
    that the regulator may ask for (Data Protection Act 2018, section 164B). It is null for kinds that have no day of receipt.
    """

    kind: str
    open: int
    overdue: int
    by_state: dict[str, int]
    by_sort: dict[str, int]
    opened: int
    received: int | None
    ended: int
    by_outcome: dict[str, int]


class Counts(BaseModel):
    """Cases of every kind, counted over a period of days in London, both included."""

    model_config = ConfigDict(serialize_by_alias=True, populate_by_name=True)

    since: date = Field(alias="from")
    to: date
    kinds: list[CaseCounts]


def add_case_counts(router: APIRouter) -> None:
    """`GET /v1/case-counts`."""
    router.add_api_route(
        "/v1/case-counts", takes(count_cases, since=FROM, to=Day, caller=Caller), methods=["GET"],
        operation_id="count_cases", response_model=Counts, responses=answers(403, 422), tags=["cases"],
        route_class_override=DirectRoute,
    )  # fmt: skip


@lets("case.count", by=HANDLERS)
async def count_cases(request: Request) -> Response:
    """Count cases by kind, state, sort and outcome, without anybody's name; `from` and `to` are days, both included.

    The numbers are exact, for those who may see the cases anyhow. Before any of them is made public, numbers below five are
    left out, since somebody could be recognised by them.
    """
    work = await unit_of_work(request)
    act = await work.permitted(people, HANDLERS)
    asked = narrowed_by(CountsQuery, asked_once(request))
    period = Period(beginning(asked.since), beginning(asked.to + timedelta(days=1)), act.at, asked.since, asked.to)
    kinds = [await counted(work, each, period) for each in about_people.CASES]
    body = Counts(since=asked.since, to=asked.to, kinds=kinds).model_dump_json()
    return Response(body, 200, {"Cache-Control": "no-store"}, "application/json")


def beginning(day: date) -> datetime:
    """When a day begins in London."""
    return datetime.combine(day, time(), LONDON)


async def counted(work: UnitOfWork, workflow: Workflow[Any], period: Period) -> CaseCounts:
    """One kind of case."""
    practice, ends = work.principal.practice, frozenset(map(str, workflow.ends))
    found = await tallied(work.store, workflow.kind, practice, period)
    outcomes = await ended(work.store, workflow.name, ends, practice, period)
    states, sorts = Counter[str](), Counter[str]()
    for each in found:
        states[each.state] += each.count
        sorts[each.sort or workflow.name] += each.count
    still = [each for each in found if each.state not in ends]
    return CaseCounts(
        kind=workflow.name, open=sum(each.count for each in still), overdue=sum(each.overdue for each in still),
        by_state=dict(states), by_sort=dict(sorts), opened=sum(each.opened for each in found),
        received=sum(each.received or 0 for each in found) if ARRIVAL in workflow.kind.model_fields else None,
        ended=sum(outcomes.values()), by_outcome=outcomes,
    )  # fmt: skip
