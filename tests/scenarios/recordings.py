"""What becomes of entries owed to the record, of consents to be recorded, and of wishes to see no trainee."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from models.cases import CaseKind
from models.conduct import Medium
from models.evidence import Evidence, EvidenceDraft, EvidenceKind
from models.incident_facts import Classification
from models.incident_words import IncidentKind
from models.media_consents import MediaConsent, MediaConsentDraft, MediaConsentState, MediaPurpose, MediaSubject
from models.policies import Reason
from models.record_entries import EntryCorrection, EntryEvent, Filing, RecordEntry, RecordEntryState, Visibility
from models.recording_consents import (
    Adjustment,
    Agreement,
    CopyFiling,
    CopyGiven,
    CopyOffer,
    Modality,
    NotMade,
    NotMadeReason,
    PresenceAnswer,
    RecordingConsent,
    RecordingConsentState,
    RecordingMade,
    Refusal,
)
from models.roles import Role
from models.settings import CovertTrigger, PolicySettings
from models.staff import RoleGrant, StaffDraft, StaffMember
from models.trainee_declines import TraineeDecline, TraineeDeclineState
from tests.exploration import Scenario
from tests.laws import CLOCK, DAY, LAWS, MANAGER, MOMENTS, NOON, Request, World, always, happen, laws_of, somebody
from tests.said import SAID
from tests.said.people import IDENTITIES
from tests.said.record_entries import owed
from tests.said.recordings import (
    STRICT,
    agreed,
    asked_for,
    clinicians,
    found_in_secret,
    others,
    patients,
    present,
)
from tests.said.settings import USUAL
from tests.worlds import opened, working_by
from workflows.roles import Person

CLINICIAN = somebody(Role.CLINICIAN)
MANAGER_AND_CLINICIAN = somebody(Role.PRACTICE_MANAGER, Role.CLINICIAN)
LONG = (NOON, NOON + 20 * DAY)
"""Long enough for everything to be late."""


def owing(settings: PolicySettings, *events: EntryEvent) -> World:
    """A practice at which these notes are owed."""
    asked = replace(LAWS["record_entry.owe"], by=(Role.PRACTICE_MANAGER,))
    world = working_by(opened(), settings)
    for each in events:
        world = happen(world, Request(MANAGER, asked, owed(each)))
    return world


def with_people(count: int) -> World:
    """A practice with its manager and so many people on record."""
    world = working_by(opened(), USUAL)
    for each in IDENTITIES[:count]:
        world = happen(world, Request(MANAGER, LAWS["person.record"], each))
    return world


def one_put_right(world: World) -> bool:
    """Worlds in which what can be put right is not put right for ever."""
    return len(world.of(RecordEntry)) <= 2


def at_most(kind: type[Any], most: int) -> Callable[[World], bool]:
    """Worlds with so many records of a kind."""
    return lambda world: len(world.of(kind)) <= most


def owings() -> Iterable[World]:
    """Notes with a code that may, must or can't go with them."""
    yield owing(USUAL, EntryEvent.AUDIO_RECORDING)
    yield owing(STRICT, EntryEvent.AUDIO_RECORDING)
    yield owing(USUAL, EntryEvent.VIDEO_RECORDING)
    yield owing(USUAL, EntryEvent.LIST_REMOVAL)


GRETEL, PUSS = (
    StaffDraft(subject=name, name=name.title(), roles=[RoleGrant(role=Role.CLINICIAN)]) for name in ("gretel", "puss")
)


def surgery(settings: PolicySettings) -> World:
    """A practice with its manager, two clinicians, a patient on record, and a recording that came to nothing."""
    world = working_by(opened(), settings)
    for each in (GRETEL, PUSS):
        world = happen(world, Request(MANAGER, LAWS["staff_member.appoint"], each))
    world = happen(world, Request(MANAGER, LAWS["person.record"], IDENTITIES[0]))
    another = asked_for(patients(world)[0], clinicians(world)[1])
    world = happen(world, Request(MANAGER, LAWS["recording_consent.request"], another))
    why = NotMade(why=NotMadeReason.NO_CONSULTATION)
    return happen(
        world, Request(MANAGER, LAWS["recording_consent.record_not_made"], world.of(RecordingConsent)[0], (why,))
    )


