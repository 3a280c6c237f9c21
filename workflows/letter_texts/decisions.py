"""Letters that answer an information rights request, right by right: what was done, and why not where the answer is no."""

from collections.abc import Callable, Iterator
from typing import Final

from models.letter_elements import Element
from models.letter_facts.facts import LetterTemplate
from models.letter_facts.rights import (
    AccessDecision,
    Decision,
    ErasureDecision,
    ObjectionDecision,
    Outcome,
    PortabilityDecision,
    RectificationDecision,
    RectificationResult,
    RestrictionDecision,
)
from models.letters import LetterBlock
from workflows.letter_texts.requests import RIGHTS_LAW, which_request
from workflows.letter_texts.shared import data_complaint, questions
from workflows.letter_texts.writing import Desk, heading, items, template, text

ALWAYS: Final = (
    Element.WHICH_REQUEST,
    Element.OUTCOME,
    Element.COMPLAIN_TO_US,
    Element.COMPLAIN_TO_REGULATOR,
    Element.COURT,
)
SAID: Final = {
    Outcome.UPHELD: "We have done what you asked.",
    Outcome.PARTLY_UPHELD: "We have done part of what you asked. This letter says which part, and why not the rest.",
    Outcome.REFUSED: "We have not done what you asked. This letter says why.",
}


def by_outcome(facts: Decision) -> frozenset[Element]:
    """What was done, unless it was refused; and the reasons, unless it was upheld."""
    wanted = {Element.WHAT_WAS_DONE} if facts.outcome != Outcome.REFUSED else set()
    return frozenset(wanted | ({Element.REASONS} if facts.outcome != Outcome.UPHELD else set()))


def with_recipients(facts: RectificationDecision | ErasureDecision | RestrictionDecision) -> frozenset[Element]:
    """Whoever was told of what was wrong or is gone, where something was done."""
    done = facts.outcome != Outcome.REFUSED
    return by_outcome(facts) | (frozenset({Element.RECIPIENTS}) if done else frozenset())


def with_note(facts: RectificationDecision) -> frozenset[Element]:
    """And what became of an opinion that stays."""
    noted = RectificationResult.NOTE_OF_DISAGREEMENT_ADDED in facts.results or facts.outcome != Outcome.UPHELD
    return with_recipients(facts) | (frozenset({Element.NOTE_OF_DISAGREEMENT}) if noted else frozenset())


def with_alternative(facts: PortabilityDecision) -> frozenset[Element]:
    """And what the person can have instead, where the answer is no in any part."""
    return by_outcome(facts) | (frozenset({Element.ALTERNATIVE}) if facts.outcome != Outcome.UPHELD else frozenset())


def with_marketing(facts: ObjectionDecision) -> frozenset[Element]:
    """And that direct marketing stops, where it was about that."""
    return by_outcome(facts) | (frozenset({Element.MARKETING_STOPS}) if facts.direct_marketing else frozenset())


def answer(facts: Decision, done: str, desk: Desk, *between: LetterBlock) -> Iterator[LetterBlock]:
    """The answer in the order in which it is read: outcome, what was done, why not, and what the person can do."""
    yield which_request(facts)
    yield heading("Our answer")
    yield text(SAID[facts.outcome], Element.OUTCOME)
    if facts.done:
        yield heading(done)
        yield items(facts.done, Element.WHAT_WAS_DONE)
    if facts.reasons:
        yield heading("Why not all of it" if facts.outcome == Outcome.PARTLY_UPHELD else "Why not")
        yield items(facts.reasons, Element.REASONS)
    if facts.law:
        yield text("The law that this rests on:")
        yield items(facts.law)
    yield from between
    yield from data_complaint(desk)
    yield from questions(desk)


def with_information(facts: AccessDecision) -> frozenset[Element]:
    """And where the rest stands that whoever asks for access is told, unless it was refused."""
    return by_outcome(facts) | (
        frozenset({Element.FURTHER_INFORMATION}) if facts.outcome != Outcome.REFUSED else frozenset()
    )


def decision(
    name: LetterTemplate, title: str, *, rule: str, law: str, further: Callable[..., frozenset[Element]] = by_outcome
) -> Callable[[Callable[..., Iterator[LetterBlock]]], Callable[..., Iterator[LetterBlock]]]:
    """Declare a letter that answers a request."""
    return template(name, title, rule=rule, demands=ALWAYS, law=(*RIGHTS_LAW, law), further=further)


@decision(
    LetterTemplate.ACCESS_DECISION,
    "What we hold about you: our answer",
    rule="LET-16",
    law="article_15",
    further=with_information,
)
def access(facts: AccessDecision, desk: Desk) -> Iterator[LetterBlock]:
    """Article 15."""
    if facts.outcome == Outcome.REFUSED:
        yield from answer(facts, "What we give you", desk)
        return
    yield from answer(
        facts, "What we give you", desk,
        heading("What else there is to know"),
        text(
            "Our privacy notice tells you what we use it for, where we have it from, who else gets it and how long we keep it."
            " You can ask us for a copy. You can also ask us to put things right, to delete them or to use them less, and you can"
            " say no to some uses.",
            Element.FURTHER_INFORMATION,
        ),
        text("We made a fair search for what you asked for. If you think that something is missing, tell us what it is."),
        text(
            "Words in your record can be hard to read. You can ask us to explain them. If something is wrong, you can ask us to"
            " put it right."
        ),
    )  # fmt: skip


