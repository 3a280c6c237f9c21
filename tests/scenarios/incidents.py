"""What becomes of incidents: each step from a few configurations of the whole machine (`test_incident_machine.py`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from models.cases import Note
from models.incident_facts import (
    ComplaintFound,
    Decision,
    Done,
    ReasonGiven,
    RouteOffered,
    WebsiteNotice,
)
from models.incident_words import ENDED, AuthorStanding, IncidentKind, Measure, RouteWay
from models.incidents import Incident
from models.letter_facts.facts import LetterTemplate
from models.record_entries import Filing, RecordEntry
from models.removal_facts import Delegated, ListRemoval, PatientInformed, Threat
from models.roles import Role
from models.settings import Platform
from models.warnings import PatientWarning, WarningState
from tests.exploration import Scenario
from tests.incident_machine import ANOTHER, EVERYTHING, JACK, RED, broken_down, practice_at_work, small
from tests.laws import CLOCK, DAY, LAWS, NOON, Happened, World, laws_of, somebody
from tests.said import SAID
from tests.said.incidents import GRAVE, HARMLESS, NOTICE, OFFER, REMOVAL, TODAY, WORDS, decision
from tests.whole_machine import Configuration, Explored
from workflows.engine import Act, Applied, Law, Transition
from workflows.incidents.deadlines import found_in
from workflows.roles import Person
from workflows.statutory_time import ENGLAND, eighth_day, nhs_complaint_acknowledged_by, section_5_notice_by

MANAGER = somebody(Role.PRACTICE_MANAGER)


def world_of(configuration: Configuration, *others: Any) -> World:
    """A configuration, as a world in which everything is asked for in earnest."""
    there, around, incident = (
        practice_at_work(),
        configuration.around.records,
        dated(by_everybody(configuration.record)),
    )
    filed = tuple(fact for each in around if isinstance(each, RecordEntry) and each.filed for fact in confirmed(each))
    records = (*there.records, *others, incident, *around)
    return replace(there, records=records, history=(*there.history, *filed))


def dated(incident: Incident) -> Incident:
    """The same, with its dates beside it, as every step leaves them."""
    return incident.model_copy(update={"dates": found_in(incident)})


def by_everybody(incident: Incident) -> Incident:
    """The same, where all agreed: as if everybody agreed who could ever be named to decide."""
    agreed = [each for each in incident.decisions if each.role == Role.PRACTICE_MANAGER]
    others = [each.model_copy(update={"role": role}) for each in agreed for role in (HOLDER, OTHER_HOLDER)]
    return incident.model_copy(update={"decisions": [*incident.decisions, *others]})


HOLDER, OTHER_HOLDER = Role.BUSINESS_MANAGER, Role.HEAD_OF_OPERATIONS


def confirmed(note: RecordEntry) -> tuple[Happened, Happened]:
    """That a clinician decided who sees a note, and somebody said that it stands in the clinical record."""
    assert note.filed
    filing = Filing(filed_at=note.filed.filed_at, reference=note.filed.reference, coded=note.filed.coded)
    return happened("record_entry.decide_visibility", note, None), happened("record_entry.confirm_filed", note, filing)


def happened(name: str, record: Any, payload: Any) -> Happened:
    """That something happened to a record at noon."""
    law, act = LAWS[name], Act(EVERYTHING, practice_at_work().practice, NOON)
    return Happened(name, Applied(law, record.state, record, act, payload), record, ())


def prepared(configuration: Configuration) -> Configuration:
    """The same, given to somebody, hidden already, under a notice, with a complaint that was acknowledged, and delegated."""
    done = Done(at=NOON, by=EVERYTHING.id)
    known = {
        "assigned_to": JACK.id, "complaint_acknowledged": done,
        "hidden": ReasonGiven(reason="At once.", **dict(done)) if configuration.record.on_own_page else None,
        "delegated": Delegated(to=JACK.id, **dict(done)), "staff_involved": [JACK.id],
        "notes": [Note(text="They bite.", **dict(done))],
    }  # fmt: skip
    return configuration._replace(record=configuration.record.model_copy(update=known))


DONE: dict[str, Any] = {"at": NOON, "by": EVERYTHING.id}
POINTS: dict[str, Any] = {"grounds": HARMLESS}
UNPOSTED: dict[str, Any] = {"kind": IncidentKind.VERBAL_ABUSE}
SENT = WebsiteNotice.model_validate({**NOTICE, **DONE, "answer_by": section_5_notice_by(NOON, ENGLAND)})
ASKED = ListRemoval(**dict(REMOVAL), effective=eighth_day(TODAY), **DONE)
AS_IF: dict[str, list[dict[str, Any]]] = {
    "request_removal": [UNPOSTED], "author_removes": [UNPOSTED], "record_post_gone": [UNPOSTED],
    "close_unidentified": [
        {}, {"on_own_page": True}, {"website_notice": SENT}, UNPOSTED,
    ],
    "record_finding": [POINTS, {"clause_key": None}], "refer_legal": [{"finding": None}], "warn": [{"finding": None}],
    "take_down": [
        {"hidden": ReasonGiven(reason="At once.", **DONE)}, {"description": None, "url": "https://example.com/1"},
        {"kind": IncidentKind.MEDICAL_MESSAGE},
        {"is_complaint": True, "route_offered": RouteOffered(way=RouteWay.PHONE, leaflet_offered=True, **DONE)},
    ],
    "triage": [{"is_complaint": True}],
    "request_list_removal": [{"finding": None}, {"standing": AuthorStanding.NOT_A_PATIENT}],
    "advise_patient": [{"staff_involved": [JACK.id]}],
    "complaint_taken_up": [{"route_offered": None}],
    "eighth_day": [{"finding": None}, {"decisions": []}, {"is_complaint": True}],
    "manage_otherwise": [{"list_removal": ASKED}],
    "confirm_in_writing": [{}, {"patient_informed": None}],
    "request_immediate_removal": [
        {}, {"standing": AuthorStanding.NOT_A_PATIENT}, {"police_told": None},
        {"threat": Threat(**dict(WORDS), look_after_by=NOON, **DONE)},
    ],
    "breach_continues": [{"finding": None}, {"standing": AuthorStanding.NOT_A_PATIENT}],
}  # fmt: skip
"""What cannot be so once the law has been kept, and would be refused all the same: by the law that a configuration is ready for."""
WITHOUT_EVIDENCE = ("request_removal", "take_down", "close_unidentified", "redirect_message", "not_a_threat")


TOO: dict[str, tuple[str, ...]] = {"close_unidentified": ("send_website_notice",), "take_down": ("hide_in_emergency",)}
"""Laws that are asked for in the same configurations."""


def as_if(explored: Explored) -> Iterator[Scenario]:
    """Configurations in which a law would be granted, but for one thing."""
    for (name, _), ready in explored.granted.items():
        record, around = ready[0]
        laws = tuple(LAWS[f"incident.{each}"] for each in (name, *TOO.get(name, ())))
        changed = [Configuration(record.model_copy(update=each), around) for each in AS_IF.get(name, [])]
        if name in WITHOUT_EVIDENCE:
            changed.append(Configuration(record, replace(around, evidence=False)))
        if name == "complaint_taken_up":
            in_writing = record.model_copy(update={"route_offered": RouteOffered(**dict(OFFER), **DONE)})
            changed.append(
                Configuration(in_writing, replace(around, unsent=frozenset({LetterTemplate.COMPLAINT_ROUTE})))
            )
        if name == "eighth_day":
            changed.append(Configuration(record, replace(around, unsent=frozenset({LetterTemplate.REMOVAL_REASONS}))))
            changed.append(Configuration(record, replace(around, elsewhere=False, here=None)))
        if name == "confirm_in_writing":
            told = record.model_copy(update={"patient_informed": PatientInformed(**DONE)})
            changed.append(Configuration(told, replace(around, unsent=frozenset({LetterTemplate.IMMEDIATE_REMOVAL}))))
        if name == "request_list_removal":
            changed.append(Configuration(record, replace(around, elsewhere=False, here=None)))
        yield step_from([world_of(each) for each in changed], laws, EVERYTHING, MANAGER)


def overdue(configuration: Configuration) -> Configuration:
    """The same, once the time is over that an author was given."""
    asked = configuration.record.author_asked
    if not asked:
        return configuration
    over = asked.model_copy(update={"remove_by": TODAY - timedelta(days=1), "until": NOON - DAY})
    return configuration._replace(record=configuration.record.model_copy(update={"author_asked": over}))


FOUND = ComplaintFound(seen_on=TODAY, acknowledge_by=nhs_complaint_acknowledged_by(date(2026, 11, 2), ENGLAND), **DONE)
POST: dict[str, Any] = {
    "kind": IncidentKind.THIRD_PARTY_POST, "platform": Platform.FACEBOOK, "still_live": True, "on_own_page": False,
}  # fmt: skip
MESSAGE: dict[str, Any] = {"kind": IncidentKind.MEDICAL_MESSAGE, "still_live": True, "is_complaint": False}
JUDGED = broken_down().record.finding
AGREED = [
    Decision(**dict(decision(each, Measure.WARNING)), involved=False, **DONE)
    for each in (Role.PARTNER, Role.PRACTICE_MANAGER)
]
EVERYWHERE: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    (
        {**POST, "is_complaint": False, "complaint_found": None},
        ("author_removes", "record_post_gone", "find_complaint"),
    ),
    (
        {**POST, "is_complaint": True, "complaint_acknowledged": None, "route_offered": None},
        ("offer_complaint_route", "reply_in_general", "acknowledge_complaint"),
    ),
    ({**MESSAGE, "message_seen": None}, ("read_message",)),
    ({**MESSAGE, "message_seen": Done(**DONE)}, ("redirect_message",)),
    ({"kind": IncidentKind.CONTACT_REQUEST, "is_complaint": False}, ("answer_contact_request",)),
    ({**POST, "on_own_page": True, "hidden": None, "description": "They are all wolves."}, ("hide_in_emergency",)),
    ({**POST, "is_complaint": False, "platform_report": None}, ("report_to_platform",)),
    ({"grounds": GRAVE, "kind": IncidentKind.VERBAL_ABUSE}, ("record_finding",)),
    ({"finding": JUDGED, "decisions": []}, ("decide",)),
    (
        {
            "finding": JUDGED,
            "person_id": RED.id,
            "standing": AuthorStanding.PATIENT,
            "is_complaint": False,
            "decisions": AGREED,
        },
        ("warn",),
    ),
    ({}, ("correct_author", "begin_anew")),
    (
        {"is_complaint": True, "complaint_found": FOUND, "complaint_acknowledged": None, "escalations": []},
        ("escalate",),
    ),
)
"""What may be found in any state, so that what can be done in any state is tried in each."""


def everywhere(samples: Iterable[Configuration]) -> Iterator[Scenario]:
    """A configuration of each state, as one that each of these laws is about."""
    for known, names in EVERYWHERE:
        worlds = [
            world_of(
                Configuration(each.record.model_copy(update=known), replace(each.around, evidence=True, here=None))
            )
            for each in samples
        ]
        yield step_from(worlds, tuple(LAWS[f"incident.{name}"] for name in names), EVERYTHING, CLOCK)


@cache
def one_step() -> tuple[Scenario, ...]:
    """Everything that can be asked for in a few hundred configurations, in some of them by others, and later."""
    laws = tuple(law for law in laws_of("incident") if isinstance(law, Transition))
    found = small()
    samples = list({id(each.record): each for explored in found for each in explored.samples()}.values())
    plain: dict[Any, Configuration] = {}
    for each in samples:
        plain.setdefault(each.record.state, each)
    first = [world_of(overdue(each), ANOTHER) for each in plain.values()]
    in_time = [world_of(each) for each in plain.values()]
    worlds = [world_of(overdue(each)) for each in samples]
    given = [world_of(prepared(overdue(each)), ANOTHER) for each in samples[::6]]
    later = [replace(each, now=NOON + 40 * DAY) for each in first]
    return (
        Scenario((practice_at_work(),), (EVERYTHING,), laws_of("incident")[:1], SAID, within=nothing_further),
        step_from([*worlds, *first, *given], laws, EVERYTHING),
        step_from([*in_time, *later], laws, CLOCK, MANAGER),
        *(scenario for explored in found for scenario in as_if(explored)),
        *everywhere(plain.values()),
    )


def step_from(worlds: Sequence[World], laws: tuple[Law[Any], ...], *people: Person) -> Scenario:
    """One step from each of these worlds."""
    return Scenario(tuple(worlds), people, laws, SAID, within=nothing_further, moments=())


def nothing_further(world: World) -> bool:
    """Each world is judged, and none is gone on from."""
    return not world.of(Incident)


def in_the_ledger() -> Scenario:
    """Warnings of which one is taken back, or upheld, or both: a ledger only grows."""
    world = world_of(broken_down())
    return Scenario((world,), (EVERYTHING,), laws_of("warning"), SAID, moments=(), within=three_entries)


def three_entries(world: World) -> bool:
    """Ledgers that are long enough to say anything twice."""
    return len(world.of(PatientWarning)) <= 3


SCENARIOS: dict[str, Callable[[], Any]] = {"incident": one_step, "warning": in_the_ledger}
ENDS: dict[str, set[Any]] = {"incident": set(ENDED), "warning": {WarningState.ENTERED}}