def actor(world: World, subject: str) -> Person:
    """Somebody of the directory, by the identifier that stands in records."""
    (member,) = [each for each in world.of(StaffMember) if each.subject == subject]
    return Person(str(member.id), member.roles_at(world.now))


def recording_laws(*names: str) -> tuple[Any, ...]:
    """These laws of recordings."""
    return tuple(LAWS[f"recording_consent.{each}"] for each in names)


def begun(world: World, name: str, draft: Any) -> World:
    """The world with a recording that was asked for or found out."""
    return happen(world, Request(MANAGER, LAWS[f"recording_consent.{name}"], draft))


def gone_on(world: World, person: Person, name: str, *said: Any) -> World:
    """The world after this was asked of the last recording."""
    return happen(world, Request(person, LAWS[f"recording_consent.{name}"], world.of(RecordingConsent)[-1], said))


def requested(settings: PolicySettings, **but: Any) -> World:
    """A recording that was asked for."""
    world = surgery(settings)
    return begun(world, "request", asked_for(patients(world)[0], clinicians(world)[0], **but))


def made(settings: PolicySettings, **but: Any) -> World:
    """A recording that was agreed and made."""
    world = requested(settings, **but)
    world = gone_on(world, actor(world, "gretel"), "agree", agreed(as_reasonable_adjustment=True))
    return gone_on(world, actor(world, "gretel"), "make", RecordingMade(made_on=NOON.date()))


def discovered(world: World, **but: Any) -> World:
    """One more recording that was made in secret."""
    return begun(world, "discover_covert", found_in_secret(patients(world)[0], clinicians(world)[0], **but))


def noted(settings: PolicySettings, **but: Any) -> World:
    """A recording of which the note stands in the clinical record."""
    world = made(settings, **but)
    for name, said in (("decide_visibility", Visibility(patient_visible=True)), ("confirm_filed", FILED)):
        world = happen(
            world, Request(MANAGER_AND_CLINICIAN, LAWS[f"record_entry.{name}"], world.of(RecordEntry)[0], (said,))
        )
    return world


FILED = Filing(filed_at=NOON, reference="Journal, page 1", coded=False)
FILED_WELL = {
    **SAID,
    Filing: always(FILED),
    EntryCorrection: always(EntryCorrection(reason="It says too little.")),
}
FILED_WITH_CODE = {**FILED_WELL, Filing: always(FILED, FILED.model_copy(update={"coded": True}))}
NOTED = (LAWS["record_entry.decide_visibility"], LAWS["record_entry.confirm_filed"])


def asked() -> Scenario:
    """From the question to the answer, whoever is present and consults."""
    world = surgery(USUAL)
    steps = (
        "request",
        "say_who_is_present",
        "change_clinician",
        "agree",
        "decline",
        "make",
        "record_not_made",
        "close_declined",
        "close",
    )
    return Scenario(
        (world,), (actor(world, "gretel"), actor(world, "puss")), (*recording_laws(*steps), *NOTED), FILED_WELL,
        moments=MOMENTS[:1], within=at_most(RecordingConsent, 2),
    )  # fmt: skip


def without_devices() -> Scenario:
    """At a practice that wants no devices in consultations."""
    world = requested(STRICT)
    steps = recording_laws("agree", "decline", "record_not_made", "close_declined")
    return Scenario((world,), (actor(world, "gretel"),), steps, SAID, moments=MOMENTS[:1])


def unanswered() -> Scenario:
    """Time goes by, and nobody says what became of it."""
    world = surgery(USUAL)
    steps = recording_laws("escalate", "agree", "record_not_made", "discuss_covert", "close")
    worlds = begun(world, "request", asked_for(patients(world)[0], clinicians(world)[0])), discovered(world)
    return Scenario(worlds, (actor(world, "gretel"), CLOCK), (*steps, *NOTED), FILED_WELL, moments=LONG)


