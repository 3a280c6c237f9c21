"""The machine of incidents, as it is explored whole: where it begins, what is said to it, and what of an incident matters.

What can be done at any time, and is read by no step before a certain one, is said, and told apart, only where that step can be
asked for: it can be said afresh there. What no step reads at all (support, notes, lawyers' advice, further authors) is left
out here, as is who asks: `test_laws.py` and `test_second_law.py` have both.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from models.cases import CaseKind, DuplicateOf
from models.evidence import Evidence, EvidenceKind
from models.incident_facts import (
    AdviceLetter,
    AdviceTaken,
    ComplaintReference,
    ContactRequestOutcome,
    Done,
    Finding,
    FindingDraft,
    FoundToBeComplaint,
    GeneralReply,
    Identification,
    Identified,
    LegalReferralDraft,
    PlatformReportDraft,
    RequestToAuthor,
    TakingDown,
)
from models.incident_words import (
    ENDED,
    FACE_TO_FACE,
    INTAKE,
    AuthorStanding,
    IncidentKind,
    IncidentState,
    Measure,
    Safeguard,
)
from models.incidents import Incident
from models.letter_facts.facts import LetterTemplate
from models.letters import ContactCheck, Letter, LetterState, SendingWay, SentLetter
from models.people import Person as PersonOnRecord
from models.policies import Policy, PolicyContent, PolicyDraft, Reason
from models.record_entries import EntryEvent, Filed, RecordEntry, RecordEntryState
from models.removal_facts import (
    EighthDay,
    ImmediateRemovalDraft,
    PatientInformedDraft,
    PCSEReference,
    PlanDraft,
    PoliceTold,
    WrittenConfirmation,
)
from models.roles import PEOPLE, Role
from models.settings import Firmness, PolicySettings
from models.staff import RoleGrant, StaffDraft, StaffMember
from models.warnings import PatientWarning, WarningEntry
from tests.invariants import INVARIANTS
from tests.laws import CODE, DAY, EDITOR, LAWS, MANAGER, NOON, OPERATOR, Happened, Request, World, happen, laws_of
from tests.letter_facts import letters_of_incidents
from tests.said import SAID
from tests.said.incidents import (
    ALTERNATIVES,
    COLLEAGUE,
    EXEMPT,
    FAIR,
    GRAVE,
    HARMLESS,
    IN_PUBLIC,
    MENDED,
    OFFER,
    REMOVAL,
    REPORTS,
    SPOKEN,
    THREAT,
    TODAY,
    UNFAIR,
    WARNING,
    WORDS,
    decision,
    of_kind,
)
from tests.said.people import known_as
from tests.said.policies import EXPLAINED, contents
from tests.said.practices import practice_drafts
from tests.whole_machine import Configuration, Explored, Machine, Step, explore
from workflows.engine import Act, Applied, Consequence, Transition
from workflows.letters import addressed, issue, letter
from workflows.roles import Person

S = IncidentState
EARLIER = NOON - 10 * DAY
DANGER = frozenset({S.SAFETY, S.IMMEDIATE_REQUESTED})


def content() -> PolicyContent:
    """The practice's policy."""
    return PolicyContent.model_validate(contents()["whole"].model_dump() | {"settings": SETTINGS})


SETTINGS = PolicySettings.model_validate(
    {
        "platform_accounts": {"value": [{"platform": "facebook"}, {"platform": "website"}]},
        "generic_reply_to_complaints": {"value": True},
        "legal_advice": {"value": Firmness.WILL},
    }
)


def employed(name: str, *roles: Role) -> StaffDraft:
    """Somebody who begins to work here."""
    return StaffDraft(subject=name.lower(), name=name, roles=[RoleGrant(role=each) for each in roles])


