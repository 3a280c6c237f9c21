"""Demo data: five invented practices, each working by one of the published policies, put there in the ordinary way.

Everything is asked for by somebody who may ask for it. What is there already is left as it is, so that the demonstration can
be started again over the same data, whatever was tried out in it meanwhile.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

from models.policies import Policy
from models.posts import Closure, Declaration, Post, PostDraft, PostKind, PostState, PublishedAs
from models.practices import Contacts, FirstManager, Practice, PracticeDraft
from models.roles import Role
from models.staff import RoleGrant, StaffDraft
from service.demo_cases import bring_cases
from service.demo_people import GINGERBREAD_HOUSE, PRACTICES, Member, PostPlan, PracticePlan, closure_words
from service.demo_steps import Step, advance, as_person, asking, directory
from service.house import House
from service.identity import Principal
from service.installation import open_locally
from service.policy_files import import_policy, read_policies, the_one
from service.settings import Settings
from workflows import policies as policy_laws
from workflows import posts as post_laws
from workflows import staff as staff_laws
from workflows.statutory_time import LONDON, london_day

LIBRARY: Final = Path(__file__).parent.parent / "policies"
DEPUTISES_FOR: Final = timedelta(days=90)
CLOSES_IN_WEEKS: Final = 4
WEDNESDAY: Final = 2
HARMLESS: Final = Declaration(
    related_to_practice=True, specific_to_practice=True, clinical_information=False, identifies_patient=False
)


class NotForDemonstrations(Exception):
    """Demo data go into the embedded database, and take the embedded issuer of tokens: in development, with neither set."""

    def __init__(self) -> None:
        super().__init__(NotForDemonstrations.__doc__)


@dataclass(frozen=True, slots=True)
class Adopted:
    """A practice of the demonstration, and the published document that its policy restates."""

    code: str
    name: str
    document: str


def refuse_unless_embedded(settings: Settings) -> None:
    """Raise NotForDemonstrations where demo data could stand beside real data."""
    if settings.production or not settings.embedded_database or not settings.embedded_issuer:
        raise NotForDemonstrations


async def furnish(house: House) -> list[Adopted]:
    """Put in place whatever of the demonstration is not there yet, and tell which practice adopted which document."""
    for plan in PRACTICES:
        await open_and_staff(house, plan)
        await adopt_policy(house, plan)
        for post in plan.posts:
            await bring_post(house, plan.code, post)
    await bring_cases(house, GINGERBREAD_HOUSE)
    return [await adopted(house, plan) for plan in PRACTICES]


async def adopted(house: House, plan: PracticePlan) -> Adopted:
    """What a practice works by now."""
    (practice,) = [each.record for each in await house.store.find(Practice, plan.code, {})]
    versions = [each.record for each in await house.store.find(Policy, plan.code, {})]
    in_force = practice.in_force and practice.in_force.policy_id
    documents = [each.adopted_from or each.title for each in versions if each.id == in_force]
    return Adopted(plan.code, practice.name, documents[0] if documents else "no policy in force")


async def open_and_staff(house: House, plan: PracticePlan) -> None:
    """Open the practice, appoint its staff, and let the deputy stand in."""
    if plan.code not in await house.store.practice_codes():
        await open_locally(house, practice_draft(plan))
    known = await directory(house, plan.code)
    for member in plan.members:
        if member.subject not in known:
            await as_person(house, plan.code, plan.manager).open(staff_laws.appoint, asking(staff_draft(member)))
    for member in plan.members:
        if member.deputy_for:
            await let_deputise(house, plan, member)


def practice_draft(plan: PracticePlan) -> PracticeDraft:
    """What the installation is asked to open."""
    contacts = Contacts(
        phone=plan.phone,
        email=f"surgery@{plan.address.partition('//')[2]}",
        website=plan.address,
        complaints=f"{plan.address}/complaints",
    )
    manager = FirstManager(subject=plan.manager.subject, name=plan.manager.name)
    return PracticeDraft(code=plan.code, name=plan.name, contacts=contacts, manager=manager)


def staff_draft(member: Member) -> StaffDraft:
    """What the practice manager is asked to add to the directory."""
    roles = [RoleGrant(role=role) for role in member.roles]
    return StaffDraft(subject=member.subject, name=member.name, roles=roles)


async def let_deputise(house: House, plan: PracticePlan, member: Member) -> None:
    """Give a colleague's first role to their deputy, unless that was done before."""
    known = await directory(house, plan.code)
    deputy, colleague = known[member.subject], known[member.deputy_for or ""]
    if any(each.deputy_for for each in deputy.roles):
        return
    grant = RoleGrant(role=colleague.roles[0].role, ends=house.clock() + DEPUTISES_FOR, deputy_for=colleague.id)
    await as_person(house, plan.code, plan.manager).apply(
        staff_laws.grant_role, deputy.id, asking(grant, version=deputy.version)
    )


