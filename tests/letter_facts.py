"""Facts of every letter that there is, with fairy tale people, and what a second statement demands of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from models import letter_facts as facts
from models.letter_facts.complaints import ComplaintOutcome
from models.letter_facts.facts import Conduct, Facts, Posted, Step
from models.letter_facts.incidents import AdviceFinding, AppealOutcome, RemovalReasonKind, WarningExemption
from models.letter_facts.rights import (
    ExtensionGround,
    FeeGround,
    Outcome,
    RectificationResult,
    RestrictionReason,
    WaitingFor,
)
from models.posts import ReplyTemplate
from models.practices import Contacts
from models.settings import Article
from workflows.roles import PracticeInForce

DAY: Final = date(2026, 11, 23)
HERE: Final = PracticeInForce(
    "ZZ0001", Contacts(phone="01632 960001", email="surgery@example.com", complaints="https://example.com/complaints"),
    name="Gingerbread House Surgery",
)  # fmt: skip
BEFORE, LATER = date(2026, 11, 2), date(2026, 12, 7)
POST: Final = Posted(site="a town forum", seen_on=BEFORE, what="They mix up the jars.", url="https://example.com/p/1")
SAID: Final = ("We keep each jar in its own place.",)
CONDUCT: Final = (Conduct(on=BEFORE, what="You threw a shoe at the desk."),)
ABOUT: Final[dict[str, Any]] = {"reference": "R-7", "received_on": BEFORE}
ASKED: Final[dict[str, Any]] = {**ABOUT, "right": Article.ACCESS}
THE_DEAD: Final[dict[str, Any]] = {**ABOUT, "deceased": "Godmother Death"}
DATA: Final[dict[str, Any]] = {**ABOUT, "about": "You sent my note to the wrong house."}
DECISIONS: Final = (
    facts.AccessDecision,
    facts.RectificationDecision,
    facts.ErasureDecision,
    facts.RestrictionDecision,
    facts.PortabilityDecision,
    facts.ObjectionDecision,
)


def letters_of_incidents() -> Iterator[Facts]:
    """About what somebody posted or did."""
    yield facts.RemovalRequest(posts=(POST,), reasons=SAID, remove_by=LATER)
    yield facts.RecordingOnline(posted=POST, reasons=SAID, remove_by=LATER)
    yield facts.RecordingOnline(posted=POST, reasons=SAID, remove_by=LATER, recorded_on=BEFORE)
    for finding in AdviceFinding:
        yield facts.Advice(posts=(POST,), finding=finding, reasons=SAID)
    yield facts.RemovalRiskWarning(conduct=CONDUCT, reasons=SAID, has_to_change=("Be kind.",), answer_by=LATER)
    for outcome in AppealOutcome:
        yield facts.WarningReviewed(warned_on=BEFORE, outcome=outcome, reasons=SAID)
    yield from removals()
    yield facts.ComplaintRoute(seen_on=BEFORE)
    yield facts.ComplaintRoute(seen_on=BEFORE, about="The wait was long.", asked_to_remove=True)
    for reply in ReplyTemplate:
        yield facts.PublicReply(reply=reply)


def removals() -> Iterator[Facts]:
    """Off the list, on each ground."""
    tried = (Step(what="We met you.", on=BEFORE), Step(what="We asked for a talk."))
    for kind in RemovalReasonKind:
        yield facts.RemovalReasons(reason_kind=kind, reasons=SAID, warned_on=BEFORE, effective_on=LATER, tried=tried)
    for exemption in WarningExemption:
        yield facts.RemovalReasons(
            reason_kind=RemovalReasonKind.BREAKDOWN,
            exemption=exemption,
            exemption_reason="You have moved.",
            effective_on=LATER,
        )
    moment = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    for appeal in ("Here you have 28 days.", None):
        yield facts.ImmediateRemoval(conduct=CONDUCT, effective_at=moment, police_told_on=BEFORE, appeal=appeal)


def letters_on_the_way() -> Iterator[Facts]:
    """About a request that is not answered yet."""
    for right in Article:
        about: dict[str, Any] = {**ABOUT, "right": right}
        yield facts.RequestAcknowledged(
            **about, asks_for="All that you have.", due_on=LATER, steps=("You asked on a Monday.",)
        )
        yield facts.IdentityAsked(**about, doubt="The name is not the same.", would_settle=SAID)
        yield facts.AuthorityAsked(**about, subject="Gretel", would_settle=SAID)
        yield facts.ClarificationAsked(**about, questions=("Which year?",))
    for fee in FeeGround:
        yield facts.FeeAsked(**ASKED, ground=fee, reasons=SAID, amount=Decimal("7.5"), basis="Ink and thread.")
    for more in ExtensionGround:
        yield facts.TimeExtended(**ASKED, ground=more, reasons=SAID, was_due_on=BEFORE, due_on=LATER)
    for reason in RestrictionReason:
        yield facts.RestrictionInForce(**ASKED, what=SAID, reason=reason, since=BEFORE)
    yield facts.RestrictionLifting(**ASKED, what=SAID, since=BEFORE, reasons=SAID, lifted_from=LATER)
    yield facts.RequestWithdrawn(**ASKED, withdrawn_on=BEFORE)
    yield facts.RequestTransferred(**ASKED, to="Glass Hill Hospital", reach="Call 01632 960002.", reasons=SAID)
    for waiting in WaitingFor:
        yield facts.LapseReminder(**ASKED, waiting_for=waiting, asked_on=BEFORE, closes_on=LATER)
        yield facts.RequestLapsed(**ASKED, waiting_for=waiting, asked_on=BEFORE, reminded_on=BEFORE)


def answered(outcome: Outcome) -> dict[str, Any]:
    """What was done and why not, as the outcome has it."""
    done = () if outcome == Outcome.REFUSED else ("We made a copy.",)
    return {"outcome": outcome, "done": done, "reasons": () if outcome == Outcome.UPHELD else SAID}


def answers() -> Iterator[Facts]:
    """Every outcome of every right."""
    for outcome in Outcome:
        for kind in DECISIONS:
            yield kind(**ABOUT, **answered(outcome))
        yield facts.DeceasedDecision(**THE_DEAD, **answered(outcome))
        for result in RectificationResult:
            yield facts.RectificationDecision(
                **ABOUT, **answered(outcome), results=(result,), recipients=("The hospital",)
            )
        yield facts.ObjectionDecision(**ABOUT, **answered(outcome), direct_marketing=True)
    yield facts.DeceasedRequestAcknowledged(**THE_DEAD, due_on=LATER)
    yield facts.DeceasedRequestAcknowledged(**THE_DEAD, due_on=LATER, would_settle=SAID, steps=("The Act says so.",))


def letters_of_complaints() -> Iterator[Facts]:
    """About a data protection complaint."""
    yield facts.DataComplaintAcknowledged(**DATA)
    yield facts.DataComplaintAcknowledged(**DATA, nhs_complaint=True, request="R-3")
    yield facts.DataComplaintProgress(**DATA, done_so_far=SAID, next_by=LATER)
    for outcome in ComplaintOutcome:
        yield facts.DataComplaintOutcome(**DATA, outcome=outcome, reasons=SAID)
        yield facts.DataComplaintOutcome(**DATA, outcome=outcome, reasons=SAID, done=("We said sorry.",))


EVERY: Final[tuple[Any, ...]] = (*letters_of_incidents(), *letters_on_the_way(), *answers(), *letters_of_complaints())
"""Facts of every letter, with everything that can be different in them."""


def named(each: Any) -> str:
    """What one of these is called in a test."""
    about = [
        getattr(each, name, None)
        for name in ("outcome", "finding", "right", "ground", "reply", "reason_kind", "waiting_for")
    ]
    return "-".join([each.template, *(str(said) for said in about if said)])
