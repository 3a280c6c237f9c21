"""A letter from its facts: composed by the template that they are for, and looked through for all that its rule demands."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any, Final

from models.legal_references import Citation
from models.letter_elements import Element
from models.letter_facts.facts import Facts, LetterTemplate
from models.letters import Addressee, LetterBlock, LetterContent, Sender
from models.people import Person
from workflows.legal_references import cited
from workflows.letter_texts import data_complaints, decisions, endings, incidents, removals, requests
from workflows.letter_texts.writing import TEMPLATES, Desk, Template
from workflows.regulator import regulator_on
from workflows.roles import PracticeInForce

WRITTEN_IN: Final = (incidents, removals, requests, decisions, endings, data_complaints)
"""Where the templates stand: each declares its own."""


def template_of(facts: Any) -> Template[Any]:
    """The template that these facts are for."""
    name: LetterTemplate = facts.template
    return TEMPLATES[name]


def compose(facts: Facts, practice: PracticeInForce, day: date, addressee: Addressee | None) -> LetterContent:
    """The whole letter as it reads on a day (Europe/London)."""
    chosen = template_of(facts)
    return LetterContent(
        title=chosen.title, sender=Sender(code=practice.code, name=practice.name, contacts=practice.contacts),
        addressee=addressee, written_on=day, greeting=greeting(addressee),
        blocks=tuple(chosen.write(facts, Desk(practice, day, regulator_on(day, practice.regulators)))),
        signed=signed(practice) if addressee else (),
    )  # fmt: skip


def greeting(addressee: Addressee | None) -> str | None:
    """How the letter begins."""
    if addressee is None:
        return None
    return f"Dear {addressee.name}" if addressee.name else "Hello"


def signed(practice: PracticeInForce) -> tuple[str, ...]:
    """How the letter ends."""
    return tuple(filter(None, ("Yours sincerely", practice.name)))


def missing(facts: Facts, blocks: Sequence[LetterBlock]) -> frozenset[Element]:
    """What the rule demands of a letter with these facts, and it doesn't say."""
    held = {each.holds for each in blocks if says_something(each)}
    return frozenset(each for each in template_of(facts).demanded(facts) if each not in held)


def says_something(block: LetterBlock) -> bool:
    """Whether there is anything to read in a block."""
    return any(each.strip() for each in (block.text, *block.items))


def citations(facts: Facts, day: date) -> list[Citation]:
    """The law that the letter rests on, as it stands on a day (Europe/London)."""
    return cited(template_of(facts).law, day)


def hash_of(content: LetterContent) -> str:
    """A fingerprint of all that is read."""
    return sha256(content.model_dump_json().encode()).hexdigest()


def addressed(found: Sequence[Person]) -> Addressee:
    """The first of the people that were looked up, as somebody to write to; without a name where none is known."""
    if not found:
        return Addressee()
    person = found[0]
    contact = person.contact
    address = (*contact.address, *([contact.postcode] if contact.postcode else [])) if contact else ()
    return Addressee(person_id=person.id, name=person.name, address=tuple(address))
