"""Postcodes, whole ones: the first half alone names a district."""

import re
from collections.abc import Iterator

from models.screening import Certainty, FindingKind
from workflows.screening.findings import Finding
from workflows.screening.known import Known
from workflows.screening.reading import Reading

WHOLE = re.compile(r"(?<![A-Za-z0-9])([A-Z]{1,2}\d[A-Z\d]? {0,2}\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])")
SMALL = re.compile(r"(?<![A-Za-z0-9])([a-z]{1,2}\d[a-z\d]? ?\d(?!st|nd|rd|th)[abd-hjlnp-uw-z]{2})(?![A-Za-z0-9])")
HOME = re.compile(
    r"\b(?:lives? (?:at|in|on)|living at|(?:his|her|their) (?:home|house|address)|home address|'s address)\b[^!?\n]{0,60}$",
    re.IGNORECASE,
)


def postcodes(reading: Reading, known: Known) -> Iterator[Finding]:
    """Somebody's home for certain, where the words before say so; otherwise it may be any place, and must be asked."""
    for pattern in (WHOLE, SMALL):
        for each in reading.find(pattern):
            at_home = HOME.search(reading.text[: each.start()])
            severity = Certainty.CERTAIN if at_home else Certainty.DOUBTFUL
            yield reading.finding(FindingKind.POSTCODE, severity, *each.span())
