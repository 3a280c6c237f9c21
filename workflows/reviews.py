"""Reviews: answered by whoever has that duty, in fixed texts that tell of nobody; complaints and safety are passed on first."""

from collections.abc import Mapping
from typing import Final

from models.posts import ReplyTemplate
from models.reviews import (
    STILL_THERE,
    AnswerGiven,
    Done,
    LeftUnanswered,
    ReportMade,
    Review,
    ReviewAnswer,
    ReviewClassification,
    ReviewDraft,
    ReviewKind,
    ReviewState,
    SiteReport,
)
from models.roles import Duty, Role
from models.settings import ReviewChannelKind
from models.sites import Site
from workflows.engine import Act, Workflow, guard
from workflows.post_screening import everybody_here
from workflows.replies import provided_for, wording
from workflows.roles import Audience, PracticeInForce, here
from workflows.screening import screen, screen_names
from workflows.screening.colleagues import colleagues_of
from workflows.screening.known import known_to

reviews = Workflow("review", "reviews", Review, starts=ReviewState.SEEN, seen_by=(Role.STAFF,))

ANSWERERS = (Duty.ANSWER_REVIEWS,)

SUITS: Final[Mapping[ReviewKind, frozenset[ReplyTemplate]]] = {
    ReviewKind.PRAISE: frozenset({ReplyTemplate.THANKS, ReplyTemplate.FEEDBACK_ROUTE}),
    ReviewKind.CONCERN: frozenset(ReplyTemplate) - {ReplyTemplate.THANKS},
    ReviewKind.COMPLAINT: frozenset({ReplyTemplate.COMPLAINTS_PROCEDURE, ReplyTemplate.CONTACT_THE_PRACTICE}),
    ReviewKind.ABUSIVE: frozenset(),
}
"""Which fixed texts suit which sort of review. Abuse is not answered in public."""


@guard("The line about the review names somebody, or holds something that never stands in public. Say less, or nothing.",
       needs=[everybody_here])  # fmt: skip
def tells_of_nobody(draft: ReviewDraft, act: Act) -> bool:
    """REV-1: who wrote a review, and about whom, is not kept."""
    known = known_to(here(act))
    colleagues = colleagues_of(act.looked_up(everybody_here), [])
    return not draft.gist or not (screen(draft.gist, known) or screen_names(draft.gist, known, colleagues))


@guard("This text does not suit a review of this sort.")
def reply_suits(review: Review, act: Act, answer: ReviewAnswer) -> bool:
    """REV-2: no thanks for a complaint, and no answer to abuse."""
    return answer.template in SUITS[review.kind]


@guard("The policy does not provide for a public reply to complaints.")
def reply_provided_for(review: Review, act: Act, answer: ReviewAnswer) -> bool:
    """K-02, K-04: whether complaints get a general answer in public, the practice's policy says."""
    return provided_for(answer.template, here(act))


@guard("It is a complaint: pass it on to those who handle complaints first.")
def complaint_is_passed_on(review: Review, act: Act) -> bool:
    """REV-3: the complaints route is offered before anything else is done about a complaint."""
    return review.kind != ReviewKind.COMPLAINT or review.complaint_passed_on is not None


@guard("Only whoever handles complaints finds that a complaint is none.")
def complaint_stays_one(review: Review, act: Act, found: ReviewClassification) -> bool:
    """REV-3: nobody gets round the complaints route by another word."""
    away = review.kind == ReviewKind.COMPLAINT and found.kind != ReviewKind.COMPLAINT
    return not away or act.permitted([Duty.HANDLE_COMPLAINTS])


@guard("It concerns somebody's safety: pass that on first.")
def safety_is_passed_on(review: Review, act: Act) -> bool:
    """REV-4: what concerns safety is passed on before anything else is done."""
    return not review.concerns_safety or review.safety_passed_on is not None


@guard("Only a complaint or a concern is passed on to those who handle complaints.")
def calls_for_the_complaints_route(review: Review, act: Act) -> bool:
    """REV-3: praise and abuse take no complaints route."""
    return review.kind in {ReviewKind.COMPLAINT, ReviewKind.CONCERN}


@guard("It has been passed on to those who handle complaints already.")
def complaint_not_passed_on_yet(review: Review, act: Act) -> bool:
    """REV-3: once is enough."""
    return review.complaint_passed_on is None


@guard("It does not concern anybody's safety, as it is recorded: say first that it does.")
def is_about_safety(review: Review, act: Act) -> bool:
    """REV-4: only what concerns safety is passed on as such."""
    return review.concerns_safety


@guard("That it concerns safety has been passed on already.")
def safety_not_passed_on_yet(review: Review, act: Act) -> bool:
    """REV-4: once is enough."""
    return review.safety_passed_on is None