def practice_with(policy: PolicyContent) -> World:
    """A practice whose policy has been in force for long, with two colleagues, and two people on record."""
    world = replace(World(), now=NOON - 100 * DAY)
    for person, name, said in (
        (OPERATOR, "practice.open_practice", practice_drafts()[0]),
        (MANAGER, "staff_member.appoint", employed("Jack", Role.PRACTICE_MANAGER, Role.CLINICIAN)),
        (MANAGER, "staff_member.appoint", employed("Gretel", Role.PARTNER)),
        (MANAGER, "person.record", known_as(name="Red Riding Hood")),
        (MANAGER, "person.record", known_as(name="Wolf")),
        (EDITOR, "policy.create", PolicyDraft(content=policy, change_comment=EXPLAINED)),
    ):
        world = happen(world, Request(person, LAWS[name], said))
    for person, name in ((EDITOR, "submit"), (MANAGER, "approve"), (MANAGER, "publish")):
        world = happen(world, Request(person, LAWS[f"policy.{name}"], world.of(Policy)[0]))
    return replace(world, now=NOON)


@cache
def practice_at_work() -> World:
    """The one at which the machine is explored."""
    return practice_with(content())


_, JACK, GRETEL = practice_at_work().of(StaffMember)
RED, WOLF = practice_at_work().of(PersonOnRecord)
EVERYTHING = Person(str(JACK.id), frozenset({*PEOPLE, Role.STAFF}))
"""Somebody who may ask for anything, but for what time alone does."""
AN_INCIDENT = UUID(int=301)


def begun(sort: str, number: UUID = AN_INCIDENT) -> Incident:
    """An incident of a sort, as it was reported some days ago."""
    world = practice_at_work()
    report = LAWS["incident.report"]
    found = {"versions_once_in_force": world.of(Policy)}
    (fact, *_) = report.apply(REPORTS[sort], Act(EVERYTHING, world.practice, EARLIER, found))  # type: ignore[attr-defined]  # every law can be applied
    made: Incident = fact.record
    return made.model_copy(update={"id": number})


ANOTHER = begun("words", UUID(int=302))
"""An incident that is not explored."""


# What else is there: evidence, the ledger, the notes in the clinical record


@dataclass(frozen=True)
class Around:
    """What at the practice has to do with the incident. `here` is how old its own warning is.

    What letters it led to were sent, but for the `unsent`.
    """

    evidence: bool = False
    here: str | None = None
    elsewhere: bool = False
    unsent: frozenset[LetterTemplate] = frozenset()
    entries: frozenset[tuple[EntryEvent, bool]] = frozenset()

    @cached_property
    def ledger(self) -> list[PatientWarning]:
        """The warnings."""
        own = [given(1, AN_INCIDENT, AGES[self.here])] if self.here else []
        return [*own, *([given(2, ANOTHER.id, AGES["recent"])] if self.elsewhere else [])]

    @cached_property
    def letters(self) -> list[Letter]:
        """The letters that it led to: each of them, as if it had led to it, since without its step none is asked for."""
        known = (LetterTemplate.COMPLAINT_ROUTE, LetterTemplate.REMOVAL_REASONS, LetterTemplate.IMMEDIATE_REMOVAL)
        return [written(each, AN_INCIDENT, None if each in self.unsent else NOON) for each in known]

    @cached_property
    def warnings(self) -> list[Letter]:
        """The letters with the warnings, each of which went out on its day, but for the one that was not sent."""
        unsent = LetterTemplate.REMOVAL_RISK_WARNING in self.unsent
        return [
            written(LetterTemplate.REMOVAL_RISK_WARNING, each.incident_id, None if unsent and each.incident_id == AN_INCIDENT else
                    datetime.combine(each.entered_on, NOON.time(), UTC), created_at=each.created_at)
            for each in self.ledger
        ]  # fmt: skip

    @cached_property
    def notes(self) -> list[RecordEntry]:
        """The notes."""
        return [note(event, filed=filed) for event, filed in sorted(self.entries)]

    @cached_property
    def records(self) -> tuple[Any, ...]:
        """All of them."""
        return (*([EVIDENCE] if self.evidence else []), *self.ledger, *self.notes, *self.letters, *self.warnings)


