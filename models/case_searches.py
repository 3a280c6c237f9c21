"""Questions about a person's cases: they are sent in a body, since an address ends up in logs."""

from typing import Self
from uuid import UUID

from pydantic import model_validator

from models.moments import Day
from models.nhs_numbers import NHSNumber
from models.record import Payload
from models.text import Line


class CaseSearch(Payload):
    """Whose cases to look for: by the person's record, by NHS number, or by name and date of birth together."""

    person_id: UUID | None = None
    nhs_number: NHSNumber | None = None
    name: Line | None = None
    date_of_birth: Day | None = None

    @model_validator(mode="after")
    def _by_one_way(self) -> Self:
        said = {name for name, value in self if value is not None}
        if said not in ({"person_id"}, {"nhs_number"}, {"name", "date_of_birth"}):
            raise ValueError("look by record, by NHS number, or by name and date of birth together")
        return self


class PersonReportOrder(Payload):
    """About whom everything is asked for."""

    person_id: UUID
