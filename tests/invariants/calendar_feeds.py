"""What must be so of calendars of what is due."""

from __future__ import annotations

from models.calendar_feeds import fingerprint_of
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
    back = world.done("calendar_feed.revoke", "calendar_feed.close")
    kept = all(each.record.revoked_by == each.actor.id and each.record.revoked_at == each.at for each in back)
    revoked, closed = world.done("calendar_feed.revoke"), world.done("calendar_feed.close")
    owners = all(each.record.owner == each.actor.id for each in revoked)
    return kept and owners and all(Role.PRACTICE_MANAGER in each.actor.roles for each in closed)


@invariant("FEED-3")
def of_a_secret_the_fingerprint_alone_is_kept(world: World) -> bool:
    return all(
        each.record.fingerprint == fingerprint_of(each.payload.secret) and each.payload.secret not in str(each.record)
        for each in world.done("calendar_feed.subscribe")
    )
