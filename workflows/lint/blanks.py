"""What a policy leaves blank: no date, no address, no holder, no name."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from models.clauses import Clause, Consequence, Topic
from models.policies import LinkKind, PolicyLink
from models.roles import Duty
from models.settings import MedicalMessages, Origin, ReviewChannelKind
from workflows.lint.findings import Severity
from workflows.lint.inspection import (
    DUTIES,
    Check,
    Inspected,
    Told,
    at,
    at_setting,
    at_settings,
    check,
    listed,
    these,
)
from workflows.lint.sources import (
    COMPLAINT_ROUTE,
    EQUALITY_ACT,
    NO_GUESSWORK,
    NOTHING_OPEN,
    OWN_PAGES_ONLY,
    REVIEW,
    TWO_PEOPLE,
)

BLANK: Final = re.compile(
    r"\blist\b[^.]{0,40} is (left )?(empty|blank)|\bannounced, but is empty|\bdocument (gives no|does not (say|name))\b"
    r"|\bno title of its own|\bwithout its title|\band no page\b|\bto be (confirmed|added|decided)\b|\bTB[AC]\b"
    r"|\[(insert|name|date|address|practice)\b[^\]]*\]|\binsert (here|name|date|link)\b|_{3,}|\.{4,}|\blorem ipsum\b",
    re.IGNORECASE,
)
"""How a text says of itself that something is still to be filled in."""

PROPER_NAME: Final = re.compile(r"\b[A-Z]{2,}\b|(?<=\s)[A-Z][a-z]+")
"""An abbreviation, or a capital after the first word."""

NEEDS_ADDRESS: Final = (ReviewChannelKind.OWN_PAGE, ReviewChannelKind.OWN_WEBSITE)

GIVEN_BY: Final[dict[Duty, Callable[[Clause], bool]]] = {
    Duty.BE_TOLD: lambda clause: clause.key == "report_posts",
    Duty.MONITOR: lambda clause: clause.key == "comments_monitored",
    Duty.REMOVE: lambda clause: Consequence.POST_DELETED in clause.consequences,
    Duty.CONTACT_AUTHOR: lambda clause: Consequence.AUTHOR_ASKED_TO_REMOVE in clause.consequences,
    Duty.DECIDE: lambda clause: clause.key == "options_on_refusal",
    Duty.HANDLE_COMPLAINTS: lambda clause: Consequence.COMPLAINT_ROUTE_OFFERED in clause.consequences,
    Duty.ANSWER_REVIEWS: lambda clause: clause.topic == Topic.REVIEWS,
    Duty.USE_PLATFORMS: lambda clause: clause.key == "named_users_only",
}
"""Which clauses ask that somebody has a duty."""

REPORTED_APART: Final = frozenset({"never_removed_for_complaining"})
"""Settings of which another check says more."""


@check(Severity.ADVICE, REVIEW)
def review_date_missing(policy: Inspected) -> Told | None:
    """No document says when the policy is looked at again."""
    review = policy.content.review_due
    if review and review.origin == Origin.FROM_POLICY:
        return None
    return Told(
        "The document states no date for its next review. The service keeps one of its own.",
        [at("review_due", "next review")],
    )


@check(Severity.INFORMATION, TWO_PEOPLE)
def self_approved_version(policy: Inspected) -> Told | None:
    """The version table tells of versions that one person edited and approved."""
    lines = [(line, each) for line, each in enumerate(policy.content.document.history) if each.self_approved]
    if not lines:
        return None
    return Told(
        f"The version table names one person as editor and approver of {versions(each.number for _, each in lines)}."
        " Here somebody else approves a version.",
        [at(f"document/history/{line}", f"version {each.number} in the version table") for line, each in lines],
    )


def versions(numbers: Iterable[str]) -> str:
    """Versions as a sentence names them."""
    found = list(numbers)
    return f"version{'s' if len(found) > 1 else ''} {listed(found)}"


@check(Severity.ADVICE, EQUALITY_ACT)
def equality_not_considered(policy: Inspected) -> Told | None:
    """The document is silent about the protected characteristics."""
    if policy.content.equality_considered.value:
        return None
    return Told(
        "The document does not say that the protected characteristics were considered.",
        [at("equality_considered", "equality considered")],
    )


@check(Severity.ADVICE, NOTHING_OPEN)
def left_blank(policy: Inspected) -> Told | None:
    """A text says of itself that something in it is open."""
    places = [where for where, text in policy.texts(with_notes=False) if BLANK.search(text)]
    if not places:
        return None
    return Told("The text says of itself that something is empty, unnamed or still to be filled in.", places)


@check(Severity.WARNING, COMPLAINT_ROUTE)
def complaints_link_missing(policy: Inspected) -> Told | None:
    """No link leads to the complaints procedure."""
    if of_kind(policy, LinkKind.COMPLAINTS):
        return None
    return Told("No link names the practice's complaints procedure.", [at("links")])


@check(Severity.WARNING, COMPLAINT_ROUTE)
def complaints_link_without_target(policy: Inspected) -> Told | None:
    """The complaints procedure is named and can't be opened."""
    if any(link.target for link in of_kind(policy, LinkKind.COMPLAINTS)):
        return None
    links = of_kind(policy, LinkKind.COMPLAINTS)
    if not links:
        return None
    return Told("The complaints procedure is named without an address that leads to it.", policy.at_links(links))


def of_kind(policy: Inspected, kind: LinkKind) -> list[PolicyLink]:
    """The links of one kind."""
    return [link for link in policy.content.links if link.kind == kind]


