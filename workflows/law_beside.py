"""The law beside a policy: what stands above a clause, or next to it, since when, and where it is written.

Each entry says for which acts it is shown. The days are those on which it took effect, in England.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from models.clauses import BreachGround, Consequence
from models.conduct import Act, Deed, Publication, Venue
from models.judgements import LawBeside, Source, Standing

IN_A_POST: Final = frozenset({Deed.POST_ONLINE, Deed.LEAVE_REVIEW})
CAPTURING: Final = frozenset({Deed.RECORD, Deed.PHOTOGRAPH})


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule from outside the policy, for which acts it is shown, and which consequences it narrows.

    It is shown for its deeds (only at its venue, and in a post or a review only with one of its grounds, where it names any)
    and with every consequence that it narrows.
    """

    law: LawBeside
    since: date = date.min
    deeds: frozenset[Deed] = frozenset()
    venue: Venue | None = None
    grounds: frozenset[BreachGround] = frozenset()
    narrows: frozenset[Consequence] = frozenset()

    def speaks_to(self, act: Act) -> bool:
        """Whether it belongs beside any judgement of this act."""
        if isinstance(act, Publication) and self.grounds and not self.grounds & act.grounds:
            return False
        return act.deed in self.deeds and self.venue in {None, getattr(act, "venue", None)}


def above(key: str, says: str, *sources: Source) -> LawBeside:
    """A rule that prevails over a clause."""
    return LawBeside(key=key, standing=Standing.ABOVE, says=says, sources=list(sources))


def beside(key: str, says: str, *sources: Source) -> LawBeside:
    """A rule to be known with a clause."""
    return LawBeside(key=key, standing=Standing.BESIDE, says=says, sources=list(sources))


GDPR_APPLIES: Final = "25 May 2018; as the UK GDPR since 31 December 2020"

