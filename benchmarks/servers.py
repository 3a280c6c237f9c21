"""A server in a process of its own, and what it costs."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psutil

from benchmarks.load import HOST
from benchmarks.stage import Stage

STARTS_WITHIN = 60.0  # seconds
STOPS_WITHIN = 30.0  # seconds
HOUSE = (str(Path(sys.executable).with_name("charter")), "serve")
FLOOR = (
    sys.executable, "-m", "uvicorn", "benchmarks.floor:application", "--http", "httptools", "--no-access-log",
    "--no-server-header", "--log-level", "warning",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Server:
    """One worker of something, by its name in the tables, and which posts it has not used up yet."""

    name: str
    port: int
    stage: Stage
    process: psutil.Process
    ready_after: float  # seconds
    numbers: Iterator[int]

    @property
    def processor_seconds(self) -> float:
        """How much of the processor it has used so far."""
        return sum(sum(each.cpu_times()[:2]) for each in self._processes)

    @property
    def megabytes(self) -> float:
        """How much memory it holds now."""
        return sum(each.memory_info().rss for each in self._processes) / 1e6

    @property
    def _processes(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


@contextmanager
def serving(
    name: str, command: tuple[str, ...], stage: Stage, untouched: Iterator[int], **environment: str
) -> Iterator[Server]:
    """Start a server, and stop it afterwards. `untouched` are numbers of posts that nobody else takes."""
    port, began = free_port(), time.monotonic()
    told: Mapping[str, str] = {**os.environ, **stage.environment(), **environment}
    said = stage.folder / f"{port}.log"
    with (
        said.open("wb") as log,
        subprocess.Popen([*command, "--port", str(port)], env=told, stdout=log, stderr=log) as process,  # noqa: S603 - the commands above
    ):
        try:
            wait_until_it_answers(process, port, said)
            ready_after = time.monotonic() - began
            yield Server(name, port, stage, psutil.Process(process.pid), ready_after, untouched)
        finally:
            process.terminate()
            process.wait(STOPS_WITHIN)


def wait_until_it_answers(process: subprocess.Popen[bytes], port: int, said: Path) -> None:
    """Wait until somebody listens. Raises TimeoutError, with what was said instead."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection((HOST, port)).close()
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise TimeoutError(said.read_text(encoding="utf-8", errors="replace"))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
    return port


def shares(servers: int) -> list[Iterator[int]]:
    """Posts for each of several servers on one database: none is anybody else's."""
    return [count(each, servers) for each in range(servers)]
