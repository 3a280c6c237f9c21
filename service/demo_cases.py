"""Cases for the demonstration: a post whose author is asked to take it down, and somebody who asks what is held about them.

Everybody in them is invented. They come about in the ordinary way, and are left as they are once they are there.
"""

from datetime import date, timedelta
from typing import Any, Final

from models.cases import CaseKind
from models.clauses import BreachGround
from models.evidence import Evidence, EvidenceDraft, EvidenceKind
from models.incident_facts import Classification, Identification, RequestToAuthor
from models.incident_words import AuthorStanding, IncidentKind
from models.incidents import Incident, IncidentDraft
from models.people import Person, PersonDetails
from models.rights import Channel, ReplyBy, Right
from models.rights_requests import Concerned, RightsRequest, RightsRequestDraft
from models.rights_steps import IdentityMethod, IdentityProof
from models.settings import Platform
from service.demo_people import PracticePlan
from service.demo_steps import Step, advance, as_subject, asking
from service.house import House
from workflows import evidence as evidence_laws
from workflows import people as people_laws
from workflows import rights_requests as rights_laws
from workflows.incidents import author as with_the_author
from workflows.incidents import intake
from workflows.statutory_time import london_day

TIME_TO_TAKE_IT_DOWN: Final = timedelta(days=14)
RAPUNZEL: Final = PersonDetails(name="Rapunzel", date_of_birth=date(1990, 5, 4))
RED_RIDING_HOOD: Final = "Little Red Riding Hood"
POST: Final = "https://example.com/tower/posts/1"


async def bring_cases(house: House, plan: PracticePlan) -> None:
    """Put in place whatever case is not there yet. Somebody at the desk reports, the practice manager does the rest."""
    desk, manager = "gretel", plan.manager.subject
    await bring_incident(house, plan.code, desk, manager)
    await bring_request(house, plan.code, desk)


async def bring_incident(house: House, code: str, desk: str, manager: str) -> None:
    """A post elsewhere that insults a receptionist: evidence is kept, its author known, and asked to take it down."""
    author = await the_one(house, code, Person, people_laws.record, manager, RAPUNZEL)
    incident = await the_one(house, code, Incident, intake.report, desk, seen_on(Platform.FACEBOOK))
    words = EvidenceDraft(
        case_kind=CaseKind.INCIDENT, case_id=incident.id, kind=EvidenceKind.DESCRIPTION, url=POST,
        text="The post names a receptionist and says what should happen to her hair. It has 40 comments.",
    )  # fmt: skip
    await the_one(house, code, Evidence, evidence_laws.describe, manager, words)
    found = Classification(
        kind=IncidentKind.THIRD_PARTY_POST, platform=Platform.FACEBOOK, clause_key="identifying_staff",
        grounds=[BreachGround.HARASSING], identifies_staff=True,
    )  # fmt: skip
    known = Identification(
        person=author.id, standing=AuthorStanding.PATIENT, known_by="She signed it, and said so at the desk."
    )
    request = RequestToAuthor(
        reasons=("It names somebody who works here, and frightens her.",),
        remove_by=london_day(house.clock()) + TIME_TO_TAKE_IT_DOWN,
    )
    steps = [
        Step(intake.notify, manager),
        Step(intake.triage, manager, (found,)),
        Step(intake.identify_author, manager, (known,)),
        Step(with_the_author.request_removal, manager, (request,)),
    ]
    await advance(house, incident, steps)


def seen_on(platform: Platform) -> IncidentDraft:
    """What somebody at the desk saw."""
    return IncidentDraft(
        kind=IncidentKind.THIRD_PARTY_POST, platform=platform, url=POST,
        description="A post about our reception that names a colleague.",
    )  # fmt: skip


async def bring_request(house: House, code: str, desk: str) -> None:
    """Somebody who is known at the desk asks there for a copy of what the practice holds about her."""
    asked = RightsRequestDraft(
        right=Right.ACCESS, about="Everything about my basket and the walk to my grandmother's house.",
        concerned=Concerned(name=RED_RIDING_HOOD), channel=Channel.IN_PERSON, reply_by=ReplyBy.IN_PERSON,
    )  # fmt: skip
    request = await the_one(house, code, RightsRequest, rights_laws.receive, desk, asked)
    known = IdentityProof(method=IdentityMethod.KNOWN_IN_PERSON)
    await advance(house, request, [Step(rights_laws.standing.satisfy_identity, desk, (known,))])


async def the_one(house: House, code: str, kind: type[Any], opening: Any, person: str, draft: Any) -> Any:
    """The first record of a kind at the practice, begun by somebody if there is none yet."""
    found = await house.store.find(kind, code, {})
    if not found:
        await as_subject(house, code, person).open(opening, asking(draft))
        found = await house.store.find(kind, code, {})
    return min((each.record for each in found), key=lambda each: str(each.id))
