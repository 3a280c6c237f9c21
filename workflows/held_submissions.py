"""What strangers send in and what looks like junk: somebody looks before it joins the queue, and no day of it is lost."""

from datetime import datetime
from typing import Final

from models.data_protection_complaints import DataProtectionComplaintDraft
from models.held_submissions import (
    HeldSubmission,
    HeldSubmissionDraft,
    HeldSubmissionState,
    SentIn,
    SettingAside,
)
from models.reckonings import Reckoning, RightsClock
from models.record import uuid7
from models.references import reference
from models.rights import ARTICLE, Regime
from models.roles import Role
from workflows import data_protection_complaints as complaints
from workflows.data_protection_complaints import website_says_enough as complaint_says_enough
from workflows.engine import Act, Consequence, Workflow, guard
from workflows.escalations import telling_management
from workflows.rights_requests import receive
from workflows.rights_requests.intake import regime_suits_who_asks, website_says_enough
from workflows.statutory_time import (
    answer_due,
    calendar_of,
    complaint_acknowledged_by,
    dead_persons_record_due,
    end_of,
    today,
)

LOOKERS: Final = (
    Role.INFORMATION_RIGHTS_LEAD, Role.PRACTICE_MANAGER, Role.COMPLAINTS_LEAD, Role.RECEPTION_MANAGER,
)  # fmt: skip
"""Who looks at what is held."""

DAYS_TO_LOOK: Final = 2
WHY_LATE: Final = "It looked like junk when it came, and was held until somebody had looked."

held_submissions = Workflow(
    "held_submission", "held_submissions", HeldSubmission, starts=HeldSubmissionState.HELD,
    seen_by=(*LOOKERS, Role.PARTNER, Role.CLOCK), seen_own={Role.PRACTICE_WEBSITE: "website"},
)  # fmt: skip


@guard(
    "It could not become a request: it needs a date of birth, a way to reach whoever asks, and a right that they can have."
)
def could_be_received(draft: HeldSubmissionDraft, act: Act) -> bool:
    """DOOR-1: what is held can be released at any time, as if it had never been held."""
    sent = draft.sent
    if isinstance(sent, DataProtectionComplaintDraft):
        return complaint_says_enough.holds(sent, act)
    return website_says_enough.holds(sent, act) and regime_suits_who_asks.holds(sent, act)


@guard("Only whoever showed by a code that its contact is theirs takes it back.")
def taken_back_by_themselves(held: HeldSubmission, act: Act) -> bool:
    """DOOR-6: what was sent in is taken back by whoever sent it, and by nobody else."""
    return held.contact_proved_at is not None


@held_submissions.opens(by=[Role.PRACTICE_WEBSITE], when=[could_be_received])
def hold(draft: HeldSubmissionDraft, act: Act) -> HeldSubmission:
    """Hold a submission that looks like junk. It counts from today, and whoever sent it is told the same as anybody."""
    day = today(act)
    name = uuid7()
    return HeldSubmission(
        practice=act.practice.code, id=name, created_at=act.at, reference=reference(prefix_of(draft.sent), name),
        received_on=day, suspicions=draft.suspicions, website=act.actor.id,
        request=draft.sent, correspondence_id=draft.sent.correspondence_id or name,
        due=due(draft.sent, act), look_by=calendar_of(act).working_days_after(day, DAYS_TO_LOOK),
    )  # fmt: skip


@held_submissions.transition(
    HeldSubmissionState.HELD,
    HeldSubmissionState.SET_ASIDE,
    to=HeldSubmissionState.RELEASED,
    by=LOOKERS,
    entails=[receive, complaints.receive],
)
def release(held: HeldSubmission, act: Act) -> list[Consequence]:
    """Take it in as the request that it is, from the day on which it came."""
    was = {
        "received_on": held.received_on, "late_entry_reason": WHY_LATE, "correspondence_id": held.correspondence_id,
    }  # fmt: skip
    if isinstance(held.request, DataProtectionComplaintDraft):
        return [complaints.receive.on(held.request.model_copy(update=was))]
    return [receive.on(held.request.model_copy(update=was))]


@held_submissions.transition(
    HeldSubmissionState.HELD, HeldSubmissionState.SET_ASIDE, to=None, by=[Role.PRACTICE_WEBSITE]
)
def prove_contact(held: HeldSubmission, act: Act) -> None:
    """Record that whoever sent it knew the code that went to the contact that it names: junk seldom does."""
    held.contact_proved_at = act.at


@held_submissions.transition(
    HeldSubmissionState.HELD,
    HeldSubmissionState.SET_ASIDE,
    to=HeldSubmissionState.WITHDRAWN,
    by=[Role.PRACTICE_WEBSITE],
    when=[taken_back_by_themselves],
)
def withdraw(held: HeldSubmission, act: Act) -> None:
    """Take it back, on the word of whoever sent it: it becomes nothing any more, and they can ask again at any time."""


@held_submissions.transition(HeldSubmissionState.HELD, to=HeldSubmissionState.SET_ASIDE, by=LOOKERS)
def set_aside(held: HeldSubmission, act: Act, found: SettingAside) -> None:
    """Take it for junk, having looked. It is kept, and can still be released."""
    held.set_aside_because = found.reason


telling_management(held_submissions, HeldSubmissionState.HELD)


@held_submissions.deadline(law="DOOR-2")
def look(held: HeldSubmission) -> datetime | None:
    """The end of the second working day after it came, until somebody has looked."""
    return end_of(held.look_by) if held.state == HeldSubmissionState.HELD else None


def prefix_of(sent: SentIn) -> str:
    """How the reference begins: as that of what it would become."""
    return "DP" if isinstance(sent, DataProtectionComplaintDraft) else "RR"


def due(request: SentIn, act: Act) -> Reckoning:
    """When the answer is due if it is a request after all; of a complaint, the first word."""
    if isinstance(request, DataProtectionComplaintDraft):
        return complaint_acknowledged_by(today(act), calendar_of(act))
    if request.regime == Regime.AHRA_1990:
        return dead_persons_record_due(today(act), None)
    return answer_due(RightsClock(received=today(act), article=int(ARTICLE[request.right])), calendar_of(act))
