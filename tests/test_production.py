"""Production refuses what is fit for trying out: in one sentence, with nothing of what was set, and without a traceback."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from service.production import refusals
from service.settings import PREFIX, Settings, SettingsRefused
from tests.commands import run
from tests.databases import as_owner, fresh_sqlite
from tests.hostile_tokens import ELLIPTIC_JWK, JWKS, RSA_KEY

SECRET = "kLm7Rw2zXq9Tb4Vn8Yc1Hd6Js3Gf5Pa0"
ENCRYPTING = "9f1c3b7de2a04586b1d9f07a64c8e3520d7be19a4c6f8035e2b7d18c90af5e46"
PASSWORD = "rumpelstiltskin"
SYMMETRIC = {"kty": "oct", "k": "cnVtcGVsc3RpbHRza2lu", "kid": "shared", "alg": "HS256", "use": "sig"}


@pytest.fixture
def safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation for production, as its environment describes it."""
    for name in os.environ:
        if name.startswith((PREFIX, "PG", "PYTHON")):
            monkeypatch.delenv(name)
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (tmp_path / "keys.json").write_text(json.dumps(JWKS))
    secret(tmp_path / "audit.key", SECRET)
    (tmp_path / "keys").mkdir()
    secret(tmp_path / "keys/0001.key", ENCRYPTING)
    settings = {
        "MODE": "production", "DATA_FOLDER": data, "DATABASE": fresh_sqlite(data), "AUDIT_KEY_FILE": tmp_path / "audit.key",
        "ENCRYPTION_KEYS": tmp_path / "keys",
        "TOKEN_ISSUER": "https://login.example.com", "TOKEN_KEYS": tmp_path / "keys.json",
    }  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setenv(f"{PREFIX}{name}", str(value))
    return tmp_path


def secret(path: Path, said: str, mode: int = 0o600) -> None:
    path.write_text(said)
    path.chmod(mode)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """How a server was started, without starting one."""
    started: list[dict[str, Any]] = []
    monkeypatch.setattr(uvicorn, "run", lambda _, **how: started.append(how))
    return started


@pytest.mark.usefixtures("safe")
def test_what_is_safe_is_served(served: list[dict[str, Any]]) -> None:
    assert run("serve").exit_code == 0
    (how,) = served
    assert (how["reload"], how["access_log"], how["proxy_headers"], how["forwarded_allow_ips"]) == (
        False,
        False,
        False,
        [],
    )


