"""What patients can expect of a practice: what follows, how it is reached, how a complaint is made, and what their rights are."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from models.clauses import Consequence, Topic
from models.guidance import Contact, Passage, Statement
from models.judgements import Judgement
from models.settings import Article, Platform
from workflows.guidance.questions import called, judged, own_pages, sentences
from workflows.guidance.sources import Told
from workflows.guidance.wording import PLATFORMS, RIGHTS, both, team

ELSEWHERE: Final = {
    "deed": "post_online",
    "venue": "third_party_account",
    "about": ["practice"],
    "grounds": ["harassing"],
}
FALSE_CLAIM: Final = {**ELSEWHERE, "about": ["staff_member"], "grounds": ["defamatory"]}
THREAT: Final = {"deed": "abuse", "kind": "threat", "venue": "premises"}
ASKED: Final = frozenset({Consequence.AUTHOR_ASKED_TO_REMOVE})
NOTHING_SAID: Final = "Our rules do not say what we do then."


def follows(told: Told) -> Passage:
    """What follows when a rule is broken, as the conduct check has it, and what the practice may not do."""
    statements = [
        *on_our_pages(told),
        following(told, "elsewhere", "If you post abuse somewhere else:", ELSEWHERE),
        following(told, "left_up", "If we ask you to take it down, and you do not:", LEFT_UP, besides=ASKED),
        following(told, "false_claim", "If you post a false claim about one of us:", FALSE_CLAIM, besides=ASKED),
        following(
            told, "threat", "If you threaten or hurt someone:", THREAT, law=frozenset({"immediate_removal_narrow"})
        ),
    ]
    return Passage(
        key="follows", title="What happens if someone breaks the rules", statements=[*statements, *always(told)]
    )


LEFT_UP: Final = {**ELSEWHERE, "left_up_after_request": True}
ON_OUR_PAGE: Final = {**ELSEWHERE, "venue": "own_page"}


def always(told: Told) -> Iterator[Statement]:
    """What holds whatever was done."""
    text = "You can tell us if you think that we got it wrong. You can also complain."
    stands = told.stands([], "never_removed_for_complaining")
    yield Statement(key="fairness", text=text, law=told.law("complaint_never_ground", "warning_first"), stands=stands)


def following(
    told: Told, key: str, text: str, act: Mapping[str, Any], besides: frozenset[Consequence] = frozenset(),
    law: frozenset[str] = frozenset(),
) -> Statement:  # fmt: skip
    """What follows one act, but for what was told already; this law stands with it even where the policy says nothing."""
    judgement = judged(told, act)
    found = [each for each in judgement.consequences if each.consequence not in besides]
    narrowing = {name for each in found for name in each.narrowed_by}
    return Statement(
        key=key, text=text, items=list(sentences(found)) or [NOTHING_SAID],
        law=told.law(*sorted((narrowing | law) - TOLD_ANYWAY)), stands=stands(told, judgement),
    )  # fmt: skip


TOLD_ANYWAY: Final = frozenset({"warning_first", "defamation_defences"})
"""Law that stands with another statement of the same page."""


def stands(told: Told, judgement: Judgement) -> list[Any]:
    """Where it stands, if anything follows at all."""
    return told.judged_by(judgement) if judgement.consequences else []


def on_our_pages(told: Told) -> Iterator[Statement]:
    """What follows abuse on the practice's own pages: those of which the policy says the same are told together.

    A page of which it says nothing is left out where it says something of another.
    """
    pages = {page: following(told, "on_our_page", "", {**ON_OUR_PAGE, "platform": page}) for page in own_pages(told)}
    alike: dict[tuple[str, ...], list[Platform]] = {}
    for page, statement in pages.items():
        alike.setdefault(tuple(statement.items), []).append(page)
    for items, among in alike.items():
        if NOTHING_SAID not in items or len(alike) == 1:
            key = "on_our_page" if among[0] == next(iter(pages)) else f"on_our_page_{among[0]}"
            text = f"If you post abuse on our {called(*among)}:"
            yield pages[among[0]].model_copy(update={"key": key, "text": text})


def contacts(told: Told) -> list[Contact]:
    """How the practice is reached."""
    given, settings = told.contacts, told.content.settings
    known = [
        ("Phone", given.phone, given.phone and f"tel:{given.phone.replace(' ', '')}"),
        ("Email", given.email, given.email and f"mailto:{given.email}"),
        ("Website", given.website, given.website),
        ("Complaints", given.complaints, given.complaints),
        ("About your health", settings.online_contact.value, None),
        ("About your health, online", settings.online_contact_url.value, settings.online_contact_url.value),
        ("To tell us what you think", settings.feedback_route.value, None),
    ]
    return [Contact(label=label, value=value, href=href) for label, value, href in known if value]


def reaching(told: Told) -> Passage:
    """Whom to ask, and where not to wait."""
    statements = [
        Statement(
            key="ask", text="If you are not sure, ask us. We are glad to help. You can also ask at the front desk."
        ),
        Statement(key="emergency", text="In an emergency, call 999. For urgent help, call 111 or go to 111.nhs.uk."),
    ]
    if told.content.settings.platform_accounts.value and told.says("platform_accounts"):
        where = told.stands([], "platform_accounts")
        statements.append(Statement(key="pages", text=f"We have {run_by_us(own_pages(told))}.", stands=where))
    return Passage(key="reaching", title="How to reach us", statements=statements)


def run_by_us(pages: Collection[Platform]) -> str:
    """The practice's website, and its pages elsewhere."""
    elsewhere = [PLATFORMS[each] for each in pages if each != Platform.WEBSITE]
    website = ["a website"] if Platform.WEBSITE in pages else []
    return both([*website, *([f"{'pages' if elsewhere[1:] else 'a page'} on {both(elsewhere)}"] if elsewhere else [])])


