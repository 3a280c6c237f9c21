"""When something falls due in an incident.

The dates are kept beside what is kept sealed, with each step, so that what falls due can be told without opening it (DUE-3).
"""

from collections.abc import Iterable
from datetime import date, datetime

from models.incident_dates import IncidentDates
from models.incident_words import ENDED, IncidentState, Safeguard
from models.incidents import Incident
from models.reckonings import Reckoning
from models.removal_facts import SafeguardTaken
from workflows.engine import Act
from workflows.incidents.machine import incidents
from workflows.statutory_time import end_of

MENDING = (IncidentState.WARNED, IncidentState.BREAKDOWN_REVIEW)


@incidents.with_each_transition
def keep_dates(incident: Incident, act: Act) -> None:
    """Keep the dates by themselves, as they stand after this step."""
    incident.dates = found_in(incident)


def dates_of(incident: Incident) -> IncidentDates:
    """The dates that are kept; of a report that nothing was done about yet, or that an older release kept, as they are found."""
    return incident.dates or found_in(incident)


def found_in(incident: Incident) -> IncidentDates:
    """The dates as they stand among what is kept sealed, as far as that was opened."""
    known = vars(incident)
    threat, notice = known.get("threat"), known.get("website_notice")
    asked, at_once = known.get("list_removal"), known.get("immediate_removal")
    looked_after = bool(known.get("support")) and known.get("safeguarding_asked") is not None
    return IncidentDates(
        look_after_by=threat.look_after_by if threat and not looked_after else None,
        restore_on=looked_at_again(known.get("safeguards", [])),
        website_answer=notice and notice.answer_by,
        removal=asked and asked.effective,
        removal_on=asked and asked.effective_on,
        written_confirmation=at_once and at_once.confirm_by,
    )


def looked_at_again(safeguards: Iterable[SafeguardTaken]) -> date | None:
    """The day on which the last attempt to mend the relationship is looked at again, if one was said."""
    attempts = [each for each in safeguards if each.safeguard == Safeguard.RESTORE_ATTEMPT]
    return attempts[-1].review_on if attempts else None


def steps_to_acknowledge(incident: Incident) -> tuple[str, ...]:
    """How the day for acknowledging a complaint was found."""
    return incident.complaint_found.acknowledge_by.steps if incident.complaint_found else ()


def steps_to_an_answer(incident: Incident) -> tuple[str, ...]:
    """How the time of the operator of a website was found."""
    return steps_of(dates_of(incident).website_answer)


def steps_to_the_removal(incident: Incident) -> tuple[str, ...]:
    """How the day on which a removal takes effect was found."""
    return steps_of(dates_of(incident).removal)


def steps_to_writing(incident: Incident) -> tuple[str, ...]:
    """How the day for the written confirmation was found."""
    return steps_of(dates_of(incident).written_confirmation)


def steps_of(found: Reckoning | None) -> tuple[str, ...]:
    """How a date was found."""
    return found.steps if found else ()


@incidents.deadline(law="I-02")
def telling(incident: Incident) -> datetime | None:
    """A day after the report: by then whoever has to be told knows."""
    return incident.tell_by if incident.state == IncidentState.REPORTED else None


@incidents.deadline(law="I-05")
def authors_answer(incident: Incident) -> datetime | None:
    """The end of the day by which the author was asked to take the post down."""
    waiting = incident.state == IncidentState.AWAITING_AUTHOR and incident.author_asked
    return incident.author_asked.until if waiting and incident.author_asked else None


@incidents.deadline(law="INC-22", steps=steps_to_acknowledge)
def complaint_acknowledgement(incident: Incident) -> datetime | None:
    """Three working days after the practice first saw the complaint."""
    found = incident.complaint_found
    waiting = found and incident.complaint_acknowledged is None and incident.state not in ENDED
    return found.acknowledge_by.at if waiting and found else None


@incidents.deadline(law="C-14")
def legal_advice(incident: Incident) -> datetime | None:
    """Fourteen days after defamation was found, where the policy binds the practice to take advice on it."""
    return incident.legal_advice_by if incident.state not in ENDED else None


@incidents.deadline(law="Z-01")
def looking_after(incident: Incident) -> datetime | None:
    """A day after a threat was reported: by then support was offered, and somebody has asked about safeguarding."""
    return dates_of(incident).look_after_by if incident.state not in ENDED else None


@incidents.deadline(law="INC-10")
def restoring(incident: Incident) -> datetime | None:
    """The end of the day on which an attempt to mend the relationship is looked at again."""
    day = dates_of(incident).restore_on
    return end_of(day) if day and incident.state in MENDING else None


@incidents.deadline(law="INC-24", steps=steps_to_an_answer)
def website_answer(incident: Incident) -> datetime | None:
    """Forty-eight hours after the operator of a website had a notice, weekends and bank holidays left out."""
    found = dates_of(incident).website_answer
    return found.at if found and incident.state == IncidentState.TRIAGED else None


@incidents.deadline(law="INC-23", steps=steps_to_the_removal)
def removal(incident: Incident) -> datetime | None:
    """The end of the day on which a removal takes effect: the eighth after PCSE was told, or later where it was put off."""
    day = dates_of(incident).removal_on
    return end_of(day) if day and incident.state == IncidentState.REMOVAL_REQUESTED else None


@incidents.deadline(law="INC-12", steps=steps_to_writing)
def written_confirmation(incident: Incident) -> datetime | None:
    """Seven days after a removal at once: by then the commissioner has it in writing."""
    found = dates_of(incident).written_confirmation
    return found.at if found and incident.state == IncidentState.IMMEDIATE_REQUESTED else None
