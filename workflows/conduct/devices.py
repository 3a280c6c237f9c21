"""Devices, and recording one's own consultation with them."""

from collections.abc import Iterator

from models.clauses import Audience, Clause, Condition, Consequence, Place, Topic
from models.conduct import MakeRecording, Manner, Purpose, UseDevice, Venue
from models.judgements import FurtherCondition, Requirement
from models.settings import CovertTrigger, DeviceRule, RecordingRule
from workflows.conduct.case import Case, Finding, breach, on_conditions, reaching

COURTESIES: frozenset[Requirement] = frozenset(
    {Condition.CLINICIAN_AGREES, Condition.PERMISSION_SOUGHT, Condition.ABSOLUTELY_NECESSARY}
)
"""What a practice that does not hinder recordings asks for, and does not insist on."""


def device(case: Case, act: UseDevice) -> Iterator[Finding]:
    """A device in a consultation needs what the policy says; everywhere it is used with thought for others."""
    if act.venue == Venue.CONSULTATION:
        yield from device_in_consultation(case)
    if act.venue != Venue.CONSULTATION or act.courteous is False:
        yield from courtesy(case)


def device_in_consultation(case: Case) -> Iterator[Finding]:
    """Never, or once the clinician agrees."""
    clauses = clauses_on_devices(case)
    if not case.speaks(clauses, "device_rule"):
        return
    if case.settings.device_rule.value == DeviceRule.NEVER:
        yield breach(
            "No device is used in a consultation here, and the policy names no exception.", clauses, ["device_rule"]
        )
        return
    conditions = [Condition.CLINICIAN_AGREES, *conditions_of(clauses)]
    yield on_conditions(case, conditions, "The clinician agrees to it, so it is allowed.", clauses, ["device_rule"])


def clauses_on_devices(case: Case) -> tuple[Clause, ...]:
    """Those that speak of a consultation."""
    return tuple(each for each in case.about(Topic.DEVICES) if Place.CONSULTATION in each.places)


def courtesy(case: Case) -> Iterator[Finding]:
    """Politely, and with thought for other patients."""
    clauses = tuple(each for each in case.about(Topic.DEVICES) if Place.CONSULTATION not in each.places)
    if clauses:
        allowed = "A device may be used here with thought for others, as it is."
        yield on_conditions(case, [FurtherCondition.COURTEOUSLY], allowed, clauses, [])


def own_consultation(case: Case, act: MakeRecording) -> Iterator[Finding]:
    """A patient's recording of their own consultation: by its own rule, or by the one on devices where there is none.

    Where no device is used at all, none is used to record.
    """
    if act.venue != Venue.CONSULTATION:
        return
    clauses = clauses_on_recording(case, act)
    governing = reaching(case.about(Topic.RECORDING, audience=Audience.PATIENTS), Place.CONSULTATION)
    has_its_rule = case.speaks(governing, "recording_rule")
    if not has_its_rule or case.settings.device_rule.value == DeviceRule.NEVER:
        yield from device_in_consultation(case)
    else:
        yield recording_on_conditions(case, act, clauses, conditions_of(governing))


def recording_on_conditions(
    case: Case, act: MakeRecording, clauses: tuple[Clause, ...], conditions: list[Condition]
) -> Finding:
    """The document's conditions, as its setting resolves them."""
    rule = case.settings.recording_rule.value
    wanted: list[Requirement] = list(conditions)
    forgiven: frozenset[Requirement] = frozenset()
    if rule == RecordingRule.BY_AGREEMENT:
        wanted = [Condition.CLINICIAN_AGREES, *wanted]
    if rule == RecordingRule.NOT_INHIBITED:
        wanted = [each for each in wanted if each not in COURTESIES]
        if case.settings.covert_trigger.value == CovertTrigger.PATTERN:
            forgiven = frozenset({Condition.OPEN_AND_HONEST})
    settings = ["recording_rule", "recording_stance", *recorded(case, clauses)]
    if act.manner == Manner.COVERTLY:
        settings.append("covert_trigger")
    allowed = "A patient may record their own consultation in this way."
    return on_conditions(case, wanted, allowed, (*clauses_on_devices(case), *clauses), settings, forgiven)


def recorded(case: Case, clauses: tuple[Clause, ...]) -> list[str]:
    """The settings on the entry in the record, and on a copy for it, where the document speaks of them."""
    entry = any(Consequence.RECORDED_IN_RECORD in each.consequences for each in clauses)
    return [*(["record_entry_coded"] if entry else []), *(["copy_to_record"] if case.says("copy_to_record") else [])]


def clauses_on_recording(case: Case, act: MakeRecording) -> tuple[Clause, ...]:
    """Those that reach a consultation, with those on secret recording or on recordings posted where the act is one."""
    found = reaching(case.about(Topic.RECORDING), Place.CONSULTATION)
    if act.manner == Manner.COVERTLY:
        found += case.about(Topic.COVERT_RECORDING)
    if act.purpose == Purpose.TO_BE_POSTED:
        found += posted_recordings(case)
    return found


def posted_recordings(case: Case) -> tuple[Clause, ...]:
    """The clauses on recordings that appear online."""
    return tuple(each for each in case.about(Topic.RECORDING) if Place.ANY_PLATFORM in each.places)


def conditions_of(clauses: list[Clause] | tuple[Clause, ...]) -> list[Condition]:
    """Every condition that these clauses name."""
    return [condition for each in clauses for condition in each.conditions]
