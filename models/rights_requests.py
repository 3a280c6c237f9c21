"""Rights requests: what somebody asks of the practice about their information, and how far it has got."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator
from sqlalchemy import Index
from sqlmodel import Field as Column

from models.cases import Case
from models.moments import Day
from models.nhs_numbers import NHSNumber
from models.people import PersonContact, name_and_birth
from models.reckonings import Reckoning, RightsClock
from models.record import Draft, Payload, Row, json_of, word_of
from models.restrictions import RestrictionGround
from models.rights import ARTICLE, AskedBy, Channel, LawfulBasis, Regime, ReplyBy, Right, Scope
from models.rights_decisions import ClinicalOpinion, Decision, Sent
from models.rights_steps import (
    AuthorityCheck,
    ChildAssessed,
    ClarificationQuestion,
    ContactConfirmed,
    DoneSomewhere,
    Extended,
    FeeCharged,
    Held,
    IdentityCheck,
    Recipient,
)
from models.sealing import sealed_of
from models.text import Line, Paragraph


class RightsRequestState(StrEnum):
    """How far a rights request has got."""

    RECEIVED = "received"
    AWAITING_IDENTITY = "awaiting_identity"
    AWAITING_AUTHORITY = "awaiting_authority"
    AWAITING_FEE = "awaiting_fee"
    IN_REVIEW = "in_review"
    AWAITING_CLARIFICATION = "awaiting_clarification"
    DECIDED = "decided"
    ACTIONED = "actioned"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    LAPSED = "lapsed"


AWAITING = (
    RightsRequestState.AWAITING_IDENTITY,
    RightsRequestState.AWAITING_AUTHORITY,
    RightsRequestState.AWAITING_FEE,
    RightsRequestState.AWAITING_CLARIFICATION,
)
"""The states in which the next word is somebody else's."""

UNDECIDED = (RightsRequestState.RECEIVED, RightsRequestState.IN_REVIEW, *AWAITING)
OPEN = (*UNDECIDED, RightsRequestState.DECIDED, RightsRequestState.ACTIONED)


class Concerned(Payload):
    """Whom a request concerns, as whoever asked says it. That is no proof, and matches nobody to a record by itself."""

    name: Line
    date_of_birth: Day | None = None
    nhs_number: NHSNumber | None = None
    contact: PersonContact | None = None


class Representative(Payload):
    """Who asks for somebody else, and how they are reached."""

    name: Line
    organisation: Line | None = None
    contact: PersonContact


class PastReckoning(Payload):
    """Dates as they were worked out until then, and what changed them."""

    until: AwareDatetime
    because: str
    reason: str | None = None
    due: Reckoning | None
    extension_by: Reckoning | None


class RightsRequestDraft(Draft):
    """A request as it arrives: one right, and one kind of information.

    `received_on` is the true day of receipt in London, today unless said; older than five working days it takes a
    `late_entry_reason`. Requests that were made together share a `correspondence_id`. `client_reference` is the practice
    website's own name for it.
    """

    right: Right = Column(sa_type=word_of(Right))
    regime: Regime = Column(default=Regime.UK_GDPR, sa_type=word_of(Regime))
    scope: Scope = Column(default=Scope.CLINICAL_RECORD, sa_type=word_of(Scope))
    about: Paragraph = Column(sa_type=sealed_of(str))
    concerned: Concerned = Column(sa_type=sealed_of(Concerned))
    asked_by: AskedBy = Column(default=AskedBy.THEMSELVES, sa_type=word_of(AskedBy))
    representative: Representative | None = Column(default=None, sa_type=sealed_of(Representative))
    channel: Channel = Column(sa_type=word_of(Channel))
    reply_by: ReplyBy | None = Column(default=None, sa_type=word_of(ReplyBy))
    received_on: Day | None = None
    late_entry_reason: Paragraph | None = Column(default=None, sa_type=sealed_of(str))
    correspondence_id: UUID | None = None
    client_reference: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[!-~]+$")] | None = None

    @model_validator(mode="after")
    def _says_who_asks(self) -> Self:
        if (self.asked_by == AskedBy.THEMSELVES) != (self.representative is None):
            raise ValueError("say who asks for somebody else, and for nobody who asks for themselves")
        return self


