"""Entries owed to the clinical record, said a second time."""

from tests.second_law.steps import NOWHERE, Step, states

OWED = states("pending not_filed")
WORK_IN_THE_CLINICAL_SYSTEM = states("clinician partner practice_manager reception_manager information_rights_lead")
"""Whoever sees the record can say what stands there; no machine can."""
CLINICIANS = states("clinician")

SAID = {
    "record_entry": (
        # Only ever because of what a case has brought about.
        Step("owe", NOWHERE, NOWHERE),
        Step("decide_visibility", OWED, CLINICIANS),
        Step("confirm_filed", states("pending"), WORK_IN_THE_CLINICAL_SYSTEM),
        Step("report_not_filed", states("pending"), WORK_IN_THE_CLINICAL_SYSTEM),
        Step("try_again", states("not_filed"), WORK_IN_THE_CLINICAL_SYSTEM),
        Step("supersede", states("pending not_filed filed"), CLINICIANS),
        Step("mark_entered_in_error", states("filed"), states("clinician practice_manager")),
        # Time alone.
        Step("escalate", OWED, states("clock")),
    )
}
