"""Calendars of what is due, said a second time."""

from tests.second_law.steps import NOWHERE, Step, states

CALENDAR_FEEDS = (
    # FEED-1: by everybody who works here, for themselves.
    Step("subscribe", NOWHERE, states("staff")),
    # FEED-2: whoever it was opened for takes it back, and the practice manager takes back anybody's.
    Step("revoke", states("active"), states("staff"), only_by="owner"),
    Step("close", states("active"), states("practice_manager")),
)

SAID = {"calendar_feed": CALENDAR_FEEDS}
