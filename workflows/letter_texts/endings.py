"""Letters about restrictions, about requests that end without an answer, and about the records of the dead."""

from collections.abc import Iterator
from typing import Final

from models.letter_elements import Element
from models.letter_facts.facts import LetterTemplate
from models.letter_facts.rights import (
    AboutTheDead,
    DeceasedDecision,
    DeceasedRequestAcknowledged,
    LapseReminder,
    Outcome,
    RequestLapsed,
    RequestTransferred,
    RequestWithdrawn,
    RestrictionInForce,
    RestrictionLifting,
    RestrictionReason,
    WaitingFor,
)
from models.letters import LetterBlock
from workflows.letter_texts.requests import RIGHTS_LAW, which_request
from workflows.letter_texts.shared import data_complaint, how_to_complain, questions, reached
from workflows.letter_texts.writing import Desk, heading, items, template, text
from workflows.outlines import in_words

BECAUSE: Final = {
    RestrictionReason.ACCURACY_CONTESTED: "You say that it is not right, and we are checking that.",
    RestrictionReason.UNLAWFUL: "We should not have used it as we did, and you do not want it deleted.",
    RestrictionReason.NEEDED_FOR_CLAIM: "We do not need it any more, but you need it for a legal claim.",
    RestrictionReason.OBJECTION_PENDING: "You said no to a use of it, and we are looking into that.",
}
MISSING: Final = {
    WaitingFor.IDENTITY: "something that shows us who you are",
    WaitingFor.AUTHORITY: "something that shows us that you may ask for someone else",
    WaitingFor.FEE: "the fee",
    WaitingFor.CLARIFICATION: "more about what you want",
}


@template(
    LetterTemplate.RESTRICTION_IN_FORCE,
    "We have limited how we use what we hold",
    rule="LET-15",
    demands=[
        Element.WHICH_REQUEST,
        Element.WHAT_IS_RESTRICTED,
        Element.REASONS,
        Element.WHAT_RESTRICTION_MEANS,
        Element.TOLD_BEFORE_LIFTING,
        Element.COMPLAIN_TO_US,
    ],
    law=(*RIGHTS_LAW, "article_18"),
)
def restriction_in_force(facts: RestrictionInForce, desk: Desk) -> Iterator[LetterBlock]:
    """What is restricted, why, and what that means."""
    yield which_request(facts)
    yield heading("What is limited")
    yield text(f"Since {in_words(facts.since)} we limit how we use this:")
    yield items(facts.what, Element.WHAT_IS_RESTRICTED)
    yield text(f"Why: {BECAUSE[facts.reason]}", Element.REASONS)
    yield heading("What that means")
    yield text(
        "We keep it, and staff can see that it is limited. We use it only if you agree, for a legal claim, to protect someone,"
        " or if the law says that it matters to all of us.",
        Element.WHAT_RESTRICTION_MEANS,
    )
    yield text("We will write to you before this ends.", Element.TOLD_BEFORE_LIFTING)
    yield from data_complaint(desk)
    yield from questions(desk)


@template(
    LetterTemplate.RESTRICTION_LIFTING,
    "We are about to use what we hold as before",
    rule="LET-15",
    demands=[
        Element.WHICH_REQUEST,
        Element.WHAT_IS_RESTRICTED,
        Element.REASONS,
        Element.TOLD_BEFORE_LIFTING,
        Element.COMPLAIN_TO_US,
        Element.COMPLAIN_TO_REGULATOR,
    ],
    law=(*RIGHTS_LAW, "article_18"),
)
def restriction_lifting(facts: RestrictionLifting, desk: Desk) -> Iterator[LetterBlock]:
    """Article 18(3): what is lifted, why, and from when, before it is."""
    yield which_request(facts)
    yield heading("What is limited now")
    yield text(f"Since {in_words(facts.since)} we limit how we use this:")
    yield items(facts.what, Element.WHAT_IS_RESTRICTED)
    yield heading("What will change")
    yield text(
        f"From {in_words(facts.lifted_from)} we will use it as we did before. We tell you now, so that you know it first.",
        Element.TOLD_BEFORE_LIFTING,
    )
    yield heading("Why")
    yield items(facts.reasons, Element.REASONS)
    yield from data_complaint(desk)
    yield from questions(desk)


