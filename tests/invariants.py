"""What must be so whatever anybody asked for: each rule as a function of the world and of all that ever happened in it.

None of these asks a guard. A rule that speaks of a moment is judged by what was known at that moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise
from typing import Any
from zoneinfo import ZoneInfo

from models.acknowledgements import Acknowledgement
from models.briefings import Briefing, BriefingState
from models.monitoring_checks import WAITING, MonitoringCheck
from models.people import Person, PersonDetails, PersonState
from models.policies import BEING_PREPARED, Policy, PolicyState
from models.posts import Post, PostDraft, PostKind, PostState, ReplyTemplate
from models.practices import Practice
from models.roles import MACHINES, Duty, Role
from models.settings import Platform
from models.staff import RoleGrant, StaffMember, StaffState
from tests.laws import Happened, World
from workflows.replies import wording

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Invariant:
    """A rule by its names, and whether it holds in a world."""

    rules: frozenset[str]
    holds: Callable[[World], bool]


INVARIANTS: list[Invariant] = []


def invariant(*rules: str) -> Callable[[Callable[[World], bool]], Callable[[World], bool]]:
    """Give an invariant the names of the rules that it keeps."""

    def named(holds: Callable[[World], bool]) -> Callable[[World], bool]:
        INVARIANTS.append(Invariant(frozenset(rules), holds))
        return holds

    return named


def broken(world: World) -> set[str]:
    """The names of the rules that do not hold in this world."""
    return {rule for each in INVARIANTS if not each.holds(world) for rule in each.rules}


def day(happened: Happened) -> date:
    """The day in London on which it happened."""
    return happened.at.astimezone(LONDON).date()


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


# Policies


def words_of(policy: Policy) -> tuple[Any, ...]:
    """All that is frozen when a version is approved."""
    return (
        policy.content, policy.content_hash, policy.number, policy.major, policy.minor, policy.change_comment,
        policy.effective_from, policy.review_due,
    )  # fmt: skip


@invariant("POL-1")
def a_version_in_force_was_approved(world: World) -> bool:
    published = [(each, approved(world, each)) for each in world.done("policy.publish")]
    held = {Role.PRACTICE_MANAGER, Role.PARTNER}
    in_force = {each.record.id for each, _ in published}
    return all(approval and each.actor.roles & held for each, approval in published) and all(
        each.id in in_force for each in world.of(Policy) if each.state == PolicyState.ACTIVE
    )


@invariant("POL-2")
def what_is_published_is_what_was_approved(world: World) -> bool:
    published = [(each, approved(world, each)) for each in world.done("policy.publish")]
    return all(
        approval and each.record.approved_hash == each.record.content_hash and same(approval.record, each.record)
        for each, approval in published
    )


def same(one: Policy, other: Policy) -> bool:
    """Whether two states of a version say the same."""
    return words_of(one) == words_of(other)


@invariant("POL-3")
def one_version_of_a_kind_is_active_and_the_practice_works_by_it(world: World) -> bool:
    active = [each for each in world.of(Policy) if each.state == PolicyState.ACTIVE]
    in_force = {each.in_force.policy_id for each in world.of(Practice) if each.in_force}
    known = {each.id for each in world.of(Policy)}
    one_of_a_kind = max(Counter(each.kind for each in active).values(), default=0) <= 1
    return one_of_a_kind and (not known or in_force == {each.id for each in active})


@invariant("POL-4")
def two_people_stand_behind_every_version(world: World) -> bool:
    return all(
        each.actor.roles & {Role.PRACTICE_MANAGER, Role.PARTNER}
        and each.actor.id not in {earlier.actor.id for earlier in world.past(each) if earlier.name in WRITES_A_VERSION}
        for each in world.done("policy.approve")
    )


WRITES_A_VERSION = {"policy.create", "policy.edit"}


@invariant("POL-5")
def nothing_leaves_draft_or_takes_effect_without_a_clause_and_a_review_to_come(world: World) -> bool:
    moved = world.done("policy.submit", "policy.approve", "policy.publish")
    return all(each.record.content.clauses and each.record.review_due > day(each) for each in moved) and all(
        each.payload.review_due > day(each) for each in world.done("policy.review_unchanged")
    )


@invariant("POL-6")
def a_version_never_changes_once_it_is_approved(world: World) -> bool:
    return all(
        same(each.was, each.record)
        for each in world.history
        if isinstance(each.record, Policy) and each.was and each.was.state not in BEING_WRITTEN
    )


BEING_WRITTEN = {PolicyState.DRAFT, PolicyState.CHANGES_REQUESTED}


@invariant("POL-7")
def version_numbers_rise_strictly(world: World) -> bool:
    numbers = [(each.record.major, each.record.minor) for each in world.done("policy.create")]
    return all(earlier < later for earlier, later in pairwise(numbers))


@invariant("POL-9")
def a_review_that_changes_nothing_touches_nothing_and_every_version_begins_without_approval(world: World) -> bool:
    reviewed = world.done("policy.review_unchanged")
    begun = world.done("policy.create")
    return all(same(each.was, each.record) and each.record.state == PolicyState.ACTIVE for each in reviewed) and all(
        each.record.state == PolicyState.DRAFT and each.record.approved_hash is None for each in begun
    )


@invariant("POL-10")
def one_version_of_a_kind_is_prepared_at_a_time(world: World) -> bool:
    prepared = Counter(each.kind for each in world.of(Policy) if each.state in BEING_PREPARED)
    return max(prepared.values(), default=0) <= 1


@invariant("POL-11")
def every_version_past_draft_says_what_changed(world: World) -> bool:
    unexplained = {*BEING_WRITTEN, PolicyState.DISCARDED}
    return all(each.change_comment for each in world.of(Policy) if each.state not in unexplained)


@invariant("POL-12")
def no_version_takes_effect_before_its_day(world: World) -> bool:
    return all(
        each.record.effective_from is None or each.record.effective_from <= day(each)
        for each in world.done("policy.publish")
    )


# What the staff know of a policy


@invariant("ACK-1")
def everybody_acknowledges_for_themselves_and_no_machine_does(world: World) -> bool:
    return all(
        each.record.acknowledged_by == each.actor.id and Role.STAFF in each.actor.roles
        for each in world.done("acknowledgement.acknowledge")
    )


@invariant("ACK-2", "P-20")
def what_is_acknowledged_was_in_force_then(world: World) -> bool:
    return all(
        each.record.policy_id == each.practice.policy_id and each.practice.in_force
        for each in world.done("acknowledgement.acknowledge")
    )


@invariant("ACK-3")
def nobody_acknowledges_a_version_twice(world: World) -> bool:
    given = Counter((each.policy_id, each.acknowledged_by) for each in world.of(Acknowledgement))
    return max(given.values(), default=0) <= 1


@invariant("ACK-4")
def the_staff_are_briefed_on_the_version_in_force_and_on_no_other(world: World) -> bool:
    briefed = [each.policy_id for each in world.of(Briefing) if each.state != BriefingState.CLOSED]
    return sorted(briefed) == sorted(each.id for each in world.of(Policy) if each.state == PolicyState.ACTIVE)


def not_acknowledged(happened: Happened) -> int:
    """How many people in post had not acknowledged the version of a briefing, when something happened to it."""
    given = {
        each.acknowledged_by
        for each in happened.before
        if isinstance(each, Acknowledgement) and each.policy_id == happened.record.policy_id
    }
    return len([each for each in in_post(happened.before) if not machine(each) and str(each.id) not in given])


@invariant("ACK-5")
def time_reminds_when_it_is_due_and_counts_whoever_has_not_acknowledged(world: World) -> bool:
    reminded = world.done("briefing.remind", "briefing.resume")
    counted = all(each.record.reminders[-1].outstanding == not_acknowledged(each) > 0 for each in reminded)
    return counted and all(
        Role.CLOCK in each.actor.roles and each.was.look_again_at <= each.at < each.record.look_again_at
        for each in [*reminded, *world.done("briefing.look_again")]
    )


@invariant("ACK-6")
def a_briefing_is_complete_when_everybody_in_post_has_acknowledged_the_version(world: World) -> bool:
    return not any(not_acknowledged(each) for each in world.done("briefing.complete", "briefing.look_again"))


def approved_at(happened: Happened) -> datetime:
    """When the version that a briefing is about was approved."""
    (found,) = {
        it.approved_at for it in happened.before if isinstance(it, Policy) and it.id == happened.record.policy_id
    }
    assert found
    return found


@invariant("ACK-7")
def sessions_were_held_and_attended_by_people_of_the_practice(world: World) -> bool:
    return all(
        approved_at(each) <= each.payload.held_at <= each.at
        and set(each.payload.attended)
        <= {it.id for it in each.before if isinstance(it, StaffMember) and not machine(it)}
        for each in world.done("briefing.record_session")
    )


# Posts

PAST_DRAFT = frozenset(PostState) - {PostState.DRAFT, PostState.CHANGES_REQUESTED, PostState.DISCARDED}
PUBLIC = frozenset({PostState.PUBLISHED, PostState.WITHDRAWN})


def content_of(post: Post) -> dict[str, Any]:
    """All that an approval binds."""
    return {name: getattr(post, name) for name in PostDraft.model_fields}


def holds(happened: Happened, role_or_duty: Role | Duty) -> bool:
    """Whether whoever asked held this role or duty, at that practice and at that moment."""
    return bool(happened.practice.holders(role_or_duty) & happened.actor.roles)


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
        for each in world.history
        if isinstance(each.record, Post) and each.was and each.was.state in PUBLIC
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


# The monitoring log


def own_pages(happened: Happened) -> set[Any]:
    """Where the practice then had a page."""
    return {each.platform for each in happened.practice.settings.platform_accounts.value}


@invariant("S-05")
def whoever_monitors_looks_and_the_next_look_at_each_own_page_is_due(world: World) -> bool:
    looks = world.done("monitoring_check.look")
    in_force = [each for each in world.of(Policy) if each.state == PolicyState.ACTIVE]
    own = {account.platform for each in in_force for account in each.content.settings.platform_accounts.value}
    waited_for = {each.platform for each in world.of(MonitoringCheck) if each.state in WAITING and each.next_look_at}
    return waited_for == own and all(
        holds(each, Duty.MONITOR)
        and (each.record.next_look_at is not None) == (each.record.platform in own_pages(each))
        for each in looks
    )


@invariant("S-05")
def no_look_that_is_waited_for_is_due_later_than_the_policy_in_force_says(world: World) -> bool:
    in_force = [each.content.settings for each in world.of(Policy) if each.state == PolicyState.ACTIVE]
    looked_at: dict[Any, datetime] = {}
    for each in world.of(MonitoringCheck):
        known = looked_at.get(each.platform, each.created_at)
        looked_at[each.platform] = max(known, each.looked_at or each.created_at)
    return all(
        each.next_look_at <= looked_at[each.platform] + timedelta(days=settings.monitoring_days.value)
        for settings in in_force
        for each in world.of(MonitoringCheck)
        if each.state in WAITING and each.next_look_at
    )


@invariant("MON-1")
def only_platforms_of_the_policy_are_in_the_log(world: World) -> bool:
    return all(
        each.record.platform in own_pages(each) | set(each.practice.settings.recognised_platforms.value)
        for each in world.done("monitoring_check.look")
    )


@invariant("MON-2")
def no_look_is_entered_before_it_was_taken(world: World) -> bool:
    return all(each.record.looked_at <= each.at for each in world.done("monitoring_check.look"))


@invariant("MON-3")
def complaints_that_were_found_were_passed_on(world: World) -> bool:
    return all(
        "complaints_lead_told" in each.follow_up
        for each in world.of(MonitoringCheck)
        if "complaint" in {found.kind for found in each.found}
    )


@invariant("MON-4")
def nothing_that_was_entered_changes_and_a_correction_names_an_entry(world: World) -> bool:
    entered = {"platform", "looked_at", "looked_by", "found", "follow_up", "corrects"}
    changed = [each for each in world.history if isinstance(each.record, MonitoringCheck) and each.was]
    last = Counter(each.platform for each in world.of(MonitoringCheck) if each.state in WAITING)
    looked_at = {each.id: each.platform for each in world.of(MonitoringCheck) if each.looked_at}
    return (
        all(each.was.model_dump(include=entered) == each.record.model_dump(include=entered) for each in changed)
        and max(last.values(), default=0) <= 1
        and all(
            each.corrects is None or looked_at.get(each.corrects) == each.platform for each in world.of(MonitoringCheck)
        )
    )


@invariant("MON-5")
def time_alone_escalates_and_only_what_is_late(world: World) -> bool:
    return all(
        Role.CLOCK in each.actor.roles and each.was.next_look_at and each.was.next_look_at <= each.at
        for each in world.done("monitoring_check.escalate")
    )


# Reviews


@invariant("REV-1")
def nobody_stands_in_what_is_kept_of_a_review_and_staff_alone_enter_it(world: World) -> bool:
    return all(
        Role.STAFF in each.actor.roles
        and not any(member.name in (each.record.gist or "") for member in in_post(each.before))
        for each in world.done("review.notice")
    )


@invariant("C-11")
def reviews_are_answered_once_by_whoever_has_that_duty(world: World) -> bool:
    answers = world.done("review.answer")
    return len({each.record.id for each in answers}) == len(answers) and all(
        holds(each, Duty.ANSWER_REVIEWS) for each in answers
    )


@invariant("REV-2")
def an_answer_is_a_fixed_text_that_suits_the_review(world: World) -> bool:
    unsuitable = {
        "praise": COMPLAINT_TEXTS,
        "complaint": {"thanks", "feedback_route", "medical_question"},
        "concern": {"thanks"},
    }
    return all(
        each.record.answered.text == wording(each.payload.template, each.practice)
        and each.record.kind != "abusive"
        and each.payload.template not in unsuitable[each.record.kind]
        for each in world.done("review.answer")
    )


COMPLAINT_TEXTS = {"complaints_procedure", "contact_the_practice", "medical_question"}
DONE_WITH = ("review.answer", "review.leave_unanswered", "review.record_gone")


@invariant("K-02", "K-04")
def a_review_points_to_the_complaints_procedure_only_where_the_policy_says_so(world: World) -> bool:
    return all(
        each.practice.settings.generic_reply_to_complaints.value
        for each in world.done("review.answer")
        if each.payload.template == "complaints_procedure"
    )


@invariant("REV-3")
def a_complaint_takes_its_route_first_and_is_not_talked_away(world: World) -> bool:
    passed_on = world.done("review.pass_complaint_on")
    away = [each for each in world.done("review.classify") if each.was.kind == "complaint" != each.record.kind]
    return (
        all(each.was.complaint_passed_on for each in world.done(*DONE_WITH) if each.was.kind == "complaint")
        and all(holds(each, Duty.HANDLE_COMPLAINTS) for each in away)
        and all(each.was.kind in {"complaint", "concern"} for each in passed_on)
        and len({each.record.id for each in passed_on}) == len(passed_on)
    )


@invariant("REV-4")
def what_concerns_safety_is_passed_on_first_and_once(world: World) -> bool:
    passed_on = world.done("review.pass_safety_concern_on")
    return (
        all(each.was.safety_passed_on for each in world.done(*DONE_WITH) if each.was.concerns_safety)
        and all(each.was.concerns_safety for each in passed_on)
        and len({each.record.id for each in passed_on}) == len(passed_on)
    )


@invariant("REV-5")
def no_complaint_is_reported_to_a_site_and_nothing_twice(world: World) -> bool:
    reported = world.done("review.report_to_site")
    return len({each.record.id for each in reported}) == len(reported) and all(
        each.was.kind != "complaint" and holds(each, Duty.REMOVE) for each in reported
    )


@invariant("REV-6")
def what_sort_of_review_it_is_changes_when_it_is_said_to(world: World) -> bool:
    return all(
        (each.was.kind, each.was.concerns_safety) != (each.record.kind, each.record.concerns_safety)
        for each in world.done("review.classify")
    )


# Staff


def in_post(records: tuple[Any, ...]) -> list[StaffMember]:
    """Who is on the staff, among these."""
    return [each for each in records if isinstance(each, StaffMember) and each.state == StaffState.IN_POST]


@invariant("STAFF-1")
def nobody_is_in_the_directory_twice(world: World) -> bool:
    subjects = Counter(each.subject for each in world.of(StaffMember))
    return max(subjects.values(), default=0) <= 1


@invariant("STAFF-2")
def a_deputy_stands_in_for_a_colleague_who_held_the_role_then(world: World) -> bool:
    given = [(each, each.payload) for each in world.done("staff_member.grant_role")]
    begun = [(each, grant) for each in world.done("staff_member.appoint") for grant in each.payload.roles]
    return all(grant.deputy_for is None or stood_in(each, grant) for each, grant in [*given, *begun])


def stood_in(happened: Happened, grant: RoleGrant) -> bool:
    """Whether the one whom the deputy stands in for was a colleague with that role."""
    return any(
        each.id == grant.deputy_for and each.id != happened.record.id and grant.role in each.roles_at(happened.at)
        for each in in_post(happened.before)
    )


@invariant("STAFF-3")
def a_machine_is_never_a_person_nor_a_person_a_machine(world: World) -> bool:
    was_machine = {each.record.id: machine(each.record) for each in world.done("staff_member.appoint")}
    return all(
        machine(each) == was_machine[each.id] and not (machine(each) and {held.role for held in each.roles} - MACHINES)
        for each in world.of(StaffMember)
    )


def machine(member: StaffMember) -> bool:
    """Whether somebody holds, held, or will hold a machine's role."""
    return any(held.role in MACHINES for held in member.roles)


