"""What runs in the service's own process: loaded once, and forked from there."""

import os
import resource
import sys

import uvicorn

import api.app


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
    uvicorn.run(
        application, factory=True, host="127.0.0.1", port=port, http="httptools", access_log=log_level == "debug",
        log_level=log_level, timeout_graceful_shutdown=30,
    )  # fmt: skip


LOADED = api.app.__name__
