"""The law that cases and letters name: each place with the day from which it holds, and the day on which it ceased.

The table is data. What the law beside a policy says of a source is not said again here.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from models.judgements import Source
from models.legal_references import Citation, LegalBasis, LegalPurpose, LegalReference
from workflows.law_beside import (
    BMA_RECORDING,
    COMPLAINT_TO_COMMISSIONER,
    COMPLAINTS_2009,
    DATA_COMPLAINT,
    DATA_USE_AND_ACCESS,
    DEFAMATION,
    EQUALITY,
    GMC_ENDING,
    GMS,
    HARASSMENT,
    NHS_PROTECT,
    PMS_VIOLENCE,
    PMS_WARNING,
    PRIVATE_LIFE,
)

GDPR: Final = date(2018, 5, 25)
NEW_OFFENCES: Final = date(2024, 1, 31)
USE_AND_ACCESS: Final = date(2026, 2, 5)
LEGISLATION: Final = "https://www.legislation.gov.uk"


def reference(
    key: str,
    says: str,
    source: Source,
    since: date,
    *purposes: LegalPurpose,
    until: date | None = None,
    basis: LegalBasis | None = None,
) -> LegalReference:
    """One line of the table."""
    return LegalReference(
        key=key, title=source.title, says=says, purposes=list(purposes), legal_basis=basis, in_force_from=since,
        in_force_until=until, source=source,
    )  # fmt: skip


def ground(basis: LegalBasis, says: str, source: Source, since: date, until: date | None = None) -> LegalReference:
    """A line on which a legal referral may rest."""
    return reference(basis, says, source, since, LegalPurpose.LEGAL_REFERRAL, until=until, basis=basis)


def written(title: str, dated: str, address: str | None = None, *, verified: bool = False) -> Source:
    """Where something stands that is named nowhere else."""
    return Source(title=title, dated=dated, verified=verified, address=f"{LEGISLATION}{address}" if address else None)


GROUNDS: Final = (
    ground(
        LegalBasis.MISUSE_OF_PRIVATE_INFORMATION,
        "A person whose private information is made public without good reason can claim; the practice can't for them.",
        PRIVATE_LIFE, date(2000, 10, 2),
    ),
    ground(
        LegalBasis.DATA_PROTECTION_CLAIM,
        "A person can claim for damage by an infringement of data protection law, and ask a court for an order.",
        written(
            "UK GDPR, Article 82; Data Protection Act 2018, sections 167 to 169", "25 May 2018, amended since",
            "/ukpga/2018/12/section/168",
        ),
        GDPR,
    ),
    ground(
        LegalBasis.DEFAMATION,
        "A statement is defamatory only if it does serious harm to a reputation; truth and honest opinion are defences.",
        DEFAMATION, date(2014, 1, 1),
    ),
    ground(
        LegalBasis.DEFAMATION_WEBSITE_NOTICE,
        "Whoever runs a website can be sent notice of a statement whose author can't be identified, with what the regulations"
        " require in it.",
        written(
            "Defamation Act 2013, section 5, and Defamation (Operators of Websites) Regulations 2013 (SI 2013/3028)",
            "1 January 2014", "/uksi/2013/3028", verified=True,
        ),
        date(2014, 1, 1),
    ),
    ground(
        LegalBasis.HARASSMENT, "A course of conduct that harasses somebody is an offence, and a ground to claim.", HARASSMENT,
        date(1997, 6, 16),
    ),
    ground(
        LegalBasis.FALSE_COMMUNICATION,
        "It is an offence to send what one knows to be false in order to do harm that is not trivial.",
        written("Online Safety Act 2023, section 179", "31 January 2024", "/ukpga/2023/50/section/179", verified=True),
        NEW_OFFENCES,
    ),
    ground(
        LegalBasis.THREATENING_COMMUNICATION, "It is an offence to send a threat of death or serious harm.",
        written("Online Safety Act 2023, section 181", "31 January 2024", "/ukpga/2023/50/section/181", verified=True),
        NEW_OFFENCES,
    ),
    ground(
        LegalBasis.MALICIOUS_COMMUNICATION,
        "It is an offence to send what is indecent or grossly offensive in order to cause distress or anxiety.",
        written(
            "Malicious Communications Act 1988, section 1, as far as it is in force", "29 September 1988; amended 31 January 2024",
            "/ukpga/1988/27/section/1",
        ),
        date(1988, 9, 29),
    ),
    ground(
        LegalBasis.MALICIOUS_COMMUNICATION_BEFORE_2024,
        "It was an offence to send a threat, or what one knew or believed to be false, in order to cause distress or anxiety.",
        written(
            "Malicious Communications Act 1988, section 1(1)(a)(ii) and (iii)", "29 September 1988 to 30 January 2024",
            "/ukpga/1988/27/section/1",
        ),
        date(1988, 9, 29), NEW_OFFENCES,
    ),
    ground(
        LegalBasis.PUBLIC_NETWORK_MISUSE,
        "It is an offence to send what is grossly offensive, indecent, obscene or menacing over a public network.",
        written(
            "Communications Act 2003, section 127, as far as it is in force", "25 July 2003; amended 31 January 2024",
            "/ukpga/2003/21/section/127",
        ),
        date(2003, 7, 25),
    ),
    ground(
        LegalBasis.PUBLIC_NETWORK_MISUSE_BEFORE_2024,
        "It was an offence to send what one knew to be false over a public network in order to annoy or worry somebody.",
        written(
            "Communications Act 2003, section 127(2)(a) and (b)", "25 July 2003 to 30 January 2024", "/ukpga/2003/21/section/127"
        ),
        date(2003, 7, 25), NEW_OFFENCES,
    ),
)  # fmt: skip
"""On what a legal referral may rest."""

REMOVALS: Final = (
    reference(
        "pms_removal", "Removal on reasonable grounds, after a warning with reasons in the twelve months before.",
        PMS_WARNING, date(2015, 12, 7), LegalPurpose.REMOVAL,
    ),
    reference(
        "pms_violence", "Removal at once for violence, or for fear of it, once the police were told.", PMS_VIOLENCE,
        date(2015, 12, 7), LegalPurpose.REMOVAL,
    ),
    reference(
        "gms_removal", "The same for practices that work under a General Medical Services contract.", GMS, date(2015, 12, 7),
        LegalPurpose.REMOVAL,
    ),
    reference(
        "gmc_ending", "When a doctor may end a relationship with a patient, and what comes before.", GMC_ENDING,
        date(2013, 4, 22), LegalPurpose.REMOVAL, LegalPurpose.CONDUCT,
    ),
    reference(
        "equality_act", "No reason for a decision may be a protected characteristic, and adjustments come first.", EQUALITY,
        date(2010, 10, 1), LegalPurpose.REMOVAL, LegalPurpose.RECORDING,
    ),
)  # fmt: skip
"""On ending the relationship with a patient."""

COMPLAINTS: Final = (
    reference(
        "complaints_2009", "How complaints about care are made, acknowledged and answered.", COMPLAINTS_2009,
        date(2009, 4, 1), LegalPurpose.COMPLAINTS,
    ),
    reference(
        "complaint_to_commissioner", "A complaint can be made to the body that commissions the care.", COMPLAINT_TO_COMMISSIONER,
        date(2009, 4, 1), LegalPurpose.COMPLAINTS,
    ),
    reference(
        "ombudsman", "The Ombudsman looks at a complaint about NHS care that stays unresolved.",
        written("Health Service Commissioners Act 1993", "5 February 1994", "/ukpga/1993/46"), date(1994, 2, 5),
        LegalPurpose.COMPLAINTS,
    ),
)  # fmt: skip
"""On complaints about care."""


def article(number: str, says: str) -> LegalReference:
    """An article of the UK GDPR."""
    source = written(f"UK GDPR, Article {number}", "25 May 2018; as the UK GDPR since 31 December 2020, amended since")
    return reference(f"article_{number.lower()}", says, source, GDPR, LegalPurpose.INFORMATION_RIGHTS)


RIGHTS: Final = (
    article("12", "How a request is answered, and what a refusal has to say."),
    reference(
        "article_12a", "By when a request is answered, and how that is reckoned.",
        written(
            "UK GDPR, Article 12A, by the Data (Use and Access) Act 2025, section 76", "5 February 2026",
            "/ukpga/2025/18/section/76", verified=True,
        ),
        USE_AND_ACCESS, LegalPurpose.INFORMATION_RIGHTS,
    ),
    article("15", "The right to see what is held about oneself."),
    article("16", "The right to have what is wrong put right."),
    article("17", "The right to have it erased, and its limits."),
    article("18", "The right to have its use restricted, and to be told before that ends."),
    article("19", "Whoever had it is told of what was corrected, erased or restricted."),
    article("20", "The right to take it elsewhere, and its limits."),
    article("21", "The right to object, and the absolute one against direct marketing."),
    reference(
        "dpa_164a", "A complaint to the practice about its use of personal data: made easy, acknowledged in 30 days, answered.",
        DATA_USE_AND_ACCESS, date(2026, 6, 19), LegalPurpose.INFORMATION_RIGHTS, LegalPurpose.COMPLAINTS,
    ),
    reference(
        "dpa_165", "A complaint to the regulator.", DATA_COMPLAINT, GDPR, LegalPurpose.INFORMATION_RIGHTS, LegalPurpose.COMPLAINTS
    ),
    reference(
        "dpa_167", "A court can order compliance.",
        written("Data Protection Act 2018, section 167", "25 May 2018, amended since", "/ukpga/2018/12/section/167"), GDPR,
        LegalPurpose.INFORMATION_RIGHTS,
    ),
    reference(
        "ahra_1990", "Who may see the health record of somebody who has died, and by when.",
        written("Access to Health Records Act 1990, section 3", "1 November 1991", "/ukpga/1990/23/section/3", verified=True),
        date(1991, 11, 1), LegalPurpose.INFORMATION_RIGHTS,
    ),
)  # fmt: skip
"""On information rights."""

OTHERS: Final = (
    reference(
        "bma_recording", "Patients may record for themselves; what they put online is another matter.", BMA_RECORDING,
        date(2024, 8, 21), LegalPurpose.RECORDING,
    ),
    reference(
        "nhs_protect_recording", "How staff meet patients who record, openly or not.", NHS_PROTECT, date(2016, 5, 1),
        LegalPurpose.RECORDING, until=date(2017, 11, 1),
    ),
    reference(
        "nhs_constitution", "What patients can ask of the NHS, and what it asks of them.",
        written("NHS Constitution for England", "1 April 2013, revised since"), date(2013, 4, 1), LegalPurpose.CONDUCT,
    ),
)  # fmt: skip
"""On recordings and conduct."""

ALL: Final = (*GROUNDS, *REMOVALS, *COMPLAINTS, *RIGHTS, *OTHERS)
BY_KEY: Final = {each.key: each for each in ALL}


def in_force(day: date, purpose: LegalPurpose | None = None) -> list[LegalReference]:
    """The references that hold on a day (Europe/London), for one purpose if it is named."""
    return [each for each in ALL if holds(each, day) and (purpose is None or purpose in each.purposes)]


def holds(each: LegalReference, day: date) -> bool:
    """Whether a reference holds on a day."""
    return each.in_force_from <= day and (each.in_force_until is None or day < each.in_force_until)


def basis_in_force(basis: LegalBasis, day: date) -> LegalReference | None:
    """The ground of a legal referral, if it holds on a day (Europe/London)."""
    return next((each for each in in_force(day, LegalPurpose.LEGAL_REFERRAL) if each.legal_basis == basis), None)


def cited(keys: Iterable[str], day: date) -> list[Citation]:
    """Those of these that hold on a day, as a letter names them."""
    return [citation(BY_KEY[key]) for key in keys if holds(BY_KEY[key], day)]


def citation(each: LegalReference) -> Citation:
    """A reference as a letter names it."""
    source = each.source
    return Citation(
        key=each.key, title=source.title, dated=source.dated, verified=source.verified, address=source.address
    )