AGES = {"today": TODAY, "recent": TODAY - timedelta(days=100), "stale": TODAY - timedelta(days=400)}
EVIDENCE = Evidence(
    practice=CODE, id=UUID(int=401), created_at=EARLIER, case_kind=CaseKind.INCIDENT, case_id=AN_INCIDENT,
    kind=EvidenceKind.DESCRIPTION, captured_by=EVERYTHING.id, text="They are all wolves.",
)  # fmt: skip


def given(number: int, incident: UUID, on: Any) -> PatientWarning:
    """A warning of a day."""
    return PatientWarning(
        practice=CODE, id=UUID(int=500 + number), created_at=EARLIER, entry=WarningEntry.GIVEN, person_id=RED.id,
        incident_id=incident, entered_on=on, entered_by=EVERYTHING.id, reasons=("They called us wolves.",),
    )  # fmt: skip


def written(template: LetterTemplate, case: UUID, sent_at: datetime | None, created_at: datetime = NOON) -> Letter:
    """A letter of a case, and when it was sent."""
    sent = SentLetter(
        at=sent_at, way=SendingWay.POST, to="The wood", checked=ContactCheck.AS_ON_RECORD, by=EVERYTHING.id
    ) if sent_at else None  # fmt: skip
    number = 700 + 100 * list(LetterTemplate).index(template) + (case == AN_INCIDENT)
    known = {"id": UUID(int=number), "case_id": case, "created_at": created_at, "sent": sent}
    return letter_to_red(template).model_copy(
        update={**known, "state": LetterState.SENT if sent else LetterState.ISSUED}
    )


@cache
def letter_to_red(template: LetterTemplate) -> Letter:
    """What is written in one."""
    said = next(each for each in letters_of_incidents() if each.model_dump()["template"] == template)
    incident = begun("words")
    draft = letter(said, incident, because="incident.warn", to=addressed([RED]))
    (fact, *_) = issue.entailed(Act(EVERYTHING, practice_at_work().practice, NOON), *draft.about)
    made: Letter = fact.record
    return made


def note(event: EntryEvent, *, filed: bool) -> RecordEntry:
    """A note for the clinical record."""
    return RecordEntry(
        practice=CODE, id=UUID(int=600 + filed + 2 * list(EntryEvent).index(event)), created_at=NOON,
        state=RecordEntryState.FILED if filed else RecordEntryState.PENDING, case_kind=CaseKind.INCIDENT, case_id=AN_INCIDENT,
        event=event, happened_on=TODAY, text="Removed.", code_wanted=Firmness.MAY, patient_visible=False,
        filed=Filed(by=EVERYTHING.id, confirmed_at=NOON, filed_at=NOON, reference="F-1", coded=False) if filed else None,
    )  # fmt: skip


@cache
def looked_up(around: Around, person: UUID | None) -> Mapping[str, Sequence[Any]]:
    """What each lookup of the law finds there."""
    people = [each for each in (RED, WOLF) if each.id == person]
    return {
        "the_person": people, "every_author": people, "whoever_it_was": [RED], "another_author": [RED], "merged_records": [],
        "ledger_of_the_person": around.ledger if person == RED.id else [], "in_post": [JACK, GRETEL],
        "given_here": [each for each in around.ledger if each.incident_id == AN_INCIDENT], "others_about_the_person": [],
        "versions_once_in_force": practice_at_work().of(Policy), "whoever_stands_in": [JACK],
        "its_evidence": [EVIDENCE] if around.evidence else [], "folded_into_it": [], "its_letters": around.letters,
        "letters_of_warnings": around.warnings,
        "filed_entries": [each for each in around.notes if each.state == RecordEntryState.FILED], "original": [ANOTHER],
    }  # fmt: skip


