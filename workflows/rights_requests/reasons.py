"""Every reason for which a right is not honoured, or not in full, tied to the sub-paragraph that says so."""

from collections.abc import Mapping
from typing import Final

from models.rights import Regime, Right
from models.rights_decisions import ReasonCode
from models.rights_guidance import Reason

ALL_RIGHTS: Final = tuple(Right)
ACCESS, RECTIFICATION, ERASURE = (Right.ACCESS,), (Right.RECTIFICATION,), (Right.ERASURE,)
RESTRICTION, PORTABILITY, OBJECTION = (Right.RESTRICTION,), (Right.PORTABILITY,), (Right.OBJECTION,)

UK_GDPR_SAYS: Final[tuple[tuple[ReasonCode, str, str, tuple[Right, ...]], ...]] = (
    (ReasonCode.MANIFESTLY_UNFOUNDED, "UK GDPR, Article 12(5)(b)",
     "The request is plainly not meant to use the right. The practice has to show that.", ALL_RIGHTS),
    (ReasonCode.MANIFESTLY_EXCESSIVE, "UK GDPR, Article 12(5)(b)",
     "The request goes far beyond what is reasonable, above all because it repeats itself. The practice has to show that.",
     ALL_RIGHTS),
    (ReasonCode.REASONABLE_SEARCH, "UK GDPR, Article 15(1A)",
     "More would be found only by a search that is neither reasonable nor proportionate.", ACCESS),
    (ReasonCode.RIGHTS_OF_OTHERS, "UK GDPR, Article 15(4)", "A copy would harm the rights and freedoms of others.", ACCESS),
    (ReasonCode.SERIOUS_HARM, "DPA 2018, Schedule 3, paragraph 5",
     "An appropriate health professional found, within the last six months, that serious harm to somebody's health is likely.",
     ACCESS),
    (ReasonCode.EXPECTATIONS_AND_WISHES, "DPA 2018, Schedule 3, paragraph 4",
     "It was given, or is asked for by a parent or by somebody a court appointed, where the person expects it not to be told.",
     ALL_RIGHTS),
    (ReasonCode.THIRD_PARTY, "DPA 2018, Schedule 2, paragraph 16",
     "It would tell of another individual, who has not agreed. A health professional who acted as one is no such individual.",
     ACCESS),
    (ReasonCode.LEGAL_PRIVILEGE, "DPA 2018, Schedule 2, paragraph 19", "It is covered by legal professional privilege.", ACCESS),
    (ReasonCode.ACCURATE, "UK GDPR, Article 16", "What is recorded is neither incorrect nor misleading.", RECTIFICATION),
    (ReasonCode.OPINION, "DPA 2018, section 205",
     "Information is inaccurate as to a matter of fact. An opinion that was honestly held is kept, and shown as one.",
     (Right.RECTIFICATION, Right.ERASURE)),
    (ReasonCode.COMPLETE, "UK GDPR, Article 16", "What is recorded is complete for what it is kept for.", RECTIFICATION),
    (ReasonCode.NO_GROUND_FOR_ERASURE, "UK GDPR, Article 17(1)", "None of the grounds of (a) to (f) is there.", ERASURE),
    (ReasonCode.FREEDOM_OF_EXPRESSION, "UK GDPR, Article 17(3)(a)", "Freedom of expression and information need it.", ERASURE),
    (ReasonCode.LEGAL_OBLIGATION_OR_PUBLIC_TASK, "UK GDPR, Article 17(3)(b)",
     "The law obliges the practice to keep it, or a task in the public interest needs it.", ERASURE),
    (ReasonCode.PUBLIC_HEALTH, "UK GDPR, Article 17(3)(c)",
     "Health care under a duty of secrecy, Article 9(2)(h) and (3), and public health need it.", ERASURE),
    (ReasonCode.ARCHIVING_OR_RESEARCH, "UK GDPR, Article 17(3)(d)", "Archiving or research needs it.", ERASURE),
    (ReasonCode.LEGAL_CLAIMS, "UK GDPR, Article 17(3)(e)", "A legal claim needs it.", ERASURE),
    (ReasonCode.NO_GROUND_FOR_RESTRICTION, "UK GDPR, Article 18(1)", "None of the grounds of (a) to (d) is there.", RESTRICTION),
    (ReasonCode.NOT_CONSENT_OR_CONTRACT, "UK GDPR, Article 20(1)(a)",
     "The practice uses it neither by consent nor for a contract.", PORTABILITY),
    (ReasonCode.NOT_AUTOMATED, "UK GDPR, Article 20(1)(b)", "It is not used by automated means.", PORTABILITY),
    (ReasonCode.NOT_PROVIDED_BY_THEM, "UK GDPR, Article 20(1)", "The person did not provide it.", PORTABILITY),
    (ReasonCode.PUBLIC_TASK, "UK GDPR, Article 20(3)", "A task in the public interest needs it: the right does not reach so far.",
     PORTABILITY),
    (ReasonCode.PORTABILITY_RIGHTS_OF_OTHERS, "UK GDPR, Article 20(4)", "It would harm the rights and freedoms of others.",
     PORTABILITY),
    (ReasonCode.NO_PARTICULAR_SITUATION, "UK GDPR, Article 21(1)", "No grounds that lie in the person's own situation are given.",
     OBJECTION),
    (ReasonCode.OTHER_LAWFUL_BASIS, "UK GDPR, Article 21(1)",
     "The right reaches what is used under Article 6(1)(e), (ea) or (f), and this is not.", OBJECTION),
    (ReasonCode.COMPELLING_GROUNDS, "UK GDPR, Article 21(1)",
     "Compelling legitimate grounds outweigh the person's interests, rights and freedoms.", OBJECTION),
    (ReasonCode.OBJECTION_LEGAL_CLAIMS, "UK GDPR, Article 21(1)", "A legal claim needs it.", OBJECTION),
)  # fmt: skip
AHRA_SAYS: Final[tuple[tuple[ReasonCode, str, str], ...]] = (
    (ReasonCode.PATIENT_LEFT_A_NOTE, "Access to Health Records Act 1990, section 4(3)",
     "The record holds a note, made at the patient's wish, that access is not to be given."),
    (ReasonCode.DEAD_SERIOUS_HARM, "Access to Health Records Act 1990, section 5(1)(a)(i)",
     "It would be likely to cause serious harm to somebody's physical or mental health."),
    (ReasonCode.DEAD_THIRD_PARTY, "Access to Health Records Act 1990, section 5(1)(a)(ii)",
     "It would tell of, or come from, another individual who could be identified and has not agreed."),
    (ReasonCode.DEAD_BEFORE_1991, "Access to Health Records Act 1990, section 5(1)(b)",
     "It was recorded before 1 November 1991, and is not needed to understand what came later."),
    (ReasonCode.DEAD_IN_CONFIDENCE, "Access to Health Records Act 1990, section 5(3)",
     "The patient gave it, or agreed to be examined, expecting that it would not be shown to whoever applies."),
    (ReasonCode.DEAD_NOT_RELEVANT, "Access to Health Records Act 1990, section 5(4)",
     "It has nothing to do with a claim that may arise out of the death."),
    (ReasonCode.DEAD_NOT_ENTITLED, "Access to Health Records Act 1990, section 3(1)(f)",
     "Whoever applies is neither the personal representative nor somebody who may have a claim arising out of the death."),
)  # fmt: skip

REASONS: Final[Mapping[ReasonCode, Reason]] = {
    **{code: Reason(code=code, source=source, sentence=sentence, rights=list(rights))
       for code, source, sentence, rights in UK_GDPR_SAYS},
    **{code: Reason(code=code, source=source, sentence=sentence, rights=[Right.ACCESS], regime=Regime.AHRA_1990)
       for code, source, sentence in AHRA_SAYS},
}  # fmt: skip
"""Every reason by its code."""

HARM: Final = frozenset({ReasonCode.SERIOUS_HARM, ReasonCode.DEAD_SERIOUS_HARM})
"""Reasons that rest on a health professional's opinion."""


def can_be_given(code: ReasonCode, right: Right, regime: Regime) -> bool:
    """Whether a reason stands in the law of this right."""
    return REASONS[code].regime == regime and right in REASONS[code].rights
