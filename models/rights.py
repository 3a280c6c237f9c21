"""Information rights: which there are, what a request can be about, who may make one, and under which law."""

from enum import StrEnum
from typing import Final, Literal

from models.settings import Article


class Right(StrEnum):
    """The rights of the UK GDPR that somebody can ask a practice to honour."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"


ARTICLE: Final = {
    Right.ACCESS: Article.ACCESS,
    Right.RECTIFICATION: Article.RECTIFICATION,
    Right.ERASURE: Article.ERASURE,
    Right.RESTRICTION: Article.RESTRICTION,
    Right.PORTABILITY: Article.PORTABILITY,
    Right.OBJECTION: Article.OBJECTION,
}
"""The article of the UK GDPR in which each right stands."""


class Regime(StrEnum):
    """The law that a request falls under: the dead have no rights under the UK GDPR, and an Act of their own."""

    UK_GDPR = "uk_gdpr"
    AHRA_1990 = "ahra_1990"


class Scope(StrEnum):
    """Which of the practice's information a request is about. What the law allows is decided for each by itself.

    A `conduct_file` is what this service keeps about an incident or a recording, evidence included.
    """

    CLINICAL_RECORD = "clinical_record"
    MARKETING = "marketing"
    WEBSITE_ACCOUNT = "website_account"
    COMPLAINT_FILE = "complaint_file"
    STAFF_RECORD = "staff_record"
    CONDUCT_FILE = "conduct_file"


HEALTH_SCOPES: Final = frozenset({Scope.CLINICAL_RECORD, Scope.COMPLAINT_FILE})
"""Where information about somebody's health is kept."""


class LawfulBasis(StrEnum):
    """Why the practice may use information at all: which of Article 6(1) of the UK GDPR."""

    CONSENT = "art_6_1_a_consent"
    CONTRACT = "art_6_1_b_contract"
    LEGAL_OBLIGATION = "art_6_1_c_legal_obligation"
    VITAL_INTERESTS = "art_6_1_d_vital_interests"
    PUBLIC_TASK = "art_6_1_e_public_task"
    RECOGNISED_LEGITIMATE_INTERESTS = "art_6_1_ea_recognised_legitimate_interests"
    LEGITIMATE_INTERESTS = "art_6_1_f_legitimate_interests"


class AskedBy(StrEnum):
    """Who asks: the person whom it concerns, somebody for them, or somebody about a person who has died."""

    THEMSELVES = "themselves"
    SOLICITOR = "solicitor"
    FRIEND = "friend"
    ADVOCATE = "advocate"
    PARENT = "parent"
    ATTORNEY = "attorney"
    DEPUTY = "deputy"
    PERSONAL_REPRESENTATIVE = "personal_representative"
    CLAIMANT = "claimant"


FOR_THE_DEAD: Final = frozenset({AskedBy.PERSONAL_REPRESENTATIVE, AskedBy.CLAIMANT})
"""Who may ask about somebody who has died."""

WITH_WRITTEN_AUTHORITY: Final = frozenset({AskedBy.SOLICITOR, AskedBy.FRIEND, AskedBy.ADVOCATE})
"""Who asks with the authority that the person gave them."""


class Channel(StrEnum):
    """How a request reached the practice. Any way is good, and no form is needed."""

    WEBSITE = "website"
    IN_PERSON = "in_person"
    TELEPHONE = "telephone"
    LETTER = "letter"
    EMAIL = "email"
    OTHER = "other"


class ReplyBy(StrEnum):
    """How whoever asked is reached. On the telephone nothing is answered: what is in writing goes another way."""

    EMAIL = "email"
    POST = "post"
    IN_PERSON = "in_person"
    PATIENT_ACCOUNT = "patient_account"
    PHONE = "phone"


WrittenReply = Literal[ReplyBy.EMAIL, ReplyBy.POST, ReplyBy.IN_PERSON, ReplyBy.PATIENT_ACCOUNT]
"""How an answer goes, which is a letter."""
