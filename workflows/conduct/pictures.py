"""Photographs and recordings in which others can be recognised: other patients, and staff."""

from collections.abc import Iterator

from models.clauses import BreachGround, Clause, Condition, Topic
from models.conduct import Capture, MakeRecording, Party, Photograph, Venue
from models.judgements import FurtherCondition, Requirement
from models.settings import PublicAreaMedia, RecordingRule, StaffMedia
from workflows.conduct.case import Case, Finding, breach, on_conditions, on_grounds, silent
from workflows.conduct.devices import conditions_of, device_in_consultation
from workflows.conduct.requirements import nobody_else_is_near

RECORDINGS_OF_STAFF = "staff_recording"
"""The clause that carries a rule on photographs of staff over to film and sound."""


def photograph_in_consultation(case: Case, act: Photograph) -> Iterator[Finding]:
    """A photograph takes a device."""
    if act.venue == Venue.CONSULTATION:
        yield from device_in_consultation(case)


def where_patients_are(case: Case, act: Capture) -> Iterator[Finding]:
    """The waiting room, and wherever else other patients are: what the policy bans there, and what it leaves to their consent."""
    near = nobody_else_is_near(act)
    if near is True or (near is None and act.venue == Venue.CONSULTATION):
        return
    clauses = case.about(Topic.PUBLIC_AREAS)
    if not case.speaks(clauses, "public_area_media"):
        return
    about_the_recognised = on_grounds(clauses, [BreachGround.IDENTIFIES_PATIENT])
    allowed = "Nobody is captured here who did not agree to it, so it is allowed."
    if banned(case, act, clauses, about_the_recognised):
        conditions: list[Requirement] = [FurtherCondition.NO_OTHER_PATIENT_NEAR]
    elif about_the_recognised:
        conditions = [Condition.OTHER_PATIENT_CONSENTS, *conditions_of(about_the_recognised)]
    else:
        yield silent("The policy speaks of photographs here, and not of film or sound.", ["public_area_media"])
        return
    yield on_conditions(case, conditions, allowed, clauses, ["public_area_media"])


def banned(case: Case, act: Capture, clauses: tuple[Clause, ...], about_the_recognised: tuple[Clause, ...]) -> bool:
    """Whether this medium is ruled out whoever agrees: no clause leaves it to the consent of those who are recognised."""
    if isinstance(act, Photograph):
        return len(clauses) > len(about_the_recognised) or not clauses
    both = case.settings.public_area_media.value == PublicAreaMedia.PHOTOGRAPHS_AND_RECORDINGS
    return both and not about_the_recognised


def of_staff(case: Case, act: Capture) -> Iterator[Finding]:
    """Staff who can be recognised. The clinician of one's own consultation has the rule on recordings, where there is one."""
    captured = (act.captures or frozenset()) & {Party.CLINICIAN, Party.STAFF_MEMBER}
    if isinstance(act, MakeRecording) and case.settings.recording_rule.value != RecordingRule.SILENT:
        captured -= {Party.CLINICIAN}
    clauses = case.about(Topic.STAFF_MEDIA)
    if not captured or not case.speaks(clauses, "staff_media"):
        return
    if case.settings.staff_media.value == StaffMedia.WITH_CONSENT:
        agreed = "Those who are captured agreed to it, so it is allowed."
        yield on_conditions(case, [Condition.STAFF_MEMBER_CONSENTS], agreed, clauses, ["staff_media"])
    elif isinstance(act, Photograph) or any(each.key == RECORDINGS_OF_STAFF for each in clauses):
        yield breach("Staff are left out of it here, and the policy names no exception.", clauses, ["staff_media"])
    else:
        yield silent("The policy speaks of photographs of staff, and not of film or sound.", ["staff_media"])
