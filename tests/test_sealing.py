"""What says who somebody is, is kept sealed: nothing of it stands anywhere in the clear, and it opens in its own place alone."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from sqlalchemy import make_url

from models.people import Person, PersonDetails
from models.sealing import Ciphertext, Sealed
from service.audit import verified
from service.settings import SQLITE
from service.store.statements import table_of
from tests.databases import address_of_owner, as_owner, copy_of, drop
from tests.house import HOME, PERSON, PRACTICES, House, house_over
from tests.ledger import assert_ledgers_agree, entries_of, rows_of
from tests.postgres import program
from tests.stories import refused
from tests.test_people import NUMBER, erased, merged

ELSEWHERE = PRACTICES["coleridge"]
CANARIES = (
    "Riding Hood", NUMBER, "999 000 0123", "2001-05-04", "Forest Path", "ZZ99", "960002", "red@example", "basket",
    "canary reason", "Hood the Elder",
)  # fmt: skip
SEALED = [each.name for each in table_of(Person).c if isinstance(each.type, Sealed)]


def canaries_in(kept: bytes) -> set[str]:
    """What of it can be read."""
    return {each for each in CANARIES if each.casefold().encode() in kept.lower()}


def busy_morning(house: House) -> Response:
    """Somebody is recorded, corrected, merged, looked for, and refused."""
    person = house.recorded()
    corrected = house.does("bear", "correct", person, json={**PERSON, "name": "Red Riding Hood the Elder"})
    other = house.recorded(name="Red Riding Hood", date_of_birth="2001-05-04", note="Seen with a basket.")
    assert merged(house, other, person, reason="A canary reason.").status_code == 200
    for said in ({"nhs_number": NUMBER}, {"name": "Red Riding Hood", "date_of_birth": "2001-05-04"}):
        headers = {"Idempotency-Key": "once"}
        assert house.ask("bear", "POST", "/v1/person-searches", json=said, headers=headers).status_code == 200
    assert refused(house.ask("bear", "POST", "/v1/people", json=PERSON, headers={"Idempotency-Key": "k"}))[0] == 422
    said = {"note": "Carries a basket."}
    assert house.ask("bear", "POST", "/v1/people", json=said, headers={"Idempotency-Key": "one"}).status_code == 201
    return corrected


def kept_by(house: House) -> Iterator[bytes]:
    """Every byte that the database keeps: its files, or a dump and every row as its owner sees it."""
    if house.database.startswith(SQLITE):
        path = Path(house.database.removeprefix(SQLITE))
        yield from (each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
        return
    owner = make_url(address_of_owner(house.database)).set(drivername="postgresql")
    dump = [str(program("pg_dump")), f"--dbname={owner.render_as_string(hide_password=False)}"]
    yield subprocess.run(dump, check=True, capture_output=True).stdout  # noqa: S603 - the server's own program


def test_nothing_of_who_somebody_is_stands_in_the_database(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither in a record, nor in what the trail says was sent, an event, a receipt, or the log."""
    busy_morning(house)
    kept = b"".join(kept_by(house))
    assert len(kept) > 100_000
    assert b"gingerbread" in kept.lower()
    assert canaries_in(kept) == set()
    for table in ("person", "audit_entry", "event", "receipt", "record_key"):
        rows = repr(rows_of(house, table)).encode()
        assert len(rows) > 100
        assert canaries_in(rows) == set()
    assert canaries_in("".join(capfd.readouterr()).encode()) == set()


def test_what_was_sent_can_be_read_in_the_trail_by_those_who_read_it(house: House) -> None:
    person = busy_morning(house)
    told = house.reads("owl", f"/v1/audit-entries?record_id={person.json()['id']}")["items"]
    assert [each["transition"] for each in told] == ["record", "correct"]
    assert "Little Red Riding Hood" in told[0]["said"]
    assert "the Elder" in told[1]["said"]
    assert_ledgers_agree(house)


def columns_of_record(house: House, record: Response) -> dict[str, Any]:
    """The row of a record, as its owner sees it."""
    (row,) = [each for each in rows_of(house, "person") if UUID(str(each["id"])) == UUID(record.json()["id"])]
    return row


def put(house: House, record: Response, **columns: Any) -> None:
    """Write into a row behind the service's back."""
    for name, value in columns.items():
        as_owner(house.database, f"UPDATE person SET {name} = ? WHERE id = ?", value, UUID(record.json()["id"]))  # noqa: S608 - a column of ours


def assert_not_opened(house: House, record: Response, *, practice: str = HOME) -> None:
    """It is answered with a problem that says nothing, by itself and in a list, and nothing else breaks."""
    for path in (f"/v1/people/{record.json()['id']}", "/v1/people"):
        answer = house.ask("bear", "GET", path, practice=practice)
        assert (answer.status_code, answer.json()["code"]) == (500, "not_opened")
        assert canaries_in(answer.content) == set()
    assert house.ask("bear", "GET", "/v1/posts", practice=practice).status_code == 200
    assert house.client.get("/readyz").status_code == 200


def test_a_sealed_value_opens_in_its_own_place_alone(house: House) -> None:
    """Not in another row, column or practice, nor at another version; and nothing opens without its record's key."""
    person, twin = house.recorded(), house.recorded(name="Rose Red", note="Has a sister.")
    abroad = house.recorded(practice=ELSEWHERE)
    own, others, foreign = (columns_of_record(house, each) for each in (person, twin, abroad))
    earlier = own["name"]
    corrected = house.does("bear", "correct", person, json={**PERSON, "name": "Red"})
    own = columns_of_record(house, corrected)
    for column, moved in (
        ("name", others["name"]), ("name", foreign["name"]), ("name", own["note"]), ("name", earlier),
        ("name", own["name"][:-8] + "AAAAAAA="), ("name", "Red"), ("name", ""), ("contact", own["name"]),
    ):  # fmt: skip
        put(house, person, **{column: moved})
        assert_not_opened(house, person)
        put(house, person, **{column: own[column]})
        assert house.again("bear", person).json()["name"] == "Red"


