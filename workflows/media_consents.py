"""Consents to be photographed or recorded: of staff and of other patients, in so many words, and withdrawn whenever they like."""

from collections.abc import Mapping
from typing import Any, Final

from models.media_consents import (
    MediaAnswer,
    MediaConsent,
    MediaConsentDraft,
    MediaConsentState,
    MediaNo,
    MediaPurpose,
    MediaSubject,
    MediaYes,
)
from models.people import Person, PersonState
from models.settings import StaffMedia
from models.staff import StaffMember, StaffState
from workflows.engine import Act, Workflow, guard, lookup
from workflows.people import INTAKE
from workflows.roles import Audience, here

FOR_THE_PUBLIC: Final = frozenset(
    {MediaPurpose.KEPT_BY_MEMBER_OF_THE_PUBLIC, MediaPurpose.POSTED_BY_MEMBER_OF_THE_PUBLIC}
)
"""What patients and visitors want for themselves: the practice's own pictures are no matter of a policy for patients."""

media_consents = Workflow(
    "media_consent", "media_consents", MediaConsent, starts=MediaConsentState.ASKED, seen_by=INTAKE
)


@lookup(StaffMember)
def colleague_asked(draft: MediaConsentDraft, act: Act) -> Mapping[str, Any]:
    """The member of staff who is asked."""
    asked = draft.subject == MediaSubject.STAFF_MEMBER
    return {"id": frozenset({draft.subject_id} if asked else ()), "state": StaffState.IN_POST}


@lookup(Person)
def person_asked(draft: MediaConsentDraft, act: Act) -> Mapping[str, Any]:
    """The person on record who is asked."""
    asked = draft.subject == MediaSubject.PERSON
    return {"id": frozenset({draft.subject_id} if asked else ()), "state": PersonState.ON_RECORD}


@guard(
    "Whoever is asked is in the staff directory, or on record at the practice.", needs=[colleague_asked, person_asked]
)
def is_somebody_known(draft: MediaConsentDraft, act: Act) -> bool:
    """MEDIA-1: a consent is somebody's, and only theirs."""
    return any(
        not getattr(each, "is_machine", False)
        for each in (*act.looked_up(colleague_asked), *act.looked_up(person_asked))
    )


@guard("A yes counts if it was said in so many words.")
def is_explicit(consent: MediaConsent, act: Act, yes: MediaYes) -> bool:
    """R-22 and R-23: other patients consent explicitly, and staff expressly; nobody is taken to have agreed."""
    return yes.explicit


@guard("The practice's policy wants no pictures of staff, whoever agrees.")
def policy_leaves_room(consent: MediaConsent, act: Act, yes: MediaYes) -> bool:
    """C-08: where the policy says never, nobody who works there is photographed for a member of the public."""
    of_staff = consent.subject == MediaSubject.STAFF_MEMBER and consent.purpose in FOR_THE_PUBLIC
    return not of_staff or here(act).settings.staff_media.value != StaffMedia.NEVER


@media_consents.opens(by=INTAKE, when=[is_somebody_known])
def ask(draft: MediaConsentDraft, act: Act) -> MediaConsent:
    """Ask somebody whether they may be photographed or recorded."""
    return MediaConsent(
        practice=act.practice.code, created_at=act.at, policy_id=here(act).policy_id, **dict(draft)
    )  # fmt: skip


@media_consents.transition(
    MediaConsentState.ASKED, MediaConsentState.DECLINED, to=MediaConsentState.GIVEN, by=INTAKE,
    when=[is_explicit, policy_leaves_room],
)  # fmt: skip
def give(consent: MediaConsent, act: Act, yes: MediaYes) -> None:
    """Record that somebody agrees, also after they had declined."""
    said(consent, act, MediaConsentState.GIVEN, explicit=yes.explicit, way=yes.way)
    consent.reason = None


@media_consents.transition(MediaConsentState.ASKED, to=MediaConsentState.DECLINED, by=INTAKE)
def decline(consent: MediaConsent, act: Act, no: MediaNo) -> None:
    """Record that somebody does not agree."""
    said(consent, act, MediaConsentState.DECLINED)
    consent.reason = no.reason


@media_consents.transition(
    MediaConsentState.GIVEN, to=MediaConsentState.WITHDRAWN, by=INTAKE, tells=[Audience.MANAGEMENT]
)
def withdraw(consent: MediaConsent, act: Act, no: MediaNo) -> None:
    """Record that somebody agrees no longer. What rested on it stops, and a new yes is asked for anew."""
    said(consent, act, MediaConsentState.WITHDRAWN)
    consent.reason = no.reason


def said(consent: MediaConsent, act: Act, answer: MediaConsentState, **how: Any) -> None:
    """Keep an answer, with who recorded it."""
    consent.answers = [*consent.answers, MediaAnswer(answer=answer, at=act.at, recorded_by=act.actor.id, **how)]
