"""Rights requests in several small explorations: how they arrive, who asks, what is waited for, decided and done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from models.cases import Assignment
from models.letters import ContactCheck, SendingWay
from models.letters import Sending as LetterSent
from models.people import Person
from models.restrictions import Restriction, RestrictionDraft, RestrictionState
from models.rights import AskedBy, ReplyBy, Right, Scope
from models.rights_decisions import ReasonCode, Result, Sending
from models.rights_requests import RightsRequest, RightsRequestState
from models.rights_steps import (
    ContactConfirmation,
    ContactMethod,
    IdentityMethod,
    IdentityProof,
    PersonMatch,
    WithdrawalWord,
)
from models.roles import Role
from models.staff import RoleGrant, StaffDraft, StaffMember
from tests.exploration import Scenario
from tests.laws import CLOCK, LAWS, MANAGER, NOON, RIGHTS, Request, World, always, happen, laws_of, somebody
from tests.said import SAID
from tests.said.people import IDENTITIES
from tests.said.rights import (
    DECISIONS,
    GRETEL,
    MOTHER,
    ON_THE_WEBSITE,
    REFUSED,
    UPHELD,
    asking,
    deciding,
    impositions,
    of_the_dead,
)
from tests.worlds import opened
from workflows.roles import Person as Actor

CLINICIAN, WEBSITE, RECEPTION, SYSTEM = map(
    somebody, (Role.CLINICIAN, Role.PRACTICE_WEBSITE, Role.RECEPTION_MANAGER, Role.CLINICAL_SYSTEM)
)
DAYS = timedelta(days=1)
KNOWN = IdentityProof(method=IdentityMethod.KNOWN_IN_PERSON)
BY_EMAIL = ContactConfirmation(reply_by=ReplyBy.EMAIL, method=ContactMethod.ONE_TIME_CODE)
WAITING = (NOON, NOON + 40 * DAYS)
HALF_A_YEAR = (NOON, NOON + 200 * DAYS)


def said_of(world: World, person: Actor, name: str, *payload: Any) -> World:
    """The world after somebody asked this of the only request."""
    return happen(world, Request(person, LAWS[f"rights_request.{name}"], world.of(RightsRequest)[0], payload))


@cache
def practice() -> World:
    """A practice that knows one person, and has no information rights lead in its directory."""
    return happen(opened(), Request(MANAGER, LAWS["person.record"], IDENTITIES[0]))


@cache
def led() -> World:
    """The same practice, with the information rights lead in its directory."""
    lead = StaffDraft(subject="briar-rose", name="Briar Rose", roles=[RoleGrant(role=Role.INFORMATION_RIGHTS_LEAD)])
    return happen(practice(), Request(MANAGER, LAWS["staff_member.appoint"], lead))


def received(draft: Any, person: Actor = RIGHTS, world: World | None = None) -> World:
    """A request that was just taken in."""
    return happen(world or practice(), Request(person, LAWS["rights_request.receive"], draft))


def matched(world: World) -> World:
    """The request is of the person on record, and how they are reached is confirmed."""
    (person,) = world.of(Person)
    world = said_of(world, RIGHTS, "match_person", PersonMatch(person_id=person.id, how_it_is_known="The hood."))
    return said_of(world, RIGHTS, "confirm_contact", BY_EMAIL)


def in_review(draft: Any, world: World | None = None) -> World:
    """A request of somebody who is known."""
    return said_of(matched(received(draft, world=world)), RIGHTS, "satisfy_identity", KNOWN)


def decided(draft: Any, decision: Any, world: World | None = None) -> World:
    """A request that was decided, and not answered yet."""
    return said_of(in_review(draft, world), RIGHTS, "decide", decision)


def actioned(draft: Any, decision: Any, world: World | None = None) -> World:
    """A request that was answered, and is being done."""
    return said_of(decided(draft, decision, world), RIGHTS, "send_decision", Sending(reply_by=ReplyBy.EMAIL))


MARKETING = asking(right=Right.ERASURE, scope=Scope.MARKETING)
ERASED = deciding(UPHELD, Result.ERASED)
NO = deciding(REFUSED, Result.REFUSED, ReasonCode.MANIFESTLY_UNFOUNDED)
BY_A_PARENT = asking(concerned=GRETEL, asked_by=AskedBy.PARENT, representative=MOTHER)
BY_A_FRIEND = asking(asked_by=AskedBy.FRIEND, representative=MOTHER)


def laws(*names: str) -> tuple[Any, ...]:
    """These laws of rights requests."""
    return tuple(LAWS[f"rights_request.{each}"] for each in names)


def one_request(world: World) -> bool:
    """Worlds with one request."""
    return len(world.of(RightsRequest)) <= 1


def arriving() -> Scenario:
    """By every way, from everybody."""
    return Scenario(
        (practice(),),
        (RIGHTS, WEBSITE),
        laws("receive"),
        SAID,
        moments=(NOON,),
        within=lambda each: not each.of(RightsRequest),
    )


def standing() -> Scenario:
    """Who somebody is, and on whose authority they ask."""
    grown_up = asking(asked_by=AskedBy.PARENT, representative=MOTHER)
    worlds = tuple(matched(received(each)) for each in (asking(), BY_A_FRIEND, BY_A_PARENT, grown_up))
    names = ("ask_identity", "satisfy_identity", "ask_authority", "satisfy_authority", "assess_child", "withdraw")
    return Scenario(worlds, (RIGHTS, CLINICIAN, RECEPTION), laws(*names), SAID, moments=(NOON,), within=asked_once_each)


def asked_once_each(world: World) -> bool:
    """Worlds in which neither proof is asked for again and again."""
    return all(
        len(world.done(f"rights_request.{each}")) <= 1
        for each in ("ask_identity", "ask_authority", "satisfy_authority")
    )


def waiting() -> Scenario:
    """For a fee, for an answer, for longer; until it lapses."""
    worlds = (in_review(asking()), in_review(asking(right=Right.PORTABILITY)), in_review(of_the_dead()))
    names = (
        "withdraw", "charge_fee", "fee_paid", "waive_fee", "ask_clarification", "clarified", "extend", "remind", "lapse",
        "fall_away",
    )  # fmt: skip
    return Scenario(worlds, (RIGHTS, MANAGER), laws(*names), SAID, moments=WAITING, within=asked_once)


def asked_once(world: World) -> bool:
    """Worlds in which nothing is asked again and again."""
    asked = world.done(*(f"rights_request.{each}" for each in ("charge_fee", "ask_clarification")))
    return len(asked) <= 1 and len(world.done("rights_request.remind")) <= 1


def to_be_decided() -> tuple[World, ...]:
    """Requests of every sort that the rules of the decision speak of."""
    objection = asking(right=Right.OBJECTION)
    child = asking(concerned=GRETEL)
    opinion = asking(right=Right.RECTIFICATION)
    conduct = asking(right=Right.RECTIFICATION, scope=Scope.CONDUCT_FILE)
    held = said_of(in_review(MARKETING), RIGHTS, "hold", first_said_of("hold"))
    by_a_friend = said_of(received(BY_A_FRIEND), RIGHTS, "satisfy_identity", KNOWN)
    unknown = said_of(
        said_of(received(MARKETING), MANAGER, "charge_fee", first_said_of("charge_fee")), MANAGER, "fee_paid",
        first_said_of("fee_paid"),
    )  # fmt: skip
    return (
        *map(in_review, (asking(), MARKETING, asking(right=Right.ERASURE), objection, child, opinion, conduct)),
        in_review(asking(right=Right.OBJECTION, scope=Scope.MARKETING)), held, by_a_friend, unknown,
        in_review(MARKETING, led()), in_review(of_the_dead()),
    )  # fmt: skip


def first_said_of(name: str) -> Any:
    """The first thing that people say by this law."""
    payload = LAWS[f"rights_request.{name}"].payload
    return SAID[payload](World())[0]


def deciding_it() -> Scenario:
    """The clinician's part, the lead's, and the letter that is not sent yet."""
    names = ("clinical_opinion", "decide", "reconsider", "withdraw")
    return Scenario(
        to_be_decided(), (RIGHTS, MANAGER, CLINICIAN), laws(*names), SAID, moments=HALF_A_YEAR, within=looked_at_twice
    )


def looked_at_twice(world: World) -> bool:
    """Worlds in which nothing is decided again and again."""
    decided = len(world.done("rights_request.decide")) + len(world.done("rights_request.reconsider"))
    return decided <= 2 and len(world.done("rights_request.clinical_opinion")) <= 1


def answering() -> Scenario:
    """Sent to a contact that is theirs, told to whoever had it, and closed."""
    restricted = asking(right=Right.RESTRICTION, scope=Scope.MARKETING)
    shown = asking(scope=Scope.MARKETING)
    worlds = (
        decided(MARKETING, ERASED), decided(MARKETING, NO), decided(restricted, deciding(UPHELD, Result.RESTRICTED)),
        decided(shown, DECISIONS[0]), said_of(decided(MARKETING, NO), RIGHTS, "hold", first_said_of("hold")),
        said_of(decided(MARKETING, ERASED), RIGHTS, "hold", first_said_of("hold")),
    )  # fmt: skip
    names = (
        "confirm_contact", "send_decision", "send_refusal", "tell_recipient", "recipient_answered", "close", "withdraw",
    )  # fmt: skip
    asked = (*laws(*names), LAWS["restriction.impose"])
    said = {**SAID, RestrictionDraft: lambda world: [each for each in impositions(world) if each.rights_request_id]}
    return Scenario(worlds, (RIGHTS, SYSTEM), asked, said, moments=(NOON,), within=one_recipient)


def one_recipient(world: World) -> bool:
    """Worlds in which what can be repeated is not repeated for ever."""
    told, confirmed = (len(world.done(f"rights_request.{each}")) for each in ("tell_recipient", "confirm_contact"))
    return told <= 1 and confirmed <= 2 and len(world.of(Restriction)) <= 1


def in_every_state(world: World | None = None) -> tuple[World, ...]:
    """A request in each state that is not its end; in every one a contact is confirmed."""
    begun = matched(received(BY_A_FRIEND, world=world))
    known = in_review(MARKETING, world)
    return (
        begun,
        said_of(begun, RIGHTS, "ask_identity", first_said_of("ask_identity")),
        said_of(begun, RIGHTS, "ask_authority", first_said_of("ask_authority")),
        said_of(begun, MANAGER, "charge_fee", first_said_of("charge_fee")),
        known,
        said_of(known, RIGHTS, "ask_clarification", first_said_of("ask_clarification")),
        decided(MARKETING, ERASED, world),
        actioned(MARKETING, ERASED, world),
    )


def reminded(world: World) -> World:
    """The same, ten days after a reminder that came after thirty."""
    world = said_of(replace(world, now=NOON + 30 * DAYS), RIGHTS, "remind")
    return replace(world, now=NOON + 40 * DAYS)


def over(world: World) -> bool:
    """Worlds in which the request has come to its end: nothing more can happen there."""
    return all(each.state in ENDS["rights_request"] for each in world.of(RightsRequest))


def everyday() -> Scenario:
    """One step of everyday work from every state."""
    names = (
        "match_person", "classify", "correct_details", "confirm_contact", "recalculate", "assess_child", "hold", "withdraw",
        "transfer", "fall_away", "extend", "assign", "note", "log_contact", "escalate", "remind", "lapse", "close",
    )  # fmt: skip
    later = tuple(replace(each, now=NOON + 40 * DAYS) for each in in_every_state())
    without = received(ON_THE_WEBSITE, WEBSITE)
    by_code = said_of(
        without,
        WEBSITE,
        "confirm_contact",
        ContactConfirmation(reply_by=ReplyBy.EMAIL, method=ContactMethod.ONE_TIME_CODE),
    )
    worlds = (
        *in_every_state(),
        *later,
        *map(reminded, in_every_state()[1:4]),
        reminded(in_every_state()[5]),
        without,
        by_code,
        received(of_the_dead()),
    )
    return Scenario(worlds, (RIGHTS, CLINICIAN, WEBSITE, CLOCK), laws(*names), SAID, moments=(NOON,), within=over)


def holding() -> Scenario:
    """Held, and released."""
    held = tuple(said_of(each, RIGHTS, "hold", first_said_of("hold")) for each in in_every_state())
    return Scenario(
        (*held, *in_every_state()),
        (RIGHTS, CLINICIAN),
        laws("release_hold"),
        SAID,
        moments=(NOON,),
        within=lambda _: False,
    )


def handing_over() -> Scenario:
    """Handed over by whoever works on it."""
    (lead,) = (each for each in led().of(StaffMember) if each.subject == "briar-rose")
    themselves = Actor(str(lead.id), lead.roles_at(NOON))
    theirs = tuple(said_of(each, themselves, "assign", Assignment(to=lead.id)) for each in in_every_state(led()))
    return Scenario(
        theirs, (themselves, RIGHTS), laws("hand_over", "withdraw", "close"), SAID, moments=(NOON,), within=over
    )


def beside_another(world: World) -> World:
    """The same, after another request came and was taken back."""
    world = happen(world, Request(RIGHTS, LAWS["rights_request.receive"], asking()))
    word = WithdrawalWord(how_they_said_so="By phone.")
    return happen(world, Request(RIGHTS, LAWS["rights_request.withdraw"], world.of(RightsRequest)[1], (word,)))


def linking() -> Scenario:
    """A request is linked to another one."""
    two = tuple(map(beside_another, in_every_state()))
    return Scenario(two, (RIGHTS, CLINICIAN), laws("link", "withdraw", "close"), SAID, moments=(NOON,), within=over)


def restricting() -> tuple[Scenario, ...]:
    """Set, for a request or without one, and lifted once the person was told."""
    besides = (*laws_of("restriction"), LAWS["letter.record_sent"])
    said = {**SAID, LetterSent: always(BY_POST)}
    requests = (received(asking()), matched(received(asking())), in_review(asking()))
    return (
        Scenario((practice(),), (RIGHTS, CLOCK), besides, said, moments=(NOON, NOON + 4 * DAYS), within=told_twice),
        Scenario(requests, (RIGHTS,), (LAWS["restriction.impose"],), SAID, moments=(NOON,), within=unrestricted),
    )


def unrestricted(world: World) -> bool:
    """Worlds in which nothing is restricted."""
    return not world.of(Restriction)


def told_twice(world: World) -> bool:
    """Worlds with one restriction, in which its lifting was announced twice at most."""
    return len(world.of(Restriction)) <= 1 and len(world.done("restriction.notify_lifting")) <= 2


BY_POST = LetterSent(way=SendingWay.POST, to="1 Forest Path", checked=ContactCheck.AS_ON_RECORD)

SCENARIOS: dict[str, Callable[[], Scenario | tuple[Scenario, ...]]] = {
    "rights_request": lambda: (
        arriving(), standing(), waiting(), deciding_it(), answering(), everyday(), holding(),
        handing_over(), linking(),
    ),
    "restriction": restricting,
}  # fmt: skip
ENDS: dict[str, set[Any]] = {
    "rights_request": {
        RightsRequestState.CLOSED,
        RightsRequestState.WITHDRAWN,
        RightsRequestState.TRANSFERRED,
        RightsRequestState.LAPSED,
    },
    "restriction": {RestrictionState.LIFTED},
}
RESTS: dict[str, set[Any]] = {
    # Information stays restricted as long as the ground for it is there.
    "restriction": {RestrictionState.ACTIVE},
}
