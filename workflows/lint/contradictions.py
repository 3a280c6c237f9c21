"""Where a policy says two things: a clause that differs from a setting, or from another clause."""

import re
from collections.abc import Callable
from typing import Any, Final

from models.clauses import Audience, Clause, Condition, Consequence, Modality, Place, Topic
from models.policies import AppliesTo, Section
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
    RecordingStance,
    StaffMedia,
)
from workflows.lint.findings import Severity, Where
from workflows.lint.inspection import Check, Inspected, Told, at, at_setting, check, listed, numbered, these
from workflows.lint.sources import ONE_VOICE, OWN_PAGES_ONLY

Reading = Callable[[Clause], Any]
"""The value of a setting that a clause amounts to, or None where it says nothing of the matter."""

AGAINST: Final = (Modality.MUST_NOT, Modality.SHOULD_NOT)
PERMISSIONS: Final = (Modality.MAY, Modality.MAY_NOT_ENCOURAGED)
AGREEMENT: Final = frozenset({Condition.CLINICIAN_AGREES, Condition.PERMISSION_SOUGHT})
STAFF: Final = frozenset(AppliesTo) - {AppliesTo.REGISTERED_PATIENTS}
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


@check(Severity.ADVICE, ONE_VOICE)
def complaint_deleted_and_routed(policy: Inspected) -> Told | None:
    """One clause deletes a complaint, another offers its author the route."""
    clauses = policy.clauses(Topic.COMPLAINTS)
    deleting = [each for each in clauses if Consequence.POST_DELETED in each.consequences]
    routing = [each for each in clauses if Consequence.COMPLAINT_ROUTE_OFFERED in each.consequences]
    if not deleting or not routing:
        return None
    return Told(
        f"{these(deleting, 'has', 'have')} a complaint deleted; its author is contacted and shown the route in"
        f" {numbered(routing)}. The service offers the route first.",
        policy.at_clauses([*deleting, *routing]),
    )


@check(Severity.WARNING, ONE_VOICE)
def recording_views_differ(policy: Inspected) -> Told | None:
    """A recording is welcome in one place and unwelcome in another."""
    welcome = [each for each in policy.clauses(Topic.RECORDING) if welcomes_recording(each)]
    unwelcome = [each for each in policy.clauses(Topic.RECORDING) if discourages_recording(each)]
    stance = policy.settings.recording_stance.value
    promoted, discouraged = stance == RecordingStance.PROMOTED, stance == RecordingStance.DISCOURAGED
    if not (welcome or promoted) or not (unwelcome or discouraged):
        return None
    return Told(
        "The policy takes more than one view of a patient's recording: "
        f"{views('welcome', welcome, promoted)}, and {views('not encouraged', unwelcome, discouraged)}.",
        [*policy.at_clauses([*welcome, *unwelcome]), at_setting("recording_stance")],
    )


def welcomes_recording(clause: Clause) -> bool:
    """Whether a clause permits recordings without a word against them."""
    return permits_recording(clause) and not discourages_recording(clause)


def discourages_recording(clause: Clause) -> bool:
    """Whether a clause would rather have no recording."""
    return clause.modality == Modality.MAY_NOT_ENCOURAGED or Condition.ABSOLUTELY_NECESSARY in clause.conditions


def views(view: str, clauses: list[Clause], setting: bool) -> str:
    """One view, and who takes it."""
    takers = [*([numbered(clauses)] if clauses else []), *(["the setting recording_stance"] if setting else [])]
    return f"{view} in {listed(takers)}"


@check(Severity.WARNING, ONE_VOICE)
def device_ban_against_recording(policy: Inspected) -> Told | None:
    """Devices are banned from consultations, and recordings permitted in them."""
    permitting = [each for each in policy.content.clauses if permits_recording(each)]
    if policy.settings.device_rule.value != DeviceRule.NEVER or not permitting:
        return None
    return Told(
        f"The setting device_rule keeps devices out of consultations; recording them is permitted in {numbered(permitting)}.",
        [at_setting("device_rule"), *policy.at_clauses(permitting)],
    )


@check(Severity.ADVICE, ONE_VOICE)
def heading_contradicts_section(policy: Inspected) -> Told | None:
    """A heading names one kind of recording, and the section treats another."""
    sections = [each for each in policy.content.sections if misheaded(each, policy)]
    if not sections:
        return None
    return Told(
        "The heading speaks of one kind of recording, open or secret, and the clauses below it of the other.",
        policy.at_sections(sections),
    )


def misheaded(section: Section, policy: Inspected) -> bool:
    """Whether a section about secret recordings is headed open, or the other way round."""
    topics = {each.topic for each in policy.content.clauses if each.section == section.key}
    about = topics & {Topic.RECORDING, Topic.COVERT_RECORDING}
    wrong = {Topic.COVERT_RECORDING: r"\b(overt|open)\b", Topic.RECORDING: r"\b(covert|secret)\b"}
    return len(about) == 1 and bool(re.search(wrong[about.pop()], section.title, re.IGNORECASE))


@check(Severity.ADVICE, ONE_VOICE)
def applies_to_differs(policy: Inspected) -> Told | None:
    """A clause binds people to whom the policy does not apply."""
    applies = set(policy.content.applies_to)
    bound = {
        "patients": [] if AppliesTo.REGISTERED_PATIENTS in applies else binding(policy, Audience.PATIENTS),
        "staff": [] if STAFF & applies else binding(policy, Audience.STAFF),
    }
    left_out = [who for who, clauses in bound.items() if clauses]
    if not left_out:
        return None
    return Told(
        f"The policy says that it applies to others than {listed(left_out)}, and holds clauses for {listed(left_out)}.",
        [at("applies_to"), *policy.at_clauses(clause for clauses in bound.values() for clause in clauses)],
    )


def binding(policy: Inspected, audience: Audience) -> list[Clause]:
    """The clauses that bind somebody."""
    return [each for each in policy.content.clauses if each.audience == audience]


@check(Severity.INFORMATION, OWN_PAGES_ONLY)
def recognised_platforms_unanswered(policy: Inspected) -> Told | None:
    """Platforms are named on which the practice has no page, and no clause says what follows there."""
    elsewhere = set(policy.settings.recognised_platforms.value) - pages(policy)
    asking = [each for each in policy.content.clauses if Consequence.AUTHOR_ASKED_TO_REMOVE in each.consequences]
    if not elsewhere or asking:
        return None
    return Told(
        f"The policy counts {listed(sorted(elsewhere))} among social media, where the practice has no page of its own."
        " No clause says what it does about a post there.",
        [at_setting("recognised_platforms"), at_setting("platform_accounts")],
    )


@check(Severity.ADVICE, ONE_VOICE)
def clause_on_page_not_run(policy: Inspected) -> Told | None:
    """A clause speaks of the practice's own page on a platform where it has none."""
    clauses = [
        each
        for each in policy.content.clauses
        if Place.OWN_PAGES in each.places and set(each.platforms) - pages(policy)
    ]
    if not clauses:
        return None
    where: list[Where] = [*policy.at_clauses(clauses), at_setting("platform_accounts")]
    return Told(
        f"{these(clauses, 'speaks', 'speak')} of a page of the practice that is not among its own pages.", where
    )


def pages(policy: Inspected) -> set[Platform]:
    """The platforms on which the practice has a page."""
    return {each.platform for each in policy.settings.platform_accounts.value}


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
    complaint_deleted_and_routed,
    recording_views_differ,
    device_ban_against_recording,
    heading_contradicts_section,
    applies_to_differs,
    recognised_platforms_unanswered,
    clause_on_page_not_run,
)
