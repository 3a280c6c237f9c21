"""Checkpoints: signed lists of what the audit trail holds, kept outside the database, so that what is removed is missed.

Every few minutes the clock lists, for each practice, the changes and the showings that came since the last time, each with its
seal, and signs the list. Nothing is listed that could still be overtaken, so that no list leaves anything out.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final, ParamSpec, TypeVar
from uuid import UUID

import structlog
from prometheus_client import Counter

from models.ledger import AccessEntry, Event
from models.roles import INSTALLATION
from service.audit import plain
from service.checkpoint_files import (
    FORMAT,
    Line,
    Sink,
    add_everywhere,
    line_in,
    reconcile,
    signed_line,
    texts_in,
)
from service.checkpoint_holding import held_in_time
from service.checkpoint_keys import CheckpointKeys
from service.house import House
from service.settings import Settings
from service.store import CursorExpired, Listing
from service.store.trail import Trail

CHECKPOINT_EVERY: Final = timedelta(minutes=5)
LISTED_TOGETHER: Final = 500
"""As many changes, and as many showings, in one line at most."""

P = ParamSpec("P")
T = TypeVar("T")

FAILED = Counter("charter_checkpoints_failed", "Checkpoints of a practice's audit trail that could not be made.")
Item = list[Any]
"""What a line says of one change, `[record, version, seal]`, or of one showing, `[entry, seal]`."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """Where checkpoints are kept, and what signs them; `late` are practices whose files were given up, and may still come."""

    folders: Sequence[Path]
    keys: CheckpointKeys
    late: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Listed:
    """What a round came to: how many lines were added, and at how many practices it failed."""

    lines: int = 0
    failed: int = 0


def checkpoints_of(settings: Settings) -> Checkpoints:
    """What the settings say of checkpoints. Raises SettingsRefused."""
    return Checkpoints(settings.checkpoint_sinks(), settings.checkpoint_keys())


async def checkpoint_everywhere(house: House, checkpoints: Checkpoints, *, anew: bool = False) -> Listed:
    """Make a checkpoint at every practice at which something is new. What fails is logged, and caught up with next time."""
    listed = Listed()
    for practice in [*await house.store.practice_codes(), INSTALLATION]:
        try:
            listed.lines += await checkpoint(house, checkpoints, practice, anew=anew)
        except Exception as fault:  # noqa: BLE001 - the other practices want theirs as well
            listed.failed += 1
            FAILED.inc()
            log.error("checkpoint_failed", practice=practice, fault=type(fault).__name__)
    return listed


async def checkpoint(house: House, checkpoints: Checkpoints, practice: str, *, anew: bool = False) -> int:
    """Add what is new at a practice to its files, in as many lines as it takes; tell how many.

    `anew` walks the whole trail, and not what came since the last line: after a restore, say. Raises CheckpointsFailed.
    """
    async with held_in_time(checkpoints.folders, practice, checkpoints.late) as sinks:
        if not sinks:
            return 0
        last = await _to_its_end(reconcile, sinks, checkpoints.keys)
        return await _add_what_is_new(house, checkpoints, practice, sinks, last, anew=anew)


async def _add_what_is_new(
    house: House, checkpoints: Checkpoints, practice: str, sinks: list[Sink], last: Line | None, *, anew: bool
) -> int:
    added = 0
    cursor = last.said["cursor"] if last else NOWHERE
    walk = anew or last is None
    listing = partial(_listed_in, sinks[0].path)
    changes, accesses = (
        _since(stream, cursor[stream.name], listing, walk=walk)
        for stream in (Changes(house.store.trail, practice), Accesses(house.store.trail, practice))
    )
    async for news in _side_by_side(changes, accesses, cursor):
        last = _following(last, practice, plain(house.clock()), news, checkpoints.keys)
        await _to_its_end(add_everywhere, sinks, [last])
        log.info("checkpoint", practice=practice, number=last.number, digest=last.digest)
        added += 1
    return added


async def _to_its_end(do: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Do something in a thread. Whoever breaks it off waits for its end: files that it writes to are closed after that."""
    doing = asyncio.create_task(asyncio.to_thread(do, *given, **named))
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.wait({doing})
        raise


def _following(last: Line | None, practice: str, at: str, news: "News", keys: CheckpointKeys) -> Line:
    """The next line: what is new, and how much was listed by now."""
    totals = last.said["totals"] if last else NOTHING
    begun = sum(version == 1 for _, version, _ in news.changes)
    said = {
        "format": FORMAT, "practice": practice, "at": at,
        "number": last.number + 1 if last else 1, "previous": last.digest if last else None,
        "changes": news.changes, "accesses": news.accesses, "cursor": news.cursor,
        "totals": {
            "changes": totals["changes"] + len(news.changes), "accesses": totals["accesses"] + len(news.accesses),
            "records": totals["records"] + begun,
        },
    }  # fmt: skip
    return signed_line(keys, said)


NOWHERE: Final[dict[str, str | None]] = {"changes": None, "accesses": None}
NOTHING: Final = {"changes": 0, "accesses": 0, "records": 0}


@dataclass(frozen=True, slots=True)
class News:
    """What one line has to say, and how far the order of commits was followed."""

    changes: list[Item]
    accesses: list[Item]
    cursor: dict[str, str | None]


