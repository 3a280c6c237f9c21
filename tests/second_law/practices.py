"""Practices, said a second time."""

from tests.second_law.steps import NOWHERE, Step, states

PRACTICES = (
    # PRACTICE-1: by whoever runs the installation, and that is all that they ever do.
    Step("open_practice", NOWHERE, states("operator")),
    Step("correct_details", states("open"), states("practice_manager partner")),
    # POL-3: only ever with the publication or the withdrawal of a policy.
    Step("adopt", states("open"), NOWHERE),
    Step("abandon", states("open"), NOWHERE),
)

SAID = {"practice": PRACTICES}