async def adopt_policy(house: House, plan: PracticePlan) -> None:
    """Import the practice's template as a draft, and take it the ordinary way into force."""
    manager, partner = plan.manager.subject, plan.partner.subject
    versions = [each.record for each in await house.store.find(Policy, plan.code, {})]
    if not versions:
        template = the_one(read_policies([LIBRARY / f"{plan.policy}.yaml"]))
        await import_policy(as_person(house, plan.code, plan.manager), template)
        versions = [each.record for each in await house.store.find(Policy, plan.code, {})]
    first = min(versions, key=lambda each: (each.major, each.minor))
    steps = [
        Step(policy_laws.submit, manager),
        Step(policy_laws.approve, partner),
        Step(policy_laws.publish, partner),
    ]
    await advance(house, first, steps)


async def bring_post(house: House, code: str, plan: PostPlan) -> None:
    """Write a post, and bring it as far as it has come."""
    steps = steps_of(plan)
    found = await written_for(house, code, plan.purpose)
    if found is None:
        work = house.work(Principal(plan.author, code))
        await work.open(post_laws.write, asking(post_draft(plan, house.clock())))
        found = await written_for(house, code, plan.purpose)
    if found is not None:
        await advance(house, found, steps)


async def written_for(house: House, code: str, purpose: str) -> Post | None:
    """The first post that was written for this purpose."""
    return next((each.record for each in await house.store.find(Post, code, {"purpose": purpose})), None)


def steps_of(plan: PostPlan) -> list[Step]:
    """How a post comes as far as it should."""
    first = plan.platforms[0]
    where = PublishedAs(platform=first, url=f"{GINGERBREAD_HOUSE.address}/posts/{first}")
    way = {
        PostState.SUBMITTED: Step(post_laws.submit, plan.author),
        PostState.APPROVED: Step(post_laws.approve, plan.approver),
        PostState.PUBLISHED: Step(post_laws.publish, plan.author, (where,)),
    }
    reached = [PostState.DRAFT, *way].index(plan.reaches)
    return list(way.values())[:reached]


def post_draft(plan: PostPlan, now: datetime) -> PostDraft:
    """What its author writes; a closure lies four weeks ahead of the day on which it is written."""
    closure = training_afternoon(now) if plan.kind == PostKind.CLOSURE_NOTICE else None
    return PostDraft(
        kind=plan.kind,
        purpose=plan.purpose,
        text=plan.text.format(day=closure_words(closure.closes_at)) if closure else plan.text,
        platforms=list(plan.platforms),
        declaration=HARMLESS,
        closure=closure,
    )


def training_afternoon(now: datetime) -> Closure:
    """A Wednesday afternoon in London, four weeks ahead or a little more."""
    today = london_day(now)
    day = today + timedelta(weeks=CLOSES_IN_WEEKS, days=(WEDNESDAY - today.weekday()) % 7)
    closes_at, reopens_at = (datetime.combine(day, time(hour), LONDON) for hour in (13, 17))
    return Closure(closes_at=closes_at, reopens_at=reopens_at)


def one_for_each_role(plan: PracticePlan = GINGERBREAD_HOUSE) -> list[Member]:
    """As few of the staff as hold every role that is held there, and one who holds none but that of staff."""
    chosen: list[Member] = []
    for role in Role:
        if any(role in each.roles for each in chosen):
            continue
        chosen += [each for each in plan.members if role in (each.roles or (Role.STAFF,))][:1]
    return chosen
