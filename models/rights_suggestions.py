"""What a rights request may belong to. Somebody looks before anything is matched."""

from uuid import UUID

from models.record import Payload
from models.restrictions import RestrictionGround


class Suggestions(Payload):
    """People whose record it may be about, open requests that may be the same, and the ground on which to restrict meanwhile."""

    people: list[UUID]
    duplicates: list[UUID]
    restrict: RestrictionGround | None
