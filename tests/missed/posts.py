"""What is taken out of the law of posts."""

from __future__ import annotations

from models.posts import Post, PostState
from models.screening import AnswerToFinding, FindingAnswer
from tests.laws import NOON
from tests.missed.law import Behind, Mutant, effect
from tests.said.posts import LINK
from workflows.screening.answers import answered


def frozen_since_submission(guard: str, *names: str) -> dict[tuple[str, str], Behind]:
    """What `submit` has judged, of content that can't change afterwards."""
    before: dict[str, tuple[str, ...]] = {
        "post.approve": ("post.submit",),
        "post.publish": ("post.submit", "post.approve"),
    }
    reason = "submit refuses it, and what is submitted changes only by going back to a draft"
    return {(name, guard): Behind(reason, tuple((each, guard) for each in before[name])) for name in names}


NEVER_EDITED = "nothing that is approved can be edited and stay approved"


SECOND_LINES: dict[tuple[str, str], Behind] = {
    **frozen_since_submission("nothing_clinical", "post.approve", "post.publish"),
    **frozen_since_submission("no_patient_identified", "post.approve", "post.publish"),
    **frozen_since_submission("staff_agreed", "post.approve", "post.publish"),
    **frozen_since_submission("closure_has_a_date", "post.approve", "post.publish"),
    **frozen_since_submission("closure_says_where_to_go", "post.approve", "post.publish"),
    **frozen_since_submission("nothing_certain_found", "post.approve", "post.publish"),
    **frozen_since_submission("doubts_answered", "post.approve", "post.publish"),
    **frozen_since_submission("everybody_named_agreed", "post.approve", "post.publish"),
    ("post.answer_findings", "something_to_answer"): Behind(
        "no answer suits what is not asked; this one only says so beforehand", (("post.answer_findings", "answers_suit"),)
    ),
    ("post.schedule", "as_approved"): Behind(NEVER_EDITED, opened=(("post.edit", PostState.APPROVED),)),
    ("post.publish", "as_approved"): Behind(NEVER_EDITED, opened=(("post.edit", PostState.APPROVED),)),
    ("post.publish", "somewhere_left"): Behind(
        "each platform is refused on its own; this one only says so beforehand", (("post.publish", "not_there_yet"),)
    ),
    ("post.fail_elsewhere", "somewhere_left"): Behind(
        "each platform is refused on its own; this one only says so beforehand",
        (("post.fail_elsewhere", "not_public_there"),),
    ),
}  # fmt: skip


ASKED_BY = {
    "post.approve": "POST-3",
    "post.schedule": "POST-4",
    "post.publish": "POST-4",
    "post.reply": "POST-8",
    "post.expire": "POST-9",
    "post.take_down": "POST-12",
}


def improvised(post: Post) -> None:
    post.replies = [post.replies[-1].model_copy(update={"text": "Your appointment is at noon."})]


def misattributed(post: Post) -> None:
    assert post.approval
    post.approval = post.approval.model_copy(update={"by": "nobody"})


def still_answered(post: Post) -> None:
    """An answer stays, whatever the text has become."""
    post.finding_answers = [answered(OUTLIVED, at=NOON, by=post.author)]


OUTLIVED = AnswerToFinding(finding=LINK, answer=FindingAnswer.PUBLIC_INFORMATION)


MUTANTS = [
    Mutant("POST-1", "post.publish", {"sources": frozenset({PostState.DRAFT}), "guards": ()}),
    Mutant("POST-1", "post.schedule", {"sources": frozenset({PostState.SUBMITTED}), "guards": ()}),
    *(
        Mutant("POST-6", "post.edit", {"sources": frozenset({state})})
        for state in (PostState.PUBLISHED, PostState.WITHDRAWN)
    ),
    Mutant("POST-8", "post.reply", effect("post.reply", improvised)),
    Mutant("POST-15", "post.edit", effect("post.edit", still_answered)),
    Mutant("POST-10", "post.approve", effect("post.approve", misattributed)),
]
