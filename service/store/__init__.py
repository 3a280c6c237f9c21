"""Where records are kept. One interface, two databases, and no other place that speaks SQL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from models.drafts import PageDraft
from models.files import FilePart
from models.ledger import AccessEntry, AuditEntry, Event, Receipt
from models.practices import Practice
from models.record import Record
from models.sealing import RecordKey
from models.staff import StaffMember
from service.vault import Vault

if TYPE_CHECKING:
    from service.store.trail import Trail


@dataclass(frozen=True, slots=True)
class Question:
    """What judging needs to know: a practice, somebody there, perhaps a record, perhaps a key used before."""

    practice: str
    subject: str
    record_id: UUID | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The answer, read at one moment. Whatever is not there is None."""

    practice: Practice | None = None
    member: StaffMember | None = None
    receipt: Receipt | None = None
    record: Any = None
    seal: str = ""
    key: RecordKey | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as it was found, with the head of its audit chain, and its key if anything in it is kept sealed."""

    record: Any
    seal: str
    key: RecordKey | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """By what right a change is made: the practice's settings and the actor's roles, at the versions that were judged.

    Version 0 is that of something that isn't there: the clock has no entry in the directory, a new practice no settings.
    """

    practice: str
    practice_version: int
    subject: str
    member_version: int


@dataclass(frozen=True, slots=True)
class Write:
    """One record, the version that it was judged at (None for a new one), and what is written beside it.

    `key` is the one that its sealed values are under; a record that begins without one gets its own.
    """

    record: Record
    was: int | None
    entry: AuditEntry
    event: Event
    key: RecordKey | None = None


@dataclass(frozen=True, slots=True)
class Reliance:
    """Other records that a judgement rests on: those of one kind in which these columns agree, at these versions."""

    kind: type[Record]
    practice: str
    equal: Mapping[str, Any]
    versions: frozenset[tuple[UUID, int]]

    def holds(self, found: Iterable[Record]) -> bool:
        """Whether they are still all of them, and none has moved on."""
        return frozenset((each.id, each.version) for each in found) == self.versions


@dataclass(frozen=True, slots=True)
class Change:
    """Records that change together or not at all: if all still are as they were judged, and the authority still stands.

    So must whatever else was looked up to judge them (`rests_on`). Changes that rest on other records happen one after
    the other at a practice, so that two people can't each take away what the other relied on.

    The first is the one that was asked for; the others follow from it. They are written last to first, so that what gives
    way is gone before what takes its place (one active version of a policy) is there. `parts` are those of the file that comes
    with the first.
    """

    writes: tuple[Write, ...]
    authority: Authority
    receipt: Receipt | None = None
    rests_on: tuple[Reliance, ...] = ()
    parts: tuple[FilePart, ...] = ()


@dataclass(frozen=True, slots=True)
class Expiry:
    """What one practice need not keep any longer: receipts, events and drafts from before these moments (UTC).

    Budgets go that were full before theirs (microseconds since 1970), and files that have waited since before theirs for a
    change that never came.
    """

    practice: str
    receipts_before: datetime
    events_before: datetime
    budgets_full_before: int
    files_before: datetime
    drafts_before: datetime


@dataclass(frozen=True, slots=True)
class Spending:
    """One thing asked for, of `amount` that a budget allows at once; after each `step` there is room for one more.

    Moments and times are in microseconds, `now` since 1970.
    """

    practice: str
    name: str
    amount: int
    step: int
    now: int


@dataclass(frozen=True, slots=True)
class Rewrapped:
    """A record's key, wrapped under a newer one, and how it was wrapped before."""

    key: RecordKey
    was: str


@dataclass(frozen=True, slots=True)
class Reindexed:
    """A record, as it was read, to be found by the newest key."""

    record: Record


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a newer key changes, in one go. It alters nothing that anybody said, so no version and no audit entry comes of it."""

    parts: tuple[Rewrapped | Reindexed, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of rows of one practice, in the order of their identifiers: what must be equal, what comes before, after which row."""

    practice: str
    equal: Mapping[str, Any] = field(default_factory=dict)
    due_before: datetime | None = None
    among: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    after: UUID | None = None
    limit: int = 50


