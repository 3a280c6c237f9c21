"""What a letter says of an incident: the post, or what somebody did, as it was reported."""

from models.incidents import Incident
from models.letter_facts.facts import Conduct, Posted
from workflows.statutory_time import london_day


def the_post(incident: Incident) -> Posted:
    """The post, as the letter describes it."""
    return Posted(
        site=str(incident.platform).replace("_", " ").capitalize() if incident.platform else "a website",
        seen_on=london_day(incident.created_at), what=incident.description or "What stands at this address.", url=incident.url,
    )  # fmt: skip


def the_conduct(incident: Incident) -> Conduct:
    """What somebody did, and on which day."""
    if incident.threat:
        return Conduct(on=london_day(incident.threat.happened_at), what=incident.threat.what)
    on = london_day(incident.happened_at or incident.created_at)
    return Conduct(on=on, what=incident.description or f"What was posted at {incident.url}.")