BMA_RECORDING: Final = Source(
    title="BMA, Patients recording consultations", dated="21 August 2024", verified=True,
    address="https://www.bma.org.uk/advice-and-support/ethics/confidentiality-and-health-records/patients-recording-consultations",
)  # fmt: skip
NHS_PROTECT: Final = Source(
    title="NHS Protect, Patients recording NHS staff in health and social care settings",
    dated="May 2016",
    verified=True,
)
EQUALITY: Final = Source(
    title="Equality Act 2010, sections 20, 21 and 29", dated="1 October 2010", verified=False,
    address="https://www.legislation.gov.uk/ukpga/2010/15/section/20",
)  # fmt: skip
UK_GDPR: Final = Source(title="UK GDPR, Articles 2, 5, 6 and 9", dated=GDPR_APPLIES, verified=False)
PRIVATE_LIFE: Final = Source(
    title="European Convention on Human Rights, Article 8, by the Human Rights Act 1998", dated="2 October 2000",
    verified=False,
)  # fmt: skip
GMC_ENDING: Final = Source(
    title="GMC, Ending your professional relationship with a patient", dated="22 April 2013, reissued since",
    verified=True,
    address="https://www.gmc-uk.org/professional-standards/the-professional-standards/ending-your-professional-relationship-with-a-patient",
)  # fmt: skip
COMPLAINTS_2009: Final = Source(
    title="Local Authority Social Services and National Health Service Complaints (England) Regulations 2009 (SI 2009/309)",
    dated="1 April 2009", verified=True, address="https://www.legislation.gov.uk/uksi/2009/309",
)  # fmt: skip
COMPLAINT_TO_COMMISSIONER: Final = Source(
    title=(
        "Local Authority Social Services and National Health Service Complaints (England) Regulations 2009 (SI 2009/309),"
        " regulation 7"
    ),
    dated="1 April 2009; of integrated care boards since 1 July 2022", verified=True,
    address="https://www.legislation.gov.uk/uksi/2009/309/regulation/7",
)  # fmt: skip
DATA_COMPLAINT: Final = Source(
    title="Data Protection Act 2018, section 165", dated="25 May 2018, amended since", verified=False,
    address="https://www.legislation.gov.uk/ukpga/2018/12/section/165",
)  # fmt: skip
ICO_COMPLAINTS: Final = Source(
    title="ICO, How does the ICO deal with complaints?", dated="12 February 2026", verified=True,
    address="https://ico.org.uk/for-organisations/how-to-deal-with-data-protection-complaints/how-does-the-ico-deal-with-complaints",
)  # fmt: skip
DATA_USE_AND_ACCESS: Final = Source(
    title="Data Protection Act 2018, section 164A, by the Data (Use and Access) Act 2025, section 103",
    dated="19 June 2026", verified=True, address="https://www.legislation.gov.uk/ukpga/2025/18/section/103",
)  # fmt: skip
PMS_WARNING: Final = Source(
    title="NHS (Personal Medical Services Agreements) Regulations 2015 (SI 2015/1879), Schedule 2, paragraph 23",
    dated="7 December 2015", verified=True,
    address="https://www.legislation.gov.uk/uksi/2015/1879/schedule/2/paragraph/23",
)  # fmt: skip
PMS_VIOLENCE: Final = Source(
    title="NHS (Personal Medical Services Agreements) Regulations 2015 (SI 2015/1879), Schedule 2, paragraph 24",
    dated="7 December 2015", verified=True,
    address="https://www.legislation.gov.uk/uksi/2015/1879/schedule/2/paragraph/24",
)  # fmt: skip
GMS: Final = Source(
    title="NHS (General Medical Services Contracts) Regulations 2015 (SI 2015/1862), Schedule 3, paragraphs 24 and 25",
    dated="7 December 2015", verified=False, address="https://www.legislation.gov.uk/uksi/2015/1862/schedule/3",
)  # fmt: skip
DEFAMATION: Final = Source(
    title="Defamation Act 2013, sections 1 to 3", dated="1 January 2014", verified=False,
    address="https://www.legislation.gov.uk/ukpga/2013/26",
)  # fmt: skip
ONLINE_SAFETY: Final = Source(
    title="Online Safety Act 2023, sections 179 and 181", dated="31 January 2024", verified=True,
    address="https://www.legislation.gov.uk/ukpga/2023/50/part/10",
)  # fmt: skip
HARASSMENT: Final = Source(
    title="Protection from Harassment Act 1997", dated="16 June 1997", verified=False,
    address="https://www.legislation.gov.uk/ukpga/1997/40",
)  # fmt: skip
BMA_ABUSE: Final = Source(
    title="BMA, Dealing with abuse of practice staff on social media from patients", dated="28 June 2024", verified=True,
    address="https://www.bma.org.uk/advice-and-support/gp-practices/complaints-in-primary-care/dealing-with-abuse-of-practice-staff-on-social-media-from-patients",
)  # fmt: skip
NHS_REVIEWS: Final = Source(
    title="NHS website, reviews policy", dated="as it stood in November 2026", verified=True,
    address="https://www.nhs.uk/about-us/managing-patient-feedback",
)  # fmt: skip
SECURITY: Final = Source(title="UK GDPR, Articles 5(1)(f) and 32", dated=GDPR_APPLIES, verified=False)
RIGHTS: Final = Source(
    title="UK GDPR, Articles 12 and 15 to 21", dated=GDPR_APPLIES, verified=False,
)  # fmt: skip
GMC_CONFIDENTIALITY: Final = Source(
    title="GMC, Confidentiality: good practice in handling patient information", dated="25 April 2017", verified=False
)
GMC_SOCIAL_MEDIA: Final = Source(
    title="GMC, Using social media as a medical professional", dated="30 January 2024", verified=False
)
GMC_CONSENT: Final = Source(title="GMC, Decision making and consent", dated="9 November 2020", verified=False)

