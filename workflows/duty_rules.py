"""The rules about what the staff do with a policy: read it, watch the practice's pages, and answer reviews."""

from typing import Final

from workflows.rule import ASPIRO, WOODBROOK, Rule

ACKNOWLEDGEMENTS: Final = {
    "P-10": Rule(
        "Those whom the policy covers are helped to understand it, and managers get more to brief them with.",
        {ASPIRO: "Section 1.3"},
        ("training_notes.training_notes", "briefing.record_session"),
    ),
    "P-20": Rule(
        "Everybody on the staff knows what the version in force asks of patients, and says so.",
        {ASPIRO: "Section 6.3", WOODBROOK: "Section 2.4"},
    ),
    "ACK-1": Rule(
        "Everybody acknowledges for themselves: nobody does so for somebody else, and no machine does.",
        beside=("acknowledgement.acknowledge",),
    ),
    "ACK-2": Rule("Only the version in force is acknowledged."),
    "ACK-3": Rule("Each person acknowledges a version once.", beside=("one_acknowledgement_per_person",)),
    "ACK-4": Rule(
        "The staff are briefed on every version from its publication until it ends, and on no other.",
        beside=("policy.publish", "policy.withdraw", "briefing.brief", "briefing.close", "one_briefing_per_version"),
    ),
    "ACK-5": Rule(
        "Whoever has not acknowledged the version in force is reminded, when it is due and not before.",
        beside=("briefing.remind",),
    ),
    "ACK-6": Rule(
        "A briefing is complete once everybody in post has acknowledged the version, and begins again when somebody joins.",
        beside=("briefing.resume",),
    ),
    "ACK-7": Rule(
        "A training session is recorded after it was held, with people of the practice as those who attended."
    ),
}
