"""NHS numbers, in digits of any script, spaced or not."""

import re
from collections.abc import Iterator

from nhs_number.validate import is_valid

from models.screening import Certainty, FindingKind
from workflows.screening.findings import Finding
from workflows.screening.known import Known
from workflows.screening.reading import Reading

GAP = r"[ \-._/]"
USUAL = re.compile(rf"(?<![\d+])(?<!\d[-.])\d{{3}}(?:{GAP}{{0,2}})\d{{3}}(?:{GAP}{{0,2}})\d{{4}}(?!\d)(?![-.]\d)")
ANYHOW = re.compile(rf"(?<![\d+])\d(?:{GAP}?\d){{9}}(?!{GAP}?\d)")
LABELLED = re.compile(r"\bNHS\s*(?:number|no\.?|num\.?|#)\D{0,12}(\d(?:[ \-._/]?\d){8,10})(?!\d)", re.IGNORECASE)


def nhs_numbers(reading: Reading, known: Known) -> Iterator[Finding]:
    """Ten digits whose check digit is right, in their usual groups; doubtful in other groups, or wrong where they are named."""
    for each in reading.find(USUAL):
        if is_valid(digits_of(each.group())):
            yield reading.finding(FindingKind.NHS_NUMBER, Certainty.CERTAIN, *each.span())
    for each in reading.find(ANYHOW):
        if is_valid(digits_of(each.group())):
            yield reading.finding(FindingKind.NHS_NUMBER, Certainty.DOUBTFUL, *each.span())
    for each in reading.find(LABELLED):
        yield reading.finding(FindingKind.NHS_NUMBER, Certainty.DOUBTFUL, *each.span(1))


def digits_of(said: str) -> str:
    """The digits alone."""
    return "".join(each for each in said if each.isdigit())
