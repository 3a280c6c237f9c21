"""How an installation is set up: read once from the environment, and refused where it would not be safe.

Every setting is an environment variable: its name in capitals after `CHARTER_`, such as `CHARTER_DATA_FOLDER`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from itertools import permutations
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import from_json
from pydantic_settings import NoDecode, SettingsConfigDict

from models.moments import Day
from models.regulator import Regulator
from service.audit import AuditKey
from service.checkpoint_keys import CheckpointKeys, NotACheckpointKey, keep_new_key, keys_in
from service.key_files import KeyFileRefused, audit_secret, fingerprint, keep_new_secret, kept_apart, key_files
from service.key_ring import KeyRing
from service.message_settings import MessageSettings
from service.production import refusals
from service.request_settings import RequestSettings

PREFIX: Final = "CHARTER_"
EMBEDDED_DATABASE: Final = "charter.db"
EMBEDDED_ISSUER: Final = "http://127.0.0.1/charter"
AUDIT_KEY_FILE: Final = "audit.key"
CHECKPOINT_KEY_FILE: Final = "checkpoint.key"
CHECKPOINT_FOLDERS: Final = ("checkpoints-1", "checkpoints-2")
KEY_FOLDER: Final = "keys"
ISSUER_FOLDER: Final = "issuer"
SQLITE: Final = "sqlite:///"
POSTGRES: Final = "postgresql://"
FEWEST_SINKS: Final = 2


class SettingsRefused(Exception):
    """The settings are incomplete, or not safe. Says which, and never what a setting's value is."""


