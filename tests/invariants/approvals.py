"""Which approval of a post or of a policy stood at a moment, by all that had happened."""

from __future__ import annotations

from tests.laws import Happened, World


def approved(world: World, happened: Happened) -> Happened | None:
    """The approval that stood when this happened."""
    return standing(world.past(happened))


def standing(past: list[Happened]) -> Happened | None:
    """The last approval, if nothing has undone it since."""
    approval = None
    for each in past:
        if each.name in {"post.approve", "policy.approve"}:
            approval = each
        elif each.name in UNDOES_AN_APPROVAL:
            approval = None
    return approval


UNDOES_AN_APPROVAL = {
    "policy.edit",
    "policy.recall",
    "post.edit",
    "post.edit_after_approval",
    "post.revoke",
    "post.expire",
    "post.return_failed",
}
