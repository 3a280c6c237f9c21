"""Letters about what somebody posted or did, short of taking them off the list."""

from collections.abc import Iterator

from models.letter_elements import Element
from models.letter_facts.facts import LetterTemplate
from models.letter_facts.incidents import (
    Advice,
    AdviceFinding,
    ComplaintRoute,
    PublicReply,
    RecordingOnline,
    RemovalRequest,
)
from models.letters import LetterBlock
from workflows.letter_texts.shared import how_to_complain, leaflet, questions
from workflows.letter_texts.writing import Desk, heading, items, posts, template, text
from workflows.outlines import in_words
from workflows.replies import wording

FOUND = {
    AdviceFinding.UNFOUNDED: "We looked into what you posted. We did not find that it is true.",
    AdviceFinding.MALICIOUS: "We looked into what you posted. We found that it was meant to hurt.",
    AdviceFinding.UNREASONABLE: "We looked into what you posted. We found that it goes too far.",
}


@template(
    LetterTemplate.REMOVAL_REQUEST,
    "Please take down a post about us",
    rule="LET-3",
    demands=[Element.WHICH_POST, Element.WHY, Element.BY_WHEN, Element.WHAT_NEXT, Element.COMPLAINT_ROUTE],
    law=("complaints_2009",),
)
def removal_request(facts: RemovalRequest, desk: Desk) -> Iterator[LetterBlock]:
    """L1: which post, why, by when, and what happens next."""
    yield text("We saw what you posted online. We ask you to take it down.")
    yield heading("What we saw")
    yield posts(facts.posts, Element.WHICH_POST)
    yield heading("Why we ask you")
    yield items(facts.reasons, Element.WHY)
    yield heading("What we ask you to do")
    yield text(
        f"Please take it down by {in_words(facts.remove_by)}, and tell us when you have done it.", Element.BY_WHEN
    )
    yield text("The site has help pages that show you how. We can help you too, if you ask us.")
    yield heading("What happens next")
    yield text(
        "If it is gone by then, the matter is closed. If it is not, or if you say no, we will think about what to do next."
        " We may report the post to the site. We may ask for legal advice. If you think that we are wrong, tell us, and we"
        " will look at it again.",
        Element.WHAT_NEXT,
    )
    yield from how_to_complain(desk)
    yield from questions(desk)


@template(
    LetterTemplate.RECORDING_ONLINE,
    "Please take down a recording",
    rule="LET-4",
    demands=[
        Element.WHICH_POST,
        Element.OWN_USE,
        Element.OTHERS_PRIVACY,
        Element.WHY,
        Element.BY_WHEN,
        Element.WHAT_NEXT,
        Element.COMPLAINT_ROUTE,
    ],
    law=("bma_recording", "data_protection_claim", "misuse_of_private_information"),
)
def recording_online(facts: RecordingOnline, desk: Desk) -> Iterator[LetterBlock]:
    """L1b: a recording may be made for oneself, and is no more private when it is put online."""
    made = f" It was made on {in_words(facts.recorded_on)}." if facts.recorded_on else ""
    yield text(f"We found that a recording of an appointment here was put online.{made} We ask you to take it down.")
    yield heading("What we saw")
    yield posts([facts.posted], Element.WHICH_POST)
    yield heading("What you may do with a recording")
    yield text(
        "You may record your own appointment for yourself. You did nothing wrong by that, and we will not hold it against"
        " you. You may listen to it again, or play it to your family.",
        Element.OWN_USE,
    )
    yield text(
        "To put it online is not the same. Other people can be heard or seen in it. They have a right to a private life, and"
        " the law may let them go to court.",
        Element.OTHERS_PRIVACY,
    )
    yield heading("Why we ask you")
    yield items(facts.reasons, Element.WHY)
    yield heading("What we ask you to do")
    yield text(
        f"Please take it down by {in_words(facts.remove_by)}, and tell us when you have done it.", Element.BY_WHEN
    )
    yield heading("What happens next")
    yield text(
        "If it is gone by then, the matter is closed. If it is not, we may report it to the site, and we may ask for legal"
        " advice. If you think that we are wrong, tell us, and we will look at it again.",
        Element.WHAT_NEXT,
    )
    yield from how_to_complain(desk)
    yield from questions(desk)


