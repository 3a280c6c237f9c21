"""The rules about people's rights over their information, and about information that is restricted."""

from typing import Final

from workflows.rule import IMPERIAL, Rule

TWELVE: Final = "UK GDPR, Article 12"
DEAD: Final = "Access to Health Records Act 1990, section 3."

RIGHTS: Final = {
    "G-03": Rule(
        "On the website whoever asks gives a name, a date of birth, what it is about, and how they are reached.",
        {IMPERIAL: "Updating your Medical Record"},
    ),
    "GDPR-1": Rule(
        "A request counts however it arrives; nothing is disclosed or changed before it is known who asks, and on whose authority.",
        f"{TWELVE}(6), and 12A(2)(b).",
    ),
    "GDPR-2": Rule(
        "A clinical entry is erased on a clinician's recorded decision, and on nothing else.", "UK GDPR, Article 17(3)(c)."
    ),
    "GDPR-3": Rule(
        "A refusal, in any part, gives its reasons and every way on: a complaint to the practice, to the Commission, and a court.",
        f"{TWELVE}(4), as the Data (Use and Access) Act 2025, Schedule 10, has it since 19 June 2026.",
    ),
    "GDPR-4": Rule(
        "An extension is told, with its reasons, before the first month ends, and on the day on which it is decided.",
        "UK GDPR, Article 12A(3) and (4).",
        ("rights_request.extend",),
    ),
    "GDPR-5": Rule(
        "Disagreement with an opinion is noted beside it; the opinion is neither changed nor erased.",
        "UK GDPR, Article 16; DPA 2018, section 205.",
    ),
    "GDPR-6": Rule(
        "A request never alters evidence of an incident or a recording: it is restricted, or added to.",
        "UK GDPR, Articles 17(3)(e) and 18(1).",
    ),
    "RIGHT-1": Rule(
        "A request counts from the day in London on which it truly arrived, never one to come; written down late, it says why.",
        f"{TWELVE}A(2)(a).",
    ),
    "RIGHT-2": Rule(
        "A request is for one right and one kind of information; what was asked together stays together by its correspondence.",
        beside=("rights_request.receive",),
    ),
    "RIGHT-3": Rule(
        "The UK GDPR is for the living. The health record of the dead is asked for by a personal representative or a claimant.",
        DEAD,
    ),
    "RIGHT-4": Rule(
        "A request is matched to a person by somebody who looked, never by itself, and touches no other request.",
        "UK GDPR, Article 5(1)(d) and (f).",
        ("rights_request.receive",),
    ),
    "RIGHT-5": Rule(
        "Proof of who somebody is, is asked for in words of reasonable doubt, and is itself not kept.", f"{TWELVE}(6)."
    ),
    "RIGHT-6": Rule("Whoever asks for somebody else shows that they may, and gets no more than that.", f"{TWELVE}(6)."),
    "RIGHT-7": Rule(
        "No age and no relation entitles by itself: a clinician says whether a child understands, and what is best for them.",
        "UK GDPR, Article 12; Mental Capacity Act 2005, sections 1(2) and 2(5), for those of 16 and over.",
    ),
    "RIGHT-8": Rule("Where an answer could put somebody in danger, it is held until a clinician has looked at it."),
    "RIGHT-9": Rule(
        "A fee is charged by the practice manager, for what is manifestly unfounded or excessive, and for nothing else.",
        f"{TWELVE}(5).",
        ("rights_request.charge_fee",),
    ),
    "RIGHT-10": Rule(
        "A question stops the clock for access alone, and only where it asks which information is meant.",
        "UK GDPR, Article 12A(5) and (6).",
        ("rights_request.ask_clarification", "rights_request.clarified"),
    ),
    "RIGHT-11": Rule("The time is extended once, and not at all for the record of the dead.", "UK GDPR, Article 12A(3)."),
    "RIGHT-12": Rule(
        "A clinician is asked before health data are disclosed or erased, or an opinion is changed; the word counts six months.",
        "DPA 2018, Schedule 3, paragraphs 2 and 6.",
    ),
    "RIGHT-13": Rule("Each right has its own outcomes, and each reason its place in the law.", f"{TWELVE}(4)."),
    "RIGHT-14": Rule(
        "An objection is weighed, in words; one to direct marketing is upheld, whatever weighs against it.",
        "UK GDPR, Article 21(1) to (3).",
    ),
    "RIGHT-15": Rule(
        "What is withheld because of serious harm rests on a health professional's opinion of the last six months.",
        "DPA 2018, Schedule 3, paragraphs 2, 5 and 6.",
    ),
    "RIGHT-16": Rule("The information rights lead decides; where there is none, the practice manager."),
    "RIGHT-17": Rule("A refusal ends a request once it is sent; what is upheld is done first."),
    "RIGHT-18": Rule(
        "An answer goes to a contact known to be theirs: a shared one only if they chose it, a disputed one never.",
        "UK GDPR, Article 5(1)(f).",
    ),
    "RIGHT-19": Rule(
        "Every recipient is told of a correction, an erasure or a restriction, or it is kept why not.", "UK GDPR, Article 19."
    ),
    "RIGHT-20": Rule("What is decided is done before a request is closed.", "UK GDPR, Article 12(3)."),
    "RIGHT-21": Rule("A request lapses after a fair wait and a reminder, by somebody's decision, and never by itself."),
    "RIGHT-22": Rule("A request is taken back by whoever made it, or on their word."),
    "RIGHT-23": Rule(
        "The website sees what it sent until the practice has done something with it.",
        "UK GDPR, Article 5(1)(c).",
        ("rights_request.receive",),
    ),
    "RIGHT-24": Rule(
        "Dates rest on what happened, on the day on which it happened; they are kept with their steps, and every change says why.",
        "UK GDPR, Articles 4A and 12A; Regulation 1182/71, Article 3.",
        ("rights_request.recalculate",),
    ),
    "RIGHT-25": Rule(
        "What is restricted is somebody's, and stays flagged until it is lifted.", "UK GDPR, Article 18(1) and (2).",
        ("restriction.impose",),
    ),
    "RIGHT-26": Rule("The person is told before a restriction is lifted.", "UK GDPR, Article 18(3)."),
}  # fmt: skip
