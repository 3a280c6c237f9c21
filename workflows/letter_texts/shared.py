"""What many letters say: how to reach the practice, how to complain, and who else can be turned to."""

from collections.abc import Iterator

from models.letter_elements import Element
from models.letters import LetterBlock
from workflows.letter_texts.writing import Desk, heading, text


def reached(desk: Desk) -> str:
    """How the practice is reached, after "you can"."""
    contacts = desk.practice.contacts
    ways = [
        f"call {contacts.phone}" if contacts.phone else "",
        f"write to {contacts.email}" if contacts.email else "",
        "speak to us at reception",
    ]
    *before, last = [each for each in ways if each]
    return f"{', '.join(before)} or {last}" if before else last


def questions(desk: Desk) -> Iterator[LetterBlock]:
    """Whom to ask."""
    yield heading("If you have a question")
    yield text(f"You can {reached(desk)}. Tell us if you need this letter in large print or in some other way.")


def how_to_complain(desk: Desk) -> Iterator[LetterBlock]:
    """The complaint route, in short."""
    yield heading("If you want to complain")
    yield text(
        f"You can complain to us at any time. You can {reached(desk)}. {at_address(desk)}".strip(),
        Element.COMPLAINT_ROUTE,
    )
    yield text(
        "We will not treat you any worse because you complain.",
        Element.NOT_HELD_AGAINST,
    )


def at_address(desk: Desk) -> str:
    """Where the complaints procedure stands, if it stands anywhere."""
    address = desk.practice.contacts.complaints
    return f"How it works is set out at {address}." if address else ""


def data_complaint(desk: Desk) -> Iterator[LetterBlock]:
    """The three ways to go on for whoever thinks that their information is handled wrongly (UK GDPR, Article 12(4))."""
    yield heading("If you do not agree")
    yield text(
        f"You can complain to us about how we use your information. You can {reached(desk)}. We must tell you within 30 days"
        " that we have it, look into it, and tell you what we found.",
        Element.COMPLAIN_TO_US,
    )
    yield regulator(desk)
    yield court()


def court() -> LetterBlock:
    """The judicial remedy."""
    return text(
        "You can also ask a court to look at it. The court can order us to keep to the law. You may want to get legal advice"
        " first.",
        Element.COURT,
    )


def regulator(desk: Desk) -> LetterBlock:
    """The regulator as it is named and reached on the day."""
    known = desk.regulator
    address = f" You can write to: {', '.join(known.address)}." if known.address else ""
    return text(
        f"You can complain to {known.name}. See {known.website} or call {known.phone}.{address} They will often ask you to"
        " tell us first.",
        Element.COMPLAIN_TO_REGULATOR,
    )


def leaflet(desk: Desk) -> Iterator[LetterBlock]:
    """All that the complaints leaflet says (SI 2009/309)."""
    yield heading("How to complain")
    yield text(f"You can complain by talking to us, in writing or online. You can {reached(desk)}. {at_address(desk)}".strip(),
               Element.WAYS_TO_COMPLAIN)  # fmt: skip
    yield text(
        "Please do it within 12 months of what went wrong, or of the day when you found out. We may still look at it later"
        " if there is a good reason.",
        Element.TWELVE_MONTHS,
    )
    yield text(
        "We will tell you within 3 working days that we have your complaint. We will talk with you about how we look into"
        " it, and how long that takes. Then we will tell you what we found.",
        Element.THREE_WORKING_DAYS,
    )
    yield text(
        "You do not have to come to us. You can complain to our integrated care board. It is the part of the NHS that pays"
        " for our care.",
        Element.COMMISSIONER,
    )
    yield text(
        "There is free help to make a complaint. Your council can tell you who gives it where you live. Someone else can"
        " complain for you, if you agree.",
        Element.HELP_TO_COMPLAIN,
    )
    yield ombudsman()
    yield text(
        "We will not treat you any worse because you complain.",
        Element.NOT_HELD_AGAINST,
    )


def ombudsman() -> LetterBlock:
    """Who looks at a complaint after the practice."""
    return text(
        "If you are still unhappy after that, you can go to the Parliamentary and Health Service Ombudsman. It is free. See"
        " www.ombudsman.org.uk or call 0345 015 4033.",
        Element.OMBUDSMAN,
    )
