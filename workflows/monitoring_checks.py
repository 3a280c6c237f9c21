"""The monitoring log: whoever has that duty looks at the practice's pages as often as the policy says, and enters what is there."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from models.monitoring_checks import WAITING, FollowUp, Found, Look, MonitoringCheck, MonitoringState, Watch
from models.roles import Duty, Role
from models.settings import Platform, PolicySettings
from workflows.engine import Act, Consequence, Workflow, guard, lookup
from workflows.roles import Audience, here

monitoring_checks = Workflow(
    "monitoring_check", "monitoring_checks", MonitoringCheck, starts=MonitoringState.CURRENT,
    seen_by=(Role.STAFF, Role.CLOCK),
)  # fmt: skip

CALLED_FOR: Final[Mapping[Found, frozenset[FollowUp]]] = {
    Found.COMPLAINT: frozenset({FollowUp.COMPLAINTS_LEAD_TOLD}),
    Found.ABUSE: frozenset({FollowUp.MANAGEMENT_TOLD}),
    Found.IDENTIFIES_SOMEBODY: frozenset({FollowUp.MANAGEMENT_TOLD}),
    Found.SAFETY: frozenset({FollowUp.MANAGEMENT_TOLD}),
    Found.MEDICAL_INFORMATION: frozenset({FollowUp.SEEN_BY_CLINICIAN}),
}
"""What has to have been done about some sorts of comments before they are entered."""


@lookup(MonitoringCheck)
def current_looks(about: Any, act: Act) -> Mapping[str, Any]:
    """The last entry on each platform, where the next look is not late."""
    return {"state": MonitoringState.CURRENT}


@lookup(MonitoringCheck)
def overdue_looks(about: Any, act: Act) -> Mapping[str, Any]:
    """The last entry on each platform, where the next look is late."""
    return {"state": MonitoringState.OVERDUE}


LOOKS: Final = (current_looks, overdue_looks)
"""The last entry on each platform."""


@lookup(MonitoringCheck)
def corrected(look: Look, act: Act) -> Mapping[str, Any]:
    """The entry that was wrong."""
    return {"id": look.corrects}


@guard("The policy names no such platform.")
def platform_of_the_policy(look: Look, act: Act) -> bool:
    """MON-1: the log is of the practice's own pages, and of the other platforms that its policy recognises."""
    settings = here(act).settings
    return look.platform in own_platforms(settings) | set(settings.recognised_platforms.value)


@guard("A look is entered once it was taken.")
def looked_already(look: Look, act: Act) -> bool:
    """MON-2: what is entered has happened."""
    return look.looked_at <= act.at


@guard(
    "Something that was found calls for somebody: complaints for the complaints lead, medical information for a clinician,"
    " abuse, safety and whatever identifies somebody for the management. Tell them, and say so."
)
def followed_up(look: Look, act: Act) -> bool:
    """MON-3: what calls for somebody is passed on at once."""
    called_for = frozenset[FollowUp]().union(*(CALLED_FOR.get(each.kind, frozenset()) for each in look.found))
    return called_for <= set(look.follow_up)


@guard("A correction names an earlier entry on the same platform.", needs=[corrected])
def corrects_an_entry(look: Look, act: Act) -> bool:
    """MON-4: an entry is corrected by another one."""
    return look.corrects is None or any(
        each.platform == look.platform and each.looked_at for each in act.looked_up(corrected)
    )


@guard("The next look is not late yet.")
def look_is_late(check: MonitoringCheck, act: Act) -> bool:
    """MON-5: a look is late when its moment has passed, and not before."""
    return check.next_look_at is not None and act.at >= check.next_look_at


@monitoring_checks.opens()
def watch(asked: Watch, act: Act) -> MonitoringCheck:
    """Ask for the first look at a platform that a version, published in this same change, names as the practice's own."""
    return MonitoringCheck(
        practice=act.practice.code, created_at=act.at, platform=asked.platform, policy_id=asked.policy_id,
        next_look_at=act.at + timedelta(days=asked.days),
    )  # fmt: skip


@monitoring_checks.transition(*WAITING, to=MonitoringState.FOLLOWED)
def follow(check: MonitoringCheck, act: Act) -> None:
    """Give way to the entry that is made in this same change."""


