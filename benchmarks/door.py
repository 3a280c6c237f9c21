"""`make flood`: what a flood of junk does to those who work here, and whether time tells a stranger who is known.

Both are comparisons within one run, on a server in production mode: a busy machine makes all of it slower alike.
"""

import logging
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from benchmarks.__main__ import DURABLE
from benchmarks.report import table
from benchmarks.servers import HOUSE, Server, serving
from benchmarks.stage import Stage, issuer_in, settle
from benchmarks.strangers import Stranger
from service.logs import configure_logs
from tests import databases, postgres
from tests.connection import Connection
from tests.databases import fresh_postgres, fresh_sqlite
from tests.house import HOME, PERSON, PRACTICES, WoundClock, appoint, encryption_keys_in, house_over, open_practice
from tests.stories import REQUEST_FROM_WEBSITE

OK, CREATED, SEE_OTHER, UNPROCESSABLE = 200, 201, 303, 422
ELSEWHERE: Final = PRACTICES["coleridge"]
READ: Final = "/v1/rights-requests?limit=50"
HELD: Final = "/v1/held-submissions?limit=100"
SUBMISSIONS: Final = f"/v1/practice-websites/{HOME}/submissions"
FLOODERS: Final = 8
"""Connections of one address, each of which goes on as soon as it is answered."""

OPEN_TO_ALL: Final = {
    "CHARTER_TRUSTED_PROXIES": "127.0.0.1", "CHARTER_SYNTHETIC_NHS_NUMBERS": "true",
    "CHARTER_PUBLIC_REQUESTS_PER_MINUTE": "1000000", "CHARTER_PUBLIC_REQUESTS_PER_MINUTE_AT_PRACTICE": "1000000",
    "CHARTER_PUBLIC_REQUESTS_PER_MINUTE_ALTOGETHER": "1000000", "CHARTER_WEBSITE_REQUESTS_PER_MINUTE": "1000000",
    "CHARTER_WEBSITE_SUBMISSIONS_PER_HOUR": "100000",
}  # fmt: skip
"""No budget stands before what is measured; those of submissions and of tries are as they come."""

AS_IT_COMES: Final = {"CHARTER_TRUSTED_PROXIES": "127.0.0.1", "CHARTER_SYNTHETIC_NHS_NUMBERS": "true"}
PATIENT: Final = {**OPEN_TO_ALL, "CHARTER_QUICKEST_SUBMISSION": "0"}
UNHURRIED: Final = 6.0
"""How many seconds a real person takes at least."""

FLIPS: Final = 2000
WAITING: Final = 50
"""Requests that wait for an answer when the flood begins."""


