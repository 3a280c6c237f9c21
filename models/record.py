"""What every record remembers about itself, and how its values are kept in a table."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, TypeAdapter, create_model
from sqlalchemy import DateTime, Index, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

M = TypeVar("M", bound=SQLModel)
IMMUTABLE_VALUES_REMEMBERED = 4096


def uuid7() -> UUID:
    """Make an identifier that sorts by the time it was made (RFC 9562, version 7)."""
    made = time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10), "big")
    return UUID(int=made & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)


class UTCDateTime(TypeDecorator[datetime]):
    """Aware going in and aware coming out, even from SQLite, which would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Keep every moment in UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say the zone that was kept."""
        return value and value.replace(tzinfo=UTC)


class Word(TypeDecorator[StrEnum]):
    """A member of an enumeration, kept as its plain value."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        """Keep members of `kind`."""
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Write the plain value."""
        return value and str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Read it back as a member."""
        return None if value is None else self.kind(value)


def word_of(kind: type[StrEnum]) -> Any:
    """The column type for a member of an enumeration."""
    return Word(kind)


class JSONText(TypeDecorator[Any]):
    """A validated value as JSON text: written and read whole, never searched inside."""

    impl = Text
    cache_ok = False

    def __init__(self, kind: Any, *, immutable: bool = False) -> None:
        """Keep values of `kind`; those that are immutable are read once and then shared."""
        super().__init__()
        adapter: TypeAdapter[Any] = TypeAdapter(kind)
        self._write: Callable[[Any], bytes] = adapter.dump_json
        self._read: Callable[[str], Any] = (
            lru_cache(IMMUTABLE_VALUES_REMEMBERED)(adapter.validate_json) if immutable else adapter.validate_json
        )

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write the value as JSON."""
        return None if value is None else self._write(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read it back as what it was."""
        return None if value is None else self._read(value)


def json_of(kind: Any, *, immutable: bool = False) -> Any:
    """The column type for a nested value."""
    return JSONText(kind, immutable=immutable)


class Payload(BaseModel):
    """Something that a person sends: validated, immutable, and refused when it names a field that isn't there."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)

    comes_with_file: ClassVar[bool] = False
    """Whether it comes beside a file, at an address of its own, and says what the file was found to be."""


class Draft(SQLModel):
    """A payload whose fields are also columns of its kind's table."""

    model_config = {"extra": "forbid"}

    def __init__(self, **said: Any) -> None:
        """Take these values, each validated."""
        super().__init__(**said)

    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]  # by this pydantic knows that it need not go through here
    """SQLModel's own way would forget what is validated with what it was told of the place, such as which NHS numbers are taken."""


class Record(SQLModel):
    """The facts that every kind shares, and every answer shows. Times are UTC."""

    model_config = {"json_schema_serialization_defaults_required": True}

    filters: ClassVar[tuple[str, ...]] = ()
    """Columns beside `state` and `due_at` by which a list can be narrowed; each has its index."""
    looked_up_by: ClassVar[tuple[str, ...]] = ()
    """Columns by which records are found, though no address names them; each has its index too."""
    left_out_of_lists: ClassVar[frozenset[str]] = frozenset()
    """Fields too large to be shown fifty at a time."""
    sensitive: ClassVar[bool] = False
    """Whether each showing of such a record is written down before it is sent."""
    found_by: ClassVar[tuple[str, ...]] = ()
    """What a record can be looked up by though it is kept sealed: each has a column `<name>_index` in the row, and only there."""
    erased_in: ClassVar[frozenset[StrEnum]] = frozenset()
    """The states in which nothing sealed is left of a record, and its key is destroyed."""

    practice: str = Field(primary_key=True)
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    state: Any = Field(sa_type=String)
    version: int = 1
    created_at: datetime = Field(sa_type=UTCDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    due_for: str | None = None


class Row(SQLModel):
    """What only the database remembers: the head of the record's audit chain, and how it is found."""

    constraints: ClassVar[tuple[Any, ...]] = ()
    """What else the table insists on."""

    seal: str

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805 - SQLAlchemy passes the class
        """One index for each way in which records are found, and the table's own constraints."""
        columns = ("state", "due_at", *cls.filters, *cls.looked_up_by)  # type: ignore[attr-defined]  # every row is a record too
        return (
            *(Index(f"{cls.__tablename__}_by_{each}", "practice", each, "id") for each in columns),
            *cls.constraints,
        )


def remade(kind: type[M], values: dict[str, Any]) -> M:
    """A model from all its values, which were validated once: not looked at again, as pydantic's own way would, one by one."""
    made: M = kind.__new__(kind)
    object.__setattr__(made, "__dict__", values)
    object.__setattr__(made, "__pydantic_fields_set__", set(values))
    return made


@cache
def view_of(kind: type[Record]) -> type[Record]:
    """A kind as an answer: its fields, whether it is overdue, and what the caller could do next."""
    return create_model(
        f"{kind.__name__}View",
        __base__=kind,
        __doc__=kind.__doc__,
        overdue=(bool, ...),
        available_transitions=(list[str], ...),
    )


@cache
def listed_view_of(kind: type[Record]) -> type[BaseModel]:
    """The same as it stands in a list: without the fields that are too large for one."""
    fields: dict[str, Any] = {
        name: (field.annotation, ...)
        for name, field in view_of(kind).model_fields.items()
        if name not in kind.left_out_of_lists
    }
    return create_model(f"{kind.__name__}InList", __doc__=kind.__doc__, **fields)