LAW: Final = (
    Entry(
        above(
            "adjustments_first",
            "If a disabled patient needs a device or a recording, the duty to make reasonable adjustments comes before any rule"
            " against it.",
            EQUALITY, BMA_RECORDING,
        ),
        since=date(2010, 10, 1), deeds=frozenset({Deed.USE_DEVICE, Deed.RECORD}),
    ),
    Entry(
        above(
            "private_recording_lawful",
            "A patient needs no permission in law to record their own consultation for themselves, openly or not; to ask is a"
            " courtesy.",
            BMA_RECORDING, NHS_PROTECT,
        ),
        since=date(2016, 5, 1), deeds=frozenset({Deed.RECORD}), venue=Venue.CONSULTATION,
    ),
    Entry(
        above(
            "complaint_never_ground",
            "A complaint is never by itself a reason to take somebody off the list, wherever and however it was made.",
            GMC_ENDING,
        ),
        since=date(2013, 4, 22), deeds=frozenset({Deed.COMPLAIN, Deed.LEAVE_REVIEW, Deed.SEND_FEEDBACK, Deed.POST_ONLINE}),
    ),
    Entry(
        above(
            "complaint_route",
            "A complaint can be spoken, written or electronic, and whoever has one is always shown how to make it.",
            COMPLAINTS_2009,
        ),
        since=date(2009, 4, 1),
        deeds=frozenset({Deed.COMPLAIN, Deed.LEAVE_REVIEW, Deed.SEND_FEEDBACK, Deed.POST_ONLINE, Deed.ABUSE}),
    ),
    Entry(
        above(
            "complaint_to_commissioner",
            "A complaint about the services of a practice can be made to the body that commissions them, as a rule the integrated"
            " care board, instead of to the practice.",
            COMPLAINT_TO_COMMISSIONER,
        ),
        since=date(2022, 7, 1), deeds=frozenset({Deed.COMPLAIN}),
    ),
    Entry(
        above(
            "data_protection_complaint",
            "A complaint about how the practice uses personal data is made easy, and is acknowledged within 30 days.",
            DATA_USE_AND_ACCESS,
        ),
        since=date(2026, 6, 19), deeds=frozenset({Deed.COMPLAIN, Deed.USE_INFORMATION_RIGHT}),
    ),
    Entry(
        above(
            "data_complaint_to_regulator",
            "Whoever thinks that their personal data is used against the law can complain to the Information Commission (the"
            " ICO), which in most cases asks for a complaint to the practice first.",
            DATA_COMPLAINT, DATA_USE_AND_ACCESS, ICO_COMPLAINTS,
        ),
        since=date(2026, 6, 19), deeds=frozenset({Deed.COMPLAIN, Deed.USE_INFORMATION_RIGHT}),
    ),
    Entry(
        above(
            "immediate_removal_narrow",
            "Removal at once needs violence, or behaviour that made somebody fear for their safety, and a report to the police;"
            " verbal abuse by itself is not named.",
            PMS_VIOLENCE, GMS,
        ),
        since=date(2015, 12, 7), deeds=frozenset({Deed.ABUSE}), narrows=frozenset({Consequence.IMMEDIATE_REMOVAL}),
    ),
    Entry(
        above(
            "warning_first",
            "Short of violence, a patient is taken off the list only on reasonable grounds, and after a warning with reasons in"
            " the twelve months before; the regulations name few exceptions.",
            PMS_WARNING, GMS, GMC_ENDING,
        ),
        since=date(2015, 12, 7), deeds=frozenset({Deed.ABUSE}),
        narrows=frozenset({Consequence.RELATIONSHIP_MAY_BREAK_DOWN}),
    ),
    Entry(
        above(
            "rights_are_statutory",
            "The rights over personal data hold whether a policy lists them or not, each within its limits; the practice answers"
            " within a month as a rule.",
            RIGHTS,
        ),
        since=date(2018, 5, 25), deeds=frozenset({Deed.USE_INFORMATION_RIGHT}),
    ),
    Entry(
        above(
            "consent_to_presence",
            "A patient decides who is present at their consultation, and to say no never affects their care.",
            GMC_CONSENT,
        ),
        since=date(2020, 11, 9), deeds=frozenset({Deed.DECLINE_TRAINEE}),
    ),
    Entry(
        above(
            "confidentiality_in_public",
            "Doctors and their staff reveal nothing about a patient in public, not even that somebody is one.",
            GMC_CONFIDENTIALITY, GMC_SOCIAL_MEDIA,
        ),
        since=date(2017, 4, 25), deeds=frozenset({Deed.POST_FOR_PRACTICE, Deed.ACCEPT_FRIEND_REQUEST}),
    ),
    Entry(
        beside(
            "data_protection",
            "What somebody keeps for themselves is outside data protection law; what they post about others is not.",
            UK_GDPR,
        ),
        since=date(2018, 5, 25), deeds=CAPTURING | {Deed.POST_ONLINE},
    ),
    Entry(
        beside(
            "privacy_of_others",
            "Whoever can be recognised in a recording or a photograph has a right to respect for their private life.",
            PRIVATE_LIFE, BMA_RECORDING,
        ),
        since=date(2000, 10, 2), deeds=CAPTURING | {Deed.POST_ONLINE},
    ),
    Entry(
        beside(
            "defamation_defences",
            "A statement defames only if it does serious harm, and truth and honest opinion are defences.",
            DEFAMATION,
        ),
        since=date(2014, 1, 1), deeds=IN_A_POST, grounds=frozenset({BreachGround.DEFAMATORY, BreachGround.INACCURATE}),
        narrows=frozenset({Consequence.LEGAL_ADVICE_SOUGHT, Consequence.LEGAL_ADVICE_POSSIBLE}),
    ),
    Entry(
        beside(
            "individual_claims",
            "A claim for misuse of private information belongs to the individual whose information it is, and not to the"
            " practice.",
            UK_GDPR, PRIVATE_LIFE,
        ),
        since=date(2018, 5, 25), narrows=frozenset({Consequence.LEGAL_ACTION_POSSIBLE}),
    ),
    Entry(
        beside(
            "online_offences",
            "Threats, and falsehoods sent knowingly to do harm, can be offences.",
            ONLINE_SAFETY,
        ),
        since=date(2024, 1, 31), deeds=IN_A_POST | {Deed.ABUSE},
        grounds=frozenset({BreachGround.FRAUDULENT, BreachGround.HARASSING, BreachGround.UNLAWFUL}),
    ),
    Entry(
        beside(
            "harassment",
            "What is unacceptable face to face is unacceptable online, and two or more connected posts that cause distress or"
            " alarm may be harassment.",
            BMA_ABUSE, HARASSMENT,
        ),
        since=date(1997, 6, 16), deeds=IN_A_POST | {Deed.ABUSE}, grounds=frozenset({BreachGround.HARASSING}),
    ),
    Entry(
        beside(
            "nhs_website_reviews",
            "The NHS website publishes reviews of care in the last two years, and none that names anybody or is a formal"
            " complaint.",
            NHS_REVIEWS,
        ),
        deeds=frozenset({Deed.LEAVE_REVIEW}),
    ),
    Entry(
        beside(
            "security_of_messages",
            "The practice keeps health information secure, and asks for it by a way that is.",
            SECURITY,
        ),
        since=date(2018, 5, 25), deeds=frozenset({Deed.SEND_MEDICAL_MESSAGE}),
    ),
    Entry(
        beside(
            "professional_boundaries",
            "Doctors keep professional and personal life apart online; that a patient asked is held against nobody.",
            GMC_SOCIAL_MEDIA,
        ),
        since=date(2024, 1, 30), deeds=frozenset({Deed.FRIEND_REQUEST, Deed.ACCEPT_FRIEND_REQUEST}),
    ),
)  # fmt: skip
"""Every rule that is shown, those above a clause first."""


def law_beside(act: Act, consequences: Iterable[Consequence], day: date) -> list[LawBeside]:
    """The law to be known with the judgement of an act on a day (Europe/London)."""
    following = frozenset(consequences)
    return [each.law for each in LAW if each.since <= day and (each.speaks_to(act) or bool(each.narrows & following))]


def narrowing(consequence: Consequence, day: date) -> Iterator[str]:
    """The keys of the law in force on a day that narrows a consequence, as a document announces it."""
    return (each.law.key for each in LAW if each.since <= day and consequence in each.narrows)
