"""What people say of incidents."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from models import people as known
from models.clauses import BreachGround
from models.incident_facts import (
    AdviceLetter,
    AdviceTaken,
    Classification,
    ComplaintReference,
    ContactRequestOutcome,
    DecisionDraft,
    FindingDraft,
    FoundToBeComplaint,
    FurtherAuthorDraft,
    GeneralReply,
    Identification,
    LegalReferralDraft,
    PlatformReportDraft,
    RequestToAuthor,
    RouteOffer,
    TakingDown,
    WarningOrder,
    WebsiteNoticeDraft,
)
from models.incident_words import (
    AuthorStanding,
    ContactRequestAnswer,
    IncidentKind,
    Measure,
    NoticeWay,
    NotInformed,
    RouteWay,
    Safeguard,
)
from models.incidents import IncidentDraft
from models.legal_references import LegalBasis
from models.letter_facts.incidents import AdviceFinding, RemovalReasonKind, WarningExemption
from models.posts import ReplyTemplate
from models.removal_facts import (
    Delegation,
    EighthDay,
    EqualityCheckDraft,
    ImmediateRemovalDraft,
    ListRemovalDraft,
    PatientInformedDraft,
    PCSEReference,
    PlanDraft,
    PoliceTold,
    Postponement,
    SafeguardDraft,
    SafeguardingDraft,
    SupportDraft,
    ThreatDraft,
    WrittenConfirmation,
)
from models.roles import Role
from models.settings import Platform
from models.staff import StaffMember
from models.warnings import PatientWarning, Reconsideration, RescissionGround, WarningEntry
from tests.laws import DAY, NOON, World, always
from tests.said.staff import colleagues

TODAY = NOON.date()
TOMORROW = TODAY + timedelta(days=1)
NOBODY = colleagues(World())[0]
CLAUSE = "code_of_conduct"
GRAVE, HARMLESS = [BreachGround.DEFAMATORY], [BreachGround.INACCURATE, BreachGround.EMBARRASSING]


def everybody(world: World) -> list[Any]:
    """Everybody on record, and somebody who isn't."""
    return [*(each.id for each in world.of(known.Person)), NOBODY]


def of_kind(kind: IncidentKind, **but: Any) -> Classification:
    """A finding that something is of a kind, and breaks the policy badly, but for what is said."""
    place: dict[str, Any] = {"platform": Platform.FACEBOOK, "on_own_page": kind == IncidentKind.OWN_PAGE_POST}
    posted = place if kind in {IncidentKind.OWN_PAGE_POST, IncidentKind.THIRD_PARTY_POST} else {}
    return Classification.model_validate({"kind": kind, "grounds": GRAVE, "clause_key": CLAUSE, **posted, **but})


def reported(kind: IncidentKind, **but: Any) -> IncidentDraft:
    """A report, but for what is said."""
    place: dict[str, Any] = {"platform": Platform.FACEBOOK, "on_own_page": kind == IncidentKind.OWN_PAGE_POST}
    posted = place if kind in {IncidentKind.OWN_PAGE_POST, IncidentKind.THIRD_PARTY_POST} else {}
    return IncidentDraft.model_validate({"kind": kind, "description": "They are all wolves.", **posted, **but})


REPORTS = {
    "own page": reported(IncidentKind.OWN_PAGE_POST),
    "elsewhere": reported(IncidentKind.THIRD_PARTY_POST, url="https://example.com/1"),
    "words": reported(IncidentKind.VERBAL_ABUSE),
    "message": reported(IncidentKind.MEDICAL_MESSAGE),
    "friend": reported(IncidentKind.CONTACT_REQUEST),
    "filmed": reported(IncidentKind.PUBLIC_AREA_RECORDING),
}
"""One report of each sort that the law tells apart."""

