"""Policy versions: nobody who edited one approves it, what was approved is what is published, and one is active at a time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from models.briefings import Briefing, BriefingDraft
from models.moments import Day
from models.policies import (
    BEING_PREPARED,
    Comment,
    Policy,
    PolicyContent,
    PolicyDraft,
    PolicyEdit,
    PolicyState,
    Reason,
    ReviewOutcome,
    Step,
)
from models.roles import MACHINES, Role
from models.settings import Origin, Setting
from workflows.briefings import brief, close
from workflows.engine import Act, Consequence, Workflow, guard, lookup
from workflows.escalations import telling_management
from workflows.monitoring_checks import LOOKS, bring_forward, lapse, waiting, watch, watched_under
from workflows.practices import abandon, adopt, own_practice
from workflows.roles import Audience, here
from workflows.statutory_time import end_of, today

ONCE_PUBLISHED = frozenset({PolicyState.ACTIVE, PolicyState.SUPERSEDED, PolicyState.WITHDRAWN})

policies = Workflow(
    "policy", "policies", Policy, starts=PolicyState.DRAFT, seen_by=(Role.STAFF, Role.CLOCK),
    seen_in=dict.fromkeys(sorted(MACHINES), ONCE_PUBLISHED),
)  # fmt: skip

EDITORS = (Role.PRACTICE_MANAGER, Role.COMMUNICATIONS_MANAGER)
APPROVERS = (Role.PRACTICE_MANAGER, Role.PARTNER)
REVIEWED_AFTER = timedelta(days=365)


@lookup(Policy)
def versions(about: Policy | PolicyDraft, act: Act) -> Mapping[str, Any]:
    """Every version of this kind of policy at the practice."""
    return {"kind": about.kind}


@lookup(Policy)
def version_in_force(policy: Policy, act: Act) -> Mapping[str, Any]:
    """The version of this kind that is active now."""
    return {"kind": policy.kind, "state": PolicyState.ACTIVE}


@lookup(Briefing)
def briefing_in_force(policy: Policy, act: Act) -> Mapping[str, Any]:
    """The briefing on the version that is in force now."""
    return {"policy_id": here(act).policy_id}


@guard("A version of this policy is being prepared already: publish or discard it first.", needs=[versions])
def none_being_prepared(about: Policy | PolicyDraft, act: Act) -> bool:
    """POL-10: one version of a kind is prepared at a time."""
    return all(each.state not in BEING_PREPARED for each in act.looked_up(versions))


@guard("A version needs at least one clause.")
def has_a_clause(policy: Policy, act: Act) -> bool:
    """POL-5: nothing leaves draft without a clause."""
    return bool(policy.content.clauses)


@guard("The review date must lie in the future.")
def review_lies_ahead(policy: Policy, act: Act) -> bool:
    """POL-5: nothing leaves draft, and nothing takes effect, without a review to come."""
    return policy.review_due > today(act)


@guard("The next review must lie in the future.")
def next_review_lies_ahead(policy: Policy, act: Act, outcome: ReviewOutcome) -> bool:
    """POL-5: a review sets the date of the next one."""
    return outcome.review_due > today(act)


@guard("Say in a comment what changed.")
def change_is_explained(policy: Policy, act: Act) -> bool:
    """POL-11: the version table says what each version changed."""
    return policy.change_comment is not None


@guard("Nobody who edited this version may approve it.")
def approver_did_not_edit(policy: Policy, act: Act) -> bool:
    """POL-4: two people stand behind every version."""
    return act.actor.id not in policy.edited_by


@guard("The content is not what was approved.")
def as_approved(policy: Policy, act: Act) -> bool:
    """POL-1 and POL-2: what is active was approved, word for word."""
    return policy.approved_hash is not None and policy.approved_hash == policy.content.fingerprint


@guard("The version does not take effect before its effective date.")
def effective(policy: Policy, act: Act) -> bool:
    """POL-12: a date of effect is kept."""
    return policy.effective_from is None or policy.effective_from <= today(act)


@policies.opens(by=EDITORS, when=[none_being_prepared], needs=[versions])
def create(draft: PolicyDraft, act: Act) -> Policy:
    """Begin a version as a draft. Its number follows the highest so far (POL-7)."""
    content, (major, minor) = with_review(draft.content, act), next_number(act, draft.step)
    return Policy(
        practice=act.practice.code, created_at=act.at, kind=draft.kind, number=f"{major}.{minor}", major=major, minor=minor,
        adopted_from=draft.adopted_from, change_comment=draft.change_comment, effective_from=draft.effective_from,
        edited_by=[act.actor.id], **kept(content),
    )  # fmt: skip


@policies.transition(PolicyState.DRAFT, PolicyState.CHANGES_REQUESTED, to=None, by=EDITORS)
def edit(policy: Policy, act: Act, draft: PolicyEdit) -> None:
    """Replace the whole content. Whoever does this can't approve the version."""
    for name, value in kept(with_review(draft.content, act)).items():
        setattr(policy, name, value)
    policy.change_comment, policy.effective_from = draft.change_comment, draft.effective_from
    policy.edited_by = sorted({*policy.edited_by, act.actor.id})
    forget_approval(policy)


@policies.transition(
    PolicyState.DRAFT, PolicyState.CHANGES_REQUESTED, to=PolicyState.IN_REVIEW, by=EDITORS,
    when=[has_a_clause, review_lies_ahead, change_is_explained], tells=[Audience.MANAGEMENT],
)  # fmt: skip
def submit(policy: Policy, act: Act) -> None:
    """Ask for approval."""
    policy.review_comment = None


@policies.transition(PolicyState.IN_REVIEW, to=PolicyState.CHANGES_REQUESTED, by=APPROVERS, tells=[Audience.AUTHOR])
def request_changes(policy: Policy, act: Act, what: Comment) -> None:
    """Send the version back, and say what to change."""
    policy.review_comment = what.comment


