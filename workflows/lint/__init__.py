"""What a manager may want to look at in a policy before submitting it. The lint never keeps a version from going ahead."""

from datetime import date
from typing import Final

from models.policies import PolicyContent
from models.roles import Role
from workflows.lint import blanks, complaints, contradictions, posts, readings, recordings, removal, rights, stale_names
from workflows.lint.findings import Finding, Severity
from workflows.lint.inspection import Check, Inspected

CHECKS: Final[tuple[Check, ...]] = (
    *removal.CHECKS,
    *complaints.CHECKS,
    *recordings.CHECKS,
    *posts.CHECKS,
    *rights.CHECKS,
    *readings.CHECKS,
    *contradictions.CHECKS,
    *blanks.CHECKS,
    *stale_names.CHECKS,
)
"""Everything that is looked for."""


def lint(content: PolicyContent, today: date, roles_held: frozenset[Role] | None = None) -> list[Finding]:
    """Every finding in a policy, what matters most first.

    `today` is a day in Europe/London, since names and statutes go out of date. With the roles that people hold at the
    practice, duties that nobody has are found too.
    """
    policy = Inspected(content, today, roles_held)
    found = [finding for check in CHECKS for finding in check.findings(policy)]
    return sorted(found, key=lambda finding: list(Severity).index(finding.severity))
