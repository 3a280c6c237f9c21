"""What people say of posts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.posts import (
    Closure,
    Declaration,
    NoticeArranged,
    PostDraft,
    PostKind,
    PublicationFailure,
    PublicationTime,
    PublishedAs,
    ReplyDraft,
    ReplyTemplate,
    StaffNamed,
    Withdrawal,
)
from models.screening import AnswerToFinding, FindingAnswer, FindingAnswers
from models.settings import NoticePlace, Platform
from tests.laws import CLOSES, DAY, NOON, always


def declared(**but: Any) -> Declaration:
    """What the author of an innocent post declares."""
    innocent = {
        "related_to_practice": True,
        "specific_to_practice": True,
        "clinical_information": False,
        "identifies_patient": False,
    }
    return Declaration.model_validate(innocent | but)


def announcement(*platforms: Platform, **but: Any) -> PostDraft:
    """An announcement about nothing but the practice, but for what is said."""
    where = list(platforms) or [Platform.FACEBOOK, Platform.WEBSITE]
    return PostDraft(purpose="News", text="Flu clinic on Saturday.", platforms=where, declaration=declared(**but))


def closure_notice(text: str = "Closed for training. Call 999 or 111.", **but: Any) -> PostDraft:
    """The notice of a planned closure, but for what is said; `closure=None` leaves its date out."""
    closure = Closure.model_validate({"closes_at": CLOSES} | but) if but.get("closes_at", CLOSES) else None
    return PostDraft(
        kind=PostKind.CLOSURE_NOTICE, purpose="Training", text=text, platforms=[Platform.FACEBOOK],
        declaration=declared(), closure=closure,
    )  # fmt: skip


GOOD, CLOSED = announcement(), closure_notice()
CLOSED_LATER = closure_notice(closes_at=CLOSES + DAY)
LINKING = announcement().model_copy(update={"text": "See example.org for more."})
LINK = "link-4-15"
DRAFTS = {
    "good": GOOD,
    "certain": announcement().model_copy(update={"text": "Ring 07700 900123."}),
    "naming": announcement().model_copy(update={"text": "Snow White is here on Monday."}),
    "linking": LINKING,
    "unrelated": announcement(related_to_practice=False),
    "unspecific": announcement(specific_to_practice=False),
    "clinical": announcement(clinical_information=True),
    "identifying": announcement(identifies_patient=True),
    "unasked": announcement(staff_named=[StaffNamed(staff_id=UUID(int=7), consented=False)]),
    "elsewhere": announcement(Platform.INSTAGRAM),
    "closed": CLOSED,
    "closed another day": CLOSED_LATER,
    "closed sometime": closure_notice(closes_at=None),
    "closed without help": closure_notice("Closed for training, as in 1999. Call 111."),
    "closed without warning": closure_notice(planned=False),
    "closed at short notice": closure_notice(short_notice_reason="A burst pipe."),
}
"""Posts of every sort that the rules speak of."""


PLATFORMS = (Platform.FACEBOOK, Platform.WEBSITE, Platform.INSTAGRAM, Platform.X)


SAID: dict[Any, Any] = {
    PostDraft: always(*DRAFTS.values()),
    PublicationTime: always(*(PublicationTime(publish_at=NOON + days * DAY) for days in (-1, 1, 5, 12))),
    PublishedAs: always(*(PublishedAs(platform=each) for each in PLATFORMS)),
    PublicationFailure: always(
        *(PublicationFailure(platform=each, reason="Down.") for each in (Platform.FACEBOOK, Platform.X))
    ),
    Withdrawal: always(*(Withdrawal(reason="Wrong day.", emergency=each) for each in (False, True))),
    NoticeArranged: always(NoticeArranged(place=NoticePlace.DOOR)),
    ReplyDraft: always(
        ReplyDraft(platform=Platform.FACEBOOK, template=ReplyTemplate.THANKS),
        ReplyDraft(platform=Platform.FACEBOOK, template=ReplyTemplate.COMPLAINTS_PROCEDURE),
        ReplyDraft(platform=Platform.X, template=ReplyTemplate.THANKS),
    ),
    FindingAnswers: always(
        *(
            FindingAnswers(answers=[AnswerToFinding(finding=about, answer=answer)])
            for about, answer in (
                (LINK, FindingAnswer.PUBLIC_INFORMATION),
                (LINK, FindingAnswer.HAS_CONSENT),
                ("link-0-4", FindingAnswer.PUBLIC_INFORMATION),
            )
        )
    ),
}
