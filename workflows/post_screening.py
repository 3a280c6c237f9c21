"""What a post's text must pass before anybody but its author reads it, at a practice with its own staff and contacts."""

from collections.abc import Mapping
from typing import Any

from models.posts import Post
from models.screening import AnsweredFinding, FindingAnswers
from models.staff import StaffMember, StaffState
from workflows.engine import Act, guard, lookup
from workflows.roles import here
from workflows.screening import could_need_answers, screen, screen_names
from workflows.screening.answers import answered, suits, unanswered
from workflows.screening.colleagues import colleagues_of
from workflows.screening.findings import Finding
from workflows.screening.known import known_to


@lookup(StaffMember, binding=False)
def everybody_here(_about: Any, act: Act) -> Mapping[str, Any]:
    """Everybody in post at the practice, so that a colleague's name is known."""
    return {"state": StaffState.IN_POST}


@guard("Something in the text must never be public: the findings say where it stands.")
def nothing_certain_found(post: Post, act: Act) -> bool:
    """POST-13: what is certain to be somebody's own is taken out."""
    return not any(each.is_certain for each in screened(post, act))


@guard("Something in the text may not be fit for the public: the findings ask what it is.")
def doubts_answered(post: Post, act: Act) -> bool:
    """POST-14: what is doubtful is answered before anybody else reads the post."""
    return not unanswered(screened(post, act), post.finding_answers)


@guard("Somebody is named in the text who is not known to have agreed: the findings say where.", needs=[everybody_here])
def everybody_named_agreed(post: Post, act: Act) -> bool:
    """POST-13, POST-14: colleagues are named with their consent alone, and about everybody else the author is asked."""
    found = names_screened(post, act)
    return not any(each.is_certain for each in found) and not unanswered(found, post.finding_answers)


@guard("Nothing in the text calls for an answer.")
def something_to_answer(post: Post, act: Act) -> bool:
    """POST-14: only what is doubtful is answered."""
    return could_need_answers(post.text, known_to(here(act)))


@guard(
    "Each answer speaks of a doubtful finding in the text as it stands, and is one of those possible.",
    needs=[everybody_here],
)
def answers_suit(post: Post, act: Act, said: FindingAnswers) -> bool:
    """POST-14: only what is doubtful is answered, and with an answer that can be given to it."""
    found = {each.key: each for each in all_findings(post, act)}
    return all(suits(each, found) for each in said.answers)


def screened(post: Post, act: Act) -> tuple[Finding, ...]:
    """What stands in the text that nobody but its author should read yet; names are another matter."""
    return screen(post.text, known_to(here(act)))


def names_screened(post: Post, act: Act) -> list[Finding]:
    """Who is named in the text without being known to have agreed to it."""
    agreed = [each.staff_id for each in post.declaration.staff_named if each.consented]
    return screen_names(post.text, known_to(here(act)), colleagues_of(act.looked_up(everybody_here), agreed))


def all_findings(post: Post, act: Act) -> list[Finding]:
    """Everything that is found in the text, first things first."""
    return sorted([*screened(post, act), *names_screened(post, act)])


def answers_after(post: Post, act: Act, said: FindingAnswers) -> list[AnsweredFinding]:
    """The answers that stand once these were given: new ones take the place of old ones, and those about nothing go."""
    new = [answered(each, at=act.at, by=act.actor.id) for each in said.answers]
    about = {each.key for each in all_findings(post, act)} - {each.finding for each in new}
    kept = [each for each in post.finding_answers if each.finding in about]
    return sorted([*kept, *new], key=lambda each: (each.start, each.end, each.kind))


BEFORE_OTHERS_READ = (nothing_certain_found, doubts_answered, everybody_named_agreed)
"""POST-13, POST-14: what must be so of the text."""
