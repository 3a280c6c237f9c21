"""The press: renders off the event loop, each thing once however many ask, a few at a time, and keeps what was asked for last."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, TypeVar

T = TypeVar("T")

KEPT: Final = 128
"""How many renderings are kept, of 20 to 150 kB each."""

AT_ONCE: Final = 2
"""How many are made at the same time."""

LONGEST: Final = 10.0
"""How many seconds somebody waits for one. It is made to its end all the same, and there for whoever asks again."""


class TakesTooLong(Exception):
    """This takes longer than it should. Ask again in a moment."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What was rendered, and the strong tag of exactly these bytes."""

    body: bytes
    tag: str


class Press:
    """Renderings by what they are of."""

    def __init__(self, kept: int = KEPT, at_once: int = AT_ONCE, longest: float = LONGEST) -> None:
        """Nothing is rendered yet."""
        self.kept, self.longest = kept, longest
        self.turns = asyncio.Semaphore(at_once)
        self.copies: OrderedDict[Hashable, asyncio.Task[Copy]] = OrderedDict()

    async def copy(self, key: Hashable, load: Callable[[], Awaitable[T]], render: Callable[[T], bytes]) -> Copy:
        """The copy that is kept under this key, or a new one of what is loaded for it.

        Raises TakesTooLong, or what loading and rendering raise.
        """
        task = self.copies.get(key) or self._begun(key, self._printed(load, render))
        self.copies.move_to_end(key)
        try:
            return await asyncio.wait_for(asyncio.shield(task), self.longest)
        except TimeoutError:
            raise TakesTooLong from None

    async def once(self, render: Callable[[], bytes]) -> bytes:
        """What is rendered for one reader, and not kept.

        Raises TakesTooLong, or what rendering raises.
        """
        try:
            return await asyncio.wait_for(self._in_turn(render), self.longest)
        except TimeoutError:
            raise TakesTooLong from None

    async def _in_turn(self, render: Callable[[], bytes]) -> bytes:
        async with self.turns:
            return await asyncio.to_thread(render)

    def _begun(self, key: Hashable, printing: Coroutine[Any, Any, Copy]) -> asyncio.Task[Copy]:
        task = self.copies[key] = asyncio.create_task(printing)
        task.add_done_callback(lambda done: self._settled(key, done))
        while len(self.copies) > self.kept:
            self.copies.popitem(last=False)
        return task

    async def _printed(self, load: Callable[[], Awaitable[T]], render: Callable[[T], bytes]) -> Copy:
        async with self.turns:
            body = await asyncio.to_thread(render, await load())
        return Copy(body, f'"{sha256(body).hexdigest()[:32]}"')

    def _settled(self, key: Hashable, done: asyncio.Task[Copy]) -> None:
        """What failed is not kept."""
        if (done.cancelled() or done.exception()) and self.copies.get(key) is done:
            del self.copies[key]
