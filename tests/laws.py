"""A little world in which the workflows are tried: people with roles, a practice, records, and all that ever happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar, cast
from uuid import UUID

from models.practices import Contacts, Practice
from models.roles import MACHINES, Role
from workflows.engine import Act, Applied, Law, Opening, Transition
from workflows.refusals import Refusal
from workflows.registry import ALL
from workflows.roles import Person, PracticeInForce

T = TypeVar("T")
K = TypeVar("K")

CODE = "ZZ0001"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
CLOSES = NOON + 10 * DAY
MOMENTS = (NOON, NOON + 4 * DAY, NOON + 11 * DAY)
"""Before everything; when a week's notice of the closure is no longer possible; and when the closure has begun."""
SOON = MOMENTS[1].date()
"""A day that lies ahead at first, and then is today."""

NAMES = {
    Role.STAFF: "hansel",
    Role.CLINICIAN: "gretel",
    Role.PARTNER: "frau-holle",
    Role.PRACTICE_MANAGER: "snow-white",
    Role.COMMUNICATIONS_MANAGER: "rapunzel",
    Role.COMPLAINTS_LEAD: "cinderella",
    Role.INFORMATION_RIGHTS_LEAD: "briar-rose",
    Role.BUSINESS_MANAGER: "rumpelstiltskin",
    Role.HEAD_OF_OPERATIONS: "iron-john",
    Role.RECEPTION_MANAGER: "little-red-cap",
    Role.PRACTICE_WEBSITE: "magic-mirror",
    Role.CLINICAL_SYSTEM: "golden-goose",
    Role.CLOCK: "clock",
    Role.OPERATOR: "puss-in-boots",
}
NOT_ON_THE_STAFF = MACHINES | {Role.CLOCK, Role.OPERATOR}


def somebody(role: Role, *others: Role) -> Person:
    """A person with these roles. Everyone who is a person is also staff."""
    everyone = frozenset() if role in NOT_ON_THE_STAFF else frozenset({Role.STAFF})
    return Person(NAMES[role], everyone | {role, *others})


