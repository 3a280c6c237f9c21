"""What people say of rights requests and of restrictions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from models.people import Person, PersonContact
from models.restrictions import LiftNotice, NewReview, RestrictionDraft, RestrictionGround, StayReason
from models.rights import AskedBy, Channel, LawfulBasis, Regime, ReplyBy, Right, Scope
from models.rights_decisions import (
    ClinicalOpinionDraft,
    DecisionDraft,
    EntryNature,
    Outcome,
    ReasonCode,
    Reconsideration,
    Result,
    Route,
    Sending,
)
from models.rights_requests import Concerned, Representative, RightsRequest, RightsRequestDraft
from models.rights_steps import (
    AuthorityProof,
    AuthorityQuestion,
    ChildAssessment,
    ClarificationAbout,
    ClarificationAnswer,
    ClarificationQuestion,
    Classification,
    Closing,
    ContactConfirmation,
    ContactMethod,
    ContactStanding,
    Death,
    DetailsCorrection,
    DoneSomewhere,
    ExtensionGround,
    ExtensionNotice,
    FeeCharge,
    FeeGround,
    FeeReceipt,
    FeeWaiver,
    HoldGround,
    HoldOrder,
    HoldRelease,
    IdentityMethod,
    IdentityProof,
    IdentityQuestion,
    LapseNotice,
    NotTold,
    PersonMatch,
    Recalculation,
    RecipientAnswer,
    RecipientReply,
    RecipientTold,
    Transfer,
    WithdrawalWord,
)
from tests.laws import NOON, World, always

TODAY = NOON.date()
LATER, LONG_AGO = TODAY + timedelta(days=900), date(2026, 1, 5)
CONTACT = PersonContact(address=["1 Forest Path"], email="red@example.com")
RED = Concerned(name="Little Red Riding Hood", date_of_birth=date(1990, 5, 4), contact=CONTACT)
GRETEL = Concerned(name="Gretel", date_of_birth=date(2015, 5, 4), contact=CONTACT)
MOTHER = Representative(name="The Miller's Daughter", contact=CONTACT)


def asking(**said: Any) -> RightsRequestDraft:
    """A request at the desk, but for what is said."""
    usual = {"right": Right.ACCESS, "about": "All of it.", "concerned": RED, "channel": Channel.IN_PERSON}
    return RightsRequestDraft.model_validate({**usual, **said})


def of_the_dead(**said: Any) -> RightsRequestDraft:
    """An application to see the record of somebody who has died."""
    usual = {"regime": Regime.AHRA_1990, "asked_by": AskedBy.CLAIMANT, "representative": MOTHER}
    return asking(**{**usual, **said})


TOGETHER = UUID("01900000-0000-7000-8000-00000000a5ed")
ON_THE_WEBSITE = asking(channel=Channel.WEBSITE, correspondence_id=TOGETHER)
DRAFTS = (
    asking(),
    ON_THE_WEBSITE,
    asking(channel=Channel.WEBSITE, concerned=Concerned(name="Nobody")),
    asking(received_on=LATER),
    asking(received_on=LONG_AGO),
    asking(received_on=LONG_AGO, late_entry_reason="It lay in a drawer."),
    of_the_dead(),
    of_the_dead(right=Right.ERASURE),
    of_the_dead(regime=Regime.UK_GDPR),
)
MATCHED = UUID(int=13)


def matches(world: World) -> list[PersonMatch]:
    """Everybody on record, and somebody who isn't."""
    return [
        PersonMatch(person_id=each, how_it_is_known="The same red hood.")
        for each in (*(each.id for each in world.of(Person)), MATCHED)
    ]


def impositions(world: World) -> list[RestrictionDraft]:
    """A restriction of everybody's record, and of somebody's who isn't there; by itself, and for every request."""
    return [
        RestrictionDraft(
            person_id=person, rights_request_id=request, ground=RestrictionGround.UNLAWFUL, scope=Scope.CLINICAL_RECORD,
            what="The wolf.", systems=["EMIS"],
        )
        for person in (*(each.id for each in world.of(Person)), MATCHED)
        for request in (None, *(each.id for each in world.of(RightsRequest)))
    ]  # fmt: skip


