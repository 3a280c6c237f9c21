"""Restrictions: information is kept and not used. The person is told before one is lifted, whoever lifts it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from models.letter_facts.facts import LetterTemplate
from models.letter_facts.rights import RestrictionInForce, RestrictionLifting, RestrictionReason
from models.letters import Letter, LetterState
from models.people import Person, PersonState
from models.restrictions import (
    LiftNotice,
    LiftNotified,
    NewReview,
    Restriction,
    RestrictionDraft,
    RestrictionGround,
    RestrictionState,
    StayReason,
)
from models.rights_requests import RightsRequest
from models.roles import Role
from models.settings import Article
from workflows.engine import Act, Consequence, Workflow, guard, lookup
from workflows.escalations import telling_management
from workflows.letters import addressed, issue, letter
from workflows.letters import withdraw as take_letter_back
from workflows.roles import Audience
from workflows.statutory_time import end_of, today

LEAD: Final = (Role.INFORMATION_RIGHTS_LEAD,)
HEARS: Final = (Audience.CLINICAL_SYSTEMS, Audience.INFORMATION_RIGHTS)

restrictions = Workflow(
    "restriction", "restrictions", Restriction, starts=RestrictionState.ACTIVE,
    seen_by=(*LEAD, Role.PRACTICE_MANAGER, Role.PARTNER, Role.COMPLAINTS_LEAD, Role.CLINICIAN, Role.CLINICAL_SYSTEM,
        Role.CLOCK),
)  # fmt: skip

STANDING: Final = (RestrictionState.ACTIVE, RestrictionState.LIFT_NOTIFIED)
TOLD_AS: Final = {
    RestrictionGround.ACCURACY_CONTESTED: RestrictionReason.ACCURACY_CONTESTED,
    RestrictionGround.UNLAWFUL: RestrictionReason.UNLAWFUL,
    RestrictionGround.NEEDED_FOR_A_CLAIM: RestrictionReason.NEEDED_FOR_CLAIM,
    RestrictionGround.OBJECTION_PENDING: RestrictionReason.OBJECTION_PENDING,
}


@lookup(Person)
def whose_it_is(about: Restriction | RestrictionDraft, act: Act) -> Mapping[str, Any]:
    """The person whose information is restricted."""
    return {"id": about.person_id, "state": PersonState.ON_RECORD}


@lookup(RightsRequest)
def its_request(about: Restriction | RestrictionDraft, act: Act) -> Mapping[str, Any]:
    """The request that it follows from, if it does from one."""
    return {"id": frozenset(filter(None, [about.rights_request_id]))}


@lookup(Letter)
def notice_to_send(restriction: Restriction, act: Act) -> Mapping[str, Any]:
    """The notice that was written and not sent yet."""
    return {"case_id": restriction.id, "template": LetterTemplate.RESTRICTION_LIFTING, "state": LetterState.ISSUED}


@lookup(Letter)
def notice_sent(restriction: Restriction, act: Act) -> Mapping[str, Any]:
    """The notice that was sent."""
    return {"case_id": restriction.id, "template": LetterTemplate.RESTRICTION_LIFTING, "state": LetterState.SENT}


@guard("Nobody is on record under this identifier. Match the person first.", needs=[whose_it_is])
def person_is_known(draft: RestrictionDraft, act: Act) -> bool:
    """RIGHT-25: what is restricted is somebody's, and flagged where it is used."""
    return bool(act.looked_up(whose_it_is))


@guard(
    "The request is not known to be this person's: match it, and make sure who they are, first.", needs=[its_request]
)
def request_is_theirs(draft: RestrictionDraft, act: Act) -> bool:
    """GDPR-1: nothing is disclosed or changed before identity, and whoever asks for another has shown that they may."""
    found = act.looked_up(its_request)
    theirs = any(each.identity is not None and each.person_id == draft.person_id for each in found)
    return draft.rights_request_id is None or theirs


@guard("The day from which it is lifted is one to come, so that the person learns of it before.")
def lifted_on_a_day_to_come(restriction: Restriction, act: Act, notice: LiftNotice) -> bool:
    """RIGHT-26: the person is told before a restriction is lifted."""
    return notice.lifted_from > today(act)


