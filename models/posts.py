"""A practice's own post, from draft to published, and its replies to what others say there."""

import json
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, StrictBool, model_validator
from sqlmodel import Field as Column

from models.moments import Moment
from models.record import Draft, Payload, Record, Row, UTCDateTime, json_of, word_of
from models.screening import AnsweredFinding
from models.settings import NoticePlace, Platform
from models.text import Address, Line, Paragraph, tidy

LONGEST = 2200
LONGEST_ON = {Platform.X: 280}
"""In characters, where a platform takes less than the rest."""

PostText = Annotated[str, AfterValidator(tidy), Field(min_length=1, max_length=LONGEST)]


class PostState(StrEnum):
    """Where a post stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


ONCE_PUBLIC = frozenset({PostState.PUBLISHED, PostState.WITHDRAWN})
"""States of a post that everybody could read."""


class PostKind(StrEnum):
    """What sort of notice it is."""

    ANNOUNCEMENT = "announcement"
    CLOSURE_NOTICE = "closure_notice"


class Closure(Payload):
    """When the practice closes and opens again (UTC in storage), and why a planned closure is announced late, if it is."""

    closes_at: Moment
    reopens_at: Moment | None = None
    planned: StrictBool = True
    short_notice_reason: Line | None = None

    @model_validator(mode="after")
    def _opens_after_it_closes(self) -> Self:
        if self.reopens_at and self.reopens_at <= self.closes_at:
            raise ValueError("the practice opens again after it closes")
        return self


class StaffNamed(Payload):
    """A colleague whom the post names or shows, and whether they agreed to it."""

    staff_id: UUID
    consented: StrictBool


class Declaration(Payload):
    """What the author declares about the content. Clinical information is information about an individual's health."""

    related_to_practice: StrictBool
    specific_to_practice: StrictBool
    clinical_information: StrictBool
    identifies_patient: StrictBool
    staff_named: Annotated[list[StaffNamed], Field(max_length=20)] = []


class PostDraft(Draft):
    """What a person writes."""

    kind: PostKind = Column(default=PostKind.ANNOUNCEMENT, sa_type=word_of(PostKind))
    purpose: Line
    text: PostText
    platforms: list[Platform] = Column(min_length=1, max_length=8, sa_type=json_of(list[Platform]))
    declaration: Declaration = Column(sa_type=json_of(Declaration))
    closure: Closure | None = Column(default=None, sa_type=json_of(Closure))

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if len(set(self.platforms)) < len(self.platforms):
            raise ValueError("platforms names each platform once")
        if len(self.text) > min((LONGEST_ON[each] for each in self.platforms if each in LONGEST_ON), default=LONGEST):
            raise ValueError("the text is longer than one of its platforms takes: x takes 280 characters")
        if self.closure and self.kind != PostKind.CLOSURE_NOTICE:
            raise ValueError("only a closure notice has a closure")
        return self


class PublicationTime(Payload):
    """When somebody should put the post on its platforms."""

    publish_at: Moment


class PublishedAs(Payload):
    """The approved content was posted on one platform, and where it can be seen."""

    platform: Platform
    url: Address | None = None
    external_id: Line | None = None


class PublicationFailure(Payload):
    """A platform did not take the post."""

    platform: Platform
    reason: Paragraph


class Withdrawal(Payload):
    """Why a published post is taken down; in an emergency whoever uses the platforms may do it, and says so."""

    reason: Paragraph
    emergency: StrictBool = False


class NoticeArranged(Payload):
    """A place, beside the post, where the closure is now announced."""

    place: NoticePlace


class ReplyTemplate(StrEnum):
    """The only things that are ever said in public to somebody who comments."""

    THANKS = "thanks"
    COMPLAINTS_PROCEDURE = "complaints_procedure"
    CONTACT_THE_PRACTICE = "contact_the_practice"
    MEDICAL_QUESTION = "medical_question"
    FEEDBACK_ROUTE = "feedback_route"


class ReplyDraft(Payload):
    """Which fixed text answers a comment, on which platform."""

    platform: Platform
    template: ReplyTemplate
    comment_url: Address | None = None


class Approval(Payload):
    """Who approved exactly which content and platforms, and when (UTC); `self_approved` where they were also its last editor."""

    by: str
    at: AwareDatetime
    content_hash: str
    platforms: list[Platform]
    self_approved: bool
    policy_id: UUID | None


class Publication(Payload):
    """One platform on which the post is public, since when (UTC), and who put it there."""

    platform: Platform
    url: str | None
    external_id: str | None
    at: AwareDatetime
    by: str


class CompanionNotice(Payload):
    """A place where the closure is announced beside the post."""

    place: NoticePlace
    at: AwareDatetime
    by: str


class Reply(Payload):
    """What was said under a published post."""

    platform: Platform
    template: ReplyTemplate
    text: str
    comment_url: str | None
    at: AwareDatetime
    by: str


class Post(Record, PostDraft):
    """A post, as the house keeps and shows it."""

    filters: ClassVar[tuple[str, ...]] = ("kind", "author")

    state: PostState = Column(default=PostState.DRAFT, sa_type=word_of(PostState))
    policy_id: UUID | None = None
    author: str
    last_edited_by: str
    comment: str | None = None
    finding_answers: list[AnsweredFinding] = Column(default=[], sa_type=json_of(list[AnsweredFinding]))
    approval: Approval | None = Column(default=None, sa_type=json_of(Approval))
    publish_at: datetime | None = Column(default=None, sa_type=UTCDateTime)
    companion_notices: list[CompanionNotice] = Column(default=[], sa_type=json_of(list[CompanionNotice]))
    publications: list[Publication] = Column(default=[], sa_type=json_of(list[Publication]))
    failure: PublicationFailure | None = Column(default=None, sa_type=json_of(PublicationFailure))
    replies: list[Reply] = Column(default=[], sa_type=json_of(list[Reply]))
    withdrawal: Withdrawal | None = Column(default=None, sa_type=json_of(Withdrawal))
    withdrawn_by: str | None = None
    escalated_at: datetime | None = Column(default=None, sa_type=UTCDateTime)

    @property
    def content_hash(self) -> str:
        """What an approval binds (POST-2): the words, where they go, and what was declared about them."""
        content = self.model_dump(mode="json", include=set(PostDraft.model_fields))
        content["platforms"] = sorted(content["platforms"])
        return sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    @property
    def platforms_published(self) -> set[Platform]:
        """Where it is public already."""
        return {each.platform for each in self.publications}


class PostRow(Post, Row, table=True):
    """Every post."""

    __tablename__ = "post"
