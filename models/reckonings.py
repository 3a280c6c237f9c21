"""Dates that a law computes: what they rest on, how they came out, and every step in words."""

from datetime import date
from typing import Final, Self

from pydantic import Field, model_validator

from models.moments import Day, Moment
from models.record import Payload

ACCESS: Final = 15
"""The article of the UK GDPR by which people ask for their data: the only one whose period can be paused."""
MOST_PAUSES: Final = 100


class Reckoning(Payload):
    """A date as a law makes it. Days are Europe/London calendar days; steps are sentences that name dates and nobody."""

    day: Day = Field(description="The last day of the period, to its end.")
    at: Moment = Field(description="The moment at which the period ends, in UTC.")
    unrolled: Day = Field(description="The same day before it was moved on to a working day: aim at this one.")
    law: str = Field(description="The rule by which it was found.")
    steps: tuple[str, ...] = Field(description="How it came out, step by step.")
    calendar: str = Field(description="What the working days were told by.")


class Pause(Payload):
    """A question to whoever asked for their data, without whose answer it can't be found. No answer yet: the clock stands still."""

    asked: Day
    answered: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.answered is not None and self.answered < self.asked:
            raise ValueError("nobody answers before they are asked")
        return self


class RightsClock(Payload):
    """The dated facts on which the time for answering a rights request rests."""

    received: Day
    article: int = Field(default=ACCESS, ge=1, le=99, description="The article of the UK GDPR that gives the right.")
    identity_received: Day | None = None
    authority_received: Day | None = None
    fee_paid: Day | None = None
    pauses: tuple[Pause, ...] = Field(default=(), max_length=MOST_PAUSES)
    extended: bool = False

    @property
    def relevant(self) -> date:
        """The relevant time of Article 12A(2): the latest of receipt, proof of identity, proof of authority and the fee."""
        return max(each for each in self.starts.values() if each is not None)

    @property
    def starts(self) -> dict[str, date | None]:
        """Everything that lets the month begin, or begin again."""
        return {
            "the request was received": self.received,
            "the proof of identity was received": self.identity_received,
            "the proof of authority was received": self.authority_received,
            "the fee was paid": self.fee_paid,
        }