@template(
    LetterTemplate.ADVICE,
    "About what you posted",
    rule="LET-5",
    demands=[
        Element.WHICH_POST,
        Element.REASONS,
        Element.FEEDBACK_WELCOME,
        Element.NOT_CONSTRUCTIVE,
        Element.NHS_CONSTITUTION,
        Element.WHAT_NEXT,
        Element.COMPLAINT_ROUTE,
    ],
    law=("nhs_constitution", "complaints_2009"),
)
def advice(facts: Advice, desk: Desk) -> Iterator[LetterBlock]:
    """L2: feedback is welcome, this is not constructive, and the NHS Constitution asks for respect on both sides."""
    yield heading("Your views are welcome")
    yield text(
        "We want to know what you think of our care, good or bad. It helps us to do better. You may say so to us, or in a"
        " review.",
        Element.FEEDBACK_WELCOME,
    )
    yield heading("What you posted")
    yield posts(facts.posts, Element.WHICH_POST)
    yield text(FOUND[facts.finding])
    yield items(facts.reasons, Element.REASONS)
    yield text(
        "So we do not think that this way of telling us helps you, us or anyone who reads it.", Element.NOT_CONSTRUCTIVE
    )
    yield heading("What the NHS asks of us all")
    yield text(
        "The NHS Constitution says what you can ask of the NHS, and what it asks of you. It asks us all to treat each other"
        " with respect. It also asks patients and staff to keep up a good bond of trust.",
        Element.NHS_CONSTITUTION,
    )
    yield heading("What happens next")
    yield text(
        "This letter is advice. It is not a warning, and you stay our patient. We ask you to take the post down, and to tell"
        " us in some other way what is wrong. If it goes on, it can harm the trust between us.",
        Element.WHAT_NEXT,
    )
    yield from how_to_complain(desk)
    yield from questions(desk)


@template(
    LetterTemplate.COMPLAINT_ROUTE,
    "How you can complain",
    rule="LET-9",
    demands=[
        Element.WAYS_TO_COMPLAIN,
        Element.TWELVE_MONTHS,
        Element.THREE_WORKING_DAYS,
        Element.COMMISSIONER,
        Element.HELP_TO_COMPLAIN,
        Element.OMBUDSMAN,
        Element.NOT_HELD_AGAINST,
    ],
    law=("complaints_2009", "complaint_to_commissioner"),
)
def complaint_route(facts: ComplaintRoute, desk: Desk) -> Iterator[LetterBlock]:
    """C1: how to complain, with all that the leaflet says."""
    yield text(
        f"On {in_words(facts.seen_on)} we saw that you are unhappy with us. We are sorry about that. We want to look into it."
    )
    if facts.about:
        yield text("What we understood:")
        yield items([facts.about])
    yield text(
        "We can't do that in public, because we must keep what we know about people private. This is how you can do it."
    )
    yield from leaflet(desk)
    if facts.asked_to_remove:
        yield heading("What you posted")
        yield text(
            "Once you have told us, we would like to agree with you that the post comes down. We look into your complaint in"
            " any case."
        )
    yield from questions(desk)


@template(LetterTemplate.PUBLIC_REPLY, "Public reply", rule="LET-10", demands=[Element.PUBLIC_TEXT])
def public_reply(facts: PublicReply, desk: Desk) -> Iterator[LetterBlock]:
    """G1: one of the fixed texts, which tell nothing about anybody (INC-19)."""
    yield text(wording(facts.reply, desk.practice), Element.PUBLIC_TEXT)
