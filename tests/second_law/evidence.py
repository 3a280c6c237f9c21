"""Evidence, said a second time."""

from tests.second_law.steps import NOWHERE, Step, states

WORK_ON_CASES = states("practice_manager partner complaints_lead information_rights_lead")
ANSWER_FOR_WHAT_IS_KEPT = states("practice_manager information_rights_lead")
THERE = states("held superseded struck")
SET_ASIDE = states("superseded struck")

SAID = {
    "evidence": (
        # Whoever sees something keeps it.
        Step("describe", NOWHERE, states("staff")),
        Step("capture", NOWHERE, states("staff")),
        Step("supersede", states("held"), WORK_ON_CASES),
        Step("strike", states("held"), WORK_ON_CASES),
        # GDPR-6: nothing is altered while somebody's request about it is open.
        Step("restrict", THERE, ANSWER_FOR_WHAT_IS_KEPT),
        Step("lift_restriction", THERE, ANSWER_FOR_WHAT_IS_KEPT),
        # EVID-5: two people stand behind it.
        Step("propose_destruction", THERE, ANSWER_FOR_WHAT_IS_KEPT),
        Step("keep", THERE, ANSWER_FOR_WHAT_IS_KEPT),
        Step("destroy", SET_ASIDE, ANSWER_FOR_WHAT_IS_KEPT, never_by="destruction_proposed_by"),
    )
}
