"""Declining a trainee, said a second time."""

from tests.second_law.people import MEET_PEOPLE
from tests.second_law.steps import NOWHERE, Step, states

STANDING = states("standing")

SAID = {
    "trainee_decline": (
        Step("decline", NOWHERE, MEET_PEOPLE),
        Step("change", STANDING, MEET_PEOPLE),
        Step("lift", STANDING, MEET_PEOPLE),
    )
}
