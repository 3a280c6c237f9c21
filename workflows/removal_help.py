"""Removal help: how each site is asked to take something down, what to gather first, and who asks at this practice (I-04).

The table is data, written in our own words; each line says on which day it was known and where from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from models.record import Payload
from models.roles import Duty
from models.settings import DutyHolders, ReviewChannelKind
from models.sites import Site
from workflows.removal_sites import KNOWN_ON, SITES, AboutSite
from workflows.roles import PracticeInForce


class Route(StrEnum):
    """A way to have something taken down."""

    DELETE_OURSELVES = "delete_ourselves"
    ASK_THE_AUTHOR = "ask_the_author"
    REPORT_TO_SITE = "report_to_site"
    PRIVATE_INFORMATION = "private_information"
    IMPERSONATION = "impersonation"
    LEGAL_NOTICE = "legal_notice"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a route: in general, on whose word."""

    how: str
    source: str


GENERAL: Final[Mapping[Route, Known]] = {
    Route.DELETE_OURSELVES: Known(
        "On a page of its own the practice can hide or delete what others wrote. Hiding is enough in an emergency.",
        "The practice's own policy; no site lets anybody delete from somebody else's page.",
    ),
    Route.ASK_THE_AUTHOR: Known(
        "Ask whoever wrote it, in private, to take it down, and offer the complaints procedure if it is a complaint.",
        "The practice's own policy.",
    ),
    Route.REPORT_TO_SITE: Known(
        "Report the material from the menu beside it, under the rule of the site that it breaks, and note the day. Never report"
        " a complaint.",
        "General; the wording of each site's menu changes.",
    ),
    Route.PRIVATE_INFORMATION: Known(
        "Where it shows somebody's private information, the person whose information it is asks, or agrees that it is asked for"
        " them. The practice as such has no privacy of its own.",
        "UK GDPR, Articles 4(1) and 17; misuse of private information protects individuals.",
    ),
    Route.IMPERSONATION: Known(
        "Where somebody passes themselves off as the practice or as a colleague, report the account and not only the post.",
        "General; sites ask for proof of who is impersonated.",
    ),
    Route.LEGAL_NOTICE: Known(
        "Take advice from the defence body first. A notice of complaint under the Defamation Act is for a statement whose author"
        " can't be identified, and serious harm has to be shown. The regulator orders no single post to be removed.",
        "Defamation Act 2013, sections 1 and 5; SI 2013/3028, regulation 2; Online Safety Act 2023, section 21.",
    ),
}
"""What holds on every site."""

GATHER: Final = (
    "A copy of the material with its address, the day and the time, before anything is hidden, deleted or reported.",
    "A description instead, where copying it may itself be unlawful.",
    "Which rule of the site it breaks, or whose private information it shows.",
    "Whether it is, or hides, a complaint, and that the complaints route has been offered.",
    "Whether the author is known; if not, say that they can't be identified.",
    "The consent of anybody in whose name it is asked.",
)
"""What to have at hand before anybody is asked."""


class RemovalRoute(Payload):
    """One way to have something taken down, on whose word, and on which day that was known."""

    route: Route
    how: str
    source: str
    known_on: date


class WhoAsks(Payload):
    """Who asks at this practice, and where its policy says so; without a source the service assumes it."""

    duty: Duty
    held: DutyHolders


class RemovalHelp(Payload):
    """How something is taken down from one site, and who at this practice sees to it."""

    site: Site
    named_in_policy: bool
    own_page: bool
    about_the_site: AboutSite
    gather: list[str]
    routes: list[RemovalRoute]
    who_asks: list[WhoAsks]


def removal_help(site: Site, practice: PracticeInForce) -> RemovalHelp:
    """The help for one site, as the practice's policy in force has it."""
    own = site in own_pages(practice)
    routes = [each for each in Route if own or each != Route.DELETE_OURSELVES]
    return RemovalHelp(
        site=site, named_in_policy=site in sites_named(practice), own_page=own,
        about_the_site=SITES[site], gather=[*GATHER, *SITES[site].gather],
        routes=[
            RemovalRoute(route=each, how=GENERAL[each].how, source=GENERAL[each].source, known_on=KNOWN_ON)
            for each in routes
        ],
        who_asks=[
            WhoAsks(duty=duty, held=getattr(practice.settings.duties, duty))
            for duty in (Duty.REMOVE, Duty.CONTACT_AUTHOR)
        ],
    )  # fmt: skip


def own_pages(practice: PracticeInForce) -> set[Site]:
    """Where the practice can delete what others post."""
    return {Site(each.platform) for each in practice.settings.platform_accounts.value if each.deletable}


def sites_named(practice: PracticeInForce) -> list[Site]:
    """The sites that the policy in force names: its own pages, those that it recognises, and where it sends reviews."""
    settings = practice.settings
    named = {Site(each.platform) for each in settings.platform_accounts.value}
    named |= {Site(each) for each in settings.recognised_platforms.value}
    if settings.review_channel.value.kind == ReviewChannelKind.NHS_WEBSITE:
        named.add(Site.NHS_WEBSITE)
    return [each for each in Site if each in named]
