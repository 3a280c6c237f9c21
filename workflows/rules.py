"""Every rule of the house by its name: what it says, where it comes from, what enforces it and which tests prove it.

`python -m workflows.rules > docs/rules.md`, at the root of the project, writes the document anew.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from workflows.case_rules import CASES
from workflows.data_protection_rules import DATA_PROTECTION_COMPLAINTS
from workflows.door_rules import DOOR
from workflows.duty_rules import ACKNOWLEDGEMENTS, MONITORING, REMOVAL_HELP, REVIEWS
from workflows.engine import Law
from workflows.evidence_rules import EVIDENCE
from workflows.incident_rules import INCIDENTS, WHAT_PATIENTS_DO
from workflows.letter_rules import LETTERS
from workflows.person_rules import PEOPLE
from workflows.recording_rules import CONSENTS, RECORD_ENTRIES, RECORDINGS, TRAINEES
from workflows.registry import ALL
from workflows.rights_rules import RIGHTS
from workflows.rule import APPROVED_FIRST, ASPIRO, COLERIDGE, CONFIDENTIALITY, IMPERIAL, MARYPORT, WOODBROOK, Rule
from workflows.time_rules import DEADLINES, FEEDS, STATUTORY_TIME

NAME: Final = re.compile(
    r"\b(?:POL|POST|STAFF|PRACTICE|PERSON|AUDIT|ACK|MON|REV|CASE|INC|WARN|EVID|REC|ENTRY|MEDIA|LET|DUE|FEED|GDPR|RIGHT|DPC|DOOR|CLOCK)-\d+\b|\b[CGIKPRSTZ]-\d\d\b"
)
"""What a rule's name looks like, in code and in tests."""
FROM_TO: Final = re.compile(r"\b([A-Z]+)-(\d+) to \1-(\d+)\b")

