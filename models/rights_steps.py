"""What is said on the way of a rights request: who somebody is, on whose authority, a fee, a question, an extension, its end."""

from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, StrictBool, model_validator

from models.moments import Day
from models.people import PersonContact
from models.record import Payload
from models.rights import LawfulBasis, ReplyBy, Scope
from models.text import Line, Paragraph


class Done(Payload):
    """Who did something, and when (UTC)."""

    at: AwareDatetime
    by: str


class IdentityQuestion(Payload):
    """Why there is reasonable doubt about who somebody is, in words, and what would settle it."""

    doubt: Paragraph
    what_would_settle_it: Annotated[list[Paragraph], Field(min_length=1, max_length=10)]


class IdentityMethod(StrEnum):
    """How it is known who somebody is."""

    NHS_LOGIN_P9 = "nhs_login_p9"
    KNOWN_IN_PERSON = "known_in_person"
    DOCUMENTS_SEEN = "documents_seen"


class IdentityProof(Payload):
    """How it is known who somebody is, and since when (a day in London, today unless said). The proof itself is not kept."""

    method: IdentityMethod
    received_on: Day | None = None


class IdentityCheck(Done):
    """An identity that is satisfied."""

    method: IdentityMethod


class AuthorityQuestion(Payload):
    """What is missing before somebody may ask for another person."""

    what_would_settle_it: Annotated[list[Paragraph], Field(min_length=1, max_length=10)]


class AuthorityProof(Payload):
    """What somebody may ask for, for another person. The paper itself is not kept.

    `covers` says how far it goes; for an attorney or a deputy, that it extends to health or data matters. A parent holds
    parental responsibility, and a child who understands agrees.
    """

    covers: Paragraph
    covers_this_request: StrictBool
    parental_responsibility_seen: StrictBool = False
    child_agrees: StrictBool = False
    received_on: Day | None = None


class AuthorityCheck(Done):
    """An authority that is satisfied."""

    covers: str


class ChildAssessment(Payload):
    """A clinician's view of a child: whether they understand what is asked, and whether it is in their best interests."""

    understands: StrictBool
    in_best_interests: StrictBool
    reason: Paragraph


class ChildAssessed(Done, ChildAssessment):
    """The same, as it is kept."""


class HoldGround(StrEnum):
    """Why nothing is answered until a clinician has looked at it."""

    ESTRANGED_PARENTS = "estranged_parents"
    SAFEGUARDING = "safeguarding"
    DOMESTIC_ABUSE = "domestic_abuse"


class HoldOrder(Payload):
    """Why a request is held."""

    ground: HoldGround
    reason: Paragraph


class Held(Done, HoldOrder):
    """The same, as it is kept."""


class HoldRelease(Payload):
    """Why it need not be held any more."""

    reason: Paragraph


class ContactStanding(StrEnum):
    """Whether somebody else might read what is sent there."""

    PRIVATE = "private"
    SHARED = "shared"
    DISPUTED = "disputed"


class ContactMethod(StrEnum):
    """How it is known that a contact is theirs."""

    ONE_TIME_CODE = "one_time_code"
    ON_THE_RECORD = "on_the_record"
    TOLD_IN_PERSON = "told_in_person"


class ContactConfirmation(Payload):
    """A contact that is theirs. One that others share is used only if the person chose it, knowing that."""

    reply_by: ReplyBy
    method: ContactMethod
    standing: ContactStanding = ContactStanding.PRIVATE
    chosen_by_person: StrictBool = False


class ContactConfirmed(Done, ContactConfirmation):
    """The same, as it is kept."""

    @property
    def is_safe(self) -> bool:
        """Whether an answer may be sent there."""
        shared_by_choice = self.standing == ContactStanding.SHARED and self.chosen_by_person
        return self.standing == ContactStanding.PRIVATE or shared_by_choice


class Classification(Payload):
    """What a request turns out to be about.

    `contests_opinion` says whether what is to be put right is somebody's opinion, such as a diagnosis. Of a person who has
    died, `oldest_entry` is the day of the oldest entry that is asked for.
    """

    scope: Scope
    lawful_basis: LawfulBasis
    contests_opinion: StrictBool | None = None
    oldest_entry: Day | None = None


class PersonMatch(Payload):
    """The record of the person whom a request concerns, and how that is known."""

    person_id: UUID
    how_it_is_known: Paragraph


