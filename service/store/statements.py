"""The SQL, written by SQLAlchemy from the tables: once per kind and dialect, at start-up."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Executable,
    FromClause,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlmodel import SQLModel

from models.ledger import AccessEntry, AccessEntryRow, AuditEntry, AuditEntryRow, EventRow, Receipt, ReceiptRow
from models.practices import Practice, PracticeRow
from models.record import Record, remade
from models.sealing import RecordKey, RecordKeyRow
from models.staff import StaffMember, StaffRow
from service.store import Authority, Change, Expiry, Kept, Known, Listing, Question, Write, agreeing
from service.store.seals import Seals, opened_beside
from service.vault import Vault

Gate = tuple[ColumnElement[bool], ...]


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model, or of the row that keeps it."""
    return cast(Table, next(each.__table__ for each in (model, *model.__subclasses__()) if hasattr(each, "__table__")))


PRACTICE, STAFF, ENTRY, ACCESS, EVENT, RECEIPT, KEY = (
    table_of(each)
    for each in (PracticeRow, StaffRow, AuditEntryRow, AccessEntryRow, EventRow, ReceiptRow, RecordKeyRow)
)
IN_POST: ColumnElement[str] = literal_column("'in_post'")
NOT_THERE: ColumnElement[int] = literal_column("0")
NEVER_CHANGED = frozenset({"id", "practice", "created_at"})
FILLED_IN_BY_THE_DATABASE = frozenset({"position", "written_in"})
FORGOTTEN_AT_ONCE = 1000
NOTHING_KEPT = Kept(None, "")


def places(table: Table) -> dict[str, Any]:
    """A place for every column of a table that we fill in, named after both."""
    columns = (each for each in table.c if each.name not in FILLED_IN_BY_THE_DATABASE)
    return {each.name: bindparam(f"{table.name}_{each.name}", type_=each.type) for each in columns}


def values(table: Table, model: SQLModel) -> dict[str, Any]:
    """What goes into those places."""
    return {f"{table.name}_{name}": value for name, value in model.__dict__.items()}


def place(name: str, like: ColumnElement[Any]) -> ColumnElement[Any]:
    """A place for one value of a column's type."""
    return bindparam(name, type_=like.type)


def columns_of(table: FromClause, alias: str) -> list[Any]:
    """A table's columns under names that can't clash."""
    return [each.label(f"{alias}_{each.name}") for each in table.c]


def standing(gate: Gate) -> ColumnElement[bool]:
    """Roles and settings were read before; whoever lost a role since, or whose policy changed, must not act on it.

    A subquery may run before the statement that it stands in, so it carries the gate too.
    """
    practice = place("authority_practice", PRACTICE.c.practice)
    settings = select(PRACTICE.c.version).where(PRACTICE.c.practice == practice, *gate)
    in_post = (
        (STAFF.c.practice == practice)
        & (STAFF.c.subject == place("authority_subject", STAFF.c.subject))
        & (STAFF.c.state == IN_POST)
    )
    roles = select(STAFF.c.version).where(in_post, *gate)
    return (
        func.coalesce(settings.scalar_subquery(), NOT_THERE) == place("authority_practice_version", PRACTICE.c.version)
    ) & (func.coalesce(roles.scalar_subquery(), NOT_THERE) == place("authority_member_version", STAFF.c.version))