@monitoring_checks.transition(*WAITING, to=MonitoringState.LAPSED)
def lapse(check: MonitoringCheck, act: Act) -> None:
    """Ask for no further look, because the platform is not the practice's own any more."""


@monitoring_checks.transition(*WAITING, to=None)
def bring_forward(check: MonitoringCheck, act: Act, asked: Watch) -> None:
    """Ask for the next look sooner, because a version, published in this same change, asks for looks more often."""
    check.next_look_at = due_within(asked.days, check, act)


@monitoring_checks.opens(
    by=[Duty.MONITOR], when=[platform_of_the_policy, looked_already, followed_up, corrects_an_entry],
    needs=LOOKS, entails=[follow], tells=[Audience.MONITORING],
)  # fmt: skip
def look(seen: Look, act: Act) -> tuple[MonitoringCheck, list[Consequence]]:
    """Enter a look at a platform: how many comments of which sort, and what was done. The next one is due as the policy says."""
    before = [each for each in waiting(act) if each.platform == seen.platform]
    entry = MonitoringCheck(
        practice=act.practice.code, created_at=act.at, policy_id=here(act).policy_id, looked_by=act.actor.id,
        next_look_at=due_again(seen, act, before), **dict(seen),
    )  # fmt: skip
    return entry, [follow.on(each) for each in before]


@monitoring_checks.transition(
    MonitoringState.CURRENT, to=MonitoringState.OVERDUE, by=[Role.CLOCK], when=[look_is_late],
    tells=[Audience.MONITORING, Audience.MANAGEMENT],
)  # fmt: skip
def escalate(check: MonitoringCheck, act: Act) -> None:
    """Tell those who monitor, and the management, that nobody has looked in time."""
    check.escalated_at = act.at


@monitoring_checks.deadline(law="S-05")
def next_look(check: MonitoringCheck) -> datetime | None:
    """So many days after the last look at an own platform, by the policy's `monitoring_days`; a stricter version moves it up."""
    return check.next_look_at if check.state in WAITING else None


def due_again(seen: Look, act: Act, before: Iterable[MonitoringCheck]) -> datetime | None:
    """When the platform is looked at again: counted from the latest look that is known, for the practice's own pages alone.

    An entry that was wrong is no look that is known.
    """
    settings = here(act).settings
    if seen.platform not in own_platforms(settings):
        return None
    known = (each.looked_at for each in before if each.looked_at and each.id != seen.corrects)
    latest = max([seen.looked_at, *known])
    return latest + timedelta(days=settings.monitoring_days.value)


def waiting(act: Act) -> list[MonitoringCheck]:
    """The last entry on each platform."""
    return [*act.looked_up(current_looks), *act.looked_up(overdue_looks)]


def own_platforms(settings: PolicySettings) -> set[Platform]:
    """Where the practice has a page."""
    return {each.platform for each in settings.platform_accounts.value}


def due_within(days: int, check: MonitoringCheck, act: Act) -> datetime:
    """When a look that is waited for is due (UTC) where it is taken within so many days: sooner than it was, never later.

    Counted from the latest look that is known, which need not be this one; from now, where none was asked for so far.
    """
    if check.next_look_at is None:
        return act.at + timedelta(days=days)
    counted_from = check.next_look_at - timedelta(days=here(act).settings.monitoring_days.value)
    latest = max(counted_from, check.looked_at or check.created_at)
    return min(check.next_look_at, latest + timedelta(days=days))


def watched_under(settings: PolicySettings, policy_id: UUID, act: Act) -> list[Consequence]:
    """What follows for the log when these settings take effect.

    New pages are watched, those given up no longer, and the others as often as is asked from now on.
    """
    before, own, days = waiting(act), own_platforms(settings), settings.monitoring_days.value
    asked = {each: Watch(platform=each, policy_id=policy_id, days=days) for each in sorted(own)}
    kept = [each for each in before if each.platform in own]
    return [
        *(lapse.on(each) for each in before if each.platform not in own),
        *(bring_forward.on(each, asked[each.platform]) for each in kept if is_brought_forward(days, each, act)),
        *(watch.on(each) for each in asked.values() if each.platform not in {known.platform for known in kept}),
    ]


def is_brought_forward(days: int, check: MonitoringCheck, act: Act) -> bool:
    """Whether a look that is waited for is due at another moment where it is taken within so many days."""
    return check.next_look_at != due_within(days, check, act)
