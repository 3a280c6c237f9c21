"""What is said to the practice: complaints, medical messages and feedback."""

from collections.abc import Iterator

from models.clauses import Audience, Clause, Place, Topic
from models.conduct import Complain, SendFeedback, SendMedicalMessage, Venue
from models.judgements import FurtherCondition
from models.settings import ComplaintScope, MedicalMessages, PageComplaint
from workflows.conduct.case import Case, Finding, breach, only_if, permitted, reaching, silent

PLACES = {
    Venue.OWN_PAGE: Place.OWN_PAGES,
    Venue.THIRD_PARTY_ACCOUNT: Place.ANY_PLATFORM,
    Venue.MESSAGING: Place.MESSAGING,
    Venue.EMAIL: Place.EMAIL,
}
ON_A_PAGE = ["page_complaint", "page_complaint_scope", "generic_reply_to_complaints"]
ALWAYS = ["never_removed_for_complaining"]
NEVER_REMOVED = "not_removed_for_complaining"
BY_THE_PROCEDURE = [FurtherCondition.THROUGH_COMPLAINTS_PROCEDURE]


def complaint(case: Case, act: Complain) -> Iterator[Finding]:
    """A complaint is welcome by its procedure. On a page it is dealt with as the policy says, and shown the way there."""
    clauses = case.about(Topic.COMPLAINTS)
    procedure = tuple(each for each in clauses if not each.places)
    if act.venue == Venue.COMPLAINTS_PROCEDURE and clauses:
        yield permitted("A complaint is made in just this way.", (*procedure, *protection(case)), ALWAYS)
        return
    place = PLACES.get(act.venue)
    posted = tuple(each for each in reaching(clauses, place, act.platform) if each.places) if place else ()
    if is_dealt_with(case, act, posted):
        yield on_a_page(case, (*posted, *procedure, *protection(case)))
    elif clauses:
        yield only_if(BY_THE_PROCEDURE, (*posted, *procedure, *protection(case)), ALWAYS)


def is_dealt_with(case: Case, act: Complain, posted: tuple[Clause, ...]) -> bool:
    """Whether the rule for complaints on a page reaches this one."""
    anywhere = case.settings.page_complaint_scope.value == ComplaintScope.ANY_PLATFORM
    in_scope = act.venue == Venue.OWN_PAGE or (anywhere and act.venue == Venue.THIRD_PARTY_ACCOUNT)
    return in_scope and any(each.audience == Audience.PATIENTS for each in posted)


def on_a_page(case: Case, clauses: tuple[Clause, ...]) -> Finding:
    """Deleted, or as the practice sees fit."""
    if case.settings.page_complaint.value == PageComplaint.DELETED:
        sentence = (
            "A complaint on the page is deleted; it is made by the complaints procedure, and counts against nobody."
        )
        return breach(sentence, clauses, [*ON_A_PAGE, *ALWAYS])
    return only_if(BY_THE_PROCEDURE, clauses, [*ON_A_PAGE, *ALWAYS])


def protection(case: Case) -> tuple[Clause, ...]:
    """The clause, where there is one, that nobody is removed for complaining."""
    return tuple(each for each in case.about(Topic.REMOVAL) if each.key == NEVER_REMOVED)


def medical_message(case: Case, act: SendMedicalMessage) -> Iterator[Finding]:
    """By the practice's own online service; not by social media, messaging or e-mail where the policy says so."""
    clauses = case.about(Topic.MEDICAL_MESSAGES)
    service = tuple(each for each in clauses if not each.places)
    settings = ["medical_messages", "online_contact"]
    if act.venue == Venue.ONLINE_SERVICES:
        if case.speaks(service, "online_contact"):
            yield permitted("Medical information is sent in just this way.", service, settings)
        return
    stopped = tuple(each for each in reaching(clauses, PLACES[act.venue], act.platform) if each.places)
    if stopped or case.settings.medical_messages.value == MedicalMessages.DELETED_AND_REDIRECTED:
        sentence = (
            "Medical information is not sent this way but by the practice's own service, and no sanction follows."
        )
        yield breach(sentence, (*stopped, *service), settings)


def feedback(case: Case, act: SendFeedback) -> Iterator[Finding]:
    """By the route that the policy names; of another it says nothing."""
    clauses = case.about(Topic.FEEDBACK)
    if not case.speaks(clauses, "feedback_route"):
        return
    if act.venue == Venue.ONLINE_SERVICES:
        yield permitted("Feedback reaches the practice in just this way.", clauses, ["feedback_route"])
    else:
        yield silent(
            "The policy names another route for feedback, and rules this one neither in nor out.", ["feedback_route"]
        )
