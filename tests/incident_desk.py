"""A desk at which one incident is worked on: a practice with its policy, a few people, and all that was recorded so far."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from models.cases import CaseKind
from models.evidence import Evidence, EvidenceKind
from models.incident_facts import Classification, FindingDraft, Identification
from models.incident_words import AuthorStanding, IncidentKind
from models.incidents import Incident, IncidentDraft
from models.letter_facts.facts import LetterTemplate
from models.letter_facts.incidents import AdviceFinding
from models.letters import ContactCheck, Letter, LetterState, SendingWay, SentLetter
from models.people import Person as KnownPerson
from models.policies import Policy, PolicyContent, PolicyKind, PolicyState
from models.practices import Contacts, InForce
from models.roles import Role
from models.settings import PolicySettings
from models.staff import RoleHeld, StaffMember
from tests.laws import looked_up
from workflows.engine import Act, Law
from workflows.incidents import incidents
from workflows.refusals import Refusal
from workflows.roles import Person, PracticeInForce
from workflows.warnings import warnings

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
WOLF = UUID(int=1)


def version(content: PolicyContent, **changes: Any) -> Policy:
    """A version of the policy, as it was published."""
    values: dict[str, Any] = {
        "id": UUID(int=7), "practice": "ZZ0001", "created_at": MONDAY, "state": PolicyState.ACTIVE,
        "kind": PolicyKind.PATIENT_CONDUCT, "number": "1.0", "major": 1, "minor": 0, "title": content.title, "content": content,
        "content_hash": content.fingerprint, "review_due": MONDAY.date(), "published_at": MONDAY - timedelta(days=100),
    }  # fmt: skip
    return Policy(**{**values, **changes})


def member(name: str, *roles: Role) -> StaffMember:
    """Somebody in post."""
    held = [RoleHeld(role=each, starts=MONDAY - timedelta(days=400)) for each in roles]
    return StaffMember(practice="ZZ0001", created_at=MONDAY, subject=name, name=name.title(), roles=held)


@dataclass
class Desk:
    """Where an incident is worked on. Whoever asks is `somebody` with the roles that are said."""

    content: PolicyContent
    changes: dict[str, Any] = field(default_factory=dict)
    now: datetime = MONDAY
    records: list[Any] = field(default_factory=list)
    events: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Put the policy in force, and the wolf on record."""
        wolf = KnownPerson(id=WOLF, practice="ZZ0001", created_at=MONDAY, name="Wolf")
        self.records = [version(self.content), wolf, *self.records]

    @property
    def settings(self) -> PolicySettings:
        """What the policy settles, with the changes."""
        return self.content.settings.model_copy(update=self.changes)

    @property
    def incident(self) -> Incident:
        """The one that is worked on."""
        found: Incident = next(each for each in reversed(self.records) if isinstance(each, Incident))
        return found

    def act(self, law: Law[Any], about: Any, roles: tuple[Role, ...], who: str, *payload: Any) -> Act:
        """Somebody asks, now."""
        in_force = InForce(policy_id=UUID(int=7), number="1.0", title="Conduct", settings=self.settings)
        practice = PracticeInForce("ZZ0001", Contacts(complaints="https://example.com/complaints"), in_force)
        act = Act(Person(who, frozenset({Role.STAFF, *roles})), practice, self.now)
        return Act(act.actor, practice, self.now, looked_up(law, about, act, self.records, *payload))

    def report(self, kind: IncidentKind = IncidentKind.THIRD_PARTY_POST, **said: Any) -> Incident:
        """Somebody reports it."""
        opening = incidents.openings["report"]
        draft = IncidentDraft(kind=kind, description="It says that the nurse eats children.", **said)
        self.remember(opening.apply(draft, self.act(opening, draft, (), "hansel")))
        return self.incident

    def do(self, name: str, *payload: Any, by: Role, who: str = "somebody", also: tuple[Role, ...] = ()) -> Incident:
        """Somebody takes a step."""
        transition = incidents.transitions[name]
        about = self.incident
        self.remember(transition.apply(about, self.act(transition, about, (by, *also), who, *payload), *payload))
        return about

    def open(self, name: str, draft: Any, *, by: Role) -> None:
        """Somebody enters something into the ledger."""
        opening = warnings.openings[name]
        self.remember(opening.apply(draft, self.act(opening, draft, (by,), "somebody")))

    def refused(self, name: str, *payload: Any, by: Role, who: str = "somebody", also: tuple[Role, ...] = ()) -> str:
        """Which guard, or what else, keeps somebody from a step."""
        transition = incidents.transitions[name]
        about = self.incident
        said = transition.refusal(about, self.act(transition, about, (by, *also), who, *payload), *payload)
        assert isinstance(said, Refusal), f"{name} was not refused"
        return getattr(said, "guard", None) or type(said).__name__

    def is_granted(self, name: str, *payload: Any, by: Role) -> bool:
        """Whether somebody could take a step."""
        transition = incidents.transitions[name]
        about = self.incident
        return transition.refusal(about, self.act(transition, about, (by,), "somebody", *payload), *payload) is None

    def remember(self, facts: list[Any]) -> None:
        """Keep what came of it."""
        self.events += [repr(each.law) for each in facts]
        self.records += [each.record for each in facts if not any(each.record is known for known in self.records)]

    def keep_evidence(self) -> None:
        """Describe what there was."""
        self.records.append(
            Evidence(
                practice="ZZ0001", created_at=self.now, case_kind=CaseKind.INCIDENT, case_id=self.incident.id,
                kind=EvidenceKind.DESCRIPTION, captured_by="hansel",
            )
        )  # fmt: skip

    def send(self, template: LetterTemplate) -> Letter:
        """Somebody sends the last letter of this template."""
        found: Letter = next(
            each for each in reversed(self.records) if isinstance(each, Letter) and each.template == template
        )
        found.state = LetterState.SENT
        found.sent = SentLetter(
            at=self.now, way=SendingWay.POST, to="The wood", checked=ContactCheck.AS_ON_RECORD, by="somebody"
        )
        return found

    def triage(
        self, kind: IncidentKind = IncidentKind.THIRD_PARTY_POST, *, by: Role, place: Any = None, **found: Any
    ) -> Incident:
        """It is reported, told, kept and looked at."""
        self.report(kind, **(place or {}))
        self.do("notify", by=by)
        self.keep_evidence()
        return self.do("triage", Classification(kind=kind, **(place or {}), **found), by=by)

    def identify(self, *, by: Role, standing: Any = AuthorStanding.PATIENT) -> Incident:
        """It was the wolf."""
        return self.do("identify_author", Identification(person=WOLF, standing=standing, known_by="His voice."), by=by)

    def find(self, *, by: Role, finding: AdviceFinding = AdviceFinding.MALICIOUS) -> Incident:
        """It was malicious."""
        draft = FindingDraft(finding=finding, reasons=("She eats nobody.",), rests_on_complaint_alone=False)
        return self.do("record_finding", draft, by=by)
