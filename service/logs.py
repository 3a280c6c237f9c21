"""What the service writes down about itself: one JSON object a line, or in development something to read.

Everything goes to standard error, so that what a command answers stands alone on standard output.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

TALKATIVE: Final = ("alembic", "asyncio", "httpcore", "httpx")
"""Libraries that would write down every step that they take, and each address that is asked for."""


class NamedLogger(structlog.WriteLogger):
    """Writes lines to standard error by itself: the standard library's way there costs as much as all the rest of a line."""

    def __init__(self, name: str = "charter") -> None:
        super().__init__(sys.stderr)
        self.name = name


def configure_logs(*, readable: bool, level: int = logging.INFO) -> None:
    """Let everything that logs, libraries too, write in one way. To be called once, before anything is logged."""
    shared: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        fault_without_words,
    ]
    structlog.configure(
        processors=[*shared, renderer(readable=readable)],
        logger_factory=NamedLogger,
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer(readable=readable)],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers, root.level = [handler], level
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def renderer(*, readable: bool) -> Processor:
    """How a line looks."""
    return (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()) if readable else structlog.processors.JSONRenderer()
    )


def fault_without_words(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:  # noqa: ARG001 - structlog's signature
    """Tell what kind of fault it was and where; what it says may hold what a person typed."""
    fault = faulted(event)
    if fault is not None:
        places = [f"{each.filename}:{each.lineno}" for each in traceback.extract_tb(fault.__traceback__)]
        event["fault"], event["where"] = type(fault).__name__, places
    return event


def faulted(event: MutableMapping[str, Any]) -> BaseException | None:
    """The fault that an event came with, taken out of it."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    if isinstance(found, tuple):
        found = found[1]
    return found if isinstance(found, BaseException) else None
