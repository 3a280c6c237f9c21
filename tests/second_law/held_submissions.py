"""What is held because it looks like junk, said a second time."""

from typing import Any

from tests.second_law.steps import NOWHERE, Step, states

LOOK_THROUGH_IT = states("information_rights_lead practice_manager complaints_lead reception_manager")
"""Whoever takes requests in, or answers for them."""

SAID: dict[str, Any] = {
    "held_submission": (
        # Strangers send it by a website, the service's own pages among them.
        Step("hold", NOWHERE, states("practice_website")),
        # What was taken for junk can still turn out to be a request.
        Step("release", states("held set_aside"), LOOK_THROUGH_IT),
        Step("set_aside", states("held"), LOOK_THROUGH_IT),
        # What somebody sent stays theirs, once they have shown that they are who sent it.
        Step("withdraw", states("held set_aside"), states("practice_website")),
        Step("prove_contact", states("held set_aside"), states("practice_website")),
        Step("escalate", states("held"), states("clock")),
    )
}
