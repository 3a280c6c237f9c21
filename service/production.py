"""What production refuses: whatever is fit for trying the service out, and not for real people's data."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from service.settings import Settings

IS_OPEN: Final = 0o027
"""Permissions that make a folder open: all those of others, and its group's to write."""

DEBUGGING: Final = ("PYTHONASYNCIODEBUG", "PYTHONDEVMODE")
"""Variables by which the interpreter writes down what it is working on."""

PASSWORD: Final = "PGPASSWORD"  # noqa: S105 - a variable's name
NOT_IN_THE_ENVIRONMENT: Final = (
    "a password stands in a file, and not in the environment, which shows in process lists and crash reports: set "
    "CHARTER_DATABASE_FILE, or name a file with ?passfile=."
)


def refusals(settings: "Settings", environment: Mapping[str, str] = os.environ) -> Iterator[str]:
    """Everything about an installation that production refuses, each in a sentence that repeats no value."""
    yield from _of_the_issuer(settings)
    yield from _of_the_carriers(settings)
    yield from _of_the_environment(settings, environment)
    for variable, folder in _folders(settings):
        if folder.exists() and folder.stat().st_mode & IS_OPEN:
            yield f"{variable}: the folder is open to others on this machine. Take their permissions away."


def _of_the_issuer(settings: "Settings") -> Iterator[str]:
    keys = settings.token_keys or ""
    if settings.embedded_issuer:
        yield "CHARTER_TOKEN_KEYS: production takes the organisation's own issuer of tokens, by its keys."
    if urlsplit(settings.token_issuer).scheme != "https":
        yield "CHARTER_TOKEN_ISSUER: in production the issuer of tokens has an https address."
    if "://" in keys and urlsplit(keys).scheme != "https":
        yield "CHARTER_TOKEN_KEYS: in production signing keys are fetched by https, or read from a file."


def _of_the_carriers(settings: "Settings") -> Iterator[str]:
    for variable, key_file, address in (
        ("CHARTER_NOTIFY_ADDRESS", settings.notify_key_file, settings.notify_address),
        ("CHARTER_NHS_NOTIFY_ADDRESS", settings.nhs_notify_key_file, settings.nhs_notify_address),
    ):
        if key_file != Path() and urlsplit(address).scheme != "https":
            yield f"{variable}: in production messages are handed over by https."


def _of_the_environment(settings: "Settings", environment: Mapping[str, str]) -> Iterator[str]:
    if _holds_a_password(settings.database):
        yield f"CHARTER_DATABASE: {NOT_IN_THE_ENVIRONMENT}"
    if environment.get(PASSWORD):
        yield f"{PASSWORD}: {NOT_IN_THE_ENVIRONMENT}"
    if sys.flags.dev_mode or any(environment.get(each) for each in DEBUGGING):
        yield f"{', '.join(DEBUGGING)}: production is not debugged. Unset them, and run Python without -X dev."


def _holds_a_password(address: str) -> bool:
    """Whether a database's address brings the password along, before the host or after the question mark."""
    try:
        parts = urlsplit(address)
        return parts.password is not None or "password" in parse_qs(parts.query, keep_blank_values=True)
    except ValueError:
        return True


def _folders(settings: "Settings") -> Iterator[tuple[str, Path]]:
    """The folders in which the service keeps what it keeps, each with the setting that names it."""
    yield "CHARTER_DATA_FOLDER", settings.data_folder
    if settings.sqlite_file and not settings.embedded_database:
        yield "CHARTER_DATABASE", settings.sqlite_file.parent
    if settings.file_folder != Path():
        yield "CHARTER_FILE_FOLDER", settings.file_folder
