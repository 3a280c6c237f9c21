"""The machine of recordings, as it is explored whole: where it begins, what is said to it, and what each step has to keep.

Everything is said that changes anything. Who asks is left out: `test_second_law.py` has that. Somebody works here who may do
all of it, and consults in every recording but one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

from models.conduct import Medium
from models.incident_words import IncidentState
from models.media_consents import MediaAnswer, MediaConsent, MediaConsentState, MediaPurpose, MediaSubject
from models.practices import Contacts, InForce
from models.record_entries import EntryEvent
from models.recording_consents import (
    Adjustment,
    CopyOffer,
    CovertResponse,
    EntryNoted,
    Modality,
    PresenceAnswer,
    RecordingConsent,
    RecordingConsentState,
    WhoIsPresent,
)
from models.roles import Role
from models.settings import CopyToRecord, CovertTrigger, DeviceRule, PolicySettings
from tests.house import policy
from tests.laws import NOON, World
from tests.said import SAID
from tests.said.recordings import LATER, asked_for, found_in_secret, present
from tests.whole_machine import Configuration, Explored, Machine, Step, explore
from workflows.clinical_codes import CODES
from workflows.engine import Act, Consequence, Transition
from workflows.record_entry_filing import recording_that_owes_it, secret_was_discussed
from workflows.recording_consents import recording_consents
from workflows.recording_consents.covertly import discover_covert
from workflows.recording_consents.notes import brought_on
from workflows.roles import Person, PracticeInForce

GRETEL, HANSEL, PATIENT, COLLEAGUE, NOTE = (UUID(int=each) for each in range(1, 6))
ACTOR = Person(str(GRETEL), frozenset({Role.STAFF, Role.CLINICIAN, Role.PRACTICE_MANAGER}))
S = RecordingConsentState
ENDED = frozenset({S.NOT_MADE, S.CLOSED, S.CLOSED_DECLINED})
LEFT_OUT = {
    "assign": "everyday work", "hand_over": "everyday work", "note": "everyday work", "log_contact": "everyday work",
    "link": "everyday work", "escalate": "read by the clock alone", "mark_duplicate": "ends where nothing was recorded",
    "change_clinician": "says who asks", "enter_in_record": "follows from a note", "note_entry": "follows from a note",
}  # fmt: skip
"""Laws that nobody is asked to say here, and why."""


# What else is there


class Around(NamedTuple):
    """The note that is owed and whether it is filed, evidence, the incident, what a colleague said, and secrets known before."""

    owed: EntryEvent | None = None
    filed: bool = False
    evidence: bool = False
    incident: IncidentState | None = None
    colleague: MediaConsentState | None = None
    lately: int = 0
    known_already: bool = False


@cache
def practice_by(document: str) -> PracticeInForce:
    """A practice that works by one of the five documents."""
    settings = PolicySettings.model_validate(policy(document)["settings"])
    in_force = InForce(policy_id=UUID(int=9), number="1.0", title="Conduct", settings=settings)
    return PracticeInForce("ZZ0001", Contacts(), in_force)


def asked(modality: Modality, clinician: UUID = GRETEL) -> RecordingConsent:
    """A recording that was just asked for."""
    draft = asked_for(PATIENT, clinician, modality=modality)
    return RecordingConsent(practice="ZZ0001", created_at=NOON, **dict(draft))


def in_secret(modality: Modality, lately: int, practice: PracticeInForce) -> Configuration:
    """A recording that has just come to light, where so many others had."""
    act = Act(ACTOR, practice, NOON, {"found_lately": [None] * lately})
    record, owed = discover_covert.function(found_in_secret(PATIENT, GRETEL, modality=modality), act)
    record.__dict__["state"] = S.COVERT
    begun = Configuration(record, Around(lately=lately))
    return Configuration(record, follow(begun, owed))


@cache
def answer(state: MediaConsentState) -> MediaConsent:
    """What a colleague said last about being recorded."""
    return MediaConsent(
        practice="ZZ0001", created_at=NOON, subject=MediaSubject.STAFF_MEMBER, subject_id=COLLEAGUE,
        media=[Medium.AUDIO], purpose=MediaPurpose.OWN_CONSULTATION, state=state,
        answers=[MediaAnswer(answer=state, at=NOON, recorded_by="somebody")],
    )  # fmt: skip


@cache
def twin(modality: Modality) -> RecordingConsent:
    """Another entry of the same recording, which somebody else came upon."""
    return asked(modality).model_copy(update={"made_on": NOON.date()})


def looked_up(configuration: Configuration) -> Mapping[str, Sequence[Any]]:
    """What each lookup of the law finds."""
    record, around = configuration
    return {
        "answers_on_record": [answer(around.colleague)] if around.colleague else [],
        "others_of_the_same_patient": [record, *([twin(record.modality)] if around.known_already else [])],
        "found_lately": [None] * around.lately, "its_evidence": [None] * around.evidence,
        "filed_entries": [None] * around.filed,
        "linked_incident": [SimpleNamespace(state=around.incident)] if around.incident else [],
    }  # fmt: skip


def follow(configuration: Configuration, consequences: Iterable[Consequence]) -> Around:
    """What there is besides, once this has followed: a note is owed, or an incident begins, and nothing else."""
    around: Around = configuration.around
    for each in consequences:
        if repr(each.law) == "record_entry.owe":
            around = around._replace(owed=each.about[0].event)
        else:
            assert repr(each.law) == "incident.report_recording_online"
            around = around._replace(incident=IncidentState.REPORTED)
    return around


def passes(configuration: Configuration) -> Iterator[tuple[str, Configuration]]:
    """What happens beside it: its note is filed or put right, evidence is kept, the incident ends, a colleague speaks."""
    record, around = configuration
    if around.owed and not around.filed and may_be_filed(record):
        yield "the note is filed", Configuration(noted(record), around._replace(filed=True))
    if around.filed and record.state not in ENDED:
        yield "the note is put right", Configuration(record, around._replace(filed=False))
    if not around.evidence and record.is_there:
        yield "evidence is kept", Configuration(record, around._replace(evidence=True))
    if around.incident == IncidentState.REPORTED:
        yield "the incident ends", Configuration(record, around._replace(incident=IncidentState.CLOSED_NO_ACTION))
    if record.state in {S.REQUESTED, S.AGREED}:
        for state in (MediaConsentState.GIVEN, MediaConsentState.WITHDRAWN):
            yield "a colleague speaks", Configuration(record, around._replace(colleague=state))


def may_be_filed(record: RecordingConsent) -> bool:
    """What the law of notes says to it."""
    act = Act(ACTOR, practice_by("aspiro"), NOON, {recording_that_owes_it.name: [record]})
    return secret_was_discussed.holds(None, act)  # type: ignore[arg-type]  # it asks what is looked up, and nothing of the note


def noted(record: RecordingConsent) -> RecordingConsent:
    """The recording once its note stands in the clinical record: by the law that follows from it."""
    moved = record.model_copy()
    for each in brought_on(record, SimpleNamespace(id=NOTE)):  # type: ignore[arg-type]  # all that it asks of a note
        law = recording_consents.transitions[each.law.name]
        law.function(moved, None, EntryNoted(entry_id=NOTE))
        moved.__dict__["state"] = law.target(record.state)
    return moved


# What matters


def key(configuration: Configuration) -> Any:
    """All on which what can happen next depends, and what a rule asks for."""
    record, around = configuration
    room = tuple((each.answer, each.known_as) for each in record.present)
    called_for = record.covert and record.covert.responses_called_for
    said = (record.discussion, record.agreement, record.refusal, record.copy_given, record.made_on, record.noted_entry)
    return (
        record.state, record.modality, record.consulting_clinician, room, called_for, *(each is not None for each in said), around,
    )  # fmt: skip


# What each step has to keep: said without asking a guard


def conditions_are_kept(step: Step) -> bool:
    now = step.now.record
    content = {PresenceAnswer.CONSENTS, PresenceAnswer.NOT_CAPTURED, PresenceAnswer.STEPS_OUT}
    agreed = now.agreement is not None and all(getattr(now.agreement, each) for each in FOUR)
    return now.state not in {S.AGREED, S.MADE} or (agreed and {each.answer for each in now.present} <= content)


FOUR = ("open_and_honest", "no_interference", "kept_safe", "own_use")


def note_is_owed_and_filed(step: Step) -> bool:
    there, closed = step.now.record.is_there, step.now.record.state == S.CLOSED
    return (not there or step.now.around.owed is not None) and (not closed or step.now.around.filed)


def copy_was_given_and_checked(step: Step) -> bool:
    now = step.now.record
    return now.state != S.COPY_FILED or (now.copy_given is not None and now.copy_filed.scanned)


def code_is_of_sound_alone(step: Step) -> bool:
    return step.now.around.owed not in CODES or step.now.record.modality == Modality.AUDIO


def adjustment_was_asked_about(step: Step) -> bool:
    now = step.now.record
    return now.state != S.DECLINED or (now.refusal.adjustment is not None and now.refusal.consultation_goes_on)


def incident_has_its_end(step: Step) -> bool:
    incident = step.now.around.incident
    closes_early = step.name == "incident_closed" and incident != IncidentState.CLOSED_NO_ACTION
    return not closes_early and (step.now.record.state != S.POSTED or incident is not None)


def secret_was_talked_about_once(step: Step) -> bool:
    now, again = step.now.record, step.was.record.discussion is not None and step.name.startswith("discuss_")
    return not again and (now.covert is None or now.discussion is not None or not step.now.around.filed)


def incident_is_of_the_posting_alone(step: Step) -> bool:
    return step.name == "found_online" or step.was.around.incident == step.now.around.incident


def no_media_are_held(step: Step) -> bool:
    now = step.now.record
    kept = set() if now.copy_filed is None else now.copy_filed.model_dump().keys()
    return kept <= {"reference", "scanned", "by", "at"} and not any(isinstance(each, bytes) for _, each in now)


def whoever_consults_answered(step: Step) -> bool:
    answers = step.name in {"agree", "decline", "make"}
    return not answers or str(step.was.record.consulting_clinician) == step.act.actor.id


def had_happened(step: Step) -> bool:
    said = step.said
    moments = (getattr(said, "spoke_on", NOON), getattr(said, "seen_at", NOON))
    return max(moments) <= NOON and getattr(said, "made_on", NOON.date()) < LATER.date()


def no_needed_adjustment_was_declined(step: Step) -> bool:
    now = step.now.record
    return now.state != S.DECLINED or bool(now.refusal.adjustment != Adjustment.NEEDED)


def it_is_on_the_books_once(step: Step) -> bool:
    return step.name != "find_recorded_anyway" or not step.was.around.known_already


def nobody_had_said_no(step: Step) -> bool:
    no = step.was.around.colleague == MediaConsentState.WITHDRAWN
    return step.name not in {"agree", "make"} or not no or not any(each.known_as for each in step.was.record.present)


def device_rule_was_kept(step: Step) -> bool:
    banned = settings_at(step).device_rule.value == DeviceRule.NEVER
    return step.name != "agree" or not banned or bool(step.said.as_reasonable_adjustment)


def copy_was_suggested_where_it_may_be(step: Step) -> bool:
    suggested = step.name == "patient_gives_copy" and step.said.came_about == CopyOffer.SUGGESTED
    return not suggested or settings_at(step).copy_to_record.value != CopyToRecord.SILENT


def responses_were_considered(step: Step) -> bool:
    was, now = step.was.record, step.now.record
    if step.name == "find_recorded_anyway":
        each_time = settings_at(step).covert_trigger.value == CovertTrigger.EACH
        return bool(now.covert.responses_called_for == (each_time or step.was.around.lately >= MANY_BEFORE))
    talked = now.discussion is not None and was.discussion is None and now.covert is not None
    return not (talked and was.covert.responses_called_for) or len(step.said.considered) == len(CovertResponse)


MANY_BEFORE = 2


def evidence_was_there(step: Step) -> bool:
    return step.name != "found_online" or step.was.around.evidence


def settings_at(step: Step) -> PolicySettings:
    """What the practice's policy settles."""
    practice = step.act.practice
    assert isinstance(practice, PracticeInForce)
    return practice.settings


