"""The rules about what patients post, say and do, about complaints in it, and about taking anybody off the list."""

from typing import Final

from workflows.rule import ASPIRO, COLERIDGE, IMPERIAL, MARYPORT, WOODBROOK, Rule

WARNING_FIRST: Final = "SI 2015/1879, Schedule 2, paragraph 23; for GMS contracts SI 2015/1862, Schedule 3."
AT_ONCE: Final = "SI 2015/1879, Schedule 2, paragraph 24; for GMS contracts SI 2015/1862, Schedule 3."
COMPLAINTS_2009: Final = "SI 2009/309, regulations 3 and 13."
NOTICE: Final = "Defamation Act 2013, section 5; SI 2013/3028, regulation 2."
ENDING: Final = "GMC, Ending your professional relationship with a patient."
SEEN: Final = {ASPIRO: "Section 4.3", WOODBROOK: "Section 2.3"}
"""Where the two policies for staff speak of what patients post."""
UNWILLING: Final = {ASPIRO: "Section 4.4", WOODBROOK: "Section 2.4"}
"""Where they speak of an author who does not take it down."""
COMPLAINING: Final = {ASPIRO: "Section 4.5", WOODBROOK: "Section 2.4"}
"""Where they speak of posts that are, or refer to, a complaint."""
CODE: Final = {
    ASPIRO: "Annex A, point 4",
    COLERIDGE: "Code of conduct, point 5",
    IMPERIAL: "Code of conduct, point 4",
    MARYPORT: "Code of conduct, point 3",
    WOODBROOK: "Annex A, point 4",
}
DEFAMING: Final = {
    ASPIRO: "Annex A, point 8",
    COLERIDGE: "Code of conduct, point 8",
    IMPERIAL: "Code of conduct, point 8",
    MARYPORT: "Code of conduct, paragraph after point 6",
    WOODBROOK: "Annex A, point 8",
}

