"""Where a clause amounts to another value of a setting than the one that the policy holds."""

import re
from collections.abc import Callable
from typing import Any, Final

from models.clauses import Audience, Clause, Condition, Consequence, Modality, Place, Topic
from models.settings import (
    ComplaintScope,
    DeletionScope,
    DeviceRule,
    Firmness,
    FriendRequests,
    MedicalMessages,
    PageComplaint,
    Platform,
    PolicySettings,
    PublicAreaMedia,
    RecordingRule,
    StaffMedia,
)
from workflows.lint.findings import Severity
from workflows.lint.inspection import Check, Inspected, Told, at_setting, listed, these
from workflows.lint.sources import ONE_VOICE

Reading = Callable[[Clause], Any]
"""The value of a setting that a clause amounts to, or None where it says nothing of the matter."""

AGAINST: Final = (Modality.MUST_NOT, Modality.SHOULD_NOT)
PERMISSIONS: Final = (Modality.MAY, Modality.MAY_NOT_ENCOURAGED)
AGREEMENT: Final = frozenset({Condition.CLINICIAN_AGREES, Condition.PERMISSION_SOUGHT})
FILM_OR_SOUND: Final = r"film|video|sound|audio|record"
SCOPES: Final = {
    frozenset({Platform.FACEBOOK}): DeletionScope.FACEBOOK_PAGE,
    frozenset({Platform.FACEBOOK, Platform.INSTAGRAM}): DeletionScope.FACEBOOK_AND_INSTAGRAM_PAGES,
    frozenset[Platform](): DeletionScope.ALL_PRACTICE_OUTLETS,
}
"""What a clause that deletes on these platforms amounts to; one that names none reaches every page of the practice."""


def settled(setting: str, value: Callable[[PolicySettings], Any] | None = None) -> Callable[[Reading], Check]:
    """Declare how a clause is read, to be held against a setting; `value` is the part of it that counts."""

    def declared(reading: Reading) -> Check:
        def look(policy: Inspected) -> Told | None:
            stands = value(policy.settings) if value else getattr(policy.settings, setting).value
            read = {clause.key: reading(clause) for clause in policy.content.clauses}
            other = [each for each in policy.content.clauses if read[each.key] not in {None, stands}]
            if not other:
                return None
            meant = listed(sorted({f"“{said(read[each.key])}”" for each in other}))
            return Told(
                f"{these(other, 'reads', 'read')} as {meant}; the setting {setting} holds “{said(stands)}”.",
                [*policy.at_clauses(other), at_setting(setting)],
            )

        return Check(f"{setting}_contradiction", Severity.WARNING, ONE_VOICE, look)

    return declared


def said(value: Any) -> str:
    """A value in words."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value).replace("_", " ")


@settled("staff_media")
def staff_media(clause: Clause) -> StaffMedia | None:
    """A ban on photographs of staff stands, unless the person's consent lifts it."""
    if clause.topic != Topic.STAFF_MEDIA or clause.modality not in AGAINST:
        return None
    return StaffMedia.WITH_CONSENT if Condition.STAFF_MEMBER_CONSENTS in clause.conditions else StaffMedia.NEVER


@settled("device_rule")
def device_rule(clause: Clause) -> DeviceRule | None:
    """A ban on devices in a consultation stands, unless the clinician's agreement lifts it."""
    if clause.topic != Topic.DEVICES or clause.modality not in AGAINST or Place.CONSULTATION not in clause.places:
        return None
    return DeviceRule.BY_AGREEMENT if Condition.CLINICIAN_AGREES in clause.conditions else DeviceRule.NEVER


@settled("recording_rule")
def recording_rule(clause: Clause) -> RecordingRule | None:
    """A recording is permitted, after agreement or without it."""
    if not permits_recording(clause):
        return None
    return RecordingRule.BY_AGREEMENT if AGREEMENT.intersection(clause.conditions) else RecordingRule.NOT_INHIBITED


