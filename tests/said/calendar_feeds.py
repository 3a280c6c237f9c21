"""What people say of the calendars that they open."""

from __future__ import annotations

from typing import Any

from models.calendar_feeds import CalendarFeedDraft, FeedCoverage
from tests.laws import always

SAID: dict[Any, Any] = {CalendarFeedDraft: always(*(CalendarFeedDraft(covers=each) for each in FeedCoverage))}
