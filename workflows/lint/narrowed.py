"""Where the law, or the service, is narrower than the words of a policy, or asks for something that they leave out."""

import re
from typing import Final

from models.clauses import BreachGround, Clause, Condition, Consequence, Modality, Place, Topic
from models.settings import (
    Article,
    ComplaintScope,
    DeviceRule,
    ImmediateRemovalGround,
    MedicalMessages,
    Origin,
    PageComplaint,
)
from workflows.lint.contradictions import AGAINST, AGREEMENT, deletes_complaint, permits_recording
from workflows.lint.findings import Severity
from workflows.lint.inspection import Check, Inspected, Told, at_setting, check, mentions, these
from workflows.lint.sources import (
    CLAIMS,
    COMPLAINT_ROUTE,
    COMPLAINTS_REGULATIONS,
    ENDING_RELATIONSHIP,
    EQUALITY_ACT,
    EXPRESSION,
    IMMEDIATE_REMOVAL,
    LIMITS_OF_RIGHTS,
    MEDICAL_MESSAGES,
    NOTHING_OPEN,
    OWN_PAGES_ONLY,
    POSTS,
    RECORDING,
    REMOVAL_ON_REQUEST,
    RIGHTS_OF_ACCESS,
    SNOMED,
)

MILD: Final = frozenset({BreachGround.INACCURATE, BreachGround.EMBARRASSING})
WARNED: Final = re.compile(r"(?<!no )(?<!without )(?<!without a )\bwarn", re.IGNORECASE)
DENIED: Final = re.compile(r"\b(not|never|nothing)\b[^.]*\bwarn", re.IGNORECASE)
LIMITED: Final = r"\b(unless|except|limit|not always|usually|cannot|does not apply)"
DEFENCE_BODIES: Final = (
    r"\bM(DU|PS|DDUS)\b|\bMedical (Defence Union|Protection Society)\b|\bMedical and Dental Defence Union\b"
)
AUDIO_CODE: Final = "431315003"


@check(Severity.WARNING, IMMEDIATE_REMOVAL)
def immediate_removal_for_verbal_abuse(policy: Inspected) -> Told | None:
    """Verbal abuse alone leads to removal at once."""
    if ImmediateRemovalGround.VERBAL_ABUSE not in policy.settings.immediate_removal_grounds.value:
        return None
    clauses = [each for each in policy.content.clauses if Consequence.IMMEDIATE_REMOVAL in each.consequences]
    return Told(
        "The policy names verbal abuse as a ground for removal at once. The regulations speak of violence, or of behaviour that"
        " made somebody fear for their safety, and of a report to the police; any other removal takes a warning first.",
        [at_setting("immediate_removal_grounds"), *policy.at_clauses(clauses)],
    )


@check(Severity.WARNING, REMOVAL_ON_REQUEST)
def removal_without_warning(policy: Inspected) -> Told | None:
    """The relationship may end, and nobody is warned."""
    ending = [each for each in policy.content.clauses if Consequence.RELATIONSHIP_MAY_BREAK_DOWN in each.consequences]
    if not ending or any(WARNED.search(each.text) and not DENIED.search(each.text) for each in policy.content.clauses):
        return None
    return Told(
        f"{these(ending, 'leads', 'lead')} towards removal from the list, and the policy says nothing of a warning. The"
        " regulations require one, with reasons, in the twelve months before, apart from their exceptions.",
        policy.at_clauses(ending),
    )


@check(Severity.WARNING, ENDING_RELATIONSHIP)
def removal_for_complaining(policy: Inspected) -> Told | None:
    """A complaint may lead to removal."""
    if policy.settings.never_removed_for_complaining.value:
        return None
    return Told(
        "The policy leaves it open that a patient is removed because of a complaint. Professional guidance rules that out, and"
        " the service does not support it.",
        [at_setting("never_removed_for_complaining")],
    )


@check(Severity.ADVICE, ENDING_RELATIONSHIP)
def complaint_protection_unstated(policy: Inspected) -> Told | None:
    """Nothing says that complaining is safe."""
    setting = policy.settings.never_removed_for_complaining
    if setting.origin == Origin.FROM_POLICY or not setting.value:
        return None
    return Told(
        "The policy does not say that nobody is removed from the list because of a complaint. The service keeps to that.",
        [at_setting("never_removed_for_complaining")],
    )


@check(Severity.WARNING, COMPLAINTS_REGULATIONS)
def grievance_not_a_complaint(policy: Inspected) -> Told | None:
    """What is said on social media is said to be no complaint."""
    setting, clause = policy.settings.social_media_grievance_is_complaint, policy.clause("grievance_on_social_media")
    stated = setting.origin == Origin.FROM_POLICY and not setting.value
    if not stated and clause is None:
        return None
    return Told(
        "The policy does not count a grievance on social media as a complaint. Under the regulations a complaint can be made"
        " electronically; the service offers the route to whoever posts one.",
        [at_setting("social_media_grievance_is_complaint"), *policy.at_clauses([clause] if clause else [])],
    )


