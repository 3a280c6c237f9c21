"""The clock's sign of life: a file that says when it last came round, for whoever watches over a process without an address."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import structlog

NAME: Final = "clock.alive"
FRESH_FOR: Final = timedelta(minutes=15)
"""A round is begun every minute. One with checkpoints of much that is new takes some minutes, and is no cause for alarm."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def give_sign(folder: Path, at: datetime) -> None:
    """Say in a folder, which is made if need be, when the clock came round. The clock goes on where that can't be said."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        written = folder / f"{NAME}.new"
        written.write_text(at.astimezone(UTC).isoformat(), encoding="ascii")
        written.replace(folder / NAME)
    except OSError as fault:
        log.error("no_sign_of_life", fault=type(fault).__name__)


def gives_signs(folder: Path, now: datetime) -> bool:
    """Whether the clock came round lately. A sign from the future is none: a clock that was set back left it."""
    try:
        said = datetime.fromisoformat((folder / NAME).read_text(encoding="ascii"))
        return abs(now - said) <= FRESH_FOR
    except (OSError, TypeError, ValueError):
        return False
