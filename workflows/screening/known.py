"""What may stand in a practice's posts: its own contacts and pages, and those of the health service for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from models.settings import Platform
from workflows.roles import PracticeInForce

FOR_EVERYBODY = frozenset({"nhs.uk", "111.nhs.uk", "nhsapp.service.nhs.uk", "gov.uk"})
"""Pages of the health service and the government that stand for no organisation near the practice."""

REMEMBERED = 1024
"""Of how many practices it is remembered what they name as their own: it changes with their settings alone."""

SHARED_PATH_PARTS = 1
"""On a platform, a page is told from others by the first part of its path."""


@dataclass(frozen=True, slots=True)
class Known:
    """The practice's own numbers (national form), addresses, hosts and pages (host and path)."""

    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    hosts: frozenset[str] = FOR_EVERYBODY
    pages: frozenset[tuple[str, str]] = frozenset()

    def takes(self, host: str, path: str) -> bool:
        """Whether a link leads to a page of the practice, or to one that is for everybody."""
        return host in self.hosts or (host, page_of(path)) in self.pages

    def is_handle(self, name: str) -> bool:
        """Whether a name after an at sign is that of one of the practice's pages."""
        return any(page.lower() == name.lower() for _, page in self.pages)


@lru_cache(REMEMBERED)
def known_to(practice: PracticeInForce) -> Known:
    """What a practice's contacts and its policy name as its own."""
    contacts, settings = practice.contacts, practice.settings
    sites = [contacts.website, contacts.complaints, settings.online_contact_url.value]
    accounts = settings.platform_accounts.value
    sites += [each.url for each in accounts if each.platform == Platform.WEBSITE]
    pages = [each.url for each in accounts if each.platform != Platform.WEBSITE]
    return Known(
        phones=frozenset(map(national, present([contacts.phone]))),
        emails=frozenset(each.lower() for each in present([contacts.email])),
        hosts=FOR_EVERYBODY | {host_of(each) for each in present(sites)},
        pages=frozenset(
            (host_of(each), page_of(urlsplit(each).path))
            for each in present([*pages, settings.review_channel.value.url])
        ),
    )


def present(values: Iterable[str | None]) -> list[str]:
    """Those that there are."""
    return [each for each in values if each]


def national(said: str) -> str:
    """A telephone number as it is dialled within the country: its digits alone."""
    digits = "".join(each for each in said if each.isdigit())
    for prefix in ("0044", "44"):
        if digits.startswith(prefix):
            return "0" + digits.removeprefix(prefix).removeprefix("0")
    return digits


def host_of(url: str) -> str:
    """Where a link leads, without `www.`; empty where nobody can tell."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return ""


def page_of(path: str) -> str:
    """The part of a path by which a platform tells one page from another."""
    return "/".join(path.strip("/").split("/")[:SHARED_PATH_PARTS]).lower()
