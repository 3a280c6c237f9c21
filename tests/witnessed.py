"""A small house with a past, all of it listed by checkpoints, and everything that somebody with the database could do to it."""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest

from models.posts import Post
from models.record import uuid7
from service.audit import AuditKey, access_sealed, sealed
from service.audit_export import export
from service.audit_findings import Verdict
from service.audit_verification import Report, verify
from service.checkpoint_files import signed_line
from service.checkpoints import Checkpoints, Listed, checkpoint_everywhere, checkpoints_of
from service.settings import SQLITE, Settings
from tests.databases import as_owner, settle
from tests.house import HOME, House, appoint, audit_key_in, house_over, open_practice, publish_policy
from tests.ledger import entries_of, rows_of, value_of
from tests.stories import rewritten, within
from tools.verify_audit_export import findings

KEPT: Final = ("audit_entry", "access_entry", "post", "person", "record_key")
"""Tables that are put back as they were after each misdeed."""

Misdeed = Callable[["Witnessed"], Any]


@dataclass(slots=True)
class Witnessed:
    """The house, where its checkpoints are, and the post that things are done to."""

    house: House
    settings: Settings
    checkpoints: Checkpoints
    folder: Path
    post: UUID
    tampering: bool = False

    @property
    def key(self) -> AuditKey:
        """The key that seals."""
        key: AuditKey = within(self.house).audit_key
        return key

    @property
    def files(self) -> list[Path]:
        """The practice's file in each folder of checkpoints."""
        return [each / f"{HOME}.jsonl" for each in self.checkpoints.folders]

    def call(self, function: Callable[..., Any], *given: Any) -> Any:
        """Let the running application do something."""
        assert self.house.client.portal
        return self.house.client.portal.call(function, *given)

    def checkpoint(self, *, anew: bool = False) -> Listed:
        """Make checkpoints of what is new."""

        async def made() -> Listed:
            return await checkpoint_everywhere(within(self.house), self.checkpoints, anew=anew)

        settle(self.house.database)
        listed: Listed = self.call(made)
        return listed

    def verified(self) -> Report:
        """What the service says."""
        report: Report = self.call(verify, within(self.house), self.checkpoints, HOME)
        return report

    def exported(self, *, said: bool = True) -> Path:
        """The export, in a file."""
        path = self.folder / f"{uuid7()}.jsonl"

        async def written() -> None:
            with path.open("w", encoding="utf-8") as file:
                async for line in export(within(self.house), self.checkpoints, HOME, said=said):
                    file.write(json.dumps(line) + "\n")

        self.call(written)
        return path

    def verified_elsewhere(self, *, with_key: bool = True) -> list[tuple[str, str, str]]:
        """What the verifier says that knows only the export."""
        return findings(self.exported(), [self.settings.audit_key_file] if with_key else [])

    def sql(self, statement: str, *given: Any) -> list[tuple[Any, ...]]:
        """Something done behind everybody's back."""
        return as_owner(self.house.database, statement, *given)

    def entry(self, at_version: int, /, **values: Any) -> None:
        """Let an entry of the post say something else."""
        for name, value in values.items():
            change = f"UPDATE audit_entry SET {name} = ? WHERE record_id = ? AND version = ?"  # noqa: S608 - a column of ours
            self.sql(change, value, self.post, at_version)

    def access(self, **values: Any) -> None:
        """Let the first showing say something else."""
        first = self.first_access
        for name, value in values.items():
            self.sql(f"UPDATE access_entry SET {name} = ? WHERE id = ?", value, first)  # noqa: S608 - a column of ours

    @property
    def first_access(self) -> UUID:
        """The first showing."""
        rows = sorted(rows_of(self.house, "access_entry"), key=lambda each: int(each["position"]))
        return UUID(str(rows[0]["id"]))

    def reseal(self, key: AuditKey) -> None:
        """Seal the post's whole chain anew, head and all."""
        seal = ""
        for entry in entries_of(self.house)[self.post]:
            seal = sealed(key, seal, entry)
            self.entry(entry.version, seal=seal)
        self.sql("UPDATE post SET seal = ? WHERE id = ?", seal, self.post)