@template(
    LetterTemplate.REQUEST_WITHDRAWN,
    "You took your request back",
    rule="LET-19",
    demands=[Element.WHICH_REQUEST, Element.OUTCOME, Element.ASK_AGAIN],
    law=RIGHTS_LAW,
)
def request_withdrawn(facts: RequestWithdrawn, desk: Desk) -> Iterator[LetterBlock]:
    """That the request is closed at the person's own wish."""
    yield which_request(facts)
    yield text(
        f"On {in_words(facts.withdrawn_on)} you told us that you do not want it any more. So we have closed it, and do"
        " nothing more about it.",
        Element.OUTCOME,
    )
    yield text(
        f"If that is not so, please tell us. You can {reached(desk)}. You can ask again at any time.", Element.ASK_AGAIN
    )
    yield from questions(desk)


@template(
    LetterTemplate.REQUEST_TRANSFERRED,
    "Someone else holds what you asked for",
    rule="LET-19",
    demands=[
        Element.WHICH_REQUEST,
        Element.NEW_HOLDER,
        Element.REASONS,
        Element.COMPLAIN_TO_US,
        Element.COMPLAIN_TO_REGULATOR,
        Element.COURT,
    ],
    law=RIGHTS_LAW,
)
def request_transferred(facts: RequestTransferred, desk: Desk) -> Iterator[LetterBlock]:
    """Who holds it, and how they are reached."""
    yield which_request(facts)
    yield heading("Why we can't answer it")
    yield items(facts.reasons, Element.REASONS)
    yield heading("Who can answer it")
    yield items([facts.to, facts.reach], Element.NEW_HOLDER)
    yield text("Please ask them. We have closed your request here.")
    yield from data_complaint(desk)
    yield from questions(desk)


@template(
    LetterTemplate.LAPSE_REMINDER,
    "We still need something from you",
    rule="LET-19",
    demands=[Element.WHICH_REQUEST, Element.WHAT_WE_WAIT_FOR, Element.CLOSES_ON, Element.ASK_AGAIN],
    law=RIGHTS_LAW,
)
def lapse_reminder(facts: LapseReminder, desk: Desk) -> Iterator[LetterBlock]:
    """What is missing, and when the request is closed without it."""
    yield which_request(facts)
    yield text(
        f"On {in_words(facts.asked_on)} we asked you for {MISSING[facts.waiting_for]}. We do not have it yet, and can't go on"
        " without it.",
        Element.WHAT_WE_WAIT_FOR,
    )
    yield text(
        f"If we do not hear from you by {in_words(facts.closes_on)}, we will close your request.", Element.CLOSES_ON
    )
    yield text(
        f"If it is hard for you to get, tell us. You can {reached(desk)}. You can also ask again later.",
        Element.ASK_AGAIN,
    )
    yield from questions(desk)


@template(
    LetterTemplate.REQUEST_LAPSED,
    "We have closed your request",
    rule="LET-19",
    demands=[
        Element.WHICH_REQUEST,
        Element.WHAT_WE_WAIT_FOR,
        Element.OUTCOME,
        Element.ASK_AGAIN,
        Element.COMPLAIN_TO_US,
        Element.COMPLAIN_TO_REGULATOR,
        Element.COURT,
    ],
    law=RIGHTS_LAW,
)
def request_lapsed(facts: RequestLapsed, desk: Desk) -> Iterator[LetterBlock]:
    """That the request was closed, for what, and that it can be made again."""
    yield which_request(facts)
    yield text(
        f"On {in_words(facts.asked_on)} we asked you for {MISSING[facts.waiting_for]}. On {in_words(facts.reminded_on)} we asked"
        " you again. We do not have it.",
        Element.WHAT_WE_WAIT_FOR,
    )
    yield text(
        "So we have closed your request. We have not told anyone anything, and we have not changed anything.",
        Element.OUTCOME,
    )
    yield text(f"You can ask again at any time. You can {reached(desk)}.", Element.ASK_AGAIN)
    yield from data_complaint(desk)
    yield from questions(desk)