@invariant("STAFF-4")
def a_role_is_held_once_at_a_time(world: World) -> bool:
    return not any(
        one.role == other.role and (one.at(other.starts) or other.at(one.starts))
        for each in world.of(StaffMember)
        for one, other in combinations([held for held in each.roles if held.ends != held.starts], 2)
    )


@invariant("STAFF-5")
def only_a_role_that_is_held_ends(world: World) -> bool:
    return all(each.was.roles != each.record.roles for each in world.done("staff_member.end_role"))


@invariant("STAFF-6")
def nobody_rewrites_who_held_a_role(world: World) -> bool:
    changed = [each for each in world.history if isinstance(each.record, StaffMember)]
    return all(held_before(each.was, each.at) == held_before(each.record, each.at) for each in changed)


@invariant("STAFF-6")
def no_role_ends_before_it_starts(world: World) -> bool:
    roles = [held for each in world.of(StaffMember) for held in each.roles]
    return all(held.ends is None or held.starts <= held.ends for held in roles)


@invariant("STAFF-6")
def a_role_that_is_given_is_held_for_some_time(world: World) -> bool:
    given = world.done("staff_member.appoint", "staff_member.grant_role")
    return all(
        held.ends is None or each.at < held.ends
        for each in given
        for held in each.record.roles
        if each.was is None or held not in each.was.roles
    )


