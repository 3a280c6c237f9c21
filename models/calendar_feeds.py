"""Calendars of what is due: a link to subscribe to, for one member of staff, that they can take back."""

import secrets
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar, Final

from pydantic import AwareDatetime, PrivateAttr
from sqlmodel import Field as Column

from models.record import Payload, Record, Row, UTCDateTime, word_of

SECRET_BYTES: Final = 32


def fingerprint_of(secret: str) -> str:
    """What is kept of a link's secret: its SHA-256, in hexadecimal."""
    return sha256(secret.encode()).hexdigest()


class CalendarFeedState(StrEnum):
    """A link leads somewhere until it is taken back."""

    ACTIVE = "active"
    REVOKED = "revoked"


class FeedCoverage(StrEnum):
    """What stands in a calendar: all that its owner may see, or what is assigned to them."""

    ALL = "all"
    ASSIGNED_TO_ME = "assigned_to_me"


class CalendarFeedDraft(Payload):
    """A calendar to be opened. The secret of its link is made here, and is told once."""

    covers: FeedCoverage = FeedCoverage.ALL
    _secret: str = PrivateAttr(default_factory=lambda: secrets.token_urlsafe(SECRET_BYTES))

    @property
    def secret(self) -> str:
        """256 bits by chance, as they stand in an address."""
        return self._secret


class CalendarFeed(Record):
    """A link to a calendar of deadlines. `fingerprint` is the SHA-256 of its secret, which is itself not kept.

    What the calendar shows is found anew at each reading: as much as its `owner`, a member of staff, may see by then.
    """

    filters: ClassVar[tuple[str, ...]] = ("owner",)

    state: CalendarFeedState = Column(default=CalendarFeedState.ACTIVE, sa_type=word_of(CalendarFeedState))
    owner: str
    covers: FeedCoverage = Column(sa_type=word_of(FeedCoverage))
    fingerprint: str
    revoked_at: AwareDatetime | None = Column(default=None, sa_type=UTCDateTime)
    revoked_by: str | None = None


class CalendarFeedRow(CalendarFeed, Row, table=True):
    """Every link, whether it still leads somewhere or not."""

    __tablename__ = "calendar_feed"
