"""Names that have gone out of date: what is said now, since when, and who says so.

The table is data. A line is used from its own day on, so that a document of that time can be read as it was meant.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Named(StrEnum):
    """What bears the name."""

    BODY = "body"
    PLATFORM = "platform"
    STATUTE = "statute"
    GUIDANCE = "guidance"


@dataclass(frozen=True, slots=True)
class DatedName:
    """A former name. `pattern` is a regular expression; `remark` completes the sentence "From <day>, ...".

    A policy in which `settled_by` stands as well is up to date in this matter.
    """

    key: str
    kind: Named
    pattern: str
    since: date
    remark: str
    source: str
    settled_by: str | None = None
    any_case: bool = False
    only_the_year_is_known: bool = False

    @property
    def from_when(self) -> str:
        """The day, or the year where no more is known, as it is read."""
        return f"{self.since:%Y}" if self.only_the_year_is_known else f"{self.since.day} {self.since:%B %Y}"

    def stands_in(self, text: str) -> bool:
        """Whether the name is used."""
        return bool(re.search(self.pattern, text, re.IGNORECASE if self.any_case else 0))

    def out_of_date_in(self, texts: Iterable[str], today: date) -> bool:
        """Whether these texts together, read on a day (Europe/London), use the name where another is due."""
        if today < self.since:
            return False
        said = list(texts)
        settled = self.settled_by and any(re.search(self.settled_by, each) for each in said)
        return not settled and any(map(self.stands_in, said))


ONLINE_SAFETY_ACT: Final = r"Online Safety Act"
ONLINE_SAFETY_SOURCE: Final = (
    "Online Safety Act 2023, Part 10; Online Safety Act: new criminal offences circular, 31 January 2024"
)

DATED_NAMES: Final = (
    DatedName(
        "nhs_choices", Named.BODY, r"\bNHS Choices\b", date(2018, 12, 31),
        "NHS Choices is called the NHS website.", "NHS England, Managing patient feedback (nhs.uk)", any_case=True,
        only_the_year_is_known=True,
    ),
    DatedName(
        "nhs_protect", Named.BODY, r"\bNHS Protect\b", date(2017, 11, 1),
        "NHS Protect no longer exists. The NHS Counter Fraud Authority took over its work on fraud, and not its guidance on"
        " recordings.",
        "NHS Counter Fraud Authority, cfa.nhs.uk/nhsprotect",
    ),
    DatedName(
        "health_education_england", Named.BODY, r"\bHealth Education England\b|\bHEE\b", date(2023, 4, 1),
        "Health Education England is part of NHS England.", "NHS England, announcement of the merger, April 2023",
    ),
    DatedName(
        "nhs_digital", Named.BODY, r"\bNHS Digital\b", date(2023, 2, 1),
        "NHS Digital is part of NHS England.", "NHS England, NHS Digital and NHS England complete merger, 1 February 2023",
    ),
    DatedName(
        "public_health_england", Named.BODY, r"\bPublic Health England\b", date(2021, 10, 1),
        "what was Public Health England is done by the UK Health Security Agency and others.",
        "UK Health Security Agency (gov.uk)",
    ),
    DatedName(
        "clinical_commissioning_group", Named.BODY, r"\bClinical Commissioning Groups?\b|\bCCGs?\b", date(2022, 7, 1),
        "integrated care boards stand in the place of clinical commissioning groups.",
        "Health and Care Act 2022", any_case=True,
    ),
    DatedName(
        "national_reporting_and_learning_system", Named.BODY, r"\bNRLS\b|\bNational Reporting and Learning System\b",
        date(2024, 6, 30), "patient safety events are recorded in LFPSE.", "NHS England, Learn from patient safety events",
    ),
    DatedName(
        "twitter", Named.PLATFORM, r"(?<!formerly )(?<!once )\bTwitter\b", date(2023, 7, 24),
        "Twitter is called X.", "The platform's own announcement, July 2023", any_case=True,
    ),
    DatedName(
        "malicious_communications_act", Named.STATUTE,
        r"\bMalicious Communications Act\b|\bActs?\b[^.]*\bmalicious communications \(1988\)", date(2024, 1, 31),
        "sections 179 (false communications) and 181 (threatening communications) of the Online Safety Act 2023 replace parts"
        " of the Malicious Communications Act 1988 in England and Wales. The policy does not name the Act of 2023.",
        ONLINE_SAFETY_SOURCE, settled_by=ONLINE_SAFETY_ACT,
    ),
    DatedName(
        "communications_act", Named.STATUTE, r"(?<!Malicious )\bCommunications Act\b|\bcommunications \(2003\)",
        date(2024, 1, 31),
        "section 179 (false communications) of the Online Safety Act 2023 replaces part of section 127 of the Communications"
        " Act 2003 in England and Wales. The policy does not name the Act of 2023.",
        ONLINE_SAFETY_SOURCE, settled_by=ONLINE_SAFETY_ACT,
    ),
    DatedName(
        "data_protection_act_1998", Named.STATUTE, r"\bData Protection Act(,? of)? 1998\b|\bDPA 1998\b", date(2018, 5, 25),
        "the Data Protection Act 2018 stands in the place of the Act of 1998.", "Data Protection Act 2018",
        any_case=True,
    ),
    DatedName(
        "general_data_protection_regulation", Named.STATUTE,
        r"\bGeneral Data Protection Regulations\b|(?<!UK )\bGeneral Data Protection Regulation\b(?! \(UK)|(?<!UK )\bGDPR\b",
        date(2021, 1, 1),
        "what applies in the United Kingdom is the UK GDPR: the UK General Data Protection Regulation, in the singular.",
        "Data Protection Act 2018, section 3(10)",
    ),
    DatedName(
        "good_medical_practice_2013", Named.GUIDANCE, r"\bGood [Mm]edical [Pp]ractice\b[^\n]*\b2013\b", date(2024, 1, 30),
        "the GMC's Good medical practice of 2024 is in effect: the edition of 2013, and its paragraph numbers, are not.",
        "GMC, Good medical practice (2024)",
    ),
)  # fmt: skip
"""Every former name that is looked for."""
