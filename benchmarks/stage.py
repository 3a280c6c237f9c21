"""A database with practices, people and as many posts as are wanted, and who asks for what there.

Practices, people, policies and the first post of each practice come to be by the front door. That post is then copied by
SQL, with its audit entry and its event, because a million of them by the front door would take an hour.
"""

import json
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Table

from models.ledger import AuditEntryRow, EventRow
from models.posts import PostRow
from service.checkpoint_keys import keep_new_key
from service.house import now
from service.issuer import Issuer
from service.key_files import FIRST, keep_new_secret
from service.settings import CHECKPOINT_KEY_FILE, SQLITE
from service.store.statements import FILLED_IN_BY_THE_DATABASE, table_of
from tests.databases import address_of_owner, as_owner, copy_of, fresh_postgres, fresh_sqlite
from tests.house import House, WoundClock, appoint, audit_key_in, house_over, open_practice, publish_policy

PRACTICES = tuple(f"ZZ{number:04}" for number in range(100, 105))
AUTHOR, APPROVER, PARTNER = "goldilocks", "rapunzel", "gretel"
POLICY = "aspiro"
ISSUER, AUDIENCE, KEYS = "https://issuer.example.com", "practice-charter", "issuer.jwks"
COPIED = "WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)"
NUMBERED = {
    "sqlite": "printf('00000000000070008000%012x', numbers.n * {step} + {first})",
    "postgresql": "('00000000-0000-7000-8000-' || lpad(to_hex(numbers.n * {step} + {first}), 12, '0'))::uuid",
}
TEXTS = 200
"""Different texts among a practice's posts: what is remembered of a text helps the next who reads the same post, and no other."""

TEXT = (
    "Our flu clinics start on Saturday at the surgery. Please book at the desk or by telephone, and bring the letter "
    "that we sent you. Everybody over sixty-five is invited, and so are carers."
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A database (for a login that is all that it should be), the folder with its keys, and how many posts are in it."""

    database: str
    folder: Path
    issuer: Issuer
    posts: int

    @property
    def on_sqlite(self) -> bool:
        """Whether it is a file."""
        return self.database.startswith(SQLITE)

    def environment(self) -> dict[str, str]:
        """What a server needs to be told: it runs as in production."""
        address = self.folder / f"database-{secrets.token_hex(4)}"
        address.touch(mode=0o600)
        address.write_text(self.database)
        keep_new_secret(self.folder / "encryption" / FIRST)
        keep_new_key(self.folder / CHECKPOINT_KEY_FILE)
        return {
            "CHARTER_MODE": "production", "CHARTER_ENCRYPTION_KEYS": str(self.folder / "encryption"),
            "CHARTER_DATABASE_FILE": str(address), "CHARTER_DATA_FOLDER": str(self.folder),
            "CHARTER_AUDIT_KEY_FILE": str(audit_key_in(self.folder)), "CHARTER_TOKEN_ISSUER": ISSUER,
            "CHARTER_TOKEN_KEYS": str(self.folder / KEYS),
            "CHARTER_CHECKPOINT_FOLDERS": f"{self.folder / 'checkpoints'},{self.folder / 'checkpoints-elsewhere'}",
        }  # fmt: skip

    @property
    def owner(self) -> str:
        """The address of the database for whom no wall stands."""
        return address_of_owner(self.database)

    def copy(self) -> "Stage":
        """The same in a file of its own: SQLite has one writer, and two servers would wait for each other."""
        return replace(self, database=copy_of(self.database, self.folder)) if self.on_sqlite else self

    def tokens(self) -> list[str]:
        """A new token for the author at every practice."""
        return [self.issuer.issue(AUTHOR, each) for each in PRACTICES]


def post_number(number: int) -> UUID:
    """The identifier of a copied post. It belongs to the practice at `number` modulo their count."""
    return UUID(f"00000000-0000-7000-8000-{number:012x}")


def on_sqlite(folder: Path, posts: int) -> Stage:
    """A stage in a file."""
    return furnished(fresh_sqlite(folder), folder, posts)


def on_postgres(server: str, folder: Path, posts: int) -> Stage:
    """A stage on a server, whose superuser's address this is."""
    return furnished(fresh_postgres(server), folder, posts)


def furnished(database: str, folder: Path, posts: int) -> Stage:
    """Practices by the front door, posts by the copier. The folder is closed to others, as production wants it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with house_over(database, folder, WoundClock(datetime.now(UTC))) as house:
        first_posts = [first_post(house, each) for each in PRACTICES]
    stage = Stage(database, folder, issuer_in(folder), posts)
    for place, first in enumerate(first_posts):
        for table in (table_of(PostRow), table_of(AuditEntryRow), table_of(EventRow)):
            copy_rows(stage, table, first, place)
    settle(stage)
    return stage


def issuer_in(folder: Path) -> Issuer:
    """Whoever issues tokens, as a practice's own identity provider would; its keys are published in the folder."""
    issuer = Issuer(folder / "issuer", ISSUER, AUDIENCE, now, production=False)
    (folder / KEYS).write_text(json.dumps(issuer.jwks()))
    return issuer


def first_post(house: House, practice: str) -> UUID:
    """A post of a practice that has everything that it needs."""
    open_practice(house, practice)
    for person in (AUTHOR, APPROVER, PARTNER):
        appoint(house, person, practice)
    publish_policy(house, POLICY, practice)
    return UUID(house.drafted(AUTHOR, practice=practice, text=TEXT).json()["id"])


def copy_rows(stage: Stage, table: Table, post: UUID, place: int) -> None:
    """Copy what one table holds of a post, under new identifiers."""
    dialect = "sqlite" if stage.on_sqlite else "postgresql"
    number = NUMBERED[dialect].format(step=len(PRACTICES), first=place)
    columns = [each.name for each in table.c if each.name not in FILLED_IN_BY_THE_DATABASE]
    new = {
        "id": number,
        "record_id": number,
        "text": f"post.text || ' (' || (numbers.n - numbers.n / {TEXTS} * {TEXTS}) || ')'",
    }
    copied = ", ".join(new.get(each, f"{table.name}.{each}") for each in columns)
    of_the_post = "id" if table is table_of(PostRow) else "record_id"
    sql = (
        f"{COPIED} INSERT INTO {table.name} ({', '.join(columns)}) SELECT {copied} FROM {table.name}, numbers "
        f"WHERE {table.name}.{of_the_post} = ?"
    )
    as_owner(stage.database, sql, stage.posts // len(PRACTICES) - 1, post)


def settle(stage: Stage) -> None:
    """Let the database look at what it holds now, as it would have in time."""
    as_owner(stage.database, "ANALYZE" if stage.on_sqlite else "VACUUM ANALYZE")
    if stage.on_sqlite:
        as_owner(stage.database, "PRAGMA wal_checkpoint(TRUNCATE)")
