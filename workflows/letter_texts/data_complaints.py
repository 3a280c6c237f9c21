"""Letters about a complaint that information was handled wrongly (Data Protection Act 2018, section 164A)."""

from collections.abc import Iterator
from typing import Final

from models.letter_elements import Element
from models.letter_facts.complaints import (
    AboutDataComplaint,
    ComplaintOutcome,
    DataComplaintAcknowledged,
    DataComplaintOutcome,
    DataComplaintProgress,
)
from models.letter_facts.facts import LetterTemplate
from models.letters import LetterBlock
from workflows.letter_texts.shared import court, leaflet, questions, regulator
from workflows.letter_texts.writing import Desk, heading, items, template, text
from workflows.outlines import in_words

LAW: Final = ("dpa_164a", "dpa_165")
FOUND: Final = {
    ComplaintOutcome.UPHELD: "You are right. We did not do this as we should have. We are sorry.",
    ComplaintOutcome.PARTLY_UPHELD: "You are right in part. We are sorry for that part.",
    ComplaintOutcome.NOT_UPHELD: "We did not find that we did anything wrong.",
}


def which_complaint(facts: AboutDataComplaint) -> Iterator[LetterBlock]:
    """Which complaint a letter is about."""
    request = f" It is about your request {facts.request}." if facts.request else ""
    yield text(
        f"On {in_words(facts.received_on)} we had your complaint about how we use your information. Our reference for it is"
        f" {facts.reference}.{request}",
        Element.WHICH_COMPLAINT,
    )
    yield items([facts.about])


def if_about_care(facts: DataComplaintAcknowledged) -> frozenset[Element]:
    """The procedure for complaints about care, where it is one of those too."""
    both = {Element.WAYS_TO_COMPLAIN, Element.THREE_WORKING_DAYS, Element.OMBUDSMAN} if facts.nhs_complaint else set()
    return frozenset(both)


@template(
    LetterTemplate.DATA_COMPLAINT_ACKNOWLEDGED,
    "We have your complaint",
    rule="LET-20",
    demands=[Element.WHICH_COMPLAINT, Element.WHAT_NEXT, Element.COMPLAIN_TO_REGULATOR],
    law=LAW,
    further=if_about_care,
)
def acknowledged(facts: DataComplaintAcknowledged, desk: Desk) -> Iterator[LetterBlock]:
    """That it is here, and what happens now."""
    yield from which_complaint(facts)
    yield text("If we got this wrong, please tell us.")
    yield heading("What happens next")
    yield text(
        "We look into it without delay, and tell you how far we are. Then we tell you what we found, and what we do about it.",
        Element.WHAT_NEXT,
    )
    if facts.nhs_complaint:
        yield text(
            "You also told us that you are unhappy with our care. For that there is a way of its own. We do both."
        )
        yield from leaflet(desk)
    yield heading("Who else you can turn to")
    yield regulator(desk)
    yield from questions(desk)


@template(
    LetterTemplate.DATA_COMPLAINT_PROGRESS,
    "How far we are with your complaint",
    rule="LET-20",
    demands=[Element.WHICH_COMPLAINT, Element.WHAT_WAS_DONE, Element.WHAT_NEXT, Element.COMPLAIN_TO_REGULATOR],
    law=LAW,
)
def progress(facts: DataComplaintProgress, desk: Desk) -> Iterator[LetterBlock]:
    """What was done so far, and when there is more to say."""
    yield from which_complaint(facts)
    yield heading("What we did so far")
    yield items(facts.done_so_far, Element.WHAT_WAS_DONE)
    yield heading("What happens next")
    yield text(f"We will write to you again by {in_words(facts.next_by)}.", Element.WHAT_NEXT)
    yield heading("Who else you can turn to")
    yield regulator(desk)
    yield from questions(desk)


def if_something_was_done(facts: DataComplaintOutcome) -> frozenset[Element]:
    """What was done about it, where something was."""
    return frozenset({Element.WHAT_WAS_DONE} if facts.done else set())


@template(
    LetterTemplate.DATA_COMPLAINT_OUTCOME,
    "What we found about your complaint",
    rule="LET-20",
    demands=[Element.WHICH_COMPLAINT, Element.OUTCOME, Element.REASONS, Element.COMPLAIN_TO_REGULATOR, Element.COURT],
    law=(*LAW, "dpa_167"),
    further=if_something_was_done,
)
def outcome(facts: DataComplaintOutcome, desk: Desk) -> Iterator[LetterBlock]:
    """What was found, why, and what was done about it."""
    yield from which_complaint(facts)
    yield heading("What we found")
    yield text(FOUND[facts.outcome], Element.OUTCOME)
    yield items(facts.reasons, Element.REASONS)
    if facts.done:
        yield heading("What we do about it")
        yield items(facts.done, Element.WHAT_WAS_DONE)
    yield heading("If you do not agree")
    yield regulator(desk)
    yield court()
    yield from questions(desk)