@guard("The person was not told yet, or the day that they were told has not come.", needs=[notice_sent])
def person_was_told(restriction: Restriction, act: Act) -> bool:
    """RIGHT-26: the person is told before a restriction is lifted."""
    notified = restriction.notified
    sent = any(each.sent and each.sent.at >= notified.at for each in act.looked_up(notice_sent)) if notified else False
    return notified is not None and sent and today(act) >= notified.lifted_from


@restrictions.opens(
    by=LEAD, when=[person_is_known, request_is_theirs], needs=[whose_it_is, its_request], entails=[issue], tells=HEARS
)
def impose(draft: RestrictionDraft, act: Act) -> Any:
    """Restrict information: it is kept, and used only as Article 18(2) allows. The person, and every system, is told."""
    restriction = Restriction(
        practice=act.practice.code, created_at=act.at, started_on=today(act), set_by=act.actor.id, **dict(draft)
    )
    said = RestrictionInForce(
        **which(restriction, act),
        what=(restriction.what,),
        reason=TOLD_AS[restriction.ground],
        since=restriction.started_on,
    )
    to = addressed(act.looked_up(whose_it_is))
    return restriction, [letter(said, restriction, because="restriction.impose", to=to, begins=True)]


@restrictions.transition(*STANDING, to=None, by=LEAD, tells=HEARS)
def review_later(restriction: Restriction, act: Act, review: NewReview) -> None:
    """Look at it again on another day, and say why not before."""
    restriction.review_on = review.review_on


@restrictions.transition(
    RestrictionState.ACTIVE, to=RestrictionState.LIFT_NOTIFIED, by=LEAD, when=[lifted_on_a_day_to_come],
    needs=[whose_it_is, its_request], entails=[issue],
)  # fmt: skip
def notify_lifting(restriction: Restriction, act: Act, notice: LiftNotice) -> list[Consequence]:
    """Tell the person that the restriction will be lifted, why, and from which day."""
    restriction.notified = LiftNotified(**dict(notice), at=act.at, by=act.actor.id)
    said = RestrictionLifting(
        **which(restriction, act), what=(restriction.what,), since=restriction.started_on, reasons=(notice.reasons,),
        lifted_from=notice.lifted_from,
    )  # fmt: skip
    to = addressed(act.looked_up(whose_it_is))
    return [letter(said, restriction, because="restriction.notify_lifting", to=to)]


@restrictions.transition(
    RestrictionState.LIFT_NOTIFIED, to=RestrictionState.ACTIVE, by=LEAD, needs=[notice_to_send],
    entails=[take_letter_back], tells=HEARS,
)  # fmt: skip
def keep(restriction: Restriction, act: Act, why: StayReason) -> list[Consequence]:
    """Not lift it after all. A notice that was not sent yet is taken back."""
    restriction.notified = None
    return [take_letter_back.on(each) for each in act.looked_up(notice_to_send)]


@restrictions.transition(
    RestrictionState.LIFT_NOTIFIED, to=RestrictionState.LIFTED, by=LEAD, when=[person_was_told], tells=HEARS
)
def lift(restriction: Restriction, act: Act) -> None:
    """Lift the restriction, now that the person was told and the day has come."""
    restriction.lifted_on = today(act)


telling_management(restrictions, *STANDING, tells=HEARS)


@restrictions.deadline(law="RIGHT-25")
def review(restriction: Restriction) -> datetime | None:
    """The day on which somebody looks at the restriction again, if one was said, while it stands."""
    return end_of(restriction.review_on) if restriction.review_on and restriction.state in STANDING else None


def which(restriction: Restriction, act: Act) -> dict[str, Any]:
    """Which request it is about: the one that it follows from, or none but the restriction itself."""
    for request in act.looked_up(its_request):
        return {
            "right": Article.RESTRICTION, "reference": request.reference, "received_on": request.received_on,
        }  # fmt: skip
    return {
        "right": Article.RESTRICTION, "reference": str(restriction.id), "received_on": restriction.started_on,
    }  # fmt: skip