RULES: dict[str, Callable[[Step], bool]] = {
    "REC-1": conditions_are_kept, "REC-2": note_is_owed_and_filed, "REC-3": copy_was_given_and_checked,
    "REC-4": code_is_of_sound_alone, "REC-5": adjustment_was_asked_about, "REC-6": incident_has_its_end,
    "REC-7": secret_was_talked_about_once, "REC-8": incident_is_of_the_posting_alone, "REC-9": no_media_are_held,
    "REC-10": whoever_consults_answered, "REC-11": had_happened, "REC-12": no_needed_adjustment_was_declined,
    "REC-14": it_is_on_the_books_once, "R-22": nobody_had_said_no, "C-02": device_rule_was_kept,
    "R-05": copy_was_suggested_where_it_may_be, "R-14": responses_were_considered, "INC-1": evidence_was_there,
}  # fmt: skip


def broken(step: Step) -> list[str]:
    """The rules that a step breaks."""
    return [rule for rule, holds in RULES.items() if not holds(step)]


# The whole of it


def said_to() -> dict[str, Any]:
    """Words of every sort, for every step."""
    room = [
        WhoIsPresent(present=[]), present(PresenceAnswer.OBJECTS), present(PresenceAnswer.STEPS_OUT),
        present(PresenceAnswer.CONSENTS, COLLEAGUE),
    ]  # fmt: skip
    laws = recording_consents.transitions.items()
    said = {
        name: SAID[law.payload](World()) if law.payload else None
        for name, law in laws
        if name not in LEFT_OUT and law.payload is not WhoIsPresent
    }
    return {**said, "say_who_is_present": room}


def beginnings(practice: PracticeInForce) -> list[Configuration]:
    """Asked for and found out, of sound and of film, the first and the third; one that another consults in; one known before."""
    kinds = [(each, lately) for each in Modality for lately in (0, MANY_BEFORE)]
    return [
        *(Configuration(asked(each), Around(lately=lately)) for each, lately in kinds),
        *(in_secret(each, lately, practice) for each, lately in kinds),
        Configuration(asked(Modality.AUDIO, HANSEL), Around()),
        Configuration(asked(Modality.AUDIO), Around(known_already=True)),
    ]


def whole(document: str, laws: Mapping[str, Transition[Any]] | None = None) -> Explored:
    """All that can become of a recording at the practice that works by this document, by its laws or by others."""
    practice = practice_by(document)
    followed = recording_consents.transitions if laws is None else laws
    machine = Machine(
        laws=[law for name, law in followed.items() if name not in LEFT_OUT], said=said_to(), actor=ACTOR, practice=practice,
        now=NOON, key=key, follow=follow, looked_up=looked_up, passes=passes, broken=broken,
    )  # fmt: skip
    return explore(machine, beginnings(practice))
