"""The warning ledger: that somebody was warned, and what became of each warning. An entry is written once and never changed."""

from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal, Self
from uuid import UUID

from pydantic import StrictBool, model_validator
from sqlmodel import Field as Column

from models.incident_facts import WarningOrder
from models.letter_facts.facts import Reasons
from models.letter_facts.incidents import WarningExemption
from models.moments import Day
from models.record import Payload, Record, Row, word_of
from models.sealing import sealed_of


class WarningState(StrEnum):
    """An entry stands in the ledger for good."""

    ENTERED = "entered"


class WarningEntry(StrEnum):
    """What an entry says: that somebody was warned, that the warning is taken back, or that it stands after an appeal."""

    GIVEN = "given"
    RESCINDED = "rescinded"
    UPHELD = "upheld"


class RescissionGround(StrEnum):
    """Why a warning is taken back."""

    APPEAL = "appeal"
    WRONG_PATIENT = "wrong_patient"
    MISTAKE = "mistake"


class WarningGiven(Payload):
    """A warning, as the incident gives it: to whom, in which words."""

    warning_id: UUID
    person_id: UUID
    incident_id: UUID
    order: WarningOrder


class Reconsideration(Payload):
    """What became of a warning when it was looked at again, and why.

    `rectification_noted`: whoever was warned by mistake for somebody else has been told of their right to have it put right.
    """

    about: UUID
    entry: Literal[WarningEntry.RESCINDED, WarningEntry.UPHELD]
    reasons: Reasons
    ground: RescissionGround | None = None
    rectification_noted: StrictBool = False

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if (self.entry == WarningEntry.RESCINDED) != (self.ground is not None):
            raise ValueError("a warning that is taken back, and no other, says on which ground")
        if self.ground == RescissionGround.WRONG_PATIENT and not self.rectification_noted:
            raise ValueError("note that the person was told of their right to have it put right")
        return self


class PatientWarning(Record):
    """An entry in the warning ledger. `about` is the warning of which an entry says what became of it."""

    filters: ClassVar[tuple[str, ...]] = ("incident_id", "entry")
    looked_up_by: ClassVar[tuple[str, ...]] = ("person_id", "about")
    sensitive: ClassVar[bool] = True

    state: WarningState = Column(default=WarningState.ENTERED, sa_type=word_of(WarningState))
    entry: WarningEntry = Column(sa_type=word_of(WarningEntry))
    person_id: UUID
    incident_id: UUID
    entered_on: date
    entered_by: str
    reasons: tuple[str, ...] = Column(sa_type=sealed_of(tuple[str, ...]))
    about: UUID | None = None
    ground: RescissionGround | None = Column(default=None, sa_type=word_of(RescissionGround))
    rectification_noted: bool = False


class WarningRow(PatientWarning, Row, table=True):
    """The ledger."""

    __tablename__ = "warning"


class LedgerQuestion(Payload):
    """Whose warnings are asked for, and from which day on a removal is thought of (today, if none is said)."""

    person_id: UUID
    on: Day | None = None
    exemption: WarningExemption | None = None


class LedgerVerdict(Payload):
    """Whether a removal from the list may be requested on a day, as far as warnings go, and every reason why or why not.

    `warned_on` is the day on which the letter went out of the warning that it rests on, and `expires_on` the first day on which
    that is too long ago.
    """

    on: date
    may_be_requested: bool
    warned_on: date | None
    expires_on: date | None
    reasons: tuple[str, ...]
