"""One person's health: their condition, treatment, test or appointment, as against a clinic for everybody (C-18)."""

import re
from collections.abc import Iterator

from models.screening import Certainty, FindingKind
from workflows.screening.findings import Finding
from workflows.screening.illness import ADVERBS, AND_NO_MORE, CONDITIONS, HAS, OFFERED, OWN, SURE, TREATMENTS
from workflows.screening.known import Known
from workflows.screening.reading import Reading
from workflows.screening.words import LAY_TITLE, NAME, TITLED_LAY, is_name

MATTERS = rf"\b(?:{CONDITIONS}|{TREATMENTS})\b"
WORD = rf"{MATTERS}(?!['-]?s? (?:[\w-]+ )?{OFFERED}\b)"
RUNS = r"(?:runs?|hosts?|leads?|will (?:be )?(?:run|host|lead|talk|speak|explain|offer|answer|join)\w*|joins?|our new|our own)"
OF_THE_TEAM = rf"(?![^.!?\n]{{0,60}}\b{RUNS}\b)"

SURELY = re.compile(
    rf"{TITLED_LAY},?(?: who)? (?:"
    rf"(?:has|had|suffers from|is suffering from|came in with|needs|starts|is on) {ADVERBS}{SURE}{AND_NO_MORE}"
    rf"|(?:has|had|is|was) {ADVERBS}(?:being )?(?:diagnosed with|treated for|admitted to hospital|recovering from|sectioned"
    r"|pregnant|diabetic|epileptic|terminally ill|hospitali[sz]ed)\b"
    r"|(?:tested positive|died of)\b)"
)
SURELY_OWN = re.compile(
    rf"\b{LAY_TITLE}\.? {NAME}(?: {NAME})?'s? (?:(?:own|latest|last|recent|test|blood|breast|type [12]) ){{0,2}}{OWN}{AND_NO_MORE}"
)
A_PATIENT = re.compile(
    rf"\b(?:[Pp]atient|PATIENT|[Pp]t)\b[ :]{{1,2}}(?:{LAY_TITLE}\.? )?{NAME} {NAME}[^.!?\n]{{0,60}}?{WORD}"
)
TITLED = re.compile(rf"{TITLED_LAY}(?:'s|,)? {OF_THE_TEAM}(?:[\w,'-]+ ){{0,4}}?{HAS} [^.!?\n]{{0,70}}?{WORD}")
TITLED_OWN = re.compile(rf"\b{LAY_TITLE}\.? {NAME}(?: {NAME})?'s? (?:[\w-]+ ){{0,4}}?{WORD}")
FULL_NAME = re.compile(
    rf"\b({NAME}) ({NAME})(?:'s)? {OF_THE_TEAM}(?:[\w,'-]+ ){{0,4}}?(?:{HAS} )?[^.!?\n]{{0,50}}?{WORD}"
)
FIRST_NAME = re.compile(rf"\b({NAME})(?:'s (?:[\w-]+ ){{0,3}}?{WORD}|,? (?:who )?{HAS} [^.!?\n]{{0,50}}?{WORD})")
ADDRESSED = re.compile(
    r"(?:^|(?<=[.!?\n] )|(?<=\n))(?:Hi|Hello|Dear|Sorry|Thanks|Thank you|Morning|Afternoon|Good news|@)"
    rf"[ ,]*({NAME})\b[^\n]{{0,120}}?\byour? [^.!?\n]{{0,50}}?{MATTERS}"
)
OURS = (
    r"(?:one|another|two) of our (?:\w+ ){0,3}(?:patients?|residents?|carers|families)|an? (?:\w+ ){0,2}patient of ours"
)
AGED = r"a patient (?:here|from|who|in|with|called|came|has|had|was|of)|our patient\b|an? \d{1,3}[- ]year[- ]old"
A_PERSON = (
    r"an? (?:\w+ ){0,2}(?:lady|gentleman|man|woman|mother|father|mum|dad|teenager|boy|girl|couple|chap|pensioner|farmer|toddler)"
    r"(?: \w+){0,3} (?:who|has|had|was|came|from|in|of|with|on|we)"
)
THE_PERSON = r"the (?:lady|gentleman|man|woman|mother|family|patient|girl|boy) (?:who|from|in|at)"
SOMEBODY = re.compile(rf"\b(?:{OURS}|{AGED}|{A_PERSON}|{THE_PERSON})[^.!?\n]{{0,110}}?{WORD}", re.IGNORECASE)
PRONOUN = re.compile(
    rf"\b(?:his|her) (?:[\w-]+ ){{0,2}}?{WORD}|\b(?:he|she) (?:(?:really|has|had|was|is|been|just|also|now|never) ){{0,3}}?"
    rf"{HAS} [^.!?\n]{{0,40}}?{WORD}",
    re.IGNORECASE,
)
KNOWN_OF_YOU = re.compile(
    r"\b(?:as you (?:said|told us|mentioned)|when you (?:came|saw|rang|visited)|we (?:can see|saw) (?:that )?you|looking at your"
    r"|we have (?:looked|checked)|according to your|given your|(?:hope|glad|sorry) (?:that )?your)\b"
    rf"[^.!?\n]{{0,60}}?{MATTERS}",
    re.IGNORECASE,
)
YOUR_RESULT = re.compile(
    r"\byour (?:[\w-]+ ){0,3}?(?:results?|test|scan|diagnosis|biopsy|smear|x-?ray|referral|prescription|sample)"
    r" (?:on \w+ |from \w+ |last \w+ |yesterday )?(?:is back|are back|was|were|came back|has come|have come|shows?|showed|came)",
    re.IGNORECASE,
)
CERTAIN = (SURELY, SURELY_OWN, A_PATIENT)
DOUBTFUL = (TITLED, TITLED_OWN, SOMEBODY, PRONOUN, KNOWN_OF_YOU, YOUR_RESULT)
NAMED = (FULL_NAME, FIRST_NAME, ADDRESSED)


def health(reading: Reading, known: Known) -> Iterator[Finding]:
    """Somebody with a title, or a patient by name, and what ails them, for certain; anybody else who could be one, perhaps."""
    for severity, patterns in ((Certainty.CERTAIN, CERTAIN), (Certainty.DOUBTFUL, DOUBTFUL)):
        for each in (found for pattern in patterns for found in reading.find(pattern)):
            yield reading.finding(FindingKind.HEALTH, severity, *each.span())
    for each in (found for pattern in NAMED for found in reading.find(pattern)):
        if all(is_name(word) for word in each.groups()):
            yield reading.finding(FindingKind.HEALTH, Certainty.DOUBTFUL, *each.span())
