"""Where a policy says more of removal from the list than the law does, or leaves out what the law asks for."""

import re
from typing import Final

from models.clauses import Consequence
from models.settings import (
    ImmediateRemovalGround,
    Origin,
)
from workflows.lint.findings import Severity
from workflows.lint.inspection import Check, Inspected, Told, at_setting, check, these
from workflows.lint.sources import (
    ENDING_RELATIONSHIP,
    IMMEDIATE_REMOVAL,
    REMOVAL_ON_REQUEST,
)

WARNED: Final = re.compile(r"(?<!no )(?<!without )(?<!without a )\bwarn", re.IGNORECASE)
DENIED: Final = re.compile(r"\b(not|never|nothing)\b[^.]*\bwarn", re.IGNORECASE)


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


CHECKS: Final[tuple[Check, ...]] = (
    immediate_removal_for_verbal_abuse,
    removal_without_warning,
    removal_for_complaining,
    complaint_protection_unstated,
)