@guard("A complaint is never reported to the site.")
def not_a_complaint(review: Review, act: Act) -> bool:
    """REV-5: nobody's complaint is made to go away."""
    return review.kind != ReviewKind.COMPLAINT


@guard("It has been reported to the site already.")
def not_reported_yet(review: Review, act: Act) -> bool:
    """REV-5: once is enough."""
    return review.reported is None


@guard("It is recorded as this already.")
def says_something_new(review: Review, act: Act, found: ReviewClassification) -> bool:
    """REV-6: what is changed is changed for a reason."""
    return found.kind != review.kind or (found.concerns_safety and not review.concerns_safety)


@reviews.opens(by=[Role.STAFF], when=[tells_of_nobody], tells=[Audience.REVIEWS])
def notice(draft: ReviewDraft, act: Act) -> Review:
    """Record that a review has been seen: where, and of which sort. Who wrote it is not kept."""
    return Review(
        practice=act.practice.code, created_at=act.at, seen_by=act.actor.id, policy_id=here(act).policy_id,
        as_the_policy_asks=draft.site in review_sites(here(act)), **dict(draft),
    )  # fmt: skip


@reviews.transition(
    *STILL_THERE, to=None, by=[Duty.ANSWER_REVIEWS, Duty.HANDLE_COMPLAINTS], when=[says_something_new, complaint_stays_one],
    tells=[Audience.REVIEWS],
)  # fmt: skip
def classify(review: Review, act: Act, found: ReviewClassification) -> None:
    """Say what sort of review it turns out to be, such as a complaint in disguise."""
    review.kind, review.concerns_safety = found.kind, review.concerns_safety or found.concerns_safety


@reviews.transition(
    *STILL_THERE, to=None, by=[Role.STAFF], when=[calls_for_the_complaints_route, complaint_not_passed_on_yet],
    tells=[Audience.COMPLAINTS],
)  # fmt: skip
def pass_complaint_on(review: Review, act: Act) -> None:
    """Tell those who handle complaints, who offer the procedure to whoever can be reached."""
    review.complaint_passed_on = Done(at=act.at, by=act.actor.id)


@reviews.transition(
    *STILL_THERE, to=None, by=[Role.STAFF], when=[is_about_safety, safety_not_passed_on_yet],
    tells=[Audience.SAFETY, Audience.MANAGEMENT],
)  # fmt: skip
def pass_safety_concern_on(review: Review, act: Act) -> None:
    """Tell those who are told of harm that somebody's safety is concerned."""
    review.safety_passed_on = Done(at=act.at, by=act.actor.id)


@reviews.transition(
    *STILL_THERE, to=None, by=[Duty.REMOVE], when=[not_a_complaint, not_reported_yet], tells=[Audience.REVIEWS]
)
def report_to_site(review: Review, act: Act, report: SiteReport) -> None:
    """Record that the review was reported to the site, because it breaks the site's own rules."""
    review.reported = ReportMade(at=act.at, by=act.actor.id, ground=report.ground)


@reviews.transition(
    ReviewState.SEEN, to=ReviewState.ANSWERED, by=ANSWERERS,
    when=[complaint_is_passed_on, safety_is_passed_on, reply_suits, reply_provided_for], tells=[Audience.REVIEWS],
)  # fmt: skip
def answer(review: Review, act: Act, what: ReviewAnswer) -> None:
    """Answer the review with one of the fixed texts, once, and keep what was said."""
    review.policy_id = here(act).policy_id
    review.answered = AnswerGiven(
        at=act.at, by=act.actor.id, template=what.template, text=wording(what.template, here(act))
    )


@reviews.transition(
    ReviewState.SEEN, to=ReviewState.LEFT, by=ANSWERERS, when=[complaint_is_passed_on, safety_is_passed_on]
)
def leave_unanswered(review: Review, act: Act, why: LeftUnanswered) -> None:
    """Decide that the review gets no answer, and why."""
    review.left_because = why.reason


@reviews.transition(
    *STILL_THERE, to=ReviewState.GONE, by=[Duty.ANSWER_REVIEWS, Duty.REMOVE],
    when=[complaint_is_passed_on, safety_is_passed_on],
)  # fmt: skip
def record_gone(review: Review, act: Act) -> None:
    """Record that the review is not there any more, whoever took it down."""


def review_sites(practice: PracticeInForce) -> set[Site]:
    """Where the practice's policy sends reviews (C-10): none where it names no place."""
    settings = practice.settings
    match settings.review_channel.value.kind:
        case ReviewChannelKind.NHS_WEBSITE:
            return {Site.NHS_WEBSITE}
        case ReviewChannelKind.OWN_WEBSITE:
            return {Site.WEBSITE}
        case ReviewChannelKind.OWN_PAGE:
            return {Site(each.platform) for each in settings.platform_accounts.value}
        case ReviewChannelKind.UNSTATED:
            return set()