POLICIES: Final = {
    "POL-1": Rule("A version that is in force was approved."),
    "POL-2": Rule(
        "What is in force is what was approved, word for word.",
        beside=("policy.edit", "policy.recall", "policy.approve"),
    ),
    "POL-3": Rule(
        "At most one version of a kind is in force at a practice, and the practice works by that one.",
        beside=("policy.publish", "one_active_policy"),
    ),
    "POL-4": Rule("Nobody who edited a version approves it; no setting changes that.", beside=("policy.edit",)),
    "POL-5": Rule("Nothing leaves draft without a clause, and nothing takes effect without a review to come."),
    "POL-6": Rule(
        "A version and its clauses never change once it is approved, so that a citation stays true.",
        beside=("policy.edit",),
    ),
    "POL-7": Rule("Version numbers rise, and none is used twice.", beside=("policy.create", "one_policy_per_number")),
    "POL-8": Rule(
        "A record that a policy governs names the version that was in force when it happened.",
        beside=("post.write", "post.approve"),
    ),
    "POL-9": Rule(
        "A minor version needs approval like a major one, even if a review changed nothing but the date.",
        beside=("policy.review_unchanged",),
    ),
    "POL-10": Rule("One version of a kind is prepared at a time.", beside=("one_policy_being_prepared",)),
    "POL-11": Rule("A version says what it changed before anybody is asked to approve it."),
    "POL-12": Rule("A version does not take effect before its date, a day in London."),
}
POSTS: Final = {
    "POST-1": Rule("Nothing is public that was not approved.", APPROVED_FIRST),
    "POST-2": Rule(
        "What is public is what was approved: this content, on these platforms.",
        APPROVED_FIRST,
        ("post.approve", "post.edit_after_approval"),
    ),
    "POST-3": Rule(
        "Every approval is by somebody who is communications manager at that practice at that moment; no setting changes that.",
        {ASPIRO: "Section 4.1"},
        ("post.approve",),
    ),
    "POST-4": Rule(
        "Only those who use the platforms for the practice write, schedule and publish.",
        APPROVED_FIRST,
        ("post.write", "post.schedule", "post.publish"),
    ),
    "POST-5": Rule(
        "Nothing that is unrelated, clinical, identifies a patient, names staff against their will or is off the practice's own"
        " platforms gets past draft; a closure notice says when, and where to turn.",
        APPROVED_FIRST,
    ),
    "POST-6": Rule(
        "A published post is never edited: it is taken down, and a correction is a new post.",
        beside=("post.take_down",),
    ),
    "POST-7": Rule(
        "No path leads to the public around the approval: no bulk, no import, no retry, no administrator.",
        APPROVED_FIRST,
        ("post.publish",),
    ),
    "POST-8": Rule(
        "A reply is one of the fixed texts, under a post that is public there.",
        {COLERIDGE: "Patient complaints on social media"},
        ("post.reply",),
    ),
    "POST-9": Rule("An approval ends with the event that it was for, and time alone ends no other."),
    "POST-10": Rule(
        "Whoever edited a post last does not approve it, unless the practice's policy allows that; then the record says so."
    ),
    "POST-11": Rule("A submission is pulled back by its author alone."),
    "POST-12": Rule(
        "The communications manager takes a post down; in an emergency anybody who uses the platforms does, and it is recorded."
    ),
    "POST-13": Rule(
        "What is certain to be somebody's own gets past draft in no post: NHS numbers, dates of birth, mobile numbers, personal"
        " e-mail addresses, homes, one person's health, colleagues who did not agree.",
        APPROVED_FIRST,
    ),
    "POST-14": Rule(
        "What only looks like it is answered by the author, from fixed answers, before anybody else reads the post.",
        beside=("post.answer_findings",),
    ),
    "POST-15": Rule(
        "An edit makes every answer void whose sentence it changed.", beside=("post.edit", "post.edit_after_approval")
    ),
}
PRACTICE_POSTS: Final = {
    "S-02": Rule("The practice's platforms carry nothing unrelated to the practice.", APPROVED_FIRST),
    "S-06": Rule("What is posted is specific to the practice.", APPROVED_FIRST),
    "S-07": Rule(
        "A planned closure is announced well ahead, in every place that the policy names.", {IMPERIAL: "Staff Training"}
    ),
    "S-08": Rule(
        "Whoever learns of a closure learns where to turn: 999 in an emergency, 111 for what is urgent.",
        {IMPERIAL: "Staff Training; Protected Time, paragraph 2"},
    ),
    "P-17": Rule(
        "The practice posts on the platforms that its policy names as its own.",
        {ASPIRO: "Section 4.1", COLERIDGE: "Introduction, paragraph 2", IMPERIAL: "Introduction, paragraph 1",
         MARYPORT: "Introduction, paragraph 1", WOODBROOK: "Section 2.1"},
    ),
    "C-18": Rule(
        "No information about anybody's health is posted, not even in answer to a question that states it.", APPROVED_FIRST
    ),
}  # fmt: skip
REPLIES: Final = {
    "C-10": Rule(
        "Reviews go where the practice's policy sends them, if it sends them anywhere.",
        {
            ASPIRO: "Annex A, point 7",
            COLERIDGE: "Code of conduct, point 7",
            IMPERIAL: "Code of conduct, point 7",
            MARYPORT: "Code of conduct, point 6",
            WOODBROOK: "Annex A, point 7",
        },
        ("settings.review_channel",),
    ),
    "C-12": Rule(
        "Feedback reaches the practice directly, by the route that its policy names.",
        {COLERIDGE: "Code of conduct, point 7"},
        ("replies.feedback_route",),
    ),
    "C-15": Rule(
        "Medical information sent by social media is not answered there.",
        {COLERIDGE: "Code of conduct, point 4"},
        ("replies.medical_question",),
    ),
    "C-16": Rule(
        "Nor is it moved to e-mail.", {COLERIDGE: "Code of conduct, point 4"}, ("replies.medical_question",)
    ),
    "C-17": Rule(
        "It is sent on to the practice's online service, with the numbers for what is urgent.",
        {COLERIDGE: "Code of conduct, point 4"},
        ("replies.medical_question",),
    ),
    "K-02": Rule(
        "A complaint is answered under the complaints procedure and never in public.",
        {ASPIRO: "Annex A, patient complaints on social media, paragraph 1", COLERIDGE: "Patient complaints on social media",
         IMPERIAL: "Patient complaints on social media, paragraph 1", MARYPORT: "Patient complaints on social media",
         WOODBROOK: "Annex A, patient complaints on social media, paragraph 1"},
    ),
    "K-04": Rule(
        "Where the policy provides for it, a general reply points to the complaints procedure.",
        {COLERIDGE: "Patient complaints on social media"},
        ("replies.complaints_procedure",),
    ),
    "INC-19": Rule("Nothing that the service says in public tells whether anybody is a patient.", CONFIDENTIALITY, ("post.reply",)),
}  # fmt: skip
STAFF: Final = {
    "STAFF-1": Rule(
        "Everybody stands in the directory once, and is the same person when they come back.",
        beside=("one_entry_per_subject", "staff_member.rejoin"),
    ),
    "STAFF-2": Rule("A deputy holds, for a time, a role that a colleague holds."),
    "STAFF-3": Rule(
        "A machine's credential is nobody's: it holds no role of a person, and a person none of a machine."
    ),
    "STAFF-4": Rule("A role is held once at a time."),
    "STAFF-5": Rule("Only a role that is held, or will be, can end."),
    "STAFF-6": Rule("Nobody rewrites who held a role: it starts and ends now or later."),
    "STAFF-7": Rule("A practice always has a practice manager, who can keep the directory."),
    "STAFF-8": Rule("Whoever leaves hands open work to a colleague who is there."),
    "PRACTICE-1": Rule(
        "One tenant for each ODS code, and nothing of it in another.", beside=("one_practice_per_code",)
    ),
}
AUDIT: Final = {
    "AUDIT-1": Rule(
        "What can't be written into the audit trail does not happen.",
        beside=("one_entry_per_version", "unit_of_work.open", "unit_of_work.apply"),
    ),
    "AUDIT-2": Rule(
        "Each showing of a sensitive record is written down: who was shown which records, when and in which role.",
        beside=("one_access_entry_per_id", "unit_of_work.note"),
    ),
    "AUDIT-3": Rule("What can't be written down is not shown.", beside=("unit_of_work.note",)),
    "AUDIT-4": Rule(
        "Whatever is altered, removed or put in behind the service's back is found, and called by its name.",
        beside=("audit_verification.verify", "checkpoints.checkpoint"),
    ),
    "AUDIT-5": Rule(
        "What was sent can be erased, and all the rest is still proven.", beside=("audit.said_as_committed",)
    ),
}