@check(Severity.WARNING, COMPLAINT_ROUTE)
def complaint_deleted_without_reply(policy: Inspected) -> Told | None:
    """A complaint disappears, and nobody tells its author where to turn."""
    settings = policy.settings
    answered = settings.generic_reply_to_complaints.value or any(
        Consequence.COMPLAINT_ROUTE_OFFERED in each.consequences for each in policy.clauses(Topic.COMPLAINTS)
    )
    if settings.page_complaint.value != PageComplaint.DELETED or answered:
        return None
    return Told(
        "A complaint on the practice's page is deleted, and the policy has neither a general reply nor a message to its author"
        " that shows the route.",
        [at_setting("page_complaint"), at_setting("generic_reply_to_complaints")],
    )


@check(Severity.ADVICE, OWN_PAGES_ONLY)
def deletion_beyond_own_pages(policy: Inspected) -> Told | None:
    """Complaints are deleted where the practice can delete nothing."""
    clauses = [each for each in policy.content.clauses if deletes_complaint(each) and Place.ANY_PLATFORM in each.places]
    if policy.settings.page_complaint_scope.value != ComplaintScope.ANY_PLATFORM:
        return None
    return Told(
        "The policy has complaints deleted on any platform. On a page that it does not run, a practice can ask the author or"
        " report to the platform.",
        [at_setting("page_complaint_scope"), *policy.at_clauses(clauses)],
    )


@check(Severity.WARNING, RECORDING)
def permission_to_record(policy: Inspected) -> Told | None:
    """A recording for private use depends on somebody's agreement."""
    clauses = [
        each for each in policy.content.clauses if permits_recording(each) and AGREEMENT.intersection(each.conditions)
    ]
    if not clauses:
        return None
    return Told(
        f"{these(clauses, 'has', 'have')} a patient's recording of their own consultation depend on agreement. The law asks no"
        " permission for a recording for private use: agreement is a courtesy, and a recording can be a reasonable adjustment.",
        policy.at_clauses(clauses),
    )


@check(Severity.WARNING, EQUALITY_ACT)
def device_ban_without_exception(policy: Inspected) -> Told | None:
    """No device in a consultation, whoever needs one."""
    clauses = policy.clauses(Topic.DEVICES)
    if policy.settings.device_rule.value != DeviceRule.NEVER or mentions("reasonable adjustment", clauses):
        return None
    return Told(
        "The policy keeps devices out of consultations and names no exception. The duty to make reasonable adjustments stands"
        " beside it, and a recording for private use asks no permission.",
        [at_setting("device_rule"), *policy.at_clauses(each for each in clauses if Place.CONSULTATION in each.places)],
    )


@check(Severity.INFORMATION, SNOMED)
def record_code_for_audio_only(policy: Inspected) -> Told | None:
    """The code that is named is for sound, and none is named for video."""
    clauses = [each for each in policy.clauses(Topic.RECORDING) if AUDIO_CODE in each.text]
    if not clauses or mentions(r"\b(video|film)", clauses):
        return None
    return Told(
        f"{these(clauses, 'names', 'name')} a code that is for an audio recording. None is named for video.",
        policy.at_clauses(clauses),
    )


@check(Severity.ADVICE, EXPRESSION)
def inaccurate_or_embarrassing(policy: Inspected) -> Told | None:
    """A post that is only inaccurate or embarrassing has consequences."""
    clauses = [each for each in policy.content.clauses if each.consequences and MILD.intersection(each.grounds)]
    if not clauses:
        return None
    return Told(
        f"{these(clauses, 'reaches', 'reach')} a post that is no more than inaccurate or embarrassing. The law of defamation"
        " asks for serious harm and protects honest opinion; the service bases no warning and no removal on these two alone.",
        policy.at_clauses(clauses),
    )


@check(Severity.ADVICE, EXPRESSION)
def identifying_staff_catches_praise(policy: Inspected) -> Told | None:
    """Thanks that name somebody break the rule as well."""
    clauses = [each for each in policy.clauses(Topic.IDENTIFYING_STAFF) if forbids_naming(each)]
    if not clauses:
        return None
    return Told(
        f"{these(clauses, 'rules', 'rule')} out any comment from which a member of staff can be recognised, thanks included.",
        policy.at_clauses(clauses),
    )


def forbids_naming(clause: Clause) -> bool:
    """Whether a clause rules out naming staff, and neither consent nor praise is an exception."""
    lifted = Condition.STAFF_MEMBER_CONSENTS in clause.conditions or mentions(r"\b(thank|prais)", [clause])
    return clause.modality in AGAINST and not lifted


