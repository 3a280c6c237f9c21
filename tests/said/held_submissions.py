"""What people say of submissions that look like junk."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.data_protection_complaints import Complainant, ComplaintChannel, DataProtectionComplaintDraft
from models.held_submissions import HeldSubmissionDraft, SentIn, SettingAside, Suspicion
from models.people import PersonContact
from models.rights import AskedBy, Channel, Regime, Right
from models.rights_requests import Concerned, Representative, RightsRequestDraft
from tests.laws import always
from tests.said.rights import TOGETHER

CONTACT = PersonContact(email="red@example.com")
WHOLE = RightsRequestDraft(
    right=Right.ACCESS, about="All of it.", channel=Channel.WEBSITE,
    concerned=Concerned(name="Little Red Riding Hood", date_of_birth=date(1990, 5, 4), contact=CONTACT),
    correspondence_id=TOGETHER,
)  # fmt: skip
OF_THE_DEAD = WHOLE.model_copy(
    update={
        "regime": Regime.AHRA_1990,
        "asked_by": AskedBy.CLAIMANT,
        "representative": Representative(name="The Woodcutter", contact=CONTACT),
    }
)


COMPLAINT = DataProtectionComplaintDraft(
    about="Nobody answered.",
    complainant=Complainant(name="The Woodcutter", contact=CONTACT),
    channel=ComplaintChannel.WEBSITE,
    correspondence_id=TOGETHER,
)


def held(request: SentIn) -> HeldSubmissionDraft:
    """A submission that came faster than anybody writes."""
    what = "complaint" if isinstance(request, DataProtectionComplaintDraft) else "request"
    return HeldSubmissionDraft.model_validate({what: request, "suspicions": [Suspicion.TOO_FAST]})


SAID: dict[Any, Any] = {
    HeldSubmissionDraft: always(
        held(WHOLE),
        held(COMPLAINT),
        held(COMPLAINT.model_copy(update={"complainant": Complainant(name="Nobody")})),
        held(OF_THE_DEAD),
        held(WHOLE.model_copy(update={"concerned": Concerned(name="Nobody")})),
        held(WHOLE.model_copy(update={"regime": Regime.AHRA_1990})),
    ),
    SettingAside: always(SettingAside(reason="It sells slippers.")),
}
