"""A practice's own posts: nothing is public that a communications manager has not approved, word for word and place by place."""

from datetime import datetime

from models.policies import Comment, Reason
from models.posts import (
    ONCE_PUBLIC,
    Approval,
    CompanionNotice,
    NoticeArranged,
    Post,
    PostDraft,
    PostState,
    Publication,
    PublicationFailure,
    PublicationTime,
    PublishedAs,
    Reply,
    ReplyDraft,
    Withdrawal,
)
from models.roles import MACHINES, Duty, Role
from models.screening import FindingAnswers
from workflows.engine import Act, Workflow, guard
from workflows.escalations import telling_management
from workflows.post_closures import (
    announces_a_closure,
    before_the_closure,
    closure_has_a_date,
    closure_has_begun,
    closure_in_good_time,
    closure_says_where_to_go,
    companions_arranged,
    not_arranged_yet,
    scheduled_in_good_time,
    time_lies_ahead,
)
from workflows.post_screening import (
    BEFORE_OTHERS_READ,
    answers_after,
    answers_suit,
    everybody_here,
    something_to_answer,
)
from workflows.replies import provided_for, wording
from workflows.roles import Audience, here
from workflows.screening.answers import still_said

posts = Workflow(
    "post", "posts", Post, starts=PostState.DRAFT, seen_by=(Role.STAFF, Role.CLOCK),
    seen_in=dict.fromkeys(sorted(MACHINES), ONCE_PUBLIC),
)  # fmt: skip

WRITERS = (Duty.USE_PLATFORMS,)
APPROVER = (Role.COMMUNICATIONS_MANAGER,)


@guard("The post must concern the practice and be specific to it.")
def about_the_practice(post: Post, act: Act) -> bool:
    """POST-5, S-02, S-06: nothing unrelated is posted."""
    specific = post.declaration.specific_to_practice or not here(act).settings.posts_specific_to_practice.value
    return post.declaration.related_to_practice and specific


@guard("Information about an individual's health never stands in a post.")
def nothing_clinical(post: Post, act: Act) -> bool:
    """POST-5, C-18: no clinical information, even in answer to a question that states it."""
    return not post.declaration.clinical_information


@guard("A post never identifies a patient.")
def no_patient_identified(post: Post, act: Act) -> bool:
    """POST-5: nothing that identifies a patient is posted."""
    return not post.declaration.identifies_patient


@guard("Everyone on the staff who is named or shown must have agreed to it.")
def staff_agreed(post: Post, act: Act) -> bool:
    """POST-5: staff are named only with their consent."""
    return all(each.consented for each in post.declaration.staff_named)


@guard("Every platform must be one that the practice's policy names as its own.")
def on_own_platforms(post: Post, act: Act) -> bool:
    """POST-5, P-17: the practice posts where it has a page."""
    return set(post.platforms) <= {account.platform for account in here(act).settings.platform_accounts.value}


@guard("The last person to edit a post may not approve it, unless the practice allows that.")
def another_person(post: Post, act: Act) -> bool:
    """POST-10: two people stand behind every post, except where the practice has settled otherwise."""
    return act.actor.id != post.last_edited_by or here(act).settings.allow_self_approval.value


@guard("The post is not what was approved.")
def as_approved(post: Post, act: Act) -> bool:
    """POST-1, POST-2: an approval exists, and it is of this content and these platforms."""
    return post.approval is not None and post.approval.content_hash == post.content_hash


@guard("The post is public already on every platform that it was approved for.")
def somewhere_left(post: Post, act: Act) -> bool:
    """POST-6: what is public is not published twice."""
    return post.approval is not None and post.platforms_published != set(post.approval.platforms)


@guard("The approval does not cover this platform.")
def platform_approved(post: Post, act: Act, where: PublishedAs) -> bool:
    """POST-2: a post is published where it was approved to be."""
    return post.approval is not None and where.platform in post.approval.platforms


@guard("The post is public on this platform already.")
def not_there_yet(post: Post, act: Act, where: PublishedAs) -> bool:
    """POST-6: what is public is not published twice."""
    return where.platform not in post.platforms_published


@guard("The post does not go to this platform.")
def platform_of_the_post(post: Post, act: Act, what: PublicationFailure) -> bool:
    """POST-2: only what was approved can fail."""
    return what.platform in post.platforms


@guard("The post is public on this platform: there it did not fail.")
def not_public_there(post: Post, act: Act, what: PublicationFailure) -> bool:
    """POST-6: what is public stays recorded as public."""
    return what.platform not in post.platforms_published


@guard("Only its author takes a submission back.")
def by_the_author(post: Post, act: Act) -> bool:
    """POST-11: a submission belongs to its author until somebody decides."""
    return act.actor.id == post.author


@guard("Only the communications manager takes a post down, except in an emergency.")
def emergency_or_approver(post: Post, act: Act, why: Withdrawal) -> bool:
    """POST-12: in an emergency whoever uses the platforms may act, and the communications manager is told."""
    return why.emergency or act.permitted(APPROVER)


