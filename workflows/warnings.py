"""The warning ledger: an incident enters a warning, and an entry of its own says if it is taken back or upheld (INC-20)."""

from collections.abc import Mapping
from typing import Any

from models.letter_facts.incidents import AppealOutcome, WarningReviewed
from models.letters import Letter, LetterState
from models.people import Person
from models.roles import Duty, Role
from models.warnings import PatientWarning, Reconsideration, WarningEntry, WarningGiven, WarningState
from workflows.engine import Act, Consequence, Workflow, guard, lookup
from workflows.letters import addressed, issue, letter, withdraw
from workflows.roles import Audience
from workflows.statutory_time import today
from workflows.warning_ledger import written_for

WARNERS = (Role.PRACTICE_MANAGER, Role.PARTNER)

warnings = Workflow(
    "warning", "warnings", PatientWarning, starts=WarningState.ENTERED,
    seen_by=(*WARNERS, Role.COMPLAINTS_LEAD, Role.INFORMATION_RIGHTS_LEAD, Duty.DECIDE),
)  # fmt: skip


@lookup(PatientWarning)
def the_warning(draft: Reconsideration, act: Act) -> Mapping[str, Any]:
    """The warning that is looked at again."""
    return {"id": draft.about, "entry": WarningEntry.GIVEN}


@lookup(PatientWarning)
def said_of_it(draft: Reconsideration, act: Act) -> Mapping[str, Any]:
    """What became of it so far."""
    return {"about": draft.about}


@lookup(Person, binding=False)
def the_person_warned(draft: Reconsideration, act: Act) -> Mapping[str, Any]:
    """Whoever was warned."""
    return {"id": frozenset(each.person_id for each in act.looked_up(the_warning))}


@lookup(Letter)
def its_letters(draft: Reconsideration, act: Act) -> Mapping[str, Any]:
    """The letters of the incident that led to the warning."""
    return {"case_id": frozenset(each.incident_id for each in act.looked_up(the_warning))}


@guard("The ledger has no such warning.", needs=[the_warning])
def there_is_such_a_warning(draft: Reconsideration, act: Act) -> bool:
    """INC-20: what is taken back or upheld is a warning in the ledger."""
    return bool(act.looked_up(the_warning))


@guard("The warning has been taken back already.", needs=[said_of_it])
def not_taken_back_yet(draft: Reconsideration, act: Act) -> bool:
    """INC-20: what was taken back stays so; another warning is another entry."""
    return all(each.entry != WarningEntry.RESCINDED for each in act.looked_up(said_of_it))


@warnings.opens(tells=[Audience.MANAGEMENT])
def give(given: WarningGiven, act: Act) -> PatientWarning:
    """Enter that somebody was warned, with the reasons and the day."""
    return PatientWarning(
        id=given.warning_id, practice=act.practice.code, created_at=act.at, entry=WarningEntry.GIVEN, person_id=given.person_id,
        incident_id=given.incident_id, entered_on=today(act), entered_by=act.actor.id, reasons=given.order.reasons,
    )  # fmt: skip


@warnings.opens(
    by=WARNERS, when=[there_is_such_a_warning, not_taken_back_yet], needs=[the_warning, the_person_warned, its_letters],
    entails=[issue, withdraw], tells=[Audience.MANAGEMENT],
)  # fmt: skip
def reconsider(draft: Reconsideration, act: Act) -> tuple[PatientWarning, list[Consequence]]:
    """Take a warning back, or uphold it, by an entry of its own. Whoever was sent it is told in a letter; nothing is changed.

    The letter of a warning that is taken back is not sent any more, if it was not sent by now; then there is nobody to tell.
    """
    (given,) = act.looked_up(the_warning)
    entry = PatientWarning(
        practice=act.practice.code, created_at=act.at, entry=draft.entry, person_id=given.person_id,
        incident_id=given.incident_id, entered_on=today(act), entered_by=act.actor.id, reasons=draft.reasons,
        about=given.id, ground=draft.ground, rectification_noted=draft.rectification_noted,
    )  # fmt: skip
    family = written_for(given, act.looked_up(its_letters))
    unsent = [each for each in family if each.state == LetterState.ISSUED]
    back = [withdraw.on(each) for each in unsent if draft.entry == WarningEntry.RESCINDED]
    if not any(each.sent for each in family):
        return entry, back
    facts = WarningReviewed(warned_on=given.entered_on, outcome=AppealOutcome(str(draft.entry)), reasons=draft.reasons)
    told = addressed(act.looked_up(the_person_warned))
    return entry, [*back, letter(facts, entry, because="warning.reconsider", to=told, begins=True)]