Env = Callable[[str, str], None]
UNSAFE: dict[str, tuple[Callable[[Path, Env], None], str]] = {
    "embedded issuer": (lambda _, env: env("CHARTER_TOKEN_KEYS", ""), "CHARTER_TOKEN_KEYS"),
    "issuer by http": (lambda _, env: env("CHARTER_TOKEN_ISSUER", f"http://{PASSWORD}.example.com"), "CHARTER_TOKEN_ISSUER"),
    "issuer without an address": (lambda _, env: env("CHARTER_TOKEN_ISSUER", PASSWORD), "CHARTER_TOKEN_ISSUER"),
    "keys by http": (lambda _, env: env("CHARTER_TOKEN_KEYS", f"http://{PASSWORD}/keys"), "CHARTER_TOKEN_KEYS"),
    "keys by http from this machine": (lambda _, env: env("CHARTER_TOKEN_KEYS", "http://127.0.0.1/keys"), "CHARTER_TOKEN_KEYS"),
    "symmetric keys": (lambda at, _: jwks(at, SYMMETRIC), "signing keys|published keys"),
    "a symmetric key among others": (lambda at, _: jwks(at, ELLIPTIC_JWK, SYMMETRIC), "published keys"),
    "a symmetric algorithm": (lambda at, _: jwks(at, {**ELLIPTIC_JWK, "alg": "HS256"}), "published keys"),
    "a private key": (lambda at, _: jwks(at, {**ELLIPTIC_JWK, "d": "cnVtcGVsc3RpbHRza2lu"}), "published keys"),
    "a key in PEM": (lambda at, _: pem(at), "signing keys"),
    "no keys there": (lambda at, _: (at / "keys.json").unlink(), "signing keys"),
    "a folder that others can write to": (lambda at, _: (at / "data").chmod(0o702), "CHARTER_DATA_FOLDER"),
    "a folder that others can read": (lambda at, _: (at / "data").chmod(0o704), "CHARTER_DATA_FOLDER"),
    "a folder that others can enter": (lambda at, _: (at / "data").chmod(0o701), "CHARTER_DATA_FOLDER"),
    "a folder that its group can write to": (lambda at, _: (at / "data").chmod(0o770), "CHARTER_DATA_FOLDER"),
    "a database in an open folder": (lambda at, env: env("CHARTER_DATABASE", elsewhere(at)), "CHARTER_DATABASE"),
    "a password in the environment": (
        lambda _, env: env("CHARTER_DATABASE", f"postgresql://charter:{PASSWORD}@db/charter"), "CHARTER_DATABASE",
    ),
    "an empty password": (lambda _, env: env("CHARTER_DATABASE", "postgresql://charter:@db/charter"), "CHARTER_DATABASE"),
    "a password among the parameters": (
        lambda _, env: env("CHARTER_DATABASE", f"postgresql://db/charter?sslmode=verify-full&password={PASSWORD}"),
        "CHARTER_DATABASE",
    ),
    "an address that can't be read": (lambda _, env: env("CHARTER_DATABASE", f"postgresql://[{PASSWORD}"), "CHARTER_DATABASE"),
    "a password for the driver": (lambda _, env: env("PGPASSWORD", PASSWORD), "PGPASSWORD"),
    "the interpreter's debugging": (lambda _, env: env("PYTHONASYNCIODEBUG", "1"), "PYTHONASYNCIODEBUG"),
    "the interpreter for developers": (lambda _, env: env("PYTHONDEVMODE", "1"), "PYTHONDEVMODE"),
    "a secret that others can read": (lambda at, _: (at / "audit.key").chmod(0o644), "CHARTER_AUDIT_KEY_FILE"),
    "a secret that is not there": (lambda at, _: (at / "audit.key").unlink(), "CHARTER_AUDIT_KEY_FILE"),
    "a secret that is too short": (lambda at, _: secret(at / "audit.key", PASSWORD), "CHARTER_AUDIT_KEY_FILE"),
    "a secret that is not random": (lambda at, _: secret(at / "audit.key", "ab" * 32), "CHARTER_AUDIT_KEY_FILE"),
    "an example from a standard": (
        lambda at, _: secret(at / "audit.key", "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
        "CHARTER_AUDIT_KEY_FILE",
    ),
    "no keys to encrypt by": (lambda at, _: (at / "keys/0001.key").unlink(), "CHARTER_ENCRYPTION_KEYS"),
    "a key that others can read": (lambda at, _: (at / "keys/0001.key").chmod(0o644), "CHARTER_ENCRYPTION_KEYS"),
    "one secret that seals and encrypts": (
        lambda at, _: secret(at / "audit.key", ENCRYPTING.upper()), "one secret serves two purposes",
    ),
    "one secret that opens the database and seals": (
        lambda at, env: kept_address(at, env, SECRET), "one secret serves two purposes",
    ),
    "messages by http": (lambda at, env: by_http(at, env, "NOTIFY"), "CHARTER_NOTIFY_ADDRESS"),
    "messages of the NHS by http": (lambda at, env: by_http(at, env, "NHS_NOTIFY"), "CHARTER_NHS_NOTIFY_ADDRESS"),
    "no such mode": (lambda _, env: env("CHARTER_MODE", PASSWORD), "CHARTER_MODE"),
    "two databases": (lambda at, env: env("CHARTER_DATABASE_FILE", str(at / "audit.key")), "CHARTER_DATABASE_FILE"),
}  # fmt: skip


def jwks(at: Path, *keys: dict[str, str]) -> None:
    (at / "keys.json").write_text(json.dumps({"keys": keys}))


def by_http(at: Path, env: Env, carrier: str) -> None:
    """Messages would be handed over in the clear."""
    env(f"CHARTER_{carrier}_KEY_FILE", str(at / "audit.key"))
    env(f"CHARTER_{carrier}_ADDRESS", f"http://{PASSWORD}.example.com")


def kept_address(at: Path, env: Env, password: str) -> None:
    """The database's address with a password, in a file."""
    env("CHARTER_DATABASE", "")
    secret(at / "address", f"postgresql://charter:{password}@db.example.com/charter")
    env("CHARTER_DATABASE_FILE", str(at / "address"))


def pem(at: Path) -> None:
    (at / "keys.json").write_bytes(RSA_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def elsewhere(at: Path) -> str:
    (at / "open").mkdir()
    (at / "open").chmod(0o755)
    return f"sqlite:///{at / 'open' / 'charter.db'}"


@pytest.mark.parametrize(("unsafe", "named"), UNSAFE.values(), ids=UNSAFE)
def test_production_does_not_begin_with_what_is_not_safe(
    safe: Path,
    served: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    unsafe: Callable[[Path, Env], None],
    named: str,
) -> None:
    unsafe(safe, monkeypatch.setenv)
    refused = run("serve")
    assert refused.exit_code == 1
    assert any(each in refused.stderr for each in named.split("|"))
    sentence = [line for line in refused.stderr.splitlines() if "signing_keys_left_out" not in line]
    assert len(sentence) == 1
    assert sentence[0].endswith((".", "'production'"))
    for kept_quiet in (PASSWORD, SECRET, "cnVtcGVsc3RpbHRza2lu", "Traceback"):
        assert kept_quiet not in refused.output
    assert not served


@pytest.mark.usefixtures("safe")
def test_the_code_that_serves_does_not_change_under_way(served: list[dict[str, Any]]) -> None:
    refused = run("serve", "--reload")
    assert (refused.exit_code, served) == (1, [])
    assert refused.stderr.startswith("--reload is for development")


@pytest.mark.usefixtures("safe")
@pytest.mark.parametrize("command", [["demo"], ["token", "--person", "hansel", "--practice", "ZZ0001"]])
def test_what_is_for_trying_out_is_not_for_production(command: list[str]) -> None:
    assert run(*command).exit_code == 1


@pytest.mark.usefixtures("safe")
@pytest.mark.parametrize(
    "address",
    [
        "postgresql://charter@db/charter?passfile=/run/secrets/pgpass", "postgresql:///charter?host=/run/postgresql",
        "postgresql://db/charter?sslmode=verify-full", "sqlite:////nowhere/that/is/there/charter.db",
    ],
)  # fmt: skip
def test_an_address_without_a_password_may_stand_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("CHARTER_DATABASE", address)
    assert list(refusals(Settings())) == []


def test_a_password_may_stand_in_a_file(safe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret(safe / "database", f"postgresql://charter:{PASSWORD}@db/charter", 0o440)
    monkeypatch.setenv("CHARTER_DATABASE", "")
    monkeypatch.setenv("CHARTER_DATABASE_FILE", str(safe / "database"))
    assert Settings().database_address.endswith("@db/charter")
    (safe / "database").chmod(0o444)
    with pytest.raises(SettingsRefused, match="CHARTER_DATABASE_FILE"):
        Settings()


def test_in_development_all_of_it_is_taken(safe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_MODE", "development")
    (safe / "data").chmod(0o755)
    monkeypatch.setenv("CHARTER_DATABASE", f"postgresql://charter:{PASSWORD}@db/charter")
    assert not Settings().production


@pytest.mark.usefixtures("safe")
def test_production_describes_itself_only_when_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not Settings().shows_documentation
    monkeypatch.setenv("CHARTER_DOCUMENTATION_ON", "true")
    assert Settings().shows_documentation
    assert Settings(mode="development").shows_documentation


def test_a_database_in_a_file_is_made_in_a_folder_that_is_closed(safe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"sqlite:///{safe / 'volume' / 'charter.db'}"
    monkeypatch.setenv("CHARTER_DATABASE", address)
    assert run("migrate").exit_code == 0
    assert (safe / "volume").stat().st_mode & 0o777 == 0o700
    assert as_owner(address, "SELECT count(*) FROM post") == [(0,)]
