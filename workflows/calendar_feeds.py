"""Calendars of what is due: opened by somebody on the staff for themself, taken back by them or closed by the practice manager."""

from models.calendar_feeds import CalendarFeed, CalendarFeedDraft, CalendarFeedState, fingerprint_of
from models.roles import Role
from workflows.engine import Act, Workflow, guard

calendar_feeds = Workflow(
    "calendar_feed", "calendar_feeds", CalendarFeed, starts=CalendarFeedState.ACTIVE, seen_by=(Role.PRACTICE_MANAGER,),
    seen_own={Role.STAFF: "owner"},
)  # fmt: skip


@guard("This calendar was opened for somebody else.")
def theirs(feed: CalendarFeed, act: Act) -> bool:
    """FEED-2: whoever it was opened for takes it back."""
    return feed.owner == act.actor.id


@calendar_feeds.opens(by=[Role.STAFF])
def subscribe(draft: CalendarFeedDraft, act: Act) -> CalendarFeed:
    """Open a calendar of deadlines for yourself. The link is told once: keep it as you would a password (FEED-1, FEED-3)."""
    return CalendarFeed(
        practice=act.practice.code, created_at=act.at, owner=act.actor.id, covers=draft.covers,
        fingerprint=fingerprint_of(draft.secret),
    )  # fmt: skip


@calendar_feeds.transition(CalendarFeedState.ACTIVE, to=CalendarFeedState.REVOKED, by=[Role.STAFF], when=[theirs])
def revoke(feed: CalendarFeed, act: Act) -> None:
    """Take your link back: from now on it leads nowhere."""
    lead_nowhere(feed, act)


@calendar_feeds.transition(CalendarFeedState.ACTIVE, to=CalendarFeedState.REVOKED, by=[Role.PRACTICE_MANAGER])
def close(feed: CalendarFeed, act: Act) -> None:
    """Take a colleague's link back, such as when a phone was lost (FEED-2)."""
    lead_nowhere(feed, act)


def lead_nowhere(feed: CalendarFeed, act: Act) -> None:
    """Keep who took the link back, and when."""
    feed.revoked_at, feed.revoked_by = act.at, act.actor.id
