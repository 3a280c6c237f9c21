"""What people say of recordings, and a policy that leaves little room for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.people import Person
from models.recording_consents import (
    Adjustment,
    Agreement,
    Alternative,
    Attendance,
    Considered,
    CopyFiling,
    CopyGiven,
    CopyOffer,
    CovertRecordingDraft,
    CovertResponse,
    Discussion,
    FoundOnline,
    Initiator,
    Modality,
    NewClinician,
    NotMade,
    NotMadeReason,
    PresenceAnswer,
    Present,
    RecordedAnyway,
    RecordingDraft,
    RecordingMade,
    RecordingReason,
    Refusal,
    WhoIsPresent,
)
from models.roles import Role
from models.settings import PolicySettings
from models.staff import StaffMember
from tests.laws import DAY, MOMENTS, NOON, World, always

STRICT = PolicySettings.model_validate(
    {
        "device_rule": {"value": "never"},
        "staff_media": {"value": "never"},
        "record_entry_coded": {"value": "will"},
        "copy_to_record": {"value": "may_be_suggested"},
        "covert_trigger": {"value": "pattern"},
    }
)
"""No devices, no pictures of staff, the code as well; secret recordings count once there are many."""


NOBODY = UUID(int=13)
LATER = MOMENTS[2] + DAY


def clinicians(world: World) -> list[UUID]:
    """Those in the directory who consult."""
    return [each.id for each in world.of(StaffMember) if Role.CLINICIAN in each.roles_at(world.now)]


def others(world: World) -> list[UUID]:
    """Those in the directory who don't."""
    return [each.id for each in world.of(StaffMember) if Role.CLINICIAN not in each.roles_at(world.now)]


def patients(world: World) -> list[UUID]:
    """People on record."""
    return [each.id for each in world.of(Person)][:1]


def asked_for(person: UUID, clinician: UUID, **but: Any) -> RecordingDraft:
    """A recording that a patient asks for, but for what is said."""
    usual: dict[str, Any] = {
        "consultation_on": NOON.date(), "modality": Modality.AUDIO, "initiated_by": Initiator.PATIENT,
        "reason": RecordingReason.FORGETFULNESS,
    }  # fmt: skip
    return RecordingDraft(person_id=person, consulting_clinician=clinician, **{**usual, **but})


def recordings_asked_for(world: World) -> list[RecordingDraft]:
    """Recordings by patients and by nobody, with clinicians and with others, of sound and, with somebody else there, of film."""
    there = [one for each in others(world)[:1] for one in present(PresenceAnswer.CONSENTS, each).present]
    who, consults = [*patients(world), NOBODY], [*clinicians(world)[:1], *others(world)[:1]]
    return [
        *(asked_for(each, clinician) for each in who for clinician in consults),
        *(asked_for(each, consults[0], modality=Modality.VIDEO, present=there) for each in who[:1]),
    ]


def found_in_secret(person: UUID, clinician: UUID, **but: Any) -> CovertRecordingDraft:
    """A recording that was made in secret, but for what is said."""
    usual: dict[str, Any] = {
        "consultation_on": NOON.date(),
        "modality": Modality.AUDIO,
        "how_found": "They mentioned it.",
    }
    return CovertRecordingDraft(person_id=person, consulting_clinician=clinician, **{**usual, **but})


def secrets(world: World) -> list[CovertRecordingDraft]:
    """Recordings in secret: of somebody and of nobody, by somebody and by nobody, and of a day to come."""
    who, consults = [*patients(world), NOBODY], [*clinicians(world)[:1], NOBODY]
    return [
        *(found_in_secret(each, clinician) for each in who for clinician in consults),
        *(found_in_secret(each, consults[0], consultation_on=LATER.date()) for each in who[:1]),
    ]


def present(answer: PresenceAnswer, known_as: UUID | None = None) -> WhoIsPresent:
    """A trainee in the room."""
    return WhoIsPresent(present=[Present(who=Attendance.TRAINEE, answer=answer, known_as=known_as)])


def company(world: World) -> list[WhoIsPresent]:
    """Nobody else; a trainee who objects or steps out; one known in the directory who agrees."""
    return [
        WhoIsPresent(present=[]),
        present(PresenceAnswer.OBJECTS),
        present(PresenceAnswer.STEPS_OUT),
        *(present(PresenceAnswer.CONSENTS, each) for each in others(world)[:1]),
    ]


def agreed(**but: Any) -> Agreement:
    """All four conditions, but for what is said."""
    usual: dict[str, Any] = {
        "open_and_honest": True, "no_interference": True, "kept_safe": True, "own_use": True,
        "alternatives_discussed": [Alternative.WRITTEN_SUMMARY],
    }  # fmt: skip
    return Agreement(**{**usual, **but})


ALL_FIVE = [Considered(response=each, given=True) for each in CovertResponse]
CONDITIONS = ("open_and_honest", "no_interference", "kept_safe", "own_use")

SAID: dict[Any, Any] = {
    RecordingDraft: recordings_asked_for,
    CovertRecordingDraft: secrets,
    WhoIsPresent: company,
    NewClinician: lambda world: [NewClinician(consulting_clinician=each) for each in (*clinicians(world), *others(world)[:1])],
    Agreement: always(
        agreed(), agreed(as_reasonable_adjustment=True), *(agreed(**{each: False}) for each in CONDITIONS)
    ),
    Refusal: always(
        *(
            Refusal(
                reason="They are shy.", consultation_goes_on=goes_on, adjustment=each,
                other_way="A summary." if each == Adjustment.MET_IN_ANOTHER_WAY else None,
            )
            for goes_on in (True, False)
            for each in (None, *Adjustment)
        )
    ),
    RecordingMade: always(*(RecordingMade(made_on=each.date()) for each in (NOON, LATER))),
    NotMade: always(NotMade(why=NotMadeReason.PATIENT_CHANGED_MIND)),
    RecordedAnyway: always(RecordedAnyway(how_found="It lay on the desk.")),
    Discussion: always(
        Discussion(spoke_on=NOON), Discussion(spoke_on=NOON, considered=ALL_FIVE), Discussion(spoke_on=LATER, considered=ALL_FIVE)
    ),
    FoundOnline: always(*(FoundOnline(seen_at=each, description="It is on a page.") for each in (NOON, LATER))),
    CopyGiven: always(*(CopyGiven(came_about=each) for each in CopyOffer)),
    CopyFiling: always(*(CopyFiling(reference="Documents, page 2", scanned=each) for each in (True, False))),
}  # fmt: skip
