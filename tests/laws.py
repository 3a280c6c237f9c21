"""A little world in which the workflows are tried: people with roles, a practice, records, and all that ever happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar, cast
from uuid import UUID

from models import people as known
from models.acknowledgements import AcknowledgementDraft
from models.briefings import SessionHeld
from models.monitoring_checks import Counted, FollowUp, Found, Look, MonitoringCheck
from models.nhs_numbers import SYNTHETIC
from models.people import ErasureGround, ErasureProposal, Merging, PersonDetails, Separation
from models.policies import Comment, Policy, PolicyContent, PolicyDraft, PolicyEdit, Reason, ReviewOutcome, Step
from models.posts import (
    Closure,
    Declaration,
    NoticeArranged,
    PostDraft,
    PostKind,
    PublicationFailure,
    PublicationTime,
    PublishedAs,
    ReplyDraft,
    ReplyTemplate,
    StaffNamed,
    Withdrawal,
)
from models.practices import Contacts, FirstManager, InForce, Practice, PracticeDetails, PracticeDraft
from models.reviews import (
    LeftReason,
    LeftUnanswered,
    ReportGround,
    ReviewAnswer,
    ReviewClassification,
    ReviewDraft,
    ReviewKind,
    SiteReport,
)
from models.roles import MACHINES, Role
from models.screening import AnswerToFinding, FindingAnswer, FindingAnswers
from models.settings import NoticePlace, Platform, PolicySettings
from models.sites import Site
from models.staff import Departure, NewName, RoleEnd, RoleGrant, StaffDraft, StaffMember
from service.yaml_documents import read_document
from workflows.engine import Act, Applied, Law, Opening, Transition
from workflows.refusals import Refusal
from workflows.registry import ALL
from workflows.roles import Person, PracticeInForce

T = TypeVar("T")
K = TypeVar("K")

CODE = "ZZ0001"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
CLOSES = NOON + 10 * DAY
MOMENTS = (NOON, NOON + 4 * DAY, NOON + 11 * DAY)
"""Before everything; when a week's notice of the closure is no longer possible; and when the closure has begun."""
SOON = MOMENTS[1].date()
"""A day that lies ahead at first, and then is today."""

NAMES = {
    Role.STAFF: "hansel",
    Role.CLINICIAN: "gretel",
    Role.PARTNER: "frau-holle",
    Role.PRACTICE_MANAGER: "snow-white",
    Role.COMMUNICATIONS_MANAGER: "rapunzel",
    Role.COMPLAINTS_LEAD: "cinderella",
    Role.INFORMATION_RIGHTS_LEAD: "briar-rose",
    Role.BUSINESS_MANAGER: "rumpelstiltskin",
    Role.HEAD_OF_OPERATIONS: "iron-john",
    Role.RECEPTION_MANAGER: "little-red-cap",
    Role.PRACTICE_WEBSITE: "magic-mirror",
    Role.CLINICAL_SYSTEM: "golden-goose",
    Role.CLOCK: "clock",
    Role.OPERATOR: "puss-in-boots",
}
NOT_ON_THE_STAFF = MACHINES | {Role.CLOCK, Role.OPERATOR}


def somebody(role: Role, *others: Role) -> Person:
    """A person with these roles. Everyone who is a person is also staff."""
    everyone = frozenset() if role in NOT_ON_THE_STAFF else frozenset({Role.STAFF})
    return Person(NAMES[role], everyone | {role, *others})