CHAPTERS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "Policy versions": POLICIES,
    "The practice's own posts": POSTS,
    "What a post may say, and where": PRACTICE_POSTS,
    "What is said under a post": REPLIES,
    "What the staff know of a policy": ACKNOWLEDGEMENTS,
    "The monitoring log": MONITORING,
    "Reviews": REVIEWS,
    "Help with removal": REMOVAL_HELP,
    "Practices and their staff": STAFF,
    "People whom cases are about": PEOPLE,
    "Everyday work on a case": CASES,
    "People's rights over their information": RIGHTS,
    "Data protection complaints": DATA_PROTECTION_COMPLAINTS,
    "What patients post, say and do": WHAT_PATIENTS_DO,
    "Incidents, warnings and removals": INCIDENTS,
    "What strangers send in": DOOR,
    "How the law counts time": STATUTORY_TIME,
    "What falls due": DEADLINES,
    "Calendars of what falls due": FEEDS,
    "Evidence": EVIDENCE,
    "Recordings of consultations": RECORDINGS,
    "Entries in the clinical record": RECORD_ENTRIES,
    "Consents to be photographed or recorded": CONSENTS,
    "Trainees": TRAINEES,
    "Letters": LETTERS,
    "What is written down": AUDIT,
}
RULES: Final[Mapping[str, Rule]] = {name: rule for chapter in CHAPTERS.values() for name, rule in chapter.items()}

PREFACE: Final = """\
# Rules

Every rule that the service keeps, by the name that code and tests call it. Names of one letter are those of the catalogue
that was made of five practices' published documents: `C` what they ask of patients, `I` what patients post, `K` complaints,
`P` the policy itself, `S` the practice's own posts, `Z` threats and violence. The others are named for the record that they
govern, and `INC` for incidents.

This document is made from the declarations in `workflows/` and from the tests, by `python -m workflows.rules > docs/rules.md`;
nobody edits it. A guard is named with the transitions that it stands before; what it says to whoever is refused stands in
`openapi/workflows.md`. A name with a dot is a transition that keeps the rule by who may ask for it, from where, or by what it
does; or, after the name of a module such as `replies`, `settings`, `statutory_time` or `unit_of_work`, what that module says or
does. A name without one is a constraint of a table, kept by the database itself."""


