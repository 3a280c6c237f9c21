"""What matters of a post."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any
from uuid import UUID

from models.posts import Post


def of_post(post: Post, _: Mapping[UUID | None, str]) -> Hashable:
    """Content, people, approval and places."""
    approval = post.approval and (post.approval.content_hash, *post.approval.platforms)
    announced = frozenset(each.place for each in post.companion_notices)
    where = frozenset(post.platforms_published)
    answers = tuple((each.finding, each.answer) for each in post.finding_answers)
    told = post.escalated_at is None
    return (
        told,
        post.content_hash,
        post.author,
        post.last_edited_by,
        approval,
        post.publish_at,
        announced,
        where,
        answers,
    )


FACTS: dict[type[Any], Any] = {Post: of_post}
