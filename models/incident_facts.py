"""What is sent and kept about an incident, from its report to a decision. Days are Europe/London, moments UTC."""

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, StrictBool, model_validator

from models.clauses import BreachGround, Key
from models.incident_words import (
    IN_WRITING,
    AuthorStanding,
    ContactRequestAnswer,
    IncidentKind,
    Measure,
    Outcome,
    RouteWay,
    stands_where_it_can,
)
from models.legal_references import LegalBasis
from models.letter_facts.facts import Reasons
from models.letter_facts.incidents import AdviceFinding
from models.moments import Day, Moment
from models.posts import ReplyTemplate
from models.practices import Email
from models.reckonings import Reckoning
from models.record import Payload
from models.roles import Role
from models.settings import Platform
from models.text import Address, Line, Paragraph


class Done(Payload):
    """That something was done: when (UTC), and by whom."""

    at: AwareDatetime
    by: str


class Classification(Payload):
    """What an incident is found to be: its kind, the clause that it breaks, what is wrong with it, and whom it touches.

    `grounds` say what makes it unacceptable. `staff_involved` are those in the staff directory who were abused, or whom
    it is about. `unlawful_to_copy` says that keeping a copy might itself be an offence: then a description is the evidence.
    """

    kind: IncidentKind
    platform: Platform | None = None
    on_own_page: StrictBool = False
    clause_key: Key | None = None
    grounds: Annotated[list[BreachGround], Field(max_length=len(BreachGround))] = []
    happened_at: Moment | None = None
    is_complaint: StrictBool = False
    safeguarding: StrictBool = False
    identifies_staff: StrictBool = False
    other_patient_data: StrictBool = False
    unlawful_to_copy: StrictBool = False
    staff_involved: Annotated[list[UUID], Field(max_length=20)] = []

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        stands_where_it_can(self.kind, self.on_own_page, self.platform)
        return self


class Identification(Payload):
    """Who did it: their record, what they are to the practice, and by what that is known."""

    person: UUID
    standing: Literal[AuthorStanding.PATIENT, AuthorStanding.NOT_A_PATIENT]
    known_by: Paragraph


class Identified(Done):
    """How it is known who did it."""

    known_by: Paragraph


class FurtherAuthorDraft(Payload):
    """Somebody else who posted the same, as far as they are known. A sanction against them takes an incident of its own."""

    person: UUID | None = None
    account: Line | None = None

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if self.person is None and self.account is None:
            raise ValueError("say whose record it is, or under which account they posted")
        return self


class FurtherAuthor(FurtherAuthorDraft, Done):
    """Somebody else who posted the same, and who added them."""


class PlatformReportDraft(Payload):
    """That a post was reported to its platform, and under which reference."""

    reference: Line | None = None


class PlatformReport(PlatformReportDraft, Done):
    """The report, as it is kept."""


class ReasonGiven(Done):
    """Why something was done."""

    reason: Paragraph


class TakingDown(Payload):
    """Why a post is deleted from the practice's own page. For a complaint, where the policy leaves it to discretion, a must."""

    reason: Paragraph | None = None


class TakenDown(TakingDown, Done):
    """The deletion, as it is kept."""


class WebsiteNoticeDraft(Payload):
    """A notice to the operator of a website (Defamation Act 2013, section 5): the six things without which it is none.

    `posted_at` says where on the website the statement is, `meaning` what it is understood to say, `wrong` what in it is
    untrue or unsupported. A notice takes that the complainant can't tell who posted it, and says whether the operator may
    pass on their name and address.
    """

    complainant: Line
    email: Email
    statement: Paragraph
    posted_at: Address
    meaning: Paragraph
    wrong: Paragraph
    author_cannot_be_identified: Literal[True]
    details_may_be_passed_on: StrictBool
    received_at: Moment | None = None


class WebsiteNotice(WebsiteNoticeDraft, Done):
    """The notice, as it was sent, and until when the operator acts on it."""

    answer_by: Reckoning


