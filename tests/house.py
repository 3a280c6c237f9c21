"""The house under test: the whole application over one of the two databases, five practices, and the people who work there."""

import functools
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from fastapi.testclient import TestClient
from httpx import Response

from api.app import create_app
from models.roles import INSTALLATION, Role
from service.house import embedded_issuer
from service.issuer import Issuer
from service.key_ring import KeyRing
from service.settings import Settings
from service.vault import Vault
from tests.databases import settle
from tests.files import png, sent

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""A Monday."""

OPERATOR = "fairy-godmother"
PRACTICES = {
    "imperial": "ZZ0001",
    "coleridge": "ZZ0002",
    "maryport": "ZZ0003",
    "woodbrook": "ZZ0004",
    "aspiro": "ZZ0005",
}
"""Each invented practice adopts one of the five policies."""
HOME = PRACTICES["aspiro"]

PEOPLE: dict[str, list[Role]] = {
    "hansel": [Role.PRACTICE_MANAGER],
    "gretel": [Role.PARTNER, Role.CLINICIAN],
    "rapunzel": [Role.COMMUNICATIONS_MANAGER],
    "rumpelstiltskin": [Role.COMMUNICATIONS_MANAGER],
    "goldilocks": [Role.RECEPTION_MANAGER],
    "midas": [Role.BUSINESS_MANAGER],
    "wolf": [Role.HEAD_OF_OPERATIONS],
    "bear": [Role.COMPLAINTS_LEAD],
    "owl": [Role.INFORMATION_RIGHTS_LEAD],
    "puss": [Role.CLINICIAN],
    "cinderella": [],
    "website": [Role.PRACTICE_WEBSITE],
    "clinical-system": [Role.CLINICAL_SYSTEM],
}
"""Who works at every practice, by the subject of their token. Everyone but the two machines is staff too."""

ENCRYPTION_SECRET = "7c1f0be3a96d5248e0b1c39f64d2871a5ee8f30c42b79d160d8aa4f15b6392ce"
AUDIT_SECRET = "open sesame, said the fortieth thief, and nobody heard it"

DRAFT: dict[str, Any] = {
    "purpose": "Tell patients about the flu clinics",
    "text": "Flu clinics start on Saturday at the surgery.",
    "platforms": ["facebook"],
    "declaration": {
        "related_to_practice": True, "specific_to_practice": True, "clinical_information": False, "identifies_patient": False,
    },
}  # fmt: skip
PERSON: dict[str, Any] = {
    "name": "Little Red Riding Hood",
    "date_of_birth": "2001-05-04",
    "nhs_number": "999 000 0123",
    "contact": {
        "address": ["1 Forest Path"],
        "postcode": "ZZ99 3VZ",
        "phone": "01632 960002",
        "email": "red@example.com",
    },
    "note": "Carries a basket.",
}
RUDE = {"kind": "verbal_abuse", "description": "She was shouted at."}
EVIDENCE: dict[str, Any] = {
    "kind": "description",
    "text": "A wolf, in a bonnet.",
    "url": "https://example.com/posts/7",
    "seen_at": "2026-03-02T11:58:00Z",
}
FACEBOOK = {"platform": "facebook", "url": "https://example.com/posts/1"}


class WoundClock:
    """A clock that moves only when it is wound."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def wind(self, **time: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**time)


