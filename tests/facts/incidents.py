"""What matters of an incident: what was found, decided and done, and not when nor by whom; who it is about, and who works on it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from models.incidents import Incident
from models.record import Record
from models.warnings import PatientWarning

MOMENTS = {"at", "by", "taken_at", "told_at"}


def of_incident(incident: Incident, names: Mapping[UUID | None, str]) -> Hashable:
    """All that was found and done, without moments, and lists by what is in them."""
    left_out = set(Record.model_fields) | {"reported_by", "tell_by", "escalations"}
    return tuple(
        (name, said(getattr(incident, name), names)) for name in type(incident).model_fields if name not in left_out
    )


def said(value: Any, names: Mapping[UUID | None, str]) -> Hashable:
    """A value without who and when."""
    if isinstance(value, BaseModel):
        return tuple(
            (name, said(each, names))
            for name, each in value
            if name not in MOMENTS and not name.endswith(("_by", "_at", "until"))
        )
    if isinstance(value, list | tuple):
        return frozenset(said(each, names) for each in value)
    if isinstance(value, UUID):
        return names.get(value, "somebody")
    return None if isinstance(value, BaseModel) else value


def of_warning(warning: PatientWarning, names: Mapping[UUID | None, str]) -> Hashable:
    """Who was warned when, and what became of it."""
    day: date = warning.entered_on
    return names.get(warning.person_id), warning.entry, day, warning.about is not None


FACTS: dict[type[Any], Any] = {Incident: of_incident, PatientWarning: of_warning}
LASTING: dict[type[Any], Any] = {PatientWarning: of_warning}