@guard("The policy does not provide for a public reply to complaints.")
def reply_provided_for(post: Post, act: Act, reply: ReplyDraft) -> bool:
    """K-02, K-04: whether complaints get a general answer in public, the practice's policy says."""
    return provided_for(reply.template, here(act))


@guard("The post is not public on this platform.")
def replied_where_published(post: Post, act: Act, reply: ReplyDraft) -> bool:
    """POST-8: a reply stands under a post."""
    return reply.platform in post.platforms_published


FIT_TO_PUBLISH = (
    about_the_practice, nothing_clinical, no_patient_identified, staff_agreed, on_own_platforms, closure_has_a_date,
    closure_says_where_to_go, *BEFORE_OTHERS_READ,
)  # fmt: skip
"""POST-5, POST-13, POST-14: what must be so of each post that leaves its author's desk, and still so when it is published."""


@posts.opens(by=WRITERS)
def write(draft: PostDraft, act: Act) -> Post:
    """Start a post as a draft."""
    return Post(
        practice=act.practice.code, created_at=act.at, author=act.actor.id, last_edited_by=act.actor.id,
        policy_id=here(act).policy_id, **dict(draft),
    )  # fmt: skip


@posts.transition(PostState.DRAFT, PostState.CHANGES_REQUESTED, to=None, by=WRITERS)
def edit(post: Post, act: Act, draft: PostDraft) -> None:
    """Replace the whole draft."""
    rewrite(post, act, draft)


@posts.transition(
    PostState.DRAFT, PostState.CHANGES_REQUESTED, to=None, by=WRITERS, when=[something_to_answer, answers_suit],
    needs=[everybody_here],
)  # fmt: skip
def answer_findings(post: Post, act: Act, said: FindingAnswers) -> None:
    """Say what doubtful findings in the text are. The approver reads the answers; an edit voids those whose sentence it changes."""
    post.finding_answers = answers_after(post, act, said)


@posts.transition(
    PostState.DRAFT, PostState.CHANGES_REQUESTED, to=PostState.SUBMITTED, by=WRITERS,
    when=[*FIT_TO_PUBLISH, before_the_closure, closure_in_good_time], tells=[Audience.COMMUNICATIONS],
)  # fmt: skip
def submit(post: Post, act: Act) -> None:
    """Ask the communications manager to read the post before the public does."""
    post.comment = None


@posts.transition(PostState.SUBMITTED, to=PostState.DRAFT, by=WRITERS, when=[by_the_author])
def pull_back(post: Post, act: Act) -> None:
    """Take an own submission back to work on it."""


@posts.transition(PostState.SUBMITTED, to=PostState.CHANGES_REQUESTED, by=APPROVER, tells=[Audience.AUTHOR])
def request_changes(post: Post, act: Act, what: Comment) -> None:
    """Send the post back to its author, and say what to change."""
    post.comment = what.comment


@posts.transition(
    PostState.SUBMITTED, to=PostState.APPROVED, by=APPROVER, when=[another_person, *FIT_TO_PUBLISH, before_the_closure],
    tells=[Audience.AUTHOR],
)  # fmt: skip
def approve(post: Post, act: Act) -> None:
    """Allow exactly this content, on exactly these platforms, to be published."""
    post.policy_id = here(act).policy_id
    post.approval = Approval(
        by=act.actor.id, at=act.at, content_hash=post.content_hash, platforms=post.platforms,
        self_approved=act.actor.id == post.last_edited_by, policy_id=post.policy_id,
    )  # fmt: skip


@posts.transition(
    PostState.APPROVED, PostState.SCHEDULED, to=PostState.DRAFT, by=WRITERS, tells=[Audience.COMMUNICATIONS]
)
def edit_after_approval(post: Post, act: Act, draft: PostDraft) -> None:
    """Replace an approved draft. The approval is void, and the post takes the whole way again."""
    rewrite(post, act, draft)
    forget_approval(post)


@posts.transition(PostState.APPROVED, PostState.SCHEDULED, to=PostState.SUBMITTED, by=APPROVER, tells=[Audience.AUTHOR])
def revoke(post: Post, act: Act, why: Reason) -> None:
    """Take an approval back. The post waits for a decision again."""
    post.comment = why.reason
    forget_approval(post)


@posts.transition(
    PostState.APPROVED, to=PostState.SCHEDULED, by=WRITERS, when=[as_approved, time_lies_ahead, scheduled_in_good_time]
)
def schedule(post: Post, act: Act, when: PublicationTime) -> None:
    """Say when somebody should publish. It falls due then; nothing is ever published by itself."""
    post.publish_at = when.publish_at


@posts.transition(
    PostState.DRAFT, PostState.CHANGES_REQUESTED, PostState.SUBMITTED, PostState.APPROVED, PostState.SCHEDULED,
    PostState.FAILED, PostState.PUBLISHED, to=None, by=WRITERS, when=[announces_a_closure, not_arranged_yet],
)  # fmt: skip
def arrange_notice(post: Post, act: Act, notice: NoticeArranged) -> None:
    """Record that the closure is announced in another place, too: on the website, on the door, on the phone."""
    arranged = CompanionNotice(place=notice.place, at=act.at, by=act.actor.id)
    post.companion_notices = [*post.companion_notices, arranged]


