"""Whatever is done to the audit trail behind the service's back is found, and called by its name, by two verifiers."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from service.audit_findings import Verdict
from tests.databases import drop, fresh_postgres, fresh_sqlite
from tests.house import HOME, appoint
from tests.ledger import rows_of
from tests.witnessed import MISDEEDS, Witnessed, lines_of, put_back, without_the_last, witnessed_house


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def witness(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Witnessed]:
    """One house for all that is done to it, since it is always put back."""
    folder = tmp_path_factory.mktemp("witnessed")
    database = (
        fresh_sqlite(folder) if request.param == "sqlite" else fresh_postgres(request.getfixturevalue("postgres"))
    )
    with witnessed_house(database, folder, with_a_person=True) as made:
        yield made
    drop(database)


@pytest.fixture
def witnessed(witness: Witnessed) -> Iterator[Witnessed]:
    """The same, to be put back afterwards."""
    with put_back(witness) as made:
        yield made


def test_what_nobody_touched_verifies(witnessed: Witnessed) -> None:
    report = witnessed.verified()
    assert report.findings == []
    entries = [UUID(str(each["record_id"])) for each in rows_of(witnessed.house, "audit_entry")]
    assert (report.records, report.entries) == (len(set(entries)), len(entries))
    assert (report.accesses, report.checkpoints) == (4, 4)
    assert entries.count(witnessed.post) == 4
    assert (report.erased, report.unwitnessed) == (0, 0)
    assert witnessed.verified_elsewhere() == []
    assert witnessed.verified_elsewhere(with_key=False) == []


@pytest.mark.parametrize("misdeed", MISDEEDS)
def test_whatever_is_done_to_it_is_found_and_named(witnessed: Witnessed, misdeed: str) -> None:
    """AUDIT-4: by the service, and by a program that knows only the description of the export."""
    do, verdict = MISDEEDS[misdeed]
    do(witnessed)
    said = {each.verdict for each in witnessed.verified().findings}
    said_elsewhere = {each for each, _, _ in witnessed.verified_elsewhere()}
    assert verdict in said
    assert verdict in said_elsewhere
    assert said == said_elsewhere


def test_a_text_that_is_none_is_found_and_not_quoted(tmp_path: Path) -> None:
    """AUDIT-4: what can't be read was altered."""
    with witnessed_house(fresh_sqlite(tmp_path), tmp_path) as witnessed, put_back(witnessed):
        witnessed.sql("UPDATE audit_entry SET actor = CAST(x'476F6C64FF' AS TEXT) WHERE version = 2")
        findings = witnessed.verified().findings
        assert {each.verdict for each in findings} == {Verdict.ALTERED}
        assert "Gold" not in str(findings)
        witnessed.sql("UPDATE audit_entry SET actor = '' WHERE version = 2")


@pytest.mark.parametrize("misdeed", ["make an entry's roles no roles", "say that another key keeps a record"])
def test_what_can_not_be_read_hides_nothing_else_and_is_exported_without_its_values(
    witnessed: Witnessed, misdeed: str
) -> None:
    """AUDIT-4: each row is named by itself, and what was done to later ones is found as well."""
    MISDEEDS[misdeed][0](witnessed)
    witnessed.entry(4, actor="rumpelstiltskin")
    showing = witnessed.first_access
    witnessed.access(actor="rumpelstiltskin")
    rewritten = f"post {witnessed.post} version 4"
    found = {(each.verdict, each.what) for each in witnessed.verified().findings}
    assert found > {(Verdict.ALTERED, rewritten), (Verdict.ALTERED, f"access {showing}")}
    assert found > {(MISDEEDS[misdeed][1], each) for each in unreadable_in(witnessed)}
    elsewhere = {(verdict, what) for verdict, what, _ in witnessed.verified_elsewhere()}
    assert elsewhere > {("altered", rewritten), ("altered", f"access {showing}")}


def unreadable_in(witnessed: Witnessed) -> set[str]:
    """What the export says can't be read, as findings call it."""
    lines = [json.loads(each) for each in witnessed.exported().read_text().splitlines()]
    rows = [each for each in lines if each["line"] == "unreadable"]
    assert rows
    assert all(each.keys() == {"line", "table", "id", "record_id", "version", "seal", "why"} for each in rows)
    kinds = {"audit_entry": "post" if len(rows) == 1 else "person"}
    return {
        f"{kinds[each['table']]} {each['record_id']} version {each['version']}"
        if each["table"] in kinds
        else f"{each['table']} {each['record_id']}"
        for each in rows
    }


@pytest.mark.parametrize("witness", ["sqlite"], indirect=True)
def test_a_moment_that_is_none_is_found_and_exported(witnessed: Witnessed) -> None:
    """AUDIT-4: SQLite keeps whatever it is given."""
    witnessed.entry(2, at="garbage")
    witnessed.entry(3, actor="rumpelstiltskin")
    path = witnessed.exported()
    assert "garbage" not in path.read_text()
    post = f"post {witnessed.post}"
    assert {each.what for each in witnessed.verified().findings} == {f"{post} version 2", f"{post} version 3"}
    assert {verdict for verdict, _, _ in witnessed.verified_elsewhere()} == {"altered"}


def test_what_takes_the_key_is_found_by_the_checkpoints_alone(witnessed: Witnessed) -> None:
    """AUDIT-4: whoever has the database and the audit key still can't rewrite what is kept elsewhere."""
    MISDEEDS["rewrite it all with the key"][0](witnessed)
    assert {each.verdict for each in witnessed.verified().findings} == {Verdict.CHECKPOINT_MISMATCH}


def test_a_tail_that_is_cut_without_trace_is_found_by_the_checkpoints_alone(witnessed: Witnessed) -> None:
    """AUDIT-4: a chain that ends earlier is still a chain."""
    MISDEEDS["cut the tail and mend the head"][0](witnessed)
    (found,) = witnessed.verified().findings
    assert (found.verdict, found.what) == (Verdict.REMOVED, f"record {witnessed.post} version 4")


def test_a_lawful_erasure_is_nothing_wrong_and_one_that_nobody_asked_for_is(tmp_path: Path) -> None:
    """AUDIT-5: what was sent goes with its salt where the chain says so, and all the rest is still proven."""
    with witnessed_house(fresh_sqlite(tmp_path), tmp_path) as witnessed:
        house = witnessed.house
        appoint(house, "owl", HOME)
        person = house.recorded("hansel")
        proposed = house.does("hansel", "propose_erasure", person, json={"ground": "retention_ended"})
        assert house.does("owl", "erase", proposed).status_code == 200
        witnessed.checkpoint()
        report = witnessed.verified()
        assert (report.findings, report.erased) == ([], 3)
        assert witnessed.verified_elsewhere() == []
        house.recorded("hansel")
        witnessed.sql("DELETE FROM record_key")
        witnessed.sql(
            "UPDATE person SET name = NULL, date_of_birth = NULL, nhs_number = NULL, contact = NULL, note = NULL"
        )
        assert {each.verdict for each in witnessed.verified().findings} == {Verdict.ALTERED}
        assert {verdict for verdict, _, _ in witnessed.verified_elsewhere()} == {Verdict.ALTERED}


def test_what_is_too_new_for_a_checkpoint_is_counted_and_nothing_wrong(witnessed: Witnessed) -> None:
    lines_of(without_the_last, 0, 1)(witnessed)
    report = witnessed.verified()
    assert (report.findings, report.unwitnessed) == ([], 2)
    witnessed.house.clock.wind(days=1, seconds=1)
    assert [each.verdict for each in witnessed.verified().findings] == [Verdict.NEVER_WITNESSED]