def complaining(told: Told) -> Passage:
    """How a complaint is made, and what the law promises to whoever makes one."""
    clauses = [each for each in told.clauses(Topic.COMPLAINTS) if not each.places]
    who = f"Give your complaint to {team(told.content.settings.duties.handle_complaints.value)}."
    named = told.says("duties.handle_complaints")
    statements = [
        Statement(
            key="how", text=f"{who if named else 'Tell anyone on our staff.'} Someone can help you to do it.",
            law=told.law("complaint_route"), stands=told.stands(clauses, "duties.handle_complaints"),
        ),
        Statement(
            key="when",
            text=(
                "Please do it within 12 months of what went wrong, or of the day when you found out. Are you later than that?"
                " Tell us why, and we may still be able to look into it. We must tell you within 3 working days that we have"
                " your complaint."
            ),
        ),
        Statement(
            key="commissioner", text="Would you rather not complain to us?", law=told.law("complaint_to_commissioner")
        ),
        Statement(
            key="next",
            text="Are you still not happy with our answer? Then you can go to the Parliamentary and Health Service Ombudsman.",
        ),
        Statement(key="never", text="It is safe to complain.", law=told.law("complaint_never_ground")),
    ]  # fmt: skip
    if law := told.law("data_protection_complaint", "data_complaint_to_regulator"):
        statements.append(Statement(key="data", text="Is it about how we use facts about you?", law=law))
    return Passage(key="complaining", title="How to complain", statements=statements)


def rights(told: Told) -> Passage:
    """The rights over one's record, and the right to say who is in the room."""
    clauses = told.clauses(Topic.INFORMATION_RIGHTS)
    items = [f"{RIGHTS[each]}." for each in Article]
    statements = [
        Statement(
            key="record", text="You have rights over what we hold about you. You can ask us to let you:", items=items,
            law=told.law("rights_are_statutory"), stands=told.stands(clauses, "rights_listed"),
        ),
        Statement(
            key="asking",
            text="You can ask in any way that suits you. It helps if you tell us your name, your date of birth and what you want.",
        ),
    ]  # fmt: skip
    if trainees := told.clauses(Topic.TRAINING_PRACTICE):
        text = "Doctors and students learn here. You can say no to being seen by them, or to having them in the room."
        law = told.law("consent_to_presence")
        statements.append(Statement(key="trainees", text=text, law=law, stands=told.stands(trainees)))
    return Passage(key="rights", title="Your rights", statements=statements)
