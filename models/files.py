"""The bytes of files, in sealed parts, away from the records that say what they are."""

from typing import Final
from uuid import UUID

from sqlmodel import Field, SQLModel

PART: Final = 1024 * 1024
"""How many bytes of a file one part holds; the last may hold fewer."""


class FilePart(SQLModel):
    """One part of a record's file, sealed under the record's key. Parts are numbered from 0."""

    practice: str = Field(primary_key=True)
    record_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    sealed: bytes


class FilePartRow(FilePart, table=True):
    """The parts of all files, of every practice, where files are kept in the database."""

    __tablename__ = "file_part"
