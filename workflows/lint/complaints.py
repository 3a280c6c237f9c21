"""Where a policy deals with complaints more narrowly than the regulations, or deletes what it can't."""

from typing import Final

from models.clauses import Consequence, Place, Topic
from models.settings import (
    ComplaintScope,
    Origin,
    PageComplaint,
)
from workflows.lint.findings import Severity
from workflows.lint.inspection import Check, Inspected, Told, at_setting, check
from workflows.lint.readings import deletes_complaint
from workflows.lint.sources import (
    COMPLAINT_ROUTE,
    COMPLAINTS_REGULATIONS,
    OWN_PAGES_ONLY,
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


CHECKS: Final[tuple[Check, ...]] = (
    grievance_not_a_complaint,
    complaint_deleted_without_reply,
    deletion_beyond_own_pages,
)
