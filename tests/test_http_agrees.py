"""HTTP says what the engine says: the same step is judged by the application and, on a twin in memory, by the law alone."""

import json
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from httpx import Response
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from api.transitions import kebab, where
from models.practices import Practice
from models.roles import Role
from models.staff import StaffMember, StaffState
from service.showing import view
from tests.files import png, sent
from tests.house import House, appoint, open_practice, publish_policy
from tests.laws import NOON, World, heard, looked_up
from tests.said import SAID
from workflows.engine import Act, Applied, Law, Opening, Transition, Workflow
from workflows.people import people
from workflows.policies import policies
from workflows.posts import posts
from workflows.refusals import GuardRefusal, Refusal, RoleRefusal, StateRefusal
from workflows.registry import ALL
from workflows.roles import Person, PracticeInForce

STEPS = 25
EXAMPLES = 10
APPOINTED = ("gretel", "rapunzel", "rumpelstiltskin", "goldilocks", "cinderella", "website")
EVERYBODY = ("hansel", *APPOINTED, "the-big-bad-wolf")
POSTS = ("drafted", "submitted", "approved", "published")
STATUS: dict[type[Refusal], int] = {RoleRefusal: 403, StateRefusal: 409, GuardRefusal: 422}
UNSEEN = (404, "Nothing is here, or it is not yours to see.", None)
DONE = (200, None, None)
KINDS: dict[type[Any], Workflow[Any]] = {each.kind: each for each in ALL}
TURNS: tuple[Workflow[Any], ...] = (posts, posts, posts, policies, people, *ALL)
"""Whose turn it is: posts' more often than the others'."""

BY_CHANCE = {"correspondence_id", "fingerprint", "reference"}
"""What comes of chance when a record begins, if nobody has said it."""
NAMES_A_BEGINNING = {"case_id", "facts", "content", "content_hash"}
"""What a letter says of the case that begins with it, whose identifier comes of chance as well."""
TOLD_ONCE = {"link"}
"""What the application tells with a beginning, and keeps no more than the engine does."""

Step = tuple[str, Law[Any], Any, tuple[Any, ...]]
Verdict = tuple[int, str | None, str | None]