def with_a_colleague() -> Scenario:
    """A colleague who is present had said yes, or had said no, and may take back what they said."""
    world = surgery(USUAL)
    manager = others(world)[0]
    question = MediaConsentDraft(
        subject=MediaSubject.STAFF_MEMBER,
        subject_id=manager,
        media=[Medium.AUDIO],
        purpose=MediaPurpose.OWN_CONSULTATION,
    )
    world = happen(world, Request(MANAGER, LAWS["media_consent.ask"], question))
    there = present(PresenceAnswer.CONSENTS, manager).present
    world = begun(world, "request", asked_for(patients(world)[0], clinicians(world)[0], present=there))
    steps = recording_laws("agree", "make", "record_not_made", "close")
    answers = tuple(LAWS[f"media_consent.{each}"] for each in ("give", "decline", "withdraw"))
    said = {**FILED_WELL, Agreement: always(agreed())}
    return Scenario((world,), (actor(world, "gretel"),), (*steps, *answers, *NOTED), said, moments=MOMENTS[:1])


def found_out() -> Scenario:
    """Made in secret: the first, one after a no, and the third where many call for the practice's responses."""
    day_before = (NOON - DAY).date()
    strict = discovered(discovered(surgery(STRICT), consultation_on=day_before), modality=Modality.VIDEO)
    declined = requested(USUAL)
    no = Refusal(reason="They are shy.", consultation_goes_on=True, adjustment=Adjustment.NOT_NEEDED)
    declined = gone_on(declined, actor(declined, "gretel"), "decline", no)
    steps = recording_laws("discover_covert", "find_recorded_anyway", "discuss_covert", "close", "close_declined")
    return Scenario(
        (surgery(USUAL), surgery(STRICT), strict, declined), (MANAGER_AND_CLINICIAN,), (*steps, *NOTED),
        FILED_WITH_CODE, moments=MOMENTS[:1], within=at_most_secret,
    )  # fmt: skip


def at_most_secret(world: World) -> bool:
    """Worlds with as many recordings as tell something new: the third counts where many do."""
    many = world.practice.settings.covert_trigger.value == CovertTrigger.PATTERN
    return len(world.of(RecordingConsent)) <= (4 if many else 3)


def afterwards() -> Scenario:
    """The note, put right or not; the copy; the end."""
    worlds = noted(USUAL), noted(STRICT, modality=Modality.VIDEO)
    steps = recording_laws("patient_gives_copy", "file_copy", "close")
    return Scenario(
        worlds, (MANAGER_AND_CLINICIAN,), (*steps, *NOTED, LAWS["record_entry.supersede"]), FILED_WELL,
        moments=MOMENTS[:1], within=one_put_right,
    )  # fmt: skip


def every_day() -> Scenario:
    """One that is assigned, handed over, noted, and linked to another one."""
    world = requested(USUAL)
    steps = recording_laws("assign", "hand_over", "note", "log_contact", "link", "record_not_made")
    return Scenario((world,), (actor(world, "gretel"),), steps, SAID, moments=MOMENTS[:1])


def written_down_twice() -> Scenario:
    """One that was written down by two people."""
    world = requested(USUAL)
    twice = begun(world, "request", asked_for(patients(world)[0], clinicians(world)[0]))
    steps = recording_laws("agree", "decline", "mark_duplicate", "record_not_made", "close_declined")
    return Scenario((twice,), (actor(world, "gretel"),), steps, SAID, moments=MOMENTS[:1])


def evidence_of(world: World) -> list[EvidenceDraft]:
    """A description of what is to be seen online."""
    found = [each.id for each in world.of(RecordingConsent) if each.is_there]
    return [
        EvidenceDraft(case_kind=CaseKind.RECORDING_CONSENT, case_id=each, kind=EvidenceKind.DESCRIPTION, text="It is there.")
        for each in found
        if not world.of(Evidence)
    ]  # fmt: skip


