"""What a practice's policy settles: one value for each way in which practices differ, and where that value comes from."""

from enum import StrEnum
from typing import Any, Generic, Self, TypeVar

from pydantic import Field, model_validator

from models.record import Payload
from models.roles import PEOPLE, Role
from models.text import Address, Line, Paragraph

T = TypeVar("T")
A_QUARTER = 90
"""In days: the longest that a policy can make a notice, a look or a reminder wait."""


class Origin(StrEnum):
    """Whether the practice's document says it, or the service had to assume it."""

    FROM_POLICY = "from_policy"
    SERVICE_DEFAULT = "service_default"


class Setting(Payload, Generic[T]):
    """A value, where it stands in the document (title and section, in `source`), and what to know about it.

    Without a source it is the service's own default, so that nobody takes an assumption for the practice's policy.
    """

    value: T
    origin: Origin
    source: Line | None = None
    note: Paragraph | None = None

    @model_validator(mode="before")
    @classmethod
    def _origin_follows_from_source(cls, given: Any) -> Any:
        if isinstance(given, dict) and "origin" not in given:
            return {**given, "origin": Origin.FROM_POLICY if given.get("source") else Origin.SERVICE_DEFAULT}
        return given

    @model_validator(mode="after")
    def _source_and_origin_agree(self) -> Self:
        if (self.origin == Origin.FROM_POLICY) != (self.source is not None):
            raise ValueError("a value from the policy names its source, and a service default has none")
        return self


class DeviceRule(StrEnum):
    """Whether a portable device may be used in a consultation."""

    NEVER = "never"
    BY_AGREEMENT = "by_agreement"


class RecordingRule(StrEnum):
    """What the document says of a patient who records their own consultation."""

    BY_AGREEMENT = "by_agreement"
    NOT_INHIBITED = "not_inhibited"
    SILENT = "silent"


class RecordingStance(StrEnum):
    """How the practice feels about recordings, which permits and forbids nothing."""

    DISCOURAGED = "discouraged"
    NEUTRAL = "neutral"
    PROMOTED = "promoted"


class PublicAreaMedia(StrEnum):
    """What may not be made in the waiting room or where other patients are."""

    PHOTOGRAPHS = "photographs"
    PHOTOGRAPHS_AND_RECORDINGS = "photographs_and_recordings"


class StaffMedia(StrEnum):
    """Whether staff may be photographed or recorded."""

    NEVER = "never"
    WITH_CONSENT = "with_consent"


class Platform(StrEnum):
    """A place where a practice or a patient can post."""

    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    X = "x"
    LINKEDIN = "linkedin"
    YOUTUBE = "youtube"
    WHATSAPP = "whatsapp"
    GOOGLE = "google"
    WEBSITE = "website"


class PlatformAccount(Payload):
    """A page that the practice runs, where it can delete what others post."""

    platform: Platform
    url: Address | None = None
    deletable: bool = True


class ReviewChannelKind(StrEnum):
    """Where reviews of the practice go."""

    NHS_WEBSITE = "nhs_website"
    OWN_WEBSITE = "own_website"
    OWN_PAGE = "own_page"
    UNSTATED = "unstated"


class ReviewChannel(Payload):
    """Where patients leave a review, and whether they must leave it there."""

    kind: ReviewChannelKind
    url: Address | None = None
    obligatory: bool = False


class PageComplaint(StrEnum):
    """What happens to a complaint that is posted on a page."""

    DELETED = "deleted"
    AT_DISCRETION = "at_discretion"


class DeletionScope(StrEnum):
    """Where the practice says that it deletes unacceptable posts."""

    FACEBOOK_PAGE = "facebook_page"
    FACEBOOK_AND_INSTAGRAM_PAGES = "facebook_and_instagram_pages"
    ALL_PRACTICE_OUTLETS = "all_practice_outlets"


class ComplaintScope(StrEnum):
    """On which platforms a posted complaint is dealt with as `page_complaint` says."""

    OWN_PAGES = "own_pages"
    ANY_PLATFORM = "any_platform"


class Firmness(StrEnum):
    """Whether the practice binds itself, or keeps the choice."""

    WILL = "will"
    MAY = "may"


class CopyToRecord(StrEnum):
    """Whether a patient may be asked for a copy of their recording."""

    MAY_BE_SUGGESTED = "may_be_suggested"
    SILENT = "silent"


class CovertTrigger(StrEnum):
    """When covert recording calls for the practice's responses."""

    EACH = "each"
    PATTERN = "pattern"


class MedicalMessages(StrEnum):
    """What happens to medical information sent by social media, messaging or e-mail."""

    DELETED_AND_REDIRECTED = "deleted_and_redirected"
    NOT_ADDRESSED = "not_addressed"


class FriendRequests(StrEnum):
    """What staff do with a patient's friend request."""

    PRESUMPTION_AGAINST = "presumption_against"
    CAUTION = "caution"
    NOT_ADDRESSED = "not_addressed"


class ImmediateRemovalGround(StrEnum):
    """What the document names as reason for removal at once; the contract regulations narrow it."""

    VIOLENCE = "violence"
    THREAT = "threat"
    VERBAL_ABUSE = "verbal_abuse"


class NoticePlace(StrEnum):
    """Where a planned closure is announced, beside the post itself."""

    WEBSITE = "website"
    DOOR = "door"
    PHONE_MESSAGE = "phone_message"


