"""A rights request's whole history in one outline: what happened and when, how each date came out, and who was told what."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from models.reckonings import Reckoning
from models.record import Payload
from models.rights_steps import Recipient


class DatesThen(Payload):
    """The dates of a request, from a change until the next (UTC): null is now. `because` names the step that changed them."""

    until: AwareDatetime | None
    because: str | None
    reason: str | None
    due: Reckoning | None
    extension_by: Reckoning | None


class HistoryEntry(Payload):
    """A link of the audit trail: who did what, in which role, from where to where, and what was sent.

    `said` is null where nothing was sent, or where it was lawfully erased. `seal` is that of the chain.
    """

    kind: str
    record_id: UUID
    version: int
    at: AwareDatetime
    actor: str
    roles: list[str]
    transition: str
    source: str | None
    target: str
    said: Any
    seal: str


class History(Payload):
    """All that a practice can show the regulator of one request: data, which a page or a document sets.

    Records stand as they are now; `entries` are those of the request, its restrictions and its letters, in the order of time.
    `not_shown` names kinds that whoever asked may not see.
    """

    reference: str
    made_at: AwareDatetime
    made_on: date
    request: dict[str, Any]
    dates: list[DatesThen]
    recipients: list[Recipient]
    letters: list[dict[str, Any]]
    restrictions: list[dict[str, Any]]
    complaints: list[dict[str, Any]]
    entries: list[HistoryEntry]
    not_shown: list[str]