def test_a_records_key_opens_nothing_of_another(house: House) -> None:
    person, abroad = house.recorded(), house.recorded(practice=ELSEWHERE)
    kept = {UUID(str(each["record_id"])): each["wrapped"] for each in rows_of(house, "record_key")}
    own, other = (UUID(each.json()["id"]) for each in (person, abroad))
    as_owner(house.database, "UPDATE record_key SET wrapped = ? WHERE record_id = ?", kept[other], own)
    assert_not_opened(house, person)
    as_owner(house.database, "DELETE FROM record_key WHERE record_id = ?", own)
    assert_not_opened(house, person)
    changed = house.ask("bear", "POST", f"/v1/people/{own}/correct", json={"name": "Red"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["code"]) == (500, "not_opened")
    assert house.again("bear", abroad).status_code == 404
    assert house.ask("bear", "GET", f"/v1/people/{other}", practice=ELSEWHERE).json()["name"] == PERSON["name"]


def test_what_the_trail_keeps_sealed_opens_in_its_own_entry_alone(house: House) -> None:
    """The database refuses to rewrite an entry; where somebody made it, nothing opens."""
    person = busy_morning(house)
    record_id = UUID(person.json()["id"])
    moved = {
        "sqlite": "DROP TRIGGER audit_entry_refuse_update",
        "postgres": "DROP TRIGGER refuse_update ON audit_entry",
    }
    as_owner(house.database, moved["sqlite" if house.database.startswith(SQLITE) else "postgres"])
    as_owner(
        house.database,
        "UPDATE audit_entry SET said = (SELECT said FROM audit_entry WHERE record_id = ? AND version = 1)"
        " WHERE record_id = ? AND version = 2",
        record_id, record_id,
    )  # fmt: skip
    answer = house.ask("owl", "GET", f"/v1/audit-entries?record_id={record_id}")
    assert (answer.status_code, answer.json()["code"]) == (500, "not_opened")
    assert canaries_in(answer.content) == set()


def test_once_the_key_is_destroyed_nothing_opens_and_the_trail_still_verifies(house: House) -> None:
    """PERSON-8: in the record, in the trail, or in whatever copy was made without the key."""
    person = house.does("bear", "correct", house.recorded(), json={**PERSON, "name": "Red Riding Hood the Elder"})
    before = [columns_of_record(house, person)[name] for name in SEALED]
    assert None not in before
    gone = erased(house, person)
    assert gone.status_code == 200
    row = columns_of_record(house, person)
    assert {row[name] for name in SEALED} | {row["nhs_number_index"], row["name_and_birth_index"]} == {None}
    record_id = UUID(person.json()["id"])
    assert record_id not in {UUID(str(each["record_id"])) for each in rows_of(house, "record_key")}
    chain = entries_of(house)[record_id]
    assert len(chain) == 4
    assert {(each.said, each.salt) for each in chain} == {(None, None)}
    assert verified([house.client.app.state.house.audit_key], chain, row["seal"])  # type: ignore[attr-defined]  # a callable, to the client
    put(house, person, name=before[0])
    assert house.again("bear", person).json()["code"] == "not_opened"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_key_that_is_destroyed_is_gone_from_the_file_and_from_its_log(house: House) -> None:
    """PERSON-8: what is deleted stays in a file until something else is written there, unless it is overwritten."""
    person, other = house.recorded(), house.recorded(name="Rose Red")
    keys = {UUID(str(each["record_id"])): each["wrapped"].encode() for each in rows_of(house, "record_key")}
    destroyed, remaining = (keys[UUID(each.json()["id"])] for each in (person, other))
    assert destroyed in b"".join(kept_by(house))
    assert erased(house, person).status_code == 200
    house.recorded(note="Whatever is written next, the log was emptied before.")
    kept = b"".join(kept_by(house))
    assert remaining in kept
    assert destroyed not in kept


def test_a_copy_from_before_opens_only_as_long_as_it_has_the_key(house: House, tmp_path: Path) -> None:
    """What an erasure can't reach: a copy of everything, key and all, until the key that wraps it is retired."""
    person = house.recorded()
    record_id = UUID(person.json()["id"])
    house.client.__exit__(None, None, None)
    copy = copy_of(house.database, tmp_path)
    try:
        with house_over(copy, tmp_path / "data") as restored:
            assert restored.again("bear", person).json()["name"] == PERSON["name"]
            as_owner(copy, "DELETE FROM record_key WHERE record_id = ?", record_id)
            assert restored.again("bear", person).json()["code"] == "not_opened"
    finally:
        drop(copy)
        house.client.__enter__()


def test_a_sealed_column_takes_nothing_in_the_clear() -> None:
    kind: Any = table_of(Person).c.name.type
    assert kind.process_bind_param(Ciphertext("sealed"), None) == "sealed"
    assert kind.process_bind_param(None, None) is None
    with pytest.raises(TypeError):
        kind.process_bind_param("Little Red Riding Hood", None)


def test_everything_that_says_who_somebody_is_is_sealed() -> None:
    assert set(SEALED) == set(PersonDetails.model_fields)
