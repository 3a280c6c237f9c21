"""A practice: the tenant, how to reach it, and the policy that is in force there."""

from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field
from sqlalchemy import UniqueConstraint
from sqlmodel import Field as Column

from models.record import Payload, Record, Row, json_of, word_of
from models.settings import PolicySettings
from models.staff import Subject
from models.text import Address, Line

PracticeCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{2,9}$")]
"""A practice's ODS code."""

Phone = Annotated[str, Field(max_length=30, pattern=r"^\+?[0-9][0-9 ]{4,}$")]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]


class PracticeState(StrEnum):
    """A practice uses the service from the day it is opened."""

    OPEN = "open"


class Contacts(Payload):
    """How the public reaches the practice. These may stand in a post."""

    phone: Phone | None = None
    email: Email | None = None
    website: Address | None = None
    complaints: Address | None = None


class FirstManager(Payload):
    """The practice manager with whom a practice begins."""

    subject: Subject
    name: Line


class PracticeDraft(Payload):
    """A practice to be opened."""

    code: PracticeCode
    name: Line
    contacts: Contacts = Contacts()
    manager: FirstManager


class PracticeDetails(Payload):
    """What a practice calls itself and how it is reached."""

    name: Line
    contacts: Contacts


class InForce(Payload):
    """The active policy version, as far as judging needs it."""

    policy_id: UUID
    number: str
    title: str
    settings: PolicySettings


class Practice(Record):
    """A practice. Its `practice` is its own ODS code."""

    state: PracticeState = Column(default=PracticeState.OPEN, sa_type=word_of(PracticeState))
    name: str
    contacts: Contacts = Column(sa_type=json_of(Contacts, immutable=True))
    in_force: InForce | None = Column(default=None, sa_type=json_of(InForce, immutable=True))


class PracticeRow(Practice, Row, table=True):
    """Every practice, each alone in its own rows."""

    __tablename__ = "practice"
    constraints: ClassVar[tuple[Any, ...]] = (UniqueConstraint("practice", name="one_practice_per_code"),)
