"""What people say of platforms and of reviews."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.monitoring_checks import Counted, FollowUp, Found, Look, MonitoringCheck
from models.posts import ReplyTemplate
from models.reviews import (
    LeftReason,
    LeftUnanswered,
    ReportGround,
    ReviewAnswer,
    ReviewClassification,
    ReviewDraft,
    ReviewKind,
    SiteReport,
)
from models.settings import Platform
from models.sites import Site
from tests.laws import DAY, MOMENTS, NOON, World, always

FOUND_COMPLAINT = [Counted(kind=Found.COMPLAINT, count=1)]


def looks(world: World) -> list[Look]:
    """Looks at platforms: at one's own and others', with what calls for somebody, in time to come, and corrections."""
    entries: list[Any] = [each.id for each in world.of(MonitoringCheck)]
    return [
        Look(platform=Platform.FACEBOOK, looked_at=NOON),
        Look(platform=Platform.X, looked_at=NOON),
        Look(platform=Platform.FACEBOOK, looked_at=MOMENTS[2] + DAY),
        Look(platform=Platform.FACEBOOK, looked_at=NOON, found=FOUND_COMPLAINT),
        Look(
            platform=Platform.FACEBOOK, looked_at=NOON, found=FOUND_COMPLAINT,
            follow_up=[FollowUp.COMPLAINTS_LEAD_TOLD],
        ),
        *(Look(platform=Platform.FACEBOOK, looked_at=NOON, corrects=each) for each in [*entries[:4], UUID(int=13)]),
    ]  # fmt: skip


REVIEWS_SEEN = [
    ReviewDraft(site=Site.NHS_WEBSITE, kind=kind, concerns_safety=safety)
    for kind in ReviewKind
    for safety in (False, True)
    if not safety or kind == ReviewKind.CONCERN
]
NAMING_REVIEW = ReviewDraft(site=Site.NHS_WEBSITE, kind=ReviewKind.PRAISE, gist="Snow White was kind.")


SAID: dict[Any, Any] = {
    Look: looks,
    ReviewDraft: always(*REVIEWS_SEEN, NAMING_REVIEW),
    ReviewClassification: always(
        ReviewClassification(kind=ReviewKind.PRAISE),
        ReviewClassification(kind=ReviewKind.COMPLAINT),
        ReviewClassification(kind=ReviewKind.CONCERN, concerns_safety=True),
    ),
    SiteReport: always(SiteReport(ground=ReportGround.SPAM)),
    ReviewAnswer: always(*(ReviewAnswer(template=each) for each in ReplyTemplate)),
    LeftUnanswered: always(LeftUnanswered(reason=LeftReason.NOTHING_TO_ADD)),
}
