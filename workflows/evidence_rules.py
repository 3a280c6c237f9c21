"""The rules about evidence."""

from typing import Final

from workflows.rule import Rule

EVIDENCE: Final = {
    "EVID-2": Rule("Evidence is of what was there: nothing was seen later than it is kept."),
    "EVID-3": Rule(
        "What evidence shows never changes: it is superseded or struck, and stays as it was.",
        beside=("evidence.supersede", "evidence.strike"),
    ),
    "EVID-4": Rule("A case that had evidence keeps some: what is set aside last has something in its place."),
    "EVID-5": Rule(
        "Two people stand behind every destruction of evidence, of those who answer for what the practice keeps.",
        "UK GDPR, Article 5(2): whoever keeps personal data can show why, and why not any longer.",
        ("evidence.destroy",),
    ),
    "EVID-6": Rule(
        "Of evidence that is destroyed nothing is left of what it showed; that there was some stays.",
        "UK GDPR, Articles 5(1)(e) and 17.",
        ("evidence.destroy",),
    ),
    "GDPR-6": Rule(
        "A request about somebody's data never alters evidence: it is restricted, and then nothing about it changes.",
        "UK GDPR, Article 18.",
        ("evidence.restrict",),
    ),
}
