"""Incidents: what somebody posted, said or did that the practice's policy speaks of, from the report to its end."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from pydantic import StrictBool, model_validator
from sqlmodel import Field as Column

from models.cases import Case
from models.clauses import BreachGround
from models.incident_dates import IncidentDates
from models.incident_facts import (
    AdviceKept,
    AskedOfAuthor,
    ComplaintFound,
    Decision,
    Done,
    Ending,
    Finding,
    FurtherAuthor,
    Identified,
    LegalReferral,
    PlatformReport,
    ReasonGiven,
    RecordingPostedOnline,
    RouteOffered,
    TakenDown,
    WebsiteNotice,
)
from models.incident_words import (
    ENDED,
    AuthorStanding,
    ContactRequestAnswer,
    IncidentKind,
    IncidentState,
    Measure,
    PinnedBecause,
    Safeguard,
    stands_where_it_can,
)
from models.moments import Moment
from models.record import Draft, Row, UTCDateTime, json_of, word_of
from models.removal_facts import (
    ConfirmedInWriting,
    Delegated,
    EqualityCheck,
    ImmediateRemoval,
    ListRemoval,
    PatientInformed,
    PCSEAcknowledgement,
    Plan,
    PoliceReport,
    SafeguardingAsked,
    SafeguardTaken,
    Support,
    Threat,
)
from models.roles import Role
from models.sealing import sealed_of
from models.settings import Platform
from models.text import Address, Line, Paragraph

__all__ = ("ENDED", "Incident", "IncidentDraft", "IncidentRow", "RecordingPostedOnline")


class IncidentDraft(Draft):
    """Something that somebody on the staff has seen, heard or read. An address or a description, and when it happened, if known.

    `on_own_page` says that it stands on a page that the practice runs, on which `platform`.
    """

    kind: IncidentKind = Column(sa_type=word_of(IncidentKind))
    platform: Platform | None = Column(default=None, sa_type=word_of(Platform))
    on_own_page: StrictBool = False
    url: Address | None = Column(default=None, sa_type=sealed_of(Address))
    description: Paragraph | None = Column(default=None, sa_type=sealed_of(Paragraph))
    happened_at: Moment | None = Column(default=None, sa_type=UTCDateTime)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        stands_where_it_can(self.kind, self.on_own_page, self.platform)
        return self


class Incident(Case, IncidentDraft):
    """An incident. `person_id` is the one person whom it is about, as far as is known; `standing` what they are here.

    `policy_id`, `policy_number` and `clause_key` name the rule as it stood when it happened, and `pinned_because` why this
    version, or none. What is null has not been done, or is not shown to whoever only reported it. `dates` tells what falls due
    without anything sealed being opened.
    """

    filters: ClassVar[tuple[str, ...]] = ("assigned_to", "kind")
    looked_up_by: ClassVar[tuple[str, ...]] = ("person_id", "recording_id")
    left_out_of_lists: ClassVar[frozenset[str]] = Case.left_out_of_lists | {
        "description", "finding", "decisions", "safeguards", "equality_check", "threat", "support", "safeguarding_asked",
        "plan", "list_removal", "website_notice", "legal_referral", "legal_advice", "defence_body_advice", "further_authors",
    }  # fmt: skip

    state: IncidentState = Column(default=IncidentState.REPORTED, sa_type=word_of(IncidentState))
    reported_by: str
    told: Done | None = Column(default=None, sa_type=json_of(Done))
    tell_by: datetime = Column(sa_type=UTCDateTime)
    recording_id: UUID | None = None

    policy_id: UUID | None = None
    policy_number: str | None = None
    pinned_because: PinnedBecause = Column(sa_type=word_of(PinnedBecause))
    clause_key: str | None = None
    grounds: list[BreachGround] = Column(default=[], sa_type=json_of(list[BreachGround]))
    is_complaint: bool = False
    safeguarding: bool = False
    identifies_staff: bool = False
    other_patient_data: bool = False
    unlawful_to_copy: bool = False
    staff_involved: list[UUID] = Column(default=[], sa_type=json_of(list[UUID]))

    standing: AuthorStanding = Column(default=AuthorStanding.UNKNOWN, sa_type=word_of(AuthorStanding))
    identified: Identified | None = Column(default=None, sa_type=sealed_of(Identified))
    further_authors: list[FurtherAuthor] = Column(default=[], sa_type=sealed_of(list[FurtherAuthor]))

    still_live: bool = False
    hidden: ReasonGiven | None = Column(default=None, sa_type=sealed_of(ReasonGiven))
    taken_down: TakenDown | None = Column(default=None, sa_type=sealed_of(TakenDown))
    repeats: int = 0
    platform_report: PlatformReport | None = Column(default=None, sa_type=sealed_of(PlatformReport))
    website_notice: WebsiteNotice | None = Column(default=None, sa_type=sealed_of(WebsiteNotice))
    message_seen: Done | None = Column(default=None, sa_type=json_of(Done))
    contact_answer: ContactRequestAnswer | None = Column(default=None, sa_type=word_of(ContactRequestAnswer))
    author_asked: AskedOfAuthor | None = Column(default=None, sa_type=json_of(AskedOfAuthor))

    complaint_found: ComplaintFound | None = Column(default=None, sa_type=json_of(ComplaintFound))
    route_offered: RouteOffered | None = Column(default=None, sa_type=json_of(RouteOffered))
    general_reply: Done | None = Column(default=None, sa_type=json_of(Done))
    complaint_acknowledged: Done | None = Column(default=None, sa_type=json_of(Done))
    complaint_reference: str | None = Column(default=None, sa_type=sealed_of(Line))

    finding: Finding | None = Column(default=None, sa_type=sealed_of(Finding))
    decisions: list[Decision] = Column(default=[], sa_type=sealed_of(list[Decision]))
    defence_body_advice: AdviceKept | None = Column(default=None, sa_type=sealed_of(AdviceKept))
    legal_advice: AdviceKept | None = Column(default=None, sa_type=sealed_of(AdviceKept))
    legal_advice_by: datetime | None = Column(default=None, sa_type=UTCDateTime)
    legal_referral: LegalReferral | None = Column(default=None, sa_type=sealed_of(LegalReferral))

    safeguards: list[SafeguardTaken] = Column(default=[], sa_type=sealed_of(list[SafeguardTaken]))
    equality_check: EqualityCheck | None = Column(default=None, sa_type=sealed_of(EqualityCheck))
    list_removal: ListRemoval | None = Column(default=None, sa_type=sealed_of(ListRemoval))
    pcse_acknowledged: PCSEAcknowledgement | None = Column(default=None, sa_type=sealed_of(PCSEAcknowledgement))

    threat: Threat | None = Column(default=None, sa_type=sealed_of(Threat))
    police_told: PoliceReport | None = Column(default=None, sa_type=sealed_of(PoliceReport))
    support: list[Support] = Column(default=[], sa_type=sealed_of(list[Support]))
    safeguarding_asked: SafeguardingAsked | None = Column(default=None, sa_type=sealed_of(SafeguardingAsked))
    plan: Plan | None = Column(default=None, sa_type=sealed_of(Plan))
    delegated: Delegated | None = Column(default=None, sa_type=json_of(Delegated))
    immediate_removal: ImmediateRemoval | None = Column(default=None, sa_type=sealed_of(ImmediateRemoval))
    patient_informed: PatientInformed | None = Column(default=None, sa_type=sealed_of(PatientInformed))
    confirmed_in_writing: ConfirmedInWriting | None = Column(default=None, sa_type=json_of(ConfirmedInWriting))

    ending: Ending | None = Column(default=None, sa_type=sealed_of(Ending))
    dates: IncidentDates | None = Column(default=None, sa_type=json_of(IncidentDates))

    @property
    def concerns_a_patient(self) -> bool:
        """Whether it is known which patient did it."""
        return self.person_id is not None and self.standing == AuthorStanding.PATIENT

    def decided(self, measure: Measure) -> dict[Role, Decision]:
        """What each role decided on a measure."""
        return {each.role: each for each in self.decisions if each.measure == measure}

    def safeguard_taken(self, safeguard: Safeguard) -> SafeguardTaken | None:
        """The last time that this was done before a removal."""
        return next((each for each in reversed(self.safeguards) if each.safeguard == safeguard), None)


class IncidentRow(Incident, Row, table=True):
    """Every incident."""

    __tablename__ = "incident"
