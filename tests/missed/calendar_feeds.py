"""What is taken out of the law of calendars of what is due."""

from __future__ import annotations

from models.calendar_feeds import CalendarFeed
from tests.missed.law import Mutant, effect

ASKED_BY = {"calendar_feed.subscribe": "FEED-1", "calendar_feed.close": "FEED-2"}


def for_somebody_else(feed: CalendarFeed) -> None:
    feed.owner = "golden-goose"


def guessed(feed: CalendarFeed) -> None:
    feed.fingerprint = ""


MUTANTS = [
    Mutant("FEED-1", "calendar_feed.subscribe", effect("calendar_feed.subscribe", for_somebody_else)),
    Mutant("FEED-3", "calendar_feed.subscribe", effect("calendar_feed.subscribe", guessed)),
]
