"""Acknowledgements and briefings, said a second time."""

from tests.second_law.steps import NOWHERE, Step, states

ACKNOWLEDGEMENTS = (
    # ACK-1: by everybody who works here, and by no machine.
    Step("acknowledge", NOWHERE, states("staff")),
)

NOT_OVER = states("open complete")
KEEPERS = states("practice_manager partner communications_manager")
"""Those who write the policy see to it that it is known."""

BRIEFINGS = (
    # ACK-4: only ever with the publication of a version, and with its end.
    Step("brief", NOWHERE, NOWHERE),
    Step("close", NOT_OVER, NOWHERE),
    Step("record_session", NOT_OVER, KEEPERS),
    # ACK-5: time alone reminds.
    Step("remind", states("open"), states("clock")),
    # ACK-6: nobody has to wait for time to find that all is done.
    Step("complete", states("open"), KEEPERS | states("clock")),
    Step("resume", states("complete"), states("clock")),
    Step("look_again", states("complete"), states("clock")),
)

SAID = {"acknowledgement": ACKNOWLEDGEMENTS, "briefing": BRIEFINGS}
