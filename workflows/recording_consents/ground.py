"""The ground on which the law of recordings stands: the workflow, who works on it, and what it counts by."""

from datetime import date, datetime, timedelta
from typing import Final

from models.recording_consents import RecordingConsent, RecordingConsentState
from models.roles import Role
from workflows.engine import Workflow
from workflows.people import INTAKE
from workflows.statutory_time import end_of

COMMONPLACE: Final = 3
"""So many secret recordings within twelve months make recording in secret commonplace: the service's default, since the one
document that speaks of it as something that spreads (Aspiro, Section 5.3) names no number."""

MONTHS_COUNTED: Final = 12

DISCUSSED_WITHIN: Final = timedelta(days=14)
OUTCOME_WITHIN: Final = timedelta(days=7)
"""Both are the service's defaults: no document and no law names a time."""

CONSULTING = (Role.CLINICIAN,)
ARRANGING = (Role.CLINICIAN, Role.PRACTICE_MANAGER)
RECORDERS = INTAKE
"""Whoever takes cases in. Nobody else sees who a case is about, and a recording is somebody's."""

recording_consents = Workflow(
    "recording_consent", "recording_consents", RecordingConsent, starts=RecordingConsentState.REQUESTED,
    seen_by=(*INTAKE, Role.CLOCK),
)  # fmt: skip


def month_of(day: date) -> str:
    """The month of a day, as secret recordings are counted by."""
    return f"{day:%Y-%m}"


def lately(day: date) -> frozenset[str]:
    """This month, and the eleven before it."""
    months = (day.year * MONTHS_COUNTED + day.month - 1 - back for back in range(MONTHS_COUNTED))
    return frozenset(f"{each // MONTHS_COUNTED:04}-{each % MONTHS_COUNTED + 1:02}" for each in months)


@recording_consents.deadline(law="REC-13")
def outcome(recording: RecordingConsent) -> datetime | None:
    """Seven days after the consultation, for a recording that was asked for or agreed: the service's default."""
    if recording.state not in {RecordingConsentState.REQUESTED, RecordingConsentState.AGREED}:
        return None
    return end_of(recording.consultation_on + OUTCOME_WITHIN)


@recording_consents.deadline(law="REC-7")
def discussion(recording: RecordingConsent) -> datetime | None:
    """Fourteen days after a secret recording came to light: the service's default."""
    if recording.state != RecordingConsentState.COVERT or recording.covert is None:
        return None
    return recording.covert.at + DISCUSSED_WITHIN
