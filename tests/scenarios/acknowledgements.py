"""What becomes of what the staff are to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.acknowledgements import AcknowledgementState
from models.briefings import Briefing, BriefingState
from models.roles import Role
from models.staff import Departure, StaffDraft, StaffMember
from tests.exploration import Scenario
from tests.laws import CLOCK, LAWS, MANAGER, MOMENTS, Request, World, always, happen, laws_of, somebody
from tests.said import SAID
from tests.said.settings import LENIENT, USUAL
from tests.said.staff import newcomers
from tests.worlds import at_work, opened, working_by
from workflows.roles import Person


def briefed() -> Scenario:
    """A practice that has published its policy, with a manager, a member of the staff who comes and goes, and a machine."""
    world = at_work()
    for each in (StaffDraft(subject="rose-red", name="Rose Red"), newcomers()[2]):
        world = happen(world, Request(MANAGER, LAWS["staff_member.appoint"], each))
    manager, rose_red, _ = world.of(StaffMember)
    people = tuple(Person(str(each.id), each.roles_at(world.now)) for each in (manager, rose_red))
    others = ("acknowledgement.acknowledge", "staff_member.leave", "staff_member.rejoin", "policy.withdraw")
    laws = (*laws_of("briefing"), *(LAWS[each] for each in others))
    said = {**SAID, Departure: always(Departure())}
    return Scenario((world,), (*people, CLOCK), laws, said, within=one_session_and_two_reminders)


def one_session_and_two_reminders(world: World) -> bool:
    """Worlds in which what can be repeated is not repeated for ever."""
    return all(len(each.sessions) <= 1 and len(each.reminders) <= 2 for each in world.of(Briefing))


SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "acknowledgement": lambda: Scenario(
        (working_by(opened(), USUAL),), (MANAGER, somebody(Role.CLINICIAN), CLOCK), laws_of("acknowledgement"), SAID,
        settings=(USUAL, LENIENT), moments=MOMENTS[:1],
    ),
    "briefing": briefed,
}  # fmt: skip
ENDS: dict[str, set[Any]] = {
    "acknowledgement": {AcknowledgementState.ACKNOWLEDGED},
    "briefing": {BriefingState.CLOSED},
}
RESTS: dict[str, set[Any]] = {
    # A briefing that is complete stays so until somebody joins, or another version takes its place.
    "briefing": {BriefingState.COMPLETE},
}