@contextmanager
def witnessed_house(database: str, folder: Path, *, with_a_person: bool = False) -> Iterator[Witnessed]:
    """A practice at which posts are sensitive, with four lines of checkpoints that list all that happened.

    A person is kept sealed, under a key that this process alone has.
    """
    settings = Settings(data_folder=folder / "data", audit_key_file=audit_key_in(folder / "data"))
    with pytest.MonkeyPatch.context() as patched, house_over(database, folder / "data") as house:
        patched.setattr(Post, "sensitive", True)
        open_practice(house, HOME)
        for person in ("gretel", "goldilocks", "rapunzel"):
            appoint(house, person, HOME)
        publish_policy(house, "aspiro", HOME)
        if with_a_person:
            house.recorded("goldilocks")
        post = house.drafted()
        made = Witnessed(house, settings, checkpoints_of(settings), folder, UUID(post.json()["id"]))
        house.again("goldilocks", post)
        made.checkpoint()
        for number in range(3):
            post = house.does("goldilocks", "edit", post, json=rewritten(purpose=f"Clinic {number}"))
            house.again("rapunzel", post)
            made.checkpoint()
        yield made


def forbid_nothing(witnessed: Witnessed) -> None:
    """What an owner can do: the triggers that refuse rewriting go, and copies are made to put everything back."""
    for table in KEPT:
        witnessed.sql(f"CREATE TABLE before_{table} AS SELECT * FROM {table}")  # noqa: S608 - a table of ours
        if not witnessed.house.database.startswith(SQLITE):
            witnessed.sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        elif table in {"audit_entry", "access_entry"}:
            for act in ("update", "delete"):
                witnessed.sql(f"DROP TRIGGER {table}_refuse_{act}")


@contextmanager
def put_back(witnessed: Witnessed) -> Iterator[Witnessed]:
    """Afterwards everything is as it was, in the database and in the folders."""
    if not witnessed.tampering:
        forbid_nothing(witnessed)
        witnessed.tampering = True
    lines = [each.read_bytes() for each in witnessed.files]
    moment = witnessed.house.clock.moment
    try:
        yield witnessed
    finally:
        for table in KEPT:
            witnessed.sql(f"DELETE FROM {table}")  # noqa: S608 - a table of ours
            witnessed.sql(f"INSERT INTO {table} SELECT * FROM before_{table}")  # noqa: S608 - as above
        for path, before in zip(witnessed.files, lines, strict=True):
            path.write_bytes(before)
        witnessed.house.clock.moment = moment


def thief(key: AuditKey) -> AuditKey:
    """Somebody who knows what the key is called, and not what it is."""
    return AuditKey(key.key_id, secrets.token_bytes(32))


def removing(*versions: int) -> Misdeed:
    """These entries of the post are gone."""

    def done(w: Witnessed) -> None:
        for each in versions:
            w.sql("DELETE FROM audit_entry WHERE record_id = ? AND version = ?", w.post, each)

    return done


def swap_two_entries(w: Witnessed) -> None:
    """Two entries change places."""
    for before, after in ((2, 90), (3, 2), (90, 3)):
        w.entry(before, version=after)


def add_a_copy(w: Witnessed) -> None:
    """The last entry once more."""
    copy_row(w, "audit_entry", "record_id = ? AND version = 4", w.post, version=5)


def copy_row(w: Witnessed, table: str, which: str, given: UUID, **changes: Any) -> UUID:
    """A row once more, under another identifier, with some columns changed."""
    ((columns),) = [list(rows_of(w.house, table)[0])]
    columns = [each for each in columns if each != "position"]
    new = uuid7()
    values = {"id": new, **changes}
    shown = ", ".join("?" if each in values else f'"{each}"' for each in columns)
    named = ", ".join(f'"{each}"' for each in columns)
    w.sql(
        f"INSERT INTO {table} ({named}) SELECT {shown} FROM {table} WHERE {which}",  # noqa: S608 - names of ours
        *(values[each] for each in columns if each in values),
        given,
    )
    return new


def cut_the_tail(w: Witnessed) -> None:
    """The last change never was: head, version, text and all."""
    *_, before, _ = entries_of(w.house)[w.post]
    w.sql("DELETE FROM audit_entry WHERE record_id = ? AND version = 4", w.post)
    w.sql("UPDATE post SET seal = ?, version = 3, purpose = 'Clinic 1' WHERE id = ?", before.seal, w.post)


def remove_it_all(w: Witnessed) -> None:
    """The post never was."""
    w.sql("DELETE FROM audit_entry WHERE record_id = ?", w.post)
    w.sql("DELETE FROM post WHERE id = ?", w.post)


def rewrite(key: Callable[[AuditKey], AuditKey]) -> Misdeed:
    """Somebody else did it, and everything is sealed anew."""

    def done(w: Witnessed) -> None:
        w.entry(2, actor="rumpelstiltskin")
        w.reseal(key(w.key))

    return done


