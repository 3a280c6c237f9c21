"""What people say of submissions that look like junk."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.held_submissions import HeldSubmissionDraft, SettingAside, Suspicion
from models.people import PersonContact
from models.rights import AskedBy, Channel, Regime, Right
from models.rights_requests import Concerned, Representative, RightsRequestDraft
from tests.laws import always

CONTACT = PersonContact(email="red@example.com")
WHOLE = RightsRequestDraft(
    right=Right.ACCESS, about="All of it.", channel=Channel.WEBSITE,
    concerned=Concerned(name="Little Red Riding Hood", date_of_birth=date(1990, 5, 4), contact=CONTACT),
)  # fmt: skip
OF_THE_DEAD = WHOLE.model_copy(
    update={
        "regime": Regime.AHRA_1990,
        "asked_by": AskedBy.CLAIMANT,
        "representative": Representative(name="The Woodcutter", contact=CONTACT),
    }
)


def held(request: RightsRequestDraft) -> HeldSubmissionDraft:
    """A submission that came faster than anybody writes."""
    return HeldSubmissionDraft(request=request, suspicions=[Suspicion.TOO_FAST])


SAID: dict[Any, Any] = {
    HeldSubmissionDraft: always(
        held(WHOLE),
        held(OF_THE_DEAD),
        held(WHOLE.model_copy(update={"concerned": Concerned(name="Nobody")})),
        held(WHOLE.model_copy(update={"regime": Regime.AHRA_1990})),
    ),
    SettingAside: always(SettingAside(reason="It sells slippers.")),
}