def furnished(database: str, folder: Path) -> Stage:
    """Two practices with a handful of requests, one of which knows the person that is asked about."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    open_to_all = {"website_submissions_per_hour": 100_000, "website_requests_per_minute": 1_000_000}
    with house_over(database, folder, WoundClock(datetime.now(UTC)), **open_to_all) as house:
        for practice in (HOME, ELSEWHERE):
            open_practice(house, practice)
            for person in ("owl", "bear", "website"):
                appoint(house, person, practice)
        house.recorded("bear")
        for _ in range(WAITING):
            house.ask("website", "POST", SUBMISSIONS, json={"request": REQUEST_FROM_WEBSITE, "seconds": 60})
    stage = Stage(database, folder, issuer_in(folder), 0)
    settle(stage)
    return stage


@contextmanager
def door(stage: Stage, settings: dict[str, str]) -> Iterator[Server]:
    """The house at work on a copy of the stage; on PostgreSQL on the stage itself."""
    keys = {"CHARTER_ENCRYPTION_KEYS": str(encryption_keys_in(stage.folder))}
    with serving("house", HOUSE, stage.copy(), count(), **settings, **keys) as server:
        yield server


# A flood


@dataclass(slots=True)
class Reader:
    """Somebody on the staff who reads, one list after the other, while something else goes on."""

    server: Server
    token: str
    took: dict[str, list[float]] = field(default_factory=dict)

    def reads(self, when: str, until: Callable[[int], bool]) -> None:
        """Read until it is enough; how long each took, in milliseconds."""
        took = self.took.setdefault(when, [])
        with Connection(self.server.port) as connection:
            while not until(len(took)):
                answer = connection.ask("GET", READ, token=self.token)
                assert answer.status == OK, answer.body  # noqa: S101 - a measurement of something else is none
                took.append(answer.seconds * 1000)
                time.sleep(0.005)

    def there(self, path: str) -> int:
        """How many are listed."""
        with Connection(self.server.port) as connection:
            pages = connection.ask("GET", path.replace("limit=50", "limit=100"), token=self.token).json()
            return len(pages["items"])


def flood(server: Server, times: int, address: str) -> tuple[Counter[str], Callable[[], bool]]:
    """So many submissions of junk from one address: what each was answered, and whether all were sent."""
    answers: Counter[str] = Counter()
    left, lock = iter(range(times)), threading.Lock()

    def floods() -> None:
        with Connection(server.port) as connection:
            for _ in iter(lambda: next_of(left, lock), None):
                stranger = Stranger(connection, HOME, address)
                whole = stranger.fills_in()
                answers[str(stranger.sends().status) if whole else "refused before the last page"] += 1

    callers = [threading.Thread(target=floods) for _ in range(FLOODERS)]
    for each in callers:
        each.start()
    return answers, lambda: not any(each.is_alive() for each in callers)


def next_of(left: Iterator[int], lock: threading.Lock) -> int | None:
    """The next, if one is left."""
    with lock:
        return next(left, None)


def flooded(stage: Stage, settings: dict[str, str], times: int, reads: int, place: int) -> list[str]:
    """One flood: what became of it, what the staff see, and how long they waited; as a row."""
    with door(stage, settings) as server:
        reader = Reader(server, stage.issuer.issue("owl", HOME))
        for when in ("warming up", "before"):
            reader.reads(when, lambda done: done >= reads)
        waiting, held_before = reader.there(READ), reader.there(HELD)
        answers, over = flood(server, times, f"203.0.113.{100 + place}")
        reader.reads("during", lambda _: over())
        with Connection(server.port) as connection:
            somebody = Stranger(connection, HOME, f"203.0.113.{50 + place}")
            filled_in = somebody.fills_in()
            time.sleep(UNHURRIED)
            connection.connection.close()  # the server waits for nobody so long; what comes next opens another
            arrived = filled_in and somebody.sends().status == SEE_OTHER
        taken_in, held = reader.there(READ) - waiting, reader.there(HELD) - held_before
        reader.reads("after", lambda done: done >= reads)
        median = {when: statistics.median(took) for when, took in reader.took.items()}
        late = {when: statistics.quantiles(took, n=100)[98] for when, took in reader.took.items()}
        return [
            str(times), str(answers["303"]), str(answers["429"] + answers["refused before the last page"]),
            str(taken_in), str(held), "yes" if arrived else "no", f"{median['before']:.1f}",
            f"{median['during'] / median['before']:.2f} ({late['during'] / late['before']:.2f})",
            f"{median['after'] / median['before']:.2f} ({late['after'] / late['before']:.2f})",
        ]  # fmt: skip


FLOOD_HEAD: Final = [
    "Flood from one address", "sent", "taken or held", "refused", "more in the queue, one of them real", "held",
    "the real one arrived", "a staff read before (ms)", "during / before (99th)", "after / before (99th)",
]  # fmt: skip


# Time


@dataclass(frozen=True, slots=True)
class Silence:
    """Several ways to ask, timed one after the other in many rounds: what each took, in milliseconds."""

    took: dict[str, list[float]]

    def rows(self) -> Iterator[list[str]]:
        """Each way: how long the quickest took, which a busy machine touches least, and its median; how far it is from the first
        in the middle of the rounds, and what chance makes of that.
        """
        first = next(iter(self.took))
        for name, times in self.took.items():
            apart = [(each - other) * 1000 for each, other in zip(times, self.took[first], strict=True)]
            told = ["", ""] if name == first else [f"{statistics.median(apart):+.0f}", f"±{by_chance(apart):.0f}"]
            yield [name, f"{statistics.quantiles(times, n=10)[0]:.2f}", f"{statistics.median(times):.2f}", *told]


def by_chance(apart: Sequence[float]) -> float:
    """How far the median of these differences comes from nothing in 95 of 100 cases if the sign of each were chance."""
    drawn = random.Random(7)  # noqa: S311 - no secret: the same draws each time
    medians = [abs(statistics.median(each * drawn.choice((-1, 1)) for each in apart)) for _ in range(FLIPS)]
    return statistics.quantiles(medians, n=20)[18]


def timed(rounds: int, ways: dict[str, Callable[[int], float]]) -> Silence:
    """Time each way once in each round, in an order that is drawn anew; the first rounds count for nothing."""
    drawn, took = random.Random(11), dict[str, list[float]]()  # noqa: S311 - no secret
    warming_up = max(5, rounds // 20)
    for number in range(-warming_up, rounds):
        for name in drawn.sample(list(ways), len(ways)):
            seconds = ways[name](number + warming_up)
            if number >= 0:
                took.setdefault(name, []).append(seconds * 1000)
    return Silence({name: took[name] for name in ways})


def of_statuses(_: Stage, server: Server, rounds: int) -> Silence:
    """References and codes that don't belong together, each of which is answered 422."""
    with Connection(server.port) as connection:
        known, abroad = Stranger(connection, HOME, "203.0.113.8"), Stranger(connection, ELSEWHERE, "203.0.113.9")
        for each in (known, abroad):
            each.fills_in()
            each.sends()
        reference, (foreign, foreign_code) = known.told()[0], abroad.told()
        known.asks("GET", f"{known.base}/status")

        def tried(reference: str, code: str) -> Callable[[int], float]:
            def once(number: int) -> float:
                known.address = f"198.51.{number // 250}.{number % 250}"
                answer = known.asks("POST", f"{known.base}/status", reference=reference, status_code=code)
                assert answer.status == UNPROCESSABLE, answer.status  # noqa: S101 - nothing else is compared
                return answer.seconds

            return once

        wrong = "0000-0000-0000-0000"
        return timed(
            rounds,
            {
                "no such reference": tried("RR-0000-0000", wrong),
                "the same once more": tried("RR-0000-0000", wrong),
                "a reference that there is, wrong code": tried(reference, wrong),
                "another practice's reference and its code": tried(foreign, foreign_code),
                "nonsense": tried("nonsense", "nonsense"),
            },
        )