def rewrite_a_showing(w: Witnessed) -> None:
    """Somebody else was shown it, and the entry is sealed anew with the key."""
    w.access(actor="rumpelstiltskin")
    row = next(each for each in rows_of(w.house, "access_entry") if UUID(str(each["id"])) == w.first_access)
    entry = shown_of(row)
    w.access(seal=access_sealed(w.key, entry))


def shown_of(row: Mapping[str, Any]) -> Any:
    """A row as an entry of who was shown what."""
    from models.ledger import AccessEntry  # noqa: PLC0415 - needed here alone

    values = {name: value_of(name, row[name]) for name in AccessEntry.model_fields}
    records = [UUID(each) for each in json.loads(row["records"])]
    return AccessEntry(**{**values, "records": records})


def forge_an_old_showing(w: Witnessed) -> None:
    """Whoever has the audit key makes up that somebody was shown it long ago; no checkpoint knows of it."""
    new = copy_row(w, "access_entry", "id = ?", w.first_access)
    row = next(each for each in rows_of(w.house, "access_entry") if UUID(str(each["id"])) == new)
    w.sql("UPDATE access_entry SET seal = ? WHERE id = ?", access_sealed(w.key, shown_of(row)), new)
    w.house.clock.wind(days=2)


def lines_of(change: Callable[[list[str]], list[str]], *folders: int) -> Misdeed:
    """Something is done to the lines of the checkpoints in these folders."""

    def done(w: Witnessed) -> None:
        for each in folders:
            path = w.files[each]
            path.write_text("".join(f"{line}\n" for line in change(path.read_text().splitlines())))

    return done


def without_the_second(lines: list[str]) -> list[str]:
    """A line in the middle is gone."""
    return [lines[0], *lines[2:]]


def without_the_last(lines: list[str]) -> list[str]:
    """The newest line is gone."""
    return lines[:-1]


def edited(lines: list[str]) -> list[str]:
    """A line says something else."""
    said = json.loads(lines[1])
    said["totals"]["records"] += 1
    return [lines[0], json.dumps(said, sort_keys=True, separators=(",", ":")), *lines[2:]]


def with_rubbish(lines: list[str]) -> list[str]:
    """A line is none."""
    return [lines[0], "{", *lines[1:]]


def feign_an_erasure(w: Witnessed) -> None:
    """The post says something else, and all that could show it is gone, as when somebody is erased."""
    w.sql("UPDATE audit_entry SET said = NULL, salt = NULL WHERE record_id = ?", w.post)
    edit_the_record(w)


def in_the_second(changed: str) -> Callable[[list[str]], list[str]]:
    """A line is JSON, and no checkpoint all the same."""

    def done(lines: list[str]) -> list[str]:
        return [lines[0], changed or lines[1].replace('"number":2', '"number":"2"'), *lines[2:]]

    return done


def edit_the_record(w: Witnessed) -> None:
    """The post says something else, and nobody wrote why."""
    w.sql("UPDATE post SET text = 'Something else.' WHERE id = ?", w.post)


def take_all_lines_away(w: Witnessed) -> None:
    """No folder has a line of checkpoints any more, and days go by."""
    for each in w.files:
        each.write_text("")
    w.house.clock.wind(days=2)


def list_one_twice_and_another_never(w: Witnessed) -> None:
    """Whoever has the signing key lists an old showing again in place of the newest: as many are listed as there are."""
    *before, last = w.files[0].read_text().splitlines()
    said = json.loads(last)
    again = next(shown for line in before for shown in json.loads(line)["accesses"])
    del said["signature"], said["key_id"]
    line = signed_line(w.checkpoints.keys, {**said, "accesses": [again for _ in said["accesses"]]})
    for each in w.files:
        each.write_text("".join(f"{text}\n" for text in (*before, line.text)))
    w.house.clock.wind(days=2)


