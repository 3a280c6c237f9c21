"""What must be so of posts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from models.policies import Policy
from models.posts import Post, PostDraft, PostKind, PostState, ReplyTemplate
from models.roles import Duty, Role
from models.settings import Platform
from tests.invariants.approvals import approved, standing
from tests.invariants.rule import holds, invariant
from tests.invariants.staff import in_post
from tests.laws import Happened, World
from workflows.replies import wording

PAST_DRAFT = frozenset(PostState) - {PostState.DRAFT, PostState.CHANGES_REQUESTED, PostState.DISCARDED}
PUBLIC = frozenset({PostState.PUBLISHED, PostState.WITHDRAWN})


def content_of(post: Post) -> dict[str, Any]:
    """All that an approval binds."""
    return {name: getattr(post, name) for name in PostDraft.model_fields}


@invariant("POST-1")
def nothing_is_scheduled_or_public_without_an_approval(world: World) -> bool:
    published = world.done("post.publish")
    public = {each.record.id for each in published}
    return all(approved(world, each) for each in world.done("post.publish", "post.schedule")) and all(
        each.id in public for each in world.of(Post) if each.state in PUBLIC
    )


@invariant("POST-2")
def what_is_public_is_what_was_approved_where_it_was_approved(world: World) -> bool:
    published = [(each, approved(world, each)) for each in world.done("post.publish")]
    failed = [(each, approved(world, each)) for each in world.done("post.fail", "post.fail_elsewhere")]
    return all(
        approval
        and content_of(approval.record) == content_of(each.record)
        and each.payload.platform in approval.record.platforms
        for each, approval in [*published, *failed]
    )


@invariant("POL-2", "POST-2")
def an_approval_is_shown_only_while_it_stands(world: World) -> bool:
    shown = [(each, each.approval) for each in world.of(Post)] + [
        (each, each.approved_hash) for each in world.of(Policy)
    ]
    timed = all(each.approval or each.publish_at is None for each in world.of(Post))
    return timed and all(
        (approval is not None) == (standing(world.of_record(each)) is not None) for each, approval in shown
    )


@invariant("POST-3")
def every_approval_was_by_somebody_who_was_communications_manager_then(world: World) -> bool:
    return all(Role.COMMUNICATIONS_MANAGER in each.actor.roles for each in world.done("post.approve"))


@invariant("POST-4")
def only_those_who_use_the_platforms_schedule_and_publish(world: World) -> bool:
    return all(holds(each, Duty.USE_PLATFORMS) for each in world.done("post.schedule", "post.publish"))


@invariant("POST-5", "C-18", "S-02", "S-07", "S-08")
def nothing_unfit_leaves_its_authors_desk(world: World) -> bool:
    return all(fit(each) for each in world.of(Post) if each.state in PAST_DRAFT)


def fit(post: Post) -> bool:
    """Whether a post may be read by anybody but its author, whatever the practice's settings are."""
    says = post.declaration
    innocent = says.related_to_practice and not says.clinical_information and not says.identifies_patient
    complete = post.kind != PostKind.CLOSURE_NOTICE or bool(post.closure and {"999", "111"} <= numbers_in(post.text))
    return innocent and complete and all(each.consented for each in says.staff_named)


def numbers_in(text: str) -> set[str]:
    """The words of a text that are numbers."""
    return {word.strip(".,;:") for word in text.split() if word.strip(".,;:").isdigit()}


@invariant("POST-5", "S-06", "P-17")
def posts_are_specific_and_on_own_platforms_as_the_policy_then_said(world: World) -> bool:
    return all(
        set(each.record.platforms) <= {account.platform for account in each.practice.settings.platform_accounts.value}
        and (
            each.record.declaration.specific_to_practice or not each.practice.settings.posts_specific_to_practice.value
        )
        for each in world.done("post.submit", "post.approve", "post.publish")
    )


LEAVES_DRAFT = ("post.submit", "post.approve", "post.publish")


@invariant("POST-13")
def nobodys_number_and_no_colleague_who_did_not_agree_gets_past_draft(world: World) -> bool:
    return not any("07700" in each.text for each in world.of(Post) if each.state in PAST_DRAFT) and not any(
        member.name in each.record.text and member.id not in agreed(each.record)
        for each in world.done(*LEAVES_DRAFT)
        for member in in_post(each.before)
    )


def agreed(post: Post) -> set[Any]:
    """Who agreed to be named, as the author declared."""
    return {each.staff_id for each in post.declaration.staff_named if each.consented}


@invariant("POST-14")
def every_doubt_is_answered_before_anybody_else_reads_a_post_and_nothing_else_is(world: World) -> bool:
    linking = [each for each in world.of(Post) if each.state in PAST_DRAFT and "example.org" in each.text]
    answers = [(each, post) for post in world.of(Post) for each in post.finding_answers]
    return all(each.finding_answers for each in linking) and all(
        each.answer in {"public_information", "not_what_it_looks_like"} and "." in post.text[each.start : each.end]
        for each, post in answers
    )


@invariant("POST-15")
def an_answer_speaks_of_the_text_as_it_stands(world: World) -> bool:
    return all(
        any(said.record.text[each.start : each.end] in post.text for said in world.done("post.answer_findings"))
        for post in world.of(Post)
        for each in post.finding_answers
    )


