"""What the law usually says to each right, for each kind of information: guidance for whoever decides, never the decision."""

from collections.abc import Iterator, Mapping
from typing import Final

from models.rights import HEALTH_SCOPES, LawfulBasis, Regime, Right, Scope
from models.rights_decisions import RESULTS, ReasonCode, Result
from models.rights_guidance import Applicability, Guidance, GuidanceFound
from workflows.rights_requests.reasons import REASONS, can_be_given

USUAL_BASIS: Final[Mapping[Scope, LawfulBasis]] = {
    Scope.CLINICAL_RECORD: LawfulBasis.PUBLIC_TASK,
    Scope.MARKETING: LawfulBasis.CONSENT,
    Scope.WEBSITE_ACCOUNT: LawfulBasis.CONSENT,
    Scope.COMPLAINT_FILE: LawfulBasis.LEGAL_OBLIGATION,
    Scope.STAFF_RECORD: LawfulBasis.CONTRACT,
    Scope.CONDUCT_FILE: LawfulBasis.PUBLIC_TASK,
}
"""By what a practice usually may use each kind of information; for the health record together with Article 9(2)(h)."""

Row = tuple[Applicability, str, tuple[ReasonCode, ...], tuple[Result, ...]]
WITHHELD: Final = (ReasonCode.SERIOUS_HARM, ReasonCode.THIRD_PARTY, ReasonCode.LEGAL_PRIVILEGE)
KEPT: Final = (ReasonCode.LEGAL_OBLIGATION_OR_PUBLIC_TASK, ReasonCode.PUBLIC_HEALTH, ReasonCode.LEGAL_CLAIMS)
OUTWEIGHED: Final = (ReasonCode.COMPELLING_GROUNDS, ReasonCode.OBJECTION_LEGAL_CLAIMS)
NOT_BY_BASIS: Final = (ReasonCode.NOT_CONSENT_OR_CONTRACT, ReasonCode.PUBLIC_TASK)
APPLIES, IN_PART, RARELY, NOT = (
    Applicability.APPLIES, Applicability.APPLIES_IN_PART, Applicability.RARELY_APPLIES, Applicability.DOES_NOT_APPLY,
)  # fmt: skip

SOURCES: Final[Mapping[Right, tuple[str, ...]]] = {
    Right.ACCESS: ("UK GDPR, Article 15", "DPA 2018, Schedule 2, paragraphs 16 and 19", "DPA 2018, Schedule 3, Part 2"),
    Right.RECTIFICATION: ("UK GDPR, Article 16", "DPA 2018, section 205"),
    Right.ERASURE: ("UK GDPR, Article 17(1) and (3)",),
    Right.RESTRICTION: ("UK GDPR, Article 18",),
    Right.PORTABILITY: ("UK GDPR, Article 20(1) and (3)",),
    Right.OBJECTION: ("UK GDPR, Article 21(1) to (3)",),
}

