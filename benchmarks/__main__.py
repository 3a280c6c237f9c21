"""`make bench`: the house against the floor on both databases, as tables of ratios."""

import json
import logging
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.measure import Comparison, compare
from benchmarks.operations import ALL, CREATE, GET, LIST, TRANSITION, Operation
from benchmarks.report import document
from benchmarks.servers import FLOOR, HOUSE, Server, serving, shares
from benchmarks.stage import Stage, on_postgres, on_sqlite
from service.logs import configure_logs
from tests import databases, postgres

DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "shared_buffers": "512MB"}
"""The tests' server forgets what happened when the power fails. This one does what an installation's would."""
GROWING = (GET, LIST, CREATE, TRANSITION)
SLOW_DISK = Path(__file__).with_name("slow_disk.c")


class Bench:
    """One run: a folder for it, so many posts, so many rounds of such a part of their usual length."""

    def __init__(self, folder: Path, posts: int, rounds: int, part: float) -> None:
        self.folder, self.posts, self.rounds, self.part = folder, posts, rounds, part

    def made(self, name: str) -> Path:
        """A folder of this name."""
        made = self.folder / name
        made.mkdir(mode=0o700)
        return made

    def against_the_floor(
        self, stage: Stage, title: str, operations: tuple[Operation, ...] = ALL, **more: str
    ) -> Comparison:
        """The house beside one floor; on SQLite beside a second, that commits many changes at once."""
        with ExitStack() as running:
            servers: list[Server] = []
            floors = {"floor": 1, "floor, 64 changes a commit": 64} if stage.on_sqlite else {"floor": 1}
            share = shares(len(floors) + 1)
            for (name, together), numbers in zip(floors.items(), share, strict=False):
                own = stage.copy()
                told = {"FLOOR_DATABASE": own.owner, "FLOOR_TOGETHER": str(together), **more}
                servers.append(running.enter_context(serving(name, FLOOR, own, numbers, **told)))
            servers.append(running.enter_context(serving("house", HOUSE, stage.copy(), share[-1], **more)))
            return compare(title, servers, operations, self.rounds, self.part)

    def growing(self, stages: list[Stage], title: str) -> Comparison:
        """The house alone, on tables of different sizes."""
        with ExitStack() as running:
            servers = [
                running.enter_context(serving(f"{each.posts:,} posts", HOUSE, each, shares(1)[0])) for each in stages
            ]
            return compare(title, servers, GROWING, self.rounds, self.part)

    def on_sqlite(self, sizes: list[int]) -> Iterator[Comparison]:
        """Everything that is measured on SQLite."""
        stage = on_sqlite(self.made("sqlite"), self.posts)
        yield self.against_the_floor(stage, f"SQLite, {self.posts:,} posts; the floor commits each change by itself")
        if shim := slow_disk(self.folder):
            title = "SQLite on a disk that takes a millisecond longer"
            yield self.against_the_floor(stage, title, (CREATE, TRANSITION), LD_PRELOAD=str(shim))
        if sizes:
            stages = [on_sqlite(self.made(f"sqlite-{each}"), each) for each in sizes]
            yield self.growing(stages, "SQLite, growing")

    def on_postgres(self, sizes: list[int]) -> Iterator[Comparison]:
        """Everything that is measured on PostgreSQL."""
        with postgres.server_with(DURABLE) as server:
            stage = on_postgres(server, self.made("postgres"), self.posts)
            yield self.against_the_floor(stage, f"PostgreSQL, {self.posts:,} posts")
            if sizes:
                stages = [on_postgres(server, self.made(f"postgres-{each}"), each) for each in sizes]
                yield self.growing(stages, "PostgreSQL, growing")
            databases.pytest_sessionfinish()


def slow_disk(folder: Path) -> Path | None:
    """What makes a disk slow, if this machine has a compiler for it."""
    compiler, shim = shutil.which("cc"), folder / "slow_disk.so"
    if compiler is None:
        return None
    subprocess.run([compiler, "-shared", "-fPIC", "-o", shim, SLOW_DISK, "-ldl"], check=True)  # noqa: S603 - a compiler, by its path
    return shim


def bench(
    posts: Annotated[int, typer.Option(help="How many posts there are when the house meets the floor.")] = 100_000,
    sizes: Annotated[
        str, typer.Option(help="Tables to grow over, separated by commas; none for none.")
    ] = "10000,100000",
    rounds: Annotated[int, typer.Option(min=1, help="How often everything is measured.")] = 7,
    part: Annotated[float, typer.Option(help="How much of a usual round: less is quicker, and noisier.")] = 1.0,
    database: Annotated[list[str], typer.Option(help="Which databases.")] = ["sqlite", "postgres"],  # noqa: B006 - never changed
    into: Annotated[Path | None, typer.Option("--json", help="Where to write every round, for a program.")] = None,
) -> None:
    """Measure the house against a floor: a bare ASGI application on a bare driver, in the same run."""
    configure_logs(readable=True, level=logging.WARNING)
    grown = [int(each) for each in sizes.split(",") if each]
    with tempfile.TemporaryDirectory(prefix="charter-benchmark-") as folder:
        run = Bench(Path(folder), posts, rounds, part)
        seen: list[Comparison] = []
        for each in database:
            for comparison in run.on_sqlite(grown) if each == "sqlite" else run.on_postgres(grown):
                seen.append(comparison)
                typer.echo(document([comparison]))
    if into:
        into.write_text(json.dumps([each.plain for each in seen], indent=2))


if __name__ == "__main__":
    typer.run(bench)