def follow(configuration: Configuration, entailed: Iterable[Consequence]) -> Around:
    """What is there after a step: a warning stands in the ledger, a note is owed."""
    around: Around = configuration.around
    for each in entailed:
        if repr(each.law) == "warning.give":
            around = replace(around, here="today" if around.here != "recent" else "recent")
        elif repr(each.law) == "letter.issue" and each.about[0].facts.template in TOLD_IN:
            around = replace(around, unsent=around.unsent | {each.about[0].facts.template})
        elif repr(each.law) == "record_entry.owe":
            event = each.about[0].event
            others = {one for one in around.entries if one[0] != event}
            around = replace(around, entries=frozenset({*others, (event, False)}))
    return around


TOLD_IN = frozenset({LetterTemplate.REMOVAL_REASONS, LetterTemplate.IMMEDIATE_REMOVAL})


def passes(configuration: Configuration) -> Iterator[tuple[str, Configuration]]:
    """What happens beside the incident: evidence comes in, notes are filed, days go by, a warning is taken back."""
    incident, around = configuration
    if incident.state in ENDED:
        return
    if not around.evidence and incident.state in {S.REPORTED, S.NOTIFIED, S.SAFETY}:
        yield "evidence is kept", Configuration(incident, replace(around, evidence=True))
    if (incident.state in {S.REMOVAL_REQUESTED, S.IMMEDIATE_REQUESTED}) and any(
        not filed for _, filed in around.entries
    ):
        filed = frozenset((event, True) for event, _ in around.entries)
        yield "the note is filed", Configuration(incident, replace(around, entries=filed))
    if around.unsent and incident.state in {S.REMOVAL_REQUESTED, S.IMMEDIATE_REQUESTED}:
        yield "the letter is sent", Configuration(incident, replace(around, unsent=frozenset()))
    yield from days_go_by(incident, around)


def days_go_by(incident: Incident, around: Around) -> Iterator[tuple[str, Configuration]]:
    """A warning ages, or is taken back; another incident leads to one; a removal takes effect."""
    if around.here in OLDER and incident.state == S.BREAKDOWN_REVIEW:
        yield "a warning ages", Configuration(incident, replace(around, here=OLDER[around.here]))
    if around.here and incident.state in {S.WARNED, S.BREAKDOWN_REVIEW}:
        yield "a warning is taken back", Configuration(incident, replace(around, here=None))
    if incident.state == S.BREAKDOWN_REVIEW and not (around.elsewhere or around.here) and incident.person_id == RED.id:
        yield "another incident leads to a warning", Configuration(incident, replace(around, elsewhere=True))
    asked = incident.list_removal
    if asked and incident.state == S.REMOVAL_REQUESTED and asked.effective_on > TODAY:
        due = asked.model_copy(update={"effective": asked.effective.model_copy(update={"day": TODAY})})
        yield "the eighth day comes", Configuration(incident.model_copy(update={"list_removal": due}), around)


OLDER = {"today": "recent", "recent": "stale"}


# What is said, and where


def only_in(*states: IncidentState, said: Any) -> Callable[[Incident], Sequence[Any]]:
    """Say this in some states, and nothing elsewhere."""
    there, variants = frozenset(states), said if callable(said) else lambda _: said
    return lambda incident: variants(incident) if incident.state in there else ()


def kinds(incident: Incident) -> Sequence[Any]:
    """What it may be found to be at first: what it was reported as, badly or hardly wrong, or with a complaint in it."""
    return _kinds(incident.kind)


@cache
def _kinds(kind: IncidentKind) -> Sequence[Any]:
    return [of_kind(kind), of_kind(kind, grounds=HARMLESS)]


@cache
def _other_kinds(is_complaint: bool) -> Sequence[Any]:
    others = (IncidentKind.THIRD_PARTY_POST, IncidentKind.VERBAL_ABUSE, IncidentKind.MEDICAL_MESSAGE)
    return [of_kind(each, is_complaint=is_complaint) for each in others]


