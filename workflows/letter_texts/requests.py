"""Letters on the way of an information rights request: from its receipt to what the practice still needs."""

from collections.abc import Iterator
from typing import Final

from models.letter_elements import Element
from models.letter_facts.facts import LetterTemplate
from models.letter_facts.rights import (
    AboutRequest,
    AuthorityAsked,
    ClarificationAsked,
    ExtensionGround,
    FeeAsked,
    FeeGround,
    IdentityAsked,
    RequestAcknowledged,
    TimeExtended,
)
from models.letters import LetterBlock
from models.settings import Article
from workflows.letter_texts.shared import data_complaint, questions, reached
from workflows.letter_texts.writing import Desk, heading, items, template, text
from workflows.outlines import in_words

RIGHTS_LAW: Final = ("article_12", "article_12a", "dpa_164a", "dpa_165", "dpa_167")
"""What every letter about a request rests on: how it is answered, by when, and where to turn."""

ASKED: Final = {
    Article.ACCESS: "to see what we hold about {whom}, or to get a copy",
    Article.RECTIFICATION: "to put right what we hold about {whom}",
    Article.ERASURE: "to delete what we hold about {whom}",
    Article.RESTRICTION: "to limit how we use what we hold about {whom}",
    Article.PORTABILITY: "to hand over what we hold about {whom}, so that it can be used elsewhere",
    Article.OBJECTION: "to stop a use of what we hold about {whom}",
}
FEES: Final = {
    FeeGround.MANIFESTLY_UNFOUNDED: "We find that this request is not made in order to use the right, but for some other end.",
    FeeGround.EXCESSIVE: "We find that this request asks for far more than is fair.",
    FeeGround.FURTHER_COPY: "The first copy is free. This is for a further copy.",
}
EXTENDED: Final = {
    ExtensionGround.COMPLEXITY: "Your request is complex.",
    ExtensionGround.NUMBER_OF_REQUESTS: "You have made a number of requests.",
}


def which_request(facts: AboutRequest) -> LetterBlock:
    """Which request a letter is about."""
    whom = facts.subject or "you"
    return text(
        f"On {in_words(facts.received_on)} you asked us {ASKED[facts.right].format(whom=whom)}. Our reference for it is"
        f" {facts.reference}. Please quote it if you write to us.",
        Element.WHICH_REQUEST,
    )


@template(
    LetterTemplate.REQUEST_ACKNOWLEDGED,
    "We have your request",
    rule="LET-11",
    demands=[
        Element.WHICH_REQUEST,
        Element.WHAT_WAS_ASKED,
        Element.DUE_DAY,
        Element.COMPLAIN_TO_US,
        Element.COMPLAIN_TO_REGULATOR,
    ],
    law=RIGHTS_LAW,
)
def request_acknowledged(facts: RequestAcknowledged, desk: Desk) -> Iterator[LetterBlock]:
    """What was asked, and by when it is answered."""
    yield which_request(facts)
    yield heading("What you asked for")
    yield items([facts.asks_for], Element.WHAT_WAS_ASKED)
    yield text("If this is not right, please tell us.")
    yield heading("When you will hear from us")
    yield text(
        f"We will answer as soon as we can, and by {in_words(facts.due_on)} at the latest. If we need to know more first, we"
        " will ask you. The day may then move. It costs you nothing.",
        Element.DUE_DAY,
    )
    if facts.steps:
        yield text("How we found that day:")
        yield items(facts.steps)
    yield from data_complaint(desk)
    yield from questions(desk)


@template(
    LetterTemplate.IDENTITY_ASKED,
    "Please show us who you are",
    rule="LET-12",
    demands=[
        Element.WHICH_REQUEST,
        Element.DOUBT,
        Element.WHAT_WOULD_SETTLE_IT,
        Element.EFFECT_ON_TIME,
        Element.COMPLAIN_TO_US,
    ],
    law=RIGHTS_LAW,
)
def identity_asked(facts: IdentityAsked, desk: Desk) -> Iterator[LetterBlock]:
    """Why there is a doubt, what would settle it, and that the month begins when it comes."""
    yield which_request(facts)
    yield heading("Why we ask")
    yield text("We must be sure that we do not tell the wrong person. For now we are not sure who you are:")
    yield items([facts.doubt], Element.DOUBT)
    yield heading("What would help")
    yield text("Any one of these will do:")
    yield items(facts.would_settle, Element.WHAT_WOULD_SETTLE_IT)
    yield text("We look at it, and do not keep it.")
    yield heading("What this means for the time")
    yield text(
        "We can't tell you anything, or change anything, before we are sure. Our time to answer, one month, starts on the day"
        " when we have it from you.",
        Element.EFFECT_ON_TIME,
    )
    yield from data_complaint(desk)
    yield from questions(desk)


