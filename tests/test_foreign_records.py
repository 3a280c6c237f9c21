"""Another practice's record is answered like one that never was, on every route, whoever asks; and nothing of it changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from api.access import access_of, inventory
from api.app import create_app
from service.settings import Settings
from service.store import postgres, sqlite
from service.store.prepared import Prepared
from tests.foreign import NEVER, asks_of_people, furnish_elsewhere, id_fields, trespass
from tests.forgetful import Forgetful, ForgetfulOfLists, ForgetfulOfRecords
from tests.house import PRACTICES, House, house_over
from tests.laws import LAWS

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize("database", ["postgres"], indirect=True)


def test_another_practices_records_are_like_those_that_never_were(house: House) -> None:
    """On every route, in its path, its query and its body; by somebody who holds every role at their own practice."""
    run = trespass(house, furnish_elsewhere(house))
    rows = inventory(house.client.app)  # type: ignore[arg-type]  # the client calls it only a callable
    read = {row.access.action for row in rows if row.method == "GET" and not row.access.public}
    assert run.asked == {name for name, law in LAWS.items() if law.by} | read
    assert run.fields == {place for law in LAWS.values() if law.by for place in id_fields(law.payload)}
    assert len(run.fields) >= 3
    assert len(asks_of_people()) >= 35
    assert run.answered > 500


def test_what_else_is_sent_names_no_record() -> None:
    """What people send to a route that no declaration makes has no identifier in it, but for questions about a person."""
    declared = {repr(law) for law in LAWS.values()}
    bodies = {
        str(route.path): [each.field_info.annotation for each in route.dependant.body_params]
        for route in iter_route_contexts(create_app(Settings(data_folder=Path("never-made"))).routes)
        if isinstance(route.original_route, APIRoute) and access_of(route).action not in declared
    }
    assert bodies["/v1/conduct-checks"]
    assert {path for path, kinds in bodies.items() if set().union(*map(id_fields, kinds))} == set(ABOUT_A_PERSON)


ABOUT_A_PERSON = ("/v1/case-searches", "/v1/person-reports", "/v1/warning-ledgers")


@pytest.mark.parametrize("path", ABOUT_A_PERSON)
def test_a_question_about_another_practices_person_finds_what_one_about_nobody_does(house: House, path: str) -> None:
    there = str(house.recorded(practice=PRACTICES["imperial"]).json()["id"])
    one, other = (house.ask("hansel", "POST", path, json={"person_id": each}) for each in (there, NEVER))
    assert one.status_code == other.status_code
    assert {**one.json(), "request_id": None} == {**json.loads(other.text.replace(NEVER, there)), "request_id": None}


@on_sqlite
@pytest.mark.parametrize(
    ("forgetful", "seen"),
    [(ForgetfulOfRecords, "practices/.*/correct-details'.*412"), (ForgetfulOfLists, "leave'.*200.*hands_over_to")],
    ids=["one record", "a list"],
)
def test_a_statement_that_forgot_the_practice_is_found(
    furnished: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forgetful: type[Prepared], seen: str
) -> None:
    """The faults that are made most often, planted where no second wall stands behind them."""
    with house_over(furnished, tmp_path / "data") as house:
        elsewhere, clock = furnish_elsewhere(house), house.clock
    monkeypatch.setattr(sqlite, "Prepared", forgetful)
    with house_over(furnished, tmp_path / "data", clock) as house, pytest.raises(AssertionError, match=seen):
        trespass(house, elsewhere)


@on_postgres
def test_with_statements_that_forgot_the_practice_the_second_wall_stands(
    furnished: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole application, every statement of its store without the condition: row-level security alone keeps them apart."""
    monkeypatch.setattr(postgres, "Prepared", Forgetful)
    with house_over(furnished, tmp_path / "data") as house:
        trespass(house, furnish_elsewhere(house))
