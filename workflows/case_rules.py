"""The rules about everyday work, which is the same on every case."""

from typing import Final

from workflows.rule import Rule

CASES: Final = {
    "CASE-1": Rule("A case is given to somebody in post whose work it is.", beside=("cases.assigning",)),
    "CASE-2": Rule(
        "Whoever works on a case hands it over themselves, and says what there is to know.", beside=("cases.assigning",)
    ),
    "CASE-3": Rule(
        "Notes and the log of contacts only grow, and what is logged has taken place.", beside=("cases.keeping_notes",)
    ),
    "CASE-4": Rule("A link leads to another case of the same practice.", beside=("cases.linking",)),
    "CASE-5": Rule(
        "What was recorded twice is worked on once: a duplicate ends, and points to the case that stands.",
        beside=("cases.folding",),
    ),
    "CASE-6": Rule(
        "What is overdue on a case is told to the management once, by time alone.", beside=("cases.escalating",)
    ),
    "CASE-7": Rule(
        "A person's cases are found by whoever they are, never by an address, and each record that is looked at is written down.",
        "UK GDPR, Article 5(1)(c) and (f).",
        ("about_people.records_about",),
    ),
    "CASE-8": Rule(
        "Everything held about a person is brought in one answer, to those who answer for what the practice keeps.",
        "UK GDPR, Article 15.",
        ("about_people.records_about", "about_people.showings_of"),
    ),
    "CASE-9": Rule("Cases are counted without anybody's name.", beside=("tallies.tallied", "tallies.ended")),
    "CASE-10": Rule(
        "Whoever only reported something, or took it in, is shown what was said then and where it stands, and nothing that was "
        "found or done since.",
        "UK GDPR, Article 5(1)(c) and (f).",
        ("showing.unsaid", "unit_of_work.page", "unit_of_work.those", "deadlines.sight"),
    ),
}