class Mode(StrEnum):
    """What the installation is for."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(RequestSettings, MessageSettings):
    """Everything that an installation can set. Raises `SettingsRefused`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    mode: Mode = Field(
        default=Mode.DEVELOPMENT,
        description="What the installation is for: `development`, or `production`, which refuses what is not safe.",
    )
    data_folder: Path = Field(
        default=Path(".charter"),
        description="Where the embedded database and the keys of development are kept.",
    )
    database: str = Field(
        default="",
        repr=False,
        description=(
            "Where records are kept: `sqlite:///path`, for one process, or `postgresql://...`, for any number. A "
            "password is best kept in a file: `CHARTER_DATABASE_FILE`, or one that the address names with `?passfile=`. "
            "Unset: SQLite in the data folder."
        ),
    )
    database_file: Path = Field(
        default=Path(),
        description=(
            "The file that says where records are kept, password and all, instead of `CHARTER_DATABASE`: for platforms "
            "that hand out secrets as files. Readable by the service alone, or by its group."
        ),
    )
    pool_size: int = Field(
        default=16,
        ge=1,
        le=200,
        description="How many connections to PostgreSQL each process holds at most.",
    )
    database_deadline: float = Field(
        default=5.0,
        ge=0.1,
        le=60,
        allow_inf_nan=False,
        description="How many seconds the database may take for one call before the request is answered 503.",
    )
    database_waiting: int = Field(
        default=256,
        ge=1,
        le=10_000,
        description="How many requests of each process may be at the database at once; one more is answered 503 at once.",
    )
    file_folder: Path = Field(
        default=Path(),
        description=(
            "The folder in which files of evidence are kept, sealed; every process of the service has to reach it. Unset: in "
            "the database."
        ),
    )
    audit_key_file: Path = Field(
        default=Path(),
        description=(
            "The file with the secret that seals the audit trail: at least 32 random bytes, kept apart from the "
            "database, and readable by the service alone. Or a folder of such files, each named `<name>.key`: the last "
            "one seals, the others still verify. Unset: in the data folder; in development it is made there."
        ),
    )
    encryption_keys: Path = Field(
        default=Path(),
        description=(
            "The folder with the keys that people's data are encrypted under: one file for each, `<name>.key`, of 32 "
            "random bytes, readable by the service alone. The last one by name is in use, the others open what was kept "
            "before. Unset: in the data folder, in development alone, where the first one is made."
        ),
    )
    synthetic_nhs_numbers: bool | None = Field(
        default=None,
        description=(
            "Whether people may have NHS numbers of the range for tests, which begins with 9. Unset: in development "
            "alone."
        ),
    )
    checkpoint_folders: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(),
        description=(
            "The folders in which checkpoints of the audit trail are kept, separated by commas: at least two, none inside "
            "another, away from the database. Unset: two in the data folder, in development alone."
        ),
    )
    checkpoint_key_file: Path = Field(
        default=Path(),
        description=(
            "The file with the Ed25519 key, in PEM form, that signs checkpoints, and with the public keys of those that "
            "it followed: readable by the clock alone. Unset: in the data folder; in development it is made there."
        ),
    )
    token_issuer: str = Field(
        default=EMBEDDED_ISSUER,
        description="Who issues tokens: what `iss` says in each of them. In production an https address.",
    )
    token_audience: str = Field(
        default="practice-charter",
        min_length=1,
        description="Whom tokens are for: what `aud` says in each of them.",
    )
    token_keys: str | None = Field(
        default=None,
        description=(
            "Where the issuer's signing keys are published as a JWKS: an https address, or a file's path. Unset: the "
            "embedded issuer's own keys, in development alone."
        ),
    )
    operators: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset(),
        description="Who may open practices: the `sub` of their tokens for the installation, separated by commas.",
    )
    extra_bank_holidays: Annotated[frozenset[Day], NoDecode] = Field(
        default=frozenset(),
        description="England's bank holidays that this release does not know yet, separated by commas, such as `2030-06-03`.",
    )
    regulators: Annotated[tuple[Regulator, ...], NoDecode] = Field(
        default=(),
        description='What this release does not know yet of the regulator of data protection, from a day on, as JSON: `[{"name":'
        ' "the Information Commission (ICO)", "since": "2026-11-01", "website": "https://ico.org.uk/make-a-complaint", "phone":'
        ' "0303 123 1113", "address": ["..."]}]`.',
    )
    host: str = Field(default="127.0.0.1", description="The address to listen on; `0.0.0.0` for every one.")
    port: int = Field(default=8000, ge=0, le=65535, description="The port to listen on; 0 for any that is free.")
    documentation_on: bool | None = Field(
        default=None,
        description="Whether the service shows its documentation at `/docs` and `/redoc`. Unset: in development alone.",
    )

    def __init__(self, **given: Any) -> None:
        try:
            super().__init__(**given)
        except ValidationError as faults:
            refusal = "; ".join(f"{_variable(fault['loc'])}: {fault['msg']}" for fault in faults.errors())
        else:
            return
        # Raised out here, so that the exception that quotes what was set does not hang on to it.
        raise SettingsRefused(refusal)

    @field_validator("operators", "trusted_proxies", "checkpoint_folders", "extra_bank_holidays", mode="before")
    @classmethod
    def _one_by_one(cls, given: Any) -> Any:
        return [each.strip() for each in given.split(",") if each.strip()] if isinstance(given, str) else given

    @field_validator("regulators", mode="before")
    @classmethod
    def _line_by_line(cls, given: Any) -> Any:
        return from_json(given) if isinstance(given, str) else given

    @field_validator("database")
    @classmethod
    def _known_database(cls, given: str) -> str:
        if given and not _names_a_database(given):
            raise ValueError(f"begins with {SQLITE} and names a file, or begins with {POSTGRES}")
        return given

    @model_validator(mode="after")
    def _one_database(self) -> Self:
        if self.database_file != Path():
            if self.database:
                raise SettingsRefused("CHARTER_DATABASE, CHARTER_DATABASE_FILE: say one of them.")
            _kept_address(self.database_file)
        return self

    @model_validator(mode="after")
    def _safe(self) -> Self:
        if self.production:
            for refusal in refusals(self):
                raise SettingsRefused(refusal)
        return self

    @property
    def production(self) -> bool:
        """Whether real people depend on it."""
        return self.mode is Mode.PRODUCTION

    @property
    def shows_documentation(self) -> bool:
        """Whether the service describes itself to whoever asks."""
        return not self.production if self.documentation_on is None else self.documentation_on

    @property
    def embedded_database(self) -> bool:
        """Whether records are kept in the data folder, in a file of the service's own."""
        return not self.database and self.database_file == Path()

    @property
    def database_address(self) -> str:
        """Where records are kept, whether that was set or not."""
        if self.database_file != Path():
            return _kept_address(self.database_file)
        return self.database or f"{SQLITE}{self.data_folder / EMBEDDED_DATABASE}"

    @property
    def sqlite_file(self) -> Path | None:
        """The file in which records are kept, if it is one."""
        address = self.database_address
        return Path(address.removeprefix(SQLITE)) if address.startswith(SQLITE) else None

    @property
    def embedded_issuer(self) -> bool:
        """Whether the service believes tokens that it issued itself."""
        return self.token_keys is None

    @property
    def issuer_folder(self) -> Path:
        """Where the embedded issuer keeps its key."""
        return self.data_folder / ISSUER_FOLDER

    def make_data_folder(self) -> None:
        """Make the data folder, open to nobody else, unless it is there."""
        self.data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def audit_key(self) -> AuditKey:
        """The secret that seals the audit trail, named by a fingerprint, with older ones that sealed what is kept.

        In development it is made on first use. Raises `SettingsRefused` when it is not there, too short, not random, or open
        to others on this machine.
        """
        kept = self.audit_key_file if self.audit_key_file != Path() else self.data_folder / AUDIT_KEY_FILE
        if not self.production and not kept.exists():
            keep_new_secret(kept)
        with _naming("CHARTER_AUDIT_KEY_FILE"):
            files = key_files(kept) if kept.is_dir() else [kept]
            *older, newest = [AuditKey(fingerprint(secret), secret) for secret in map(audit_secret, files)]
        return replace(newest, older=tuple(older))

    def key_ring(self) -> KeyRing:
        """The keys that people's data are encrypted under. In development the first one is made when it is needed.

        Raises `SettingsRefused` when one is not there, not random, the same as another, or open to others on this machine.
        """
        with _naming("CHARTER_ENCRYPTION_KEYS"):
            return KeyRing(self.key_folder, makes_first=not self.production)

    @property
    def key_folder(self) -> Path:
        """Where those keys are. Raises `SettingsRefused` when production does not say."""
        if self.encryption_keys != Path():
            return self.encryption_keys
        if self.production:
            raise SettingsRefused("CHARTER_ENCRYPTION_KEYS: production takes keys that are kept apart from its data.")
        return self.data_folder / KEY_FOLDER

    @property
    def takes_synthetic_nhs_numbers(self) -> bool:
        """Whether people may have NHS numbers of the range that is never given to anybody."""
        return not self.production if self.synthetic_nhs_numbers is None else self.synthetic_nhs_numbers

    def checkpoint_sinks(self) -> tuple[Path, ...]:
        """Where checkpoints are kept: in development folders that are made on first use.

        Raises `SettingsRefused` unless there are two or more, apart from each other; production has to name them.
        """
        named = self.checkpoint_folders or (
            () if self.production else tuple(self.data_folder / each for each in CHECKPOINT_FOLDERS)
        )
        places = [each.resolve() for each in named]
        if len(places) < FEWEST_SINKS:
            raise SettingsRefused(
                "CHARTER_CHECKPOINT_FOLDERS: name at least two folders, on different disks if possible."
            )
        if any(one.is_relative_to(other) for one, other in permutations(places, 2)):
            raise SettingsRefused(
                "CHARTER_CHECKPOINT_FOLDERS: each is a folder of its own, and none lies inside another."
            )
        if not self.production:
            for each in named:
                each.mkdir(mode=0o700, parents=True, exist_ok=True)
        return named

    def checkpoint_keys(self) -> CheckpointKeys:
        """What signs checkpoints, and all that verifies them. In development the key is made on first use.

        Raises `SettingsRefused` when the file is not there, open to others on this machine, or holds no such key.
        """
        kept = (
            self.checkpoint_key_file if self.checkpoint_key_file != Path() else self.data_folder / CHECKPOINT_KEY_FILE
        )
        if not self.production and not kept.exists():
            keep_new_key(kept)
        try:
            with _naming("CHARTER_CHECKPOINT_KEY_FILE"):
                return keys_in(kept_apart(kept).strip())
        except NotACheckpointKey as refused:
            raise SettingsRefused(f"CHARTER_CHECKPOINT_KEY_FILE: {refused}") from None


def _variable(place: tuple[int | str, ...]) -> str:
    return f"{PREFIX}{place[0]}".upper() if place else "settings"


def _names_a_database(address: str) -> bool:
    return address.startswith(POSTGRES) or address.removeprefix(SQLITE) not in {address, "", ":memory:"}


def _kept_address(kept: Path) -> str:
    with _naming("CHARTER_DATABASE_FILE"):
        address = kept_apart(kept).strip().decode(errors="replace")
    if not _names_a_database(address):
        raise SettingsRefused(f"CHARTER_DATABASE_FILE: what it says begins with {SQLITE} or with {POSTGRES}.")
    return address


@contextmanager
def _naming(variable: str) -> Iterator[None]:
    """Say which setting it was that named a file which is refused."""
    try:
        yield
    except KeyFileRefused as refused:
        raise SettingsRefused(f"{variable}: {refused}") from None
