"""Put a situation that the laws were explored in into a real database, at a practice of its own, with somebody there who may."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from pydantic import BaseModel
from sqlalchemy import NullPool, create_engine, insert, make_url

from api.transitions import where
from models.record import Record
from models.roles import PEOPLE, Role
from models.staff import RoleHeld, StaffMember
from service.settings import SQLITE
from service.store.seals import Seals
from service.store.statements import KEY, table_of
from tests.databases import address_of_owner
from tests.exploration import Tried
from tests.files import png, sent
from tests.house import the_same_vault
from tests.laws import NOON, Request, World, abouts
from tests.said import SAID
from tests.scenarios import explored
from workflows.engine import Law, Opening
from workflows.registry import ALL
from workflows.roles import Person

EVERYTHING = "jack-of-all-trades"
"""Somebody who holds every role that a person can hold."""

NOBODY = Person("thumbling", frozenset())
ENOUGH = 50
"""Ways to ask, when any will do."""

_codes = count(1)


@dataclass(frozen=True)
class Planted:
    """A practice in a situation, and what somebody there could ask for in it."""

    code: str
    law: Law[Any]
    about: Any
    payload: dict[str, Any] | None
    sent: Any
    world: World

    @property
    def asker(self) -> str:
        """Who is there to ask."""
        return asker_of(self.law)

    @property
    def path(self) -> str:
        """Where it is asked for."""
        return where(self.law) if isinstance(self.law, Opening) else self.path_of(self.about.id)

    def path_of(self, record_id: UUID | str) -> str:
        """The same of another record."""
        return f"/v1/{self.law.workflow.resource.replace('_', '-')}/{record_id}/{self.law.name.replace('_', '-')}"

    def sending(self, body: Any) -> dict[str, Any]:
        """How a body is sent: as it is, or beside a file."""
        return sent(json.dumps(body), png()) if comes_with_file(self.law) else {"json": body}

    @property
    def headers(self) -> dict[str, str]:
        """What changing this record takes."""
        return {} if isinstance(self.law, Opening) else {"If-Match": f'"{self.about.version}"'}


def planted(url: str, tried: Tried) -> Planted:
    """A new practice in which everything is as it was in this situation, and whoever asks may."""
    world, request = tried
    code, somebody = f"ZZ7{next(_codes):04}", uuid4()
    records = [in_hands_of(each, request.person.id, str(somebody)) for each in world.records]
    staff = {EVERYTHING: uuid4(), "website": uuid4()} | {asker_of(request.law): somebody}
    actors = [member(code, subject, name) for subject, name in staff.items()]
    keep(url, [*(each.model_copy(update={"practice": code}) for each in records), *actors])
    is_opening = isinstance(request.law, Opening)
    said = request.about if is_opening else next(iter(request.payload), None)
    about = None if is_opening else next(each for each in records if each.id == request.about.id)
    apart = {"file"} if comes_with_file(request.law) else set()
    details = said.model_dump(mode="json", exclude=apart) if isinstance(said, BaseModel) else None
    return Planted(code, request.law, about, details, said, world)


def member(code: str, subject: str, identifier: UUID) -> StaffMember:
    """Somebody on the staff: with every role of people, or the practice's website."""
    held = sorted(PEOPLE) if subject == EVERYTHING else [Role.PRACTICE_WEBSITE]
    return StaffMember(
        practice=code, id=identifier, created_at=NOON, subject=subject, name="Jack",
        roles=[RoleHeld(role=each, starts=NOON.replace(year=2020)) for each in held],
    )  # fmt: skip


def asker_of(law: Law[Any]) -> str:
    """Who asks for it: somebody with every role of people, or the practice's website where no person may ask at all."""
    return "website" if set(law.by) == {Role.PRACTICE_WEBSITE} else EVERYTHING


def comes_with_file(law: Law[Any]) -> bool:
    """Whether what is said is sent beside a file, of which the house finds out by itself what it is."""
    return bool(getattr(law.payload, "comes_with_file", False))


def keep(url: str, records: list[Record]) -> None:
    """Write records behind the application's back."""
    driver = "sqlite" if url.startswith(SQLITE) else "postgresql+psycopg"
    engine = create_engine(make_url(address_of_owner(url)).set(drivername=driver), poolclass=NullPool)
    with engine.begin() as connection:
        for each in records:
            table = table_of(type(each))
            values = {name: value for name, value in each.__dict__.items() if name in table.c}
            seals = Seals(type(each), table, the_same_vault())
            if seals.columns:
                key = seals.vault.new_key(each.practice, table.name, each.id)
                values |= seals.row(each, key)
                connection.execute(insert(KEY).values(key.kept.model_dump()))
            connection.execute(insert(table).values({**values, "seal": "planted"}))


def in_hands_of(record: Any, person: str, other: str) -> Any:
    """The same record, with one person in another's place."""
    changed = {
        name: [other if each == person else each for each in value] if isinstance(value, list) else type(value)(other)
        for name, value in record.__dict__.items()
        if (name != "id" and str(value) == person) or (isinstance(value, list) and person in value)
    }
    return record.model_copy(update=changed)


def one_more(url: str, kind: type[Any], code: str) -> UUID:
    """A record of a kind at a practice, over if such records end: what goes on may stand there already. And its identifier."""
    workflow = next(each for each in ALL if each.kind is kind)
    worlds = explored(workflow.name).situations.values()
    found = (each for world in worlds for each in world.of(kind) if not workflow.ends or each.state in workflow.ends)
    record = next(found).model_copy(update={"practice": code, "id": uuid4()})
    keep(url, [record])
    identifier: UUID = record.id
    return identifier


def situations(law: Law[Any]) -> list[Tried]:
    """Where this was granted at noon, or where it could at least be asked for, if it never was."""
    granted = [each for each in explored(law.workflow.name).allowed[repr(law)] if each[0].now == NOON]
    return granted or asked_anyhow(law)


def asked_anyhow(law: Law[Any]) -> list[Tried]:
    """Whatever can be said, in the first situations in which there is something to say it of."""
    found: list[Tried] = []
    for world in explored(law.workflow.name).situations.values():
        found += [(world, Request(NOBODY, law, about, payload)) for about, payload in abouts(world, law, SAID)]
        if len(found) > ENOUGH:
            break
    return found
