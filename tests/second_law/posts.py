"""Posts, said a second time."""

from tests.second_law.steps import NOWHERE, Step, states

BEING_WRITTEN = states("draft changes_requested")
ALLOWED_TO_GO_OUT = states("approved scheduled")
USERS = states("use_platforms")
"""Whoever the practice's policy lets use its platforms."""
MANAGER = states("communications_manager")
"""POST-3: nobody else, whatever a policy says."""

POSTS = (
    Step("write", NOWHERE, USERS),
    Step("edit", BEING_WRITTEN, USERS),
    Step("submit", BEING_WRITTEN, USERS),
    # POST-14: whoever writes answers, before anybody else reads.
    Step("answer_findings", BEING_WRITTEN, USERS),
    Step("discard", BEING_WRITTEN, USERS),
    # POST-11: what an author handed in, that author alone takes back.
    Step("pull_back", states("submitted"), USERS, only_by="author"),
    Step("request_changes", states("submitted"), MANAGER),
    # POST-10: two people stand behind a post, unless the policy says that one may.
    Step("approve", states("submitted"), MANAGER, never_by="last_edited_by", unless="allow_self_approval"),
    Step("edit_after_approval", ALLOWED_TO_GO_OUT, USERS),
    Step("revoke", ALLOWED_TO_GO_OUT, MANAGER),
    Step("schedule", states("approved"), USERS),
    # S-07: the door and the telephone can be seen to as long as the post can still be published somewhere.
    Step("arrange_notice", states("draft changes_requested submitted approved scheduled failed published"), USERS),
    # POST-4, and platform by platform: from `published` for those that are left, from `failed` once more.
    Step("publish", states("approved scheduled failed published"), USERS),
    Step("fail", ALLOWED_TO_GO_OUT, USERS),
    Step("fail_elsewhere", states("published"), USERS),
    Step("return_failed", states("failed"), USERS),
    # POST-9: time alone.
    Step("expire", ALLOWED_TO_GO_OUT, states("clock")),
    # DUE-4: time alone tells that nobody has published.
    Step("escalate", states("scheduled"), states("clock")),
    # POST-12: anybody else who uses the platforms has to say that it is an emergency.
    Step("take_down", states("published"), MANAGER, else_says={"use_platforms": ("emergency", True)}),
    Step("reply", states("published"), MANAGER),
)

SAID = {"post": POSTS}
