"""Many people at work at once, who write down what they were told: every acknowledgement counts, and is counted."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from service.issuer import Issuer
from tests.connection import Answer, Connection, Lost
from tests.house import DRAFT, FACEBOOK, HOME, WoundClock, appoint, house_over, open_practice, publish_policy

AUTHOR: Final = "goldilocks"
APPROVER: Final = "rapunzel"
COME_BACK: Final = 503
STEPS: Final = (
    ("submit", AUTHOR, None), ("approve", APPROVER, None), ("publish", AUTHOR, FACEBOOK),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """One change that somebody was told of: under which key, what it made of which record, and at which version."""

    key: str
    transition: str
    record_id: UUID
    version: int
    purpose: str


@dataclass(slots=True)
class Crowd:
    """What they were told, all together."""

    port: int
    issuer: Issuer
    acknowledged: list[Acknowledged] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    lost: int = 0
    refusals: list[bytes] = field(default_factory=list)
    without_retry_after: int = 0
    replayed: int = 0
    leaving: threading.Event = field(default_factory=threading.Event)
    numbers: Iterator[int] = field(default_factory=count)

    def work(self) -> None:
        """One of them: posts, one after the other, from draft to published, until it is time to leave."""
        with Connection(self.port) as connection:
            while not self.leaving.is_set():
                self._bring_out_a_post(connection)

    def _bring_out_a_post(self, connection: Connection) -> None:
        purpose = f"Notice {next(self.numbers)}"
        found = self._insist(connection, AUTHOR, "write", "/v1/posts", {**DRAFT, "purpose": purpose}, purpose)
        for transition, person, said in STEPS:
            if found is None:
                return
            path = f"/v1/posts/{found.json()['id']}/{transition}"
            found = self._insist(
                connection, person, transition, path, said, purpose, {"If-Match": found.headers["etag"]}
            )

    def _insist(
        self, connection: Connection, person: str, transition: str, path: str, said: Any, purpose: str,
        headers: dict[str, str] | None = None,
    ) -> Answer | None:  # fmt: skip
        """Ask, with one key, until there is an answer; None when it is time to leave, or it is a refusal."""
        key, token = uuid4().hex, self.issuer.issue(person, HOME)
        told = {"Idempotency-Key": key, **(headers or {})}
        while not self.leaving.is_set():
            try:
                answer = connection.ask("POST", path, token=token, said=said, headers=told)
            except Lost:
                self.lost += 1
                time.sleep(0.02)
                continue
            self._note(answer)
            if answer.status == COME_BACK:
                time.sleep(0.1)  # sooner than asked for, so as to be a nuisance
            elif answer.status in {200, 201}:
                record = answer.json()
                self.acknowledged.append(Acknowledged(key, transition, UUID(record["id"]), record["version"], purpose))
                return answer
            else:
                self.refusals.append(answer.body)
                return None
        return None

    def _note(self, answer: Answer) -> None:
        self.statuses[answer.status] += 1
        self.seconds.append(answer.seconds)
        self.replayed += "idempotent-replayed" in answer.headers
        if answer.status == COME_BACK and "retry-after" not in answer.headers:
            self.without_retry_after += 1

    def wait_for_more(self, more: int, within: float) -> float:
        """Wait until that many more were told something, and say how many seconds it took. Raises TimeoutError."""
        enough = len(self.acknowledged) + more
        return self.wait_until(lambda: len(self.acknowledged) >= enough, within)

    def wait_until(self, so: Callable[[], bool], within: float) -> float:
        """Wait until it is so, and say how many seconds it took. Raises TimeoutError."""
        began = time.monotonic()
        while not so():
            if time.monotonic() > began + within:
                raise TimeoutError(f"{self.statuses} {self.refusals[:3]}")
            time.sleep(0.005)
        return time.monotonic() - began


@contextmanager
def at_work(crowd: Crowd, people: int) -> Iterator[Crowd]:
    """So many people at work at the same time, who leave in the end."""
    threads = [threading.Thread(target=crowd.work, daemon=True) for _ in range(people)]
    for each in threads:
        each.start()
    try:
        yield crowd
    finally:
        crowd.leaving.set()
        for each in threads:
            each.join()


def furnish_for(database: str, folder: Path) -> None:
    """Open one practice with those who work there, and publish its policy."""
    with house_over(database, folder, WoundClock(datetime.now(UTC))) as house:
        open_practice(house, HOME)
        for person in ("gretel", AUTHOR, APPROVER):
            appoint(house, person, HOME)
        publish_policy(house, "aspiro", HOME)
