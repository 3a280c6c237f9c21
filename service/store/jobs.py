"""What is handed to the one thread that writes to SQLite, and how whoever waits is told."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from models.drafts import PageDraft
from models.ledger import AccessEntry
from service.store import Change, Expiry, Renewal, Spending

Task = Change | AccessEntry | Expiry | PageDraft | Renewal | Spending


@dataclass(frozen=True, slots=True)
class Job:
    """Something for the writer to do, and whoever waits for it in their event loop."""

    what: Task
    loop: asyncio.AbstractEventLoop
    done: "asyncio.Future[int]"

    @property
    def wanted(self) -> bool:
        """Whether anybody still waits. What was given up before it was begun is never done."""
        return not self.done.cancelled()

    def tell(self, outcome: int | Exception) -> None:
        """Let whoever waits know, from the writer's thread."""
        with suppress(RuntimeError):  # whoever waited has gone, and their event loop with them
            self.loop.call_soon_threadsafe(_settle, self.done, outcome)


def _settle(done: "asyncio.Future[int]", outcome: int | Exception) -> None:
    if done.cancelled():
        return
    if isinstance(outcome, Exception):
        done.set_exception(outcome)
    else:
        done.set_result(outcome)