def about_the_dead(facts: AboutTheDead) -> LetterBlock:
    """Which application a letter is about."""
    return text(
        f"On {in_words(facts.received_on)} you asked us to see the health record of {facts.deceased}. We are sorry for your"
        f" loss. Our reference is {facts.reference}.",
        Element.WHICH_REQUEST,
    )


def if_missing(facts: DeceasedRequestAcknowledged) -> frozenset[Element]:
    """What the practice still needs, where it needs something."""
    return frozenset({Element.WHAT_WOULD_SETTLE_IT} if facts.would_settle else set())


@template(
    LetterTemplate.DECEASED_REQUEST_ACKNOWLEDGED,
    "You asked to see the record of someone who has died",
    rule="LET-21",
    demands=[Element.WHICH_REQUEST, Element.DUE_DAY, Element.COMPLAINT_ROUTE],
    law=("ahra_1990",),
    further=if_missing,
)
def deceased_request_acknowledged(facts: DeceasedRequestAcknowledged, desk: Desk) -> Iterator[LetterBlock]:
    """By when the application is answered, and what is still needed."""
    yield about_the_dead(facts)
    if facts.would_settle:
        yield heading("What we need from you")
        yield text(
            "The law lets some people see such a record: whoever settles the estate, and whoever may have a claim."
        )
        yield items(facts.would_settle, Element.WHAT_WOULD_SETTLE_IT)
        yield text("Our time to answer starts anew on the day when we have this.")
    yield heading("When you will hear from us")
    yield text(f"We will answer by {in_words(facts.due_on)} at the latest.", Element.DUE_DAY)
    if facts.steps:
        yield text("How we found that day:")
        yield items(facts.steps)
    yield from how_to_complain(desk)
    yield from questions(desk)


def given_or_not(facts: DeceasedDecision) -> frozenset[Element]:
    """What is given, unless it is refused; and the reasons, unless all is given."""
    given = {Element.WHAT_WAS_DONE} if facts.outcome != Outcome.REFUSED else set()
    return frozenset(given | ({Element.REASONS} if facts.outcome != Outcome.UPHELD else set()))


@template(
    LetterTemplate.DECEASED_DECISION,
    "The record of someone who has died: our answer",
    rule="LET-21",
    demands=[Element.WHICH_REQUEST, Element.OUTCOME, Element.COMPLAINT_ROUTE, Element.COURT],
    law=("ahra_1990",),
    further=given_or_not,
)
def deceased_decision(facts: DeceasedDecision, desk: Desk) -> Iterator[LetterBlock]:
    """What is shown of the record, and why not the rest."""
    yield about_the_dead(facts)
    yield heading("Our answer")
    yield text(GIVEN[facts.outcome], Element.OUTCOME)
    if facts.done:
        yield heading("What we give you")
        yield items(facts.done, Element.WHAT_WAS_DONE)
    if facts.reasons:
        yield heading("What we leave out, and why")
        yield items(facts.reasons, Element.REASONS)
    yield heading("If you do not agree")
    yield text("You can also ask a court to look at it. You may want to get legal advice first.", Element.COURT)
    yield from how_to_complain(desk)
    yield from questions(desk)


GIVEN: Final = {
    Outcome.UPHELD: "You can see what you asked for.",
    Outcome.PARTLY_UPHELD: "You can see part of what you asked for.",
    Outcome.REFUSED: "We can't show you the record.",
}
