"""Dates of birth."""

import re
from collections.abc import Iterator

from models.screening import Certainty, FindingKind
from workflows.screening.findings import Finding
from workflows.screening.known import Known
from workflows.screening.reading import Reading

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
YEAR = r"(?:(?:18|19|20)\d{2})"
ANY_YEAR = rf"(?:{YEAR}|'?\d{{2}})"
DATE = (
    rf"(?:\d{{1,2}} ?[-/. ] ?\d{{1,2}} ?[-/. ] ?{ANY_YEAR}|{YEAR}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH},? {ANY_YEAR}|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {YEAR})(?!\d)"
)
LABEL = r"\b(?:d\.?o\.?b\.?|(?:date of birth|birth ?date)(?:,? (?:is|was))?)[ :=(-]{0,3}"
LABELLED = re.compile(rf"{LABEL}({DATE})", re.IGNORECASE)
BORN = re.compile(rf"\b(?:born|birthday)(?:,? (?:is|was|in|on|the))*[ :(]{{1,2}}({DATE})", re.IGNORECASE)
LONG_AGO = re.compile(rf"(?<![\d/])({DATE})", re.IGNORECASE)
LONG_AGO_YEAR = re.compile(r"(?:18\d{2}|19\d{2}|200\d|201[0-5])")
ELIGIBLE = re.compile(
    r"\b(?:born|birth|aged|anyone|everyone|babies|children|people)\b[^.!?\n]{0,40}"
    r"\b(?:before|after|between|from|since|and|to|until|by)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
HISTORY = re.compile(
    r"\b(?:opened|founded|since|established|dated|built|began|NHS|act of)\b[^.!?\n]{0,40}$", re.IGNORECASE
)


def dates_of_birth(reading: Reading, known: Known) -> Iterator[Finding]:
    """A day that is called a date of birth for certain; one on which somebody was born, or of long ago, perhaps."""
    for pattern, severity in (
        (LABELLED, Certainty.CERTAIN),
        (BORN, Certainty.DOUBTFUL),
        (LONG_AGO, Certainty.DOUBTFUL),
    ):
        for each in reading.find(pattern):
            before = reading.text[: each.start(1)]
            if pattern is LONG_AGO and not LONG_AGO_YEAR.search(each.group(1)):
                continue
            if pattern is LABELLED or not (ELIGIBLE.search(before) or HISTORY.search(before)):
                yield reading.finding(FindingKind.DATE_OF_BIRTH, severity, *each.span(1))
