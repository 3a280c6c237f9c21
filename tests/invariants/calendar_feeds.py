"""What must be so of calendars of what is due."""

from __future__ import annotations

from models.calendar_feeds import CalendarFeed, CalendarFeedState, fingerprint_of
from models.roles import Role
from tests.invariants.rule import invariant
from tests.laws import World


@invariant("FEED-1")
def everybody_opens_a_calendar_for_themselves(world: World) -> bool:
    return all(
        each.record.owner == each.actor.id and Role.STAFF in each.actor.roles
        for each in world.done("calendar_feed.subscribe")
    )


@invariant("FEED-2")
def a_calendar_is_taken_back_by_its_owner_or_the_practice_manager(world: World) -> bool:
    return all(
        each.record.revoked_by == each.actor.id
        and (each.record.owner == each.actor.id or Role.PRACTICE_MANAGER in each.actor.roles)
        for each in world.done("calendar_feed.revoke", "calendar_feed.close")
    ) and all(each.revoked_at for each in world.of(CalendarFeed) if each.state == CalendarFeedState.REVOKED)


@invariant("FEED-3")
def of_a_secret_the_fingerprint_alone_is_kept(world: World) -> bool:
    return all(
        each.record.fingerprint == fingerprint_of(each.payload.secret) and each.payload.secret not in str(each.record)
        for each in world.done("calendar_feed.subscribe")
    )