@decision(
    LetterTemplate.RECTIFICATION_DECISION,
    "Putting things right: our answer",
    rule="LET-17",
    law="article_16",
    further=with_note,
)
def rectification(facts: RectificationDecision, desk: Desk) -> Iterator[LetterBlock]:
    """Article 16: facts are corrected; an opinion stays, with a note of disagreement beside it."""
    between = [*noted(facts), *told(facts, facts.recipients, "put right")]
    yield from answer(facts, "What we put right", desk, *between)


def noted(facts: RectificationDecision) -> Iterator[LetterBlock]:
    """What became of an opinion that stays."""
    kept = (
        "We do not change what a doctor or nurse thought at the time, if they meant it and it is marked as their view."
    )
    added = RectificationResult.NOTE_OF_DISAGREEMENT_ADDED in facts.results
    if added or facts.outcome != Outcome.UPHELD:
        yield heading("What a doctor or nurse thought")
    if added:
        yield text(
            f"{kept} We have put a note beside it to say that you do not agree, and why. Whoever reads the one reads the other.",
            Element.NOTE_OF_DISAGREEMENT,
        )
    elif facts.outcome != Outcome.UPHELD:
        yield text(
            f"{kept} You can ask us to put a note beside it, to say that you do not agree, and why.",
            Element.NOTE_OF_DISAGREEMENT,
        )


def told(facts: Decision, recipients: tuple[str, ...], what: str) -> Iterator[LetterBlock]:
    """To whom the same was passed on (UK GDPR, Article 19)."""
    if facts.outcome == Outcome.REFUSED:
        return
    yield heading("Who else we told")
    if recipients:
        yield text(
            f"These had the same from us. We have told them, or will tell them, what was {what}:", Element.RECIPIENTS
        )
        yield items(recipients)
    else:
        yield text(
            f"If others had the same from us, we tell them what was {what}, where we can. You can ask us who they are.",
            Element.RECIPIENTS,
        )


@decision(
    LetterTemplate.ERASURE_DECISION,
    "Deleting what we hold: our answer",
    rule="LET-18",
    law="article_17",
    further=with_recipients,
)
def erasure(facts: ErasureDecision, desk: Desk) -> Iterator[LetterBlock]:
    """Article 17: most of a health record has to be kept, and there are other ways."""
    yield from answer(facts, "What we deleted", desk, *instead(facts), *told(facts, facts.recipients, "deleted"))


def instead(facts: ErasureDecision) -> Iterator[LetterBlock]:
    """What else can be asked for, where something is kept."""
    if facts.outcome != Outcome.UPHELD:
        yield heading("What else you can ask for")
        yield text(
            "Most of a health record must be kept, so that you can be cared for safely. If something in it is wrong, you can"
            " ask us to put it right. You can also ask us to limit how we use it."
        )


@decision(
    LetterTemplate.RESTRICTION_DECISION,
    "Limiting how we use what we hold: our answer",
    rule="LET-18",
    law="article_18",
    further=with_recipients,
)
def restriction(facts: RestrictionDecision, desk: Desk) -> Iterator[LetterBlock]:
    """Article 18."""
    between = list(told(facts, facts.recipients, "limited"))
    if facts.outcome != Outcome.REFUSED:
        between.append(text("We will tell you before this ends."))
    yield from answer(facts, "What we limited", desk, *between)


@decision(
    LetterTemplate.PORTABILITY_DECISION,
    "Taking your information with you: our answer",
    rule="LET-18",
    law="article_20",
    further=with_alternative,
)
def portability(facts: PortabilityDecision, desk: Desk) -> Iterator[LetterBlock]:
    """Article 20: seldom for a health record, and then there is another way."""
    another_way = facts.alternative or (
        "You can ask to see your record, and get a copy. Much of it is in the NHS App. If you move to another practice, your"
        " record goes there."
    )
    between = (
        [heading("What you can have"), text(another_way, Element.ALTERNATIVE)]
        if facts.outcome != Outcome.UPHELD
        else []
    )
    yield from answer(facts, "What we handed over", desk, *between)


@decision(
    LetterTemplate.OBJECTION_DECISION,
    "Saying no to a use: our answer",
    rule="LET-18",
    law="article_21",
    further=with_marketing,
)
def objection(facts: ObjectionDecision, desk: Desk) -> Iterator[LetterBlock]:
    """Article 21: direct marketing always stops."""
    stops = "We will not send you any more news or offers. You can always say no to those, and need give no reason."
    between = [text(stops, Element.MARKETING_STOPS)] if facts.direct_marketing else []
    yield from answer(facts, "What we stopped", desk, *between)
