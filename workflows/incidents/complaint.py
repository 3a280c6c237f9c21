"""A complaint in disguise: found at any time, never held against anybody, and offered its route before all else."""

from models.incident_facts import (
    ComplaintReference,
    FoundToBeComplaint,
    GeneralReply,
    RouteOffer,
    RouteOffered,
)
from models.incident_words import IN_WRITING, OPEN, AuthorStanding, IncidentState, Outcome, RouteWay
from models.incidents import Incident
from models.letter_facts.facts import LetterTemplate
from models.letter_facts.incidents import ComplaintRoute, PublicReply
from models.roles import Duty, Role
from models.settings import Platform
from workflows.engine import Act, Consequence, guard
from workflows.incidents.guards import a_complaint_is_in_it, complaint_route_offered, post_is_up
from workflows.incidents.machine import (
    complaint_begins,
    done,
    end,
    incidents,
    its_letters,
    judged_anew,
    kept,
    taken_back,
    the_person,
)
from workflows.letters import PUBLIC, addressed, issue, letter, withdraw
from workflows.replies import provided_for
from workflows.roles import Audience, here
from workflows.statutory_time import today

HANDLERS = (Duty.HANDLE_COMPLAINTS, Role.COMPLAINTS_LEAD)


@guard("It is recorded as a complaint already.")
def not_found_yet(incident: Incident, act: Act) -> bool:
    """INC-4: the time runs from when it was first seen."""
    return incident.complaint_found is None


@guard("It was seen before now.")
def was_seen_by_now(incident: Incident, act: Act, found: FoundToBeComplaint) -> bool:
    """INC-22: the time runs from a day that has come."""
    return found.seen_on <= today(act)


@guard("Offer the leaflet with the way to complain.")
def leaflet_is_offered(incident: Incident, act: Act, offer: RouteOffer) -> bool:
    """K-07: the way to complain comes with the leaflet; a public reply points to it."""
    return offer.leaflet_offered or offer.way == RouteWay.GENERIC_REPLY


@guard(
    "In public the route is offered only where nobody is known to speak to, by the general reply; in writing, to somebody known."
)
def is_spoken_to_in_private(incident: Incident, act: Act, offer: RouteOffer) -> bool:
    """INC-19, K-07: whoever is known is contacted in private, and nobody else but by a text that tells of nobody."""
    if incident.standing != AuthorStanding.UNKNOWN:
        return offer.way != RouteWay.GENERIC_REPLY
    return offer.way not in IN_WRITING and (offer.way != RouteWay.GENERIC_REPLY or incident.general_reply is not None)


@guard("The policy does not provide for this general reply, or the post can't be answered there.")
def reply_is_provided_for(incident: Incident, act: Act, said: GeneralReply) -> bool:
    """K-02, K-04: whether complaints get a general answer in public, the practice's policy says."""
    return incident.platform in set(Platform) and provided_for(said.template, here(act))


@guard("It has been acknowledged already.")
def not_acknowledged_yet(incident: Incident, act: Act) -> bool:
    """INC-22: once is enough."""
    return incident.complaint_acknowledged is None


@incidents.transition(
    *OPEN, to=None, by=[Duty.BE_TOLD, *HANDLERS], when=[not_found_yet, was_seen_by_now],
    needs=[its_letters], entails=[withdraw], tells=[Audience.COMPLAINTS, Audience.INCIDENTS],
)  # fmt: skip
def find_complaint(incident: Incident, act: Act, found: FoundToBeComplaint) -> list[Consequence]:
    """Find that a complaint is in it. What was held against somebody is judged anew; nothing ends before the route is offered.

    Advice or a warning that was written, and not sent by now, is not sent any more.
    """
    complaint_begins(incident, act, found.seen_on)
    judged_anew(incident)
    return taken_back(act, {LetterTemplate.ADVICE, LetterTemplate.REMOVAL_RISK_WARNING})


@incidents.transition(
    *OPEN, to=None, by=HANDLERS, when=[a_complaint_is_in_it, leaflet_is_offered, is_spoken_to_in_private],
    needs=[the_person], entails=[issue], tells=[Audience.COMPLAINTS],
)  # fmt: skip
def offer_complaint_route(incident: Incident, act: Act, offer: RouteOffer) -> list[Consequence]:
    """Offer the way to complain. Whoever is known gets a letter with the leaflet."""
    return offered(incident, act, offer, "incident.offer_complaint_route")


@incidents.transition(
    IncidentState.TRIAGED, IncidentState.AWAITING_AUTHOR, IncidentState.REFUSED, to=IncidentState.COMPLAINT_PATHWAY,
    by=HANDLERS, when=[a_complaint_is_in_it, leaflet_is_offered, is_spoken_to_in_private], needs=[the_person], entails=[issue],
    tells=[Audience.COMPLAINTS],
)  # fmt: skip
def route_complaint(incident: Incident, act: Act, offer: RouteOffer) -> list[Consequence]:
    """Offer the way to complain, and wait for what becomes of it before anything else."""
    return offered(incident, act, offer, "incident.route_complaint")


def offered(incident: Incident, act: Act, offer: RouteOffer, because: str) -> list[Consequence]:
    """Keep the offer, and write to whoever is known."""
    incident.route_offered = RouteOffered(**kept(act, offer))
    if incident.standing == AuthorStanding.UNKNOWN:
        return []
    seen_on = incident.complaint_found.seen_on if incident.complaint_found else today(act)
    facts = ComplaintRoute(seen_on=seen_on, asked_to_remove=offer.asked_to_remove)
    return [letter(facts, incident, because=because, to=addressed(act.looked_up(the_person)))]


@incidents.transition(
    *OPEN, to=None, by=[*HANDLERS, Duty.REMOVE], when=[a_complaint_is_in_it, post_is_up, reply_is_provided_for], entails=[issue],
)  # fmt: skip
def reply_in_general(incident: Incident, act: Act, said: GeneralReply) -> list[Consequence]:
    """Put one of the fixed texts under the post. It tells nobody whether anybody is a patient."""
    incident.general_reply = done(act)
    facts = PublicReply(reply=said.template)
    return [letter(facts, incident, because="incident.reply_in_general", to=PUBLIC)]


@incidents.transition(*OPEN, to=None, by=HANDLERS, when=[a_complaint_is_in_it, not_acknowledged_yet])
def acknowledge_complaint(incident: Incident, act: Act) -> None:
    """Record that the complaint was acknowledged, and how it is dealt with was offered to be discussed."""
    incident.complaint_acknowledged = done(act)


@incidents.transition(
    IncidentState.COMPLAINT_PATHWAY, to=IncidentState.CLOSED_RESOLVED, by=HANDLERS, when=[complaint_route_offered],
    tells=[Audience.COMPLAINTS],
)  # fmt: skip
def complaint_taken_up(incident: Incident, act: Act, taken: ComplaintReference) -> None:
    """Close it, since the complaint is dealt with under the complaints procedure and the post is gone."""
    incident.complaint_reference, incident.still_live = taken.reference, False
    end(incident, act, Outcome.COMPLAINT_TAKEN_UP)


@incidents.transition(
    IncidentState.COMPLAINT_PATHWAY, to=IncidentState.REFUSED, by=HANDLERS, when=[post_is_up],
    tells=[Audience.COMPLAINTS, Audience.DECIDERS],
)  # fmt: skip
def still_refuses(incident: Incident, act: Act) -> None:
    """Record that the post stays up, whatever becomes of the complaint. That alone is held against nobody."""