@dataclass(slots=True)
class KindStatements:
    """The statements of one kind. Every one names the practice; `gate` is what else a database wants said."""

    kind: type[Record]
    vault: Vault
    gate: Gate = ()
    table: Table = field(init=False)
    names: list[str] = field(init=False)
    hidden: tuple[str, ...] = field(init=False)
    seals: Seals | None = field(init=False)

    def __post_init__(self) -> None:
        """Find the table, and whether anything in it is kept sealed."""
        self.table = table_of(self.kind)
        self.names = list(self.table.c.keys())
        self.hidden = ("seal", *(f"{each}_index" for each in self.kind.found_by))
        seals = Seals(self.kind, self.table, self.vault)
        self.seals = seals if seals.columns else None

    @property
    def read(self) -> Select[Any]:
        """Practice, person, receipt and record, side by side."""
        here = place("practice", PRACTICE.c.practice)
        asked = select(here.label("here")).subquery("asked")
        record = self.table.alias("record")
        subject, key, record_id = (
            place("subject", STAFF.c.subject),
            place("key", RECEIPT.c.key),
            place("record_id", record.c.id),
        )
        member, practice = STAFF.alias("member"), PRACTICE.alias("home")
        side_by_side = (
            asked.outerjoin(practice, practice.c.practice == here)
            .outerjoin(
                member,
                (member.c.practice == here) & (member.c.subject == subject) & (member.c.state == IN_POST),
            )
            .outerjoin(RECEIPT, (RECEIPT.c.practice == here) & (RECEIPT.c.subject == subject) & (RECEIPT.c.key == key))
            .outerjoin(record, (record.c.practice == here) & (record.c.id == record_id))
        )
        if self.seals:
            side_by_side = side_by_side.outerjoin(KEY, (KEY.c.practice == here) & (KEY.c.record_id == record_id))
        columns = [
            *columns_of(practice, "home"),
            *columns_of(member, "member"),
            *columns_of(RECEIPT, "receipt"),
            *columns_of(record, "record"),
            *(columns_of(KEY, "key") if self.seals else ()),
        ]
        return select(*columns).select_from(side_by_side).where(*self.gate)

    def known(self, row: list[Any]) -> Known:
        """The same, read back."""
        rest = iter(row)
        practice, member, receipt, record = (
            dict(zip(names, rest, strict=False)) for names in (PRACTICE_NAMES, STAFF_NAMES, RECEIPT_NAMES, self.names)
        )
        kept = self._kept(record, rest) if record["id"] else NOTHING_KEPT
        return Known(
            practice=made(Practice, practice) if practice["id"] else None,
            member=made(StaffMember, member) if member["id"] else None,
            receipt=made(Receipt, receipt) if receipt["key"] else None,
            record=kept.record,
            seal=kept.seal,
            key=kept.key,
        )

    def kept(self, row: Iterable[Any]) -> Kept:
        """A row as a record, with the head of its chain. Raises KeyMissing or NotOpened."""
        rest = iter(row)
        return self._kept(dict(zip(self.names, rest, strict=False)), rest)

    def _kept(self, found: dict[str, Any], rest: Iterable[Any]) -> Kept:
        seal = found["seal"]
        if self.seals is None:
            return Kept(made(self.kind, found), seal)
        key = key_from(rest)
        return Kept(made(self.kind, self.seals.opened(found, key), self.hidden), seal, key)

    def found(self, listing: Listing) -> Select[Any]:
        """The practice's records that a listing means, all of them."""
        return self._rows().where(*narrowed(self.table, listing), *self.gate)

    def page(self, listing: Listing) -> Select[Any]:
        """A page of them."""
        return in_order(self._rows(), self.table, listing, self.gate)

    def sought(self, practice: str, equal: Mapping[str, Any]) -> Listing:
        """The records in which these agree, as a listing."""
        return self.seals.sought(practice, equal) if self.seals else agreeing(practice, equal)

    def _rows(self) -> Select[Any]:
        return with_keys(self.table, self.table.c.id) if self.seals else select(*self.table.c)

    def changing(self, *conditions: ColumnElement[bool]) -> Any:
        """The guarded update: this record, of this practice, at this version."""
        guards = (
            self.table.c[name] == place(f"where_{name}", self.table.c[name]) for name in ("id", "practice", "version")
        )
        new = {name: value for name, value in places(self.table).items() if name not in NEVER_CHANGED}
        return update(self.table).where(*guards, *conditions, *self.gate).values(new).returning(self.table.c.id)

    def beginning(self, *conditions: ColumnElement[bool]) -> Any:
        """The same, from nowhere."""
        row = select(*places(self.table).values()).where(*conditions, *self.gate)
        return insert(self.table).from_select(self.names, row).returning(self.table.c.id)

    def told(self, write: Write) -> dict[str, Any]:
        """Every value of one write, by the name of its place."""
        return {
            **values(self.table, write.record),
            f"{self.table.name}_seal": write.entry.seal,
            "where_id": write.record.id,
            "where_practice": write.record.practice,
            "where_version": write.was,
            **values(ENTRY, write.entry),
            **values(EVENT, write.event),
            "practice": write.record.practice,
            **(self.seals.told(write) if self.seals else {}),
        }


