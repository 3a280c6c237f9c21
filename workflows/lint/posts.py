"""Where what a policy says of posts, reviews and messages reaches further than the law, or than the service goes."""

import re
from typing import Final

from models.clauses import BreachGround, Clause, Condition, Consequence, Modality, Topic
from models.settings import (
    MedicalMessages,
)
from workflows.lint.findings import Severity
from workflows.lint.inspection import Check, Inspected, Told, at_setting, check, mentions, these
from workflows.lint.readings import AGAINST
from workflows.lint.sources import (
    EXPRESSION,
    MEDICAL_MESSAGES,
    NOTHING_OPEN,
    POSTS,
)

MILD: Final = frozenset({BreachGround.INACCURATE, BreachGround.EMBARRASSING})
DEFENCE_BODIES: Final = (
    r"\bM(DU|PS|DDUS)\b|\bMedical (Defence Union|Protection Society)\b|\bMedical and Dental Defence Union\b"
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
    inaccurate_or_embarrassing,
    identifying_staff_catches_praise,
    reviews_confined,
    medical_message_deleted_unseen,
    defence_body_in_wording,
    setting_the_service_does_not_follow,
)
