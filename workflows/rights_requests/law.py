"""The law of rights requests as far as all its parts share it: who sees one, who works on one, and what falls due."""

from datetime import date, datetime
from typing import Final

from models.cases import Case
from models.record import Record
from models.rights_requests import AWAITING, UNDECIDED, RightsRequest, RightsRequestDraft, RightsRequestState
from models.roles import Role
from workflows.engine import Workflow
from workflows.statutory_time import end_of

LEAD: Final = (Role.INFORMATION_RIGHTS_LEAD,)
WORKERS: Final = (*LEAD, Role.PRACTICE_MANAGER, Role.COMPLAINTS_LEAD, Role.CLINICIAN)
"""Who works on a request, each on their part of it."""

SHOWN_TO_WHOEVER_TOOK_IT_IN: Final = frozenset(
    {
        *RightsRequestDraft.model_fields, *Record.model_fields, "reference", "taken_in_by", "website", "lawful_basis", "clock",
        "due", "extension_by", "target_on",
    }
)  # fmt: skip
"""What was said when it was taken in, where it stands and by when it is answered: nothing that was found or decided since."""

rights_requests = Workflow(
    "rights_request", "rights_requests", RightsRequest, starts=RightsRequestState.RECEIVED,
    seen_by=(*WORKERS, Role.PARTNER, Role.CLOCK),
    seen_in={Role.CLINICAL_SYSTEM: frozenset({RightsRequestState.ACTIONED})},
    seen_own={Role.PRACTICE_WEBSITE: "website", Role.STAFF: "taken_in_by"}, own_shows=SHOWN_TO_WHOEVER_TOOK_IT_IN,
)  # fmt: skip

UNANSWERED: Final = (*UNDECIDED, RightsRequestState.DECIDED)
"""The states in which whoever asked has no answer yet."""


def steps_to_answer(request: RightsRequest) -> tuple[str, ...]:
    """How the date was found by which the answer is due."""
    return request.due.steps if request.due else ()


def steps_to_notice(request: RightsRequest) -> tuple[str, ...]:
    """How the date was found by which an extension has to be told."""
    return request.extension_by.steps if request.extension_by else ()


@rights_requests.deadline(law="RIGHT-24", steps=steps_to_answer)
def answer(request: RightsRequest) -> datetime | None:
    """The end of the time that the law gives for the answer, while it runs."""
    return request.due.at if request.due and request.state in UNANSWERED else None


@rights_requests.deadline(law="GDPR-4", steps=steps_to_notice)
def extension_notice(request: RightsRequest) -> datetime | None:
    """The last moment for telling the person that it takes longer, unless that was done or the decision is made."""
    told = request.clock.extended or request.state not in UNDECIDED
    return request.extension_by.at if request.extension_by and not told else None


@rights_requests.deadline(law="RIGHT-24")
def internal_target(request: RightsRequest) -> datetime | None:
    """The day at which the practice aims, before the law's: once the management was told of it, the law's own is next."""
    return once(request, "internal_target", request.target_on, request.state in UNANSWERED)


@rights_requests.deadline(law="RIGHT-12")
def opinion_expiry(request: RightsRequest) -> datetime | None:
    """The last day on which a clinician's opinion counts, six months after it was given, while nothing is sent yet."""
    return once(request, "opinion_expiry", request.opinion_expires_on, request.state in UNANSWERED)


@rights_requests.deadline(law="RIGHT-21")
def chase(request: RightsRequest) -> datetime | None:
    """The end of a reasonable wait for what was asked: then somebody looks whether to ask again."""
    return once(request, "chase", request.chase_on, request.state in AWAITING)


def once(case: Case, name: str, day: date | None, running: bool) -> datetime | None:
    """The end of a day of which the management is told once, and then no more: the law asks nothing on it."""
    moment = end_of(day) if day and running else None
    return None if moment and case.escalated(name, moment) else moment
