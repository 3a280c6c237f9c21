"""Keys in files: bad ones are refused, newer ones take the place of older ones amid work, and a missing one is told."""

import secrets
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from service.key_files import KeyFileRefused, encryption_secret
from service.key_ring import KeyRing
from service.key_rotation import rotate
from service.settings import Settings, SettingsRefused
from service.store import Renewal
from tests.commands import run
from tests.databases import as_owner
from tests.house import HOME, PERSON, PRACTICES, House, encryption_keys_in, house_over
from tests.ledger import assert_ledgers_agree, rows_of
from tests.stories import trail
from tests.test_people import NUMBER, search

ELSEWHERE = PRACTICES["coleridge"]
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def kept(path: Path, said: bytes, mode: int = 0o600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(said)
    path.chmod(mode)
    return path


def new_key(folder: Path, name: str) -> str:
    """Another key, as somebody hands it out. Returns its fingerprint once the ring has it."""
    kept(folder / f"{name}.key", secrets.token_hex(32).encode())
    return KeyRing(folder).newest.key_id


BAD = {
    "empty": b"",
    "short": secrets.token_hex(31).encode(),
    "long": secrets.token_hex(33).encode(),
    "not hexadecimal": b"x" * 64,
    "not bytes of a key": secrets.token_bytes(31),
    "zeros": b"0" * 64,
    "a pattern": b"deadbeef" * 8,
    "counted": bytes(range(32)),
    "counted in hexadecimal": bytes(range(32, 64)).hex().encode(),
    "a sentence of 32 characters": b"open sesame, said the fortieth t",
    "16 bytes in hexadecimal": secrets.token_hex(16).encode(),
    "an example of a standard": b"603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
    "the digest of nothing": b"E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
}


@pytest.mark.parametrize("said", BAD.values(), ids=BAD)
def test_what_is_no_random_key_is_refused_and_not_repeated(tmp_path: Path, said: bytes) -> None:
    kept(tmp_path / "keys" / "0001.key", said)
    with pytest.raises(SettingsRefused, match=r"^CHARTER_ENCRYPTION_KEYS: 0001\.key: ") as refused:
        Settings(data_folder=tmp_path).key_ring()
    assert not said or said.hex() not in str(refused.value)
    assert said.decode(errors="replace")[:8] not in str(refused.value) or len(said) < 8


def test_a_key_is_32_random_bytes_as_they_are_or_in_hexadecimal(tmp_path: Path) -> None:
    secret = secrets.token_bytes(32)
    for said in (secret, secret.hex().encode(), f" {secret.hex().upper()}\n".encode()):
        path = kept(tmp_path / "a.key", said, 0o600)
        path.chmod(0o440)
        assert encryption_secret(path) == secret
        path.unlink()


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o620, 0o660, 0o601])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    kept(tmp_path / "0001.key", secrets.token_hex(32).encode(), mode)
    with pytest.raises(KeyFileRefused, match="others"):
        KeyRing(tmp_path)


def test_a_folder_of_keys_has_a_key_and_none_twice(tmp_path: Path) -> None:
    for nothing in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(KeyFileRefused):
            KeyRing(nothing)
    said = secrets.token_bytes(32)
    kept(tmp_path / "0001.key", said)
    kept(tmp_path / "0002.key", said.hex().encode())
    kept(tmp_path / "notes.txt", b"not a key")
    with pytest.raises(KeyFileRefused, match=r"0002\.key: the same key stands in 0001\.key"):
        KeyRing(tmp_path)


def test_production_makes_no_key_and_takes_none_from_beside_its_data(tmp_path: Path) -> None:
    safe: dict[str, Any] = {
        "mode": "production", "data_folder": tmp_path, "token_issuer": "https://login.example.com",
        "token_keys": "https://login.example.com/keys.json",
    }  # fmt: skip
    new_key(tmp_path / "keys", "0001")
    for given in ({}, {"encryption_keys": tmp_path / "nowhere"}):
        with pytest.raises(SettingsRefused, match="CHARTER_ENCRYPTION_KEYS"):
            Settings(**safe, **given).key_ring()
    assert Settings(**safe, encryption_keys=tmp_path / "keys").key_ring().files == ("0001.key",)