@policies.transition(
    PolicyState.IN_REVIEW, to=PolicyState.APPROVED, by=APPROVERS,
    when=[approver_did_not_edit, has_a_clause, review_lies_ahead], tells=[Audience.MANAGEMENT],
)  # fmt: skip
def approve(policy: Policy, act: Act) -> None:
    """Approve exactly this content."""
    policy.approved_by, policy.approved_at, policy.approved_hash = act.actor.id, act.at, policy.content.fingerprint


@policies.transition(PolicyState.APPROVED, to=PolicyState.DRAFT, by=APPROVERS, tells=[Audience.MANAGEMENT])
def recall(policy: Policy, act: Act, why: Reason) -> None:
    """Take an approval back: the version is a draft again."""
    policy.review_comment = why.reason
    forget_approval(policy)


@policies.transition(PolicyState.ACTIVE, to=PolicyState.SUPERSEDED)
def supersede(policy: Policy, act: Act) -> None:
    """Give way to the version that is published in this same change."""
    policy.ended_at = act.at


@policies.transition(
    PolicyState.APPROVED, to=PolicyState.ACTIVE, by=APPROVERS, when=[as_approved, effective, review_lies_ahead],
    needs=[version_in_force, own_practice, briefing_in_force, *LOOKS],
    entails=[supersede, adopt, close, brief, lapse, bring_forward, watch],
    tells=[Audience.STAFF, Audience.PRACTICE_WEBSITE, Audience.CLINICAL_SYSTEMS],
)  # fmt: skip
def publish(policy: Policy, act: Act) -> list[Consequence]:
    """Put the version in force. The one before it is superseded, the practice works by this one, and the staff are briefed."""
    policy.published_at = act.at
    days = policy.content.settings.acknowledgement_days.value
    briefing = BriefingDraft(policy_id=policy.id, policy_number=policy.number, reminder_days=days)
    return [
        *(supersede.on(each) for each in act.looked_up(version_in_force)),
        *(adopt.on(practice, policy) for practice in act.looked_up(own_practice)),
        *(close.on(each) for each in act.looked_up(briefing_in_force)),
        brief.on(briefing),
        *watched_under(policy.content.settings, policy.id, act),
    ]


@policies.transition(
    PolicyState.ACTIVE, to=PolicyState.WITHDRAWN, by=APPROVERS, needs=[own_practice, briefing_in_force, *LOOKS],
    entails=[abandon, close, lapse], tells=[Audience.STAFF, Audience.PRACTICE_WEBSITE, Audience.CLINICAL_SYSTEMS],
)  # fmt: skip
def withdraw(policy: Policy, act: Act, why: Reason) -> list[Consequence]:
    """Take the version out of force without a successor."""
    policy.ended_at, policy.end_reason = act.at, why.reason
    over = [close.on(each) for each in act.looked_up(briefing_in_force)]
    lapsed = [lapse.on(each) for each in waiting(act)]
    return [*(abandon.on(practice) for practice in act.looked_up(own_practice)), *over, *lapsed]


@policies.transition(PolicyState.DRAFT, PolicyState.CHANGES_REQUESTED, to=PolicyState.DISCARDED, by=EDITORS)
def discard(policy: Policy, act: Act, why: Reason) -> None:
    """Give the version up before it is in force. Its number is not used again."""
    policy.ended_at, policy.end_reason = act.at, why.reason


@policies.transition(
    PolicyState.ACTIVE, to=None, by=[Role.PRACTICE_MANAGER], when=[next_review_lies_ahead, none_being_prepared], entails=[create],
    tells=[Audience.MANAGEMENT],
)  # fmt: skip
def review_unchanged(policy: Policy, act: Act, outcome: ReviewOutcome) -> list[Consequence]:
    """Begin a minor version with the same words and the next review date. It takes the ordinary way to approval (POL-9)."""
    review = Setting[Day](value=outcome.review_due, origin=Origin.SERVICE_DEFAULT)
    content = policy.content.model_copy(update={"review_due": review})
    again = PolicyDraft(
        kind=policy.kind, content=content, change_comment=outcome.change_comment, step=Step.MINOR,
        adopted_from=policy.adopted_from,
    )  # fmt: skip
    return [create.on(again)]


telling_management(policies, PolicyState.ACTIVE)


@policies.deadline(law="POL-5")
def review(policy: Policy) -> datetime | None:
    """The end of the review date, a day in Europe/London, while the version is in force."""
    if policy.state != PolicyState.ACTIVE:
        return None
    return end_of(policy.review_due)


def with_review(content: PolicyContent, act: Act) -> PolicyContent:
    """The content with a review date: a document that states none is looked at again after a year."""
    if content.review_due is not None:
        return content
    assumed = Setting[Day](value=today(act) + REVIEWED_AFTER, origin=Origin.SERVICE_DEFAULT)
    return content.model_copy(update={"review_due": assumed})


def kept(content: PolicyContent) -> dict[str, Any]:
    """The columns that follow from the content."""
    review_due = content.review_due.value if content.review_due else None
    return {"content": content, "content_hash": content.fingerprint, "title": content.title, "review_due": review_due}


def next_number(act: Act, step: Step) -> tuple[int, int]:
    """The version number after the highest that was ever used (POL-7)."""
    major, minor = max(((each.major, each.minor) for each in act.looked_up(versions)), default=(0, 0))
    return (major, minor + 1) if step == Step.MINOR and major else (major + 1, 0)


def forget_approval(policy: Policy) -> None:
    """An approval binds what was approved, and nothing else."""
    policy.approved_by, policy.approved_at, policy.approved_hash = None, None, None