EVERYBODY = tuple(map(somebody, Role))
MANAGER, PARTNER, EDITOR, RIGHTS, CLOCK, OPERATOR = map(
    somebody,
    (
        Role.PRACTICE_MANAGER, Role.PARTNER, Role.COMMUNICATIONS_MANAGER, Role.INFORMATION_RIGHTS_LEAD, Role.CLOCK,
        Role.OPERATOR,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to one record: who asked, where and when, and what there was before."""

    name: str
    fact: Applied
    was: Any
    before: tuple[Any, ...]

    @property
    def record(self) -> Any:
        """The record as it was left."""
        return self.fact.record

    @property
    def at(self) -> datetime:
        """When."""
        return self.fact.act.at

    @property
    def actor(self) -> Any:
        """Who."""
        return self.fact.act.actor

    @property
    def practice(self) -> PracticeInForce:
        """Where, with the settings of that moment."""
        assert isinstance(self.fact.act.practice, PracticeInForce)
        return self.fact.act.practice

    @property
    def payload(self) -> Any:
        """What was sent."""
        return self.fact.payload


@dataclass(frozen=True)
class World:
    """One moment at one practice, with all that led to it. A world never changes: what happens makes another."""

    now: datetime = NOON
    records: tuple[Any, ...] = ()
    history: tuple[Happened, ...] = ()

    @cached_property
    def _by_kind(self) -> dict[type[Any], list[Any]]:
        return grouped(self.records, type)

    @cached_property
    def _by_name(self) -> dict[str, list[Happened]]:
        return grouped(self.history, lambda each: each.name)

    @cached_property
    def practice(self) -> PracticeInForce:
        """The practice with the policy in force."""
        for each in self.of(Practice):
            return PracticeInForce(CODE, each.contacts, each.in_force)
        return PracticeInForce(CODE, Contacts())

    def of(self, kind: type[Any]) -> list[Any]:
        """The records of one kind."""
        return self._by_kind.get(kind, [])

    def done(self, *names: str) -> list[Happened]:
        """All that happened under these names, of each name the first things first."""
        return [each for name in names for each in self._by_name.get(name, [])]

    def of_record(self, record: Any) -> list[Happened]:
        """All that happened to this record, first things first."""
        return [each for each in self.history if each.record.id == record.id]

    def past(self, happened: Happened) -> list[Happened]:
        """All that had happened to the same record before."""
        before = self.of_record(happened.record)
        return before[: next(place for place, each in enumerate(before) if each is happened)]


def grouped(values: Iterable[T], by: Callable[[T], K]) -> dict[K, list[T]]:
    """The values that have something in common, together."""
    groups: dict[K, list[T]] = {}
    for each in values:
        groups.setdefault(by(each), []).append(each)
    return groups


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asks for something: of a record that is there, or to begin one from a draft."""

    person: Person
    law: Law[Any]
    about: Any
    payload: tuple[Any, ...] = ()


def looked_up(law: Law[Any], about: Any, act: Act, records: Iterable[Any], *payload: Any) -> Mapping[str, list[Any]]:
    """Everything that judging this needs, out of a set of records."""
    kinds = grouped(records, type)
    found: dict[str, list[Any]] = {}
    for need in law.needs:
        where = need.where(about, replace(act, found=found), *payload)
        found[need.name] = [each for each in kinds.get(need.kind, []) if agrees(each, where)]
    return found


def agrees(record: Any, where: Mapping[str, Any]) -> bool:
    """Whether a record has these values in these columns."""
    return all(
        getattr(record, name) in value if isinstance(value, frozenset) else getattr(record, name) == value
        for name, value in where.items()
    )


def asked(world: World, request: Request, records: Mapping[UUID, Any]) -> tuple[Any, Act]:
    """What the request is about, among these records, and the act with all that was looked up among them."""
    about = request.about if isinstance(request.law, Opening) else records[request.about.id]
    act = Act(request.person, world.practice, world.now)
    return about, replace(act, found=looked_up(request.law, about, act, records.values(), *request.payload))


def judged(world: World, request: Request) -> Refusal | None:
    """Why not, as far as can be told beforehand. What need not be looked up is judged first, as the house does it."""
    law: Any = request.law
    refused: Refusal | None = law.refusal(
        request.about, Act(request.person, world.practice, world.now), *request.payload
    )
    if refused:
        return refused
    about, act = asked(world, request, {each.id: each for each in world.records})
    return cast(Refusal | None, law.refusal(about, act, *request.payload))


def happen(world: World, request: Request) -> World:
    """The world after this. Raises the refusal."""
    earlier = {each.id: each for each in world.records}
    records = {each.id: each.model_copy() for each in world.records}
    law: Any = request.law
    about, act = asked(world, request, records)
    facts: list[Applied] = law.apply(about, act, *request.payload)
    news = [Happened(repr(each.law), each, earlier.get(each.record.id), world.records) for each in facts]
    after = records | {each.record.id: each.record for each in facts}
    return replace(world, records=tuple(after.values()), history=(*world.history, *news))


def requests(
    world: World, people: Iterable[Person], laws: Iterable[Law[Any]], said: Mapping[Any, Any]
) -> list[Request]:
    """Everything that these people could ask for, with each variant of what can be said."""
    people = list(people)
    return [
        Request(person, law, about, payload)
        for law in laws
        for about, payload in abouts(world, law, said)
        for person in people
    ]


def abouts(world: World, law: Law[Any], said: Mapping[Any, Any]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """What a law can be asked about, and with what."""
    variants = said[law.payload](world) if law.by and law.payload else []
    if isinstance(law, Opening):
        yield from ((each, ()) for each in variants)
        return
    for record in world.of(law.workflow.kind):
        yield from ((record, (each,)) for each in variants) if variants else [(record, ())]


LAWS: dict[str, Law[Any]] = {repr(law): law for workflow in ALL for law in workflow.laws}
TRANSITIONS = {name: law for name, law in LAWS.items() if isinstance(law, Transition)}


# What people say: a few variants of every payload, of which each law takes some and refuses others


def declared(**but: Any) -> Declaration:
    """What the author of an innocent post declares."""
    innocent = {
        "related_to_practice": True,
        "specific_to_practice": True,
        "clinical_information": False,
        "identifies_patient": False,
    }
    return Declaration.model_validate(innocent | but)


def announcement(*platforms: Platform, **but: Any) -> PostDraft:
    """An announcement about nothing but the practice, but for what is said."""
    where = list(platforms) or [Platform.FACEBOOK, Platform.WEBSITE]
    return PostDraft(purpose="News", text="Flu clinic on Saturday.", platforms=where, declaration=declared(**but))


def closure_notice(text: str = "Closed for training. Call 999 or 111.", **but: Any) -> PostDraft:
    """The notice of a planned closure, but for what is said; `closure=None` leaves its date out."""
    closure = Closure.model_validate({"closes_at": CLOSES} | but) if but.get("closes_at", CLOSES) else None
    return PostDraft(
        kind=PostKind.CLOSURE_NOTICE, purpose="Training", text=text, platforms=[Platform.FACEBOOK],
        declaration=declared(), closure=closure,
    )  # fmt: skip


GOOD, CLOSED = announcement(), closure_notice()
CLOSED_LATER = closure_notice(closes_at=CLOSES + DAY)
LINKING = announcement().model_copy(update={"text": "See example.org for more."})
LINK = "link-4-15"
DRAFTS = {
    "good": GOOD,
    "certain": announcement().model_copy(update={"text": "Ring 07700 900123."}),
    "naming": announcement().model_copy(update={"text": "Snow White is here on Monday."}),
    "linking": LINKING,
    "unrelated": announcement(related_to_practice=False),
    "unspecific": announcement(specific_to_practice=False),
    "clinical": announcement(clinical_information=True),
    "identifying": announcement(identifies_patient=True),
    "unasked": announcement(staff_named=[StaffNamed(staff_id=UUID(int=7), consented=False)]),
    "elsewhere": announcement(Platform.INSTAGRAM),
    "closed": CLOSED,
    "closed another day": CLOSED_LATER,
    "closed sometime": closure_notice(closes_at=None),
    "closed without help": closure_notice("Closed for training, as in 1999. Call 111."),
    "closed without warning": closure_notice(planned=False),
    "closed at short notice": closure_notice(short_notice_reason="A burst pipe."),
}
"""Posts of every sort that the rules speak of."""

USUAL = PolicySettings.model_validate(
    {
        "platform_accounts": {"value": [{"platform": "facebook"}, {"platform": "website"}]},
        "closure_companion_notices": {"value": ["door"]},
        "acknowledgement_days": {"value": 3},
        "monitoring_days": {"value": 3},
    }
)
LENIENT = PolicySettings.model_validate(
    {
        "platform_accounts": {"value": [{"platform": "facebook"}, {"platform": "website"}, {"platform": "instagram"}]},
        "posts_specific_to_practice": {"value": False},
        "allow_self_approval": {"value": True},
        "generic_reply_to_complaints": {"value": True},
    }
)


@cache
def contents() -> dict[str, PolicyContent]:
    """Policies: one that is whole, one without a clause, and one whose review falls due soon."""
    library = Path(__file__).parent.parent / "policies"
    whole = read_document(library / "maryport.yaml", PolicyContent, folder=library)
    whole = PolicyContent.model_validate(whole.model_dump() | {"settings": USUAL, "clauses": whole.clauses[:1]})
    soon = {"value": SOON, "origin": "service_default"}
    return {
        "whole": whole,
        "without a clause": PolicyContent.model_validate(whole.model_dump() | {"clauses": []}),
        "due soon": PolicyContent.model_validate(whole.model_dump() | {"review_due": soon, "settings": LENIENT}),
    }


EXPLAINED = "The code of conduct says more."


@cache
def policy_drafts() -> list[PolicyDraft]:
    """Versions to begin."""
    whole, bare, soon = contents().values()
    return [
        PolicyDraft(content=whole, change_comment=EXPLAINED),
        PolicyDraft(content=whole, change_comment=EXPLAINED, effective_from=SOON, step=Step.MINOR),
        PolicyDraft(content=bare, change_comment=EXPLAINED),
        PolicyDraft(content=soon, change_comment=EXPLAINED),
        PolicyDraft(content=whole),
    ]


@cache
def policy_edits() -> list[PolicyEdit]:
    """The same, as edits."""
    return [
        PolicyEdit(content=each.content, change_comment=each.change_comment, effective_from=each.effective_from)
        for each in policy_drafts()
    ]


def colleagues(world: World) -> list[UUID]:
    """Who is in the directory, and somebody who isn't."""
    return [*(each.id for each in world.of(StaffMember)), UUID(int=13)]


def grants(world: World) -> list[RoleGrant]:
    """Roles to give, for good, for a time, for a colleague, and as nobody should."""
    ends = MOMENTS[2]
    return [
        RoleGrant(role=Role.COMMUNICATIONS_MANAGER, starts=ends),
        RoleGrant(role=Role.PRACTICE_MANAGER),
        RoleGrant(role=Role.PRACTICE_WEBSITE),
        RoleGrant(role=Role.PARTNER, starts=NOON - DAY),
        RoleGrant(role=Role.PARTNER, ends=NOON - DAY),
        *(RoleGrant(role=Role.PRACTICE_MANAGER, ends=ends, deputy_for=each) for each in colleagues(world)),
    ]


def newcomers() -> list[StaffDraft]:
    """People and machines who join, as they should and as they shouldn't."""
    manager = RoleGrant(role=Role.PRACTICE_MANAGER)
    roles = {
        "rose-red": [],
        "iron-hans": [manager],
        NAMES[Role.PRACTICE_WEBSITE]: [RoleGrant(role=Role.PRACTICE_WEBSITE)],
        "twice": [manager, RoleGrant(role=Role.PRACTICE_MANAGER, starts=MOMENTS[1])],
        "backdated": [RoleGrant(role=Role.PARTNER, starts=NOON - DAY)],
        "deputy": [RoleGrant(role=Role.PARTNER, ends=MOMENTS[2], deputy_for=UUID(int=13))],
    }
    return [StaffDraft(subject=name, name=name, roles=given) for name, given in roles.items()]


def role_ends() -> list[RoleEnd]:
    """Roles to end at once, later, and in the past."""
    ends = (None, MOMENTS[2], NOON - DAY)
    return [RoleEnd(role=Role.PRACTICE_MANAGER, ends=each) for each in ends] + [RoleEnd(role=Role.PRACTICE_WEBSITE)]


def practice_drafts() -> list[PracticeDraft]:
    """Practices to open: this one, another from within this one, and this one once more for somebody else."""
    opened = ((CODE, "Snow White"), ("ZZ0002", "Snow White"), (CODE, "Rose Red"))
    return [
        PracticeDraft(
            code=code, name="The Glass Hill Surgery", manager=FirstManager(subject=name.lower().replace(" ", "-"), name=name)
        )
        for code, name in opened
    ]  # fmt: skip


def readings(world: World) -> list[AcknowledgementDraft]:
    """Versions to acknowledge: the one in force, those that are not, and one that nobody knows."""
    known = [world.practice.policy_id, *(each.id for each in world.of(Policy)), UUID(int=13)]
    return [AcknowledgementDraft(policy_id=each) for each in dict.fromkeys(known) if each]


def sessions(world: World) -> list[SessionHeld]:
    """Training sessions with everybody, with somebody unknown, one to come, and one before there was a version."""
    people = [each.id for each in world.of(StaffMember) if not each.is_machine] or [UUID(int=13)]
    machines = [each.id for each in world.of(StaffMember) if each.is_machine] or [UUID(int=13)]
    return [
        SessionHeld(held_at=NOON, attended=people),
        SessionHeld(held_at=NOON, attended=machines),
        SessionHeld(held_at=NOON, attended=[UUID(int=13)]),
        SessionHeld(held_at=MOMENTS[2] + DAY, attended=people),
        SessionHeld(held_at=NOON - DAY, attended=people),
    ]


def known_as(**said: Any) -> PersonDetails:
    """Who somebody is."""
    return PersonDetails.model_validate(said, context={SYNTHETIC: True})


BORN = date(2001, 5, 4)
IDENTITIES = (
    known_as(nhs_number="9990000123", date_of_birth=BORN),
    known_as(nhs_number="9990000204"),
    known_as(name="Red Riding Hood", date_of_birth=BORN + DAY),
    known_as(note="Carries a basket."),
    known_as(date_of_birth=NOON.date() + DAY),
)
"""People of whom some could be one and some can't; the last one is not born."""


def mergings(world: World) -> list[Merging]:
    """Every record that another one could be merged into, and one that isn't there."""
    return [
        Merging(into=each, reason="The same voice.")
        for each in (*(each.id for each in world.of(known.Person)), UUID(int=13))
    ]


FOUND_COMPLAINT = [Counted(kind=Found.COMPLAINT, count=1)]


def looks(world: World) -> list[Look]:
    """Looks at platforms: at one's own and others', with what calls for somebody, in time to come, and corrections."""
    entries: list[Any] = [each.id for each in world.of(MonitoringCheck)]
    return [
        Look(platform=Platform.FACEBOOK, looked_at=NOON),
        Look(platform=Platform.X, looked_at=NOON),
        Look(platform=Platform.FACEBOOK, looked_at=MOMENTS[2] + DAY),
        Look(platform=Platform.FACEBOOK, looked_at=NOON, found=FOUND_COMPLAINT),
        Look(
            platform=Platform.FACEBOOK, looked_at=NOON, found=FOUND_COMPLAINT,
            follow_up=[FollowUp.COMPLAINTS_LEAD_TOLD],
        ),
        *(Look(platform=Platform.FACEBOOK, looked_at=NOON, corrects=each) for each in [*entries[:4], UUID(int=13)]),
    ]  # fmt: skip


REVIEWS_SEEN = [
    ReviewDraft(site=Site.NHS_WEBSITE, kind=kind, concerns_safety=safety)
    for kind in ReviewKind
    for safety in (False, True)
    if not safety or kind == ReviewKind.CONCERN
]
NAMING_REVIEW = ReviewDraft(site=Site.NHS_WEBSITE, kind=ReviewKind.PRAISE, gist="Snow White was kind.")


def always(*variants: Any) -> Any:
    """The same variants in every world."""
    return lambda _: list(variants)


PLATFORMS = (Platform.FACEBOOK, Platform.WEBSITE, Platform.INSTAGRAM, Platform.X)
SAID: dict[Any, Any] = {
    PostDraft: always(*DRAFTS.values()),
    Comment: always(Comment(comment="Shorter, please.")),
    Reason: always(Reason(reason="Second thoughts.")),
    PublicationTime: always(*(PublicationTime(publish_at=NOON + days * DAY) for days in (-1, 1, 5, 12))),
    PublishedAs: always(*(PublishedAs(platform=each) for each in PLATFORMS)),
    PublicationFailure: always(
        *(PublicationFailure(platform=each, reason="Down.") for each in (Platform.FACEBOOK, Platform.X))
    ),
    Withdrawal: always(*(Withdrawal(reason="Wrong day.", emergency=each) for each in (False, True))),
    NoticeArranged: always(NoticeArranged(place=NoticePlace.DOOR)),
    ReplyDraft: always(
        ReplyDraft(platform=Platform.FACEBOOK, template=ReplyTemplate.THANKS),
        ReplyDraft(platform=Platform.FACEBOOK, template=ReplyTemplate.COMPLAINTS_PROCEDURE),
        ReplyDraft(platform=Platform.X, template=ReplyTemplate.THANKS),
    ),
    FindingAnswers: always(
        *(
            FindingAnswers(answers=[AnswerToFinding(finding=about, answer=answer)])
            for about, answer in (
                (LINK, FindingAnswer.PUBLIC_INFORMATION),
                (LINK, FindingAnswer.HAS_CONSENT),
                ("link-0-4", FindingAnswer.PUBLIC_INFORMATION),
            )
        )
    ),
    AcknowledgementDraft: readings,
    Look: looks,
    ReviewDraft: always(*REVIEWS_SEEN, NAMING_REVIEW),
    ReviewClassification: always(
        ReviewClassification(kind=ReviewKind.PRAISE),
        ReviewClassification(kind=ReviewKind.COMPLAINT),
        ReviewClassification(kind=ReviewKind.CONCERN, concerns_safety=True),
    ),
    SiteReport: always(SiteReport(ground=ReportGround.SPAM)),
    ReviewAnswer: always(*(ReviewAnswer(template=each) for each in ReplyTemplate)),
    LeftUnanswered: always(LeftUnanswered(reason=LeftReason.NOTHING_TO_ADD)),
    SessionHeld: sessions,
    PolicyDraft: lambda world: policy_drafts()[: 2 if world.of(Policy) else None],
    PolicyEdit: lambda _: policy_edits()[:4:3],
    ReviewOutcome: always(
        *(ReviewOutcome(review_due=each, change_comment="Nothing to change.") for each in (SOON, date(2028, 1, 1)))
    ),
    StaffDraft: always(*newcomers()),
    RoleGrant: grants,
    RoleEnd: always(*role_ends()),
    Departure: lambda world: [Departure(hands_over_to=each) for each in (None, *colleagues(world))],
    NewName: always(NewName(name="Snow White the Elder")),
    PersonDetails: always(*IDENTITIES),
    Merging: mergings,
    Separation: always(Separation(reason="Two sisters.")),
    ErasureProposal: always(ErasureProposal(ground=ErasureGround.RETENTION_ENDED)),
    PracticeDraft: always(*practice_drafts()),
    PracticeDetails: always(PracticeDetails(name="The Glass Hill Practice", contacts=Contacts(phone="01632 960001"))),
}
"""Variants of everything that can be said, by the payload that says it."""


def opened() -> World:
    """A practice that an operator has just opened, with its first manager."""
    return happen(World(), Request(OPERATOR, LAWS["practice.open_practice"], practice_drafts()[0]))


def at_work() -> World:
    """A practice whose own policy is in force."""
    world = happen(opened(), Request(EDITOR, LAWS["policy.create"], policy_drafts()[0]))
    for person, name in ((EDITOR, "submit"), (MANAGER, "approve"), (MANAGER, "publish")):
        world = happen(world, Request(person, LAWS[f"policy.{name}"], world.of(Policy)[0]))
    return world


def working_by(world: World, settings: PolicySettings) -> World:
    """The same practice with these settings in force, as if it had published them."""
    in_force = InForce(policy_id=UUID(int=1 + (settings is LENIENT)), number="1.0", title="Conduct", settings=settings)
    moved = [
        each.model_copy(update={"in_force": in_force}) if isinstance(each, Practice) else each for each in world.records
    ]
    return replace(world, records=tuple(moved))
