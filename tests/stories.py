"""What several stories about posts tell alike: how a policy is changed, what a refusal says, and what the audit trail remembers."""

import copy
import json
import threading
from asyncio import to_thread
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from httpx import Response

from models.roles import Role
from models.warnings import PatientWarning, WarningEntry
from service.clock import Round, go_round
from service.identity import Principal
from service.unit_of_work import Asked, by_the_clock
from tests.databases import as_owner
from tests.house import DRAFT, HOME, NOON, OPERATOR, PEOPLE, House, WoundClock, policy, publish_policy
from tests.planting import keep
from workflows.engine import Transition

PATIENCE = 30
"""Seconds until a test gives up waiting for a request that never came."""


def holder(role: Role) -> str:
    """Somebody who holds a role at every practice, and as few others as may be."""
    if role in {Role.STAFF, Role.OPERATOR}:
        return OPERATOR if role == Role.OPERATOR else "cinderella"
    return min((person for person, roles in PEOPLE.items() if role in roles), key=lambda each: len(PEOPLE[each]))


def settled(document: str, **values: Any) -> dict[str, Any]:
    """One of the five policies, in which some settings, or who holds a duty, have been settled otherwise."""
    content = copy.deepcopy(policy(document))
    settings = content["settings"]
    for name, value in values.items():
        place = settings.setdefault("duties", {}) if name == "use_platforms" else settings
        place[name] = {"value": value, "source": "Section 9"}
    return content


def adopt(house: House, document: str = "aspiro", *, practice: str = HOME, **values: Any) -> Response:
    """A practice publishes another version of its policy."""
    return publish_policy(house, document, practice, content=settled(document, **values))


def acknowledge(house: House, person: str, version: str | None = None, *, practice: str = HOME) -> Response:
    """Somebody says that they have read a version: the one in force unless another is named."""
    draft = {"policy_id": version or in_force(house, practice=practice)}
    return house.ask(person, "POST", "/v1/acknowledgements", practice=practice, json=draft)


def in_force(house: House, *, practice: str = HOME) -> str:
    """The version that is active."""
    (version,) = house.reads("hansel", "/v1/policies?state=active", practice=practice)["items"]
    return str(version["id"])


REVIEW = {"site": "nhs_website", "kind": "praise"}


def begin_one_of_each(house: House, practice: str = HOME) -> None:
    """A record of every kind of which there is none in a furnished house."""
    assert house.drafted("rapunzel", practice=practice).status_code == 201
    assert acknowledge(house, "hansel", practice=practice).status_code == 201
    assert house.ask("hansel", "POST", "/v1/reviews", practice=practice, json=REVIEW).status_code == 201
    house.captured(practice=practice)
    house.described(practice=practice)
    assert house.ask("hansel", "POST", "/v1/calendar-feeds", practice=practice, json={}).status_code == 201
    assert complained(house, "hansel", practice=practice).status_code == 201
    person = house.recorded(practice=practice).json()["id"]
    begin_one_of_each_about(house, person, practice)


COMPLAINT: dict[str, Any] = {
    "about": "A letter about my leg went to the wolf.", "channel": "telephone",
    "complainant": {"name": "Red Riding Hood", "contact": {"address": ["1 Forest Path"], "email": "red@example.com"}},
}  # fmt: skip
"""That information was used wrongly, as somebody says who has rung."""


def complained(house: House, person: str = "cinderella", *, practice: str = HOME, **changes: Any) -> Response:
    """A data protection complaint that somebody takes in."""
    draft = {**COMPLAINT, **changes}
    return house.ask(person, "POST", "/v1/data-protection-complaints", practice=practice, json=draft)


def begin_one_of_each_about(house: House, person: str, practice: str) -> None:
    """A record of every kind that is about somebody."""
    question = {"subject": "person", "subject_id": person, "media": ["audio"], "purpose": "training"}
    wish = {"person_id": person, "declines": ["medical_student"]}
    abuse = {"kind": "verbal_abuse", "description": "She was shouted at."}
    for resource, draft in (("media-consents", question), ("trainee-declines", wish), ("incidents", abuse)):
        answer = house.ask("hansel", "POST", f"/v1/{resource}", practice=practice, json=draft)
        assert answer.status_code == 201, answer.text
    request = house.ask("hansel", "POST", "/v1/rights-requests", practice=practice, json=REQUEST)
    restriction = house.ask(
        "owl", "POST", "/v1/restrictions", practice=practice, json={**RESTRICTED, "person_id": person}
    )
    assert (request.status_code, restriction.status_code) == (201, 201), (request.text, restriction.text)
    keep(house.database, [warning(UUID(person), practice)])
    held = {"request": REQUEST_FROM_WEBSITE, "suspicions": ["said_by_website"]}
    submission = house.ask("website", "POST", "/v1/held-submissions", practice=practice, json=held)
    assert submission.status_code == 201, submission.text
    secret = {
        "person_id": person, "consulting_clinician": house.member("puss", practice=practice).json()["id"],
        "consultation_on": "2026-03-02", "modality": "audio", "how_found": "They mentioned it.",
    }  # fmt: skip
    answer = house.ask("hansel", "POST", "/v1/recording-consents/discover-covert", practice=practice, json=secret)
    assert answer.status_code == 201, answer.text


