"""Declining a trainee: a patient may say no to a doctor in training or a student, and their care is the same."""

from collections.abc import Mapping
from typing import Any

from models.people import Person, PersonState
from models.trainee_declines import ChangedDecline, TraineeDecline, TraineeDeclineDraft, TraineeDeclineState
from workflows.engine import Act, Workflow, guard, lookup
from workflows.people import INTAKE

trainee_declines = Workflow(
    "trainee_decline", "trainee_declines", TraineeDecline, starts=TraineeDeclineState.STANDING, seen_by=INTAKE
)


@lookup(Person)
def patient_who_declines(draft: TraineeDeclineDraft, act: Act) -> Mapping[str, Any]:
    """Whose wish it is."""
    return {"id": draft.person_id, "state": PersonState.ON_RECORD}


@lookup(TraineeDecline)
def standing_already(draft: TraineeDeclineDraft, act: Act) -> Mapping[str, Any]:
    """What the same patient wants already."""
    return {"person_id": draft.person_id, "state": TraineeDeclineState.STANDING}


@guard("The patient is on record at the practice.", needs=[patient_who_declines])
def patient_is_on_record(draft: TraineeDeclineDraft, act: Act) -> bool:
    """T-01: the wish is a patient's own, and found where they are."""
    return bool(act.looked_up(patient_who_declines))


@guard("This patient's wish is on record already: change that one.", needs=[standing_already])
def none_stands_yet(draft: TraineeDeclineDraft, act: Act) -> bool:
    """T-01: one wish stands for each patient, so that nobody reads the wrong one."""
    return not act.looked_up(standing_already)


@trainee_declines.opens(by=INTAKE, when=[patient_is_on_record, none_stands_yet])
def decline(draft: TraineeDeclineDraft, act: Act) -> TraineeDecline:
    """Record that a patient wants no doctor in training, or no student, present. Their care is the same without."""
    return TraineeDecline(practice=act.practice.code, created_at=act.at, recorded_by=act.actor.id, **dict(draft))


@trainee_declines.transition(TraineeDeclineState.STANDING, to=None, by=INTAKE)
def change(wish: TraineeDecline, act: Act, changed: ChangedDecline) -> None:
    """Record whom the patient does not want present from now on."""
    wish.declines = changed.declines


@trainee_declines.transition(TraineeDeclineState.STANDING, to=TraineeDeclineState.LIFTED, by=INTAKE)
def lift(wish: TraineeDecline, act: Act) -> None:
    """Record that the patient does not mind any more."""