class Twins:
    """One practice, kept by the application and, in memory, by the engine alone."""

    def __init__(self, house: House, code: str) -> None:
        """Begin with what the application has there."""
        self.house, self.code = house, code
        self.records: dict[UUID, Any] = {}
        for workflow in ALL:
            for found in self.ids("hansel", workflow):
                shown = house.ask("hansel", "GET", f"/v1/{kebab(workflow.resource)}/{found}", practice=code)
                kept = {name: value for name, value in shown.json().items() if name in workflow.kind.model_fields}
                self.records[found] = workflow.kind.model_validate(kept)

    def ids(self, person: str, workflow: Workflow[Any]) -> list[UUID]:
        """The records of a kind that the application shows to somebody."""
        page = self.house.reads(person, f"/v1/{kebab(workflow.resource)}?limit=100", practice=self.code)
        return [UUID(each["id"]) for each in page["items"]]

    def of(self, kind: type[Any]) -> list[Any]:
        """The twins of one kind."""
        return [each for each in self.records.values() if isinstance(each, kind)]

    def act(self, person: str) -> Act:
        """Somebody asks, now, with the roles that they have here."""
        (practice,) = self.of(Practice)
        members = (each for each in self.of(StaffMember) if (each.subject, each.state) == (person, StaffState.IN_POST))
        member, now = next(members, None), self.house.clock()
        actor = Person(str(member.id), member.roles_at(now)) if member else Person(person, frozenset())
        return Act(actor, PracticeInForce(self.code, practice.contacts, practice.in_force, name=practice.name), now)

    def judge(self, step: Step) -> Verdict | list[Applied]:
        """What the engine alone makes of a step: why not, or all that happened. A refusal changes nothing."""
        person, law, about, payload = step
        act = self.act(person)
        if not isinstance(law, Opening):
            if not law.workflow.sees(about, act):
                return UNSEEN
            about = self.records[about.id].model_copy()
        act = Act(act.actor, act.practice, act.at, looked_up(law, about, act, self.copies(about), *payload))
        try:
            happened: list[Applied] = law.apply(about, act, *payload)  # type: ignore[attr-defined]  # each law has its own
        except Refusal as why:
            return STATUS[type(why)], str(why), why.guard
        return happened

    def allows(self, step: Step) -> bool:
        """Whether the engine alone would let it happen."""
        person, law, about, payload = step
        act = self.act(person)
        act = Act(act.actor, act.practice, act.at, looked_up(law, about, act, self.records.values(), *payload))
        return law.refusal(about, act, *payload) is None  # type: ignore[attr-defined]  # each law has its own

    def copies(self, about: Any) -> list[Any]:
        """Every twin as it stands, but for the one that is changed."""
        return [about if each.id == getattr(about, "id", None) else each.model_copy() for each in self.records.values()]

    def asks(self, step: Step) -> Response:
        """The same step, by HTTP."""
        person, law, about, payload = step
        path = f"/v1/{kebab(law.workflow.resource)}"
        if isinstance(law, Opening) and getattr(law.payload, "comes_with_file", False):
            details = about.model_dump_json(exclude={"file"})
            return self.house.ask(person, "POST", f"{path}-files", practice=self.code, **sent(details, png()))
        if isinstance(law, Opening):
            return self.house.ask(person, "POST", where(law), practice=self.code, json=about.model_dump(mode="json"))
        return self.house.ask(
            person, "POST", f"{path}/{about.id}/{kebab(law.name)}", practice=self.code,
            headers={"If-Match": f'"{about.version}"'}, json=payload[0].model_dump(mode="json") if payload else {},
        )  # fmt: skip

    def takes(self, step: Step, reader: str) -> None:
        """Both take the step, and agree about it: before whoever asked, and before somebody else who reads."""
        judged, answer = self.judge(step), self.asks(step)
        assert verdict(answer) == (DONE if isinstance(judged, list) else judged), step
        if isinstance(judged, list):
            self.remembers(step[0], judged)
            told = {name: value for name, value in answer.json().items() if name not in TOLD_ONCE}
            draw_the_same_lots(judged[0].record, told)
            assert told == self.shown(judged[0].record, step[0]), step
            for fact in judged:
                self.agrees_about(fact.record, step[0])
                self.agrees_about(fact.record, reader)

    def remembers(self, person: str, happened: list[Applied]) -> None:
        """Keep what the engine made, under the names that the application gave it."""
        for place, fact in enumerate(happened):
            record = fact.record
            if fact.source is None:
                reader = person if fact.law.workflow.sees(record, self.act(person)) else "hansel"
                (record.id,) = set(self.ids(reader, fact.law.workflow)) - self.records.keys()
                if place:
                    began = any(each.source is None for each in happened[:place])
                    self.learns(record, reader, BY_CHANCE | (NAMES_A_BEGINNING if began else set()))
            else:
                record.version += 1
            self.records[record.id] = record

    def learns(self, record: Any, reader: str, names: set[str]) -> None:
        """Let what began with another have it as in the application: what comes of chance, and which case a letter names."""
        path = f"/v1/{kebab(KINDS[type(record)].resource)}/{record.id}"
        told = self.house.reads(reader, path, practice=self.code)
        kept = type(record).model_validate({name: told[name] for name in type(record).model_fields})
        for name in names & type(record).model_fields.keys():
            setattr(record, name, getattr(kept, name))

    def shown(self, record: Any, person: str) -> Any:
        """A record as the engine's twin is shown to somebody who may see it."""
        return json.loads(view(KINDS[type(record)], record, self.act(person)).model_dump_json())

    def agrees_about(self, record: Any, person: str) -> None:
        """Somebody is shown the same by both, or nothing."""
        workflow = KINDS[type(record)]
        answer = self.house.ask(person, "GET", f"/v1/{kebab(workflow.resource)}/{record.id}", practice=self.code)
        if workflow.sees(record, self.act(person)):
            assert answer.json() == self.shown(record, person)
        else:
            assert verdict(answer) == UNSEEN