def other_kinds(incident: Incident) -> Sequence[Any]:
    """What it may be found to be later. In danger it matters no more than before."""
    return () if incident.state in DANGER and not incident.list_removal else _other_kinds(incident.is_complaint)


def identified(incident: Incident) -> Sequence[Any]:
    """Who it was, as soon as somebody has looked, or in danger, or where it must not be said any more."""
    if incident.state == S.TRIAGED or (
        incident.state == S.SAFETY and (incident.list_removal or incident.person_id is None)
    ):
        return NAMED
    return ()


def checked(incident: Incident) -> Sequence[Any]:
    """Where it is read: before a removal once the rest was tried, and in danger once the police know."""
    in_danger = incident.state == S.SAFETY and incident.police_told and incident.concerns_a_patient
    tried = incident.state == S.BREAKDOWN_REVIEW and len(incident.safeguards) == len(Safeguard)
    return [FAIR, UNFAIR] if in_danger or tried else ()


def threats(incident: Incident) -> Sequence[Any]:
    """How grave it was matters of a patient alone: nobody else can be removed."""
    return [THREAT, WORDS] if incident.concerns_a_patient else [THREAT]


def police(incident: Incident) -> Sequence[Any]:
    """In time or late, of a patient: for nobody else does anything depend on it."""
    return SAID[PoliceTold](World())[:2] if incident.concerns_a_patient else ()


def plan(incident: Incident) -> Sequence[Any]:
    """Instead of the police, since it leads to nothing but its own end."""
    return FIRST[PlanDraft] if incident.police_told is None else ()


def decisions(incident: Incident) -> Sequence[Any]:
    """A partner decides first, either way, and then the practice manager agrees."""
    return [
        each
        for measure in MEASURES.get(incident.state, ())
        if incident.state != S.BREAKDOWN_REVIEW
        or (measure == Measure.LIST_REMOVAL) == (incident.equality_check is not None)
        for each in (
            (P_AGREES[measure], P_DISSENTS[measure]) if not incident.decided(measure) else (M_AGREES[measure],)
        )
    ]


def is_due(measure: Measure, incident: Incident) -> bool:
    """In a breakdown, a warning is decided before anything is tried for a removal, and a removal after all of it."""
    return incident.equality_check is not None if measure == Measure.LIST_REMOVAL else not incident.safeguards


MEASURES: dict[Any, tuple[Measure, ...]] = {
    S.TRIAGED: (Measure.WARNING,), S.TAKING_DOWN: (Measure.WARNING,), S.LEGAL_REFERRAL: (Measure.WARNING,),
    S.OPTIONS_REVIEW: (Measure.LEGAL_REFERRAL,), S.ADVISED: (Measure.WARNING, Measure.LEGAL_REFERRAL),
    S.BREAKDOWN_REVIEW: (Measure.WARNING, Measure.LIST_REMOVAL),
}  # fmt: skip
P_AGREES = {each: decision(Role.PARTNER, each) for each in Measure}
P_DISSENTS = {each: decision(Role.PARTNER, each, agrees=False) for each in Measure}
M_AGREES = {each: decision(Role.PRACTICE_MANAGER, each) for each in Measure}


def next_safeguard(incident: Incident) -> Sequence[Any]:
    """One after the other: all three are asked for together, and in whichever order they were taken."""
    return SAFEGUARDS[len(incident.safeguards) :][:1]


SAFEGUARDS = (MENDED, ALTERNATIVES, COLLEAGUE)


def general_reply(incident: Incident) -> Sequence[Any]:
    """Only where nobody is known to speak to does anything depend on it."""
    waits = incident.person_id is None and not (incident.route_offered or incident.general_reply)
    return [GeneralReply()] if waits and incident.state in {S.TRIAGED, S.TAKING_DOWN} else ()