def held_before(member: StaffMember | None, moment: datetime) -> set[tuple[Role, datetime, datetime]]:
    """Which roles were held from when to when, as far as that lies before a moment."""
    roles = member.roles if member else []
    return {
        (held.role, held.starts, min(held.ends or moment, moment)) for held in roles if held.starts < moment
    } - {(held.role, held.starts, held.starts) for held in roles}  # fmt: skip


@invariant("STAFF-7")
def somebody_can_always_keep_the_directory(world: World) -> bool:
    if not world.of(Practice):
        return True
    held = [held for each in in_post(world.records) for held in each.roles if held.role == Role.PRACTICE_MANAGER]
    moments = {world.now, *(each.ends for each in held if each.ends and each.ends > world.now)}
    return all(any(each.at(moment) for each in held) for moment in moments) and all(
        each.actor.roles & {Role.PRACTICE_MANAGER, Role.PARTNER}
        or not any(isinstance(it, Practice) for it in each.before)
        for each in world.history
        if isinstance(each.record, StaffMember)
    )


@invariant("STAFF-8")
def open_work_goes_to_a_person_who_is_there(world: World) -> bool:
    return all(
        each.payload.hands_over_to is None
        or each.payload.hands_over_to
        in {other.id for other in in_post(each.before) if other.id != each.record.id and not machine(other)}
        for each in world.done("staff_member.leave")
    )