FOUND = (
    of_kind(IncidentKind.OWN_PAGE_POST),
    of_kind(IncidentKind.THIRD_PARTY_POST),
    of_kind(IncidentKind.THIRD_PARTY_POST, grounds=HARMLESS),
    of_kind(IncidentKind.THIRD_PARTY_POST, clause_key=None),
    of_kind(IncidentKind.THIRD_PARTY_POST, is_complaint=True),
    of_kind(IncidentKind.VERBAL_ABUSE, staff_involved=[NOBODY]),
    of_kind(IncidentKind.MEDICAL_MESSAGE),
    of_kind(IncidentKind.CONTACT_REQUEST),
    of_kind(IncidentKind.THIRD_PARTY_POST, clause_key="no_such_clause"),
    of_kind(IncidentKind.THIRD_PARTY_POST, happened_at=NOON + 90 * DAY),
)
NOTICE = {
    "complainant": "Snow White",
    "email": "snow-white@example.com",
    "statement": "They are all wolves.",
    "posted_at": "https://example.com/1",
    "meaning": "That they eat people.",
    "wrong": "They do not.",
    "author_cannot_be_identified": True,
    "details_may_be_passed_on": False,
}
MENDED = SafeguardDraft(
    safeguard=Safeguard.RESTORE_ATTEMPT, what="Tea with the manager.", review_on=TODAY + 60 * timedelta(1)
)
ALTERNATIVES = SafeguardDraft(safeguard=Safeguard.ALTERNATIVES, what="Another doctor.")
COLLEAGUE = SafeguardDraft(safeguard=Safeguard.COLLEAGUE_CONSULTED, what="Spoke to Mother Holle.")
FAIR = EqualityCheckDraft(
    protected_characteristics_considered=True, neurodivergence_considered=True, adjustments="None is needed.", discriminates=False
)  # fmt: skip
UNFAIR = FAIR.model_copy(update={"discriminates": True})
REMOVAL = ListRemovalDraft(reason_kind=RemovalReasonKind.SPECIFIC, reasons=("It went on.",))
EXEMPT = REMOVAL.model_copy(
    update={"exemption": WarningExemption.HARM_OR_RISK, "exemption_reason": "They had said what they would do."}
)
WARNING = WarningOrder(
    reasons=("They called us wolves.",), has_to_change=("Speak kindly.",), answer_by=TODAY + timedelta(days=90)
)
THREAT = ThreatDraft(what="Showed their teeth.", happened_at=NOON - 9 * DAY, violence=False, fear_for_safety=True)
WORDS = ThreatDraft(what="Huffed and puffed.", happened_at=NOON - 9 * DAY, violence=False, fear_for_safety=False)
OFFER = RouteOffer(way=RouteWay.LETTER, leaflet_offered=True)
SPOKEN = RouteOffer(way=RouteWay.PHONE, leaflet_offered=True)
IN_PUBLIC = RouteOffer(way=RouteWay.GENERIC_REPLY, leaflet_offered=False)


def decision(role: Role, measure: Measure, *, agrees: bool = True) -> DecisionDraft:
    """One role's decision."""
    return DecisionDraft(role=role, measure=measure, agrees=agrees, reason="It has to stop.")


DECISIONS = [
    decision(role, measure, agrees=agrees)
    for role in (Role.PARTNER, Role.PRACTICE_MANAGER, Role.CLINICIAN)
    for measure in Measure
    for agrees in (True, False)
    if agrees or role == Role.PARTNER
]


def named(world: World) -> list[Identification]:
    """Everybody on record as the one who did it, as a patient and as none, and somebody unknown."""
    return [
        Identification(person=person, standing=standing, known_by="Their voice.")
        for person in everybody(world)
        for standing in (AuthorStanding.PATIENT, AuthorStanding.NOT_A_PATIENT)
        if standing == AuthorStanding.PATIENT or person != NOBODY
    ]


def reconsidered(world: World) -> list[Reconsideration]:
    """Each warning taken back or upheld, and one that is not in the ledger."""
    given = [each.id for each in world.of(PatientWarning) if each.entry == WarningEntry.GIVEN]
    return [
        draft
        for each in [*given, NOBODY]
        for draft in (
            Reconsideration(
                about=each, entry=WarningEntry.RESCINDED, reasons=("It was another.",), ground=RescissionGround.MISTAKE
            ),
            Reconsideration(about=each, entry=WarningEntry.UPHELD, reasons=("It was they.",)),
        )
    ]


