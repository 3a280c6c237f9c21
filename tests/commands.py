"""A command as somebody would type it, in this process, which keeps its logs as they were."""

import logging

import structlog
from typer.testing import CliRunner, Result

from service.cli import charter


def run(*arguments: str) -> Result:
    """What a command says, and how it ends."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    try:
        return CliRunner().invoke(charter, arguments)
    finally:
        root.handlers, root.level = handlers, level
        structlog.reset_defaults()
