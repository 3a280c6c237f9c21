"""What a calendar's link leads to: the deadlines that its owner may see at this moment, as others subscribe to them (RFC 5545).

It holds kinds of record, what falls due, the rules and identifiers, and no word about anybody: calendars are read by phones
and by other people's servers.
"""

import hmac
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from models.calendar_feeds import CalendarFeed, CalendarFeedState, FeedCoverage, fingerprint_of
from models.practices import Practice
from models.staff import StaffMember, StaffState
from service.deadlines import FallingDue, Wanted, falling_due
from service.in_force import in_force
from service.store import Store
from service.unit_of_work import NotFound
from workflows.calendars import Calendar
from workflows.engine import Act, Due, words
from workflows.roles import Person
from workflows.statutory_time import end_of, london_day

MOST: Final = 500
"""As many records stand in a calendar at most: the soonest."""
ASK_AGAIN_AFTER: Final = timedelta(hours=1)
MADE_BY: Final = "-//Practice Charter//Deadlines//EN"
NO_FINGERPRINT: Final = fingerprint_of("")


async def calendar_at(
    store: Store, practice: str, feed_id: UUID | None, secret: str, now: datetime, calendar: Calendar
) -> bytes:
    """The calendar behind a link, as its owner may see it now (UTC). Raises NotFound, whatever is wrong with the link."""
    feed = await _feed(store, practice, feed_id, secret)
    act = await _owner_asks(store, practice, feed, now, calendar)
    mine = UUID(feed.owner) if feed.covers is FeedCoverage.ASSIGNED_TO_ME else None
    found = await falling_due(store, practice, Wanted(assigned_to=mine, limit=MOST), act)
    return written(practice, found, now)


async def _feed(store: Store, practice: str, feed_id: UUID | None, secret: str) -> CalendarFeed:
    """The feed that the link opens. As much is done for one that never was as for a wrong secret."""
    equal = {"id": feed_id, "state": CalendarFeedState.ACTIVE}
    kept = await store.find(CalendarFeed, practice, equal)
    expected = kept[0].record.fingerprint if kept else NO_FINGERPRINT
    if not hmac.compare_digest(fingerprint_of(secret), expected) or not kept:
        raise NotFound
    feed: CalendarFeed = kept[0].record
    return feed


async def _owner_asks(store: Store, practice: str, feed: CalendarFeed, now: datetime, calendar: Calendar) -> Act:
    """The act of looking by whom the feed is for: with the roles that they have here and now, if they are still here."""
    members = await store.find(StaffMember, practice, {"id": UUID(feed.owner), "state": StaffState.IN_POST})
    homes = await store.find(Practice, practice, {})
    if not members or not homes:
        raise NotFound
    who = Person(feed.owner, members[0].record.roles_at(now))
    return Act(who, in_force(practice, homes[0].record, calendar), now)


def written(practice: str, found: list[FallingDue], now: datetime) -> bytes:
    """Deadlines as a calendar: the same to the byte for as long as nothing has changed, and nothing has become overdue."""
    from icalendar import Calendar as Page  # noqa: PLC0415 - only a worker that is asked for a calendar carries it

    page = Page()
    page.add("prodid", MADE_BY)
    page.add("version", "2.0")
    page.add("method", "PUBLISH")
    page.add("x-wr-calname", f"Deadlines at {practice}")
    page.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    page.add("x-published-ttl", "PT1H")
    for falling in found:
        for due in falling.dues:
            page.add_component(_entry(falling, due, now))
    calendar: bytes = page.to_ical()
    return calendar


def _entry(falling: FallingDue, due: Due, now: datetime):  # type: ignore[no-untyped-def]  # the library is loaded when it is used
    """Something that falls due: all day where the law counts days."""
    from icalendar import Event  # noqa: PLC0415 - as above

    record, kind = falling.record, words(falling.workflow.name)
    late = "Overdue: " if due.at < now else ""
    entry = Event()
    entry.add("uid", f"{record.id}-{due.name}@practice-charter")
    entry.add("dtstamp", record.created_at)
    entry.add("sequence", record.version)
    entry.add("dtstart", _when(due))
    entry.add("summary", f"{late}{kind}, {words(due.name)}")
    entry.add("description", f"Rule {due.law}. {kind.capitalize()} {record.id}.")
    entry.add("categories", [falling.workflow.name])
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    return entry


def _when(due: Due) -> date | datetime:
    day = london_day(due.at)
    return day if due.at == end_of(day) else due.at