def offer(incident: Incident) -> Sequence[Any]:
    """In writing where that matters, and as often as it is news."""
    if incident.state in {S.SAFETY, S.IMMEDIATE_REQUESTED}:
        return [OFFER] if not (incident.route_offered and incident.route_offered.in_writing) else ()
    return [SPOKEN, IN_PUBLIC] if not incident.route_offered else ()


def found_to_be_complaint(incident: Incident) -> Sequence[Any]:
    """At any time; before it was looked at, and in danger, it is as good as just before or after."""
    return FIRST[FoundToBeComplaint] if incident.state not in {S.REPORTED, S.NOTIFIED, S.SAFETY} else ()


WHY = [Reason(reason="It is better so.")]
JUDGED = (
    S.TRIAGED, S.TAKING_DOWN, S.REFUSED, S.OPTIONS_REVIEW, S.ADVISED, S.LEGAL_REFERRAL, S.WARNED, S.BREAKDOWN_REVIEW,
)  # fmt: skip
NAMED = [
    Identification(person=RED.id, standing=standing, known_by="Their voice.")
    for standing in (AuthorStanding.PATIENT, AuthorStanding.NOT_A_PATIENT)
]
FIRST: dict[type[Any], Any] = {
    each: [SAID[each](World())[0]]
    for each in (
        PlatformReportDraft, ComplaintReference, AdviceTaken, AdviceLetter, ContactRequestOutcome, PCSEReference, PlanDraft,
        FoundToBeComplaint,
    )
}  # fmt: skip
SAID_TO: dict[str, Any] = {
    "notify": None, "triage": kinds, "reclassify": other_kinds,
    "identify_author": identified, "correct_author": NAMED, "mark_duplicate": [DuplicateOf(of=ANOTHER.id, reason="The same.")],
    "no_breach": WHY, "take_down": [TakingDown(reason="It names a patient.")], "close_taken_down": None,
    "report_to_platform": only_in(S.TRIAGED, S.TAKING_DOWN, said=FIRST[PlatformReportDraft]), "repeat_after_takedown": None,
    "request_removal": SAID[RequestToAuthor](World())[1:2], "author_removes": None, "record_post_gone": None,
    "author_refuses": None, "close_unidentified": None, "find_complaint": found_to_be_complaint,
    "offer_complaint_route": offer, "route_complaint": [SPOKEN, IN_PUBLIC], "reply_in_general": general_reply,
    "complaint_taken_up": FIRST[ComplaintReference], "still_refuses": None, "read_message": None, "redirect_message": None,
    "answer_contact_request": FIRST[ContactRequestOutcome], "convene": None, "leave_standing": WHY,
    "record_finding": only_in(*JUDGED, said=SAID[FindingDraft](World())), "decide": decisions,
    "contact_defence_body": FIRST[AdviceTaken], "refer_legal": SAID[LegalReferralDraft](World())[:1],
    "legal_done": WHY, "advise_patient": FIRST[AdviceLetter], "warn": [WARNING], "behaviour_stops": None,
    "breach_continues": None, "begin_anew": None, "take_safeguard": only_in(S.BREAKDOWN_REVIEW, said=next_safeguard),
    "check_equality": checked, "request_list_removal": [REMOVAL, EXEMPT],
    "record_pcse_acknowledgement": FIRST[PCSEReference], "eighth_day": [EighthDay()], "withdraw_removal": WHY,
    "removal_rejected": WHY, "keep_patient": WHY, "threat": threats, "tell_police": only_in(S.SAFETY, said=police),
    "not_a_threat": WHY, "removal_goes_on": WHY, "agree_plan": plan, "manage_otherwise": None,
    "request_immediate_removal": SAID[ImmediateRemovalDraft](World()), "inform_patient": SAID[PatientInformedDraft](World())[1:],
    "confirm_in_writing": SAID[WrittenConfirmation](World())[:1], "withdraw_immediate_removal": WHY,
    "immediate_removal_rejected": WHY,
}  # fmt: skip
LEFT_OUT = {
    "take_no_further_action": "ends like no_breach", "advise_informally": "ends like no_breach",
    "add_author": "read by letters alone", "hide_in_emergency": "read by nothing", "send_website_notice": "read by nothing",
    "acknowledge_complaint": "read by the clock alone", "take_legal_advice": "read by the clock alone",
    "postpone_removal": "the eighth day comes later", "offer_support": "read by the clock alone",
    "ask_about_safeguarding": "read by the clock alone", "delegate_immediate_request": "says who asks",
    "assign": "everyday work", "hand_over": "everyday work", "note": "everyday work", "log_contact": "everyday work",
    "link": "everyday work", "escalate": "read by the clock alone",
}  # fmt: skip
"""Laws that lead to nothing that others do not, and why."""