STRANGER: Final = {"name": "Nobody Here", "date_of_birth": "1970-01-01", "nhs_number": "999 000 0042"}
KNOWN: Final = {each: PERSON[each] for each in ("name", "date_of_birth", "nhs_number")}


def of_websites(stage: Stage, server: Server, rounds: int) -> Silence:
    """Requests about somebody on record, and about nobody, passed on by the practice's website."""
    token = stage.issuer.issue("website", HOME)
    with Connection(server.port) as connection:

        def passed_on(who: dict[str, Any]) -> Callable[[int], float]:
            contact = REQUEST_FROM_WEBSITE["concerned"]["contact"]
            said = {"request": {**REQUEST_FROM_WEBSITE, "concerned": {**who, "contact": contact}}, "seconds": 60}

            def once(_: int) -> float:
                answer = connection.ask("POST", SUBMISSIONS, token=token, said=said)
                assert answer.status == CREATED, answer.body  # noqa: S101 - nothing else is compared
                return answer.seconds

            return once

        about = {"somebody unknown": STRANGER, "the same once more": STRANGER, "somebody on record": KNOWN}
        return timed(rounds, {name: passed_on(who) for name, who in about.items()})


def of_pages(_: Stage, server: Server, rounds: int) -> Silence:
    """The same on the pages: the last page of the form."""
    with Connection(server.port) as connection:

        def sent(who: dict[str, Any], place: int) -> Callable[[int], float]:
            year, month, day = who["date_of_birth"].split("-")
            answers = {
                "name": {"name": who["name"]}, "born": {"day": day, "month": month, "year": year},
                "knows-number": {"knows_number": "known"}, "nhs-number": {"nhs_number": who["nhs_number"]},
            }  # fmt: skip

            def once(number: int) -> float:
                stranger = Stranger(connection, HOME, f"198.{18 + place}.{number // 250}.{number % 250}")
                assert stranger.fills_in(**answers)  # noqa: S101 - nothing else is compared
                answer = stranger.sends()
                assert answer.status == SEE_OTHER, answer.status  # noqa: S101 - nothing else is compared
                return answer.seconds

            return once

        about = {"somebody unknown": STRANGER, "the same once more": STRANGER, "somebody on record": KNOWN}
        return timed(rounds, {name: sent(who, place) for place, (name, who) in enumerate(about.items())})


ASKED: Final = {
    "The status page": of_statuses, "The website's submissions": of_websites, "The last page of the form": of_pages,
}  # fmt: skip
TIME_HEAD: Final = ["the quickest tenth within (ms)", "median (ms)", "from the first (µs)", "by chance (µs)"]


def measured(title: str, stage: Stage, times: int, rounds: int, reads: int) -> Iterator[str]:
    """Everything, on one database."""
    yield from (f"### {title}", "")
    floods = {"as it comes": AS_IT_COMES, "no budget for pages": OPEN_TO_ALL, "and no haste": PATIENT} if times else {}
    if floods:
        yield from table(
            FLOOD_HEAD,
            [[name, *flooded(stage, each, times, reads, place)] for place, (name, each) in enumerate(floods.items())],
        )
    with door(stage, PATIENT) as server:
        for asked, silence in ASKED.items():
            part = rounds if asked != "The last page of the form" else max(50, rounds // 4)
            yield from table([f"{asked}, {part} rounds", *TIME_HEAD], list(silence(stage, server, part).rows()))


def bench(
    submissions: Annotated[int, typer.Option(help="How much junk there is in a flood; 0 for no flood.")] = 1000,
    rounds: Annotated[int, typer.Option(min=20, help="How often each way to ask is timed.")] = 1000,
    reads: Annotated[int, typer.Option(min=20, help="How often the staff read before and after.")] = 300,
    database: Annotated[list[str], typer.Option(help="Which databases.")] = ["sqlite", "postgres"],  # noqa: B006 - never changed
) -> None:
    """Flood the front door, and time what it answers to strangers."""
    configure_logs(readable=True, level=logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="charter-benchmark-") as folder:
        for each in database:
            at = Path(folder, each)
            if each == "sqlite":
                at.mkdir(mode=0o700)
                stage = furnished(fresh_sqlite(at), at)
                typer.echo("\n".join(measured("SQLite", stage, submissions, rounds, reads)))
                continue
            with postgres.server_with(DURABLE) as server:
                stage = furnished(fresh_postgres(server), at)
                typer.echo("\n".join(measured("PostgreSQL", stage, submissions, rounds, reads)))
                databases.pytest_sessionfinish()


if __name__ == "__main__":
    typer.run(bench)
