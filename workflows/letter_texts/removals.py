"""Letters about the list: the warning that somebody may be taken off it, and the removal itself."""

from collections.abc import Iterable, Iterator

from models.letter_elements import Element
from models.letter_facts.facts import Conduct, LetterTemplate, Step
from models.letter_facts.incidents import (
    AppealOutcome,
    ImmediateRemoval,
    RemovalReasonKind,
    RemovalReasons,
    RemovalRiskWarning,
    WarningExemption,
    WarningReviewed,
)
from models.letters import LetterBlock
from workflows.letter_texts.shared import how_to_complain, ombudsman, questions, reached
from workflows.letter_texts.writing import Desk, heading, items, template, text
from workflows.outlines import in_words, moment_in_words

EXEMPT = {
    WarningExemption.MOVED_AWAY: "You now live outside our area.",
    WarningExemption.HARM_OR_RISK: "A warning could have harmed your health, or put someone at risk.",
    WarningExemption.NOT_REASONABLE_OR_PRACTICABLE: "It was not fair, or not possible, to warn you.",
}
REGISTER = (
    "You can register with another practice now. You can find one at www.nhs.uk or call 0300 311 22 33. If no practice takes"
    " you on, our integrated care board must find one for you. Your records go with you."
)


@template(
    LetterTemplate.REMOVAL_RISK_WARNING,
    "A warning: you may be taken off our list",
    rule="LET-6",
    demands=[
        Element.RISK_OF_REMOVAL,
        Element.REASONS,
        Element.CONDUCT_WITH_DATES,
        Element.WHAT_HAS_TO_CHANGE,
        Element.HOW_TO_ANSWER,
        Element.COMPLAINT_ROUTE,
    ],
    law=("pms_removal", "gms_removal", "gmc_ending"),
    edition=2,
)
def removal_risk_warning(facts: RemovalRiskWarning, desk: Desk) -> Iterator[LetterBlock]:
    """L3: the risk of removal, the reasons, the conduct with its dates, what has to change, and how to answer."""
    yield text(
        "This is a formal warning. If what we describe here goes on, we may ask the NHS to take you off our list of"
        " patients. You would then need a new practice.",
        Element.RISK_OF_REMOVAL,
    )
    yield heading("What happened")
    yield items(dated(facts.conduct), Element.CONDUCT_WITH_DATES)
    yield heading("Why we warn you")
    yield items(facts.reasons, Element.REASONS)
    yield heading("What has to change")
    yield items(facts.has_to_change, Element.WHAT_HAS_TO_CHANGE)
    yield heading("How long this counts")
    yield text(
        "This warning counts for 12 months from the day on which we send it. We keep a note of it. It does not change the"
        " care that you get from us."
    )
    yield heading("If you do not agree")
    yield text(
        f"You can tell us your side, and ask us to look at this again. Please do it by {in_words(facts.answer_by)}. You can"
        f" {reached(desk)}. Someone can help you or speak for you. Tell us too if you were ill, if something made things hard"
        " for you, or if you need us to do things in another way.",
        Element.HOW_TO_ANSWER,
    )
    yield from how_to_complain(desk)
    yield from questions(desk)


@template(
    LetterTemplate.WARNING_REVIEWED,
    "We looked at your warning again",
    rule="LET-6",
    demands=[Element.WARNING_STANDS_OR_GONE, Element.REASONS, Element.COMPLAINT_ROUTE],
    law=("pms_removal", "gms_removal"),
    edition=2,
)
def warning_reviewed(facts: WarningReviewed, desk: Desk) -> Iterator[LetterBlock]:
    """What became of a warning that was looked at again."""
    warned = in_words(facts.warned_on)
    if facts.outcome == AppealOutcome.RESCINDED:
        yield text(
            f"We take back the warning of {warned}. It does not count any more. We are sorry. We have noted this with the"
            " warning. You can ask us to put right anything in your record that is wrong.",
            Element.WARNING_STANDS_OR_GONE,
        )
    else:
        yield text(
            f"The warning of {warned} stands. It counts for 12 months from the day on which we sent it.",
            Element.WARNING_STANDS_OR_GONE,
        )
    yield heading("Why")
    yield items(facts.reasons, Element.REASONS)
    yield from how_to_complain(desk)
    yield from questions(desk)


