"""Every statement of the store, without its practice: row-level security answers nothing of another's, and takes nothing for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from models.ledger import AccessEntry, AuditEntry, Event, Receipt
from service.budgets import in_microseconds
from service.database import KINDS
from service.store import Authority, Change, CursorExpired, Expiry, Listing, Question, Reliance, Taken, Write, postgres
from service.store.file_parts import finding_part
from service.store.postgres import PostgresStore, Statements
from service.store.statements import KindStatements, asked, table_of
from tests.databases import address_of_owner, as_owner, copy_of, drop, settle
from tests.foreign import everything_of
from tests.forgetful import Forgetful
from tests.house import PRACTICES, House, house_over
from tests.planting import one_more

pytestmark = pytest.mark.parametrize("database", ["postgres"], indirect=True)

HERE, THERE = PRACTICES["aspiro"], PRACTICES["coleridge"]
NEIGHBOURS = "neighbours"
Asked = Callable[[PostgresStore], Awaitable[Any]]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.__name__)


@pytest.fixture
def neighbours(furnished: str, tmp_path: Path, show_homes: dict[str, str]) -> Iterator[House]:
    """A house in which two practices have something of every kind: a copy of one that was filled once."""
    if NEIGHBOURS not in show_homes:
        show_homes[NEIGHBOURS] = copy_of(furnished, tmp_path)
        with house_over(show_homes[NEIGHBOURS], tmp_path / "neighbours") as house:
            fill(house)
    copied = copy_of(show_homes[NEIGHBOURS], tmp_path)
    with house_over(copied, tmp_path / "data") as house:
        yield house
    drop(copied)


def fill(house: House) -> None:
    """Let two practices have something of every kind."""
    for code in (HERE, THERE):
        house.drafted("rapunzel", practice=code, headers={"Idempotency-Key": "the same"})
        as_owner(
            house.database,
            "INSERT INTO access_entry (practice, id, at, actor, roles, kind, records, request_id, key_id, seal)"
            " VALUES (?, ?, now(), 'owl', '[]', 'post', '[]', ?, 'k', 's')",
            code, uuid4(), uuid4(),
        )  # fmt: skip
        for kind in KINDS:
            if not as_owner(house.database, f"SELECT 1 FROM {table_of(kind).name} WHERE practice = ?", code):  # noqa: S608 - a table of ours
                one_more(house.database, kind, code)
    settle(house.database)


@pytest.fixture
def forgetful(neighbours: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Every statement of a store that is opened from now on forgets the practice."""
    monkeypatch.setattr(postgres, "Prepared", Forgetful)
    return neighbours


def through(house: House, url: str, ask: Asked) -> Any:
    """What a store that connects by this address answers."""

    async def bring() -> Any:
        store = await PostgresStore.open(url, KINDS, 1, house.store.vault)
        try:
            return await ask(store)
        finally:
            await store.close()

    return house.client.portal.call(bring)  # type: ignore[union-attr]  # the client is entered


def as_application(house: House, ask: Asked) -> Any:
    """What the application is answered."""
    return through(house, house.database, ask)


def without_the_wall(house: House, ask: Asked) -> Any:
    """What somebody is answered whom no row-level security stops."""
    return through(house, address_of_owner(house.database), ask)


def one_there(house: House, kind: type[Any]) -> Any:
    """A record of the other practice."""

    async def ask(store: PostgresStore) -> Any:
        return (await store.find(kind, THERE, {}))[0].record

    return as_application(house, ask)


def practices_of(found: list[Any]) -> set[str]:
    """Whose rows these are."""
    return {getattr(each, "record", each).practice for each in found}


