"""Who and what the demonstration is about. All of it is invented: practices, people, addresses and telephone numbers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.posts import PostKind, PostState
from models.roles import Role
from models.settings import Platform
from workflows.statutory_time import LONDON


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the staff, or a machine; `deputy_for` is the colleague whose first role they hold for a while."""

    subject: str
    name: str
    roles: tuple[Role, ...] = ()
    deputy_for: str | None = None


@dataclass(frozen=True, slots=True)
class PostPlan:
    """A post and how far it has come. `{day}` in its text is the day of the closure; `approver` is who approved it."""

    author: str
    purpose: str
    text: str
    platforms: tuple[Platform, ...]
    reaches: PostState
    kind: PostKind = PostKind.ANNOUNCEMENT
    approver: str = ""


@dataclass(frozen=True, slots=True)
class PracticePlan:
    """A practice: its first practice manager, the partner who approves its policy, everyone else, and its posts."""

    code: str
    name: str
    phone: str
    address: str
    policy: str
    manager: Member
    partner: Member
    others: tuple[Member, ...]
    posts: tuple[PostPlan, ...] = ()

    @property
    def members(self) -> tuple[Member, ...]:
        """Everybody."""
        return (self.manager, self.partner, *self.others)


def closure_words(closes_at: datetime) -> str:
    """The day in London as a notice says it, such as Wednesday 16 December."""
    day = closes_at.astimezone(LONDON)
    return f"{day:%A} {day.day} {day:%B}"


GINGERBREAD_HOUSE: Final = PracticePlan(
    code="ZZ0001",
    name="Gingerbread House Surgery",
    phone="01632 960001",
    address="https://gingerbread-house.example.com",
    policy="woodbrook",
    manager=Member("cinderella", "Cinderella", (Role.PRACTICE_MANAGER,)),
    partner=Member("fairy-godmother", "Fairy Godmother", (Role.PARTNER, Role.CLINICIAN)),
    others=(
        Member("puss-in-boots", "Puss in Boots", (Role.COMMUNICATIONS_MANAGER,)),
        Member("pied-piper", "The Pied Piper", (Role.COMMUNICATIONS_MANAGER,)),
        Member("rumpelstiltskin", "Rumpelstiltskin", (Role.RECEPTION_MANAGER,), deputy_for="pied-piper"),
        Member("goldilocks", "Goldilocks", (Role.COMPLAINTS_LEAD, Role.INFORMATION_RIGHTS_LEAD)),
        Member("baba-yaga", "Baba Yaga", (Role.BUSINESS_MANAGER, Role.HEAD_OF_OPERATIONS)),
        Member("snow-white", "Snow White", (Role.CLINICIAN,)),
        Member("gretel", "Gretel"),
        Member("website", "The practice's website", (Role.PRACTICE_WEBSITE,)),
        Member("clinical-system", "The clinical system", (Role.CLINICAL_SYSTEM,)),
    ),
    posts=(
        PostPlan(
            author="pied-piper",
            purpose="Show the way while the front path is relaid",
            text="The gingerbread path is being relaid. Until it has cooled, please come in by the garden gate.",
            platforms=(Platform.FACEBOOK,),
            reaches=PostState.DRAFT,
        ),
        PostPlan(
            author="cinderella",
            purpose="Tell patients when the flu clinics are",
            text="Our flu clinics are open on Saturday mornings. Ask at reception for a time that suits you.",
            platforms=(Platform.FACEBOOK, Platform.WEBSITE),
            reaches=PostState.SUBMITTED,
        ),
        PostPlan(
            author="puss-in-boots",
            purpose="Invite patients to the patient participation group",
            text="Our patient participation group meets in the oven room every month. New members are welcome.",
            platforms=(Platform.FACEBOOK, Platform.INSTAGRAM),
            reaches=PostState.APPROVED,
            approver="pied-piper",
        ),
        PostPlan(
            author="cinderella",
            purpose="Say how to order repeat prescriptions",
            text="You can order repeat prescriptions at any hour, without spinning straw: use the form on our website.",
            platforms=(Platform.FACEBOOK, Platform.WEBSITE),
            reaches=PostState.PUBLISHED,
            approver="puss-in-boots",
        ),
        PostPlan(
            author="puss-in-boots",
            purpose="Announce the training afternoon",
            text=(
                "We are closed on {day} from 1pm to 5pm for staff training. For urgent advice call 111 or go to "
                "111.nhs.uk. In an emergency call 999."
            ),
            platforms=(Platform.FACEBOOK, Platform.WEBSITE),
            reaches=PostState.APPROVED,
            kind=PostKind.CLOSURE_NOTICE,
            approver="pied-piper",
        ),
    ),
)

PRACTICES: Final = (
    GINGERBREAD_HOUSE,
    PracticePlan(
        code="ZZ0002",
        name="Beanstalk Lane Medical Centre",
        phone="01632 960002",
        address="https://beanstalk-lane.example.com",
        policy="imperial",
        manager=Member("jack", "Jack", (Role.PRACTICE_MANAGER,)),
        partner=Member("giant", "The Giant", (Role.PARTNER,)),
        others=(Member("golden-goose", "The Golden Goose", (Role.COMMUNICATIONS_MANAGER,)),),
    ),
    PracticePlan(
        code="ZZ0003",
        name="Glass Slipper Practice",
        phone="01632 960003",
        address="https://glass-slipper.example.org",
        policy="coleridge",
        manager=Member("red-riding-hood", "Little Red Riding Hood", (Role.PRACTICE_MANAGER,)),
        partner=Member("big-bad-wolf", "The Big Bad Wolf", (Role.PARTNER,)),
        others=(Member("woodcutter", "The Woodcutter", (Role.COMMUNICATIONS_MANAGER,)),),
    ),
    PracticePlan(
        code="ZZ0004",
        name="Three Bears Health Centre",
        phone="01632 960004",
        address="https://three-bears.example.org",
        policy="maryport",
        manager=Member("mother-bear", "Mother Bear", (Role.PRACTICE_MANAGER,)),
        partner=Member("father-bear", "Father Bear", (Role.PARTNER,)),
        others=(Member("baby-bear", "Baby Bear", (Role.COMMUNICATIONS_MANAGER,)),),
    ),
    PracticePlan(
        code="ZZ0005",
        name="Seven Dwarfs Partnership",
        phone="01632 960005",
        address="https://seven-dwarfs.example.com",
        policy="aspiro",
        manager=Member("frog-prince", "The Frog Prince", (Role.PRACTICE_MANAGER,)),
        partner=Member("sleeping-beauty", "Sleeping Beauty", (Role.PARTNER,)),
        others=(Member("magic-mirror", "The Magic Mirror", (Role.COMMUNICATIONS_MANAGER,)),),
    ),
)
