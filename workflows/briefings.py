"""Briefings: the staff hear of each published version, and are reminded until everybody in post has acknowledged it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from models.acknowledgements import Acknowledgement
from models.briefings import Briefing, BriefingDraft, BriefingState, Reminder, Session, SessionHeld
from models.policies import Policy
from models.roles import Role
from models.staff import StaffMember, StaffState
from workflows.acknowledgements import KEEPERS, asked_to_acknowledge, outstanding
from workflows.engine import Act, Workflow, guard, lookup
from workflows.roles import Audience, here

briefings = Workflow("briefing", "briefings", Briefing, starts=BriefingState.OPEN, seen_by=(Role.STAFF, Role.CLOCK))

MANAGERS = (
    Role.PRACTICE_MANAGER, Role.PARTNER, Role.COMMUNICATIONS_MANAGER, Role.BUSINESS_MANAGER, Role.HEAD_OF_OPERATIONS,
    Role.RECEPTION_MANAGER,
)  # fmt: skip
"""Who briefs those whom they manage. That it was done is recorded by those who keep the policy."""
IN_FORCE = (BriefingState.OPEN, BriefingState.COMPLETE)


@lookup(StaffMember)
def in_post(briefing: Briefing, act: Act) -> Mapping[str, Any]:
    """Everybody in post at the practice."""
    return {"state": StaffState.IN_POST}


@lookup(StaffMember, binding=False)
def ever_in_post(briefing: Briefing, act: Act) -> Mapping[str, Any]:
    """Everybody who is or was on the staff."""
    return {}


@lookup(Acknowledgement)
def acknowledged(briefing: Briefing, act: Act) -> Mapping[str, Any]:
    """Who has acknowledged the version."""
    return {"policy_id": briefing.policy_id}


@lookup(Policy, binding=False)
def version_briefed(briefing: Briefing, act: Act) -> Mapping[str, Any]:
    """The version that the staff are briefed on. When it was approved changes no more."""
    return {"id": briefing.policy_id}


@guard("It is not yet time to look again.")
def time_to_look_again(briefing: Briefing, act: Act) -> bool:
    """ACK-5: time alone reminds, and not before it is due."""
    return act.at >= briefing.look_again_at


@guard("Everybody in post has acknowledged the version.", needs=[in_post, acknowledged])
def somebody_has_not(briefing: Briefing, act: Act) -> bool:
    """ACK-5, ACK-6: as long as somebody in post has not acknowledged the version, the staff are reminded."""
    return bool(outstanding(act.looked_up(in_post), act.looked_up(acknowledged)))


@guard("Somebody in post has not acknowledged the version yet.", needs=[in_post, acknowledged])
def everybody_has(briefing: Briefing, act: Act) -> bool:
    """ACK-6: a briefing is complete when everybody in post has acknowledged the version."""
    return not outstanding(act.looked_up(in_post), act.looked_up(acknowledged))


@guard("A session is recorded once it has been held.")
def held_already(briefing: Briefing, act: Act, session: SessionHeld) -> bool:
    """ACK-7: what is recorded has happened."""
    return session.held_at <= act.at


@guard("A session is held on a version once it is approved.", needs=[version_briefed])
def approved_by_then(briefing: Briefing, act: Act, session: SessionHeld) -> bool:
    """ACK-7: nobody is trained on a version before its words stand. It may be between approval and publication."""
    return all(each.approved_at and each.approved_at <= session.held_at for each in act.looked_up(version_briefed))


@guard("Only people who are or were on the staff attend.", needs=[ever_in_post])
def attended_by_staff(briefing: Briefing, act: Act, session: SessionHeld) -> bool:
    """ACK-7: a session is attended by people of the practice."""
    return set(session.attended) <= {each.id for each in asked_to_acknowledge(act.looked_up(ever_in_post))}


@briefings.opens(tells=[Audience.STAFF])
def brief(draft: BriefingDraft, act: Act) -> Briefing:
    """Ask everybody in post to read the version that is published in this same change (ACK-4)."""
    return Briefing(
        practice=act.practice.code, created_at=act.at, policy_id=draft.policy_id, policy_number=draft.policy_number,
        look_again_at=act.at + timedelta(days=draft.reminder_days),
    )  # fmt: skip


@briefings.transition(*IN_FORCE, to=None, by=KEEPERS, when=[held_already, approved_by_then, attended_by_staff])
def record_session(briefing: Briefing, act: Act, session: SessionHeld) -> None:
    """Record that a training session on the version was held. Who attended still acknowledges it for themselves."""
    held = Session(held_at=session.held_at, attended=session.attended, recorded_by=act.actor.id, recorded_at=act.at)
    briefing.sessions = [*briefing.sessions, held]


@briefings.transition(
    BriefingState.OPEN, to=None, by=[Role.CLOCK], when=[time_to_look_again, somebody_has_not],
    needs=[in_post, acknowledged], tells=[Audience.STAFF, Audience.MANAGEMENT],
)  # fmt: skip
def remind(briefing: Briefing, act: Act) -> None:
    """Remind whoever has not acknowledged the version, and set the date of the next reminder."""
    give_a_reminder(briefing, act)


@briefings.transition(
    BriefingState.OPEN, to=BriefingState.COMPLETE, by=[Role.CLOCK, *KEEPERS], when=[everybody_has],
    tells=[Audience.MANAGEMENT],
)  # fmt: skip
def complete(briefing: Briefing, act: Act) -> None:
    """Find that everybody in post has acknowledged the version. Time does so when the next reminder would be due."""
    look_again_later(briefing, act)


@briefings.transition(
    BriefingState.COMPLETE, to=BriefingState.OPEN, by=[Role.CLOCK], when=[time_to_look_again, somebody_has_not],
    needs=[in_post, acknowledged], tells=[Audience.STAFF, Audience.MANAGEMENT],
)  # fmt: skip
def resume(briefing: Briefing, act: Act) -> None:
    """Begin again, because somebody has joined since."""
    give_a_reminder(briefing, act)


@briefings.transition(BriefingState.COMPLETE, to=None, by=[Role.CLOCK], when=[time_to_look_again, everybody_has])
def look_again(briefing: Briefing, act: Act) -> None:
    """Find that everybody in post has still acknowledged the version."""
    look_again_later(briefing, act)


@briefings.transition(*IN_FORCE, to=BriefingState.CLOSED)
def close(briefing: Briefing, act: Act) -> None:
    """Stop, because the version is not in force any more."""


@briefings.deadline(law="ACK-5")
def reminder(briefing: Briefing) -> datetime | None:
    """So many days after the publication, or after the last look, as the policy's `acknowledgement_days` say."""
    return briefing.look_again_at if briefing.state in IN_FORCE else None


def give_a_reminder(briefing: Briefing, act: Act) -> None:
    """Keep when the staff were reminded, and of how many it was due."""
    missing = outstanding(act.looked_up(in_post), act.looked_up(acknowledged))
    briefing.reminders = [*briefing.reminders, Reminder(at=act.at, outstanding=len(missing))]
    look_again_later(briefing, act)


def look_again_later(briefing: Briefing, act: Act) -> None:
    """Set the next date."""
    briefing.look_again_at = act.at + timedelta(days=here(act).settings.acknowledgement_days.value)