# What matters


def key(configuration: Configuration) -> Hashable:
    """All on which what can happen next depends."""
    incident, around = configuration
    known = incident.__dict__
    state: IncidentState = known["state"]
    if state in ENDED:
        return state
    return (
        state, known["kind"], known["still_live"], known["is_complaint"], known["standing"], known["message_seen"] is not None,
        route(known["route_offered"]), around.here is not None, removal(known), *read_here(state, known, around),
    )  # fmt: skip


def read_here(state: IncidentState, known: Mapping[str, Any], around: Around) -> Iterator[Hashable]:
    """What is read in this state, and can be said afresh wherever it is."""
    if state in JUDGED or state in INTAKE:
        yield known["kind"] in FACE_TO_FACE or bool(set(known["grounds"]) - LIGHT)
        yield known["finding"] is not None
    if state in MEASURES:
        yield frozenset(
            [(each.measure, each.role, each.agrees) for each in known["decisions"] if each.measure in MEASURES[state]]
        )
    if state in {S.TRIAGED, S.TAKING_DOWN}:
        yield known["platform_report"] is not None, known["general_reply"] is not None
    if state in {S.OPTIONS_REVIEW, S.ADVISED}:
        yield known["defence_body_advice"] is not None
    if state == S.BREAKDOWN_REVIEW:
        taken = frozenset([each.safeguard for each in known["safeguards"]])
        yield taken, fairness(known["equality_check"]), around.here, around.elsewhere
    if state == S.SAFETY:
        yield (
            fairness(known["equality_check"]),
            around.evidence,
            danger(known),
            known["list_removal"] and around.entries,
        )
    if state in {S.REMOVAL_REQUESTED, S.IMMEDIATE_REQUESTED}:
        yield around.unsent, known["finding"] is not None, bool(known["decisions"])
        yield around.entries, known["patient_informed"] is not None, known["pcse_acknowledged"] is not None
    if state in INTAKE:
        yield around.evidence


LIGHT = frozenset(HARMLESS)


def route(offered: Any) -> Hashable:
    """Whether and how the way to complain was offered."""
    return None if offered is None else bool(offered.in_writing)


def fairness(check: Any) -> Hashable:
    """What came of the check."""
    return None if check is None else bool(check.discriminates)


def removal(known: Mapping[str, Any]) -> Hashable:
    """How a removal from the list stands."""
    asked = known["list_removal"]
    return None if asked is None else (asked.effective_on <= TODAY, known["pcse_acknowledged"] is not None)


def danger(known: Mapping[str, Any]) -> Hashable:
    """What a removal at once depends on. A new threat begins it anew, so it matters nowhere else."""
    threat, police = known["threat"], known["police_told"]
    return threat.fear_for_safety, police and police.told_at, known["plan"] is not None


# What each step has to keep


RULES = [
    each
    for each in INVARIANTS
    if each.holds.__module__ in {"tests.invariants.incidents", "tests.invariants.incident_steps"}
]


