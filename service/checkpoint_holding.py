"""Files of checkpoints are held for as long as they are written to, and nothing else stands still over a folder that hangs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, Final

from service.checkpoint_files import CheckpointsFailed, Sink, held

OPENED_WITHIN: Final = 10.0
"""For how many seconds a network share, say, may keep us waiting for a practice's files."""


@asynccontextmanager
async def held_in_time(folders: Sequence[Path], practice: str, late: set[str]) -> AsyncIterator[list[Sink]]:
    """The practice's files as `held` has them. Raises CheckpointsFailed also when the folders don't answer in time.

    `late` says whose files are still awaited after that: for as long as there are any, nobody else's are.
    """
    if late:
        raise CheckpointsFailed
    holding = held(folders, practice)
    let_go: Callable[[], Any] = partial(holding.__exit__, None, None, None)
    opening = _in_a_thread(holding.__enter__)
    try:
        await asyncio.wait({opening}, timeout=OPENED_WITHIN)
    except asyncio.CancelledError:
        opening.add_done_callback(partial(_after_all, practice, late, let_go))
        raise
    if not opening.done():
        late.add(practice)
        opening.add_done_callback(partial(_after_all, practice, late, let_go))
        raise CheckpointsFailed
    sinks = opening.result()
    try:
        yield sinks
    finally:
        closing = _in_a_thread(let_go)
        await asyncio.wait({closing}, timeout=OPENED_WITHIN)
        if closing.done():
            closing.result()


def _after_all(practice: str, late: set[str], let_go: Callable[[], Any], opened: asyncio.Future[Any]) -> None:
    """The files are there, or are not, when nobody waits for them any more."""
    late.discard(practice)
    if opened.exception() is None:
        Thread(target=let_go, name="checkpoints", daemon=True).start()


def _in_a_thread(do: Callable[[], Any]) -> asyncio.Future[Any]:
    """Do something in a thread of its own: one that hangs takes none from others, and does not keep the process from ending."""
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[Any] = loop.create_future()

    def done() -> None:
        tell: Callable[[], None]
        try:
            tell = partial(outcome.set_result, do())
        except Exception as fault:  # noqa: BLE001 - it belongs to whoever waits
            tell = partial(outcome.set_exception, fault)
        with suppress(RuntimeError):  # the event loop has ended, and nobody waits
            loop.call_soon_threadsafe(tell)

    Thread(target=done, name="checkpoints", daemon=True).start()
    return outcome