def agreeing(practice: str, equal: Mapping[str, Any]) -> Listing:
    """The practice's rows in which these columns agree; where a column's values stand in a frozenset, with any of them."""
    several = {name: tuple(each) or (None,) for name, each in equal.items() if isinstance(each, frozenset)}
    return Listing(practice, {name: each for name, each in equal.items() if name not in several}, among=several)


@dataclass(frozen=True, slots=True)
class Agenda:
    """A page of one practice's records that fall due, soonest first: from when until before when (UTC), and after which.

    `after` is the moment and the identifier of the last one that is known.
    """

    practice: str
    since: datetime | None = None
    before: datetime | None = None
    among: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    after: tuple[datetime, UUID] | None = None
    limit: int = 50


class Taken(Exception):
    """Somebody else wrote the same key, entry or record first."""


class Unavailable(Exception):
    """The database can't be reached, takes too long, or refuses to write. Nothing was changed."""


class OutcomeUnknown(Unavailable):
    """The database did not say in time whether it made the change. Send the same request, with the same key, to learn it."""


class CursorExpired(Exception):
    """The event that this cursor stands at is not kept any more."""


class Store(Protocol):
    """What both databases do alike."""

    trail: "Trail"
    """The audit trail, to be walked by checkpoints and verifiers."""
    vault: Vault
    """What seals and opens the values that are kept sealed."""

    async def read(self, kind: type[Record], question: Question) -> Known:
        """Everything that judging needs, in one round trip."""

    async def find(self, kind: type[Record], practice: str, equal: Mapping[str, Any]) -> list[Kept]:
        """The practice's records in which these columns agree, or are one of those in a frozenset."""

    async def records(self, kind: type[Record], listing: Listing) -> list[Any]:
        """A page of records."""

    async def kept(self, kind: type[Record], listing: Listing) -> list[Kept]:
        """The same, each with the head of its audit chain."""

    async def agenda(self, kind: type[Record], agenda: Agenda) -> list[Any]:
        """A page of records, soonest due first, without what is kept sealed of them."""

    async def entries(self, listing: Listing) -> list[AuditEntry]:
        """A page of the audit trail."""

    async def events(self, listing: Listing) -> list[Event]:
        """A page of events in the order of their commits, without any that could still be overtaken. Raises CursorExpired."""

    async def part(self, practice: str, record_id: UUID, number: int) -> bytes | None:
        """One part of a record's file, sealed, if it is there."""

    async def practice_codes(self) -> list[str]:
        """Every practice that is open here: for the clock, and for nobody else."""

    async def write(self, change: Change) -> bool:
        """The whole change, or nothing. False if a record, the roles or the settings have moved on.

        Raises Taken; Unavailable when nothing was changed, and OutcomeUnknown when that can't be told.
        """

    async def note(self, entry: AccessEntry) -> None:
        """Keep who is about to be shown what. Raises Unavailable, and then nobody is shown anything."""

    async def spend(self, spending: Spending) -> int:
        """Spend once of a budget: when it is full again, or 0 when nothing was left. Exact, however many ask at once."""

    async def keep_draft(self, draft: PageDraft) -> None:
        """Keep what a browser has answered so far, in the place of what it answered before."""

    async def draft(self, practice: str, name: str, now: datetime) -> PageDraft | None:
        """What a browser has answered so far, unless that was too long ago."""

    async def purge(self, expiry: Expiry) -> None:
        """Forget receipts and events that are old enough: of the events the oldest thousand at most, in one go."""

    async def key_ids(self, practice: str) -> set[str]:
        """The fingerprints of the keys that a practice's record keys are wrapped under."""

    async def keys_counted(self, practice: str) -> dict[str, int]:
        """How many record keys are wrapped under each."""

    async def keys_not_under(self, practice: str, key_id: str, after: UUID) -> list[RecordKey]:
        """Some record keys that are wrapped under another than this, in the order of their records."""

    async def not_indexed_under(self, kind: type[Record], practice: str, key_id: str, after: UUID) -> list[UUID]:
        """Some records that are found under another key than this, in order."""

    async def renew(self, renewal: Renewal) -> None:
        """Keep what a newer key changes, but for what has moved on meanwhile."""

    async def revision(self) -> str:
        """Which migration the database is at; empty before the first. Raises Unavailable."""

    async def close(self) -> None:
        """Finish what was begun, and let go."""