@check(Severity.INFORMATION, NOTHING_OPEN)
def links_without_target(policy: Inspected) -> Told | None:
    """Other documents are named and can't be opened."""
    links = [each for each in policy.content.links if each.kind != LinkKind.COMPLAINTS]
    closed = [each for each in links if each.target is None]
    if not closed:
        return None
    return Told(
        f"{len(closed)} of {len(links)} other documents are named without an address that leads to them.",
        policy.at_links(closed),
    )


@check(Severity.ADVICE, NOTHING_OPEN)
def link_superseded(policy: Inspected) -> Told | None:
    """A document that is named gives way to another."""
    links = [link for link in policy.content.links if link.superseded_by]
    if not links:
        return None
    return Told("A document that is to be read with this policy is, or will be, replaced.", policy.at_links(links))


@check(Severity.INFORMATION, OWN_PAGES_ONLY)
def pages_without_address(policy: Inspected) -> Told | None:
    """The practice's own pages have no address."""
    accounts = [each for each in policy.settings.platform_accounts.value if each.url is None]
    if not accounts:
        return None
    names = listed([str(each.platform) for each in accounts])
    return Told(f"The practice's own pages are named without an address: {names}.", [at_setting("platform_accounts")])


@check(Severity.ADVICE, NOTHING_OPEN)
def review_channel_unusable(policy: Inspected) -> Told | None:
    """A patient may leave a review, and can't tell where."""
    channel, clauses = policy.settings.review_channel.value, policy.clauses(Topic.REVIEWS)
    unnamed = channel.kind == ReviewChannelKind.UNSTATED
    if not clauses or not (unnamed or (channel.kind in NEEDS_ADDRESS and channel.url is None)):
        return None
    where = "says nothing of where" if unnamed else "gives no address of the page where"
    return Told(
        f"{these(clauses, 'speaks', 'speak')} of reviews; the policy {where} they are left.",
        [*policy.at_clauses(clauses), at_setting("review_channel")],
    )


@check(Severity.ADVICE, NOTHING_OPEN)
def redirect_without_address(policy: Inspected) -> Told | None:
    """Medical messages are sent on, and no address says where to."""
    redirected = policy.settings.medical_messages.value == MedicalMessages.DELETED_AND_REDIRECTED
    if not redirected or policy.settings.online_contact_url.value:
        return None
    return Told(
        "Medical messages are redirected to an online service for which no address is given.",
        [at_setting("online_contact_url")],
    )


@check(Severity.ADVICE, NOTHING_OPEN)
def defence_body_unnamed(policy: Inspected) -> Told | None:
    """The practice turns to a defence body, and none is named."""
    clause, named = policy.clause("defence_body_asked"), policy.settings.defence_body.value
    if clause is None or (named and PROPER_NAME.search(named)):
        return None
    return Told(
        f"{these([clause], 'turns', 'turn')} to a defence body; the policy does not name it.",
        [*policy.at_clauses([clause]), at_setting("defence_body")],
    )


@check(Severity.ADVICE, NO_GUESSWORK)
def duty_left_open(policy: Inspected) -> Told | None:
    """A clause asks that somebody does something, and no role is named for it."""
    open_ones = open_duties(policy)
    if not open_ones:
        return None
    clauses = [each for each in policy.content.clauses if any(GIVEN_BY[duty](each) for duty in open_ones)]
    names = [f"{DUTIES}.{duty}" for duty in open_ones]
    return Told(
        f"{these(clauses, 'asks', 'ask')} for something to be done, and the document"
        f" names no role for it. The service assumes who has {listed(names)}.",
        [*policy.at_clauses(clauses), *at_settings(names)],
    )


def open_duties(policy: Inspected) -> list[Duty]:
    """Duties that a clause speaks of and that only the service hands to somebody."""
    return [
        duty
        for duty, given in GIVEN_BY.items()
        if getattr(policy.settings.duties, duty).origin == Origin.SERVICE_DEFAULT
        and any(map(given, policy.content.clauses))
    ]


@check(Severity.INFORMATION, NO_GUESSWORK)
def service_defaults(policy: Inspected) -> Told | None:
    """Where the document is silent, the service assumes something."""
    apart = REPORTED_APART | {f"{DUTIES}.{duty}" for duty in open_duties(policy)}
    assumed = [
        name
        for name, setting in policy.all_settings()
        if setting.origin == Origin.SERVICE_DEFAULT and name not in apart
    ]
    if not assumed:
        return None
    return Told(
        f"The document says nothing of {len(assumed)} settings, and the service assumes a value for each: {listed(assumed)}.",
        at_settings(assumed),
    )


@check(Severity.WARNING, NOTHING_OPEN)
def duty_without_holder(policy: Inspected) -> Told | None:
    """Nobody at the practice holds a role that the policy gives a duty to."""
    if policy.roles_held is None:
        return None
    idle = [duty for duty in Duty if not policy.roles_held.intersection(getattr(policy.settings.duties, duty).value)]
    if not idle:
        return None
    names = [f"{DUTIES}.{duty}" for duty in idle]
    return Told(f"Nobody at the practice holds a role that has {listed(names)}.", at_settings(names))


CHECKS: Final[tuple[Check, ...]] = (
    review_date_missing,
    self_approved_version,
    equality_not_considered,
    left_blank,
    complaints_link_missing,
    complaints_link_without_target,
    links_without_target,
    link_superseded,
    pages_without_address,
    review_channel_unusable,
    redirect_without_address,
    defence_body_unnamed,
    duty_left_open,
    service_defaults,
    duty_without_holder,
)
