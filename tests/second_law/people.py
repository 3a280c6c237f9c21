"""People whom cases are about, said a second time."""

from tests.second_law.steps import NOWHERE, Step, states

WORK_ON_CASES = states("practice_manager partner complaints_lead information_rights_lead")
"""Whoever works on a case sees who it is about, and can tell whether two are about one person."""
MEET_PEOPLE = WORK_ON_CASES | states("clinician communications_manager reception_manager")
"""And whoever takes a case in: at the desk, in the consulting room, under a post."""
ANSWER_FOR_RECORDS = states("practice_manager information_rights_lead")

PEOPLE = (
    Step("record", NOWHERE, MEET_PEOPLE),
    Step("correct", states("on_record"), MEET_PEOPLE),
    Step("merge", states("on_record"), WORK_ON_CASES),
    Step("separate", states("merged"), WORK_ON_CASES),
    # Whoever is known is erased, merged or not; PERSON-6: one proposes, and another does.
    Step("propose_erasure", states("on_record merged"), ANSWER_FOR_RECORDS),
    Step("keep", states("on_record merged"), ANSWER_FOR_RECORDS),
    Step("erase", states("on_record merged"), ANSWER_FOR_RECORDS, never_by="erasure_proposed_by"),
)

SAID = {"person": PEOPLE}
