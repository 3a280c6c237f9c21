"""How a rights request arrives: by any way, from anybody, with its true day; whom it concerns is found out afterwards."""

from collections.abc import Mapping
from typing import Any, Final

from models.people import Person, PersonContact, PersonState
from models.reckonings import RightsClock
from models.restrictions import RestrictionGround
from models.rights import ARTICLE, FOR_THE_DEAD, Channel, Regime, ReplyBy, Right, Scope
from models.rights_requests import OPEN, UNDECIDED, RightsRequest, RightsRequestDraft
from models.rights_steps import (
    Classification,
    ContactConfirmation,
    ContactConfirmed,
    ContactMethod,
    DetailsCorrection,
    PersonMatch,
    Recalculation,
)
from models.roles import Role
from workflows.engine import Act, guard, lookup
from workflows.letters import CHECKS, REACHES, WAYS, issue
from workflows.rights_requests.dates import learn, reckon
from workflows.rights_requests.guidance import USUAL_BASIS
from workflows.rights_requests.law import LEAD, WORKERS, rights_requests
from workflows.rights_requests.wording import acknowledgement, contact_of
from workflows.roles import Audience
from workflows.statutory_time import calendar_of, older_than_five_working_days, today

SUGGESTED: Final = {
    Right.RECTIFICATION: RestrictionGround.ACCURACY_CONTESTED,
    Right.OBJECTION: RestrictionGround.OBJECTION_PENDING,
}
"""The ground on which information should be restricted while a request is pending."""

CODES_GO_TO: Final = frozenset({ReplyBy.EMAIL, ReplyBy.PHONE})
"""Where a one-time code of the website goes."""


@lookup(Person)
def the_person(request: RightsRequest, act: Act, match: PersonMatch) -> Mapping[str, Any]:
    """Whoever the request is to be matched to."""
    return {"id": match.person_id, "state": PersonState.ON_RECORD}


@guard("A request is not received after today.")
def received_by_now(draft: RightsRequestDraft, act: Act) -> bool:
    """RIGHT-1: a request counts from the day on which it truly arrived, a day in London."""
    return draft.received_on is None or draft.received_on <= today(act)


@guard("It came more than five working days ago: say why it is recorded only now.")
def late_entry_is_explained(draft: RightsRequestDraft, act: Act) -> bool:
    """RIGHT-1: a request counts from the day on which it truly arrived, a day in London."""
    said = draft.received_on
    late = said is not None and older_than_five_working_days(said, today(act), calendar_of(act))
    return not late or draft.late_entry_reason is not None


@guard("From the website a request comes today, with a date of birth and a way to reach whoever asks.")
def website_says_enough(draft: RightsRequestDraft, act: Act) -> bool:
    """G-03: whoever asks on the website says who they are, and how they are reached."""
    if Role.PRACTICE_WEBSITE not in act.actor.roles:
        return True
    here_and_now = draft.channel == Channel.WEBSITE and draft.received_on is None
    return here_and_now and draft.concerned.date_of_birth is not None and reached(asking_contact(draft))


@guard(
    "About somebody who has died, the personal representative or a claimant asks for the health record, and nobody else does."
)
def regime_suits_who_asks(draft: RightsRequestDraft, act: Act) -> bool:
    """RIGHT-3: the dead have no rights under the UK GDPR; an Act of their own says who may see their health record."""
    for_the_dead = draft.regime == Regime.AHRA_1990
    suits = (draft.right, draft.scope) == (Right.ACCESS, Scope.CLINICAL_RECORD)
    return for_the_dead == (draft.asked_by in FOR_THE_DEAD) and (suits or not for_the_dead)


@guard("Nobody is on record under this identifier. Find or record the person first.", needs=[the_person])
def person_is_on_record(request: RightsRequest, act: Act, match: PersonMatch) -> bool:
    """RIGHT-4: a request is matched to somebody by a person who looked, and never by itself."""
    return bool(act.looked_up(the_person))


@guard("By a code the website knows an e-mail address or a telephone, and nothing else.")
def website_knows_by_code(request: RightsRequest, act: Act, contact: ContactConfirmation) -> bool:
    """RIGHT-18: an answer goes to a contact that is known to be theirs."""
    by_code = contact.method == ContactMethod.ONE_TIME_CODE and contact.reply_by in CODES_GO_TO
    return by_code or Role.PRACTICE_WEBSITE not in act.actor.roles


@guard("The request names no contact of this sort, or it is not known so. Record it first.")
def contact_was_given(request: RightsRequest, act: Act, contact: ContactConfirmation) -> bool:
    """RIGHT-18: an answer goes to a contact that is known to be theirs."""
    known_so = contact.reply_by == ReplyBy.PHONE or CHECKS[contact.method] in REACHES[WAYS[contact.reply_by]]
    return known_so and can_reach(contact_of(request), contact.reply_by)


@guard("The day of receipt is not after today.")
def true_day_is_past(request: RightsRequest, act: Act, what: Recalculation) -> bool:
    """RIGHT-1: a request counts from the day on which it truly arrived, a day in London."""
    return what.received_on is None or what.received_on <= today(act)