@every_kind
def test_a_reading_that_forgot_the_practice_brings_nothing_of_another(
    neighbours: House, kind: type[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = one_there(neighbours, kind)
    monkeypatch.setattr(postgres, "Prepared", Forgetful)
    question = Question(HERE, "nobody", there.id, "the same")
    equal = {"id": there.id}
    for ask, bring in {
        "find": lambda store: store.find(kind, HERE, equal),
        "records": lambda store: store.records(kind, Listing(HERE, equal)),
        "everything": lambda store: store.records(kind, Listing(HERE, limit=1000)),
        "found": lambda store: store.find(kind, HERE, {}),
    }.items():
        seen = practices_of(as_application(neighbours, bring))
        assert seen == ({HERE} if ask in {"everything", "found"} else set()), ask
        assert THERE in practices_of(without_the_wall(neighbours, bring)), ask
    if kind.__name__ != "Practice":  # of its own practice, a reading shows the one that the wall lets it see
        assert as_application(neighbours, lambda store: first_row(store, kind, question)) is None
    assert without_the_wall(neighbours, lambda store: first_row(store, kind, question)) == there.id


async def first_row(store: PostgresStore, kind: type[Any], question: Question) -> UUID | None:
    """The record that a reading finds: without the practice it may find the ledgers of many, side by side."""
    statements = store.statements[kind]
    rows = await store._rows(statements.read_all, {**asked(question)})
    found = {statements.known(row).record.id for row in rows if statements.known(row).record}
    return found.pop() if found else None


@pytest.mark.parametrize(
    "bring",
    [
        lambda store: store.entries(Listing(HERE, limit=1000)),
        lambda store: store.events(Listing(HERE, limit=1000)),
        lambda store: store.trail.accesses(Listing(HERE, limit=1000)),
        lambda store: store.trail.in_order(AccessEntry, Listing(HERE, limit=1000)),
        lambda store: store.trail.chains(HERE, None, 1000),
        lambda store: store.trail.chains(HERE, (UUID(int=0), 0), 1000),
    ],
    ids=["entries", "events", "accesses", "accesses in order", "chains", "more chains"],
)
def test_a_ledger_that_forgot_the_practice_shows_nothing_of_another(forgetful: House, bring: Asked) -> None:
    assert practices_of(as_application(forgetful, bring)) == {HERE}
    assert practices_of(without_the_wall(forgetful, bring)) >= {HERE, THERE}


def test_a_cursor_of_another_practice_stands_nowhere(forgetful: House) -> None:
    ((last,),) = as_owner(
        forgetful.database, "SELECT id FROM event WHERE practice = ? ORDER BY position DESC LIMIT 1", THERE
    )
    ask: Asked = lambda store: store.events(Listing(HERE, {"type": "none"}, after=last))  # noqa: E731 - asked of two
    with pytest.raises(CursorExpired):
        as_application(forgetful, ask)
    assert without_the_wall(forgetful, ask) == []


def test_the_list_of_practices_is_for_the_installation(forgetful: House) -> None:
    assert set(as_application(forgetful, lambda store: store.practice_codes())) == set(PRACTICES.values())


def ledgers(house: House, code: str) -> tuple[int, int]:
    """How many events and receipts a practice keeps."""
    (found,) = as_owner(
        house.database,
        "SELECT (SELECT count(*) FROM event WHERE practice = ?), (SELECT count(*) FROM receipt WHERE practice = ?)",
        code,
        code,
    )
    return found


def test_forgetting_what_is_old_forgets_nothing_of_another(forgetful: House) -> None:
    later = forgetful.clock.moment + timedelta(days=99)
    purge: Asked = lambda store: store.purge(Expiry(HERE, later, later, in_microseconds(later), later, later))  # noqa: E731 - asked of two
    before = ledgers(forgetful, THERE)
    assert min(before) > 0
    as_application(forgetful, purge)
    assert ledgers(forgetful, HERE) == (0, 0)
    assert ledgers(forgetful, THERE) == before
    without_the_wall(forgetful, purge)
    assert ledgers(forgetful, THERE) != before


# Writing


def change_of(house: House, record: Any, was: int | None, authority: Authority, code: str, **more: Any) -> Change:
    """A change to a record, with an entry and an event that say they are of this practice."""
    about: dict[str, Any] = {"practice": code, "record_id": record.id, "version": record.version + 100}
    at = record.created_at
    entry = AuditEntry(
        **about, kind="any", at=at, actor="nobody", roles=[], transition="any", source=None, target="any", policy_id=None,
        request_id=uuid4(), commitment="c", key_id="k", seal="trespassed", salt=None, said=None,
    )  # fmt: skip
    event = Event(**about, type="any.any", state="any", audiences=[], at=at)
    key = house.store.vault.new_key(record.practice, "person", record.id).kept
    return Change((Write(record, was, entry, event, key),), authority, **more)


def authority_at(house: House, code: str) -> Authority:
    """By what right the practice manager acts."""

    async def ask(store: PostgresStore) -> Authority:
        known = await store.read(KINDS[0], Question(code, "hansel"))
        assert known.practice
        assert known.member
        return Authority(code, known.practice.version, "hansel", known.member.version)

    found: Authority = as_application(house, ask)
    return found


@contextmanager
def working_at(code: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Statements that write tell row-level security that they are of this practice, whatever they write."""
    told = KindStatements.told
    with monkeypatch.context() as patched:
        patched.setattr(Statements, "told", lambda self, write: {**told(self, write), "practice": code}, raising=False)
        patched.setattr(postgres, "Prepared", Forgetful)
        yield


@every_kind
@pytest.mark.parametrize("among_others", [False, True], ids=["alone", "among others"])
def test_a_change_that_forgot_the_practice_changes_nothing_of_another(
    neighbours: House, kind: type[Any], among_others: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither in one statement nor among others, which the authority to act precedes."""
    there, authority = one_there(neighbours, kind), authority_at(neighbours, HERE)
    rests_on = (Reliance(kind, HERE, {"id": uuid4()}, frozenset()),) if among_others else ()
    change = change_of(neighbours, there, there.version, authority, HERE, rests_on=rests_on)
    before = everything_of(neighbours, THERE), everything_of(neighbours, HERE)
    with working_at(HERE, monkeypatch):
        with suppress(asyncpg.InsufficientPrivilegeError):  # of some tables the application changes nothing at all
            assert as_application(neighbours, lambda store: store.write(change)) is False
        assert (everything_of(neighbours, THERE), everything_of(neighbours, HERE)) == before
        without_the_wall(neighbours, lambda store: written_anyhow(store, change))
        assert everything_of(neighbours, THERE) != before[0]


async def written_anyhow(store: PostgresStore, change: Change) -> None:
    """The record's own statement, past the question who may, which forgot the practice as well and finds too many."""
    async with store.pool.one() as connection:
        await store._write_one(connection, change, change.writes[0], among_others=True)


@every_kind
def test_a_beginning_for_another_practice_is_refused(
    neighbours: House, kind: type[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    there, authority = one_there(neighbours, kind), authority_at(neighbours, HERE)
    new = kind.model_construct(**{**there.__dict__, "id": uuid4()})
    refusal = pytest.raises((asyncpg.InsufficientPrivilegeError, Taken))
    before = everything_of(neighbours, THERE)
    with working_at(HERE, monkeypatch), refusal as refused:
        as_application(neighbours, lambda store: store.write(change_of(neighbours, new, None, authority, HERE)))
    assert isinstance(refused.value, asyncpg.InsufficientPrivilegeError)
    assert "row-level security" in str(refused.value)
    assert everything_of(neighbours, THERE) == before


@pytest.mark.parametrize("ledger", ["audit_entry", "event", "receipt"])
def test_nothing_is_written_into_the_ledgers_of_another_practice(
    neighbours: House, ledger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record of one's own, with a line in somebody else's book."""
    kind = KINDS[-1]

    async def ask(store: PostgresStore) -> Any:
        return (await store.find(kind, HERE, {}))[0].record

    mine, authority = as_application(neighbours, ask), authority_at(neighbours, HERE)
    change = change_of(neighbours, mine, mine.version, authority, HERE)
    (write,) = change.writes
    match ledger:
        case "audit_entry":
            write.entry.practice = THERE
        case "event":
            write.event.practice = THERE
        case _:
            receipt = Receipt(
                practice=THERE, subject="hansel", key="planted", fingerprint="f", record_id=mine.id, status=200,
                at=mine.created_at,
            )  # fmt: skip
            change = Change(change.writes, authority, receipt)
    before = everything_of(neighbours, THERE), everything_of(neighbours, HERE)
    with working_at(HERE, monkeypatch), pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        as_application(neighbours, lambda store: store.write(change))
    assert (everything_of(neighbours, THERE), everything_of(neighbours, HERE)) == before


def test_every_statement_of_the_store_can_forget(neighbours: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a kind prepares, and what the store prepares for all: each names the practice, and here forgets to."""
    named = as_application(neighbours, statements_of)
    monkeypatch.setattr(postgres, "Prepared", Forgetful)
    forgot = as_application(neighbours, statements_of)
    assert named.keys() == forgot.keys()
    assert len(named) == 5 * len(KINDS) + 2 * len([each for each in KINDS if each.erased_in]) + 10
    for name, sql in named.items():
        if name not in ONLY_INSERT:
            assert "practice = $" in sql, name
        assert "practice = $" not in forgot[name], name
        assert "set_config('charter.practice'" in forgot[name], name


ONLY_INSERT = {"receipt", "noting", "spending", "part kept", *(f"{kind.__name__} begun among others" for kind in KINDS)}
"""Statements without a condition: row-level security looks at the row itself."""


async def statements_of(store: PostgresStore) -> dict[str, str]:
    """Every statement that a store prepares beforehand, by its name."""
    found = {f"{kind.__name__} read": each.read_all.sql for kind, each in store.statements.items()}
    for kind, each in store.statements.items():
        for among_others in (False, True):
            how = " among others" if among_others else ""
            found[f"{kind.__name__} begun{how}"] = each.writing(True, False, among_others).sql
            found[f"{kind.__name__} changed{how}"] = each.writing(False, False, among_others).sql
            if kind.erased_in:
                found[f"{kind.__name__} erased{how}"] = each.writing(False, True, among_others).sql
    found |= {f"forgetting {place}": each.sql for place, each in enumerate(store.forgetting)}
    found |= {
        "part kept": store.part_kept.sql,
        "part": store._prepared("part", lambda: finding_part(postgres.HERE)).sql,
    }
    return {
        **found,
        "authority": store.authority.sql,
        "receipt": store.receipt.sql,
        "noting": store.noting.sql,
        "drafts": store.drafts.sql,
    }
