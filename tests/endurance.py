"""What the service is put through while a crowd is at work: killed, frozen out, locked out, out of room.

`make endure` puts it through more, and for longer, than `make test` does, and reports what was measured.
"""

import os
import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from service.audit import AuditKey
from service.settings import Settings
from tests.connection import Lost
from tests.crowd import COME_BACK, Crowd, at_work
from tests.house import audit_key_in
from tests.served import Served
from tests.verification import verify

REPORT: Final = "ENDURANCE_REPORT"
"""The variable that names a file: then everything takes longer, and the file says what was measured."""

AT_LENGTH: Final = REPORT in os.environ
KILLS: Final = 25 if AT_LENGTH else 10
KILLS_OF_THE_SERVER: Final = 10 if AT_LENGTH else 2
OUTAGE: Final = 12.0 if AT_LENGTH else 4.0
DEADLINE: Final = 5.0 if AT_LENGTH else 1.5
PEOPLE: Final = 12
BETWEEN_KILLS: Final = 150 if AT_LENGTH else PEOPLE
"""How many changes are acknowledged before the next one."""

CROWDED: Final = 60 if AT_LENGTH else 30
RECOVERS_WITHIN: Final = 30.0
SLACK: Final = 5.0
"""Seconds more than they should be, on a machine that is busy with something else."""


@dataclass(slots=True)
class Alive:
    """How long it took to hear that the process lives, again and again."""

    seconds: list[float] = field(default_factory=list)
    silent: int = 0

    @property
    def usually(self) -> float:
        """The median, in seconds."""
        return statistics.median(self.seconds)

    @property
    def nearly_always(self) -> float:
        """How long nineteen of twenty took at most, in seconds."""
        return statistics.quantiles(self.seconds, n=20)[-1]

    @property
    def at_worst(self) -> float:
        """The longest, in seconds."""
        return max(self.seconds)


def kill_under_load(service: Served, kills: int, crowd: Crowd, kill: Callable[[], None]) -> list[float]:
    """Kill and start again, so many times, each when some more was acknowledged. How long each time until it was again."""
    recoveries = []
    for _ in range(kills):
        crowd.wait_for_more(BETWEEN_KILLS, RECOVERS_WITHIN)
        time.sleep(random.uniform(0, 0.2))  # noqa: S311 - any moment will do
        began = time.monotonic()
        kill()
        crowd.wait_for_more(1, RECOVERS_WITHIN)
        recoveries.append(time.monotonic() - began)
    assert service.process.is_alive()
    return recoveries


def kill_and_start(service: Served) -> Callable[[], None]:
    """The service itself is killed."""

    def kill() -> None:
        service.kill()
        service.start()

    return kill


@contextmanager
def watched(service: Served) -> Iterator[Alive]:
    """Somebody asks ten times a second whether the process lives."""
    alive, enough = Alive(), threading.Event()

    def watch() -> None:
        while not enough.wait(0.1):
            try:
                alive.seconds.append(service.ask("GET", "/livez").seconds)
            except Lost:
                alive.silent += 1

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield alive
    finally:
        enough.set()
        watcher.join()


def sit_out(service: Served, outage: AbstractContextManager[None], name: str) -> Crowd:
    """Let a crowd be at work before, during and after an outage; assert that it was what an outage may be, and no worse."""
    with at_work(Crowd(service.port, service.issuer), CROWDED) as crowd:
        crowd.wait_for_more(CROWDED, RECOVERS_WITHIN)
        crowd.seconds.clear()
        before = len(crowd.acknowledged)
        with watched(service) as alive, outage:
            time.sleep(OUTAGE)
            refused, ready = crowd.statuses[COME_BACK], service.ask("GET", "/readyz")
        during = len(crowd.acknowledged) - before
        recovered = crowd.wait_for_more(CROWDED, RECOVERS_WITHIN)
    longest = max(crowd.seconds)
    report(
        f"{name} for {OUTAGE:.0f} s, {CROWDED} clients, deadline {DEADLINE:.1f} s: {len(crowd.acknowledged)} acknowledged "
        f"({during} during it), {crowd.statuses[COME_BACK]} x 503, {crowd.lost} lost connections; longest answer {longest:.2f} s; "
        f"/livez {alive.usually * 1000:.0f} ms usually, {alive.at_worst * 1000:.0f} ms at worst; /readyz {ready.status} after "
        f"{ready.seconds:.2f} s; {CROWDED} more acknowledged {recovered:.2f} s after it"
    )
    assert refused > 0
    assert set(crowd.statuses) <= {200, 201, COME_BACK}
    assert (crowd.lost, crowd.without_retry_after, crowd.refusals) == (0, 0, [])
    assert longest < 2 * DEADLINE + SLACK  # who reads at the last moment may wait again to write
    assert alive.silent == 0
    assert alive.usually < 0.1
    assert alive.nearly_always < 1.0  # a machine that is busy with something else may hold up one of them
    assert ready.seconds < 2.0 + SLACK
    return crowd


def audit_key(folder: Path) -> AuditKey:
    """The key by which everything in a house under test is sealed."""
    return Settings(data_folder=folder, audit_key_file=audit_key_in(folder)).audit_key()


def assert_kept_its_word(database: str, folder: Path, crowd: Crowd) -> None:
    """Whatever was acknowledged is there, whole, and once."""
    assert verify(database, [audit_key(folder)], crowd.acknowledged) == []


def report(line: str) -> None:
    """Tell what was measured, if anybody wants to know."""
    if AT_LENGTH:
        with Path(os.environ[REPORT]).open("a", encoding="utf-8") as file:
            file.write(f"- {line}\n")