INCIDENTS: Final = {
    "INC-1": Rule(
        "Past intake there is evidence, and the incident names the policy version that was in force, or that none was.",
        beside=("incident.report",),
    ),
    "INC-2": Rule("Only a post that is up on a page which the practice runs is deleted by it, after evidence.", CODE),
    "INC-3": Rule(
        "A breach that is taken down, or that nobody is known to have posted, is reported to its platform before it is"
        " closed; a complaint or a medical message never is.",
        CODE,
    ),
    "INC-4": Rule(
        "A complaint is offered its route before any sanction and before its end; after a removal at once, in writing. What is"
        " offered in writing counts once its letter was sent.",
        COMPLAINTS_2009,
        ("incident.find_complaint",),
    ),
    "INC-5": Rule(
        "A request to take a post down goes to an identified author, of a post that is up and not on the practice's own page.",
        SEEN,
    ),
    "INC-6": Rule(
        "Advice and warnings are for identified patients, after a finding; what is only inaccurate or embarrassing carries none."
    ),
    "INC-7": Rule(
        "No finding, warning or removal rests only on a complaint; when a complaint comes to light, all is judged anew.",
        ENDING,
        ("incident.find_complaint", "incident.reclassify"),
    ),
    "INC-8": Rule(
        "Lawyers are asked after the defence body, on grounds that hold on the day, by all who decide.", UNWILLING
    ),
    "INC-9": Rule(
        "Nobody is taken off the list without a warning, with reasons, whose letter was sent in the twelve months before, or a"
        " recorded exemption.",
        WARNING_FIRST,
        ("incident.warn",),
    ),
    "INC-10": Rule(
        "Before a removal comes an attempt to mend the relationship, alternatives, a colleague's advice, a check for"
        " discrimination, written reasons that were sent, and a joint decision with a partner.",
        WARNING_FIRST,
        ("incident.request_list_removal", "incident.breach_continues"),
    ),
    "INC-11": Rule(
        "A removal at once takes violence or fear for somebody's safety, a report to the police, and thought for adjustments;"
        " what the police or the commissioner are told more than seven days later takes the commissioner's approval.",
        AT_ONCE,
        ("incident.request_immediate_removal",),
    ),
    "INC-12": Rule(
        "Any removal is notified in writing, acknowledged, and stands in the patient's record; one at once is confirmed within"
        " seven days, and is marked if it was later.",
        AT_ONCE,
        ("incident.confirm_in_writing",),
    ),
    "INC-13": Rule(
        "Whoever is removed at once is told in a letter that was sent, unless that is not practicable or would do harm.",
        AT_ONCE,
    ),
    "INC-14": Rule("One of those who decide is enough for advice; a warning takes all of them.", UNWILLING),
    "INC-15": Rule(
        "What is recorded of a post, a complaint and a request fits together.", beside=("incident.complaint_taken_up",)
    ),
    "INC-16": Rule(
        "A removal names one patient; nobody is removed with them.",
        "The Parliamentary and Health Service Ombudsman, on removals of whole families.",
        ("incident.request_list_removal", "incident.request_immediate_removal"),
    ),
    "INC-17": Rule(
        "What has ended is never opened again; a new breach is a new incident, linked to the old one.",
        beside=("incident.report", "cases.linking"),
    ),
    "INC-18": Rule(
        "What happened in an incident is only ever added to, by administrators too.", beside=("unit_of_work.apply",)
    ),
    "INC-20": Rule(
        "The ledger of warnings belongs to the person, not to the incident; an entry is never changed, and what became of a"
        " warning is another entry.",
        WARNING_FIRST,
        ("warning.give", "warning.reconsider"),
    ),
    "INC-21": Rule("A medical message or a friend request never leads to a sanction."),
    "INC-22": Rule(
        "A complaint is acknowledged within three working days of the practice first seeing it.",
        COMPLAINTS_2009,
    ),
    "INC-23": Rule(
        "A removal takes effect on the eighth day after the commissioner is told, later while the patient is treated at short"
        " intervals, and sooner only where another practice has accepted them.",
        WARNING_FIRST,
    ),
    "INC-24": Rule(
        "Where nobody is known to have posted what defames, the website's operator is sent a notice with its six elements.",
        NOTICE,
        ("incident.send_website_notice",),
    ),
    "INC-25": Rule(
        "Whoever was abused or complained about finds, advises and decides only where nobody else who could was not, and that is"
        " recorded.",
        beside=("incident.decide",),
    ),
    "INC-26": Rule("Whoever is warned is given time to answer, and to ask for another look."),
    "INC-27": Rule(
        "Illness and confusion are met with a plan, by a clinician and the practice manager.",
        beside=("incident.agree_plan", "incident.manage_otherwise"),
    ),
}
WHAT_PATIENTS_DO: Final = {
    "C-05": Rule(
        "The practice's policy says what makes a post unacceptable; being embarrassed by it is not enough.", CODE
    ),
    "C-06": Rule("What breaks the policy on the practice's own page is deleted and reported.", CODE),
    "C-13": Rule("Nothing is posted anywhere that defames those who work for the practice.", DEFAMING),
    "C-14": Rule(
        "Legal advice on defamation is taken where the policy binds the practice to it, and may be taken where it does not.",
        DEFAMING,
        ("incident.triage", "incident.take_legal_advice"),
    ),
    "I-01": Rule("Everybody on the staff may report what they see.", SEEN, ("incident.report",)),
    "I-02": Rule("Whoever the policy names is told at the earliest opportunity.", SEEN, ("incident.notify",)),
    "I-05": Rule("Where the practice can't delete a post, its author is asked to, and has time to.", SEEN),
    "I-06": Rule("When the author refuses, those whom the policy names consider what to do.", UNWILLING),
    "I-08": Rule("The defence body is asked for its advice.", UNWILLING),
    "I-09": Rule("A claim is named by its legal ground.", UNWILLING),
    "I-10": Rule("Other statutes apply only as they stand on the day.", UNWILLING),
    "K-03": Rule(
        "A complaint on the practice's page is deleted, or deleted at discretion, as the policy says.",
        {
            ASPIRO: "Annex A, patient complaints on social media, paragraph 2",
            COLERIDGE: "Patient complaints on social media",
            IMPERIAL: "Patient complaints on social media, paragraph 2",
            MARYPORT: "Patient complaints on social media",
            WOODBROOK: "Annex A, patient complaints on social media, paragraph 2",
        },
    ),
    "K-05": Rule(
        "Whether or not a grievance on social media is a complaint in law, its author is offered the way to make one.",
        {ASPIRO: "Section 2.2", WOODBROOK: "Section 1.1"},
    ),
    "K-07": Rule(
        "Whoever complains in a post is contacted with the way to complain, and offered the leaflet.", COMPLAINING
    ),
    "K-09": Rule("No patient is removed because they complained.", COMPLAINING),
    "P-07": Rule(
        "Nobody is treated worse for a protected characteristic.", "Equality Act 2010, sections 20, 21 and 29."
    ),
    "S-10": Rule(
        "A friend request is answered with caution, and held against nobody.",
        {ASPIRO: "Section 4.2", WOODBROOK: "Section 2.2"},
        ("incident.answer_contact_request",),
    ),
    "Z-01": Rule(
        "Those who work for the practice are looked after when they are threatened.", {IMPERIAL: "Zero Tolerance"}
    ),
    "Z-04": Rule(
        "Whoever threatens or uses violence may be removed at once by a partner, as far as the regulations allow.",
        {IMPERIAL: "Zero Tolerance"},
    ),
    "Z-05": Rule("Illness is weighed in what somebody did.", {IMPERIAL: "Zero Tolerance"}),
}