def test_in_development_the_first_key_is_made_when_it_is_needed(tmp_path: Path) -> None:
    ring = Settings(data_folder=tmp_path).key_ring()
    assert not list(tmp_path.iterdir())
    assert ring.newest.name == "0001"
    assert Settings(data_folder=tmp_path).key_ring().newest.key_id == ring.newest.key_id
    assert (tmp_path / "keys" / "0001.key").stat().st_mode & 0o777 == 0o600


def test_a_key_never_serves_two_purposes_and_never_shows_itself(tmp_path: Path) -> None:
    secret = secrets.token_bytes(32)
    kept(tmp_path / "0001.key", secret)
    key = KeyRing(tmp_path).newest
    assert key.indexing != secret
    assert not {secret.hex(), key.indexing.hex(), repr(secret), repr(key.indexing)} & set(repr(key).split("'"))
    assert key.key_id not in secret.hex()


def test_the_trail_verifies_by_every_key_that_sealed_it(tmp_path: Path) -> None:
    """The newest seals; a folder of keys takes the place of the one file."""
    first = kept(tmp_path / "audit" / "0001.key", secrets.token_hex(32).encode())
    alone = Settings(audit_key_file=first).audit_key()
    kept(tmp_path / "audit" / "0002.key", secrets.token_hex(32).encode())
    key = Settings(audit_key_file=tmp_path / "audit").audit_key()
    assert key.ring == (key, alone)
    assert key.key_id != alone.key_id


# While the service serves


def rotated(house: House) -> Any:
    """What `charter keys rotate` does, from inside."""
    assert house.client.portal
    return house.client.portal.call(rotate, house.store)


def key_ids(house: House) -> dict[UUID, str]:
    """Under which key each record's own is."""
    return {UUID(str(each["record_id"])): each["key_id"] for each in rows_of(house, "record_key")}


def test_a_newer_key_takes_the_place_of_an_older_one_while_the_service_serves(house: House, tmp_path: Path) -> None:
    keys = encryption_keys_in(tmp_path / "data")
    old = KeyRing(keys).newest.key_id
    person, abroad = house.recorded(), house.recorded(practice=ELSEWHERE)
    newest = new_key(keys, "0002")
    younger = house.recorded(name="Rose Red", date_of_birth="2001-05-04")
    assert key_ids(house) == {
        UUID(person.json()["id"]): old,
        UUID(abroad.json()["id"]): old,
        UUID(younger.json()["id"]): newest,
    }
    assert search(house, nhs_number=NUMBER) == [person.json()["id"]]
    assert house.ask("bear", "POST", "/v1/people", json=PERSON).json()["guard"] == "number_is_new"

    done = rotated(house)
    assert (done.keys, done.indexes, done.unopened) == (2, 2, 0)
    assert set(key_ids(house).values()) == {newest}
    assert rotated(house).keys == 0
    (keys / "0001.key").unlink()
    assert house.client.get("/readyz").status_code == 200
    assert house.again("bear", person).json()["name"] == PERSON["name"]
    assert search(house, nhs_number=NUMBER) == [person.json()["id"]]
    assert search(house, name="Rose Red", date_of_birth="2001-05-04") == [younger.json()["id"]]
    corrected = house.does("bear", "correct", house.again("bear", person), json={**PERSON, "name": "Red"})
    assert (corrected.status_code, corrected.json()["version"]) == (200, 2)
    assert trail(house, person) == ["record", "correct"]
    assert_ledgers_agree(house)


