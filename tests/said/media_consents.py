"""What people say to being photographed or recorded, and to trainees."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.conduct import Medium
from models.media_consents import ConsentWay, MediaConsentDraft, MediaNo, MediaPurpose, MediaSubject, MediaYes
from models.people import Person
from models.staff import StaffMember
from models.trainee_declines import ChangedDecline, Trainee, TraineeDeclineDraft
from tests.laws import World, always

NOBODY = UUID(int=13)


def questions(world: World) -> list[MediaConsentDraft]:
    """Questions to colleagues and to people on record, to nobody, and to somebody under the wrong heading."""
    colleagues = [each.id for each in world.of(StaffMember)]
    people = [each.id for each in world.of(Person)]
    asked = [
        *((MediaSubject.STAFF_MEMBER, each, MediaPurpose.KEPT_BY_MEMBER_OF_THE_PUBLIC) for each in colleagues),
        *((MediaSubject.STAFF_MEMBER, each, MediaPurpose.OWN_CONSULTATION) for each in colleagues[:1]),
        *((MediaSubject.PERSON, each, MediaPurpose.KEPT_BY_MEMBER_OF_THE_PUBLIC) for each in (*people[:1], NOBODY)),
        *((MediaSubject.STAFF_MEMBER, each, MediaPurpose.TRAINING) for each in people[:1]),
    ]
    return [
        MediaConsentDraft(subject=subject, subject_id=each, media=[Medium.PHOTOGRAPH, Medium.AUDIO], purpose=purpose)
        for subject, each, purpose in asked
    ]


def wishes(world: World) -> list[TraineeDeclineDraft]:
    """The wishes of people on record, and of nobody."""
    people = [each.id for each in world.of(Person)]
    return [TraineeDeclineDraft(person_id=each, declines=[Trainee.MEDICAL_STUDENT]) for each in (*people[:2], NOBODY)]


SAID: dict[Any, Any] = {
    MediaConsentDraft: questions,
    MediaYes: always(*(MediaYes(explicit=each, way=ConsentWay.ALOUD) for each in (True, False))),
    MediaNo: always(MediaNo()),
    TraineeDeclineDraft: wishes,
    ChangedDecline: always(ChangedDecline(declines=[Trainee.ANY_OTHER])),
}
