"""The rules about people whom cases are about."""

from typing import Final

from workflows.rule import Rule

PEOPLE: Final = {
    "PERSON-1": Rule(
        "One record for each NHS number at a practice, merged ones among them, and nothing of it at another.",
        beside=("one_person_per_nhs_number",),
    ),
    "PERSON-2": Rule("Nobody is born after today, a day in London."),
    "PERSON-3": Rule(
        "From every merged record the way leads to one that stands for the person.", beside=("person.merge",)
    ),
    "PERSON-4": Rule("Records whose NHS numbers or dates of birth contradict each other are not merged."),
    "PERSON-5": Rule("Of two records that are merged, one with an NHS number stays."),
    "PERSON-6": Rule(
        "Two people stand behind every erasure, of those who answer for what the practice keeps.",
        "UK GDPR, Article 5(2): whoever keeps personal data can show why, and why not any longer.",
        ("person.erase",),
    ),
    "PERSON-7": Rule("Nobody is erased while another record points to theirs."),
    "PERSON-8": Rule(
        "Of whoever is erased nothing is left that says who they were; that there was a record stays.",
        "UK GDPR, Articles 5(1)(e) and 17.",
        ("person.erase",),
    ),
    "PERSON-9": Rule(
        "Who somebody is, is shown to those who take in and work on cases, and to nobody else.",
        "UK GDPR, Article 5(1)(c) and (f).",
        ("person.record", "person.correct"),
    ),
}