def test_a_key_that_is_retired_too_early_is_missed_and_told(house: House, tmp_path: Path) -> None:
    """Nothing breaks, nothing is silently empty, and all is well once the file is back."""
    keys = encryption_keys_in(tmp_path / "data")
    person = house.recorded()
    first = (keys / "0001.key").read_bytes()
    new_key(keys, "0002")
    (keys / "0001.key").unlink()
    for ask in (
        lambda: house.client.get("/readyz"),
        lambda: house.again("bear", person),
        lambda: house.ask("bear", "GET", "/v1/people"),
        lambda: house.ask("owl", "GET", f"/v1/audit-entries?record_id={person.json()['id']}"),
        lambda: house.does("bear", "correct", person, json=PERSON),
    ):
        answer = ask()
        assert (answer.status_code, answer.json()["code"]) == (503, "key_missing")
        assert answer.headers["Retry-After"]
    assert house.client.get("/livez").status_code == 200
    assert house.ask("bear", "GET", "/v1/posts").status_code == 200
    assert house.recorded(name="Rose Red").status_code == 201
    assert rotated(house).unopened == 2
    kept(keys / "0001.key", first)
    assert house.client.get("/readyz").status_code == 200
    assert house.again("bear", person).json()["name"] == PERSON["name"]


def test_a_service_that_begins_without_a_key_is_not_ready(house: House, tmp_path: Path) -> None:
    person = house.recorded()
    keys = encryption_keys_in(tmp_path / "data")
    house.client.__exit__(None, None, None)
    new_key(tmp_path / "elsewhere" / "the-same-keys", "0002")
    (tmp_path / "elsewhere" / "the-same-keys" / "0001.key").unlink(missing_ok=True)
    try:
        with house_over(house.database, tmp_path / "elsewhere") as other:
            (tmp_path / "elsewhere" / "the-same-keys" / "0001.key").unlink()
            answer = other.client.get("/readyz")
            assert (answer.status_code, answer.json()["code"]) == (503, "key_missing")
            kept(tmp_path / "elsewhere" / "the-same-keys" / "0001.key", (keys / "0001.key").read_bytes())
            assert other.client.get("/readyz").status_code == 200
            assert other.again("bear", person).status_code == 200
    finally:
        house.client.__enter__()


@on_sqlite
def test_a_key_that_can_not_be_used_is_told_and_the_others_serve_on(house: House, tmp_path: Path) -> None:
    keys = encryption_keys_in(tmp_path / "data")
    person = house.recorded()
    kept(keys / "0002.key", b"half of a ke")
    assert house.recorded(name="Rose Red").status_code == 201
    assert house.again("bear", person).status_code == 200
    assert house.client.get("/readyz").json()["code"] == "key_missing"
    kept(keys / "0002.key", secrets.token_hex(32).encode())
    assert house.client.get("/readyz").status_code == 200


class Interrupted(Exception):
    """The process ends here."""


