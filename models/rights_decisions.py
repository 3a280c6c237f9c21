"""What is decided about a rights request: the outcome, what was done in place of what was asked, why, and what the person reads."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, StrictBool

from models.record import Payload
from models.rights import Right, WrittenReply
from models.rights_steps import Done
from models.text import Line, Paragraph


class Outcome(StrEnum):
    """Whether what was asked for is done."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    REFUSED = "refused"


class Result(StrEnum):
    """What is done, right by right."""

    GIVEN = "given"
    GIVEN_IN_PART = "given_in_part"
    NOTHING_HELD = "nothing_held"
    CORRECTED = "corrected"
    COMPLETED = "completed"
    NOTE_OF_DISAGREEMENT_ADDED = "note_of_disagreement_added"
    MOVED_TO_THE_RIGHT_PATIENT = "moved_to_the_right_patient"
    ERASED = "erased"
    ERASED_IN_PART = "erased_in_part"
    RESTRICTED_INSTEAD = "restricted_instead"
    RESTRICTION_OFFERED = "restriction_offered"
    NOTE_OFFERED = "note_offered"
    RESTRICTED = "restricted"
    RESTRICTED_IN_PART = "restricted_in_part"
    SENT_IN_PORTABLE_FORM = "sent_in_portable_form"
    SENT_IN_PART = "sent_in_part"
    ACCESS_OFFERED_INSTEAD = "access_offered_instead"
    GP2GP_ON_MOVING = "gp2gp_on_moving"
    STOPPED = "stopped"
    STOPPED_IN_PART = "stopped_in_part"
    REFUSED = "refused"


RESULTS: Final[dict[Right, dict[Outcome, frozenset[Result]]]] = {
    Right.ACCESS: {
        Outcome.UPHELD: frozenset({Result.GIVEN, Result.NOTHING_HELD}),
        Outcome.PARTLY_UPHELD: frozenset({Result.GIVEN_IN_PART}),
        Outcome.REFUSED: frozenset({Result.REFUSED}),
    },
    Right.RECTIFICATION: {
        Outcome.UPHELD: frozenset({Result.CORRECTED, Result.COMPLETED, Result.MOVED_TO_THE_RIGHT_PATIENT}),
        Outcome.PARTLY_UPHELD: frozenset({Result.CORRECTED, Result.COMPLETED, Result.NOTE_OF_DISAGREEMENT_ADDED}),
        Outcome.REFUSED: frozenset({Result.REFUSED, Result.NOTE_OFFERED}),
    },
    Right.ERASURE: {
        Outcome.UPHELD: frozenset({Result.ERASED, Result.MOVED_TO_THE_RIGHT_PATIENT}),
        Outcome.PARTLY_UPHELD: frozenset({Result.ERASED_IN_PART, Result.RESTRICTED_INSTEAD, Result.NOTE_OF_DISAGREEMENT_ADDED}),
        Outcome.REFUSED: frozenset({Result.REFUSED, Result.RESTRICTION_OFFERED, Result.NOTE_OFFERED}),
    },
    Right.RESTRICTION: {
        Outcome.UPHELD: frozenset({Result.RESTRICTED}),
        Outcome.PARTLY_UPHELD: frozenset({Result.RESTRICTED_IN_PART}),
        Outcome.REFUSED: frozenset({Result.REFUSED}),
    },
    Right.PORTABILITY: {
        Outcome.UPHELD: frozenset({Result.SENT_IN_PORTABLE_FORM}),
        Outcome.PARTLY_UPHELD: frozenset({Result.SENT_IN_PART}),
        Outcome.REFUSED: frozenset({Result.REFUSED, Result.ACCESS_OFFERED_INSTEAD, Result.GP2GP_ON_MOVING}),
    },
    Right.OBJECTION: {
        Outcome.UPHELD: frozenset({Result.STOPPED}),
        Outcome.PARTLY_UPHELD: frozenset({Result.STOPPED_IN_PART}),
        Outcome.REFUSED: frozenset({Result.REFUSED}),
    },
}  # fmt: skip
"""Which results belong to which outcome of which right."""

ERASES: Final = frozenset({Result.ERASED, Result.ERASED_IN_PART})
ALTERS: Final = ERASES | {Result.CORRECTED, Result.MOVED_TO_THE_RIGHT_PATIENT}
"""Results after which what was there is not there any more as it was."""

RESTRICTS: Final = frozenset({Result.RESTRICTED, Result.RESTRICTED_IN_PART, Result.RESTRICTED_INSTEAD})
"""Results that are not done before a restriction stands."""

NOTIFIED: Final = ALTERS | RESTRICTS | {Result.COMPLETED, Result.NOTE_OF_DISAGREEMENT_ADDED}
"""Results of which recipients are told: Article 19 of the UK GDPR speaks of rectification, erasure and restriction."""

DISCLOSES: Final = frozenset({Result.GIVEN, Result.GIVEN_IN_PART, Result.SENT_IN_PORTABLE_FORM, Result.SENT_IN_PART})
"""Results by which somebody is shown information."""


