"""What somebody has answered so far on the pages that take a request: kept for an hour, readable by their browser alone."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.record import UTCDateTime
from models.sealing import sealed_of


class PageDraft(SQLModel):
    """The answers that a browser has given, sealed under the secret in its cookie, which is kept nowhere here.

    `name` is derived from that secret too, so that nothing says whose browser it is. `expires_at` is in UTC.
    """

    practice: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    content: str = Field(sa_type=sealed_of(str))
    expires_at: datetime = Field(sa_type=UTCDateTime)


class PageDraftRow(PageDraft, table=True):
    """Drafts at every practice, until their hour is over."""

    __tablename__ = "page_draft"
    __table_args__ = (Index("page_draft_by_expiry", "practice", "expires_at"),)