def draw_the_same_lots(record: Any, told: dict[str, Any]) -> None:
    """Let chance have it on both sides as it had it in the application."""
    for name in BY_CHANCE & type(record).model_fields.keys():
        setattr(record, name, TypeAdapter(type(record).model_fields[name].annotation).validate_python(told[name]))


def verdict(answer: Response) -> Verdict:
    """What an answer comes to."""
    if answer.status_code in {200, 201}:
        return DONE
    problem = answer.json()
    return answer.status_code, problem["detail"], problem.get("guard")


def said(twins: Twins, law: Law[Any]) -> list[Any]:
    """What can be sent with this here."""
    return heard(World(NOON, tuple(twins.records.values())), law, SAID)


def beginnings(twins: Twins, workflow: Workflow[Any]) -> list[Step]:
    """Every way to begin a record of a kind by HTTP, but for what the operator does."""
    openings = (each for each in workflow.openings.values() if each.by and Role.OPERATOR not in each.by)
    return [(person, law, draft, ()) for law in openings for person in EVERYBODY for draft in said(twins, law)]


def goings_on(twins: Twins, record: Any) -> list[Step]:
    """Everything that anybody can ask about a record by HTTP."""
    laws = [each for each in KINDS[type(record)].transitions.values() if each.by]
    payloads: dict[Law[Any], list[tuple[Any, ...]]] = {law: [(each,) for each in said(twins, law)] for law in laws}
    return [(who, law, record, each) for law in laws for who in EVERYBODY for each in payloads[law] or [()]]


def may_ask(twins: Twins, step: Step) -> bool:
    """What somebody may ask for by their role, though it may be refused for another reason."""
    return step[1].not_for(twins.act(step[0])) is None


def leads_on(twins: Twins, step: Step) -> bool:
    """What happens, and takes the record to another state, in which it does not end."""
    law = step[1]
    on = isinstance(law, Transition) and law.to is not None and law.to not in law.workflow.ends
    return on and twins.allows(step)


APPETITES = (lambda *_: True, may_ask, may_ask, Twins.allows, Twins.allows, leads_on, leads_on, leads_on)


def next_step(data: st.DataObject, twins: Twins) -> Step:
    """Something to ask for, of the sort that somebody has an appetite for, if there is any."""
    workflow, wanted = data.draw(st.sampled_from(TURNS), "turn"), data.draw(st.sampled_from(APPETITES), "appetite")
    going_on = [each for each in twins.of(workflow.kind) if each.state not in workflow.ends or wanted is may_ask]
    beginning = beginnings(twins, workflow)
    another = beginning and data.draw(st.integers(0, 7), "another") == 0
    possible = beginning if another or not going_on else goings_on(twins, data.draw(st.sampled_from(going_on)))
    possible = [each for each in possible if wanted(twins, each)] or possible or beginnings(twins, posts)
    law = data.draw(st.sampled_from(sorted({repr(each[1]) for each in possible})), "law")
    return data.draw(st.sampled_from([each for each in possible if repr(each[1]) == law]), "step")


def furnished(house: House, code: str, document: str, post: str) -> Twins:
    """A practice that works by a policy, with a post that has come some way."""
    house.clock.moment = NOON
    open_practice(house, code)
    for person in APPOINTED:
        appoint(house, person, code)
    publish_policy(house, document, code)
    approver = {} if post in {"drafted", "submitted"} else {"by": "rumpelstiltskin"}
    assert getattr(house, post)("rapunzel", practice=code, **approver).is_success
    return Twins(house, code)


def test_the_application_judges_and_shows_what_the_engine_does(empty_house: House) -> None:
    house, numbers = empty_house, count(1)

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(st.data(), st.sampled_from(["aspiro", "woodbrook"]), st.sampled_from(POSTS))
    def walk(data: st.DataObject, document: str, post: str) -> None:
        twins = furnished(house, f"ZZ{next(numbers):04}", document, post)
        for _ in range(STEPS):
            house.clock.moment += timedelta(hours=data.draw(st.sampled_from([0, 0, 1, 24]), "hours"))
            twins.takes(next_step(data, twins), data.draw(st.sampled_from(EVERYBODY), "reader"))

    walk()