def deciding(outcome: Outcome, result: Result, *codes: ReasonCode, **said: Any) -> DecisionDraft:
    """A decision that says all that it has to, but for what is said."""
    refused: dict[str, Any] = {"reasons_told": ["The law says so."], "routes_told": list(Route)}
    usual: dict[str, Any] = {
        "outcome": outcome, "result": result, "reason_codes": list(codes), "reason_held": "The law says so.",
        "what_is_done": [] if outcome == Outcome.REFUSED else ["We did it."], "balancing_test": "Weighed.",
        **({} if outcome == Outcome.UPHELD else refused),
    }  # fmt: skip
    return DecisionDraft.model_validate({**usual, **said})


UPHELD, PARTLY, REFUSED = Outcome
DECISIONS = (
    deciding(UPHELD, Result.GIVEN),
    deciding(PARTLY, Result.GIVEN_IN_PART, ReasonCode.SERIOUS_HARM),
    deciding(REFUSED, Result.REFUSED, ReasonCode.MANIFESTLY_UNFOUNDED),
    deciding(REFUSED, Result.REFUSED, ReasonCode.MANIFESTLY_UNFOUNDED, routes_told=[Route.JUDICIAL_REMEDY]),
    deciding(REFUSED, Result.REFUSED, ReasonCode.MANIFESTLY_UNFOUNDED, balancing_test=None),
    deciding(REFUSED, Result.REFUSED, ReasonCode.DEAD_NOT_ENTITLED),
    deciding(REFUSED, Result.REFUSED),
    deciding(UPHELD, Result.ERASED),
    deciding(UPHELD, Result.CORRECTED),
    deciding(UPHELD, Result.RESTRICTED),
    deciding(UPHELD, Result.STOPPED),
)
OPINIONS = (
    ClinicalOpinionDraft(entry=EntryNature.FACT, may_be_done=True, reason="A slip.", serious_harm_likely=False),
    ClinicalOpinionDraft(entry=EntryNature.FACT, may_be_done=False, reason="Needed.", serious_harm_likely=False),
    ClinicalOpinionDraft(entry=EntryNature.OPINION, may_be_done=True, reason="Held.", serious_harm_likely=False),
    ClinicalOpinionDraft(
        entry=EntryNature.NOT_CONTESTED, may_be_done=True, reason="A wolf.", serious_harm_likely=True, harm_reason="It bites."
    ),
)  # fmt: skip

