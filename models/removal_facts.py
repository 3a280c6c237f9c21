"""What is sent and kept about a threat, and about taking somebody off the list. Days are Europe/London, moments UTC."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, StrictBool, model_validator

from models.incident_facts import Done
from models.incident_words import NoticeWay, NotInformed, Safeguard
from models.letter_facts.facts import Reasons
from models.letter_facts.incidents import RemovalReasonKind, WarningExemption
from models.moments import Day, Moment
from models.reckonings import Reckoning
from models.record import Payload
from models.text import Line, Paragraph


class SafeguardDraft(Payload):
    """Something that was done before a removal; an attempt to restore the relationship says when it is looked at again."""

    safeguard: Safeguard
    what: Paragraph
    review_on: Day | None = None


class SafeguardTaken(SafeguardDraft, Done):
    """The same, as it is kept."""


class EqualityCheckDraft(Payload):
    """Whether what happened, or what is done about it, has to do with a protected characteristic, and with neurodivergence.

    `mitigating` is what speaks for the patient, such as an illness; `adjustments` what the practice can do differently.
    """

    protected_characteristics_considered: StrictBool
    neurodivergence_considered: StrictBool
    adjustments: Paragraph
    mitigating: Paragraph | None = None
    discriminates: StrictBool


class EqualityCheck(EqualityCheckDraft, Done):
    """The check, as it is kept."""


class ListRemovalDraft(Payload):
    """A request to take one patient off the list, with the reasons that they are told.

    A statement that the relationship has broken down takes the place of reasons only where no better one is appropriate, and
    says why. An exemption from the warning says why, too.
    """

    reason_kind: RemovalReasonKind
    reasons: Reasons
    no_better_reason_because: Paragraph | None = None
    exemption: WarningExemption | None = None
    exemption_reason: Paragraph | None = None

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if (self.reason_kind == RemovalReasonKind.BREAKDOWN) != (self.no_better_reason_because is not None):
            raise ValueError("a statement of breakdown, and nothing else, says why no better reason is appropriate")
        if (self.exemption is None) != (self.exemption_reason is None):
            raise ValueError("say why the exemption applies")
        return self


class ListRemoval(ListRemovalDraft, Done):
    """The request as it is kept, with the day on which it takes effect at the earliest."""

    effective: Reckoning
    postponed_to: date | None = None

    @property
    def effective_on(self) -> date:
        """The first day (Europe/London) on which somebody is no longer on the list."""
        return self.postponed_to or self.effective.day


class Postponement(Payload):
    """A removal waits while the patient is treated at short intervals: until which day, and for what."""

    until: Day
    reason: Paragraph


class PCSEReference(Payload):
    """What PCSE, which keeps the lists for the commissioner, answered: that it has the request."""

    reference: Line


class PCSEAcknowledgement(PCSEReference, Done):
    """The same, as it is kept."""


class EighthDay(Payload):
    """That the removal took effect; `accepted_elsewhere_on` if another practice accepted the patient sooner."""

    accepted_elsewhere_on: Day | None = None


class ThreatDraft(Payload):
    """A threat or violence: what happened, when, and whether somebody had reason to fear for their safety."""

    what: Paragraph
    happened_at: Moment
    violence: StrictBool
    fear_for_safety: StrictBool


class Threat(ThreatDraft, Done):
    """The same, as it is kept, and by when (UTC) those who were there are offered support and safeguarding is asked about."""

    look_after_by: AwareDatetime


class PoliceTold(Payload):
    """That the police were told, when, and under which number, where they gave one."""

    told_at: Moment
    reference: Line | None = None


class PoliceReport(PoliceTold, Done):
    """The same, as it is kept."""


class SupportDraft(Payload):
    """Support for those who were there: offered to whom, and what."""

    offered_to: Annotated[list[UUID], Field(min_length=1, max_length=20)]
    what: Paragraph


class Support(SupportDraft, Done):
    """The same, as it is kept."""


class SafeguardingDraft(Payload):
    """Whether anybody, such as a child or a vulnerable adult, has to be kept safe, and what was done."""

    concern: StrictBool
    what: Paragraph


class SafeguardingAsked(SafeguardingDraft, Done):
    """The same, with who asked."""


class PlanDraft(Payload):
    """What is done instead of a removal, because somebody is ill or confused, or has agreed to it."""

    plan: Paragraph


class Plan(PlanDraft, Done):
    """The plan, and the clinician who stands for it."""


class Delegation(Payload):
    """Who may ask for a removal at once in the partner's place, by their entry in the staff directory."""

    to: UUID


class Delegated(Delegation, Done):
    """The same, as it is kept."""


class ImmediateRemovalDraft(Payload):
    """A request to take one patient off the list at once. `commissioner_approval` where the police were told late."""

    way: NoticeWay
    commissioner_approval: Line | None = None


class ImmediateRemoval(ImmediateRemovalDraft, Done):
    """The request as it is kept: it takes effect at that moment, and is confirmed in writing within seven days."""

    confirm_by: Reckoning


class PatientInformedDraft(Payload):
    """That the patient was told, or why not. `appeal` is what they were told of their right to appeal."""

    not_informed: NotInformed | None = None
    reason: Paragraph | None = None
    appeal: Line | None = None

    @model_validator(mode="after")
    def _says_why_not(self) -> Self:
        if (self.not_informed is None) != (self.reason is None):
            raise ValueError("give a reason where the patient was not told, and only there")
        return self


class PatientInformed(PatientInformedDraft, Done):
    """The same, as it is kept."""


class WrittenConfirmation(Payload):
    """That the removal was confirmed in writing to the commissioner, on which day."""

    sent_on: Day


class ConfirmedInWriting(WrittenConfirmation, Done):
    """The same; `late` if that was after the seven days."""

    late: bool