@check(Severity.ADVICE, EXPRESSION)
def reviews_confined(policy: Inspected) -> Told | None:
    """A review is to be left in one place and no other."""
    clauses = [each for each in policy.clauses(Topic.REVIEWS) if each.modality == Modality.MUST]
    if not clauses or not policy.settings.review_channel.value.obligatory:
        return None
    return Told(
        f"{these(clauses, 'confines', 'confine')} reviews to one place. A review that is left elsewhere is not, by that alone,"
        " anything that the service follows up.",
        [*policy.at_clauses(clauses), at_setting("review_channel")],
    )


@check(Severity.ADVICE, MEDICAL_MESSAGES)
def medical_message_deleted_unseen(policy: Inspected) -> Told | None:
    """A message about somebody's health is deleted, and nobody has seen it."""
    clauses = [each for each in policy.content.clauses if Consequence.MESSAGE_DELETED in each.consequences]
    if policy.settings.medical_messages.value != MedicalMessages.DELETED_AND_REDIRECTED:
        return None
    if not clauses or mentions(r"\b(clinician|duty|doctor|nurse)", clauses):
        return None
    return Told(
        f"{these(clauses, 'has', 'have')} a medical message deleted, and does not say that somebody who can judge it sees it"
        " first.",
        policy.at_clauses(clauses),
    )


@check(Severity.WARNING, RIGHTS_OF_ACCESS)
def access_right_missing(policy: Inspected) -> Told | None:
    """Rights are listed, and access is not among them."""
    rights = policy.settings.rights_listed.value
    if not rights or Article.ACCESS in rights:
        return None
    return Told(
        "The policy lists rights under the UK GDPR, and the right of access (Article 15) is not among them.",
        [at_setting("rights_listed")],
    )


@check(Severity.ADVICE, LIMITS_OF_RIGHTS)
def rights_without_limits(policy: Inspected) -> Told | None:
    """Erasure or portability is promised, and no limit is named."""
    limited = {Article.ERASURE, Article.PORTABILITY}.intersection(policy.settings.rights_listed.value)
    clauses = policy.clauses(Topic.INFORMATION_RIGHTS)
    if not limited or mentions(LIMITED, clauses):
        return None
    return Told(
        "The policy lists the rights to erasure or portability without a limit. Neither usually reaches what is recorded about"
        " a patient's care.",
        [at_setting("rights_listed"), *policy.at_clauses(clauses)],
    )


@check(Severity.ADVICE, CLAIMS)
def claim_without_claimant(policy: Inspected) -> Told | None:
    """A claim for private information or personal data is named, and not whose claim it is."""
    clauses = [
        each
        for each in policy.content.clauses
        if Consequence.LEGAL_ACTION_POSSIBLE in each.consequences and mentions(r"\bprivate information\b", [each])
    ]
    if not clauses or mentions(r"\b(individual|person|whose)\b", clauses):
        return None
    return Told(
        f"{these(clauses, 'names', 'name')} a claim for misuse of private information without saying whose it is. Such a claim"
        " belongs to the individual, not to the practice.",
        policy.at_clauses(clauses),
    )


@check(Severity.INFORMATION, NOTHING_OPEN)
def defence_body_in_wording(policy: Inspected) -> Told | None:
    """The wording of a clause fixes a defence body, which is a setting too."""
    clause = policy.clause("defence_body_asked")
    if clause is None or not re.search(DEFENCE_BODIES, clause.text):
        return None
    return Told(
        f"{these([clause], 'names', 'name')} a defence body in its words. A practice with another one changes the clause"
        " together with the setting.",
        [*policy.at_clauses([clause]), at_setting("defence_body")],
    )


@check(Severity.WARNING, POSTS)
def setting_the_service_does_not_follow(policy: Inspected) -> Told | None:
    """The policy would have posts go out unapproved, or with clinical information."""
    settings = policy.settings
    places = [
        *([] if settings.approval_before_posting.value else [at_setting("approval_before_posting")]),
        *([at_setting("clinical_information_in_posts")] if settings.clinical_information_in_posts.value else []),
    ]
    if not places:
        return None
    return Told(
        "The policy allows posts without approval, or with clinical information. The service publishes neither.", places
    )


CHECKS: Final[tuple[Check, ...]] = (
    immediate_removal_for_verbal_abuse,
    removal_without_warning,
    removal_for_complaining,
    complaint_protection_unstated,
    grievance_not_a_complaint,
    complaint_deleted_without_reply,
    deletion_beyond_own_pages,
    permission_to_record,
    device_ban_without_exception,
    record_code_for_audio_only,
    inaccurate_or_embarrassing,
    identifying_staff_catches_praise,
    reviews_confined,
    medical_message_deleted_unseen,
    access_right_missing,
    rights_without_limits,
    claim_without_claimant,
    defence_body_in_wording,
    setting_the_service_does_not_follow,
)