ROWS: Final[Mapping[Right, Mapping[Scope, Row]]] = {
    Right.ACCESS: {
        Scope.CLINICAL_RECORD: (APPLIES, ("Give what a reasonable and proportionate search finds, once a clinician has looked at "
                                "what could do serious harm and at what tells of others."), WITHHELD, (Result.GIVEN_IN_PART,)),
        Scope.MARKETING: (APPLIES, "Give it: the list, what was sent, and when consent was given.", (), ()),
        Scope.WEBSITE_ACCOUNT: (APPLIES, "Give what the account holds.", (), ()),
        Scope.COMPLAINT_FILE: (IN_PART, "Give it, but for what tells of others, and for legal advice.", WITHHELD,
                               (Result.GIVEN_IN_PART,)),
        Scope.STAFF_RECORD: (IN_PART, ("Give it: whoever works here is a data subject too. References in confidence and what tells "
                             "of colleagues may stay back."), (ReasonCode.THIRD_PARTY, ReasonCode.LEGAL_PRIVILEGE),
                             (Result.GIVEN_IN_PART,)),
        Scope.CONDUCT_FILE: (IN_PART, "Give what is about the person; what witnesses said tells of them as well.",
                             (ReasonCode.THIRD_PARTY, ReasonCode.LEGAL_PRIVILEGE), (Result.GIVEN_IN_PART,)),
    },
    Right.RECTIFICATION: {
        Scope.CLINICAL_RECORD: (IN_PART, ("Put facts right, and keep the mistake with the correction beside it. An opinion "
                                "honestly held stays, as an opinion, and the patient's disagreement is noted beside it."),
                                (ReasonCode.OPINION, ReasonCode.ACCURATE),
                                (Result.NOTE_OF_DISAGREEMENT_ADDED, Result.MOVED_TO_THE_RIGHT_PATIENT, Result.COMPLETED)),
        Scope.MARKETING: (APPLIES, "Put it right.", (), ()),
        Scope.WEBSITE_ACCOUNT: (APPLIES, "Put it right.", (), ()),
        Scope.COMPLAINT_FILE: (IN_PART, "Put facts right. What somebody said stays what they said: add a statement.",
                               (ReasonCode.ACCURATE, ReasonCode.OPINION), (Result.NOTE_OF_DISAGREEMENT_ADDED, Result.COMPLETED)),
        Scope.STAFF_RECORD: (IN_PART, "Put facts right. An assessment honestly made stays, with a statement beside it.",
                             (ReasonCode.OPINION, ReasonCode.ACCURATE), (Result.NOTE_OF_DISAGREEMENT_ADDED,)),
        Scope.CONDUCT_FILE: (IN_PART, "Evidence is never altered: add the person's statement to it, and restrict it meanwhile.",
                             (ReasonCode.ACCURATE,), (Result.NOTE_OF_DISAGREEMENT_ADDED, Result.COMPLETED)),
    },
    Right.ERASURE: {
        Scope.CLINICAL_RECORD: (RARELY, ("A health record is kept. What stands in the wrong patient's record is moved, not "
                                "deleted; what is unlawfully held goes, if a clinician decides so."), KEPT,
                                (Result.MOVED_TO_THE_RIGHT_PATIENT, Result.RESTRICTED_INSTEAD, Result.NOTE_OF_DISAGREEMENT_ADDED)),
        Scope.MARKETING: (APPLIES, "Erase it, but for as little as it takes to send nothing again.", (), ()),
        Scope.WEBSITE_ACCOUNT: (APPLIES, "Erase it: consent is withdrawn.", (), ()),
        Scope.COMPLAINT_FILE: (RARELY, "The law obliges the practice to keep its complaints.",
                               (ReasonCode.LEGAL_OBLIGATION_OR_PUBLIC_TASK, ReasonCode.LEGAL_CLAIMS), (Result.RESTRICTED_INSTEAD,)),
        Scope.STAFF_RECORD: (IN_PART, "Erase what is not needed any more; what the law obliges an employer to keep stays.",
                             (ReasonCode.LEGAL_OBLIGATION_OR_PUBLIC_TASK, ReasonCode.LEGAL_CLAIMS), (Result.ERASED_IN_PART,)),
        Scope.CONDUCT_FILE: (RARELY, "Evidence of an incident is restricted, not erased.",
                             (ReasonCode.LEGAL_CLAIMS, ReasonCode.LEGAL_OBLIGATION_OR_PUBLIC_TASK), (Result.RESTRICTED_INSTEAD,)),
    },
    Right.RESTRICTION: {
        **dict.fromkeys(
            Scope,
            (IN_PART, ("Restrict it where its accuracy is contested or an objection is pending, where it is unlawfully used, or "
             "where the person needs it for a claim. Staff still see that it is restricted; Article 18(2) says what may be done "
             "with it."),
             (ReasonCode.NO_GROUND_FOR_RESTRICTION,), (Result.RESTRICTED_IN_PART,)),
        ),
    },
    Right.PORTABILITY: {
        Scope.CLINICAL_RECORD: (NOT, "It is kept for a public task. Offer access, and GP2GP to whoever moves to another practice.",
                                NOT_BY_BASIS, (Result.ACCESS_OFFERED_INSTEAD, Result.GP2GP_ON_MOVING)),
        Scope.MARKETING: (APPLIES, "Send what the person provided, in a form that a machine reads.", (), ()),
        Scope.WEBSITE_ACCOUNT: (APPLIES, "Send what the person provided, in a form that a machine reads.",
                                (ReasonCode.NOT_PROVIDED_BY_THEM,), (Result.SENT_IN_PART,)),
        Scope.COMPLAINT_FILE: (NOT, "It is kept because the law obliges the practice to. Offer access.",
                               (ReasonCode.NOT_CONSENT_OR_CONTRACT,), (Result.ACCESS_OFFERED_INSTEAD,)),
        Scope.STAFF_RECORD: (IN_PART, "What the person provided for the contract, and is used by machines, is sent.",
                             (ReasonCode.NOT_PROVIDED_BY_THEM, ReasonCode.NOT_AUTOMATED), (Result.SENT_IN_PART,)),
        Scope.CONDUCT_FILE: (NOT, "It is kept for a public task. Offer access.", NOT_BY_BASIS, (Result.ACCESS_OFFERED_INSTEAD,)),
    },
    Right.OBJECTION: {
        Scope.CLINICAL_RECORD: (IN_PART, ("Direct care and its records usually outweigh an objection; sharing beyond "
                                "direct care often does not. Type 1 and the National Data Opt-out have ways of their own."),
                                OUTWEIGHED, (Result.STOPPED_IN_PART,)),
        Scope.MARKETING: (Applicability.ALWAYS_UPHELD, "Stop: nothing outweighs an objection to direct marketing.", (),
                          (Result.STOPPED,)),
        Scope.WEBSITE_ACCOUNT: (IN_PART, "Where consent is the basis, take it as withdrawn.", (ReasonCode.OTHER_LAWFUL_BASIS,),
                                (Result.STOPPED,)),
        Scope.COMPLAINT_FILE: (RARELY, "The right does not reach what the law obliges the practice to do.",
                               (ReasonCode.OTHER_LAWFUL_BASIS, ReasonCode.OBJECTION_LEGAL_CLAIMS), (Result.STOPPED_IN_PART,)),
        Scope.STAFF_RECORD: (RARELY, "The right does not reach what a contract or the law needs.",
                             (ReasonCode.OTHER_LAWFUL_BASIS,), (Result.STOPPED_IN_PART,)),
        Scope.CONDUCT_FILE: (IN_PART, "Weigh what the person says of their situation against the safety of staff and patients.",
                             OUTWEIGHED, (Result.STOPPED_IN_PART,)),
    },
}  # fmt: skip
OF_THE_DEAD: Final = Guidance(
    right=Right.ACCESS, scope=Scope.CLINICAL_RECORD, regime=Regime.AHRA_1990, applicability=IN_PART,
    usual_basis=LawfulBasis.LEGAL_OBLIGATION,
    sentence="Give the health record to the personal representative, or to whoever may have a claim arising out of the death as "
    "far as it concerns that; and nothing against a note that the patient left.",
    sources=["Access to Health Records Act 1990, sections 3 to 5"],
    codes=[each.code for each in REASONS.values() if each.regime == Regime.AHRA_1990], consider=[Result.GIVEN_IN_PART],
    needs_clinician=True,
)  # fmt: skip


