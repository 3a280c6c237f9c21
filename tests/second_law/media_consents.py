"""Consents to be photographed or recorded, said a second time."""

from tests.second_law.people import MEET_PEOPLE
from tests.second_law.steps import NOWHERE, Step, states

SAID = {
    "media_consent": (
        Step("ask", NOWHERE, MEET_PEOPLE),
        # Whoever said no may think better of it; whoever took their yes back is asked anew.
        Step("give", states("asked declined"), MEET_PEOPLE),
        Step("decline", states("asked"), MEET_PEOPLE),
        Step("withdraw", states("given"), MEET_PEOPLE),
    )
}
