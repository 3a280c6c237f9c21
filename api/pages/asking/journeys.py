"""The two forms, question by question: a request about one's information, and a complaint about how it is used."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from api.pages.asking.checks import (
    LONGEST_LINE,
    LONGEST_PARAGRAPH,
    address,
    born,
    email,
    matching,
    nhs_number,
    one_of,
    phone,
    text,
)
from api.pages.asking.questions import Fault, Field, Here, Journey, Question, Said, Shape
from models.references import well_formed

RIGHTS: Final = ("access", "rectification", "erasure", "restriction", "portability", "objection")
WHOSE: Final = ("myself", "somebody")
RELATIONS: Final = (
    "parent", "attorney", "deputy", "solicitor", "advocate", "friend", "personal_representative", "claimant",
)  # fmt: skip
DEAD: Final = ("personal_representative", "claimant")
SCOPES: Final = ("clinical_record", "marketing", "website_account", "complaint_file", "conduct_file", "staff_record")
CONTACTS: Final = ("by_email", "by_phone", "by_post")
KNOWN: Final = ("known", "unknown")


def says(name: str, what: str) -> Callable[[Said], bool]:
    """Asked of whoever answered that."""
    return lambda said: said.get(name) == what


for_somebody: Final = says("whose", "somebody")


def for_the_dead(said: Said) -> bool:
    """Whether the person whom it is about has died."""
    return for_somebody(said) and said.get("relation") in DEAD


def about_the_living(said: Said) -> bool:
    """Of somebody who has died only the health record can be asked for."""
    return not for_the_dead(said)


def may_ask_that(said: Said) -> bool:
    """The dead have no rights over their information: some may see what their health record says, and no more."""
    return about_the_living(said) or said.get("right") == "access"


def suits_the_right(said: Said, here: Here) -> list[Fault]:
    """How somebody may act for another was chosen, and goes with what they ask for."""
    missing = one_of("relation", RELATIONS)(said, here)
    return missing or ([] if may_ask_that(said) else [Fault("relation", "relation.only_access")])


def choice(name: str, options: tuple[str, ...], **how: object) -> Question:
    """A question with a few answers, of which one is chosen."""
    return Question(name, Shape.CHOICE, (Field(name),), one_of(name, options), options, **how)  # type: ignore[arg-type]  # named as they are declared


WHO: Final = (
    Question("name", Shape.LINE, (Field("name", "name"),), text("name", LONGEST_LINE), of_person=True),
    Question(
        "born", Shape.DAY,
        (
            Field("day", "bday-day", inputmode="numeric", width=2),
            Field("month", "bday-month", inputmode="numeric", width=2),
            Field("year", "bday-year", inputmode="numeric", width=4),
        ),
        born, of_person=True,
    ),
    choice("knows_number", KNOWN, of_person=True),
    Question(
        "nhs_number", Shape.LINE, (Field("nhs_number", inputmode="numeric", width=10),), nhs_number,
        asked=says("knows_number", "known"), of_person=True,
    ),
)  # fmt: skip
"""Who somebody is."""

CONTACT: Final = (
    choice("contact", CONTACTS),
    Question(
        "email", Shape.LINE, (Field("email", "email", "email"),), email, asked=says("contact", "by_email"),
    ),
    Question(
        "phone", Shape.LINE, (Field("phone", "tel", "tel", width=20),), phone, asked=says("contact", "by_phone"),
    ),
    Question(
        "address", Shape.LINES,
        (
            Field("line_1", "address-line1"), Field("line_2", "address-line2"), Field("town", "address-level2"),
            Field("county"), Field("postcode", "postal-code", width=10),
        ),
        address, asked=says("contact", "by_post"),
    ),
)  # fmt: skip
"""How somebody is reached."""

CONTACT_ROWS: Final = ("contact", "email", "phone", "address")

NAME, BORN, *_ = WHO
REPRESENTATIVE: Final = Question(
    "representative", Shape.LINE, (Field("representative", "name"),), text("representative", LONGEST_LINE),
    asked=for_somebody,
)  # fmt: skip

ASKING: Final = Journey(
    "request", "rights",
    (
        choice("right", RIGHTS),
        choice("whose", WHOSE),
        Question(
            "relation", Shape.CHOICE, (Field("relation"),), suits_the_right, RELATIONS, asked=for_somebody,
            holds=may_ask_that,
        ),
        REPRESENTATIVE,
        *WHO,
        *CONTACT,
        choice("scope", SCOPES, of_person=True, asked=about_the_living),
        Question(
            "about", Shape.PARAGRAPH, (Field("about", spelling=True),), text("about", LONGEST_PARAGRAPH),
        ),
    ),
    (
        ("request", ("right", "scope", "about")),
        ("person", ("whose", "relation", "representative", "name", "born", "knows_number", "nhs_number")),
        ("contact", CONTACT_ROWS),
    ),
)  # fmt: skip

COMPLAINING: Final = Journey(
    "complaint", "data-protection-complaint",
    (
        choice("about_request", KNOWN),
        Question(
            "reference", Shape.LINE, (Field("reference", width=20),), matching("reference", well_formed),
            asked=says("about_request", "known"),
        ),
        Question(
            "complaint", Shape.PARAGRAPH, (Field("complaint", spelling=True),), text("complaint", LONGEST_PARAGRAPH),
        ),
        choice("whose", WHOSE), REPRESENTATIVE, NAME, replace(BORN, asked=says("whose", "myself")), *CONTACT,
    ),
    (
        ("complaint", ("about_request", "reference", "complaint")),
        ("person", ("whose", "representative", "name", "born")),
        ("contact", CONTACT_ROWS),
    ),
    linked=("reference",),
)  # fmt: skip
