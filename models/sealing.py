"""What is kept encrypted: a column that takes nothing in the clear, and the keys of the records that have such columns."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Index, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from models.nhs_numbers import SYNTHETIC


class Ciphertext(str):
    """A sealed value, as text."""

    __slots__ = ()


class Sealed(TypeDecorator[Any]):
    """A value that a database keeps only sealed. The record has it in the clear; the store seals and opens it."""

    impl = Text
    cache_ok = False

    def __init__(self, kind: Any) -> None:
        """Keep values of `kind`."""
        super().__init__()
        self._adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def written(self, value: Any) -> bytes:
        """What is sealed: the value as JSON."""
        return self._adapter.dump_json(value)

    def read(self, opened: bytes) -> Any:
        """The value again. Whether NHS numbers of the range for tests are taken was asked when it was sent."""
        return self._adapter.validate_json(opened, context={SYNTHETIC: True})

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Take what is sealed, or nothing. Raises TypeError: whatever forgets to seal must not get this far."""
        if value is None or isinstance(value, Ciphertext):
            return value
        raise TypeError("a sealed column takes nothing in the clear")


def sealed_of(kind: Any) -> Any:
    """The column type for a value that is kept sealed."""
    return Sealed(kind)


class RecordKey(SQLModel):
    """The key that one record's values are sealed under, itself wrapped under a key that the database never sees.

    `key_id` names that one. Where this row is gone, nothing opens what the record said, in this database or in a copy.
    """

    practice: str = Field(primary_key=True)
    record_id: UUID = Field(primary_key=True)
    kind: str
    key_id: str
    wrapped: str


class RecordKeyRow(RecordKey, table=True):
    """The keys of records, in a table of their own: wrapping them anew touches no record, and a backup can leave them out."""

    __tablename__ = "record_key"
    __table_args__ = (Index("record_key_by_key_id", "practice", "key_id", "record_id"),)
