"""What people say of data protection complaints."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.data_protection_complaints import (
    AcknowledgementWay,
    Complainant,
    ComplaintAcknowledgement,
    ComplaintChannel,
    ComplaintOutcomeGiven,
    ComplaintWithdrawal,
    DataProtectionComplaintDraft,
    EnquiryNote,
    NHSComplaintTag,
    PersonFound,
    ProgressToTell,
    RequestNamed,
)
from models.letter_facts.complaints import ComplaintOutcome
from models.people import Person, PersonContact
from models.rights_requests import RightsRequest
from tests.laws import DAY, NOON, World, always
from tests.said.rights import TOGETHER
from tests.said.staff import colleagues

TODAY = NOON.date()
RED = Complainant(name="Red Riding Hood", contact=PersonContact(email="red@example.com"))
UNREACHED = Complainant(name="Red Riding Hood")


def complaint(**but: Any) -> DataProtectionComplaintDraft:
    """A complaint that came by telephone, or otherwise."""
    said = {"about": "A letter went to the wolf.", "complainant": RED, "channel": ComplaintChannel.TELEPHONE, **but}
    return DataProtectionComplaintDraft(**said)


BY_WEBSITE = complaint(channel=ComplaintChannel.WEBSITE, correspondence_id=TOGETHER)
LATE = complaint(received_on=TODAY - 14 * DAY)
COMPLAINTS = (
    complaint(), BY_WEBSITE, LATE, complaint(channel=ComplaintChannel.WEBSITE, complainant=UNREACHED),
    complaint(received_on=TODAY - 14 * DAY, late_entry_reason="It lay in a drawer."),
    complaint(channel=ComplaintChannel.WEBSITE, received_on=TODAY - DAY), complaint(received_on=TODAY + 900 * DAY),
)  # fmt: skip
"""As it should be, from the website, late without and with a reason, unreachable, backdated by the website, and to come."""


def acknowledged(on: date | None = None) -> ComplaintAcknowledgement:
    """An acknowledgement, by letter."""
    return ComplaintAcknowledgement(way=AcknowledgementWay.LETTER, on=on)


def people_found(world: World) -> list[PersonFound]:
    """Everybody on record, and somebody who isn't."""
    known = [*(each.id for each in world.of(Person)), colleagues(World())[0]]
    return [PersonFound(person_id=each, how_it_is_known="By the hood.") for each in known]


def requests_named(world: World) -> list[RequestNamed]:
    """Every rights request, and one that isn't there."""
    known = [*(each.id for each in world.of(RightsRequest)), colleagues(World())[0]]
    return [RequestNamed(request_id=each) for each in known]


SAID: dict[Any, Any] = {
    DataProtectionComplaintDraft: always(*COMPLAINTS),
    ComplaintAcknowledgement: always(acknowledged(), acknowledged(TODAY - 30 * DAY), acknowledged(TODAY + 900 * DAY)),
    EnquiryNote: always(EnquiryNote(step="The wolf was asked.")),
    ProgressToTell: always(
        *(ProgressToTell(done_so_far=("The wolf was asked.",), next_by=TODAY + days * DAY) for days in (0, 20))
    ),
    ComplaintOutcomeGiven: always(
        ComplaintOutcomeGiven(outcome=ComplaintOutcome.UPHELD, reasons=("It did go to the wolf.",))
    ),
    ComplaintWithdrawal: always(ComplaintWithdrawal(how_they_said_so="On the telephone.")),
    NHSComplaintTag: always(NHSComplaintTag(reason="The nurse was rude as well.")),
    PersonFound: people_found,
    RequestNamed: requests_named,
}