class ReasonCode(StrEnum):
    """Why something is not done, or not all of it: each tied to the sub-paragraph that says so."""

    MANIFESTLY_UNFOUNDED = "art_12_5_manifestly_unfounded"
    MANIFESTLY_EXCESSIVE = "art_12_5_manifestly_excessive"
    REASONABLE_SEARCH = "art_15_1a_reasonable_and_proportionate_search"
    RIGHTS_OF_OTHERS = "art_15_4_rights_of_others"
    SERIOUS_HARM = "dpa_sch_3_para_5_serious_harm"
    EXPECTATIONS_AND_WISHES = "dpa_sch_3_para_4_expectations_and_wishes"
    THIRD_PARTY = "dpa_sch_2_para_16_another_individual"
    LEGAL_PRIVILEGE = "dpa_sch_2_para_19_legal_professional_privilege"
    ACCURATE = "art_16_information_is_accurate"
    OPINION = "dpa_s_205_opinion_is_not_a_matter_of_fact"
    COMPLETE = "art_16_information_is_complete"
    NO_GROUND_FOR_ERASURE = "art_17_1_no_ground"
    FREEDOM_OF_EXPRESSION = "art_17_3_a_freedom_of_expression"
    LEGAL_OBLIGATION_OR_PUBLIC_TASK = "art_17_3_b_legal_obligation_or_public_task"
    PUBLIC_HEALTH = "art_17_3_c_public_health"
    ARCHIVING_OR_RESEARCH = "art_17_3_d_archiving_or_research"
    LEGAL_CLAIMS = "art_17_3_e_legal_claims"
    NO_GROUND_FOR_RESTRICTION = "art_18_1_no_ground"
    NOT_CONSENT_OR_CONTRACT = "art_20_1_a_not_consent_or_contract"
    NOT_AUTOMATED = "art_20_1_b_not_automated"
    NOT_PROVIDED_BY_THEM = "art_20_1_not_provided_by_them"
    PUBLIC_TASK = "art_20_3_public_task"
    PORTABILITY_RIGHTS_OF_OTHERS = "art_20_4_rights_of_others"
    NO_PARTICULAR_SITUATION = "art_21_1_no_particular_situation"
    OTHER_LAWFUL_BASIS = "art_21_1_other_lawful_basis"
    COMPELLING_GROUNDS = "art_21_1_compelling_legitimate_grounds"
    OBJECTION_LEGAL_CLAIMS = "art_21_1_legal_claims"
    PATIENT_LEFT_A_NOTE = "ahra_s_4_3_patient_left_a_note"
    DEAD_SERIOUS_HARM = "ahra_s_5_1_a_i_serious_harm"
    DEAD_THIRD_PARTY = "ahra_s_5_1_a_ii_another_individual"
    DEAD_BEFORE_1991 = "ahra_s_5_1_b_recorded_before_november_1991"
    DEAD_IN_CONFIDENCE = "ahra_s_5_3_given_in_confidence"
    DEAD_NOT_RELEVANT = "ahra_s_5_4_not_relevant_to_the_claim"
    DEAD_NOT_ENTITLED = "ahra_s_3_1_f_not_entitled"


class EntryNature(StrEnum):
    """What a contested entry is, in a clinician's view."""

    FACT = "fact"
    OPINION = "opinion"
    WRONG_PATIENT = "wrong_patient"
    NOT_CONTESTED = "not_contested"


class ClinicalOpinionDraft(Payload):
    """What a clinician finds: what the entry is, whether what is asked may be done, and whether disclosing would harm.

    The opinion on serious harm counts for six months.
    """

    entry: EntryNature
    may_be_done: StrictBool
    reason: Paragraph
    serious_harm_likely: StrictBool
    harm_reason: Paragraph | None = None


class ClinicalOpinion(Done, ClinicalOpinionDraft):
    """The same, as it is kept, with its last day (London)."""

    expires_on: date


class Route(StrEnum):
    """Where whoever is refused can turn: Article 12(4) of the UK GDPR, as it has read since 19 June 2026."""

    COMPLAINT_TO_THE_PRACTICE = "complaint_to_the_practice"
    COMPLAINT_TO_THE_COMMISSION = "complaint_to_the_commission"
    JUDICIAL_REMEDY = "judicial_remedy"


class Redaction(Payload):
    """Something that is held back, and on which ground."""

    what: Line
    ground: ReasonCode


class DecisionDraft(Payload):
    """What is decided. `reason_held` is the true reason; `reasons_told` are what the person reads, where that would say too much.

    `what_is_done` is told too, and `alternative` is what the person can have instead. Where anything is refused, `routes_told`
    names every way on.
    """

    outcome: Outcome
    result: Result
    reason_codes: Annotated[list[ReasonCode], Field(max_length=10)] = []
    reason_held: Paragraph
    reasons_told: Annotated[list[Paragraph], Field(max_length=10)] = []
    routes_told: Annotated[list[Route], Field(max_length=3)] = []
    what_is_done: Annotated[list[Paragraph], Field(max_length=10)] = []
    alternative: Paragraph | None = None
    search: Paragraph | None = None
    balancing_test: Paragraph | None = None
    redactions: Annotated[list[Redaction], Field(max_length=200)] = []


class Decision(Done, DecisionDraft):
    """The same, as it is kept: `by` is the named decision maker."""


class Reconsideration(Payload):
    """Why a decision that was not sent yet is looked at again."""

    reason: Paragraph


class Sending(Payload):
    """To which of the confirmed contacts the answer goes."""

    reply_by: WrittenReply


class Sent(Done, Sending):
    """The same, as it is kept."""