SAID: dict[Any, Any] = {
    RightsRequestDraft: always(*DRAFTS),
    PersonMatch: matches,
    Classification: always(
        Classification(scope=Scope.CLINICAL_RECORD, lawful_basis=LawfulBasis.PUBLIC_TASK, contests_opinion=False)
    ),
    DetailsCorrection: always(DetailsCorrection(name="Red Cap", contact=CONTACT, reason="Married the hunter.")),
    ContactConfirmation: always(
        ContactConfirmation(reply_by=ReplyBy.EMAIL, method=ContactMethod.ONE_TIME_CODE),
        ContactConfirmation(reply_by=ReplyBy.PHONE, method=ContactMethod.ONE_TIME_CODE),
        ContactConfirmation(reply_by=ReplyBy.POST, method=ContactMethod.ON_THE_RECORD),
        ContactConfirmation(reply_by=ReplyBy.POST, method=ContactMethod.ONE_TIME_CODE),
        ContactConfirmation(
            reply_by=ReplyBy.EMAIL, method=ContactMethod.TOLD_IN_PERSON, standing=ContactStanding.DISPUTED
        ),
    ),
    Recalculation: always(
        Recalculation(reason="The date stamp.", received_on=LONG_AGO),
        Recalculation(reason="A day to come.", received_on=LATER),
    ),
    IdentityQuestion: always(IdentityQuestion(doubt="Big teeth.", what_would_settle_it=["A photograph."])),
    IdentityProof: always(
        IdentityProof(method=IdentityMethod.KNOWN_IN_PERSON),
        IdentityProof(method=IdentityMethod.NHS_LOGIN_P9),
        IdentityProof(method=IdentityMethod.KNOWN_IN_PERSON, received_on=LATER),
    ),
    AuthorityQuestion: always(AuthorityQuestion(what_would_settle_it=["A letter that she signed."])),
    AuthorityProof: always(
        AuthorityProof(covers="All.", covers_this_request=True),
        AuthorityProof(covers="The house.", covers_this_request=False),
        AuthorityProof(covers="All.", covers_this_request=True, received_on=LATER),
        AuthorityProof(covers="All.", covers_this_request=True, parental_responsibility_seen=True),
        AuthorityProof(covers="All.", covers_this_request=True, parental_responsibility_seen=True, child_agrees=True),
    ),
    ChildAssessment: always(
        ChildAssessment(understands=True, in_best_interests=True, reason="Clever."),
        ChildAssessment(understands=False, in_best_interests=True, reason="Little."),
        ChildAssessment(understands=False, in_best_interests=False, reason="A stepmother."),
    ),
    HoldOrder: always(HoldOrder(ground=HoldGround.SAFEGUARDING, reason="A wolf at the door.")),
    HoldRelease: always(HoldRelease(reason="The hunter came.")),
    FeeCharge: always(
        FeeCharge(ground=FeeGround.MANIFESTLY_EXCESSIVE, reasons="Each day.", amount_pence=500, basis="Paper.")
    ),
    FeeReceipt: always(FeeReceipt(), FeeReceipt(paid_on=LATER)),
    FeeWaiver: always(FeeWaiver(reason="Poor.")),
    ClarificationQuestion: always(
        ClarificationQuestion(question="Which year?"),
        ClarificationQuestion(about=ClarificationAbout.FORM_OF_THE_ANSWER, question="On paper?"),
    ),
    ClarificationAnswer: always(
        ClarificationAnswer(answer="This one."), ClarificationAnswer(answer="?", answered_on=LATER)
    ),
    ExtensionNotice: always(ExtensionNotice(ground=ExtensionGround.COMPLEXITY, reasons="Many rooms.")),
    ClinicalOpinionDraft: always(*OPINIONS),
    DecisionDraft: always(*DECISIONS),
    Reconsideration: always(Reconsideration(reason="A word was wrong.")),
    Sending: always(Sending(reply_by=ReplyBy.EMAIL), Sending(reply_by=ReplyBy.POST)),
    RecipientTold: always(
        RecipientTold(recipient="The hospital", system="Its own", told_on=TODAY),
        RecipientTold(recipient="The wood", system="None", not_told=NotTold.IMPOSSIBLE, why="Nobody knows who."),
        RecipientTold(recipient="The hospital", system="Its own", told_on=LATER),
    ),
    RecipientAnswer: always(
        RecipientAnswer(place=1, reply=RecipientReply.ACKNOWLEDGED),
        RecipientAnswer(place=9, reply=RecipientReply.FAILED),
    ),
    Closing: always(
        Closing(done=[DoneSomewhere(system="EMIS", what="Done.")]),
        Closing(done=[DoneSomewhere(system="EMIS", what="Done.")], never_disclosed_to_anybody=True),
    ),
    WithdrawalWord: always(WithdrawalWord(how_they_said_so="At the desk.")),
    Transfer: always(Transfer(right_controller="The hospital", how_to_reach_them="By post.", reasons="It is theirs.")),
    LapseNotice: always(LapseNotice(reason="No word.")),
    Death: always(Death(died_on=TODAY), Death(died_on=LATER)),
    RestrictionDraft: impositions,
    LiftNotice: always(
        LiftNotice(reasons="It was right.", lifted_from=TODAY + timedelta(days=2)),
        LiftNotice(reasons="It was right.", lifted_from=TODAY),
    ),
    StayReason: always(StayReason(reason="A new doubt.")),
    NewReview: always(NewReview(review_on=TODAY + timedelta(days=3), reason="Not yet.")),
}
