"""Whatever happens to incidents, whoever asks, at whichever of the five practices: no rule of incidents is ever broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.cases import CaseKind
from models.clauses import BreachGround
from models.evidence import EvidenceDraft, EvidenceKind
from models.incident_facts import Classification, DecisionDraft, Identification
from models.incident_words import ENDED, POSTED, AuthorStanding, IncidentKind, IncidentState, Measure
from models.incidents import Incident
from models.people import Person as PersonOnRecord
from models.policies import Policy
from models.record_entries import Filing, RecordEntry, Visibility
from models.roles import PEOPLE, Role
from models.settings import Platform
from models.staff import StaffMember
from service.policy_library import library
from tests.incident_machine import practice_with
from tests.invariants import INVARIANTS
from tests.laws import EVERYBODY, LAWS, Request, World, abouts, happen, judged, laws_of
from tests.said import SAID
from workflows.engine import Law, Transition
from workflows.roles import Person

RULES = [each for each in INVARIANTS if any(rule.startswith("INC-") for rule in each.rules)]
STEPS, WALKS = 40, 40
BESIDE = ("evidence.describe", "record_entry.decide_visibility", "record_entry.confirm_filed", "warning.reconsider")
"""What others do meanwhile, on which incidents depend."""


@cache
def at(title: str) -> World:
    """A practice that has adopted a document."""
    return practice_with(library()[title])


@pytest.mark.parametrize("title", sorted(library()))
def test_no_rule_of_incidents_is_ever_broken(title: str) -> None:
    """INC-1 to INC-27: random people, random facts, some days between."""

    @settings(max_examples=WALKS, deadline=None, database=None)
    @given(st.randoms(use_true_random=True))
    def walk(chance: Random) -> None:
        world = begun(at(title), chance)
        for _ in range(STEPS):
            world = walked(world, chance)
            broken = {rule for each in RULES if not each.holds(world) for rule in each.rules}
            assert not broken, (
                broken,
                [(each.name, each.actor.roles, each.payload) for each in world.history[-STEPS:]],
            )

    walk()


def test_the_walks_come_far() -> None:
    """So that walks are found that go nowhere: together they come to most of the states."""
    chance = Random(7)  # noqa: S311 - it decides who asks for what
    states: set[Any] = set()
    for title in sorted(library()):
        for _ in range(WALKS):
            world = begun(at(title), chance)
            for _ in range(STEPS):
                world = walked(world, chance)
            states |= {each.record.state for each in world.history if isinstance(each.record, Incident)}
    assert len(states) >= MOST_STATES, sorted(set(IncidentState) - states)


MOST_STATES = 13


def begun(world: World, chance: Random) -> World:
    """Something was reported; more often than not, a patient is known to have broken a clause."""
    person = everything(world)
    reports = [
        Request(person, LAWS["incident.report"], each) for each, _ in abouts(world, LAWS["incident.report"], SAID)
    ]
    world = happen(world, chance.choice([each for each in reports if judged(world, each) is None]))
    if chance.random() < STRAIGHT_ON:
        return world
    (policy,) = world.of(Policy)
    serious = next(each.key for each in policy.content.clauses if BreachGround.OBSCENE in each.grounds)
    kind = chance.choice([IncidentKind.THIRD_PARTY_POST, IncidentKind.VERBAL_ABUSE])
    found = Classification(kind=kind, clause_key=serious, grounds=[BreachGround.OBSCENE])
    named = Identification(person=world.of(PersonOnRecord)[0].id, standing=AuthorStanding.PATIENT, known_by="A voice.")
    (incident,) = world.of(Incident)
    world = happen(world, Request(person, LAWS["evidence.describe"], described(incident)))
    for name, said in (("notify", ()), ("triage", (found,)), ("identify_author", (named,))):
        world = happen(world, Request(person, LAWS[f"incident.{name}"], world.of(Incident)[0], said))
    return world


STRAIGHT_ON = 0.3


def described(incident: Incident) -> EvidenceDraft:
    """Evidence in words."""
    return EvidenceDraft(
        case_kind=CaseKind.INCIDENT, case_id=incident.id, kind=EvidenceKind.DESCRIPTION, text="They are all wolves."
    )


def everything(world: World) -> Person:
    """Somebody who may ask for anything, but for what time alone does."""
    return Person(str(world.of(StaffMember)[1].id), frozenset({*PEOPLE, Role.STAFF}))


def walked(world: World, chance: Random) -> World:
    """One more step, if somebody is let: time passes, or somebody asks for something."""
    if chance.random() < TIME_PASSES:
        return replace(world, now=world.now + timedelta(days=chance.choice([1, 3, 9, 40, 200])))
    for _ in range(TRIES):
        request = asked(world, chance)
        if request and judged(world, request) is None:
            return happen(world, request)
    return world


TIME_PASSES, TRIES = 0.08, 12


def asked(world: World, chance: Random) -> Request | None:
    """Somebody asks: of an incident, more often than not something that does not end it, or of what belongs to one."""
    person = everything(world) if chance.random() < OFTEN else chance.choice(EVERYBODY)
    if chance.random() < SELDOM:
        return beside(world, person, chance)
    going_on = [each for each in world.of(Incident) if each.state not in ENDED]
    if not going_on:
        return None
    record = chance.choice(going_on)
    laws = [each for each in laws_of("incident") if isinstance(each, Transition) and record.state in each.sources]
    law = chance.choices(laws, [likelihood(each) for each in laws])[0]
    said = list(variants(world, law, chance))
    return Request(person, law, record, (chance.choice(said),) if said else ())


OFTEN, SELDOM = 0.8, 0.12


def likelihood(law: Transition[Any]) -> int:
    """What leads on is asked for more often than what changes nothing, and that more often than what ends it or starts anew."""
    if law.to in ENDED or law.name in {"threat", "correct_author", "reclassify", "find_complaint"}:
        return 1
    return 25 if law.name in ON_THE_WAY else 8 if law.to else 3


ON_THE_WAY = {
    "record_finding",
    "decide",
    "request_removal",
    "take_safeguard",
    "check_equality",
    "record_pcse_acknowledgement",
}
"""What much depends on."""


def variants(world: World, law: Law[Any], chance: Random) -> list[Any]:
    """What can be said to it: of what it is found to be, anything; of a measure, that one agrees, more often than not."""
    if law.payload is Classification:
        return [found_to_be(world, chance)]
    if law.payload is DecisionDraft:
        role, measure = chance.choice(DECIDERS), chance.choice([Measure.WARNING, *Measure])
        return [DecisionDraft(role=role, measure=measure, agrees=chance.random() < OFTEN, reason="It has to stop.")]
    return list((SAID.get(repr(law)) or SAID[law.payload])(world)) if law.payload else []


DECIDERS = (Role.PARTNER, Role.PRACTICE_MANAGER, Role.COMMUNICATIONS_MANAGER)


def found_to_be(world: World, chance: Random) -> Classification:
    """Anything that an incident could be found to be."""
    kind = chance.choice([*IncidentKind, *POSTED])
    own = kind == IncidentKind.OWN_PAGE_POST or (
        kind in POSTED - {IncidentKind.THIRD_PARTY_POST} and chance.random() < 0.5
    )
    (policy,) = world.of(Policy)
    return Classification(
        kind=kind, on_own_page=own, platform=Platform.FACEBOOK if own else None,
        grounds=chance.sample(list(BreachGround), chance.randint(0, 2)),
        clause_key=chance.choice([None, *(each.key for each in policy.content.clauses)]), is_complaint=chance.random() < 0.3,
        staff_involved=[each.id for each in world.of(StaffMember) if chance.random() < 0.2],
    )  # fmt: skip


def beside(world: World, person: Person, chance: Random) -> Request | None:
    """What others do meanwhile: keep evidence, file a note, take a warning back."""
    law, incident = LAWS[chance.choice(BESIDE)], chance.choice(world.of(Incident))
    notes = world.of(RecordEntry)
    if law.name == "describe":
        return Request(person, law, described(incident))
    if law.name == "reconsider":
        return Request(person, law, chance.choice(SAID[law.payload](world)))
    if not notes:
        return None
    seen, filed = Visibility(patient_visible=True), Filing(filed_at=world.now, reference="F-1", coded=False)
    return Request(person, law, notes[-1], (seen if law.name == "decide_visibility" else filed,))
