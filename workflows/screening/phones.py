"""Telephone numbers, in the forms in which they are written in the United Kingdom."""

import re
from collections.abc import Iterator

from models.screening import Certainty, FindingKind
from workflows.screening.findings import Finding
from workflows.screening.known import Known, national
from workflows.screening.reading import Reading

GAP = r"[ .\-()/]{0,2}"
DATE = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{4}")
AT_HOME = re.compile(rf"(?<![\d+])\(?(?:(?:\+|00){GAP}44{GAP}(?:\(0\){GAP})?|0)(?:{GAP}\d){{9,10}}(?!\d)")
ABROAD = re.compile(rf"(?<![\d+])\+(?!44)[1-9](?:{GAP}\d){{7,13}}(?!\d)")
NUMBERING = re.compile(r"0(?:[123589]\d{8,9}|7\d{9})")
MOBILE = re.compile(r"07[1-9]\d{8}")


def phones(reading: Reading, known: Known) -> Iterator[Finding]:
    """Numbers that are not the practice's own: a mobile is somebody's for certain; whose a landline is, must be asked."""
    for each in reading.find(AT_HOME):
        number = national(each.group())
        if number in known.phones or not NUMBERING.fullmatch(number) or DATE.match(each.group()):
            continue
        severity = Certainty.CERTAIN if MOBILE.fullmatch(number) else Certainty.DOUBTFUL
        yield reading.finding(FindingKind.PHONE, severity, *each.span())
    for each in reading.find(ABROAD):
        yield reading.finding(FindingKind.PHONE, Certainty.DOUBTFUL, *each.span())
