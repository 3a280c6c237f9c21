"""The rules about evidence."""

from typing import Final

from workflows.rule import Rule

EVIDENCE: Final = {
    "EVID-1": Rule(
        "Evidence belongs to a case of the practice that has not ended, and is restricted because of one that is there."
    ),
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
    "EVID-7": Rule(
        "Evidence is shown to those who take in and work on cases, and to whoever kept it.",
        "UK GDPR, Article 5(1)(c) and (f).",
        ("evidence.describe", "evidence.capture"),
    ),
    "EVID-8": Rule(
        "A file is what its bytes are, from the first to the last, and not what it is called or sent as.",
        beside=("file_types.facts_of",),
    ),
    "EVID-9": Rule(
        "A file is handed out as it was captured, to the last bit, to be saved and never shown as a page; or not at all.",
        beside=("files.file_of", "evidence_files.read_file"),
    ),
    "GDPR-6": Rule(
        "A request about somebody's data never alters evidence: it is restricted, and then nothing about it changes.",
        "UK GDPR, Article 18.",
        ("evidence.restrict",),
    ),
}
