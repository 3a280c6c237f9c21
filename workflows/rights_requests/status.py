"""How far a request has got, as whoever asked may learn it on the website: a stage and its dates, and nothing of its content."""

from datetime import date
from enum import StrEnum
from typing import Final

from models.record import Payload
from models.rights import Right
from models.rights_requests import AWAITING, RightsRequest, RightsRequestState
from workflows.statutory_time import london_day


class PublicStage(StrEnum):
    """How far a request has got, in a word."""

    RECEIVED = "received"
    WAITING_FOR_YOU = "waiting_for_you"
    BEING_LOOKED_AT = "being_looked_at"
    ANSWERED = "answered"
    ENDED = "ended"


class PublicStatus(Payload):
    """A stage and its dates (London): what is due, and since when the practice waits for an answer."""

    reference: str
    right: Right
    stage: PublicStage
    received_on: date
    due_on: date | None
    asked_on: date | None
    answered_on: date | None


STAGES: Final = {
    RightsRequestState.RECEIVED: PublicStage.RECEIVED,
    **dict.fromkeys(AWAITING, PublicStage.WAITING_FOR_YOU),
    RightsRequestState.IN_REVIEW: PublicStage.BEING_LOOKED_AT,
    RightsRequestState.DECIDED: PublicStage.BEING_LOOKED_AT,
    RightsRequestState.ACTIONED: PublicStage.ANSWERED,
    RightsRequestState.CLOSED: PublicStage.ANSWERED,
    RightsRequestState.WITHDRAWN: PublicStage.ENDED,
    RightsRequestState.TRANSFERRED: PublicStage.ENDED,
    RightsRequestState.LAPSED: PublicStage.ENDED,
}


def public_status(request: RightsRequest) -> PublicStatus:
    """What can be told of a request. What was asked and decided is told in letters alone."""
    stage = STAGES[request.state]
    open_still = stage in {PublicStage.RECEIVED, PublicStage.WAITING_FOR_YOU, PublicStage.BEING_LOOKED_AT}
    return PublicStatus(
        reference=request.reference, right=request.right, stage=stage, received_on=request.received_on,
        due_on=request.due.day if request.due and open_still else None,
        asked_on=request.asked_on if stage == PublicStage.WAITING_FOR_YOU else None,
        answered_on=london_day(request.sent.at) if request.sent else None,
    )  # fmt: skip
