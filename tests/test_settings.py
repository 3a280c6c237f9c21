"""Settings are read once, say what they are for, and refuse what would not be safe."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from service.settings import PREFIX, Mode, Settings, SettingsRefused

SECRET = "kLm7Rw2zXq9Tb4Vn8Yc1Hd6Js3Gf5Pa0"
ISSUER = "https://login.example.com"
KEYS = "https://login.example.com/keys.json"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


@pytest.fixture
def safe(tmp_path: Path) -> dict[str, Any]:
    """All that production asks for."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    kept(folder / "audit.key", SECRET)
    return {"mode": "production", "data_folder": folder, "token_issuer": ISSUER, "token_keys": KEYS}


def kept(path: Path, secret: str, mode: int = 0o600) -> Path:
    path.write_text(secret)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_says_what_it_is_for(name: str) -> None:
    description = Settings.model_fields[name].description
    assert description is not None
    assert description.endswith(".")


def test_nothing_need_be_set_to_develop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings()

    assert settings.mode is Mode.DEVELOPMENT
    assert settings.database_address == "sqlite:///.charter/charter.db"
    assert settings.embedded_database
    assert settings.embedded_issuer
    assert not settings.operators
    assert not list(tmp_path.iterdir())


def test_each_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, safe: dict[str, Any]) -> None:
    for name, value in {
        **safe,
        "database": "postgresql://db/charter",
        "port": "8080",
        "documentation_on": "no",
    }.items():
        monkeypatch.setenv(f"CHARTER_{name.upper()}", str(value))
    monkeypatch.setenv("CHARTER_OPERATORS", "fairy-godmother, , cricket")
    monkeypatch.setenv("CHARTER_HOST", "")
    settings = Settings()

    assert settings.production
    assert settings.database_address == "postgresql://db/charter"
    assert not settings.embedded_database
    assert not settings.embedded_issuer
    assert settings.operators == {"fairy-godmother", "cricket"}
    assert (settings.host, settings.port, settings.documentation_on) == ("127.0.0.1", 8080, False)


@pytest.mark.parametrize(
    "database", ["mysql://db/charter", "sqlite://", "sqlite:///", "sqlite:///:memory:", "charter.db"]
)
def test_only_a_database_that_there_is_a_store_for_is_taken(database: str) -> None:
    with pytest.raises(SettingsRefused, match="CHARTER_DATABASE"):
        Settings(database=database)


@pytest.mark.parametrize(
    ("given", "networks"),
    [("", []), ("10.0.0.1", ["10.0.0.1/32"]), (" 10.0.0.0/8 ,, ::1 ,", ["10.0.0.0/8", "::1/128"])],
)
def test_proxies_are_trusted_by_address_or_network(given: str, networks: list[str]) -> None:
    assert sorted(str(each) for each in Settings(trusted_proxies=given).trusted_proxies) == networks


@pytest.mark.parametrize(
    "given", ["*", "proxy.example.com", "10.0.0.1/8", "0.0.0.0/0", "::/0", "10.0.0.256", "10.0.0.1;::1"]
)
def test_nobody_is_trusted_by_name_or_wholesale(given: str) -> None:
    with pytest.raises(SettingsRefused, match="CHARTER_TRUSTED_PROXIES"):
        Settings(trusted_proxies=given)


def test_a_refusal_names_each_setting_and_repeats_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_DATABASE", "mysql://charter:rumpelstiltskin@db/charter")
    monkeypatch.setenv("CHARTER_PORT", "tcp://rumpelstiltskin")
    with pytest.raises(SettingsRefused, match=r"CHARTER_DATABASE: .*; CHARTER_PORT: ") as refused:
        Settings()

    assert "rumpelstiltskin" not in str(refused.value)
    assert refused.value.__context__ is None


def test_the_password_of_the_database_is_not_shown() -> None:
    assert "rumpelstiltskin" not in repr(Settings(database="postgresql://charter:rumpelstiltskin@db/charter"))


def test_the_address_of_the_database_can_be_kept_in_a_file(tmp_path: Path) -> None:
    address = "postgresql://charter:rumpelstiltskin@db/charter"
    settings = Settings(database_file=kept(tmp_path / "database", f"{address}\n", 0o440))

    assert settings.database_address == address
    assert not settings.embedded_database
    assert "rumpelstiltskin" not in repr(settings)