def document(tests: Mapping[str, str]) -> str:
    """The whole catalogue, always in the same order. `tests` are the files of the tests, by name."""
    proofs = proved_in(tests)
    chapters = (part for title, rules in CHAPTERS.items() for part in chapter(title, rules, proofs))
    return "\n\n".join([PREFACE, *chapters]) + "\n"


def chapter(title: str, rules: Mapping[str, Rule], proofs: Mapping[str, list[str]]) -> Iterator[str]:
    """The rules about one matter."""
    yield f"## {title}"
    for name, rule in rules.items():
        facts = [
            f"- **Source:** {told(rule.source)}",
            f"- **Enforced by:** {'; '.join([*guarded(name), *(f'`{each}`' for each in rule.beside)])}",
            f"- **Proved by:** {'; '.join(proofs.get(name, []))}",
        ]
        yield "\n\n".join([f"### {name}", rule.sentence, "\n".join(facts)])


def told(source: str | Mapping[str, str]) -> str:
    """Where a rule comes from, as a reader finds it."""
    return source if isinstance(source, str) else "; ".join(f"*{title}*, {place}" for title, place in source.items())


def guarded(rule: str) -> list[str]:
    """The guards that cite a rule, together with the transitions that they stand before, and the deadlines that do."""
    laws = [law for workflow in ALL for law in workflow.laws]
    guards = dict.fromkeys(each.name for law in laws for each in law.guards if rule in cited(each.rule))
    before = {name: [repr(law) for law in laws if stands_before(law, name, rule)] for name in guards}
    together: dict[str, list[str]] = {}
    for name, transitions in before.items():
        together.setdefault(listed(transitions), []).append(name)
    due = [
        f"deadline `{workflow.name}.{each.name}`"
        for workflow in ALL
        for each in workflow.deadlines
        if rule in cited(each.law)
    ]
    return [
        f"{'guard' if len(names) == 1 else 'guards'} {listed(names)} of {of}" for of, names in together.items()
    ] + due


def stands_before(law: Law[Any], guard: str, rule: str) -> bool:
    """Whether a guard of this name stands before a transition for the sake of this rule."""
    return any(each.name == guard and rule in cited(each.rule) for each in law.guards)


def listed(names: list[str]) -> str:
    """Names as code, one after the other."""
    return ", ".join(f"`{each}`" for each in names)


def cited(text: str) -> set[str]:
    """The names of rules that stand in a text."""
    return set(NAME.findall(text))


def proved_in(tests: Mapping[str, str]) -> dict[str, list[str]]:
    """For each rule, the tests and invariants that name it: in a decorator, a docstring, a comment or their own name."""
    found: dict[str, list[str]] = {}
    for file, text in sorted(tests.items()):
        for name, said in proofs_in(text):
            for rule in cited(said) | cited_from_to(said) | spelled_out(name):
                found.setdefault(rule, []).append(f"`{name}` in `{file}`")
    return found


def cited_from_to(text: str) -> set[str]:
    """The names of rules between two of one kind, such as those of `INC-1 to INC-17`."""
    return {
        f"{kind}-{number:0{len(first)}}"
        for kind, first, last in FROM_TO.findall(text)
        for number in range(int(first), int(last) + 1)
    }


def proofs_in(text: str) -> Iterator[tuple[str, str]]:
    """Every test and every invariant of a file, with the lines that it stands on: what merely helps one proves nothing."""
    return ((name, said) for name, said in definitions(text) if name.startswith("test_") or "@invariant(" in said)


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Every function of a file, with the lines that it stands on."""
    lines = text.splitlines()
    for each in ast.walk(ast.parse(text)):
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            begins = min([each.lineno, *(decorator.lineno for decorator in each.decorator_list)])
            yield each.name, "\n".join(lines[begins - 1 : each.end_lineno])


def spelled_out(name: str) -> set[str]:
    """The rules that a test's own name spells out, such as `test_post_7_has_no_way_round`."""
    return {rule for rule in RULES if f"_{rule.lower().replace('-', '_')}_" in f"{name}_"}


def read(folder: Path) -> dict[str, str]:
    """The tests in a folder, by the names of their files."""
    return {
        each.relative_to(folder).as_posix(): each.read_text(encoding="utf-8") for each in sorted(folder.rglob("*.py"))
    }


if __name__ == "__main__":
    print(document(read(Path("tests"))), end="")  # noqa: T201 - a command speaks by printing