def every_guidance() -> Iterator[Guidance]:
    """All of it, right by right."""
    for right, rows in ROWS.items():
        for scope, (applicability, sentence, codes, consider) in rows.items():
            yield Guidance(
                right=right, scope=scope, applicability=applicability, usual_basis=USUAL_BASIS[scope], sentence=sentence,
                sources=list(SOURCES[right]), codes=list(codes), consider=list(consider),
                needs_clinician=needs_clinician(right, scope, None),
            )  # fmt: skip
    yield OF_THE_DEAD


def needs_clinician(right: Right, scope: Scope, contests_opinion: bool | None) -> bool:
    """Whether a clinician has to be asked first: to disclose health data, to erase any, or to change an opinion.

    Nobody knows yet whether it is an opinion: then it may be one.
    """
    if scope not in HEALTH_SCOPES:
        return False
    if right == Right.RECTIFICATION:
        return contests_opinion is not False
    return right in {Right.ACCESS, Right.ERASURE, Right.PORTABILITY}


GUIDANCE: Final = tuple(every_guidance())


def guidance_for(right: Right | None, scope: Scope | None) -> GuidanceFound:
    """What there is for a right, a kind of information, or both; everything where neither is said."""
    found = [each for each in GUIDANCE if right in {None, each.right} and scope in {None, each.scope}]
    asked = {(each.right, each.regime) for each in found}
    return GuidanceFound(
        guidance=found,
        reasons=[each for each in REASONS.values() if any(can_be_given(each.code, *one) for one in asked)],
        results={
            each: {outcome: sorted(results) for outcome, results in RESULTS[each].items()}
            for each in sorted({one for one, _ in asked})
        },
    )
