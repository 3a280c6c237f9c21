"""The facts of letters about a data protection complaint (Data Protection Act 2018, section 164A)."""

from enum import StrEnum
from typing import Literal

from models.letter_facts.facts import Facts, LetterTemplate, Reasons
from models.moments import Day
from models.text import Line, Paragraph


class ComplaintOutcome(StrEnum):
    """What was found."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"


class AboutDataComplaint(Facts):
    """Which complaint it is; `request` is the reference of the request that it is about, where it is about one."""

    reference: Line
    received_on: Day
    about: Paragraph
    request: Line | None = None


class DataComplaintAcknowledged(AboutDataComplaint):
    """We have your complaint. `nhs_complaint` says that it is one about care too, with its own procedure."""

    template: Literal[LetterTemplate.DATA_COMPLAINT_ACKNOWLEDGED] = LetterTemplate.DATA_COMPLAINT_ACKNOWLEDGED
    nhs_complaint: bool = False


class DataComplaintProgress(AboutDataComplaint):
    """How far we are."""

    template: Literal[LetterTemplate.DATA_COMPLAINT_PROGRESS] = LetterTemplate.DATA_COMPLAINT_PROGRESS
    done_so_far: Reasons
    next_by: Day


class DataComplaintOutcome(AboutDataComplaint):
    """What we found, and what we did about it."""

    template: Literal[LetterTemplate.DATA_COMPLAINT_OUTCOME] = LetterTemplate.DATA_COMPLAINT_OUTCOME
    outcome: ComplaintOutcome
    reasons: Reasons
    done: tuple[Paragraph, ...] = ()