class House:
    """The front door, and who knocks."""

    def __init__(self, client: TestClient, issuer: Issuer, clock: WoundClock, database: str) -> None:
        self.client, self.issuer, self.clock, self.database = client, issuer, clock, database
        self.incidents: dict[str, str] = {}

    @property
    def store(self) -> Any:
        """What stands behind the application."""
        return self.client.app.state.house.store  # type: ignore[attr-defined]  # the client calls it only a callable

    def token(self, person: str, practice: str = HOME) -> str:
        """A token for somebody at a practice."""
        return self.issuer.issue(person, practice)

    def ask(self, person: str, method: str, path: str, *, practice: str = HOME, **sent: Any) -> Response:
        """Somebody asks for something. Events are asked for once nobody at work elsewhere on the server delays them."""
        if path.startswith("/v1/events"):
            settle(self.database)
        headers = {"Authorization": f"Bearer {self.token(person, practice)}", **sent.pop("headers", {})}
        answer: Response = self.client.request(method, path, headers=headers, **sent)
        return answer

    def reads(self, person: str, path: str, *, practice: str = HOME, **sent: Any) -> Any:
        """What somebody is shown, as JSON."""
        answer = self.ask(person, "GET", path, practice=practice, **sent)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def does(self, person: str, transition: str, record: Response, *, practice: str = HOME, **sent: Any) -> Response:
        """Somebody asks for a transition of a record as the last answer showed it."""
        path = f"{resource_of(record)}/{record.json()['id']}/{transition.replace('_', '-')}"
        headers = {"If-Match": record.headers["ETag"], **sent.pop("headers", {})}
        return self.ask(person, "POST", path, practice=practice, headers=headers, **sent)

    def again(self, person: str, record: Response, *, practice: str = HOME) -> Response:
        """Somebody reads a record anew."""
        return self.ask(person, "GET", f"{resource_of(record)}/{record.json()['id']}", practice=practice)

    def drafted(
        self, person: str = "goldilocks", *, practice: str = HOME, headers: dict[str, str] | None = None, **changes: Any
    ) -> Response:
        """A post that somebody drafts."""
        return self.ask(
            person, "POST", "/v1/posts", practice=practice, json={**DRAFT, **changes}, headers=headers or {}
        )

    def submitted(self, person: str = "goldilocks", *, practice: str = HOME, **changes: Any) -> Response:
        """A post that waits for the communications manager."""
        return self.does(person, "submit", self.drafted(person, practice=practice, **changes), practice=practice)

    def approved(
        self, person: str = "goldilocks", *, by: str = "rapunzel", practice: str = HOME, **changes: Any
    ) -> Response:
        """A post that a communications manager approved."""
        return self.does(by, "approve", self.submitted(person, practice=practice, **changes), practice=practice)

    def published(self, person: str = "goldilocks", *, practice: str = HOME, **changes: Any) -> Response:
        """A post that is public on Facebook."""
        return self.does(
            person, "publish", self.approved(person, practice=practice, **changes), practice=practice, json=FACEBOOK
        )

    def recorded(self, person: str = "bear", *, practice: str = HOME, **said: Any) -> Response:
        """Somebody whom a case is about, put on record."""
        answer = self.ask(person, "POST", "/v1/people", practice=practice, json=said or PERSON)
        assert answer.status_code == 201, answer.text
        return answer

    def seen(self, *, practice: str = HOME) -> dict[str, str]:
        """The incident that evidence belongs to: one that somebody reports as soon as it is needed."""
        if practice not in self.incidents:
            answer = self.ask("bear", "POST", "/v1/incidents", practice=practice, json=RUDE)
            assert answer.status_code == 201, answer.text
            self.incidents[practice] = answer.json()["id"]
        return {"case_kind": "incident", "case_id": self.incidents[practice]}

    def details(self, *, practice: str = HOME, **said: Any) -> str:
        """What is said of a screenshot."""
        of_a_case = {} if "case_id" in said else self.seen(practice=practice)
        return json.dumps({"case_kind": "incident", **of_a_case, "kind": "screenshot", **said})

    def described(self, person: str = "bear", *, practice: str = HOME, **said: Any) -> Response:
        """Evidence in words, of a case."""
        of_a_case = {} if "case_id" in said else self.seen(practice=practice)
        draft = {"case_kind": "incident", **of_a_case, **EVIDENCE, **said}
        answer = self.ask(person, "POST", "/v1/evidence", practice=practice, json=draft)
        assert answer.status_code == 201, answer.text
        return answer

    def captured(
        self, content: bytes | None = None, *, person: str = "bear", practice: str = HOME, **said: Any
    ) -> Response:
        """A screenshot that is kept, as it is read then."""
        details = self.details(practice=practice, **said)
        answer = self.ask(person, "POST", "/v1/evidence-files", practice=practice, **sent(details, content or png()))
        assert answer.status_code == 201, answer.text
        return self.ask(person, "GET", answer.headers["Location"], practice=practice)

    def member(self, person: str, *, practice: str = HOME) -> Response:
        """Somebody's entry in the staff directory."""
        entries = self.reads("hansel", "/v1/staff?limit=100", practice=practice)["items"]
        found = next(each["id"] for each in entries if each["subject"] == person)
        return self.ask("hansel", "GET", f"/v1/staff/{found}", practice=practice)