def sealed_among(kinds: Iterable[KindStatements]) -> frozenset[str]:
    """The kinds that have anything sealed, as the audit trail calls them."""
    return frozenset(str(each.table.name) for each in kinds if each.seals)


def beside(changed: Any = None, gate: Gate = ()) -> list[Any]:
    """Audit entry, event and receipt: for each record changed, if any was."""
    rows = [(table, select(*places(table).values())) for table in (ENTRY, EVENT, RECEIPT)]
    if changed is not None:
        rows = [(table, row.select_from(changed)) for table, row in rows]
    given = bindparam("receipt_key", type_=RECEIPT.c.key.type).is_not(None)
    return [
        insert(table).from_select(
            list(places(table)), row.where(given, *gate) if table is RECEIPT else row, include_defaults=False
        )
        for table, row in rows
    ]


def noting(gate: Gate = ()) -> Any:
    """One entry of who was shown what."""
    row = select(*places(ACCESS).values()).where(*gate)
    return insert(ACCESS).from_select(list(places(ACCESS)), row, include_defaults=False)


def noted(entry: AccessEntry) -> dict[str, Any]:
    """The values of one."""
    return values(ACCESS, entry)


def with_keys(table: Table, record_id: ColumnElement[Any]) -> Select[Any]:
    """A table's rows, each with the key of the record that it is about, if that has one."""
    its_key = (KEY.c.practice == table.c.practice) & (KEY.c.record_id == record_id)
    return select(*table.c, *columns_of(KEY, "key")).select_from(table.outerjoin(KEY, its_key))


def entries(listing: Listing, gate: Gate = ()) -> Select[Any]:
    """A page of the audit trail."""
    return in_order(with_keys(ENTRY, ENTRY.c.record_id), ENTRY, listing, gate)


def page(table: Table, listing: Listing, gate: Gate = ()) -> Select[Any]:
    """A page of a table."""
    return in_order(select(*table.c), table, listing, gate)


def in_order(rows: Select[Any], table: Table, listing: Listing, gate: Gate) -> Select[Any]:
    """A page of these rows in the order of their identifiers. Every way to narrow it has an index that begins with the practice."""
    narrow = rows.where(*narrowed(table, listing), *gate)
    return narrow.order_by(table.c.practice, table.c.id).limit(place("limit", LIMIT))


def narrowed(table: Table, listing: Listing) -> list[ColumnElement[bool]]:
    """What the listing asks for."""
    conditions = [table.c.practice == place("practice", table.c.practice)]
    conditions += [table.c[name] == place(f"equal_{name}", table.c[name]) for name in listing.equal]
    if listing.due_before is not None:
        conditions.append(table.c.due_at < place("due_before", table.c.due_at))
    if listing.after is not None:
        conditions.append(table.c.id > place("after", table.c.id))
    conditions += [
        table.c[name].in_([place(f"among_{name}_{n}", table.c[name]) for n in range(len(each))])
        for name, each in listing.among.items()
    ]
    return conditions


def one_at_a_time(gate: Gate) -> Select[Any]:
    """Whoever holds this lock is alone, at the practice, in changing what rests on other records. It ends with the transaction."""
    turn = func.pg_advisory_xact_lock(func.hashtextextended(place("practice", PRACTICE.c.practice), NOT_THERE))
    return select(turn).where(*gate)


def every_practice(gate: Gate = ()) -> Select[Any]:
    """The codes of all practices."""
    return select(PRACTICE.c.practice).where(*gate).order_by(PRACTICE.c.practice)


