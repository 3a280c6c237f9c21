"""The facts of letters about a request under somebody's information rights, from its receipt to its end."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, model_validator

from models.letter_facts.facts import Facts, LetterTemplate, Reasons
from models.moments import Day
from models.settings import Article
from models.text import Line, Paragraph


class Outcome(StrEnum):
    """How a request was decided."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    REFUSED = "refused"


class FeeGround(StrEnum):
    """Why a fee is asked."""

    MANIFESTLY_UNFOUNDED = "manifestly_unfounded"
    EXCESSIVE = "excessive"
    FURTHER_COPY = "further_copy"


class ExtensionGround(StrEnum):
    """Why two further months are needed."""

    COMPLEXITY = "complexity"
    NUMBER_OF_REQUESTS = "number_of_requests"


class RectificationResult(StrEnum):
    """What became of what somebody says is wrong."""

    CORRECTED = "corrected"
    COMPLETED = "completed"
    NOTE_OF_DISAGREEMENT_ADDED = "note_of_disagreement_added"


class RestrictionReason(StrEnum):
    """Article 18(1)(a) to (d)."""

    ACCURACY_CONTESTED = "accuracy_contested"
    UNLAWFUL = "unlawful"
    NEEDED_FOR_CLAIM = "needed_for_claim"
    OBJECTION_PENDING = "objection_pending"


class WaitingFor(StrEnum):
    """What the practice waits for before it can go on."""

    IDENTITY = "identity"
    AUTHORITY = "authority"
    FEE = "fee"
    CLARIFICATION = "clarification"


class AboutRequest(Facts):
    """Which request it is: `reference` is what the person quotes, `subject` whose information it is where that is another."""

    right: Article
    reference: Line
    received_on: Day
    subject: Line | None = None


class RequestAcknowledged(AboutRequest):
    """We have your request. `asks_for` restates it; `steps` are the words in which the due date was found."""

    template: Literal[LetterTemplate.REQUEST_ACKNOWLEDGED] = LetterTemplate.REQUEST_ACKNOWLEDGED
    asks_for: Paragraph
    due_on: Day
    steps: tuple[Paragraph, ...] = ()


class IdentityAsked(AboutRequest):
    """We can't be sure yet who you are: the doubt in words, and what would settle it."""

    template: Literal[LetterTemplate.IDENTITY_ASKED] = LetterTemplate.IDENTITY_ASKED
    doubt: Paragraph
    would_settle: Reasons


class AuthorityAsked(AboutRequest):
    """We need proof that you may ask for somebody else."""

    template: Literal[LetterTemplate.AUTHORITY_ASKED] = LetterTemplate.AUTHORITY_ASKED
    would_settle: Reasons


class FeeAsked(AboutRequest):
    """There is a fee, in pounds: why, and how it was worked out."""

    template: Literal[LetterTemplate.FEE_ASKED] = LetterTemplate.FEE_ASKED
    ground: FeeGround
    reasons: Reasons
    amount: Annotated[Decimal, Field(gt=0, max_digits=7, decimal_places=2)]
    basis: Paragraph


class ClarificationAsked(AboutRequest):
    """Please say more exactly what you want. Only for access does the clock stop meanwhile."""

    template: Literal[LetterTemplate.CLARIFICATION_ASKED] = LetterTemplate.CLARIFICATION_ASKED
    questions: Reasons


class TimeExtended(AboutRequest):
    """We need two further months."""

    template: Literal[LetterTemplate.TIME_EXTENDED] = LetterTemplate.TIME_EXTENDED
    ground: ExtensionGround
    reasons: Reasons
    was_due_on: Day
    due_on: Day