@template(
    LetterTemplate.AUTHORITY_ASKED,
    "Please show us that you may ask for someone else",
    rule="LET-12",
    demands=[Element.WHICH_REQUEST, Element.WHAT_WOULD_SETTLE_IT, Element.EFFECT_ON_TIME, Element.COMPLAIN_TO_US],
    law=RIGHTS_LAW,
)
def authority_asked(facts: AuthorityAsked, desk: Desk) -> Iterator[LetterBlock]:
    """What would show the authority, and that the month begins when it comes."""
    yield which_request(facts)
    yield heading("Why we ask")
    yield text(
        "You ask for someone else. We must know that you may. What we hold is theirs, and we must keep it private."
    )
    yield heading("What would help")
    yield text("Any one of these will do:")
    yield items(facts.would_settle, Element.WHAT_WOULD_SETTLE_IT)
    yield heading("What this means for the time")
    yield text(
        "We can't tell you anything, or change anything, before we know. Our time to answer, one month, starts on the day"
        " when we have it from you.",
        Element.EFFECT_ON_TIME,
    )
    yield from data_complaint(desk)
    yield from questions(desk)


@template(
    LetterTemplate.FEE_ASKED,
    "There is a fee for your request",
    rule="LET-13",
    demands=[
        Element.WHICH_REQUEST,
        Element.REASONS,
        Element.FEE_AND_BASIS,
        Element.EFFECT_ON_TIME,
        Element.COMPLAIN_TO_US,
        Element.COMPLAIN_TO_REGULATOR,
        Element.COURT,
    ],
    law=RIGHTS_LAW,
)
def fee_asked(facts: FeeAsked, desk: Desk) -> Iterator[LetterBlock]:
    """Why there is a fee, how it was worked out, and that the month begins when it is paid."""
    yield which_request(facts)
    yield heading("Why there is a fee")
    yield text(f"As a rule this is free. {FEES[facts.ground]}")
    yield items(facts.reasons, Element.REASONS)
    yield heading("How much it is")
    yield items([f"£{facts.amount:.2f}", f"How we worked it out: {facts.basis}"], Element.FEE_AND_BASIS)
    yield heading("What this means for the time")
    yield text("Our time to answer, one month, starts on the day when you pay.", Element.EFFECT_ON_TIME)
    yield text(f"To pay, or if you can't, you can {reached(desk)}.")
    yield from data_complaint(desk)
    yield from questions(desk)


def pauses(facts: ClarificationAsked) -> str:
    """What asking does to the time: it stops for access alone."""
    if facts.right == Article.ACCESS:
        return "From today until the day when you answer, the time that we have does not run. Then it runs on."
    return "Our time to answer runs on while we wait for you. So the sooner you tell us, the better we can help."


@template(
    LetterTemplate.CLARIFICATION_ASKED,
    "Please tell us more about what you want",
    rule="LET-12",
    demands=[Element.WHICH_REQUEST, Element.QUESTIONS, Element.EFFECT_ON_TIME, Element.COMPLAIN_TO_US],
    law=RIGHTS_LAW,
)
def clarification_asked(facts: ClarificationAsked, desk: Desk) -> Iterator[LetterBlock]:
    """What is unclear, and what asking does to the time."""
    yield which_request(facts)
    yield heading("What we would like to know")
    yield text("We want to find the right things for you. Please tell us:")
    yield items(facts.questions, Element.QUESTIONS)
    yield heading("What this means for the time")
    yield text(pauses(facts), Element.EFFECT_ON_TIME)
    yield text("If you do not want to say more, tell us that. We will then do what we can with what we have.")
    yield from data_complaint(desk)
    yield from questions(desk)


@template(
    LetterTemplate.TIME_EXTENDED,
    "We need more time for your request",
    rule="LET-14",
    demands=[
        Element.WHICH_REQUEST,
        Element.REASONS,
        Element.DUE_DAY,
        Element.COMPLAIN_TO_US,
        Element.COMPLAIN_TO_REGULATOR,
        Element.COURT,
    ],
    law=RIGHTS_LAW,
)
def time_extended(facts: TimeExtended, desk: Desk) -> Iterator[LetterBlock]:
    """Why two further months are needed, and by when the answer comes now."""
    yield which_request(facts)
    yield heading("Why we need more time")
    yield text(EXTENDED[facts.ground])
    yield items(facts.reasons, Element.REASONS)
    yield heading("When you will hear from us")
    yield text(
        f"We had until {in_words(facts.was_due_on)} to answer you. The law lets us take two more months for such a request,"
        f" and no more. We will answer by {in_words(facts.due_on)} at the latest, and sooner if we can.",
        Element.DUE_DAY,
    )
    yield from data_complaint(desk)
    yield from questions(desk)
