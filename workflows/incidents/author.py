"""What stands elsewhere: the author is asked, if anybody knows them, or the platform and the operator of the website."""

from collections.abc import Iterable
from datetime import timedelta

from models.clauses import BreachGround
from models.incident_facts import AskedOfAuthor, RequestToAuthor, WebsiteNotice, WebsiteNoticeDraft
from models.incident_words import REMOVAL_IN_FLIGHT, WORKED_ON, IncidentKind, IncidentState, Outcome
from models.incidents import Incident
from models.letter_facts.incidents import RecordingOnline, RemovalRequest
from models.letters import Addressee
from models.roles import Duty, Role
from workflows.engine import Act, Consequence, guard
from workflows.incidents.guards import (
    author_is_identified,
    author_is_unidentified,
    complaint_route_offered,
    evidence_is_kept,
    may_be_held_against_somebody,
    not_on_our_page,
    platform_knows_of_a_breach,
    post_is_up,
    something_was_posted,
)
from workflows.incidents.machine import end, every_author, incidents, kept
from workflows.incidents.telling import the_post
from workflows.letters import addressed, issue, letter
from workflows.roles import Audience
from workflows.statutory_time import calendar_of, end_of, section_5_notice_by, today

KEPT_APART = (*REMOVAL_IN_FLIGHT, IncidentState.SAFETY)
"""Where a post that is gone ends nothing: somebody was threatened, or is being removed."""


@guard("Give at least a day, and at most three months.")
def leaves_time_to_answer(incident: Incident, act: Act, asked: RequestToAuthor) -> bool:
    """I-05: whoever is asked has time to do it."""
    return today(act) < asked.remove_by <= today(act) + timedelta(days=90)


@guard("The time to answer is not over.")
def time_is_over_or_they_said_so(incident: Incident, act: Act) -> bool:
    """I-05, I-06: time alone counts as a refusal only once the time that was given is over."""
    asked = incident.author_asked
    return not act.permitted([Role.CLOCK]) or (asked is not None and asked.until <= act.at)


@guard("A notice is about a statement that defames somebody.")
def is_defamatory(incident: Incident, act: Act) -> bool:
    """INC-24, C-13: the Defamation Act's way leads against what defames."""
    return BreachGround.DEFAMATORY in incident.grounds


@guard("A notice has been sent already.")
def no_notice_yet(incident: Incident, act: Act) -> bool:
    """INC-24: once is enough."""
    return incident.website_notice is None


@incidents.transition(
    IncidentState.TRIAGED, to=IncidentState.AWAITING_AUTHOR, by=[Duty.CONTACT_AUTHOR],
    when=[
        something_was_posted, not_on_our_page, author_is_identified, evidence_is_kept, post_is_up, may_be_held_against_somebody,
        leaves_time_to_answer,
    ],
    needs=[every_author], entails=[issue], tells=[Audience.INCIDENTS],
)  # fmt: skip
def request_removal(incident: Incident, act: Act, asked: RequestToAuthor) -> list[Consequence]:
    """Ask everybody who is known to have posted it, patient or not, to take it down, in a letter that says why and by when."""
    incident.author_asked = AskedOfAuthor(
        remove_by=asked.remove_by, until=end_of(asked.remove_by), at=act.at, by=act.actor.id
    )
    facts = request_letter(incident, act, asked)
    return [letter(facts, incident, because="incident.request_removal", to=to) for to in written_to(act)]


def request_letter(incident: Incident, act: Act, asked: RequestToAuthor) -> RemovalRequest | RecordingOnline:
    """What the letter says: of a recording it says more."""
    post = the_post(incident)
    if incident.kind == IncidentKind.RECORDING_ONLINE:
        return RecordingOnline(
            posted=post, reasons=asked.reasons, remove_by=asked.remove_by, recorded_on=asked.recorded_on
        )
    return RemovalRequest(posts=(post,), reasons=asked.reasons, remove_by=asked.remove_by)


def written_to(act: Act) -> Iterable[Addressee]:
    """Everybody on record who posted it."""
    return [addressed([each]) for each in act.looked_up(every_author)]


@incidents.transition(
    *(each for each in WORKED_ON if each not in KEPT_APART), to=IncidentState.CLOSED_RESOLVED, by=[Duty.CONTACT_AUTHOR],
    when=[something_was_posted, post_is_up, complaint_route_offered], tells=[Audience.INCIDENTS],
)  # fmt: skip
def author_removes(incident: Incident, act: Act) -> None:
    """Confirm that whoever posted it has taken it down."""
    incident.still_live = False
    end(incident, act, Outcome.AUTHOR_REMOVED)


@incidents.transition(
    *KEPT_APART, to=None, by=[Duty.CONTACT_AUTHOR, Duty.REMOVE], when=[something_was_posted, post_is_up]
)
def record_post_gone(incident: Incident, act: Act) -> None:
    """Record that a post is gone, while more than the post is at stake."""
    incident.still_live = False


@incidents.transition(
    IncidentState.AWAITING_AUTHOR, to=IncidentState.REFUSED, by=[Duty.CONTACT_AUTHOR, Role.CLOCK],
    when=[time_is_over_or_they_said_so], tells=[Audience.INCIDENTS, Audience.DECIDERS],
)  # fmt: skip
def author_refuses(incident: Incident, act: Act) -> None:
    """Record that they said no, or that the time that they were given is over."""


@incidents.transition(
    IncidentState.TRIAGED, to=IncidentState.CLOSED_RESOLVED, by=[Duty.BE_TOLD],
    when=[something_was_posted, author_is_unidentified, platform_knows_of_a_breach, complaint_route_offered],
    tells=[Audience.INCIDENTS],
)  # fmt: skip
def close_unidentified(incident: Incident, act: Act) -> None:
    """Close what nobody is known to have posted, once the platform knows of it."""
    end(incident, act, Outcome.AUTHOR_UNIDENTIFIED)


@incidents.transition(
    IncidentState.TRIAGED, to=None, by=[Duty.CONTACT_AUTHOR, Duty.DECIDE],
    when=[something_was_posted, not_on_our_page, author_is_unidentified, is_defamatory, evidence_is_kept, no_notice_yet],
    tells=[Audience.INCIDENTS],
)  # fmt: skip
def send_website_notice(incident: Incident, act: Act, said: WebsiteNoticeDraft) -> None:
    """Record a notice to the operator of the website (Defamation Act 2013, section 5). They have 48 hours, as it counts them."""
    answer_by = section_5_notice_by(said.received_at or act.at, calendar_of(act))
    incident.website_notice = WebsiteNotice(**kept(act, said), answer_by=answer_by)
