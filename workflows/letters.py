"""Letters: issued because something happened in a case, sent by somebody, and never changed.

Nobody asks for a letter by itself: a transition of a case entails `issue`, and what the law or the work on the case demands of
the letter is looked for before it is kept.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from models.letter_facts.facts import Facts
from models.letters import (
    Addressee,
    ContactCheck,
    Letter,
    LetterDraft,
    LetterState,
    Replacement,
    Return,
    Sending,
    SendingWay,
    SentLetter,
)
from models.people import Person
from models.record import Record
from models.rights import ReplyBy
from models.rights_requests import RightsRequest
from models.rights_steps import ContactConfirmed, ContactMethod
from models.roles import Duty, Role
from workflows.engine import Act, Consequence, Workflow, guard, lookup
from workflows.letter_texts.composing import addressed, citations, compose, hash_of, missing, template_of
from workflows.roles import Audience, here

__all__ = [
    "CHECKS", "PUBLIC", "REACHES", "WAYS", "addressed", "issue", "letter", "letters", "record_returned", "record_sent", "replace",
    "send_answer", "withdraw",
]  # fmt: skip

LONDON = ZoneInfo("Europe/London")
PUBLIC: Final = None
"""To nobody: what is said in public."""

SENT_WITHIN: Final = timedelta(days=2)
"""By when a letter is sent. It is the service's default: no practice's document and no statute says so."""

ANSWERS: Final = "rights_request.decide"
"""What calls for the letter that answers a rights request."""

WRITERS = (
    Role.PRACTICE_MANAGER, Role.PARTNER, Role.COMPLAINTS_LEAD, Role.INFORMATION_RIGHTS_LEAD, Duty.CONTACT_AUTHOR,
    Duty.HANDLE_COMPLAINTS, Duty.DECIDE,
)  # fmt: skip
"""Who works on the cases in which letters are written, and so sees and sends them."""

letters = Workflow("letter", "letters", Letter, starts=LetterState.ISSUED, seen_by=(*WRITERS, Role.CLOCK))

REACHES: Final[Mapping[SendingWay, frozenset[ContactCheck]]] = {
    SendingWay.POST: frozenset({ContactCheck.AS_ON_RECORD, ContactCheck.GIVEN_IN_PERSON}),
    SendingWay.BY_HAND: frozenset({ContactCheck.GIVEN_IN_PERSON}),
    SendingWay.EMAIL: frozenset({ContactCheck.AS_ON_RECORD, ContactCheck.GIVEN_IN_PERSON, ContactCheck.CODE_CONFIRMED}),
    SendingWay.PATIENT_ACCOUNT: frozenset({ContactCheck.AS_ON_RECORD, ContactCheck.CODE_CONFIRMED}),
    SendingWay.PLATFORM_MESSAGE: frozenset({ContactCheck.ACCOUNT_THAT_POSTED}),
    SendingWay.PUBLISHED: frozenset({ContactCheck.PUBLIC}),
}
"""By which ways a letter goes, and how it is known for each that it reaches the right person."""
WAYS: Final = {
    ReplyBy.EMAIL: SendingWay.EMAIL,
    ReplyBy.POST: SendingWay.POST,
    ReplyBy.IN_PERSON: SendingWay.BY_HAND,
    ReplyBy.PATIENT_ACCOUNT: SendingWay.PATIENT_ACCOUNT,
}
"""By which way a letter goes to each contact that somebody gave with a rights request; on the telephone none goes."""
CHECKS: Final = {
    ContactMethod.ONE_TIME_CODE: ContactCheck.CODE_CONFIRMED,
    ContactMethod.ON_THE_RECORD: ContactCheck.AS_ON_RECORD,
    ContactMethod.TOLD_IN_PERSON: ContactCheck.GIVEN_IN_PERSON,
}
"""How it is known of each such contact that it reaches them."""


@lookup(RightsRequest)
def the_request_it_answers(kept: Letter, act: Act) -> Mapping[str, Any]:
    """The rights request whose answer the letter is, if it is one."""
    return {"id": frozenset([kept.case_id] if kept.issued_by == ANSWERS else [])}


@lookup(Person)
def the_addressee(kept: Letter, act: Act) -> Mapping[str, Any]:
    """To whom the letter goes, as they are known now."""
    return {"id": kept.person_id}


@guard("The letter does not hold all that its rule demands. It is not issued.")
def holds_what_is_demanded(draft: LetterDraft, act: Act) -> bool:
    """LET-2: a letter holds all that its template's rule demands."""
    return not missing(draft.facts, compose(draft.facts, here(act), today(act), draft.addressee).blocks)


