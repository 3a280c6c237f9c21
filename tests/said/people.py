"""What people say of those whom cases are about."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from models import people as known
from models.nhs_numbers import SYNTHETIC
from models.people import ErasureGround, ErasureProposal, Merging, PersonDetails, Separation
from tests.laws import DAY, NOON, World, always


def known_as(**said: Any) -> PersonDetails:
    """Who somebody is."""
    return PersonDetails.model_validate(said, context={SYNTHETIC: True})


BORN = date(2001, 5, 4)
IDENTITIES = (
    known_as(nhs_number="9990000123", date_of_birth=BORN),
    known_as(nhs_number="9990000204"),
    known_as(name="Red Riding Hood", date_of_birth=BORN + DAY),
    known_as(note="Carries a basket."),
    known_as(date_of_birth=NOON.date() + DAY),
)
"""People of whom some could be one and some can't; the last one is not born."""


def mergings(world: World) -> list[Merging]:
    """Every record that another one could be merged into, and one that isn't there."""
    return [
        Merging(into=each, reason="The same voice.")
        for each in (*(each.id for each in world.of(known.Person)), UUID(int=13))
    ]


SAID: dict[Any, Any] = {
    PersonDetails: always(*IDENTITIES),
    Merging: mergings,
    Separation: always(Separation(reason="Two sisters.")),
    ErasureProposal: always(ErasureProposal(ground=ErasureGround.RETENTION_ENDED)),
}