def permits_recording(clause: Clause) -> bool:
    """Whether a clause permits patients to record their own consultation."""
    return clause.topic == Topic.RECORDING and clause.audience == Audience.PATIENTS and clause.modality in PERMISSIONS


@settled("public_area_media")
def public_area_media(clause: Clause) -> PublicAreaMedia | None:
    """A ban in public areas is about photographs, or about film and sound as well."""
    if clause.topic != Topic.PUBLIC_AREAS or clause.modality not in AGAINST:
        return None
    widely = re.search(FILM_OR_SOUND, clause.text, re.IGNORECASE)
    return PublicAreaMedia.PHOTOGRAPHS_AND_RECORDINGS if widely else PublicAreaMedia.PHOTOGRAPHS


@settled("page_complaint")
def page_complaint(clause: Clause) -> PageComplaint | None:
    """A complaint on a page is deleted, or may be."""
    if not deletes_complaint(clause):
        return None
    return PageComplaint.DELETED if Consequence.POST_DELETED in clause.consequences else PageComplaint.AT_DISCRETION


@settled("page_complaint_scope")
def page_complaint_scope(clause: Clause) -> ComplaintScope | None:
    """A complaint is deleted from the practice's pages, or from anywhere."""
    if not deletes_complaint(clause):
        return None
    return ComplaintScope.ANY_PLATFORM if Place.ANY_PLATFORM in clause.places else ComplaintScope.OWN_PAGES


def deletes_complaint(clause: Clause) -> bool:
    """Whether a clause has a complaint deleted, or permits that."""
    deletions = {Consequence.POST_DELETED, Consequence.POST_MAY_BE_DELETED}
    return clause.topic == Topic.COMPLAINTS and bool(deletions.intersection(clause.consequences))


@settled("deletion_scope")
def deletion_scope(clause: Clause) -> DeletionScope | None:
    """Unacceptable posts are deleted from some pages, or from all of the practice's."""
    if clause.topic != Topic.UNACCEPTABLE_MATERIAL or Consequence.POST_DELETED not in clause.consequences:
        return None
    return SCOPES.get(frozenset(clause.platforms))


@settled("generic_reply_to_complaints")
def generic_reply_to_complaints(clause: Clause) -> bool | None:
    """A general reply is given."""
    return True if Consequence.GENERIC_REPLY in clause.consequences else None


@settled("review_channel", lambda settings: settings.review_channel.value.obligatory)
def review_channel(clause: Clause) -> bool | None:
    """A review is to be left there, or may be."""
    return clause.modality == Modality.MUST if clause.topic == Topic.REVIEWS else None


@settled("medical_messages")
def medical_messages(clause: Clause) -> MedicalMessages | None:
    """Medical messages are deleted and redirected."""
    deleted = Consequence.MESSAGE_DELETED in clause.consequences
    return MedicalMessages.DELETED_AND_REDIRECTED if deleted else None


@settled("friend_requests")
def friend_requests(clause: Clause) -> FriendRequests | None:
    """Staff do not meet patients online."""
    against = clause.topic == Topic.FRIEND_REQUESTS and clause.modality in AGAINST
    return FriendRequests.PRESUMPTION_AGAINST if against else None


@settled("legal_advice")
def legal_advice(clause: Clause) -> Firmness | None:
    """Legal advice is taken, or may be."""
    if Consequence.LEGAL_ADVICE_SOUGHT in clause.consequences:
        return Firmness.WILL
    return Firmness.MAY if Consequence.LEGAL_ADVICE_POSSIBLE in clause.consequences else None


@settled("relationship_breakdown_named")
def relationship_breakdown_named(clause: Clause) -> bool | None:
    """The relationship may break down."""
    return True if Consequence.RELATIONSHIP_MAY_BREAK_DOWN in clause.consequences else None


CHECKS: Final[tuple[Check, ...]] = (
    staff_media,
    device_rule,
    recording_rule,
    public_area_media,
    page_complaint,
    page_complaint_scope,
    deletion_scope,
    generic_reply_to_complaints,
    review_channel,
    medical_messages,
    friend_requests,
    legal_advice,
    relationship_breakdown_named,
)