@guard("A letter is sent once it was issued, and what is sent has happened.")
def sent_by_now(kept: Letter, act: Act, sending: Sending) -> bool:
    """LET-22: what is recorded as sent was sent, after it was issued."""
    return sending.sent_at is None or kept.created_at <= sending.sent_at <= act.at


@guard(
    "What is for the public is published, and nothing else is. Send it the right way, to a contact verified for that way."
)
def reaches_the_right_person(kept: Letter, act: Act, sending: Sending) -> bool:
    """LET-23: a letter goes to its addressee alone, by a way that is verified to reach them."""
    for_the_public = kept.content.addressee is None
    published = sending.way == SendingWay.PUBLISHED
    return published == for_the_public and sending.checked in REACHES[sending.way]


@guard(
    "An answer to a rights request is sent with the request itself; and after that, to a contact that was confirmed there.",
    needs=[the_request_it_answers],
)
def answer_goes_with_its_request(kept: Letter, act: Act, sending: Sending) -> bool:
    """RIGHT-18: an answer goes to a contact that is known to be theirs, when it is sent again as well."""
    return kept.issued_by != ANSWERS or any(
        request.sent is not None and any(reaches_by(sending, each) for each in request.contacts if each.is_safe)
        for request in act.looked_up(the_request_it_answers)
    )


@guard("Nothing comes back before it is sent, or on a day to come.")
def came_back_by_now(kept: Letter, act: Act, returned: Return) -> bool:
    """LET-22: what is recorded has happened."""
    sent = kept.sent
    return sent is not None and local_day(sent.at) <= returned.returned_on <= today(act)


@guard("What is public does not come back.")
def went_to_somebody(kept: Letter, act: Act) -> bool:
    """LET-23: only what goes to somebody can fail to reach them."""
    return kept.content.addressee is not None


@guard("There is still time to send it.")
def sending_is_late(kept: Letter, act: Act) -> bool:
    """LET-24: a letter is late when its day has passed, and not before."""
    return act.at >= kept.created_at + SENT_WITHIN


@guard("The management has been told already.")
def not_escalated_yet(kept: Letter, act: Act) -> bool:
    """LET-24: once is enough."""
    return kept.escalated_at is None


@letters.opens(when=[holds_what_is_demanded], tells=[Audience.MANAGEMENT])
def issue(draft: LetterDraft, act: Act) -> Letter:
    """Write a letter because a case calls for it, and freeze it (LET-1)."""
    day = today(act)
    content = compose(draft.facts, here(act), day, draft.addressee)
    return Letter(
        id=draft.letter_id, practice=act.practice.code, created_at=act.at, template=draft.facts.template,
        template_edition=template_of(draft.facts).edition, case_kind=draft.case_kind, case_id=draft.case_id,
        case_version=draft.case_version, issued_by=draft.issued_by,
        person_id=draft.addressee.person_id if draft.addressee else None, facts=draft.facts, content=content,
        content_hash=hash_of(content), law=citations(draft.facts, day), supersedes=draft.supersedes,
    )  # fmt: skip