SAID: dict[Any, Any] = {
    IncidentDraft: always(
        *REPORTS.values(),
        reported(IncidentKind.VERBAL_ABUSE, description=None),
        reported(IncidentKind.VERBAL_ABUSE, happened_at=NOON + 90 * DAY),
    ),
    Classification: always(*FOUND),
    Identification: named,
    FurtherAuthorDraft: lambda world: [
        FurtherAuthorDraft(account="bigbadwolf"), *(FurtherAuthorDraft(person=each) for each in everybody(world)),
    ],
    TakingDown: always(TakingDown(), TakingDown(reason="It names a patient.")),
    PlatformReportDraft: always(PlatformReportDraft(reference="R-1")),
    WebsiteNoticeDraft: always(WebsiteNoticeDraft.model_validate(NOTICE)),
    RequestToAuthor: always(
        *(RequestToAuthor(reasons=("It is untrue.",), remove_by=TODAY + timedelta(days=days)) for days in (-1, 30, 300))
    ),
    FoundToBeComplaint: always(*(FoundToBeComplaint(seen_on=TODAY + timedelta(days=days)) for days in (0, 300))),
    RouteOffer: always(OFFER, SPOKEN, IN_PUBLIC, RouteOffer(way=RouteWay.LETTER, leaflet_offered=False)),
    GeneralReply: always(
        GeneralReply(), GeneralReply(template=ReplyTemplate.CONTACT_THE_PRACTICE),
    ),
    ComplaintReference: always(ComplaintReference(reference="C-1")),
    FindingDraft: always(
        *(
            FindingDraft(finding=AdviceFinding.MALICIOUS, reasons=("It is meant to hurt.",), rests_on_complaint_alone=alone)
            for alone in (False, True)
        )
    ),
    AdviceTaken: always(AdviceTaken(adviser="The defence body", advice="Write to them.")),
    DecisionDraft: always(*DECISIONS),
    AdviceLetter: always(AdviceLetter(reasons=("It helps nobody.",))),
    LegalReferralDraft: always(
        *(LegalReferralDraft(bases=[each], asked="Is there a claim?") for each in LegalBasis)
    ),
    WarningOrder: always(WARNING, WARNING.model_copy(update={"answer_by": TODAY})),
    ContactRequestOutcome: always(ContactRequestOutcome(answer=ContactRequestAnswer.DECLINED)),
    SafeguardDraft: always(MENDED, ALTERNATIVES, COLLEAGUE, MENDED.model_copy(update={"review_on": None})),
    EqualityCheckDraft: always(FAIR, UNFAIR),
    ListRemovalDraft: always(REMOVAL, EXEMPT),
    Postponement: always(*(Postponement(until=TODAY + timedelta(days=days), reason="Daily dressings.") for days in (1, 300))),
    PCSEReference: always(PCSEReference(reference="P-1")),
    EighthDay: always(EighthDay(), *(EighthDay(accepted_elsewhere_on=TODAY + timedelta(days=days)) for days in (0, 300))),
    ThreatDraft: always(THREAT, WORDS, THREAT.model_copy(update={"happened_at": NOON + 90 * DAY})),
    PoliceTold: always(*(PoliceTold(told_at=NOON + days * DAY) for days in (-8, 0, -30, 90))),
    SupportDraft: lambda world: [SupportDraft(offered_to=[each.id], what="A cup of tea.") for each in world.of(StaffMember)[:1]],
    SafeguardingDraft: always(SafeguardingDraft(concern=False, what="Asked the nurse.")),
    PlanDraft: always(PlanDraft(plan="See them at home.")),
    Delegation: lambda world: [Delegation(to=each) for each in colleagues(world)],
    ImmediateRemovalDraft: always(
        ImmediateRemovalDraft(way=NoticeWay.PHONE),
        ImmediateRemovalDraft(way=NoticeWay.PHONE, commissioner_approval="Approved"),
    ),
    PatientInformedDraft: always(
        PatientInformedDraft(), PatientInformedDraft(not_informed=NotInformed.RISK_TO_SAFETY, reason="They know where we live.")
    ),
    WrittenConfirmation: always(*(WrittenConfirmation(sent_on=TODAY + timedelta(days=days)) for days in (0, -30, 300))),
    Reconsideration: reconsidered,
}  # fmt: skip
