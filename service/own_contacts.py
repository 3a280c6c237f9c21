"""How somebody outside shows that what they sent in is theirs: by a code that went to the contact that it names."""

from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from models.data_protection_complaints import DataProtectionComplaint, DataProtectionComplaintDraft
from models.held_submissions import HeldSubmission, HeldSubmissionState
from models.people import PersonContact
from models.phones import mobile
from models.rights import ReplyBy
from models.rights_requests import OPEN, RightsRequest, RightsRequestDraft
from models.rights_steps import ContactConfirmation, ContactMethod, WithdrawalWord
from service.house import House
from service.intake import Became, by_pages
from service.integrations.messages import Way
from service.unit_of_work import Answer, Asked, Stale
from workflows import held_submissions as held
from workflows.refusals import Refusal
from workflows.rights_requests.ending import withdraw
from workflows.rights_requests.intake import confirm_contact

REPLIES: Final = {Way.EMAIL: ReplyBy.EMAIL, Way.TEXT: ReplyBy.PHONE}
"""Which contact of a request is theirs who knew a code that went this way."""

ON_THE_PAGES: Final = WithdrawalWord(
    how_they_said_so="On the practice's pages, having shown by a code that the contact is theirs."
)
STILL_OPEN: Final = frozenset({*OPEN, HeldSubmissionState.HELD, HeldSubmissionState.SET_ASIDE})


@dataclass(frozen=True, slots=True)
class OwnContact:
    """Where a code can be sent to whoever made a request, and by which way."""

    way: Way
    to: str = field(repr=False)


def contact_to_prove(record: Became, ways: frozenset[Way]) -> OwnContact | None:
    """The contact that whoever asked can show to be theirs; none for complaints, and once it is over."""
    said = record.request if isinstance(record, HeldSubmission) else record
    if isinstance(said, DataProtectionComplaint | DataProtectionComplaintDraft):
        return None
    if record.state not in STILL_OPEN:
        return None
    asking = (said.representative or said.concerned).contact
    return next((each for each in reached_at(asking) if each.way in ways), None) if asking else None


def reached_at(contact: PersonContact) -> list[OwnContact]:
    """Where a code can go: an e-mail address, and a mobile telephone."""
    number = mobile(contact.phone or "")
    found = (Way.EMAIL, contact.email), (Way.TEXT, number)
    return [OwnContact(way, to) for way, to in found if to]


async def confirm(house: House, practice: str, record: Became, way: Way, request_id: UUID) -> bool:
    """Keep with a request that its contact is theirs who made it; False where it has moved on. Raises NotFound or Unavailable."""
    work = by_pages(house, practice, request_id, theirs=record.id)
    if isinstance(record, HeldSubmission):
        return await happened(work.apply(held.prove_contact, record.id, Asked(version=lambda: record.version)))
    said = ContactConfirmation(reply_by=REPLIES[way], method=ContactMethod.ONE_TIME_CODE)
    return await happened(work.apply(confirm_contact, record.id, Asked(lambda: (said,), lambda: record.version)))


async def happened(change: Awaitable[Answer]) -> bool:
    """Whether it could be done to the record as it was looked at: somebody else may have been faster."""
    try:
        await change
    except (Refusal, Stale):
        return False
    return True


def is_proved(record: Became) -> bool:
    """Whether somebody knew a code that went to the contact that the request names now."""
    if isinstance(record, HeldSubmission):
        return record.contact_proved_at is not None
    contacts = record.contacts if isinstance(record, RightsRequest) else []
    return any(each.method == ContactMethod.ONE_TIME_CODE for each in contacts)


def can_be_withdrawn(record: Became) -> bool:
    """Whether it is a request that has not been answered yet. A complaint is taken back by word."""
    if isinstance(record, HeldSubmission):
        return isinstance(record.request, RightsRequestDraft) and record.state in held.withdraw.sources
    return isinstance(record, RightsRequest) and record.state in withdraw.sources


async def take_back(house: House, practice: str, record: Became, request_id: UUID) -> bool:
    """Take it back; False where it has moved on since it was looked at. Raises NotFound or Unavailable."""
    work = by_pages(house, practice, request_id, theirs=record.id)
    if isinstance(record, HeldSubmission):
        return await happened(work.apply(held.withdraw, record.id, Asked(version=lambda: record.version)))
    return await happened(work.apply(withdraw, record.id, Asked(lambda: (ON_THE_PAGES,), lambda: record.version)))