class DetailsCorrection(Payload):
    """Who somebody is and how they are reached, said anew, and how that is known."""

    name: Line
    date_of_birth: Day | None = None
    contact: PersonContact | None = None
    reason: Paragraph


class FeeGround(StrEnum):
    """The only grounds for a fee: Article 12(5) of the UK GDPR."""

    MANIFESTLY_UNFOUNDED = "manifestly_unfounded"
    MANIFESTLY_EXCESSIVE = "manifestly_excessive"


class FeeCharge(Payload):
    """A reasonable fee, in pence, why it is charged, and how it was worked out."""

    ground: FeeGround
    reasons: Paragraph
    amount_pence: Annotated[int, Field(ge=1, le=100_000, strict=True)]
    basis: Paragraph


class FeeCharged(Done, FeeCharge):
    """The same, as it is kept."""


class FeeReceipt(Payload):
    """The day on which the fee was paid (London), today unless said."""

    paid_on: Day | None = None


class FeeWaiver(Payload):
    """Why no fee is charged after all."""

    reason: Paragraph


class ClarificationAbout(StrEnum):
    """What is unclear. A question about the form of the answer never stops the clock."""

    WHICH_INFORMATION = "which_information"
    FORM_OF_THE_ANSWER = "form_of_the_answer"


class ClarificationQuestion(Payload):
    """What is unclear, as the person is asked."""

    about: ClarificationAbout = ClarificationAbout.WHICH_INFORMATION
    question: Paragraph


class ClarificationAnswer(Payload):
    """What the person answered, and on which day (London), today unless said."""

    answer: Paragraph
    answered_on: Day | None = None


class ExtensionGround(StrEnum):
    """The two grounds for taking longer: Article 12A(3) of the UK GDPR."""

    COMPLEXITY = "complexity"
    NUMBER_OF_REQUESTS = "number_of_requests"


class ExtensionNotice(Payload):
    """Why the answer takes up to two months longer, as the person is told."""

    ground: ExtensionGround
    reasons: Paragraph


class Extended(Done, ExtensionNotice):
    """The same, as it is kept."""


class Recalculation(Payload):
    """Why dates are worked out anew, and the true day of receipt if that was wrong."""

    reason: Paragraph
    received_on: Day | None = None


class WithdrawalWord(Payload):
    """How the person said that they no longer ask."""

    how_they_said_so: Paragraph


class Transfer(Payload):
    """Whose request it really is, how they are reached, and why, as the person is told."""

    right_controller: Line
    how_to_reach_them: Paragraph
    reasons: Paragraph


class LapseNotice(Payload):
    """Why nothing more is done until the person answers."""

    reason: Paragraph


class Death(Payload):
    """The day on which somebody died (London), if it is known."""

    died_on: Day | None = None


class DoneSomewhere(Payload):
    """What was done in one system."""

    system: Line
    what: Paragraph


class Closing(Payload):
    """What was done, per system; and whether the information was ever disclosed to anybody else."""

    done: Annotated[list[DoneSomewhere], Field(min_length=1, max_length=20)]
    never_disclosed_to_anybody: StrictBool = False


class NotTold(StrEnum):
    """The only reasons for telling a recipient nothing: Article 19 of the UK GDPR."""

    IMPOSSIBLE = "impossible"
    DISPROPORTIONATE = "disproportionate"


class RecipientTold(Payload):
    """Somebody to whom the information had been disclosed, in which system, and whether they were told; or why not."""

    recipient: Line
    system: Line
    told_on: Day | None = None
    not_told: NotTold | None = None
    why: Paragraph | None = None

    @model_validator(mode="after")
    def _told_or_reasoned(self) -> Self:
        if (self.told_on is None) == (self.not_told is None) or (self.not_told is None) != (self.why is None):
            raise ValueError("say when they were told, or why not: the reason and the words for it")
        return self


class RecipientReply(StrEnum):
    """What a recipient did about it."""

    ACKNOWLEDGED = "acknowledged"
    FAILED = "failed"
    DECLINED = "declined"


class RecipientAnswer(Payload):
    """What the recipient at this place of the ledger, counted from 1, answered."""

    place: Annotated[int, Field(ge=1, le=200, strict=True)]
    reply: RecipientReply


class Recipient(Done, RecipientTold):
    """A line of the ledger, with the answer and its moment (UTC)."""

    reply: RecipientReply | None = None
    replied_at: AwareDatetime | None = None
