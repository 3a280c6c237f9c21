"""A PostgreSQL of a test's own, which it may freeze and kill. The one that the other tests share is never touched."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.databases import forget
from tests.postgres import SERVER_SETTINGS, address_in, begin, claim, discard, new_folder, start

WITHIN = 30.0  # seconds
SETTINGS = {**SERVER_SETTINGS, "synchronous_commit": "on"}
"""What was acknowledged is with the operating system, which outlives the server."""


class FrailPostgres:
    """A server with its data in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        start(folder, SETTINGS)
        self.address = address_in(folder)

    def freeze(self) -> None:
        """Let every process of the server stand still: it answers nothing, and refuses nothing."""
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        self._send(signal.SIGCONT)

    def kill(self) -> None:
        """End every process of the server without a word, as when the power fails in it alone."""
        doomed = self._processes()
        for each in doomed:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        psutil.wait_procs(doomed, WITHIN)

    def begin_again(self) -> None:
        """Start it once more, over the same data."""
        begin(self.folder, SETTINGS)

    def _send(self, what: signal.Signals) -> None:
        for each in self._processes():
            with suppress(psutil.NoSuchProcess):  # one that served a connection ends with it
                each.send_signal(what)

    def _processes(self) -> list[psutil.Process]:
        """The server and its children, told apart from any other by the folder that it was started for."""
        try:
            number = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
            postmaster = psutil.Process(number)
            if str(self.folder) not in " ".join(postmaster.cmdline()):
                return []
            return [postmaster, *postmaster.children(recursive=True)]
        except (OSError, psutil.NoSuchProcess):
            return []


@contextmanager
def frail_postgres() -> Iterator[FrailPostgres]:
    """A server for one test. Raises RuntimeError when there is no PostgreSQL to start."""
    folder = new_folder()
    with claim(folder):
        server = FrailPostgres(folder)
        try:
            yield server
        finally:
            forget(server.address)
            server.thaw()
            server.kill()
            discard(folder)