def test_a_rotation_that_ends_in_the_middle_leaves_every_record_readable(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At any step: and the next one does the rest."""
    people = [
        house.recorded(practice=code, name=f"Dwarf {turn}", date_of_birth="2001-05-04")
        for code in (HOME, ELSEWHERE)
        for turn in range(3)
    ]
    monkeypatch.setattr("service.store.record_keys.AT_ONCE", 1)
    keys, honest, rounds = encryption_keys_in(tmp_path / "data"), type(house.store).renew, 0
    new_key(keys, "0002")
    while True:
        budget = [rounds]

        async def renew(self: Any, renewal: Renewal, budget: list[int] = budget) -> None:
            if budget[0] == 0:
                raise Interrupted
            budget[0] -= 1
            await honest(self, renewal)

        with monkeypatch.context() as patched:
            patched.setattr(type(house.store), "renew", renew)
            try:
                rotated(house)
                finished = True
            except Interrupted:
                finished = False
        for turn, person in enumerate(people):
            code = HOME if turn < 3 else ELSEWHERE
            name = f"Dwarf {turn % 3}"
            assert house.again("bear", person, practice=code).json()["name"] == name
            assert search(house, practice=code, name=name, date_of_birth="2001-05-04") == [person.json()["id"]]
        if finished:
            break
        rounds = 1
    assert set(key_ids(house).values()) == {KeyRing(keys).newest.key_id}
    assert_ledgers_agree(house)


def test_a_change_meanwhile_is_not_undone_by_a_rotation(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An erased record's key does not come back, and who was corrected is found as they now are."""
    gone, corrected = house.recorded(name="Rose Red"), house.recorded(name="Red", date_of_birth="2001-05-04")
    new_key(encryption_keys_in(tmp_path / "data"), "0002")
    honest, meanwhile = type(house.store).renew, [True]

    async def renew(self: Any, renewal: Renewal) -> None:
        if meanwhile.pop() if meanwhile else False:
            as_owner(house.database, "DELETE FROM record_key WHERE record_id = ?", UUID(gone.json()["id"]))
        for each in renewal.parts:
            if hasattr(each, "record"):
                as_owner(house.database, "UPDATE person SET version = version + 1 WHERE id = ?", each.record.id)
        await honest(self, renewal)

    before = {UUID(str(each["id"])): each["name_and_birth_index"] for each in rows_of(house, "person")}
    with monkeypatch.context() as patched:
        patched.setattr(type(house.store), "renew", renew)
        rotated(house)
    assert set(key_ids(house)) == {UUID(corrected.json()["id"])}
    assert {UUID(str(each["id"])): each["name_and_birth_index"] for each in rows_of(house, "person")} == before


# The commands


@pytest.fixture
def installed(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house whose settings stand in the environment."""
    keys = encryption_keys_in(tmp_path / "data")
    for name, value in {
        "CHARTER_DATA_FOLDER": tmp_path / "data", "CHARTER_DATABASE": house.database, "CHARTER_ENCRYPTION_KEYS": keys,
        "CHARTER_AUDIT_KEY_FILE": tmp_path / "data" / "the-same-audit.key",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, str(value))
    return house


def test_the_commands_list_make_and_rotate_keys_and_show_no_secret(installed: House, tmp_path: Path) -> None:
    keys = encryption_keys_in(tmp_path / "data")
    installed.recorded()
    before = run("keys", "list")
    assert before.exit_code == 0
    assert "in use" in before.output
    assert f"{HOME}: 1" in before.output
    assert run("keys", "rotate").output.startswith("Record keys wrapped anew: 0.")
    made = run("keys", "new")
    assert (made.exit_code, made.output.startswith("0002 (")) == (0, True)
    after = run("keys", "rotate")
    assert after.exit_code == 0
    assert after.output.startswith("Record keys wrapped anew: 1. Indexes made anew: 1.")
    assert "Nothing here depends any more on: 0001." in after.output
    listed = run("keys", "list", "--json")
    (keys / "0001.key").rename(tmp_path / "retired.key")
    assert run("keys", "list").exit_code == 0
    assert installed.ask("bear", "GET", "/v1/people").json()["items"][0]["name"] == PERSON["name"]
    for each in (before, made, after, listed):
        for path in (*keys.iterdir(), tmp_path / "retired.key"):
            assert path.read_text().strip() not in each.output
    for name in ("0001", "0002", "../0003", "0"):
        assert run("keys", "new", "--name", name).exit_code == 1
    assert run("keys", "new", "--name", "2027-spring").exit_code == 0
    assert "give the next one a name" in run("keys", "new").output
    assert run("doctor").output.count("encryption keys") == 1


def test_a_rotation_says_when_something_can_not_be_opened(installed: House, tmp_path: Path) -> None:
    installed.recorded()
    keys = encryption_keys_in(tmp_path / "data")
    assert run("keys", "new").exit_code == 0
    (keys / "0001.key").unlink()
    refused = run("keys", "rotate")
    assert (refused.exit_code, "Could not be opened: 2." in refused.output) == (1, True)
    assert "not there" in run("keys", "list").output


def test_the_first_key_of_an_installation_is_made_by_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("CHARTER_ENCRYPTION_KEYS", str(tmp_path / "ring"))
    assert run("keys", "new").output.startswith("0001 (")
    assert [each.name for each in (tmp_path / "ring").iterdir()] == ["0001.key"]