def forgetting(gate: Gate = ()) -> list[Executable]:
    """What removes a practice's old receipts and events. Of the events only the oldest are looked at: they have no index by age."""
    here = EVENT.c.practice == place("practice", EVENT.c.practice)
    oldest = (
        select(EVENT.c.position).where(here, *gate).order_by(EVENT.c.practice, EVENT.c.written_in, EVENT.c.position)
    )
    old_events = (
        EVENT.c.position.in_(oldest.limit(FORGOTTEN_AT_ONCE)),
        EVENT.c.at < place("events_before", EVENT.c.at),
    )
    mine = RECEIPT.c.practice == place("practice", RECEIPT.c.practice)
    old_receipts = RECEIPT.c.at < place("receipts_before", RECEIPT.c.at)
    return [delete(RECEIPT).where(mine, old_receipts, *gate), delete(EVENT).where(here, *old_events, *gate)]


def forgotten(expiry: Expiry) -> dict[str, Any]:
    """The values of those."""
    return {
        "practice": expiry.practice,
        "receipts_before": expiry.receipts_before,
        "events_before": expiry.events_before,
    }


def asked(question: Question) -> dict[str, Any]:
    """The values of a reading."""
    return {
        "practice": question.practice,
        "subject": question.subject,
        "key": question.key,
        "record_id": question.record_id,
    }


def listed(listing: Listing) -> dict[str, Any]:
    """The values of a page."""
    return {
        "practice": listing.practice,
        "due_before": listing.due_before,
        "after": listing.after,
        "limit": listing.limit,
        **{f"equal_{name}": value for name, value in listing.equal.items()},
        **{f"among_{name}_{n}": value for name, each in listing.among.items() for n, value in enumerate(each)},
    }


def shape(listing: Listing) -> tuple[Any, ...]:
    """What tells one page's statement from another's."""
    return (
        tuple(listing.equal), listing.due_before is None, listing.after is None,
        tuple((name, len(each)) for name, each in listing.among.items()),
    )  # fmt: skip


def standing_of(authority: Authority) -> dict[str, Any]:
    """The values by which a change is still authorised."""
    return {
        "authority_practice": authority.practice,
        "authority_practice_version": authority.practice_version,
        "authority_subject": authority.subject,
        "authority_member_version": authority.member_version,
    }


def receipt_of(change: Change) -> dict[str, Any]:
    """The values of the receipt, if there is one."""
    return values(RECEIPT, change.receipt) if change.receipt else NO_RECEIPT


def made(kind: Any, columns: dict[str, Any], hidden: Iterable[str] = ("seal",)) -> Any:
    """A record from its own row, without what only the row remembers: validated when it was written, and not again."""
    for each in hidden:
        columns.pop(each, None)
    return remade(kind, columns)


PRACTICE_NAMES, STAFF_NAMES, RECEIPT_NAMES = (list(each.c.keys()) for each in (PRACTICE, STAFF, RECEIPT))
ENTRY_NAMES, KEY_NAMES = list(ENTRY.c.keys()), list(KEY.c.keys())
NO_RECEIPT = {f"receipt_{each.name}": None for each in RECEIPT.c}
LIMIT = EVENT.c.version
REVISION = "SELECT version_num FROM alembic_version"


def entry_from(sealed: Container[str], vault: Vault, row: Iterable[Any]) -> AuditEntry:
    """A row of the audit trail; of these kinds, what was said is kept sealed. Raises KeyMissing or NotOpened."""
    rest = iter(row)
    entry = remade(AuditEntry, dict(zip(ENTRY_NAMES, rest, strict=False)))
    return opened_beside(entry, key_from(rest), vault) if entry.kind in sealed else entry


def key_from(row: Iterable[Any]) -> RecordKey | None:
    """The key of a record, out of the end of a row; None if it has none."""
    key = remade(RecordKey, dict(zip(KEY_NAMES, row, strict=True)))
    return key if key.wrapped else None
