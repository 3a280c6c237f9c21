"""Names of people who are introduced by a title, a greeting or what they do."""

import re
from collections.abc import Iterator

from models.screening import Certainty, FindingKind
from workflows.screening.findings import Finding
from workflows.screening.illness import any_of
from workflows.screening.known import Known
from workflows.screening.reading import Reading
from workflows.screening.words import INITIALS, NAME, NOT_AFTER_A_TITLE, TITLE, is_name

TITLED = re.compile(rf"\b{TITLE}\.? {{1,2}}{INITIALS}(?P<name>{NAME})(?: (?P<last>{NAME}))?")
WORK = any_of("""
    receptionist, nurse, GP, doctor, partner, manager, pharmacist, paramedic, physio(?:therapist)?, midwife, secretary
    administrator, carer, patient, volunteer, trainee, registrar, navigator, phlebotomist, health visitor
    social prescriber, assistant, practitioner, cleaner, chair, teacher, mayor, neighbour, mum, dad, son, daughter
    wife, husband, friend, colleague, supervisor, coordinator, apprentice, dietitian
""")
GREETING = any_of("""
    welcome (?:back )?(?:to )?, say hello to, say goodbye to, goodbye to, farewell to, meet, congratulations to
    well done to, well done, good luck to, thank you to, thanks to, happy birthday(?: to)?, ask for, speak to, named
    called, hi, dear, hello, in memory of, condolences to the family of, love to, wishes to, missing, looking for
    have you seen, photo of, picture of, poem by, story of, card from, letter from, present from
""")
INTRODUCED = re.compile(
    rf"\b(?i:{GREETING}),? (?:our (?:\w+ ){{0,3}})?(?P<name>{NAME})(?: (?P<last>{NAME}(?: {NAME})?))?"
)
BESIDE = re.compile(
    rf"(?P<name>{NAME})(?: (?P<last>{NAME}))?(?:,? (?:is|was)|,) (?:our|a|an|the|one of our|my|his|her)\b"
    rf"(?: [\w-]+){{0,3}}? {WORK}\b|\b{WORK},? (?P<after>{NAME})(?: {NAME})?"
)


def people(reading: Reading, known: Known) -> Iterator[Finding]:
    """Names with a title, and names that are introduced. Whether they may stand here, must be asked."""
    for each in reading.find(TITLED):
        if each["name"].lower() not in NOT_AFTER_A_TITLE:
            yield named(reading, each)
    for pattern in (INTRODUCED, BESIDE):
        for each in reading.find(pattern):
            name = each["name"] or each["after"] if pattern is BESIDE else each["name"]
            if is_name(name):
                yield named(reading, each)


def named(reading: Reading, where: re.Match[str]) -> Finding:
    """The name, with its title, without the words that introduced it."""
    groups = where.groupdict()
    which = "after" if groups.get("after") else "name"
    start = where.start() if where.re is TITLED else where.start(which)
    last = groups.get("last")
    end = where.end("last") if last and is_name(last) else where.end(which)
    possessive = 2 if reading.text[start:end].endswith("'s") else 0
    return reading.finding(FindingKind.PERSON_NAMED, Certainty.DOUBTFUL, start, end - possessive)