BOTH = (0, 1)
MISDEEDS: Final[Mapping[str, tuple[Misdeed, Verdict]]] = {
    "edit an entry": (lambda w: w.entry(2, actor="rumpelstiltskin"), Verdict.ALTERED),
    "move an entry in time": (lambda w: w.entry(2, at="2026-03-01 12:00:00.000000"), Verdict.ALTERED),
    "remove an entry": (removing(2), Verdict.REMOVED),
    "remove the first entry": (removing(1), Verdict.REMOVED),
    "remove the last entry": (removing(4), Verdict.REMOVED),
    "swap two entries": (swap_two_entries, Verdict.ALTERED),
    "add a copy of an entry": (add_a_copy, Verdict.INSERTED),
    "edit what was sent": (lambda w: w.entry(2, said="{}"), Verdict.ALTERED),
    "take away what was sent, and leave the salt": (lambda w: w.entry(2, said=None), Verdict.ALTERED),
    "feign that the record was erased": (feign_an_erasure, Verdict.ALTERED),
    "change the salt": (lambda w: w.entry(2, salt="0" * 32), Verdict.ALTERED),
    "cut the tail and mend the head": (cut_the_tail, Verdict.REMOVED),
    "remove a record with all its entries": (remove_it_all, Verdict.REMOVED),
    "remove a record and leave its entries": (lambda w: w.sql("DELETE FROM post WHERE id = ?", w.post), Verdict.REMOVED),
    "remove all entries and leave the record": (removing(1, 2, 3, 4), Verdict.REMOVED),
    "put in a record that nobody began": (lambda w: copy_row(w, "post", "id = ?", w.post), Verdict.REMOVED),
    "rewrite it all without the key": (rewrite(thief), Verdict.ALTERED),
    "rewrite it all with the key": (rewrite(lambda key: key), Verdict.CHECKPOINT_MISMATCH),
    "say that another key sealed it": (lambda w: w.entry(4, key_id="0" * 12), Verdict.KEY_UNKNOWN),
    "edit the record behind the trail": (edit_the_record, Verdict.ALTERED),
    "edit the head": (lambda w: w.sql("UPDATE post SET seal = ? WHERE id = ?", "0" * 64, w.post), Verdict.ALTERED),
    "edit a showing": (lambda w: w.access(records="[]"), Verdict.ALTERED),
    "edit a showing with the key": (rewrite_a_showing, Verdict.CHECKPOINT_MISMATCH),
    "remove a showing": (lambda w: w.sql("DELETE FROM access_entry WHERE id = ?", w.first_access), Verdict.REMOVED),
    "put in a showing": (lambda w: copy_row(w, "access_entry", "id = ?", w.first_access), Verdict.ALTERED),
    "put in an old showing with the key": (forge_an_old_showing, Verdict.NEVER_WITNESSED),
    "edit a checkpoint in one folder": (lines_of(edited, 1), Verdict.CHECKPOINT_MISMATCH),
    "edit a checkpoint in both folders": (lines_of(edited, *BOTH), Verdict.CHECKPOINT_MISMATCH),
    "remove a checkpoint from one folder": (lines_of(without_the_second, 0), Verdict.CHECKPOINT_MISMATCH),
    "remove a checkpoint from both folders": (lines_of(without_the_second, *BOTH), Verdict.CHECKPOINT_MISMATCH),
    "remove the newest checkpoint from one folder": (lines_of(without_the_last, 1), Verdict.CHECKPOINT_MISMATCH),
    "put rubbish among the checkpoints": (lines_of(with_rubbish, 0), Verdict.CHECKPOINT_MISMATCH),
    "number a checkpoint in words": (lines_of(in_the_second(""), 0), Verdict.CHECKPOINT_MISMATCH),
    "put a pit among the checkpoints": (lines_of(in_the_second("[" * 100_000), 0), Verdict.CHECKPOINT_MISMATCH),
    "put a list among the checkpoints": (lines_of(in_the_second("[]"), 0), Verdict.CHECKPOINT_MISMATCH),
    "turn the checkpoints round": (lines_of(lambda lines: lines[::-1], *BOTH), Verdict.CHECKPOINT_MISMATCH),
    "list a showing twice and another never": (list_one_twice_and_another_never, Verdict.NEVER_WITNESSED),
    "let a record be in no state": (
        lambda w: w.sql("UPDATE post SET state = 'nonsense' WHERE id = ?", w.post), Verdict.ALTERED,
    ),
    "make an entry's roles no roles": (lambda w: w.entry(2, roles="{"), Verdict.ALTERED),
    "make a showing's records no records": (lambda w: w.access(records="{"), Verdict.ALTERED),
    "take a record's key away": (lambda w: w.sql("DELETE FROM record_key"), Verdict.ALTERED),
    "say that another key keeps a record": (lambda w: w.sql("UPDATE record_key SET key_id = ?", "0" * 12), Verdict.KEY_UNKNOWN),
    "remove all checkpoints": (take_all_lines_away, Verdict.NEVER_WITNESSED),
}  # fmt: skip
"""What can be done behind the service's back, and what it has to be called."""