Page = tuple[list[Item], str | None]
"""What came, and the cursor that stands behind it."""


async def _side_by_side(
    changes: AsyncIterator[Page], accesses: AsyncIterator[Page], cursor: dict[str, str | None]
) -> AsyncIterator[News]:
    """What lines have to say, one after the other."""
    while True:
        both = {"changes": await anext(changes, None), "accesses": await anext(accesses, None)}
        if not any(both.values()):
            return
        cursor = {name: page[1] if page else cursor[name] for name, page in both.items()}
        items = {name: page[0] if page else [] for name, page in both.items()}
        yield News(**items, cursor=cursor)


async def _since(
    stream: "Stream", after: str | None, listed: Callable[[str], set[str]], *, walk: bool
) -> AsyncIterator[Page]:
    """What came after a cursor, a page at a time; where that can't be told any more, all that was never listed, and then that."""
    try:
        page = ([], after) if walk else await stream.after(after)
    except CursorExpired:
        walk = True
    if walk:
        async for page in _unlisted(stream, after, await asyncio.to_thread(listed, stream.name)):
            yield page
            after = page[1]
        page = await stream.after(after)
    while page[1] != after:
        yield page
        after = page[1]
        page = await stream.after(after)


async def _unlisted(stream: "Stream", after: str | None, listed: set[str]) -> AsyncIterator[Page]:
    """Everything that no line lists yet, but for what is still to come: only the last page moves the cursor."""
    newest = await stream.newest()
    waiting: list[Item] = []
    async for items in stream.everything():
        coming = await stream.coming(newest)
        waiting += [each for each in items if key_of(each) not in listed and key_of(each) not in coming]
        while len(waiting) > LISTED_TOGETHER:
            yield waiting[:LISTED_TOGETHER], after
            del waiting[:LISTED_TOGETHER]
    if waiting or newest != after:
        yield waiting, newest


def key_of(item: Item) -> str:
    """What a line calls one change, or one showing: all but its seal."""
    return "/".join(map(str, item[:-1]))


def _listed_in(path: Path, name: str) -> set[str]:
    """Everything that the lines of a file list under this name."""
    return {key_of(item) for line in map(line_in, texts_in(path)) if line for item in line.said[name]}


@dataclass(frozen=True, slots=True)
class Stream(ABC):
    """Something that is listed, in the order of commits: `name` is what a line calls it, `model` what is followed."""

    name: ClassVar[str]
    model: ClassVar[type[Event] | type[AccessEntry]]
    trail: Trail
    practice: str

    async def after(self, cursor: str | None) -> Page:
        """What came after that, without any that could still be overtaken. Raises CursorExpired."""
        followed = await self._page(cursor)
        return await self.items(followed), str(followed[-1].id) if followed else cursor

    async def newest(self) -> str | None:
        """The cursor behind all that can't be overtaken any more."""
        found = await self.trail.newest(self.model, self.practice)
        return str(found) if found else None

    async def coming(self, cursor: str | None) -> set[str]:
        """Everything that is there after that, whether it could be overtaken or not."""
        found: set[str] = set()
        while followed := await self._page(cursor, settled=False):
            found |= {self.key(each) for each in followed}
            cursor = str(followed[-1].id)
        return found

    async def _page(self, cursor: str | None, *, settled: bool = True) -> list[Any]:
        listing = Listing(self.practice, after=UUID(cursor) if cursor else None, limit=LISTED_TOGETHER)
        return await self.trail.in_order(self.model, listing, settled=settled)

    @abstractmethod
    def key(self, followed: Any) -> str:
        """What identifies one."""

    @abstractmethod
    async def items(self, followed: list[Any]) -> list[Item]:
        """What a line says of these."""

    @abstractmethod
    def everything(self) -> AsyncIterator[list[Item]]:
        """All that there is, a page at a time, in another order."""


class Changes(Stream):
    """Changes of records: an entry of the audit trail for each, found by the event that tells of it."""

    name = "changes"
    model = Event

    def key(self, followed: Event) -> str:
        """The record and its version."""
        return key_of([followed.record_id, followed.version, None])

    async def items(self, followed: list[Event]) -> list[Item]:
        """Each with its entry's seal: none where there is an event without an entry."""
        places = [(each.record_id, each.version) for each in followed]
        seals = await self.trail.seals_at(self.practice, places)
        return [[str(record), version, seals.get((record, version))] for record, version in places]

    async def everything(self) -> AsyncIterator[list[Item]]:
        """The whole trail, record by record."""
        after = None
        while page := await self.trail.chains(self.practice, after, LISTED_TOGETHER):
            yield [[str(each.record_id), each.version, each.seal] for each in page]
            after = (page[-1].record_id, page[-1].version)


class Accesses(Stream):
    """Showings of sensitive records."""

    name = "accesses"
    model = AccessEntry

    def key(self, followed: AccessEntry) -> str:
        """The entry."""
        return key_of([followed.id, None])

    async def items(self, followed: list[AccessEntry]) -> list[Item]:
        """Each with its seal."""
        return [[str(each.id), each.seal] for each in followed]

    async def everything(self) -> AsyncIterator[list[Item]]:
        """All of them, by their identifiers."""
        after = None
        while page := await self.trail.accesses(Listing(self.practice, after=after, limit=LISTED_TOGETHER)):
            yield await self.items(page)
            after = page[-1].id
