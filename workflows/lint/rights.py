"""Where a policy lists rights or claims without what the law adds to them."""

from typing import Final

from models.clauses import Consequence, Topic
from models.settings import (
    Article,
)
from workflows.lint.findings import Severity
from workflows.lint.inspection import Check, Inspected, Told, at_setting, check, mentions, these
from workflows.lint.sources import (
    CLAIMS,
    LIMITS_OF_RIGHTS,
    RIGHTS_OF_ACCESS,
)

LIMITED: Final = r"\b(unless|except|limit|not always|usually|cannot|does not apply)"


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


CHECKS: Final[tuple[Check, ...]] = (
    access_right_missing,
    rights_without_limits,
    claim_without_claimant,
)