def broken(step: Step) -> list[str]:
    """The rules of incidents that a step breaks."""
    was, now = step.was, step.now
    before = (was.record, *practice_at_work().records, *was.around.records)
    law = LAWS[f"incident.{step.name}"]
    happened = Happened(repr(law), Applied(law, was.record.state, now.record, step.act, step.said), was.record, before)
    world = World(NOON, (now.record, *now.around.records), (happened,))
    return [rule for each in RULES if not each.holds(world) for rule in each.rules]


def machine(**but: Any) -> Machine:
    """The machine, with some of it said otherwise."""
    laws = [each for each in laws_of("incident") if isinstance(each, Transition) and each.name in SAID_TO]
    parts: dict[str, Any] = {
        "laws": laws, "said": SAID_TO, "actor": EVERYTHING, "practice": practice_at_work().practice, "now": NOON, "key": key,
        "follow": follow, "passes": passes, "looked_up": lambda it: looked_up(it.around, it.record.person_id), "broken": broken,
    }  # fmt: skip
    return Machine(**(parts | but))


def beginnings(*sorts: str) -> list[Configuration]:
    """Incidents of these sorts, just reported, or of every sort."""
    return [Configuration(begun(each), Around()) for each in sorts or REPORTS]


def whole() -> Explored:
    """All configurations."""
    return explore(machine(), beginnings())


A_LITTLE: dict[str, Any] = SAID_TO | {
    "triage": lambda incident: _kinds(incident.kind)[:1], "reclassify": (), "threat": [THREAT], "breach_continues": (),
    "decide": lambda incident: [each for each in decisions(incident) if each.agrees],
    "check_equality": lambda incident: [each for each in checked(incident) if not each.discriminates],
    "repeat_after_takedown": (), "removal_rejected": (), "immediate_removal_rejected": (),
}  # fmt: skip
BREAKING_DOWN: dict[str, Any] = SAID_TO | {
    "threat": only_in(S.REMOVAL_REQUESTED, said=[THREAT]), "reclassify": (), "correct_author": (), "warn": (),
    "take_safeguard": only_in(S.BREAKDOWN_REVIEW, said=lambda incident: [
        each for each in SAFEGUARDS if incident.safeguard_taken(each.safeguard) is None
    ]),
    "check_equality": only_in(S.BREAKDOWN_REVIEW, said=lambda incident: () if incident.equality_check else [FAIR]),
    "decide": only_in(S.BREAKDOWN_REVIEW, said=lambda incident: [
        (M_AGREES if incident.decided(Measure.LIST_REMOVAL) else P_AGREES)[Measure.LIST_REMOVAL]
    ]),
    "request_immediate_removal": (), "tell_police": (), "agree_plan": (), "identify_author": (),
}  # fmt: skip


def broken_down() -> Configuration:
    """A patient of whom it has to be decided whether they stay, and who was warned because of something else."""
    incident = begun("words")
    finding = {"finding": "malicious", "reasons": ("It is meant to hurt.",), "rests_on_complaint_alone": False}
    known = {
        "state": S.BREAKDOWN_REVIEW, "person_id": RED.id, "standing": AuthorStanding.PATIENT, "grounds": GRAVE,
        "told": Done(at=EARLIER, by=EVERYTHING.id),
        "identified": Identified(known_by="Their voice.", at=EARLIER, by=EVERYTHING.id),
        "finding": Finding.model_validate({**finding, "at": EARLIER, "by": EVERYTHING.id, "connected": 1}),
    }  # fmt: skip
    return Configuration(incident.model_copy(update=known), Around(evidence=True, elsewhere=True))


def small() -> list[Explored]:
    """Enough of them to find each law granted, and most guards alone in saying no: before a breakdown, and from there."""
    early = explore(machine(said=A_LITTLE), beginnings("own page", "elsewhere", "words", "message", "friend"))
    return [early, explore(machine(said=BREAKING_DOWN), [broken_down()])]
