"""What is known of each site where something may have to be taken down: which way fits what, and what the site does not do.

All of it is in our own words and dated. Of addresses only the front door of a site's public help is kept: forms move, doors stay.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from models.record import Payload
from models.sites import Site

KNOWN_ON: Final = date(2026, 11, 22)
OWN_HELP: Final = (
    "General knowledge of the site's public help and rules, which change: read them before you report anything."
)


class Concern(StrEnum):
    """What is wrong with the material, as sites tell their ways of reporting apart."""

    ABUSE = "abuse"
    PRIVATE_INFORMATION = "private_information"
    IMPERSONATION = "impersonation"
    LEGAL_REQUEST = "legal_request"
    INTELLECTUAL_PROPERTY = "intellectual_property"


class SiteRoute(Payload):
    """Which way of a site's own fits a concern."""

    concern: Concern
    how: str


class AboutSite(Payload):
    """What is known of one site: how it is asked, what it wants to be told besides, what it does not do, and on whose word.

    `help_address` is the front door of its public help, null where none is known for certain.
    """

    about: str
    routes: list[SiteRoute]
    gather: list[str]
    does_not: str
    help_address: str | None
    source: str
    known_on: date


def known(
    about: str, ways: Mapping[Concern, str], *, gather: list[str], does_not: str, door: str | None, source: str = OWN_HELP
) -> AboutSite:  # fmt: skip
    """What is known of a site on the day on which all of this was written down."""
    routes = [SiteRoute(concern=each, how=ways[each]) for each in Concern if each in ways]
    return AboutSite(
        about=about,
        routes=routes,
        gather=gather,
        does_not=does_not,
        help_address=door,
        source=source,
        known_on=KNOWN_ON,
    )