@template(
    LetterTemplate.REMOVAL_REASONS,
    "We have asked for you to be taken off our list",
    rule="LET-7",
    demands=[
        Element.REASONS_OR_BREAKDOWN,
        Element.WARNING_OR_EXEMPTION,
        Element.EFFECTIVE_DAY,
        Element.REGISTER_ELSEWHERE,
        Element.COMPLAINT_ROUTE,
        Element.OMBUDSMAN,
    ],
    law=("pms_removal", "gms_removal", "gmc_ending"),
)
def removal_reasons(facts: RemovalReasons, desk: Desk) -> Iterator[LetterBlock]:
    """L4: why, when somebody was warned or why not, from which day, and where to go."""
    yield text("We are sorry to write this letter. We have asked the NHS to take you off our list of patients.")
    yield heading("Why")
    if facts.reason_kind == RemovalReasonKind.BREAKDOWN:
        yield text(
            "The trust between you and the practice has broken down, and we do not think that it can be mended. Without it"
            " we can't give you good care.",
            Element.REASONS_OR_BREAKDOWN,
        )
        yield from listed(facts.reasons)
    else:
        yield items(facts.reasons, Element.REASONS_OR_BREAKDOWN)
    yield from tried(facts.tried)
    yield heading("The warning")
    yield text(warned(facts), Element.WARNING_OR_EXEMPTION)
    yield heading("From when")
    yield text(
        f"You stay our patient until {in_words(facts.effective_on)}, and on that day you come off our list. If another"
        " practice takes you on before then, it is from that day. Until then we look after you as before. If we are in the"
        " middle of treating you, and you need us at least once a week, you stay a little longer.",
        Element.EFFECTIVE_DAY,
    )
    yield heading("What you need to do")
    yield text(REGISTER, Element.REGISTER_ELSEWHERE)
    yield text("This letter is about you alone. No one else in your home is taken off our list because of it.")
    yield from how_to_complain(desk)
    yield ombudsman()
    yield from questions(desk)


@template(
    LetterTemplate.IMMEDIATE_REMOVAL,
    "You were taken off our list at once",
    rule="LET-8",
    demands=[
        Element.EFFECTIVE_MOMENT,
        Element.CONDUCT_WITH_DATES,
        Element.POLICE_TOLD,
        Element.SPECIAL_ALLOCATION,
        Element.APPEAL,
        Element.WRITTEN_CONFIRMATION,
        Element.COMPLAINT_ROUTE,
        Element.OMBUDSMAN,
    ],
    law=("pms_violence", "gms_removal"),
)
def immediate_removal(facts: ImmediateRemoval, desk: Desk) -> Iterator[LetterBlock]:
    """L5: from which moment, what for, that the police were told, who looks after them now, and how to appeal."""
    yield text(
        f"You are no longer a patient of ours. You came off our list on {moment_in_words(facts.effective_at)}, when we told"
        " the NHS.",
        Element.EFFECTIVE_MOMENT,
    )
    yield text("We told the NHS at once. This letter confirms it to you in writing.", Element.WRITTEN_CONFIRMATION)
    yield heading("Why")
    yield items(dated(facts.conduct), Element.CONDUCT_WITH_DATES)
    yield text(
        f"Someone was hurt, or had to fear for their safety. We told the police on {in_words(facts.police_told_on)}.",
        Element.POLICE_TOLD,
    )
    yield heading("Who looks after you now")
    yield text(
        "You still have a right to a doctor. The NHS has a scheme for this. It is called the Special Allocation Scheme. A"
        " practice in that scheme will look after you. The NHS will write to tell you which one. Your place in the scheme is"
        " looked at each year. If you need help before that, call 111. In an emergency call 999.",
        Element.SPECIAL_ALLOCATION,
    )
    yield heading("If you do not agree")
    yield text(
        "You can ask the NHS to look at this again. How long you have for this is not the same in each part of the country."
        f" The letter that you get from the NHS tells you how to do it, and by when. {facts.appeal or ''}".strip(),
        Element.APPEAL,
    )
    yield from how_to_complain(desk)
    yield ombudsman()
    yield from questions(desk)


def warned(facts: RemovalReasons) -> str:
    """When somebody was warned; or why nobody had to be, and how that is known."""
    if facts.warned_on:
        return f"We warned you on {in_words(facts.warned_on)} that this could happen, and told you why."
    why = EXEMPT[facts.exemption] if facts.exemption else ""
    return f"We did not warn you first. {why} {facts.exemption_reason}"


def tried(steps: Iterable[Step]) -> Iterator[LetterBlock]:
    """What was tried before."""
    if said := [f"{in_words(each.on)}: {each.what}" if each.on else each.what for each in steps]:
        yield heading("What we tried first")
        yield items(said)


def listed(said: tuple[str, ...]) -> Iterator[LetterBlock]:
    """More of it, if there is more."""
    if said:
        yield items(said)


def dated(conduct: Iterable[Conduct]) -> list[str]:
    """What was done, each thing with its day."""
    return [f"{in_words(each.on)}: {each.what}" for each in conduct]