class RightsRequest(Case, RightsRequestDraft):
    """A rights request, as the house keeps and shows it.

    `reference` is what the person quotes. `clock` holds the facts by which dates are found; the dates are worked out by law,
    kept with the steps that led to them, and changed by nothing but a fact or a recorded reason. `due` is null while the law
    lets no period run. `suggested_restriction` is the ground on which the information should be restricted meanwhile.
    """

    filters: ClassVar[tuple[str, ...]] = (
        *Case.filters, "right", "scope", "regime", "reference", "correspondence_id", "taken_in_by", "website",
    )  # fmt: skip
    left_out_of_lists: ClassVar[frozenset[str]] = Case.left_out_of_lists | {
        "about", "concerned", "representative", "late_entry_reason", "contacts", "child_assessed", "hold", "question",
        "opinion", "decision", "recipients", "done", "ending", "past_reckonings",
    }  # fmt: skip
    found_by: ClassVar[tuple[str, ...]] = ("nhs_number", "name_and_birth")

    state: RightsRequestState = Column(default=RightsRequestState.RECEIVED, sa_type=word_of(RightsRequestState))
    received_on: date
    reference: str
    taken_in_by: str
    website: str | None = None
    lawful_basis: LawfulBasis = Column(sa_type=word_of(LawfulBasis))
    contests_opinion: bool | None = None
    oldest_entry: date | None = None
    suggested_restriction: RestrictionGround | None = Column(default=None, sa_type=word_of(RestrictionGround))

    clock: RightsClock = Column(sa_type=json_of(RightsClock))
    due: Reckoning | None = Column(default=None, sa_type=json_of(Reckoning))
    extension_by: Reckoning | None = Column(default=None, sa_type=json_of(Reckoning))
    target_on: date | None = None
    past_reckonings: list[PastReckoning] = Column(default=[], sa_type=sealed_of(list[PastReckoning]))

    identity: IdentityCheck | None = Column(default=None, sa_type=json_of(IdentityCheck))
    authority: AuthorityCheck | None = Column(default=None, sa_type=sealed_of(AuthorityCheck))
    child_assessed: ChildAssessed | None = Column(default=None, sa_type=sealed_of(ChildAssessed))
    hold: Held | None = Column(default=None, sa_type=sealed_of(Held))
    contacts: list[ContactConfirmed] = Column(default=[], sa_type=json_of(list[ContactConfirmed]))
    fee: FeeCharged | None = Column(default=None, sa_type=sealed_of(FeeCharged))
    question: ClarificationQuestion | None = Column(default=None, sa_type=sealed_of(ClarificationQuestion))
    asked_on: date | None = None
    chase_on: date | None = None
    reminded_on: date | None = None
    extended: Extended | None = Column(default=None, sa_type=sealed_of(Extended))
    opinion_expires_on: date | None = None
    opinion: ClinicalOpinion | None = Column(default=None, sa_type=sealed_of(ClinicalOpinion))
    decision: Decision | None = Column(default=None, sa_type=sealed_of(Decision))
    sent: Sent | None = Column(default=None, sa_type=json_of(Sent))
    recipients: list[Recipient] = Column(default=[], sa_type=sealed_of(list[Recipient]))
    done: list[DoneSomewhere] = Column(default=[], sa_type=sealed_of(list[DoneSomewhere]))
    ending: str | None = Column(default=None, sa_type=sealed_of(str))

    @property
    def nhs_number(self) -> str | None:
        """By what those whom requests concern are found, where the number was said."""
        return self.concerned.nhs_number

    @property
    def name_and_birth(self) -> str | None:
        """By what they are found otherwise."""
        born = self.concerned.date_of_birth
        return name_and_birth(self.concerned.name, born) if born else None

    @property
    def article(self) -> int:
        """The article of the UK GDPR in which the right stands."""
        return int(ARTICLE[self.right])


class RightsRequestRow(RightsRequest, Row, table=True):
    """Every rights request."""

    __tablename__ = "rights_request"
    constraints: ClassVar[tuple[Any, ...]] = (
        Index("rights_request_by_nhs_number", "practice", "nhs_number_index", "id"),
        Index("rights_request_by_name_and_birth", "practice", "name_and_birth_index", "id"),
    )

    nhs_number_index: str | None = None
    name_and_birth_index: str | None = None
