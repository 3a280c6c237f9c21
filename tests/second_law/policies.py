"""Policy versions, said a second time."""

from tests.second_law.steps import NOWHERE, Step, states

BEING_WRITTEN = states("draft changes_requested")
WRITERS = states("practice_manager communications_manager")
"""Those who write such documents."""
APPROVERS = states("practice_manager partner")

POLICIES = (
    Step("create", NOWHERE, WRITERS),
    Step("edit", BEING_WRITTEN, WRITERS),
    Step("submit", BEING_WRITTEN, WRITERS),
    Step("discard", BEING_WRITTEN, WRITERS),
    Step("request_changes", states("in_review"), APPROVERS),
    # POL-4: nobody who edited this version, and no setting lifts that.
    Step("approve", states("in_review"), APPROVERS, never_by="edited_by"),
    Step("recall", states("approved"), APPROVERS),
    # A partner too, since in a small practice one of them is away.
    Step("publish", states("approved"), APPROVERS),
    Step("withdraw", states("active"), APPROVERS),
    # It falls to the practice manager, who answers for the date of the next review.
    Step("review_unchanged", states("active"), states("practice_manager")),
    # DUE-4: time alone tells of a review that is late.
    Step("escalate", states("active"), states("clock")),
    # POL-3: only ever with the publication of another.
    Step("supersede", states("active"), NOWHERE),
)

SAID = {"policy": POLICIES}
