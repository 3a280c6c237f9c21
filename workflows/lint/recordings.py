"""Where a policy asks more of a patient who records than the law does."""

from typing import Final

from models.clauses import Place, Topic
from models.settings import (
    DeviceRule,
)
from workflows.lint.findings import Severity
from workflows.lint.inspection import Check, Inspected, Told, at_setting, check, mentions, these
from workflows.lint.readings import AGREEMENT, permits_recording
from workflows.lint.sources import (
    EQUALITY_ACT,
    RECORDING,
    SNOMED,
)

AUDIO_CODE: Final = "431315003"


@check(Severity.WARNING, RECORDING)
def permission_to_record(policy: Inspected) -> Told | None:
    """A recording for private use depends on somebody's agreement."""
    clauses = [
        each for each in policy.content.clauses if permits_recording(each) and AGREEMENT.intersection(each.conditions)
    ]
    if not clauses:
        return None
    return Told(
        f"{these(clauses, 'has', 'have')} a patient's recording of their own consultation depend on agreement. The law asks no"
        " permission for a recording for private use: agreement is a courtesy, and a recording can be a reasonable adjustment.",
        policy.at_clauses(clauses),
    )


@check(Severity.WARNING, EQUALITY_ACT)
def device_ban_without_exception(policy: Inspected) -> Told | None:
    """No device in a consultation, whoever needs one."""
    clauses = policy.clauses(Topic.DEVICES)
    if policy.settings.device_rule.value != DeviceRule.NEVER or mentions("reasonable adjustment", clauses):
        return None
    return Told(
        "The policy keeps devices out of consultations and names no exception. The duty to make reasonable adjustments stands"
        " beside it, and a recording for private use asks no permission.",
        [at_setting("device_rule"), *policy.at_clauses(each for each in clauses if Place.CONSULTATION in each.places)],
    )


@check(Severity.INFORMATION, SNOMED)
def record_code_for_audio_only(policy: Inspected) -> Told | None:
    """The code that is named is for sound, and none is named for video."""
    clauses = [each for each in policy.clauses(Topic.RECORDING) if AUDIO_CODE in each.text]
    if not clauses or mentions(r"\b(video|film)", clauses):
        return None
    return Told(
        f"{these(clauses, 'names', 'name')} a code that is for an audio recording. None is named for video.",
        policy.at_clauses(clauses),
    )


CHECKS: Final[tuple[Check, ...]] = (
    permission_to_record,
    device_ban_without_exception,
    record_code_for_audio_only,
)
