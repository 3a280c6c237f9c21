"""What runs in the service's own process: loaded once, and forked from there."""

import logging
import os
import resource
import sys

import uvicorn

import api.app
from service.cli.serving import HOW_TO_SERVE
from service.logs import TALKATIVE, configure_logs


def serve(
    application: str, port: int, environment: dict[str, str], output: str, log_level: str, largest_file: int | None
) -> None:
    """Serve an application, and write to a file whatever there is to say. No file may grow beyond the largest."""
    os.environ.update(environment)
    into = os.open(output, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    if largest_file:
        into = os.open(os.devnull, os.O_WRONLY)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))
    os.dup2(into, sys.stdout.fileno())
    os.dup2(into, sys.stderr.fileno())
    configure_logs(readable=False, level=logging.getLevelNamesMapping()[log_level.upper()])
    if log_level == "debug":
        for each in (*TALKATIVE, "asyncpg", "sqlalchemy", "sqlite3"):
            logging.getLogger(each).setLevel(logging.DEBUG)
        logging.getLogger("sqlalchemy.engine").debug(WRITTEN_DOWN)
    uvicorn.run(
        application, host="127.0.0.1", port=port, log_config=None, log_level=log_level, timeout_graceful_shutdown=30,
        **HOW_TO_SERVE,
    )  # fmt: skip


WRITTEN_DOWN = "everything is written down"
LOADED = api.app.__name__