@posts.transition(
    PostState.APPROVED, PostState.SCHEDULED, PostState.FAILED, PostState.PUBLISHED, to=PostState.PUBLISHED, by=WRITERS,
    when=[as_approved, *FIT_TO_PUBLISH, before_the_closure, companions_arranged, somewhere_left, platform_approved, not_there_yet],
    tells=[Audience.COMMUNICATIONS, Audience.PRACTICE_WEBSITE],
)  # fmt: skip
def publish(post: Post, act: Act, where: PublishedAs) -> None:
    """Record that somebody posted the approved content on one platform. Each platform is recorded on its own."""
    publication = Publication(
        platform=where.platform, url=where.url, external_id=where.external_id, at=act.at, by=act.actor.id
    )
    post.publications = [*post.publications, publication]
    if post.failure and post.failure.platform == where.platform:
        post.failure = None


@posts.transition(
    PostState.APPROVED, PostState.SCHEDULED, to=PostState.FAILED, by=WRITERS, when=[platform_of_the_post],
    tells=[Audience.COMMUNICATIONS],
)  # fmt: skip
def fail(post: Post, act: Act, what: PublicationFailure) -> None:
    """Record that a platform did not take the post."""
    post.failure = what


@posts.transition(
    PostState.PUBLISHED, to=None, by=WRITERS, when=[somewhere_left, platform_of_the_post, not_public_there],
    tells=[Audience.COMMUNICATIONS],
)  # fmt: skip
def fail_elsewhere(post: Post, act: Act, what: PublicationFailure) -> None:
    """Record that a platform did not take a post that is public on another. It can still be published there."""
    post.failure = what


@posts.transition(PostState.FAILED, to=PostState.DRAFT, by=WRITERS)
def return_failed(post: Post, act: Act) -> None:
    """Work on a post that failed. Its approval is void."""
    forget_approval(post)


@posts.transition(
    PostState.APPROVED, PostState.SCHEDULED, to=PostState.DRAFT, by=[Role.CLOCK], when=[closure_has_begun],
    tells=[Audience.AUTHOR, Audience.COMMUNICATIONS],
)  # fmt: skip
def expire(post: Post, act: Act) -> None:
    """Let an approval lapse, because the closure that it was for has begun."""
    forget_approval(post)


@posts.transition(
    PostState.PUBLISHED, to=PostState.WITHDRAWN, by=[*APPROVER, *WRITERS], when=[emergency_or_approver],
    tells=[Audience.COMMUNICATIONS, Audience.PRACTICE_WEBSITE],
)  # fmt: skip
def take_down(post: Post, act: Act, why: Withdrawal) -> None:
    """Take a published post down everywhere, and say why. What it said is kept; a correction is a new post."""
    post.withdrawal, post.withdrawn_by = why, act.actor.id


@posts.transition(
    PostState.PUBLISHED, to=None, by=APPROVER, when=[replied_where_published, reply_provided_for],
    tells=[Audience.COMMUNICATIONS],
)  # fmt: skip
def reply(post: Post, act: Act, draft: ReplyDraft) -> None:
    """Answer a comment under the post with one of the fixed texts, and keep what was said."""
    said = Reply(
        platform=draft.platform, template=draft.template, text=wording(draft.template, here(act)),
        comment_url=draft.comment_url, at=act.at, by=act.actor.id,
    )  # fmt: skip
    post.replies = [*post.replies, said]


@posts.transition(PostState.DRAFT, PostState.CHANGES_REQUESTED, to=PostState.DISCARDED, by=WRITERS)
def discard(post: Post, act: Act) -> None:
    """Give the post up before it is public."""


telling_management(posts, PostState.SCHEDULED, tells=[Audience.COMMUNICATIONS])


@posts.deadline(law="S-07")
def publication(post: Post) -> datetime | None:
    """The moment for which the post is scheduled."""
    return post.publish_at if post.state == PostState.SCHEDULED else None


@posts.deadline(law="POST-9")
def expiry(post: Post) -> datetime | None:
    """The beginning of the closure, while an approval is waiting for it."""
    waiting = post.state in {PostState.APPROVED, PostState.SCHEDULED}
    return post.closure.closes_at if waiting and post.closure else None


def rewrite(post: Post, act: Act, draft: PostDraft) -> None:
    """Replace what stood there, and remember who did it. Notices of another closure, and answers to other words, end (POST-15)."""
    post.finding_answers = still_said(post.text, draft.text, post.finding_answers)
    if draft.closure != post.closure:
        post.companion_notices = []
    for name, value in dict(draft).items():
        setattr(post, name, value)
    post.last_edited_by = act.actor.id


def forget_approval(post: Post) -> None:
    """An approval binds what was approved, and nothing else."""
    post.approval, post.publish_at = None, None
