"""What findings rest on: statutes, guidance, and the rules that the service itself keeps."""

from typing import Final

from workflows.lint.findings import Source, SourceKind


def statute(citation: str) -> Source:
    """An Act, regulations, or a convention."""
    return Source(kind=SourceKind.STATUTE, citation=citation)


def guidance(citation: str) -> Source:
    """Advice of a professional body or a regulator."""
    return Source(kind=SourceKind.GUIDANCE, citation=citation)


def publication(citation: str) -> Source:
    """What somebody made known about themselves."""
    return Source(kind=SourceKind.PUBLICATION, citation=citation)


def rule(citation: str) -> Source:
    """A rule of the service: its name in docs/rules.md, or the rule itself."""
    return Source(kind=SourceKind.RULE, citation=citation)


COMPLAINTS_REGULATIONS: Final = statute(
    "Local Authority Social Services and National Health Service Complaints (England) Regulations 2009 (SI 2009/309)"
)
REMOVAL_ON_REQUEST: Final = statute(
    "National Health Service (Personal Medical Services Agreements) Regulations 2015 (SI 2015/1879), Schedule 2,"
    " paragraph 23, and the equivalent for GMS in SI 2015/1862, Schedule 3"
)
IMMEDIATE_REMOVAL: Final = statute(
    "National Health Service (Personal Medical Services Agreements) Regulations 2015 (SI 2015/1879), Schedule 2,"
    " paragraph 24, and the equivalent for GMS in SI 2015/1862, Schedule 3"
)
EQUALITY_ACT: Final = statute("Equality Act 2010")
EXPRESSION: Final = statute("Human Rights Act 1998, Schedule 1, Article 10; Defamation Act 2013, sections 1 to 3")
RIGHTS_OF_ACCESS: Final = statute("UK GDPR, Article 15; Data Protection Act 2018")
LIMITS_OF_RIGHTS: Final = statute("UK GDPR, Articles 17(3) and 20(1); Data Protection Act 2018, Schedules 2 and 3")
CLAIMS: Final = statute("UK GDPR, Articles 4(1) and 82; the tort of misuse of private information")
RECORDING: Final = guidance("BMA, Patients recording consultations (2024); MDU, Patients recording consultations")
ENDING_RELATIONSHIP: Final = guidance("GMC, Ending your professional relationship with a patient")
SNOMED: Final = publication("SNOMED CT, 431315003: Audio recording of subject interview")

COMPLAINT_ROUTE: Final = rule("A complaint goes through the complaints procedure, and patients can find it (K-02)")
ONE_VOICE: Final = rule("A policy says one thing of a matter: its settings and its clauses agree")
NOTHING_OPEN: Final = rule("A policy can be followed as it stands: nothing in it is left blank")
NO_GUESSWORK: Final = rule("A value that no document states is shown as the service's own")
OWN_PAGES_ONLY: Final = rule("A practice deletes what others post on the pages that it runs, and nowhere else (P-17)")
MEDICAL_MESSAGES: Final = rule("A clinician or the duty team sees a medical message before it is deleted (C-15)")
REVIEW: Final = rule("POL-5")
TWO_PEOPLE: Final = rule("POL-4")
POSTS: Final = rule("POST-1 and POST-5")