EVERYBODY = tuple(map(somebody, Role))
MANAGER, PARTNER, EDITOR, RIGHTS, CLOCK, OPERATOR = map(
    somebody,
    (
        Role.PRACTICE_MANAGER, Role.PARTNER, Role.COMMUNICATIONS_MANAGER, Role.INFORMATION_RIGHTS_LEAD, Role.CLOCK,
        Role.OPERATOR,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to one record: who asked, where and when, and what there was before."""

    name: str
    fact: Applied
    was: Any
    before: tuple[Any, ...]

    @property
    def record(self) -> Any:
        """The record as it was left."""
        return self.fact.record

    @property
    def at(self) -> datetime:
        """When."""
        return self.fact.act.at

    @property
    def actor(self) -> Any:
        """Who."""
        return self.fact.act.actor

    @property
    def practice(self) -> PracticeInForce:
        """Where, with the settings of that moment."""
        assert isinstance(self.fact.act.practice, PracticeInForce)
        return self.fact.act.practice

    @property
    def payload(self) -> Any:
        """What was sent."""
        return self.fact.payload


@dataclass(frozen=True)
class World:
    """One moment at one practice, with all that led to it. A world never changes: what happens makes another."""

    now: datetime = NOON
    records: tuple[Any, ...] = ()
    history: tuple[Happened, ...] = ()

    @cached_property
    def _by_kind(self) -> dict[type[Any], list[Any]]:
        return grouped(self.records, type)

    @cached_property
    def _by_name(self) -> dict[str, list[Happened]]:
        return grouped(self.history, lambda each: each.name)

    @cached_property
    def _by_subject(self) -> dict[type[Any], list[Happened]]:
        return grouped(self.history, lambda each: type(each.record))

    @cached_property
    def knows(self) -> frozenset[Any]:
        """The kinds of which there is anything, or was, and the names of all that happened."""
        return frozenset(self._by_kind.keys() | self._by_subject.keys() | self._by_name.keys())

    @cached_property
    def practice(self) -> PracticeInForce:
        """The practice with the policy in force."""
        for each in self.of(Practice):
            return PracticeInForce(CODE, each.contacts, each.in_force)
        return PracticeInForce(CODE, Contacts())

    def of(self, kind: type[Any]) -> list[Any]:
        """The records of one kind."""
        return self._by_kind.get(kind, [])

    def done(self, *names: str) -> list[Happened]:
        """All that happened under these names, of each name the first things first."""
        return [each for name in names for each in self._by_name.get(name, [])]

    def about(self, kind: type[Any]) -> list[Happened]:
        """All that happened to records of one kind, first things first."""
        return self._by_subject.get(kind, [])

    def of_record(self, record: Any) -> list[Happened]:
        """All that happened to this record, first things first."""
        return [each for each in self.history if each.record.id == record.id]

    def past(self, happened: Happened) -> list[Happened]:
        """All that had happened to the same record before."""
        before = self.of_record(happened.record)
        return before[: next(place for place, each in enumerate(before) if each is happened)]


def grouped(values: Iterable[T], by: Callable[[T], K]) -> dict[K, list[T]]:
    """The values that have something in common, together."""
    groups: dict[K, list[T]] = {}
    for each in values:
        groups.setdefault(by(each), []).append(each)
    return groups


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asks for something: of a record that is there, or to begin one from a draft."""

    person: Person
    law: Law[Any]
    about: Any
    payload: tuple[Any, ...] = ()


def looked_up(law: Law[Any], about: Any, act: Act, records: Iterable[Any], *payload: Any) -> Mapping[str, list[Any]]:
    """Everything that judging this needs, out of a set of records."""
    kinds = grouped(records, type)
    found: dict[str, list[Any]] = {}
    for need in law.needs:
        where = need.where(about, replace(act, found=found), *payload)
        found[need.name] = [each for each in kinds.get(need.kind, []) if agrees(each, where)]
    return found


def agrees(record: Any, where: Mapping[str, Any]) -> bool:
    """Whether a record has these values in these columns."""
    return all(
        getattr(record, name) in value if isinstance(value, frozenset) else getattr(record, name) == value
        for name, value in where.items()
    )


def asked(world: World, request: Request, records: Mapping[UUID, Any]) -> tuple[Any, Act]:
    """What the request is about, among these records, and the act with all that was looked up among them."""
    about = request.about if isinstance(request.law, Opening) else records[request.about.id]
    act = Act(request.person, world.practice, world.now)
    return about, replace(act, found=looked_up(request.law, about, act, records.values(), *request.payload))


def judged(world: World, request: Request) -> Refusal | None:
    """Why not, as far as can be told beforehand. What need not be looked up is judged first, as the house does it."""
    law: Any = request.law
    refused: Refusal | None = law.refusal(
        request.about, Act(request.person, world.practice, world.now), *request.payload
    )
    if refused:
        return refused
    about, act = asked(world, request, {each.id: each for each in world.records})
    return cast(Refusal | None, law.refusal(about, act, *request.payload))


def happen(world: World, request: Request) -> World:
    """The world after this. Raises the refusal."""
    earlier = {each.id: each for each in world.records}
    records = {each.id: each.model_copy() for each in world.records}
    law: Any = request.law
    about, act = asked(world, request, records)
    facts: list[Applied] = law.apply(about, act, *request.payload)
    news = [Happened(repr(each.law), each, earlier.get(each.record.id), world.records) for each in facts]
    after = records | {each.record.id: each.record for each in facts}
    return replace(world, records=tuple(after.values()), history=(*world.history, *news))


def requests(
    world: World, people: Iterable[Person], laws: Iterable[Law[Any]], said: Mapping[Any, Any]
) -> list[Request]:
    """Everything that these people could ask for, with each variant of what can be said."""
    people = list(people)
    return [
        Request(person, law, about, payload)
        for law in laws
        for about, payload in abouts(world, law, said)
        for person in people
    ]


def abouts(world: World, law: Law[Any], said: Mapping[Any, Any]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """What a law can be asked about, and with what."""
    variants = heard(world, law, said) if law.by else []
    if isinstance(law, Opening):
        yield from ((each, ()) for each in variants)
        return
    for record in world.of(law.workflow.kind):
        yield from ((record, (each,)) for each in variants) if variants else [(record, ())]


def heard(world: World, law: Law[Any], said: Mapping[Any, Any]) -> list[Any]:
    """What can be said to a law: what is meant for it alone, or else whatever its payload says anywhere."""
    if law.payload is None:
        return []
    variants: list[Any] = (said.get(repr(law)) or said[law.payload])(world)
    return variants


LAWS: dict[str, Law[Any]] = {repr(law): law for workflow in ALL for law in workflow.laws}
TRANSITIONS = {name: law for name, law in LAWS.items() if isinstance(law, Transition)}


def always(*variants: Any) -> Any:
    """The same variants in every world."""
    return lambda _: list(variants)


def laws_of(name: str) -> tuple[Law[Any], ...]:
    """Every law of a workflow that somebody can ask for."""
    return tuple(law for law in LAWS.values() if law.workflow.name == name and law.by)