@letters.transition(
    LetterState.ISSUED,
    LetterState.RETURNED,
    to=LetterState.SENT,
    by=WRITERS,
    when=[sent_by_now, reaches_the_right_person, answer_goes_with_its_request],
)
def record_sent(kept: Letter, act: Act, sending: Sending) -> None:
    """Record that the letter was sent: how, when, and to which verified contact or address."""
    go_out(kept, act, sending)


@letters.transition(LetterState.ISSUED, to=LetterState.SENT, when=[sent_by_now, reaches_the_right_person])
def send_answer(kept: Letter, act: Act, sending: Sending) -> None:
    """Record that the letter went out with the answer to the rights request that it belongs to."""
    go_out(kept, act, sending)


def go_out(kept: Letter, act: Act, sending: Sending) -> None:
    """Keep how it was sent, and by whom."""
    kept.sent = SentLetter(
        at=sending.sent_at or act.at, way=sending.way, to=sending.to, checked=sending.checked, by=act.actor.id
    )


@letters.transition(
    LetterState.SENT,
    to=LetterState.RETURNED,
    by=WRITERS,
    when=[went_to_somebody, came_back_by_now],
    tells=[Audience.MANAGEMENT],
)
def record_returned(kept: Letter, act: Act, returned: Return) -> None:
    """Record that the letter came back, or could not be delivered."""
    kept.returned = returned


@letters.transition(
    LetterState.ISSUED, LetterState.SENT, LetterState.RETURNED, to=LetterState.SUPERSEDED, by=WRITERS, needs=[the_addressee],
    entails=[issue],
)  # fmt: skip
def replace(kept: Letter, act: Act, replacement: Replacement) -> list[Consequence]:
    """Write the letter anew, with the same facts and the details of now. What was written stays as it was (LET-1)."""
    kept.replaced_because = replacement.reason
    known = act.looked_up(the_addressee)
    anew = LetterDraft(
        facts=kept.facts, case_kind=kept.case_kind, case_id=kept.case_id,
        case_version=kept.case_version, issued_by=kept.issued_by,
        addressee=addressed(known) if known else kept.content.addressee, supersedes=kept.id,
    )  # fmt: skip
    return [issue.on(anew)]


@letters.transition(LetterState.ISSUED, to=LetterState.WITHDRAWN)
def withdraw(kept: Letter, act: Act) -> None:
    """Take a letter back that was not sent, because its case takes back what called for it."""


@letters.transition(
    LetterState.ISSUED, to=None, by=[Role.CLOCK], when=[sending_is_late, not_escalated_yet], tells=[Audience.MANAGEMENT]
)
def escalate(kept: Letter, act: Act) -> None:
    """Tell the management that a letter was not sent in time."""
    kept.escalated_at = act.at


@letters.deadline(law="LET-24")
def sending(kept: Letter) -> datetime | None:
    """Two days after the letter was issued. That is the service's default: no policy and no statute says so."""
    return kept.created_at + SENT_WITHIN if kept.state == LetterState.ISSUED else None


def letter(facts: Facts, case: Record, *, because: str, to: Addressee | None, begins: bool = False) -> Consequence:
    """The letter that a transition of a case entails; `because` is its name, such as `incident.warn`.

    Where the case `begins` with it, it is the case's first version that calls for the letter, and otherwise the next one.
    """
    kind = because.partition(".")[0]
    draft = LetterDraft.model_validate(
        {
            "facts": facts, "case_kind": kind, "case_id": case.id, "case_version": 1 if begins else case.version + 1,
            "issued_by": because, "addressee": to,
        }
    )  # fmt: skip
    return issue.on(draft)


def reaches_by(sending: Sending, contact: ContactConfirmed) -> bool:
    """Whether it goes the way of this contact, and is known to reach it as this contact is."""
    return (sending.way, sending.checked) == (WAYS.get(contact.reply_by), CHECKS[contact.method])


def today(act: Act) -> date:
    """The day on which somebody asks, in London."""
    return local_day(act.at)


def local_day(moment: datetime) -> date:
    """The day of a moment, in London."""
    return moment.astimezone(LONDON).date()
