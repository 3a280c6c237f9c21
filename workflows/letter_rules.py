"""The rules about letters: what each has to hold, and what becomes of it."""

from typing import Final

from workflows.rule import ASPIRO, CONFIDENTIALITY, WOODBROOK, Rule

ISSUED: Final = ("letter.issue",)
PMS: Final = (
    "NHS (Personal Medical Services Agreements) Regulations 2015 (SI 2015/1879), Schedule 2, paragraph {}; for General"
)
GMS: Final = " Medical Services contracts SI 2015/1862, Schedule 3"
ARTICLE_12: Final = "UK GDPR, Articles 12 and 12A"
COMPLAINTS_2009: Final = "SI 2009/309 (complaints about NHS care)"

LETTERS: Final = {
    "LET-1": Rule(
        "A letter comes of a transition of a case, says which version of the case, and never changes once it is written.",
        beside=("letter.issue", "letter.replace"),
    ),
    "LET-2": Rule("A letter holds all that its template's rule demands, or it is not issued."),
    "LET-3": Rule(
        "Whoever is asked to take a post down learns which one, why, by when, what happens next and how to complain.",
        {ASPIRO: "Section 4.2", WOODBROOK: "Section 2.2"},
        ISSUED,
    ),
    "LET-4": Rule(
        "Whoever put a recording online learns besides that to make it for oneself was lawful, and that others are in it.",
        "BMA, Patients recording consultations",
        ISSUED,
    ),
    "LET-5": Rule(
        "Advice says that feedback is welcome, that this was not constructive, what the NHS Constitution asks, and the reasons.",
        {ASPIRO: "Section 4.2", WOODBROOK: "Section 2.2"},
        ISSUED,
    ),
    "LET-6": Rule(
        "A warning names the risk of removal, the reasons, the conduct with its dates, what has to change, how to answer it and"
        " how to complain; whether it stands after another look is told with reasons.",
        PMS.format("23(3)") + GMS,
        ISSUED,
    ),
    "LET-7": Rule(
        "A letter of removal gives specific reasons or says that the relationship broke down, the warning's date or the"
        " exemption, the day, where to register, how to complain and the Ombudsman.",
        PMS.format("23(1) and (2)") + GMS,
        ISSUED,
    ),
    "LET-8": Rule(
        "A letter of removal at once gives the moment, the conduct with its dates, that the police were told, the Special"
        " Allocation Scheme, how to appeal, that it is the confirmation in writing, how to complain and the Ombudsman.",
        PMS.format("24") + GMS,
        ISSUED,
    ),
    "LET-9": Rule(
        "Whoever is shown how to complain is told all that the leaflet says: the ways, twelve months, three working days, the"
        " commissioner, help, the Ombudsman, and that nothing is held against them.",
        COMPLAINTS_2009,
        ISSUED,
    ),
    "LET-10": Rule("What is said in public is one of the fixed texts, and names nobody.", CONFIDENTIALITY, ISSUED),
    "LET-11": Rule(
        "A request is acknowledged with what was asked and the day by which it is answered.", ARTICLE_12, ISSUED
    ),
    "LET-12": Rule(
        "Whoever is asked for something first learns why, what would settle it, and what that does to the time.",
        "UK GDPR, Articles 12(6) and 12A",
        ISSUED,
    ),
    "LET-13": Rule(
        "A fee is asked with its reasons, its amount and how it was worked out.", "UK GDPR, Article 12(5)", ISSUED
    ),
    "LET-14": Rule("Whoever waits longer learns why and until when.", "UK GDPR, Article 12A(3) and (4)", ISSUED),
    "LET-15": Rule(
        "Whoever asked learns what is restricted, why and what that means, and of its end before it ends.",
        "UK GDPR, Article 18",
        ISSUED,
    ),
    "LET-16": Rule(
        "An answer about access says what is given, what is left out and why, where the rest that the article names can be read,"
        " and how to complain to the practice and to the regulator.",
        "UK GDPR, Article 15(1)",
        ISSUED,
    ),
    "LET-17": Rule(
        "An answer about rectification says what became of an opinion that stays: the note of disagreement beside it.",
        "UK GDPR, Articles 16 and 19",
        ISSUED,
    ),
    "LET-18": Rule(
        "Where the answer is no in any part, the letter gives the reasons, the complaint to the practice, the one to the"
        " regulator and the court: all four.",
        "UK GDPR, Article 12(4)",
        ISSUED,
    ),
    "LET-19": Rule(
        "Whoever's request ends without an answer learns why, and how to go on.", "UK GDPR, Articles 11 and 12", ISSUED
    ),
    "LET-20": Rule(
        "A data protection complaint is acknowledged, its progress told, and its outcome given with the reasons and the regulator.",
        "Data Protection Act 2018, section 164A",
        ISSUED,
    ),
    "LET-21": Rule(
        "About the dead the Act of 1990 is named, and no right that only the living have.",
        "Access to Health Records Act 1990",
        ISSUED,
    ),
    "LET-22": Rule(
        "What is recorded of a letter has happened: it was sent once it was issued, and came back once it was sent."
    ),
    "LET-23": Rule(
        "A letter goes to its addressee alone, by a way and to a contact that are verified; what is public goes to nobody."
    ),
    "LET-24": Rule("A letter that nobody sends is told to the management, once, by time alone."),
    "LET-25": Rule(
        "A letter that is replaced stays as it was, and the new one has the same facts.", beside=("letter.replace",)
    ),
    "LET-26": Rule(
        "A letter names the law and the regulator as they stand on its day, and whether the text had been read.",
        beside=ISSUED,
    ),
    "LET-27": Rule("What people write is text in every form of a letter, and never markup.", beside=ISSUED),
}