def posted() -> Scenario:
    """Found online: with its note or without, made openly or in secret, and closed once the incident has ended."""
    found = Classification(kind=IncidentKind.RECORDING_ONLINE)
    said = {
        **FILED_WELL,
        "evidence.describe": evidence_of,
        "incident.triage": always(found),
        "incident.no_breach": always(Reason(reason="It is theirs.")),
    }
    steps = recording_laws("found_online", "discuss_covert", "discuss_posted", "incident_closed", "close")
    incident = tuple(LAWS[f"incident.{each}"] for each in ("notify", "triage", "no_breach"))
    laws = (*steps, *NOTED, *incident, LAWS["evidence.describe"], LAWS["record_entry.supersede"])
    worlds = made(USUAL), noted(USUAL), discovered(surgery(USUAL)), *with_copy()
    return Scenario(worlds, (MANAGER_AND_CLINICIAN,), laws, said, moments=MOMENTS[:1], within=one_put_right)


def with_copy() -> Iterator[World]:
    """A recording of which the patient gave a copy."""
    world = gone_on(noted(USUAL), MANAGER, "patient_gives_copy", CopyGiven(came_about=CopyOffer.VOLUNTEERED))
    yield gone_on(world, MANAGER, "file_copy", CopyFiling(reference="Documents, page 2", scanned=True))


@cache
def of_recordings() -> tuple[Scenario, ...]:
    """Made once, since whoever asks is known by the identifier of their entry in the directory."""
    return (
        asked(), without_devices(), unanswered(), with_a_colleague(), found_out(), afterwards(), every_day(),
        written_down_twice(), posted(),
    )  # fmt: skip


def owed_of_a_secret() -> Scenario:
    """The note of a recording that was made in secret."""
    world = discovered(surgery(USUAL))
    laws = (*NOTED, *recording_laws("discuss_covert"))
    return Scenario((world,), (MANAGER_AND_CLINICIAN,), laws, FILED_WELL, moments=MOMENTS[:1])


SCENARIOS: dict[str, Callable[[], Scenario | tuple[Scenario, ...]]] = {
    "recording_consent": of_recordings,
    "record_entry": lambda: (
        Scenario(
            tuple(owings()), (CLINICIAN, MANAGER, CLOCK), laws_of("record_entry"), SAID, moments=MOMENTS[::2],
            within=one_put_right,
        ),
        owed_of_a_secret(),
    ),
    "media_consent": lambda: Scenario(
        (with_people(1),), (MANAGER,), laws_of("media_consent"), SAID, settings=(USUAL, STRICT), moments=MOMENTS[:1],
        within=at_most(MediaConsent, 1),
    ),
    "trainee_decline": lambda: Scenario(
        (with_people(2),), (MANAGER,), laws_of("trainee_decline"), SAID, moments=MOMENTS[:1], within=at_most(TraineeDecline, 2)
    ),
}  # fmt: skip
ENDS: dict[str, set[Any]] = {
    "recording_consent": {
        RecordingConsentState.NOT_MADE,
        RecordingConsentState.CLOSED,
        RecordingConsentState.CLOSED_DECLINED,
        RecordingConsentState.DUPLICATE,
    },
    "record_entry": {RecordEntryState.SUPERSEDED, RecordEntryState.ENTERED_IN_ERROR},
    "media_consent": {MediaConsentState.WITHDRAWN},
    "trainee_decline": {TraineeDeclineState.LIFTED},
}
RESTS: dict[str, set[Any]] = {
    # What is filed stays filed, unless it turns out to be wrong.
    "record_entry": {RecordEntryState.FILED},
    # An answer holds until somebody gives another.
    "media_consent": {MediaConsentState.GIVEN, MediaConsentState.DECLINED},
    "trainee_decline": {TraineeDeclineState.STANDING},
}
