"""The rules about what the staff do with a policy: read it, watch the practice's pages, and answer reviews."""

from typing import Final

from workflows.rule import ASPIRO, COLERIDGE, CONFIDENTIALITY, IMPERIAL, MARYPORT, WOODBROOK, Rule

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
        "A training session is recorded after it was held, which was when the version had been approved, with people of the"
        " practice as those who attended."
    ),
}
MONITORING: Final = {
    "S-05": Rule(
        "The comments on the practice's own platforms are looked at by whoever has that duty, as often as the policy says.",
        {ASPIRO: "Section 4.1", WOODBROOK: "Section 2.1"},
        (
            "monitoring_check.look",
            "policy.publish",
            "policy.withdraw",
            "monitoring_check.bring_forward",
            "settings.monitoring_days",
            "one_last_look_per_platform",
        ),
    ),
    "MON-1": Rule("The log is of platforms that the policy in force names."),
    "MON-2": Rule("What is entered has happened."),
    "MON-3": Rule("What is found and calls for somebody has been passed on before it is entered."),
    "MON-4": Rule(
        "An entry never changes: a wrong one is corrected by a further one.", beside=("monitoring_check.follow",)
    ),
    "MON-5": Rule(
        "A look that is late is told to the management, by time alone.", beside=("monitoring_check.escalate",)
    ),
}
REVIEWS: Final = {
    "C-11": Rule(
        "A review is answered by whoever the policy names for it, and once.",
        {
            COLERIDGE: "Code of conduct, point 7",
            IMPERIAL: "Code of conduct, point 7",
            MARYPORT: "Code of conduct, point 6",
            WOODBROOK: "Annex A, point 7",
        },
        ("review.answer",),
    ),
    "REV-1": Rule(
        "What is kept of a review names nobody, tells of nobody's health and does not say who wrote it.",
        CONFIDENTIALITY,
        ("review.notice",),
    ),
    "REV-2": Rule(
        "An answer is one of the fixed texts, and suits the sort of review; abuse gets none.", beside=("review.answer",)
    ),
    "REV-3": Rule(
        "A complaint is passed on to those who handle complaints before anything ends it, and only they find that it is none.",
        beside=("review.pass_complaint_on",),
    ),
    "REV-4": Rule("What concerns somebody's safety is passed on first.", beside=("review.pass_safety_concern_on",)),
    "REV-5": Rule(
        "What breaks a site's rules is reported there by whoever removes things here; a complaint never is.",
        beside=("review.report_to_site",),
    ),
    "REV-6": Rule("That a review turns out to be of another sort is recorded as a change."),
}
REMOVAL_HELP: Final = {
    "I-04": Rule(
        "Whoever has something to be taken down reads how each site is asked, what to gather first, and who asks.",
        {ASPIRO: "Section 4.3", WOODBROOK: "Section 2.3"},
        ("removal_help.removal_help",),
    ),
}
