"""What matters of a link to a calendar."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any
from uuid import UUID

from models.calendar_feeds import CalendarFeed


def of_feed(feed: CalendarFeed, _: Mapping[UUID | None, str]) -> Hashable:
    """Whose it is."""
    return feed.owner


FACTS: dict[type[Any], Any] = {CalendarFeed: of_feed}