class Article(StrEnum):
    """A right under the UK GDPR that the document names."""

    ACCESS = "15"
    RECTIFICATION = "16"
    ERASURE = "17"
    RESTRICTION = "18"
    PORTABILITY = "20"
    OBJECTION = "21"


def assumed(value: Any) -> Any:
    """A field that the service fills where a document is silent."""
    return Field(default_factory=lambda: {"value": value, "origin": Origin.SERVICE_DEFAULT}, validate_default=True)


def duty(*holders: Role) -> Any:
    """A duty that the service hands to these roles where a document names nobody."""
    return assumed(list(holders))


DutyHolders = Setting[list[Role]]


class Duties(Payload):
    """Who does what. Posts are approved by the communications manager alone, and no setting changes that (POST-3)."""

    be_told: DutyHolders = duty(Role.PRACTICE_MANAGER)
    monitor: DutyHolders = duty(Role.PRACTICE_MANAGER)
    remove: DutyHolders = duty(Role.PRACTICE_MANAGER)
    contact_author: DutyHolders = duty(Role.PRACTICE_MANAGER)
    decide: DutyHolders = duty(Role.PARTNER, Role.PRACTICE_MANAGER)
    handle_complaints: DutyHolders = duty(Role.COMPLAINTS_LEAD)
    answer_reviews: DutyHolders = duty(Role.PRACTICE_MANAGER)
    use_platforms: DutyHolders = duty(Role.PRACTICE_MANAGER, Role.COMMUNICATIONS_MANAGER)

    @model_validator(mode="after")
    def _held_by_people(self) -> Self:
        for holders in dict(self).values():
            if not holders.value or set(holders.value) - PEOPLE or len(set(holders.value)) < len(holders.value):
                raise ValueError("each duty is held by at least one role, each named once, that a person can have")
        return self


class PolicySettings(Payload):
    """Everything in which one practice's policy differs from another's."""

    duties: Duties = Field(default_factory=dict, validate_default=True)

    platform_accounts: Setting[list[PlatformAccount]] = assumed([])
    recognised_platforms: Setting[list[Platform]] = assumed([])
    clinical_information_in_posts: Setting[bool] = assumed(False)
    posts_specific_to_practice: Setting[bool] = assumed(True)
    approval_before_posting: Setting[bool] = assumed(True)
    allow_self_approval: Setting[bool] = assumed(False)
    closure_lead_days: Setting[int] = assumed(7)
    closure_companion_notices: Setting[list[NoticePlace]] = assumed([])
    monitoring_days: Setting[int] = assumed(7)
    acknowledgement_days: Setting[int] = assumed(14)

    device_rule: Setting[DeviceRule] = assumed(DeviceRule.BY_AGREEMENT)
    recording_rule: Setting[RecordingRule] = assumed(RecordingRule.SILENT)
    recording_stance: Setting[RecordingStance] = assumed(RecordingStance.NEUTRAL)
    public_area_media: Setting[PublicAreaMedia] = assumed(PublicAreaMedia.PHOTOGRAPHS)
    staff_media: Setting[StaffMedia] = assumed(StaffMedia.WITH_CONSENT)
    record_entry_coded: Setting[Firmness] = assumed(Firmness.MAY)
    copy_to_record: Setting[CopyToRecord] = assumed(CopyToRecord.SILENT)
    covert_trigger: Setting[CovertTrigger] = assumed(CovertTrigger.EACH)

    deletion_scope: Setting[DeletionScope] = assumed(DeletionScope.ALL_PRACTICE_OUTLETS)
    page_complaint: Setting[PageComplaint] = assumed(PageComplaint.AT_DISCRETION)
    page_complaint_scope: Setting[ComplaintScope] = assumed(ComplaintScope.OWN_PAGES)
    generic_reply_to_complaints: Setting[bool] = assumed(False)
    social_media_grievance_is_complaint: Setting[bool] = assumed(False)
    review_channel: Setting[ReviewChannel] = assumed({"kind": ReviewChannelKind.UNSTATED})
    feedback_route: Setting[Line | None] = assumed(None)
    online_contact: Setting[Line | None] = assumed(None)
    online_contact_url: Setting[Address | None] = assumed(None)
    medical_messages: Setting[MedicalMessages] = assumed(MedicalMessages.NOT_ADDRESSED)
    friend_requests: Setting[FriendRequests] = assumed(FriendRequests.NOT_ADDRESSED)

    legal_advice: Setting[Firmness] = assumed(Firmness.MAY)
    defence_body: Setting[Line | None] = assumed(None)
    legal_bases: Setting[list[Line]] = assumed([])
    relationship_breakdown_named: Setting[bool] = assumed(False)
    never_removed_for_complaining: Setting[bool] = assumed(True)
    immediate_removal_grounds: Setting[list[ImmediateRemovalGround]] = assumed(
        [ImmediateRemovalGround.VIOLENCE, ImmediateRemovalGround.THREAT]
    )
    rights_listed: Setting[list[Article]] = assumed([])

    @model_validator(mode="after")
    def _within_reason(self) -> Self:
        if not 0 <= self.closure_lead_days.value <= A_QUARTER:
            raise ValueError("closure_lead_days is between 0 and 90")
        for name in ("monitoring_days", "acknowledgement_days"):
            if not 1 <= getattr(self, name).value <= A_QUARTER:
                raise ValueError(f"{name} is between 1 and 90")
        platforms = [account.platform for account in self.platform_accounts.value]
        if len(set(platforms)) < len(platforms):
            raise ValueError("platform_accounts names each platform once")
        return self


DEFAULTS = PolicySettings()
"""What holds where no policy is in force."""
