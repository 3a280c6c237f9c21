"""Time as an actor: it goes round the practices and asks for what falls to it, such as letting an approval lapse.

It asks like anybody else, through the unit of work, and so changes nothing that the workflows don't let it change. What
need not be kept any longer goes on the same round: receipts after 72 hours, events after 30 days, budgets once they are full,
answers on a page that were never sent after an hour.
Every few minutes it makes checkpoints of the audit trail.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from models.record import Record
from models.roles import INSTALLATION, Role
from service.budgets import in_microseconds
from service.checkpoints import CHECKPOINT_EVERY, Checkpoints, checkpoint_everywhere, checkpoints_of
from service.house import House
from service.identity import Principal
from service.settings import SQLITE, Settings
from service.store import Expiry, Listing
from service.store.folder import SETTLED_AFTER
from service.unit_of_work import Asked, NotFound, Stale, UnitOfWork, by_the_clock
from workflows.engine import Transition, Workflow
from workflows.refusals import Refusal
from workflows.registry import ALL

ROUND_EVERY: Final = timedelta(seconds=60)
RECEIPTS_KEPT: Final = timedelta(hours=72)
EVENTS_KEPT: Final = timedelta(days=30)
PAGE: Final = 100

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(slots=True)
class Round:
    """What one round came to: how many practices, how many records changed, and how many times something went wrong."""

    practices: int = 0
    changed: int = 0
    failed: int = 0


@asynccontextmanager
async def ticking(house: House, settings: Settings) -> AsyncIterator[None]:
    """Go round in the background, where no clock of its own is expected beside the service."""
    if not ticks_within(settings):
        yield
        return
    rounds = asyncio.create_task(go_round_for_ever(house, checkpoints_of(settings)))
    try:
        yield
    finally:
        rounds.cancel()
        with suppress(asyncio.CancelledError):
            await rounds


def ticks_within(settings: Settings) -> bool:
    """Whether the service brings its own clock: in development, and with SQLite, which one process alone writes to."""
    return not settings.production or settings.database_address.startswith(SQLITE)


async def go_round_for_ever(
    house: House, checkpoints: Checkpoints, came_round: Callable[[], None] | None = None
) -> None:
    """One round a minute, whatever happens on it, and checkpoints every few minutes.

    `came_round` hears of the beginning and of each round that came to its end, be it that all of it failed: what hangs is silent.
    """
    checkpoints_due = time.monotonic() + CHECKPOINT_EVERY.total_seconds()
    while True:
        if came_round:
            came_round()
        try:
            await go_round(house)
            if time.monotonic() >= checkpoints_due:
                await checkpoint_everywhere(house, checkpoints)
                checkpoints_due = time.monotonic() + CHECKPOINT_EVERY.total_seconds()
        except Exception as fault:  # noqa: BLE001 - the next round may find what this one missed, such as a database
            log.error("round_failed", fault=type(fault).__name__)
        await asyncio.sleep(ROUND_EVERY.total_seconds())


async def go_round(house: House) -> Round:
    """Ask, at every practice, for what is due, and forget what is old. What fails is logged and does not stop the round.

    Raises Unavailable when not even the practices can be told.
    """
    done = Round()
    for practice in await house.store.practice_codes():
        done.practices += 1
        try:
            await _go_to(house, practice, done)
        except Exception as fault:  # noqa: BLE001 - the other practices are due as well
            done.failed += 1
            log.error("practice_failed", practice=practice, fault=type(fault).__name__)
    await _forget(house, INSTALLATION)  # where the operators' receipts and strangers' budgets are
    if done.changed or done.failed:
        log.info("round", practices=done.practices, changed=done.changed, failed=done.failed)
    return done


async def _go_to(house: House, practice: str, done: Round) -> None:
    now = house.clock()
    for workflow in ALL:
        if any(_falls_to_time(each) for each in workflow.transitions.values()):
            await _ask_for_what_is_due(house, workflow, practice, now, done)
    await _forget(house, practice)


async def _forget(house: House, practice: str) -> None:
    """Let go of what need not be kept any longer."""
    now = house.clock()
    await house.store.purge(
        Expiry(
            practice, receipts_before=now - RECEIPTS_KEPT, events_before=now - EVENTS_KEPT,
            budgets_full_before=in_microseconds(now), files_before=now - SETTLED_AFTER, drafts_before=now,
        )
    )  # fmt: skip


async def _ask_for_what_is_due(
    house: House, workflow: Workflow[Any], practice: str, now: datetime, done: Round
) -> None:
    states = tuple(
        sorted({each for law in workflow.transitions.values() if _falls_to_time(law) for each in law.sources})
    )
    after = None
    while True:
        listing = Listing(practice, due_before=now, among={"state": states}, after=after, limit=PAGE)
        due: list[Record] = await house.store.records(workflow.kind, listing)
        for record in due:
            await _ask(house, workflow, record, done)
        if len(due) < PAGE:
            return
        after = due[-1].id


async def _ask(house: House, workflow: Workflow[Any], record: Record, done: Round) -> None:
    """Ask for the first transition that is available to time. Somebody who was faster has seen to the record."""
    work = by_the_clock(house.work(Principal("", INSTALLATION)), record.practice)
    try:
        done.changed += await _apply_first(work, workflow, record)
    except (Stale, NotFound):
        return
    except Exception as fault:  # noqa: BLE001 - the other records are due as well
        done.failed += 1
        log.error("record_failed", kind=workflow.name, record_id=str(record.id), fault=type(fault).__name__)


async def _apply_first(work: UnitOfWork, workflow: Workflow[Any], record: Record) -> bool:
    for transition in workflow.transitions.values():
        if _falls_to_time(transition) and record.state in transition.sources:
            with suppress(Refusal):
                await work.apply(transition, record.id, Asked(version=lambda: record.version))
                return True
    return False


def _falls_to_time(transition: Transition[Any]) -> bool:
    return Role.CLOCK in transition.by