# Practices


@invariant("PRACTICE-1")
def one_practice_for_each_code_opened_by_an_operator(world: World) -> bool:
    codes = Counter(each.practice for each in world.of(Practice))
    by_operators = all(Role.OPERATOR in each.actor.roles for each in world.done("practice.open_practice"))
    return max(codes.values(), default=0) <= 1 and by_operators


@invariant("PRACTICE-1")
def whatever_happens_at_a_practice_stays_there(world: World) -> bool:
    return all(each.record.practice == each.practice.code for each in world.history)


# People


@invariant("PERSON-1")
def an_nhs_number_stands_for_one_record(world: World) -> bool:
    numbers = Counter(each.nhs_number for each in world.of(Person) if each.nhs_number)
    return max(numbers.values(), default=0) <= 1


@invariant("PERSON-2")
def everybody_was_born_when_they_were_spoken_of(world: World) -> bool:
    spoken_of = [each for each in world.done("person.record", "person.correct") if each.record.date_of_birth]
    return all(each.record.date_of_birth <= day(each) for each in spoken_of)


@invariant("PERSON-3")
def somebody_stood_for_themselves_when_another_was_merged_into_them(world: World) -> bool:
    pairs = [(each.record, stayed(each)) for each in world.done("person.merge")]
    return all(stays and stays.id != goes.id and stays.state == PersonState.ON_RECORD for goes, stays in pairs)


