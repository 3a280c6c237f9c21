"""What stands beside every record: what happened to it, whom to tell, and which requests were already answered."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, FetchedValue, Identity, Index, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.record import UTCDateTime, json_of, uuid7


class AuditEntry(SQLModel):
    """One link of a record's chain: who did what, when, in which role, under which policy.

    What was said (`said`) stands beside the chain, never in it: the chain holds salted commitments to the record and to what
    was said, so that a lawful erasure of what was said and of its salt leaves a chain that still verifies. `seal` is keyed
    with a key that the database never sees, over this entry and the seal before it. Times are UTC.
    """

    practice: str = Field(primary_key=True)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    kind: str
    record_id: UUID
    version: int
    at: datetime = Field(sa_type=UTCDateTime)
    actor: str
    roles: list[str] = Field(sa_type=json_of(list[str]))
    transition: str
    source: str | None
    target: str
    policy_id: UUID | None
    request_id: UUID
    commitment: str
    said_commitment: str | None = None
    key_id: str
    seal: str = ""
    salt: str | None
    said: str | None

    filters: ClassVar[tuple[str, ...]] = ("kind", "record_id", "actor", "transition")


class AuditEntryRow(AuditEntry, table=True):
    """The audit trail. The application's database role can add to it and read it, nothing else."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("practice", "record_id", "version", name="one_entry_per_version"),
        *(Index(f"audit_entry_by_{column}", "practice", column, "id") for column in AuditEntry.filters),
    )


class AccessEntry(SQLModel):
    """One showing: who was shown which records, when and in which role. A page of a list, or a search, is one showing.

    `kind` is what was read: a kind of record, or `audit_entry` for what the trail keeps of such records; `records` are the
    records that it was about, none where a search found nothing. Each is sealed by itself, with the key that seals the chains:
    readers never wait for each other, and the checkpoints miss what is removed. Times are UTC.
    """

    practice: str
    id: UUID = Field(default_factory=uuid7)
    at: datetime = Field(sa_type=UTCDateTime)
    actor: str
    roles: list[str] = Field(sa_type=json_of(list[str]))
    kind: str
    records: list[UUID] = Field(sa_type=json_of(list[UUID]))
    request_id: UUID
    key_id: str
    seal: str = ""

    filters: ClassVar[tuple[str, ...]] = ("kind", "actor")


class AccessEntryRow(AccessEntry, table=True):
    """Who was shown what. The application's database role can add to it and read it, nothing else. Ordered as events are."""

    __tablename__ = "access_entry"
    __table_args__ = (
        UniqueConstraint("practice", "id", name="one_access_entry_per_id"),
        Index("access_entry_in_order", "practice", "written_in", "position"),
        *(Index(f"access_entry_by_{column}", "practice", column, "id") for column in AccessEntry.filters),
    )
    position: int | None = Field(
        default=None,
        primary_key=True,
        sa_type=BigInteger().with_variant(Integer, "sqlite"),
        sa_column_args=(Identity(),),
    )
    written_in: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": FetchedValue()})


class Event(SQLModel):
    """One notice. Thin: types and ids, never what a record says. `type` is kind and transition, such as `post.approve`."""

    practice: str
    id: UUID = Field(default_factory=uuid7)
    type: str
    record_id: UUID
    version: int
    state: str
    audiences: list[str] = Field(sa_type=json_of(list[str]))
    at: datetime = Field(sa_type=UTCDateTime)


class EventRow(Event, table=True):
    """The outbox. Its order is the order of commits: the writing transaction, then the place within it."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("practice", "id", name="one_event_per_id"),
        Index("event_in_order", "practice", "written_in", "position"),
    )
    position: int | None = Field(
        default=None,
        primary_key=True,
        sa_type=BigInteger().with_variant(Integer, "sqlite"),
        sa_column_args=(Identity(),),
    )
    written_in: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": FetchedValue()})


class Receipt(SQLModel):
    """A request already answered: which record it changed, and a keyed fingerprint of what it said. Never the answer itself."""

    practice: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    fingerprint: str
    record_id: UUID
    status: int
    at: datetime = Field(sa_type=UTCDateTime)


class ReceiptRow(Receipt, table=True):
    """Receipts, kept for 72 hours."""

    __tablename__ = "receipt"
    __table_args__ = (Index("receipt_by_age", "at"),)
