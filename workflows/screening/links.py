"""Links to pages of others, and names of their accounts."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from models.screening import Certainty, FindingKind
from workflows.screening.findings import Finding
from workflows.screening.known import Known, host_of
from workflows.screening.reading import Reading

ENDINGS = (
    "app|biz|ch|cloud|co|com|de|dev|edu|eu|fr|gl|gov|health|help|ie|info|int|io|link|ly|me|mobi|net|nhs|nu|online|org|page|scot"
    "|shop|site|social|support|tv|uk|us|wales|xyz"
)
LINK = re.compile(
    rf"https?://[^\s<>\"]+|(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{ENDINGS})(?![\w-])(?!\.\w)(?!@)(?:[/?#][^\s<>\"]*)?",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w.%+-])@([A-Za-z][A-Za-z0-9_.]{2,29})(?<!\.)")
AFTER_A_LINK = ".,;:!?)]}'*"


def links(reading: Reading, known: Known) -> Iterator[Finding]:
    """Links that lead neither to the practice nor to what is for everybody. Whether they may be recommended, must be asked."""
    for each in reading.find(LINK):
        said = each.group().rstrip(AFTER_A_LINK)
        url = said if "://" in said else f"https://{said}"
        if not known.takes(host_of(url), path_of(url)):
            yield reading.finding(FindingKind.LINK, Certainty.DOUBTFUL, each.start(), each.start() + len(said))
    for each in reading.find(HANDLE):
        if not known.is_handle(each.group(1)):
            yield reading.finding(FindingKind.LINK, Certainty.DOUBTFUL, *each.span())


def path_of(url: str) -> str:
    """Which page a link leads to; empty where nobody can tell."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
