"""The rules about what strangers send in."""

from typing import Final

from workflows.rule import Rule

DOOR: Final = {
    "DOOR-1": Rule(
        "What looks like junk is held and never thrown away; what is held could become a request at any time.",
        "UK GDPR, Article 12(2): whoever exercises a right is helped, and a request needs no form.",
    ),
    "DOOR-2": Rule("Somebody looks at what is held before the second working day is over."),
    "DOOR-3": Rule(
        "A submission that is released is a request from the day on which it came, as if it had never been held.",
        "UK GDPR, Article 12A(2)(a).",
        ("held_submission.hold", "held_submission.release"),
    ),
    "DOOR-4": Rule(
        "Whoever sends something in learns nothing about anybody: nobody is looked up, and no other record is touched.",
        "UK GDPR, Article 5(1)(f).",
        ("rights_request.receive", "held_submission.hold"),
    ),
    "DOOR-5": Rule(
        "A contact is shown to be somebody's by a code that went there, good for a quarter of an hour and five tries.",
        beside=("rights_request.confirm_contact", "held_submission.prove_contact"),
    ),
    "DOOR-6": Rule(
        "What was sent in is taken back by whoever sent it, once a code has shown that its contact is theirs."
    ),
}
