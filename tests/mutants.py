"""Stores that break their word, each in one way, to see that it is noticed."""

import asyncio
from dataclasses import replace
from typing import Any

from fastapi import FastAPI

from api.app import create_app
from service.store import Change
from service.store.postgres import PostgresStore
from service.store.sqlite import SQLiteStore
from service.store.statements import receipt_of

GAP = 0.03  # seconds, long enough for a kill to fall into
_under_way: set[asyncio.Task[Any]] = set()


def acknowledges_before_the_commit() -> FastAPI:
    """It says that a change is made, and makes it a moment later."""
    for store in (SQLiteStore, PostgresStore):
        _replace_write(store, _early)
    return create_app()


def writes_the_receipt_apart() -> FastAPI:
    """It makes the change in one transaction, and keeps the receipt in another."""
    for store in (SQLiteStore, PostgresStore):
        _replace_write(store, _apart)
    return create_app()


def forgets_what_was_answered() -> FastAPI:
    """It keeps no receipt: who asks again is served again."""
    for store in (SQLiteStore, PostgresStore):
        _replace_write(store, _forgetful)
    return create_app()


def _replace_write(store: Any, write: Any) -> None:
    honest = store.write

    async def other(self: Any, change: Change) -> bool:
        found: bool = await write(honest, self, change)
        return found

    store.write = other


async def _early(honest: Any, store: Any, change: Change) -> bool:
    async def later() -> None:
        await asyncio.sleep(GAP)
        await honest(store, change)

    task = asyncio.create_task(later())
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)
    return True


async def _apart(honest: Any, store: Any, change: Change) -> bool:
    if not await honest(store, replace(change, receipt=None)):
        return False
    await asyncio.sleep(GAP)
    if change.receipt:
        await _keep_receipt(store, change)
    return True


async def _keep_receipt(store: Any, change: Change) -> None:
    arguments = store.receipt.arguments(receipt_of(change))
    if isinstance(store, PostgresStore):
        await store.pool.execute(store.receipt.sql, *arguments)
    else:
        store.reader.execute(store.receipt.sql, arguments)


async def _forgetful(honest: Any, store: Any, change: Change) -> bool:
    await asyncio.sleep(GAP)
    made: bool = await honest(store, replace(change, receipt=None))
    await asyncio.sleep(GAP)
    return made