@rights_requests.opens(
    by=[Role.PRACTICE_WEBSITE, Role.STAFF],
    when=[received_by_now, late_entry_is_explained, website_says_enough, regime_suits_who_asks],
    tells=[Audience.INFORMATION_RIGHTS], entails=[issue],
)  # fmt: skip
def receive(draft: RightsRequestDraft, act: Act) -> Any:
    """Take in a request: by any way, in any words, from anybody. It is acknowledged, and its dates begin."""
    received_on = draft.received_on or today(act)
    by_website = Role.PRACTICE_WEBSITE in act.actor.roles
    said = {**dict(draft), "received_on": received_on}
    request = RightsRequest(
        practice=act.practice.code, created_at=act.at, reference="", taken_in_by=act.actor.id,
        website=act.actor.id if by_website else None, lawful_basis=USUAL_BASIS[draft.scope],
        suggested_restriction=suggested(draft.right, draft.scope),
        clock=RightsClock(received=received_on, article=int(ARTICLE[draft.right])), **said,
    )  # fmt: skip
    request.reference = reference_of(request)
    return request, [acknowledgement(request, reckon(request, act, "receive"))]


@rights_requests.with_each_transition
def leave_the_door(request: RightsRequest, act: Act) -> None:
    """The website sees what it sent until the practice does something with it: from then on the words are the practice's."""
    if Role.PRACTICE_WEBSITE not in act.actor.roles:
        request.website = None


@rights_requests.transition(*OPEN, to=None, by=WORKERS, when=[person_is_on_record])
def match_person(request: RightsRequest, act: Act, match: PersonMatch) -> None:
    """Say whose record the request concerns, once somebody has looked. No other request is touched by it."""
    request.person_id = match.person_id


@rights_requests.transition(*UNDECIDED, to=None, by=WORKERS)
def classify(request: RightsRequest, act: Act, found: Classification) -> None:
    """Say what the request turns out to be about, on which lawful basis the information is used, and whether it is an opinion."""
    request.scope, request.lawful_basis = found.scope, found.lawful_basis
    request.contests_opinion, request.oldest_entry = found.contests_opinion, found.oldest_entry
    request.suggested_restriction = suggested(request.right, found.scope)
    if request.regime == Regime.AHRA_1990 and request.due is not None:
        reckon(request, act, "classify")


@rights_requests.transition(*OPEN, to=None, by=LEAD)
def correct_details(request: RightsRequest, act: Act, details: DetailsCorrection) -> None:
    """Say anew whom the request concerns and how whoever asks is reached. What was confirmed about the contact counts no more."""
    said = {"name": details.name, "date_of_birth": details.date_of_birth}
    reached = {} if request.representative else {"contact": details.contact}
    request.concerned, request.contacts = request.concerned.model_copy(update={**said, **reached}), []
    if request.representative:
        request.representative = request.representative.model_copy(
            update={"contact": details.contact or PersonContact()}
        )


@rights_requests.transition(
    *OPEN, to=None, by=[Role.PRACTICE_WEBSITE, *WORKERS], when=[website_knows_by_code, contact_was_given]
)
def confirm_contact(request: RightsRequest, act: Act, contact: ContactConfirmation) -> None:
    """Record that a contact is theirs, how that is known, and whether somebody else might read what is sent there."""
    others = [each for each in request.contacts if each.reply_by != contact.reply_by]
    request.contacts = [*others, ContactConfirmed(**dict(contact), at=act.at, by=act.actor.id)]


@rights_requests.transition(*UNDECIDED, to=None, by=LEAD, when=[true_day_is_past])
def recalculate(request: RightsRequest, act: Act, what: Recalculation) -> None:
    """Work the dates out anew, for a reason that is kept: the day of receipt was wrong, or a bank holiday was proclaimed."""
    if what.received_on:
        request.received_on = what.received_on
        learn(request, received=what.received_on)
    if request.due is not None:
        reckon(request, act, "recalculate", what.reason)


def suggested(right: Right, scope: Scope) -> RestrictionGround | None:
    """On which ground to restrict while the request is pending: an objection to marketing is simply granted."""
    return None if (right, scope) == (Right.OBJECTION, Scope.MARKETING) else SUGGESTED.get(right)


def asking_contact(draft: RightsRequestDraft) -> PersonContact | None:
    """How whoever asks is reached."""
    return draft.representative.contact if draft.representative else draft.concerned.contact


def reached(contact: PersonContact | None) -> bool:
    """Whether a contact says any way at all."""
    return contact is not None and bool(contact.address or contact.phone or contact.email)


def can_reach(contact: PersonContact | None, reply_by: ReplyBy) -> bool:
    """Whether a contact says this way; whoever comes in person, or has an account, needs none."""
    match reply_by:
        case ReplyBy.EMAIL:
            return contact is not None and contact.email is not None
        case ReplyBy.POST:
            return contact is not None and bool(contact.address)
        case ReplyBy.PHONE:
            return contact is not None and contact.phone is not None
        case _:
            return True


ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS, BITS, HALF = 8, 5, 4


def reference_of(request: RightsRequest) -> str:
    """What the person quotes: eight signs out of the random part of the identifier, which tell nothing of the order."""
    rest = request.id.int & (1 << SIGNS * BITS) - 1
    signs = "".join(ALPHABET[rest >> BITS * place & 0x1F] for place in range(SIGNS))
    return f"RR-{signs[:HALF]}-{signs[HALF:]}"
