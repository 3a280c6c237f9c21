"""Rights requests and restrictions, said a second time."""

from typing import Any

from tests.second_law.steps import NOWHERE, Step, states

LEAD = states("information_rights_lead")
CLINICIAN = states("clinician")
MANAGER = states("practice_manager")
WORK_ON_THEM = LEAD | CLINICIAN | MANAGER | states("complaints_lead")
UNDECIDED = states("received awaiting_identity awaiting_authority awaiting_fee in_review awaiting_clarification")
NOT_ANSWERED = UNDECIDED | states("decided")
OPEN = NOT_ANSWERED | states("actioned")
AWAITING = states("awaiting_identity awaiting_authority awaiting_fee awaiting_clarification")
IN_REVIEW = states("in_review")

SAID: dict[str, Any] = {
    "rights_request": (
        # A request counts however it arrives, and whoever of the staff hears it takes it in.
        Step("receive", NOWHERE, states("practice_website staff")),
        # Whose record it is, somebody looks up who works on it.
        Step("match_person", OPEN, WORK_ON_THEM),
        Step("classify", UNDECIDED, WORK_ON_THEM),
        Step("correct_details", OPEN, LEAD),
        # RIGHT-18: by a code the website knows a contact; everything else somebody has seen or heard.
        Step("confirm_contact", OPEN, WORK_ON_THEM, else_says={"practice_website": ("method", "one_time_code")}),
        Step("recalculate", UNDECIDED, LEAD),
        # Who somebody is: asked by the lead, answered by whoever knows them.
        Step("ask_identity", states("received in_review"), LEAD),
        Step("satisfy_identity", states("received awaiting_identity in_review"), LEAD,
             else_says={"staff": ("method", "known_in_person")}),
        Step("ask_authority", states("received in_review"), LEAD),
        Step("satisfy_authority", states("received awaiting_authority in_review"), LEAD),
        # RIGHT-7, RIGHT-8: what a clinician alone can say.
        Step("assess_child", UNDECIDED, CLINICIAN),
        Step("hold", OPEN, WORK_ON_THEM),
        Step("release_hold", OPEN, CLINICIAN),
        # RIGHT-9: money is the practice manager's.
        Step("charge_fee", states("received in_review"), MANAGER),
        Step("fee_paid", states("awaiting_fee"), MANAGER),
        Step("waive_fee", states("awaiting_fee"), MANAGER),
        Step("ask_clarification", IN_REVIEW, LEAD),
        Step("clarified", states("awaiting_clarification"), WORK_ON_THEM),
        Step("extend", IN_REVIEW | AWAITING, LEAD),
        Step("clinical_opinion", IN_REVIEW, CLINICIAN),
        # RIGHT-16: the practice manager where there is no lead.
        Step("decide", IN_REVIEW, LEAD | MANAGER),
        Step("reconsider", states("decided"), LEAD),
        Step("send_decision", states("decided"), LEAD),
        Step("send_refusal", states("decided"), LEAD),
        Step("tell_recipient", states("actioned"), LEAD),
        Step("recipient_answered", states("actioned"), LEAD | states("clinical_system")),
        Step("close", states("actioned"), LEAD),
        Step("withdraw", NOT_ANSWERED, LEAD | states("practice_website")),
        Step("transfer", NOT_ANSWERED, LEAD),
        Step("remind", AWAITING, LEAD),
        Step("lapse", AWAITING, LEAD),
        Step("fall_away", NOT_ANSWERED, LEAD),
        Step("assign", OPEN, WORK_ON_THEM),
        Step("hand_over", OPEN, WORK_ON_THEM, only_by="assigned_to"),
        Step("note", OPEN, WORK_ON_THEM),
        Step("log_contact", OPEN, WORK_ON_THEM),
        Step("link", OPEN, WORK_ON_THEM),
        Step("escalate", NOT_ANSWERED, states("clock")),
    ),
    "restriction": (
        Step("impose", NOWHERE, LEAD),
        Step("review_later", states("active lift_notified"), LEAD),
        # RIGHT-26: first the person is told, then it is lifted.
        Step("notify_lifting", states("active"), LEAD),
        Step("keep", states("lift_notified"), LEAD),
        Step("lift", states("lift_notified"), LEAD),
        Step("escalate", states("active lift_notified"), states("clock")),
    ),
}  # fmt: skip
