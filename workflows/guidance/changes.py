"""What reads differently for patients since the version before: answer by answer, statement by statement, rule by rule."""

from collections.abc import Iterator, Mapping
from typing import Final

from models.guidance import Answered, Change, Changes, Guidance, Statement
from models.policies import PolicyContent
from workflows.differences import differences

NOTHING: Final = "The two versions say the same."
NOT_FOR_PATIENTS: Final = "Nothing that concerns you has changed."

Texts = Mapping[str, tuple[str, str]]
"""What is told: by a key, what it is about and how it reads."""


def changes(before: Guidance, after: Guidance, was: PolicyContent, now: PolicyContent) -> Changes:
    """What differs between the guidance from two versions; `was` and `now` are what they were made from."""
    found = list(changed(told(before), told(after)))
    return Changes(since=before.policy.number, summary=summary(found, was, now), changes=found)


def changed(before: Texts, after: Texts) -> Iterator[Change]:
    """What is new or reads differently, in the order in which it now stands; what is gone comes last."""
    for key, (about, text) in after.items():
        was = before[key][1] if key in before else None
        if was != text:
            yield Change(about=about, before=was, after=text)
    for key, (about, text) in before.items():
        if key not in after:
            yield Change(about=about, before=text, after=None)


def told(guidance: Guidance) -> Texts:
    """Everything that depends on the policy."""
    passages = (guidance.asks, guidance.follows, guidance.reaching, guidance.complaining, guidance.rights)
    answers = {f"question {each.key}": (each.question, answer_text(each)) for each in guidance.questions}
    statements = {
        f"{passage.key} {each.key}": (passage.title, statement_text(each))
        for passage in passages
        for each in passage.statements
    }
    rules = {f"rule {each.key}": (f"Rule {each.number}", each.text) for each in guidance.rules}
    return answers | statements | rules


def answer_text(answer: Answered) -> str:
    """An answer in one line."""
    return " ".join([answer.answer, *answer.conditions, *answer.consequences])


def statement_text(statement: Statement) -> str:
    """A statement in one line."""
    return " ".join([statement.text, *statement.items])


def summary(found: list[Change], was: PolicyContent, now: PolicyContent) -> str:
    """How much differs, in a sentence."""
    if found:
        return "This is new since then." if len(found) == 1 else f"There are {len(found)} changes."
    return NOT_FOR_PATIENTS if differences(was, now) else NOTHING
