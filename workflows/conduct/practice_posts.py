"""What the practice's own people post for it: the rules of its document, beside those that the service keeps on every post."""

from collections.abc import Iterator

from models.clauses import Condition, Topic
from models.conduct import PostForPractice
from models.judgements import FurtherCondition, Requirement
from workflows.conduct.case import Case, Finding, on_conditions

CONDITIONS: dict[str, Requirement] = {
    "no_clinical_information": FurtherCondition.NO_CLINICAL_INFORMATION,
    "posts_approved_first": Condition.APPROVED_FIRST,
    "related_posts_only": FurtherCondition.ABOUT_THE_PRACTICE,
    "posts_about_practice": FurtherCondition.ABOUT_THE_PRACTICE,
    "named_users_only": FurtherCondition.BY_A_NAMED_USER,
}
"""What each of these clauses makes a post depend on."""

SETTINGS = (
    "clinical_information_in_posts",
    "posts_specific_to_practice",
    "approval_before_posting",
    "duties.use_platforms",
)


def post_for_practice(case: Case, act: PostForPractice) -> Iterator[Finding]:
    """Approved, about the practice, by somebody who was named, and without anything clinical: as far as the policy says so."""
    clauses = tuple(each for each in case.about(Topic.PRACTICE_POSTS) if each.key in CONDITIONS)
    if not clauses:
        return
    conditions = [
        CONDITIONS[each.key]
        for each in clauses
        if each.key != "no_clinical_information" or not case.settings.clinical_information_in_posts.value
    ]
    settings = [name for name in SETTINGS if case.says(name)]
    yield on_conditions(case, conditions, "This may be posted for the practice.", clauses, settings)