FACEBOOK: Final = known(
    "Posts, comments, profiles and pages are each reported from the menu beside them. On its own page the practice"
    " hides or deletes comments itself, and may block whoever wrote them.",
    {
        Concern.ABUSE: "Report the comment or post as bullying, harassment or a threat; report the profile only if"
        " all of it is of that sort.",
        Concern.PRIVATE_INFORMATION: "The person shown, or somebody who may act for them, asks through the form on"
        " privacy and images in the public help, or reports the post as private information.",
        Concern.IMPERSONATION: "Report the profile or page as pretending to be somebody. The public help has a form"
        " for those without an account; proof of who they are may be asked for.",
        Concern.LEGAL_REQUEST: "The public help has forms for material said to be unlawful where one lives,"
        " defamation among it. Take advice first: the exact words and why they are unlawful have to be said.",
        Concern.INTELLECTUAL_PROPERTY: "Whoever owns the photograph, text or mark, or acts for them, uses the"
        " copyright or the trade mark form. A logo of the NHS is not the practice's own.",
    },
    gather=["The address of the comment itself, taken from its date, and not only that of the page."],
    does_not="It settles no quarrel about what happened, and removes nothing for being unfair or bad for a"
    " reputation. It does not say who stands behind a profile.",
    door="https://www.facebook.com/help",
)
INSTAGRAM: Final = known(
    "A post, comment, story or account is reported from its menu. Comments under the practice's own posts can be"
    " deleted, filtered or switched off by the practice.",
    {
        Concern.ABUSE: "Report the comment, message or post as bullying or harassment. Limiting who may comment often"
        " helps sooner.",
        Concern.PRIVATE_INFORMATION: "The person shown, or somebody who may act for them, reports a photograph or"
        " private details through the menu or the privacy form in the public help.",
        Concern.IMPERSONATION: "Whoever is impersonated, or acts for them, reports the account. Proof of who they are"
        " may be asked for, and a report by anybody else may lead to nothing.",
        Concern.LEGAL_REQUEST: "The public help leads to a form for material said to be against local law, defamation"
        " among it. Take advice first.",
        Concern.INTELLECTUAL_PROPERTY: "Whoever owns it uses the copyright or the trade mark form. Being shown in a"
        " photograph is not owning it: that is a matter of privacy.",
    },
    gather=[
        "The name of the account as it is written, since the shown name can be changed.",
        "A copy at once where it is a story: it is gone after about a day.",
    ],
    does_not="It weighs no quarrel about facts, and takes nothing down for being unkind or untrue alone. It does not"
    " say who reported, nor who stands behind an account.",
    door="https://help.instagram.com",
)
X: Final = known(
    "A post or account is reported from its menu. The practice can hide a reply to its own post, which leaves it"
    " readable for whoever asks for hidden replies; it can delete nobody else's post.",
    {
        Concern.ABUSE: "Report the post as abuse, harassment or a threat, and add further posts of the same account"
        " where the report asks for them.",
        Concern.PRIVATE_INFORMATION: "Report it as private information, or as a photograph shared without leave. The"
        " person concerned, or somebody who may act for them, may have to confirm it.",
        Concern.IMPERSONATION: "Report the account. The public help has a form for those without one; parody that"
        " says so plainly may be allowed to stay.",
        Concern.LEGAL_REQUEST: "The public help has a form for requests on legal grounds. Take advice first: whoever"
        " wrote the post may be told of the request, and the post may be withheld in one country alone.",
        Concern.INTELLECTUAL_PROPERTY: "Whoever owns it uses the copyright or the trade mark form. A copyright notice"
        " may be passed on with the name of whoever sent it.",
    },
    gather=["The address of each post, and the name of the account as it stands behind the @ sign."],
    does_not="It does not decide what is true between two people, and criticism of a practice breaks none of its"
    " rules. It does not say who stands behind an account without an order of a court or the like.",
    door="https://help.x.com",
)
LINKEDIN: Final = known(
    "Posts, comments, messages and profiles are reported from the menu beside them. Those who run the practice's page"
    " can delete comments under its own posts.",
    {
        Concern.ABUSE: "Report the post, comment or message as harassment or abuse, so that it is judged by the rules"
        " for professional conduct there.",
        Concern.PRIVATE_INFORMATION: "The person concerned reports the post as sharing private details, or writes"
        " through the public help.",
        Concern.IMPERSONATION: "Report the profile as false. Where somebody only claims to work at the practice, the"
        " public help has a way to say that the profile is inaccurate.",
        Concern.LEGAL_REQUEST: "The public help has forms for material said to be unlawful, defamation among it. Take"
        " advice first: what is said may have to be declared to be true.",
        Concern.INTELLECTUAL_PROPERTY: "Whoever owns it uses the copyright or the trade mark form; whoever posted it"
        " may answer the notice.",
    },
    gather=["The address of the post, from its menu, and of the profile."],
    does_not="It is no referee of what happened at a place of work or of care, and removes no opinion for being"
    " unwelcome.",
    door="https://www.linkedin.com/help",
)
YOUTUBE: Final = known(
    "A video, comment or channel is reported from the menu below or beside it. Comments under the practice's own"
    " videos can be removed, held back or switched off.",
    {
        Concern.ABUSE: "Report the video or comment as harassment or hate; say at which minute it is.",
        Concern.PRIVATE_INFORMATION: "The person who can be recognised makes a privacy complaint of their own."
        " Whoever put the video up may be given some days to change it first.",
        Concern.IMPERSONATION: "Report the channel as impersonating, not single videos.",
        Concern.LEGAL_REQUEST: "There is a form for legal complaints, defamation among them, by country. Take advice"
        " first: the exact words and their place in the video have to be given.",
        Concern.INTELLECTUAL_PROPERTY: "Whoever owns it sends a copyright or trade mark complaint. Their name may be"
        " shown, and whoever put it up may object.",
    },
    gather=["The address of the video, and the minute and second at which it is said or shown."],
    does_not="It weighs no truth between the two sides, and takes no video down because staff were filmed without"
    " being asked, if nobody who is shown complains.",
    door="https://support.google.com/youtube",
)
WHATSAPP: Final = known(
    "Messages are private to those in a chat: report the message or the group, and ask whoever runs the group to"
    " remove it.",
    {
        Concern.ABUSE: "Somebody who is in the chat reports the message or contact; the latest messages of it go with"
        " the report.",
        Concern.PRIVATE_INFORMATION: "Ask whoever sent it to delete it for everybody, or whoever runs the group to do"
        " so; then report it from the chat.",
        Concern.IMPERSONATION: "Report the contact from its own page, and warn those who may have been written to.",
        Concern.LEGAL_REQUEST: "There is no page that could be taken down. Take advice on writing to whoever sent it.",
        Concern.INTELLECTUAL_PROPERTY: "The public help says how an owner writes about a picture, status or name of a"
        " profile.",
    },
    gather=["The number or name of the group, and who in it agrees to report from within."],
    does_not="It cannot read what is said in a chat unless somebody there reports it, and takes back nothing that was"
    " passed on.",
    door="https://faq.whatsapp.com",
)
GOOGLE: Final = known(
    "A review is reported from the practice's own business profile or from the review. Disagreeing with it is no"
    " ground.",
    {
        Concern.ABUSE: "Report the review as harassment, hate or bad language, whichever it is; one ground, well"
        " chosen.",
        Concern.PRIVATE_INFORMATION: "Report the review as personal information. For search results the person"
        " concerned asks for themselves.",
        Concern.IMPERSONATION: "Report the profile, or the review as not from a real experience, where somebody poses"
        " as a patient or as staff.",
        Concern.LEGAL_REQUEST: "There is a form for removal on legal grounds, defamation among them. Take advice"
        " first: a copy of the request may be published.",
        Concern.INTELLECTUAL_PROPERTY: "Whoever owns a photograph uses the copyright form, for maps and search alike.",
    },
    gather=["The link to the review from its menu, and the name of the business profile."],
    does_not="It takes no side on what happened, and does not remove a review for being bad or short of words. It"
    " does not say who wrote it.",
    door="https://support.google.com/business",
)
NHS_WEBSITE: Final = known(
    "Reviews are checked before they appear, and what names somebody or is a formal complaint is not published. The"
    " practice can answer every review and report one as unsuitable, which takes it down until it has been looked at.",
    {
        Concern.ABUSE: "Report the review as unsuitable, and say which words are abusive.",
        Concern.PRIVATE_INFORMATION: "Report the review as unsuitable: it should name nobody, neither staff nor"
        " patients.",
    },
    gather=["The day and the title of the review."],
    does_not="It removes no review for being critical, and does not say who wrote it.",
    door=None,
    source="NHS website, policy on reviews and guidance on managing patient feedback.",
)
WEBSITE: Final = known(
    "It is the practice's own: whoever keeps the website takes it down.",
    {},
    gather=["The address of the page."],
    does_not="Copies that search engines and archives have kept are not gone with it: they are asked separately.",
    door=None,
    source="The practice's own policy.",
)

SITES: Final[Mapping[Site, AboutSite]] = {
    Site.NHS_WEBSITE: NHS_WEBSITE, Site.FACEBOOK: FACEBOOK, Site.INSTAGRAM: INSTAGRAM, Site.X: X, Site.LINKEDIN: LINKEDIN,
    Site.YOUTUBE: YOUTUBE, Site.WHATSAPP: WHATSAPP, Site.GOOGLE: GOOGLE, Site.WEBSITE: WEBSITE,
}  # fmt: skip
"""What holds on one site, besides what holds on all."""