@invariant("PERSON-3", "PERSON-7")
def every_way_from_a_merged_record_ends_at_somebody(world: World) -> bool:
    people = {each.id: each for each in world.of(Person)}
    return all(way_ends(each, people) for each in people.values() if each.state == PersonState.MERGED)


def way_ends(person: Any, people: dict[Any, Any]) -> bool:
    """Whether one comes to somebody on record within as many steps as there are people."""
    for _ in people:
        if person and person.state == PersonState.MERGED:
            person = people.get(person.merged_into)
    return bool(person) and person.state == PersonState.ON_RECORD


def stayed(happened: Happened) -> Any:
    """The record that another one was merged into, as it then was."""
    return next((each for each in happened.before if each.id == happened.payload.into), None)


@invariant("PERSON-4")
def nothing_spoke_against_a_merging(world: World) -> bool:
    pairs = [(each.was, stayed(each)) for each in world.done("person.merge") if stayed(each)]
    return not any(
        differ(one.nhs_number, other.nhs_number) or differ(one.date_of_birth, other.date_of_birth)
        for one, other in pairs
    )


def differ(one: Any, other: Any) -> bool:
    """Whether both are known and not the same."""
    return one is not None and other is not None and one != other


@invariant("PERSON-5")
def whoever_has_a_number_stays(world: World) -> bool:
    pairs = [(each.was, stayed(each)) for each in world.done("person.merge") if stayed(each)]
    return all(one.nhs_number is None or other.nhs_number for one, other in pairs)


@invariant("PERSON-6")
def two_of_those_who_answer_for_it_stand_behind_every_erasure(world: World) -> bool:
    answer_for_it = {Role.PRACTICE_MANAGER, Role.INFORMATION_RIGHTS_LEAD}
    return all(
        each.actor.roles & answer_for_it and proposed_by(world, each) not in {None, each.actor.id}
        for each in world.done("person.erase")
    ) and all(proposed_by(world, each) for each in world.done("person.keep"))


def proposed_by(world: World, happened: Happened) -> str | None:
    """Who had proposed to erase somebody, if that still stood."""
    past = [each for each in world.past(happened) if each.name in {"person.propose_erasure", "person.keep"}]
    return past[-1].actor.id if past and past[-1].name == "person.propose_erasure" else None


@invariant("PERSON-8")
def nothing_is_left_of_who_an_erased_person_was(world: World) -> bool:
    gone = [each for each in world.of(Person) if each.state == PersonState.ERASED]
    return not any(getattr(each, name) for each in gone for name in PersonDetails.model_fields)