def resource_of(record: Response) -> str:
    """The list that a record belongs to."""
    return "/".join(str(record.request.url.path).split("/")[:3])


@functools.cache
def policy(document: str) -> dict[str, Any]:
    """One of the five policies, as it stands in its file."""
    found: dict[str, Any] = yaml.safe_load(Path(f"policies/{document}.yaml").read_text(encoding="utf-8"))
    return found


def audit_key_in(folder: Path) -> Path:
    """The same audit key for every house, since databases are copied from one to another."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "the-same-audit.key"
    kept.touch(mode=0o600)
    kept.write_text(AUDIT_SECRET)
    return kept


def encryption_keys_in(folder: Path) -> Path:
    """The same first key for every house, as above. Other keys may come to stand beside it."""
    keys = folder / "the-same-keys"
    keys.mkdir(parents=True, exist_ok=True)
    first = keys / "0001.key"
    first.touch(mode=0o600)
    first.write_text(ENCRYPTION_SECRET)
    return keys


@functools.cache
def the_same_vault() -> Vault:
    """What seals and opens in every house, for whoever plants something behind its back."""
    return Vault(KeyRing(encryption_keys_in(Path(tempfile.mkdtemp()))))


@contextmanager
def house_over(database: str, folder: Path, clock: WoundClock | None = None, **settled: Any) -> Iterator[House]:
    """The application over a database, with a clock wound by hand; whatever else is to be set, by name."""
    clock = clock or WoundClock()
    settings = Settings(
        data_folder=folder,
        database=database,
        operators=frozenset({OPERATOR}),
        audit_key_file=audit_key_in(folder),
        encryption_keys=encryption_keys_in(folder),
        **settled,
    )
    with TestClient(create_app(settings, clock), raise_server_exceptions=False) as client:
        yield House(client, embedded_issuer(settings, clock), clock, database)


def furnish(house: House) -> None:
    """Open the five practices, fill their staff directories, and publish each one's policy, all by the front door."""
    for document, code in PRACTICES.items():
        open_practice(house, code)
        for person in PEOPLE:
            if person != "hansel":
                appoint(house, person, code)
        publish_policy(house, document, code)


def open_practice(house: House, code: str) -> None:
    """Open a practice, as the operator."""
    draft = {
        "code": code, "name": f"Gingerbread House Surgery {code}", "manager": {"subject": "hansel", "name": "Hansel"},
        "contacts": {"phone": "01632 960001", "email": "surgery@example.com", "website": "https://example.com"},
    }  # fmt: skip
    assert house.ask(OPERATOR, "POST", "/v1/practices", practice=INSTALLATION, json=draft).status_code == 201


def appoint(house: House, person: str, code: str) -> Response:
    """Add somebody to the staff, with the roles that they have here."""
    roles = [{"role": role} for role in PEOPLE[person]]
    draft = {"subject": person, "name": person.title(), "roles": roles}
    answer = house.ask("hansel", "POST", "/v1/staff", practice=code, json=draft)
    assert answer.status_code == 201, answer.text
    return answer


def publish_policy(house: House, document: str, code: str, **changes: Any) -> Response:
    """Let a policy take the ordinary way into force."""
    draft = {"content": policy(document), "change_comment": "Adopted.", **changes}
    version = house.ask("hansel", "POST", "/v1/policies", practice=code, json=draft)
    for person, transition in (("hansel", "submit"), ("gretel", "approve"), ("hansel", "publish")):
        version = house.does(person, transition, version, practice=code)
        assert version.status_code == 200, version.text
    return version