@pytest.mark.parametrize(
    ("said", "mode", "also"),
    [
        ("postgresql://charter:rumpelstiltskin@db/charter", 0o644, {}),
        ("postgresql://charter:rumpelstiltskin@db/charter", 0o600, {"database": "sqlite:///charter.db"}),
        ("mysql://charter:rumpelstiltskin@db/charter", 0o600, {}),
        ("", 0o600, {}),
    ],
)
def test_a_file_that_does_not_keep_one_address_to_the_service_is_refused(
    tmp_path: Path, said: str, mode: int, also: dict[str, Any]
) -> None:
    with pytest.raises(SettingsRefused, match="CHARTER_DATABASE_FILE") as refused:
        Settings(database_file=kept(tmp_path / "database", said, mode), **also)
    assert "rumpelstiltskin" not in str(refused.value)


def test_production_takes_what_is_safe(safe: dict[str, Any]) -> None:
    assert Settings(**safe).audit_key().secret == SECRET.encode()
    assert Settings(**safe, database="sqlite:////var/lib/charter/charter.db").production
    assert Settings(**{**safe, "token_keys": "/run/secrets/keys.json"}).production


@pytest.mark.parametrize(
    ("unsafe", "said"),
    [
        ({"token_keys": None}, "CHARTER_TOKEN_KEYS"),
        ({"token_keys": "http://login.example.com/keys.json"}, "CHARTER_TOKEN_KEYS"),
        ({"token_issuer": "http://login.example.com"}, "CHARTER_TOKEN_ISSUER"),
    ],
)
def test_production_refuses_an_issuer_that_anybody_could_be(
    safe: dict[str, Any], unsafe: dict[str, Any], said: str
) -> None:
    with pytest.raises(SettingsRefused, match=said):
        Settings(**{**safe, **unsafe})
    assert not Settings(**{**safe, **unsafe, "mode": "development"}).production


@pytest.mark.parametrize("mode", [0o720, 0o702])
def test_production_refuses_a_data_folder_that_others_write_to(safe: dict[str, Any], mode: int) -> None:
    safe["data_folder"].chmod(mode)
    with pytest.raises(SettingsRefused, match="CHARTER_DATA_FOLDER"):
        Settings(**safe)


def test_development_makes_an_audit_key_once(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "new" / "data")
    made = settings.audit_key()

    assert stat.S_IMODE((tmp_path / "new" / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "data" / "audit.key").stat().st_mode) == 0o600
    assert settings.audit_key() == made
    assert len(bytes.fromhex(made.secret.decode())) == 32
    assert Settings(data_folder=tmp_path / "other").audit_key() != made
    assert [path.name for path in (tmp_path / "new" / "data").iterdir()] == ["audit.key"]


def test_a_key_is_named_by_what_it_is_and_not_by_where_it_lies(tmp_path: Path) -> None:
    names = [
        Settings(audit_key_file=kept(tmp_path / name, secret)).audit_key().key_id
        for name, secret in (("one", SECRET), ("two", f"{SECRET}\n"), ("three", SECRET[::-1]))
    ]
    assert names[0] == names[1] != names[2]
    assert all(len(name) == 12 and name not in SECRET for name in names)


def test_production_makes_no_audit_key(safe: dict[str, Any]) -> None:
    (safe["data_folder"] / "audit.key").unlink()
    with pytest.raises(SettingsRefused, match="CHARTER_AUDIT_KEY_FILE"):
        Settings(**safe).audit_key()
    assert not list(safe["data_folder"].iterdir())


@pytest.mark.parametrize(
    ("secret", "mode", "accepted"),
    [
        (SECRET, 0o440, True),
        (SECRET, 0o444, False),
        (SECRET, 0o460, False),
        (SECRET, 0o601, False),
        (SECRET[1:], 0o600, False),
        (f"{SECRET[1:]}\n", 0o600, False),
        ("k" * 64, 0o600, False),
        ("", 0o600, False),
    ],
)
def test_an_audit_key_is_long_and_random_and_kept_to_the_service(
    safe: dict[str, Any], secret: str, mode: int, accepted: bool
) -> None:
    settings = Settings(**safe, audit_key_file=kept(safe["data_folder"] / "other.key", secret, mode))
    if accepted:
        assert settings.audit_key().secret == secret.encode()
    else:
        with pytest.raises(SettingsRefused, match="CHARTER_AUDIT_KEY_FILE"):
            settings.audit_key()