class Decision(AboutRequest):
    """How a request was decided. `done` is what the practice did or gives, `reasons` why not (as told), where it said no.

    `law` names what the refusal rests on, as the person is told it.
    """

    outcome: Outcome
    done: Annotated[tuple[Paragraph, ...], Field(max_length=20)] = ()
    reasons: Annotated[tuple[Paragraph, ...], Field(max_length=20)] = ()
    law: Annotated[tuple[Line, ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _says_what_and_why(self) -> Self:
        if self.outcome != Outcome.REFUSED and not self.done:
            raise ValueError("say what was done")
        if (self.outcome != Outcome.UPHELD) != bool(self.reasons):
            raise ValueError("give reasons where the answer is no in any part, and only there")
        return self


class AccessDecision(Decision):
    """Article 15: what is given, and what is left out and why."""

    template: Literal[LetterTemplate.ACCESS_DECISION] = LetterTemplate.ACCESS_DECISION
    right: Literal[Article.ACCESS] = Article.ACCESS


class RectificationDecision(Decision):
    """Article 16: what was corrected, completed, or noted beside an opinion that stays."""

    template: Literal[LetterTemplate.RECTIFICATION_DECISION] = LetterTemplate.RECTIFICATION_DECISION
    right: Literal[Article.RECTIFICATION] = Article.RECTIFICATION
    results: tuple[RectificationResult, ...] = ()
    recipients: tuple[Line, ...] = ()


class ErasureDecision(Decision):
    """Article 17: what was erased, and what has to be kept."""

    template: Literal[LetterTemplate.ERASURE_DECISION] = LetterTemplate.ERASURE_DECISION
    right: Literal[Article.ERASURE] = Article.ERASURE
    recipients: tuple[Line, ...] = ()


class RestrictionDecision(Decision):
    """Article 18: what is restricted, on which ground."""

    template: Literal[LetterTemplate.RESTRICTION_DECISION] = LetterTemplate.RESTRICTION_DECISION
    right: Literal[Article.RESTRICTION] = Article.RESTRICTION
    recipients: tuple[Line, ...] = ()


class PortabilityDecision(Decision):
    """Article 20: in which format it was sent, and to whom; or what the person can have instead."""

    template: Literal[LetterTemplate.PORTABILITY_DECISION] = LetterTemplate.PORTABILITY_DECISION
    right: Literal[Article.PORTABILITY] = Article.PORTABILITY
    alternative: Paragraph | None = None


class ObjectionDecision(Decision):
    """Article 21: what stops, or what outweighs the objection. Direct marketing always stops."""

    template: Literal[LetterTemplate.OBJECTION_DECISION] = LetterTemplate.OBJECTION_DECISION
    right: Literal[Article.OBJECTION] = Article.OBJECTION
    direct_marketing: StrictBool = False


class RestrictionInForce(AboutRequest):
    """Something is restricted while a request is looked into, or because it was upheld."""

    template: Literal[LetterTemplate.RESTRICTION_IN_FORCE] = LetterTemplate.RESTRICTION_IN_FORCE
    what: Reasons
    reason: RestrictionReason
    since: Day


class RestrictionLifting(AboutRequest):
    """Article 18(3): a restriction is about to be lifted, and why; the person learns of it first."""

    template: Literal[LetterTemplate.RESTRICTION_LIFTING] = LetterTemplate.RESTRICTION_LIFTING
    what: Reasons
    since: Day
    reasons: Reasons
    lifted_from: Day


class RequestWithdrawn(AboutRequest):
    """The person took their request back."""

    template: Literal[LetterTemplate.REQUEST_WITHDRAWN] = LetterTemplate.REQUEST_WITHDRAWN
    withdrawn_on: Day


class RequestTransferred(AboutRequest):
    """Another organisation holds what was asked for."""

    template: Literal[LetterTemplate.REQUEST_TRANSFERRED] = LetterTemplate.REQUEST_TRANSFERRED
    to: Line
    reach: Paragraph
    reasons: Reasons


class LapseReminder(AboutRequest):
    """We still wait for something, and will close the request if it doesn't come."""

    template: Literal[LetterTemplate.LAPSE_REMINDER] = LetterTemplate.LAPSE_REMINDER
    waiting_for: WaitingFor
    asked_on: Day
    closes_on: Day


class RequestLapsed(AboutRequest):
    """We closed the request, because what we asked for never came. It can be made again."""

    template: Literal[LetterTemplate.REQUEST_LAPSED] = LetterTemplate.REQUEST_LAPSED
    waiting_for: WaitingFor
    asked_on: Day
    reminded_on: Day


class AboutTheDead(Facts):
    """An application to see the health record of somebody who has died (Access to Health Records Act 1990)."""

    reference: Line
    received_on: Day
    deceased: Line


class DeceasedRequestAcknowledged(AboutTheDead):
    """We have your application; `would_settle` is what we still need, asked within 14 days."""

    template: Literal[LetterTemplate.DECEASED_REQUEST_ACKNOWLEDGED] = LetterTemplate.DECEASED_REQUEST_ACKNOWLEDGED
    due_on: Day
    steps: tuple[Paragraph, ...] = ()
    would_settle: Annotated[tuple[Paragraph, ...], Field(max_length=20)] = ()


class DeceasedDecision(AboutTheDead):
    """How an application under the Act of 1990 was decided."""

    template: Literal[LetterTemplate.DECEASED_DECISION] = LetterTemplate.DECEASED_DECISION
    outcome: Outcome
    done: Annotated[tuple[Paragraph, ...], Field(max_length=20)] = ()
    reasons: Annotated[tuple[Paragraph, ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _says_what_and_why(self) -> Self:
        if (self.outcome != Outcome.REFUSED and not self.done) or (self.outcome != Outcome.UPHELD) != bool(
            self.reasons
        ):
            raise ValueError("say what is given, and why not where the answer is no in any part")
        return self
