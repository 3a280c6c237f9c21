"""E-mail addresses, also where the sign in the middle is spelled out."""

import re
from collections.abc import Iterator

from models.screening import Certainty, FindingKind
from workflows.screening.findings import Finding
from workflows.screening.known import Known
from workflows.screening.reading import Reading

PLAIN = re.compile(r"(?<![\w.%+'-])[\w.%+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")
SPELLED = re.compile(
    r"(?<![\w.%+-])[\w.%+-]{1,64} ?[(\[{]? ?\bat\b ?[)\]}]? ?[\w-]+(?: ?[(\[{]? ?\bdot\b ?[)\]}]? ?[\w-]+)+"
    r"|(?<![\w.%+-])[\w.%+-]{1,64} ?[(\[{] ?at ?[)\]}] ?[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
OF_A_DESK = frozenset(
    re.findall(
        r"\w+",
        "admin advice appointments bookings care clinic communications complaints contact enquiries events feedback foodbank help"
        " hello hub info mail office participation patients ppg prescriptions press reception referrals secretary services support"
        " surgery team training volunteering volunteers welcome wellbeing",
    )
)


def emails(reading: Reading, known: Known) -> Iterator[Finding]:
    """Addresses that are not the practice's own: a person's for certain; whose desk it is otherwise, must be asked."""
    for each in reading.find(PLAIN):
        if each.group().lower() not in known.emails:
            severity = Certainty.DOUBTFUL if of_a_desk(each.group()) else Certainty.CERTAIN
            yield reading.finding(FindingKind.EMAIL, severity, *each.span())
    for each in reading.find(SPELLED):
        yield reading.finding(FindingKind.EMAIL, Certainty.DOUBTFUL, *each.span())


def of_a_desk(address: str) -> bool:
    """Whether an address is that of an office, and of nobody in particular."""
    parts = set(re.split(r"[._+-]", address.partition("@")[0].lower()))
    return bool(parts & OF_A_DESK)
