"""People that cases are about: who somebody is, kept apart from the cases, and sealed."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, Self
from unicodedata import combining, normalize
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator
from sqlalchemy import Index
from sqlmodel import Field as Column

from models.moments import Day
from models.nhs_numbers import NHSNumber
from models.practices import Email, Phone
from models.record import Payload, Record, Row, word_of
from models.sealing import sealed_of
from models.text import Line, Paragraph

POSTCODE: Final = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")


def in_capitals(said: str) -> str:
    """A postcode in capitals, with its space; raise ValueError for what can be none."""
    together = "".join(said.split()).upper()
    written = f"{together[:-3]} {together[-3:]}"
    if not POSTCODE.fullmatch(written):
        raise ValueError("must be a postcode")
    return written


Postcode = Annotated[str, Field(max_length=10), AfterValidator(in_capitals)]


class PersonState(StrEnum):
    """Whether a record stands for somebody, points to the one that does, or says nothing any more."""

    ON_RECORD = "on_record"
    MERGED = "merged"
    ERASED = "erased"


class ErasureGround(StrEnum):
    """Why somebody's identity is erased. Nothing else about the reason is kept, since it would be about them."""

    RETENTION_ENDED = "retention_ended"
    ERASURE_GRANTED = "erasure_granted"
    RECORDED_BY_MISTAKE = "recorded_by_mistake"


class PersonContact(Payload):
    """How somebody is reached."""

    address: Annotated[list[Line], Field(max_length=6)] = []
    postcode: Postcode | None = None
    phone: Phone | None = None
    email: Email | None = None


class PersonDetails(Payload):
    """Who somebody is, as far as is known: at least one of these. `note` is for whoever can only be described."""

    name: Line | None = None
    date_of_birth: Day | None = None
    nhs_number: NHSNumber | None = None
    contact: PersonContact | None = None
    note: Paragraph | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not any(self.model_dump().values()):
            raise ValueError("say at least one thing by which somebody is known")
        return self


class Merging(Payload):
    """Which record of the same person stays, and how it is known that it is the same."""

    into: UUID
    reason: Paragraph


class Separation(Payload):
    """How it is known that two merged records are of two people."""

    reason: Paragraph


class ErasureProposal(Payload):
    """On what ground somebody's identity is to be erased."""

    ground: ErasureGround


class PersonSearch(Payload):
    """Whom to look for: by NHS number, or by name and date of birth together."""

    nhs_number: NHSNumber | None = None
    name: Line | None = None
    date_of_birth: Day | None = None

    @model_validator(mode="after")
    def _by_one_way(self) -> Self:
        said = {name for name, value in self if value is not None}
        if said not in ({"nhs_number"}, {"name", "date_of_birth"}):
            raise ValueError("look by NHS number, or by name and date of birth together")
        return self


class Person(Record):
    """A person that cases are about. Whatever is not known is null; of an erased one nothing is.

    `merged_into` is the record that stands for the same person since the two were merged. Their identity is erased once two
    people have said so: `erasure_ground` says why, and `erasure_proposed_by` who proposed it.
    """

    filters: ClassVar[tuple[str, ...]] = ("merged_into",)
    left_out_of_lists: ClassVar[frozenset[str]] = frozenset({"contact", "note"})
    sensitive: ClassVar[bool] = True
    found_by: ClassVar[tuple[str, ...]] = ("nhs_number", "name_and_birth")
    erased_in: ClassVar[frozenset[StrEnum]] = frozenset({PersonState.ERASED})

    state: PersonState = Column(default=PersonState.ON_RECORD, sa_type=word_of(PersonState))
    name: str | None = Column(default=None, sa_type=sealed_of(str))
    date_of_birth: date | None = Column(default=None, sa_type=sealed_of(date))
    nhs_number: str | None = Column(default=None, sa_type=sealed_of(str))
    contact: PersonContact | None = Column(default=None, sa_type=sealed_of(PersonContact))
    note: str | None = Column(default=None, sa_type=sealed_of(str))
    merged_into: UUID | None = None
    erasure_ground: ErasureGround | None = Column(default=None, sa_type=word_of(ErasureGround))
    erasure_proposed_by: str | None = None

    @property
    def name_and_birth(self) -> str | None:
        """By what somebody without an NHS number is found, if both are known."""
        return name_and_birth(self.name, self.date_of_birth) if self.name and self.date_of_birth else None


def name_and_birth(name: str, born: date) -> str:
    """A name as it sounds in any spelling of its case, accents, spaces and marks, with a date of birth."""
    letters = "".join(each for each in normalize("NFKD", name) if each.isalnum() or each.isspace() or combining(each))
    plain = "".join(each for each in letters if not combining(each))
    return f"{' '.join(plain.casefold().split())} {born.isoformat()}"


class PersonRow(Person, Row, table=True):
    """Everybody whom a case is about, at every practice."""

    __tablename__ = "person"
    constraints: ClassVar[tuple[Any, ...]] = (
        Index("one_person_per_nhs_number", "practice", "nhs_number_index", unique=True),
        Index("person_by_name_and_birth", "practice", "name_and_birth_index", "id"),
    )

    nhs_number_index: str | None = None
    name_and_birth_index: str | None = None