@invariant("POST-6")
def nothing_that_is_public_somewhere_is_said_to_have_failed_there(world: World) -> bool:
    failed = world.done("post.fail_elsewhere")
    return all(each.payload.platform not in {there.platform for there in each.record.publications} for each in failed)


@invariant("POST-6")
def a_published_post_never_changes_and_is_not_published_twice(world: World) -> bool:
    unchanged = all(
        content_of(each.was) == content_of(each.record)
        for each in world.about(Post)
        if each.was and each.was.state in PUBLIC
    )
    return unchanged and all(len(each.publications) == len(each.platforms_published) for each in world.of(Post))


@invariant("POST-8")
def replies_are_fixed_texts_under_what_is_public_by_a_communications_manager(world: World) -> bool:
    return all(
        each.payload.platform in each.was.platforms_published
        and Role.COMMUNICATIONS_MANAGER in each.actor.roles
        and each.record.replies[-1].text == wording(each.payload.template, each.practice)
        for each in world.done("post.reply")
    )


@invariant("K-02", "K-04")
def complaints_are_answered_in_public_only_where_the_policy_says_so(world: World) -> bool:
    return all(
        each.practice.settings.generic_reply_to_complaints.value
        for each in world.done("post.reply")
        if each.payload.template == ReplyTemplate.COMPLAINTS_PROCEDURE
    )


@invariant("POST-9")
def an_approval_ends_with_the_event_that_it_was_for_and_not_before(world: World) -> bool:
    in_time = all(
        before_the_event(each.record, each.at) for each in world.done("post.submit", "post.approve", "post.publish")
    )
    scheduled = all(
        each.at < each.payload.publish_at and before_the_event(each.record, each.payload.publish_at)
        for each in world.done("post.schedule")
    )
    expired = all(
        Role.CLOCK in each.actor.roles and each.record.closure and not before_the_event(each.record, each.at)
        for each in world.done("post.expire")
    )
    return in_time and scheduled and expired


def before_the_event(post: Post, moment: datetime) -> bool:
    """Whether the closure has not begun, if there is one."""
    return post.closure is None or moment < post.closure.closes_at


@invariant("POST-10")
def two_people_stand_behind_every_post_or_the_approval_says_otherwise(world: World) -> bool:
    return all(by_another_or_allowed(world, each) for each in world.done("post.approve"))


def by_another_or_allowed(world: World, approval: Happened) -> bool:
    """Whether somebody else edited the post last; if not, that was allowed, and the approval says so."""
    alone = [each.actor.id for each in world.past(approval) if each.name in WRITES_A_POST][-1] == approval.actor.id
    allowed = approval.practice.settings.allow_self_approval.value
    said = approval.record.approval
    return bool(said and said.self_approved == alone and said.by == approval.actor.id and (allowed or not alone))


WRITES_A_POST = {"post.write", "post.edit", "post.edit_after_approval"}


@invariant("POST-11")
def a_submission_is_pulled_back_by_its_author_alone(world: World) -> bool:
    return all(each.actor.id == each.record.author for each in world.done("post.pull_back"))


@invariant("POST-12")
def a_post_is_taken_down_by_the_communications_manager_or_in_an_emergency(world: World) -> bool:
    return all(
        Role.COMMUNICATIONS_MANAGER in each.actor.roles or (each.payload.emergency and holds(each, Duty.USE_PLATFORMS))
        for each in world.done("post.take_down")
    )


@invariant("S-07")
def planned_closures_are_announced_in_good_time(world: World) -> bool:
    submitted = ((each, each.at) for each in world.done("post.submit"))
    scheduled = ((each, each.payload.publish_at) for each in world.done("post.schedule"))
    return all(in_good_time(each, moment) for each, moment in [*submitted, *scheduled])


def in_good_time(happened: Happened, moment: datetime) -> bool:
    """Whether this moment is early enough for the closure, as the practice then had it, or the notice says why not."""
    closure, lead = happened.record.closure, timedelta(days=happened.practice.settings.closure_lead_days.value)
    return not closure or not closure.planned or closure.short_notice_reason or moment + lead <= closure.closes_at


@invariant("S-07")
def planned_closures_are_announced_in_every_place_before_they_are_posted(world: World) -> bool:
    return all(
        set(each.practice.settings.closure_companion_notices.value) <= places(world, each)
        for each in world.done("post.publish")
        if each.record.closure and each.record.closure.planned
    )


def places(world: World, happened: Happened) -> set[Any]:
    """Where this very closure had been announced."""
    return announced(world.past(happened), happened.record) | ({Platform.WEBSITE} & set(happened.record.platforms))


def announced(past: list[Happened], post: Post) -> set[Any]:
    """The places in which, by then, somebody had announced the closure that the post now speaks of."""
    return {
        each.payload.place
        for each in past
        if each.name == "post.arrange_notice" and each.record.closure == post.closure
    }  # fmt: skip


@invariant("S-07")
def notices_are_of_the_closure_that_the_post_speaks_of(world: World) -> bool:
    return all(
        {notice.place for notice in each.companion_notices} <= announced(world.of_record(each), each)
        for each in world.of(Post)
    )


@invariant("S-07")
def each_place_is_recorded_once_and_only_for_a_closure(world: World) -> bool:
    return all(
        each.record.closure and each.payload.place not in {earlier.place for earlier in each.was.companion_notices}
        for each in world.done("post.arrange_notice")
    )
