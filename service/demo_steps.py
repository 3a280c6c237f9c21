"""How the demonstration asks for things: as somebody who may ask, one step after the other, and no step twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.record import Record
from models.staff import StaffMember
from service.demo_people import Member
from service.house import House
from service.identity import Principal
from service.unit_of_work import Asked, UnitOfWork
from workflows.engine import Transition


@dataclass(frozen=True, slots=True)
class Step:
    """One transition on a record's way, and who asks for it."""

    transition: Transition[Any]
    person: str
    payload: tuple[Any, ...] = ()


async def advance(house: House, record: Record, steps: Iterable[Step]) -> None:
    """Take the steps that a record has not taken yet, unless somebody has done something else with it.

    A record's version counts what happened to it: one that took only these steps is at the version that follows from them.
    """
    for taken, step in enumerate(steps, start=1):
        if record.version != taken or record.state not in step.transition.sources:
            continue
        work = house.work(Principal(step.person, record.practice))
        await work.apply(step.transition, record.id, asking(*step.payload, version=record.version))
        record = await again(house, record)


async def again(house: House, record: Record) -> Record:
    """The record as it is now."""
    found: UUID = record.id
    (kept,) = await house.store.find(type(record), record.practice, {"id": found})
    now: Record = kept.record
    return now


async def directory(house: House, code: str) -> dict[str, StaffMember]:
    """Everybody who is, or was, on the staff, by the subject of their token."""
    return {each.record.subject: each.record for each in await house.store.find(StaffMember, code, {})}


def as_person(house: House, code: str, member: Member) -> UnitOfWork:
    """What somebody asks at their practice."""
    return as_subject(house, code, member.subject)


def as_subject(house: House, code: str, subject: str) -> UnitOfWork:
    """The same, by the subject of their token."""
    return house.work(Principal(subject, code))


def asking(*payload: Any, version: int = 0) -> Asked:
    """A request that says this about that version."""
    return Asked(lambda: payload, lambda: version)
