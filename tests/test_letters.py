"""What every letter holds: each element that its rule demands, in plain words, and nothing of anybody in public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.letter_elements import Element
from models.letter_facts.facts import LetterTemplate
from models.letters import Addressee, LetterBlock, LetterContent, LetterDraft
from tests.laws import LAWS, MANAGER, NOON
from tests.letter_demands import DEMANDED, TEXTS
from tests.letter_facts import DAY, EVERY, HERE, named
from tests.reading_age import reading_age
from workflows.engine import Act, Opening, words
from workflows.letter_texts.composing import compose, missing
from workflows.letter_texts.writing import TEMPLATES
from workflows.refusals import GuardRefusal
from workflows.rules import RULES

every_letter = pytest.mark.parametrize("facts", EVERY, ids=named)
OLDEST = 11
"""Readers of eleven can follow it."""


def written(facts: Any, day: date = DAY) -> LetterContent:
    """The letter that these facts make."""
    to = None if facts.template == LetterTemplate.PUBLIC_REPLY else Addressee(name="Gretel")
    return compose(facts, HERE, day, to)


def read(content: LetterContent) -> str:
    """All that is read in a letter."""
    return "\n".join(line for block in content.blocks for line in (block.text, *block.items) if line)


def test_there_are_facts_for_every_template_and_a_rule_for_each() -> None:
    assert {each.template for each in EVERY} == set(LetterTemplate) == set(TEMPLATES)
    assert {each.rule for each in TEMPLATES.values()} <= RULES.keys()
    assert set(DEMANDED) == set(LetterTemplate)


@every_letter
def test_a_letter_holds_all_that_is_demanded_of_it(facts: Any) -> None:
    """By a second statement of what each template and outcome demands.

    LET-2, LET-3, LET-4, LET-5, LET-6, LET-7, LET-8, LET-9, LET-10, LET-11, LET-12, LET-13, LET-14, LET-15, LET-16, LET-17,
    LET-18, LET-19, LET-20, LET-21
    """
    demanded = DEMANDED[facts.template](facts)
    held = {each.holds for each in written(facts).blocks if each.holds}
    assert demanded <= held
    assert demanded == TEMPLATES[facts.template].demanded(facts)
    for element in demanded & TEXTS.keys():
        said = "\n".join("\n".join((each.text, *each.items)) for each in written(facts).blocks if each.holds == element)
        assert re.search(TEXTS[element], said), (element, said)


def issue(facts: Any) -> Any:
    """Issue the letter, as a consequence."""
    to = None if facts.template == LetterTemplate.PUBLIC_REPLY else Addressee(name="Gretel")
    draft = LetterDraft(
        facts=facts, case_kind="incident", case_id=UUID(int=5), case_version=1, issued_by="incident.warn", addressee=to
    )
    opening = LAWS["letter.issue"]
    assert isinstance(opening, Opening)
    (fact,) = opening.entailed(Act(MANAGER, HERE, NOON), draft)
    return fact.record


@every_letter
def test_a_letter_from_which_something_is_taken_out_is_not_issued(facts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """LET-2: for each element that is demanded, the letter without it, and the letter that says nothing in its place."""
    template = TEMPLATES[facts.template]
    for element in sorted(DEMANDED[facts.template](facts)):
        for emptied in (lambda _: [], lambda block: [block.model_copy(update={"text": " ", "items": ()})]):

            def without(
                said: Any, desk: Any, *, taken: Element = element, kept: Any = emptied
            ) -> Iterator[LetterBlock]:
                for block in template.write(said, desk):
                    yield from kept(block) if block.holds == taken else [block]

            monkeypatch.setitem(TEMPLATES, facts.template, replace(template, write=without))
            assert missing(facts, written(facts).blocks) == {element}
            with pytest.raises(GuardRefusal, match="is not issued"):
                issue(facts)
    monkeypatch.setitem(TEMPLATES, facts.template, template)
    assert issue(facts).content == written(facts, date(2026, 11, 23))


def ours(content: LetterContent) -> Iterator[str]:
    """What the service says: not what the staff wrote, which stands in lists."""
    yield content.title
    yield from (each.text for each in content.blocks if each.text)


@pytest.mark.parametrize("template", LetterTemplate)
def test_a_reader_of_eleven_can_follow_every_letter(template: LetterTemplate) -> None:
    assert age_of(template) <= OLDEST


def age_of(template: LetterTemplate) -> float:
    """The age of the youngest reader who can follow this letter whatever the facts are."""
    return max(
        reading_age(plain(each) for each in ours(written(facts))) for facts in EVERY if facts.template == template
    )


def plain(said: str) -> str:
    """Without what nobody reads as words: addresses and references."""
    return re.sub(r"(https?://|www\.)\S+|\S+@\S+|\b[A-Z]-\d+\b", "it", said)


# The page of the documentation


def test_the_page_about_letters_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), "stale: python -m tests.test_letters > docs/letters.md"


def document() -> str:
    """The page of the documentation, with what each letter holds and who can read it."""
    return INTRODUCTION + "\n".join(row(each) for each in LetterTemplate) + "\n"


def row(template: LetterTemplate) -> str:
    """One letter in the table."""
    known = TEMPLATES[template]
    demanded = sorted(frozenset().union(*(known.demanded(each) for each in EVERY if each.template == template)))
    return f"| `{template}` | {known.title} | {known.rule} | {', '.join(map(words, demanded))} | {age_of(template)} |"


PAGE = Path(__file__).parent.parent / "docs" / "letters.md"
INTRODUCTION = """# Letters

A letter follows from a step of a case: nobody writes one by itself, and no step that calls for one is taken without it. What is
in it is frozen when it is issued, kept sealed, and shown with an entry in the audit trail. It is then sent by somebody, who
records how, when and to which verified contact (`record-sent`); it may come back (`record-returned`), and be written anew with
the same facts and the details of now (`replace`). One that nobody has sent two days after it was issued is told to the
management; that is the service's own default. The answer to a rights request is sent with the request itself, by its own step;
what came back, or was written anew since, goes only to a contact that was confirmed in the request (RIGHT-18).

| Address | What it is |
| --- | --- |
| `GET /v1/letters?case_id=` | the letters of a case |
| `GET /v1/letters/{id}` | one as a record: its blocks, its facts, the law that it names, and what became of it |
| `GET /v1/letters/{id}/document` | one as it is sent: a page, or a PDF or Markdown if that is accepted |
| `GET /v1/letters/{id}/document.html`, `.pdf`, `.md` | the same in one form; the PDF is tagged (PDF/UA-1), by the extra `pdf` |
| `GET /v1/legal-references?on=&for=` | the law that letters and cases name, as it stands on a day |

Whatever people wrote is set as text in every form. The regulator of data protection is named as it is on the day of the letter;
`CHARTER_REGULATORS` adds what a release does not know yet, such as a new address.

Why it is made so is told in [decision 0020](adr/0020-letters-are-data.md).

## What each letter holds

A letter is issued only if it says all of this; some of it is demanded with certain facts alone. The last column is the age at
which our words can be read, by the formula of Flesch and Kincaid: the aim is 11. What the staff write is not counted.

| Letter | Title | Rule | What it has to hold | Age |
| --- | --- | --- | --- | --- |
"""

if __name__ == "__main__":
    print(document(), end="")  # noqa: T201 - the page is written to standard output
