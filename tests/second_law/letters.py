"""Letters, said a second time."""

from typing import Any

from tests.second_law.steps import NOWHERE, Step, states

WORK_ON_CASES = states(
    "practice_manager partner complaints_lead information_rights_lead contact_author handle_complaints decide"
)
"""Whoever works on the cases in which letters are written."""

SAID: dict[str, Any] = {
    "letter": (
        # LET-1: with a transition of a case, and never by itself.
        Step("issue", NOWHERE, NOWHERE),
        # What came back is sent again.
        Step("record_sent", states("issued returned"), WORK_ON_CASES),
        # RIGHT-18: with the answer to a rights request, and never by itself.
        Step("send_answer", states("issued"), NOWHERE),
        Step("record_returned", states("sent"), WORK_ON_CASES),
        Step("replace", states("issued sent returned"), WORK_ON_CASES),
        # With the case that takes back what called for it, as long as nobody has read it.
        Step("withdraw", states("issued"), NOWHERE),
        # LET-24: time alone, once.
        Step("escalate", states("issued"), states("clock")),
    )
}