class RequestToAuthor(Payload):
    """A request to take a post down: why, and by when. `recorded_on` where it is a recording of a consultation."""

    reasons: Reasons
    remove_by: Day
    recorded_on: Day | None = None


class AskedOfAuthor(Done):
    """That the author was asked, and until when (UTC) the practice waits."""

    remove_by: date
    until: AwareDatetime


class FoundToBeComplaint(Payload):
    """That a complaint is in it. `seen_on` is when the practice first saw it: from then on the time runs."""

    seen_on: Day


class ComplaintFound(FoundToBeComplaint, Done):
    """The same, with the day by which it has to be acknowledged."""

    acknowledge_by: Reckoning


class RouteOffer(Payload):
    """How the way to complain was offered, and whether the leaflet was; `asked_to_remove` if the post was spoken of, too."""

    way: RouteWay
    leaflet_offered: StrictBool
    asked_to_remove: StrictBool = False


class RouteOffered(RouteOffer, Done):
    """The offer, as it is kept."""

    @property
    def in_writing(self) -> bool:
        """Whether it was made in writing."""
        return self.way in IN_WRITING


class GeneralReply(Payload):
    """Which fixed text is put under a complaint in public."""

    template: Literal[ReplyTemplate.COMPLAINTS_PROCEDURE, ReplyTemplate.CONTACT_THE_PRACTICE] = (
        ReplyTemplate.COMPLAINTS_PROCEDURE
    )


class ComplaintReference(Payload):
    """Under which reference the complaint is dealt with, and that the post is gone."""

    reference: Line


class FindingDraft(Payload):
    """What was found of somebody's conduct, why, and whether it would stand without the complaint that is in it."""

    finding: AdviceFinding
    reasons: Reasons
    rests_on_complaint_alone: StrictBool


class Finding(FindingDraft, Done):
    """The finding as it is kept. `connected` counts this and the other incidents about the same person: two may be harassment."""

    connected: int


class AdviceTaken(Payload):
    """What somebody outside advised: who, under which reference, and what."""

    adviser: Line
    reference: Line | None = None
    advice: Paragraph


class AdviceKept(AdviceTaken, Done):
    """The advice, as it is kept."""


class DecisionDraft(Payload):
    """One role's decision on one measure, and why."""

    role: Role
    measure: Measure
    agrees: StrictBool
    reason: Paragraph


class Decision(DecisionDraft, Done):
    """The decision as it is kept. `involved` where whoever decided was abused or complained about, and had to."""

    involved: bool


class AdviceLetter(Payload):
    """What a patient is told in a letter of advice."""

    reasons: Reasons


class LegalReferralDraft(Payload):
    """On what grounds lawyers are asked, out of those that hold on the day, and what is asked."""

    bases: Annotated[list[LegalBasis], Field(min_length=1, max_length=len(LegalBasis))]
    asked: Paragraph


class LegalReferral(LegalReferralDraft, Done):
    """The referral, as it is kept; `outcome` once the lawyers have answered."""

    outcome: Paragraph | None = None


class WarningOrder(Payload):
    """A warning that somebody may be taken off the list: why, what has to change, and by when they can answer."""

    reasons: Reasons
    has_to_change: Reasons
    answer_by: Day


class ContactRequestOutcome(Payload):
    """What was done about a friend request, and why; an acceptance says why it could be accepted."""

    answer: ContactRequestAnswer
    reason: Paragraph | None = None

    @model_validator(mode="after")
    def _accepts_for_a_reason(self) -> Self:
        if self.answer == ContactRequestAnswer.ACCEPTED and self.reason is None:
            raise ValueError("say why it is accepted")
        return self


class Ending(Done):
    """How it ended, and why."""

    outcome: Outcome
    reason: Paragraph | None = None


class RecordingPostedOnline(Payload):
    """A recording of a consultation that was found online: whose, where, what, and since when (UTC) somebody knows of it."""

    incident_id: UUID
    recording_id: UUID
    person_id: UUID | None = None
    seen_at: Moment
    platform: Platform | None = None
    url: Address | None = None
    description: Paragraph
