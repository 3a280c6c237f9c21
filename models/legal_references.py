"""Where the law stands, dated: statutes, regulations and professional guidance that a case or a letter may name."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from models.judgements import Part, Source


class LegalBasis(StrEnum):
    """On what a legal referral may rest. A claim belongs to the person concerned, and never to the practice."""

    MISUSE_OF_PRIVATE_INFORMATION = "misuse_of_private_information"
    DATA_PROTECTION_CLAIM = "data_protection_claim"
    DEFAMATION = "defamation"
    DEFAMATION_WEBSITE_NOTICE = "defamation_website_notice"
    HARASSMENT = "harassment"
    FALSE_COMMUNICATION = "false_communication"
    THREATENING_COMMUNICATION = "threatening_communication"
    MALICIOUS_COMMUNICATION = "malicious_communication"
    MALICIOUS_COMMUNICATION_BEFORE_2024 = "malicious_communication_before_2024"
    PUBLIC_NETWORK_MISUSE = "public_network_misuse"
    PUBLIC_NETWORK_MISUSE_BEFORE_2024 = "public_network_misuse_before_2024"


class LegalPurpose(StrEnum):
    """What a reference is for."""

    LEGAL_REFERRAL = "legal_referral"
    REMOVAL = "removal"
    COMPLAINTS = "complaints"
    INFORMATION_RIGHTS = "information_rights"
    RECORDING = "recording"
    CONDUCT = "conduct"


class LegalReference(Part):
    """A place in the law, with the days (Europe/London) between which it holds. `until` is the first day on which it doesn't."""

    key: str
    title: str
    says: str = Field(description="What it is about, in one sentence. No advice.")
    purposes: list[LegalPurpose]
    legal_basis: LegalBasis | None = Field(description="The ground of a legal referral that it stands for.")
    in_force_from: date
    in_force_until: date | None
    source: Source


class LegalReferences(Part):
    """The references that hold on a day."""

    on: date
    items: list[LegalReference]


class Citation(Part):
    """A reference as a letter names it: what it was called on the day, and whether its text had been read."""

    key: str
    title: str
    dated: str
    verified: bool
    address: str | None = None
