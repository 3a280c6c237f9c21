"""The service in a process of its own, which can be killed and started again at the same port.

The processes are forked from one that has loaded everything, so that to start anew takes a fraction of a second.
"""

import multiprocessing
import resource
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psutil

from models.roles import INSTALLATION
from service.house import embedded_issuer
from service.settings import PREFIX, Settings
from tests.connection import Answer, Connection
from tests.house import OPERATOR, audit_key_in

APPLICATION: Final = "api.app:create_app"
WITHIN: Final = 60.0  # seconds, on a machine that is busy with something else
ENDED: Final = -signal.SIGTERM
"""How a server ends that was asked to: once it has answered, by the very signal that asked."""

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.served_process"])


class Served:
    """The service over one database. `settings` are its settings, by name; `application` is what uvicorn is told to serve."""

    def __init__(
        self,
        folder: Path,
        database: str,
        *,
        application: str = APPLICATION,
        log_level: str = "info",
        largest_file: int | None = None,
        **settings: Any,
    ) -> None:
        folder.mkdir(exist_ok=True)
        self.database, self.application, self.log_level = database, application, log_level
        self.output = folder / "output"
        told = {"data_folder": folder / "data", "database": database, "operators": OPERATOR, **settings}
        self.environment = {f"{PREFIX}{name}".upper(): str(value) for name, value in told.items()}
        self.environment[f"{PREFIX}AUDIT_KEY_FILE"] = str(audit_key_in(folder / "data"))
        self.issuer = embedded_issuer(Settings(data_folder=folder / "data"))
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.largest_file = largest_file
        self.process: Any = None

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        self.begin()
        until = time.monotonic() + WITHIN
        while time.monotonic() < until and self.process.is_alive():
            if self.look("/readyz") == 200:
                return
            time.sleep(0.02)
        raise RuntimeError(self.said)

    def begin(self) -> None:
        """Start it, ready or not."""
        from tests.served_process import serve  # noqa: PLC0415 - by its name in the process that forks

        about = (self.application, self.port, self.environment, str(self.output), self.log_level, self.largest_file)
        self.process = processes.Process(target=serve, args=about, daemon=True)
        self.process.start()

    def kill(self) -> None:
        """End it without a word."""
        self.process.kill()
        self.process.join(WITHIN)

    def stop(self) -> int | None:
        """Ask it to end, and wait until it has: with which code it did."""
        self.process.terminate()
        self.process.join(WITHIN)
        code: int | None = self.process.exitcode
        return code

    def allow_files_of(self, size: int) -> None:
        """Let the running process write larger files, as if somebody had made room on its disk."""
        psutil.Process(self.process.pid).rlimit(psutil.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def token(self, person: str, practice: str) -> str:
        """A token for somebody at a practice."""
        return self.issuer.issue(person, practice)

    def operator_token(self) -> str:
        """A token for whoever may open practices."""
        return self.issuer.issue(OPERATOR, INSTALLATION)

    def look(self, path: str) -> int | None:
        """What status is answered on a connection of one's own; None when nothing is."""
        try:
            return self.ask("GET", path).status
        except OSError:
            return None

    def ask(self, method: str, path: str, **sent: Any) -> Answer:
        """Ask on a connection of one's own."""
        with Connection(self.port) as connection:
            return connection.ask(method, path, **sent)

    @property
    def said(self) -> str:
        """Everything that the process wrote."""
        return self.output.read_text(encoding="utf-8", errors="replace")


@contextmanager
def served(folder: Path, database: str, **how: Any) -> Iterator[Served]:
    """The service, running; killed afterwards if it still does."""
    service = Served(folder, database, **how)
    service.start()
    try:
        yield service
    finally:
        if service.process.is_alive():
            service.kill()
