"""Reviews of the practice: what sort each is and what was done about it, and never who wrote it."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime, StrictBool
from sqlmodel import Field as Column

from models.moments import Day
from models.posts import ReplyTemplate
from models.record import Draft, Payload, Record, Row, json_of, word_of
from models.sites import Site
from models.text import Address, Line


class ReviewState(StrEnum):
    """Where a review stands."""

    SEEN = "seen"
    ANSWERED = "answered"
    LEFT = "left"
    GONE = "gone"


STILL_THERE = (ReviewState.SEEN, ReviewState.ANSWERED, ReviewState.LEFT)


class ReviewKind(StrEnum):
    """What sort of review it is. A complaint is one that somebody is owed an answer to, whatever it calls itself."""

    PRAISE = "praise"
    CONCERN = "concern"
    COMPLAINT = "complaint"
    ABUSIVE = "abusive"


class ReviewDraft(Draft):
    """A review that somebody has seen.

    `url` leads to the review and never to whoever wrote it. `gist` says in a line what it is about: it names nobody, tells of
    nobody's health, and does not say whether anybody is a patient.
    """

    site: Site = Column(sa_type=word_of(Site))
    kind: ReviewKind = Column(sa_type=word_of(ReviewKind))
    url: Address | None = None
    posted_on: Day | None = None
    concerns_safety: StrictBool = False
    gist: Line | None = None


class ReviewClassification(Payload):
    """What sort of review it turns out to be. That it concerns safety can be added, and not taken back."""

    kind: ReviewKind
    concerns_safety: StrictBool = False


class ReviewAnswer(Payload):
    """Which of the fixed texts is put under the review."""

    template: ReplyTemplate


class ReportGround(StrEnum):
    """Which of a site's own rules a review breaks."""

    IDENTIFIES_SOMEBODY = "identifies_somebody"
    ABUSIVE_OR_THREATENING = "abusive_or_threatening"
    NOT_ABOUT_THE_PRACTICE = "not_about_the_practice"
    SPAM = "spam"


class SiteReport(Payload):
    """A review that breaks a site's own rules is reported there."""

    ground: ReportGround


class LeftReason(StrEnum):
    """Why a review gets no answer."""

    NOTHING_TO_ADD = "nothing_to_add"
    ABUSIVE = "abusive"
    NOT_ABOUT_THE_PRACTICE = "not_about_the_practice"
    NO_ANSWER_POSSIBLE = "no_answer_possible"


class LeftUnanswered(Payload):
    """Why a review gets no answer."""

    reason: LeftReason


class Done(Payload):
    """Who did something about a review, and when (UTC)."""

    at: AwareDatetime
    by: str


class ReportMade(Done):
    """A report to the site."""

    ground: ReportGround


class AnswerGiven(Done):
    """What was said under the review."""

    template: ReplyTemplate
    text: str


class Review(Record, ReviewDraft):
    """A review, as the house keeps and shows it. `as_the_policy_asks` says whether it stands where the policy sends reviews."""

    filters: ClassVar[tuple[str, ...]] = ("site", "kind")

    state: ReviewState = Column(default=ReviewState.SEEN, sa_type=word_of(ReviewState))
    posted_on: date | None = None
    concerns_safety: bool = False
    policy_id: UUID | None = None
    as_the_policy_asks: bool
    seen_by: str
    complaint_passed_on: Done | None = Column(default=None, sa_type=json_of(Done))
    safety_passed_on: Done | None = Column(default=None, sa_type=json_of(Done))
    reported: ReportMade | None = Column(default=None, sa_type=json_of(ReportMade))
    answered: AnswerGiven | None = Column(default=None, sa_type=json_of(AnswerGiven))
    left_because: LeftReason | None = Column(default=None, sa_type=word_of(LeftReason))


class ReviewRow(Review, Row, table=True):
    """Every review."""

    __tablename__ = "review"
