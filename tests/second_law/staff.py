"""The staff directory, said a second time."""

from tests.second_law.steps import NOWHERE, Step, states

KEEPERS = states("practice_manager partner")
"""Those who answer for the practice keep its directory (STAFF-7)."""

STAFF = (
    Step("appoint", NOWHERE, KEEPERS),
    Step("grant_role", states("in_post"), KEEPERS),
    Step("end_role", states("in_post"), KEEPERS),
    Step("leave", states("in_post"), KEEPERS),
    # A name is mended for whoever stands in the directory, for as long as they do.
    Step("correct_name", states("in_post"), KEEPERS),
    # STAFF-1: who comes back is who they were.
    Step("rejoin", states("left"), KEEPERS),
)

SAID = {"staff_member": STAFF}
