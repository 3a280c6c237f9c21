"""Which request a browser was shown to be about, and what it has shown since."""

from typing import Final
from uuid import UUID

from api.pages.asking.visits import Visit
from service.drafts import Answers
from service.intake import Became, whats_become_of
from service.own_contacts import OwnContact, contact_to_prove
from service.unit_of_work import NotFound

SEAT: Final = "status"
"""The name under which a browser keeps which request it was shown to be about."""


async def seated(visited: Visit) -> tuple[Became | None, dict[str, str]]:
    """The request that this browser was shown to be about, as it stands now. Raises NotFound or Unavailable."""
    seat = (await visited.answers(SEAT)).sent
    if "id" not in seat:
        return None, seat
    record = await whats_become_of(visited.house.store, visited.practice.practice, UUID(seat["id"]))
    if record is None:
        raise NotFound
    return record, seat


async def take_seat(visited: Visit, **seat: str) -> None:
    """Keep what this browser was shown to be about, and nothing of another one. Raises Unavailable."""
    await visited.keep(SEAT, Answers(sent=seat))


def own_contact(visited: Visit, record: Became | None) -> OwnContact | None:
    """The contact to which a code can be sent, so that whoever asked can show that it is theirs."""
    return contact_to_prove(record, visited.house.carriage.ways) if record else None