REQUEST: dict[str, Any] = {
    "right": "access", "about": "All that is kept about me.", "channel": "in_person",
    "concerned": {
        "name": "Little Red Riding Hood", "date_of_birth": "2001-05-04",
        "contact": {"address": ["1 Forest Path"], "postcode": "ZZ99 3VZ", "email": "red@example.com"},
    },
}  # fmt: skip
"""Somebody asks at the desk to see what is kept about them."""

RESTRICTED = {
    "ground": "art_18_1_b_unlawful", "scope": "clinical_record", "what": "The entry of the wolf.", "systems": ["EMIS Web"],
}  # fmt: skip
REQUEST_FROM_WEBSITE: dict[str, Any] = {**REQUEST, "channel": "website", "client_reference": "form-7"}
"""The same, as a practice's website passes it on."""


def warning(person: UUID, practice: str) -> PatientWarning:
    """An entry in the ledger: that somebody was warned."""
    return PatientWarning(
        practice=practice, created_at=NOON, entry=WarningEntry.GIVEN, person_id=person, incident_id=UUID(int=1),
        entered_on=NOON.date(), entered_by="frau-holle", reasons=("He shouted.",),
    )  # fmt: skip


def refused(answer: Response) -> tuple[int, str]:
    """What a refusal is decided by: its status, and the guard that said no, or its code where no guard did."""
    problem = answer.json()
    return answer.status_code, problem.get("guard") or problem["code"]


def trail(house: House, record: Response, *, practice: str = HOME) -> list[str]:
    """What happened to a record, first things first, as the audit trail has it."""
    path = f"/v1/audit-entries?limit=100&record_id={record.json()['id']}"
    return [each["transition"] for each in house.reads("hansel", path, practice=practice)["items"]]


def told_of(house: House, record: Response) -> dict[str, list[str]]:
    """Who is told of what happened to a record, by the type of the event, as it stands in the outbox."""
    kept = as_owner(house.database, "SELECT type, audiences FROM event WHERE record_id = ?", UUID(record.json()["id"]))
    return {kind: json.loads(audiences) for kind, audiences in kept}


def in_time(clock: WoundClock, **time: float) -> str:
    """A moment to come, as a request says it."""
    return (clock.moment + timedelta(**time)).isoformat()


def closure_notice(clock: WoundClock, *, in_days: float = 14, **closure: Any) -> dict[str, Any]:
    """What a post says instead of its draft when it announces a closure."""
    return {
        "kind": "closure_notice",
        "text": "We close for training. In an emergency call 999, for urgent advice 111.",
        "closure": {"closes_at": in_time(clock, days=in_days), **closure},
    }


def rewritten(**changes: Any) -> dict[str, Any]:
    """A whole draft again, as an edit sends it."""
    return {**DRAFT, **changes}


def declared(**changes: Any) -> dict[str, Any]:
    """A declaration that differs from the innocent one."""
    return {**DRAFT["declaration"], **changes}


def grant(house: House, person: str, role: Role, **terms: Any) -> Response:
    """The practice manager gives somebody a role."""
    answer = house.does("hansel", "grant_role", house.member(person), json={"role": role, **terms})
    assert answer.status_code == 200, answer.text
    return answer


def end(house: House, person: str, role: Role) -> Response:
    """The practice manager takes a role away from somebody, at once."""
    answer = house.does("hansel", "end_role", house.member(person), json={"role": role})
    assert answer.status_code == 200, answer.text
    return answer


def within(house: House) -> Any:
    """The running application, from inside."""
    return house.client.app.state.house  # type: ignore[attr-defined]  # the client calls it only a callable


def time_goes_round(house: House) -> Round:
    """The clock asks everywhere for what is due."""
    assert house.client.portal
    return house.client.portal.call(go_round, within(house))


def as_time(house: House, transition: Transition[Any], record: Response) -> None:
    """Time itself asks for a transition. Raises the refusal."""
    work = by_the_clock(within(house).work(Principal("", HOME)), HOME)
    asked = Asked(version=lambda: int(record.json()["version"]))
    assert house.client.portal
    house.client.portal.call(work.apply, transition, UUID(record.json()["id"]), asked)


class SlowHand:
    """A store whose first change waits, judged but not yet written, until it is let go."""

    def __init__(self, store: Any) -> None:
        self._store, self.judged, self.let_go = store, threading.Event(), threading.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def write(self, change: Any) -> Any:
        """Write the change; the first one not before it may."""
        if not self.judged.is_set():
            self.judged.set()
            await to_thread(self.let_go.wait, PATIENCE)
        return await self._store.write(change)


@contextmanager
def a_moment_before(
    house: House, person: str, transition: str, record: Response, **sent: Any
) -> Iterator[list[Response]]:
    """Between the moment at which somebody's request was judged and the one at which it is written, other things happen.

    The answer to that request is in the list when they have.
    """
    running, answers = within(house), list[Response]()
    slow = SlowHand(running.store)
    house.client.app.state.house = replace(running, store=slow)  # type: ignore[attr-defined]  # as above
    request = threading.Thread(target=lambda: answers.append(house.does(person, transition, record, **sent)))
    request.start()
    assert slow.judged.wait(PATIENCE)
    try:
        yield answers
    finally:
        slow.let_go.set()
        request.join()
